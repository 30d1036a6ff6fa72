//===- Stdlib.cpp - Built-in functions that are written in the language
//------===//
//
// NumPy's names for functions of stdlib/. A file is read when one of its names
// is first used.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"

using namespace arr::sema;

llvm::ArrayRef<StdlibFunction> arr::sema::stdlibFunctions() {
  static const StdlibFunction table[] = {
      {"var", "statistics", true},
      {"std", "statistics", true},
      {"average", "statistics"},
      {"nansum", "statistics"},
      {"nanprod", "statistics"},
      {"nanmean", "statistics"},
      {"nanvar", "statistics"},
      {"nanstd", "statistics"},
      {"cumsum", "statistics", true},
      {"cumprod", "statistics", true},
      {"eye", "creation"},
      {"identity", "creation"},
      {"linspace", "creation"},
      {"concatenate", "shape"},
      {"stack", "shape"},
      {"vstack", "shape"},
      {"hstack", "shape"},
      {"flip", "shape"},
      {"flatnonzero", "search"},
      {"nonzero", "search", true},
      {"argwhere", "search"},
      {"sort", "sorting"},
      {"argsort", "sorting", true},
      {"ndarray.sort", "sorting", true},
      {"partition", "sorting"},
      {"argpartition", "sorting"},
      {"lexsort", "sorting"},
      {"searchsorted", "sorting", true},
      {"digitize", "sorting"},
      {"unique", "sorting"},
      {"isin", "sorting"},
      {"union1d", "sorting"},
      {"intersect1d", "sorting"},
      {"setdiff1d", "sorting"},
      {"setxor1d", "sorting"},
      {"bincount", "sorting"},
      {"histogram_bin_edges", "sorting"},
      {"histogram", "sorting"},
      {"diff", "calculus"},
      {"ediff1d", "calculus"},
      {"gradient", "calculus"},
      {"trapezoid", "calculus"},
      {"interp", "calculus"},
      {"convolve", "calculus"},
      {"correlate", "calculus"},
      {"isclose", "comparison"},
      {"allclose", "comparison"},
      {"array_equal", "comparison"},
      {"deg2rad", "functions"},
      {"rad2deg", "functions"},
      {"radians", "functions"},
      {"degrees", "functions"},
      {"sinc", "functions"},
  };
  return table;
}
