//===- Assignments.cpp - Binding names and storing into arrays ------------===//
//
// A name that is assigned refers to a value (arrays: an alias, as in Python). A
// name keeps its variable while its type stays; another type is another
// variable. `x[...] = e` and augmented assignment of arrays store in place.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "compiler/Sema/SubscriptItem.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

typed::Var *Checker::newVar(llvm::StringRef name, const Type &type,
                            SourceRange range) {
  auto &vars = function().vars;
  auto var = std::make_unique<typed::Var>();
  var->name = name.str();
  var->type = type;
  var->range = range;
  var->id = vars.size();
  vars.push_back(std::move(var));
  return vars.back().get();
}

Value Checker::varValue(typed::Var *var, SourceRange range) {
  auto *ref = make<typed::VarRef>(var->type, range);
  ref->var = var;
  return Value::runtime(ref);
}

typed::Var *Checker::varFor(llvm::StringRef name, const Type &type,
                            SourceRange range, const Value *present) {
  // The present variable may be written again unless a loop counts with it.
  if (present && present->isRuntime())
    if (auto *ref = llvm::dyn_cast_or_null<typed::VarRef>(present->expr))
      if (ref->var->type == type && !loopVars.count(ref->var))
        return ref->var;
  return newVar(name, type, range);
}

Value Checker::bindToVar(llvm::StringRef name, const Value &value,
                         SourceRange range, const Value *present) {
  if (value.isTuple()) {
    Value tuple = Value::tuple({}, range);
    for (auto [i, element] : llvm::enumerate(value.elements))
      tuple.elements.push_back(bindToVar((name + "." + llvm::Twine(i)).str(),
                                         element, range, nullptr));
    return tuple;
  }
  if (!value.isRuntime())
    return value;
  // A constant may have come too large for its type.
  Value stored = value.constant ? convert(value, value.type, false) : value;
  if (stored.isInvalid())
    return stored;
  auto *assign = session.program.create<typed::Assign>();
  assign->value = toExpr(stored);
  Value result;
  if (value.type.kind == TypeKind::Tuple) {
    result = Value::tuple({}, range);
    for (auto [i, type] : llvm::enumerate(value.type.elements)) {
      typed::Var *var =
          newVar((name + "." + llvm::Twine(i)).str(), type, range);
      assign->targets.push_back(var);
      result.elements.push_back(varValue(var, range));
    }
  } else {
    typed::Var *var = varFor(name, value.type, range, present);
    assign->targets.push_back(var);
    result = varValue(var, range);
    result.constant = value.constant;
    result.dim = value.dim;
  }
  emit(assign, range);
  return result;
}

void Checker::assignName(llvm::StringRef name, const Value &value,
                         SourceRange range) {
  Binding &binding = env[name.str()];
  if (value.isRuntime() && value.type.kind == TypeKind::None) {
    emitExpr(value, range);
    binding.value = Value::of(Value::Kind::None, range);
  } else if (value.kind == Value::Kind::List) {
    report(value.range, diag::ListAsValue)
        .help("write `np.array([...])`, or a tuple `(...)`");
    binding.value = Value::invalid();
  } else if (value.kind == Value::Kind::Method ||
             value.kind == Value::Kind::Ellipsis) {
    report(value.range, diag::NotAValue, describe(value));
    binding.value = Value::invalid();
  } else {
    binding.value = bindToVar(name, value, range, &binding.value);
  }
  binding.assigned = range;
  binding.unbound = std::nullopt;
}

//===----------------------------------------------------------------------===//
// Targets
//===----------------------------------------------------------------------===//

