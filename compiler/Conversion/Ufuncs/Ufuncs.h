//===- Ufuncs.h - What an elementwise function does to one element --------===//
#ifndef ARR_CONVERSION_UFUNCS_H
#define ARR_CONVERSION_UFUNCS_H

#include "mlir/IR/Builders.h"

namespace arr {

/// The scalar code of `op`, an op of ArrUfuncs.td on scalars or values, at the
/// builder's position. `op`'s own types tell the dtypes (signed or unsigned);
/// `operands` and the result are scalars of the signless types: i1 for bool.
mlir::Value lowerUfunc(mlir::OpBuilder &builder, mlir::Operation *op,
                       mlir::ValueRange operands);

} // namespace arr

#endif // ARR_CONVERSION_UFUNCS_H
