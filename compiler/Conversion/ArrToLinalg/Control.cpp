//===- Control.cpp - Ops that only carry arrays through -------------------===//
//
// Parallel loops, printing, files, and ops of other dialects that accept any
// type. What types no longer tell (unsigned, bool) is written to attributes
// where the runtime library has to know.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/ArrToLinalg/Lowering.h"
#include "mlir/Dialect/UB/IR/UBOps.h"

using namespace mlir;
using namespace arr;

namespace {

struct ConvertPrange : OpConversionPattern<PrangeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(PrangeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Type> types;
    if (failed(getTypeConverter()->convertTypes(op.getResultTypes(), types)))
      return failure();
    OperationState state(op.getLoc(), PrangeOp::getOperationName(),
                         adaptor.getOperands(), types, op->getAttrs());
    // What min and max of unsigned integers compare.
    SmallVector<bool> isUnsigned;
    for (Type type : op.getResultTypes())
      isUnsigned.push_back(arr::isUnsigned(type));
    if (!isUnsigned.empty())
      state.addAttribute("unsigned", rewriter.getBoolArrayAttr(isUnsigned));
    state.addRegion();
    auto loop = cast<PrangeOp>(rewriter.create(state));
    rewriter.inlineRegionBefore(op.getRegion(), loop.getRegion(),
                                loop.getRegion().end());
    if (failed(rewriter.convertRegionTypes(&loop.getRegion(),
                                           *getTypeConverter())))
      return failure();
    rewriter.replaceOp(op, loop.getResults());
    return success();
  }
};

struct ConvertPrint : OpConversionPattern<PrintOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(PrintOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Attribute> dtypes;
    for (Type type : op->getOperandTypes())
      dtypes.push_back(spellDType(arr::getElementTypeOrSelf(type)));
    rewriter.modifyOpInPlace(op, [&] {
      op->setOperands(adaptor.getOperands());
      if (!dtypes.empty())
        op->setAttr("dtypes", rewriter.getArrayAttr(dtypes));
    });
    return success();
  }
};

struct ConvertCallExtern : OpConversionPattern<CallExternOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(CallExternOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Type> types;
    if (failed(getTypeConverter()->convertTypes(op.getResultTypes(), types)))
      return failure();
    SmallVector<Attribute> dtypes;
    for (Type type : op->getOperandTypes())
      dtypes.push_back(spellDType(arr::getElementTypeOrSelf(type)));
    auto call = CallExternOp::create(rewriter, op.getLoc(), types,
                                     op.getSymbol(), adaptor.getOperands());
    call->setAttr("dtypes", rewriter.getArrayAttr(dtypes));
    rewriter.replaceOp(op, call.getResults());
    return success();
  }
};

struct ConvertLoadFile : OpConversionPattern<LoadFileOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(LoadFileOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type elementType = arr::getElementTypeOrSelf(op.getType());
    MemRefType place = convertPlaceType(op.getType());
    // A file may have any sizes: those that the type names are checked later.
    SmallVector<int64_t> shape(place.getRank(), ShapedType::kDynamic);
    auto type = MemRefType::get(shape, place.getElementType());
    auto file =
        LoadFileOp::create(rewriter, op.getLoc(), type, adaptor.getPath());
    file->setAttr("dtype", spellDType(elementType));
    rewriter.replaceOpWithNewOp<memref::CastOp>(op, place, file->getResult(0));
    return success();
  }
};

struct ConvertSaveFile : OpConversionPattern<SaveFileOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(SaveFileOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type elementType = arr::getElementTypeOrSelf(op.getPlace().getType());
    rewriter.modifyOpInPlace(op, [&] {
      op->setOperands(adaptor.getOperands());
      op->setAttr("dtype", spellDType(elementType));
    });
    return success();
  }
};

/// Ops that work on any type and only need new operands and results.
struct ConvertTypesOf : ConversionPattern {
  ConvertTypesOf(TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context) {}
  LogicalResult
  matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                  ConversionPatternRewriter &rewriter) const override {
    if (!isa<YieldOp, arith::SelectOp, ub::PoisonOp>(op))
      return failure();
    SmallVector<Type> types;
    if (failed(getTypeConverter()->convertTypes(op->getResultTypes(), types)))
      return failure();
    OperationState state(op->getLoc(), op->getName(), operands, types,
                         op->getAttrs());
    rewriter.replaceOp(op, rewriter.create(state)->getResults());
    return success();
  }
};

} // namespace

void arr::populateControlPatterns(ArrTypeConverter &converter,
                                  RewritePatternSet &patterns) {
  patterns.add<ConvertPrange, ConvertPrint, ConvertCallExtern, ConvertLoadFile, ConvertSaveFile,
               ConvertTypesOf>(converter, patterns.getContext());
}
