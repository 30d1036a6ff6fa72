//===- ReductionBlocks.cpp - What one block of a reduction contributes ----===//
//
// The innermost loops: packing of operands, and the loop over the reduction
// space that carries the accumulators of a tile in registers.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/ReductionWriter.h"

using namespace mlir;
using namespace arr;

/// Bounds of a block: rows of the outer reduction dims, columns of the inner.
namespace {
struct BlockBounds {
  Value firstRow, lastRow, firstColumn, lastColumn;
};
} // namespace

static BlockBounds getBounds(Emitter &emit, const ReductionCounts &counts,
                             Value block, int64_t blockColumns, bool hasOuter) {
  BlockBounds bounds;
  Value columnBlock = block, zero = emit.i64(0);
  bounds.firstRow = zero;
  bounds.lastRow = counts.outerCount;
  if (hasOuter) {
    Value rowBlock = emit.div(block, counts.colBlocks);
    columnBlock = emit.rem(block, counts.colBlocks);
    bounds.firstRow = emit.mul(rowBlock, counts.rowsPerBlock);
    bounds.lastRow = emit.min(counts.outerCount,
                              emit.add(bounds.firstRow, counts.rowsPerBlock));
  }
  bounds.firstColumn = emit.mul(columnBlock, emit.i64(blockColumns));
  bounds.lastColumn = emit.min(
      counts.innerSize, emit.add(bounds.firstColumn, emit.i64(blockColumns)));
  return bounds;
}

Varies ReductionWriter::getVaries(const Operand &operand) {
  Varies varies;
  varies.byRow = roles.rowDim && operand.uses(*roles.rowDim);
  varies.byColumn = operand.uses(roles.vectorDim);
  return varies;
}

Varies ReductionWriter::getVaries(Value leaf) {
  if (auto position = leaf.getDefiningOp<IterationIndexOp>()) {
    Varies varies;
    varies.byRow = roles.rowDim == position.getDim();
    varies.byColumn = roles.vectorDim == position.getDim();
    return varies;
  }
  return getVaries(nest.inputs[cast<BlockArgument>(leaf).getArgNumber()]);
}

/// The position of a point of the tile in one dim, as an index: a vector where
/// the dim is the vector dim.
Value ReductionWriter::getPointIndex(unsigned dim, const Tile &tile,
                                     ValueRange outer, Value k, unsigned row,
                                     unsigned column) {
  Value position;
  if (dim == roles.rowDim)
    position = emit.add(tile.row, emit.i64(row));
  else if (dim == roles.vectorDim)
    position = emit.add(vectorIsParallel() ? tile.column : k,
                        emit.i64(int64_t(column) * roles.width));
  else if (dim == roles.innerDim)
    position = k;
  for (auto [i, outerDim] : llvm::enumerate(roles.outerDims))
    if (dim == outerDim)
      position = outer[i];
  for (auto [i, batchDim] : llvm::enumerate(roles.batchDims))
    if (dim == batchDim)
      position = tile.batch[i];
  Type type = emit.builder.getIndexType();
  if (dim == roles.vectorDim && roles.width > 1) {
    position = arith::AddIOp::create(
        emit.builder, emit.loc, splat(emit, position, roles.width),
        makeIota(emit, emit.builder.getI64Type(), roles.width));
    type = lanes(type, roles.width);
  }
  return arith::IndexCastOp::create(emit.builder, emit.loc, type, position);
}

/// The position in C order over the reduction dims, for argmin and argmax.
Value ReductionWriter::getPosition(const Tile &tile, ValueRange outer, Value k,
                                   unsigned column) {
  Value stride = emit.i64(1), position = emit.i64(0), lane = emit.i64(0);
  for (unsigned dim = kernel.getNumDims(); dim-- > kernel.getNumParallel();) {
    Value here;
    if (dim == roles.innerDim) {
      here = vectorIsParallel()
                 ? k
                 : emit.add(k, emit.i64(int64_t(column) * roles.width));
      lane = stride;
    }
    for (auto [i, outerDim] : llvm::enumerate(roles.outerDims))
      if (dim == outerDim)
        here = outer[i];
    position = emit.add(position, emit.mul(here, stride));
    stride = emit.mul(stride, getSize(dim));
  }
  if (roles.width == 1)
    return position;
  position = splat(emit, position, roles.width);
  if (vectorIsParallel())
    return position;
  Value steps = arith::MulIOp::create(
      emit.builder, emit.loc,
      makeIota(emit, emit.builder.getI64Type(), roles.width),
      splat(emit, lane, roles.width));
  return arith::AddIOp::create(emit.builder, emit.loc, position, steps);
}

