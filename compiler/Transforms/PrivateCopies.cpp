//===- PrivateCopies.cpp - Parallel loops that update arrays --------------===//
//
// Expects prange loops that arr-check-prange has marked. The iterations are cut
// into blocks, each with copies of the arrays that start from what changes
// nothing; the copies are combined in the order of the blocks. How many there
// are depends on sizes only; where copies would cost more than the iterations,
// the loop is a serial one. No marks are left.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/PrivateCopies.h"
#include "compiler/Transforms/IndexAnalysis.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/PlaceAliases.h"
#include "compiler/Transforms/ReduceKinds.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace arr {
#define GEN_PASS_DEF_PRIVATECOPIES
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

/// Blocks, whatever the number of threads is.
constexpr int64_t maxBlocks = 32;
/// Elements of all copies of one array.
constexpr int64_t maxElements = int64_t(1) << 23;

class LoopPrivatizer {
public:
  LoopPrivatizer(PrangeOp loop, const IndexAnalysis &analysis)
      : loop(loop), analysis(analysis), loc(loop.getLoc()), builder(loop) {}

  void run();

private:
  struct Target {
    ReduceKind kind;
    Value copies; // one for each block
  };

  bool isOutside(Value value) {
    return !loop->isAncestor(value.getParentBlock()->getParentOp());
  }
  bool findTargets();
  Value countBlocks();
  void makeCopies(Value place, Target &target, Value blocks);
  PrangeOp makeBlocks(Value blocks);
  void combine(Value place, const Target &target);
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }

  PrangeOp loop;
  const IndexAnalysis &analysis;
  Location loc;
  OpBuilder builder;
  /// The places, outside the loop, that it updates.
  llvm::MapVector<Value, Target> targets;
};

