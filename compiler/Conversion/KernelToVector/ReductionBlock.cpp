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
enum {
  RowsWord,
  ColumnsWord,
  PanelsWord,
  OuterWord,
  InnerWord,
  NestWord,
  NumRangeWords
};
enum { PointerWord, RowStep, OuterStep, InnerStep, PanelStep, NumOperandWords };
} // namespace

static Value moveBy(Emitter &emit, Value pointer, Value offset) {
  bool isAddress = isa<LLVM::LLVMPointerType>(pointer.getType());
  return isAddress ? advanceBytes(emit, pointer, offset)
                   : emit.add(pointer, offset);
}

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
  if (isContraction()) {
    Value panels = loadWord(emit, range, PanelsWord, integer);
    Values steps;
    for (unsigned i = 0; i < blockLeaves.size(); ++i)
      steps.push_back(loadWord(emit, range,
                               NumRangeWords + i * NumOperandWords + PanelStep,
                               integer));
    Value size = emit.i64(getPointSize() * int64_t(roles.rows) * roles.columns);
    emit.loop(emit.i64(0), panels, emit.i64(1), [&](Value panel) {
      Values firsts;
      for (auto [leaf, step] : llvm::zip(blockLeaves, steps)) {
        firsts.push_back(leaf.pointer);
        leaf.pointer = moveBy(emit, leaf.pointer, emit.mul(panel, step));
      }
      emitTile(emit, captured, outer, inner, emit.i64(0), Part(),
               advanceBytes(emit, states, emit.mul(panel, size)));
      for (auto [leaf, first] : llvm::zip(blockLeaves, firsts))
        leaf.pointer = first;
    });
    return;
  }
  Value columns = loadWord(emit, range, ColumnsWord, integer);
  Value pointSize = emit.i64(getPointSize());
  Value rowSize = emit.i64(getPointSize() * roles.columns);
  emit.loop(emit.i64(0), rows, emit.i64(1), [&](Value row) {
    Value state = advanceBytes(emit, states, emit.mul(row, rowSize));
    auto emitWhole = [&] {
      emitTile(emit, captured, outer, inner, row, Part(), state);
    };
    if (isAcrossLanes() || roles.width == 1) {
      emitWhole();
      return;
    }
    // At the edge vector by vector, the last under a mask.
    Value isWhole = emit.compare(arith::CmpIPredicate::sge, columns,
                                 emit.i64(roles.span()));
    scf::IfOp::create(
        b, emit.loc, isWhole,
        [&](OpBuilder &, Location) {
          emitWhole();
          scf::YieldOp::create(b, emit.loc);
        },
        [&](OpBuilder &, Location) {
          Value width = emit.i64(roles.width);
          emit.loop(emit.i64(0), columns, width, [&](Value column) {
            Part part;
            part.first = column;
            part.lanes =
                makeLanes(emit, roles.width, emit.sub(columns, column));
            Value offset = emit.mul(emit.div(column, width), pointSize);
            emitTile(emit, captured, outer, inner, row, part,
                     advanceBytes(emit, state, offset));
          });
          scf::YieldOp::create(b, emit.loc);
        });
  });
}

/// All points of a block for the rows of a tile from `firstRow` on.
void ReductionLowering::emitTile(Emitter &emit, const Captured &captured,
                                 Value outer, Value inner, Value firstRow,
                                 const Part &part, Value states) {
  for (Leaf &leaf : blockLeaves) {
    leaf.rows.clear();
    for (unsigned row = 0; row < roles.rows; ++row) {
      if (row && !leaf.byRow) {
        leaf.rows.push_back(leaf.rows.front());
        continue;
      }
      Value steps = emit.add(firstRow, emit.i64(row));
      Value first = moveBy(emit, leaf.pointer, emit.mul(steps, leaf.rowStep));
      if (part.first && leaf.byVector)
        first = moveBy(emit, first,
                       emit.mul(part.first,
                                emit.i64(isa<IntegerType>(first.getType())
                                             ? 1
                                             : getByteSize(leaf.elementType))));
      leaf.rows.push_back(first);
    }
  }
  unsigned numPoints = part.first ? 1 : roles.rows * roles.columns;
  Values start;
  for (unsigned point = 0; point < numPoints; ++point)
    llvm::append_range(start, startPoint(emit));
  Values result = emitRows(emit, captured, outer, inner, part, start);
  unsigned perPoint = result.size() / numPoints;
  for (unsigned point = 0; point < numPoints; ++point)
    storePoint(emit, ArrayRef(result).slice(point * perPoint, perPoint),
               advanceBytes(emit, states, emit.i64(point * getPointSize())));
}

