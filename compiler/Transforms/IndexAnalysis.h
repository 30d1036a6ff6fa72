//===- IndexAnalysis.h - What is known about indices and sizes ------------===//
//
// Indices and sizes as linear expressions over atoms (values that are not
// computed from others here, and named sizes), and a small prover of `e >= 0`
// from the bounds of the enclosing loops, conditions and checks.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_TRANSFORMS_INDEXANALYSIS_H
#define ARR_TRANSFORMS_INDEXANALYSIS_H

#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Dominance.h"

namespace arr {

/// A value or the text of a size. A copy stands for the same value in another
/// iteration of a loop.
struct Atom {
  const void *identity = nullptr; // of a Value or Attribute
  int copy = 0;

  bool operator==(const Atom &other) const {
    return identity == other.identity && copy == other.copy;
  }
};

/// constant + sum of coefficient * atom.
class Linear {
public:
  Linear(int64_t constant = 0) : constant(constant) {}
  static Linear of(Atom atom) {
    Linear result;
    result.terms.push_back({atom, 1});
    return result;
  }

  /// this + factor * other
  Linear plus(const Linear &other, int64_t factor = 1) const;
  Linear times(int64_t factor) const { return Linear().plus(*this, factor); }
  int64_t coefficient(Atom atom) const;
  /// Every atom replaced.
  Linear map(llvm::function_ref<Linear(Atom)> replacement) const;

  int64_t constant;
  llvm::SmallVector<std::pair<Atom, int64_t>, 4> terms; // no zeros
};

inline Linear operator+(const Linear &x, const Linear &y) { return x.plus(y); }
inline Linear operator-(const Linear &x, const Linear &y) {
  return x.plus(y, -1);
}

class IndexAnalysis {
public:
  explicit IndexAnalysis(mlir::Operation *function);

  /// An index or 64-bit integer, as seen by `at`.
  Linear get(mlir::Value value, mlir::Operation *at);
  Linear getSize(mlir::Value array, int64_t axis, mlir::Operation *at);

  /// Linear expressions that are >= 0 whenever `at` runs.
  using Facts = llvm::SmallVector<Linear, 16>;
  Facts getFacts(mlir::Operation *at) {
    return getFacts(at, [](mlir::Operation *) { return true; });
  }
  /// Only what those of the loops and conditions around `at` say that count.
  Facts getFacts(mlir::Operation *at,
                 llvm::function_ref<bool(mlir::Operation *)> counts);
  /// A name of a size that is equal to `size` at `at`; null if there is none.
  mlir::Attribute findName(const Linear &size, mlir::Operation *at);
  /// A name that no size has; another one for each number.
  mlir::Attribute createName(mlir::MLIRContext *context, unsigned number) const;
  /// True if `expr` is >= 0 whenever `at` runs.
  bool isNonNegative(const Linear &expr, mlir::Operation *at);
  bool isNonNegative(const Linear &expr, const Facts &facts,
                     mlir::Operation *at);
  /// True if a condition (i1) always holds at `at`.
  bool holds(mlir::Value condition, mlir::Operation *at);

private:
  Linear ofDim(mlir::Attribute dim);
  Linear atomOf(mlir::Value value, mlir::Operation *at);
  bool isSizeAtom(Atom atom, mlir::Operation *at);
  void addLoopFacts(mlir::Value induction, Linear lower, mlir::Value upper,
                    mlir::Operation *at, Facts &facts);
  void addConditionFacts(mlir::Value condition, bool isTrue,
                         mlir::Operation *at, Facts &facts);
  void addWhileFacts(mlir::scf::WhileOp loop, mlir::Operation *at,
                     Facts &facts);
  void addDivisionFacts(mlir::Operation *at, Facts &facts);
  bool prove(const Linear &expr, const Facts &facts, mlir::Operation *at,
             unsigned depth);

  mlir::DominanceInfo dominance;
  llvm::SmallVector<RequireOp> checks;
  llvm::SmallVector<mlir::Operation *> divisions;
  int steps = 0;
  /// Ops after which a size of this name exists, and so is >= 0.
  llvm::DenseMap<mlir::Attribute, llvm::SmallVector<mlir::Operation *, 2>>
      named;
};

/// The operands and predicate of an integer comparison of arith or arr.
struct Comparison {
  mlir::arith::CmpIPredicate predicate;
  mlir::Value lhs, rhs;
};
std::optional<Comparison> getComparison(mlir::Value condition);

/// The constant by which a loop's variable has changed where `next` is computed
/// from it; not 0, and small.
std::optional<int64_t> getConstantStep(mlir::Value next,
                                       mlir::BlockArgument variable);

} // namespace arr

#endif // ARR_TRANSFORMS_INDEXANALYSIS_H
