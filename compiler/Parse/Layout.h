//===- Layout.h - Lines and indentation -------------------------*- C++ -*-===//
//
// In: the words of ArrLexer, with a NEWLINE at every line end. Out: the tokens
// that ArrParser reads, where NEWLINE ends a statement and blocks stand between
// INDENT and DEDENT. The rules are Python's.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_PARSE_LAYOUT_H
#define ARR_PARSE_LAYOUT_H

#include "antlr4-runtime.h"
#include "compiler/Parse/SourceText.h"
#include "llvm/ADT/DenseSet.h"
#include <memory>
#include <vector>

namespace arr {

class Layout {
public:
  /// How deep brackets, blocks, lambdas and conditional expressions may nest.
  /// The parser's recursion is bounded by this, so it is checked before it.
  static constexpr unsigned maxNesting = 200;

  Layout(antlr4::Lexer &lexer, const SourceText &text, DiagnosticEngine &diags);

  /// The tokens, ending with EOF. Their line number is that of the logical
  /// line, which may be several lines of the file.
  std::vector<std::unique_ptr<antlr4::Token>> takeTokens() {
    return std::move(tokens);
  }

  /// Was an error already reported in this logical line? Then what the parser
  /// finds there is most likely its consequence.
  bool isReported(size_t logicalLine) const {
    return reportedLines.contains(logicalLine);
  }

private:
  struct Bracket {
    size_t type;
    SourceRange range;
    /// Nesting without brackets: `lambda: lambda: ...`, `a if b else c if ...`
    unsigned tails = 0;
    /// Lambdas whose parameters are being read.
    unsigned lambdaHeads = 0;
  };
  struct Indentation {
    unsigned columns;    // With tab stops every 8 columns.
    unsigned characters; // With tabs as one column.
    /// No colon opened the block, or it is lost in an unclosed bracket.
    bool isGuess = false;
  };

  void addWord(std::unique_ptr<antlr4::Token> token);
  void endFile(std::unique_ptr<antlr4::Token> eof);
  void startLine(size_t firstWord);
  void endLogicalLine(size_t start, size_t stop);
  bool closeBracket(const antlr4::Token &token);
  void reportUnclosed();
  void countTails(size_t type);
  unsigned nesting() const;

  void emit(std::unique_ptr<antlr4::Token> token);
  void emit(size_t type, size_t start, size_t end);
  SourceRange rangeOf(const antlr4::Token &token) const;
  Diagnostic &report(SourceRange range, const DiagnosticKind &kind,
                     std::string argument = {}, std::string second = {});

  antlr4::Lexer &lexer;
  const SourceText &text;
  DiagnosticEngine &diags;

  std::vector<std::unique_ptr<antlr4::Token>> tokens;
  llvm::DenseSet<size_t> reportedLines;
  /// The first entry stands for the statement itself, outside all brackets.
  std::vector<Bracket> brackets;
  std::vector<Indentation> indentations{{0, 0}};
  bool isAfterLostLines = false;
  size_t logicalLine = 1;
  size_t lineStart = 0;      // Of the physical line, in code points.
  bool isFirstOnLine = true; // No word yet on the physical line.
  bool hasWords = false;     // Some word on the logical line.
  bool isTooDeep = false;
};

} // namespace arr

#endif // ARR_PARSE_LAYOUT_H
