//===- BuildStmt.cpp - Statements -----------------------------------------===//
//
// Statements, and the rules about where they may stand. A statement with a
// syntax error is left out; those in its block that have none are still built,
// so that their errors are found in the same run.
//
//===----------------------------------------------------------------------===//

#include "compiler/Parse/Builder.h"
#include "compiler/Parse/ParseDiagnostics.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace arr;
using namespace arr::ast;
using antlr4::Token;
using llvm::SaveAndRestore;
using llvm::SmallVector;

void Builder::topLevel(P::StatementContext *context, Statements &block) {
  afterError |= context->exception != nullptr;
  Statements added;
  statement(context, added);
  for (const Stmt *stmt : added)
    if (checkTopLevel(stmt))
      block.push_back(stmt);
}

void Builder::statement(P::StatementContext *context, Statements &block) {
  if (context->exception)
    return;
  if (P::SimpleLineContext *line = context->simpleLine())
    return simpleLine(line, block);
  const Stmt *built = nullptr;
  if (P::IfStatementContext *inner = context->ifStatement())
    built = ifStatement(inner);
  else if (P::WhileStatementContext *inner = context->whileStatement())
    built = whileStatement(inner);
  else if (P::ForStatementContext *inner = context->forStatement())
    built = forStatement(inner);
  else
    built = functionDef(context->functionDef());
  if (built)
    block.push_back(built);
}

void Builder::simpleLine(P::SimpleLineContext *context, Statements &block) {
  antlr4::tree::TerminalNode *previous = nullptr;
  for (antlr4::tree::ParseTree *child : context->children) {
    auto *separator = dynamic_cast<antlr4::tree::TerminalNode *>(child);
    if (!separator) {
      auto *inner = static_cast<P::SimpleStatementContext *>(child);
      const Stmt *built = simpleStatement(inner);
      if (built && checkPlace(built))
        block.push_back(built);
    } else if (previous && separator->getSymbol()->getType() == P::SEMI) {
      diags.report(range(separator->getSymbol()), diag::MissingStatement);
    }
    previous = separator;
  }
}

//===----------------------------------------------------------------------===//
// Simple statements
//===----------------------------------------------------------------------===//

const Stmt *Builder::simpleStatement(P::SimpleStatementContext *context) {
  SourceRange where = range(context);
  if (P::AssignmentContext *inner = context->assignment())
    return assignment(inner);
  if (P::ReturnStatementContext *inner = context->returnStatement()) {
    if (!inner->expressions())
      return memory.create<Return>(where, nullptr);
    const Expr *value = expressions(inner->expressions());
    return value ? memory.create<Return>(where, value) : nullptr;
  }
  if (P::AssertStatementContext *inner = context->assertStatement()) {
    const Expr *condition = expression(inner->expression(0));
    const Expr *message =
        inner->COMMA() ? expression(inner->expression(1)) : nullptr;
    if (!condition || (inner->COMMA() && !message))
      return nullptr;
    return memory.create<Assert>(where, condition, message);
  }
  if (P::ImportStatementContext *inner = context->importStatement())
    return import(inner);
  if (P::ImportFromContext *inner = context->importFrom())
    return importFrom(inner);
  if (context->BREAK())
    return memory.create<Break>(where);
  if (context->CONTINUE())
    return memory.create<Continue>(where);
  return memory.create<Pass>(where);
}

/// What an expression is called when it stands where a variable should.
static StringRef describe(const Expr *expr) {
  switch (expr->kind) {
  case ExprKind::IntLiteral:
  case ExprKind::FloatLiteral:
  case ExprKind::ImaginaryLiteral:
  case ExprKind::StringLiteral:
    return "a literal";
  case ExprKind::BoolLiteral:
    return llvm::cast<BoolLiteral>(expr)->value ? "`True`" : "`False`";
  case ExprKind::NoneLiteral:
    return "`None`";
  case ExprKind::EllipsisLiteral:
    return "`...`";
  case ExprKind::Call:
    return "the result of a call";
  case ExprKind::Compare:
    return "a comparison";
  case ExprKind::IfExp:
    return "a conditional expression";
  case ExprKind::Lambda:
    return "a lambda";
  case ExprKind::Tuple:
    return "an empty tuple";
  case ExprKind::List:
    return "an empty list";
  default:
    return "an expression";
  }
}

