//===- Walk.h - Visits the children of expressions and statements ---------===//
#ifndef ARR_MLIRGEN_WALK_H
#define ARR_MLIRGEN_WALK_H

#include "compiler/Sema/Program.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace arr::typed {

/// The direct operands of an expression, in the order of evaluation.
void forEachChild(const Expr *expr, llvm::function_ref<void(Expr *)> visit);
/// The expression and all below it.
void walk(const Expr *expr, llvm::function_ref<void(const Expr *)> visit);
/// The expressions that a statement itself evaluates, not those of nested
/// statements.
void forEachExpr(const Stmt *stmt, llvm::function_ref<void(Expr *)> visit);
/// Every statement of a block, nested ones too.
void walk(const Block &block, llvm::function_ref<void(const Stmt *)> visit);

} // namespace arr::typed

#endif // ARR_MLIRGEN_WALK_H
