//===- LaneCloner.h - Scalar regions, many points at a time ---------------===//
//
// A kernel's regions compute one point. LaneCloner clones one for a tile of
// rows x columns, each column a vector of lanes. A value that depends on the
// row only stays scalar and is computed once for each row, and so on.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_LANECLONER_H
#define ARR_CONVERSION_KERNELTOVECTOR_LANECLONER_H

#include "compiler/Conversion/KernelToVector/Emitter.h"
#include "compiler/Dialect/Arr/Arr.h"

#include "llvm/ADT/MapVector.h"

namespace arr {

/// Values from above a kernel and what they are where its regions are cloned.
using Captured = llvm::MapVector<mlir::Value, mlir::Value>;

/// What a value of a region varies with inside a tile.
struct Varies {
  bool byRow = false;
  bool byColumn = false;
};

class LaneCloner {
public:
  /// Gives the value of a block argument or arr.iteration_index for one row and
  /// column of the tile: a vector where it varies by column, else a scalar.
  using Leaf = std::function<mlir::Value(mlir::Value leaf, unsigned row,
                                         unsigned column)>;
  /// What a leaf varies with.
  using LeafVaries = std::function<Varies(mlir::Value leaf)>;

  LaneCloner(Emitter &emit, mlir::Block &body, unsigned width, Leaf leaf,
             LeafVaries leafVaries, const Captured &captured);

  /// The clone of `value` of the region, emitting what it needs.
  mlir::Value get(mlir::Value value, unsigned row, unsigned column);
  /// The same as a vector even where all lanes are equal.
  mlir::Value getLanes(mlir::Value value, unsigned row, unsigned column);

private:
  Varies varies(mlir::Value value);

  Emitter &emit;
  mlir::Block &body;
  unsigned width;
  Leaf leaf;
  LeafVaries leafVaries;
  const Captured &captured;
  llvm::DenseMap<mlir::Value, Varies> variesCache;
  llvm::DenseMap<std::pair<mlir::Value, unsigned>, mlir::Value> clones;
};

/// True if every op of the region exists for vectors too.
bool isVectorisable(mlir::Region &region);

/// The widest element, in bits, of the region's values and arguments.
unsigned getWidestType(mlir::Region &region);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_LANECLONER_H
