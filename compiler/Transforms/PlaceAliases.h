//===- PlaceAliases.h - Whether two places may share memory ---------------===//
#ifndef ARR_TRANSFORMS_PLACEALIASES_H
#define ARR_TRANSFORMS_PLACEALIASES_H

#include "compiler/Dialect/Arr/Arr.h"

namespace arr {

/// True for places that are new memory.
bool isFreshPlace(mlir::Value place);

/// The array that a place is a view of, as far as views can be followed.
mlir::Value getViewedPlace(mlir::Value place);

/// False if no element of `lhs` can be one of `rhs`: different allocations,
/// different parameters of an exported function (the boundary checks that), and
/// names that a loop swaps. Both may be views; their bounds do not count.
bool mayShareMemory(mlir::Value lhs, mlir::Value rhs);

} // namespace arr

#endif // ARR_TRANSFORMS_PLACEALIASES_H
