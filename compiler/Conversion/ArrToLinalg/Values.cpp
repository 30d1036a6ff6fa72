//===- Values.cpp - Elementwise values become linalg.generic --------------===//
#include "compiler/Conversion/ArrToLinalg/Lowering.h"
#include "compiler/Conversion/Ufuncs/Ufuncs.h"
#include "mlir/Dialect/Complex/IR/Complex.h"

using namespace mlir;
using namespace arr;

namespace {

//===----------------------------------------------------------------------===//
// Elementwise functions
//===----------------------------------------------------------------------===//

/// All ops of ArrUfuncs.td. Axes of the literal size 1 broadcast: they are
/// read at position 0.
struct LowerElementwise : ConversionPattern {
  LowerElementwise(TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult
  matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                  ConversionPatternRewriter &rewriter) const override {
    if (!op->hasTrait<Ufunc>())
      return failure();
    auto resultType = dyn_cast<ArrayType>(op->getResult(0).getType());
    if (!resultType) {
      rewriter.replaceOp(op, lowerUfunc(rewriter, op, operands));
      return success();
    }
    Location loc = op->getLoc();
    int64_t rank = resultType.getRank();
    GenericBuilder generic{rewriter, loc, unsigned(rank)};
    SmallVector<std::optional<unsigned>> inputs; // nothing for scalars
    SmallVector<OpFoldResult> sizes(rank);
    for (auto [operand, original] : llvm::zip(operands, op->getOperands())) {
      auto type = dyn_cast<ArrayType>(original.getType());
      if (!type) {
        inputs.push_back(std::nullopt);
        continue;
      }
      SmallVector<AffineExpr> exprs;
      int64_t lead = rank - type.getRank();
      for (int64_t i = 0; i < type.getRank(); ++i) {
        if (type.isUnitDim(i) && !resultType.isUnitDim(lead + i)) {
          exprs.push_back(rewriter.getAffineConstantExpr(0));
          continue;
        }
        exprs.push_back(rewriter.getAffineDimExpr(lead + i));
        if (!sizes[lead + i])
          sizes[lead + i] = getSize(rewriter, loc, operand, i);
      }
      AffineMap map = AffineMap::get(rank, 0, exprs, rewriter.getContext());
      inputs.push_back(generic.addInput(operand, map));
    }
    RankedTensorType type = convertArrayType(resultType);
    for (int64_t i = 0; i < rank; ++i)
      if (!type.isDynamicDim(i))
        sizes[i] = rewriter.getIndexAttr(type.getDimSize(i));
    if (llvm::is_contained(sizes, OpFoldResult()))
      return op->emitOpError("has a result axis that no operand has");
    Value result = generic.createElementwise(
        type, sizes, [&](OpBuilder &builder, ValueRange arguments) {
          SmallVector<Value> scalars;
          for (auto [i, input] : llvm::enumerate(inputs)) {
            if (!input) {
              scalars.push_back(operands[i]);
              continue;
            }
            Type scalar = convertScalarType(
                arr::getElementTypeOrSelf(op->getOperand(i).getType()));
            scalars.push_back(
                fromMemory(builder, loc, arguments[*input], scalar));
          }
          return lowerUfunc(builder, op, scalars);
        });
    rewriter.replaceOp(op, result);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Creation
//===----------------------------------------------------------------------===//

struct LowerFill : OpConversionPattern<FillOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(FillOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    RankedTensorType type = convertArrayType(op.getType());
    GenericBuilder generic{rewriter, op.getLoc(), unsigned(type.getRank())};
    rewriter.replaceOp(
        op, generic.createElementwise(
                type, getMixedSizes(type, adaptor.getSizes()),
                [&](OpBuilder &, ValueRange) { return adaptor.getValue(); }));
    return success();
  }
};

/// A position as a scalar of an array's dtype.
Value convertPosition(OpBuilder &builder, Location loc, Value position,
                      Type type) {
  Value integer =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), position);
  if (isa<FloatType>(type))
    return arith::SIToFPOp::create(builder, loc, type, integer);
  if (auto complexType = dyn_cast<ComplexType>(type)) {
    Type part = complexType.getElementType();
    Value real = arith::SIToFPOp::create(builder, loc, part, integer);
    Value zero =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(part));
    return complex::CreateOp::create(builder, loc, type, real, zero);
  }
  if (type.getIntOrFloatBitWidth() < 64)
    return arith::TruncIOp::create(builder, loc, type, integer);
  return integer;
}

