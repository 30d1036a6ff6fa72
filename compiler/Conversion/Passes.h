//===- Passes.h - The conversions out of the arr dialect ------------------===//
#ifndef ARR_CONVERSION_PASSES_H
#define ARR_CONVERSION_PASSES_H

#include "mlir/Pass/Pass.h"

namespace arr {
#define GEN_PASS_DECL
#include "compiler/Conversion/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "compiler/Conversion/Passes.h.inc"
} // namespace arr

#endif // ARR_CONVERSION_PASSES_H
