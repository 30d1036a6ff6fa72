//===- Indexing.cpp - Subscripts ------------------------------------------===//
//
// Basic indexing: integers, slices, `...` and newaxis. The lengths of slices
// are worked out symbolically where the bounds are known, with Python's
// clamping. Subscripts with arrays in them go on to AdvancedIndexing.cpp.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "compiler/Sema/SubscriptItem.h"

using namespace arr;
using namespace arr::sema;

//===----------------------------------------------------------------------===//
// Lengths of slices
//===----------------------------------------------------------------------===//

/// Python's slice.indices for known numbers.
static int64_t knownLength(int64_t size, std::optional<int64_t> start,
                           std::optional<int64_t> stop, int64_t step) {
  auto clamp = [&](int64_t bound) {
    if (bound < 0)
      bound = bound + size < 0 ? (step < 0 ? -1 : 0) : bound + size;
    int64_t last = step < 0 ? size - 1 : size;
    return bound > last ? last : bound;
  };
  int64_t from = start ? clamp(*start) : (step < 0 ? size - 1 : 0);
  int64_t to = stop ? clamp(*stop) : (step < 0 ? -1 : size);
  if (step > 0)
    return to > from ? (to - from - 1) / step + 1 : 0;
  // -step overflows only for the smallest integer, which takes one element.
  if (step == INT64_MIN)
    return from > to ? 1 : 0;
  return from > to ? (from - to - 1) / -step + 1 : 0;
}

static bool isNonNegative(const Dim &dim) {
  auto bound = dim.lowerBound();
  return bound && *bound >= 0;
}

Dim Checker::sliceLength(const Dim &size, const Value &start, const Value &stop,
                         const Value &step, SourceRange range) {
  auto stride = step.isMissing() ? std::optional<int64_t>(1) : step.asInt();
  auto known = [](const Value &bound) {
    return bound.isMissing() || bound.asInt();
  };
  if (auto number = size.asConstant();
      number && stride && known(start) && known(stop))
    return Dim::constant(
        knownLength(*number, start.asInt(), stop.asInt(), *stride));
  if (stride == -1 && start.isMissing() && stop.isMissing())
    return size;
  if (stride && *stride < -1 && *stride > INT32_MIN && start.isMissing() &&
      stop.isMissing())
    return floorDivDim(size + Dim::constant(-*stride - 1),
                       Dim::constant(-*stride), range);
  if (stride && *stride > 1 && *stride < INT32_MAX) {
    Dim length = sliceLength(size, start, stop, Value(), range);
    return floorDivDim(length + Dim::constant(*stride - 1),
                       Dim::constant(*stride), range);
  }
  auto dimOfBound = [](const Value &bound) -> std::optional<Dim> {
    if (auto number = bound.asInt())
      return Dim::constant(*number);
    return bound.dim;
  };
  std::optional<Dim> from =
      start.isMissing() ? Dim::constant(0) : dimOfBound(start);
  std::optional<Dim> to = stop.isMissing() ? size : dimOfBound(stop);
  if (stride == 1 && from && to) {
    bool fromEnd = from->asConstant() && *from->asConstant() < 0;
    bool toEnd = !stop.isMissing() && to->asConstant() && *to->asConstant() < 0;
    if (isNonNegative(*from) && toEnd)
      return clampedDim(size + *to - *from, range);
    if (isNonNegative(*from) && (*to == size || isNonNegative(size - *to)) &&
        isNonNegative(*to))
      return clampedDim(*to - *from, range);
    if (isNonNegative(*from) && isNonNegative(*to - size))
      return clampedDim(size - *from, range);
    if (fromEnd && stop.isMissing() && isNonNegative(size + *from))
      return Dim::constant(0) - *from;
  }
  if (!stride || !from || !to)
    return freshDim(range);
  // Equal bounds of equal sizes give equal lengths, whatever they are.
  return keyedDim("slice(" + dimKey(size) + ";" +
                      (start.isMissing() ? "" : dimKey(*from)) + ";" +
                      (stop.isMissing() ? "" : dimKey(*to)) + ";" +
                      std::to_string(*stride) + ")",
                  range);
}

