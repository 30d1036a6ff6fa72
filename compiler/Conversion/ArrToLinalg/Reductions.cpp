//===- Reductions.cpp - Reductions and sums of products -------------------===//
//
// Both become linalg.generic with reduction iterators; the `accumulators`
// attribute says how they combine, so that FormKernels need not recognise it.
// Positions of extremes have no linalg form and become kernels at once.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/ArrToLinalg/Lowering.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace arr;

namespace {

using Iterator = utils::IteratorType;

/// Replaces an op by a tensor, or, where it has a scalar result, by its
/// element.
void replaceByTensor(ConversionPatternRewriter &rewriter, Operation *op,
                     Value tensor) {
  Type type = op->getResult(0).getType();
  if (!isa<ArrayType>(type))
    tensor =
        extractScalar(rewriter, op->getLoc(), tensor, convertScalarType(type));
  rewriter.replaceOp(op, tensor);
}

/// The tensor type of a value's or scalar's elements.
RankedTensorType resultTensorType(Type type) { return convertArrayType(type); }

//===----------------------------------------------------------------------===//
// Reduce
//===----------------------------------------------------------------------===//

struct LowerReduce : OpConversionPattern<ReduceOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ReduceOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Type elementType = op.getOperand().getType().getElementType();
    ReduceKind kind = op.getKind();
    bool isPosition = kind == ReduceKind::ArgMin || kind == ReduceKind::ArgMax;
    bool isOrdered = isPosition || kind == ReduceKind::Min ||
                     kind == ReduceKind::Max || kind == ReduceKind::FMin ||
                     kind == ReduceKind::FMax;
    if (isOrdered && isa<ComplexType>(elementType))
      return emitError(op.getLoc(),
                       "not supported yet: order of complex numbers");
    int64_t rank = op.getOperand().getType().getRank();
    auto isReduced = [&](int64_t axis) {
      return llvm::is_contained(op.getAxes(), axis);
    };
    // The result without the reduced axes; `keepdims` puts them back below.
    SmallVector<OpFoldResult> sizes;
    SmallVector<int64_t> shape, kept;
    auto source = cast<RankedTensorType>(adaptor.getOperand().getType());
    for (int64_t axis = 0; axis < rank; ++axis) {
      if (isReduced(axis))
        continue;
      kept.push_back(axis);
      shape.push_back(source.getDimSize(axis));
      sizes.push_back(getSize(rewriter, loc, adaptor.getOperand(), axis));
    }
    Value result =
        isPosition ? createPosition(op, adaptor, rewriter, kept, shape, sizes)
                   : createReduction(op, adaptor, rewriter, kept, shape, sizes);
    if (!result)
      return failure();
    if (op.getKeepdims())
      result = keepDims(op, rewriter, result, kept);
    replaceByTensor(rewriter, op, result);
    return success();
  }

  static Value createReduction(ReduceOp op, OpAdaptor adaptor,
                               OpBuilder &builder, ArrayRef<int64_t> kept,
                               ArrayRef<int64_t> shape,
                               ArrayRef<OpFoldResult> sizes) {
    Location loc = op.getLoc();
    Type elementType = op.getOperand().getType().getElementType();
    int64_t rank = op.getOperand().getType().getRank();
    if (op.getAxes().empty())
      return adaptor.getOperand();
    AccumulatorAttr accumulator =
        arr::getAccumulator(op.getKind(), elementType);
    GenericBuilder generic{builder, loc, unsigned(rank)};
    generic.addInput(adaptor.getOperand(),
                     builder.getMultiDimIdentityMap(rank));
    SmallVector<Iterator> iterators(rank, Iterator::reduction);
    SmallVector<AffineExpr> exprs;
    for (int64_t axis : kept) {
      iterators[axis] = Iterator::parallel;
      exprs.push_back(builder.getAffineDimExpr(axis));
    }
    return generic.createReduction(
        RankedTensorType::get(shape, convertElementType(elementType)), sizes,
        AffineMap::get(rank, 0, exprs, builder.getContext()), iterators,
        accumulator, [&](OpBuilder &inside, ValueRange arguments) {
          return fromMemory(inside, loc, arguments[0], accumulator.getType());
        });
  }

  /// argmin and argmax: a kernel whose parallel dims are the kept axes.
  static Value createPosition(ReduceOp op, OpAdaptor adaptor,
                              OpBuilder &builder, ArrayRef<int64_t> kept,
                              ArrayRef<int64_t> shape,
                              ArrayRef<OpFoldResult> sizes) {
    Location loc = op.getLoc();
    Type elementType = op.getOperand().getType().getElementType();
    int64_t rank = op.getOperand().getType().getRank();
    SmallVector<int64_t> order(kept);
    llvm::append_range(order, op.getAxes());
    SmallVector<AffineExpr> exprs(rank), outputExprs;
    SmallVector<Value> ranges;
    for (auto [dim, axis] : llvm::enumerate(order)) {
      exprs[axis] = builder.getAffineDimExpr(dim);
      ranges.push_back(toValue(
          builder, loc, getSize(builder, loc, adaptor.getOperand(), axis)));
      if (dim < kept.size())
        outputExprs.push_back(builder.getAffineDimExpr(dim));
    }
    auto type = RankedTensorType::get(shape, builder.getI64Type());
    SmallVector<Value> dynamic;
    for (auto [axis, size] : llvm::enumerate(sizes))
      if (type.isDynamicDim(axis))
        dynamic.push_back(toValue(builder, loc, size));
    Value empty = tensor::EmptyOp::create(builder, loc, type, dynamic);
    MLIRContext *context = builder.getContext();
    Type scalar = convertElementType(elementType);
    auto accumulator = AccumulatorAttr::get(
        context, op.getKind(), builder.getI64Type(), isUnsigned(elementType));
    auto kernel = KernelOp::create(
        builder, loc, TypeRange(type), ranges,
        builder.getI64IntegerAttr(kept.size()),
        ValueRange(adaptor.getOperand()), ValueRange(empty),
        builder.getAffineMapArrayAttr(AffineMap::get(rank, 0, exprs, context)),
        builder.getAffineMapArrayAttr(
            AffineMap::get(rank, 0, outputExprs, context)),
        builder.getArrayAttr(accumulator));
    OpBuilder::InsertionGuard guard(builder);
    Block *contribution =
        builder.createBlock(&kernel.getContribution(), {}, {scalar}, {loc});
    YieldOp::create(builder, loc, ValueRange(contribution->getArgument(0)));
    Block *finish = builder.createBlock(
        &kernel.getFinish(), {}, {scalar, builder.getI64Type()}, {loc, loc});
    YieldOp::create(builder, loc, ValueRange(finish->getArgument(1)));
    return kernel.getResult(0);
  }

  static Value keepDims(ReduceOp op, OpBuilder &builder, Value reduced,
                        ArrayRef<int64_t> kept) {
    int64_t rank = op.getOperand().getType().getRank();
    GenericBuilder generic{builder, op.getLoc(), unsigned(rank)};
    SmallVector<AffineExpr> exprs;
    SmallVector<OpFoldResult> sizes(rank, builder.getIndexAttr(1));
    for (auto [i, axis] : llvm::enumerate(kept)) {
      exprs.push_back(builder.getAffineDimExpr(axis));
      sizes[axis] = getSize(builder, op.getLoc(), reduced, i);
    }
    generic.addInput(reduced,
                     AffineMap::get(rank, 0, exprs, builder.getContext()));
    return generic.createElementwise(
        convertArrayType(op.getType()), sizes,
        [](OpBuilder &, ValueRange arguments) { return arguments[0]; });
  }
};

