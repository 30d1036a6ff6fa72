//===- FormKernels.cpp - linalg.generic becomes arr.kernel ----------------===//
//
// On entry: linalg.generic on tensors, fused. Each becomes a kernel: parallel
// dims first, what a reduction combines in the contribution region. Then an
// elementwise kernel that consumes a reduction's only result at the same
// positions becomes the reduction's finish region. Left at the end: no op of
// the linalg dialect.
//
//===----------------------------------------------------------------------===//
#include "compiler/Dialect/Arr/Sizes.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/PlaceAnalysis.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"

namespace arr {
#define GEN_PASS_DEF_FORMKERNELS
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

//===----------------------------------------------------------------------===//
// One linalg.generic
//===----------------------------------------------------------------------===//

/// The value that a reduction's body combines with the accumulator, or null if
/// folding has left another form: `total - x` for the sum of `-x`, or only one
/// of the two. Bools are combined as i1 and stored as i8.
Value findContribution(linalg::GenericOp generic) {
  Block *body = generic.getBody();
  Value yielded = body->getTerminator()->getOperand(0);
  if (auto store = yielded.getDefiningOp<arith::ExtUIOp>())
    yielded = store.getIn();
  BlockArgument total = body->getArguments().back();
  auto isTotal = [&](Value value) {
    if (auto load = value.getDefiningOp<arith::CmpIOp>())
      value = load.getLhs();
    return value == total;
  };
  Operation *combiner = yielded.getDefiningOp();
  if (!combiner || combiner->getNumOperands() != 2 ||
      isa<arith::CmpIOp, arith::SubIOp, arith::SubFOp, arith::DivFOp,
          complex::SubOp, complex::DivOp>(combiner))
    return {};
  for (unsigned i : {0, 1})
    if (isTotal(combiner->getOperand(i)))
      return combiner->getOperand(1 - i);
  return {};
}

class KernelFormer {
public:
  KernelFormer(IRRewriter &rewriter, linalg::GenericOp generic)
      : rewriter(rewriter), generic(generic), loc(generic.getLoc()) {}

  FailureOr<KernelOp> run() {
    if (generic.getNumDpsInits() != 1 && generic.getNumReductionLoops() != 0)
      return generic.emitOpError("reduces to several results");
    rewriter.setInsertionPoint(generic);
    orderDims();
    if (failed(findSizes()))
      return failure();
    SmallVector<Value> inputs, outputs;
    SmallVector<AffineMap> inputMaps, outputMaps;
    for (OpOperand *input : generic.getDpsInputOperands()) {
      inputs.push_back(input->get());
      inputMaps.push_back(mapOf(*input));
    }
    for (OpOperand &init : generic.getDpsInitsMutable()) {
      Value output = init.get();
      // A kernel starts from the identity by itself.
      if (auto fill = output.getDefiningOp<linalg::FillOp>())
        output = fill.getOutputs()[0];
      outputs.push_back(output);
      outputMaps.push_back(mapOf(init));
    }
    auto accumulators = generic->getAttrOfType<ArrayAttr>("accumulators");
    if (!accumulators) {
      if (generic.getNumReductionLoops() != 0)
        return generic.emitOpError("reduces in an unknown way");
      accumulators = rewriter.getArrayAttr({});
    }
    auto kernel = KernelOp::create(
        rewriter, loc, generic.getResultTypes(), sizes,
        rewriter.getI64IntegerAttr(numParallel), inputs, outputs,
        rewriter.getAffineMapArrayAttr(inputMaps),
        rewriter.getAffineMapArrayAttr(outputMaps), accumulators);
    if (failed(accumulators.empty() ? fillElementwise(kernel)
                                    : fillReduction(kernel)))
      return failure();
    rewriter.replaceOp(generic, kernel.getResults());
    return kernel;
  }

private:
  /// Parallel dims come first in a kernel.
  void orderDims() {
    SmallVector<utils::IteratorType> iterators =
        generic.getIteratorTypesArray();
    newDims.resize(iterators.size());
    for (bool parallel : {true, false})
      for (auto [dim, iterator] : llvm::enumerate(iterators))
        if ((iterator == utils::IteratorType::parallel) == parallel) {
          newDims[dim] = order.size();
          order.push_back(dim);
          numParallel += parallel;
        }
  }

