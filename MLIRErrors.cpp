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

/// Splits "[slug] text"; "not supported yet: ..." has the slug not-supported-yet.
static std::pair<StringRef, StringRef> splitSlug(StringRef text) {
  if (text.starts_with("not supported yet"))
    return {"not-supported-yet", text};
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
  std::unique_ptr<DiagnosticKind> &kind =
      kinds[(slug + (isError ? "/error" : "/warning")).str()];
  if (!kind) {
    auto key = kinds.find((slug + (isError ? "/error" : "/warning")).str());
    // The slug is the key up to the slash; a kind wants a terminated string.
    char *name = const_cast<char *>(key->getKeyData());
    name[slug.size()] = '\0';
    kind = std::make_unique<DiagnosticKind>(DiagnosticKind{
        name, isError ? Severity::Error : Severity::Warning, "{0}"});
  }
  arr::Diagnostic &report =
      diags.report(getRange(diagnostic.getLocation()), *kind, message);
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