struct LowerArange : OpConversionPattern<ArangeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(ArangeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    RankedTensorType type = convertArrayType(op.getType());
    Type scalar = adaptor.getStart().getType();
    if (scalar.isInteger(1))
      return emitError(loc, "not supported yet: a range of bools");
    AccumulatorAttr sum =
        getAccumulator(ReduceKind::Add, op.getStart().getType());
    AccumulatorAttr product =
        getAccumulator(ReduceKind::Mul, op.getStart().getType());
    GenericBuilder generic{rewriter, loc, 1};
    SmallVector<OpFoldResult> sizes = getMixedSizes(type, adaptor.getCount());
    rewriter.replaceOp(
        op, generic.createElementwise(
                type, sizes, [&](OpBuilder &builder, ValueRange) {
                  Value position = convertPosition(
                      builder, loc, linalg::IndexOp::create(builder, loc, 0),
                      scalar);
                  Value distance = createCombine(builder, loc, product,
                                                 position, adaptor.getStep());
                  return createCombine(builder, loc, sum, adaptor.getStart(),
                                       distance);
                }));
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Gathering
//===----------------------------------------------------------------------===//

/// Each element of the result loads its own from the source, which must have
/// memory: only what computes the positions is fused.
struct LowerGather : OpConversionPattern<GatherOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(GatherOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    RankedTensorType type = convertArrayType(op.getType());
    unsigned rank = type.getRank(), first = op.getPosition();
    Value source = adaptor.getSource(), space = adaptor.getIndices()[0];
    unsigned sourceRank = cast<RankedTensorType>(source.getType()).getRank();
    unsigned spaceRank = rank - (sourceRank - op.getAxes().size());

    GenericBuilder generic{rewriter, loc, rank};
    SmallVector<AffineExpr> spaceDims;
    for (unsigned i = 0; i < spaceRank; ++i)
      spaceDims.push_back(rewriter.getAffineDimExpr(first + i));
    AffineMap map = AffineMap::get(rank, 0, spaceDims, rewriter.getContext());
    SmallVector<unsigned> inputs;
    for (Value indices : adaptor.getIndices())
      inputs.push_back(generic.addInput(indices, map));

    // What each source axis is: a gathered one, or a dim of the result.
    SmallVector<std::optional<unsigned>> gathered(sourceRank);
    for (auto [i, axis] : llvm::enumerate(op.getAxes()))
      gathered[axis] = i;
    SmallVector<OpFoldResult> sizes(rank);
    SmallVector<unsigned> dims(sourceRank);
    SmallVector<Value> extents(sourceRank);
    unsigned dim = 0;
    for (unsigned axis = 0; axis < sourceRank; ++axis) {
      if (gathered[axis]) {
        extents[axis] = arith::IndexCastOp::create(
            rewriter, loc, rewriter.getI64Type(),
            toValue(rewriter, loc, getSize(rewriter, loc, source, axis)));
        continue;
      }
      if (dim == first)
        dim += spaceRank;
      dims[axis] = dim;
      sizes[dim++] = getSize(rewriter, loc, source, axis);
    }
    for (unsigned i = 0; i < spaceRank; ++i)
      sizes[first + i] = getSize(rewriter, loc, space, i);
    for (unsigned i = 0; i < rank; ++i)
      if (!type.isDynamicDim(i))
        sizes[i] = rewriter.getIndexAttr(type.getDimSize(i));

    Type scalar = convertScalarType(arr::getElementTypeOrSelf(op.getType()));
    Value result = generic.createElementwise(
        type, sizes, [&](OpBuilder &b, ValueRange arguments) -> Value {
          Value zero = arith::ConstantIntOp::create(b, loc, 0, 64);
          SmallVector<Value> positions;
          for (unsigned axis = 0; axis < sourceRank; ++axis) {
            if (!gathered[axis]) {
              positions.push_back(linalg::IndexOp::create(b, loc, dims[axis]));
              continue;
            }
            Value given = arguments[inputs[*gathered[axis]]];
            Value isFromEnd = arith::CmpIOp::create(
                b, loc, arith::CmpIPredicate::slt, given, zero);
            Value fromEnd = arith::AddIOp::create(b, loc, given, extents[axis]);
            Value position =
                arith::SelectOp::create(b, loc, isFromEnd, fromEnd, given);
            positions.push_back(
                arith::IndexCastOp::create(b, loc, b.getIndexType(), position));
          }
          Value element = tensor::ExtractOp::create(b, loc, source, positions);
          return fromMemory(b, loc, element, scalar);
        });
    rewriter.replaceOp(op, result);
    return success();
  }
};

struct LowerFromElements : OpConversionPattern<FromElementsOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(FromElementsOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Value> elements;
    for (Value element : adaptor.getElements())
      elements.push_back(toMemory(rewriter, op.getLoc(), element));
    rewriter.replaceOpWithNewOp<tensor::FromElementsOp>(
        op, convertArrayType(op.getType()), elements);
    return success();
  }
};

} // namespace

void arr::populateValuePatterns(ArrTypeConverter &converter,
                                RewritePatternSet &patterns) {
  patterns.add<LowerElementwise, LowerFill, LowerArange, LowerGather,
               LowerFromElements>(converter, patterns.getContext());
}
