//===- Diagnostics.cpp - Collecting and printing diagnostics --------------===//
//
// Diagnostics are kept until the end of a compilation and then printed in
// source order, so that the order of the compiler's work does not show.
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Unicode.h"
#include <algorithm>

using namespace arr;
using llvm::StringRef;

/// A message with hundreds of errors helps nobody, and memory is finite.
static constexpr size_t maxDiagnosticsKept = 1000;
/// Tab stops in the source lines that are shown.
static constexpr unsigned tabWidth = 8;
/// Longer lines are shown around the place that matters.
static constexpr unsigned maxColumnsShown = 120;

std::string arr::diagnosticSlug(StringRef id) {
  std::string slug;
  for (char c : id) {
    if (llvm::isUpper(c) && !slug.empty())
      slug += '-';
    slug += llvm::toLower(c);
  }
  return slug;
}

std::string arr::substituteArguments(StringRef text,
                                     llvm::ArrayRef<std::string> arguments) {
  std::string result;
  while (!text.empty()) {
    if (text.size() >= 3 && text[0] == '{' && llvm::isDigit(text[1]) &&
        text[2] == '}' && size_t(text[1] - '0') < arguments.size()) {
      result += arguments[text[1] - '0'];
      text = text.drop_front(3);
      continue;
    }
    result += text.front();
    text = text.drop_front();
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

Diagnostic &DiagnosticEngine::add(SourceRange range, const DiagnosticKind &kind,
                                  std::string message) {
  bool isFull = reported.size() >= maxDiagnosticsKept;
  bool isNew =
      isFull || seen.emplace(&kind, range.file, range.begin, range.end).second;
  if (isNew)
    ++(kind.severity == Severity::Error ? errors : warnings);
  if (!isNew || isFull) {
    discarded = Diagnostic();
    discarded.kind = &kind;
    return discarded;
  }
  Diagnostic &diagnostic = reported.emplace_back();
  diagnostic.kind = &kind;
  diagnostic.range = range;
  diagnostic.message = std::move(message);
  return diagnostic;
}

void DiagnosticEngine::replay(const Diagnostic &diagnostic) {
  Diagnostic &copy =
      add(diagnostic.range, *diagnostic.kind, diagnostic.message);
  copy.highlights = diagnostic.highlights;
  copy.remarks = diagnostic.remarks;
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

namespace {
/// One character of a source line as it is shown.
struct ShownChar {
  uint32_t offset; // Of its first byte, in the line.
  unsigned column; // Where it starts on the screen, from 0.
  unsigned width;
  std::string text;
};
} // namespace

/// Characters that are invisible or change how their neighbours are shown.
static bool isDeceptive(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xA0 || c == 0xAD ||
         c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE0FFF);
}

/// Take one character from the front of `text`; `shown` is how to print it.
/// Returns its bytes' count.
static size_t takeCharacter(StringRef text, std::string &shown) {
  auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.bytes_begin());
  auto *end = reinterpret_cast<const llvm::UTF8 *>(text.bytes_end());
  const llvm::UTF8 *cursor = begin;
  llvm::UTF32 code = 0;
  llvm::raw_string_ostream os(shown);
  if (llvm::convertUTF8Sequence(&cursor, end, &code, llvm::strictConversion) !=
      llvm::conversionOK) {
    os << llvm::format("\\x%02x", *begin);
    return 1;
  }
  size_t size = cursor - begin;
  if (!isDeceptive(code))
    os << text.take_front(size);
  else if (code < 0x80)
    os << llvm::format("\\x%02x", code);
  else
    os << llvm::format("<U+%04X>", code);
  return size;
}

void arr::printEscaped(llvm::raw_ostream &os, StringRef text) {
  while (!text.empty()) {
    std::string shown;
    text = text.drop_front(takeCharacter(text, shown));
    os << shown;
  }
}

static std::vector<ShownChar> layOutLine(StringRef line) {
  std::vector<ShownChar> chars;
  unsigned column = 0;
  for (size_t offset = 0; offset != line.size();) {
    ShownChar shown;
    shown.offset = offset;
    shown.column = column;
    if (line[offset] == '\t') {
      shown.width = tabWidth - column % tabWidth;
      shown.text.assign(shown.width, ' ');
      ++offset;
    } else {
      offset += takeCharacter(line.substr(offset), shown.text);
      int width = llvm::sys::unicode::columnWidthUTF8(shown.text);
      shown.width = width < 0 ? 1 : width;
    }
    column += shown.width;
    chars.push_back(std::move(shown));
  }
  return chars;
}

/// Print the line of `range` and the marks below it.
static void printSource(llvm::raw_ostream &os, const SourceManager &sources,
                        SourceRange range,
                        llvm::ArrayRef<SourceRange> highlights) {
  LineColumn position = sources.lineColumn(range);
  uint32_t lineStart = sources.lineStart(range.file, position.line);
  StringRef line = sources.lineText(range.file, position.line);
  // Of a line of megabytes only the surroundings are looked at.
  constexpr uint32_t reach = 16 * maxColumnsShown;
  uint32_t place = range.begin > lineStart ? range.begin - lineStart : 0;
  place = std::min<uint32_t>(place, line.size());
  uint32_t cut = place > reach ? place - reach : 0;
  while (cut != place && (line[cut] & 0xC0) == 0x80)
    ++cut;
  lineStart += cut;
  line = line.substr(cut, 2 * reach);
  std::vector<ShownChar> chars = layOutLine(line);
  unsigned width = chars.empty() ? 0 : chars.back().column + chars.back().width;

  // Screen columns of a stretch of the line; what is on other lines is cut off.
  auto toColumn = [&](uint32_t offset) {
    uint32_t inLine = offset < lineStart ? 0 : offset - lineStart;
    for (const ShownChar &c : chars)
      if (c.offset >= inLine)
        return c.column;
    return width;
  };
  std::string marks(width + 1, ' ');
  auto underline = [&](SourceRange where) {
    if (where.file != range.file)
      return;
    unsigned begin = toColumn(where.begin), end = toColumn(where.end);
    if (where.end >= lineStart && where.begin <= lineStart + line.size())
      std::fill(marks.begin() + begin, marks.begin() + std::max(begin, end),
                '~');
  };
  for (SourceRange highlight : highlights)
    underline(highlight);
  underline(range);
  unsigned caret = toColumn(range.begin);
  marks[caret] = '^';

  // Show a window of a very long line.
  unsigned first = 0, last = width;
  if (width > maxColumnsShown) {
    first = caret > maxColumnsShown / 2 ? caret - maxColumnsShown / 2 : 0;
    last = std::min(width, first + maxColumnsShown);
  }
  bool isCutLeft = first || cut;
  os << "    " << (isCutLeft ? "..." : "");
  unsigned printedFrom = last;
  for (const ShownChar &c : chars) {
    if (c.column < first || c.column + c.width > last)
      continue;
    printedFrom = std::min(printedFrom, c.column);
    os << c.text;
  }
  os << (last < width ? "..." : "") << '\n';
  StringRef below = StringRef(marks).slice(printedFrom, last + 1).rtrim(' ');
  os << "    " << (isCutLeft ? "   " : "") << below << '\n';
}

StringRef arr::spelling(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "note";
  case Severity::Help:
    return "help";
  }
  return "";
}

