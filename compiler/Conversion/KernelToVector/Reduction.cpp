//===- Reduction.cpp - Kernels with reduction dims: operands, the call ----===//
#include "compiler/Conversion/KernelToVector/ReductionLowering.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace arr;

ReductionLowering::ReductionLowering(KernelOp kernel, const Target &target)
    : kernel(kernel), target(target), roles(chooseRoles(kernel, target)),
      accumulates(getAccumulates(kernel, target.hasFma)) {
  numOuterDims = kernel.getNumReductionDims() - 1;
  collectLeaves();
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

ReductionLowering::Leaf ReductionLowering::makeInput(unsigned input) {
  AffineMap map = kernel.getInputMap(input);
  auto type = cast<MemRefType>(kernel.getInputs()[input].getType());
  return {type.getElementType(), /*isIndex=*/false,
          map.isFunctionOfDim(roles.vectorDim),
          roles.rowDim && map.isFunctionOfDim(*roles.rowDim),
          map.isFunctionOfDim(roles.innerDim)};
}

ReductionLowering::Leaf ReductionLowering::makeIndex(unsigned dim) {
  return {IntegerType::get(kernel.getContext(), 64), /*isIndex=*/true,
          dim == roles.vectorDim, dim == roles.rowDim, dim == roles.innerDim};
}

/// The position in C order over the reduction dims.
ReductionLowering::Leaf ReductionLowering::makePosition() {
  return {IntegerType::get(kernel.getContext(), 64), /*isIndex=*/true,
          isAcrossLanes(), false, true};
}

void ReductionLowering::collectLeaves() {
  auto collect = [&](Region &region, SmallVector<Leaf> &leaves, auto &numbers,
                     auto &indices) {
    Block &body = region.front();
    for (unsigned i = 0; i < kernel.getInputs().size(); ++i)
      if (!body.getArgument(i).use_empty()) {
        numbers[body.getArgument(i)] = leaves.size();
        leaves.push_back(makeInput(i));
      }
    region.walk([&](IterationIndexOp op) {
      if (indices.try_emplace(op.getDim(), leaves.size()).second)
        leaves.push_back(makeIndex(op.getDim()));
    });
  };
  collect(kernel.getContribution(), blockLeaves, blockNumbers, blockIndices);
  if (llvm::any_of(accumulates, [](const Accumulate &accumulate) {
        return accumulate.isPositional();
      })) {
    positionLeaf = blockLeaves.size();
    blockLeaves.push_back(makePosition());
  }
  for (auto [i, output] : llvm::enumerate(kernel.getOutputs()))
    finishLeaves.push_back({cast<MemRefType>(output.getType()).getElementType(),
                            /*isIndex=*/false, !isAcrossLanes(),
                            roles.rowDim.has_value(), false});
  collect(kernel.getFinish(), finishLeaves, finishNumbers, finishIndices);
}

ReductionLowering::Leaf &ReductionLowering::findLeaf(Value leaf,
                                                     bool inFinish) {
  auto &leaves = inFinish ? finishLeaves : blockLeaves;
  if (auto index = leaf.getDefiningOp<IterationIndexOp>())
    return leaves[(inFinish ? finishIndices : blockIndices)[index.getDim()]];
  return leaves[(inFinish ? finishNumbers : blockNumbers)[leaf]];
}

void ReductionLowering::makeOperands(Emitter &emit) {
  unsigned rank = kernel.getNumDims();
  auto make = [&](auto &leaves, auto &numbers, auto &indices) {
    for (auto [argument, number] : numbers) {
      unsigned input = cast<BlockArgument>(argument).getArgNumber();
      leaves[number].operand = makeOperand(emit, kernel.getInputs()[input],
                                           kernel.getInputMap(input));
    }
    for (auto [dim, number] : indices)
      leaves[number].operand = makeIndexOperand(emit, dim, rank);
  };
  make(blockLeaves, blockNumbers, blockIndices);
  make(finishLeaves, finishNumbers, finishIndices);
  for (auto [i, output] : llvm::enumerate(kernel.getOutputs()))
    finishLeaves[i].operand = makeOperand(emit, output, kernel.getOutputMap(i));
  if (!positionLeaf)
    return;
  Operand position = makeIndexOperand(emit, rank - 1, rank);
  Value stride = emit.i64(1);
  for (unsigned dim = rank; dim-- > kernel.getNumParallel();) {
    position.strides[dim] = stride;
    stride = emit.mul(stride, emit.toI64(kernel.getSizes()[dim]));
  }
  blockLeaves[*positionLeaf].operand = position;
}

//===----------------------------------------------------------------------===//
// States
//===----------------------------------------------------------------------===//

SmallVector<Type> ReductionLowering::getPointTypes() const {
  SmallVector<Type> types;
  for (const Accumulate &accumulate : accumulates)
    llvm::append_range(types, accumulate.getStateTypes(roles.width));
  return types;
}

int64_t ReductionLowering::getPointSize() const {
  int64_t bytes = 0;
  for (Type type : getPointTypes())
    bytes += getSpillSize(type);
  return bytes;
}

SmallVector<Value> ReductionLowering::loadPoint(Emitter &emit,
                                                Value pointer) const {
  Values values;
  int64_t offset = 0;
  for (Type type : getPointTypes()) {
    values.push_back(
        loadSpill(emit, type, advanceBytes(emit, pointer, emit.i64(offset))));
    offset += getSpillSize(type);
  }
  return values;
}

void ReductionLowering::storePoint(Emitter &emit, ValueRange values,
                                   Value pointer) const {
  int64_t offset = 0;
  for (Value value : values) {
    storeSpill(emit, value, advanceBytes(emit, pointer, emit.i64(offset)));
    offset += getSpillSize(value.getType());
  }
}

SmallVector<Value> ReductionLowering::startPoint(Emitter &emit) const {
  Values values;
  for (const Accumulate &accumulate : accumulates)
    llvm::append_range(values, accumulate.start(emit, roles.width));
  return values;
}

SmallVector<Value> ReductionLowering::mergePoints(Emitter &emit,
                                                  ValueRange first,
                                                  ValueRange second) const {
  Values merged;
  for (const Accumulate &accumulate : accumulates) {
    unsigned count = accumulate.getNumValues();
    llvm::append_range(merged, accumulate.merge(emit, first.take_front(count),
                                                second.take_front(count)));
    first = first.drop_front(count);
    second = second.drop_front(count);
  }
  return merged;
}

//===----------------------------------------------------------------------===//
// The call
//===----------------------------------------------------------------------===//

double ReductionLowering::getCostOfPoint() {
  double cost = 0.2;
  for (Operation &op : kernel.getContribution().front())
    cost += isa<math::MathDialect>(op.getDialect()) ? 4 : 0.3;
  return cost / roles.width;
}

/// The arr_reduction of runtime/include/arr/codegen.h.
Value ReductionLowering::makeDescription(Emitter &emit,
                                         FunctionPool &functions) {
  enum { ByVector = 0x100, IsIndex = 0x200 };
  int32_t rowSize = getPointSize() * roles.columns;
  SmallVector<int32_t> words = {int32_t(kernel.getNumDims()),
                                int32_t(kernel.getNumParallel()),
                                int32_t(roles.innerDim),
                                int32_t(roles.vectorDim),
                                roles.rowDim ? int32_t(*roles.rowDim) : -1,
                                int32_t(roles.rows),
                                int32_t(roles.span()),
                                rowSize,
                                int32_t(roles.columns),
                                int32_t(blockLeaves.size()),
                                int32_t(kernel.getOutputs().size()),
                                int32_t(finishLeaves.size())};
  for (auto *leaves : {&blockLeaves, &finishLeaves})
    for (const Leaf &leaf : *leaves)
      words.push_back(getByteSize(leaf.elementType) +
                      (leaf.byVector ? ByVector : 0) +
                      (leaf.isIndex ? IsIndex : 0));
  return functions.getWords(emit, words);
}

void ReductionLowering::run(FunctionPool &functions, StringRef name) {
  OpBuilder b(kernel);
  auto caller = kernel->getParentOfType<func::FuncOp>();
  Location loc = kernel.getLoc();
  Emitter emit{b, loc, &caller.getBody().front()};
  makeOperands(emit);
  Values words;
  for (Value size : kernel.getSizes())
    words.push_back(emit.toI64(size));
  for (auto *leaves : {&blockLeaves, &finishLeaves})
    for (const Leaf &leaf : *leaves)
      llvm::append_range(words, leaf.operand.strides);
  for (auto *leaves : {&blockLeaves, &finishLeaves})
    for (const Leaf &leaf : *leaves)
      words.push_back(leaf.operand.pointer);

  KernelContext context(kernel, words.size());
  Type pointer = getPointerType(b), integer = b.getI64Type();
  auto block = functions.get(
      loc, name.str() + "_block", {pointer, pointer},
      [&](Emitter &emit, Block &entry) { emitBlock(emit, entry, context); });
  auto merge = functions.get(
      loc, name.str() + "_merge", {pointer, pointer, integer},
      [&](Emitter &emit, Block &entry) { emitMerge(emit, entry); });
  auto finish = functions.get(
      loc, name.str() + "_finish", {pointer, pointer},
      [&](Emitter &emit, Block &entry) { emitFinish(emit, entry, context); });
  Value cost =
      arith::ConstantOp::create(b, loc, b.getF64FloatAttr(getCostOfPoint()));
  callRuntime(emit, functions.getModule(), "arr_run_reduction", Type(),
              {makeDescription(emit, functions), cost,
               FunctionPool::getAddress(emit, block),
               FunctionPool::getAddress(emit, merge),
               FunctionPool::getAddress(emit, finish),
               context.fill(emit, words)});
}

void arr::lowerReduction(KernelOp kernel, const Target &target,
                         FunctionPool &functions, StringRef name) {
  ReductionLowering(kernel, target).run(functions, name);
  kernel.erase();
}
