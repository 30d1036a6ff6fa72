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
