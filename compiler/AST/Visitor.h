//===- Visitor.h - Dispatch on the class of a node --------------*- C++ -*-===//
//
//   class Checker : public ast::ExprVisitor<Checker, Type> {
//   public:
//     Type visitName(const ast::Name &name);
//     ...one function for each class of Nodes.def
//   };
//
// There are no defaults: a forgotten class does not compile.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_AST_VISITOR_H
#define ARR_AST_VISITOR_H

#include "compiler/AST/AST.h"
#include "llvm/Support/ErrorHandling.h"

namespace arr::ast {

template <typename Derived, typename Result = void> class ExprVisitor {
public:
  Result visit(const Expr &expr) {
    switch (expr.kind) {
#define ARR_EXPR(Name)                                                         \
  case ExprKind::Name:                                                         \
    return static_cast<Derived *>(this)->visit##Name(llvm::cast<Name>(expr));
#include "compiler/AST/Nodes.def"
    }
    llvm_unreachable("unknown expression");
  }
};

template <typename Derived, typename Result = void> class StmtVisitor {
public:
  Result visit(const Stmt &stmt) {
    switch (stmt.kind) {
#define ARR_STMT(Name)                                                         \
  case StmtKind::Name:                                                         \
    return static_cast<Derived *>(this)->visit##Name(llvm::cast<Name>(stmt));
#include "compiler/AST/Nodes.def"
    }
    llvm_unreachable("unknown statement");
  }
};

} // namespace arr::ast

#endif // ARR_AST_VISITOR_H
