//===- ElideChecks.cpp - Removes checks that always hold ------------------===//
//
// Best after inlining and CSE, when indices are expressions of loop positions
// and sizes. Left: checks that depend on what is not known at compile time.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/IndexAnalysis.h"
#include "compiler/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Matchers.h"

namespace arr {
#define GEN_PASS_DEF_ELIDECHECKS
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

struct ElideChecksPass : arr::impl::ElideChecksBase<ElideChecksPass> {
  using ElideChecksBase::ElideChecksBase;

  void runOnOperation() override;

private:
  /// True if the op is not needed any more.
  bool elide(NormalizeIndexOp op);
  bool elide(RequireOp op);
  /// What --unsafe leaves out: not asserts, and not errors in values.
  static bool isSizeCheck(RequireOp op) {
    return op.getKind() == ErrorKind::Shape || op.getKind() == ErrorKind::Index;
  }
  bool elide(SliceBoundsOp op);
  /// The bound of a slice as a position in [0, size]; null if not proved.
  Value normalizeBound(OpBuilder &builder, SliceBoundsOp op, Value bound);

  IndexAnalysis *analysis = nullptr;
};

} // namespace

void ElideChecksPass::runOnOperation() {
  IndexAnalysis known(getOperation());
  analysis = &known;
  // Erased at the end: each check is a fact for those after it.
  SmallVector<Operation *> superfluous;
  getOperation().walk([&](Operation *op) {
    bool isElided = false;
    if (auto index = dyn_cast<NormalizeIndexOp>(op))
      isElided = elide(index);
    else if (auto bounds = dyn_cast<SliceBoundsOp>(op))
      isElided = elide(bounds);
    else if (auto check = dyn_cast<RequireOp>(op))
      isElided = (unsafe && isSizeCheck(check)) || elide(check);
    if (isElided)
      superfluous.push_back(op);
  });
  for (Operation *op : superfluous)
    op->erase();
}

bool ElideChecksPass::elide(RequireOp op) {
  return analysis->holds(op.getCondition(), op);
}

bool ElideChecksPass::elide(NormalizeIndexOp op) {
  Linear index = analysis->get(op.getIndex(), op);
  Linear size = analysis->get(op.getSize(), op);
  IndexAnalysis::Facts facts = analysis->getFacts(op);
  auto holds = [&](const Linear &expr) {
    return analysis->isNonNegative(expr, facts, op);
  };
  if (holds(index)) {
    if (!unsafe && !holds(size - index - Linear(1)))
      return false;
    op.replaceAllUsesWith(op.getIndex());
    return true;
  }
  bool isNegative = holds(Linear(-1) - index);
  if (!unsafe && !(isNegative && holds(index + size)))
    return false;
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value result =
      arith::AddIOp::create(builder, loc, op.getIndex(), op.getSize());
  if (!isNegative) {
    Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
    Value fromEnd = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::slt, op.getIndex(), zero);
    result =
        arith::SelectOp::create(builder, loc, fromEnd, result, op.getIndex());
  }
  op.replaceAllUsesWith(result);
  return true;
}

Value ElideChecksPass::normalizeBound(OpBuilder &builder, SliceBoundsOp op,
                                      Value bound) {
  Linear position = analysis->get(bound, op);
  Linear size = analysis->get(op.getSize(), op);
  IndexAnalysis::Facts facts = analysis->getFacts(op);
  if (analysis->isNonNegative(position, facts, op))
    return analysis->isNonNegative(size - position, facts, op) ? bound
                                                               : Value();
  if (analysis->isNonNegative(Linear(-1) - position, facts, op) &&
      analysis->isNonNegative(position + size, facts, op))
    return arith::AddIOp::create(builder, op.getLoc(), bound, op.getSize());
  return {};
}

/// Slices forwards with bounds in range, and backwards through the whole axis.
bool ElideChecksPass::elide(SliceBoundsOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  APInt constant;
  if (!matchPattern(op.getStep(), m_ConstantInt(&constant)) ||
      constant.isZero() || constant.getSignificantBits() > 31)
    return false;
  int64_t step = constant.getSExtValue();
  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  auto replace = [&](Value offset, Value distance) {
    Value length = distance;
    if (step != 1 && step != -1)
      length = arith::CeilDivUIOp::create(builder, loc, distance,
                                          index(std::abs(step)));
    op.getOffset().replaceAllUsesWith(offset);
    op.getLength().replaceAllUsesWith(length);
    return true;
  };
  if (step < 0) {
    if (op.getStart() || op.getStop())
      return false;
    // An empty axis has no last position; its slice is never accessed.
    Value last = arith::SubIOp::create(builder, loc, op.getSize(), index(1));
    return replace(arith::MaxSIOp::create(builder, loc, last, index(0)),
                   op.getSize());
  }
  Value start =
      op.getStart() ? normalizeBound(builder, op, op.getStart()) : index(0);
  Value stop =
      op.getStop() ? normalizeBound(builder, op, op.getStop()) : op.getSize();
  if (!start || !stop)
    return false;
  Value distance = arith::SubIOp::create(builder, loc, stop, start);
  if (!analysis->isNonNegative(
          analysis->get(stop, op) - analysis->get(start, op), op))
    distance = arith::MaxSIOp::create(builder, loc, distance, index(0));
  return replace(start, distance);
}
