//===- Reduction.cpp - Kernels with reduction dims: items and merging -----===//
//
// Emits the launcher's plan and the worker's loops over items and tiles. The
// tile's arithmetic is in ReductionBlocks.cpp and ReductionFinish.cpp.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/Reduction.h"
#include "compiler/Conversion/KernelToVector/ReductionWriter.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace arr;

SmallVector<Value> arr::delinearize(Emitter &emit, Value index,
                                    ArrayRef<Value> sizes) {
  SmallVector<Value> positions(sizes.size());
  for (unsigned i = sizes.size(); i-- > 1;) {
    positions[i] = emit.rem(index, sizes[i]);
    index = emit.div(index, sizes[i]);
  }
  if (!sizes.empty())
    positions[0] = index;
  return positions;
}

//===----------------------------------------------------------------------===//
// Counts
//===----------------------------------------------------------------------===//

namespace {
// An accumulator lane takes about this many contributions before its block
// ends: the rounding error of a block is that of so many additions.
const int64_t laneLength = 64;
const int64_t columnBlock = 128, contractionBlock = 256;
const int64_t blocksInSplit = 16, maxSplits = 64;
// Enough tiles for threads without cutting the reduction.
const int64_t enoughTiles = 32, fewTiles = 4096;
const int64_t enoughItems = 64, rowTilesInRange = 16;
// A group of panels stays in the second-level cache.
const int64_t panelCache = 1024 * 1024, maxPanelsInGroup = 8;
} // namespace

/// Points of the inner reduction dim in a block.
int64_t ReductionWriter::getBlockColumns() {
  switch (roles.scheme) {
  case ReductionRoles::Contraction:
    return contractionBlock;
  case ReductionRoles::Columns:
    return columnBlock;
  case ReductionRoles::AcrossLanes:
    return laneLength * roles.span();
  }
  llvm_unreachable("no other scheme");
}

