//===- ArrViews.cpp - Views: verifiers and folds --------------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace arr;

/// A view of a place is a place, of a value a value, of the same dtype.
static LogicalResult verifyView(Operation *op) {
  Type source = op->getOperand(0).getType(), result = op->getResult(0).getType();
  if (isa<PlaceType>(source) != isa<PlaceType>(result))
    return op->emitOpError("turns ") << source << " into " << result;
  if (arr::getElementTypeOrSelf(source) != arr::getElementTypeOrSelf(result))
    return op->emitOpError("changes the dtype: ") << source << " to " << result;
  return success();
}

static LogicalResult verifyRank(Operation *op, int64_t expected) {
  Type result = op->getResult(0).getType();
  if (arr::getRank(result) != expected)
    return op->emitOpError("needs a result of rank ") << expected << ", got " << result;
  return verifyView(op);
}

LogicalResult SliceOp::verify() {
  int64_t rank = arr::getRank(getSource().getType());
  if (int64_t(getOffsets().size()) != rank || int64_t(getLengths().size()) != rank ||
      int64_t(getSteps().size()) != rank)
    return emitOpError("needs an offset, a length and a step for each axis of ")
           << getSource().getType();
  return verifyRank(*this, rank - int64_t(getDropped().size()));
}

LogicalResult TransposeOp::verify() {
  ArrayRef<Attribute> source = arr::getDims(getSource().getType());
  SmallVector<Attribute> dims;
  for (int64_t axis : getPermutation()) {
    if (axis < 0 || axis >= int64_t(source.size()))
      return emitOpError("has no axis ") << axis;
    dims.push_back(source[axis]);
  }
  if (ArrayRef<Attribute>(dims) != arr::getDims(getType()))
    return emitOpError("has a result of another shape: ") << getType();
  return verifyView(*this);
}

LogicalResult ExpandDimsOp::verify() {
  for (int64_t axis : getAxes())
    if (axis < 0 || axis >= arr::getRank(getType()) ||
        arr::getDims(getType())[axis] != arr::getStaticDim(getContext(), 1))
      return emitOpError("needs size 1 at axis ") << axis << " of " << getType();
  return verifyRank(*this, arr::getRank(getSource().getType()) + int64_t(getAxes().size()));
}

LogicalResult DiagonalOp::verify() {
  if (int64_t(getGroups().size()) != arr::getRank(getSource().getType()))
    return emitOpError("needs a result axis for each axis of ") << getSource().getType();
  for (int64_t axis : getGroups())
    if (axis < 0 || axis >= arr::getRank(getType()))
      return emitOpError("has no result axis ") << axis;
  return verifyView(*this);
}

LogicalResult ComplexPartOp::verify() {
  Type source = getSource().getType(), result = getType();
  auto elementType = [](Type type) {
    return mlir::getElementTypeOrSelf(arr::getElementTypeOrSelf(type));
  };
  auto complex = dyn_cast<ComplexType>(elementType(source));
  if (!complex || complex.getElementType() != elementType(result))
    return emitOpError("takes no ") << result << " out of " << source;
  if (source.getTypeID() != result.getTypeID() ||
      arr::getDims(source) != arr::getDims(result))
    return emitOpError("turns ") << source << " into " << result;
  return success();
}

LogicalResult BroadcastOp::verify() {
  if (arr::getRank(getType()) < arr::getRank(getSource().getType()))
    return emitOpError("needs at least the rank of its source");
  return verifyRank(*this, getSizes().size());
}

LogicalResult ReshapeOp::verify() {
  if (getContiguous() && getSizes().size() != 1)
    return emitOpError("is contiguous with one axis only");
  return verifyRank(*this, getSizes().size());
}

LogicalResult ReshapeStridesOp::verify() {
  if (getSizes().size() != getStrides().size())
    return emitOpError("needs one stride for each size");
  if (getNewSizes().size() != getNewStrides().size())
    return emitOpError("gives one stride for each new size");
  return success();
}

LogicalResult CastShapeOp::verify() {
  return verifyRank(*this, arr::getRank(getSource().getType()));
}