//===----------------------------------------------------------------------===//
// Einsum
//===----------------------------------------------------------------------===//

/// An operand of a sum of products, with its labels.
struct Factor {
  Value tensor;
  SmallVector<int64_t> labels;
};

struct Einsum {
  ConversionPatternRewriter &builder;
  Location loc;
  Type elementType; // original
  SmallVector<Factor> factors;
  SmallVector<int64_t> output;
  llvm::DenseMap<int64_t, OpFoldResult> sizes{};

  /// Sizes of the labels; an axis of size 1 counts only if no other has the
  /// label.
  void findSizes() {
    for (bool ones : {false, true})
      for (Factor &factor : factors)
        for (auto [axis, label] : llvm::enumerate(factor.labels)) {
          auto type = cast<RankedTensorType>(factor.tensor.getType());
          if (!sizes.count(label) && (ones || type.getDimSize(axis) != 1))
            sizes[label] = getSize(builder, loc, factor.tensor, axis);
        }
  }

  bool isOne(int64_t label) {
    return getConstantIntValue(sizes.lookup(label)) == 1;
  }

  /// The estimated size of a label: what is known, else a typical one.
  double estimate(int64_t label) {
    std::optional<int64_t> size = getConstantIntValue(sizes.lookup(label));
    return size ? double(std::max<int64_t>(*size, 1)) : 256.0;
  }