ReductionCounts ReductionWriter::computeCounts() {
  ReductionCounts c;
  Value one = emit.i64(1);
  auto product = [&](ArrayRef<unsigned> dims) {
    Value result = one;
    for (unsigned dim : dims)
      result = emit.mul(result, getSize(dim));
    return result;
  };
  auto atLeastOne = [&](Value value) { return emit.max(value, one); };

  // Blocks of the reduction space: a part of a row, or several short rows.
  c.innerSize = getSize(roles.innerDim);
  c.outerCount = product(roles.outerDims);
  int64_t blockColumns = getBlockColumns();
  c.colBlocks = emit.ceilDiv(c.innerSize, emit.i64(blockColumns));
  c.rowsPerBlock = one;
  Value rowBlocks = one;
  if (!roles.outerDims.empty()) {
    Value rowLength = c.innerSize;
    int64_t blockLength = blockColumns;
    if (!vectorIsParallel()) {
      rowLength = emit.ceilDiv(rowLength, emit.i64(roles.span()));
      blockLength = laneLength;
    }
    c.rowsPerBlock =
        atLeastOne(emit.div(emit.i64(blockLength), atLeastOne(rowLength)));
    rowBlocks = emit.ceilDiv(c.outerCount, c.rowsPerBlock);
  }
  c.blocks = emit.mul(c.colBlocks, rowBlocks);

  // Tiles of outputs.
  c.batches = product(roles.batchDims);
  c.rowTiles = roles.rowDim
                   ? emit.ceilDiv(getSize(*roles.rowDim), emit.i64(roles.rows))
                   : one;
  c.columnTiles = vectorIsParallel() ? emit.ceilDiv(getSize(roles.vectorDim),
                                                    emit.i64(roles.span()))
                                     : one;
  c.tiles = emit.mul(c.batches, emit.mul(c.rowTiles, c.columnTiles));

  // A packed panel must not grow with a long reduction: contractions are split
  // as long as the states of all tiles are few.
  bool isContraction = roles.scheme == ReductionRoles::Contraction;
  Value hasEnough =
      emit.less(emit.i64(isContraction ? fewTiles : enoughTiles), c.tiles);
  Value splits = emit.min(emit.div(c.blocks, emit.i64(blocksInSplit)),
                          emit.i64(maxSplits));
  splits = emit.select(hasEnough, one, atLeastOne(splits));
  c.blocksPerSplit = atLeastOne(emit.ceilDiv(c.blocks, splits));
  c.splits = atLeastOne(emit.ceilDiv(c.blocks, c.blocksPerSplit));
  c.panelPoints = emit.mul(
      c.blocksPerSplit,
      emit.mul(c.rowsPerBlock, emit.min(c.innerSize, emit.i64(blockColumns))));

  // Items: a group of panels for a range of row tiles.
  c.panelsPerGroup = one;
  if (isContraction) {
    int64_t packed = std::max<int64_t>(getPackedSize(), 1);
    Value fitting =
        emit.div(emit.i64(panelCache / packed), atLeastOne(c.panelPoints));
    c.panelsPerGroup =
        emit.min(atLeastOne(fitting), emit.i64(maxPanelsInGroup));
  }
  c.groups = emit.ceilDiv(c.columnTiles, c.panelsPerGroup);
  c.rowRanges = c.rowTilesPerRange = one;
  if (roles.rowDim) {
    Value others =
        atLeastOne(emit.mul(c.splits, emit.mul(c.batches, c.groups)));
    Value wanted = emit.ceilDiv(emit.i64(enoughItems), others);
    Value possible = emit.ceilDiv(c.rowTiles, emit.i64(rowTilesInRange));
    Value ranges = atLeastOne(emit.min(wanted, possible));
    c.rowTilesPerRange = atLeastOne(emit.ceilDiv(c.rowTiles, ranges));
    c.rowRanges = emit.ceilDiv(c.rowTiles, c.rowTilesPerRange);
  }
  c.itemsPerSplit = emit.mul(c.batches, emit.mul(c.groups, c.rowRanges));
  return c;
}

SmallVector<Type> ReductionWriter::getTileTypes() {
  SmallVector<Type> types;
  for (const Accumulate &accumulate : accumulates)
    for (Type type : accumulate.getStateTypes(roles.width))
      types.append(getNumPoints(), type);
  return types;
}

int64_t ReductionWriter::getSlotSize() {
  int64_t bytes = 0;
  for (Type type : getTileTypes())
    bytes += getSpillSize(type);
  return llvm::alignTo(bytes, 64);
}

int64_t ReductionWriter::getPackedSize() {
  int64_t bytes = 0;
  for (unsigned input : roles.packed)
    bytes +=
        int64_t(getByteSize(nest.inputs[input].elementType)) * roles.span();
  return bytes;
}

int64_t ReductionWriter::getRowPackedSize() {
  int64_t bytes = 0;
  for (unsigned input : roles.rowPacked)
    bytes += int64_t(getByteSize(nest.inputs[input].elementType)) * roles.rows;
  return bytes;
}

double ReductionWriter::getCostOfPoint() {
  double cost = 0.2;
  for (Operation &op : kernel.getContribution().front())
    cost += isa<math::MathDialect>(op.getDialect()) ? 4 : 0.3;
  return cost / roles.width;
}

//===----------------------------------------------------------------------===//
// Items
//===----------------------------------------------------------------------===//

void ReductionWriter::emitWorker(const WorkRange &range) {
  counts = computeCounts();
  emit.loop(range.begin, range.end, emit.i64(1),
            [&](Value item) { emitItem(range, item); });
}

