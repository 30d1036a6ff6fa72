//===- OverlapChecks.h - Do two views share elements, at run time ---------===//
#ifndef ARR_TRANSFORMS_OVERLAPCHECKS_H
#define ARR_TRANSFORMS_OVERLAPCHECKS_H

#include "mlir/IR/Builders.h"

namespace arr {

/// An i1 that is false only if the memrefs have no element in common: their
/// address ranges are apart, or they are rows that interleave (`x[::2]` and
/// `x[1::2]`). A few integer instructions; sizes must not be 0.
mlir::Value createOverlapCheck(mlir::OpBuilder &builder, mlir::Location loc,
                               mlir::Value lhs, mlir::Value rhs);

} // namespace arr

#endif // ARR_TRANSFORMS_OVERLAPCHECKS_H
