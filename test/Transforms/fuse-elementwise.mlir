// RUN: arr-opt %s --convert-arr-to-linalg --cse --arr-fuse-elementwise --canonicalize | FileCheck %s

// A chain is one op.
// CHECK-LABEL: func @chain(
// CHECK-COUNT-1: linalg.generic
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @chain(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>) {
  %0 = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %1 = arr.sqrt %0 : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %2 = arr.add %1, %0 : !arr.array<[n], f64>, !arr.array<[n], f64> -> !arr.array<[n], f64>
  %3 = arr.multiply %2, %2 : !arr.array<[n], f64>, !arr.array<[n], f64> -> !arr.array<[n], f64>
  arr.write %3, %y : !arr.array<[n], f64>, !arr.place<[n], f64>
  return
}

// sqrt(x) would be computed once for each j: it is not fused.
// CHECK-LABEL: func @repeated(
// CHECK-COUNT-2: linalg.generic
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @repeated(%x: !arr.place<[n, k], f64>, %y: !arr.place<[k, m], f64>, %z: !arr.place<[n, m], f64>) {
  %0 = arr.read %x : !arr.place<[n, k], f64> -> !arr.array<[n, k], f64>
  %1 = arr.sqrt %0 : !arr.array<[n, k], f64> -> !arr.array<[n, k], f64>
  %2 = arr.read %y : !arr.place<[k, m], f64> -> !arr.array<[k, m], f64>
  %3 = arr.einsum %1, %2 labels [array<i64: 0, 1>, array<i64: 1, 2>] -> [0, 2] : (!arr.array<[n, k], f64>, !arr.array<[k, m], f64>) -> !arr.array<[n, m], f64>
  arr.write %3, %z : !arr.array<[n, m], f64>, !arr.place<[n, m], f64>
  return
}

// An expensive value with two consumers is computed once.
// CHECK-LABEL: func @shared(
// CHECK-COUNT-3: linalg.generic
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @shared(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>, %z: !arr.place<[n], f64>) {
  %0 = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %1 = arr.exp %0 : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %2 = arr.sqrt %1 : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %3 = arr.absolute %1 : !arr.array<[n], f64> -> !arr.array<[n], f64>
  arr.write %2, %y : !arr.array<[n], f64>, !arr.place<[n], f64>
  arr.write %3, %z : !arr.array<[n], f64>, !arr.place<[n], f64>
  return
}
