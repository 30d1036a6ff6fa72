//===- Memory.h - Addresses, scalar and vector accesses -------------------===//
//
// Kernels address memory by pointers and strides in elements, without any
// promise about wrapping: strides may be negative or zero.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_MEMORY_H
#define ARR_CONVERSION_KERNELTOVECTOR_MEMORY_H

#include "compiler/Conversion/KernelToVector/Emitter.h"

namespace arr {

/// The lanes of a vector that are in use: all, or the first `count`.
struct Lanes {
  unsigned width;
  mlir::Value count; // i64; null: all
  mlir::Value mask;  // vector<width x i1>; null: all
};

/// The first `count` of `width` lanes; `count` may be negative or too large.
Lanes makeLanes(Emitter &emit, unsigned width, mlir::Value count);

mlir::LLVM::LLVMPointerType getPointerType(mlir::OpBuilder &builder);
/// Bytes of one element in memory.
unsigned getByteSize(mlir::Type elementType);
/// The address `elements` elements after `pointer`.
mlir::Value advance(Emitter &emit, mlir::Value pointer, mlir::Type elementType,
                    mlir::Value elements);
mlir::Value advanceBytes(Emitter &emit, mlir::Value pointer, mlir::Value bytes);
/// Memory on the stack of the enclosing function, for its whole duration.
mlir::Value allocateOnStack(Emitter &emit, int64_t bytes);

/// One element. Complex numbers are two floats.
mlir::Value loadScalar(Emitter &emit, mlir::Type elementType,
                       mlir::Value pointer);
void storeScalar(Emitter &emit, mlir::Value value, mlir::Value pointer);
/// `width` elements, one after the other (a scalar if it is 1). Lanes not in
/// use are zero.
mlir::Value loadLanes(Emitter &emit, mlir::Type elementType,
                      mlir::Value pointer, Lanes lanes);
/// The same in the lanes of the mask `where`; in the others those of `first`.
mlir::Value loadWhere(Emitter &emit, mlir::Value where, mlir::Value first,
                      mlir::Value pointer, Lanes lanes);
void storeLanes(Emitter &emit, mlir::Value value, mlir::Value pointer,
                Lanes lanes);

/// A vector or scalar in private memory: just what was stored comes back.
/// Bools have a form of their own here.
int64_t getSpillSize(mlir::Type type);
mlir::Value loadSpill(Emitter &emit, mlir::Type type, mlir::Value pointer);
void storeSpill(Emitter &emit, mlir::Value value, mlir::Value pointer);

/// The vector 0, 1, 2, ... of `width` integers.
mlir::Value makeIota(Emitter &emit, mlir::Type integerType, unsigned width);
mlir::Value splat(Emitter &emit, mlir::Value scalar, unsigned width);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_MEMORY_H