void ReductionWriter::emitItem(const WorkRange &range, Value item) {
  Value one = emit.i64(1), zero = emit.i64(0);
  // In the second phase there is one item for all splits.
  Value isCombine = emit.equal(range.phase, one);
  Value split = emit.div(item, counts.itemsPerSplit);
  Value place = emit.rem(item, counts.itemsPerSplit);
  Value firstBlock = emit.mul(split, counts.blocksPerSplit);
  Value lastBlock =
      emit.min(counts.blocks, emit.add(firstBlock, counts.blocksPerSplit));
  Value parts =
      emit.select(isCombine, counts.splits, emit.sub(lastBlock, firstBlock));

  auto decoded = delinearize(emit, place,
                             {counts.batches, counts.groups, counts.rowRanges});
  SmallVector<Value> batchSizes;
  for (unsigned dim : roles.batchDims)
    batchSizes.push_back(getSize(dim));
  Tile tile;
  tile.batch = delinearize(emit, decoded[0], batchSizes);
  tile.firstBlock = firstBlock;
  auto moveToBatch = [&](const Operand &operand) {
    Value offset = zero;
    for (auto [i, dim] : llvm::enumerate(roles.batchDims))
      offset = emit.add(offset, emit.mul(tile.batch[i], operand.strides[dim]));
    return advance(emit, operand.pointer, operand.elementType, offset);
  };
  for (const Operand &operand : nest.inputs)
    tile.inputs.push_back(moveToBatch(operand));
  for (const Operand &operand : nest.outputs)
    tile.outputs.push_back(moveToBatch(operand));

  Value panelBytes = emit.mul(counts.panelPoints, emit.i64(getPackedSize()));
  Value firstPanel = emit.mul(decoded[1], counts.panelsPerGroup);
  Value lastPanel =
      emit.min(counts.columnTiles, emit.add(firstPanel, counts.panelsPerGroup));
  auto selectPanel = [&](Value panel) {
    tile.column = emit.mul(panel, emit.i64(roles.span()));
    tile.panel = advanceBytes(
        emit, range.scratch, emit.mul(emit.sub(panel, firstPanel), panelBytes));
  };
  auto emitTileAt = [&](Value rowTile, Value panel) {
    tile.row = emit.mul(rowTile, emit.i64(roles.rows));
    selectPanel(panel);
    Value number = emit.add(
        emit.mul(emit.add(emit.mul(decoded[0], counts.rowTiles), rowTile),
                 counts.columnTiles),
        panel);
    number = emit.add(number, emit.mul(split, counts.tiles));
    Value slot = advanceBytes(emit, range.shared,
                              emit.mul(number, emit.i64(getSlotSize())));
    emitTile(range, tile, parts, isCombine, slot);
  };

  if (roles.scheme != ReductionRoles::Contraction) {
    emitTileAt(zero, vectorIsParallel() ? decoded[1] : zero);
    return;
  }
  // Nothing is packed when states are only merged.
  Value packEnd = emit.select(isCombine, firstPanel, lastPanel);
  emit.loop(firstPanel, packEnd, one, [&](Value panel) {
    selectPanel(panel);
    emitPack(tile, lastBlock);
  });
  Value firstTile = emit.mul(decoded[2], counts.rowTilesPerRange);
  Value lastTile =
      emit.min(counts.rowTiles, emit.add(firstTile, counts.rowTilesPerRange));
  tile.rowPanel = advanceBytes(emit, range.scratch,
                               emit.mul(counts.panelsPerGroup, panelBytes));
  emit.loop(firstTile, lastTile, one, [&](Value rowTile) {
    tile.row = emit.mul(rowTile, emit.i64(roles.rows));
    emitRowPack(tile, emit.select(isCombine, firstBlock, lastBlock));
    emit.loop(firstPanel, lastPanel, one,
              [&](Value panel) { emitTileAt(rowTile, panel); });
  });
}

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

