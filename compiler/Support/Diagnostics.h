//===- Diagnostics.h - Errors and warnings with source positions -*- C++
//-*-===//
//
// Every error and warning has a kind, declared in the registry of its stage:
//
//   // compiler/Sema/SemaDiagnostics.def
//   ARR_ERROR(UndefinedName, "undefined name `{0}`")
//   ARR_WARNING(NarrowingStore, "storing `{0}` in `{1}` loses digits")
//
//   // compiler/Sema/SemaDiagnostics.h
//   #include "compiler/Support/Diagnostics.h"
//   namespace arr::diag {
//   #define ARR_DIAGNOSTIC_REGISTRY "compiler/Sema/SemaDiagnostics.def"
//   #include "compiler/Support/DeclareDiagnostics.inc"
//   }
//
// and is reported where it is found:
//
//   diags.report(name->range, diag::UndefinedName, name->id)
//       .note(other, "`{0}` is defined here", close)
//       .help("write `{0}`", close);
//
// Wording: lower case, no full stop, code in backquotes, what the user wrote
// and not what it became; first what was seen, then the rule, last the way out.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_SUPPORT_DIAGNOSTICS_H
#define ARR_SUPPORT_DIAGNOSTICS_H

#include "compiler/Support/SourceManager.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/raw_ostream.h"
#include <deque>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace arr {

enum class Severity { Error, Warning, Note, Help };
/// "error", "warning", "note", "help".
llvm::StringRef spelling(Severity severity);

/// An entry of a registry. Its address is its identity; `id` is the name in the
/// registry, printed as `[undefined-name]`, which is its key in the error
/// index.
struct DiagnosticKind {
  const char *id;
  Severity severity;
  const char *text;
};

/// `UndefinedName` -> `undefined-name`.
std::string diagnosticSlug(llvm::StringRef id);

/// Replace `{0}`, `{1}`, ... in `text` by the arguments.
std::string substituteArguments(llvm::StringRef text,
                                llvm::ArrayRef<std::string> arguments);

namespace detail {
template <typename T> std::string toText(const T &value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}
inline std::string toText(bool value) { return value ? "True" : "False"; }

/// Any value that can be written to a raw_ostream may be an argument.
template <typename... Args>
std::string format(llvm::StringRef text, const Args &...args) {
  std::vector<std::string> arguments{toText(args)...};
  return substituteArguments(text, arguments);
}
} // namespace detail

/// A remark below a diagnostic: a note with its own place, or a hint.
struct DiagnosticRemark {
  Severity severity;
  SourceRange range; // Invalid: no source line is shown.
  std::string message;
};

/// One reported error or warning with all that belongs to it.
struct Diagnostic {
  const DiagnosticKind *kind = nullptr;
  SourceRange range;
  std::string message;
  /// Further places on the same line, underlined with `~`.
  llvm::SmallVector<SourceRange, 2> highlights;
  std::vector<DiagnosticRemark> remarks;

  Severity severity() const { return kind->severity; }

  Diagnostic &highlight(SourceRange where) {
    highlights.push_back(where);
    return *this;
  }
  /// A second place that matters ("first used here").
  template <typename... Args>
  Diagnostic &note(SourceRange where, llvm::StringRef text,
                   const Args &...args) {
    remarks.push_back({Severity::Note, where, detail::format(text, args...)});
    return *this;
  }
  /// A fact without a place.
  template <typename... Args>
  Diagnostic &note(llvm::StringRef text, const Args &...args) {
    return note(SourceRange(), text, args...);
  }
  /// What to write instead.
  template <typename... Args>
  Diagnostic &help(llvm::StringRef text, const Args &...args) {
    remarks.push_back(
        {Severity::Help, SourceRange(), detail::format(text, args...)});
    return *this;
  }
};

/// Collects the diagnostics of one compilation and prints them at its end.
class DiagnosticEngine {
public:
  /// Errors shown; the rest is counted.
  static constexpr unsigned maxErrorsShown = 20;

  explicit DiagnosticEngine(const SourceManager &sources) : sources(sources) {}
  DiagnosticEngine(const DiagnosticEngine &) = delete;
  DiagnosticEngine &operator=(const DiagnosticEngine &) = delete;

  /// Report a diagnostic. The same kind at the same place is reported once:
  /// the instances of a template would otherwise repeat each other. The result
  /// stays valid as long as the engine, to attach notes to.
  template <typename... Args>
  Diagnostic &report(SourceRange range, const DiagnosticKind &kind,
                     const Args &...args) {
    return add(range, kind, detail::format(kind.text, args...));
  }

  /// Take over a diagnostic that another engine collected: Sema checks loop
  /// bodies and instances on trial, and keeps what the last trial found.
  void replay(const Diagnostic &diagnostic);

  bool hasErrors() const { return errors != 0; }
  unsigned errorCount() const { return errors; }
  unsigned warningCount() const { return warnings; }
  /// In the order in which they were reported.
  const std::deque<Diagnostic> &diagnostics() const { return reported; }
  const SourceManager &sourceManager() const { return sources; }

  /// Print everything in source order, file by file as they were loaded:
  ///   file:line:col: error: message [kind]
  ///     source line
  ///       ^~~~
  /// followed by notes and hints.
  void print(llvm::raw_ostream &os) const;
  /// Print one diagnostic.
  void print(llvm::raw_ostream &os, const Diagnostic &diagnostic) const;

private:
  Diagnostic &add(SourceRange range, const DiagnosticKind &kind,
                  std::string message);

  const SourceManager &sources;
  std::deque<Diagnostic> reported;
  std::set<std::tuple<const DiagnosticKind *, FileId, uint32_t, uint32_t>> seen;
  Diagnostic discarded; // Takes the notes of a repeated diagnostic.
  unsigned errors = 0;
  unsigned warnings = 0;
};

/// Write text that came from a source file or a file name: control characters
/// and bytes that are not UTF-8 are shown as escapes, so that a file cannot
/// drive the terminal.
void printEscaped(llvm::raw_ostream &os, llvm::StringRef text);

} // namespace arr

#endif // ARR_SUPPORT_DIAGNOSTICS_H
