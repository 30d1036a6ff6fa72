//===- SyntaxErrors.cpp - Wording of syntax errors, and recovery ----------===//
//
// The parser stops at the first word that fits no rule. From that word, the
// words around it and the rule that was being read, the functions below guess
// what the writer had in mind; much of it is valid Python that Arr does not
// have. The last resort is "expected X, found Y".
//
//===----------------------------------------------------------------------===//

#include "compiler/Parse/SyntaxErrors.h"
#include "compiler/Parse/ParseDiagnostics.h"
#include "syntax/ArrLexer.h"
#include "syntax/ArrParser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace arr;
using antlr4::Parser;
using antlr4::Token;
using llvm::StringRef;
using syntax::ArrParser;

namespace {

/// Reports one error; lives as long as that takes.
class Describer {
public:
  Describer(ArrParser &parser, const SourceText &text, DiagnosticEngine &diags)
      : parser(parser), text(text), diags(diags),
        stream(*parser.getTokenStream()), token(*stream.LT(1)),
        type(token.getType()), rule(parser.getContext()->getRuleIndex()),
        expected(parser.getExpectedTokens()) {}

  void report() {
    if (reportBadWord() || reportKeywordAsName() || reportParameters() ||
        reportUnsupported() || reportBlocks())
      return;
    reportUnexpected();
  }

private:
  bool reportBadWord();
  bool reportBadCharacter();
  bool reportKeywordAsName();
  bool reportParameters();
  bool reportUnsupported();
  bool reportBlocks();
  void reportUnexpected();

  bool notInLanguage(StringRef what, StringRef help) {
    diags.report(range(token), diag::NotInLanguage, what).help(help);
    return true;
  }

  /// The token `distance` words before (negative) or after the current one.
  size_t typeAt(int distance) const {
    Token *other = stream.LT(distance > 0 ? distance + 1 : distance);
    return other ? other->getType() : Token::EOF;
  }
  bool previousIs(size_t wanted) const { return typeAt(-1) == wanted; }
  bool touchesPrevious() const {
    Token *previous = stream.LT(-1);
    return previous && previous->getStopIndex() + 1 == token.getStartIndex();
  }
  static bool isLayout(size_t type) {
    return type == ArrParser::NEWLINE || type == ArrParser::INDENT ||
           type == ArrParser::DEDENT;
  }
  /// Is the word at `distance` the first of a statement?
  bool isFirstWord(ssize_t distance) const {
    const Token *before = stream.LT(distance - 1);
    return !before || isLayout(before->getType()) ||
           before->getType() == ArrParser::SEMI;
  }
  bool startsStatement() const { return isFirstWord(0); }
  /// Could an operator follow the previous word?
  bool afterOperand() const {
    return !startsStatement() && !previousIs(ArrParser::LPAREN) &&
           !previousIs(ArrParser::LBRACK) && !previousIs(ArrParser::COMMA) &&
           !previousIs(ArrParser::ASSIGN) && !previousIs(ArrParser::RETURN) &&
           !previousIs(ArrParser::FOR) && !previousIs(ArrParser::IN);
  }
  SourceRange range(const Token &of) const {
    return text.range(of.getStartIndex(), of.getStopIndex() + 1);
  }
  /// Where the error is shown. The end of a line is after its last word, not
  /// after its comment.
  SourceRange place() const {
    Token *previous = stream.LT(-1);
    bool isAfterWord = type == ArrParser::NEWLINE || type == Token::EOF;
    if (isAfterWord && previous && !startsStatement())
      return range(*previous).endPoint();
    return type == Token::EOF ? range(token).startPoint() : range(token);
  }
  std::string spelling(const Token &of) const {
    StringRef word = diags.sourceManager().text(range(of));
    // Cut long words between characters.
    size_t length = 30;
    if (word.size() <= length)
      return word.str();
    while ((word[length] & 0xC0) == 0x80)
      --length;
    return word.take_front(length).str() + "...";
  }

