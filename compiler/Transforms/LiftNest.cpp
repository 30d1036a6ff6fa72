//===- LiftNest.cpp - Statements and positions of a nest ------------------===//
#include "compiler/Transforms/LiftNest.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace arr;

int64_t Affine::stepOf(unsigned level) const {
  for (auto [own, step] : steps)
    if (own == level)
      return step;
  return 0;
}

Lifter::Lifter(Operation *root, IndexAnalysis &analysis, bool isStrict)
    : root(root), analysis(analysis), isStrict(isStrict),
      context(root->getContext()), builder(context), loc(root->getLoc()) {
  region.push_back(new Block());
  builder.setInsertionPointToStart(&region.front());
}

LogicalResult Lifter::run() {
  std::optional<SmallVector<Lifted>> lifted = liftLoop(root);
  if (!lifted || !fitsMemory())
    return failure();
  results = std::move(*lifted);
  for (auto [result, old] : llvm::zip(results, root->getResults()))
    if (!result.isScalar() || result.value.getType() != old.getType())
      return failure();
  return success();
}

SmallVector<Value> Lifter::commit(OpBuilder &at) {
  Block *target = at.getInsertionBlock();
  target->getOperations().splice(at.getInsertionPoint(),
                                 region.front().getOperations());
  return llvm::map_to_vector(results,
                             [](const Lifted &lifted) { return lifted.value; });
}

bool Lifter::areOneUpdate(Operation *access, Operation *other,
                          Operation *loop) const {
  auto own = updates.find(access), others = updates.find(other);
  return own != updates.end() && others != updates.end() &&
         own->second.store == others->second.store &&
         llvm::is_contained(own->second.loops, loop);
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// What was lifted, or a value from outside the nest.
Lifted Lifter::get(Value value) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  Lifted outside;
  if (!root->isAncestor(value.getParentBlock()->getParentOp()))
    outside.value = value;
  return outside;
}

LogicalResult Lifter::liftBlock(Block &block) {
  for (Operation &op : block.without_terminator()) {
    loc = op.getLoc();
    if (failed(liftOp(&op)))
      return failure();
  }
  return success();
}

LogicalResult Lifter::liftOp(Operation *op) {
  auto bind = [&](Result result) {
    if (!result)
      return failure();
    known[op->getResult(0)] = std::move(*result);
    return success();
  };
  if (isa<scf::ForOp, PrangeOp>(op)) {
    std::optional<SmallVector<Lifted>> totals = liftLoop(op);
    if (!totals)
      return failure();
    for (auto [result, total] : llvm::zip(op->getResults(), *totals))
      known[result] = total;
    return success();
  }
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return liftIf(branch);
  if (auto load = dyn_cast<LoadOp>(op))
    return liftRead(op, load.getPlace(), load.getIndices());
  if (auto read = dyn_cast<ReadOp>(op))
    return liftRead(op, read.getPlace(), {});
  if (auto store = dyn_cast<StoreOp>(op))
    return liftWrite(op, store.getPlace(), store.getIndices(),
                     store.getValue());
  if (auto write = dyn_cast<WriteOp>(op))
    return liftWrite(op, write.getPlace(), {}, write.getValue());
  if (!isPure(op) || op->getNumRegions() != 0 || op->getNumResults() != 1)
    return failure();

  // What is the same in all iterations stays what it is.
  SmallVector<Lifted> operands;
  for (Value operand : op->getOperands())
    operands.push_back(get(operand));
  // (What was an element of a place may be an array without axes by now.)
  auto isSame = [](auto pair) {
    auto [old, lifted] = pair;
    return lifted.isValue() && lifted.dims.empty() &&
           lifted.value.getType() == old.getType();
  };
  if (llvm::all_of(llvm::zip(op->getOperands(), operands), isSame)) {
    IRMapping mapping;
    for (auto [old, lifted] : llvm::zip(op->getOperands(), operands))
      mapping.map(old, lifted.value);
    Lifted result;
    result.value = builder.clone(*op, mapping)->getResult(0);
    return bind(result);
  }
  if (isa<ArrayType>(op->getResult(0).getType()) &&
      isa<TransposeOp, ExpandDimsOp, CastShapeOp>(op))
    return bind(liftMovement(op, operands[0]));
  if (auto slice = dyn_cast<SliceOp>(op))
    return bind(liftSlice(slice));
  if (auto cast = dyn_cast<CastShapeOp>(op))
    return bind(liftCast(cast));
  if (auto dim = dyn_cast<DimOp>(op))
    return bind(liftDim(dim));
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return bind(liftReduce(reduce));
  return bind(liftScalar(op));
}

