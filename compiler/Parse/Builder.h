//===- Builder.h - From parse tree to syntax tree ---------------*- C++ -*-===//
//
// Builds ast nodes from ANTLR's contexts. The grammar accepts a little more
// than the language (see ArrParser.g4); what is too much is reported here.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_PARSE_BUILDER_H
#define ARR_PARSE_BUILDER_H

#include "compiler/AST/AST.h"
#include "compiler/Parse/SourceText.h"
#include "syntax/ArrParser.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>

namespace arr {

class Builder {
public:
  Builder(ast::ASTContext &memory, const SourceText &text,
          DiagnosticEngine &diags)
      : memory(memory), text(text), diags(diags) {}

  /// Append the statements of one top-level `statement` to `block`. Statements
  /// with errors are left out: the file is rejected anyway.
  void topLevel(syntax::ArrParser::StatementContext *context,
                std::vector<const ast::Stmt *> &block);

private:
  using P = syntax::ArrParser;
  /// How deep the tree of an expression may get. Stages after this one walk
  /// expressions recursively, and `a + b + c ...` nests without brackets.
  static constexpr unsigned maxDepth = 1000;

  //===-- Expressions (BuildExpr.cpp): null after an error
  //-----------------===//
  class Operation;
  const ast::Expr *expressions(P::ExpressionsContext *context);
  const ast::Expr *expression(P::ExpressionContext *context);
  const ast::Expr *lambda(P::LambdaContext *context);
  const ast::Expr *operation(P::OperationContext *context);
  const ast::Expr *primary(P::PrimaryContext *context);
  const ast::Expr *trailer(const ast::Expr *value, SourceRange range,
                           P::TrailerContext *context);
  const ast::Expr *call(const ast::Expr *callee, SourceRange range,
                        P::ArgumentsContext *context);
  const ast::Expr *subscript(const ast::Expr *value, SourceRange range,
                             P::SubscriptsContext *context);
  const ast::Expr *subscriptItem(P::SubscriptContext *context);
  const ast::Expr *atom(P::AtomContext *context);
  std::optional<llvm::ArrayRef<const ast::Expr *>>
  elements(P::ExpressionsContext *context);

  /// A parameter of a def or lambda, or one of the markers `*` and `/`.
  struct ParamItem {
    antlr4::ParserRuleContext *context;
    antlr4::Token *name; // Or the marker.
    P::ExpressionContext *annotation;
    P::ExpressionContext *defaultValue;
  };
  std::optional<llvm::ArrayRef<ast::Param>>
  params(llvm::ArrayRef<ParamItem> items);
  std::optional<llvm::ArrayRef<ast::Param>> params(P::ParamsContext *context);
  std::optional<llvm::ArrayRef<ast::Param>>
  params(P::LambdaParamsContext *context);

  /// The elements of a rule `x (COMMA x?)*`. Reports a comma too many.
  template <typename Context>
  bool split(antlr4::ParserRuleContext *list,
             llvm::SmallVectorImpl<Context *> &items);
  bool checkCommas(antlr4::ParserRuleContext *list);

  //===-- Literals (Literals.cpp)
  //-------------------------------------------===//
  const ast::Expr *number(antlr4::Token *token);
  const ast::Expr *strings(P::AtomContext *context);
  bool decodeString(SourceRange range, std::string &value);
  size_t decodeEscape(llvm::StringRef rest, SourceRange range,
                      std::string &value);

  //===-- Statements (BuildStmt.cpp)
  //----------------------------------------===//
  using Statements = std::vector<const ast::Stmt *>;
  void statement(P::StatementContext *context, Statements &block);
  void simpleLine(P::SimpleLineContext *context, Statements &block);
  const ast::Stmt *simpleStatement(P::SimpleStatementContext *context);
  const ast::Stmt *assignment(P::AssignmentContext *context);
  const ast::Stmt *annotated(P::AssignmentContext *context,
                             const ast::Expr *target);
  const ast::Stmt *augmented(P::AssignmentContext *context,
                             const ast::Expr *target);
  const ast::Stmt *import(P::ImportStatementContext *context);
  const ast::Stmt *importFrom(P::ImportFromContext *context);
  ast::ImportAlias importAlias(P::ImportAliasContext *context);
  llvm::StringRef dottedName(P::DottedNameContext *context);
  const ast::Stmt *ifStatement(P::IfStatementContext *context);
  const ast::Stmt *whileStatement(P::WhileStatementContext *context);
  const ast::Stmt *forStatement(P::ForStatementContext *context);
  const ast::Stmt *functionDef(P::FunctionDefContext *context);
  ast::Block suite(P::SuiteContext *context);
  ast::Block loopBody(P::SuiteContext *context);
  bool checkTarget(const ast::Expr *target);
  bool checkPlace(const ast::Stmt *statement);
  bool checkTopLevel(const ast::Stmt *statement);

  //===-- Positions
  //---------------------------------------------------------===//
  SourceRange range(antlr4::Token *token) const {
    return text.range(token->getStartIndex(), token->getStopIndex() + 1);
  }
  SourceRange range(antlr4::ParserRuleContext *context) const {
    return range(context->getStart()).through(range(context->getStop()));
  }
  /// The text of a token, in the memory of the tree.
  llvm::StringRef spelling(antlr4::Token *token) {
    return memory.copy(diags.sourceManager().text(range(token)));
  }

  /// Counts the depth of the tree that is being built.
  class DepthScope {
  public:
    DepthScope(Builder &builder, unsigned levels)
        : builder(builder), levels(levels) {
      builder.depth += levels;
    }
    ~DepthScope() { builder.depth -= levels; }
    bool isTooDeep(SourceRange range);

  private:
    Builder &builder;
    unsigned levels;
  };

  ast::ASTContext &memory;
  const SourceText &text;
  DiagnosticEngine &diags;
  unsigned depth = 0;
  /// A statement before was dropped: maybe the `def` that this one belongs to.
  bool afterError = false;
  bool inFunction = false;
  bool inLoop = false;
};

template <typename Context>
bool Builder::split(antlr4::ParserRuleContext *list,
                    llvm::SmallVectorImpl<Context *> &items) {
  if (!checkCommas(list))
    return false;
  for (antlr4::tree::ParseTree *child : list->children)
    if (auto *item = dynamic_cast<Context *>(child))
      items.push_back(item);
  return true;
}

} // namespace arr

#endif // ARR_PARSE_BUILDER_H