static void printHeader(llvm::raw_ostream &os, const SourceManager &sources,
                        SourceRange range, Severity severity,
                        StringRef message) {
  if (range.isValid()) {
    LineColumn position = sources.lineColumn(range);
    printEscaped(os, sources.name(range.file));
    os << ':' << position.line << ':' << position.column << ": ";
  }
  os << spelling(severity) << ": ";
  printEscaped(os, message);
}

void DiagnosticEngine::print(llvm::raw_ostream &os,
                             const Diagnostic &diagnostic) const {
  printHeader(os, sources, diagnostic.range, diagnostic.severity(),
              diagnostic.message);
  os << " [" << diagnosticSlug(diagnostic.kind->id) << "]\n";
  if (diagnostic.range.isValid())
    printSource(os, sources, diagnostic.range, diagnostic.highlights);
  for (const DiagnosticRemark &remark : diagnostic.remarks) {
    if (!remark.range.isValid())
      os << "  ";
    printHeader(os, sources, remark.range, remark.severity, remark.message);
    os << '\n';
    if (remark.range.isValid())
      printSource(os, sources, remark.range, {});
  }
}

void DiagnosticEngine::print(llvm::raw_ostream &os) const {
  std::vector<const Diagnostic *> sorted;
  for (const Diagnostic &diagnostic : reported)
    sorted.push_back(&diagnostic);
  llvm::stable_sort(sorted,
                   [](const Diagnostic *a, const Diagnostic *b) {
                     return std::tie(a->range.file, a->range.begin) <
                            std::tie(b->range.file, b->range.begin);
                   });
  unsigned errorsShown = 0;
  for (const Diagnostic *diagnostic : sorted) {
    if (diagnostic->severity() == Severity::Error &&
        ++errorsShown > maxErrorsShown)
      break;
    print(os, *diagnostic);
  }
  if (errors > maxErrorsShown) {
    unsigned more = errors - maxErrorsShown;
    os << more << " more error" << (more == 1 ? "" : "s") << " not shown\n";
  }
}
