//===- Walk.cpp - Visits the children of expressions and statements -------===//
#include "compiler/MLIRGen/Walk.h"
#include "llvm/ADT/STLExtras.h"

namespace arr::typed {

using llvm::cast;

void forEachChild(const Expr *expr, llvm::function_ref<void(Expr *)> visit) {
  auto one = [&](Expr *child) {
    if (child)
      visit(child);
  };
  auto all = [&](llvm::ArrayRef<Expr *> children) {
    llvm::for_each(children, one);
  };
  switch (expr->kind) {
  case ExprKind::Literal:
  case ExprKind::StrLiteral:
  case ExprKind::VarRef:
  case ExprKind::DimRef:
    return;
  case ExprKind::DimOf:
    return one(cast<DimOf>(expr)->array);
  case ExprKind::Cast:
    return one(cast<Cast>(expr)->operand);
  case ExprKind::Elementwise:
    return all(cast<Elementwise>(expr)->operands);
  case ExprKind::Select: {
    auto *select = cast<Select>(expr);
    return all({select->condition, select->trueValue, select->falseValue});
  }
  case ExprKind::ShortCircuit:
    return all({cast<ShortCircuit>(expr)->lhs, cast<ShortCircuit>(expr)->rhs});
  case ExprKind::Index: {
    auto *index = cast<Index>(expr);
    one(index->base);
    for (const IndexItem &item : index->items)
      all({item.at, item.start, item.stop, item.step});
    return;
  }
  case ExprKind::Gather: {
    auto *gather = cast<Gather>(expr);
    one(gather->base);
    for (const IndexArray &index : gather->indices)
      all({index.positions, index.mask});
    return;
  }
  case ExprKind::Transpose:
    return one(cast<Transpose>(expr)->base);
  case ExprKind::Reshape:
    one(cast<Reshape>(expr)->base);
    return all(cast<Reshape>(expr)->sizes);
  case ExprKind::Diagonal:
    return one(cast<Diagonal>(expr)->base);
  case ExprKind::ComplexPart:
    return one(cast<ComplexPart>(expr)->base);
  case ExprKind::Broadcast:
    one(cast<Broadcast>(expr)->base);
    return all(cast<Broadcast>(expr)->sizes);
  case ExprKind::Reduce:
    return one(cast<Reduce>(expr)->operand);
  case ExprKind::Einsum:
    return all(cast<Einsum>(expr)->operands);
  case ExprKind::Fill:
    all(cast<Fill>(expr)->sizes);
    return one(cast<Fill>(expr)->value);
  case ExprKind::Empty:
    return all(cast<Empty>(expr)->sizes);
  case ExprKind::Arange: {
    auto *arange = cast<Arange>(expr);
    return all({arange->start, arange->step, arange->count});
  }
  case ExprKind::ArrayLiteral:
    return all(cast<ArrayLiteral>(expr)->elements);
  case ExprKind::Copy:
    return one(cast<Copy>(expr)->operand);
  case ExprKind::Call:
    return all(cast<Call>(expr)->arguments);
  case ExprKind::RuntimeCall:
    return all(cast<RuntimeCall>(expr)->arguments);
  case ExprKind::MakeTuple:
    return all(cast<MakeTuple>(expr)->elements);
  case ExprKind::TupleGet:
    return one(cast<TupleGet>(expr)->tuple);
  case ExprKind::Let:
    return all({cast<Let>(expr)->value, cast<Let>(expr)->body});
  }
}

void walk(const Expr *expr, llvm::function_ref<void(const Expr *)> visit) {
  visit(expr);
  forEachChild(expr, [&](Expr *child) { walk(child, visit); });
}

void forEachExpr(const Stmt *stmt, llvm::function_ref<void(Expr *)> visit) {
  auto one = [&](Expr *child) {
    if (child)
      visit(child);
  };
  switch (stmt->kind) {
  case StmtKind::Assign:
    return one(cast<Assign>(stmt)->value);
  case StmtKind::Store:
    one(cast<Store>(stmt)->value);
    return one(cast<Store>(stmt)->target);
  case StmtKind::Update:
    one(cast<Update>(stmt)->target);
    return one(cast<Update>(stmt)->value);
  case StmtKind::If:
    return one(cast<If>(stmt)->condition);
  case StmtKind::For:
    one(cast<For>(stmt)->start);
    one(cast<For>(stmt)->stop);
    return one(cast<For>(stmt)->step);
  case StmtKind::While:
    return one(cast<While>(stmt)->condition);
  case StmtKind::Break:
  case StmtKind::Continue:
    return;
  case StmtKind::Return:
    return one(cast<Return>(stmt)->value);
  case StmtKind::Assert:
    return one(cast<Assert>(stmt)->condition);
  case StmtKind::ExprStmt:
    return one(cast<ExprStmt>(stmt)->expr);
  }
}

void walk(const Block &block, llvm::function_ref<void(const Stmt *)> visit) {
  for (const Stmt *stmt : block) {
    visit(stmt);
    if (auto *branch = llvm::dyn_cast<If>(stmt)) {
      walk(branch->thenBody, visit);
      walk(branch->elseBody, visit);
    } else if (auto *loop = llvm::dyn_cast<For>(stmt)) {
      walk(loop->body, visit);
      walk(loop->orElse, visit);
    } else if (auto *loop = llvm::dyn_cast<While>(stmt)) {
      walk(loop->body, visit);
      walk(loop->orElse, visit);
    }
  }
}

} // namespace arr::typed
