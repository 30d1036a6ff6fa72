//===- ReductionFinish.cpp - Merging states, storing totals ---------------===//
#include "compiler/Conversion/KernelToVector/ReductionLowering.h"

using namespace mlir;
using namespace arr;

namespace {
/// Words of arr_tile and arr_tile_operand.
enum { RowsWord, ColumnsWord, NestWord, NumTileWords };
enum { PointerWord, RowStep, ColumnStep, NumOperandWords };
} // namespace

void ReductionLowering::emitMerge(Emitter &emit, Block &entry) {
  Value earlier = entry.getArgument(0), later = entry.getArgument(1);
  Value size = emit.i64(getPointSize());
  emit.loop(emit.i64(0), entry.getArgument(2), emit.i64(1), [&](Value point) {
    Value offset = emit.mul(point, size);
    Value to = advanceBytes(emit, earlier, offset);
    Values first = loadPoint(emit, to);
    Values second = loadPoint(emit, advanceBytes(emit, later, offset));
    storePoint(emit, mergePoints(emit, first, second), to);
  });
}

void ReductionLowering::emitFinish(Emitter &emit, Block &entry,
                                   const KernelContext &context) {
  OpBuilder &b = emit.builder;
  Value tile = entry.getArgument(0), states = entry.getArgument(1);
  Type integer = b.getI64Type(), pointer = getPointerType(b);
  Value rows = loadWord(emit, tile, RowsWord, integer);
  Value columns = loadWord(emit, tile, ColumnsWord, integer);
  Captured captured =
      context.load(emit, loadWord(emit, tile, NestWord, pointer));
  for (auto [i, leaf] : llvm::enumerate(finishLeaves)) {
    unsigned word = NumTileWords + i * NumOperandWords;
    leaf.pointer = loadWord(emit, tile, word + PointerWord,
                            leaf.isIndex ? integer : pointer);
    leaf.rowStep = loadWord(emit, tile, word + RowStep, integer);
  }
  Value rowSize = emit.i64(getPointSize() * roles.columns);
  emit.loop(emit.i64(0), rows, emit.i64(1), [&](Value row) {
    Value state = advanceBytes(emit, states, emit.mul(row, rowSize));
    for (Leaf &leaf : finishLeaves) {
      Value offset = emit.mul(row, leaf.rowStep);
      leaf.rows = {leaf.isIndex ? emit.add(leaf.pointer, offset)
                                : advanceBytes(emit, leaf.pointer, offset)};
    }
    if (isAcrossLanes())
      finishLanes(emit, captured, state);
    else
      finishRow(emit, captured, columns, state);
  });
}

/// One state out of a state whose lanes are partial: halves are merged until
/// one lane is left.
Value ReductionLowering::foldLanes(Emitter &emit, const Accumulate &accumulate,
                                   Values state) {
  OpBuilder &b = emit.builder;
  for (unsigned width = roles.width; width > 1; width /= 2) {
    Values low, high;
    for (Value value : state) {
      if (width == 2) {
        low.push_back(vector::ExtractOp::create(b, emit.loc, value, 0));
        high.push_back(vector::ExtractOp::create(b, emit.loc, value, 1));
        continue;
      }
      auto take = [&](int64_t first) {
        auto order = llvm::to_vector(
            llvm::seq<int64_t>(first, first + int64_t(width / 2)));
        return vector::ShuffleOp::create(b, emit.loc, value, value, order);
      };
      low.push_back(take(0));
      high.push_back(take(width / 2));
    }
    state = accumulate.merge(emit, low, high);
  }
  return accumulate.total(state);
}

