//===- Views.cpp - Views become strides, or maps --------------------------===//
//
// A view of a place is a memref.reinterpret_cast with strides computed here:
// they may be negative or zero, which memref.subview does not promise. A view
// of a value that permutes, repeats or joins axes is a linalg.generic, which
// fusion makes free; other views of values go through memory.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/ArrToLinalg/Lowering.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace arr;

namespace {

//===----------------------------------------------------------------------===//
// Memory taken apart
//===----------------------------------------------------------------------===//

/// Index arithmetic that folds constants.
struct IndexMath {
  OpBuilder &builder;
  Location loc;

  OpFoldResult constant(int64_t value) { return builder.getIndexAttr(value); }
  OpFoldResult add(OpFoldResult lhs, OpFoldResult rhs) {
    std::optional<int64_t> a = getConstantIntValue(lhs),
                           b = getConstantIntValue(rhs);
    if (a && b)
      return constant(*a + *b);
    if (a == 0)
      return rhs;
    if (b == 0)
      return lhs;
    return arith::AddIOp::create(builder, loc, toValue(builder, loc, lhs),
                                 toValue(builder, loc, rhs))
        .getResult();
  }
  OpFoldResult multiply(OpFoldResult lhs, OpFoldResult rhs) {
    std::optional<int64_t> a = getConstantIntValue(lhs),
                           b = getConstantIntValue(rhs);
    if (a && b)
      return constant(*a * *b);
    if (a == 0 || b == 0)
      return constant(0);
    if (a == 1)
      return rhs;
    if (b == 1)
      return lhs;
    return arith::MulIOp::create(builder, loc, toValue(builder, loc, lhs),
                                 toValue(builder, loc, rhs))
        .getResult();
  }
  Value isEqual(OpFoldResult lhs, OpFoldResult rhs) {
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                 toValue(builder, loc, lhs),
                                 toValue(builder, loc, rhs));
  }
};

/// Where a view's elements are: in `base`'s block, from its aligned pointer.
struct Layout {
  Value base;
  OpFoldResult offset;
  SmallVector<OpFoldResult> sizes, strides;
};

Value skipCasts(Value memref) {
  while (auto cast = memref.getDefiningOp<memref::CastOp>())
    memref = cast.getSource();
  return memref;
}

Layout takeApart(OpBuilder &builder, Location loc, Value memref) {
  Layout layout;
  memref = skipCasts(memref);
  layout.base = memref;
  if (auto view = memref.getDefiningOp<memref::ReinterpretCastOp>()) {
    layout.base = view.getSource();
    layout.offset = view.getMixedOffsets().front();
    layout.sizes = view.getMixedSizes();
    layout.strides = view.getMixedStrides();
    return layout;
  }
  auto type = cast<MemRefType>(memref.getType());
  auto metadata =
      memref::ExtractStridedMetadataOp::create(builder, loc, memref);
  layout.sizes = arr::getSizes(builder, loc, memref);
  auto [strides, offset] = type.getStridesAndOffset();
  auto mixed = [&](int64_t constant, Value value) -> OpFoldResult {
    if (ShapedType::isStatic(constant))
      return builder.getIndexAttr(constant);
    return value;
  };
  layout.offset = mixed(offset, metadata.getOffset());
  for (auto [stride, value] : llvm::zip(strides, metadata.getStrides()))
    layout.strides.push_back(mixed(stride, value));
  return layout;
}

/// The memref with a layout, as the type that places have.
Value putTogether(OpBuilder &builder, Location loc, const Layout &layout,
                  MemRefType placeType) {
  SmallVector<int64_t> shape, strides;
  SmallVector<OpFoldResult> sizes = layout.sizes;
  auto staticOrDynamic = [](OpFoldResult value) {
    return getConstantIntValue(value).value_or(ShapedType::kDynamic);
  };
  // What the place's type knows about sizes, and no more: a size that folded
  // to a constant here may meet another one at a join.
  for (auto [size, known] : llvm::zip(sizes, placeType.getShape())) {
    if (ShapedType::isStatic(known))
      size = builder.getIndexAttr(known);
    shape.push_back(staticOrDynamic(size));
  }
  for (OpFoldResult stride : layout.strides)
    strides.push_back(staticOrDynamic(stride));
  auto type = MemRefType::get(
      shape, placeType.getElementType(),
      StridedLayoutAttr::get(builder.getContext(),
                             staticOrDynamic(layout.offset), strides));
  Value view = memref::ReinterpretCastOp::create(
      builder, loc, type, layout.base, layout.offset, sizes, layout.strides);
  if (type == placeType)
    return view;
  return memref::CastOp::create(builder, loc, placeType, view);
}

