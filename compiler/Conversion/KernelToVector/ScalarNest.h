//===- ScalarNest.h - A kernel as plain loops in place --------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_SCALARNEST_H
#define ARR_CONVERSION_KERNELTOVECTOR_SCALARNEST_H

#include "compiler/Dialect/Arr/Arr.h"

namespace arr {

/// Replaces a kernel on memrefs by a nest of scf loops that computes one point
/// at a time: right for kernels of a few points, where a call costs more.
void lowerToScalarNest(KernelOp kernel, bool fuseMultiplyAdd);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_SCALARNEST_H
