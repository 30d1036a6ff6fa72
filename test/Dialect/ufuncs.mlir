// RUN: arr-opt %s | arr-opt | FileCheck %s

// Every elementwise function, on values that broadcast and on scalars.

// CHECK-LABEL: func @unary
func.func @unary(%x: !arr.array<[n], f64>, %i: !arr.array<[n], i32>,
                 %z: !arr.array<[n], complex<f64>>) {
  // CHECK: arr.negative %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %0 = arr.negative %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.positive %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %1 = arr.positive %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.absolute %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %2 = arr.absolute %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.sign %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %3 = arr.sign %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.reciprocal %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %4 = arr.reciprocal %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.square %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %5 = arr.square %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.logical_not %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], i1>
  %6 = arr.logical_not %x : !arr.array<[n], f64> -> !arr.array<[n], i1>
  // CHECK: arr.invert %{{.*}} : !arr.array<[n], i32> -> !arr.array<[n], i32>
  %7 = arr.invert %i : !arr.array<[n], i32> -> !arr.array<[n], i32>
  // CHECK: arr.exp %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %8 = arr.exp %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.exp2 %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %9 = arr.exp2 %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.expm1 %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %10 = arr.expm1 %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.log %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %11 = arr.log %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.log2 %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %12 = arr.log2 %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.log10 %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %13 = arr.log10 %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.log1p %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %14 = arr.log1p %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.sqrt %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %15 = arr.sqrt %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.cbrt %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %16 = arr.cbrt %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.sin %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %17 = arr.sin %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.cos %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %18 = arr.cos %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.tan %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %19 = arr.tan %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.arcsin %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %20 = arr.arcsin %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.arccos %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %21 = arr.arccos %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.arctan %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %22 = arr.arctan %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.sinh %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %23 = arr.sinh %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.cosh %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %24 = arr.cosh %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.tanh %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %25 = arr.tanh %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.arcsinh %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %26 = arr.arcsinh %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.arccosh %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %27 = arr.arccosh %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.arctanh %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %28 = arr.arctanh %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.floor %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %29 = arr.floor %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.ceil %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %30 = arr.ceil %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.trunc %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %31 = arr.trunc %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.rint %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %32 = arr.rint %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.spacing %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], f64>
  %33 = arr.spacing %x : !arr.array<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.isnan %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], i1>
  %34 = arr.isnan %x : !arr.array<[n], f64> -> !arr.array<[n], i1>
  // CHECK: arr.isinf %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], i1>
  %35 = arr.isinf %x : !arr.array<[n], f64> -> !arr.array<[n], i1>
  // CHECK: arr.isfinite %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], i1>
  %36 = arr.isfinite %x : !arr.array<[n], f64> -> !arr.array<[n], i1>
  // CHECK: arr.signbit %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], i1>
  %37 = arr.signbit %x : !arr.array<[n], f64> -> !arr.array<[n], i1>
  // CHECK: arr.conjugate %{{.*}} : !arr.array<[n], complex<f64>> -> !arr.array<[n], complex<f64>>
  %38 = arr.conjugate %z : !arr.array<[n], complex<f64>> -> !arr.array<[n], complex<f64>>
  // CHECK: arr.real %{{.*}} : !arr.array<[n], complex<f64>> -> !arr.array<[n], f64>
  %39 = arr.real %z : !arr.array<[n], complex<f64>> -> !arr.array<[n], f64>
  // CHECK: arr.imag %{{.*}} : !arr.array<[n], complex<f64>> -> !arr.array<[n], f64>
  %40 = arr.imag %z : !arr.array<[n], complex<f64>> -> !arr.array<[n], f64>
  // CHECK: arr.cast %{{.*}} : !arr.array<[n], f64> -> !arr.array<[n], ui8>
  %41 = arr.cast %x : !arr.array<[n], f64> -> !arr.array<[n], ui8>
  return
}

// CHECK-LABEL: func @binary
func.func @binary(%x: !arr.array<[n, 1], f64>, %y: !arr.array<[m], f64>,
                  %i: !arr.array<[n, 1], i32>, %j: !arr.array<[m], i32>) {
  // CHECK: arr.add %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %0 = arr.add %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.subtract %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %1 = arr.subtract %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.multiply %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %2 = arr.multiply %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.divide %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %3 = arr.divide %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.floor_divide %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %4 = arr.floor_divide %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.remainder %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %5 = arr.remainder %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.fmod %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %6 = arr.fmod %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.power %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %7 = arr.power %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.maximum %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %8 = arr.maximum %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.minimum %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %9 = arr.minimum %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.fmax %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %10 = arr.fmax %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.fmin %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %11 = arr.fmin %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.equal %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %12 = arr.equal %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.not_equal %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %13 = arr.not_equal %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.less %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %14 = arr.less %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.less_equal %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %15 = arr.less_equal %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.greater %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %16 = arr.greater %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.greater_equal %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %17 = arr.greater_equal %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.logical_and %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %18 = arr.logical_and %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.logical_or %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %19 = arr.logical_or %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.logical_xor %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  %20 = arr.logical_xor %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], i1>
  // CHECK: arr.bitwise_and %{{.*}}, %{{.*}} : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  %21 = arr.bitwise_and %i, %j : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  // CHECK: arr.bitwise_or %{{.*}}, %{{.*}} : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  %22 = arr.bitwise_or %i, %j : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  // CHECK: arr.bitwise_xor %{{.*}}, %{{.*}} : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  %23 = arr.bitwise_xor %i, %j : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  // CHECK: arr.left_shift %{{.*}}, %{{.*}} : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  %24 = arr.left_shift %i, %j : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  // CHECK: arr.right_shift %{{.*}}, %{{.*}} : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  %25 = arr.right_shift %i, %j : !arr.array<[n, 1], i32>, !arr.array<[m], i32> -> !arr.array<[n, m], i32>
  // CHECK: arr.logaddexp %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %26 = arr.logaddexp %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.logaddexp2 %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %27 = arr.logaddexp2 %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.hypot %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %28 = arr.hypot %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.arctan2 %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %29 = arr.arctan2 %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.copysign %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %30 = arr.copysign %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.nextafter %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %31 = arr.nextafter %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.ldexp %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], i32> -> !arr.array<[n, m], f64>
  %32 = arr.ldexp %x, %j : !arr.array<[n, 1], f64>, !arr.array<[m], i32> -> !arr.array<[n, m], f64>
  // CHECK: arr.heaviside %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  %33 = arr.heaviside %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>
  // CHECK: arr.complex %{{.*}}, %{{.*}} : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], complex<f64>>
  %34 = arr.complex %x, %y : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], complex<f64>>
  return
}

// CHECK-LABEL: func @scalars
func.func @scalars(%a: f64, %b: f64, %v: !arr.array<[n], f64>) {
  // CHECK: arr.less %{{.*}}, %{{.*}} : f64, f64 -> i1
  %c = arr.less %a, %b : f64, f64 -> i1
  // CHECK: arr.where %{{.*}}, %{{.*}}, %{{.*}} : i1, f64, !arr.array<[n], f64> -> !arr.array<[n], f64>
  %w = arr.where %c, %a, %v : i1, f64, !arr.array<[n], f64> -> !arr.array<[n], f64>
  return
}
