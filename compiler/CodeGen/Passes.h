//===- Passes.h - The passes around the translation to LLVM IR ------------===//
#ifndef ARR_CODEGEN_PASSES_H
#define ARR_CODEGEN_PASSES_H

#include "mlir/Pass/Pass.h"

namespace arr {
#define GEN_PASS_DECL
#include "compiler/CodeGen/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "compiler/CodeGen/Passes.h.inc"
} // namespace arr

#endif // ARR_CODEGEN_PASSES_H
