//===- Passes.h - The passes from arr to arr ------------------------------===//
#ifndef ARR_TRANSFORMS_PASSES_H
#define ARR_TRANSFORMS_PASSES_H

#include "mlir/Pass/Pass.h"

namespace arr {
#define GEN_PASS_DECL
#include "compiler/Transforms/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

#endif // ARR_TRANSFORMS_PASSES_H
