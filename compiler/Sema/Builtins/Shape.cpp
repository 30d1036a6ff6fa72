//===- Shape.cpp - Functions that rearrange axes and shapes
//-----------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

Value arr::sema::transpose(Checker &checker, const Value &array,
                           llvm::ArrayRef<unsigned> permutation,
                           SourceRange range) {
  bool isIdentity = true;
  for (auto [i, axis] : llvm::enumerate(permutation))
    isIdentity &= i == axis;
  if (isIdentity)
    return array;
  DimList shape;
  for (unsigned axis : permutation)
    shape.push_back(array.type.shape[axis]);
  auto *node = checker.make<typed::Transpose>(
      Type::array(array.type.dtype, std::move(shape)), range);
  node->base = array.expr;
  node->permutation.assign(permutation.begin(), permutation.end());
  return Value::runtime(node);
}

/// The size that -1 stands for, if it follows from the others.
static std::optional<Dim> inferredSize(const Dim &total, const Dim &known) {
  if (known.isOne())
    return total;
  auto number = known.asConstant();
  if (number && *number > 0)
    return total.divideExactly(*number);
  // n * m by n: a single product by one of its factors.
  if (total.getTerms().size() == 1 && known.getTerms().size() == 1) {
    Dim::Monomial all = total.getTerms().begin()->first;
    int64_t coefficient = total.getTerms().begin()->second;
    const auto &[part, divisor] = *known.getTerms().begin();
    for (SymbolId id : part) {
      auto it = llvm::find(all, id);
      if (it == all.end())
        return std::nullopt;
      all.erase(it);
    }
    if (divisor == 0 || coefficient % divisor)
      return std::nullopt;
    Dim quotient = Dim::constant(coefficient / divisor);
    for (SymbolId id : all)
      quotient = quotient * Dim::symbol(id);
    return quotient;
  }
  return std::nullopt;
}

Value arr::sema::reshape(Checker &checker, const Value &array,
                         const ValueList &sizes, SourceRange range) {
  Dim total = Dim::constant(1), known = Dim::constant(1);
  for (const Dim &dim : array.type.shape)
    total = total * dim;
  std::optional<size_t> open;
  DimList shape;
  for (auto [i, size] : llvm::enumerate(sizes)) {
    if (size.asInt() == -1) {
      if (open) {
        checker.report(size.range, diag::TwoUnknownSizes);
        return Value::invalid();
      }
      open = i;
      shape.push_back(Dim());
      continue;
    }
    shape.push_back(checker.dimOf(size));
    known = known * shape.back();
  }
  if (open) {
    auto size = inferredSize(total, known);
    auto divisor = known.asConstant(), dividend = total.asConstant();
    if (!size && divisor && dividend) {
      checker.report(range, diag::ReshapeSize, checker.text(array.type.shape),
                     checker.text(known) + " and -1");
      return Value::invalid();
    }
    shape[*open] = size ? *size : checker.freshDim(range);
  } else if (checker.isProvablyDifferent(total, known)) {
    checker
        .report(range, diag::ReshapeSize, checker.text(array.type.shape),
                checker.text(shape))
        .note(array.range, "this is `{0}`", checker.text(array.type));
    return Value::invalid();
  }
  auto *node = checker.make<typed::Reshape>(
      Type::array(array.type.dtype, std::move(shape)), range);
  node->base = array.expr;
  for (const Value &size : sizes)
    node->sizes.push_back(checker.toExpr(size));
  return Value::runtime(node);
}

/// Scalars have no axes to rearrange; a sequence becomes an array.
static bool requireArray(BuiltinCall &call, unsigned index) {
  if (!requireArgument(call, index))
    return false;
  if (call[index].isArray())
    return true;
  call.checker.report(call[index].range, diag::NotAnArray,
                      call.checker.describe(call[index]));
  return false;
}

