//===- Signatures.cpp - Parameters, symbolic sizes, results ---------------===//
//
// Reads annotations. The sizes in the parameters' annotations bind symbols:
// first those that stand alone (`n`), then those inside linear arithmetic
// (`m + 1`, `2 * m`), which are solved for; every other size is checked.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "compiler/Sema/NameUses.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace arr;
using namespace arr::sema;

//===----------------------------------------------------------------------===//
// Annotations
//===----------------------------------------------------------------------===//

const Global *Checker::findGlobal(const ast::Expr &expr) {
  const Global *global = nullptr;
  if (const auto *name = llvm::dyn_cast<ast::Name>(&expr)) {
    auto it = module.globals.find(name->id.str());
    if (it != module.globals.end())
      global = &it->second;
  } else if (const auto *attribute = llvm::dyn_cast<ast::Attribute>(&expr)) {
    const Global *base = findGlobal(*attribute->value);
    if (base && base->kind == Global::Kind::Module) {
      auto it = base->module->globals.find(attribute->name.str());
      if (it != base->module->globals.end())
        global = &it->second;
    }
  }
  while (global && global->kind == Global::Kind::Imported && global->origin)
    global = global->origin;
  return global;
}

static bool isNamed(const ast::Expr &expr, llvm::StringRef name) {
  const auto *node = llvm::dyn_cast<ast::Name>(&expr);
  return node && node->id == name;
}

ParamSpec Checker::resolveParam(const ast::Param &param) {
  ParamSpec spec;
  spec.node = &param;
  if (!param.annotation)
    return spec;
  const ast::Expr *base = param.annotation;
  spec.kind = ParamSpec::Kind::Scalar;
  if (isNamed(*base, "str")) {
    spec.kind = ParamSpec::Kind::Text;
    return spec;
  }
  if (const auto *subscript = llvm::dyn_cast<ast::Subscript>(base)) {
    base = subscript->value;
    spec.kind = ParamSpec::Kind::Array;
    spec.dims = subscript->items;
    const auto *tuple = spec.dims.size() == 1
                            ? llvm::dyn_cast<ast::Tuple>(spec.dims[0])
                            : nullptr;
    if (tuple) // f64[()]
      spec.dims = tuple->elements;
    for (auto [i, dim] : llvm::enumerate(spec.dims))
      if (llvm::isa<ast::EllipsisLiteral>(dim))
        spec.ellipsis = i;
    if (isNamed(*base, "tuple")) {
      unsupported(param.annotation->range, "a tuple as a parameter");
      spec.kind = ParamSpec::Kind::Invalid;
      return spec;
    }
  }
  Value dtype = check(*base);
  if (dtype.isDType()) {
    spec.scalar = dtype.type;
    if (spec.kind == ParamSpec::Kind::Scalar && dtype.type.dtype == DType::Bool)
      spec.scalar.weak = false;
  } else if (dtype.kind == Value::Kind::DTypeSet) {
    spec.dtypeVar = findGlobal(*base);
    if (!spec.dtypeVar)
      unsupported(base->range, "a union of dtypes without a name");
  } else if (!dtype.isInvalid()) {
    report(base->range, diag::NotAType, session.sources.text(base->range))
        .help("write a dtype, as in `f64` or `f64[n, m]`");
  }
  if (!spec.scalar.isScalar() && !spec.dtypeVar)
    spec.kind = ParamSpec::Kind::Invalid;
  return spec;
}

