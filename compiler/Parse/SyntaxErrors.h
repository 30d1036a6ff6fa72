//===- SyntaxErrors.h - Wording of syntax errors, and recovery --*- C++ -*-===//
//
// Replaces ANTLR's error strategy. One mistake gives one error: the statement
// with the error is dropped, and parsing goes on with the next one.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_PARSE_SYNTAXERRORS_H
#define ARR_PARSE_SYNTAXERRORS_H

#include "compiler/Parse/Layout.h"

namespace arr {

class SyntaxErrors : public antlr4::DefaultErrorStrategy {
public:
  SyntaxErrors(const SourceText &text, const Layout &layout,
               DiagnosticEngine &diags)
      : text(text), layout(layout), diags(diags) {}

  void reportError(antlr4::Parser *parser,
                   const antlr4::RecognitionException &error) override;
  /// Leaves rules up to the statement, then skips the rest of that.
  void recover(antlr4::Parser *parser, std::exception_ptr error) override;
  /// No token is ever inserted or left out: the guess would be wrong as often
  /// as right, and a wrong one gives a second error.
  antlr4::Token *recoverInline(antlr4::Parser *parser) override;
  /// Between the statements of a block: pass over what cannot start one.
  void sync(antlr4::Parser *parser) override;

private:
  const SourceText &text;
  const Layout &layout;
  DiagnosticEngine &diags;
  size_t lastLine = 0; // Logical line of the last error: one each is enough.
};

} // namespace arr

#endif // ARR_PARSE_SYNTAXERRORS_H
