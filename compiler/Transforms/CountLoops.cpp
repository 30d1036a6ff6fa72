//===- CountLoops.cpp - Counters become linear in the loop's position -----===//
//
// `while i < n: ...; i += 1` becomes a counted loop. In counted loops, a
// variable that grows by a constant in each iteration is computed from the
// position. What follows then knows the index of every iteration. Left: loops
// that may end early, and variables that change under conditions.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/IndexAnalysis.h"
#include "compiler/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"

namespace arr {
#define GEN_PASS_DEF_COUNTLOOPS
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

struct CountLoopsPass : arr::impl::CountLoopsBase<CountLoopsPass> {
  void runOnOperation() override {
    SmallVector<scf::WhileOp> conditional;
    getOperation().walk([&](scf::WhileOp op) { conditional.push_back(op); });
    for (scf::WhileOp op : conditional)
      makeCounted(op);
    getOperation().walk([](scf::ForOp op) { replaceCounters(op); });
  }

private:
  static void makeCounted(scf::WhileOp loop);
  static void replaceCounters(scf::ForOp loop);
};

} // namespace

static Value toIndex(OpBuilder &builder, Location loc, Value value) {
  return value.getType().isIndex()
             ? value
             : arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                          value)
                   .getResult();
}

/// `start + count * step` of the start's type.
static Value advance(OpBuilder &builder, Location loc, Value start, Value count,
                     int64_t step) {
  Value distance = count;
  if (step != 1)
    distance = arith::MulIOp::create(
        builder, loc, count,
        arith::ConstantIndexOp::create(builder, loc, step));
  Value result = distance;
  if (!matchPattern(start, m_Zero()))
    result = arith::AddIOp::create(builder, loc, toIndex(builder, loc, start),
                                   distance);
  if (start.getType().isIndex())
    return result;
  return arith::IndexCastOp::create(builder, loc, start.getType(), result);
}

/// The comparison `counter < bound` (or another one) that is all that a loop
/// asks for; its bound is the same in all iterations.
static std::optional<Comparison> getOnlyCondition(scf::WhileOp loop) {
  scf::ConditionOp condition = loop.getConditionOp();
  if (condition.getArgs() != ValueRange(loop.getBeforeArguments()))
    return std::nullopt;
  // What computes the condition can as well be computed before the loop.
  for (Operation &op : loop.getBeforeBody()->without_terminator())
    if (!isPure(&op) || op.getNumRegions() != 0)
      return std::nullopt;
  std::optional<Comparison> comparison =
      getComparison(condition.getCondition());
  if (!comparison)
    return std::nullopt;
  if (!isa<BlockArgument>(comparison->lhs) ||
      comparison->lhs.getParentBlock() != loop.getBeforeBody()) {
    std::swap(comparison->lhs, comparison->rhs);
    comparison->predicate = [](arith::CmpIPredicate predicate) {
      switch (predicate) {
      case arith::CmpIPredicate::slt:
        return arith::CmpIPredicate::sgt;
      case arith::CmpIPredicate::sle:
        return arith::CmpIPredicate::sge;
      case arith::CmpIPredicate::sgt:
        return arith::CmpIPredicate::slt;
      case arith::CmpIPredicate::sge:
        return arith::CmpIPredicate::sle;
      default:
        return predicate;
      }
    }(comparison->predicate);
  }
  return comparison;
}

/// True if a value of the first region does not depend on the iteration.
static bool isInvariant(Value value, scf::WhileOp loop) {
  if (!loop->isAncestor(value.getParentBlock()->getParentOp()))
    return true;
  Operation *op = value.getDefiningOp();
  return op && llvm::all_of(op->getOperands(), [&](Value operand) {
           return isInvariant(operand, loop);
         });
}

void CountLoopsPass::makeCounted(scf::WhileOp loop) {
  std::optional<Comparison> condition = getOnlyCondition(loop);
  auto counter =
      condition ? dyn_cast<BlockArgument>(condition->lhs) : BlockArgument();
  if (!counter || counter.getOwner() != loop.getBeforeBody() ||
      !isInvariant(condition->rhs, loop))
    return;
  unsigned number = counter.getArgNumber();
  std::optional<int64_t> known = getConstantStep(
      loop.getYieldOp().getOperand(number), loop.getAfterArguments()[number]);
  bool isUp = condition->predicate == arith::CmpIPredicate::slt ||
              condition->predicate == arith::CmpIPredicate::sle;
  bool isDown = condition->predicate == arith::CmpIPredicate::sgt ||
                condition->predicate == arith::CmpIPredicate::sge;
  if (!known || (*known > 0 ? !isUp : !isDown))
    return;

  OpBuilder builder(loop);
  Location loc = loop.getLoc();
  IRMapping mapping;
  for (auto [argument, init] :
       llvm::zip(loop.getBeforeArguments(), loop.getInits()))
    mapping.map(argument, init);
  for (Operation &op : loop.getBeforeBody()->without_terminator())
    builder.clone(op, mapping);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  Value from = toIndex(builder, loc, loop.getInits()[number]);
  Value to = toIndex(builder, loc, mapping.lookupOrDefault(condition->rhs));
  if (*known < 0)
    std::swap(from, to);
  Value distance = arith::SubIOp::create(builder, loc, to, from);
  if (condition->predicate == arith::CmpIPredicate::sle ||
      condition->predicate == arith::CmpIPredicate::sge)
    distance = arith::AddIOp::create(builder, loc, distance, constant(1));
  Value count = arith::MaxSIOp::create(builder, loc, distance, constant(0));
  if (std::abs(*known) != 1)
    count = arith::CeilDivUIOp::create(builder, loc, count,
                                       constant(std::abs(*known)));
  auto counted = scf::ForOp::create(builder, loc, constant(0), count,
                                    constant(1), loop.getInits());
  Block *target = counted.getBody();
  for (auto [old, argument] :
       llvm::zip(loop.getAfterArguments(), counted.getRegionIterArgs()))
    old.replaceAllUsesWith(argument);
  target->getOperations().splice(target->end(),
                                 loop.getAfterBody()->getOperations());
  loop.replaceAllUsesWith(counted.getResults());
  loop.erase();
}

void CountLoopsPass::replaceCounters(scf::ForOp loop) {
  if (!matchPattern(loop.getLowerBound(), m_Zero()) ||
      !matchPattern(loop.getStep(), m_One()))
    return;
  for (auto [i, argument] : llvm::enumerate(loop.getRegionIterArgs())) {
    std::optional<int64_t> step =
        getConstantStep(loop.getYieldedValues()[i], argument);
    if (!step)
      continue;
    Value init = loop.getInitArgs()[i];
    OpBuilder builder(&loop.getBody()->front());
    argument.replaceAllUsesWith(
        advance(builder, loop.getLoc(), init, loop.getInductionVar(), *step));
    builder.setInsertionPointAfter(loop);
    Value count = loop.getUpperBound();
    Value zero = arith::ConstantIndexOp::create(builder, loop.getLoc(), 0);
    count = arith::MaxSIOp::create(builder, loop.getLoc(), count, zero);
    loop.getResult(i).replaceAllUsesWith(
        advance(builder, loop.getLoc(), init, count, *step));
  }
}