bool Builder::checkTarget(const Expr *target) {
  ArrayRef<const Expr *> elements;
  if (const auto *tuple = llvm::dyn_cast<Tuple>(target))
    elements = tuple->elements;
  else if (const auto *list = llvm::dyn_cast<List>(target))
    elements = list->elements;
  else if (llvm::isa<Name, Attribute, Subscript>(target))
    return true;
  if (!elements.empty())
    return llvm::all_of(elements,
                        [&](const Expr *e) { return checkTarget(e); });
  Diagnostic &error =
      diags.report(target->range, diag::InvalidTarget, describe(target));
  if (llvm::isa<Call>(target))
    error.help("to store in an array, write `x[...] = value`");
  return false;
}

/// An expression statement, or any kind of assignment.
const Stmt *Builder::assignment(P::AssignmentContext *context) {
  std::vector<P::ExpressionsContext *> parts = context->expressions();
  const Expr *first = expressions(parts[0]);
  if (!first)
    return nullptr;
  if (context->COLON())
    return annotated(context, first);
  if (context->augmentedOperator())
    return augmented(context, first);
  SourceRange where = range(context);
  if (parts.size() == 1)
    return memory.create<ExprStmt>(where, first);

  SmallVector<const Expr *> targets{first};
  for (P::ExpressionsContext *part : llvm::ArrayRef(parts).drop_front()) {
    const Expr *next = expressions(part);
    if (!next)
      return nullptr;
    targets.push_back(next);
  }
  const Expr *value = targets.pop_back_val();
  for (const Expr *target : targets)
    if (!checkTarget(target))
      return nullptr;
  return memory.create<Assign>(where, memory.copy(ArrayRef(targets)), value);
}

const Stmt *Builder::annotated(P::AssignmentContext *context,
                               const Expr *target) {
  if (llvm::isa<Tuple, List>(target)) {
    diags.report(target->range, diag::AnnotatedTuple);
    return nullptr;
  }
  if (!checkTarget(target))
    return nullptr;
  const Expr *annotation = expression(context->expression());
  bool hasValue = context->expressions().size() == 2;
  const Expr *value = hasValue ? expressions(context->expressions(1)) : nullptr;
  if (!annotation || (hasValue && !value))
    return nullptr;
  return memory.create<AnnAssign>(range(context), target, annotation, value);
}

static BinaryOp augmentedOp(size_t tokenType) {
  using P = syntax::ArrParser;
  switch (tokenType) {
  case P::PLUS_ASSIGN:
    return BinaryOp::Add;
  case P::MINUS_ASSIGN:
    return BinaryOp::Sub;
  case P::STAR_ASSIGN:
    return BinaryOp::Mul;
  case P::POW_ASSIGN:
    return BinaryOp::Pow;
  case P::SLASH_ASSIGN:
    return BinaryOp::Div;
  case P::FLOORDIV_ASSIGN:
    return BinaryOp::FloorDiv;
  case P::PERCENT_ASSIGN:
    return BinaryOp::Mod;
  case P::AT_ASSIGN:
    return BinaryOp::MatMul;
  case P::AMP_ASSIGN:
    return BinaryOp::BitAnd;
  case P::BAR_ASSIGN:
    return BinaryOp::BitOr;
  case P::CARET_ASSIGN:
    return BinaryOp::BitXor;
  case P::SHL_ASSIGN:
    return BinaryOp::LShift;
  case P::SHR_ASSIGN:
    return BinaryOp::RShift;
  }
  llvm_unreachable("not an augmented assignment");
}

const Stmt *Builder::augmented(P::AssignmentContext *context,
                               const Expr *target) {
  Token *op = context->augmentedOperator()->getStart();
  if (llvm::isa<Tuple, List>(target)) {
    bool isTuple = llvm::isa<Tuple>(target);
    diags.report(target->range, diag::InvalidTarget,
                 std::string(isTuple ? "a tuple" : "a list") + " with `" +
                     spelling(op).str() + "`");
    return nullptr;
  }
  const Expr *value = expressions(context->expressions(1));
  if (!value || !checkTarget(target))
    return nullptr;
  return memory.create<AugAssign>(range(context), target,
                                  augmentedOp(op->getType()), range(op), value);
}

//===----------------------------------------------------------------------===//
// Imports
//===----------------------------------------------------------------------===//

StringRef Builder::dottedName(P::DottedNameContext *context) {
  std::string name;
  for (antlr4::tree::TerminalNode *part : context->NAME()) {
    if (!name.empty())
      name += '.';
    name += diags.sourceManager().text(range(part->getSymbol()));
  }
  return memory.copy(StringRef(name));
}