struct PrivateCopiesPass : arr::impl::PrivateCopiesBase<PrivateCopiesPass> {
  void runOnOperation() override {
    IndexAnalysis analysis(getOperation());
    SmallVector<PrangeOp> marked;
    getOperation().walk<WalkOrder::PreOrder>([&](PrangeOp loop) {
      if (loop->hasAttr(updateAttrName))
        marked.push_back(loop);
    });
    // The copies of the outermost loop serve those inside it.
    SmallVector<PrangeOp> outermost;
    for (PrangeOp loop : llvm::reverse(marked)) {
      bool isInside = llvm::any_of(marked, [&](PrangeOp other) {
        return other->isProperAncestor(loop);
      });
      if (isInside)
        makeSerial(loop);
      else
        outermost.push_back(loop);
    }
    for (PrangeOp loop : outermost)
      LoopPrivatizer(loop, analysis).run();
    getOperation().walk([](Operation *op) { op->removeAttr(updateAttrName); });
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// Serial loops
//===----------------------------------------------------------------------===//

void arr::makeSerial(PrangeOp loop) {
  OpBuilder builder(loop);
  Location loc = loop.getLoc();
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  auto serial = scf::ForOp::create(builder, loc, zero, loop.getCount(), one,
                                   loop.getInits());
  Block *body = serial.getBody();
  if (body->mightHaveTerminator())
    body->getTerminator()->erase();
  Operation *yield = loop.getBody()->getTerminator();
  for (auto [from, to] :
       llvm::zip(loop.getBody()->getArguments(), body->getArguments()))
    from.replaceAllUsesWith(to);
  body->getOperations().splice(body->end(), loop.getBody()->getOperations());
  builder.setInsertionPointToEnd(body);
  scf::YieldOp::create(builder, yield->getLoc(), yield->getOperands());
  yield->erase();
  loop.replaceAllUsesWith(serial.getResults());
  loop.erase();
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

/// False if an array is updated, or read for that, through different views.
bool LoopPrivatizer::findTargets() {
  bool isPlain = true;
  loop.getRegion().walk([&](Operation *op) {
    auto kind = op->getAttrOfType<ReduceKindAttr>(updateAttrName);
    if (!kind)
      return;
    Value place = isa<StoreOp>(op) ? cast<StoreOp>(op).getPlace()
                                   : cast<WriteOp>(op).getPlace();
    while (!isOutside(place) && place.getDefiningOp())
      place = place.getDefiningOp()->getOperand(0);
    isPlain &= isOutside(place);
    targets.insert({place, {kind.getValue(), Value()}});
  });
  SmallVector<Value> used;
  loop.getRegion().walk([&](Operation *op) {
    for (Value operand : op->getOperands())
      if (isa<PlaceType>(operand.getType()) && isOutside(operand))
        used.push_back(operand);
  });
  for (auto &[place, target] : targets)
    for (Value other : used)
      isPlain &= place == other || !mayShareMemory(place, other);
  return isPlain && !targets.empty();
}

/// A block does at least as much as it costs to start and to combine a copy.
Value LoopPrivatizer::countBlocks() {
  bool isHeavy = false;
  loop.getRegion().walk([&](Operation *op) {
    isHeavy |= isa<scf::ForOp, scf::WhileOp, PrangeOp, WriteOp, ReduceOp,
                   func::CallOp>(op);
  });
  Value all = constant(0);
  for (auto &[place, target] : targets) {
    Value size = constant(1);
    for (int64_t axis = 0; axis < arr::getRank(place.getType()); ++axis)
      size = arith::MulIOp::create(builder, loc, size,
                                   DimOp::create(builder, loc, place, axis));
    all = arith::AddIOp::create(builder, loc, all, size);
  }
  Value least = arith::AddIOp::create(
      builder, loc,
      arith::DivUIOp::create(builder, loc, all, constant(isHeavy ? 64 : 4)),
      constant(isHeavy ? 2 : 512));
  Value byWork = arith::DivUIOp::create(builder, loc, loop.getCount(), least);
  Value byMemory = arith::DivUIOp::create(
      builder, loc, constant(maxElements),
      arith::AddIOp::create(builder, loc, all, constant(1)));
  Value blocks = arith::MinUIOp::create(builder, loc, byWork, byMemory);
  return arith::MinUIOp::create(builder, loc, blocks, constant(maxBlocks));
}

void LoopPrivatizer::makeCopies(Value place, Target &target, Value blocks) {
  MLIRContext *context = loop.getContext();
  Type type = arr::getElementTypeOrSelf(place.getType());
  SmallVector<Value> sizes = {blocks};
  for (int64_t axis = 0; axis < arr::getRank(place.getType()); ++axis)
    sizes.push_back(DimOp::create(builder, loc, place, axis));
  SmallVector<Attribute> dims = {analysis.createName(context, 0)};
  llvm::append_range(dims, arr::getDims(place.getType()));
  Value neutral = createNeutral(builder, loc, target.kind, type);
  Value start = FillOp::create(
      builder, loc, ArrayType::get(context, dims, type), neutral, sizes);
  target.copies = MaterializeOp::create(
      builder, loc, PlaceType::get(context, dims, type), start);
}

/// A parallel loop over blocks around a serial one over their iterations.
PrangeOp LoopPrivatizer::makeBlocks(Value blocks) {
  auto outer = PrangeOp::create(builder, loc, loop.getResultTypes(), blocks,
                                loop.getInits(), loop.getKindsAttr(),
                                /*unchecked=*/false);
  OpBuilder::InsertionGuard guard(builder);
  Block *body = builder.createBlock(&outer.getRegion());
  Value block = body->addArgument(builder.getIndexType(), loc);
  for (Type type : loop.getResultTypes())
    body->addArgument(type, loc);
  // The first count % blocks blocks are longer by one.
  Value length = arith::DivUIOp::create(builder, loc, loop.getCount(), blocks);
  Value longer = arith::RemUIOp::create(builder, loc, loop.getCount(), blocks);
  Value begin = arith::AddIOp::create(
      builder, loc, arith::MulIOp::create(builder, loc, block, length),
      arith::MinUIOp::create(builder, loc, block, longer));
  Value isLonger = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::ult, block, longer);
  length =
      arith::AddIOp::create(builder, loc, length,
                            arith::SelectOp::create(builder, loc, isLonger,
                                                    constant(1), constant(0)));
  IRMapping mapping;
  for (auto &[place, target] : targets) {
    int64_t rank = arr::getRank(place.getType());
    SmallVector<Value> offsets(rank + 1, constant(0)),
        lengths = {constant(1)}, steps(rank + 1, constant(1));
    offsets[0] = block;
    for (int64_t axis = 0; axis < rank; ++axis)
      lengths.push_back(DimOp::create(builder, loc, place, axis));
    mapping.map(place,
                SliceOp::create(builder, loc, place.getType(), target.copies,
                                offsets, lengths, steps, ArrayRef<int64_t>{0})
                    .getResult());
  }
  auto inner = scf::ForOp::create(builder, loc, constant(0), length,
                                  constant(1), outer.getAccumulators());
  YieldOp::create(builder, loc, inner.getResults());
  Block *iteration = inner.getBody();
  if (iteration->mightHaveTerminator())
    iteration->getTerminator()->erase();
  builder.setInsertionPointToEnd(iteration);
  mapping.map(
      loop.getInductionVar(),
      arith::AddIOp::create(builder, loc, begin, inner.getInductionVar())
          .getResult());
  mapping.map(loop.getAccumulators(), inner.getRegionIterArgs());
  for (Operation &op : loop.getBody()->without_terminator())
    builder.clone(op, mapping);
  SmallVector<Value> yielded;
  for (Value value : loop.getBody()->getTerminator()->getOperands())
    yielded.push_back(mapping.lookupOrDefault(value));
  scf::YieldOp::create(builder, loc, yielded);
  return outer;
}

void LoopPrivatizer::combine(Value place, const Target &target) {
  MLIRContext *context = loop.getContext();
  Type type = arr::getElementTypeOrSelf(place.getType());
  auto read = [&](Value from) -> Value {
    return ReadOp::create(
        builder, loc,
        ArrayType::get(context, arr::getDims(from.getType()), type), from);
  };
  Type resultType =
      ArrayType::get(context, arr::getDims(place.getType()), type);
  Value copies = read(target.copies);
  Value total = ReduceOp::create(builder, loc, resultType, target.kind, copies,
                                 ArrayRef<int64_t>{0}, /*keepdims=*/false);
  OperationState state(loc, getCombiningUfunc(target.kind, type),
                       {read(place), total}, resultType);
  WriteOp::create(builder, loc, builder.create(state)->getResult(0), place);
}

void LoopPrivatizer::run() {
  if (!findTargets())
    return makeSerial(loop);
  Value blocks = countBlocks();
  Value isWorth = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ugt,
                                        blocks, constant(1));
  auto choice = scf::IfOp::create(builder, loc, loop.getResultTypes(), isWorth,
                                  /*withElseRegion=*/true);
  loop.replaceAllUsesWith(choice.getResults());
  choice.thenBlock()->clear();
  choice.elseBlock()->clear();
  builder.setInsertionPointToStart(choice.thenBlock());
  for (auto &[place, target] : targets)
    makeCopies(place, target, blocks);
  PrangeOp outer = makeBlocks(blocks);
  for (auto &[place, target] : targets)
    combine(place, target);
  scf::YieldOp::create(builder, loc, outer.getResults());

  loop->moveBefore(choice.elseBlock(), choice.elseBlock()->begin());
  builder.setInsertionPointToEnd(choice.elseBlock());
  scf::YieldOp::create(builder, loc, loop.getResults());
  makeSerial(loop);
}
