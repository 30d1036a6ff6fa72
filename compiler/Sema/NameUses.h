//===- NameUses.h - Which names a piece of source reads and assigns
//--------===//
#ifndef ARR_SEMA_NAMEUSES_H
#define ARR_SEMA_NAMEUSES_H

#include "compiler/AST/AST.h"
#include <set>
#include <string>

namespace arr::sema {

/// Names that are assigned anywhere in statements, nested ones included; with
/// or without those that only occur as `name op= value`.
void collectAssignedNames(ast::Block block, std::set<std::string> &names,
                          bool withUpdates = true);
/// Names that an assignment target binds.
void collectTargetNames(const ast::Expr &target, std::set<std::string> &names);
/// Every name in an expression, lambdas' own parameters left out.
void collectNames(const ast::Expr &expr, std::set<std::string> &names);
bool mentions(const ast::Expr &expr, llvm::StringRef name);

} // namespace arr::sema

#endif // ARR_SEMA_NAMEUSES_H
