//===- InlineCalls.cpp - Calls become the bodies of the callees -----------===//
//
// Everything is inlined but recursive calls: loops and expressions then meet in
// one function. MLIR's own inliner would do, but for the names of sizes: they
// are one function's, and a body that is inlined twice needs two sets of them.
// On entry every body is one block. Private functions that nobody calls any
// more are erased.
//
//===----------------------------------------------------------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/PlaceAliases.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"

namespace arr {
#define GEN_PASS_DEF_INLINECALLS
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

struct InlineCallsPass : arr::impl::InlineCallsBase<InlineCallsPass> {
  void runOnOperation() override;

private:
  /// Inlines into a function what it calls, callees first.
  void visit(func::FuncOp function);
  void inlineCall(func::CallOp call, func::FuncOp callee);
  void eraseUncalled();

  enum class State { Visiting, Done };
  llvm::DenseMap<Operation *, State> states;
  llvm::DenseSet<Operation *> recursive;
};

} // namespace

void InlineCallsPass::runOnOperation() {
  states.clear();
  recursive.clear();
  for (func::FuncOp function : getOperation().getOps<func::FuncOp>())
    visit(function);
  eraseUncalled();
}

void InlineCallsPass::visit(func::FuncOp function) {
  if (!states.try_emplace(function, State::Visiting).second)
    return;
  SmallVector<func::CallOp> calls;
  function.walk([&](func::CallOp call) { calls.push_back(call); });
  for (func::CallOp call : calls) {
    auto callee = getOperation().lookupSymbol<func::FuncOp>(call.getCallee());
    if (!callee || callee.isExternal() || !callee.getBody().hasOneBlock())
      continue;
    visit(callee);
    if (states.lookup(callee) == State::Visiting)
      recursive.insert(callee);
    if (!recursive.contains(callee))
      inlineCall(call, callee);
  }
  states[function] = State::Done;
}

void InlineCallsPass::inlineCall(func::CallOp call, func::FuncOp callee) {
  IRMapping mapping;
  mapping.map(callee.getArguments(), call.getOperands());
  Region body;
  callee.getBody().cloneInto(&body, mapping);
  renameInlinedSizes(call, llvm::make_range(body.begin(), body.end()));
  Block &entry = body.front();
  Operation *result = entry.getTerminator();
  call->replaceAllUsesWith(result->getOperands());
  result->erase();
  call->getBlock()->getOperations().splice(call->getIterator(),
                                           entry.getOperations());
  call.erase();
}

void InlineCallsPass::eraseUncalled() {
  llvm::DenseSet<StringRef> called;
  SmallVector<func::FuncOp> reached;
  for (func::FuncOp function : getOperation().getOps<func::FuncOp>())
    if (function.isPublic())
      reached.push_back(function);
  while (!reached.empty())
    reached.pop_back_val().walk([&](func::CallOp call) {
      auto callee = getOperation().lookupSymbol<func::FuncOp>(call.getCallee());
      if (callee && called.insert(callee.getSymName()).second)
        reached.push_back(callee);
    });
  for (func::FuncOp function :
       llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
    if (called.contains(function.getSymName()))
      function->setAttr(calledAttrName, UnitAttr::get(&getContext()));
    else if (function.isPrivate())
      function.erase();
}
