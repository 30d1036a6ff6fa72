// RUN: %arr-opt %s -arr-version-loops -canonicalize -cse | FileCheck %s

// Positions 0, 3, 6, ... + the start: the first and the last are in range, and
// no number is so large that their computation overflows.
// CHECK-LABEL: @strided
// CHECK: arith.cmpi sge
// CHECK: arith.cmpi slt
// CHECK: arith.cmpi ult
// CHECK: scf.if
// CHECK: arr.prange
// CHECK-NOT: arr.normalize_index
// CHECK: } else {
// CHECK: arr.prange
// CHECK: arr.normalize_index
// CHECK: {fallback}
func.func @strided(%y: !arr.place<[n], f64>, %start: index, %count: index, %e: f64) {
  %c3 = arith.constant 3 : index
  %n = arr.dim %y, 0 : !arr.place<[n], f64>
  arr.prange %i = 0 to %count {
    %d = arith.muli %i, %c3 : index
    %j = arith.addi %start, %d : index
    %k = arr.normalize_index %j, %n axis 0
    arr.store %e, %y[%k] : f64, !arr.place<[n], f64>
  }
  return
}

// An index out of an array has no bounds that are known before.
// CHECK-LABEL: @gather
// CHECK-NOT: scf.if
func.func @gather(%x: !arr.place<[n], f64>, %p: !arr.place<[m], i64>, %e: f64) {
  %m = arr.dim %p, 0 : !arr.place<[m], i64>
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  arr.prange %i = 0 to %m {
    %j = arr.load %p[%i] : !arr.place<[m], i64> -> i64
    %q = arith.index_cast %j : i64 to index
    %k = arr.normalize_index %q, %n axis 0
    arr.store %e, %x[%k] : f64, !arr.place<[n], f64>
  }
  return
}
