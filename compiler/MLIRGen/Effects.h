//===- Effects.h - Which parameters functions write and return ------------===//
//
// Arrays are mutable and views share memory, so whether a function may store
// into a parameter depends on what its variables may be views of. Computed
// without regard to the order of statements; callees' summaries are used at
// calls, to a fixed point for recursion.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_MLIRGEN_EFFECTS_H
#define ARR_MLIRGEN_EFFECTS_H

#include "compiler/Sema/Program.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

namespace arr::typed {

struct FunctionEffects {
  llvm::BitVector written;  // parameters that it may store into
  llvm::BitVector returned; // parameters that a result may be a view of
};

using ProgramEffects = llvm::DenseMap<const Function *, FunctionEffects>;

ProgramEffects computeEffects(const Program &program);

} // namespace arr::typed

#endif // ARR_MLIRGEN_EFFECTS_H