std::optional<ValueList> Checker::unpack(const Value &value,
                                         SourceRange range) {
  if (value.isSequence())
    return value.elements;
  if (value.isRuntime() && value.type.kind == TypeKind::Tuple)
    return bindToVar("tmp", value, range, nullptr).elements;
  if (value.isArray() && value.type.rank() >= 1) {
    auto count = value.type.shape[0].asConstant();
    if (!count || *count > 64) {
      report(range, diag::UnpackUnknownSize, text(value.type));
      return std::nullopt;
    }
    Value array =
        isCheap(value.expr) ? value : bindToVar("tmp", value, range, nullptr);
    ValueList elements;
    for (int64_t i = 0; i < *count; ++i)
      elements.push_back(elementAt(array, {Value::integer(i, range)}, range));
    return elements;
  }
  if (!value.isInvalid())
    report(range, diag::NotUnpackable, describe(value));
  return std::nullopt;
}

void Checker::assignTuple(llvm::ArrayRef<const ast::Expr *> targets,
                          const Value &value, SourceRange range) {
  bool allNames = llvm::all_of(targets, [](const ast::Expr *target) {
    return llvm::isa<ast::Name>(target);
  });
  auto invalidate = [&] {
    for (const ast::Expr *target : targets)
      assignTo(*target, Value::invalid());
  };
  if (value.isInvalid())
    return invalidate();
  // `a, b = f(x)`: straight into the variables.
  if (allNames && value.isRuntime() && value.type.kind == TypeKind::Tuple &&
      value.type.elements.size() == targets.size()) {
    auto *assign = session.program.create<typed::Assign>();
    assign->value = value.expr;
    for (auto [target, type] : llvm::zip(targets, value.type.elements)) {
      Binding &binding = env[llvm::cast<ast::Name>(target)->id.str()];
      typed::Var *var = varFor(llvm::cast<ast::Name>(target)->id, type,
                               target->range, &binding.value);
      // `a, a = f(x)`: the later one wins.
      if (llvm::is_contained(assign->targets, var))
        var = newVar(var->name, type, target->range);
      assign->targets.push_back(var);
      binding = {varValue(var, target->range), target->range, std::nullopt};
    }
    emit(assign, range);
    return;
  }
  auto elements = unpack(value, range);
  if (!elements)
    return invalidate();
  if (elements->size() != targets.size()) {
    report(range, diag::UnpackCount, targets.size(), elements->size());
    return invalidate();
  }
  // All of the right side comes first (`a, b = b, a`): through temporaries
  // where an element depends on what is assigned before it.
  for (Value &element : *elements) {
    bool isSafe = !element.isRuntime() || element.constant ||
                  element.type.kind == TypeKind::None;
    if (!isSafe)
      element = bindToVar("tmp", element, range, nullptr);
    else if (element.isTuple())
      element = bindToVar("tmp", element, range, nullptr);
  }
  for (auto [target, element] : llvm::zip(targets, *elements))
    assignTo(*target, element);
}

void Checker::assignTo(const ast::Expr &target, const Value &value) {
  if (const auto *name = llvm::dyn_cast<ast::Name>(&target))
    return assignName(name->id, value, target.range);
  if (const auto *tuple = llvm::dyn_cast<ast::Tuple>(&target))
    return assignTuple(tuple->elements, value, target.range);
  if (const auto *list = llvm::dyn_cast<ast::List>(&target))
    return assignTuple(list->elements, value, target.range);
  if (const auto *subscript = llvm::dyn_cast<ast::Subscript>(&target)) {
    Value place = subscriptTarget(*subscript);
    if (!place.isInvalid() && !value.isInvalid())
      storeTo(place, value, target.range);
    return;
  }
  const auto &attribute = llvm::cast<ast::Attribute>(target);
  Value base = check(*attribute.value);
  if (base.isInvalid() || value.isInvalid())
    return;
  bool isReal = attribute.name == "real", isImag = attribute.name == "imag";
  if (!base.isArray() || (!isReal && !(isImag && isComplex(base.type.dtype)))) {
    report(target.range, diag::NotAssignable, describe(base));
    return;
  }
  storeTo(isReal ? realPart(*this, base, target.range)
                 : imagPart(*this, base, target.range),
          value, target.range);
}

