//===- AdvancedIndexing.cpp - Subscripts with arrays in them --------------===//
//
// Integer arrays and boolean masks, mixed with what basic indexing knows. The
// basic items are applied first, as a view whose gathered axes are whole; a
// mask becomes the positions of its true elements, one array for each of its
// axes, so that how many there are is a size known at run time only.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/SubscriptItem.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

bool arr::sema::checkIndexArray(Checker &checker, const Value &given,
                                SubscriptItem &item) {
  Value value = given;
  if (given.kind == Value::Kind::List) {
    // `[]` is a list of no integers, though an array of it would be f64.
    bool isEmpty = given.elements.empty();
    value = asArray(checker, given,
                    isEmpty ? std::optional(DType::I64) : std::nullopt);
    value.range = given.range;
  }
  if (value.isInvalid())
    return false;
  bool isMask = value.type.dtype == DType::Bool;
  if (!isMask && kindOrder(value.type.dtype) != 1) {
    checker.report(given.range, diag::IndexNotInteger, checker.describe(value));
    return false;
  }
  if (value.type.rank() == 0) {
    if (isMask) {
      checker.unsupported(given.range, "indexing by a single bool");
      return false;
    }
    // An array without axes is an integer.
    item.kind = SubscriptItem::At;
    item.at = checker.convert(checker.elementAt(value, {}, given.range),
                              Type::scalar(DType::I64, true), true);
    return true;
  }
  item.kind = isMask ? SubscriptItem::Mask : SubscriptItem::Positions;
  item.at = isMask ? value : castTo(checker, value, DType::I64);
  return true;
}

/// The positions of a mask's true elements: a tuple of arrays. `mask` becomes a
/// name of the mask.
static Value positionsOf(Checker &checker, const Value &mask,
                         typed::Expr *&name, SourceRange range) {
  auto function = checker.numpyName("nonzero", range);
  if (!function || function->isInvalid())
    return Value::invalid();
  return checker.withTemp(mask, [&](const Value &temp) {
    name = temp.expr;
    Arguments args;
    args.positional.push_back(temp);
    return checker.call(*function, args, range);
  });
}

/// A mask has the sizes of the axes that it stands for.
static bool maskFits(Checker &checker, const Value &mask, const Value &base,
                     unsigned firstAxis) {
  for (auto [i, size] : llvm::enumerate(mask.type.shape)) {
    const Dim &wanted = base.type.shape[firstAxis + i];
    if (!checker.isProvablyDifferent(size, wanted))
      continue;
    checker
        .report(mask.range, diag::MaskSize, firstAxis + i, checker.text(wanted),
                checker.text(size))
        .note(base.range, "this is `{0}`", checker.text(base.type));
    return false;
  }
  return true;
}

/// Where the axes of the index space go: in the place of the arrays and
/// integers if these stand together, else first.
static unsigned resultPosition(llvm::ArrayRef<SubscriptItem> items,
                               std::optional<size_t> ellipsis) {
  std::optional<size_t> first, last;
  for (auto [i, item] : llvm::enumerate(items))
    if (item.isAdvanced() || item.kind == SubscriptItem::At) {
      first = first.value_or(i);
      last = i;
    }
  for (size_t i = *first; i <= *last; ++i)
    if (!items[i].isAdvanced() && items[i].kind != SubscriptItem::At)
      return 0;
  if (ellipsis && *ellipsis > *first && *ellipsis <= *last)
    return 0;
  return *first;
}

Value arr::sema::advancedIndex(Checker &checker, const Value &base,
                               llvm::ArrayRef<SubscriptItem> items,
                               std::optional<size_t> ellipsis,
                               SourceRange range) {
  // The view in which gathered axes are whole.
  std::vector<SubscriptItem> basic;
  for (const SubscriptItem &item : items) {
    if (!item.isAdvanced()) {
      basic.push_back(item);
      continue;
    }
    SubscriptItem whole;
    whole.range = item.range;
    basic.insert(basic.end(), item.axes(), whole);
  }
  bool isWhole = llvm::all_of(basic, [](const SubscriptItem &item) {
    return item.kind == SubscriptItem::Range && item.start.isMissing() &&
           item.stop.isMissing() && item.step.isMissing();
  });
  Value view = isWhole ? base : basicIndex(checker, base, basic, true, range);

  auto *gather = checker.make<typed::Gather>(Type(), range);
  gather->base = view.expr;
  gather->position = resultPosition(items, ellipsis);
  DimList shape;      // without the axes of the index space
  ValueList operands; // what broadcasts to the index space
  unsigned axis = 0, viewAxis = 0;
  for (const SubscriptItem &item : items) {
    if (!item.isAdvanced()) {
      if (item.kind != SubscriptItem::At)
        shape.push_back(view.type.shape[viewAxis++]);
      axis += item.axes();
      continue;
    }
    typed::IndexArray index;
    index.axis = viewAxis;
    index.reportedAxis = axis;
    index.range = item.range;
    if (item.kind == SubscriptItem::Positions) {
      index.positions = item.at.expr;
      operands.push_back(item.at);
    } else {
      if (!maskFits(checker, item.at, base, axis))
        return Value::invalid();
      Value positions = positionsOf(checker, item.at, index.mask, item.range);
      if (positions.isInvalid())
        return positions;
      index.positions = checker.toExpr(positions);
      Value first = Value::of(Value::Kind::Runtime, item.range);
      first.type = index.positions->type.elements[0];
      operands.push_back(first);
    }
    gather->indices.push_back(index);
    axis += item.axes();
    viewAxis += item.axes();
  }
  auto space = checker.broadcastShapes(operands, range);
  if (!space)
    return Value::invalid();
  shape.insert(shape.begin() + gather->position, space->begin(), space->end());
  if (shape.size() > maxRank) {
    checker.report(range, diag::RankTooLarge, shape.size());
    return Value::invalid();
  }
  gather->type = Type::array(base.type.dtype, std::move(shape));
  return Value::runtime(gather);
}
