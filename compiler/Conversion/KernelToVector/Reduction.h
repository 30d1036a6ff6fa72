//===- Reduction.h - Kernels with reduction dims --------------------------===//
//
// One generator for sums over any axes, matrix products, distances. Which dims
// play which part is decided by the maps alone; see ReductionRoles.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_REDUCTION_H
#define ARR_CONVERSION_KERNELTOVECTOR_REDUCTION_H

#include "compiler/Conversion/KernelToVector/KernelCall.h"
#include "compiler/Conversion/KernelToVector/Target.h"

namespace arr {

/// The parts that dims play. A tile of outputs is rows x (columns * width)
/// points whose accumulators stay in registers.
///  - contraction: two parallel dims are reused by different inputs; the one is
///    the tile's row dim, the other its vector dim
///  - columns: the vector dim is parallel, the tile has one row
///  - lanes: the vector dim is the inner reduction dim; the lanes of one output
///    are combined at the end
struct ReductionRoles {
  enum Scheme { Contraction, Columns, AcrossLanes } scheme;
  unsigned width, columns, rows;
  unsigned vectorDim, innerDim;
  std::optional<unsigned> rowDim;

  /// Points of the vector dim in a tile.
  unsigned span() const { return width * columns; }
};

ReductionRoles chooseRoles(KernelOp kernel, const Target &target);

/// Replaces a kernel with reduction dims by a call of arr_run_reduction with
/// functions whose names begin with `name`.
void lowerReduction(KernelOp kernel, const Target &target,
                    FunctionPool &functions, llvm::StringRef name);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_REDUCTION_H
