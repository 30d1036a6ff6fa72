//===- MLIRErrors.cpp - What MLIR reports, in the user's terms ------------===//

#include "compiler/Driver/MLIRErrors.h"
#include "compiler/Conversion/ArrToRuntime/RuntimeLibrary.h"
#include "mlir/IR/Location.h"

using namespace mlir;

namespace arr {

MLIRErrors::MLIRErrors(MLIRContext &context, SourceManager &sources,
                       DiagnosticEngine &diags)
    : sources(sources), diags(diags), handler(&context, [this](mlir::Diagnostic &d) {
        return handle(d);
      }) {}

SourceRange MLIRErrors::getRange(Location loc) const {
  SourceRange range;
  loc->walk([&](Location part) {
    auto file = dyn_cast<FileLineColRange>(part);
    if (!file)
      return WalkResult::advance();
    range = sources.range(file.getFilename().getValue(),
                          {file.getStartLine(), file.getStartColumn()},
                          {file.getEndLine(), file.getEndColumn()});
    return WalkResult::interrupt();
  });
  return range;
}

/// Splits "[slug] text"; "not supported yet: ..." has the slug
/// not-supported-yet, also when an operation's name stands before it.
static std::pair<StringRef, StringRef> splitSlug(StringRef text) {
  size_t unsupported = text.find("not supported yet");
  if (unsupported != StringRef::npos)
    return {"not-supported-yet", text.drop_front(unsupported)};
  if (!text.consume_front("["))
    return {"", text};
  auto [slug, rest] = text.split("] ");
  return {slug, rest};
}

LogicalResult MLIRErrors::handle(mlir::Diagnostic &diagnostic) {
  std::string text = diagnostic.str();
  auto [slug, message] = splitSlug(text);
  bool isError = diagnostic.getSeverity() == DiagnosticSeverity::Error;
  if (slug.empty()) {
    if (isError && internalError.empty()) {
      internalError = text;
      internalLocation = getLocationText(diagnostic.getLocation());
    }
    return success(); // Never MLIR's own printing.
  }
  // Kinds live as long as the diagnostics; their names are kept beside them.
  auto &kind = kinds[{slug.str(), isError}];
  if (!kind)
    kind = std::make_unique<Kind>(slug, isError ? Severity::Error : Severity::Warning);
  arr::Diagnostic &report =
      diags.report(getRange(diagnostic.getLocation()), kind->kind, message);
  for (mlir::Diagnostic &note : diagnostic.getNotes())
    report.note(getRange(note.getLocation()), note.str());
  return success();
}

void printInternalError(llvm::raw_ostream &os, StringRef location, StringRef message) {
  if (!location.empty())
    os << location << ": ";
  os << "internal error: ";
  printEscaped(os, message);
  os << "\nThis is a fault of arrc, not of your program: please report it together with "
        "the source file.\n";
}

bool MLIRErrors::printInternalError(llvm::raw_ostream &os, StringRef what) const {
  if (internalError.empty())
    return false;
  arr::printInternalError(os, internalLocation, (what + ": " + internalError).str());
  return true;
}

} // namespace arr
