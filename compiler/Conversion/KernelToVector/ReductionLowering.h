//===- ReductionLowering.h - A kernel with reduction dims -----------------===//
//
// Private to Reduction*.cpp. The runtime library cuts the work into tiles and
// blocks and merges what blocks give (runtime/core/reduction.c). Compiled code
// has three functions: what one block of the reduction space contributes to a
// tile of outputs, how two states are merged, and how a tile's totals become
// stored elements. What they read as vectors lies one element after the other.
//
// A state is kept in memory between them: for each point of the tile (row by
// row, a vector each) the values of all accumulators.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_REDUCTIONLOWERING_H
#define ARR_CONVERSION_KERNELTOVECTOR_REDUCTIONLOWERING_H

#include "compiler/Conversion/KernelToVector/Accumulate.h"
#include "compiler/Conversion/KernelToVector/Reduction.h"

namespace arr {

class ReductionLowering {
public:
  ReductionLowering(KernelOp kernel, const Target &target);
  void run(FunctionPool &functions, llvm::StringRef name);

private:
  using Values = llvm::SmallVector<mlir::Value>;

  /// An operand of a block or of finish.
  struct Leaf {
    mlir::Type elementType; // i64 for an index
    bool isIndex;           // a position: its own address, or in memory
    bool byVector, byRow, byInner;
    Operand operand = {}; // at the kernel's place
    mlir::Value pointer = {}, rowStep = {}, outerStep = {}, innerStep = {};
    Values rows = {}; // addresses, one for each unrolled row
  };

  /// The part of a tile that is computed: all columns, or a vector of them.
  struct Part {
    mlir::Value first = {}; // null: all
    Lanes lanes = {};
  };

  // Reduction.cpp
  void collectLeaves();
  Leaf makeInput(unsigned input);
  Leaf makeIndex(unsigned dim);
  Leaf makePosition();
  Leaf &findLeaf(mlir::Value leaf, bool inFinish);
  void makeOperands(Emitter &emit);
  double getCostOfPoint();
  mlir::Value makeDescription(Emitter &emit, FunctionPool &functions);

  // ReductionBlock.cpp
  void emitBlock(Emitter &emit, mlir::Block &entry,
                 const KernelContext &context);
  void emitTile(Emitter &emit, const Captured &captured, mlir::Value outer,
                mlir::Value inner, mlir::Value firstRow, const Part &part,
                mlir::Value states);
  Values emitRows(Emitter &emit, const Captured &captured, mlir::Value outer,
                  mlir::Value inner, const Part &part, mlir::ValueRange states);
  Values emitInner(Emitter &emit, const Captured &captured, mlir::Value inner,
                   const Part &part, mlir::ValueRange states);
  Values emitPoint(Emitter &emit, const Captured &captured, mlir::Value k,
                   unsigned columns, Lanes lanes, mlir::ValueRange states);
  mlir::Value getLane(Emitter &emit, const Leaf &leaf, mlir::Value k,
                      unsigned row, unsigned column, Lanes lanes);

  // ReductionFinish.cpp
  void emitMerge(Emitter &emit, mlir::Block &entry);
  void emitFinish(Emitter &emit, mlir::Block &entry,
                  const KernelContext &context);
  void finishLanes(Emitter &emit, const Captured &captured, mlir::Value states);
  void finishRow(Emitter &emit, const Captured &captured, mlir::Value columns,
                 mlir::Value states);
  mlir::Value foldLanes(Emitter &emit, const Accumulate &accumulate,
                        Values state);

  // States of one point: values of all accumulators.
  llvm::SmallVector<mlir::Type> getPointTypes() const;
  int64_t getPointSize() const;
  Values loadPoint(Emitter &emit, mlir::Value pointer) const;
  void storePoint(Emitter &emit, mlir::ValueRange values,
                  mlir::Value pointer) const;
  Values startPoint(Emitter &emit) const;
  Values mergePoints(Emitter &emit, mlir::ValueRange first,
                     mlir::ValueRange second) const;

  bool isContraction() const {
    return roles.scheme == ReductionRoles::Contraction;
  }
  bool isAcrossLanes() const {
    return roles.scheme == ReductionRoles::AcrossLanes;
  }
  /// Several outer reduction dims: positions in them are not linear.
  bool hasManyOuterDims() const { return numOuterDims > 1; }

  KernelOp kernel;
  const Target &target;
  ReductionRoles roles;
  llvm::SmallVector<Accumulate> accumulates;
  unsigned numOuterDims;
  llvm::SmallVector<Leaf> blockLeaves;  // inputs, indices, position
  llvm::SmallVector<Leaf> finishLeaves; // outputs, inputs, indices
  /// The numbers of the leaves of arguments and of indexed dims.
  llvm::DenseMap<mlir::Value, unsigned> blockNumbers, finishNumbers;
  llvm::DenseMap<unsigned, unsigned> blockIndices, finishIndices;
  std::optional<unsigned> positionLeaf;
};

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_REDUCTIONLOWERING_H
