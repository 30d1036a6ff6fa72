//===- Literals.cpp - Numbers and strings ---------------------------------===//
//
// Numbers keep their digits: whether they fit a dtype is for Sema to say.
// Strings get their escapes resolved, by Python's rules.
//
//===----------------------------------------------------------------------===//

#include "compiler/Parse/Builder.h"
#include "compiler/Parse/ParseDiagnostics.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace arr;
using namespace arr::ast;

/// Python's own limit. Converting digits takes quadratic time.
static constexpr size_t maxDigits = 4300;

static double toDouble(StringRef digits) {
  llvm::APFloat value(llvm::APFloat::IEEEdouble());
  auto status =
      value.convertFromString(digits, llvm::APFloat::rmNearestTiesToEven);
  // The lexer lets nothing else through.
  if (!status)
    llvm_unreachable("malformed number");
  return value.convertToDouble();
}

const Expr *Builder::number(antlr4::Token *token) {
  SourceRange where = range(token);
  StringRef spelled = diags.sourceManager().text(where);
  if (spelled.size() > maxDigits) {
    diags.report(where.startPoint(), diag::NumberTooLong, maxDigits);
    return nullptr;
  }
  std::string digits;
  llvm::copy_if(spelled, std::back_inserter(digits),
                [](char c) { return c != '_'; });
  if (token->getType() == P::FLOAT)
    return memory.create<FloatLiteral>(where, memory.copy(StringRef(digits)),
                                       toDouble(digits));
  if (token->getType() == P::IMAGINARY) {
    digits.pop_back();
    return memory.create<ImaginaryLiteral>(
        where, memory.copy(StringRef(digits)), toDouble(digits));
  }
  unsigned radix = 10;
  if (digits.size() > 1 && llvm::isAlpha(digits[1])) {
    char letter = llvm::toLower(digits[1]);
    radix = letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
    digits.erase(0, 2);
  }
  return memory.create<IntLiteral>(where, memory.copy(StringRef(digits)),
                                   radix);
}

//===----------------------------------------------------------------------===//
// Strings
//===----------------------------------------------------------------------===//

const Expr *Builder::strings(P::AtomContext *context) {
  std::string value;
  for (antlr4::tree::TerminalNode *part : context->STRING())
    if (!decodeString(range(part->getSymbol()), value))
      return nullptr;
  return memory.create<StringLiteral>(range(context),
                                      memory.copy(StringRef(value)));
}

/// Append the value of one literal.
bool Builder::decodeString(SourceRange where, std::string &value) {
  StringRef rest = diags.sourceManager().text(where);
  bool isRaw = false;
  while (llvm::isAlpha(rest.front())) {
    isRaw |= llvm::toLower(rest.front()) == 'r';
    rest = rest.drop_front();
  }
  bool isText = rest.size() >= 6 && rest[1] == rest[0] && rest[2] == rest[0];
  unsigned quotes = isText ? 3 : 1;
  rest = rest.drop_front(quotes).drop_back(quotes);

  while (!rest.empty()) {
    size_t taken = 1;
    if (rest.front() == '\\' && !isRaw) {
      uint32_t offset = where.end - quotes - rest.size();
      taken = decodeEscape(rest, {where.file, offset, offset}, value);
      if (!taken)
        return false;
    } else if (rest.front() == '\\' && rest.size() > 1 && rest[1] != '\r') {
      // Raw: neither character means anything.
      value += rest.take_front(2);
      taken = 2;
    } else if (rest.front() == '\r') {
      // Every end of line counts as one newline.
      value += '\n';
      taken = rest.starts_with("\r\n") ? 2 : 1;
    } else {
      value += rest.front();
    }
    rest = rest.drop_front(taken);
  }
  return true;
}

static void appendCodePoint(std::string &value, uint32_t code) {
  char bytes[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *end = bytes;
  llvm::ConvertCodePointToUTF8(code, end);
  value.append(bytes, end);
}

/// Append what the escape at the start of `rest` stands for; `range` is its
/// start. Returns its length, or 0 after an error.
size_t Builder::decodeEscape(StringRef rest, SourceRange where,
                             std::string &value) {
  auto fail = [&](size_t length, StringRef reason) -> size_t {
    where.end += length;
    diags.report(where, diag::BadEscape, rest.take_front(length), reason);
    return 0;
  };
  char c = rest[1];
  switch (c) {
  case '\r':
    return rest.starts_with("\\\r\n") ? 3 : 2;
  case '\n':
    return 2;
  case '\\':
  case '\'':
  case '"':
    value += c;
    return 2;
  case 'a':
    value += '\a';
    return 2;
  case 'b':
    value += '\b';
    return 2;
  case 'f':
    value += '\f';
    return 2;
  case 'n':
    value += '\n';
    return 2;
  case 'r':
    value += '\r';
    return 2;
  case 't':
    value += '\t';
    return 2;
  case 'v':
    value += '\v';
    return 2;
  case 'N':
    return fail(2, "is not supported: write `\\u` and four hexadecimal digits");
  }

  if (c >= '0' && c <= '7') {
    StringRef digits = rest.substr(1, 3).take_while(
        [](char d) { return d >= '0' && d <= '7'; });
    uint32_t code = 0;
    digits.getAsInteger(8, code);
    if (code > 0xFF)
      return fail(1 + digits.size(), "is larger than `\\377`");
    appendCodePoint(value, code);
    return 1 + digits.size();
  }

  size_t count = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  if (count == 0) {
    // The backslash stays, as in Python.
    uint32_t length = 1;
    while (length + 1 < rest.size() && (rest[length + 1] & 0xC0) == 0x80)
      ++length;
    where.end += length + 1;
    diags.report(where, diag::UnknownEscape, rest.take_front(length + 1))
        .help("write `\\\\` for a backslash");
    value += '\\';
    return 1;
  }
  StringRef digits = rest.substr(2, count).take_while(llvm::isHexDigit);
  if (digits.size() != count)
    return fail(2 + digits.size(), count == 2 ? "needs two hexadecimal digits"
                                   : count == 4
                                       ? "needs four hexadecimal digits"
                                       : "needs eight hexadecimal digits");
  uint32_t code = 0;
  digits.getAsInteger(16, code);
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
    return fail(2 + count, "is not a character");
  appendCodePoint(value, code);
  return 2 + count;
}
