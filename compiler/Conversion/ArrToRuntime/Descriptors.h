//===- Descriptors.h - Memref descriptors taken apart ---------------------===//
#ifndef ARR_CONVERSION_ARRTORUNTIME_DESCRIPTORS_H
#define ARR_CONVERSION_ARRTORUNTIME_DESCRIPTORS_H

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/IR/Builders.h"

namespace arr {

/// A memref operand taken apart.
struct Pieces {
  mlir::Value block; // null pointer: borrowed
  mlir::Value data;
  llvm::SmallVector<mlir::Value> shape, strides; // i64; strides in elements
};

Pieces takeApart(mlir::OpBuilder &builder, mlir::Location loc,
                 const mlir::LLVMTypeConverter &converter, mlir::Value memref);

} // namespace arr

#endif // ARR_CONVERSION_ARRTORUNTIME_DESCRIPTORS_H
