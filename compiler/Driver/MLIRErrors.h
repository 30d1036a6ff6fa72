//===- MLIRErrors.h - What MLIR reports, in the user's terms --------------===//
//
// Passes report the user's errors through MLIR, with a registry's slug in
// front: emitError(loc) << "[prange-conflict] iterations ...". Anything else
// that MLIR reports is a fault of the compiler, and is presented as one.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_DRIVER_MLIRERRORS_H
#define ARR_DRIVER_MLIRERRORS_H

#include "compiler/Support/Diagnostics.h"
#include "mlir/IR/Diagnostics.h"
#include <map>
#include <memory>

namespace arr {

class MLIRErrors {
public:
  MLIRErrors(mlir::MLIRContext &context, SourceManager &sources,
             DiagnosticEngine &diags);

  /// Prints the internal error, if there was one; true if it did. `what` was
  /// going on.
  bool printInternalError(llvm::raw_ostream &os, llvm::StringRef what) const;

private:
  mlir::LogicalResult handle(mlir::Diagnostic &diagnostic);
  SourceRange getRange(mlir::Location loc) const;

  SourceManager &sources;
  DiagnosticEngine &diags;
  mlir::ScopedDiagnosticHandler handler;
  /// A registry entry made from a slug.
  struct Kind {
    Kind(llvm::StringRef slug, Severity severity)
        : slug(slug), kind{this->slug.c_str(), severity, "{0}"} {}
    std::string slug;
    DiagnosticKind kind;
  };
  std::map<std::pair<std::string, bool>, std::unique_ptr<Kind>> kinds;
  std::string internalError, internalLocation;
};

/// Prints the report of a fault of the compiler.
void printInternalError(llvm::raw_ostream &os, llvm::StringRef location,
                        llvm::StringRef message);

} // namespace arr

#endif // ARR_DRIVER_MLIRERRORS_H
