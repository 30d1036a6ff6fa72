//===- Accumulate.h - How an accumulator of a kernel is carried -----------===//
//
// An accumulator's state is one value, or two (best value and its position) for
// argmin and argmax; each scalar or, lane by lane, a vector.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_ACCUMULATE_H
#define ARR_CONVERSION_KERNELTOVECTOR_ACCUMULATE_H

#include "compiler/Conversion/KernelToVector/Emitter.h"
#include "compiler/Dialect/Arr/Arr.h"

namespace arr {

using State = llvm::SmallVector<mlir::Value, 2>;

/// How one accumulator starts and combines. Multiply-adds contract when
/// `fuseMultiplyAdd` is set, so that every version of a kernel rounds alike.
struct Accumulate {
  AccumulatorAttr attribute;
  /// The type of a contribution; not the accumulator's own for argmin, argmax.
  mlir::Type elementType;
  bool fuseMultiplyAdd;

  bool isPositional() const {
    return attribute.getKind() == ReduceKind::ArgMin ||
           attribute.getKind() == ReduceKind::ArgMax;
  }
  unsigned getNumValues() const { return isPositional() ? 2 : 1; }
  /// The types of the state: `width` lanes, or scalars if it is 1.
  llvm::SmallVector<mlir::Type, 2> getStateTypes(unsigned width) const;

  /// The state before any contribution.
  State start(Emitter &emit, unsigned width) const;
  /// The state with one more contribution, whose position (scalar i64 or vector
  /// of i64) is needed by argmin and argmax only.
  State update(Emitter &emit, mlir::ValueRange state, mlir::Value contribution,
               mlir::Value position) const;
  /// Two partial states in one; `first` holds the earlier contributions where
  /// the two are not interleaved.
  State merge(Emitter &emit, mlir::ValueRange first,
              mlir::ValueRange second) const;
  /// What the finish region gets.
  mlir::Value total(mlir::ValueRange state) const { return state.back(); }

private:
  mlir::Value combine(Emitter &emit, mlir::Value lhs, mlir::Value rhs) const;
  mlir::Value isBetter(Emitter &emit, mlir::Value candidate,
                       mlir::Value best) const;
};

/// The accumulators of a kernel.
llvm::SmallVector<Accumulate> getAccumulates(KernelOp kernel,
                                             bool fuseMultiplyAdd);

/// vector<width x type>, or the type itself if width is 1.
mlir::Type lanes(mlir::Type type, unsigned width);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_ACCUMULATE_H
