//===- PlaceRegions.cpp - Which part of which array an access touches -----===//
#include "compiler/Transforms/PlaceRegions.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace arr;

namespace {

/// How the axes of a view lie in its root.
struct View {
  Value root;
  SmallVector<AxisRange, 4> axes; // of the root
  /// The root's axis of each axis of the view; -1: a new axis of size 1.
  SmallVector<int64_t, 4> rootAxis;
  /// The root's axes are known one by one; else only `axes` is.
  bool isExact = true;
};

View whole(Value place) {
  View view;
  view.root = place;
  int64_t rank = arr::getRank(place.getType());
  view.axes.resize(rank);
  for (int64_t axis = 0; axis < rank; ++axis)
    view.rootAxis.push_back(axis);
  return view;
}

class RegionFinder {
public:
  RegionFinder(IndexAnalysis &analysis, Operation *at)
      : analysis(analysis), at(at) {}

  View find(Value place);
  /// Restricts an axis of the root to a part, given relative to the view's
  /// axis.
  void restrict(View &view, int64_t axis, const Linear &offset,
                const Linear &extent);

private:
  void slice(View &view, SliceOp op);
  bool restrictToBounds(View &view, int64_t axis, SliceOp op);

  IndexAnalysis &analysis;
  Operation *at;
};

} // namespace

View RegionFinder::find(Value place) {
  Operation *op = place.getDefiningOp();
  if (!isa_and_nonnull<CastShapeOp, TransposeOp, ExpandDimsOp, SliceOp,
                       DiagonalOp, BroadcastOp, ReshapeOp, ComplexPartOp>(op))
    return whole(place);
  View view = find(op->getOperand(0));
  if (!view.isExact)
    return view;
  if (auto sliceOp = dyn_cast<SliceOp>(op)) {
    slice(view, sliceOp);
  } else if (auto transpose = dyn_cast<TransposeOp>(op)) {
    SmallVector<int64_t, 4> rootAxis;
    for (int64_t axis : transpose.getPermutation())
      rootAxis.push_back(view.rootAxis[axis]);
    view.rootAxis = rootAxis;
  } else if (auto expand = dyn_cast<ExpandDimsOp>(op)) {
    for (int64_t axis : expand.getAxes())
      view.rootAxis.insert(view.rootAxis.begin() + axis, -1);
  } else if (!isa<CastShapeOp, ComplexPartOp>(op)) {
    view.isExact = false;
  }
  return view;
}

void RegionFinder::restrict(View &view, int64_t axis, const Linear &offset,
                            const Linear &extent) {
  int64_t rootAxis = view.rootAxis[axis];
  if (rootAxis < 0)
    return;
  AxisRange &range = view.axes[rootAxis];
  Linear begin = range.isWhole ? Linear(0) : range.begin;
  range = {false, begin + offset, begin + offset + extent};
}

/// A slice whose bounds may be clamped lies between the bounds all the same, if
/// they do not count from the end.
bool RegionFinder::restrictToBounds(View &view, int64_t axis, SliceOp op) {
  auto bounds = op.getOffsets()[axis].getDefiningOp<SliceBoundsOp>();
  if (!bounds || op.getOffsets()[axis] != bounds.getOffset() ||
      !bounds.getStop() || !matchPattern(bounds.getStep(), m_One()))
    return false;
  Linear start =
      bounds.getStart() ? analysis.get(bounds.getStart(), at) : Linear(0);
  Linear stop = analysis.get(bounds.getStop(), at);
  if (!analysis.isNonNegative(start, bounds) ||
      !analysis.isNonNegative(stop, bounds))
    return false;
  restrict(view, axis, start, stop - start);
  return true;
}

void RegionFinder::slice(View &view, SliceOp op) {
  SmallVector<int64_t, 4> rootAxis;
  for (auto [axis, offset] : llvm::enumerate(op.getOffsets())) {
    bool isDropped = llvm::is_contained(op.getDropped(), int64_t(axis));
    Linear begin = analysis.get(offset, at);
    if (isDropped) {
      restrict(view, axis, begin, 1);
      continue;
    }
    rootAxis.push_back(view.rootAxis[axis]);
    bool isForward = matchPattern(op.getSteps()[axis], m_One());
    if (isForward && restrictToBounds(view, axis, op))
      continue;
    if (isForward) {
      restrict(view, axis, begin, analysis.get(op.getLengths()[axis], at));
      continue;
    }
    // Positions with gaps, or backwards: what follows is relative to the gaps.
    view.isExact = false;
  }
  // A view with gaps is a part of what was known before it.
  if (view.isExact)
    view.rootAxis = rootAxis;
}

PlaceRegion arr::getRegion(Value place, IndexAnalysis &analysis,
                           Operation *at) {
  View view = RegionFinder(analysis, at).find(place);
  return {view.root, view.axes};
}

PlaceRegion arr::getElementRegion(Value place, ValueRange indices,
                                  IndexAnalysis &analysis, Operation *at) {
  RegionFinder finder(analysis, at);
  View view = finder.find(place);
  if (view.isExact)
    for (auto [axis, index] : llvm::enumerate(indices))
      finder.restrict(view, axis, analysis.get(index, at), 1);
  return {view.root, view.axes};
}