SmallVector<Lanes> ReductionWriter::makeTileLanes(const Tile &tile) {
  SmallVector<Lanes> lanes;
  Value left = emit.sub(getSize(roles.vectorDim), tile.column);
  for (unsigned column = 0; column < roles.columns; ++column)
    lanes.push_back(
        makeLanes(emit, roles.width,
                  emit.sub(left, emit.i64(int64_t(column) * roles.width))));
  return lanes;
}

Value ReductionWriter::allUnit(ArrayRef<const Operand *> operands) {
  Value all;
  for (const Operand *operand : operands) {
    Value stride = operand->strides[roles.vectorDim];
    if (Emitter::isConstant(stride, 1))
      continue;
    Value isUnit = emit.equal(stride, emit.i64(1));
    all = all ? emit.both(all, isUnit) : isUnit;
  }
  return all;
}

//===----------------------------------------------------------------------===//
// Rows of a block
//===----------------------------------------------------------------------===//

void ReductionWriter::forBlockRows(
    Value block, ValueRange init,
    llvm::function_ref<Values(Value, ValueRange, Value, Value, ValueRange)>
        body,
    Values &result) {
  bool hasOuter = !roles.outerDims.empty();
  BlockBounds bounds =
      getBounds(emit, counts, block, getBlockColumns(), hasOuter);
  if (!hasOuter) {
    result = body(emit.i64(0), {}, bounds.firstColumn, bounds.lastColumn, init);
    return;
  }
  SmallVector<Value> sizes;
  for (unsigned dim : roles.outerDims)
    sizes.push_back(getSize(dim));
  result =
      emit.loop(bounds.firstRow, bounds.lastRow, emit.i64(1), init,
                [&](Value row, ValueRange carried) {
                  auto outer = delinearize(emit, row, sizes);
                  return body(emit.sub(row, bounds.firstRow), outer,
                              bounds.firstColumn, bounds.lastColumn, carried);
                });
}

Value ReductionWriter::getPanel(Value panel, ArrayRef<unsigned> inputs,
                                unsigned input, unsigned span) {
  int64_t before = 0;
  for (unsigned packed : inputs) {
    if (packed == input)
      break;
    before += int64_t(getByteSize(nest.inputs[packed].elementType)) * span;
  }
  return advanceBytes(emit, panel,
                      emit.mul(counts.panelPoints, emit.i64(before)));
}

/// The number of points of the reduction space in the panel before a row.
Value ReductionWriter::getPanelOffset(const Tile &tile, Value block,
                                      Value row) {
  Value rowLength = emit.min(counts.innerSize, emit.i64(getBlockColumns()));
  Value rows = emit.add(
      emit.mul(emit.sub(block, tile.firstBlock), counts.rowsPerBlock), row);
  return emit.mul(rows, rowLength);
}

