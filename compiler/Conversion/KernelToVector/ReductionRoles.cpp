//===- ReductionRoles.cpp - Which dim of a reduction does what ------------===//
//
// Decided by the maps alone, never by strides: the order in which an output's
// contributions are combined must not depend on how operands lie in memory.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/Accumulate.h"
#include "compiler/Conversion/KernelToVector/Reduction.h"

using namespace mlir;
using namespace arr;

/// The dim of the last axis of a map that is a dim.
static std::optional<unsigned> getLastDim(AffineMap map) {
  for (AffineExpr result : llvm::reverse(map.getResults()))
    if (auto dim = dyn_cast<AffineDimExpr>(result))
      return dim.getPosition();
  return std::nullopt;
}

namespace {

struct RoleFinder {
  explicit RoleFinder(KernelOp kernel) : kernel(kernel) {
    Block &body = kernel.getContribution().front();
    for (unsigned i = 0; i < kernel.getInputs().size(); ++i)
      if (!body.getArgument(i).use_empty())
        used.push_back(i);
  }

  bool uses(unsigned input, unsigned dim) {
    return kernel.getInputMap(input).isFunctionOfDim(dim);
  }
  /// Some contributing input moves with `dim` and stays with `other`.
  bool isReusedAlong(unsigned other, unsigned dim) {
    return llvm::any_of(used, [&](unsigned input) {
      return uses(input, dim) && !uses(input, other);
    });
  }
  /// The pair (row dim, vector dim) of a contraction.
  std::optional<std::pair<unsigned, unsigned>> findContraction() {
    // Stores are contiguous along the last axis of the output: the vector dim.
    AffineMap output = kernel.getOutputs().empty()
                           ? AffineMap::get(kernel.getContext())
                           : kernel.getOutputMap(0);
    SmallVector<unsigned> order;
    for (AffineExpr result : llvm::reverse(output.getResults()))
      if (auto dim = dyn_cast<AffineDimExpr>(result))
        order.push_back(dim.getPosition());
    for (unsigned vectorDim : order)
      for (unsigned rowDim : order)
        if (rowDim != vectorDim && isReusedAlong(rowDim, vectorDim) &&
            isReusedAlong(vectorDim, rowDim))
          return std::make_pair(rowDim, vectorDim);
    return std::nullopt;
  }
  /// The input with the most dims: it decides how memory is read.
  std::optional<unsigned> findMainDim() {
    std::optional<unsigned> main;
    unsigned most = 0;
    for (unsigned input : used) {
      AffineMap map = kernel.getInputMap(input);
      unsigned count = 0;
      for (unsigned dim = 0; dim < kernel.getNumDims(); ++dim)
        count += map.isFunctionOfDim(dim);
      if (count > most) {
        most = count;
        main = getLastDim(map);
      }
    }
    return main;
  }

  KernelOp kernel;
  SmallVector<unsigned> used; // inputs of the contribution
};

} // namespace

static bool gathers(KernelOp kernel) {
  auto loads = [](Region &region) {
    return region.walk([](memref::LoadOp) { return WalkResult::interrupt(); })
        .wasInterrupted();
  };
  return loads(kernel.getContribution()) || loads(kernel.getFinish());
}

ReductionRoles arr::chooseRoles(KernelOp kernel, const Target &target) {
  RoleFinder finder(kernel);
  ReductionRoles roles;
  bool isVector = isVectorisable(kernel.getContribution()) &&
                  isVectorisable(kernel.getFinish());
  unsigned widest = getWidestType(kernel.getContribution());
  for (unsigned i = 0; i < kernel.getAccumulators().size(); ++i)
    if (kernel.getAccumulator(i).getType().isIntOrFloat())
      widest = std::max(
          widest, kernel.getAccumulator(i).getType().getIntOrFloatBitWidth());
  roles.width = isVector ? target.getWidth(widest) : 1;
  unsigned numStates = 0;
  for (const Accumulate &accumulate : getAccumulates(kernel, false))
    numStates += accumulate.getNumValues();

  unsigned numParallel = kernel.getNumParallel();
  roles.innerDim = kernel.getNumDims() - 1;
  std::optional<unsigned> mainDim = finder.findMainDim();
  if (auto pair = finder.findContraction()) {
    roles.scheme = ReductionRoles::Contraction;
    roles.rowDim = pair->first;
    roles.vectorDim = pair->second;
    // As many accumulators as leave registers for operands and temporaries.
    unsigned accumulators = target.vectorBits >= 512 ? 16 : 8;
    roles.columns = 2;
    roles.rows = std::max(1u, accumulators / 2 / numStates);
  } else if (mainDim && *mainDim < numParallel) {
    roles.scheme = ReductionRoles::Columns;
    roles.vectorDim = *mainDim;
    roles.rows = 1;
    roles.columns = std::max(1u, 8 / numStates);
  } else {
    roles.scheme = ReductionRoles::AcrossLanes;
    if (mainDim)
      roles.innerDim = *mainDim;
    roles.vectorDim = roles.innerDim;
    roles.rows = 1;
    roles.columns = numStates > 2 ? 2 : 4;
  }
  // At the edge of an array a tile computes points that do not count. What
  // loads at positions that it computes must have none.
  if (roles.scheme != ReductionRoles::AcrossLanes && gathers(kernel))
    roles.rows = roles.columns = 1;
  return roles;
}
