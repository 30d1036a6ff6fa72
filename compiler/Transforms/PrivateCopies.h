//===- PrivateCopies.h - Parallel loops that update arrays ----------------===//
#ifndef ARR_TRANSFORMS_PRIVATECOPIES_H
#define ARR_TRANSFORMS_PRIVATECOPIES_H

#include "compiler/Dialect/Arr/Arr.h"

namespace arr {

/// On a prange: it updates arrays (arr-check-prange has found which), and needs
/// copies of them for each thread. On the op that ends an update: its kind.
constexpr llvm::StringLiteral updateAttrName = "arr.update";

/// An scf.for with the same body; accumulators become carried values.
void makeSerial(PrangeOp loop);

} // namespace arr

#endif // ARR_TRANSFORMS_PRIVATECOPIES_H
