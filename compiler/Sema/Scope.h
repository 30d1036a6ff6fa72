//===- Scope.h - What names mean at a point of a function
//------------------===//
//
// The environment of a statement: every local name with its current meaning. It
// flows through the statements, is copied at branches and joined where control
// flow meets (Joins.cpp).
//
//===----------------------------------------------------------------------===//
#ifndef ARR_SEMA_SCOPE_H
#define ARR_SEMA_SCOPE_H

#include "compiler/Sema/Value.h"

namespace arr::sema {

/// Why a name may have no value: what to point at and what to say.
struct Unbound {
  SourceRange range;
  std::string reason;
  bool isPrivate = false; // to an iteration of a prange
};

struct Binding {
  Value value;          // Missing: has no value here
  SourceRange assigned; // where it got this value
  std::optional<Unbound> unbound;
};

/// Ordered, so that everything made from it comes in the same order each time.
using Env = std::map<std::string, Binding>;

/// The end of a path that meets others: its environment and where statements
/// that prepare the meeting are put.
struct Edge {
  Env env;
  typed::Block *block = nullptr;
  typed::Stmt *before = nullptr; // the break or continue that ends it, or null
  /// Said of names that this path leaves without a value.
  Unbound missing;
};

} // namespace arr::sema

#endif // ARR_SEMA_SCOPE_H