static Value reshapeCall(BuiltinCall &call) {
  if (!requireArray(call, 0))
    return Value::invalid();
  // x.reshape(2, 3) and np.reshape(x, (2, 3))
  if (call.rest.empty()) {
    call.checker.report(call.range, diag::MissingArgument, "reshape", "shape");
    return Value::invalid();
  }
  Value shape = call.rest.size() == 1 ? call.rest[0]
                                      : Value::tuple(call.rest, call.range);
  auto sizes = shapeArgument(call.checker, shape);
  if (!sizes)
    return Value::invalid();
  return reshape(call.checker, call[0], *sizes, call.range);
}

static Value ravel(BuiltinCall &call) {
  if (!requireArray(call, 0))
    return Value::invalid();
  bool copies = call.builtin.data; // flatten
  Value flat =
      reshape(call.checker,
              copies ? call.checker.copyNode(call[0], call.range) : call[0],
              {Value::integer(-1, call.range)}, call.range);
  if (!copies && flat.isRuntime())
    llvm::cast<typed::Reshape>(flat.expr)->isContiguous = true;
  return flat;
}

static Value transposeCall(BuiltinCall &call) {
  if (!requireArray(call, 0))
    return Value::invalid();
  unsigned rank = call[0].type.rank();
  ValueList axes = call.rest;
  if (axes.size() == 1 && axes[0].isSequence())
    axes = axes[0].elements;
  if (axes.size() == 1 && axes[0].isNone())
    axes.clear();
  llvm::SmallVector<unsigned> permutation;
  if (axes.empty())
    for (unsigned i = rank; i-- > 0;)
      permutation.push_back(i);
  for (const Value &axis : axes) {
    auto normal = axisArgument(call.checker, axis, rank);
    if (!normal)
      return Value::invalid();
    if (llvm::is_contained(permutation, *normal)) {
      call.checker.report(axis.range, diag::DuplicateAxis, *normal);
      return Value::invalid();
    }
    permutation.push_back(*normal);
  }
  if (permutation.size() != rank) {
    call.checker.report(call.range, diag::TransposeAxes, rank,
                        permutation.size());
    return Value::invalid();
  }
  return transpose(call.checker, call[0], permutation, call.range);
}

static Value swapaxes(BuiltinCall &call) {
  if (!requireArray(call, 0))
    return Value::invalid();
  unsigned rank = call[0].type.rank();
  auto first = axisArgument(call.checker, call[1], rank);
  auto second = axisArgument(call.checker, call[2], rank);
  if (!first || !second)
    return Value::invalid();
  llvm::SmallVector<unsigned> permutation;
  for (unsigned i = 0; i < rank; ++i)
    permutation.push_back(i);
  std::swap(permutation[*first], permutation[*second]);
  return transpose(call.checker, call[0], permutation, call.range);
}

static Value moveaxis(BuiltinCall &call) {
  if (!requireArray(call, 0))
    return Value::invalid();
  unsigned rank = call[0].type.rank();
  ValueList from = call[1].isSequence() ? call[1].elements : ValueList{call[1]};
  ValueList to = call[2].isSequence() ? call[2].elements : ValueList{call[2]};
  if (from.size() != to.size()) {
    call.checker.report(call.range, diag::MoveAxes);
    return Value::invalid();
  }
  llvm::SmallVector<std::pair<unsigned, unsigned>> moves; // (to, from)
  llvm::SmallVector<unsigned> order;
  for (auto [source, target] : llvm::zip(from, to)) {
    auto origin = axisArgument(call.checker, source, rank);
    auto place = axisArgument(call.checker, target, rank);
    if (!origin || !place)
      return Value::invalid();
    moves.push_back({*place, *origin});
  }
  for (unsigned i = 0; i < rank; ++i)
    if (llvm::none_of(moves, [&](auto &move) { return move.second == i; }))
      order.push_back(i);
  llvm::sort(moves);
  for (auto [place, origin] : moves)
    order.insert(order.begin() + std::min<size_t>(place, order.size()), origin);
  if (order.size() != rank) {
    call.checker.report(call.range, diag::MoveAxes);
    return Value::invalid();
  }
  return transpose(call.checker, call[0], order, call.range);
}

