//===- Structure.cpp - Function bodies without jumps ----------------------===//
#include "compiler/MLIRGen/Structure.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

namespace arr::typed {

using llvm::dyn_cast;

namespace {

/// How control leaves a list of statements.
struct Flow {
  bool completes = true;              // may reach its end
  llvm::SmallSetVector<Var *, 2> set; // flags that jumps out of it have set
};

class Structurer {
public:
  Structurer(const Function &function, StructuredBody &out)
      : function(function), out(out) {}

  void run();

private:
  /// The flags of the innermost loop; made when they are first needed.
  struct Loop {
    Var *broken = nullptr, *continued = nullptr;
  };

  Flow convert(llvm::ArrayRef<Stmt *> stmts, Block &into);
  Flow convertIf(If *stmt, llvm::ArrayRef<Stmt *> rest, Block &into);
  Flow convertRest(Flow flow, llvm::ArrayRef<Stmt *> rest, Block &into);
  For *copyHead(const For *stmt);
  While *copyHead(const While *stmt);
  template <typename LoopStmt>
  Flow convertLoop(LoopStmt *stmt, llvm::ArrayRef<Stmt *> rest, Block &into);

  Var *makeFlag(Var *&flag, const char *name);
  void assign(Block &into, Var *flag, bool value, SourceRange range);
  Stmt *ifNone(llvm::ArrayRef<Var *> flags, Block body, SourceRange range);

