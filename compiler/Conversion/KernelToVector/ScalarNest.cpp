//===- ScalarNest.cpp - A kernel as plain loops in place ------------------===//
//
// Expects a kernel on memrefs; leaves scf.for nests with memref.load and
// memref.store, the regions cloned point by point.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/ScalarNest.h"
#include "compiler/Conversion/KernelToVector/Accumulate.h"
#include "compiler/Conversion/KernelToVector/LaneCloner.h"

using namespace mlir;
using namespace arr;

namespace {

class ScalarNest {
public:
  ScalarNest(KernelOp kernel, bool fuseMultiplyAdd)
      : kernel(kernel), builder(kernel),
        emit{builder, kernel.getLoc(), nullptr},
        accumulates(getAccumulates(kernel, fuseMultiplyAdd)) {}

  void run() { parallelLoop(0); }

private:
  void parallelLoop(unsigned dim);
  SmallVector<Value> reductionLoop(unsigned dim, ValueRange states);
  SmallVector<Value> contribute(ValueRange states);
  void finish(ValueRange states);
  SmallVector<Value> getIndices(AffineMap map);
  Value load(unsigned input, Type type);
  Value getLeaf(Value leaf);

  KernelOp kernel;
  OpBuilder builder;
  Emitter emit;
  SmallVector<Accumulate> accumulates;
  SmallVector<Value> ivs;
  ValueRange totals;
  Captured captured; // in place: every value is itself
};

} // namespace

void ScalarNest::parallelLoop(unsigned dim) {
  if (dim == kernel.getNumParallel()) {
    SmallVector<Value> states;
    for (const Accumulate &accumulate : accumulates)
      llvm::append_range(states, accumulate.start(emit, 1));
    if (kernel.hasReduction())
      states = reductionLoop(dim, states);
    finish(states);
    return;
  }
  emit.loop(emit.index(0), kernel.getSizes()[dim], emit.index(1),
            [&](Value iv) {
              ivs.push_back(iv);
              parallelLoop(dim + 1);
              ivs.pop_back();
            });
}

SmallVector<Value> ScalarNest::reductionLoop(unsigned dim, ValueRange states) {
  if (dim == kernel.getNumDims())
    return contribute(states);
  return emit.loop(emit.index(0), kernel.getSizes()[dim], emit.index(1), states,
                   [&](Value iv, ValueRange carried) {
                     ivs.push_back(iv);
                     SmallVector<Value> next = reductionLoop(dim + 1, carried);
                     ivs.pop_back();
                     return next;
                   });
}

SmallVector<Value> ScalarNest::getIndices(AffineMap map) {
  SmallVector<Value> indices;
  for (AffineExpr result : map.getResults()) {
    auto dim = dyn_cast<AffineDimExpr>(result);
    indices.push_back(dim ? ivs[dim.getPosition()] : emit.index(0));
  }
  return indices;
}

Value ScalarNest::load(unsigned input, Type type) {
  return memref::LoadOp::create(builder, emit.loc, type,
                                kernel.getInputs()[input],
                                getIndices(kernel.getInputMap(input)));
}

Value ScalarNest::getLeaf(Value leaf) {
  if (auto position = leaf.getDefiningOp<IterationIndexOp>())
    return ivs[position.getDim()];
  unsigned number = cast<BlockArgument>(leaf).getArgNumber();
  unsigned numInputs = kernel.getInputs().size();
  return number < numInputs ? load(number, leaf.getType())
                            : totals[number - numInputs];
}

SmallVector<Value> ScalarNest::contribute(ValueRange states) {
  Block &body = kernel.getContribution().front();
  LaneCloner cloner(
      emit, body, 1,
      [&](Value leaf, unsigned, unsigned) { return getLeaf(leaf); },
      [](Value) { return Varies(); }, captured);
  Value position = emit.index(0);
  for (unsigned dim = kernel.getNumParallel(); dim < kernel.getNumDims(); ++dim)
    position = emit.add(emit.mul(position, kernel.getSizes()[dim]), ivs[dim]);
  position = emit.toI64(position);

  SmallVector<Value> next;
  Operation *yield = body.getTerminator();
  for (auto [i, accumulate] : llvm::enumerate(accumulates)) {
    Value contribution = cloner.get(yield->getOperand(i), 0, 0);
    ValueRange state = states.take_front(accumulate.getNumValues());
    states = states.drop_front(accumulate.getNumValues());
    llvm::append_range(next,
                       accumulate.update(emit, state, contribution, position));
  }
  return next;
}

void ScalarNest::finish(ValueRange states) {
  SmallVector<Value> values;
  for (const Accumulate &accumulate : accumulates) {
    values.push_back(
        accumulate.total(states.take_front(accumulate.getNumValues())));
    states = states.drop_front(accumulate.getNumValues());
  }
  totals = values;
  Block &body = kernel.getFinish().front();
  LaneCloner cloner(
      emit, body, 1,
      [&](Value leaf, unsigned, unsigned) { return getLeaf(leaf); },
      [](Value) { return Varies(); }, captured);
  // All elements are computed before the first is stored: an output may also
  // be an input.
  SmallVector<Value> results;
  for (Value yielded : body.getTerminator()->getOperands())
    results.push_back(cloner.get(yielded, 0, 0));
  for (auto [i, result] : llvm::enumerate(results))
    memref::StoreOp::create(builder, emit.loc, result, kernel.getOutputs()[i],
                            getIndices(kernel.getOutputMap(i)));
}

void arr::lowerToScalarNest(KernelOp kernel, bool fuseMultiplyAdd) {
  ScalarNest(kernel, fuseMultiplyAdd).run();
  kernel.erase();
}