SmallVector<Value> ReductionWriter::mergeStates(ValueRange first,
                                                ValueRange second) {
  unsigned points = getNumPoints();
  SmallVector<Value> merged(first.size());
  unsigned base = 0;
  for (const Accumulate &accumulate : accumulates) {
    unsigned numValues = accumulate.getNumValues();
    for (unsigned point = 0; point < points; ++point) {
      SmallVector<Value> a, b;
      for (unsigned value = 0; value < numValues; ++value) {
        a.push_back(first[base + value * points + point]);
        b.push_back(second[base + value * points + point]);
      }
      for (auto [value, result] : llvm::enumerate(accumulate.merge(emit, a, b)))
        merged[base + value * points + point] = result;
    }
    base += numValues * points;
  }
  return merged;
}

SmallVector<Value> ReductionWriter::loadSlot(Value pointer) {
  SmallVector<Value> states;
  int64_t offset = 0;
  for (Type type : getTileTypes()) {
    states.push_back(
        loadSpill(emit, type, advanceBytes(emit, pointer, emit.i64(offset))));
    offset += getSpillSize(type);
  }
  return states;
}

void ReductionWriter::storeSlot(ValueRange states, Value pointer) {
  int64_t offset = 0;
  for (Value state : states) {
    storeSpill(emit, state, advanceBytes(emit, pointer, emit.i64(offset)));
    offset += getSpillSize(state.getType());
  }
}

void ReductionWriter::emitTile(const WorkRange &range, Tile tile, Value parts,
                               Value isCombine, Value slot) {
  OpBuilder &b = emit.builder;
  Value zero = emit.i64(0), one = emit.i64(1);
  SmallVector<Type> types = getTileTypes();
  Values start;
  for (const Accumulate &accumulate : accumulates)
    for (Value value : accumulate.start(emit, roles.width))
      start.append(getNumPoints(), value);

  // Level i of the stack holds the merged states of 2^i parts.
  const int64_t levels = 40;
  Value stack = allocateOnStack(emit, levels * getSlotSize());
  auto levelSlot = [&](Value level) {
    return advanceBytes(emit, stack, emit.mul(level, emit.i64(getSlotSize())));
  };
  Value slotStep =
      emit.mul(counts.tiles, emit.i64(getSlotSize())); // from split to split

  Values result =
      emit.loop(zero, parts, one, start, [&](Value part, ValueRange) {
        auto current = scf::IfOp::create(
            b, emit.loc, isCombine,
            [&](OpBuilder &, Location) {
              scf::YieldOp::create(
                  b, emit.loc,
                  loadSlot(advanceBytes(emit, slot, emit.mul(part, slotStep))));
            },
            [&](OpBuilder &, Location) {
              scf::YieldOp::create(
                  b, emit.loc,
                  emitBlock(tile, emit.add(tile.firstBlock, part)));
            });
        // While the counter's lowest bit is set there is an equal number of
        // parts to merge with; after the last part everything that is left is
        // merged.
        Value isLast = emit.equal(emit.add(part, one), parts);
        SmallVector<Value> init(current.getResults());
        init.append({part, zero});
        SmallVector<Type> loopTypes(types);
        loopTypes.append(2, b.getI64Type());
        auto merge = scf::WhileOp::create(
            b, emit.loc, loopTypes, init,
            [&](OpBuilder &, Location, ValueRange carried) {
              Value bits = carried[types.size()];
              Value lowest = emit.both(bits, one);
              Value goOn = emit.select(isLast, bits, lowest);
              Value condition =
                  emit.compare(arith::CmpIPredicate::ne, goOn, zero);
              scf::ConditionOp::create(b, emit.loc, condition, carried);
            },
            [&](OpBuilder &, Location, ValueRange carried) {
              Value bits = carried[types.size()];
              Value level = carried[types.size() + 1];
              ValueRange states = carried.take_front(types.size());
              Value isSet = emit.equal(emit.both(bits, one), one);
              auto merged = scf::IfOp::create(
                  b, emit.loc, isSet,
                  [&](OpBuilder &, Location) {
                    scf::YieldOp::create(
                        b, emit.loc,
                        mergeStates(loadSlot(levelSlot(level)), states));
                  },
                  [&](OpBuilder &, Location) {
                    scf::YieldOp::create(b, emit.loc, states);
                  });
              SmallVector<Value> next(merged.getResults());
              next.push_back(emit.fold<arith::ShRUIOp>(bits, one));
              next.push_back(emit.add(level, one));
              scf::YieldOp::create(b, emit.loc, next);
            });
        SmallVector<Value> states(merge.getResults().take_front(types.size()));
        scf::IfOp::create(
            b, emit.loc, isLast,
            [&](OpBuilder &, Location) { scf::YieldOp::create(b, emit.loc); },
            [&](OpBuilder &, Location) {
              storeSlot(states, levelSlot(merge.getResults().back()));
              scf::YieldOp::create(b, emit.loc);
            });
        return states;
      });

  Value isWhole = emit.builder.createOrFold<arith::OrIOp>(
      emit.loc, isCombine, emit.equal(counts.splits, one));
  scf::IfOp::create(
      b, emit.loc, isWhole,
      [&](OpBuilder &, Location) {
        emitFinish(tile, result);
        scf::YieldOp::create(b, emit.loc);
      },
      [&](OpBuilder &, Location) {
        storeSlot(result, slot);
        scf::YieldOp::create(b, emit.loc);
      });
}