/// Copies the lanes of an input from `first` of `dim` on to a panel, for every
/// point of the reduction space in the tile's blocks.
void ReductionWriter::packInput(const Tile &tile, unsigned input, unsigned dim,
                                Value first, ArrayRef<Lanes> lanes, Value panel,
                                Value lastBlock) {
  OpBuilder &b = emit.builder;
  const Operand &operand = nest.inputs[input];
  Type element = operand.elementType;
  Value stride = operand.strides[dim];
  unsigned width = lanes[0].width;
  int64_t span = int64_t(width) * lanes.size();
  Value base =
      advance(emit, tile.inputs[input], element, emit.mul(first, stride));

  auto copyRow = [&](Value rowBase, Value points, Value begin, Value end,
                     Access access) {
    emit.loop(begin, end, emit.i64(1), [&](Value k) {
      Value from = advance(emit, rowBase, element,
                           emit.mul(k, operand.strides[roles.innerDim]));
      Value point = emit.add(points, emit.sub(k, begin));
      Value to = advance(emit, panel, element, emit.mul(point, emit.i64(span)));
      for (auto [column, columnLanes] : llvm::enumerate(lanes)) {
        Value lane = emit.i64(int64_t(column) * width);
        Value value = loadLanes(
            emit, element, advance(emit, from, element, emit.mul(lane, stride)),
            columnLanes, access, stride, target.hasGather());
        storeLanes(emit, value, advance(emit, to, element, lane),
                   {width, {}, {}}, Access::Unit, {}, false);
      }
    });
  };
  emit.loop(tile.firstBlock, lastBlock, emit.i64(1), [&](Value block) {
    Values none;
    forBlockRows(
        block, {},
        [&](Value row, ValueRange outer, Value begin, Value end,
            ValueRange) -> Values {
          Value offset = emit.i64(0);
          for (auto [i, outerDim] : llvm::enumerate(roles.outerDims))
            offset =
                emit.add(offset, emit.mul(outer[i], operand.strides[outerDim]));
          Value rowBase = advance(emit, base, element, offset);
          Value points = getPanelOffset(tile, block, row);
          scf::IfOp::create(
              b, emit.loc, emit.equal(stride, emit.i64(1)),
              [&](OpBuilder &, Location) {
                copyRow(rowBase, points, begin, end, Access::Unit);
                scf::YieldOp::create(b, emit.loc);
              },
              [&](OpBuilder &, Location) {
                copyRow(rowBase, points, begin, end, Access::Strided);
                scf::YieldOp::create(b, emit.loc);
              });
          return {};
        },
        none);
  });
}

void ReductionWriter::emitPack(const Tile &tile, Value lastBlock) {
  SmallVector<Lanes> tileLanes = makeTileLanes(tile);
  for (unsigned input : roles.packed)
    packInput(tile, input, roles.vectorDim, tile.column, tileLanes,
              getPanel(tile.panel, roles.packed, input, roles.span()),
              lastBlock);
}

Value ReductionWriter::isRowPacked(unsigned input) {
  Value stride = nest.inputs[input].strides[roles.innerDim];
  if (!llvm::is_contained(roles.rowPacked, input) ||
      Emitter::isConstant(stride, 1) || Emitter::isConstant(stride, 0))
    return {};
  return emit.compare(arith::CmpIPredicate::ne, stride, emit.i64(1));
}

Value ReductionWriter::getInnerStride(unsigned input) {
  Value stride = nest.inputs[input].strides[roles.innerDim];
  if (Value packed = isRowPacked(input))
    return emit.select(packed, emit.i64(roles.rows), stride);
  return stride;
}

/// Far steps along the inner dim are made once for all panels of a group.
void ReductionWriter::emitRowPack(const Tile &tile, Value lastBlock) {
  for (unsigned input : roles.rowPacked) {
    Value packed = isRowPacked(input);
    if (!packed)
      continue;
    Value left = emit.sub(getSize(*roles.rowDim), tile.row);
    Lanes lanes = makeLanes(emit, roles.rows, left);
    scf::IfOp::create(
        emit.builder, emit.loc, packed, [&](OpBuilder &b, Location) {
          packInput(tile, input, *roles.rowDim, tile.row, lanes,
                    getPanel(tile.rowPanel, roles.rowPacked, input, roles.rows),
                    lastBlock);
          scf::YieldOp::create(b, emit.loc);
        });
  }
}

//===----------------------------------------------------------------------===//
// The accumulating loops
//===----------------------------------------------------------------------===//

