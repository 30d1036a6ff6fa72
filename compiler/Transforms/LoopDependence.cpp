//===- LoopDependence.cpp - Whether iterations touch the same elements ----===//
//
// Two boxes of positions, linear in what the iterations know, are disjoint if
// they are so on some axis. Values of the other iteration are copies: atoms of
// their own, under the same facts.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/LoopDependence.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace arr;

/// True if an atom may have another value in another iteration.
bool LoopDependence::isInside(Atom atom) {
  auto [known, isNew] = insideAtoms.try_emplace(atom.identity, false);
  if (!isNew)
    return known->second;
  // A value of the body, or a size that only arrays of the body have.
  bool isInside = false, isNamedOutside = false;
  auto visit = [&](Value value, bool inside) {
    if (value.getAsOpaquePointer() == atom.identity)
      isInside |= inside;
    for (Attribute dim : arr::getDims(value.getType()))
      if (dim.getAsOpaquePointer() == atom.identity) {
        isInside |= inside;
        isNamedOutside |= !inside;
      }
  };
  auto function = loop->getParentOfType<func::FuncOp>();
  function.walk([&](Operation *op) {
    bool inside = loop->isProperAncestor(op);
    for (Value result : op->getResults())
      visit(result, inside);
    for (Region &region : op->getRegions())
      for (BlockArgument argument : region.getArguments())
        visit(argument, inside || op == loop);
  });
  return insideAtoms[atom.identity] = isInside && !isNamedOutside;
}

Linear LoopDependence::inOtherIteration(const Linear &expr) {
  return expr.map([&](Atom atom) {
    if (isInside(atom))
      atom.copy = 1;
    return Linear::of(atom);
  });
}

/// `access` in iteration i, `other` in iteration j: i + 1 + d or i - 1 - d.
bool LoopDependence::areDisjoint(const Access &access, const Access &other,
                                 bool otherIsLater) {
  Atom position{induction.getAsOpaquePointer()};
  Atom otherPosition{position.identity, 1}, distance{loop, 2};
  Linear own = Linear::of(position);
  Linear apart = Linear(1) + Linear::of(distance);
  Linear replaced = otherIsLater ? own + apart : own - apart;
  auto shift = [&](const Linear &expr) {
    return inOtherIteration(expr).map([&](Atom atom) {
      return atom == otherPosition ? replaced : Linear::of(atom);
    });
  };
  IndexAnalysis::Facts facts = analysis.getFacts(access.op);
  for (const Linear &fact : analysis.getFacts(other.op))
    facts.push_back(shift(fact));
  facts.push_back(Linear::of(distance));

  for (auto [mine, others] : llvm::zip(access.region.axes, other.region.axes)) {
    if (mine.isWhole || others.isWhole)
      continue;
    Linear begin = shift(others.begin), end = shift(others.end);
    if (analysis.isNonNegative(begin - mine.end, facts, access.op) ||
        analysis.isNonNegative(mine.begin - end, facts, access.op))
      return true;
  }
  return false;
}
