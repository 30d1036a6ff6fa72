// RUN: arr-opt %s --convert-arr-to-linalg --canonicalize | FileCheck %s

// By 0 gives 0, by -1 wraps: neither reaches the division.
// CHECK-LABEL: func.func @quotient
// CHECK: %[[SAFE:.*]] = arith.select %{{.*}}, %c1_i64, %arg1
// CHECK: arith.floordivsi %arg0, %[[SAFE]]
func.func @quotient(%a: i64, %b: i64) -> i64 {
  %r = arr.floor_divide %a, %b : i64, i64 -> i64
  return %r : i64
}

// A divisor that is known needs no guard.
// CHECK-LABEL: func.func @by_three
// CHECK-NOT: arith.select
// CHECK: arith.floordivsi
// CHECK-NOT: arith.select
func.func @by_three(%a: i64) -> i64 {
  %c = arith.constant 3 : i64
  %r = arr.floor_divide %a, %c : i64, i64 -> i64
  return %r : i64
}

// An amount of the width or more gives 0.
// CHECK-LABEL: func.func @shift
// CHECK: arith.cmpi ult, %arg1, %c32_i32
// CHECK: arith.shli
// CHECK: arith.select %{{.*}}, %{{.*}}, %c0_i32
func.func @shift(%a: i32, %b: i32) -> i32 {
  %r = arr.left_shift %a, %b : i32, i32 -> i32
  return %r : i32
}

// CHECK-LABEL: func.func @cube
// CHECK-COUNT-2: arith.muli
// CHECK-NOT: arith.muli
func.func @cube(%a: i64) -> i64 {
  %c = arith.constant 3 : i64
  %r = arr.power %a, %c : i64, i64 -> i64
  return %r : i64
}
