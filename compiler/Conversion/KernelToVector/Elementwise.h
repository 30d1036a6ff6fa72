//===- Elementwise.h - Kernels without reduction dims ---------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_ELEMENTWISE_H
#define ARR_CONVERSION_KERNELTOVECTOR_ELEMENTWISE_H

#include "compiler/Conversion/KernelToVector/KernelCall.h"
#include "compiler/Conversion/KernelToVector/Target.h"

namespace arr {

/// Replaces a kernel without reduction dims by a call of arr_run_nest with a
/// function called `name`.
void lowerElementwise(KernelOp kernel, const Target &target,
                      FunctionPool &functions, llvm::StringRef name);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_ELEMENTWISE_H