  const Function &function;
  StructuredBody &out;
  Loop *loop = nullptr;
  Var *returned = nullptr;
};

} // namespace

std::unique_ptr<StructuredBody> structure(const Function &function) {
  auto out = std::make_unique<StructuredBody>();
  Structurer(function, *out).run();
  return out;
}

void Structurer::run() {
  if (function.result.kind != TypeKind::None) {
    out.result = out.nodes.create<Var>();
    out.result->name = "return";
    out.result->type = function.result;
    out.result->range = function.nameRange;
  }
  convert(function.body, out.body);
  if (returned) {
    Block start;
    assign(start, returned, false, function.nameRange);
    out.body.insert(out.body.begin(), start.front());
  }
}

Flow Structurer::convert(llvm::ArrayRef<Stmt *> stmts, Block &into) {
  while (!stmts.empty()) {
    Stmt *stmt = stmts.front();
    stmts = stmts.drop_front();
    switch (stmt->kind) {
    case StmtKind::Break:
    case StmtKind::Continue: {
      bool isBreak = stmt->kind == StmtKind::Break;
      Var *flag = isBreak ? makeFlag(loop->broken, "break")
                          : makeFlag(loop->continued, "continue");
      assign(into, flag, true, stmt->range);
      Flow flow;
      flow.completes = false;
      flow.set.insert(flag);
      return flow;
    }
    case StmtKind::Return: {
      if (Expr *value = static_cast<Return *>(stmt)->value) {
        auto *result = out.nodes.create<Assign>();
        result->range = stmt->range;
        result->targets = {out.result};
        result->value = value;
        into.push_back(result);
      }
      makeFlag(returned, "returned");
      assign(into, returned, true, stmt->range);
      Flow flow;
      flow.completes = false;
      flow.set.insert(returned);
      return flow;
    }
    case StmtKind::If:
      return convertIf(static_cast<If *>(stmt), stmts, into);
    case StmtKind::For:
      return convertLoop(static_cast<For *>(stmt), stmts, into);
    case StmtKind::While:
      return convertLoop(static_cast<While *>(stmt), stmts, into);
    default:
      into.push_back(stmt);
    }
  }
  return {};
}

/// `if` and what follows it. Where one side always jumps and the other never
/// does, what follows moves into the other side: no flag is read.
Flow Structurer::convertIf(If *stmt, llvm::ArrayRef<Stmt *> rest, Block &into) {
  auto *branch = out.nodes.create<If>();
  branch->range = stmt->range;
  branch->condition = stmt->condition;
  Flow onTrue = convert(stmt->thenBody, branch->thenBody);
  Flow onFalse = convert(stmt->elseBody, branch->elseBody);
  into.push_back(branch);

  Flow both;
  both.completes = onTrue.completes || onFalse.completes;
  both.set = onTrue.set;
  both.set.insert(onFalse.set.begin(), onFalse.set.end());
  auto moveInto = [&](Block &side) {
    Flow after = convert(rest, side);
    both.completes = after.completes;
    both.set.insert(after.set.begin(), after.set.end());
    return both;
  };
  if (!both.completes)
    return both;
  if (!onTrue.completes && onFalse.set.empty())
    return moveInto(branch->elseBody);
  if (!onFalse.completes && onTrue.set.empty())
    return moveInto(branch->thenBody);
  return convertRest(both, rest, into);
}

/// What follows a statement that may have set flags.
Flow Structurer::convertRest(Flow flow, llvm::ArrayRef<Stmt *> rest,
                             Block &into) {
  if (flow.set.empty())
    return convert(rest, into);
  if (rest.empty())
    return flow;
  Block body;
  Flow after = convert(rest, body);
  into.push_back(ifNone(flow.set.getArrayRef(), body, rest.front()->range));
  flow.completes = after.completes;
  flow.set.insert(after.set.begin(), after.set.end());
  return flow;
}

/// The loop with an empty body and without `else`.
For *Structurer::copyHead(const For *stmt) {
  auto *copy = out.nodes.create<For>();
  copy->range = stmt->range;
  copy->isParallel = stmt->isParallel;
  copy->unchecked = stmt->unchecked;
  copy->var = stmt->var;
  copy->start = stmt->start;
  copy->stop = stmt->stop;
  copy->step = stmt->step;
  copy->reductions = stmt->reductions;
  return copy;
}

While *Structurer::copyHead(const While *stmt) {
  auto *copy = out.nodes.create<While>();
  copy->range = stmt->range;
  copy->condition = stmt->condition;
  return copy;
}

template <typename LoopStmt>
Flow Structurer::convertLoop(LoopStmt *stmt, llvm::ArrayRef<Stmt *> rest,
                             Block &into) {
  LoopStmt *copy = copyHead(stmt);
  Loop inner, *outer = std::exchange(loop, &inner);
  Flow body = convert(stmt->body, copy->body);
  loop = outer;
  if (inner.continued) {
    Block start;
    assign(start, inner.continued, false, stmt->range);
    copy->body.insert(copy->body.begin(), start.front());
  }
  if (inner.broken)
    assign(into, inner.broken, false, stmt->range);
  Flow flow;
  llvm::SmallVector<Var *, 2> &exits = out.exits[copy];
  for (Var *flag : body.set) {
    if (flag != inner.continued)
      exits.push_back(flag);
    if (flag == returned)
      flow.set.insert(flag);
  }
  into.push_back(copy);

  // `else` runs unless the loop was left by break; then what follows.
  if (stmt->orElse.empty())
    return convertRest(flow, rest, into);
  std::vector<Stmt *> next;
  Block orElse(stmt->orElse.begin(), stmt->orElse.end());
  if (inner.broken)
    next.push_back(ifNone({inner.broken}, orElse, stmt->range));
  else
    next = orElse;
  next.insert(next.end(), rest.begin(), rest.end());
  return convertRest(flow, next, into);
}

Var *Structurer::makeFlag(Var *&flag, const char *name) {
  if (!flag) {
    flag = out.nodes.create<Var>();
    flag->name = name;
    flag->type = Type::scalar(DType::Bool, /*weak=*/true);
  }
  return flag;
}

void Structurer::assign(Block &into, Var *flag, bool value, SourceRange range) {
  auto *literal = out.nodes.create<Literal>();
  literal->type = flag->type;
  literal->range = range;
  literal->integer = value;
  auto *stmt = out.nodes.create<Assign>();
  stmt->range = range;
  stmt->targets = {flag};
  stmt->value = literal;
  into.push_back(stmt);
}

/// `if not (flag or ...): body`
Stmt *Structurer::ifNone(llvm::ArrayRef<Var *> flags, Block body,
                         SourceRange range) {
  auto makeUfunc = [&](Ufunc ufunc, llvm::ArrayRef<Expr *> operands) {
    auto *expr = out.nodes.create<Elementwise>();
    expr->type = Type::scalar(DType::Bool, /*weak=*/true);
    expr->range = range;
    expr->ufunc = ufunc;
    expr->operands.assign(operands.begin(), operands.end());
    return expr;
  };
  Expr *any = nullptr;
  for (Var *flag : flags) {
    auto *use = out.nodes.create<VarRef>();
    use->type = flag->type;
    use->range = range;
    use->var = flag;
    any = any ? makeUfunc(Ufunc::LogicalOr, {any, use})
              : static_cast<Expr *>(use);
  }
  auto *branch = out.nodes.create<If>();
  branch->range = range;
  branch->condition = makeUfunc(Ufunc::LogicalNot, {any});
  branch->thenBody = std::move(body);
  return branch;
}

} // namespace arr::typed
