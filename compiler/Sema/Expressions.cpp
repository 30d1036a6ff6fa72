//===- Expressions.cpp - Checks expressions -------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"
#include <cmath>

using namespace arr;
using namespace arr::sema;

std::string Checker::text(const Type &type) {
  return type.str(function().symbolNames());
}

std::string Checker::text(const Dim &dim) {
  return dim.str(function().symbolNames());
}

std::string Checker::text(const DimList &shape) {
  std::string result = "(";
  for (auto [i, dim] : llvm::enumerate(shape))
    result += (i ? ", " : "") + text(dim);
  return result + (shape.size() == 1 ? ",)" : ")");
}

std::string Checker::describe(const Value &value) {
  switch (value.kind) {
  case Value::Kind::Runtime:
    return text(value.type);
  case Value::Kind::None:
    return "None";
  case Value::Kind::Text:
    return "str";
  case Value::Kind::DType:
  case Value::Kind::DTypeSet:
    return "a dtype";
  case Value::Kind::Tuple:
    return "tuple";
  case Value::Kind::List:
    return "list";
  case Value::Kind::Function:
    return "function " + value.function->node->name.str();
  case Value::Kind::Lambda:
    return "lambda";
  case Value::Kind::Builtin:
    return std::string("function ") + value.builtin->name;
  case Value::Kind::Method:
    return "method " + value.text;
  case Value::Kind::Module:
  case Value::Kind::NumPy:
    return "module";
  case Value::Kind::Ellipsis:
    return "...";
  case Value::Kind::Slice:
    return "slice";
  default:
    return "nothing";
  }
}

Value Checker::unsupported(SourceRange range, llvm::StringRef what) {
  report(range, diag::NotSupportedYet, what);
  return Value::invalid();
}

bool Checker::requireNumeric(const Value &value, llvm::StringRef role) {
  if (value.isNumeric() && !value.type.isInvalid())
    return true;
  if (!value.isInvalid() && !(value.isRuntime() && value.type.isInvalid()))
    report(value.range, diag::NotANumber, role, describe(value));
  return false;
}

