//===- LaneCloner.cpp - Scalar regions, many points at a time -------------===//
//
// Clones are made when they are first asked for, so that what one point of a
// tile needs stands together: the values that live at once stay few.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/LaneCloner.h"
#include "compiler/Conversion/KernelToVector/Accumulate.h"

using namespace mlir;
using namespace arr;

LaneCloner::LaneCloner(Emitter &emit, Block &body, unsigned width, Leaf leaf,
                       LeafVaries leafVaries, const Captured &captured)
    : emit(emit), body(body), width(width), leaf(std::move(leaf)),
      leafVaries(std::move(leafVaries)), captured(captured) {
  // In order, so that no recursion is deep however long the region is.
  for (Operation &op : body.without_terminator())
    for (Value result : op.getResults())
      varies(result);
}

Varies LaneCloner::varies(Value value) {
  auto found = variesCache.find(value);
  if (found != variesCache.end())
    return found->second;
  Varies result;
  if (value.getParentBlock() == &body) {
    Operation *op = value.getDefiningOp();
    if (!op || isa<IterationIndexOp>(op)) {
      result = leafVaries(value);
    } else {
      for (Value operand : op->getOperands()) {
        Varies part = varies(operand);
        result.byRow |= part.byRow;
        result.byColumn |= part.byColumn;
      }
    }
  }
  variesCache[value] = result;
  return result;
}

static Value broadcast(Emitter &emit, Value value, unsigned width) {
  if (width == 1 || isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(
      emit.builder, emit.loc, VectorType::get(width, value.getType()), value);
}

Value LaneCloner::getLanes(Value value, unsigned row, unsigned column) {
  return broadcast(emit, get(value, row, column), width);
}

Value LaneCloner::get(Value value, unsigned row, unsigned column) {
  if (value.getParentBlock() != &body) {
    auto found = captured.find(value);
    return found == captured.end() ? value : found->second;
  }
  Varies how = varies(value);
  unsigned point = (how.byRow ? row : 0) * 256 + (how.byColumn ? column : 0);
  auto found = clones.find({value, point});
  if (found != clones.end())
    return found->second;

  Operation *op = value.getDefiningOp();
  if (!op || isa<IterationIndexOp>(op))
    return clones[{value, point}] = leaf(value, row, column);

  bool isVector = how.byColumn && width > 1;
  SmallVector<Value> operands;
  for (Value operand : op->getOperands())
    operands.push_back(isVector ? getLanes(operand, row, column)
                                : get(operand, row, column));
  Operation *clone;
  if (isVector) {
    OperationState state(emit.loc, op->getName());
    state.addOperands(operands);
    state.addAttributes(op->getAttrs());
    for (Type type : op->getResultTypes())
      state.addTypes(lanes(type, width));
    clone = emit.builder.create(state);
  } else {
    IRMapping mapping;
    for (auto [from, to] : llvm::zip(op->getOperands(), operands))
      mapping.map(from, to);
    // Regions inside (a loop, a branch) see the values around them.
    for (Region &region : op->getRegions())
      region.walk([&](Operation *inner) {
        for (Value used : inner->getOperands())
          if (!op->isAncestor(used.getParentBlock()->getParentOp()))
            mapping.map(used, get(used, row, column));
      });
    clone = emit.builder.clone(*op, mapping);
    clone->setLoc(emit.loc);
  }
  for (auto [from, to] : llvm::zip(op->getResults(), clone->getResults()))
    clones[{from, point}] = to;
  return clones[{value, point}];
}

static bool isLaneType(Type type) {
  return isa<FloatType, IndexType>(type) || type.isSignlessInteger();
}

bool arr::isVectorisable(Region &region) {
  for (Operation &op : region.getOps()) {
    bool isKnown = op.hasTrait<OpTrait::ConstantLike>() ||
                   op.hasTrait<OpTrait::IsTerminator>() ||
                   isa<IterationIndexOp>(op) ||
                   OpTrait::hasElementwiseMappableTraits(&op);
    if (!isKnown || op.getNumRegions() ||
        !llvm::all_of(op.getOperandTypes(), isLaneType) ||
        !llvm::all_of(op.getResultTypes(), isLaneType))
      return false;
  }
  return llvm::all_of(region.getArgumentTypes(), isLaneType);
}

unsigned arr::getWidestType(Region &region) {
  unsigned widest = 8;
  auto consider = [&](Type type) {
    if (type.isIntOrFloat())
      widest = std::max(widest, type.getIntOrFloatBitWidth());
    else if (isa<IndexType>(type))
      widest = 64;
  };
  llvm::for_each(region.getArgumentTypes(), consider);
  for (Operation &op : region.getOps())
    llvm::for_each(op.getResultTypes(), consider);
  return widest;
}
