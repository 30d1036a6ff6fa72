//===- FuseElementwise.cpp - Compute producers inside consumers -----------===//
//
// Elementwise linalg.generic ops are fused into the linalg.generic ops of the
// same block that use them, elementwise or reducing, by upstream's rewrite;
// this file decides which. A producer with one consumer is fused unless the
// consumer would compute its elements many times; a producer that only moves
// data (transposes, new axes, fills) always is. The `accumulators` of a
// reduction (see ArrToLinalg) stay with it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/IR/PatternMatch.h"

namespace arr {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;

namespace {

/// How much work one element of a producer is.
enum class Cost { None, Cheap, Expensive };

/// What the body of an elementwise op costs; divisions and functions are
/// expensive, and so is a long chain of cheap ops.
Cost costOf(linalg::GenericOp producer) {
  unsigned count = 0;
  for (Operation &op : producer.getBody()->without_terminator()) {
    if (isa<linalg::IndexOp, arith::ConstantOp>(op))
      continue;
    if (!isa_and_present<arith::ArithDialect>(op.getDialect()) ||
        isa<arith::DivFOp, arith::DivSIOp, arith::DivUIOp, arith::RemFOp,
            arith::RemSIOp, arith::RemUIOp>(op))
      return Cost::Expensive;
    ++count;
  }
  if (count == 0)
    return Cost::None;
  return count <= 4 ? Cost::Cheap : Cost::Expensive;
}

/// True if the consumer needs each element of the operand only once.
bool usesOnce(linalg::GenericOp consumer, OpOperand &operand) {
  AffineMap map = consumer.getMatchingIndexingMap(&operand);
  for (unsigned dim = 0; dim < map.getNumDims(); ++dim)
    if (!map.isFunctionOfDim(dim))
      return false;
  return true;
}

bool isOnlyConsumer(linalg::GenericOp producer, linalg::GenericOp consumer) {
  return llvm::all_of(producer->getUsers(),
                      [&](Operation *user) { return user == consumer; });
}

bool shouldFuse(linalg::GenericOp producer, linalg::GenericOp consumer,
                OpOperand &operand) {
  if (producer->getBlock() != consumer->getBlock() ||
      producer.getNumDpsInits() != 1 || producer.getNumReductionLoops() != 0 ||
      !linalg::areElementwiseOpsFusable(&operand))
    return false;
  Cost cost = costOf(producer);
  if (cost == Cost::None)
    return true;
  bool onlyConsumer = isOnlyConsumer(producer, consumer);
  if (usesOnce(consumer, operand))
    return onlyConsumer ||
           (cost == Cost::Cheap && producer.getNumDpsInputs() <= 1);
  // Repeated for each element of a broadcast: worth it only where memory, not
  // arithmetic, is the limit.
  return onlyConsumer && cost == Cost::Cheap &&
         consumer.getNumReductionLoops() == 0;
}

struct FuseElementwisePass
    : arr::impl::FuseElementwiseBase<FuseElementwisePass> {
  void runOnOperation() override {
    SmallVector<linalg::GenericOp> generics;
    getOperation().walk([&](linalg::GenericOp op) { generics.push_back(op); });
    IRRewriter rewriter(&getContext());
    // Producers come first, so that a consumer takes in producers that have
    // taken in theirs already.
    for (linalg::GenericOp op : generics)
      fuseProducers(rewriter, op);
  }

  void fuseProducers(IRRewriter &rewriter, linalg::GenericOp consumer) {
    bool changed = true;
    while (changed) {
      changed = false;
      for (OpOperand &operand : consumer->getOpOperands()) {
        auto producer = operand.get().getDefiningOp<linalg::GenericOp>();
        if (!producer || !consumer.isDpsInput(&operand) ||
            !shouldFuse(producer, consumer, operand))
          continue;
        rewriter.setInsertionPoint(consumer);
        // Upstream's rewrite would make other users read the fused op.
        if (!isOnlyConsumer(producer, consumer)) {
          auto copy = cast<linalg::GenericOp>(rewriter.clone(*producer));
          producer->replaceUsesWithIf(
              copy, [&](OpOperand &use) { return use.getOwner() == consumer; });
          producer = copy;
        }
        FailureOr<linalg::ElementwiseOpFusionResult> result =
            linalg::fuseElementwiseOps(rewriter, &operand);
        if (failed(result))
          continue;
        auto fused = cast<linalg::GenericOp>(result->fusedOp);
        if (Attribute accumulators = consumer->getAttr("accumulators"))
          fused->setAttr("accumulators", accumulators);
        for (OpResult old : consumer->getResults())
          rewriter.replaceAllUsesWith(old, result->replacements.lookup(old));
        rewriter.eraseOp(consumer);
        if (producer->use_empty())
          rewriter.eraseOp(producer);
        consumer = fused;
        changed = true;
        break;
      }
    }
  }
};

} // namespace
