//===- Layout.cpp - Lines and indentation ---------------------------------===//
//
// One pass over the words. It also matches brackets, because an unclosed one
// would otherwise swallow the rest of the file, and bounds the nesting, because
// the parser that follows is recursive.
//
//===----------------------------------------------------------------------===//

#include "compiler/Parse/Layout.h"
#include "compiler/Parse/ParseDiagnostics.h"
#include "syntax/ArrLexer.h"

using namespace arr;
using antlr4::Token;
using syntax::ArrLexer;

static size_t closerOf(size_t opener) {
  switch (opener) {
  case ArrLexer::LPAREN:
    return ArrLexer::RPAREN;
  case ArrLexer::LBRACK:
    return ArrLexer::RBRACK;
  case ArrLexer::LBRACE:
    return ArrLexer::RBRACE;
  }
  return 0;
}

/// Words that are never part of an expression: at the start of a line they show
/// that a bracket before them was forgotten.
static bool startsStatementOnly(size_t type) {
  switch (type) {
  case ArrLexer::ASSERT:
  case ArrLexer::BREAK:
  case ArrLexer::CLASS:
  case ArrLexer::CONTINUE:
  case ArrLexer::DEF:
  case ArrLexer::DEL:
  case ArrLexer::ELIF:
  case ArrLexer::EXCEPT:
  case ArrLexer::FINALLY:
  case ArrLexer::GLOBAL:
  case ArrLexer::IMPORT:
  case ArrLexer::NONLOCAL:
  case ArrLexer::PASS:
  case ArrLexer::RAISE:
  case ArrLexer::RETURN:
  case ArrLexer::TRY:
  case ArrLexer::WHILE:
  case ArrLexer::WITH:
    return true;
  }
  return false;
}

Layout::Layout(antlr4::Lexer &lexer, const SourceText &text,
               DiagnosticEngine &diags)
    : lexer(lexer), text(text), diags(diags) {
  brackets.push_back({0, {}});
  while (!isTooDeep) {
    std::unique_ptr<Token> token = lexer.nextToken();
    if (token->getType() == Token::EOF) {
      endFile(std::move(token));
      return;
    }
    if (token->getType() != ArrLexer::NEWLINE) {
      addWord(std::move(token));
      continue;
    }
    isFirstOnLine = true;
    lineStart = token->getStopIndex() + 1;
    if (brackets.size() == 1 && hasWords)
      endLogicalLine(token->getStartIndex(), token->getStopIndex() + 1);
  }
  // The parser must not see what is nested too deeply.
  tokens.clear();
  size_t end = text.codePoints().size();
  emit(Token::EOF, end, end);
}

void Layout::addWord(std::unique_ptr<Token> token) {
  size_t type = token->getType();
  if (isFirstOnLine && brackets.size() > 1 && startsStatementOnly(type)) {
    reportUnclosed();
    endLogicalLine(lineStart, lineStart);
    isAfterLostLines = true;
  }
  if (!hasWords)
    startLine(token->getStartIndex());
  else
    countTails(type);
  isFirstOnLine = false;
  hasWords = true;

  if (closerOf(type))
    brackets.push_back({type, rangeOf(*token)});
  if (nesting() > maxNesting) {
    report(rangeOf(*token), diag::NestingTooDeep, std::to_string(maxNesting))
        .help("assign inner parts to variables, or move inner blocks to "
              "functions");
    isTooDeep = true;
  }
  bool isCloser = type == ArrLexer::RPAREN || type == ArrLexer::RBRACK ||
                  type == ArrLexer::RBRACE;
  if (!isCloser || closeBracket(*token))
    emit(std::move(token));
}

void Layout::endFile(std::unique_ptr<Token> eof) {
  size_t end = text.codePoints().size();
  if (brackets.size() > 1)
    reportUnclosed();
  if (hasWords)
    endLogicalLine(end, end);
  for (size_t i = 1; i < indentations.size(); ++i)
    emit(ArrLexer::DEDENT, end, end);
  emit(std::move(eof));
}

