//===- RaiseLoops.cpp - Loop nests over elements become array expressions -===//
//
// On entry: loops over scalars and elements, checks that hold removed. A nest
// whose iterations may run statement by statement, each for all of them, is
// replaced by what the Lifter makes of it: reads of slices, elementwise
// functions, reductions, writes. Of other nests the inner loops are tried. What
// is left as a loop needs its order, may fail in the middle, or is too short.
//
// Statement by statement is the same as iteration by iteration unless a
// statement touches what an earlier one touches in a later iteration, and one
// of them writes.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/LiftNest.h"
#include "compiler/Transforms/LoopDependence.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/PlaceAliases.h"
#include "compiler/Transforms/PrivateCopies.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Matchers.h"
#include <map>
#include <vector>

namespace arr {
#define GEN_PASS_DEF_RAISELOOPS
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

/// A loop inside another one that cannot be raised is worth a kernel for each
/// of its runs if it is not shorter than this.
constexpr int64_t minTrips = 16;

/// The accesses of a nest, in the order of the statements.
class NestAccesses {
public:
  NestAccesses(Operation *root, IndexAnalysis &analysis);

  /// True if the order of iterations cannot be told.
  bool haveNoOrder(const Lifter &lifter);

private:
  void add(Operation *op, const PlaceRegion &region, bool isWrite) {
    accesses.push_back({op, region, isWrite});
  }
  bool mayReorder(const Access &first, const Access &second,
                  const Lifter &lifter);

  std::vector<Access> accesses;
  std::map<Operation *, LoopDependence> dependences;
};

struct RaiseLoopsPass : arr::impl::RaiseLoopsBase<RaiseLoopsPass> {
  using RaiseLoopsBase::RaiseLoopsBase;

  void runOnOperation() override {
    if (getOperation().isExternal())
      return;
    while (raiseNext())
      ;
  }

private:
  /// Raises the first nest that can be, outer loops first.
  bool raiseNext();
  bool raise(Operation *loop, IndexAnalysis &analysis);

  llvm::SmallPtrSet<Operation *, 16> tried;
};

} // namespace

static bool isLoop(Operation *op) { return isa<scf::ForOp, PrangeOp>(op); }

bool RaiseLoopsPass::raiseNext() {
  IndexAnalysis analysis(getOperation());
  auto result = getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op->hasAttr("fallback"))
      return WalkResult::skip();
    bool isRaised =
        isLoop(op) && tried.insert(op).second && raise(op, analysis);
    if (isRaised)
      return WalkResult::interrupt();
    // Its inner loops are raised when it has its copies.
    return op->hasAttr(updateAttrName) && isLoop(op) ? WalkResult::skip()
                                                     : WalkResult::advance();
  });
  return result.wasInterrupted();
}

static Value getTripCount(Operation *loop) {
  auto prange = dyn_cast<PrangeOp>(loop);
  return prange ? prange.getCount() : cast<scf::ForOp>(loop).getUpperBound();
}

bool RaiseLoopsPass::raise(Operation *loop, IndexAnalysis &analysis) {
  bool isRepeated = loop->getParentOfType<LoopLikeOpInterface>() ||
                    loop->getParentOfType<PrangeOp>();
  bool hasLoops = false;
  loop->getRegion(0).walk([&](Operation *op) { hasLoops |= isLoop(op); });
  APInt count;
  bool isLiteral = matchPattern(getTripCount(loop), m_ConstantInt(&count));
  if (isRepeated && !hasLoops && isLiteral && count.slt(minTrips))
    return false;
  Lifter lifter(loop, analysis, strict);
  if (failed(lifter.run()) || !NestAccesses(loop, analysis).haveNoOrder(lifter))
    return false;

  OpBuilder builder(loop);
  if (!isRepeated || hasLoops || isLiteral) {
    SmallVector<Value> results = lifter.commit(builder);
    loop->replaceAllUsesWith(results);
    loop->erase();
    return true;
  }
  // Short ones stay loops.
  Location loc = loop->getLoc();
  Value least = arith::ConstantIndexOp::create(builder, loc, minTrips);
  Value isLong = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sge,
                                       getTripCount(loop), least);
  auto choice = scf::IfOp::create(builder, loc, loop->getResultTypes(), isLong,
                                  /*withElseRegion=*/true);
  loop->replaceAllUsesWith(choice.getResults());
  builder.setInsertionPointToStart(choice.thenBlock());
  auto yield = [&](Block *block, ValueRange values) {
    if (block->mightHaveTerminator())
      return;
    builder.setInsertionPointToEnd(block);
    scf::YieldOp::create(builder, loc, values);
  };
  SmallVector<Value> results = lifter.commit(builder);
  yield(choice.thenBlock(), results);
  loop->moveBefore(choice.elseBlock(), choice.elseBlock()->begin());
  yield(choice.elseBlock(), loop->getResults());
  return true;
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

NestAccesses::NestAccesses(Operation *root, IndexAnalysis &analysis) {
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (auto load = dyn_cast<LoadOp>(op))
      add(op,
          getElementRegion(load.getPlace(), load.getIndices(), analysis, op),
          false);
    else if (auto store = dyn_cast<StoreOp>(op))
      add(op,
          getElementRegion(store.getPlace(), store.getIndices(), analysis, op),
          true);
    else if (auto read = dyn_cast<ReadOp>(op))
      add(op, getRegion(read.getPlace(), analysis, op), false);
    else if (auto write = dyn_cast<WriteOp>(op))
      add(op, getRegion(write.getPlace(), analysis, op), true);
    if (isLoop(op))
      dependences.try_emplace(op, op, op->getRegion(0).getArgument(0),
                              analysis);
  });
}

bool NestAccesses::haveNoOrder(const Lifter &lifter) {
  for (auto [i, second] : llvm::enumerate(accesses))
    for (const Access &first : ArrayRef(accesses).take_front(i + 1))
      if ((first.isWrite || second.isWrite) &&
          !mayReorder(first, second, lifter))
        return false;
  return true;
}

/// True if `first`, which is earlier in an iteration, may also come first
/// where it is in a later iteration.
bool NestAccesses::mayReorder(const Access &first, const Access &second,
                              const Lifter &lifter) {
  if (!mayShareMemory(first.region.root, second.region.root))
    return true;
  if (first.region.root != second.region.root)
    return false;
  for (auto &[loop, dependence] : dependences) {
    if (!loop->isAncestor(first.op) || !loop->isAncestor(second.op))
      continue;
    auto prange = dyn_cast<PrangeOp>(loop);
    bool isProved =
        prange && !prange.getUnchecked() && !prange->hasAttr(updateAttrName);
    if (isProved)
      continue;
    if (!lifter.areOneUpdate(first.op, second.op, loop) &&
        !dependence.areDisjoint(second, first, /*otherIsLater=*/true))
      return false;
  }
  return true;
}
