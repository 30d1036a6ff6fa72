//===- VersionLoops.cpp - Index checks before a nest of loops -------------===//
//
// Best after arr-elide-checks: for what could not be proved. An index that is
// linear in the positions of a nest has its extremes at the first or last
// iteration of each loop. Left: for each nest with such checks a choice between
// a version without them and the original, marked `fallback`.
//
//===----------------------------------------------------------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

namespace arr {
#define GEN_PASS_DEF_VERSIONLOOPS
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

/// Numbers up to these, in sums of products, do not overflow.
constexpr int64_t maxValue = int64_t(1) << 40, maxFactor = 1 << 20;

/// The least and the largest value of an index in a nest, computed before it.
struct Extremes {
  Value least, largest;
  int64_t weight = 1; // the sum of all factors
};

class NestVersioner {
public:
  explicit NestVersioner(Operation *root)
      : root(root), loc(root->getLoc()), builder(root) {}

  bool run();

private:
  bool isOutside(Value value) {
    return !root->isAncestor(value.getParentBlock()->getParentOp());
  }
  std::optional<Extremes> find(Value value);
  std::optional<Extremes> findPosition(BlockArgument position);
  std::optional<Extremes> findScaled(Value value, int64_t factor);
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  Value compare(arith::CmpIPredicate predicate, Value lhs, Value rhs) {
    return arith::CmpIOp::create(builder, loc, predicate, lhs, rhs);
  }
  void require(Value condition) {
    isFast = isFast ? arith::AndIOp::create(builder, loc, isFast, condition)
                    : condition;
  }

  Operation *root;
  Location loc;
  OpBuilder builder;
  llvm::SmallSetVector<Value, 4> leaves; // numbers from outside
  Value isFast;
};

struct VersionLoopsPass : arr::impl::VersionLoopsBase<VersionLoopsPass> {
  void runOnOperation() override {
    SmallVector<Operation *> loops;
    getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<scf::ForOp, PrangeOp>(op))
        loops.push_back(op);
    });
    llvm::SmallPtrSet<Operation *, 8> done;
    for (Operation *loop : loops) {
      bool isInside = llvm::any_of(done, [&](Operation *outer) {
        return outer->isProperAncestor(loop);
      });
      if (!isInside && NestVersioner(loop).run())
        done.insert(loop);
    }
  }
};

} // namespace

/// Counts from 0 in steps of 1; null for others.
static Value getCount(Operation *loop) {
  if (auto prange = dyn_cast<PrangeOp>(loop))
    return prange.getCount();
  auto serial = dyn_cast<scf::ForOp>(loop);
  bool isPlain = serial && matchPattern(serial.getLowerBound(), m_Zero()) &&
                 matchPattern(serial.getStep(), m_One());
  return isPlain ? serial.getUpperBound() : Value();
}

std::optional<Extremes> NestVersioner::findPosition(BlockArgument position) {
  Operation *loop = position.getOwner()->getParentOp();
  Value count = position.getArgNumber() == 0 ? getCount(loop) : Value();
  std::optional<Extremes> counts = count ? find(count) : std::nullopt;
  if (!counts)
    return std::nullopt;
  Value largest =
      arith::SubIOp::create(builder, loc, counts->largest, constant(1));
  return Extremes{constant(0), largest, counts->weight + 1};
}

std::optional<Extremes> NestVersioner::findScaled(Value value, int64_t factor) {
  std::optional<Extremes> extremes = find(value);
  if (!extremes || std::abs(factor) > maxFactor)
    return std::nullopt;
  auto scale = [&](Value number) -> Value {
    return arith::MulIOp::create(builder, loc, number, constant(factor));
  };
  Extremes scaled = {scale(extremes->least), scale(extremes->largest),
                     extremes->weight * std::abs(factor)};
  if (factor < 0)
    std::swap(scaled.least, scaled.largest);
  return scaled;
}

