//===- ReductionBlock.cpp - What one block of a reduction contributes -----===//
//
// The innermost loops: over the points of the reduction space, carrying the
// accumulators of a tile in registers.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/ReductionLowering.h"

using namespace mlir;
using namespace arr;

namespace {
/// Words of arr_block_range and arr_block_operand.
enum { RowsWord, OuterWord, InnerWord, NestWord, NumRangeWords };
enum { PointerWord, RowStep, OuterStep, InnerStep, NumOperandWords };
} // namespace

void ReductionLowering::emitBlock(Emitter &emit, Block &entry,
                                  const KernelContext &context) {
  OpBuilder &b = emit.builder;
  Value range = entry.getArgument(0), states = entry.getArgument(1);
  Type integer = b.getI64Type(), pointer = getPointerType(b);
  Value rows = loadWord(emit, range, RowsWord, integer);
  Value outer = loadWord(emit, range, OuterWord, integer);
  Value inner = loadWord(emit, range, InnerWord, integer);
  Captured captured =
      context.load(emit, loadWord(emit, range, NestWord, pointer));
  for (auto [i, leaf] : llvm::enumerate(blockLeaves)) {
    unsigned word = NumRangeWords + i * NumOperandWords;
    bool isAddress = !leaf.isIndex || hasManyOuterDims();
    leaf.pointer = loadWord(emit, range, word + PointerWord,
                            isAddress ? pointer : integer);
    leaf.rowStep = loadWord(emit, range, word + RowStep, integer);
    leaf.outerStep = loadWord(emit, range, word + OuterStep, integer);
    leaf.innerStep = loadWord(emit, range, word + InnerStep, integer);
  }
  Values start;
  for (unsigned point = 0; point < roles.rows * roles.columns; ++point)
    llvm::append_range(start, startPoint(emit));

  auto move = [&](const Leaf &leaf, Value steps, Value step) -> Value {
    Value offset = emit.mul(steps, step);
    bool isAddress = isa<LLVM::LLVMPointerType>(leaf.pointer.getType());
    return isAddress ? advanceBytes(emit, leaf.pointer, offset)
                     : emit.add(leaf.pointer, offset);
  };
  // A contraction's rows are unrolled, others follow one another.
  auto emitTile = [&](Value firstRow, Value states) {
    for (Leaf &leaf : blockLeaves) {
      leaf.rows.clear();
      for (unsigned row = 0; row < roles.rows; ++row)
        leaf.rows.push_back(
            row && !leaf.byRow
                ? leaf.rows.front()
                : move(leaf, emit.add(firstRow, emit.i64(row)), leaf.rowStep));
    }
    Values result = emitRows(emit, captured, outer, inner, start);
    unsigned perPoint = start.size() / (roles.rows * roles.columns);
    for (unsigned point = 0; point < roles.rows * roles.columns; ++point)
      storePoint(emit, ArrayRef(result).slice(point * perPoint, perPoint),
                 advanceBytes(emit, states, emit.i64(point * getPointSize())));
  };
  if (isContraction()) {
    emitTile(emit.i64(0), states);
    return;
  }
  Value rowSize = emit.i64(getPointSize() * roles.columns);
  emit.loop(emit.i64(0), rows, emit.i64(1), [&](Value row) {
    emitTile(row, advanceBytes(emit, states, emit.mul(row, rowSize)));
  });
}

/// The rows of the reduction space, one after the other.
SmallVector<Value> ReductionLowering::emitRows(Emitter &emit,
                                               const Captured &captured,
                                               Value outer, Value inner,
                                               ValueRange states) {
  if (numOuterDims == 0)
    return emitInner(emit, captured, inner, states);
  SmallVector<Values> firsts;
  for (const Leaf &leaf : blockLeaves)
    firsts.push_back(leaf.rows);
  return emit.loop(
      emit.i64(0), outer, emit.i64(1), states,
      [&](Value row, ValueRange carried) {
        for (auto [leaf, first] : llvm::zip(blockLeaves, firsts)) {
          Value offset = emit.mul(row, leaf.outerStep);
          for (auto [to, from] : llvm::zip(leaf.rows, first))
            to = isa<LLVM::LLVMPointerType>(from.getType())
                     ? advanceBytes(emit, from, offset)
                     : emit.add(from, offset);
        }
        return emitInner(emit, captured, inner, carried);
      });
}

