// RUN: arr-opt %s -arr-kernel-to-vector | FileCheck %s

// A kernel as loops in place: the reduction carries its accumulator, multiply
// and add contract, the finish region runs once for each output element.

#x = affine_map<(i, j, k) -> (i, k)>
#y = affine_map<(i, j, k) -> (j, k)>
#d = affine_map<(i, j, k) -> (i, j)>
!m = memref<?x?xf64, strided<[?, ?], offset: ?>>
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
func.func @sq(%x: !m, %y: !m, %d: !m) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : !m
  %m = memref.dim %y, %c0 : !m
  %k = memref.dim %y, %c1 : !m
  arr.kernel (%n, %m, %k) parallel 2 acc [#arr.acc<add : f64>] ins(%x, %y : !m, !m) maps [#x, #y] outs(%d : !m) maps [#d]
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