/// `@extern('symbol')`; the others are planned.
static void readDecorator(Checker &checker, FunctionDecl &decl,
                          const ast::Expr &decorator) {
  const auto *call = llvm::dyn_cast<ast::Call>(&decorator);
  const ast::Expr &name = call ? *call->callee : decorator;
  if (!isNamed(name, "extern")) {
    checker.unsupported(
        decorator.range,
        "the decorator `@" +
            checker.session.sources.text(decorator.range).str() + "`");
    decl.isInvalid = true;
    return;
  }
  const auto *symbol = call && call->args.size() == 1 && call->keywords.empty()
                           ? llvm::dyn_cast<ast::StringLiteral>(call->args[0])
                           : nullptr;
  bool isIdentifier =
      symbol && !symbol->value.empty() && !llvm::isDigit(symbol->value[0]) &&
      llvm::all_of(symbol->value,
                   [](char c) { return llvm::isAlnum(c) || c == '_'; });
  const auto *body = decl.node->body.size() == 1
                         ? llvm::dyn_cast<ast::ExprStmt>(decl.node->body[0])
                         : nullptr;
  bool isDeclaration = body && llvm::isa<ast::EllipsisLiteral>(body->value);
  bool isAnnotated =
      llvm::all_of(decl.node->params, [](const ast::Param &param) {
        return param.annotation != nullptr;
      });
  if (!isIdentifier || !isDeclaration || !isAnnotated) {
    checker.report(decorator.range, diag::ExternForm)
        .help("as in `@extern('f')` above `def f(x: f64[n]) -> f64: ...`");
    decl.isInvalid = true;
    return;
  }
  decl.externSymbol = symbol->value.str();
}

bool Checker::resolveSignature(FunctionDecl &decl) {
  if (!decl.isResolved) {
    decl.isResolved = true;
    for (const ast::Expr *decorator : decl.node->decorators)
      readDecorator(*this, decl, *decorator);
    for (const ast::Param &param : decl.node->params) {
      decl.params.push_back(resolveParam(param));
      const ParamSpec &spec = decl.params.back();
      decl.isInvalid |= spec.kind == ParamSpec::Kind::Invalid;
      decl.isTemplate |= spec.kind == ParamSpec::Kind::Unannotated;
      decl.hasEllipsis |= spec.ellipsis.has_value();
      if (spec.dtypeVar && !llvm::is_contained(decl.dtypeVars, spec.dtypeVar))
        decl.dtypeVars.push_back(spec.dtypeVar);
    }
  }
  return !decl.isInvalid;
}

std::string Checker::annotationText(const ast::Expr &annotation) {
  const ast::Expr *base = &annotation;
  const auto *subscript = llvm::dyn_cast<ast::Subscript>(base);
  if (subscript)
    base = subscript->value;
  std::string result = session.sources.text(base->range).str();
  if (const Global *global = findGlobal(*base))
    if (auto it = instance->dtypes.find(global); it != instance->dtypes.end())
      result = spelling(it->second).str();
  if (subscript)
    result += "[" + session.sources.text(subscript->itemsRange).str() + "]";
  return result;
}

std::optional<Type> Checker::resolveAnnotation(const ast::Expr &annotation,
                                               bool isResult) {
  if (llvm::isa<ast::NoneLiteral>(annotation))
    return Type::none();
  if (isNamed(annotation, "str"))
    return Type::str();
  const auto *subscript = llvm::dyn_cast<ast::Subscript>(&annotation);
  if (subscript && isNamed(*subscript->value, "tuple")) {
    std::vector<Type> elements;
    for (const ast::Expr *item : subscript->items) {
      auto element = resolveAnnotation(*item, isResult);
      if (!element)
        return std::nullopt;
      elements.push_back(*element);
    }
    return Type::tuple(std::move(elements));
  }
  const ast::Expr &base = subscript ? *subscript->value : annotation;
  Value dtype = check(base);
  if (!dtype.isDType()) {
    if (dtype.kind == Value::Kind::DTypeSet)
      report(base.range, diag::UnboundDtypeVariable,
             session.sources.text(base.range));
    else if (!dtype.isInvalid())
      report(base.range, diag::NotAType, session.sources.text(base.range))
          .help("write a dtype, as in `f64` or `f64[n, m]`");
    return std::nullopt;
  }
  if (!subscript) {
    Type type = dtype.type;
    type.weak &= type.dtype != DType::Bool;
    return type;
  }
  DimList shape;
  auto items = subscript->items;
  if (items.size() == 1)
    if (const auto *tuple = llvm::dyn_cast<ast::Tuple>(items[0]))
      items = tuple->elements;
  for (const ast::Expr *item : items) {
    if (llvm::isa<ast::EllipsisLiteral>(item)) {
      for (unsigned i = 0; i < instance->ellipsisRank; ++i)
        shape.push_back(freshDim(item->range));
      continue;
    }
    const auto *name = llvm::dyn_cast<ast::Name>(item);
    bool isOpen = llvm::isa<ast::Slice>(item);
    // A symbol that only the result has: whatever size comes out.
    isOpen |= isResult && name && !env.count(name->id.str()) &&
              !module.globals.count(name->id.str());
    if (isOpen) {
      shape.push_back(freshDim(item->range));
      continue;
    }
    Value size = check(*item);
    if (size.isInvalid())
      return std::nullopt;
    if (!size.dim) {
      report(item->range, diag::NotASize);
      return std::nullopt;
    }
    shape.push_back(*size.dim);
  }
  return Type::array(dtype.type.dtype, std::move(shape));
}