//===----------------------------------------------------------------------===//
// Stores
//===----------------------------------------------------------------------===//

/// Memory that may be stored into: a named array or a view of one.
static bool requireWritable(Checker &checker, const Value &target,
                            SourceRange range) {
  const typed::Expr *expr = target.expr;
  if (auto *gather = llvm::dyn_cast_or_null<typed::Gather>(expr);
      gather && gather->isTarget)
    expr = gather->base;
  while (expr) {
    if (const auto *view = llvm::dyn_cast<typed::Index>(expr))
      expr = view->base;
    else if (const auto *view = llvm::dyn_cast<typed::Transpose>(expr))
      expr = view->base;
    else if (const auto *view = llvm::dyn_cast<typed::Reshape>(expr))
      expr = view->base;
    else if (const auto *view = llvm::dyn_cast<typed::Diagonal>(expr))
      expr = view->base;
    else if (const auto *view = llvm::dyn_cast<typed::ComplexPart>(expr))
      expr = view->base;
    else
      break;
  }
  if (expr && llvm::isa<typed::Broadcast>(expr)) {
    checker.report(range, diag::ReadOnlyTarget);
    return false;
  }
  if (!expr || !expr->isPlace()) {
    checker.report(range, diag::StoreToValue)
        .help("give the array a name first");
    return false;
  }
  return true;
}

/// Whether a value's shape broadcasts to a target's; reports if not.
static bool fitsInto(Checker &checker, const Value &target, const Value &value,
                     SourceRange range) {
  size_t rank = target.type.shape.size(), given = value.type.shape.size();
  bool fits = given <= rank;
  for (size_t i = 0; fits && i < given; ++i) {
    const Dim &from = value.type.shape[i];
    const Dim &to = target.type.shape[rank - given + i];
    if (from.isOne() || !checker.isProvablyDifferent(from, to))
      continue;
    auto bound = from.lowerBound();
    fits = !from.asConstant() && (!bound || *bound <= 1);
  }
  if (!fits)
    checker
        .report(range, diag::StoreShapeMismatch, checker.text(value.type.shape),
                checker.text(target.type.shape))
        .note(value.range, "this is `{0}`", checker.text(value.type))
        .note(target.range, "this is `{0}`", checker.text(target.type));
  return fits;
}

/// `x[mask] = scalar` as `x[...] = where(mask, scalar, x)`, if the mask is all
/// there is and has the array's sizes: nothing is counted, and all is parallel.
/// `value` may also be an array of x's shape: what to store where mask is true.
static bool storeUnderMask(Checker &checker, const Value &target,
                           const Value &value, SourceRange range) {
  auto *gather = llvm::dyn_cast<typed::Gather>(target.expr);
  if (!gather || gather->indices.size() != 1 || !gather->indices[0].mask ||
      !Checker::isCheap(gather->base))
    return false;
  const typed::IndexArray &index = gather->indices[0];
  auto *let = llvm::dyn_cast<typed::Let>(index.positions);
  Value mask = Value::runtime(let ? let->value : index.mask);
  Value base = Value::runtime(gather->base);
  unsigned maskRank = mask.type.rank(), rank = base.type.rank();
  for (unsigned axis = 0; axis < maskRank; ++axis)
    if (mask.type.shape[axis] != base.type.shape[index.axis + axis])
      return false;
  std::vector<SubscriptItem> items(rank - index.axis);
  for (unsigned i = 0; i < items.size(); ++i) {
    items[i].kind =
        i < maskRank ? SubscriptItem::Range : SubscriptItem::NewAxis;
    items[i].range = range;
  }
  if (items.size() > maskRank)
    mask = basicIndex(checker, mask, items, true, range);
  checker.storeTo(base, checker.where(mask, value, base, range), range);
  return true;
}