  ArrParser &parser;
  const SourceText &text;
  DiagnosticEngine &diags;
  antlr4::TokenStream &stream;
  const Token &token;
  const size_t type;
  const size_t rule;
  const antlr4::misc::IntervalSet expected;
};

bool isKeyword(size_t type) {
  return type >= ArrParser::AND && type <= ArrParser::YIELD;
}

} // namespace

//===----------------------------------------------------------------------===//
// Words that are no words
//===----------------------------------------------------------------------===//

bool Describer::reportBadWord() {
  std::string word = spelling(token);
  switch (type) {
  case ArrParser::BAD_NUMBER: {
    Diagnostic &error = diags.report(range(token), diag::BadNumber, word);
    StringRef digits = StringRef(word).ltrim('0');
    if (word[0] == '0' && !digits.empty() &&
        llvm::all_of(digits, llvm::isDigit))
      error.help("write `{0}`, or `0o{0}` for an octal number", digits);
    else if (StringRef(word).contains("__") || word.back() == '_')
      error.help("an underscore stands between two digits");
    return true;
  }
  case ArrParser::UNCLOSED_STRING:
    diags.report(range(token), diag::UnclosedString)
        .help("close it on the same line, or use three quotes for a text of "
              "several lines");
    return true;
  case ArrParser::UNCLOSED_TEXT: {
    SourceRange start = range(token);
    size_t quotes = diags.sourceManager().text(start).find_first_of("'\"") + 3;
    start.end = start.begin + quotes;
    diags.report(start, diag::UnclosedString)
        .help("close the text with three quotes");
    return true;
  }
  case ArrParser::FSTRING:
    return notInLanguage("f-strings are",
                         "give the values to `print` one by one, separated by "
                         "commas");
  case ArrParser::BYTES:
    return notInLanguage("bytes literals are", "write a list of integers");
  case ArrParser::BAD_CHARACTER:
    return reportBadCharacter();
  }
  return false;
}

bool Describer::reportBadCharacter() {
  std::string word = spelling(token);
  if (word == "\\") {
    diags.report(range(token), diag::LoneBackslash);
    return true;
  }
  Diagnostic &error = diags.report(range(token), diag::BadCharacter, word);
  StringRef instead = llvm::StringSwitch<StringRef>(word)
                          .Case("!", "not")
                          .Cases({"\u2018", "\u2019", "\u201C", "\u201D"}, "'")
                          .Cases({"\u2013", "\u2014", "\u2212"}, "-")
                          .Cases({"\u00D7", "\u22C5", "\u00B7"}, "*")
                          .Case("\u00F7", "/")
                          .Case("\u2264", "<=")
                          .Case("\u2265", ">=")
                          .Case("\u2260", "!=")
                          .Case("\u00B2", "**2")
                          .Case("\u00B3", "**3")
                          .Cases({"\uFF08", "\uFF09"}, "(` or `)")
                          .Case("\uFF0C", ",")
                          .Case("\uFF1A", ":")
                          .Default("");
  if (!instead.empty())
    error.help("write `{0}`", instead);
  else if (word == "?")
    error.help("a conditional expression is written `a if condition else b`");
  else if (text.codePoints()[token.getStartIndex()] >= 0x80)
    error.help("names have Latin, Greek, Cyrillic, Japanese or Chinese "
               "letters, digits and `_`, each letter as one code point");
  return true;
}

//===----------------------------------------------------------------------===//
// Python that is not in the language
//===----------------------------------------------------------------------===//

bool Describer::reportKeywordAsName() {
  // `lambda = 1`: the mistake shows one word later.
  if (type == ArrParser::ASSIGN && isKeyword(typeAt(-1)) && isFirstWord(-1)) {
    const Token &word = *stream.LT(-1);
    diags.report(range(word), diag::KeywordAsName, spelling(word));
    return true;
  }
  if (!isKeyword(type))
    return false;
  bool isTarget = startsStatement() && typeAt(1) == ArrParser::ASSIGN;
  bool isMember = previousIs(ArrParser::DOT) || previousIs(ArrParser::DEF);
  bool isParameter =
      type != ArrParser::LAMBDA &&
      (rule == ArrParser::RuleParams || rule == ArrParser::RuleFunctionDef) &&
      (previousIs(ArrParser::LPAREN) || previousIs(ArrParser::COMMA));
  bool isImported = previousIs(ArrParser::IMPORT) ||
                    rule == ArrParser::RuleDottedName ||
                    rule == ArrParser::RuleImportAlias;
  if (!isTarget && !isMember && !isParameter && !isImported)
    return false;
  diags.report(range(token), diag::KeywordAsName, spelling(token));
  return true;
}

