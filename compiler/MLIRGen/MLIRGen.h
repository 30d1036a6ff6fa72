//===- MLIRGen.h - Typed program -> module of the arr dialect -------------===//
//
// Input: a typed program without errors (compiler/Sema/Program.h). Output: a
// module with one `func.func` for each function instance (private, unless
// exported), in the arr, scf, arith and func dialects. Array parameters and
// results are places with sizes `?`; the first ops of a body check the sizes
// and name them. Every op has the FileLineColRange of the source that it stands
// for.
//
// What the module's metadata table needs is in attributes:
//
//   module attributes {arr.module = {name = "distance", doc = "...",
//                                    source = "distance.arr"}}
//
//   func.func @euclidean_f64(
//       %x: !arr.place<[?, ?], f64>, ...) -> !arr.place<[?, ?], f64>
//     attributes {arr.export = {
//       name = "euclidean",             // as in the source
//       doc = "...",                    // "" if there is none
//       location = "distance.arr:7:1",
//       params = [{name = "x",
//                  kind = "array",       // or "scalar", "str"
//                  dtype = "f64",        // the language's spelling; absent:
//                  str dims = ["n", "k"],    // as written, ":" if unnamed
//                  annotation = "f64[n, k]",
//                  written,              // unit: stores into it (arrays)
//                  default_text = "1e-6",// only with a default, as is
//                  default = 1.0e-6 : f64}, ...],
//       results = [{kind, dtype, dims, annotation}, ...]}}
//
// `default` is an f64 for floats, an i64 with the value's bits for bool and
// integers, an array of two f64 for complex numbers, a string for str. The
// parameters and results are in the order of the function's, which are
// flat: tuples are several results. Functions without `arr.export` are
// called from this module only.
//
// Array parameters that a function may store into have the unit attribute
// `arr.written`, exported or not.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_MLIRGEN_MLIRGEN_H
#define ARR_MLIRGEN_MLIRGEN_H

#include "compiler/Sema/Program.h"
#include "compiler/Support/SourceManager.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace arr {

/// The module, verified; null if something is not supported (an error was
/// emitted at its location).
mlir::OwningOpRef<mlir::ModuleOp> generate(mlir::MLIRContext &context,
                                           const typed::Program &program,
                                           const SourceManager &sources);

} // namespace arr

#endif // ARR_MLIRGEN_MLIRGEN_H
