//===- SourceText.cpp - A file as the characters ANTLR reads --------------===//
//
// Decodes UTF-8 and refuses what could make a file mean something else than it
// shows: bidirectional controls, invisible characters, blanks that are not
// blanks. This holds in comments and strings too.
//
//===----------------------------------------------------------------------===//

#include "compiler/Parse/SourceText.h"
#include "compiler/Parse/ParseDiagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include <algorithm>

using namespace arr;
using llvm::StringRef;

static std::string codePointName(uint32_t c) {
  std::string digits = llvm::utohexstr(c);
  return "U+" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') +
         digits;
}

static bool isBidirectional(uint32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool isInvisible(uint32_t c) {
  return c == 0xAD || c == 0x200B || c == 0x2028 || c == 0x2029 ||
         (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

static bool isControl(uint32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') ||
         (c >= 0x7F && c < 0xA0);
}

/// Report a character that no source file may contain. Returns false for the
/// others.
static bool reportCharacter(uint32_t c, SourceRange where,
                            DiagnosticEngine &diags) {
  if (c == 0xA0 || c == 0x202F) {
    diags.report(where, diag::NoBreakSpace, codePointName(c))
        .help("write an ordinary space");
    return true;
  }
  if (isBidirectional(c)) {
    diags.report(where, diag::BidirectionalCharacter, codePointName(c))
        .help("remove it; in a string, write the escape `\\u{0}`",
              llvm::utohexstr(c, /*LowerCase=*/true, /*Width=*/4));
    return true;
  }
  if (isControl(c) || isInvisible(c)) {
    diags.report(where, diag::ControlCharacter, codePointName(c));
    return true;
  }
  return false;
}

SourceText::SourceText(const SourceManager &sources, FileId file,
                       DiagnosticEngine &diags)
    : file(file) {
  StringRef bytes = sources.text(file);
  bool isAscii = llvm::isASCII(bytes);
  text.reserve(bytes.size());
  if (!isAscii)
    offsets.reserve(bytes.size() + 1);

  auto *begin = reinterpret_cast<const llvm::UTF8 *>(bytes.bytes_begin());
  auto *end = reinterpret_cast<const llvm::UTF8 *>(bytes.bytes_end());
  const llvm::UTF8 *cursor = begin;
  if (bytes.starts_with("\xEF\xBB\xBF"))
    cursor += 3;

  while (cursor != end) {
    uint32_t offset = cursor - begin;
    llvm::UTF32 c = *cursor;
    if (c < 0x80) {
      ++cursor;
    } else if (llvm::convertUTF8Sequence(&cursor, end, &c,
                                         llvm::strictConversion) !=
               llvm::conversionOK) {
      // One report for a run of bad bytes: a file in another encoding, or no
      // text at all.
      uint32_t last = offset;
      do
        ++last;
      while (begin + last != end && begin[last] >= 0x80 &&
             !llvm::isLegalUTF8Sequence(begin + last, end));
      diags
          .report({file, offset, last}, diag::InvalidUtf8,
                  llvm::utohexstr(bytes[offset] & 0xFF, true, 2))
          .help("save the file as UTF-8");
      cursor = begin + last;
      c = ' ';
    }
    uint32_t next = cursor - begin;
    if (reportCharacter(c, {file, offset, next}, diags))
      c = ' ';
    text.push_back(c);
    if (!isAscii)
      offsets.push_back(offset);
  }
  if (!isAscii)
    offsets.push_back(bytes.size());
}