SmallVector<Value> ReductionWriter::emitBlock(const Tile &tile, Value block) {
  Block &body = kernel.getContribution().front();
  SmallVector<const Operand *> direct;
  for (auto [i, operand] : llvm::enumerate(nest.inputs))
    if (!body.getArgument(i).use_empty() && operand.uses(roles.vectorDim) &&
        !isPacked(i))
      direct.push_back(&operand);
  Value isUnit = roles.width > 1 ? allUnit(direct) : Value();
  if (!isUnit)
    return emitBlockRows(tile, block, Access::Unit);
  auto result = scf::IfOp::create(
      emit.builder, emit.loc, isUnit,
      [&](OpBuilder &b, Location) {
        scf::YieldOp::create(b, emit.loc,
                             emitBlockRows(tile, block, Access::Unit));
      },
      [&](OpBuilder &b, Location) {
        scf::YieldOp::create(b, emit.loc,
                             emitBlockRows(tile, block, Access::Strided));
      });
  return SmallVector<Value>(result.getResults());
}

SmallVector<Value> ReductionWriter::emitBlockRows(const Tile &tile, Value block,
                                                  Access access) {
  Values start, result;
  for (const Accumulate &accumulate : accumulates)
    for (Value value : accumulate.start(emit, roles.width))
      start.append(getNumPoints(), value);

  Block &body = kernel.getContribution().front();
  forBlockRows(
      block, start,
      [&](Value row, ValueRange outer, Value begin, Value end,
          ValueRange states) {
        // Pointers at the row of the reduction space; one for each row of the
        // tile where an input moves with it. Rows beyond the last read the
        // last.
        Values pointers;
        for (auto [i, operand] : llvm::enumerate(nest.inputs)) {
          bool isUsed = !body.getArgument(i).use_empty();
          for (unsigned r = 0; r < roles.rows; ++r) {
            if (!isUsed || (r > 0 && !getVaries(operand).byRow)) {
              pointers.push_back(tile.inputs[i]);
              continue;
            }
            Value offset = emit.i64(0);
            auto move = [&, &strides = operand.strides](Value position,
                                                        unsigned dim) {
              offset = emit.add(offset, emit.mul(position, strides[dim]));
            };
            for (auto [d, dim] : llvm::enumerate(roles.outerDims))
              move(outer[d], dim);
            if (getVaries(operand).byRow)
              move(emit.min(emit.add(tile.row, emit.i64(r)),
                            emit.sub(getSize(*roles.rowDim), emit.i64(1))),
                   *roles.rowDim);
            if (vectorIsParallel())
              move(tile.column, roles.vectorDim);
            if (isPacked(i)) {
              pointers.push_back(advance(
                  emit, getPanel(tile.panel, roles.packed, i, roles.span()),
                  operand.elementType,
                  emit.mul(getPanelOffset(tile, block, row),
                           emit.i64(roles.span()))));
              continue;
            }
            Value pointer =
                advance(emit, tile.inputs[i], operand.elementType, offset);
            if (Value packed = isRowPacked(i)) {
              // Moved back by `begin`, since k does not start at 0.
              Value point = emit.sub(getPanelOffset(tile, block, row), begin);
              Value inPanel = advance(
                  emit, getPanel(tile.rowPanel, roles.rowPacked, i, roles.rows),
                  operand.elementType,
                  emit.add(emit.mul(point, emit.i64(roles.rows)), emit.i64(r)));
              pointer = emit.select(packed, inPanel, pointer);
            }
            pointers.push_back(pointer);
          }
        }
        return emitSpan(tile, pointers, outer, begin, end, access, states);
      },
      result);
  return result;
}

