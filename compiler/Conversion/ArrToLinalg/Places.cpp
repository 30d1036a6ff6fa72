//===- Places.cpp - Places become memrefs ---------------------------------===//
//
// `arr.read` and `arr.write` stay, between tensors and memrefs: PlaceValues
// decides what they cost.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/ArrToLinalg/Lowering.h"

using namespace mlir;
using namespace arr;

namespace {

/// With any strides, which is what places are between ops.
Value castToPlace(OpBuilder &builder, Location loc, Value memref,
                  MemRefType type) {
  if (memref.getType() == type)
    return memref;
  return memref::CastOp::create(builder, loc, type, memref);
}

struct LowerEmpty : OpConversionPattern<EmptyOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(EmptyOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    MemRefType type = convertPlaceType(op.getType());
    Value block = createAlloc(rewriter, op.getLoc(), type,
                              getMixedSizes(type, adaptor.getSizes()));
    rewriter.replaceOp(op, castToPlace(rewriter, op.getLoc(), block, type));
    return success();
  }
};

/// As an empty place: every place then has a block, or is a view of one.
struct LowerNoPlace : OpConversionPattern<NoPlaceOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(NoPlaceOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    MemRefType type = convertPlaceType(op.getType());
    SmallVector<OpFoldResult> sizes;
    for (int64_t size : type.getShape())
      sizes.push_back(
          rewriter.getIndexAttr(ShapedType::isDynamic(size) ? 0 : size));
    Value block = createAlloc(rewriter, op.getLoc(), type, sizes);
    rewriter.replaceOp(op, castToPlace(rewriter, op.getLoc(), block, type));
    return success();
  }
};

struct LowerMaterialize : OpConversionPattern<MaterializeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(MaterializeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    MemRefType type = convertPlaceType(op.getType());
    Value block = createAlloc(rewriter, loc, type,
                              arr::getSizes(rewriter, loc, adaptor.getValue()));
    WriteOp::create(rewriter, loc, adaptor.getValue(), block);
    rewriter.replaceOp(op, castToPlace(rewriter, loc, block, type));
    return success();
  }
};

struct LowerRead : OpConversionPattern<ReadOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(ReadOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<ReadOp>(op, convertArrayType(op.getType()),
                                        adaptor.getPlace());
    return success();
  }
};

struct LowerWrite : OpConversionPattern<WriteOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(WriteOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<WriteOp>(op, adaptor.getValue(),
                                         adaptor.getPlace());
    return success();
  }
};

struct LowerLoad : OpConversionPattern<LoadOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(LoadOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value element = memref::LoadOp::create(
        rewriter, op.getLoc(), adaptor.getPlace(), adaptor.getIndices());
    rewriter.replaceOp(op, fromMemory(rewriter, op.getLoc(), element,
                                      convertScalarType(op.getType())));
    return success();
  }
};

struct LowerStore : OpConversionPattern<StoreOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(StoreOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value element = toMemory(rewriter, op.getLoc(), adaptor.getValue());
    rewriter.replaceOpWithNewOp<memref::StoreOp>(
        op, element, adaptor.getPlace(), adaptor.getIndices());
    return success();
  }
};

struct LowerDim : OpConversionPattern<DimOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(DimOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    OpFoldResult size =
        getSize(rewriter, op.getLoc(), adaptor.getArray(), op.getAxis());
    rewriter.replaceOp(op, toValue(rewriter, op.getLoc(), size));
    return success();
  }
};

} // namespace

void arr::populatePlacePatterns(ArrTypeConverter &converter,
                                RewritePatternSet &patterns) {
  patterns.add<LowerEmpty, LowerNoPlace, LowerMaterialize, LowerRead,
               LowerWrite, LowerLoad, LowerStore, LowerDim>(
      converter, patterns.getContext());
}
