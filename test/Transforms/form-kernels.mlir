// RUN: arr-opt %s --arr-forward-values --convert-arr-to-linalg --cse --arr-fuse-elementwise --arr-form-kernels --canonicalize | FileCheck %s

// np.abs(x2 + y2 - 2 * x @ y.T) is one contraction with the rest as its finish.
// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[SWAPPED:.*]] = affine_map<(d0, d1) -> (d1, d0)>
// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1, d2) -> (d0)>
// CHECK-LABEL: func @epilogue(
// CHECK-COUNT-1: arr.kernel
// CHECK-SAME: parallel 2 acc [#arr.acc<add : f64>]
// CHECK-SAME: maps [#[[X]], #[[Y]], #[[ROW]]]
// CHECK: contribution {
// CHECK: arith.mulf
// CHECK: arr.yield
// CHECK: finish {
// CHECK: ^bb0({{.*}}, %[[R:.*]]: f64, %[[S:.*]]: f64):
// CHECK: arith.addf %[[R]], %[[S]]
// CHECK: math.absf
// CHECK-NOT: arr.kernel
func.func @epilogue(%x: !arr.place<[n, k], f64>, %y: !arr.place<[m, k], f64>, %r: !arr.place<[n], f64>) -> !arr.place<[n, m], f64> {
  %0 = arr.read %x : !arr.place<[n, k], f64> -> !arr.array<[n, k], f64>
  %t = arr.transpose %y [1, 0] : !arr.place<[m, k], f64> -> !arr.place<[k, m], f64>
  %1 = arr.read %t : !arr.place<[k, m], f64> -> !arr.array<[k, m], f64>
  %2 = arr.einsum %0, %1 labels [array<i64: 0, 1>, array<i64: 1, 2>] -> [0, 2] : (!arr.array<[n, k], f64>, !arr.array<[k, m], f64>) -> !arr.array<[n, m], f64>
  %3 = arr.read %r : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %4 = arr.expand_dims %3 [1] : !arr.array<[n], f64> -> !arr.array<[n, 1], f64>
  %5 = arr.add %4, %2 : !arr.array<[n, 1], f64>, !arr.array<[n, m], f64> -> !arr.array<[n, m], f64>
  %6 = arr.absolute %5 : !arr.array<[n, m], f64> -> !arr.array<[n, m], f64>
  %7 = arr.materialize %6 : !arr.array<[n, m], f64> -> !arr.place<[n, m], f64>
  return %7 : !arr.place<[n, m], f64>
}

// The broadcast form of a distance: no temporary of three axes.
// CHECK-LABEL: func @cityblock(
// CHECK-COUNT-1: arr.kernel
// CHECK-SAME: parallel 2 acc
// CHECK: contribution {
// CHECK: arith.subf
// CHECK: math.absf
// CHECK-NOT: arr.kernel
// CHECK: return
func.func @cityblock(%x: !arr.place<[n, k], f64>, %y: !arr.place<[m, k], f64>) -> !arr.place<[n, m], f64> {
  %0 = arr.read %x : !arr.place<[n, k], f64> -> !arr.array<[n, k], f64>
  %1 = arr.expand_dims %0 [1] : !arr.array<[n, k], f64> -> !arr.array<[n, 1, k], f64>
  %2 = arr.read %y : !arr.place<[m, k], f64> -> !arr.array<[m, k], f64>
  %3 = arr.expand_dims %2 [0] : !arr.array<[m, k], f64> -> !arr.array<[1, m, k], f64>
  %4 = arr.subtract %1, %3 : !arr.array<[n, 1, k], f64>, !arr.array<[1, m, k], f64> -> !arr.array<[n, m, k], f64>
  %5 = arr.absolute %4 : !arr.array<[n, m, k], f64> -> !arr.array<[n, m, k], f64>
  %6 = arr.reduce add %5 axes [2] : !arr.array<[n, m, k], f64> -> !arr.array<[n, m], f64>
  %7 = arr.materialize %6 : !arr.array<[n, m], f64> -> !arr.place<[n, m], f64>
  return %7 : !arr.place<[n, m], f64>
}

// Bools combine as i1 and are stored as i8.
// CHECK-LABEL: func @any(
// CHECK: arr.kernel {{.*}} parallel 1 acc [#arr.acc<or : i1 unsigned true>]
// CHECK: contribution {
// CHECK: %[[E:.*]] = arith.cmpi ne
// CHECK: arr.yield %[[E]] : i1
// CHECK: finish {
// CHECK: %[[R:.*]] = arith.extui %{{.*}} : i1 to i8
// CHECK: arr.yield %[[R]] : i8
func.func @any(%x: !arr.place<[n, k], i1>) -> !arr.place<[n], i1> {
  %0 = arr.read %x : !arr.place<[n, k], i1> -> !arr.array<[n, k], i1>
  %1 = arr.reduce or %0 axes [1] : !arr.array<[n, k], i1> -> !arr.array<[n], i1>
  %2 = arr.materialize %1 : !arr.array<[n], i1> -> !arr.place<[n], i1>
  return %2 : !arr.place<[n], i1>
}

// An axis that is not the last one: parallel dims come first all the same.
// CHECK-LABEL: func @columns(
// CHECK: arr.kernel {{.*}} parallel 1 acc [#arr.acc<max : f64>] ins({{.*}}) maps [#[[SWAPPED]]]
func.func @columns(%x: !arr.place<[n, k], f64>) -> !arr.place<[k], f64> {
  %0 = arr.read %x : !arr.place<[n, k], f64> -> !arr.array<[n, k], f64>
  %1 = arr.reduce max %0 axes [0] : !arr.array<[n, k], f64> -> !arr.array<[k], f64>
  %2 = arr.materialize %1 : !arr.array<[k], f64> -> !arr.place<[k], f64>
  return %2 : !arr.place<[k], f64>
}
