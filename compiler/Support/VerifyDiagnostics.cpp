//===- VerifyDiagnostics.cpp - Check diagnostics against comments ---------===//
//
// An expectation is `expected-KIND[@LINE][:COLUMN] {{text}}`, anywhere in a
// comment. LINE is absolute, or relative with a sign; without it, the line of
// the comment is meant. The text is part of the message as it is printed.
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/VerifyDiagnostics.h"

using namespace arr;
using llvm::StringRef;

namespace {

struct Expectation {
  Severity severity;
  FileId file;
  unsigned line;
  unsigned column; // 0: any.
  StringRef text;
  unsigned writtenOn;
  bool isMet = false;
};

/// A diagnostic or a remark, on its own.
struct Message {
  Severity severity;
  SourceRange range;
  std::string text;
};

} // namespace

/// Parse what follows `expected-`, off `text`. Returns false if it is
/// malformed.
static bool parseExpectation(StringRef &text, unsigned line,
                             Expectation &result) {
  result.line = result.writtenOn = line;
  result.column = 0;
  bool isKnown = false;
  for (Severity severity :
       {Severity::Error, Severity::Warning, Severity::Note, Severity::Help})
    if (text.consume_front(spelling(severity))) {
      result.severity = severity;
      isKnown = true;
      break;
    }
  if (!isKnown)
    return false;
  if (text.consume_front("@")) {
    bool isDown = text.consume_front("+");
    bool isUp = !isDown && text.consume_front("-");
    unsigned number;
    if (text.consumeInteger(10, number))
      return false;
    result.line = isDown ? line + number : isUp ? line - number : number;
  }
  if (text.consume_front(":") && text.consumeInteger(10, result.column))
    return false;
  if (!text.consume_front(" {{"))
    return false;
  size_t end = text.find("}}");
  result.text = text.take_front(end);
  text = text.substr(end);
  return end != StringRef::npos;
}

/// Collect the expectations of a file. Returns false after a malformed one.
static bool collect(llvm::raw_ostream &os, const SourceManager &sources,
                    FileId file, std::vector<Expectation> &expectations) {
  bool isGood = true;
  for (unsigned line = 1; line <= sources.lineCount(file); ++line) {
    StringRef text = sources.lineText(file, line);
    size_t comment = text.find('#');
    if (comment == StringRef::npos)
      continue;
    text = text.drop_front(comment);
    for (size_t at = text.find("expected-"); at != StringRef::npos;
         at = text.find("expected-")) {
      text = text.drop_front(at + StringRef("expected-").size());
      Expectation next;
      next.file = file;
      if (parseExpectation(text, line, next)) {
        expectations.push_back(next);
      } else {
        os << sources.name(file) << ':' << line
           << ": malformed expectation: expected-" << text << '\n';
        isGood = false;
      }
    }
  }
  return isGood;
}

static std::vector<Message> flatten(const DiagnosticEngine &diags) {
  std::vector<Message> messages;
  for (const Diagnostic &diagnostic : diags.diagnostics()) {
    messages.push_back({diagnostic.severity(), diagnostic.range,
                        diagnostic.message + " [" +
                            diagnosticSlug(diagnostic.kind->id) + "]"});
    for (const DiagnosticRemark &remark : diagnostic.remarks)
      messages.push_back(
          {remark.severity,
           remark.range.isValid() ? remark.range : diagnostic.range,
           remark.message});
  }
  return messages;
}

bool arr::verifyDiagnostics(llvm::raw_ostream &os,
                            const DiagnosticEngine &diags) {
  const SourceManager &sources = diags.sourceManager();
  std::vector<Expectation> expectations;
  bool isGood = true;
  for (unsigned i = 0; i != sources.fileCount(); ++i)
    isGood &= collect(os, sources, FileId{i}, expectations);

  for (const Message &message : flatten(diags)) {
    LineColumn place;
    if (message.range.isValid())
      place = sources.lineColumn(message.range);
    bool isExpected = false;
    for (Expectation &e : expectations) {
      if (e.isMet || e.severity != message.severity ||
          e.file != message.range.file || e.line != place.line ||
          (e.column && e.column != place.column) ||
          !StringRef(message.text).contains(e.text))
        continue;
      e.isMet = isExpected = true;
      break;
    }
    bool isRemark = message.severity == Severity::Note ||
                    message.severity == Severity::Help;
    if (isExpected || isRemark)
      continue;
    if (message.range.isValid())
      os << sources.name(message.range.file) << ':' << place.line << ':'
         << place.column << ": ";
    os << "unexpected " << spelling(message.severity) << ": " << message.text
       << '\n';
    isGood = false;
  }
  for (const Expectation &e : expectations) {
    if (e.isMet)
      continue;
    os << sources.name(e.file) << ':' << e.writtenOn << ": expected "
       << spelling(e.severity) << " was not reported at line " << e.line;
    if (e.column)
      os << ", column " << e.column;
    os << ": " << e.text << '\n';
    isGood = false;
  }
  return isGood;
}