//===----------------------------------------------------------------------===//
// Items
//===----------------------------------------------------------------------===//

/// An index or bound as an i64; reports anything that is no integer.
static bool requireIndex(Checker &checker, Value &value) {
  if (value.isInvalid())
    return false;
  if (!value.isInt()) {
    checker.report(value.range, diag::IndexNotInteger, checker.describe(value));
    return false;
  }
  std::optional<Dim> dim = value.dim;
  value = checker.convert(value, Type::scalar(DType::I64, true), true);
  value.dim = dim;
  return true;
}

static bool checkBound(Checker &checker, const ast::Expr *expr, Value &bound) {
  if (!expr)
    return true;
  bound = checker.check(*expr);
  if (bound.isNone()) {
    bound = Value();
    return true;
  }
  return requireIndex(checker, bound);
}

static bool addItem(Checker &checker, Value value,
                    std::vector<SubscriptItem> &items) {
  SubscriptItem item;
  item.range = value.range;
  if (value.isInvalid())
    return false;
  // `x[np.nonzero(y)]`: an index for each member.
  if (value.isRuntime() && value.type.isTuple())
    value = Value::tuple(*checker.unpack(value, value.range), value.range);
  if (value.isNone()) {
    item.kind = SubscriptItem::NewAxis;
  } else if (value.kind == Value::Kind::Ellipsis) {
    item.kind = SubscriptItem::Ellipsis;
  } else if (value.kind == Value::Kind::Slice) {
    item.start = value.elements[0];
    item.stop = value.elements[1];
    item.step = value.elements[2];
    for (Value *bound : {&item.start, &item.stop, &item.step})
      if (!bound->isMissing() && !requireIndex(checker, *bound))
        return false;
    if (item.step.asInt() == 0) {
      checker.report(item.step.range, diag::SliceStepZero);
      return false;
    }
  } else if (value.isTuple()) {
    for (const Value &element : value.elements)
      if (!addItem(checker, element, items))
        return false;
    return true;
  } else if (value.isArray() || value.kind == Value::Kind::List) {
    if (!checkIndexArray(checker, value, item))
      return false;
  } else if (value.isScalar() && value.type.dtype == DType::Bool) {
    checker.unsupported(value.range, "indexing by a single bool");
    return false;
  } else {
    item.kind = SubscriptItem::At;
    if (!requireIndex(checker, value))
      return false;
    item.at = value;
  }
  items.push_back(item);
  return true;
}

static bool checkItems(Checker &checker,
                       llvm::ArrayRef<const ast::Expr *> exprs,
                       std::vector<SubscriptItem> &items) {
  for (const ast::Expr *expr : exprs) {
    const auto *slice = llvm::dyn_cast<ast::Slice>(expr);
    if (!slice) {
      if (!addItem(checker, checker.check(*expr), items))
        return false;
      continue;
    }
    SubscriptItem item;
    item.range = expr->range;
    if (!checkBound(checker, slice->lower, item.start) ||
        !checkBound(checker, slice->upper, item.stop) ||
        !checkBound(checker, slice->step, item.step))
      return false;
    if (item.step.asInt() == 0) {
      checker.report(slice->step->range, diag::SliceStepZero);
      return false;
    }
    items.push_back(item);
  }
  return true;
}