/// Compare the indentation of a logical line with that of the blocks around it.
void Layout::startLine(size_t firstWord) {
  Indentation here{0, 0};
  for (size_t i = lineStart; i != firstWord; ++i) {
    char32_t c = text.codePoints()[i];
    if (c == '\f') {
      here = {0, 0};
      continue;
    }
    if (c != ' ' && c != '\t')
      break; // A backslash: the indentation is what stands before it.
    here.columns = c == '\t' ? here.columns / 8 * 8 + 8 : here.columns + 1;
    ++here.characters;
  }

  size_t count = tokens.size();
  bool opensBlock =
      count >= 2 && tokens[count - 2]->getType() == ArrLexer::COLON;
  here.isGuess = isAfterLostLines || !opensBlock;
  isAfterLostLines = false;

  SourceRange place = text.range(lineStart, firstWord);
  bool isDeeper = here.columns > indentations.back().columns;
  if (isDeeper) {
    if (here.characters <= indentations.back().characters)
      report(place, diag::MixedTabs);
    indentations.push_back(here);
    emit(ArrLexer::INDENT, lineStart, firstWord);
    return;
  }
  bool leavesGuess = false;
  while (here.columns < indentations.back().columns) {
    leavesGuess |= indentations.back().isGuess;
    indentations.pop_back();
    emit(ArrLexer::DEDENT, firstWord, firstWord);
  }
  if (here.columns > indentations.back().columns) {
    // The first line of the block may be the wrong one: the lines that follow
    // are compared with this one.
    if (!leavesGuess)
      report(place, diag::UnmatchedDedent)
          .help("indent the line like the block that it belongs to");
    reportedLines.insert(logicalLine);
    here.isGuess = true;
    indentations.push_back(here);
    emit(ArrLexer::INDENT, lineStart, firstWord);
  } else if (here.characters != indentations.back().characters) {
    report(place, diag::MixedTabs);
  }
}

void Layout::endLogicalLine(size_t start, size_t end) {
  emit(ArrLexer::NEWLINE, start, end);
  ++logicalLine;
  hasWords = false;
  brackets.resize(1);
  brackets[0] = {0, {}};
}

/// Returns false for a bracket that closes nothing: it is left out.
bool Layout::closeBracket(const Token &token) {
  std::string word = diags.sourceManager().text(rangeOf(token)).str();
  // After one wrong bracket the others of the line seldom fit.
  bool isRepeated = isReported(logicalLine);
  if (brackets.size() == 1) {
    if (!isRepeated)
      report(rangeOf(token), diag::UnmatchedCloser, word);
    return false;
  }
  if (closerOf(brackets.back().type) == token.getType()) {
    brackets.pop_back();
    return true;
  }
  SourceRange opener = brackets.back().range;
  std::string opening = diags.sourceManager().text(opener).str();
  if (!isRepeated)
    report(rangeOf(token), diag::MismatchedCloser, word, opening)
        .note(opener, "`{0}` was opened here", opening);
  // Close what it was meant for, if there is such a thing.
  size_t match = brackets.size() - 1;
  while (match != 0 && closerOf(brackets[match].type) != token.getType())
    --match;
  brackets.resize(match ? match : brackets.size() - 1);
  return true;
}

void Layout::reportUnclosed() {
  SourceRange opener = brackets.back().range;
  report(opener, diag::UnclosedBracket,
         diags.sourceManager().text(opener).str());
}

/// Count the nesting that has no brackets of its own.
void Layout::countTails(size_t type) {
  Bracket &inner = brackets.back();
  switch (type) {
  case ArrLexer::LAMBDA:
    ++inner.tails;
    ++inner.lambdaHeads;
    break;
  case ArrLexer::ELSE:
    ++inner.tails;
    break;
  case ArrLexer::COLON:
    if (inner.lambdaHeads)
      --inner.lambdaHeads;
    break;
  case ArrLexer::COMMA:
  case ArrLexer::SEMI:
    // The commas between the parameters of a lambda end nothing.
    if (!inner.lambdaHeads)
      inner.tails = 0;
    break;
  }
}

unsigned Layout::nesting() const {
  unsigned depth = indentations.size() - 1 + brackets.size() - 1;
  for (const Bracket &bracket : brackets)
    depth += bracket.tails;
  return depth;
}

void Layout::emit(std::unique_ptr<Token> token) {
  static_cast<antlr4::CommonToken &>(*token).setLine(logicalLine);
  tokens.push_back(std::move(token));
}

void Layout::emit(size_t type, size_t start, size_t end) {
  std::pair<antlr4::TokenSource *, antlr4::CharStream *> source{
      &lexer, lexer.getInputStream()};
  emit(std::make_unique<antlr4::CommonToken>(
      source, type, Token::DEFAULT_CHANNEL, start, end - 1));
}

SourceRange Layout::rangeOf(const Token &token) const {
  return text.range(token.getStartIndex(), token.getStopIndex() + 1);
}

Diagnostic &Layout::report(SourceRange range, const DiagnosticKind &kind,
                           std::string argument, std::string second) {
  reportedLines.insert(logicalLine);
  return diags.report(range, kind, argument, second);
}
