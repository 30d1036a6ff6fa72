//===- ReductionWriter.h - The worker of a kernel with reduction dims -----===//
//
// Private to Reduction*.cpp. The reduction space is cut into blocks; what a
// block gives is merged pairwise, like the digits of a binary counter, so that
// rounding errors grow with the logarithm of the number of blocks. Long
// reductions are also cut into splits, which are work items of their own; a
// second phase merges their states from shared memory.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_REDUCTIONWRITER_H
#define ARR_CONVERSION_KERNELTOVECTOR_REDUCTIONWRITER_H

#include "compiler/Conversion/KernelToVector/Memory.h"
#include "compiler/Conversion/KernelToVector/Reduction.h"

namespace arr {

/// How the work is cut: i64 values that follow from the sizes alone.
struct ReductionCounts {
  mlir::Value innerSize, outerCount; // of the reduction space
  mlir::Value colBlocks, rowsPerBlock, blocks;
  mlir::Value splits, blocksPerSplit;
  mlir::Value batches, rowTiles, columnTiles, tiles;
  mlir::Value panelsPerGroup, groups, rowTilesPerRange, rowRanges;
  mlir::Value itemsPerSplit;
  mlir::Value panelPoints; // points of the reduction space in a packed panel
};

/// The tile that is being computed.
struct Tile {
  mlir::Value row, column; // first points of the row and the vector dim
  mlir::Value panel;       // ptr: packed operands
  mlir::Value rowPanel;    // ptr: operands packed for the row tile
  mlir::Value firstBlock;
  llvm::SmallVector<mlir::Value> batch;           // position in each batch dim
  llvm::SmallVector<mlir::Value> inputs, outputs; // pointers at the batch
};

class ReductionWriter {
public:
  ReductionWriter(KernelOp kernel, const Target &target,
                  const ReductionRoles &roles, Emitter &emit, const Nest &nest)
      : kernel(kernel), target(target), roles(roles), emit(emit), nest(nest),
        accumulates(getAccumulates(kernel, target.hasFma)) {}

  ReductionCounts computeCounts();
  int64_t getBlockColumns();
  /// Bytes of the states of one tile.
  int64_t getSlotSize();
  /// Bytes of the packed operands for one point of the reduction space.
  int64_t getPackedSize();
  int64_t getRowPackedSize();
  double getCostOfPoint();
  void emitWorker(const WorkRange &range);

private:
  using Values = llvm::SmallVector<mlir::Value>;

  // Reduction.cpp: items, splits, merging.
  void emitItem(const WorkRange &range, mlir::Value item);
  void emitTile(const WorkRange &range, Tile tile, mlir::Value parts,
                mlir::Value isCombine, mlir::Value slot);
  Values mergeStates(mlir::ValueRange first, mlir::ValueRange second);
  Values loadSlot(mlir::Value pointer);
  void storeSlot(mlir::ValueRange states, mlir::Value pointer);
  llvm::SmallVector<mlir::Type> getTileTypes();

  // ReductionBlocks.cpp: what one block of the reduction space contributes.
  Values emitBlock(const Tile &tile, mlir::Value block);
  Values emitBlockRows(const Tile &tile, mlir::Value block, Access access);
  Values emitSpan(const Tile &tile, mlir::ValueRange pointers,
                  mlir::ValueRange outer, mlir::Value begin, mlir::Value end,
                  Access access, mlir::ValueRange states);
  Values emitPoint(const Tile &tile, mlir::ValueRange pointers,
                   mlir::ValueRange outer, mlir::Value k, mlir::Value panelK,
                   llvm::ArrayRef<Lanes> lanes, Access access,
                   mlir::ValueRange states);
  void emitPack(const Tile &tile, mlir::Value lastBlock);
  void emitRowPack(const Tile &tile, mlir::Value lastBlock);
  void packInput(const Tile &tile, unsigned input, unsigned dim,
                 mlir::Value first, llvm::ArrayRef<Lanes> lanes,
                 mlir::Value panel, mlir::Value lastBlock);
  /// True where an input is read from the row panel: null for never.
  mlir::Value isRowPacked(unsigned input);
  /// Elements from one k to the next in what emitBlockRows points to.
  mlir::Value getInnerStride(unsigned input);
  void forBlockRows(mlir::Value block, mlir::ValueRange init,
                    llvm::function_ref<Values(
                        mlir::Value row, mlir::ValueRange outer,
                        mlir::Value begin, mlir::Value end, mlir::ValueRange)>
                        body,
                    Values &result);
  /// Where the packed elements of an input begin in a panel of `inputs`.
  mlir::Value getPanel(mlir::Value panel, llvm::ArrayRef<unsigned> inputs,
                       unsigned input, unsigned span);
  mlir::Value getPanelOffset(const Tile &tile, mlir::Value block,
                             mlir::Value row);
  mlir::Value getPosition(const Tile &tile, mlir::ValueRange outer,
                          mlir::Value k, unsigned column);
  bool isPacked(unsigned input) const {
    return llvm::is_contained(roles.packed, input);
  }
  Varies getVaries(mlir::Value leaf);
  Varies getVaries(const Operand &operand);
  llvm::SmallVector<Lanes> makeTileLanes(const Tile &tile);
  /// The conjunction of "unit stride in the vector dim"; null: nothing to ask.
  mlir::Value allUnit(llvm::ArrayRef<const Operand *> operands);

  // ReductionFinish.cpp: from totals to stored elements.
  void emitFinish(const Tile &tile, mlir::ValueRange states);
  void finishLanes(const Tile &tile, mlir::ValueRange states);
  void finishTile(const Tile &tile, mlir::ValueRange states);
  void finishRows(const Tile &tile, mlir::ValueRange totals, unsigned rows,
                  mlir::Value firstRow, llvm::ArrayRef<Lanes> lanes,
                  Access access);
  mlir::Value foldLanes(const Accumulate &accumulate, Values state);
  bool isFinishSmall();

  /// Accumulators in a tile are in the order accumulate, value, row, column.
  unsigned getNumPoints() const { return roles.rows * roles.columns; }
  mlir::Value getSize(unsigned dim) const { return nest.sizes[dim]; }
  mlir::Value getPointIndex(unsigned dim, const Tile &tile,
                            mlir::ValueRange outer, mlir::Value k, unsigned row,
                            unsigned column);
  bool vectorIsParallel() const {
    return roles.scheme != ReductionRoles::AcrossLanes;
  }

  KernelOp kernel;
  const Target &target;
  const ReductionRoles &roles;
  Emitter &emit;
  const Nest &nest;
  llvm::SmallVector<Accumulate> accumulates;
  ReductionCounts counts;
};

/// Splits a linear C-order index into the positions of dims of the given sizes.
llvm::SmallVector<mlir::Value> delinearize(Emitter &emit, mlir::Value index,
                                           llvm::ArrayRef<mlir::Value> sizes);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_REDUCTIONWRITER_H