  AffineMap mapOf(OpOperand &operand) {
    AffineMap map = generic.getMatchingIndexingMap(&operand);
    SmallVector<AffineExpr> dims;
    for (unsigned dim : newDims)
      dims.push_back(rewriter.getAffineDimExpr(dim));
    return map.replaceDimsAndSymbols(dims, {}, dims.size(), 0);
  }

  /// A size for each dim, from the first operand that has an axis of it.
  LogicalResult findSizes() {
    for (unsigned dim : order) {
      OpFoldResult size;
      auto visit = [&](OpOperand &operand) {
        AffineMap map = generic.getMatchingIndexingMap(&operand);
        for (auto [axis, expr] : llvm::enumerate(map.getResults()))
          if (!size && expr == rewriter.getAffineDimExpr(dim))
            size = getSize(rewriter, loc, operand.get(), axis);
      };
      for (OpOperand &init : generic.getDpsInitsMutable())
        visit(init);
      for (OpOperand *input : generic.getDpsInputOperands())
        visit(*input);
      if (!size)
        return generic.emitOpError("has a dim of unknown size");
      sizes.push_back(getValueOrCreateConstantIndexOp(rewriter, loc, size));
    }
    return success();
  }

  /// Moves the body into `region`, whose arguments are the inputs' elements.
  /// The accumulators' arguments of the body must be unused by then.
  Block *moveBody(Region &region) {
    Block *body = generic.getBody();
    unsigned numInputs = generic.getNumDpsInputs();
    Block *block = rewriter.createBlock(&region);
    for (BlockArgument argument : body->getArguments().take_front(numInputs))
      argument.replaceAllUsesWith(block->addArgument(argument.getType(), loc));
    block->getOperations().splice(block->end(), body->getOperations());
    for (Operation &op : llvm::make_early_inc_range(*block))
      if (auto index = dyn_cast<linalg::IndexOp>(op)) {
        rewriter.setInsertionPoint(index);
        rewriter.replaceOpWithNewOp<IterationIndexOp>(
            index, rewriter.getIndexType(),
            rewriter.getI64IntegerAttr(newDims[index.getDim()]));
      }
    return block;
  }

  LogicalResult fillElementwise(KernelOp kernel) {
    Block *finish = moveBody(kernel.getFinish());
    Operation *yield = finish->getTerminator();
    rewriter.setInsertionPoint(yield);
    rewriter.replaceOpWithNewOp<YieldOp>(yield, yield->getOperands());
    return success();
  }

  LogicalResult fillReduction(KernelOp kernel) {
    Value contributed = findContribution(generic);
    if (!contributed)
      contributed = combineWithIdentity(kernel.getAccumulator(0).getType());
    if (!contributed)
      return generic.emitOpError("combines in an unknown way");
    Type elementType =
        cast<ShapedType>(kernel.getResult(0).getType()).getElementType();
    Operation *yield = generic.getBody()->getTerminator();
    rewriter.setInsertionPoint(yield);
    rewriter.replaceOpWithNewOp<YieldOp>(yield, ValueRange(contributed));
    // What is left of the old total goes: its store, combiner and load.
    BlockArgument total = generic.getBody()->getArguments().back();
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(*generic.getBody())))
      if (isOpTriviallyDead(&op))
        rewriter.eraseOp(&op);
    if (!total.use_empty())
      return generic.emitOpError("uses its total for more than combining");
    moveBody(kernel.getContribution());