Value Checker::check(const ast::Expr &expr) {
  Value value;
  switch (expr.kind) {
  case ast::ExprKind::IntLiteral: {
    llvm::APInt number = llvm::cast<ast::IntLiteral>(expr).value();
    if (number.getActiveBits() > 120) {
      report(expr.range, diag::ConstantTooLarge);
      return Value::invalid();
    }
    number = number.zextOrTrunc(128);
    __int128 wide =
        (static_cast<__int128>(number.extractBitsAsZExtValue(64, 64)) << 64) |
        number.extractBitsAsZExtValue(64, 0);
    return Value::integer(wide, expr.range);
  }
  case ast::ExprKind::FloatLiteral: {
    double number = llvm::cast<ast::FloatLiteral>(expr).value;
    if (std::isinf(number)) {
      report(expr.range, diag::FloatLiteralTooLarge)
          .help("write `np.inf` for infinity");
      return Value::invalid();
    }
    return Value::constantOf(Constant::ofFloat(number), expr.range);
  }
  case ast::ExprKind::ImaginaryLiteral: {
    double number = llvm::cast<ast::ImaginaryLiteral>(expr).value;
    if (std::isinf(number)) {
      report(expr.range, diag::FloatLiteralTooLarge);
      return Value::invalid();
    }
    return Value::constantOf(Constant::ofComplex({0, number}), expr.range);
  }
  case ast::ExprKind::BoolLiteral:
    return Value::constantOf(
        Constant::ofBool(llvm::cast<ast::BoolLiteral>(expr).value), expr.range);
  case ast::ExprKind::NoneLiteral:
    return Value::of(Value::Kind::None, expr.range);
  case ast::ExprKind::EllipsisLiteral:
    return Value::of(Value::Kind::Ellipsis, expr.range);
  case ast::ExprKind::StringLiteral:
    return Value::textOf(llvm::cast<ast::StringLiteral>(expr).value.str(),
                         expr.range);
  case ast::ExprKind::Name:
    value = checkName(llvm::cast<ast::Name>(expr));
    break;
  case ast::ExprKind::Attribute:
    value = checkAttribute(llvm::cast<ast::Attribute>(expr));
    break;
  case ast::ExprKind::Subscript:
    value = checkSubscript(llvm::cast<ast::Subscript>(expr));
    break;
  case ast::ExprKind::Slice:
    llvm_unreachable("the grammar has slices in subscripts only");
  case ast::ExprKind::Call:
    value = checkCall(llvm::cast<ast::Call>(expr));
    break;
  case ast::ExprKind::Unary: {
    const auto &node = llvm::cast<ast::Unary>(expr);
    value = unary(node.op, check(*node.operand), expr.range);
    break;
  }
  case ast::ExprKind::Binary: {
    const auto &node = llvm::cast<ast::Binary>(expr);
    Value lhs = check(*node.lhs);
    Value rhs = check(*node.rhs);
    value = binary(node.op, lhs, rhs, expr.range);
    break;
  }
  case ast::ExprKind::BoolOp:
    value = checkBoolOp(llvm::cast<ast::BoolOp>(expr));
    break;
  case ast::ExprKind::Compare:
    value = checkCompare(llvm::cast<ast::Compare>(expr));
    break;
  case ast::ExprKind::IfExp:
    value = checkIfExp(llvm::cast<ast::IfExp>(expr));
    break;
  case ast::ExprKind::Lambda: {
    value = Value::of(Value::Kind::Lambda, expr.range);
    value.closure = std::make_shared<Closure>();
    value.closure->node = &llvm::cast<ast::Lambda>(expr);
    value.closure->module = &module;
    return value;
  }
  case ast::ExprKind::Tuple:
  case ast::ExprKind::List: {
    bool isTuple = expr.kind == ast::ExprKind::Tuple;
    value =
        Value::of(isTuple ? Value::Kind::Tuple : Value::Kind::List, expr.range);
    auto elements = isTuple ? llvm::cast<ast::Tuple>(expr).elements
                            : llvm::cast<ast::List>(expr).elements;
    for (const ast::Expr *element : elements) {
      value.elements.push_back(check(*element));
      if (value.elements.back().isInvalid())
        return Value::invalid();
    }
    return value;
  }
  }
  value.range = expr.range;
  return value;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::optional<Value> Checker::lookup(llvm::StringRef name, SourceRange range) {
  if (auto it = env.find(name.str()); it != env.end()) {
    Binding &binding = it->second;
    if (binding.unbound) {
      auto &diagnostic = binding.unbound->isPrivate
                             ? report(range, diag::PrangePrivate, name)
                             : report(range, diag::PossiblyUndefined, name);
      diagnostic.note(binding.unbound->range, binding.unbound->reason, name);
      // Said once; what follows from it is of no interest.
      binding = {Value::invalid(), range, std::nullopt};
      return Value::invalid();
    }
    if (binding.value.kind == Value::Kind::Conflict) {
      report(range, diag::ConflictingTypes, name, binding.value.text)
          .note(binding.assigned, "`{0}` is assigned here", name)
          .help("use a different name for each type, or convert");
      return Value::invalid();
    }
    return binding.value;
  }
  if (captures)
    if (auto it = captures->find(name.str()); it != captures->end())
      return it->second;
  if (auto it = module.globals.find(name.str()); it != module.globals.end())
    return globalValue(it->second, range);
  if (auto constant = findBuiltinConstant(name, range))
    return constant;
  if (const Builtin *builtin = findBuiltin(name)) {
    Value value = Value::of(Value::Kind::Builtin, range);
    value.builtin = builtin;
    return value;
  }
  if (const StdlibFunction *entry = findStdlibFunction(name)) {
    ModuleScope *home = session.stdlibModule(entry->module);
    if (!home)
      return Value::invalid();
    // The methods of ufuncs have dots in their names: `add.reduce`.
    std::string global = entry->name;
    llvm::replace(global, '.', '_');
    auto it = home->globals.find(global);
    if (it != home->globals.end())
      return globalValue(it->second, range);
  }
  return std::nullopt;
}

Value Checker::globalValue(Global &global, SourceRange range) {
  switch (global.kind) {
  case Global::Kind::Function: {
    Value value = Value::of(Value::Kind::Function, range);
    value.function = global.function;
    return value;
  }
  case Global::Kind::Module: {
    Value value = Value::of(Value::Kind::Module, range);
    value.module = global.module;
    return value;
  }
  case Global::Kind::NumPy: {
    Value value = Value::of(Value::Kind::NumPy, range);
    value.text = global.text;
    return value;
  }
  case Global::Kind::Imported: {
    if (global.origin) {
      Checker home(session, *global.origin->module, instance);
      return home.globalValue(*global.origin, range);
    }
    // `from numpy import sqrt`: a module without names of its own finds it.
    ModuleScope empty;
    Checker numpy(session, empty, instance);
    auto found = numpy.lookup(global.text, range);
    if (!found)
      numpy.reportUndefined(global.text, global.range);
    return found.value_or(Value::invalid());
  }
  case Global::Kind::Constant:
    break;
  }
  if (auto it = instance->dtypes.find(&global); it != instance->dtypes.end())
    return Value::dtype(Type::scalar(it->second), range);
  if (global.isBeingEvaluated) {
    report(range, diag::CircularConstant, global.name);
    return Value::invalid();
  }
  // A constant is evaluated again wherever it is used: it has no memory.
  global.isBeingEvaluated = true;
  Checker home(session, *global.module, instance);
  Value value = home.check(*global.value);
  if (global.annotation && !value.isInvalid())
    if (auto type = home.resolveAnnotation(*global.annotation))
      value = type->isScalar() ? convert(value, *type, false) : value;
  global.isBeingEvaluated = false;
  if (value.isArray()) {
    report(global.range, diag::NotSupportedYet,
           "an array as a constant of a module");
    return Value::invalid();
  }
  value.range = range;
  return value;
}

void Checker::reportUndefined(llvm::StringRef name, SourceRange range) {
  if (isPlannedName(name)) {
    unsupported(range, ("`" + name + "`").str());
    return;
  }
  auto &diagnostic = report(range, diag::UndefinedName, name);
  if (name == "np" || name == "numpy") {
    diagnostic.help("write `import numpy{0}` at the top of the file",
                    name == "np" ? " as np" : "");
    return;
  }
  std::vector<llvm::StringRef> candidates;
  for (const auto &[local, binding] : env)
    candidates.push_back(local);
  for (const auto &[global, entry] : module.globals)
    candidates.push_back(global);
  std::string near = nearestName(name, candidates);
  if (near.empty())
    near = nearestBuiltin(name);
  if (!near.empty())
    diagnostic.help("did you mean `{0}`?", near);
}

Value Checker::checkName(const ast::Name &name) {
  if (auto value = lookup(name.id, name.range)) {
    // Each use of a variable is a node of its own, at its own place.
    if (auto *ref = llvm::dyn_cast_or_null<typed::VarRef>(value->expr)) {
      auto *use = make<typed::VarRef>(ref->type, name.range);
      use->var = ref->var;
      value->expr = use;
    }
    return *value;
  }
  reportUndefined(name.id, name.range);
  return Value::invalid();
}

Value Checker::checkAttribute(const ast::Attribute &attribute) {
  Value base = check(*attribute.value);
  if (base.isInvalid())
    return base;
  return attributeOf(base, attribute);
}

/// Where NumPy's function differs from Python's of the same name.
static llvm::StringRef numpyMeaning(llvm::StringRef name) {
  return llvm::StringSwitch<llvm::StringRef>(name)
      .Case("min", "amin")
      .Case("max", "amax")
      .Case("abs", "absolute")
      .Case("round", "around")
      .Case("pow", "power")
      .Case("bool", "bool_")
      .Default(name);
}

std::optional<Value> Checker::numpyName(llvm::StringRef name,
                                        SourceRange range) {
  ModuleScope empty;
  return Checker(session, empty, instance).lookup(name, range);
}

Value Checker::attributeOf(const Value &base, const ast::Attribute &attribute) {
  llvm::StringRef name = attribute.name;
  if (base.kind == Value::Kind::Module) {
    auto it = base.module->globals.find(name.str());
    if (it == base.module->globals.end()) {
      std::vector<llvm::StringRef> candidates;
      for (const auto &[global, entry] : base.module->globals)
        candidates.push_back(global);
      auto &diagnostic = report(attribute.nameRange, diag::NoSuchModuleName,
                                base.module->name, name);
      if (std::string near = nearestName(name, candidates); !near.empty())
        diagnostic.help("did you mean `{0}`?", near);
      return Value::invalid();
    }
    Checker home(session, *base.module, instance);
    return home.globalValue(it->second, attribute.range);
  }
  if (base.kind == Value::Kind::NumPy) {
    bool isTop = base.text == "np";
    if (isTop && (name == "linalg" || name == "fft" || name == "random")) {
      Value part = Value::of(Value::Kind::NumPy, attribute.range);
      part.text = name.str();
      return part;
    }
    std::string full =
        isTop ? numpyMeaning(name).str() : base.text + "." + name.str();
    if (auto found = numpyName(full, attribute.range))
      return *found;
    if (!isTop || isPlannedName(full))
      return unsupported(attribute.range, "`np." + full + "`");
    auto &diagnostic = report(attribute.nameRange, diag::NoSuchNumpyName, name);
    if (std::string near = nearestBuiltin(name); !near.empty())
      diagnostic.help("did you mean `np.{0}`?", near);
    return Value::invalid();
  }
  // The methods of ufuncs: `np.add.at`, `np.multiply.outer`.
  if (base.kind == Value::Kind::Builtin) {
    ModuleScope empty;
    Checker numpy(session, empty, instance);
    if (auto found =
            numpy.lookup((llvm::Twine(base.builtin->name) + "." + name).str(),
                         attribute.range))
      return *found;
  }
  if (base.isNumeric()) {
    SourceRange range = attribute.range;
    unsigned rank = base.type.rank();
    if (name == "T") {
      llvm::SmallVector<unsigned> reversed;
      for (unsigned i = rank; i-- > 0;)
        reversed.push_back(i);
      return transpose(*this, base, reversed, range);
    }
    if (name == "shape") {
      ValueList sizes;
      for (unsigned i = 0; i < rank; ++i)
        sizes.push_back(sizeOf(base, i, range));
      return Value::tuple(std::move(sizes), range);
    }
    if (name == "size")
      return totalSize(base, range);
    if (name == "ndim")
      return Value::integer(rank, range);
    if (name == "dtype")
      return Value::dtype(Type::scalar(base.type.dtype), range);
    if (name == "itemsize")
      return Value::integer(bitWidth(base.type.dtype) / 8, range);
    if (name == "nbytes")
      return binary(ast::BinaryOp::Mul, totalSize(base, range),
                    Value::integer(bitWidth(base.type.dtype) / 8, range),
                    range);
    if (name == "real")
      return realPart(*this, base, range);
    if (name == "imag")
      return imagPart(*this, base, range);
    name = numpyMeaning(name);
    Value method = Value::of(Value::Kind::Method, range);
    method.text = name.str();
    method.elements = {base};
    if (const Builtin *builtin = findBuiltin(name);
        builtin && builtin->isMethod) {
      method.builtin = builtin;
      return method;
    }
    // Some methods are not what the function of that name is: `x.sort()`.
    std::string own = "ndarray." + name.str();
    if (findStdlibFunction(own))
      name = own;
    if (const StdlibFunction *entry = findStdlibFunction(name);
        entry && entry->isMethod) {
      auto function = lookup(name, range);
      if (!function || function->kind != Value::Kind::Function)
        return Value::invalid();
      method.function = function->function;
      return method;
    }
    if (isPlannedName(name))
      return unsupported(range, "`." + name.str() + "`");
  }
  auto &diagnostic =
      report(attribute.nameRange, diag::NoSuchAttribute, describe(base), name);
  std::string near = nearestBuiltin(name);
  const Builtin *method = findBuiltin(near);
  if (base.isNumeric() && method && method->isMethod)
    diagnostic.help("did you mean `{0}`?", near);
  return Value::invalid();
}

//===----------------------------------------------------------------------===//
// Logic
//===----------------------------------------------------------------------===//

Value Checker::checkBoolOp(const ast::BoolOp &boolOp) {
  Value result = check(*boolOp.operands.front());
  for (const ast::Expr *operand : boolOp.operands.drop_front()) {
    if (result.isInvalid())
      return result;
    // What is decided at compile time leaves the rest unchecked:
    // `axis is not None and axis < x.ndim`.
    bool isNone = result.isNone();
    if (auto known = isNone ? std::optional(false) : result.asBool()) {
      if (*known != boolOp.isAnd)
        return result;
      result = check(*operand);
      continue;
    }
    SourceRange range = boolOp.range;
    Value rhs = check(*operand);
    if (rhs.isInvalid())
      return rhs;
    bool bothBool = result.isScalar() && rhs.isScalar() &&
                    result.type.dtype == DType::Bool &&
                    rhs.type.dtype == DType::Bool;
    if (bothBool || !result.isScalar() || !rhs.isScalar()) {
      auto *node = make<typed::ShortCircuit>(
          Type::scalar(DType::Bool, result.type.weak && rhs.type.weak), range);
      node->isAnd = boolOp.isAnd;
      node->lhs = condition(result);
      node->rhs = condition(rhs);
      if (node->lhs->type.isInvalid() || node->rhs->type.isInvalid())
        return Value::invalid();
      result = Value::runtime(node);
      continue;
    }
    Type common = promoteOperands({result.type, rhs.type});
    result = withTemp(result, [&](const Value &lhs) {
      auto *node = make<typed::Select>(common, range);
      node->condition = condition(lhs);
      typed::Expr *left = toExpr(convert(lhs, common, false));
      typed::Expr *right = toExpr(convert(rhs, common, false));
      node->trueValue = boolOp.isAnd ? right : left;
      node->falseValue = boolOp.isAnd ? left : right;
      return Value::runtime(node);
    });
  }
  return result;
}

Value Checker::checkCompare(const ast::Compare &node) {
  if (node.ops.size() == 1) {
    Value lhs = check(*node.operands[0]);
    Value rhs = check(*node.operands[1]);
    return compare(node.ops[0], lhs, rhs, node.range);
  }
  // `a < f(x) < b`: each operand once, from left to right.
  std::function<Value(size_t, const Value &)> chain =
      [&](size_t i, const Value &lhs) -> Value {
    Value rhs = check(*node.operands[i + 1]);
    SourceRange range =
        node.operands[i]->range.through(node.operands[i + 1]->range);
    if (i + 1 == node.ops.size())
      return compare(node.ops[i], lhs, rhs, range);
    auto link = [&](const Value &left) {
      return withTemp(rhs, [&](const Value &middle) {
        Value first = compare(node.ops[i], left, middle, range);
        if (first.isInvalid())
          return first;
        if (auto known = first.asBool())
          return *known ? chain(i + 1, middle) : first;
        Value others = chain(i + 1, middle);
        if (others.isInvalid())
          return others;
        auto *both = make<typed::ShortCircuit>(
            Type::scalar(DType::Bool, first.type.weak && others.type.weak),
            node.range);
        both->lhs = condition(first);
        both->rhs = condition(others);
        if (both->lhs->type.isInvalid() || both->rhs->type.isInvalid())
          return Value::invalid();
        return Value::runtime(both);
      });
    };
    return isCheap(rhs.expr) ? link(lhs) : withTemp(lhs, link);
  };
  return chain(0, check(*node.operands[0]));
}

Value Checker::checkIfExp(const ast::IfExp &node) {
  Value test = check(*node.condition);
  if (test.isInvalid())
    return test;
  std::optional<bool> known =
      test.isNone() ? std::optional(false) : test.asBool();
  if (known && prunesBranches())
    return check(*known ? *node.thenValue : *node.elseValue);
  Value thenValue = check(*node.thenValue);
  Value elseValue = check(*node.elseValue);
  if (thenValue.isInvalid() || elseValue.isInvalid())
    return Value::invalid();
  if (known)
    return *known ? thenValue : elseValue;
  typed::Expr *choice = condition(test);
  if (choice->type.isInvalid())
    return Value::invalid();
  std::function<Value(const Value &, const Value &, const Value &)> select =
      [&](const Value &test, const Value &left, const Value &right) -> Value {
    auto mismatch = [&] {
      report(node.range, diag::BranchesDiffer, describe(left), describe(right));
      return Value::invalid();
    };
    if (left.isTuple() && right.isTuple() &&
        left.elements.size() == right.elements.size()) {
      Value tuple = Value::tuple({}, node.range);
      for (auto [l, r] : llvm::zip(left.elements, right.elements)) {
        tuple.elements.push_back(select(test, l, r));
        if (tuple.elements.back().isInvalid())
          return Value::invalid();
      }
      return tuple;
    }
    Type type;
    if (left.isScalar() && right.isScalar()) {
      type = promoteOperands({left.type, right.type});
      if (!left.type.weak && !right.type.weak &&
          left.type.dtype != right.type.dtype)
        return mismatch();
    } else if (left.isArray() && right.isArray() &&
               left.type.dtype == right.type.dtype &&
               left.type.rank() == right.type.rank()) {
      DimList shape;
      for (auto [l, r] : llvm::zip(left.type.shape, right.type.shape))
        shape.push_back(l == r ? l : freshDim(node.range));
      type = Type::array(left.type.dtype, shape);
    } else {
      return mismatch();
    }
    auto *result = make<typed::Select>(type, node.range);
    result->condition = test.expr;
    result->trueValue =
        toExpr(type.isScalar() ? convert(left, type, false) : left);
    result->falseValue =
        toExpr(type.isScalar() ? convert(right, type, false) : right);
    return Value::runtime(result);
  };
  // The condition is needed once for each element of a tuple.
  if (thenValue.isTuple() && !isCheap(choice)) {
    typed::Var *var = newVar("tmp", choice->type, choice->range);
    auto *assign = session.program.create<typed::Assign>();
    assign->targets = {var};
    assign->value = choice;
    emit(assign, node.range);
    auto *ref = make<typed::VarRef>(choice->type, choice->range);
    ref->var = var;
    choice = ref;
  }
  return select(Value::runtime(choice), thenValue, elseValue);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

Value Checker::checkCall(const ast::Call &node) {
  Value callee = check(*node.callee);
  Arguments args;
  bool failed = callee.isInvalid();
  for (const ast::Expr *arg : node.args) {
    args.positional.push_back(check(*arg));
    failed |= args.positional.back().isInvalid();
  }
  for (const ast::KeywordArg &keyword : node.keywords) {
    args.keywords.push_back(
        {keyword.name.str(), keyword.nameRange, check(*keyword.value)});
    failed |= args.keywords.back().value.isInvalid();
  }
  if (failed)
    return Value::invalid();
  return call(callee, args, node.range);
}

/// `f32(x)`, `int(x)`: conversion to a dtype.
static Value convertCall(Checker &checker, const Value &callee, Arguments &args,
                         SourceRange range) {
  Type target = callee.type;
  bool isComplexPair = isComplex(target.dtype) && args.positional.size() == 2;
  if (!args.keywords.empty() ||
      (args.positional.size() != 1 && !isComplexPair)) {
    checker.report(range, diag::ConversionArguments, checker.text(target));
    return Value::invalid();
  }
  const Value &operand = args.positional[0];
  if (operand.isText() && target.weak && isFloat(target.dtype)) {
    llvm::StringRef word = llvm::StringRef(operand.text).trim();
    bool negative = word.consume_front("-");
    double number = 0;
    if (word.equals_insensitive("inf") || word.equals_insensitive("infinity"))
      number = HUGE_VAL;
    else if (word.equals_insensitive("nan"))
      number = std::nan("");
    else if (word.getAsDouble(number)) {
      checker.report(operand.range, diag::NotANumber, "operand", "str");
      return Value::invalid();
    }
    return Value::constantOf(Constant::ofFloat(negative ? -number : number),
                             range);
  }
  if (!checker.requireNumeric(operand, "operand"))
    return Value::invalid();
  if (isComplexPair) {
    DType part = realDType(target.dtype);
    ValueList parts;
    for (const Value &side : args.positional)
      parts.push_back(checker.convert(side, Type::scalar(part), true));
    return checker.elementwiseNode(typed::Ufunc::MakeComplex, parts, target,
                                   range);
  }
  if (operand.isArray() && target.weak) {
    checker.report(range, diag::ConversionOfArray, checker.text(target))
        .help("write `.astype({0})`", spelling(target.dtype));
    return Value::invalid();
  }
  if (operand.constant && target.weak) {
    Constant converted = convertConstant(*operand.constant, target.dtype);
    if (operand.constant->kind == Constant::Kind::Int &&
        isInteger(target.dtype))
      converted = *operand.constant;
    return Value::constantOf(converted, range);
  }
  Value result = checker.convert(operand, target, /*isExplicit=*/false);
  if (result.isInt() && operand.isInt())
    result.dim = operand.dim;
  return result;
}

Value Checker::call(const Value &callee, Arguments &args, SourceRange range) {
  switch (callee.kind) {
  case Value::Kind::Function:
    return callFunction(callee, args, range);
  case Value::Kind::Lambda:
    return callLambda(callee, args, range);
  case Value::Kind::Builtin:
    return callBuiltin(*this, *callee.builtin, args, range);
  case Value::Kind::Method: {
    args.positional.insert(args.positional.begin(), callee.elements[0]);
    if (callee.builtin)
      return callBuiltin(*this, *callee.builtin, args, range);
    Value function = Value::of(Value::Kind::Function, callee.range);
    function.function = callee.function;
    return callFunction(function, args, range);
  }
  case Value::Kind::DType:
    return convertCall(*this, callee, args, range);
  default:
    if (!callee.isInvalid())
      report(callee.range, diag::NotCallable, describe(callee));
    return Value::invalid();
  }
}
