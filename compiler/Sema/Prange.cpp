//===- Prange.cpp - The scalar variables of a parallel loop
//----------------===//
//
// A name that a prange assigns is either a reduction (everything the body does
// with it is `s op= e`, with one operator) or private to an iteration: it has
// no value at the start of the body and none after the loop. That arrays are
// used independently is proved later, in the arr dialect.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "compiler/Sema/NameUses.h"

using namespace arr;
using namespace arr::sema;
using typed::ReduceKind;

namespace {
/// Looks at every statement that uses one name.
class ReductionFinder {
public:
  ReductionFinder(Checker &checker, llvm::StringRef name)
      : checker(checker), name(name) {}

  /// Whether all uses are updates with one operator.
  bool check(ast::Block block);
  std::optional<ReduceKind> kind;
  /// The first use that is no update.
  SourceRange otherUse;

private:
  bool checkStmt(const ast::Stmt &stmt);
  bool fail(SourceRange range) {
    if (!otherUse.isValid())
      otherUse = range;
    return false;
  }
  bool unify(std::optional<ReduceKind> found, SourceRange range) {
    if (!found || (kind && *kind != *found))
      return fail(range);
    kind = found;
    return true;
  }
  bool avoids(const ast::Expr *expr) {
    return !expr || !mentions(*expr, name) || fail(expr->range);
  }
  bool isName(const ast::Expr *expr) {
    const auto *node = llvm::dyn_cast<ast::Name>(expr);
    return node && node->id == name;
  }
  std::optional<ReduceKind> updateKind(const ast::Expr &value);

  Checker &checker;
  llvm::StringRef name;
};
} // namespace

static std::optional<ReduceKind> reduceKindOf(ast::BinaryOp op) {
  switch (op) {
  case ast::BinaryOp::Add:
  case ast::BinaryOp::Sub: // s -= e adds -e
    return ReduceKind::Add;
  case ast::BinaryOp::Mul:
    return ReduceKind::Mul;
  case ast::BinaryOp::BitAnd:
    return ReduceKind::And;
  case ast::BinaryOp::BitOr:
    return ReduceKind::Or;
  case ast::BinaryOp::BitXor:
    return ReduceKind::Xor;
  default:
    return std::nullopt;
  }
}

/// `s + e`, `min(s, e)`, `s and e`: the value assigned to `s`.
std::optional<ReduceKind> ReductionFinder::updateKind(const ast::Expr &value) {
  if (const auto *binary = llvm::dyn_cast<ast::Binary>(&value)) {
    bool first = isName(binary->lhs) && !mentions(*binary->rhs, name);
    bool second = isName(binary->rhs) && !mentions(*binary->lhs, name);
    if (first || (second && binary->op != ast::BinaryOp::Sub))
      return reduceKindOf(binary->op);
  }
  if (const auto *logic = llvm::dyn_cast<ast::BoolOp>(&value)) {
    unsigned count = 0;
    for (const ast::Expr *operand : logic->operands) {
      if (isName(operand))
        ++count;
      else if (mentions(*operand, name))
        return std::nullopt;
    }
    if (count == 1)
      return logic->isAnd ? ReduceKind::LogicalAnd : ReduceKind::LogicalOr;
  }
  const auto *call = llvm::dyn_cast<ast::Call>(&value);
  if (!call || call->args.size() != 2 || !call->keywords.empty())
    return std::nullopt;
  bool first = isName(call->args[0]) && !mentions(*call->args[1], name);
  bool second = isName(call->args[1]) && !mentions(*call->args[0], name);
  Value callee = checker.check(*call->callee);
  if ((!first && !second) || callee.kind != Value::Kind::Builtin)
    return std::nullopt;
  llvm::StringRef function = callee.builtin->name;
  if (function == "min" || function == "minimum")
    return ReduceKind::Min;
  if (function == "max" || function == "maximum")
    return ReduceKind::Max;
  if (function == "fmin")
    return ReduceKind::FMin;
  if (function == "fmax")
    return ReduceKind::FMax;
  return std::nullopt;
}

bool ReductionFinder::check(ast::Block block) {
  bool all = true;
  for (const ast::Stmt *stmt : block)
    all &= checkStmt(*stmt);
  return all;
}

bool ReductionFinder::checkStmt(const ast::Stmt &stmt) {
  if (const auto *assign = llvm::dyn_cast<ast::AugAssign>(&stmt)) {
    if (isName(assign->target))
      return avoids(assign->value) &&
             unify(reduceKindOf(assign->op), stmt.range);
    return avoids(assign->target) && avoids(assign->value);
  }
  if (const auto *assign = llvm::dyn_cast<ast::Assign>(&stmt)) {
    if (assign->targets.size() == 1 && isName(assign->targets[0]))
      return unify(updateKind(*assign->value), stmt.range);
    for (const ast::Expr *target : assign->targets)
      if (!avoids(target))
        return false;
    return avoids(assign->value);
  }
  if (const auto *assign = llvm::dyn_cast<ast::AnnAssign>(&stmt))
    return avoids(assign->target) && avoids(assign->value);
  if (const auto *expr = llvm::dyn_cast<ast::ExprStmt>(&stmt))
    return avoids(expr->value);
  if (const auto *branch = llvm::dyn_cast<ast::If>(&stmt)) {
    bool all = check(branch->orElse);
    for (const ast::IfClause &clause : branch->clauses)
      all = avoids(clause.condition) && check(clause.body) && all;
    return all;
  }
  if (const auto *loop = llvm::dyn_cast<ast::For>(&stmt))
    return avoids(loop->target) && avoids(loop->iter) && check(loop->body) &&
           check(loop->orElse);
  if (const auto *loop = llvm::dyn_cast<ast::While>(&stmt))
    return avoids(loop->condition) && check(loop->body) && check(loop->orElse);
  if (const auto *assertion = llvm::dyn_cast<ast::Assert>(&stmt))
    return avoids(assertion->condition);
  if (const auto *result = llvm::dyn_cast<ast::Return>(&stmt))
    return avoids(result->value);
  return true;
}

std::map<std::string, ReduceKind>
Checker::classifyPrangeNames(const ast::For &stmt, LoopShape &shape) {
  std::map<std::string, ReduceKind> reductions;
  std::set<std::string> targets, rebound;
  collectAssignedNames(stmt.body, rebound, /*withUpdates=*/false);
  collectTargetNames(*stmt.target, targets);
  for (const std::string &name : shape.assigned) {
    auto it = env.find(name);
    bool isBound =
        it != env.end() && !it->second.unbound && !targets.count(name);
    ReductionFinder finder(*this, name);
    if (isBound && it->second.value.isScalar()) {
      if (finder.check(stmt.body) && finder.kind) {
        reductions[name] = *finder.kind;
        continue;
      }
    } else if (isBound && it->second.value.isArray() && !rebound.count(name)) {
      continue; // `x += e` stores into the array: no name is bound
    }
    Unbound reason{stmt.headerRange,
                   "each iteration of this `prange` has a `{0}` of its own",
                   /*isPrivate=*/true};
    if (isBound && finder.otherUse.isValid())
      reason = {finder.otherUse,
                "`{0}` would be a reduction if the loop used it only as "
                "`{0} op= value`, with one operator; this is another use",
                /*isPrivate=*/true};
    shape.privateNames[name] = reason;
  }
  for (const auto &[name, reason] : shape.privateNames)
    shape.assigned.erase(name);
  return reductions;
}
