//===- PlaceAliases.cpp - Whether two places may share memory -------------===//
//
// Places that control flow carries are followed to where they come from. Two
// that are carried side by side are compared path by path: after
// `u, v = v, u` they are as different as before.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/PlaceAliases.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace arr;

bool arr::hasDistinctParameters(func::FuncOp function) {
  return function.isPublic() && !function->hasAttr(calledAttrName);
}

bool arr::isFreshPlace(Value place) {
  return isa_and_nonnull<EmptyOp, MaterializeOp, LoadFileOp, NoPlaceOp>(
      place.getDefiningOp());
}

Value arr::getViewedPlace(Value place) {
  while (isa_and_nonnull<CastShapeOp, TransposeOp, ExpandDimsOp, SliceOp,
                         DiagonalOp, BroadcastOp, ReshapeOp, ComplexPartOp>(
      place.getDefiningOp()))
    place = place.getDefiningOp()->getOperand(0);
  return place;
}

namespace {

/// What a carried place may be: one value for each path, the same paths for all
/// places with the same `carrier`.
struct Sources {
  void *carrier = nullptr;
  SmallVector<Value, 2> values;
};

Sources ofLoop(scf::ForOp loop, unsigned index, void *carrier) {
  return {carrier, {loop.getInitArgs()[index], loop.getYieldedValues()[index]}};
}

Sources getSources(Value place) {
  if (auto argument = dyn_cast<BlockArgument>(place)) {
    Block *block = argument.getOwner();
    Operation *parent = block->getParentOp();
    unsigned index = argument.getArgNumber();
    if (auto loop = dyn_cast<scf::ForOp>(parent); loop && index > 0)
      return ofLoop(loop, index - 1, block);
    if (auto loop = dyn_cast<scf::WhileOp>(parent)) {
      if (block == loop.getBeforeBody())
        return {block,
                {loop.getInits()[index], loop.getYieldOp().getOperand(index)}};
      return {block, {loop.getConditionOp().getArgs()[index]}};
    }
    return {};
  }
  unsigned index = cast<OpResult>(place).getResultNumber();
  Operation *op = place.getDefiningOp();
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return ofLoop(loop, index, op);
  if (auto loop = dyn_cast<scf::WhileOp>(op))
    return {op, {loop.getConditionOp().getArgs()[index]}};
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return {op,
            {branch.thenYield().getOperand(index),
             branch.elseYield().getOperand(index)}};
  if (auto select = dyn_cast<arith::SelectOp>(op))
    return {op, {select.getTrueValue(), select.getFalseValue()}};
  return {};
}

class AliasQuery {
public:
  bool mayShare(Value lhs, Value rhs) {
    lhs = getViewedPlace(lhs);
    rhs = getViewedPlace(rhs);
    if (lhs == rhs)
      return true;
    if (arr::getElementTypeOrSelf(lhs.getType()) !=
            arr::getElementTypeOrSelf(rhs.getType()) ||
        llvm::is_contained(distinct, std::make_pair(lhs, rhs)))
      return false;
    Sources left = getSources(lhs), right = getSources(rhs);
    if (left.values.empty() && right.values.empty())
      return mayShareRoots(lhs, rhs);
    // By induction: they are distinct if they are so on every path into the
    // loop and around it.
    distinct.push_back({lhs, rhs});
    distinct.push_back({rhs, lhs});
    if (left.carrier == right.carrier) {
      for (auto [one, other] : llvm::zip(left.values, right.values))
        if (mayShare(one, other))
          return true;
      return false;
    }
    // The one that is carried further inside comes from elsewhere; meanwhile
    // the other one stays the same.
    if (left.values.empty() ||
        (!right.values.empty() && getDepth(rhs) > getDepth(lhs))) {
      std::swap(left, right);
      std::swap(lhs, rhs);
    }
    return llvm::any_of(left.values,
                        [&](Value one) { return mayShare(one, rhs); });
  }

private:
  /// How far inside a value is computed; results after arguments.
  static unsigned getDepth(Value value) {
    unsigned depth = isa<OpResult>(value);
    for (Operation *op = value.getParentBlock()->getParentOp(); op;
         op = op->getParentOp())
      depth += 2;
    return depth;
  }

  static bool mayShareRoots(Value lhs, Value rhs) {
    auto getFunction = [](Value root) -> func::FuncOp {
      auto argument = dyn_cast<BlockArgument>(root);
      return argument
                 ? dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp())
                 : func::FuncOp();
    };
    func::FuncOp left = getFunction(lhs), right = getFunction(rhs);
    bool isFreshLeft = isFreshPlace(lhs), isFreshRight = isFreshPlace(rhs);
    if (isFreshLeft && (isFreshRight || right))
      return false;
    if (isFreshRight && left)
      return false;
    return !(left && right && hasDistinctParameters(left));
  }

  SmallVector<std::pair<Value, Value>> distinct;
};

} // namespace

bool arr::mayShareMemory(Value lhs, Value rhs) {
  return AliasQuery().mayShare(lhs, rhs);
}