/// Writes out the ellipsis, telling where it was, and missing trailing axes.
static bool completeItems(Checker &checker, std::vector<SubscriptItem> &items,
                          const Value &base, SourceRange range,
                          std::optional<size_t> &ellipsis) {
  unsigned used = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    used += items[i].axes();
    if (items[i].kind != SubscriptItem::Ellipsis)
      continue;
    if (ellipsis) {
      checker.report(items[i].range, diag::TwoEllipses);
      return false;
    }
    ellipsis = i;
  }
  unsigned rank = base.type.rank();
  if (used > rank) {
    checker.report(range, diag::TooManyIndices, rank, used)
        .note(base.range, "this is `{0}`", checker.text(base.type));
    return false;
  }
  size_t position = ellipsis.value_or(items.size());
  if (ellipsis)
    items.erase(items.begin() + position);
  SubscriptItem whole;
  whole.range = range;
  items.insert(items.begin() + position, rank - used, whole);
  return true;
}

/// Indexing by any items.
static Value indexBy(Checker &checker, const Value &base,
                     std::vector<SubscriptItem> &items, SourceRange range) {
  std::optional<size_t> ellipsis;
  if (!completeItems(checker, items, base, range, ellipsis))
    return Value::invalid();
  if (llvm::any_of(items, std::mem_fn(&SubscriptItem::isAdvanced)))
    return advancedIndex(checker, base, items, ellipsis, range);
  return basicIndex(checker, base, items, ellipsis.has_value(), range);
}

Value Checker::indexArray(const Value &base,
                          llvm::ArrayRef<const ast::Expr *> exprs,
                          SourceRange range) {
  std::vector<SubscriptItem> items;
  if (!checkItems(*this, exprs, items))
    return Value::invalid();
  return indexBy(*this, base, items, range);
}

static Value asTarget(const Value &indexed) {
  if (auto *gather = llvm::dyn_cast_or_null<typed::Gather>(indexed.expr))
    gather->isTarget = true;
  return indexed;
}

Value Checker::indexTarget(const Value &array, const Value &index,
                           SourceRange range) {
  std::vector<SubscriptItem> items;
  if (!addItem(*this, index, items))
    return Value::invalid();
  return asTarget(indexBy(*this, array, items, range));
}

Value arr::sema::basicIndex(Checker &checker, const Value &base,
                            llvm::ArrayRef<SubscriptItem> items, bool isArray,
                            SourceRange range) {
  DimList shape;
  unsigned axis = 0;
  auto *node = checker.make<typed::Index>(Type(), range);
  node->base = base.expr;
  for (const SubscriptItem &item : items) {
    typed::IndexItem typedItem;
    typedItem.range = item.range;
    if (item.kind == SubscriptItem::NewAxis) {
      typedItem.kind = typed::IndexItem::Kind::NewAxis;
      shape.push_back(Dim::constant(1));
      node->items.push_back(typedItem);
      continue;
    }
    const Dim &size = base.type.shape[axis];
    if (item.kind == SubscriptItem::At) {
      typedItem.kind = typed::IndexItem::Kind::At;
      typedItem.at = checker.toExpr(item.at);
      auto index = item.at.asInt(), extent = size.asConstant();
      if (index && extent && (*index >= *extent || *index < -*extent))
        checker.report(item.range, diag::IndexOutOfBounds, *index, axis,
                       *extent);
    } else {
      typedItem.kind = typed::IndexItem::Kind::Range;
      auto bound = [&](const Value &value) {
        return value.isMissing() ? nullptr : checker.toExpr(value);
      };
      typedItem.start = bound(item.start);
      typedItem.stop = bound(item.stop);
      typedItem.step = bound(item.step);
      shape.push_back(
          checker.sliceLength(size, item.start, item.stop, item.step, range));
    }
    ++axis;
    node->items.push_back(typedItem);
  }
  node->type = shape.empty() && !isArray
                   ? Type::scalar(base.type.dtype)
                   : Type::array(base.type.dtype, std::move(shape));
  return Value::runtime(node);
}

