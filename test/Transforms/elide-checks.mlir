// RUN: arr-opt %s --arr-elide-checks | FileCheck %s

// A loop over an axis: every index is in range.
// CHECK-LABEL: func @whole
// CHECK-NOT: normalize_index
func.func @whole(%x: !arr.place<[n], f64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  scf.for %i = %c0 to %n step %c1 {
    %k = arr.normalize_index %i, %n axis 0
    %e = arr.load %x[%k] : !arr.place<[n], f64> -> f64
    arr.store %e, %x[%k] : f64, !arr.place<[n], f64>
  }
  return
}

// From 1 to n - 1: the neighbours are in range, the one after next is not.
// CHECK-LABEL: func @neighbours
func.func @neighbours(%x: !arr.place<[n], f64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %zero = arith.constant 0.0 : f64
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %inner = arith.subi %n, %c2 : index
  %count = arith.maxsi %inner, %c0 : index
  // CHECK: scf.for
  // CHECK-COUNT-1: arr.normalize_index
  // CHECK-NOT: arr.normalize_index
  %s = scf.for %p = %c0 to %count step %c1 iter_args(%acc = %zero) -> f64 {
    %i = arith.addi %p, %c1 : index
    %after = arith.addi %i, %c1 : index
    %far = arith.addi %i, %c2 : index
    %k0 = arr.normalize_index %p, %n axis 0
    %k1 = arr.normalize_index %after, %n axis 0
    %k2 = arr.normalize_index %far, %n axis 0
    %a = arr.load %x[%k0] : !arr.place<[n], f64> -> f64
    %b = arr.load %x[%k1] : !arr.place<[n], f64> -> f64
    %c = arr.load %x[%k2] : !arr.place<[n], f64> -> f64
    %ab = arr.add %a, %b : f64, f64 -> f64
    %abc = arr.add %ab, %c : f64, f64 -> f64
    scf.yield %abc : f64
  }
  return %s : f64
}

// The names that a cast gives hold after the cast only: the check that comes
// before it stays.
// CHECK-LABEL: func @check_before_cast
// CHECK: arr.require
func.func @check_before_cast(%x: !arr.place<[?], f64>, %y: !arr.place<[?], f64>) -> index {
  %a = arr.dim %x, 0 : !arr.place<[?], f64>
  %b = arr.dim %y, 0 : !arr.place<[?], f64>
  %same = arith.cmpi eq, %a, %b : index
  arr.require %same, shape "sizes %0 and %1" (%a, %b)
  %p = arr.cast_shape %x : !arr.place<[?], f64> -> !arr.place<[n], f64>
  %q = arr.cast_shape %y : !arr.place<[?], f64> -> !arr.place<[n], f64>
  %c = arr.dim %q, 0 : !arr.place<[n], f64>
  return %c : index
}

// Blocks of four: 4 * b + 4 does not exceed n.
// CHECK-LABEL: func @blocks
// CHECK-NOT: slice_bounds
func.func @blocks(%x: !arr.place<[n], f64>) {
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %count = arith.floordivsi %n, %c4 : index
  arr.prange %b = 0 to %count {
    %start = arith.muli %b, %c4 : index
    %stop = arith.addi %start, %c4 : index
    %offset, %length = arr.slice_bounds %n from %start to %stop step %c1
    %part = arr.slice %x[%offset] [%length] [%c1] drop [] : !arr.place<[n], f64> -> !arr.place<[?], f64>
    %v = arr.read %part : !arr.place<[?], f64> -> !arr.array<[?], f64>
    arr.write %v, %part : !arr.array<[?], f64>, !arr.place<[?], f64>
  }
  return
}

// Under a condition that bounds the index.
// CHECK-LABEL: func @guarded
// CHECK-NOT: normalize_index
func.func @guarded(%x: !arr.place<[n], f64>, %i: index) {
  %c0 = arith.constant 0 : index
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %low = arith.cmpi sge, %i, %c0 : index
  %high = arith.cmpi slt, %i, %n : index
  %in = arith.andi %low, %high : i1
  scf.if %in {
    %k = arr.normalize_index %i, %n axis 0
    %e = arr.load %x[%k] : !arr.place<[n], f64> -> f64
    arr.store %e, %x[%k] : f64, !arr.place<[n], f64>
  }
  return
}

// A loop that ends early: its counter starts at 0 and grows, and is below the
// size where the loop goes on.
// CHECK-LABEL: func @ends_early
// CHECK-NOT: arr.normalize_index
func.func @ends_early(%x: !arr.place<[n], f64>, %limit: f64) -> index {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %no = arith.constant false
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %r:2 = scf.while (%i = %zero, %found = %no) : (index, i1) -> (index, i1) {
    %c = arith.cmpi slt, %i, %n : index
    %goes = arr.logical_not %found : i1 -> i1
    %d = arith.andi %c, %goes : i1
    scf.condition(%d) %i, %found : index, i1
  } do {
  ^bb0(%i: index, %found: i1):
    %k = arr.normalize_index %i, %n axis 0
    %e = arr.load %x[%k] : !arr.place<[n], f64> -> f64
    %f = arr.greater %e, %limit : f64, f64 -> i1
    %j = arith.addi %i, %one : index
    scf.yield %j, %f : index, i1
  }
  return %r#0 : index
}