/// A view through a subscript of whole axes, first elements and new axes.
static Value viewWith(Checker &checker, const Value &array,
                      llvm::ArrayRef<typed::IndexItem::Kind> kinds,
                      SourceRange range) {
  auto *node = checker.make<typed::Index>(Type(), range);
  node->base = array.expr;
  DimList shape;
  unsigned axis = 0;
  for (auto kind : kinds) {
    typed::IndexItem item;
    item.kind = kind;
    item.range = range;
    if (kind == typed::IndexItem::Kind::At)
      item.at = checker.toExpr(Value::integer(0, range));
    if (kind == typed::IndexItem::Kind::NewAxis)
      shape.push_back(Dim::constant(1));
    if (kind == typed::IndexItem::Kind::Range)
      shape.push_back(array.type.shape[axis]);
    axis += kind != typed::IndexItem::Kind::NewAxis;
    node->items.push_back(item);
  }
  node->type = Type::array(array.type.dtype, std::move(shape));
  return Value::runtime(node);
}

static Value expandDims(BuiltinCall &call) {
  if (!requireArray(call, 0))
    return Value::invalid();
  ValueList list = call[1].isTuple() ? call[1].elements : ValueList{call[1]};
  unsigned rank = call[0].type.rank() + list.size();
  auto axes =
      axesArgument(call.checker, Value::tuple(list, call[1].range), rank);
  if (!axes)
    return Value::invalid();
  llvm::SmallVector<typed::IndexItem::Kind> kinds;
  for (unsigned i = 0; i < rank; ++i)
    kinds.push_back(llvm::is_contained(*axes, i)
                        ? typed::IndexItem::Kind::NewAxis
                        : typed::IndexItem::Kind::Range);
  return viewWith(call.checker, call[0], kinds, call.range);
}

/// Without axes, the axes that have the literal size 1: ranks are static.
static Value squeeze(BuiltinCall &call) {
  if (!requireArray(call, 0))
    return Value::invalid();
  const Type &type = call[0].type;
  llvm::SmallVector<unsigned, 4> axes;
  if (call[1].isMissingOrNone()) {
    for (unsigned i = 0; i < type.rank(); ++i)
      if (type.shape[i].isOne())
        axes.push_back(i);
  } else {
    auto given = axesArgument(call.checker, call[1], type.rank());
    if (!given)
      return Value::invalid();
    axes = *given;
  }
  bool allOnes = true;
  for (unsigned axis : axes) {
    if (call.checker.isProvablyDifferent(type.shape[axis], Dim::constant(1))) {
      call.checker.report(call[1].range, diag::SqueezeSize,
                          call.checker.text(type.shape[axis]), axis);
      return Value::invalid();
    }
    allOnes &= type.shape[axis].isOne();
  }
  if (!allOnes) {
    // A reshape checks that these sizes are 1.
    ValueList sizes;
    for (unsigned i = 0; i < type.rank(); ++i)
      if (!llvm::is_contained(axes, i))
        sizes.push_back(call.checker.sizeOf(call[0], i, call.range));
    return reshape(call.checker, call[0], sizes, call.range);
  }
  llvm::SmallVector<typed::IndexItem::Kind> kinds;
  for (unsigned i = 0; i < type.rank(); ++i)
    kinds.push_back(llvm::is_contained(axes, i)
                        ? typed::IndexItem::Kind::At
                        : typed::IndexItem::Kind::Range);
  return viewWith(call.checker, call[0], kinds, call.range);
}

static Value broadcastTo(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0))
    return Value::invalid();
  auto sizes = shapeArgument(checker, call[1]);
  if (!sizes)
    return Value::invalid();
  DimList shape;
  for (const Value &size : *sizes)
    shape.push_back(checker.dimOf(size));
  const Type &from = call[0].type;
  bool fits = from.rank() <= shape.size();
  for (unsigned i = 0; fits && i < from.rank(); ++i) {
    const Dim &given = from.shape[i];
    const Dim &wanted = shape[shape.size() - from.rank() + i];
    fits = given.isOne() || !given.asConstant() ||
           !checker.isProvablyDifferent(given, wanted);
  }
  if (!fits) {
    checker.report(call.range, diag::StoreShapeMismatch,
                   checker.text(from.shape), checker.text(shape));
    return Value::invalid();
  }
  Value base = call[0];
  if (base.isScalar()) {
    auto *fill =
        checker.make<typed::Fill>(Type::array(from.dtype, shape), call.range);
    for (const Value &size : *sizes)
      fill->sizes.push_back(checker.toExpr(size));
    fill->value = checker.toExpr(castTo(checker, base, from.dtype));
    return Value::runtime(fill);
  }
  auto *node = checker.make<typed::Broadcast>(Type::array(from.dtype, shape),
                                              call.range);
  node->base = base.expr;
  for (const Value &size : *sizes)
    node->sizes.push_back(checker.toExpr(size));
  return Value::runtime(node);
}

