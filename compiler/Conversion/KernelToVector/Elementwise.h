//===- Elementwise.h - Kernels without reduction dims ---------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_ELEMENTWISE_H
#define ARR_CONVERSION_KERNELTOVECTOR_ELEMENTWISE_H

#include "compiler/Conversion/KernelToVector/Target.h"
#include "compiler/Dialect/Arr/Arr.h"

namespace arr {

/// Replaces a kernel without reduction dims by a call of functions called
/// `name`. Its dims are ordered and merged at run time, so that the innermost
/// loop is long and the output is written in the order of its memory.
void lowerElementwise(KernelOp kernel, const Target &target,
                      llvm::StringRef name);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_ELEMENTWISE_H
