// RUN: arr-opt %s -arr-contract-fma | FileCheck %s

// CHECK-LABEL: func.func @sums(
// CHECK-SAME:    %[[A:.*]]: f64, %[[B:.*]]: f64, %[[C:.*]]: f64)
func.func @sums(%a: f64, %b: f64, %c: f64) -> (f64, f64, f64) {
  // CHECK: %[[ADD:.*]] = math.fma %[[A]], %[[B]], %[[C]]
  %0 = arith.mulf %a, %b : f64
  %1 = arith.addf %0, %c : f64
  // CHECK: %[[NC:.*]] = arith.negf %[[C]]
  // CHECK: %[[SUB:.*]] = math.fma %[[A]], %[[B]], %[[NC]]
  %2 = arith.mulf %a, %b : f64
  %3 = arith.subf %2, %c : f64
  // CHECK: %[[NA:.*]] = arith.negf %[[A]]
  // CHECK: %[[RSUB:.*]] = math.fma %[[NA]], %[[B]], %[[C]]
  %4 = arith.mulf %a, %b : f64
  %5 = arith.subf %c, %4 : f64
  // CHECK: return %[[ADD]], %[[SUB]], %[[RSUB]]
  return %1, %3, %5 : f64, f64, f64
}

// A product with two uses is kept, and so is what is added to it.
// CHECK-LABEL: func.func @two_uses(
// CHECK-NOT:     math.fma
// CHECK:         return
func.func @two_uses(%a: f64, %b: f64, %c: f64) -> (f64, f64) {
  %0 = arith.mulf %a, %b : f64
  %1 = arith.addf %0, %c : f64
  return %0, %1 : f64, f64
}

// Of two products the right one is contracted.
// CHECK-LABEL: func.func @two_products(
// CHECK-SAME:    %[[A:.*]]: f64, %[[B:.*]]: f64, %[[C:.*]]: f64)
// CHECK:         %[[P:.*]] = arith.mulf %[[A]], %[[B]]
// CHECK:         math.fma %[[B]], %[[C]], %[[P]]
func.func @two_products(%a: f64, %b: f64, %c: f64) -> f64 {
  %0 = arith.mulf %a, %b : f64
  %1 = arith.mulf %b, %c : f64
  %2 = arith.addf %0, %1 : f64
  return %2 : f64
}

// The product stays outside of the loop.
// CHECK-LABEL: func.func @outside(
// CHECK:         arith.mulf
// CHECK:         scf.for
// CHECK:           arith.addf
func.func @outside(%a: f64, %b: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = arith.mulf %a, %b : f64
  %1 = scf.for %i = %c0 to %n step %c1 iter_args(%s = %a) -> f64 {
    %2 = arith.addf %s, %0 : f64
    scf.yield %2 : f64
  }
  return %1 : f64
}
