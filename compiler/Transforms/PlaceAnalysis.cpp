//===- PlaceAnalysis.cpp - Which places may share memory ------------------===//
#include "compiler/Transforms/PlaceAnalysis.h"
#include "compiler/Transforms/PlaceAliases.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace arr;

SmallVector<Value> arr::getGathered(KernelOp kernel) {
  SmallVector<Value> tensors;
  for (Region *region : {&kernel.getContribution(), &kernel.getFinish()})
    region->walk(
        [&](tensor::ExtractOp op) { tensors.push_back(op.getTensor()); });
  return tensors;
}

bool arr::isMemory(Type type) { return isa<PlaceType, BaseMemRefType>(type); }

//===----------------------------------------------------------------------===//
// Where memory comes from
//===----------------------------------------------------------------------===//

Value PlaceAnalysis::getBase(Value place) {
  while (Operation *op = place.getDefiningOp()) {
    if (!isa<SliceOp, TransposeOp, ExpandDimsOp, DiagonalOp, BroadcastOp,
             CastShapeOp, ComplexPartOp, memref::CastOp,
             memref::ReinterpretCastOp, memref::SubViewOp,
             memref::ExtractStridedMetadataOp>(op))
      break;
    place = op->getOperand(0);
  }
  return place;
}

/// True if the op makes memory that nothing else refers to.
static bool isFresh(Value place) {
  return isa_and_present<EmptyOp, MaterializeOp, LoadFileOp, AllocOp,
                         memref::AllocOp, memref::AllocaOp>(
      place.getDefiningOp());
}

namespace {
/// A value that control flow chooses: it is one of what comes in at `number`.
/// Values of one join change together.
struct Join {
  const void *id = nullptr;
  unsigned number = 0;
  SmallVector<ValueRange, 2> incoming;
};
} // namespace

static Join getJoin(Value value) {
  Join join;
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    Operation *parent = argument.getOwner()->getParentOp();
    join.id = argument.getOwner();
    join.number = argument.getArgNumber();
    if (auto loop = dyn_cast<scf::ForOp>(parent)) {
      join.number -= 1;
      join.incoming = {loop.getInitArgs(), loop.getYieldedValues()};
    } else if (auto loop = dyn_cast<scf::WhileOp>(parent)) {
      if (argument.getOwner() == loop.getBeforeBody())
        join.incoming = {loop.getInits(), loop.getYieldOp().getResults()};
      else
        join.incoming = {loop.getConditionOp().getArgs()};
    }
    return join;
  }
  Operation *op = value.getDefiningOp();
  join.id = op;
  join.number = cast<OpResult>(value).getResultNumber();
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    join.incoming = {loop.getInitArgs(), loop.getYieldedValues()};
  } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
    join.incoming = {loop.getConditionOp().getArgs()};
  } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
    join.incoming = {branch.thenYield().getOperands(),
                     branch.elseYield().getOperands()};
  } else if (auto select = dyn_cast<arith::SelectOp>(op)) {
    join.incoming = {ValueRange(op->getOperands()).slice(1, 1),
                     ValueRange(op->getOperands()).slice(2, 1)};
  }
  return join;
}

/// What the result of a call or reshape may be, besides fresh memory.
static SmallVector<Value> getMemoryOperands(Operation *op) {
  SmallVector<Value> places;
  for (Value operand : op->getOperands())
    if (isMemory(operand.getType()))
      places.push_back(operand);
  return places;
}

//===----------------------------------------------------------------------===//
// Overlap
//===----------------------------------------------------------------------===//

bool PlaceAnalysis::mayAlias(Value lhs, Value rhs) {
  return mayAliasBases(getBase(lhs), getBase(rhs));
}

bool PlaceAnalysis::anyAliases(ValueRange sources, Value other) {
  return llvm::any_of(sources,
                      [&](Value source) { return mayAlias(source, other); });
}

/// True if `lhs` is the one to replace by where it comes from: the one defined
/// further inside, or later. The other still means the same there.
static bool isLater(Value lhs, Value rhs) {
  Block *left = lhs.getParentBlock(), *right = rhs.getParentBlock();
  if (left == right) {
    if (isa<BlockArgument>(lhs))
      return false;
    return isa<BlockArgument>(rhs) ||
           rhs.getDefiningOp()->isBeforeInBlock(lhs.getDefiningOp());
  }
  if (Operation *ancestor = left->findAncestorOpInBlock(*right->getParentOp());
      ancestor)
    return false; // rhs is nested in lhs's block
  if (right->findAncestorOpInBlock(*left->getParentOp()))
    return true;
  return false;
}

