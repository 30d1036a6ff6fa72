// RUN: arr-opt %s -arr-kernel-to-vector=vector-bits=256 -canonicalize -cse | FileCheck %s

#row = affine_map<(i, k) -> (i, k)>
#column = affine_map<(j, k) -> (k, j)>
#out = affine_map<(i, k) -> (i)>

// CHECK-LABEL: func.func @sums(
// CHECK:         llvm.call @arr_run_reduction
// CHECK:         llvm.call @arr_run_reduction

// Over the last axis: four accumulators across the lanes of one output; the
// rest of a row vector by vector, the last under a mask.
// CHECK-LABEL: func.func private @kernel_0_block(
// CHECK:         scf.for {{.*}} -> (vector<4xf64>, vector<4xf64>, vector<4xf64>, vector<4xf64>)  : i64 {
// CHECK:           llvm.load {{.*}} -> vector<4xf64>
// CHECK:         llvm.intr.masked.load
// CHECK:         arith.select {{.*}} : vector<4xi1>, vector<4xf64>
// CHECK-LABEL: func.func private @kernel_0_merge(
// CHECK:         scf.for
// CHECK:           arith.addf {{.*}} : vector<4xf64>
// Halves are combined until one lane is left.
// CHECK-LABEL: func.func private @kernel_0_finish(
// CHECK:         vector.shuffle

// Over the first axis: lanes are outputs, nothing is combined across them. At
// the edge, vector by vector under a mask. States merge as above.
// CHECK-LABEL: func.func private @kernel_1_block(
// CHECK:         scf.if
// CHECK-COUNT-8:   arith.addf {{.*}} : vector<4xf64>
// CHECK:         else
// CHECK:           llvm.intr.masked.load
// CHECK-NOT:   @kernel_1_merge
// CHECK-LABEL: func.func private @kernel_1_finish(
// CHECK-NOT:     vector.shuffle
// CHECK:         llvm.intr.masked.store
func.func @sums(%x: memref<?x?xf64>, %rows: memref<?xf64>, %columns: memref<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?x?xf64>
  %m = memref.dim %x, %c1 : memref<?x?xf64>
  arr.kernel (%n, %m) parallel 1 acc [#arr.acc<add : f64>]
      ins(%x : memref<?x?xf64>) maps [#row] outs(%rows : memref<?xf64>) maps [#out]
  contribution {
  ^bb0(%a: f64):
    arr.yield %a : f64
  } finish {
  ^bb0(%a: f64, %s: f64):
    arr.yield %s : f64
  }
  arr.kernel (%m, %n) parallel 1 acc [#arr.acc<add : f64>]
      ins(%x : memref<?x?xf64>) maps [#column] outs(%columns : memref<?xf64>) maps [#out]
  contribution {
  ^bb0(%a: f64):
    arr.yield %a : f64
  } finish {
  ^bb0(%a: f64, %s: f64):
    arr.yield %s : f64
  }
  return
}
