// RUN: arr-opt %s --convert-arr-to-linalg --canonicalize --cse | FileCheck %s

// CHECK-DAG: #[[COLUMN:.*]] = affine_map<(d0, d1) -> (d0, 0)>
// CHECK-DAG: #[[LAST:.*]] = affine_map<(d0, d1) -> (d1)>

// Literal 1 broadcasts by a map.
// CHECK-LABEL: func @broadcast(
// CHECK: linalg.generic {indexing_maps = [#[[COLUMN]], #[[LAST]], #{{.*}}]
// CHECK: arith.addf
func.func @broadcast(%x: !arr.place<[n, 1], f64>, %y: !arr.place<[m], f64>, %z: !arr.place<[n, m], f64>) {
  %0 = arr.read %x : !arr.place<[n, 1], f64> -> !arr.array<[n, 1], f64>
  %1 = arr.read %y : !arr.place<[m], f64> -> !arr.array<[m], f64>
  %2 = arr.add %0, %1 : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  arr.write %2, %z : !arr.array<[n, m], f64>, !arr.place<[n, m], f64>
  return
}

// A reduction starts from the identity and says how it combines.
// CHECK-LABEL: func @minimum(
// CHECK: arith.constant 0x7FF0000000000000 : f64
// CHECK: linalg.fill
// CHECK: linalg.generic {{.*}} attrs = {accumulators = [#arr.acc<min : f64>]}
// CHECK: arith.minimumf
func.func @minimum(%x: !arr.place<[n, m], f64>, %z: !arr.place<[n], f64>) {
  %0 = arr.read %x : !arr.place<[n, m], f64> -> !arr.array<[n, m], f64>
  %1 = arr.reduce min %0 axes [1] : !arr.array<[n, m], f64> -> !arr.array<[n], f64>
  arr.write %1, %z : !arr.array<[n], f64>, !arr.place<[n], f64>
  return
}

// A position of an extreme is a kernel at once.
// CHECK-LABEL: func @position(
// CHECK: arr.kernel {{.*}} parallel 0 acc [#arr.acc<argmax : i64 unsigned true>]
// CHECK: tensor.extract
func.func @position(%x: !arr.place<[n], ui16>) -> i64 {
  %0 = arr.read %x : !arr.place<[n], ui16> -> !arr.array<[n], ui16>
  %1 = arr.reduce argmax %0 axes [0] : !arr.array<[n], ui16> -> i64
  return %1 : i64
}

// Three factors: the cheapest pair first, here the two with the small axes.
// CHECK-LABEL: func @chain(
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<?x4xf64>, tensor<4x4xf64>)
// CHECK: linalg.generic
// CHECK-NOT: linalg.generic
func.func @chain(%a: !arr.place<[n, m], f64>, %b: !arr.place<[m, 4], f64>, %c: !arr.place<[4, 4], f64>, %z: !arr.place<[n, 4], f64>) {
  %0 = arr.read %a : !arr.place<[n, m], f64> -> !arr.array<[n, m], f64>
  %1 = arr.read %b : !arr.place<[m, 4], f64> -> !arr.array<[m, 4], f64>
  %2 = arr.read %c : !arr.place<[4, 4], f64> -> !arr.array<[4, 4], f64>
  %3 = arr.einsum %0, %1, %2 labels [array<i64: 0, 1>, array<i64: 1, 2>, array<i64: 2, 3>] -> [0, 3]
     : (!arr.array<[n, m], f64>, !arr.array<[m, 4], f64>, !arr.array<[4, 4], f64>) -> !arr.array<[n, 4], f64>
  arr.write %3, %z : !arr.array<[n, 4], f64>, !arr.place<[n, 4], f64>
  return
}

// What types do not tell any more is written down.
// CHECK-LABEL: func @print(
// CHECK: arr.print {{.*}} {dtypes = ["u8", "bool"]}
func.func @print(%x: !arr.place<[n], ui8>, %b: i1) {
  arr.print [unit, unit] (%x, %b) : !arr.place<[n], ui8>, i1
  return
}

// The positions are an operand, so that what computes them can be fused; the
// source is memory that the body loads from.
// CHECK-LABEL: func @gather(
// CHECK: linalg.generic {indexing_maps = [#[[LAST]], #{{.*}}], iterator_types = ["parallel", "parallel"]}
// CHECK: linalg.index 0
// CHECK: tensor.extract
func.func @gather(%x: !arr.place<[n, k], f64>, %i: !arr.place<[m], i64>, %z: !arr.place<[n, m], f64>) {
  %0 = arr.read %x : !arr.place<[n, k], f64> -> !arr.array<[n, k], f64>
  %1 = arr.read %i : !arr.place<[m], i64> -> !arr.array<[m], i64>
  %2 = arr.gather %0 [%1] axes [1] at 1
     : !arr.array<[n, k], f64> [!arr.array<[m], i64>] -> !arr.array<[n, m], f64>
  arr.write %2, %z : !arr.array<[n, m], f64>, !arr.place<[n, m], f64>
  return
}