//===----------------------------------------------------------------------===//
// The launcher
//===----------------------------------------------------------------------===//

void arr::lowerReduction(KernelOp kernel, const Target &target,
                         StringRef name) {
  auto module = kernel->getParentOfType<ModuleOp>();
  OpBuilder builder(kernel);
  Emitter emit{builder, kernel.getLoc(), nullptr};
  Nest nest = makeNest(emit, kernel);
  NestArguments nestArguments(nest);
  SmallVector<Type> types;
  for (Value argument : nestArguments.getArguments())
    types.push_back(argument.getType());
  ReductionRoles roles = chooseRoles(kernel, target);

  SmallVector<Type> workerTypes(types);
  llvm::append_range(workerTypes, getWorkRangeTypes(builder));
  auto worker =
      makeFunction(module, kernel.getLoc(), (name + "_items").str(),
                   workerTypes, [&](Emitter &emit, Block &entry) {
                     Nest inner = nestArguments.rebuild(emit, entry);
                     ReductionWriter(kernel, target, roles, emit, inner)
                         .emitWorker(getWorkRange(entry));
                   });
  auto launcher = makeFunction(
      module, kernel.getLoc(), name, types, [&](Emitter &emit, Block &entry) {
        Nest inner = nestArguments.rebuild(emit, entry);
        ReductionWriter writer(kernel, target, roles, emit, inner);
        ReductionCounts counts = writer.computeCounts();
        Value zero = emit.i64(0);
        Value isSplit = emit.less(emit.i64(1), counts.splits);
        WorkPlan plan;
        plan.phaseItems = {emit.mul(counts.itemsPerSplit, counts.splits),
                           emit.select(isSplit, counts.itemsPerSplit, zero)};
        plan.sharedBytes =
            emit.select(isSplit,
                        emit.mul(emit.mul(counts.splits, counts.tiles),
                                 emit.i64(writer.getSlotSize())),
                        zero);
        if (roles.scheme == ReductionRoles::Contraction)
          plan.scratchBytes =
              emit.mul(counts.panelPoints,
                       emit.add(emit.mul(counts.panelsPerGroup,
                                         emit.i64(writer.getPackedSize())),
                                emit.i64(writer.getRowPackedSize())));
        plan.points = emit.i64(1);
        for (Value size : inner.sizes)
          plan.points = emit.mul(plan.points, size);
        plan.costOfPoint = writer.getCostOfPoint();
        emitLaunch(emit, worker, entry.getArguments().take_front(types.size()),
                   plan);
      });
  func::CallOp::create(builder, kernel.getLoc(), launcher,
                       nestArguments.getArguments());
  kernel.erase();
}
