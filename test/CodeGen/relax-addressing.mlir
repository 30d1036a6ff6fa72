// RUN: arr-opt %s --arr-convert-to-llvm --arr-relax-addressing | FileCheck %s
// RUN: arr-opt %s --arr-convert-to-llvm | FileCheck %s --check-prefix=BEFORE

// A view with a negative stride: no flag may promise that offsets are positive.
// BEFORE: nuw
// CHECK-LABEL: llvm.func @f
// CHECK-NOT:   nuw
// CHECK-NOT:   inbounds
// CHECK:       llvm.return
func.func @f(%x: memref<?xf64, strided<[?], offset: ?>>, %i: index) -> f64 {
  %e = memref.load %x[%i] : memref<?xf64, strided<[?], offset: ?>>
  return %e : f64
}
