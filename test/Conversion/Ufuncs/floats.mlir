// RUN: arr-opt %s --convert-arr-to-linalg --canonicalize | FileCheck %s

// Truncates and saturates; NaN gives 0.
// CHECK-LABEL: func.func @to_integer
// CHECK: math.trunc
// CHECK: arith.cmpf uno
// CHECK: arith.fptosi
// CHECK: arith.select %{{.*}}, %c127_i8
// CHECK: arith.select %{{.*}}, %c-128_i8
func.func @to_integer(%x: f64) -> i8 {
  %r = arr.cast %x : f64 -> i8
  return %r : i8
}

// The exponents that NumPy treats specially.
// CHECK-LABEL: func.func @powers
// CHECK-NOT: math.powf
// CHECK: arith.mulf %arg0, %arg0
// CHECK: math.sqrt
func.func @powers(%x: f64) -> (f64, f64) {
  %two = arith.constant 2.0 : f64
  %half = arith.constant 0.5 : f64
  %a = arr.power %x, %two : f64, f64 -> f64
  %b = arr.power %x, %half : f64, f64 -> f64
  return %a, %b : f64, f64
}

// NaN on either side wins.
// CHECK-LABEL: func.func @maximum
// CHECK: arith.cmpf oge, %arg0, %arg1
// CHECK: arith.cmpf uno, %arg0, %arg0
func.func @maximum(%x: f64, %y: f64) -> f64 {
  %r = arr.maximum %x, %y : f64, f64 -> f64
  return %r : f64
}
