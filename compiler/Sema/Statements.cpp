//===- Statements.cpp - Checks statements other than loops ----------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

void Checker::emit(typed::Stmt *stmt, SourceRange range) {
  stmt->range = range;
  if (block)
    block->push_back(stmt);
}

void Checker::emitExpr(const Value &value, SourceRange range) {
  auto *stmt = session.program.create<typed::ExprStmt>();
  stmt->expr = toExpr(value);
  emit(stmt, range);
}

/// In instances that differ in more than sizes, a branch that is never taken
/// may make no sense for the dtype, rank or argument at hand.
bool Checker::prunesBranches() const {
  return module.isStdlib || !instance->decl || instance->decl->isTemplate ||
         instance->decl->hasEllipsis || !instance->decl->dtypeVars.empty();
}

typed::Expr *Checker::condition(const Value &value) {
  Type boolean = Type::scalar(DType::Bool, value.isScalar() && value.type.weak);
  if (value.isArray()) {
    report(value.range, diag::ArrayAsCondition, text(value.type))
        .help("use `.any()` or `.all()`");
    return make<typed::Literal>(Type(), value.range);
  }
  if (value.isTuple())
    return literal(Constant::ofBool(!value.elements.empty()), boolean,
                   value.range);
  if (value.isNone())
    return literal(Constant::ofBool(false), boolean, value.range);
  if (!requireNumeric(value, "condition"))
    return make<typed::Literal>(Type(), value.range);
  return toExpr(convert(value, boolean, /*isExplicit=*/true));
}

void Checker::checkBlock(llvm::ArrayRef<const ast::Stmt *> stmts) {
  for (const ast::Stmt *stmt : stmts) {
    // What follows a return or break never runs; it is not checked either,
    // because nothing is known about its names.
    if (!isReachable) {
      if (!prunesBranches())
        report(stmt->range, diag::UnreachableCode);
      return;
    }
    checkStmt(*stmt);
  }
}

void Checker::checkStmt(const ast::Stmt &stmt) {
  switch (stmt.kind) {
  case ast::StmtKind::Assign:
    return checkAssign(llvm::cast<ast::Assign>(stmt));
  case ast::StmtKind::AnnAssign:
    return checkAnnAssign(llvm::cast<ast::AnnAssign>(stmt));
  case ast::StmtKind::AugAssign:
    return checkAugAssign(llvm::cast<ast::AugAssign>(stmt));
  case ast::StmtKind::ExprStmt: {
    Value value = check(*llvm::cast<ast::ExprStmt>(stmt).value);
    if (value.isRuntime() && !value.constant && !isCheap(value.expr) &&
        !value.type.isInvalid())
      emitExpr(value, stmt.range);
    return;
  }
  case ast::StmtKind::If:
    return checkIf(llvm::cast<ast::If>(stmt), 0);
  case ast::StmtKind::For:
    return checkFor(llvm::cast<ast::For>(stmt));
  case ast::StmtKind::While:
    return checkWhile(llvm::cast<ast::While>(stmt));
  case ast::StmtKind::Break:
  case ast::StmtKind::Continue:
    return checkJump(stmt);
  case ast::StmtKind::Pass:
    return;
  case ast::StmtKind::Return:
    return checkReturn(llvm::cast<ast::Return>(stmt));
  case ast::StmtKind::Assert:
    return checkAssert(llvm::cast<ast::Assert>(stmt));
  case ast::StmtKind::FunctionDef:
  case ast::StmtKind::Import:
  case ast::StmtKind::ImportFrom:
    // The parser has them only at the top level.
    unsupported(stmt.range, "definitions and imports inside a function");
    return;
  }
}

void Checker::checkIf(const ast::If &stmt, unsigned index) {
  const ast::IfClause &clause = stmt.clauses[index];
  auto checkElse = [&] {
    if (index + 1 < stmt.clauses.size())
      checkIf(stmt, index + 1);
    else
      checkBlock(stmt.orElse);
  };
  Value test = check(*clause.condition);
  std::optional<bool> known =
      test.isNone() ? std::optional(false) : test.asBool();
  if (known && prunesBranches()) {
    if (*known)
      checkBlock(clause.body);
    else
      checkElse();
    return;
  }
  auto *node = session.program.create<typed::If>();
  node->condition = test.isInvalid() ? nullptr : condition(test);
  emit(node, stmt.range);
  typed::Block *outer = block;
  Env before = env;
  std::vector<Edge> edges;
  auto finishBranch = [&](llvm::StringRef when) {
    if (isReachable)
      edges.push_back({env,
                       block,
                       nullptr,
                       {clause.condition->range,
                        ("`{0}` gets no value when this is " + when).str()}});
  };
  block = &node->thenBody;
  checkBlock(clause.body);
  finishBranch("true");
  block = &node->elseBody;
  env = std::move(before);
  isReachable = true;
  checkElse();
  finishBranch("false");
  block = outer;
  env = joinEdges(edges);
  isReachable = !edges.empty();
}

void Checker::checkReturn(const ast::Return &stmt) {
  if (llvm::any_of(loops, [](auto *loop) { return loop->isParallel; }))
    report(stmt.range, diag::ReturnInPrange)
        .help("store the result in a variable or array, and return it after "
              "the loop");
  Value value = stmt.value ? check(*stmt.value)
                           : Value::of(Value::Kind::None, stmt.range);
  // The tuple that a call returned: its members are converted one by one.
  if (value.isRuntime() && value.type.isTuple())
    value = Value::tuple(*unpack(value, value.range), value.range);
  auto *node = session.program.create<typed::Return>();
  emit(node, stmt.range);
  if (value.isRuntime() && value.type.kind == TypeKind::None) {
    block->pop_back();
    emitExpr(value, stmt.range);
    block->push_back(node);
    value = Value::of(Value::Kind::None, stmt.range);
  }
  returns.push_back({node, value, stmt.value ? stmt.value->range : stmt.range});
  isReachable = false;
}

void Checker::checkAssert(const ast::Assert &stmt) {
  Value test = check(*stmt.condition);
  if (test.isInvalid())
    return;
  auto *node = session.program.create<typed::Assert>();
  if (stmt.message) {
    Value message = check(*stmt.message);
    if (message.isText())
      node->message = message.text;
    else if (!message.isInvalid())
      report(stmt.message->range, diag::AssertMessage);
  }
  // `assert x.ndim == 2` in a template is decided here.
  if (test.asBool() == true && prunesBranches())
    return;
  if (test.asBool() == false && prunesBranches()) {
    report(stmt.range, diag::AssertFails,
           node->message.empty() ? "assertion is false" : node->message);
    return;
  }
  node->condition = condition(test);
  emit(node, stmt.range);
}
