// RUN: arr-opt %s --arr-forward-values | FileCheck %s

// t = abs(x), used twice and never written: no place.
// CHECK-LABEL: func @only_read(
// CHECK: %[[T:.*]] = arr.absolute
// CHECK-NEXT: arr.add %[[T]], %[[T]]
// CHECK-NOT: arr.materialize {{.*}} %[[T]]
func.func @only_read(%x: !arr.place<[n], f64>) -> !arr.place<[n], f64> {
  %0 = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %1 = arr.absolute %0 : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %t = arr.materialize %1 : !arr.array<[n], f64> -> !arr.place<[n], f64>
  %2 = arr.read %t : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %3 = arr.add %2, %2 : !arr.array<[n], f64>, !arr.array<[n], f64> -> !arr.array<[n], f64>
  %4 = arr.materialize %3 : !arr.array<[n], f64> -> !arr.place<[n], f64>
  return %4 : !arr.place<[n], f64>
}

// A place that is written stays one.
// CHECK-LABEL: func @written(
// CHECK: %[[T:.*]] = arr.materialize
// CHECK: arr.store %{{.*}}, %[[T]]
// CHECK: arr.read %[[T]]
func.func @written(%x: !arr.place<[n], f64>, %e: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %0 = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %t = arr.materialize %0 : !arr.array<[n], f64> -> !arr.place<[n], f64>
  arr.store %e, %t[%c0] : f64, !arr.place<[n], f64>
  %1 = arr.read %t : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %2 = arr.reduce add %1 axes [0] : !arr.array<[n], f64> -> f64
  return %2 : f64
}

// A read of a transposed place is a transposed read.
// CHECK-LABEL: func @transposed(
// CHECK: %[[V:.*]] = arr.read %{{.*}} : !arr.place<[n, m], f64>
// CHECK: arr.transpose %[[V]] [1, 0] : !arr.array
func.func @transposed(%x: !arr.place<[n, m], f64>) -> f64 {
  %t = arr.transpose %x [1, 0] : !arr.place<[n, m], f64> -> !arr.place<[m, n], f64>
  %0 = arr.read %t : !arr.place<[m, n], f64> -> !arr.array<[m, n], f64>
  %1 = arr.reduce add %0 axes [0, 1] : !arr.array<[m, n], f64> -> f64
  return %1 : f64
}

// A broadcast of a value just read reads a broadcast place, whose strides say it.
// CHECK-LABEL: func @broadcast(
// CHECK: %[[P:.*]] = arr.broadcast %{{.*}} to(%{{.*}}) : !arr.place
// CHECK: arr.read %[[P]]
func.func @broadcast(%x: !arr.place<[k], f64>, %n: index) -> f64 {
  %0 = arr.read %x : !arr.place<[k], f64> -> !arr.array<[k], f64>
  %1 = arr.broadcast %0 to (%n) : !arr.array<[k], f64> -> !arr.array<[n], f64>
  %2 = arr.reduce add %1 axes [0] : !arr.array<[n], f64> -> f64
  return %2 : f64
}

// Not if the place is written in between.
// CHECK-LABEL: func @broadcast_later(
// CHECK: arr.broadcast %{{.*}} to(%{{.*}}) : !arr.array
func.func @broadcast_later(%x: !arr.place<[k], f64>, %n: index, %e: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %0 = arr.read %x : !arr.place<[k], f64> -> !arr.array<[k], f64>
  arr.store %e, %x[%c0] : f64, !arr.place<[k], f64>
  %1 = arr.broadcast %0 to (%n) : !arr.array<[k], f64> -> !arr.array<[n], f64>
  %2 = arr.reduce add %1 axes [0] : !arr.array<[n], f64> -> f64
  return %2 : f64
}

// d = zeros(n) and then d += x: what is read is zeros, and d is made where it is
// written as a whole.
// CHECK-LABEL: func @filled_then_written(
// CHECK: %[[Z:.*]] = arr.fill
// CHECK-NOT: arr.materialize
// CHECK: %[[S:.*]] = arr.add %[[Z]]
// CHECK-NEXT: %[[D:.*]] = arr.materialize %[[S]]
// CHECK-NOT: arr.write
// CHECK: return %[[D]]
func.func @filled_then_written(%x: !arr.place<[n], f64>) -> !arr.place<[n], f64> {
  %zero = arith.constant 0.0 : f64
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %z = arr.fill %zero(%n) : f64 -> !arr.array<[n], f64>
  %d = arr.materialize %z : !arr.array<[n], f64> -> !arr.place<[n], f64>
  %0 = arr.read %d : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %1 = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %2 = arr.add %0, %1 : !arr.array<[n], f64>, !arr.array<[n], f64> -> !arr.array<[n], f64>
  arr.write %2, %d : !arr.array<[n], f64>, !arr.place<[n], f64>
  return %d : !arr.place<[n], f64>
}
