// RUN: %arr-opt %s -arr-count-loops -canonicalize -cse | FileCheck %s

// CHECK-LABEL: @up
// CHECK: %[[I:.*]] = scf.for %[[P:.*]] = %c0 to %{{.*}} step %c1
// CHECK: arr.load %arg0[%[[P]]]
func.func @up(%x: !arr.place<[n], f64>) -> f64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %start = arith.constant 0.0 : f64
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %r:2 = scf.while (%i = %zero, %s = %start) : (i64, f64) -> (i64, f64) {
    %m = arith.index_cast %n : index to i64
    %c = arr.less %i, %m : i64, i64 -> i1
    scf.condition(%c) %i, %s : i64, f64
  } do {
  ^bb0(%i: i64, %s: f64):
    %k = arith.index_cast %i : i64 to index
    %e = arr.load %x[%k] : !arr.place<[n], f64> -> f64
    %t = arr.add %s, %e : f64, f64 -> f64
    %j = arr.add %i, %one : i64, i64 -> i64
    scf.yield %j, %t : i64, f64
  }
  return %r#1 : f64
}

// What comes after the loop sees the counter's last value: 3 less for each
// iteration.
// CHECK-LABEL: @down
// CHECK: %[[N:.*]] = arith.ceildivui
// CHECK: scf.for %[[P:.*]] = %c0 to %[[N]]
// CHECK: arith.muli %[[P]], %c-3
// CHECK: arith.maxsi %[[N]], %c0
// CHECK: arith.muli %{{.*}}, %c-3
func.func @down(%x: !arr.place<[n], f64>, %e: f64) -> index {
  %zero = arith.constant 0 : index
  %three = arith.constant 3 : index
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %r = scf.while (%i = %n) : (index) -> index {
    %c = arith.cmpi sgt, %i, %zero : index
    scf.condition(%c) %i : index
  } do {
  ^bb0(%i: index):
    %j = arith.subi %i, %three : index
    %k = arr.normalize_index %i, %n axis 0
    arr.store %e, %x[%k] : f64, !arr.place<[n], f64>
    scf.yield %j : index
  }
  return %r : index
}

// One of two conditions, a step that depends: no counted loops.
// CHECK-LABEL: @early
// CHECK: scf.while
// CHECK: scf.while
func.func @early(%n: index, %stop: i1, %step: index) -> (index, index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %r = scf.while (%i = %zero) : (index) -> index {
    %c = arith.cmpi slt, %i, %n : index
    %d = arith.andi %c, %stop : i1
    scf.condition(%d) %i : index
  } do {
  ^bb0(%i: index):
    %j = arith.addi %i, %one : index
    scf.yield %j : index
  }
  %q = scf.while (%i = %zero) : (index) -> index {
    %c = arith.cmpi slt, %i, %n : index
    scf.condition(%c) %i : index
  } do {
  ^bb0(%i: index):
    %j = arith.addi %i, %step : index
    scf.yield %j : index
  }
  return %r, %q : index, index
}
