//===- Sizes.h - Where the sizes of tensors and memrefs come from ---------===//
#ifndef ARR_DIALECT_SIZES_H
#define ARR_DIALECT_SIZES_H

#include "mlir/IR/Builders.h"

namespace arr {

/// The size of an axis of a tensor or memref, from where it was made if that
/// is visible, so that no dead arrays are kept alive for their sizes.
mlir::OpFoldResult getSize(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value shaped, int64_t axis);
mlir::SmallVector<mlir::OpFoldResult>
getSizes(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value shaped);

} // namespace arr

#endif // ARR_DIALECT_SIZES_H
