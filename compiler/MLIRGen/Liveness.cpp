//===- Liveness.cpp - Which variables control flow has to carry -----------===//
#include "compiler/MLIRGen/Liveness.h"
#include "compiler/MLIRGen/Walk.h"

namespace arr::typed {

using llvm::BitVector;
using llvm::dyn_cast;

Liveness::Liveness(const StructuredBody &body) : structured(body) {
  numberAll(body.body);
  if (body.result)
    number(body.result);
  BitVector end = none();
  if (body.result)
    end.set(number(body.result));
  before(body.body, std::move(end));
}

llvm::SmallVector<Var *, 4> Liveness::carried(const Stmt *stmt) const {
  BitVector set = assignedIn.lookup(stmt);
  set &= needed.lookup(stmt);
  llvm::SmallVector<Var *, 4> result;
  for (unsigned index : set.set_bits())
    result.push_back(vars[index]);
  return result;
}

unsigned Liveness::number(Var *var) {
  auto [entry, isNew] = numbers.try_emplace(var, vars.size());
  if (isNew)
    vars.push_back(var);
  return entry->second;
}

void Liveness::numberAll(const Block &block) {
  walk(block, [&](const Stmt *stmt) {
    forEachExpr(stmt, [&](Expr *expr) {
      walk(expr, [&](const Expr *part) {
        if (auto *use = dyn_cast<VarRef>(part))
          number(use->var);
      });
    });
    if (auto *assign = dyn_cast<Assign>(stmt))
      for (Var *target : assign->targets)
        number(target);
    if (auto *loop = dyn_cast<For>(stmt)) {
      number(loop->var);
      for (const Reduction &reduction : loop->reductions)
        number(reduction.var);
    }
    for (Var *flag : structured.exits.lookup(stmt))
      number(flag);
  });
}

void Liveness::addUses(const Stmt *stmt, BitVector &live) {
  forEachExpr(stmt, [&](Expr *expr) {
    walk(expr, [&](const Expr *part) {
      if (auto *use = dyn_cast<VarRef>(part))
        live.set(number(use->var));
    });
  });
}

BitVector Liveness::before(const Block &block, BitVector live) {
  for (const Stmt *stmt : llvm::reverse(block)) {
    if (auto *assign = dyn_cast<Assign>(stmt)) {
      for (Var *target : assign->targets)
        live.reset(number(target));
    } else if (auto *branch = dyn_cast<If>(stmt)) {
      needed[stmt] = live;
      assigned(stmt);
      BitVector onFalse = before(branch->elseBody, live);
      live = before(branch->thenBody, std::move(live));
      live |= onFalse;
    } else if (llvm::isa<For>(stmt) || llvm::isa<While>(stmt)) {
      // A loop may run no iteration: what is live after it is live before it.
      live |= exposed(stmt);
      needed[stmt] = live;
      assigned(stmt);
      auto *loop = dyn_cast<For>(stmt);
      before(loop ? loop->body : llvm::cast<While>(stmt)->body, live);
    }
    addUses(stmt, live);
  }
  return live;
}

const BitVector &Liveness::exposed(const Stmt *stmt) {
  if (auto known = exposedIn.find(stmt); known != exposedIn.end())
    return known->second;
  BitVector result = none();
  if (auto *loop = dyn_cast<For>(stmt)) {
    result = before(loop->body, std::move(result));
    result.reset(number(loop->var));
    for (const Reduction &reduction : loop->reductions)
      result.set(number(reduction.var));
  } else {
    result = before(llvm::cast<While>(stmt)->body, std::move(result));
    addUses(stmt, result);
  }
  for (Var *flag : structured.exits.lookup(stmt))
    result.set(number(flag));
  return exposedIn[stmt] = std::move(result);
}

void Liveness::addAssigned(const Block &block, BitVector &set) {
  for (const Stmt *stmt : block)
    if (auto *assign = dyn_cast<Assign>(stmt))
      for (Var *target : assign->targets)
        set.set(number(target));
    else if (llvm::isa<If>(stmt) || llvm::isa<For>(stmt) ||
             llvm::isa<While>(stmt))
      set |= assigned(stmt);
}

const BitVector &Liveness::assigned(const Stmt *stmt) {
  if (auto known = assignedIn.find(stmt); known != assignedIn.end())
    return known->second;
  BitVector result = none();
  if (auto *branch = dyn_cast<If>(stmt)) {
    addAssigned(branch->thenBody, result);
    addAssigned(branch->elseBody, result);
  } else if (auto *loop = dyn_cast<For>(stmt)) {
    result.set(number(loop->var));
    addAssigned(loop->body, result);
  } else if (auto *loop = dyn_cast<While>(stmt)) {
    addAssigned(loop->body, result);
  }
  return assignedIn[stmt] = std::move(result);
}

} // namespace arr::typed