    Block *finish = rewriter.createBlock(&kernel.getFinish());
    for (Value input : kernel.getInputs())
      finish->addArgument(cast<ShapedType>(input.getType()).getElementType(),
                          loc);
    Value result = finish->addArgument(kernel.getAccumulator(0).getType(), loc);
    if (result.getType() != elementType)
      result = arith::ExtUIOp::create(rewriter, loc, elementType, result);
    YieldOp::create(rewriter, loc, ValueRange(result));
    return success();
  }

  /// What the body gives for a total that is the identity, as it is
  /// accumulated: the contribution in whatever form.
  Value combineWithIdentity(Type type) {
    auto fill = generic.getDpsInits()[0].getDefiningOp<linalg::FillOp>();
    if (!fill)
      return {};
    Block *body = generic.getBody();
    body->getArguments().back().replaceAllUsesWith(fill.value());
    Value contributed = body->getTerminator()->getOperand(0);
    if (contributed.getType() == type)
      return contributed;
    rewriter.setInsertionPoint(body->getTerminator());
    Value zero = arith::ConstantOp::create(
        rewriter, loc, rewriter.getZeroAttr(contributed.getType()));
    return arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ne,
                                 contributed, zero);
  }

  IRRewriter &rewriter;
  linalg::GenericOp generic;
  Location loc;
  SmallVector<unsigned> newDims, order;
  unsigned numParallel = 0;
  SmallVector<Value> sizes;
};

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// Joins inputs that are the same, and drops those without use.
void simplifyInputs(IRRewriter &rewriter, KernelOp kernel) {
  auto argumentOf = [&](Region &region, unsigned i) -> Value {
    return region.empty() ? Value() : region.front().getArgument(i);
  };
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  llvm::BitVector dropped(kernel.getInputs().size());
  SmallVector<unsigned> kept;
  for (unsigned i = 0; i < kernel.getInputs().size(); ++i) {
    Value contribution = argumentOf(kernel.getContribution(), i);
    Value finish = argumentOf(kernel.getFinish(), i);
    for (unsigned j : kept)
      if (kernel.getInputs()[i] == kernel.getInputs()[j] &&
          kernel.getInputMap(i) == kernel.getInputMap(j)) {
        if (contribution)
          rewriter.replaceAllUsesWith(contribution,
                                      argumentOf(kernel.getContribution(), j));
        rewriter.replaceAllUsesWith(finish, argumentOf(kernel.getFinish(), j));
        break;
      }
    if ((!contribution || contribution.use_empty()) && finish.use_empty()) {
      dropped.set(i);
      continue;
    }
    kept.push_back(i);
    inputs.push_back(kernel.getInputs()[i]);
    maps.push_back(kernel.getInputMap(i));
  }
  if (dropped.none())
    return;
  for (Region *region : {&kernel.getContribution(), &kernel.getFinish()}) {
    if (region->empty())
      continue;
    llvm::BitVector all = dropped;
    all.resize(region->front().getNumArguments());
    region->front().eraseArguments(all);
  }
  kernel.getInputsMutable().assign(inputs);
  kernel.setInputMapsAttr(rewriter.getAffineMapArrayAttr(maps));
}

//===----------------------------------------------------------------------===//
// Epilogues
//===----------------------------------------------------------------------===//

/// Puts an elementwise kernel into the finish region of the reduction that
/// computes one of its inputs.
class EpilogueFuser {
public:
  EpilogueFuser(IRRewriter &rewriter, PlaceAnalysis &places, KernelOp consumer)
      : rewriter(rewriter), places(places), consumer(consumer) {}

  KernelOp run() {
    if (consumer.hasReduction())
      return {};
    for (unsigned i = 0; i < consumer.getInputs().size(); ++i)
      if (canFuse(i))
        return fuse(i);
    return {};
  }

private:
  bool canFuse(unsigned i) {
    Value result = consumer.getInputs()[i];
    producer = result.getDefiningOp<KernelOp>();
    if (!producer || !producer.hasReduction() ||
        producer->getNumResults() != 1 || !result.hasOneUse() ||
        producer->getBlock() != consumer->getBlock())
      return false;
    // Every point of the consumer reads its own element of the result.
    AffineMap use = consumer.getInputMap(i), def = producer.getOutputMap(0);
    if (!use.isPermutation() || def.getNumResults() != use.getNumResults())
      return false;
    dims.resize(use.getNumDims());
    for (auto [from, to] : llvm::zip(use.getResults(), def.getResults())) {
      auto dim = dyn_cast<AffineDimExpr>(to);
      if (!dim)
        return false;
      dims[cast<AffineDimExpr>(from).getPosition()] = dim;
    }
    // The reduction moves down to its consumer; its memory must not change
    // on the way.
    SmallVector<Value> tensors(producer.getInputs());
    llvm::append_range(tensors, getGathered(producer));
    return llvm::none_of(tensors, [&](Value input) {
      auto read = input.getDefiningOp<ReadOp>();
      return read &&
             places.isWrittenBetween(read.getPlace(), producer, consumer);
    });
  }

