//===- Parse.cpp - From source text to a syntax tree ----------------------===//
//
// Characters (SourceText), words (ArrLexer), lines and blocks (Layout),
// sentences (ArrParser), tree (Builder). Top-level statements are parsed one by
// one, so that ANTLR's parse tree of one is freed before the next.
//
//===----------------------------------------------------------------------===//

#include "compiler/Parse/Parse.h"
#include "compiler/Parse/Builder.h"
#include "compiler/Parse/Layout.h"
#include "compiler/Parse/ParseDiagnostics.h"
#include "compiler/Parse/SyntaxErrors.h"
#include "syntax/ArrLexer.h"
#include "syntax/ArrParser.h"

using namespace arr;
using syntax::ArrLexer;
using syntax::ArrParser;

namespace {
/// ANTLR's stream over text that is decoded already.
class CodePointStream : public antlr4::ANTLRInputStream {
public:
  explicit CodePointStream(const std::u32string &text) { _data = text; }
};
} // namespace

std::unique_ptr<ast::Module> arr::parseFile(const SourceManager &sources,
                                            FileId file,
                                            DiagnosticEngine &diags) {
  unsigned errorsBefore = diags.errorCount();
  SourceText text(sources, file, diags);
  CodePointStream characters(text.codePoints());
  ArrLexer lexer(&characters);
  lexer.removeErrorListeners();
  Layout layout(lexer, text, diags);

  antlr4::ListTokenSource source(layout.takeTokens());
  antlr4::CommonTokenStream stream(&source);
  ArrParser parser(&stream);
  parser.removeErrorListeners();
  parser.setErrorHandler(std::make_shared<SyntaxErrors>(text, layout, diags));

  auto module = std::make_unique<ast::Module>(file);
  Builder builder(module->context(), text, diags);
  std::vector<const ast::Stmt *> body;
  while (stream.LA(1) != antlr4::Token::EOF) {
    // The end of a block whose first line was skipped.
    if (stream.LA(1) == ArrParser::DEDENT) {
      stream.consume();
      continue;
    }
    builder.topLevel(parser.statement(), body);
    parser.getTreeTracker().reset();
  }
  if (diags.errorCount() != errorsBefore)
    return nullptr;

  ast::Block block = module->context().copy(llvm::ArrayRef(body));
  module->docstring = ast::takeDocstring(block);
  module->body = block;
  return module;
}
