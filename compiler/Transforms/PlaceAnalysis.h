//===- PlaceAnalysis.h - Which places may share memory --------------------===//
#ifndef ARR_TRANSFORMS_PLACEANALYSIS_H
#define ARR_TRANSFORMS_PLACEANALYSIS_H

#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace arr {

/// Answers, for one function, whether places (or, later, memrefs) may overlap
/// and whether one may be written between two ops. Memory comes from arguments,
/// from ops that allocate, and through calls; views share it; control flow
/// hands it on. Distinct arguments of an exported function do not overlap: that
/// was checked at the boundary if one of them is written.
class PlaceAnalysis {
public:
  explicit PlaceAnalysis(mlir::func::FuncOp function);

  /// The place that `place` is a view of, through any chain of views.
  static mlir::Value getBase(mlir::Value place);

  /// True unless the two never share an element at the same time.
  bool mayAlias(mlir::Value lhs, mlir::Value rhs);

  /// True if memory of `place` may be written after `from` and before `to`,
  /// which `from` dominates.
  bool isWrittenBetween(mlir::Value place, mlir::Operation *from,
                        mlir::Operation *to);

private:
  /// An op and a place that it may write.
  struct Write {
    mlir::Operation *op;
    mlir::Value place;
  };

  bool mayAliasBases(mlir::Value lhs, mlir::Value rhs);
  bool anyAliases(mlir::ValueRange sources, mlir::Value other);

  bool areParametersDistinct;
  llvm::SmallVector<Write> writes;
  /// Answers, and, while one is being found, the assumption that it is no: an
  /// overlap must start somewhere.
  llvm::DenseMap<std::pair<mlir::Value, mlir::Value>, bool> known;
  llvm::SmallVector<std::pair<mlir::Value, mlir::Value>> assumed;
};

/// True for `!arr.place` and memrefs.
/// The tensors whose elements a kernel reads at positions that it computes.
llvm::SmallVector<mlir::Value> getGathered(KernelOp kernel);

bool isMemory(mlir::Type type);

} // namespace arr

#endif // ARR_TRANSFORMS_PLACEANALYSIS_H
