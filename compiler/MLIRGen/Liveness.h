//===- Liveness.h - Which variables control flow has to carry -------------===//
//
// A branch or loop hands on a variable that is assigned in it only if somebody
// reads it later (for loops also: in the next iteration). Computed on
// structured bodies, which have no jumps.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_MLIRGEN_LIVENESS_H
#define ARR_MLIRGEN_LIVENESS_H

#include "compiler/MLIRGen/Structure.h"
#include "llvm/ADT/BitVector.h"

namespace arr::typed {

class Liveness {
public:
  explicit Liveness(const StructuredBody &body);

  /// The variables that a branch or loop assigns and others need, in the order
  /// of their first appearance.
  llvm::SmallVector<Var *, 4> carried(const Stmt *stmt) const;

private:
  /// Variables are numbered in the order in which they appear.
  unsigned number(Var *var);
  void numberAll(const Block &block);
  void addUses(const Stmt *stmt, llvm::BitVector &live);
  llvm::BitVector none() const { return llvm::BitVector(vars.size()); }

  /// What is live before a block if `live` is after it. Records `needed` of the
  /// statements in it.
  llvm::BitVector before(const Block &block, llvm::BitVector live);
  /// What an iteration may read before it assigns it.
  const llvm::BitVector &exposed(const Stmt *loop);
  const llvm::BitVector &assigned(const Stmt *stmt);
  void addAssigned(const Block &block, llvm::BitVector &set);

  const StructuredBody &structured;
  std::vector<Var *> vars;
  llvm::DenseMap<const Var *, unsigned> numbers;
  llvm::DenseMap<const Stmt *, llvm::BitVector> exposedIn, assignedIn, needed;
};

} // namespace arr::typed

#endif // ARR_MLIRGEN_LIVENESS_H