SmallVector<Value> ReductionWriter::emitSpan(const Tile &tile,
                                             ValueRange pointers,
                                             ValueRange outer, Value begin,
                                             Value end, Access access,
                                             ValueRange states) {
  if (vectorIsParallel()) {
    SmallVector<Lanes> tileLanes = makeTileLanes(tile);
    return emit.loop(
        begin, end, emit.i64(1), states, [&](Value k, ValueRange carried) {
          return emitPoint(tile, pointers, outer, k, emit.sub(k, begin),
                           tileLanes, access, carried);
        });
  }
  Value step = emit.i64(roles.span());
  SmallVector<Value> current(states);
  Value middle = begin;
  if (access == Access::Unit) {
    SmallVector<Lanes> full(roles.columns, {roles.width, {}, {}});
    middle =
        emit.add(begin, emit.mul(emit.div(emit.sub(end, begin), step), step));
    current = emit.loop(
        begin, middle, step, current, [&](Value k, ValueRange carried) {
          return emitPoint(tile, pointers, outer, k, {}, full, access, carried);
        });
  }
  return emit.loop(
      middle, end, step, current, [&](Value k, ValueRange carried) {
        SmallVector<Lanes> lanes;
        for (unsigned column = 0; column < roles.columns; ++column) {
          Value first = emit.add(k, emit.i64(int64_t(column) * roles.width));
          lanes.push_back(makeLanes(emit, roles.width, emit.sub(end, first)));
        }
        return emitPoint(tile, pointers, outer, k, {}, lanes, access, carried);
      });
}

/// One step of the innermost loop for all points of the tile.
SmallVector<Value> ReductionWriter::emitPoint(
    const Tile &tile, ValueRange pointers, ValueRange outer, Value k,
    Value panelK, ArrayRef<Lanes> lanes, Access access, ValueRange states) {
  Block &body = kernel.getContribution().front();
  auto getLeaf = [&](Value leaf, unsigned row, unsigned column) -> Value {
    if (auto position = leaf.getDefiningOp<IterationIndexOp>())
      return getPointIndex(position.getDim(), tile, outer, k, row, column);
    unsigned input = cast<BlockArgument>(leaf).getArgNumber();
    const Operand &operand = nest.inputs[input];
    Varies varies = getVaries(operand);
    Value pointer = pointers[input * roles.rows + (varies.byRow ? row : 0)];
    Value first = emit.i64(int64_t(column) * roles.width);
    if (isPacked(input)) {
      Value offset = emit.add(emit.mul(panelK, emit.i64(roles.span())), first);
      return loadLanes(emit, operand.elementType,
                       advance(emit, pointer, operand.elementType, offset),
                       {roles.width, {}, {}}, Access::Unit, {}, false);
    }
    pointer = advance(emit, pointer, operand.elementType,
                      emit.mul(k, getInnerStride(input)));
    if (!varies.byColumn)
      return loadScalar(emit, operand.elementType, pointer);
    Value stride = operand.strides[roles.vectorDim];
    pointer =
        advance(emit, pointer, operand.elementType, emit.mul(first, stride));
    return loadLanes(emit, operand.elementType, pointer, lanes[column], access,
                     stride, target.hasGather());
  };
  LaneCloner cloner(
      emit, body, roles.width, getLeaf,
      [&](Value leaf) { return getVaries(leaf); }, nest.captured);

  unsigned points = getNumPoints();
  SmallVector<Value> next(states);
  for (unsigned row = 0; row < roles.rows; ++row)
    for (unsigned column = 0; column < roles.columns; ++column) {
      unsigned point = row * roles.columns + column, base = 0;
      for (auto [i, accumulate] : llvm::enumerate(accumulates)) {
        unsigned numValues = accumulate.getNumValues();
        Value contribution =
            cloner.getLanes(body.getTerminator()->getOperand(i), row, column);
        Value position = accumulate.isPositional()
                             ? getPosition(tile, outer, k, column)
                             : Value();
        SmallVector<Value> state;
        for (unsigned value = 0; value < numValues; ++value)
          state.push_back(states[base + value * points + point]);
        State updated = accumulate.update(emit, state, contribution, position);
        for (unsigned value = 0; value < numValues; ++value) {
          // Of the reduction's last vector only some lanes count.
          Value result = updated[value];
          if (!vectorIsParallel() && lanes[column].mask)
            result = arith::SelectOp::create(emit.builder, emit.loc,
                                             lanes[column].mask, result,
                                             state[value]);
          next[base + value * points + point] = result;
        }
        base += numValues * points;
      }
    }
  return next;
}
