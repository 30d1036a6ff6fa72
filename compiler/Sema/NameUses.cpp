//===- NameUses.cpp - Which names a piece of source reads and assigns -----===//
#include "compiler/Sema/NameUses.h"
#include "compiler/AST/Visitor.h"

using namespace arr;
using namespace arr::sema;

void arr::sema::collectTargetNames(const ast::Expr &target,
                                   std::set<std::string> &names) {
  if (const auto *name = llvm::dyn_cast<ast::Name>(&target))
    names.insert(name->id.str());
  if (const auto *tuple = llvm::dyn_cast<ast::Tuple>(&target))
    for (const ast::Expr *element : tuple->elements)
      collectTargetNames(*element, names);
  if (const auto *list = llvm::dyn_cast<ast::List>(&target))
    for (const ast::Expr *element : list->elements)
      collectTargetNames(*element, names);
}

void arr::sema::collectAssignedNames(ast::Block block,
                                     std::set<std::string> &names,
                                     bool withUpdates) {
  for (const ast::Stmt *stmt : block) {
    if (const auto *assign = llvm::dyn_cast<ast::Assign>(stmt)) {
      for (const ast::Expr *target : assign->targets)
        collectTargetNames(*target, names);
    } else if (const auto *assign = llvm::dyn_cast<ast::AnnAssign>(stmt)) {
      collectTargetNames(*assign->target, names);
    } else if (const auto *assign = llvm::dyn_cast<ast::AugAssign>(stmt)) {
      if (withUpdates)
        collectTargetNames(*assign->target, names);
    } else if (const auto *branch = llvm::dyn_cast<ast::If>(stmt)) {
      for (const ast::IfClause &clause : branch->clauses)
        collectAssignedNames(clause.body, names, withUpdates);
      collectAssignedNames(branch->orElse, names, withUpdates);
    } else if (const auto *loop = llvm::dyn_cast<ast::For>(stmt)) {
      collectTargetNames(*loop->target, names);
      collectAssignedNames(loop->body, names, withUpdates);
      collectAssignedNames(loop->orElse, names, withUpdates);
    } else if (const auto *loop = llvm::dyn_cast<ast::While>(stmt)) {
      collectAssignedNames(loop->body, names, withUpdates);
      collectAssignedNames(loop->orElse, names, withUpdates);
    }
  }
}

namespace {
class NameCollector : public ast::ExprVisitor<NameCollector> {
public:
  explicit NameCollector(std::set<std::string> &names) : names(names) {}

  void visitIntLiteral(const ast::IntLiteral &) {}
  void visitFloatLiteral(const ast::FloatLiteral &) {}
  void visitImaginaryLiteral(const ast::ImaginaryLiteral &) {}
  void visitBoolLiteral(const ast::BoolLiteral &) {}
  void visitNoneLiteral(const ast::NoneLiteral &) {}
  void visitEllipsisLiteral(const ast::EllipsisLiteral &) {}
  void visitStringLiteral(const ast::StringLiteral &) {}
  void visitName(const ast::Name &name) { names.insert(name.id.str()); }
  void visitAttribute(const ast::Attribute &node) { visit(*node.value); }
  void visitSubscript(const ast::Subscript &node) {
    visit(*node.value);
    visitAll(node.items);
  }
  void visitSlice(const ast::Slice &node) {
    for (const ast::Expr *part : {node.lower, node.upper, node.step})
      if (part)
        visit(*part);
  }
  void visitCall(const ast::Call &node) {
    visit(*node.callee);
    visitAll(node.args);
    for (const ast::KeywordArg &keyword : node.keywords)
      visit(*keyword.value);
  }
  void visitUnary(const ast::Unary &node) { visit(*node.operand); }
  void visitBinary(const ast::Binary &node) {
    visit(*node.lhs);
    visit(*node.rhs);
  }
  void visitBoolOp(const ast::BoolOp &node) { visitAll(node.operands); }
  void visitCompare(const ast::Compare &node) { visitAll(node.operands); }
  void visitIfExp(const ast::IfExp &node) {
    visit(*node.condition);
    visit(*node.thenValue);
    visit(*node.elseValue);
  }
  void visitLambda(const ast::Lambda &node) {
    std::set<std::string> inner;
    NameCollector(inner).visit(*node.body);
    for (const ast::Param &param : node.params) {
      inner.erase(param.name.str());
      if (param.defaultValue)
        visit(*param.defaultValue);
    }
    names.insert(inner.begin(), inner.end());
  }
  void visitTuple(const ast::Tuple &node) { visitAll(node.elements); }
  void visitList(const ast::List &node) { visitAll(node.elements); }

private:
  void visitAll(llvm::ArrayRef<const ast::Expr *> exprs) {
    for (const ast::Expr *expr : exprs)
      visit(*expr);
  }
  std::set<std::string> &names;
};
} // namespace

void arr::sema::collectNames(const ast::Expr &expr,
                             std::set<std::string> &names) {
  NameCollector(names).visit(expr);
}

bool arr::sema::mentions(const ast::Expr &expr, llvm::StringRef name) {
  std::set<std::string> names;
  collectNames(expr, names);
  return names.count(name.str()) != 0;
}