static Value atLeast(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0))
    return Value::invalid();
  unsigned wanted = call.builtin.data;
  Value array = call[0];
  if (array.isScalar()) {
    auto *node = checker.make<typed::ArrayLiteral>(
        Type::array(array.type.dtype, {Dim::constant(1)}), call.range);
    node->elements.push_back(
        checker.toExpr(castTo(checker, array, array.type.dtype)));
    array = Value::runtime(node);
  }
  if (array.type.rank() >= wanted)
    return array;
  llvm::SmallVector<typed::IndexItem::Kind> kinds(
      array.type.rank(), typed::IndexItem::Kind::Range);
  kinds.insert(kinds.begin(), wanted - array.type.rank(),
               typed::IndexItem::Kind::NewAxis);
  return viewWith(checker, array, kinds, call.range);
}

enum Property { ShapeOf, SizeOf, RankOf };

static Value property(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0))
    return Value::invalid();
  const Value &array = call[0];
  switch (static_cast<Property>(call.builtin.data)) {
  case ShapeOf: {
    Value shape = Value::tuple({}, call.range);
    for (unsigned axis = 0; axis < array.type.rank(); ++axis)
      shape.elements.push_back(checker.sizeOf(array, axis, call.range));
    return shape;
  }
  case SizeOf:
    if (!call[1].isMissing()) {
      auto axis = axisArgument(checker, call[1], array.type.rank());
      return axis ? checker.sizeOf(array, *axis, call.range) : Value::invalid();
    }
    return checker.totalSize(array, call.range);
  case RankOf:
    return Value::integer(array.type.rank(), call.range);
  }
  llvm_unreachable("all properties are covered");
}

/// `x.fill(v)` stores.
static Value fillMethod(BuiltinCall &call) {
  if (!requireArray(call, 0))
    return Value::invalid();
  call.checker.storeTo(call[0], call[1], call.range);
  return Value::of(Value::Kind::None, call.range);
}

static Value item(BuiltinCall &call) {
  if (!requireArgument(call, 0))
    return Value::invalid();
  Checker &checker = call.checker;
  Value value = call[0];
  if (value.isArray()) {
    // The only element: a reshape checks that there is just one.
    value = checker.elementAt(reshape(checker, value, {}, call.range), {},
                              call.range);
  }
  return checker.convert(
      value, Type::scalar(defaultDType(value.type.dtype), /*weak=*/true), true);
}

llvm::ArrayRef<Builtin> arr::sema::shapeBuiltins() {
  static const Builtin table[] = {
      {"reshape", "a, *shape", reshapeCall, true},
      {"ravel", "a", ravel, true, 0},
      {"flatten", "a", ravel, true, 1},
      {"transpose", "a, *axes", transposeCall, true},
      {"permute_dims", "a, *axes", transposeCall},
      {"swapaxes", "a, axis1, axis2", swapaxes, true},
      {"moveaxis", "a, source, destination", moveaxis},
      {"expand_dims", "a, axis", expandDims},
      {"squeeze", "a, axis=", squeeze, true},
      {"broadcast_to", "array, shape", broadcastTo},
      {"atleast_1d", "a", atLeast, false, 1},
      {"atleast_2d", "a", atLeast, false, 2},
      {"shape", "a", property, false, ShapeOf},
      {"size", "a, axis=", property, false, SizeOf},
      {"ndim", "a", property, false, RankOf},
      {"fill", "a, value", fillMethod, true},
      {"item", "a", item, true},
  };
  return table;
}
