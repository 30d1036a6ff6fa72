//===- ASTContext.h - Memory of a syntax tree -------------------*- C++ -*-===//
//
// Nodes, their lists and their strings live in one arena and are trivially
// destructible: a tree of any shape is freed at once, without recursion.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_AST_ASTCONTEXT_H
#define ARR_AST_ASTCONTEXT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include <algorithm>
#include <type_traits>
#include <utility>

namespace arr::ast {

class ASTContext {
public:
  ASTContext() = default;
  ASTContext(const ASTContext &) = delete;
  ASTContext &operator=(const ASTContext &) = delete;

  /// ctx.create<Name>(range, "x")
  template <typename T, typename... Args> T *create(Args &&...args) {
    static_assert(std::is_trivially_destructible_v<T>,
                  "nodes are never destroyed one by one");
    return new (arena.Allocate<T>()) T(std::forward<Args>(args)...);
  }

  template <typename T> llvm::ArrayRef<T> copy(llvm::ArrayRef<T> list) {
    static_assert(std::is_trivially_destructible_v<T>);
    T *data = arena.Allocate<T>(list.size());
    std::uninitialized_copy(list.begin(), list.end(), data);
    return llvm::ArrayRef<T>(data, list.size());
  }

  llvm::StringRef copy(llvm::StringRef text) { return text.copy(arena); }

private:
  llvm::BumpPtrAllocator arena;
};

} // namespace arr::ast

#endif // ARR_AST_ASTCONTEXT_H
