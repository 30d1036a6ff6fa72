//===- LoopDependence.h - Whether iterations touch the same elements ------===//
#ifndef ARR_TRANSFORMS_LOOPDEPENDENCE_H
#define ARR_TRANSFORMS_LOOPDEPENDENCE_H

#include "compiler/Transforms/PlaceRegions.h"

namespace arr {

/// A read or write of a part of an array.
struct Access {
  mlir::Operation *op;
  PlaceRegion region;
  bool isWrite;
};

/// Answers for the iterations of one loop, whose position is `induction`.
class LoopDependence {
public:
  LoopDependence(mlir::Operation *loop, mlir::Value induction,
                 IndexAnalysis &analysis)
      : loop(loop), induction(induction), analysis(analysis) {}

  /// True if no element that `access` touches in an iteration is touched by
  /// `other` in a later (or earlier) one. What is outside the loop is the same
  /// for both.
  bool areDisjoint(const Access &access, const Access &other,
                   bool otherIsLater);
  /// In any two different iterations.
  bool areDisjoint(const Access &access, const Access &other) {
    return areDisjoint(access, other, true) &&
           areDisjoint(access, other, false);
  }

  mlir::Value getInduction() const { return induction; }

private:
  bool isInside(Atom atom);
  Linear inOtherIteration(const Linear &expr);

  mlir::Operation *loop;
  mlir::Value induction;
  IndexAnalysis &analysis;
  llvm::DenseMap<const void *, bool> insideAtoms;
};

} // namespace arr

#endif // ARR_TRANSFORMS_LOOPDEPENDENCE_H