//===----------------------------------------------------------------------===//
// Views of values
//===----------------------------------------------------------------------===//

/// The memory of a copy of a value, to view it.
Value spill(OpBuilder &builder, Location loc, Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<OpFoldResult> sizes = arr::getSizes(builder, loc, tensor);
  Value block = createAlloc(
      builder, loc, MemRefType::get(type.getShape(), type.getElementType()),
      sizes);
  WriteOp::create(builder, loc, tensor, block);
  return block;
}

/// A value whose element at a position is the source's at `map` of it.
Value createMove(OpBuilder &builder, Location loc, Value source, AffineMap map,
                 RankedTensorType type, ArrayRef<OpFoldResult> sizes) {
  GenericBuilder generic{builder, loc, unsigned(type.getRank())};
  generic.addInput(source, map);
  return generic.createElementwise(
      type, sizes,
      [](OpBuilder &, ValueRange arguments) { return arguments[0]; });
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// Handles both kinds of views; `Derived` computes the layout of a view.
template <typename Op, typename Derived>
struct LowerView : OpConversionPattern<Op> {
  using OpConversionPattern<Op>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(Op op, typename Op::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    auto *self = static_cast<const Derived *>(this);
    Type resultType = op.getResult().getType();
    Value source = adaptor.getOperands()[0];
    if (isa<PlaceType>(resultType)) {
      IndexMath math{rewriter, loc};
      Layout layout = takeApart(rewriter, loc, source);
      self->view(op, adaptor, math, layout);
      rewriter.replaceOp(
          op, putTogether(rewriter, loc, layout, convertPlaceType(resultType)));
      return success();
    }
    if (Value moved = self->move(op, adaptor, rewriter, source)) {
      rewriter.replaceOp(op, moved);
      return success();
    }
    IndexMath math{rewriter, loc};
    Layout layout = takeApart(rewriter, loc, spill(rewriter, loc, source));
    self->view(op, adaptor, math, layout);
    RankedTensorType type = convertArrayType(resultType);
    SmallVector<int64_t> dynamic(type.getRank(), ShapedType::kDynamic);
    auto place =
        MemRefType::get(type.getShape(), type.getElementType(),
                        StridedLayoutAttr::get(rewriter.getContext(),
                                               ShapedType::kDynamic, dynamic));
    rewriter.replaceOpWithNewOp<ReadOp>(
        op, type, putTogether(rewriter, loc, layout, place));
    return success();
  }
};

struct LowerSlice : LowerView<SliceOp, LowerSlice> {
  using LowerView::LowerView;
  void view(SliceOp op, OpAdaptor adaptor, IndexMath &math,
            Layout &layout) const {
    SmallVector<OpFoldResult> sizes, strides;
    for (unsigned i = 0; i < layout.sizes.size(); ++i) {
      OpFoldResult start = math.multiply(
          getAsOpFoldResult(adaptor.getOffsets()[i]), layout.strides[i]);
      layout.offset = math.add(layout.offset, start);
      if (llvm::is_contained(op.getDropped(), int64_t(i)))
        continue;
      sizes.push_back(getAsOpFoldResult(adaptor.getLengths()[i]));
      strides.push_back(math.multiply(getAsOpFoldResult(adaptor.getSteps()[i]),
                                      layout.strides[i]));
    }
    layout.sizes = sizes;
    layout.strides = strides;
  }
  Value move(SliceOp, OpAdaptor, OpBuilder &, Value) const { return {}; }
};

struct LowerTranspose : LowerView<TransposeOp, LowerTranspose> {
  using LowerView::LowerView;
  void view(TransposeOp op, OpAdaptor, IndexMath &, Layout &layout) const {
    SmallVector<OpFoldResult> sizes, strides;
    for (int64_t axis : op.getPermutation()) {
      sizes.push_back(layout.sizes[axis]);
      strides.push_back(layout.strides[axis]);
    }
    layout.sizes = sizes;
    layout.strides = strides;
  }
  Value move(TransposeOp op, OpAdaptor, OpBuilder &builder,
             Value source) const {
    SmallVector<OpFoldResult> sizes;
    SmallVector<AffineExpr> exprs(op.getPermutation().size());
    for (auto [i, axis] : llvm::enumerate(op.getPermutation())) {
      sizes.push_back(getSize(builder, op.getLoc(), source, axis));
      exprs[axis] = builder.getAffineDimExpr(i);
    }
    AffineMap map =
        AffineMap::get(exprs.size(), 0, exprs, builder.getContext());
    return createMove(builder, op.getLoc(), source, map,
                      convertArrayType(op.getResult().getType()), sizes);
  }
};

struct LowerExpandDims : LowerView<ExpandDimsOp, LowerExpandDims> {
  using LowerView::LowerView;
  static bool isNew(ExpandDimsOp op, int64_t axis) {
    return llvm::is_contained(op.getAxes(), axis);
  }
  void view(ExpandDimsOp op, OpAdaptor, IndexMath &math, Layout &layout) const {
    SmallVector<OpFoldResult> sizes, strides;
    unsigned next = 0;
    for (int64_t i = 0, e = arr::getRank(op.getResult().getType()); i < e;
         ++i) {
      sizes.push_back(isNew(op, i) ? math.constant(1) : layout.sizes[next]);
      strides.push_back(isNew(op, i) ? math.constant(0) : layout.strides[next]);
      next += !isNew(op, i);
    }
    layout.sizes = sizes;
    layout.strides = strides;
  }
  Value move(ExpandDimsOp op, OpAdaptor, OpBuilder &builder,
             Value source) const {
    SmallVector<OpFoldResult> sizes;
    SmallVector<AffineExpr> exprs;
    int64_t rank = arr::getRank(op.getResult().getType());
    for (int64_t i = 0; i < rank; ++i) {
      if (isNew(op, i)) {
        sizes.push_back(builder.getIndexAttr(1));
        continue;
      }
      sizes.push_back(getSize(builder, op.getLoc(), source, exprs.size()));
      exprs.push_back(builder.getAffineDimExpr(i));
    }
    return createMove(builder, op.getLoc(), source,
                      AffineMap::get(rank, 0, exprs, builder.getContext()),
                      convertArrayType(op.getResult().getType()), sizes);
  }
};

struct LowerDiagonal : LowerView<DiagonalOp, LowerDiagonal> {
  using LowerView::LowerView;
  void view(DiagonalOp op, OpAdaptor, IndexMath &math, Layout &layout) const {
    int64_t rank = arr::getRank(op.getResult().getType());
    SmallVector<OpFoldResult> sizes(rank), strides(rank, math.constant(0));
    for (auto [i, axis] : llvm::enumerate(op.getGroups())) {
      sizes[axis] = layout.sizes[i];
      strides[axis] = math.add(strides[axis], layout.strides[i]);
    }
    layout.sizes = sizes;
    layout.strides = strides;
  }
  Value move(DiagonalOp op, OpAdaptor, OpBuilder &builder, Value source) const {
    int64_t rank = arr::getRank(op.getResult().getType());
    SmallVector<OpFoldResult> sizes(rank);
    SmallVector<AffineExpr> exprs;
    for (auto [i, axis] : llvm::enumerate(op.getGroups())) {
      exprs.push_back(builder.getAffineDimExpr(axis));
      sizes[axis] = getSize(builder, op.getLoc(), source, i);
    }
    return createMove(builder, op.getLoc(), source,
                      AffineMap::get(rank, 0, exprs, builder.getContext()),
                      convertArrayType(op.getResult().getType()), sizes);
  }
};

struct LowerBroadcast : LowerView<BroadcastOp, LowerBroadcast> {
  using LowerView::LowerView;

  /// What is known of axis `i` of the source.
  enum class Axis { Repeated, Kept, Unknown };
  static Axis classify(BroadcastOp op, int64_t i) {
    ArrayRef<Attribute> from = arr::getDims(op.getSource().getType());
    ArrayRef<Attribute> to = arr::getDims(op.getResult().getType());
    Attribute source = from[i], result = to[to.size() - from.size() + i];
    bool isOne = source == arr::getStaticDim(op.getContext(), 1);
    if (isOne && source != result)
      return Axis::Repeated;
    if (source == result && source != arr::getUnknownDim(op.getContext()))
      return Axis::Kept;
    return isa<IntegerAttr>(source) && !isOne ? Axis::Kept : Axis::Unknown;
  }

  void view(BroadcastOp op, OpAdaptor adaptor, IndexMath &math,
            Layout &layout) const {
    SmallVector<OpFoldResult> sizes, strides;
    int64_t lead = op.getSizes().size() - layout.sizes.size();
    for (auto [i, size] : llvm::enumerate(adaptor.getSizes())) {
      sizes.push_back(getAsOpFoldResult(size));
      int64_t axis = int64_t(i) - lead;
      if (axis < 0 || classify(op, axis) == Axis::Repeated) {
        strides.push_back(math.constant(0));
        continue;
      }
      OpFoldResult stride = layout.strides[axis];
      if (classify(op, axis) == Axis::Unknown) {
        Value isOne = math.isEqual(layout.sizes[axis], math.constant(1));
        stride = arith::SelectOp::create(
                     math.builder, math.loc, isOne,
                     toValue(math.builder, math.loc, math.constant(0)),
                     toValue(math.builder, math.loc, stride))
                     .getResult();
      }
      strides.push_back(stride);
    }
    layout.sizes = sizes;
    layout.strides = strides;
  }
  Value move(BroadcastOp op, OpAdaptor adaptor, OpBuilder &builder,
             Value source) const {
    SmallVector<AffineExpr> exprs;
    int64_t rank = op.getSizes().size();
    int64_t sourceRank = cast<ShapedType>(source.getType()).getRank();
    for (int64_t i = 0; i < sourceRank; ++i) {
      Axis axis = classify(op, i);
      if (axis == Axis::Unknown)
        return {};
      exprs.push_back(axis == Axis::Repeated
                          ? builder.getAffineConstantExpr(0)
                          : builder.getAffineDimExpr(rank - sourceRank + i));
    }
    RankedTensorType type = convertArrayType(op.getResult().getType());
    return createMove(builder, op.getLoc(), source,
                      AffineMap::get(rank, 0, exprs, builder.getContext()),
                      type, getMixedSizes(type, adaptor.getSizes()));
  }
};

struct LowerComplexPart : OpConversionPattern<ComplexPartOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(ComplexPartOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Value source = adaptor.getSource();
    Type converted = getTypeConverter()->convertType(op.getType());
    if (isa<MemRefType>(converted)) {
      rewriter.replaceOpWithNewOp<ComplexPartOp>(op, converted, source,
                                                 op.getImaginary());
      return success();
    }
    auto type = cast<RankedTensorType>(converted);
    GenericBuilder generic{rewriter, loc, unsigned(type.getRank())};
    generic.addInput(source, rewriter.getMultiDimIdentityMap(type.getRank()));
    rewriter.replaceOp(
        op, generic.createElementwise(
                type, arr::getSizes(rewriter, loc, source),
                [&](OpBuilder &b, ValueRange arguments) -> Value {
                  if (op.getImaginary())
                    return complex::ImOp::create(b, loc, arguments[0]);
                  return complex::ReOp::create(b, loc, arguments[0]);
                }));
    return success();
  }
};

