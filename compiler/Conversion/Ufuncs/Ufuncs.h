//===- Ufuncs.h - What an elementwise function does to one element --------===//
//
// The code of every op of ArrUfuncs.td on one element, in arith and math ops on
// signless scalars. It is straight-line code, chosen so that it stays right
// when each op is replaced by the one on vectors: selects instead of branches,
// and nothing that traps or is undefined on a lane whose result is not used.
// The one exception is the power of integers with a computed exponent, a loop.
//
//===----------------------------------------------------------------------===//
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