ImportAlias Builder::importAlias(P::ImportAliasContext *context) {
  ImportAlias alias;
  alias.range = range(context);
  alias.name = dottedName(context->dottedName());
  alias.nameRange = range(context->dottedName());
  if (antlr4::tree::TerminalNode *name = context->NAME())
    alias.asName = spelling(name->getSymbol());
  return alias;
}

const Stmt *Builder::import(P::ImportStatementContext *context) {
  SmallVector<ImportAlias> names;
  for (P::ImportAliasContext *item : context->importAlias())
    names.push_back(importAlias(item));
  return memory.create<Import>(range(context), memory.copy(ArrayRef(names)));
}

const Stmt *Builder::importFrom(P::ImportFromContext *context) {
  if (!checkCommas(context))
    return nullptr;
  SmallVector<ImportAlias> names;
  for (P::ImportAliasContext *item : context->importAlias()) {
    names.push_back(importAlias(item));
    // The grammar shares the rule with `import a.b`.
    if (names.back().name.contains('.')) {
      diags.report(names.back().nameRange, diag::DottedImport);
      return nullptr;
    }
  }
  return memory.create<ImportFrom>(
      range(context), dottedName(context->dottedName()),
      range(context->dottedName()), memory.copy(ArrayRef(names)));
}

//===----------------------------------------------------------------------===//
// Compound statements
//===----------------------------------------------------------------------===//

Block Builder::suite(P::SuiteContext *context) {
  Statements block;
  if (P::SimpleLineContext *line = context->simpleLine())
    simpleLine(line, block);
  for (P::StatementContext *inner : context->statement())
    statement(inner, block);
  return memory.copy(ArrayRef(block));
}

Block Builder::loopBody(P::SuiteContext *context) {
  SaveAndRestore loop(inLoop, true);
  return suite(context);
}

/// A compound statement ends with its last inner one. A block is only empty
/// when errors were reported in it; then the end does not matter.
static SourceRange through(SourceRange start, Block body, Block orElse = {}) {
  if (!orElse.empty())
    return start.through(orElse.back()->range);
  return body.empty() ? start : start.through(body.back()->range);
}

const Stmt *Builder::ifStatement(P::IfStatementContext *context) {
  std::vector<P::SuiteContext *> suites = context->suite();
  std::vector<P::ExpressionContext *> conditions = context->expression();
  SmallVector<IfClause> clauses;
  bool failed = false;
  for (size_t i = 0; i != conditions.size(); ++i) {
    Token *keyword =
        i == 0 ? context->IF()->getSymbol() : context->ELIF(i - 1)->getSymbol();
    const Expr *condition = expression(conditions[i]);
    failed |= !condition;
    clauses.push_back({range(keyword), condition, suite(suites[i])});
  }
  Block orElse = context->ELSE() ? suite(suites.back()) : Block();
  if (failed)
    return nullptr;
  SourceRange where =
      through(range(context->getStart()), clauses.back().body, orElse);
  return memory.create<If>(where, memory.copy(ArrayRef(clauses)), orElse);
}

const Stmt *Builder::whileStatement(P::WhileStatementContext *context) {
  const Expr *condition = expression(context->expression());
  Block body = loopBody(context->suite(0));
  Block orElse = context->ELSE() ? suite(context->suite(1)) : Block();
  if (!condition)
    return nullptr;
  SourceRange start = range(context->getStart());
  SourceRange header = start.through(range(context->expression()));
  return memory.create<While>(through(start, body, orElse), header, condition,
                              body, orElse);
}

const Stmt *Builder::forStatement(P::ForStatementContext *context) {
  // The target.
  SmallVector<P::TargetContext *> items;
  SmallVector<const Expr *> targets;
  bool failed = !split(context->targets(), items);
  for (P::TargetContext *item : items) {
    targets.push_back(primary(item->primary()));
    failed |= !targets.back() || !checkTarget(targets.back());
  }
  const Expr *target = nullptr;
  if (!failed)
    target = context->targets()->children.size() == 1
                 ? targets[0]
                 : memory.create<Tuple>(range(context->targets()),
                                        memory.copy(ArrayRef(targets)));
  const Expr *iter = expressions(context->expressions());

  Block body = loopBody(context->suite(0));
  Block orElse = context->ELSE() ? suite(context->suite(1)) : Block();
  if (!target || !iter)
    return nullptr;
  SourceRange start = range(context->getStart());
  SourceRange header = start.through(range(context->expressions()));
  return memory.create<For>(through(start, body, orElse), header, target, iter,
                            body, orElse);
}

