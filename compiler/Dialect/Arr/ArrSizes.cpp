//===- ArrSizes.cpp - Where the sizes of arrays come from -----------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/Dialect/Arr/Sizes.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

using namespace mlir;
using namespace arr;

OpFoldResult arr::getSize(OpBuilder &builder, Location loc, Value shaped,
                          int64_t axis) {
  auto type = cast<ShapedType>(shaped.getType());
  if (!type.isDynamicDim(axis))
    return builder.getIndexAttr(type.getDimSize(axis));
  Operation *op = shaped.getDefiningOp();
  unsigned dynamic = type.getDynamicDimIndex(axis);
  if (auto empty = dyn_cast_or_null<tensor::EmptyOp>(op))
    return empty.getDynamicSizes()[dynamic];
  if (auto alloc = dyn_cast_or_null<AllocOp>(op))
    return alloc.getSizes()[dynamic];
  if (auto generic = dyn_cast_or_null<DestinationStyleOpInterface>(op))
    return getSize(
        builder, loc,
        generic.getDpsInits()[cast<OpResult>(shaped).getResultNumber()], axis);
  if (auto kernel = dyn_cast_or_null<KernelOp>(op))
    return getSize(
        builder, loc,
        kernel.getOutputs()[cast<OpResult>(shaped).getResultNumber()], axis);
  if (auto view = dyn_cast_or_null<memref::ReinterpretCastOp>(op))
    return view.getMixedSizes()[axis];
  if (isa_and_present<tensor::CastOp, memref::CastOp, ReadOp>(op))
    return getSize(builder, loc, op->getOperand(0), axis);
  if (isa<MemRefType>(type))
    return memref::DimOp::create(builder, loc, shaped, axis).getResult();
  return tensor::DimOp::create(builder, loc, shaped, axis).getResult();
}

SmallVector<OpFoldResult> arr::getSizes(OpBuilder &builder, Location loc,
                                        Value shaped) {
  SmallVector<OpFoldResult> sizes;
  for (int64_t i = 0, e = cast<ShapedType>(shaped.getType()).getRank(); i < e;
       ++i)
    sizes.push_back(getSize(builder, loc, shaped, i));
  return sizes;
}
