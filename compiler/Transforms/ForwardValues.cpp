//===- ForwardValues.cpp - Places that nobody writes become values --------===//
//
// `y = x + 1` makes a place. If it is only ever read, whole or with its axes
// permuted, repeated or joined, its readers use the value. Reads are kept
// simple for that: a read of a permuted place permutes a read; a slice of a
// value that was just read is a read of a slice, which copies nothing.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/PlaceAnalysis.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"

namespace arr {
#define GEN_PASS_DEF_FORWARDVALUES
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

/// Views that are maps of positions: free on values too.
bool isMovement(Operation *op) {
  return isa_and_present<TransposeOp, ExpandDimsOp, DiagonalOp, CastShapeOp,
                         ComplexPartOp>(op);
}

/// Views that need strides.
bool isStridedView(Operation *op) {
  return isa<SliceOp, BroadcastOp, ReshapeOp>(op);
}

Type toPlace(Type type) {
  return PlaceType::get(type.getContext(), arr::getDims(type),
                        arr::getElementTypeOrSelf(type));
}

Type toArray(Type type) {
  return ArrayType::get(type.getContext(), arr::getDims(type),
                        arr::getElementTypeOrSelf(type));
}

struct ForwardValuesPass : arr::impl::ForwardValuesBase<ForwardValuesPass> {
  using ForwardValuesBase::ForwardValuesBase;

  void runOnOperation() override {
    if (getOperation().isExternal())
      return;
    IRRewriter rewriter(&getContext());
    if (!keepReads)
      moveReads(rewriter);
    forwardFills(rewriter);
    SmallVector<Operation *> fresh;
    getOperation().walk([&](Operation *op) {
      if (isa<EmptyOp, MaterializeOp>(op))
        fresh.push_back(op);
    });
    for (Operation *op : fresh)
      startWithWrite(rewriter, op);
    SmallVector<MaterializeOp> materialized;
    getOperation().walk([&](MaterializeOp op) { materialized.push_back(op); });
    for (MaterializeOp op : materialized)
      forward(rewriter, op);
  }

  /// What is read before anything else is written is what a place was filled
  /// with.
  void forwardFills(IRRewriter &rewriter) {
    PlaceAnalysis places(getOperation());
    SmallVector<ReadOp> reads;
    getOperation().walk([&](ReadOp op) { reads.push_back(op); });
    for (ReadOp read : reads) {
      auto start = read.getPlace().getDefiningOp<MaterializeOp>();
      if (start && start.getValue().getDefiningOp<FillOp>() &&
          !places.isWrittenBetween(start, start, read))
        rewriter.replaceOp(read, start.getValue());
    }
  }

  /// A place whose first use is that all of it is written is made there.
  static void startWithWrite(IRRewriter &rewriter, Operation *op) {
    Value place = op->getResult(0);
    Block *block = op->getBlock();
    // Its sizes are known without it.
    for (Operation *user : llvm::make_early_inc_range(place.getUsers())) {
      auto size = dyn_cast<DimOp>(user);
      if (!size)
        continue;
      if (auto empty = dyn_cast<EmptyOp>(op))
        rewriter.replaceOp(size, empty.getSizes()[size.getAxis()]);
      else
        size->setOperand(0, cast<MaterializeOp>(op).getValue());
    }
    Operation *first = nullptr;
    for (Operation *user : place.getUsers()) {
      user = block->findAncestorOpInBlock(*user);
      if (!first || user->isBeforeInBlock(first))
        first = user;
    }
    auto write = dyn_cast_or_null<WriteOp>(first);
    if (!write || write.getPlace() != place)
      return;
    rewriter.setInsertionPoint(write);
    rewriter.replaceOpWithNewOp<MaterializeOp>(op, place.getType(),
                                               write.getValue());
    rewriter.eraseOp(write);
  }

  void moveReads(IRRewriter &rewriter) {
    PlaceAnalysis places(getOperation());
    SmallVector<Operation *> ops;
    getOperation().walk([&](Operation *op) { ops.push_back(op); });
    for (Operation *op : ops)
      if (isStridedView(op) && isa<ArrayType>(op->getResult(0).getType()))
        viewMemory(rewriter, places, op);
    SmallVector<ReadOp> reads;
    getOperation().walk([&](ReadOp op) { reads.push_back(op); });
    for (ReadOp read : reads)
      moveAfterRead(rewriter, read);
  }

  /// A strided view of a value that is a read, through movements: reads the
  /// view of the place instead, if the place has not changed since.
  static void viewMemory(IRRewriter &rewriter, PlaceAnalysis &places,
                         Operation *view) {
    SmallVector<Operation *> movements;
    Operation *source = view->getOperand(0).getDefiningOp();
    while (isMovement(source)) {
      movements.push_back(source);
      source = source->getOperand(0).getDefiningOp();
    }
    auto read = dyn_cast_or_null<ReadOp>(source);
    if (!read || places.isWrittenBetween(read.getPlace(), read, view))
      return;
    rewriter.setInsertionPoint(view);
    Value place = read.getPlace();
    auto rebuild = [&](Operation *op) {
      Operation *copy = rewriter.clone(*op);
      copy->setOperand(0, place);
      place = copy->getResult(0);
      place.setType(toPlace(place.getType()));
    };
    for (Operation *movement : llvm::reverse(movements))
      rebuild(movement);
    rebuild(view);
    rewriter.replaceOpWithNewOp<ReadOp>(view, view->getResult(0).getType(),
                                        place);
    for (Operation *movement : movements)
      if (movement->use_empty())
        rewriter.eraseOp(movement);
    if (read->use_empty())
      rewriter.eraseOp(read);
  }

  /// A read of moved axes: moves the axes of a read.
  static void moveAfterRead(IRRewriter &rewriter, ReadOp read) {
    SmallVector<Operation *> movements;
    Value place = read.getPlace();
    while (isMovement(place.getDefiningOp())) {
      movements.push_back(place.getDefiningOp());
      place = movements.back()->getOperand(0);
    }
    if (movements.empty())
      return;
    rewriter.setInsertionPoint(read);
    Value value = ReadOp::create(rewriter, read.getLoc(),
                                 toArray(place.getType()), place);
    for (Operation *movement : llvm::reverse(movements)) {
      Operation *copy = rewriter.clone(*movement);
      copy->setOperand(0, value);
      value = copy->getResult(0);
      value.setType(toArray(value.getType()));
    }
    rewriter.replaceOp(read, value);
    for (Operation *movement : movements)
      if (movement->use_empty())
        rewriter.eraseOp(movement);
  }

  /// Gives the value to those who read the place, if they are all its users.
  static void forward(IRRewriter &rewriter, MaterializeOp op) {
    for (Operation *user : op->getUsers())
      if (!isa<ReadOp, DimOp>(user))
        return;
    for (Operation *user : llvm::make_early_inc_range(op->getUsers())) {
      if (isa<ReadOp>(user))
        rewriter.replaceOp(user, op.getValue());
      else
        user->setOperand(0, op.getValue());
    }
    rewriter.eraseOp(op);
  }
};

} // namespace