  KernelOp fuse(unsigned fused) {
    unsigned numDims = producer.getNumDims();
    SmallVector<Value> inputs(producer.getInputs());
    SmallVector<AffineMap> inputMaps, outputMaps;
    for (unsigned i = 0; i < inputs.size(); ++i)
      inputMaps.push_back(producer.getInputMap(i));
    auto renamed = [&](AffineMap map) {
      return map.replaceDimsAndSymbols(dims, {}, numDims, 0);
    };
    for (unsigned i = 0; i < consumer.getInputs().size(); ++i)
      if (i != fused) {
        inputs.push_back(consumer.getInputs()[i]);
        inputMaps.push_back(renamed(consumer.getInputMap(i)));
      }
    for (unsigned i = 0; i < consumer.getOutputs().size(); ++i)
      outputMaps.push_back(renamed(consumer.getOutputMap(i)));

    rewriter.setInsertionPoint(consumer);
    Location loc = consumer.getLoc();
    auto kernel = KernelOp::create(
        rewriter, loc, consumer.getResultTypes(), producer.getSizes(),
        producer.getNumParallelAttr(), inputs, consumer.getOutputs(),
        rewriter.getAffineMapArrayAttr(inputMaps),
        rewriter.getAffineMapArrayAttr(outputMaps), producer.getAccumulators());
    unsigned numOld = producer.getInputs().size();
    SmallVector<Type> types;
    for (Value input : inputs)
      types.push_back(cast<ShapedType>(input.getType()).getElementType());

    kernel.getContribution().takeBody(producer.getContribution());
    Block &contribution = kernel.getContribution().front();
    for (Type type : ArrayRef(types).drop_front(numOld))
      contribution.addArgument(type, loc);

    kernel.getFinish().takeBody(producer.getFinish());
    Block &finish = kernel.getFinish().front();
    SmallVector<Value> arguments;
    for (auto [i, type] : llvm::enumerate(ArrayRef(types).drop_front(numOld)))
      arguments.push_back(finish.insertArgument(numOld + i, type, loc));
    Operation *total = finish.getTerminator();
    arguments.insert(arguments.begin() + fused, total->getOperand(0));
    Block &body = consumer.getFinish().front();
    body.walk([&](IterationIndexOp index) {
      index.setDim(cast<AffineDimExpr>(dims[index.getDim()]).getPosition());
    });
    rewriter.inlineBlockBefore(&body, total, arguments);
    rewriter.eraseOp(total);
    rewriter.replaceOp(consumer, kernel.getResults());
    rewriter.eraseOp(producer);
    simplifyInputs(rewriter, kernel);
    return kernel;
  }

  IRRewriter &rewriter;
  PlaceAnalysis &places;
  KernelOp consumer, producer;
  /// The producer's dim for each dim of the consumer.
  SmallVector<AffineExpr> dims;
};

struct FormKernelsPass : arr::impl::FormKernelsBase<FormKernelsPass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    SmallVector<linalg::GenericOp> generics;
    getOperation().walk([&](linalg::GenericOp op) { generics.push_back(op); });
    for (linalg::GenericOp generic : generics) {
      FailureOr<KernelOp> kernel = KernelFormer(rewriter, generic).run();
      if (failed(kernel))
        return signalPassFailure();
      simplifyInputs(rewriter, *kernel);
    }
    getOperation().walk([&](linalg::FillOp fill) {
      if (fill->use_empty())
        rewriter.eraseOp(fill);
    });
    PlaceAnalysis places(getOperation());
    SmallVector<KernelOp> kernels;
    getOperation().walk([&](KernelOp op) { kernels.push_back(op); });
    for (KernelOp kernel : kernels)
      EpilogueFuser(rewriter, places, kernel).run();
  }
};

} // namespace
