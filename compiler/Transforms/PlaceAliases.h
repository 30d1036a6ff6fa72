//===- PlaceAliases.h - Whether two places may share memory ---------------===//
#ifndef ARR_TRANSFORMS_PLACEALIASES_H
#define ARR_TRANSFORMS_PLACEALIASES_H

#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace arr {

/// On functions that other functions of the module, or they themselves, call.
inline constexpr llvm::StringLiteral calledAttrName = "arr.called";

/// True if array parameters of which one is written do not overlap: the
/// boundary checks that, but calls inside the module do not pass it.
bool hasDistinctParameters(mlir::func::FuncOp function);

/// True for places that are new memory.
bool isFreshPlace(mlir::Value place);

/// The array that a place is a view of, as far as views can be followed.
mlir::Value getViewedPlace(mlir::Value place);

/// False if no element of `lhs` can be one of `rhs`: different allocations,
/// distinct parameters, and
/// names that a loop swaps. Both may be views; their bounds do not count.
bool mayShareMemory(mlir::Value lhs, mlir::Value rhs);

} // namespace arr

#endif // ARR_TRANSFORMS_PLACEALIASES_H
