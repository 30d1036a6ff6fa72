//===- ReductionFinish.cpp - From totals to stored elements ---------------===//
//
// Applies a kernel's finish region to the totals of a tile.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/ReductionWriter.h"

using namespace mlir;
using namespace arr;

void ReductionWriter::emitFinish(const Tile &tile, ValueRange states) {
  if (vectorIsParallel())
    finishTile(tile, states);
  else
    finishLanes(tile, states);
}

/// One state out of a state whose lanes are partial: halves are merged until
/// one lane is left.
Value ReductionWriter::foldLanes(const Accumulate &accumulate, Values state) {
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

void ReductionWriter::finishLanes(const Tile &tile, ValueRange states) {
  Values totals;
  unsigned points = getNumPoints(), base = 0;
  for (const Accumulate &accumulate : accumulates) {
    unsigned numValues = accumulate.getNumValues();
    SmallVector<Values> columns(points);
    for (unsigned point = 0; point < points; ++point)
      for (unsigned value = 0; value < numValues; ++value)
        columns[point].push_back(states[base + value * points + point]);
    for (unsigned count = points; count > 1; count /= 2)
      for (unsigned i = 0; i < count / 2; ++i)
        columns[i] = accumulate.merge(emit, columns[i], columns[i + count / 2]);
    totals.push_back(foldLanes(accumulate, columns[0]));
    base += numValues * points;
  }

  Block &body = kernel.getFinish().front();
  unsigned numInputs = nest.inputs.size();
  LaneCloner cloner(
      emit, body, 1,
      [&](Value leaf, unsigned, unsigned) -> Value {
        if (auto position = leaf.getDefiningOp<IterationIndexOp>())
          return getPointIndex(position.getDim(), tile, {}, {}, 0, 0);
        unsigned number = cast<BlockArgument>(leaf).getArgNumber();
        if (number >= numInputs)
          return totals[number - numInputs];
        return loadScalar(emit, nest.inputs[number].elementType,
                          tile.inputs[number]);
      },
      [](Value) { return Varies(); }, nest.captured);
  Values results;
  for (Value yielded : body.getTerminator()->getOperands())
    results.push_back(cloner.get(yielded, 0, 0));
  for (auto [i, result] : llvm::enumerate(results))
    storeScalar(emit, result, tile.outputs[i]);
}

/// Few ops: the finish region may be there once for each vector of the tile.
bool ReductionWriter::isFinishSmall() {
  return llvm::hasNItemsOrLess(kernel.getFinish().front(), 6);
}

void ReductionWriter::finishTile(const Tile &tile, ValueRange states) {
  OpBuilder &b = emit.builder;
  unsigned points = getNumPoints(), base = 0;
  Values totals; // accumulator-major, then row, column
  for (const Accumulate &accumulate : accumulates) {
    unsigned last = accumulate.getNumValues() - 1;
    for (unsigned point = 0; point < points; ++point)
      totals.push_back(states[base + last * points + point]);
    base += accumulate.getNumValues() * points;
  }
  Block &body = kernel.getFinish().front();
  SmallVector<const Operand *> moving;
  for (auto [i, operand] : llvm::enumerate(nest.inputs))
    if (!body.getArgument(i).use_empty() && operand.uses(roles.vectorDim))
      moving.push_back(&operand);
  for (const Operand &operand : nest.outputs)
    moving.push_back(&operand);
  Value isUnit = roles.width > 1 ? allUnit(moving) : Value();
  if (!isUnit)
    isUnit = emit.boolean(true);

  Value rowsLeft = emit.i64(1);
  if (roles.rowDim)
    rowsLeft = emit.min(emit.sub(getSize(*roles.rowDim), tile.row),
                        emit.i64(roles.rows));
  Value columnsLeft = emit.sub(getSize(roles.vectorDim), tile.column);
  auto slowly = [&] {
    // Row by row from memory, so that the region is here only once or twice.
    SmallVector<Lanes> tileLanes = makeTileLanes(tile);
    int64_t totalSize = 0;
    for (Value total : totals)
      totalSize = std::max(totalSize, getSpillSize(total.getType()));
    Value buffer = allocateOnStack(emit, totalSize * totals.size());
    for (auto [i, total] : llvm::enumerate(totals))
      storeSpill(emit, total,
                 advanceBytes(emit, buffer, emit.i64(i * totalSize)));
    auto rowLoop = [&](Access access) {
      emit.loop(emit.i64(0), rowsLeft, emit.i64(1), [&](Value row) {
        Values rowTotals;
        Value rowBuffer = advanceBytes(
            emit, buffer,
            emit.mul(row, emit.i64(int64_t(roles.columns) * totalSize)));
        for (unsigned i = 0; i < accumulates.size(); ++i)
          for (unsigned column = 0; column < roles.columns; ++column)
            rowTotals.push_back(loadSpill(
                emit, totals[i * points].getType(),
                advanceBytes(emit, rowBuffer,
                             emit.i64((i * points + column) * totalSize))));
        finishRows(tile, rowTotals, 1, emit.add(tile.row, row), tileLanes,
                   access);
      });
    };
    scf::IfOp::create(
        b, emit.loc, isUnit,
        [&](OpBuilder &, Location) {
          rowLoop(Access::Unit);
          scf::YieldOp::create(b, emit.loc);
        },
        [&](OpBuilder &, Location) {
          rowLoop(Access::Strided);
          scf::YieldOp::create(b, emit.loc);
        });
  };
  if (!isFinishSmall()) {
    slowly();
    return;
  }
  Value isFull = emit.compare(arith::CmpIPredicate::sge, columnsLeft,
                              emit.i64(roles.span()));
  isFull = emit.both(isFull, emit.equal(rowsLeft, emit.i64(roles.rows)));
  scf::IfOp::create(
      b, emit.loc, emit.both(isFull, isUnit),
      [&](OpBuilder &, Location) {
        SmallVector<Lanes> full(roles.columns, {roles.width, {}, {}});
        finishRows(tile, totals, roles.rows, tile.row, full, Access::Unit);
        scf::YieldOp::create(b, emit.loc);
      },
      [&](OpBuilder &, Location) {
        slowly();
        scf::YieldOp::create(b, emit.loc);
      });
}

/// Stores `rows` rows of the tile from `firstRow` on; `totals` are theirs.
void ReductionWriter::finishRows(const Tile &tile, ValueRange totals,
                                 unsigned rows, Value firstRow,
                                 ArrayRef<Lanes> lanes, Access access) {
  Block &body = kernel.getFinish().front();
  unsigned numInputs = nest.inputs.size();
  auto getPointer = [&](const Operand &operand, Value base, unsigned row,
                        unsigned column) {
    Value offset =
        emit.mul(emit.add(tile.column, emit.i64(int64_t(column) * roles.width)),
                 operand.strides[roles.vectorDim]);
    if (roles.rowDim)
      offset = emit.add(offset, emit.mul(emit.add(firstRow, emit.i64(row)),
                                         operand.strides[*roles.rowDim]));
    return advance(emit, base, operand.elementType, offset);
  };
  Tile here = tile;
  here.row = firstRow;
  LaneCloner cloner(
      emit, body, roles.width,
      [&](Value leaf, unsigned row, unsigned column) -> Value {
        if (auto position = leaf.getDefiningOp<IterationIndexOp>())
          return getPointIndex(position.getDim(), here, {}, {}, row, column);
        unsigned number = cast<BlockArgument>(leaf).getArgNumber();
        if (number >= numInputs)
          return totals[((number - numInputs) * rows + row) * roles.columns +
                        column];
        const Operand &operand = nest.inputs[number];
        Value pointer = getPointer(operand, tile.inputs[number], row, column);
        if (!operand.uses(roles.vectorDim))
          return loadScalar(emit, operand.elementType, pointer);
        return loadLanes(emit, operand.elementType, pointer, lanes[column],
                         access, operand.strides[roles.vectorDim],
                         target.hasGather());
      },
      [&](Value leaf) -> Varies {
        auto argument = dyn_cast<BlockArgument>(leaf);
        if (argument && argument.getArgNumber() >= numInputs)
          return {true, true};
        return getVaries(leaf);
      },
      nest.captured);
  unsigned numOutputs = nest.outputs.size();
  for (unsigned row = 0; row < rows; ++row)
    for (unsigned column = 0; column < roles.columns; ++column) {
      Values results;
      for (Value yielded : body.getTerminator()->getOperands())
        results.push_back(cloner.getLanes(yielded, row, column));
      for (unsigned i = 0; i < numOutputs; ++i)
        storeLanes(emit, results[i],
                   getPointer(nest.outputs[i], tile.outputs[i], row, column),
                   lanes[column], access,
                   nest.outputs[i].strides[roles.vectorDim],
                   target.hasGather());
    }
}