/// The rows of the reduction space, one after the other.
SmallVector<Value> ReductionLowering::emitRows(Emitter &emit,
                                               const Captured &captured,
                                               Value outer, Value inner,
                                               const Part &part,
                                               ValueRange states) {
  if (numOuterDims == 0)
    return emitInner(emit, captured, inner, part, states);
  SmallVector<Values> firsts;
  for (const Leaf &leaf : blockLeaves)
    firsts.push_back(leaf.rows);
  return emit.loop(emit.i64(0), outer, emit.i64(1), states,
                   [&](Value row, ValueRange carried) {
                     for (auto [leaf, first] : llvm::zip(blockLeaves, firsts)) {
                       Value offset = emit.mul(row, leaf.outerStep);
                       for (auto [to, from] : llvm::zip(leaf.rows, first))
                         to = moveBy(emit, from, offset);
                     }
                     return emitInner(emit, captured, inner, part, carried);
                   });
}

SmallVector<Value> ReductionLowering::emitInner(Emitter &emit,
                                                const Captured &captured,
                                                Value inner, const Part &part,
                                                ValueRange states) {
  Lanes all = {roles.width, {}, {}};
  Value zero = emit.i64(0);
  if (!isAcrossLanes())
    return emit.loop(
        zero, inner, emit.i64(1), states, [&](Value k, ValueRange carried) {
          if (part.first)
            return emitPoint(emit, captured, k, 1, part.lanes, carried);
          return emitPoint(emit, captured, k, roles.columns, all, carried);
        });
  // Whole tiles, then single vectors, the last under a mask.
  Value span = emit.i64(roles.span()), width = emit.i64(roles.width);
  Value whole = emit.sub(inner, emit.rem(inner, span));
  Values current =
      emit.loop(zero, whole, span, states, [&](Value k, ValueRange carried) {
        return emitPoint(emit, captured, k, roles.columns, all, carried);
      });
  return emit.loop(whole, inner, width, current,
                   [&](Value k, ValueRange carried) {
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
SmallVector<Value>
ReductionLowering::emitPoint(Emitter &emit, const Captured &captured, Value k,
                             unsigned columns, Lanes lanes, ValueRange states) {
  Block &body = kernel.getContribution().front();
  LaneCloner cloner(
      emit, body, roles.width,
      [&](Value value, unsigned row, unsigned column) -> Value {
        const Leaf &leaf = findLeaf(value, false);
        Value lane =
            getLane(emit, leaf, k, leaf.byRow ? row : 0, column, lanes);
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
    for (unsigned column = 0; column < columns; ++column)
      for (auto [i, accumulate] : llvm::enumerate(accumulates)) {
        unsigned first = base, count = accumulate.getNumValues();
        base += count;
        Value contribution =
            cloner.getLanes(body.getTerminator()->getOperand(i), row, column);
        Value position;
        if (accumulate.isPositional()) {
          position =
              getLane(emit, blockLeaves[*positionLeaf], k, 0, column, lanes);
          if (!isa<VectorType>(position.getType()))
            position = splat(emit, position, roles.width);
        }
        ValueRange state = states.slice(first, count);
        State updated = accumulate.update(emit, state, contribution, position);
        for (unsigned value = 0; value < count; ++value)
          // Of an output's last vector only some lanes count.
          next[first + value] =
              lanes.mask && isAcrossLanes()
                  ? arith::SelectOp::create(emit.builder, emit.loc, lanes.mask,
                                            updated[value], state[value])
                  : updated[value];
      }
  return next;
}
