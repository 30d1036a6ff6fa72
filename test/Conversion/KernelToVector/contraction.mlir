// RUN: arr-opt %s -arr-kernel-to-vector=vector-bits=512 -canonicalize -cse | FileCheck %s

// Squared distances: a contraction although it is no product. The innermost
// loop carries a tile of 8 x 2 vectors; of the first operand it reads scalars, of
// the second vectors without masks.

#x = affine_map<(i, j, k) -> (i, k)>
#y = affine_map<(i, j, k) -> (j, k)>
#d = affine_map<(i, j, k) -> (i, j)>

// CHECK-LABEL: func.func @distances(
// CHECK:         llvm.call @arr_run_reduction
// CHECK-NOT:     arr.kernel

// CHECK-LABEL: func.func private @kernel_0_block(
// CHECK:         scf.for {{.*}} -> (vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>, vector<8xf64>)  : i64 {
// CHECK:           llvm.load {{.*}} : !llvm.ptr -> f64
// CHECK:           llvm.load {{.*}} : !llvm.ptr -> vector<8xf64>
// CHECK-COUNT-16:  math.fma {{.*}} : vector<8xf64>
// CHECK-NOT:       math.fma

// CHECK-LABEL: func.func private @kernel_0_finish(
// CHECK:         llvm.store {{.*}} : vector<8xf64>
// CHECK:         llvm.intr.masked.store
func.func @distances(%x: memref<?x?xf64>, %y: memref<?x?xf64>, %d: memref<?x?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?x?xf64>
  %m = memref.dim %y, %c0 : memref<?x?xf64>
  %k = memref.dim %y, %c1 : memref<?x?xf64>
  arr.kernel (%n, %m, %k) parallel 2 acc [#arr.acc<add : f64>]
      ins(%x, %y : memref<?x?xf64>, memref<?x?xf64>) maps [#x, #y]
      outs(%d : memref<?x?xf64>) maps [#d]
  contribution {
  ^bb0(%a: f64, %b: f64):
    %0 = arith.subf %a, %b : f64
    %1 = arith.mulf %0, %0 : f64
    arr.yield %1 : f64
  } finish {
  ^bb0(%a: f64, %b: f64, %s: f64):
    arr.yield %s : f64
  }
  return
}
