//===- Effects.cpp - Which parameters functions write and return ----------===//
#include "compiler/MLIRGen/Effects.h"
#include "compiler/MLIRGen/Walk.h"
#include "llvm/ADT/STLExtras.h"

namespace arr::typed {

using llvm::BitVector;
using llvm::cast;
using llvm::dyn_cast;

namespace {

/// One function, with what is known about the others so far.
class FunctionAnalysis {
public:
  FunctionAnalysis(const Function &function, ProgramEffects &program)
      : function(function), program(program), effects(program[&function]) {
    for (auto [index, param] : llvm::enumerate(function.params))
      viewsOf(param.var).set(index);
  }

  /// True if more is known about the function than before.
  bool run();

private:
  BitVector &viewsOf(const Var *var) {
    return variables.try_emplace(var, function.params.size()).first->second;
  }
  /// The parameters that an array, or the array of an element, may be a view
  /// of.
  BitVector views(const Expr *expr);
  /// The same for a value that is handed on: scalars are copies.
  BitVector aliases(const Expr *expr) {
    bool isScalar = expr->type.isScalar();
    return isScalar ? BitVector(function.params.size()) : views(expr);
  }
  /// The same for what a statement stores into.
  BitVector targets(const Expr *target) {
    auto *gather = dyn_cast<Gather>(target);
    return views(gather ? gather->base : target);
  }
  /// What evaluating an expression binds and, by calls, writes.
  void visit(const Expr *expr);
  bool add(BitVector &set, const BitVector &more) {
    BitVector before = set;
    set |= more;
    return set != before;
  }

  const Function &function;
  ProgramEffects &program;
  FunctionEffects &effects;
  llvm::DenseMap<const Var *, BitVector> variables;
  bool changed = false;
};

} // namespace

BitVector FunctionAnalysis::views(const Expr *expr) {
  BitVector none(function.params.size());
  switch (expr->kind) {
  case ExprKind::VarRef:
    return viewsOf(cast<VarRef>(expr)->var);
  case ExprKind::Call: {
    auto *call = cast<Call>(expr);
    const BitVector returned = program.lookup(call->callee).returned;
    for (auto [index, argument] : llvm::enumerate(call->arguments))
      if (returned.test(index))
        none |= views(argument);
    return none;
  }
  case ExprKind::Let:
    return views(cast<Let>(expr)->body);
  case ExprKind::Index:
    return views(cast<Index>(expr)->base);
  case ExprKind::Transpose:
    return views(cast<Transpose>(expr)->base);
  case ExprKind::Reshape:
    return views(cast<Reshape>(expr)->base);
  case ExprKind::Diagonal:
    return views(cast<Diagonal>(expr)->base);
  case ExprKind::ComplexPart:
    return views(cast<ComplexPart>(expr)->base);
  case ExprKind::Broadcast:
    return views(cast<Broadcast>(expr)->base);
  case ExprKind::TupleGet:
    return views(cast<TupleGet>(expr)->tuple);
  case ExprKind::Select:
    none |= views(cast<Select>(expr)->trueValue);
    none |= views(cast<Select>(expr)->falseValue);
    return none;
  case ExprKind::MakeTuple:
    for (const Expr *element : cast<MakeTuple>(expr)->elements)
      none |= aliases(element);
    return none;
  default:
    return none;
  }
}

void FunctionAnalysis::visit(const Expr *expr) {
  walk(expr, [&](const Expr *part) {
    if (auto *let = dyn_cast<Let>(part))
      changed |= add(viewsOf(let->var), aliases(let->value));
    // C may write all that it is given.
    if (auto *call = dyn_cast<RuntimeCall>(part);
        call && call->target == RuntimeCall::Target::Extern)
      for (const Expr *argument : call->arguments)
        changed |= add(effects.written, aliases(argument));
    auto *call = dyn_cast<Call>(part);
    if (!call)
      return;
    const BitVector written = program.lookup(call->callee).written;
    for (auto [index, argument] : llvm::enumerate(call->arguments))
      if (written.test(index))
        changed |= add(effects.written, views(argument));
  });
}

bool FunctionAnalysis::run() {
  const FunctionEffects before = effects;
  do {
    changed = false;
    walk(function.body, [&](const Stmt *stmt) {
      forEachExpr(stmt, [&](Expr *expr) { visit(expr); });
      if (auto *assign = dyn_cast<Assign>(stmt)) {
        BitVector value = aliases(assign->value);
        for (Var *target : assign->targets)
          changed |= add(viewsOf(target), value);
      } else if (auto *store = dyn_cast<Store>(stmt)) {
        changed |= add(effects.written, targets(store->target));
      } else if (auto *update = dyn_cast<Update>(stmt)) {
        changed |= add(effects.written, targets(update->target));
      } else if (auto *result = dyn_cast<Return>(stmt);
                 result && result->value) {
        changed |= add(effects.returned, aliases(result->value));
      }
    });
  } while (changed);
  return before.written != effects.written ||
         before.returned != effects.returned;
}

ProgramEffects computeEffects(const Program &program) {
  ProgramEffects effects;
  for (const auto &function : program.functions)
    effects[function.get()] = {BitVector(function->params.size()),
                               BitVector(function->params.size())};
  bool changed = true;
  while (changed) {
    changed = false;
    for (const auto &function : program.functions)
      changed |= FunctionAnalysis(*function, effects).run();
  }
  return effects;
}

} // namespace arr::typed