/// A count from 0 in steps of 1.
static Value getCount(Operation *loop) {
  if (auto prange = dyn_cast<PrangeOp>(loop))
    return prange.getCount();
  auto serial = cast<scf::ForOp>(loop);
  bool isPlain = matchPattern(serial.getLowerBound(), m_Zero()) &&
                 matchPattern(serial.getStep(), m_One());
  return isPlain ? serial.getUpperBound() : Value();
}

/// Counts are not negative by how they are computed, in most cases.
static bool isClamped(Value count) {
  Operation *op = count.getDefiningOp();
  return isa_and_nonnull<DimOp, arith::CeilDivUIOp>(op) ||
         (isa_and_nonnull<arith::MaxSIOp>(op) &&
          (matchPattern(op->getOperand(0), m_Zero()) ||
           matchPattern(op->getOperand(1), m_Zero())));
}

std::optional<SmallVector<Lifted>> Lifter::liftLoop(Operation *loop) {
  Block &body = loop->getRegion(0).front();
  Value original = getCount(loop);
  Value count = original ? getInvariant(get(original)) : Value();
  if (!count)
    return std::nullopt;
  if (!isClamped(original))
    count = arith::MaxSIOp::create(builder, loc, count, constant(0));
  auto inits = isa<PrangeOp>(loop) ? cast<PrangeOp>(loop).getInits()
                                   : cast<scf::ForOp>(loop).getInits();
  SmallVector<Lifted> starts;
  for (Value init : inits)
    starts.push_back(get(init));

  levels.truncate(depth);
  levels.push_back({loop, count, nameSize(original, loop)});
  Lifted position;
  position.affine = Affine{Value(), {{depth, 1}}};
  known[body.getArgument(0)] = position;
  SmallVector<Lifted> before;
  for (auto [argument, start] :
       llvm::zip(body.getArguments().drop_front(), starts)) {
    Lifted total = start;
    if (!start.partial) {
      if (start.affine)
        return std::nullopt;
      auto partial = std::make_shared<Partial>();
      partial->source = argument.getAsOpaquePointer();
      partial->depth = depth;
      total = Lifted();
      total.partial = partial;
    }
    known[argument] = total;
    before.push_back(total);
  }
  ++depth;
  if (failed(liftBlock(body)))
    return std::nullopt;
  --depth;

  SmallVector<Lifted> totals;
  for (auto [i, yielded] :
       llvm::enumerate(body.getTerminator()->getOperands())) {
    Lifted total = get(yielded);
    if (!total.partial || total.partial->source != before[i].partial->source)
      return std::nullopt;
    if (starts[i].partial) {
      totals.push_back(total);
      continue;
    }
    Result result = finish(*total.partial, starts[i]);
    if (!result)
      return std::nullopt;
    totals.push_back(*result);
  }
  return totals;
}