struct LowerCastShape : OpConversionPattern<CastShapeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(CastShapeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value source = adaptor.getSource();
    Type type = getTypeConverter()->convertType(op.getResult().getType());
    if (source.getType() == type)
      rewriter.replaceOp(op, source);
    else if (isa<MemRefType>(type))
      rewriter.replaceOpWithNewOp<memref::CastOp>(op, type, source);
    else
      rewriter.replaceOpWithNewOp<tensor::CastOp>(op, type, source);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Reshape
//===----------------------------------------------------------------------===//

struct LowerReshape : OpConversionPattern<ReshapeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ReshapeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Value source = adaptor.getSource();
    bool isValue = isa<RankedTensorType>(source.getType());
    RankedTensorType type = convertArrayType(op.getResult().getType());
    SmallVector<int64_t> dynamic(type.getRank(), ShapedType::kDynamic);
    auto place =
        MemRefType::get(type.getShape(), type.getElementType(),
                        StridedLayoutAttr::get(rewriter.getContext(),
                                               ShapedType::kDynamic, dynamic));
    SmallVector<OpFoldResult> sizes = getMixedSizes(type, adaptor.getSizes());
    if (isValue) {
      Value block = spill(rewriter, loc, source);
      rewriter.replaceOpWithNewOp<ReadOp>(
          op, type, viewContiguous(rewriter, loc, block, sizes, place));
      return success();
    }
    IndexMath math{rewriter, loc};
    Layout layout = takeApart(rewriter, loc, source);
    if (isBlock(source)) {
      rewriter.replaceOp(op,
                         viewContiguous(rewriter, loc, source, sizes, place));
      return success();
    }
    // Elements in a row stay in a row.
    if (layout.sizes.size() == 1 && !op.getContiguous()) {
      OpFoldResult step = layout.strides.front();
      setContiguous(math, layout, sizes, step);
      rewriter.replaceOp(op, putTogether(rewriter, loc, layout, place));
      return success();
    }
    SmallVector<Type> indices(sizes.size(), rewriter.getIndexType());
    auto plan =
        ReshapeStridesOp::create(rewriter, loc, rewriter.getI1Type(), indices,
                                 toValues(rewriter, loc, layout.sizes),
                                 toValues(rewriter, loc, layout.strides),
                                 toValues(rewriter, loc, sizes));
    Value isView = plan.getIsView();
    layout.sizes = sizes;
    layout.strides = getAsOpFoldResult(plan.getNewStrides());
    if (op.getContiguous()) {
      Value hasNoGaps = math.isEqual(layout.strides[0], math.constant(1));
      Value isUnit =
          arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ule,
                                toValue(rewriter, loc, sizes[0]),
                                toValue(rewriter, loc, math.constant(1)));
      hasNoGaps = arith::OrIOp::create(rewriter, loc, hasNoGaps, isUnit);
      isView = arith::AndIOp::create(rewriter, loc, isView, hasNoGaps);
    }
    auto branch = scf::IfOp::create(rewriter, loc, place, isView,
                                    /*withElseRegion=*/true);
    rewriter.setInsertionPointToStart(branch.thenBlock());
    scf::YieldOp::create(rewriter, loc,
                         putTogether(rewriter, loc, layout, place));
    rewriter.setInsertionPointToStart(branch.elseBlock());
    auto sourceType = cast<MemRefType>(source.getType());
    Value copy = createAlloc(rewriter, loc, sourceType,
                             arr::getSizes(rewriter, loc, source));
    Value value =
        ReadOp::create(rewriter, loc,
                       RankedTensorType::get(sourceType.getShape(),
                                             sourceType.getElementType()),
                       source);
    WriteOp::create(rewriter, loc, value, copy);
    scf::YieldOp::create(rewriter, loc,
                         viewContiguous(rewriter, loc, copy, sizes, place));
    rewriter.replaceOp(op, branch.getResults());
    return success();
  }

  static SmallVector<Value> toValues(OpBuilder &builder, Location loc,
                                     ArrayRef<OpFoldResult> folded) {
    return llvm::map_to_vector(folded, [&](OpFoldResult value) {
      return toValue(builder, loc, value);
    });
  }

  /// True for memory that was allocated for this array, without gaps.
  static bool isBlock(Value memref) {
    return skipCasts(memref).getDefiningOp<AllocOp>() != nullptr;
  }

  /// C order, `step` from one element to the next.
  static void setContiguous(IndexMath &math, Layout &layout,
                            ArrayRef<OpFoldResult> sizes, OpFoldResult step) {
    layout.sizes.assign(sizes.begin(), sizes.end());
    layout.strides.assign(sizes.size(), step);
    for (int64_t i = int64_t(sizes.size()) - 2; i >= 0; --i)
      layout.strides[i] = math.multiply(layout.strides[i + 1], sizes[i + 1]);
  }

  /// The same memory in C order under other sizes.
  static Value viewContiguous(OpBuilder &builder, Location loc, Value source,
                              ArrayRef<OpFoldResult> sizes, MemRefType place) {
    IndexMath math{builder, loc};
    Layout layout = takeApart(builder, loc, source);
    setContiguous(math, layout, sizes, math.constant(1));
    return putTogether(builder, loc, layout, place);
  }
};

} // namespace

void arr::populateViewPatterns(ArrTypeConverter &converter,
                               RewritePatternSet &patterns) {
  patterns.add<LowerSlice, LowerTranspose, LowerExpandDims, LowerDiagonal,
               LowerBroadcast, LowerComplexPart, LowerCastShape, LowerReshape>(
      converter, patterns.getContext());
}
