//===- ArrFolds.cpp - Folds of sizes, casts and checks --------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace arr;

//===----------------------------------------------------------------------===//
// Sizes: asked of what made the array, so that no array lives for its size
//===----------------------------------------------------------------------===//

namespace {

/// The same size as a value, or as an axis of another array.
struct SizeSource {
  Value value;
  Value array;
  int64_t axis = 0;
};

SizeSource ofAxis(Value array, int64_t axis) { return {Value(), array, axis}; }
SizeSource ofValue(Value value) { return {value, Value(), 0}; }

/// The position of the `axis`-th element that is not listed in `skipped`.
int64_t skipAxes(int64_t axis, ArrayRef<int64_t> skipped) {
  int64_t source = 0;
  for (;; ++source) {
    if (llvm::is_contained(skipped, source))
      continue;
    if (axis-- == 0)
      return source;
  }
}

/// An operand of an elementwise function that has the result's size here.
SizeSource findOperandAxis(Operation *op, int64_t axis) {
  ArrayRef<Attribute> dims = arr::getDims(op->getResult(0).getType());
  for (Value operand : op->getOperands()) {
    ArrayRef<Attribute> own = arr::getDims(operand.getType());
    int64_t at = axis - int64_t(dims.size() - own.size());
    if (at >= 0 && isa<ArrayType>(operand.getType()) && own[at] == dims[axis])
      return ofAxis(operand, at);
  }
  return {};
}

SizeSource findLabel(EinsumOp op, int64_t axis) {
  int64_t label = op.getOutput()[axis];
  Attribute one = arr::getStaticDim(op.getContext(), 1);
  for (auto [operand, labels] : llvm::zip(op.getOperands(), op.getLabels()))
    for (auto [at, other] :
         llvm::enumerate(cast<DenseI64ArrayAttr>(labels).asArrayRef()))
      if (other == label && arr::getDims(operand.getType())[at] != one)
        return ofAxis(operand, at);
  return {};
}

SizeSource findSource(Operation *op, int64_t axis) {
  if (op->hasTrait<Ufunc>())
    return findOperandAxis(op, axis);
  return TypeSwitch<Operation *, SizeSource>(op)
      .Case<EmptyOp, FillOp, BroadcastOp, ReshapeOp>(
          [&](auto op) { return ofValue(op.getSizes()[axis]); })
      .Case([&](ArangeOp op) { return ofValue(op.getCount()); })
      .Case<MaterializeOp, ReadOp>(
          [&](Operation *op) { return ofAxis(op->getOperand(0), axis); })
      .Case([&](CastShapeOp op) {
        // A name says more than none.
        bool isNamed = arr::getDims(op.getSource().getType())[axis] !=
                       arr::getUnknownDim(op.getContext());
        return isNamed ? ofAxis(op.getSource(), axis) : SizeSource();
      })
      .Case([&](TransposeOp op) {
        return ofAxis(op.getSource(), op.getPermutation()[axis]);
      })
      .Case([&](ExpandDimsOp op) {
        int64_t before = llvm::count_if(
            op.getAxes(), [&](int64_t added) { return added < axis; });
        return ofAxis(op.getSource(), axis - before);
      })
      .Case([&](SliceOp op) {
        return ofValue(op.getLengths()[skipAxes(axis, op.getDropped())]);
      })
      .Case([&](ComplexPartOp op) { return ofAxis(op.getSource(), axis); })
      .Case([&](DiagonalOp op) {
        auto *group = llvm::find(op.getGroups(), axis);
        return group == op.getGroups().end()
                   ? SizeSource()
                   : ofAxis(op.getSource(), group - op.getGroups().begin());
      })
      .Case([&](ReduceOp op) {
        if (op.getKeepdims())
          return ofAxis(op.getOperand(), axis);
        return ofAxis(op.getOperand(), skipAxes(axis, op.getAxes()));
      })
      .Case([&](EinsumOp op) { return findLabel(op, axis); })
      .Default([](Operation *) { return SizeSource(); });
}

} // namespace

OpFoldResult DimOp::fold(FoldAdaptor) {
  Attribute dim = arr::getDims(getArray().getType())[getAxis()];
  if (auto size = dyn_cast<IntegerAttr>(dim))
    return IntegerAttr::get(IndexType::get(getContext()), size.getInt());
  Operation *op = getArray().getDefiningOp();
  SizeSource source = op ? findSource(op, getAxis()) : SizeSource();
  if (source.value)
    return source.value;
  if (!source.array)
    return {};
  getArrayMutable().assign(source.array);
  setAxis(source.axis);
  return getResult();
}

/// `x[:]`: the whole axis.
LogicalResult SliceBoundsOp::fold(FoldAdaptor,
                                  SmallVectorImpl<OpFoldResult> &results) {
  if (getStart() || getStop() || !matchPattern(getStep(), m_One()))
    return failure();
  results.push_back(IntegerAttr::get(IndexType::get(getContext()), 0));
  results.push_back(getSize());
  return success();
}

//===----------------------------------------------------------------------===//
// Casts and checks
//===----------------------------------------------------------------------===//

OpFoldResult CastShapeOp::fold(FoldAdaptor) {
  if (getSource().getType() == getType())
    return getSource();
  auto producer = getSource().getDefiningOp<CastShapeOp>();
  if (!producer)
    return {};
  if (producer.getSource().getType() == getType())
    return producer.getSource();
  getSourceMutable().assign(producer.getSource());
  return getResult();
}

/// A check that always holds is no check.
LogicalResult RequireOp::canonicalize(RequireOp op, PatternRewriter &rewriter) {
  if (!matchPattern(op.getCondition(), m_One()))
    return failure();
  rewriter.eraseOp(op);
  return success();
}