LogicalResult Lifter::liftIf(scf::IfOp op) {
  Lifted condition = get(op.getCondition());
  if (!condition.isValue() && !condition.comparison)
    return failure();
  conditions.push_back({op, condition, true});
  if (failed(liftBlock(*op.thenBlock())))
    return failure();
  conditions.back().when = false;
  if (!op.getElseRegion().empty() && failed(liftBlock(*op.elseBlock())))
    return failure();
  conditions.pop_back();
  for (auto [i, result] : llvm::enumerate(op.getResults())) {
    Result choice = liftChoice(condition, get(op.thenYield().getOperand(i)),
                               get(op.elseYield().getOperand(i)));
    if (!choice)
      return failure();
    known[result] = *choice;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Positions
//===----------------------------------------------------------------------===//

Value Lifter::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

/// The dim of a level: equal counts have equal names.
Attribute Lifter::nameSize(Value count, Operation *loop) {
  APInt literal;
  if (matchPattern(count, m_ConstantInt(&literal)) && literal.isNonNegative())
    return arr::getStaticDim(context, literal.getSExtValue());
  if (Attribute name = analysis.findName(analysis.get(count, loop), loop))
    return name;
  for (const Level &level : ArrayRef(levels).take_front(depth))
    if (getCount(level.loop) == count)
      return level.dim;
  return analysis.createName(context, numNames++);
}

/// 64-bit integers that are the same in all iterations, or linear.
std::optional<Affine> Lifter::getAffine(const Lifted &lifted) {
  if (lifted.affine)
    return lifted.affine;
  if (!lifted.isScalar())
    return std::nullopt;
  Type type = lifted.value.getType();
  if (matchPattern(lifted.value, m_Zero()) &&
      (type.isIndex() || type.isSignlessInteger(64)))
    return Affine();
  if (type.isIndex())
    return Affine{lifted.value, {}};
  if (!type.isSignlessInteger(64))
    return std::nullopt;
  return Affine{arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                           lifted.value),
                {}};
}

Value Lifter::getIndex(const Affine &affine) {
  return affine.base ? affine.base : constant(0);
}

/// An index; null for what differs between iterations.
Value Lifter::getInvariant(const Lifted &lifted) {
  std::optional<Affine> affine = getAffine(lifted);
  return affine && affine->steps.empty() ? getIndex(*affine) : Value();
}

Lifter::Result Lifter::liftAffine(Operation *op) {
  Type type = op->getResult(0).getType();
  if (!type.isIndex() && !type.isSignlessInteger(64))
    return std::nullopt;
  bool isAdd = isa<arith::AddIOp, AddOp>(op),
       isSubtract = isa<arith::SubIOp, SubtractOp>(op),
       isMultiply = isa<arith::MulIOp, MultiplyOp>(op);
  if (!isAdd && !isSubtract && !isMultiply &&
      !isa<arith::IndexCastOp, NegativeOp, PositiveOp>(op))
    return std::nullopt;
  std::optional<Affine> lhs = getAffine(get(op->getOperand(0)));
  if (!lhs)
    return std::nullopt;
  Affine result = *lhs;
  auto scale = [&](int64_t factor) {
    if (result.base)
      result.base =
          arith::MulIOp::create(builder, loc, result.base, constant(factor));
    for (auto &[level, step] : result.steps)
      step *= factor;
    llvm::erase_if(result.steps, [](auto &term) { return term.second == 0; });
  };
  if (isa<NegativeOp>(op))
    scale(-1);
  if (op->getNumOperands() == 2) {
    std::optional<Affine> rhs = getAffine(get(op->getOperand(1)));
    if (!rhs)
      return std::nullopt;
    if (isMultiply) {
      APInt factor;
      Value other = op->getOperand(1);
      if (!matchPattern(other, m_ConstantInt(&factor))) {
        std::swap(result, *rhs);
        other = op->getOperand(0);
      }
      if (!matchPattern(other, m_ConstantInt(&factor)) ||
          factor.getSignificantBits() > 31)
        return std::nullopt;
      scale(factor.getSExtValue());
    } else {
      if (rhs->base && result.base)
        result.base =
            isAdd ? arith::AddIOp::create(builder, loc, result.base, rhs->base)
                        .getResult()
                  : arith::SubIOp::create(builder, loc, result.base, rhs->base)
                        .getResult();
      else if (rhs->base)
        result.base =
            isAdd ? rhs->base
                  : arith::SubIOp::create(builder, loc, constant(0), rhs->base)
                        .getResult();
      for (auto [level, step] : rhs->steps) {
        int64_t sum = result.stepOf(level) + (isAdd ? step : -step);
        llvm::erase_if(result.steps,
                       [l = level](auto &term) { return term.first == l; });
        if (sum != 0)
          result.steps.push_back({level, sum});
      }
    }
  }
  // Steps stay small, so that sums do not overflow.
  for (auto [level, step] : result.steps)
    if (std::abs(step) > int64_t(1) << 40)
      return std::nullopt;
  Lifted lifted;
  lifted.affine = result;
  return lifted;
}
