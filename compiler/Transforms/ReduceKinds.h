//===- ReduceKinds.h - Reductions as elementwise functions ----------------===//
#ifndef ARR_TRANSFORMS_REDUCEKINDS_H
#define ARR_TRANSFORMS_REDUCEKINDS_H

#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/IR/Builders.h"

namespace arr {

/// The kind of which `total = op(total, element)` is a step; a difference is a
/// sum of negated elements.
std::optional<ReduceKind> getReduceKind(mlir::Operation *op);

/// The name of the ufunc that combines two values of an element type; empty for
/// kinds that have none.
llvm::StringRef getCombiningUfunc(ReduceKind kind, mlir::Type type);

/// What changes no total when it is combined with it, of an element type.
mlir::Value createNeutral(mlir::OpBuilder &builder, mlir::Location loc,
                          ReduceKind kind, mlir::Type type);

} // namespace arr

#endif // ARR_TRANSFORMS_REDUCEKINDS_H