/// One output: the tile's columns and their lanes are parts of it.
void ReductionLowering::finishLanes(Emitter &emit, const Captured &captured,
                                    Value states) {
  SmallVector<Values> points;
  for (unsigned column = 0; column < roles.columns; ++column)
    points.push_back(loadPoint(
        emit, advanceBytes(emit, states, emit.i64(column * getPointSize()))));
  for (unsigned count = roles.columns; count > 1; count /= 2)
    for (unsigned i = 0; i < count / 2; ++i)
      points[i] = mergePoints(emit, points[i], points[i + count / 2]);
  Values totals;
  ValueRange rest = points.front();
  for (const Accumulate &accumulate : accumulates) {
    unsigned count = accumulate.getNumValues();
    totals.push_back(
        foldLanes(emit, accumulate, Values(rest.take_front(count))));
    rest = rest.drop_front(count);
  }

  Block &body = kernel.getFinish().front();
  unsigned numInputs = kernel.getInputs().size();
  LaneCloner cloner(
      emit, body, 1,
      [&](Value value, unsigned, unsigned) -> Value {
        auto argument = dyn_cast<BlockArgument>(value);
        if (argument && argument.getArgNumber() >= numInputs)
          return totals[argument.getArgNumber() - numInputs];
        const Leaf &leaf = findLeaf(value, true);
        if (leaf.isIndex)
          return emit.toIndex(leaf.rows[0]);
        return loadScalar(emit, leaf.elementType, leaf.rows[0]);
      },
      [](Value) { return Varies(); }, captured);
  Values results;
  for (Value yielded : body.getTerminator()->getOperands())
    results.push_back(cloner.get(yielded, 0, 0));
  for (auto [leaf, result] : llvm::zip(finishLeaves, results))
    storeScalar(emit, result, leaf.rows[0]);
}

/// A row of outputs: whole vectors, then one under a mask.
void ReductionLowering::finishRow(Emitter &emit, const Captured &captured,
                                  Value columns, Value states) {
  OpBuilder &b = emit.builder;
  Block &body = kernel.getFinish().front();
  unsigned numInputs = kernel.getInputs().size();
  Value width = emit.i64(roles.width);
  auto emitVector = [&](Value column, Lanes lanes) {
    // Tiles side by side: rows x columns points each.
    Value vector = emit.div(column, width);
    Value perTile = emit.i64(roles.columns);
    Value offset = emit.mul(
        emit.add(emit.mul(emit.div(vector, perTile),
                          emit.i64(int64_t(roles.rows) * roles.columns)),
                 emit.rem(vector, perTile)),
        emit.i64(getPointSize()));
    Values point = loadPoint(emit, advanceBytes(emit, states, offset));
    Values totals;
    unsigned last = 0;
    for (const Accumulate &accumulate : accumulates) {
      last += accumulate.getNumValues();
      totals.push_back(point[last - 1]);
    }
    auto getLeaf = [&](Value value, unsigned, unsigned) -> Value {
      auto argument = dyn_cast<BlockArgument>(value);
      if (argument && argument.getArgNumber() >= numInputs)
        return totals[argument.getArgNumber() - numInputs];
      const Leaf &leaf = findLeaf(value, true);
      if (!leaf.isIndex) {
        if (!leaf.byVector)
          return loadScalar(emit, leaf.elementType, leaf.rows[0]);
        return loadLanes(emit, leaf.elementType,
                         advance(emit, leaf.rows[0], leaf.elementType, column),
                         lanes);
      }
      if (!leaf.byVector || roles.width == 1)
        return emit.toIndex(leaf.byVector ? emit.add(leaf.rows[0], column)
                                          : leaf.rows[0]);
      Value position = arith::AddIOp::create(
          b, emit.loc, splat(emit, emit.add(leaf.rows[0], column), roles.width),
          makeIota(emit, b.getI64Type(), roles.width));
      return arith::IndexCastOp::create(
          b, emit.loc, arr::lanes(b.getIndexType(), roles.width), position);
    };
    LaneCloner cloner(
        emit, body, roles.width, getLeaf,
        [&](Value value) {
          auto argument = dyn_cast<BlockArgument>(value);
          bool isTotal = argument && argument.getArgNumber() >= numInputs;
          return Varies{false, isTotal || findLeaf(value, true).byVector};
        },
        captured);
    Values results;
    for (Value yielded : body.getTerminator()->getOperands())
      results.push_back(cloner.getLanes(yielded, 0, 0));
    for (auto [leaf, result] : llvm::zip(finishLeaves, results))
      storeLanes(emit, result,
                 advance(emit, leaf.rows[0], leaf.elementType, column), lanes);
  };
  // A mask costs little beside a long body.
  bool isLong = !llvm::hasNItemsOrLess(body, 24);
  Value zero = emit.i64(0), whole = columns;
  if (roles.width > 1)
    whole = isLong ? zero : emit.sub(columns, emit.rem(columns, width));
  if (whole != zero)
    emit.loop(zero, whole, width,
              [&](Value column) { emitVector(column, {roles.width, {}, {}}); });
  if (roles.width > 1)
    emit.loop(whole, columns, width, [&](Value column) {
      emitVector(column,
                 makeLanes(emit, roles.width, emit.sub(columns, column)));
    });
}