bool PlaceAnalysis::mayAliasBases(Value lhs, Value rhs) {
  if (lhs == rhs)
    return true;
  if (isFresh(lhs) && isFresh(rhs))
    return false;
  auto isArgument = [](Value value) {
    auto argument = dyn_cast<BlockArgument>(value);
    return argument && isa<func::FuncOp>(argument.getOwner()->getParentOp());
  };
  if (isArgument(lhs) && isArgument(rhs))
    return !areParametersDistinct;
  if ((isArgument(lhs) && isFresh(rhs)) || (isFresh(lhs) && isArgument(rhs)))
    return false;

  auto key = std::make_pair(lhs, rhs);
  if (lhs.getAsOpaquePointer() > rhs.getAsOpaquePointer())
    std::swap(key.first, key.second);
  if (auto it = known.find(key); it != known.end())
    return it->second;
  size_t start = assumed.size();
  assumed.push_back(key);
  known[key] = false;

  bool result = true;
  Join left = getJoin(lhs), right = getJoin(rhs);
  bool hasLeft = !left.incoming.empty(), hasRight = !right.incoming.empty();
  if (hasLeft && hasRight && left.id == right.id) {
    result = llvm::any_of(left.incoming, [&](ValueRange incoming) {
      return mayAlias(incoming[left.number], incoming[right.number]);
    });
  } else {
    // Roots cannot be replaced; of two others, the later one is.
    auto canReplace = [&](Value value, bool hasJoin) {
      return hasJoin ||
             isa_and_present<func::CallOp, ReshapeOp>(value.getDefiningOp());
    };
    bool canLeft = canReplace(lhs, hasLeft),
         canRight = canReplace(rhs, hasRight);
    if (canLeft && canRight)
      (isLater(lhs, rhs) ? canRight : canLeft) = false;
    auto replace = [&](Value value, const Join &join, Value other) {
      if (join.incoming.empty()) {
        // Two results of one call may be the same array.
        Operation *op = value.getDefiningOp();
        return other.getDefiningOp() == op ||
               anyAliases(getMemoryOperands(op), other);
      }
      return llvm::any_of(join.incoming, [&](ValueRange incoming) {
        return mayAlias(incoming[join.number], other);
      });
    };
    if (canLeft)
      result = replace(lhs, left, rhs);
    else if (canRight)
      result = replace(rhs, right, lhs);
  }
  // A yes holds for good. It takes back what was found while no was assumed.
  if (result) {
    for (auto &old : llvm::ArrayRef(assumed).drop_front(start))
      if (auto it = known.find(old); it != known.end() && !it->second)
        known.erase(it);
    known[key] = true;
  }
  if (result || start == 0)
    assumed.resize(start);
  return result;
}

//===----------------------------------------------------------------------===//
// Writes
//===----------------------------------------------------------------------===//

PlaceAnalysis::PlaceAnalysis(func::FuncOp function)
    : areParametersDistinct(hasDistinctParameters(function)) {
  function.walk([&](Operation *op) {
    if (auto write = dyn_cast<WriteOp>(op))
      writes.push_back({op, write.getPlace()});
    else if (auto store = dyn_cast<StoreOp>(op))
      writes.push_back({op, store.getPlace()});
    else if (auto store = dyn_cast<memref::StoreOp>(op))
      writes.push_back({op, store.getMemref()});
    else if (auto kernel = dyn_cast<KernelOp>(op))
      for (Value output : kernel.getOutputs())
        if (isMemory(output.getType()))
          writes.push_back({op, output});
    if (isa<func::CallOp, CallExternOp>(op))
      for (Value place : getMemoryOperands(op))
        writes.push_back({op, place});
  });
}

/// True if `op` may run after `from` and before `to`, which `from` dominates.
static bool isBetween(Operation *op, Operation *from, Operation *to) {
  Block *block = from->getBlock();
  Operation *first = from;
  while (true) {
    Operation *ancestor = block->findAncestorOpInBlock(*op);
    Operation *last = block->findAncestorOpInBlock(*to);
    if (!ancestor || !last || ancestor == first)
      return false;
    if (ancestor != last)
      return (!first || first->isBeforeInBlock(ancestor)) &&
             ancestor->isBeforeInBlock(last);
    if (last == to)
      return false;
    // Both are inside the same op: a loop may bring `op` before `to`.
    if (!isa<scf::IfOp>(last))
      return true;
    Region *region = nullptr;
    for (Region &candidate : last->getRegions())
      if (candidate.isAncestor(to->getParentRegion()))
        region = &candidate;
    if (!region || !region->isAncestor(op->getParentRegion()))
      return false;
    block = &region->front();
    first = nullptr;
  }
}

bool PlaceAnalysis::isWrittenBetween(Value place, Operation *from,
                                     Operation *to) {
  return llvm::any_of(writes, [&](const Write &write) {
    return isBetween(write.op, from, to) && mayAlias(write.place, place);
  });
}