//===----------------------------------------------------------------------===//
// Sizes of parameters
//===----------------------------------------------------------------------===//

namespace {
/// Finds what the symbols in parameters' annotations are bound to.
class DimSolver {
public:
  DimSolver(Checker &checker) : checker(checker) {}

  void add(unsigned param, unsigned axis, const ast::Expr *expr) {
    sites.push_back({param, axis, expr, std::nullopt, false});
  }
  bool solve();

private:
  struct Site {
    unsigned param, axis;
    const ast::Expr *expr; // null or a Slice: unnamed
    std::optional<Dim> dim;
    bool binds;
  };
  Dim bind(const std::string &name, const Site &site);
  bool bindPlain(Site &site);
  bool solveLinear(Site &site);
  std::set<std::string> unknownNames(const ast::Expr &expr);
  Dim evaluate(const Site &site);

  Checker &checker;
  std::vector<Site> sites;
  bool hasErrors = false;
};
} // namespace

Dim DimSolver::bind(const std::string &name, const Site &site) {
  typed::Function &function = checker.function();
  typed::Symbol symbol;
  symbol.name = name;
  symbol.kind = typed::Symbol::Kind::Bound;
  symbol.param = site.param;
  symbol.axis = site.axis;
  symbol.range =
      site.expr ? site.expr->range : function.params[site.param].var->range;
  function.symbols.push_back(symbol);
  return Dim::symbol(function.symbols.size() - 1);
}

static void nameSymbol(Checker &checker, const std::string &name,
                       const Dim &dim, SourceRange range) {
  checker.env[name] = {checker.dimValue(dim, range), range, std::nullopt};
}

/// `n` and `:` bind at once.
bool DimSolver::bindPlain(Site &site) {
  typed::Function &function = checker.function();
  if (!site.expr || llvm::isa<ast::Slice>(site.expr)) {
    const typed::Var &var = *function.params[site.param].var;
    site.dim =
        bind(var.name + ".shape[" + std::to_string(site.axis) + "]", site);
    site.binds = true;
    return true;
  }
  const auto *name = llvm::dyn_cast<ast::Name>(site.expr);
  if (!name || checker.env.count(name->id.str()) ||
      checker.module.globals.count(name->id.str()))
    return true;
  site.dim = bind(name->id.str(), site);
  site.binds = true;
  nameSymbol(checker, name->id.str(), *site.dim, site.expr->range);
  return true;
}

std::set<std::string> DimSolver::unknownNames(const ast::Expr &expr) {
  std::set<std::string> names, unknown;
  collectNames(expr, names);
  for (const std::string &name : names)
    if (!checker.env.count(name) && !checker.module.globals.count(name))
      unknown.insert(name);
  return unknown;
}

/// The value of a size over known symbols. An integer parameter in it becomes
/// a symbol.
Dim DimSolver::evaluate(const Site &site) {
  std::set<std::string> names;
  collectNames(*site.expr, names);
  for (const std::string &name : names) {
    auto it = checker.env.find(name);
    if (it == checker.env.end() || it->second.value.dim)
      continue;
    Value &value = it->second.value;
    auto *ref = llvm::dyn_cast_or_null<typed::VarRef>(value.expr);
    if (!value.isInt() || !ref)
      continue;
    for (auto [i, param] : llvm::enumerate(checker.function().params))
      if (param.var == ref->var) {
        Site scalar{static_cast<unsigned>(i), 0, site.expr, std::nullopt, true};
        value.dim = bind(name, scalar);
      }
  }
  Value value = checker.check(*site.expr);
  if (!value.dim) {
    hasErrors = true;
    if (!value.isInvalid())
      checker.report(site.expr->range, diag::NotASize);
  }
  return value.dim.value_or(Dim());
}