const Stmt *Builder::functionDef(P::FunctionDefContext *context) {
  Token *nameToken = context->NAME()->getSymbol();
  StringRef name = spelling(nameToken);
  SourceRange nameRange = range(nameToken);
  if (inFunction) {
    diags.report(nameRange, diag::NestedFunction, name)
        .help("define it outside, or write a `lambda`");
    return nullptr;
  }

  bool failed = false;
  SmallVector<const Expr *> decorators;
  for (P::DecoratorContext *decorator : context->decorator()) {
    decorators.push_back(expression(decorator->expression()));
    failed |= !decorators.back();
  }
  ArrayRef<Param> parameters;
  if (P::ParamsContext *list = context->params()) {
    auto built = params(list);
    failed |= !built;
    parameters = built.value_or(ArrayRef<Param>());
  }
  const Expr *returns = nullptr;
  if (P::ExpressionContext *annotation = context->expression()) {
    returns = expression(annotation);
    failed |= !returns;
  }

  SaveAndRestore function(inFunction, true);
  SaveAndRestore loop(inLoop, false);
  Block body = suite(context->suite());
  if (failed)
    return nullptr;
  SourceRange start = range(context->DEF()->getSymbol());
  SourceRange header =
      start.through(returns ? range(context->expression())
                            : range(context->RPAREN()->getSymbol()));
  SourceRange where = through(start, body);
  const StringLiteral *docstring = ast::takeDocstring(body);
  return memory.create<FunctionDef>(where, header, name, nameRange,
                                    memory.copy(ArrayRef(decorators)),
                                    parameters, returns, docstring, body);
}

//===----------------------------------------------------------------------===//
// Where statements may stand
//===----------------------------------------------------------------------===//

/// Rules for simple statements inside functions and loops.
bool Builder::checkPlace(const Stmt *statement) {
  if (!inFunction)
    return true; // checkTopLevel has the rules.
  switch (statement->kind) {
  case StmtKind::Break:
  case StmtKind::Continue:
    if (inLoop)
      return true;
    diags.report(statement->range, diag::OutsideLoop,
                 llvm::isa<Break>(statement) ? "break" : "continue");
    return false;
  case StmtKind::Import:
  case StmtKind::ImportFrom:
    diags.report(statement->range, diag::LocalImport)
        .help("move it to the top of the file");
    return false;
  default:
    return true;
  }
}

/// The first line of a statement's text; compound statements are long.
static SourceRange firstWord(const Stmt *statement,
                             const SourceManager &sources) {
  SourceRange range = statement->range;
  StringRef word = sources.text(range).take_while(
      [](char c) { return c >= 'a' && c <= 'z'; });
  range.end = range.begin + word.size();
  return range;
}

bool Builder::checkTopLevel(const Stmt *statement) {
  StringRef what;
  switch (statement->kind) {
  case StmtKind::Import:
  case StmtKind::ImportFrom:
  case StmtKind::Assign:
  case StmtKind::AnnAssign:
  case StmtKind::FunctionDef:
  case StmtKind::Pass:
    afterError = false;
    return true;
  case StmtKind::ExprStmt: {
    const Expr *value = llvm::cast<ExprStmt>(statement)->value;
    if (afterError || llvm::isa<StringLiteral, EllipsisLiteral>(value))
      return true;
    diags.report(statement->range, diag::TopLevelExpression)
        .help("move it into a function; a program starts at `main`");
    return false;
  }
  case StmtKind::AugAssign: {
    if (afterError)
      return false;
    const auto *update = llvm::cast<AugAssign>(statement);
    diags.report(update->range, diag::OutsideFunction,
                 (llvm::Twine("`") + ast::spelling(update->op) + "=`").str());
    return false;
  }
  case StmtKind::If:
    what = "`if`";
    break;
  case StmtKind::For:
    what = "`for`";
    break;
  case StmtKind::While:
    what = "`while`";
    break;
  case StmtKind::Break:
    what = "`break`";
    break;
  case StmtKind::Continue:
    what = "`continue`";
    break;
  case StmtKind::Return:
    what = "`return`";
    break;
  case StmtKind::Assert:
    what = "`assert`";
    break;
  }
  if (afterError)
    return false;
  Diagnostic &error = diags.report(firstWord(statement, diags.sourceManager()),
                                   diag::OutsideFunction, what);
  if (!llvm::isa<Return, Break, Continue>(statement))
    error.help("move it into a function; a program starts at `main`");
  return false;
}
