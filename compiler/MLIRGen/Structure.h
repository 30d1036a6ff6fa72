//===- Structure.h - Function bodies without jumps ------------------------===//
//
// MLIR's structured control flow has no break, continue or return. They become
// assignments of flags: what follows a statement that may jump runs under `if`
// of the flags, and a loop ends when one of its exit flags is set. Loops and
// branches that do not jump are left as they are.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_MLIRGEN_STRUCTURE_H
#define ARR_MLIRGEN_STRUCTURE_H

#include "compiler/Sema/Program.h"
#include "llvm/ADT/DenseMap.h"

namespace arr::typed {

/// A function's body without Break, Continue, Return and loop `else`.
struct StructuredBody {
  Block body;
  /// What the function returns; null if nothing. A tuple, if it is several.
  Var *result = nullptr;
  /// Flags (bool variables) that end a loop before its condition does.
  llvm::DenseMap<const Stmt *, llvm::SmallVector<Var *, 2>> exits;
  Program nodes; // owns what is new
};

std::unique_ptr<StructuredBody> structure(const Function &function);

} // namespace arr::typed

#endif // ARR_MLIRGEN_STRUCTURE_H
