// RUN: arr-opt %s --canonicalize | FileCheck %s

// The size of a result is asked of its operands: no array lives for its size.
// CHECK-LABEL: func @elementwise
// CHECK-NEXT: %[[N:.*]] = arr.dim %arg0, 0
// CHECK-NEXT: return %[[N]]
func.func @elementwise(%x: !arr.place<[n], f64>) -> index {
  %v = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %s = arr.sin %v : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %n = arr.dim %s, 0 : !arr.array<[n], f64>
  return %n : index
}

// CHECK-LABEL: func @literal
// CHECK-NEXT: %[[C:.*]] = arith.constant 3 : index
// CHECK-NEXT: return %[[C]]
func.func @literal(%x: !arr.place<[3], f64>) -> index {
  %n = arr.dim %x, 0 : !arr.place<[3], f64>
  return %n : index
}

// CHECK-LABEL: func @casts
// CHECK-NEXT: return %arg0
func.func @casts(%x: !arr.place<[n], f64>) -> !arr.place<[n], f64> {
  %a = arr.cast_shape %x : !arr.place<[n], f64> -> !arr.place<[?], f64>
  %b = arr.cast_shape %a : !arr.place<[?], f64> -> !arr.place<[m], f64>
  %c = arr.cast_shape %b : !arr.place<[m], f64> -> !arr.place<[n], f64>
  return %c : !arr.place<[n], f64>
}
