//===- Exports.h - What a compiled module offers to its callers -----------===//
//
// MLIRGen describes the exported functions by plain attributes, which travel
// through the pipeline untouched:
//
//   module attributes {arr.module = {name = "distance", doc = "...",
//                                    source = "distance.arr"}} {
//     func.func @euclidean_f64(...) attributes {arr.export = {
//       name = "euclidean", doc = "...",
//       params = [{name = "x", dtype = "f64", dims = ["n", "k"],
//                  annotation = "f64[n, k]", written},
//                 {name = "eps", dtype = "f64", annotation = "float",
//                  default = 1.0e-6 : f64, default_text = "1e-6"}],
//       results = [{name = "", dtype = "f64", dims = ["n", "m"],
//                   annotation = "f64[n, m]"}],
//       structure = "."}}
//
// `dims` marks arrays (empty for 0-d), dtype "str" texts, all else are scalars;
// `written` marks arrays that the function stores into. `structure` says how
// results are put together: a point for each result, parentheses around those of
// a tuple; without it, several results are one tuple. This file reads them.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CODEGEN_EXPORTS_H
#define ARR_CODEGEN_EXPORTS_H

#include "mlir/IR/BuiltinOps.h"
#include <complex>
#include <optional>
#include <string>
#include <vector>

namespace arr {

struct ExportedParam {
  enum class Kind { Array, Scalar, Str };
  std::string name;
  Kind kind = Kind::Scalar;
  std::string dtype; // "f64"; "str"
  std::vector<std::string> dims;
  std::string annotation;
  bool isWritten = false;
  std::optional<std::string> defaultText;
  // One of these, by dtype, when there is a default.
  int64_t defaultInteger = 0;
  std::complex<double> defaultNumber;
  std::string defaultString;

  bool hasDefault() const { return defaultText.has_value(); }
};

struct ExportedFunction {
  std::string name;   // as in the source
  std::string symbol; // unique: "euclidean_f64"
  std::string doc;
  std::string location; // "distance.arr:7:1"
  std::vector<ExportedParam> params, results;
  std::string structure; // "(..)": two results, returned as a tuple

  std::string entrySymbol() const { return symbol + ".entry"; }
};

struct ExportedModule {
  std::string name;
  std::string doc;
  std::string source;
  std::vector<ExportedFunction> functions; // in source order

  const ExportedFunction *find(llvm::StringRef name) const;
};

/// The name of the attribute on exported functions.
inline constexpr llvm::StringLiteral exportAttrName = "arr.export";
inline constexpr llvm::StringLiteral moduleAttrName = "arr.module";

ExportedModule readExports(mlir::ModuleOp module);

} // namespace arr

#endif // ARR_CODEGEN_EXPORTS_H
