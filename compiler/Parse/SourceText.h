//===- SourceText.h - A file as the characters ANTLR reads ------*- C++ -*-===//
//
// ANTLR works on code points and counts positions in them; everything else here
// works on bytes. The ANTLR runtime also throws on bytes that are not UTF-8.
// So the bytes are decoded, and checked, before it sees anything.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_PARSE_SOURCETEXT_H
#define ARR_PARSE_SOURCETEXT_H

#include "compiler/Support/Diagnostics.h"
#include <string>
#include <vector>

namespace arr {

class SourceText {
public:
  /// Decode a file. Bytes and characters that may not stand in a source file
  /// are reported and replaced by blanks, so that parsing can go on.
  SourceText(const SourceManager &sources, FileId file,
             DiagnosticEngine &diags);

  const std::u32string &codePoints() const { return text; }
  FileId fileId() const { return file; }

  /// The range of the code points [begin, end).
  SourceRange range(size_t begin, size_t end) const {
    return {file, byteOffset(begin), byteOffset(end)};
  }

private:
  uint32_t byteOffset(size_t codePoint) const {
    return offsets.empty() ? codePoint : offsets[codePoint];
  }

  FileId file;
  std::u32string text;
  /// For each code point, and the end, its byte. Empty for plain ASCII.
  std::vector<uint32_t> offsets;
};

} // namespace arr

#endif // ARR_PARSE_SOURCETEXT_H