void Checker::storeTo(const Value &target, const Value &value,
                      SourceRange range) {
  Value stored = value;
  if (value.isSequence())
    stored = asArray(*this, value, target.type.dtype);
  if (!requireNumeric(stored, "value") ||
      !requireWritable(*this, target, range))
    return;
  DType to = target.type.dtype, from = stored.type.dtype;
  bool narrows = kindOrder(from) > kindOrder(to);
  if (narrows && stored.constant)
    narrows = convertConstant(*stored.constant, to).asComplex() !=
              stored.constant->asComplex();
  if (narrows)
    report(range, diag::NarrowingStore, text(Type::scalar(from)), spelling(to))
        .help("write `.astype({0})` or `{0}(...)` if this is meant",
              spelling(to));
  stored = convert(stored, Type::scalar(to), /*isExplicit=*/false);
  if (target.isScalar() && stored.isArray()) {
    if (stored.type.rank() != 0) {
      report(range, diag::ArrayIntoElement, text(value.type));
      return;
    }
    stored = elementAt(stored, {}, range);
  }
  if (stored.isInvalid() ||
      (stored.isArray() && !fitsInto(*this, target, stored, range)))
    return;
  if (stored.isScalar() && storeUnderMask(*this, target, stored, range))
    return;
  auto *store = session.program.create<typed::Store>();
  store->target = target.expr;
  store->value = toExpr(stored);
  emit(store, range);
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void Checker::checkAssign(const ast::Assign &stmt) {
  Value value = check(*stmt.value);
  if (value.isRuntime() && value.type.isInvalid())
    value = Value::invalid();
  // `a = b = f(x)` evaluates once.
  if (stmt.targets.size() > 1 && value.isRuntime() && !value.constant)
    value = bindToVar("tmp", value, stmt.value->range, nullptr);
  for (const ast::Expr *target : stmt.targets)
    assignTo(*target, value);
}

/// `x: f64[n, k] = np.load(...)` says what `n` and `k` are.
static void bindNewSizes(Checker &checker, const ast::Expr &annotation,
                         const Value &array) {
  const auto *subscript = llvm::dyn_cast<ast::Subscript>(&annotation);
  if (!subscript || subscript->items.size() != array.type.rank())
    return;
  for (auto [axis, item] : llvm::enumerate(subscript->items)) {
    const auto *name = llvm::dyn_cast<ast::Name>(item);
    if (name && !checker.env.count(name->id.str()) &&
        !checker.module.globals.count(name->id.str()))
      checker.assignName(name->id, checker.sizeOf(array, axis, name->range),
                         name->range);
  }
}

void Checker::checkAnnAssign(const ast::AnnAssign &stmt) {
  auto type = resolveAnnotation(*stmt.annotation, /*isResult=*/true);
  if (!stmt.value)
    return;
  expectedType = type;
  Value value = check(*stmt.value);
  expectedType = std::nullopt;
  if (!type || value.isInvalid())
    return assignTo(*stmt.target, Value::invalid());
  if (type->isScalar() && value.isScalar()) {
    bool fits = value.type.weak
                    ? kindOrder(value.type.dtype) <= kindOrder(type->dtype)
                    : canCastSafely(value.type.dtype, type->dtype);
    if (!fits)
      report(stmt.value->range, diag::AnnotationMismatch, text(value.type),
             text(*type));
    value = convert(value, *type, false);
  } else if (type->isArray() && value.isArray() &&
             type->dtype == value.type.dtype &&
             type->rank() == value.type.rank()) {
    if (!isCheap(value.expr))
      value = bindToVar("tmp", value, stmt.value->range, nullptr);
    bindNewSizes(*this, *stmt.annotation, value);
    for (unsigned axis = 0; axis < type->rank(); ++axis) {
      const Dim &declared = type->shape[axis], &actual = value.type.shape[axis];
      if (isProvablyDifferent(declared, actual))
        report(stmt.value->range, diag::AnnotationMismatch, text(value.type),
               text(*type));
      if (declared == actual || !isComputable(declared))
        continue;
      auto *check = session.program.create<typed::Assert>();
      check->condition = toExpr(
          compare(ast::CompareOp::Eq, sizeOf(value, axis, stmt.value->range),
                  dimValue(declared, stmt.annotation->range), stmt.range));
      check->message = "`" + text(declared) + "` is not the size of axis " +
                       std::to_string(axis);
      emit(check, stmt.range);
    }
  } else {
    report(stmt.value->range, diag::AnnotationMismatch, describe(value),
           text(*type));
  }
  assignTo(*stmt.target, value);
}

void Checker::updateInPlace(const Value &target, typed::Ufunc ufunc,
                            llvm::StringRef spelled, const Value &value,
                            SourceRange range, bool isRepeated) {
  if (value.isSequence())
    return updateInPlace(target, ufunc, spelled, asArray(*this, value), range,
                         isRepeated);
  if (!requireNumeric(value, "operand") ||
      !requireWritable(*this, target, range))
    return;
  Type common = promoteOperands({target.type, value.type});
  auto rule = ufuncTypes(ufunc, common.dtype);
  if (!rule) {
    report(range, diag::OperatorNotDefined, spelled, text(target.type),
           text(value.type));
    return;
  }
  if (ufunc == typed::Ufunc::Power && isInteger(common.dtype) &&
      value.constant && value.constant->integer < 0) {
    report(range, diag::IntegerNegativePower);
    return;
  }
  DType to = target.type.dtype;
  if (!canCastSameKind(rule->result, to)) {
    report(range, diag::SameKindViolation, spelled, spelling(rule->result),
           spelling(to))
        .note(target.range, "this is `{0}`", text(target.type))
        .note(value.range, "this is `{0}`", text(value.type));
    return;
  }
  Value operand = convert(value, Type::scalar(rule->compute), false);
  if (target.isScalar() && operand.isArray()) {
    report(range, diag::ArrayIntoElement, text(value.type));
    return;
  }
  if (operand.isInvalid() ||
      (operand.isArray() && !fitsInto(*this, target, operand, range)))
    return;
  auto *update = session.program.create<typed::Update>();
  update->ufunc = rule->ufunc;
  update->target = target.expr;
  update->value = toExpr(operand);
  update->computeDType = rule->compute;
  update->isRepeated = isRepeated;
  emit(update, range);
}

/// `x op= e` on an array, or an element of one.
static void updateInPlace(Checker &checker, const Value &target,
                          ast::BinaryOp op, const Value &value,
                          SourceRange range) {
  if (op == ast::BinaryOp::MatMul)
    return checker.storeTo(target, checker.binary(op, target, value, range),
                           range);
  checker.updateInPlace(target, elementwiseOf(op), ast::spelling(op), value,
                        range);
}

void Checker::checkAugAssign(const ast::AugAssign &stmt) {
  if (const auto *subscript = llvm::dyn_cast<ast::Subscript>(stmt.target)) {
    Value target = subscriptTarget(*subscript);
    Value value = check(*stmt.value);
    if (!target.isInvalid() && !value.isInvalid())
      ::updateInPlace(*this, target, stmt.op, value, stmt.range);
    return;
  }
  Value target = check(*stmt.target);
  Value value = check(*stmt.value);
  if (target.isInvalid() || value.isInvalid())
    return assignTo(*stmt.target, Value::invalid());
  const auto *attribute = llvm::dyn_cast<ast::Attribute>(stmt.target);
  bool isPart =
      attribute && target.isArray() &&
      (attribute->name == "real" || llvm::isa<typed::ComplexPart>(target.expr));
  if (target.isArray() && (llvm::isa<ast::Name>(stmt.target) || isPart))
    return ::updateInPlace(*this, target, stmt.op, value, stmt.range);
  assignTo(*stmt.target, binary(stmt.op, target, value, stmt.range));
}