Value Checker::elementAt(const Value &array, llvm::ArrayRef<Value> indices,
                         SourceRange range) {
  auto *node = make<typed::Index>(Type(), range);
  node->base = array.expr;
  DimList shape;
  for (unsigned axis = 0; axis < array.type.rank(); ++axis) {
    typed::IndexItem item;
    item.range = range;
    if (axis < indices.size()) {
      item.kind = typed::IndexItem::Kind::At;
      item.at = toExpr(indices[axis]);
    } else {
      shape.push_back(array.type.shape[axis]);
    }
    node->items.push_back(item);
  }
  node->type = shape.empty() ? Type::scalar(array.type.dtype)
                             : Type::array(array.type.dtype, std::move(shape));
  return Value::runtime(node);
}

//===----------------------------------------------------------------------===//
// Subscripts
//===----------------------------------------------------------------------===//

/// `t[i]` of a tuple or list: the index must be known.
static Value indexTuple(Checker &checker, const Value &base,
                        const ast::Subscript &subscript) {
  size_t count =
      base.isSequence() ? base.elements.size() : base.type.elements.size();
  if (subscript.items.size() != 1) {
    checker.report(subscript.itemsRange, diag::TupleIndex);
    return Value::invalid();
  }
  if (const auto *slice = llvm::dyn_cast<ast::Slice>(subscript.items[0])) {
    Value bounds[3];
    const ast::Expr *exprs[] = {slice->lower, slice->upper, slice->step};
    for (int i = 0; i < 3; ++i) {
      if (!checkBound(checker, exprs[i], bounds[i]))
        return Value::invalid();
      if (!bounds[i].isMissing() && !bounds[i].asInt()) {
        checker.report(bounds[i].range, diag::TupleIndex);
        return Value::invalid();
      }
    }
    int64_t step = bounds[2].asInt().value_or(1);
    if (!base.isSequence() || step == 0) {
      checker.report(subscript.itemsRange, diag::TupleIndex);
      return Value::invalid();
    }
    int64_t size = count;
    int64_t length =
        knownLength(size, bounds[0].asInt(), bounds[1].asInt(), step);
    auto start = bounds[0].asInt().value_or(step < 0 ? size - 1 : 0);
    start = start < 0 ? std::max<int64_t>(start + size, step < 0 ? -1 : 0)
                      : std::min<int64_t>(start, step < 0 ? size - 1 : size);
    Value part = Value::of(base.kind, subscript.range);
    for (int64_t i = 0; i < length; ++i)
      part.elements.push_back(base.elements[start + i * step]);
    return part;
  }
  Value index = checker.check(*subscript.items[0]);
  if (index.isInvalid())
    return index;
  auto number = index.asInt();
  if (!number) {
    checker.report(index.range, diag::TupleIndex);
    return Value::invalid();
  }
  int64_t position =
      *number < 0 ? *number + static_cast<int64_t>(count) : *number;
  if (position < 0 || position >= static_cast<int64_t>(count)) {
    checker.report(index.range, diag::TupleIndexOutOfRange, *number, count);
    return Value::invalid();
  }
  if (base.isSequence())
    return base.elements[position];
  auto *node = checker.make<typed::TupleGet>(base.type.elements[position],
                                             subscript.range);
  node->tuple = base.expr;
  node->index = position;
  return Value::runtime(node);
}

Value Checker::checkSubscript(const ast::Subscript &subscript) {
  Value base = check(*subscript.value);
  if (base.isInvalid())
    return base;
  if (base.isSequence() ||
      (base.isRuntime() && base.type.kind == TypeKind::Tuple))
    return indexTuple(*this, base, subscript);
  if (base.isArray())
    return indexArray(base, subscript.items, subscript.range);
  if (base.isDType() || base.kind == Value::Kind::DTypeSet)
    report(subscript.range, diag::TypeAsValue);
  else
    report(subscript.range, diag::NotSubscriptable, describe(base));
  return Value::invalid();
}

Value Checker::subscriptTarget(const ast::Subscript &subscript) {
  Value base = check(*subscript.value);
  if (base.isInvalid())
    return base;
  if (!base.isArray()) {
    report(subscript.range, diag::NotAssignable, describe(base));
    return Value::invalid();
  }
  return asTarget(indexArray(base, subscript.items, subscript.range));
}