  /// The sum over all labels but `result` of the product of some factors.
  Factor contract(ArrayRef<Factor> operands, ArrayRef<int64_t> result) {
    llvm::SetVector<int64_t> labels(result.begin(), result.end());
    for (const Factor &factor : operands)
      labels.insert(factor.labels.begin(), factor.labels.end());
    unsigned numDims = labels.size();
    auto dimOf = [&](int64_t label) {
      return unsigned(std::distance(labels.begin(), llvm::find(labels, label)));
    };
    GenericBuilder generic{builder, loc, numDims};
    SmallVector<unsigned> inputs;
    for (const Factor &factor : operands) {
      SmallVector<AffineExpr> exprs;
      auto type = cast<RankedTensorType>(factor.tensor.getType());
      for (auto [axis, label] : llvm::enumerate(factor.labels))
        exprs.push_back(type.getDimSize(axis) == 1 && !isOne(label)
                            ? builder.getAffineConstantExpr(0)
                            : builder.getAffineDimExpr(dimOf(label)));
      inputs.push_back(generic.addInput(
          factor.tensor,
          AffineMap::get(numDims, 0, exprs, builder.getContext())));
    }
    SmallVector<int64_t> shape;
    SmallVector<OpFoldResult> resultSizes;
    SmallVector<AffineExpr> exprs;
    for (int64_t label : result) {
      resultSizes.push_back(sizes.lookup(label));
      shape.push_back(getConstantIntValue(sizes.lookup(label))
                          .value_or(ShapedType::kDynamic));
      exprs.push_back(builder.getAffineDimExpr(dimOf(label)));
    }
    auto type = RankedTensorType::get(shape, convertElementType(elementType));
    AccumulatorAttr product = arr::getAccumulator(ReduceKind::Mul, elementType);
    auto multiply = [&](OpBuilder &inside, ValueRange arguments) {
      Value value;
      for (unsigned input : inputs) {
        Value factor =
            fromMemory(inside, loc, arguments[input], product.getType());
        value =
            value ? createCombine(inside, loc, product, value, factor) : factor;
      }
      return value;
    };
    Factor factor;
    factor.labels.assign(result.begin(), result.end());
    if (numDims == result.size()) {
      factor.tensor = generic.createElementwise(type, resultSizes, multiply);
      return factor;
    }
    SmallVector<Iterator> iterators(numDims, Iterator::reduction);
    std::fill_n(iterators.begin(), result.size(), Iterator::parallel);
    factor.tensor = generic.createReduction(
        type, resultSizes,
        AffineMap::get(numDims, 0, exprs, builder.getContext()), iterators,
        arr::getAccumulator(ReduceKind::Add, elementType), multiply);
    return factor;
  }

  /// The labels of `operands` that something else still needs.
  SmallVector<int64_t> needed(ArrayRef<Factor> operands,
                              ArrayRef<Factor> others) {
    SmallVector<int64_t> result;
    for (const Factor &factor : operands)
      for (int64_t label : factor.labels) {
        bool isNeeded = llvm::is_contained(output, label) ||
                        llvm::any_of(others, [&](const Factor &other) {
                          return llvm::is_contained(other.labels, label);
                        });
        if (isNeeded && !llvm::is_contained(result, label))
          result.push_back(label);
      }
    return result;
  }

  /// Sums a factor of several over labels that only it has: that is cheaper
  /// before the product than in it.
  void sumOwnLabels() {
    for (unsigned i = 0; factors.size() > 1 && i < factors.size(); ++i) {
      SmallVector<Factor> others(factors);
      others.erase(others.begin() + i);
      SmallVector<int64_t> kept = needed(factors[i], others);
      llvm::SmallDenseSet<int64_t> distinct(factors[i].labels.begin(),
                                            factors[i].labels.end());
      if (kept.size() < distinct.size())
        factors[i] = contract(factors[i], kept);
    }
  }

  /// Greedily takes the cheapest pair until two factors are left.
  Value run() {
    findSizes();
    sumOwnLabels();
    while (factors.size() > 2) {
      double bestCost = std::numeric_limits<double>::infinity();
      unsigned bestI = 0, bestJ = 1;
      for (unsigned i = 0; i < factors.size(); ++i)
        for (unsigned j = i + 1; j < factors.size(); ++j) {
          llvm::SetVector<int64_t> labels;
          labels.insert(factors[i].labels.begin(), factors[i].labels.end());
          labels.insert(factors[j].labels.begin(), factors[j].labels.end());
          double cost = 1;
          for (int64_t label : labels)
            cost *= estimate(label);
          if (cost < bestCost) {
            bestCost = cost;
            bestI = i;
            bestJ = j;
          }
        }
      SmallVector<Factor> pair = {factors[bestI], factors[bestJ]};
      factors.erase(factors.begin() + bestJ);
      factors.erase(factors.begin() + bestI);
      factors.push_back(contract(pair, needed(pair, factors)));
    }
    return contract(factors, output).tensor;
  }
};

struct LowerEinsum : OpConversionPattern<EinsumOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(EinsumOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (op.getOperands().empty())
      return op.emitOpError("has no operands");
    Einsum einsum{rewriter,
                  op.getLoc(),
                  arr::getElementTypeOrSelf(op.getResult().getType()),
                  {},
                  SmallVector<int64_t>(op.getOutput())};
    for (auto [tensor, labels] :
         llvm::zip(adaptor.getOperands(), op.getLabels()))
      einsum.factors.push_back(
          {tensor,
           SmallVector<int64_t>(cast<DenseI64ArrayAttr>(labels).asArrayRef())});
    Value result = einsum.run();
    RankedTensorType type = resultTensorType(op.getResult().getType());
    if (result.getType() != type)
      result = tensor::CastOp::create(rewriter, op.getLoc(), type, result);
    replaceByTensor(rewriter, op, result);
    return success();
  }
};

} // namespace

void arr::populateReductionPatterns(ArrTypeConverter &converter,
                                    RewritePatternSet &patterns) {
  patterns.add<LowerReduce, LowerEinsum>(converter, patterns.getContext());
}