bool Describer::reportParameters() {
  bool isParameter =
      rule == ArrParser::RuleParams || rule == ArrParser::RuleParam ||
      rule == ArrParser::RuleLambdaParams ||
      rule == ArrParser::RuleLambdaParam ||
      rule == ArrParser::RuleFunctionDef || rule == ArrParser::RuleLambda;
  if (!isParameter)
    return false;
  if (type == ArrParser::NAME && previousIs(ArrParser::STAR))
    return notInLanguage("a variable number of arguments (`*` parameter) is",
                         "name the parameters one by one, or take an array");
  if (type == ArrParser::POW)
    return notInLanguage("arbitrary keyword arguments (`**` parameter) are",
                         "name the parameters one by one, with defaults");
  if (type == ArrParser::LBRACK && typeAt(-2) == ArrParser::DEF)
    return notInLanguage(
        "type parameters are",
        "declare a dtype variable above, such as `T = f32 | f64`");
  return false;
}

bool Describer::reportUnsupported() {
  StringRef word = diags.sourceManager().text(range(token));
  switch (type) {
  case ArrParser::CLASS:
    return notInLanguage("classes are", "write functions of arrays; a function "
                                        "may return several values as a tuple");
  case ArrParser::TRY:
  case ArrParser::EXCEPT:
  case ArrParser::FINALLY:
    return notInLanguage("exception handling (`try`) is",
                         "test for the bad case before, with `if`");
  case ArrParser::RAISE:
    return notInLanguage("`raise` is", "write `assert condition, 'message'`");
  case ArrParser::WITH:
    return notInLanguage("`with` is", "call the function by itself");
  case ArrParser::GLOBAL:
  case ArrParser::NONLOCAL:
    return notInLanguage(
        (llvm::Twine("`") + word + "` is").str(),
        "take the value as a parameter, and return the new one");
  case ArrParser::DEL:
    return notInLanguage("`del` is", "leave it out: an array is freed after "
                                     "its last use");
  case ArrParser::ASYNC:
  case ArrParser::AWAIT:
    return notInLanguage((llvm::Twine("`") + word + "` is").str(),
                         "for parallel work, write a loop over `prange`");
  case ArrParser::YIELD:
    return notInLanguage("generators (`yield`) are",
                         "fill an array and return it");
  case ArrParser::WALRUS:
    return notInLanguage("assignment inside an expression (`:=`) is",
                         "assign in a statement before");
  case ArrParser::LBRACE:
    return notInLanguage("dictionaries and sets are",
                         "use arrays, or one variable for each value");
  case ArrParser::FOR:
    if (!startsStatement())
      return notInLanguage("comprehensions and generators are",
                           "fill an array in a loop, or write an array "
                           "expression");
    return false;
  case ArrParser::STAR:
    if (rule == ArrParser::RuleImportFrom)
      return notInLanguage("`import *` is",
                           "name what you use: `from module import f, g`");
    if (!afterOperand())
      return notInLanguage("unpacking with `*` is",
                           "write the elements one by one");
    return false;
  case ArrParser::POW:
    if (!afterOperand())
      return notInLanguage("unpacking with `**` is",
                           "write the arguments one by one");
    return false;
  case ArrParser::DOT:
  case ArrParser::ELLIPSIS:
    if (previousIs(ArrParser::FROM))
      return notInLanguage("a relative import is",
                           "write the module's name: modules are searched "
                           "beside the importing file");
    return false;
  }

  // `match x:`, `type T = ...`, `print x`: names, but followed by a word that
  // cannot follow a name.
  const Token *previous = stream.LT(-1);
  if (!previous || previous->getType() != ArrParser::NAME)
    return false;
  bool isFirst = isFirstWord(-1) || typeAt(-2) == ArrParser::COLON;
  bool isOperand = type == ArrParser::NAME || type == ArrParser::INT ||
                   type == ArrParser::FLOAT || type == ArrParser::STRING;
  if (!isFirst || !isOperand)
    return false;
  std::string name = spelling(*previous);
  if (name == "print") {
    diags.report(range(token), diag::PrintStatement)
        .help("write `print({0})`", word);
    return true;
  }
  if (name == "match" || name == "case") {
    diags.report(range(*previous), diag::NotInLanguage, "`match` is")
        .help("write `if`, `elif` and `else`");
    return true;
  }
  if (name == "type") {
    diags.report(range(*previous), diag::NotInLanguage, "`type` is")
        .help("write `{0} = ...`", word);
    return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// The shape of blocks, and the rest
//===----------------------------------------------------------------------===//

bool Describer::reportBlocks() {
  if (type == ArrParser::INDENT) {
    diags.report(range(token), diag::UnexpectedIndent);
    return true;
  }
  if (expected.size() == 1 && expected.contains(size_t(ArrParser::INDENT))) {
    // The rule `suite` is inside the statement whose block is missing. The
    // block may be that of an `else`: the first word of its line is what
    // counts.
    ssize_t distance = -2;
    const Token *header = stream.LT(distance);
    while (const Token *word = stream.LT(--distance)) {
      if (isLayout(word->getType()))
        break;
      header = word;
    }
    diags.report(place(), diag::ExpectedBlock, spelling(*header))
        .note(range(*header), "`{0}` starts here", spelling(*header));
    return true;
  }
  if ((type == ArrParser::ELSE || type == ArrParser::ELIF) &&
      startsStatement()) {
    Diagnostic &error =
        diags.report(range(token), diag::UnexpectedElse, spelling(token), "if");
    error.help("indent it like the `if`, with nothing between them");
    return true;
  }
  return false;
}

/// What the parser was looking for, in a few words. Empty if there is nothing
/// short to say.
static std::string describeExpected(const antlr4::misc::IntervalSet &expected,
                                    const antlr4::dfa::Vocabulary &names) {
  auto has = [&](size_t type) { return expected.contains(type); };
  if (has(ArrParser::PASS))
    return "a statement";
  if (has(ArrParser::NAME) && has(ArrParser::INT))
    return "an expression";
  if (has(ArrParser::NAME))
    return "a name";
  if (has(ArrParser::NEWLINE))
    return "the end of the statement";
  // A list was being read, and its loop has already been left.
  if (has(ArrParser::RPAREN))
    return "`,` or `)`";
  if (has(ArrParser::RBRACK))
    return "`,` or `]`";
  std::vector<ssize_t> types = expected.toList();
  if (types.size() != 1)
    return "";
  std::string literal = names.getLiteralName(types[0]);
  return literal.empty() ? ""
                         : ("`" + StringRef(literal).trim('\'') + "`").str();
}

void Describer::reportUnexpected() {
  std::string wanted = describeExpected(expected, parser.getVocabulary());
  if (wanted.empty())
    wanted = "the end of the statement";
  std::string found = "`" + spelling(token) + "`";
  if (type == ArrParser::NEWLINE)
    found = "the end of the line";
  if (type == Token::EOF)
    found = "the end of the file";
  if (type == ArrParser::DEDENT)
    found = "the end of the block";

  Diagnostic &error =
      diags.report(place(), diag::UnexpectedToken, wanted, found);
  if (type == ArrParser::IF && previousIs(ArrParser::ELSE))
    error.help("write `elif`");
  else if (type == ArrParser::ASSIGN && wanted == "`:`")
    error.help("to compare, write `==`");
  else if (type == ArrParser::AMP && previousIs(ArrParser::AMP) &&
           touchesPrevious())
    error.help("write `and`");
  else if (type == ArrParser::BAR && previousIs(ArrParser::BAR) &&
           touchesPrevious())
    error.help("write `or`");
  else if (type == ArrParser::NEWLINE && previousIs(ArrParser::PLUS) &&
           typeAt(-2) == ArrParser::PLUS)
    error.help("write `+= 1`");
  else if (type == ArrParser::NEWLINE && previousIs(ArrParser::MINUS) &&
           typeAt(-2) == ArrParser::MINUS)
    error.help("write `-= 1`");
  else if (wanted == "`else`")
    error.help("a conditional expression is written `a if condition else b`");
}

//===----------------------------------------------------------------------===//
// Recovery
//===----------------------------------------------------------------------===//

void SyntaxErrors::reportError(Parser *parser,
                               const antlr4::RecognitionException &) {
  if (inErrorRecoveryMode(parser))
    return;
  beginErrorCondition(parser);
  size_t line = parser->getCurrentToken()->getLine();
  if (line != lastLine && !layout.isReported(line))
    Describer(*static_cast<ArrParser *>(parser), text, diags).report();
  lastLine = line;
}

/// Go to the start of the next line, but not out of a block.
static void skipLine(Parser &parser) {
  antlr4::TokenStream &stream = *parser.getTokenStream();
  while (true) {
    switch (stream.LA(1)) {
    case ArrParser::NEWLINE:
      stream.consume();
      return;
    case ArrParser::INDENT:
    case ArrParser::DEDENT:
    case Token::EOF:
      return;
    }
    stream.consume();
  }
}

/// Skip a block with all that is in it.
static void skipBlock(antlr4::TokenStream &stream) {
  unsigned depth = 0;
  do {
    depth += stream.LA(1) == ArrParser::INDENT;
    depth -= stream.LA(1) == ArrParser::DEDENT;
    stream.consume();
  } while (depth && stream.LA(1) != Token::EOF);
}

static bool continuesStatement(size_t type) {
  return type == ArrParser::ELIF || type == ArrParser::ELSE ||
         type == ArrParser::EXCEPT || type == ArrParser::FINALLY;
}

void SyntaxErrors::recover(Parser *parser, std::exception_ptr error) {
  antlr4::ParserRuleContext *context = parser->getContext();
  if (context->getRuleIndex() != ArrParser::RuleStatement)
    std::rethrow_exception(error);

  antlr4::TokenStream &stream = *parser->getTokenStream();
  const Token *first = context->getStart();
  // Without its block, a line such as `if x:` is behind us already.
  bool isAtLineStart = stream.LT(-1) &&
                       stream.LT(-1)->getType() == ArrParser::NEWLINE &&
                       stream.LT(1) != first;
  bool isClass =
      first->getType() == ArrParser::CLASS || stream.LA(1) == ArrParser::CLASS;
  if (!isAtLineStart)
    skipLine(*parser);
  endErrorCondition(parser);
  bool hasHeader = first->getType() != ArrParser::INDENT;
  while (stream.LA(1) == ArrParser::INDENT) {
    // The functions in a class would only repeat what is wrong with it.
    if (isClass)
      skipBlock(stream);
    else
      static_cast<ArrParser *>(parser)->orphanBlock();
    // The other parts of the statement whose first line had the error.
    if (!hasHeader || !continuesStatement(stream.LA(1)))
      return;
    skipLine(*parser);
  }
}

Token *SyntaxErrors::recoverInline(Parser *parser) {
  throw antlr4::InputMismatchException(parser);
}

void SyntaxErrors::sync(Parser *parser) {
  const antlr4::ParserRuleContext *context = parser->getContext();
  size_t rule = context->getRuleIndex();
  // In `suite` the statements come after COLON, NEWLINE and INDENT.
  bool isBetweenStatements =
      (rule == ArrParser::RuleSuite && context->children.size() >= 3) ||
      (rule == ArrParser::RuleOrphanBlock && !context->children.empty());
  if (!isBetweenStatements)
    return;
  const antlr4::atn::ATN &atn = parser->getATN();
  antlr4::misc::IntervalSet starts =
      atn.nextTokens(atn.ruleToStartState[ArrParser::RuleStatement]);
  while (true) {
    size_t next = parser->getTokenStream()->LA(1);
    if (next == ArrParser::DEDENT || next == Token::EOF ||
        starts.contains(next))
      return;
    static_cast<ArrParser *>(parser)->statement();
  }
}
