// RUN: arr-opt %s -arr-kernel-to-vector | FileCheck %s

// A kernel as loops in place: the reduction carries its accumulator, multiply
// and add contract, the finish region runs once for each output element.

#x = affine_map<(i, j, k) -> (i, k)>
#y = affine_map<(i, j, k) -> (j, k)>
#d = affine_map<(i, j, k) -> (i, j)>
// CHECK-LABEL: func.func @sq(
// CHECK:       scf.for %[[I:.*]] =
// CHECK:       scf.for %[[J:.*]] =
// CHECK:       %[[SUM:.*]] = scf.for %[[K:.*]] = {{.*}} iter_args(%[[ACC:.*]] = %{{.*}}) -> (f64)
// CHECK-DAG:     %[[A:.*]] = memref.load %{{.*}}[%[[I]], %[[K]]]
// CHECK-DAG:     %[[B:.*]] = memref.load %{{.*}}[%[[J]], %[[K]]]
// CHECK:         %[[D:.*]] = arith.subf %[[A]], %[[B]]
// CHECK:         math.fma %[[D]], %[[D]], %[[ACC]]
// CHECK:       %[[R:.*]] = math.sqrt %[[SUM]]
// CHECK:       memref.store %[[R]], %{{.*}}[%[[I]], %[[J]]]
func.func @sq(%x: memref<2x3xf64>, %y: memref<4x3xf64>, %d: memref<2x4xf64>) {
  %n = arith.constant 2 : index
  %m = arith.constant 4 : index
  %k = arith.constant 3 : index
  arr.kernel (%n, %m, %k) parallel 2 acc [#arr.acc<add : f64>]
      ins(%x, %y : memref<2x3xf64>, memref<4x3xf64>) maps [#x, #y]
      outs(%d : memref<2x4xf64>) maps [#d]
  contribution {
  ^bb0(%a: f64, %b: f64):
    %0 = arith.subf %a, %b : f64
    %1 = arith.mulf %0, %0 : f64
    arr.yield %1 : f64
  } finish {
  ^bb0(%a: f64, %b: f64, %s: f64):
    %r = math.sqrt %s : f64
    arr.yield %r : f64
  }
  return
}
