// RUN: %arr-opt %s -arr-check-prange -arr-private-copies -canonicalize -cse | FileCheck %s

// Each block of iterations has a histogram of its own; they are added up. With
// few iterations the loop is serial.
// CHECK-LABEL: @histogram
// CHECK: scf.if
// CHECK: %[[COPIES:.*]] = arr.materialize {{.*}} -> <["?1", m], i64>
// CHECK: arr.prange %[[BLOCK:.*]] = 0 to
// CHECK: %[[COPY:.*]] = arr.slice %[[COPIES]][%[[BLOCK]], %c0]
// CHECK: scf.for
// CHECK: arr.store %{{.*}}, %[[COPY]]
// CHECK: %[[ALL:.*]] = arr.read %[[COPIES]]
// CHECK: %[[SUM:.*]] = arr.reduce add %[[ALL]] axes [0]
// CHECK: %[[OLD:.*]] = arr.read %arg1
// CHECK: %[[NEW:.*]] = arr.add %[[OLD]], %[[SUM]]
// CHECK: arr.write %[[NEW]], %arg1
// CHECK: } else {
// CHECK-NOT: arr.prange
// CHECK: scf.for
// CHECK-NOT: arr.update
func.func @histogram(%x: !arr.place<[n], i64>, %h: !arr.place<[m], i64>) attributes {arr.export = {}} {
  %one = arith.constant 1 : i64
  %n = arr.dim %x, 0 : !arr.place<[n], i64>
  %m = arr.dim %h, 0 : !arr.place<[m], i64>
  arr.prange %i = 0 to %n {
    %j = arr.load %x[%i] : !arr.place<[n], i64> -> i64
    %p = arith.index_cast %j : i64 to index
    %k = arr.normalize_index %p, %m axis 0
    %a = arr.load %h[%k] : !arr.place<[m], i64> -> i64
    %b = arr.add %a, %one : i64, i64 -> i64
    arr.store %b, %h[%k] : i64, !arr.place<[m], i64>
  }
  return
}

// One array through two views: serial.
// CHECK-LABEL: @two_views
// CHECK-NOT: arr.prange
// CHECK: scf.for
func.func @two_views(%x: !arr.place<[n], i64>, %h: !arr.place<[m, m], i64>) attributes {arr.export = {}} {
  %one = arith.constant 1 : i64
  %n = arr.dim %x, 0 : !arr.place<[n], i64>
  %m = arr.dim %h, 0 : !arr.place<[m, m], i64>
  %t = arr.transpose %h [1, 0] : !arr.place<[m, m], i64> -> !arr.place<[m, m], i64>
  arr.prange %i = 0 to %n {
    %j = arr.load %x[%i] : !arr.place<[n], i64> -> i64
    %p = arith.index_cast %j : i64 to index
    %k = arr.normalize_index %p, %m axis 0
    %a = arr.load %h[%k, %k] : !arr.place<[m, m], i64> -> i64
    %b = arr.add %a, %one : i64, i64 -> i64
    arr.store %b, %h[%k, %k] : i64, !arr.place<[m, m], i64>
    %c = arr.load %t[%k, %k] : !arr.place<[m, m], i64> -> i64
    %d = arr.add %c, %one : i64, i64 -> i64
    arr.store %d, %t[%k, %k] : i64, !arr.place<[m, m], i64>
  }
  return
}