SmallVector<Value> ReductionLowering::emitInner(Emitter &emit,
                                                const Captured &captured,
                                                Value inner,
                                                ValueRange states) {
  Lanes all = {roles.width, {}, {}};
  Value zero = emit.i64(0);
  if (!isAcrossLanes())
    return emit.loop(zero, inner, emit.i64(1), states,
                     [&](Value k, ValueRange carried) {
                       return emitPoint(emit, captured, k, roles.columns, all,
                                        carried);
                     });
  // Whole tiles, then single vectors, the last under a mask.
  Value span = emit.i64(roles.span()), width = emit.i64(roles.width);
  Value whole = emit.sub(inner, emit.rem(inner, span));
  Values current =
      emit.loop(zero, whole, span, states, [&](Value k, ValueRange carried) {
        return emitPoint(emit, captured, k, roles.columns, all, carried);
      });
  return emit.loop(
      whole, inner, width, current, [&](Value k, ValueRange carried) {
        Lanes lanes = all;
        if (roles.width > 1)
          lanes = makeLanes(emit, roles.width, emit.sub(inner, k));
        return emitPoint(emit, captured, k, 1, lanes, carried);
      });
}

/// The value of a leaf for one row and column: a vector if it is by vector.
Value ReductionLowering::getLane(Emitter &emit, const Leaf &leaf, Value k,
                                 unsigned row, unsigned column, Lanes lanes) {
  OpBuilder &b = emit.builder;
  Value base = leaf.rows[row];
  Value first = emit.i64(int64_t(column) * roles.width);
  bool isVector = leaf.byVector && roles.width > 1;
  if (isa<LLVM::LLVMPointerType>(base.getType())) {
    if (isAcrossLanes() && leaf.byVector)
      base = advance(emit, base, leaf.elementType, emit.add(k, first));
    else if (leaf.byInner)
      base = advanceBytes(emit, base, emit.mul(k, leaf.innerStep));
    if (!isAcrossLanes() && leaf.byVector)
      base = advance(emit, base, leaf.elementType, first);
    return isVector ? loadLanes(emit, leaf.elementType, base, lanes)
                    : loadScalar(emit, leaf.elementType, base);
  }
  // An index: lanes are a step apart in the vector dim.
  Value step = isAcrossLanes() ? leaf.innerStep : emit.i64(1);
  Value value = emit.add(base, emit.mul(k, leaf.innerStep));
  if (leaf.byVector)
    value = emit.add(value, emit.mul(first, step));
  if (!isVector)
    return value;
  Value steps = arith::MulIOp::create(
      b, emit.loc, makeIota(emit, b.getI64Type(), roles.width),
      splat(emit, step, roles.width));
  return arith::AddIOp::create(b, emit.loc, splat(emit, value, roles.width),
                               steps);
}

/// One step of the innermost loop, for the first `columns` columns of the tile.
SmallVector<Value> ReductionLowering::emitPoint(Emitter &emit,
                                                const Captured &captured,
                                                Value k, unsigned columns,
                                                Lanes lanes,
                                                ValueRange states) {
  Block &body = kernel.getContribution().front();
  LaneCloner cloner(
      emit, body, roles.width,
      [&](Value value, unsigned row, unsigned column) -> Value {
        const Leaf &leaf = findLeaf(value, false);
        Value lane = getLane(emit, leaf, k, leaf.byRow ? row : 0, column, lanes);
        if (!leaf.isIndex)
          return lane;
        bool isVector = isa<VectorType>(lane.getType());
        return arith::IndexCastOp::create(
            emit.builder, emit.loc,
            arr::lanes(emit.builder.getIndexType(), isVector ? roles.width : 1),
            lane);
      },
      [&](Value value) {
        const Leaf &leaf = findLeaf(value, false);
        return Varies{leaf.byRow, leaf.byVector};
      },
      captured);

  Values next(states);
  unsigned base = 0;
  for (unsigned row = 0; row < roles.rows; ++row)
    for (unsigned column = 0; column < roles.columns; ++column)
      for (auto [i, accumulate] : llvm::enumerate(accumulates)) {
        unsigned first = base, count = accumulate.getNumValues();
        base += count;
        if (column >= columns)
          continue;
        Value contribution =
            cloner.getLanes(body.getTerminator()->getOperand(i), row, column);
        Value position;
        if (accumulate.isPositional()) {
          position = getLane(emit, blockLeaves[*positionLeaf], k, 0, column,
                             lanes);
          if (!isa<VectorType>(position.getType()))
            position = splat(emit, position, roles.width);
        }
        ValueRange state = states.slice(first, count);
        State updated = accumulate.update(emit, state, contribution, position);
        for (unsigned value = 0; value < count; ++value)
          // Of the last vector only some lanes count.
          next[first + value] =
              lanes.mask ? arith::SelectOp::create(
                               emit.builder, emit.loc, lanes.mask,
                               updated[value], state[value])
                         : updated[value];
      }
  return next;
}