/// `scale * m + offset` with one unknown.
bool DimSolver::solveLinear(Site &site) {
  auto unknown = unknownNames(*site.expr);
  if (unknown.size() != 1)
    return false;
  const std::string &name = *unknown.begin();
  Dim symbol = bind(name, site);
  nameSymbol(checker, name, symbol, site.expr->range);
  Dim dim = evaluate(site);
  auto scale = dim.getTerms().find({*symbol.asSymbol()});
  if (scale != dim.getTerms().end()) {
    Dim rest = dim - Dim::constant(scale->second) * symbol;
    if (auto offset = rest.asConstant()) {
      typed::Symbol &entry = checker.function().symbols[*symbol.asSymbol()];
      entry.scale = scale->second;
      entry.offset = *offset;
      site.dim = dim;
      site.binds = true;
      return true;
    }
  }
  checker.env.erase(name);
  checker.function().symbols.pop_back();
  return false;
}

bool DimSolver::solve() {
  for (Site &site : sites)
    bindPlain(site);
  for (bool progress = true; progress && !hasErrors;) {
    progress = false;
    for (Site &site : sites)
      if (!site.dim && unknownNames(*site.expr).empty()) {
        site.dim = evaluate(site);
        progress = true;
      }
    for (Site &site : sites)
      if (!site.dim && solveLinear(site)) {
        progress = true;
        break;
      }
  }
  if (hasErrors)
    return false;
  bool allSolved = true;
  typed::Function &function = checker.function();
  for (Site &site : sites) {
    typed::Var &var = *function.params[site.param].var;
    if (!site.dim) {
      auto unknown = unknownNames(*site.expr);
      checker.report(site.expr->range, diag::UnsolvableSize, *unknown.begin())
          .help("use `{0}` by itself as a size of a parameter",
                *unknown.begin());
      allSolved = false;
      continue;
    }
    var.type.shape[site.axis] = *site.dim;
    if (!site.binds)
      function.dimChecks.push_back({site.param, site.axis, *site.dim});
  }
  return allSolved;
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

typed::Var *Checker::declareParam(llvm::StringRef name, const Type &type,
                                  SourceRange range) {
  typed::Param param;
  param.var = newVar(name, type, range);
  function().params.push_back(std::move(param));
  return function().params.back().var;
}

/// A parameter without annotation is what the argument is: values that run
/// become parameters of the instance, all else is known to it.
Value Checker::declareTemplateParam(llvm::StringRef name, const Value &arg,
                                    SourceRange range) {
  if (arg.isSequence()) {
    Value result = Value::of(arg.kind, range);
    for (auto [i, element] : llvm::enumerate(arg.elements))
      result.elements.push_back(declareTemplateParam(
          (name + "." + llvm::Twine(i)).str(), element, range));
    return result;
  }
  if (arg.kind == Value::Kind::Lambda || arg.kind == Value::Kind::Method) {
    Value result = arg;
    for (Value &element : result.elements)
      element = declareTemplateParam((name + ".self").str(), element, range);
    if (!arg.closure)
      return result;
    result.closure = std::make_shared<Closure>(*arg.closure);
    for (auto &[captured, value] : result.closure->captures)
      value = declareTemplateParam((name + "." + captured).str(), value, range);
    return result;
  }
  if (!arg.isRuntime() || (arg.constant && arg.isKnownArgument)) {
    Value known = arg;
    known.expr = nullptr;
    return known;
  }
  Type type = arg.type;
  typed::Var *var = declareParam(name, type, range);
  unsigned param = function().params.size() - 1;
  auto bindSize = [&](const Dim &dim, unsigned axis, const std::string &text) {
    auto [slot, isNew] = templateDims.try_emplace(dimKey(dim), Dim());
    if (isNew) {
      typed::Symbol symbol;
      symbol.name = text;
      symbol.kind = typed::Symbol::Kind::Bound;
      symbol.param = param;
      symbol.axis = axis;
      symbol.range = range;
      function().symbols.push_back(symbol);
      slot->second = Dim::symbol(function().symbols.size() - 1);
    }
    return slot->second;
  };
  for (unsigned axis = 0; axis < type.rank(); ++axis)
    if (const Dim &dim = arg.type.shape[axis]; !dim.asConstant())
      var->type.shape[axis] = bindSize(
          dim, axis, (name + ".shape[" + llvm::Twine(axis) + "]").str());
  Value value = varValue(var, range);
  if (arg.isInt() && arg.dim)
    value.dim =
        arg.dim->asConstant() ? arg.dim : bindSize(*arg.dim, 0, name.str());
  return value;
}

void Checker::declareDefault(const ParamSpec &spec, typed::Param &param) {
  const ast::Expr *expr = spec.node->defaultValue;
  if (!expr)
    return;
  Checker home(session, module, instance);
  Value value = home.check(*expr);
  param.defaultText = session.sources.text(expr->range).str();
  const Type &type = param.var->type;
  if (value.isText() && type.kind == TypeKind::Str) {
    param.defaultString = llvm::cast<typed::StrLiteral>(toExpr(value));
    return;
  }
  if (value.isScalar() && type.isScalar()) {
    bool fits = kindOrder(value.type.dtype) <= kindOrder(type.dtype);
    Value converted = convert(value, type, false);
    if (fits && converted.constant) {
      param.defaultNumber = literal(*converted.constant, type, expr->range);
      return;
    }
  }
  if (!value.isInvalid())
    report(expr->range, diag::DefaultMismatch, describe(value), text(type));
}

bool Checker::declareParams(const FunctionDecl &decl,
                            llvm::ArrayRef<Value> templateArgs) {
  DimSolver solver(*this);
  std::set<std::string> arrays;
  for (auto [i, spec] : llvm::enumerate(decl.params)) {
    SourceRange range = spec.node->nameRange;
    llvm::StringRef name = spec.node->name;
    DType dtype =
        spec.dtypeVar ? instance->dtypes[spec.dtypeVar] : spec.scalar.dtype;
    Value value;
    switch (spec.kind) {
    case ParamSpec::Kind::Unannotated:
      value = declareTemplateParam(name, templateArgs[i], range);
      break;
    case ParamSpec::Kind::Scalar:
      value = varValue(
          declareParam(name,
                       Type::scalar(dtype, !spec.dtypeVar && spec.scalar.weak),
                       range),
          range);
      break;
    case ParamSpec::Kind::Text:
      value = varValue(declareParam(name, Type::str(), range), range);
      break;
    case ParamSpec::Kind::Array: {
      unsigned param = function().params.size();
      std::vector<const ast::Expr *> dims;
      for (const ast::Expr *dim : spec.dims) {
        if (llvm::isa<ast::EllipsisLiteral>(dim))
          dims.insert(dims.end(), instance->ellipsisRank, nullptr);
        else
          dims.push_back(dim);
      }
      if (dims.size() > maxRank) {
        report(spec.node->range, diag::RankTooLarge, dims.size());
        return false;
      }
      typed::Var *var =
          declareParam(name, Type::array(dtype, DimList(dims.size())), range);
      arrays.insert(name.str());
      for (auto [axis, dim] : llvm::enumerate(dims))
        solver.add(param, axis, dim);
      typed::Param &entry = function().params.back();
      for (const ast::Expr *dim : dims)
        entry.dimTexts.push_back(dim ? session.sources.text(dim->range).str()
                                     : ":");
      entry.annotation = spelling(dtype).str() + "[" +
                         llvm::join(entry.dimTexts, ", ") +
                         (dims.empty() ? "()]" : "]");
      value = varValue(var, range);
      break;
    }
    case ParamSpec::Kind::Invalid:
      return false;
    }
    if (spec.kind == ParamSpec::Kind::Scalar ||
        spec.kind == ParamSpec::Kind::Text) {
      typed::Param &entry = function().params.back();
      entry.annotation = text(entry.var->type);
      declareDefault(spec, entry);
    } else if (spec.kind == ParamSpec::Kind::Array && spec.node->defaultValue) {
      unsupported(spec.node->defaultValue->range,
                  "a default value of an array parameter");
    }
    env[name.str()] = {value, range, std::nullopt};
  }
  if (!solver.solve())
    return false;
  // The arrays' types are known only now.
  for (const std::string &name : arrays) {
    auto *ref = llvm::cast<typed::VarRef>(env[name].value.expr);
    env[name].value = varValue(ref->var, env[name].assigned);
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Bodies and results
//===----------------------------------------------------------------------===//

/// Whether any `return` has a value: if not, recursion needs no annotation.
static bool returnsValue(ast::Block block) {
  for (const ast::Stmt *stmt : block) {
    if (const auto *result = llvm::dyn_cast<ast::Return>(stmt)) {
      if (result->value && !llvm::isa<ast::NoneLiteral>(result->value))
        return true;
    } else if (const auto *branch = llvm::dyn_cast<ast::If>(stmt)) {
      for (const ast::IfClause &clause : branch->clauses)
        if (returnsValue(clause.body))
          return true;
      if (returnsValue(branch->orElse))
        return true;
    } else if (const auto *loop = llvm::dyn_cast<ast::For>(stmt)) {
      if (returnsValue(loop->body) || returnsValue(loop->orElse))
        return true;
    } else if (const auto *loop = llvm::dyn_cast<ast::While>(stmt)) {
      if (returnsValue(loop->body) || returnsValue(loop->orElse))
        return true;
    }
  }
  return false;
}

/// The body of an @extern function: it hands its parameters on.
void Checker::callExtern(const FunctionDecl &decl) {
  Type result = declaredResult.value_or(Type::none());
  SourceRange range = decl.node->nameRange;
  if (result.kind != TypeKind::None && !result.isScalar()) {
    unsupported(decl.node->returns->range, "an array as result of C");
    return;
  }
  auto *node = make<typed::RuntimeCall>(result, range);
  node->target = typed::RuntimeCall::Target::Extern;
  node->symbol = decl.externSymbol;
  for (const typed::Param &param : function().params)
    node->arguments.push_back(varValue(param.var, range).expr);
  function().result = result;
  instance->hasResult = true;
  if (result.kind == TypeKind::None)
    return emitExpr(Value::runtime(node), range);
  auto *statement = session.program.create<typed::Return>();
  statement->value = node;
  emit(statement, range);
}

void Checker::checkBody(const FunctionDecl &decl) {
  const ast::FunctionDef &node = *decl.node;
  if (node.returns) {
    declaredResult = resolveAnnotation(*node.returns, /*isResult=*/true);
    if (declaredResult) {
      function().result = *declaredResult;
      instance->hasResult = true;
      const auto *subscript = llvm::dyn_cast<ast::Subscript>(node.returns);
      if (declaredResult->isTuple() && subscript)
        for (const ast::Expr *item : subscript->items)
          function().resultAnnotations.push_back(annotationText(*item));
      else if (declaredResult->kind != TypeKind::None)
        function().resultAnnotations = {annotationText(*node.returns)};
    }
  }
  if (!decl.externSymbol.empty())
    return callExtern(decl);
  if (!node.returns && !returnsValue(node.body)) {
    function().result = Type::none();
    instance->hasResult = true;
  }
  checkBlock(node.body);
  if (!node.returns || declaredResult)
    finishResult(node.nameRange);
}

bool Checker::conformReturn(const Value &value, const Type &declared,
                            SourceRange range, unsigned resultIndex,
                            typed::Expr *&out) {
  auto mismatch = [&] {
    report(range, diag::ReturnTypeMismatch, describe(value), text(declared));
    return false;
  };
  if (value.isInvalid())
    return false;
  if (declared.isTuple()) {
    if (!value.isTuple() || value.elements.size() != declared.elements.size())
      return mismatch();
    auto *tuple = make<typed::MakeTuple>(declared, range);
    for (auto [i, element] : llvm::enumerate(value.elements)) {
      typed::Expr *part = nullptr;
      if (!conformReturn(element, declared.elements[i], range, i, part))
        return false;
      tuple->elements.push_back(part);
    }
    out = tuple;
    return true;
  }
  if (declared.isScalar()) {
    if (!value.isScalar())
      return mismatch();
    bool fits = value.type.weak || declared.weak
                    ? kindOrder(value.type.dtype) <= kindOrder(declared.dtype)
                    : canCastSafely(value.type.dtype, declared.dtype);
    if (!fits)
      return mismatch();
    out = toExpr(convert(value, declared, false));
    return true;
  }
  if (!declared.isArray()) {
    if (value.isRuntime() ? value.type.kind != declared.kind
                          : !(value.isText() && declared.kind == TypeKind::Str))
      return mismatch();
    out = toExpr(value);
    return true;
  }
  if (!value.isArray() || value.type.dtype != declared.dtype ||
      value.type.rank() != declared.rank())
    return mismatch();
  for (unsigned axis = 0; axis < declared.rank(); ++axis) {
    const Dim &expected = declared.shape[axis];
    const Dim &actual = value.type.shape[axis];
    if (isProvablyDifferent(expected, actual)) {
      report(range, diag::ReturnShapeMismatch, text(actual), axis,
             text(expected))
          .note(value.range, "this is `{0}`", text(value.type));
      return false;
    }
    if (expected == actual || !isComputable(expected))
      continue;
    bool isKnown = llvm::any_of(
        function().resultChecks, [&](const typed::DimCheck &check) {
          return check.param == resultIndex && check.axis == axis;
        });
    if (!isKnown)
      function().resultChecks.push_back({resultIndex, axis, expected});
  }
  out = toExpr(value);
  return true;
}

/// The type that all of a function's returns have in common.
static std::optional<Type> commonResult(Checker &checker,
                                        llvm::ArrayRef<Value> values,
                                        SourceRange range) {
  if (values.front().isTuple()) {
    std::vector<Type> elements;
    size_t count = values.front().elements.size();
    for (const Value &value : values)
      if (!value.isTuple() || value.elements.size() != count)
        return std::nullopt;
    for (size_t i = 0; i < count; ++i) {
      ValueList parts;
      for (const Value &value : values)
        parts.push_back(value.elements[i]);
      auto type = commonResult(checker, parts, range);
      if (!type)
        return std::nullopt;
      elements.push_back(*type);
    }
    return Type::tuple(std::move(elements));
  }
  std::vector<Type> types;
  for (const Value &value : values) {
    if (value.isRuntime())
      types.push_back(value.type);
    else if (value.isText())
      types.push_back(Type::str());
    else
      return std::nullopt;
  }
  return checker.joinTypes(types, range);
}

/// None, or something that exists when the program runs.
static bool isReturnable(const Value &value) {
  if (value.isTuple())
    return llvm::all_of(value.elements, [](const Value &element) {
      return !element.isNone() && isReturnable(element);
    });
  return value.isNone() || value.isRuntime() || value.isText();
}

void Checker::finishResult(SourceRange range) {
  bool returnsValue = false, returnsNothing = isReachable;
  for (const ReturnSite &site : returns) {
    if (site.value.isInvalid())
      return;
    if (!isReturnable(site.value)) {
      report(site.range, diag::NotAValue, describe(site.value));
      return;
    }
    (site.value.isNone() ? returnsNothing : returnsValue) = true;
  }
  bool declaresValue = declaredResult && declaredResult->kind != TypeKind::None;
  if (isReachable && (returnsValue || declaresValue)) {
    report(range, diag::MissingReturn, function().name);
    return;
  }
  if (declaredResult && !declaresValue) {
    for (const ReturnSite &site : returns)
      if (!site.value.isNone())
        report(site.range, diag::ReturnTypeMismatch, describe(site.value),
               "None");
    return;
  }
  if (!declaredResult && !returnsValue) {
    function().result = Type::none();
    instance->hasResult = true;
    return;
  }
  for (const ReturnSite &site : returns)
    if (site.value.isNone()) {
      report(site.range, diag::ReturnTypeMismatch, "None",
             declaredResult ? text(*declaredResult) : "a value elsewhere");
      return;
    }
  if (!declaredResult) {
    ValueList values;
    for (const ReturnSite &site : returns)
      values.push_back(site.value);
    auto type = commonResult(*this, values, range);
    if (!type) {
      auto &diagnostic = report(range, diag::ReturnsDiffer, function().name);
      for (const ReturnSite &site : returns)
        diagnostic.note(site.range, "this is `{0}`", describe(site.value));
      return;
    }
    function().result = *type;
    llvm::ArrayRef<Type> parts = type->isTuple()
                                     ? llvm::ArrayRef<Type>(type->elements)
                                     : llvm::ArrayRef<Type>(*type);
    for (const Type &part : parts)
      function().resultAnnotations.push_back(text(part));
  }
  for (const ReturnSite &site : returns)
    conformReturn(site.value, function().result, site.range, 0,
                  site.node->value);
  instance->hasResult = true;
}
