//===- InsertLifetimes.cpp - References to blocks are counted -------------===//
//
// On entry: memrefs, structured control flow. Owning values are results of
// arr.alloc, arr.load_file, of calls and of control flow, and the arguments of
// loops. Each is one reference, which ends by a release after the last use
// through any view, or moves on: to a return, a yield, the start of a loop.
// Where something that is used later or not owned is handed on, it is retained
// first.
//
//===----------------------------------------------------------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/SetVector.h"

namespace arr {
#define GEN_PASS_DEF_INSERTLIFETIMES
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

bool isView(Operation *op) {
  return isa<memref::CastOp, memref::ReinterpretCastOp, memref::SubViewOp,
             memref::ExtractStridedMetadataOp, ComplexPartOp, arith::SelectOp>(
      op);
}

/// True if the op hands its memref operands on, with a reference for each.
bool handsOn(Operation *op) {
  return isa<func::ReturnOp, scf::YieldOp, scf::ConditionOp, scf::ForOp,
             scf::WhileOp>(op);
}

class LifetimeInserter {
public:
  LifetimeInserter(func::FuncOp function) : function(function) {}

  void run() {
    SmallVector<Value> owners;
    function.walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<AllocOp, LoadFileOp, func::CallOp, scf::ForOp, scf::WhileOp,
              scf::IfOp>(op))
        append(owners, op->getResults());
      if (auto loop = dyn_cast<scf::ForOp>(op)) {
        append(owners, loop.getRegionIterArgs());
      } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
        append(owners, loop.getBeforeArguments());
        append(owners, loop.getAfterArguments());
      }
      if (handsOn(op))
        for (OpOperand &operand : op->getOpOperands())
          if (isa<MemRefType>(operand.get().getType()))
            handedOn.insert(&operand);
    });
    for (Value owner : owners)
      endLifetime(owner);
    for (OpOperand *operand : handedOn) {
      OpBuilder builder(operand->getOwner());
      RetainOp::create(builder, operand->getOwner()->getLoc(), operand->get());
    }
    // Releases last: nothing may come between a value's last use and a retain.
    for (auto [value, after] : releases) {
      OpBuilder builder(function.getContext());
      if (!after)
        builder.setInsertionPointToStart(value.getParentBlock());
      else if (after->hasTrait<OpTrait::IsTerminator>())
        builder.setInsertionPoint(after);
      else
        builder.setInsertionPointAfter(after);
      ReleaseOp::create(builder, value.getLoc(), value);
    }
  }

private:
  static void append(SmallVectorImpl<Value> &owners, ValueRange values) {
    for (Value value : values)
      if (isa<MemRefType>(value.getType()))
        owners.push_back(value);
  }

  /// Finds where the reference that `owner` is ends.
  void endLifetime(Value owner) {
    Block *block = owner.getParentBlock();
    Operation *last = owner.getDefiningOp();
    SmallVector<OpOperand *> handOvers;
    llvm::SetVector<Value> views;
    views.insert(owner);
    for (unsigned i = 0; i < views.size(); ++i)
      for (OpOperand &use : views[i].getUses()) {
        Operation *user = use.getOwner();
        Operation *ancestor = block->findAncestorOpInBlock(*user);
        if (!last || last->isBeforeInBlock(ancestor))
          last = ancestor;
        if (isView(user)) {
          for (Value result : user->getResults())
            if (isa<MemRefType>(result.getType()))
              views.insert(result);
        } else if (handsOn(user)) {
          handOvers.push_back(&use);
        }
      }
    // The last use may take the reference over, unless the value is a choice
    // of several blocks.
    for (OpOperand *use : handOvers)
      if (use->getOwner() == last && isOwnView(use->get(), owner) &&
          handedOn.remove(use))
        return;
    releases.push_back({owner, last});
  }

  /// True if `view` is surely a view of the owner's block.
  static bool isOwnView(Value view, Value owner) {
    while (view != owner) {
      Operation *op = view.getDefiningOp();
      if (!op || isa<arith::SelectOp>(op))
        return false;
      view = op->getOperand(0);
    }
    return true;
  }

  func::FuncOp function;
  /// Operands that hand a reference on and need one: those not moved.
  llvm::SetVector<OpOperand *> handedOn;
  /// Owners, and the op after whose end they are released (null: at once).
  SmallVector<std::pair<Value, Operation *>> releases;
};

struct InsertLifetimesPass
    : arr::impl::InsertLifetimesBase<InsertLifetimesPass> {
  void runOnOperation() override {
    if (!getOperation().isExternal())
      LifetimeInserter(getOperation()).run();
  }
};

} // namespace
