// RUN: arr-opt %s --arr-inline-calls --canonicalize | FileCheck %s

func.func private @half(%x: !arr.place<[?], f64>) -> !arr.place<[?], f64> {
  %p = arr.cast_shape %x : !arr.place<[?], f64> -> !arr.place<[n], f64>
  %v = arr.read %p : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %c = arith.constant 0.5 : f64
  %h = arr.multiply %v, %c : !arr.array<[n], f64>, f64 -> !arr.array<[n], f64>
  %r = arr.materialize %h : !arr.array<[n], f64> -> !arr.place<[n], f64>
  %q = arr.cast_shape %r : !arr.place<[n], f64> -> !arr.place<[?], f64>
  return %q : !arr.place<[?], f64>
}

// The caller's names take the place of the callee's, for each call its own.
// CHECK-LABEL: func @caller
// CHECK: arr.multiply {{.*}} -> !arr.array<[a], f64>
// CHECK: arr.multiply {{.*}} -> !arr.array<[b], f64>
// CHECK-NOT: [n]
func.func @caller(%x: !arr.place<[a], f64>, %y: !arr.place<[b], f64>)
    -> (!arr.place<[?], f64>, !arr.place<[?], f64>) {
  %x0 = arr.cast_shape %x : !arr.place<[a], f64> -> !arr.place<[?], f64>
  %y0 = arr.cast_shape %y : !arr.place<[b], f64> -> !arr.place<[?], f64>
  %r = func.call @half(%x0) : (!arr.place<[?], f64>) -> !arr.place<[?], f64>
  %s = func.call @half(%y0) : (!arr.place<[?], f64>) -> !arr.place<[?], f64>
  return %r, %s : !arr.place<[?], f64>, !arr.place<[?], f64>
}