std::optional<Extremes> NestVersioner::find(Value value) {
  APInt literal;
  if (matchPattern(value, m_ConstantInt(&literal))) {
    if (literal.getSignificantBits() > 40)
      return std::nullopt;
    Value number = constant(literal.getSExtValue());
    return Extremes{number, number};
  }
  Type type = value.getType();
  if (!type.isIndex() && !type.isSignlessInteger(64))
    return std::nullopt;
  if (isOutside(value)) {
    if (!type.isIndex())
      value = arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                         value);
    leaves.insert(value);
    return Extremes{value, value};
  }
  if (auto position = dyn_cast<BlockArgument>(value))
    return findPosition(position);
  Operation *op = value.getDefiningOp();
  if (isa<arith::IndexCastOp, PositiveOp>(op))
    return find(op->getOperand(0));
  if (isa<NegativeOp>(op))
    return findScaled(op->getOperand(0), -1);
  if (isa<arith::MulIOp, MultiplyOp>(op))
    for (unsigned i : {0, 1})
      if (matchPattern(op->getOperand(i), m_ConstantInt(&literal)) &&
          literal.getSignificantBits() < 32)
        return findScaled(op->getOperand(1 - i), literal.getSExtValue());
  bool isAdd = isa<arith::AddIOp, AddOp>(op), isMax = isa<arith::MaxSIOp>(op);
  if (!isAdd && !isMax && !isa<arith::SubIOp, SubtractOp>(op))
    return std::nullopt;
  std::optional<Extremes> lhs = find(op->getOperand(0)),
                          rhs = lhs ? find(op->getOperand(1)) : std::nullopt;
  if (!rhs || lhs->weight + rhs->weight > maxFactor)
    return std::nullopt;
  if (!isAdd && !isMax)
    std::swap(rhs->least, rhs->largest);
  auto combine = [&](Value one, Value other) -> Value {
    if (isMax)
      return arith::MaxSIOp::create(builder, loc, one, other);
    if (isAdd)
      return arith::AddIOp::create(builder, loc, one, other);
    return arith::SubIOp::create(builder, loc, one, other);
  };
  return Extremes{combine(lhs->least, rhs->least),
                  combine(lhs->largest, rhs->largest),
                  lhs->weight + rhs->weight};
}

bool NestVersioner::run() {
  SmallVector<NormalizeIndexOp> checks;
  root->walk([&](NormalizeIndexOp check) {
    if (!isOutside(check.getSize()))
      return;
    std::optional<Extremes> extremes = find(check.getIndex());
    if (!extremes)
      return;
    checks.push_back(check);
    require(compare(arith::CmpIPredicate::sge, extremes->least, constant(0)));
    require(
        compare(arith::CmpIPredicate::slt, extremes->largest, check.getSize()));
  });
  if (checks.empty())
    return false;
  for (Value leaf : leaves) {
    Value shifted =
        arith::AddIOp::create(builder, loc, leaf, constant(maxValue));
    require(
        compare(arith::CmpIPredicate::ult, shifted, constant(2 * maxValue)));
  }
  auto choice = scf::IfOp::create(builder, loc, root->getResultTypes(), isFast,
                                  /*withElseRegion=*/true);
  root->replaceAllUsesWith(choice.getResults());
  auto fill = [&](Block *block, Operation *version) {
    block->clear();
    builder.setInsertionPointToEnd(block);
    builder.insert(version);
    scf::YieldOp::create(builder, loc, version->getResults());
  };
  Operation *original = root->clone();
  for (NormalizeIndexOp check : checks) {
    check.replaceAllUsesWith(check.getIndex());
    check.erase();
  }
  original->walk([&](Operation *op) {
    if (isa<scf::ForOp, PrangeOp>(op))
      op->setAttr("fallback", builder.getUnitAttr());
  });
  root->remove();
  fill(choice.thenBlock(), root);
  fill(choice.elseBlock(), original);
  return true;
}
