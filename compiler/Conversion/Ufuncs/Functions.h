//===- Functions.h - The elementwise functions, by kind of dtype ----------===//
//
// Each lowers a function by its name, or returns null if it has none of that
// name for its dtypes.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_UFUNCS_FUNCTIONS_H
#define ARR_CONVERSION_UFUNCS_FUNCTIONS_H

#include "compiler/Conversion/Ufuncs/Scalars.h"

namespace arr {

/// Integers and bool (which counts as unsigned).
Value lowerInteger(Scalars &s, llvm::StringRef name, ValueRange x,
                   bool isUnsigned);
Value lowerFloat(Scalars &s, llvm::StringRef name, ValueRange x);
Value lowerComplex(Scalars &s, llvm::StringRef name, ValueRange x);
/// Comparisons of complex numbers, in lexicographic order.
Value compareComplex(Scalars &s, llvm::StringRef name, Value x, Value y);

/// sqrt(x*x + y*y) without overflow.
Value hypot(Scalars &s, Value x, Value y);

/// astype: `from` and `to` are the dtypes with their signs.
Value convert(Scalars &s, Value x, Type from, Type to);

} // namespace arr

#endif // ARR_CONVERSION_UFUNCS_FUNCTIONS_H
