// RUN: arr-opt %s | arr-opt | FileCheck %s

// What makes and combines values.

// CHECK-LABEL: func @values
func.func @values(%x: !arr.array<[n, k], f64>, %y: !arr.array<[k, m], f64>, %a: f64, %n: index) {
  // CHECK: arr.reduce add %{{.*}} axes [1] : {{.*}}<[n, k], f64> -> {{.*}}<[n], f64>
  %0 = arr.reduce add %x axes [1] : !arr.array<[n, k], f64> -> !arr.array<[n], f64>
  // CHECK: arr.reduce max %{{.*}} axes [0] keepdims : {{.*}}<[n, k], f64> -> {{.*}}<[1, k], f64>
  %1 = arr.reduce max %x axes [0] keepdims : !arr.array<[n, k], f64> -> !arr.array<[1, k], f64>
  // CHECK: arr.reduce argmin %{{.*}} axes [0, 1] : {{.*}}<[n, k], f64> -> i64
  %2 = arr.reduce argmin %x axes [0, 1] : !arr.array<[n, k], f64> -> i64
  // CHECK: arr.einsum %{{.*}}, %{{.*}} labels {{\[}}array<i64: 0, 1>, array<i64: 1, 2>] -> [0, 2]
  %3 = arr.einsum %x, %y labels [array<i64: 0, 1>, array<i64: 1, 2>] -> [0, 2]
     : (!arr.array<[n, k], f64>, !arr.array<[k, m], f64>) -> !arr.array<[n, m], f64>
  // CHECK: arr.fill %{{.*}}(%{{.*}}) : f64 -> {{.*}}<[n], f64>
  %4 = arr.fill %a (%n) : f64 -> !arr.array<[n], f64>
  // CHECK: arr.arange %{{.*}} step %{{.*}} count %{{.*}} : f64 -> {{.*}}<[n], f64>
  %5 = arr.arange %a step %a count %n : f64 -> !arr.array<[n], f64>
  // CHECK: arr.from_elements %{{.*}}, %{{.*}} : (f64, f64) -> {{.*}}<[1, 2], f64>
  %6 = arr.from_elements %a, %a : (f64, f64) -> !arr.array<[1, 2], f64>
  return
}

// CHECK-LABEL: func @gather
func.func @gather(%x: !arr.array<[n, k], f64>, %i: !arr.array<[m], i64>) {
  // CHECK: arr.gather %{{.*}}[%{{.*}}] axes [1] at 1 : {{.*}}<[n, k], f64>{{.*}}<[m], i64>] -> {{.*}}<[n, m], f64>
  %0 = arr.gather %x [%i] axes [1] at 1
     : !arr.array<[n, k], f64> [!arr.array<[m], i64>] -> !arr.array<[n, m], f64>
  // CHECK: arr.gather %{{.*}}[%{{.*}}, %{{.*}}] axes [0, 1] at 0
  %1 = arr.gather %x [%i, %i] axes [0, 1] at 0
     : !arr.array<[n, k], f64> [!arr.array<[m], i64>, !arr.array<[m], i64>] -> !arr.array<[m], f64>
  return
}

// CHECK-LABEL: func @prange
func.func @prange(%n: index, %init: f64, %p: !arr.place<[n], f64>) -> f64 {
  // CHECK: arr.prange %[[I:.*]] = 0 to %{{.*}} {
  // CHECK-NEXT: arr.store %{{.*}}, %{{.*}}[%[[I]]]
  // CHECK-NEXT: }
  arr.prange %i = 0 to %n {
    arr.store %init, %p[%i] : f64, !arr.place<[n], f64>
  }
  // CHECK: arr.prange %[[I:.*]] = 0 to %{{.*}} reduce [add, max] (%[[S:.*]] = %{{.*}} : f64, %[[M:.*]] = %{{.*}} : f64) unchecked {
  // CHECK: arr.yield %[[S]], %[[M]] : f64, f64
  %r:2 = arr.prange %i = 0 to %n reduce [add, max] (%s = %init : f64, %m = %init : f64) unchecked {
    arr.yield %s, %m : f64, f64
  }
  return %r#0 : f64
}
