// RUN: arr-opt %s | arr-opt | FileCheck %s

// Views of places are places; the same ops on values give values.

// CHECK-LABEL: func @views
func.func @views(%p: !arr.place<[n, m], f64>, %s: !arr.place<[k, k], f64>, %i: index) {
  // CHECK: arr.slice %{{.*}}[%{{.*}}, %{{.*}}] [%{{.*}}, %{{.*}}] [%{{.*}}, %{{.*}}] drop [1] : {{.*}}<[n, m], f64> -> {{.*}}<[?], f64>
  %0 = arr.slice %p[%i, %i] [%i, %i] [%i, %i] drop [1] : !arr.place<[n, m], f64> -> !arr.place<[?], f64>
  // CHECK: arr.transpose %{{.*}} [1, 0] : {{.*}}<[n, m], f64> -> {{.*}}<[m, n], f64>
  %1 = arr.transpose %p [1, 0] : !arr.place<[n, m], f64> -> !arr.place<[m, n], f64>
  // CHECK: arr.expand_dims %{{.*}} [0, 2] : {{.*}}<[n, m], f64> -> {{.*}}<[1, n, 1, m], f64>
  %2 = arr.expand_dims %p [0, 2] : !arr.place<[n, m], f64> -> !arr.place<[1, n, 1, m], f64>
  // CHECK: arr.diagonal %{{.*}} [0, 0] : {{.*}}<[k, k], f64> -> {{.*}}<[k], f64>
  %3 = arr.diagonal %s [0, 0] : !arr.place<[k, k], f64> -> !arr.place<[k], f64>
  // CHECK: arr.broadcast %{{.*}} to(%{{.*}}, %{{.*}}) : {{.*}}<[k], f64> -> {{.*}}<[n, m], f64>
  %4 = arr.broadcast %3 to (%i, %i) : !arr.place<[k], f64> -> !arr.place<[n, m], f64>
  // CHECK: arr.reshape %{{.*}} to(%{{.*}}) : {{.*}}<[n, m], f64> -> {{.*}}<["n * m"], f64>
  %5 = arr.reshape %p to (%i) : !arr.place<[n, m], f64> -> !arr.place<["n * m"], f64>
  // CHECK: arr.reshape %{{.*}} to(%{{.*}}) contiguous : {{.*}} -> {{.*}}<["n * m"], f64>
  %ravel = arr.reshape %p to (%i) contiguous : !arr.place<[n, m], f64> -> !arr.place<["n * m"], f64>
  // CHECK: arr.cast_shape %{{.*}} : {{.*}}<[n, m], f64> -> {{.*}}<[?, 4], f64>
  %6 = arr.cast_shape %p : !arr.place<[n, m], f64> -> !arr.place<[?, 4], f64>
  return
}

// CHECK-LABEL: func @sizes
func.func @sizes(%v: !arr.array<[n], f64>, %i: index) -> index {
  // CHECK: %[[N:.*]] = arr.dim %{{.*}}, 0 : {{.*}}<[n], f64>
  %n = arr.dim %v, 0 : !arr.array<[n], f64>
  // CHECK: arr.normalize_index %{{.*}}, %[[N]] axis 0
  %k = arr.normalize_index %i, %n axis 0
  // CHECK: arr.slice_bounds %[[N]] from %{{.*}} to %{{.*}} step %{{.*}}
  %a, %b = arr.slice_bounds %n from %i to %i step %i
  // CHECK: arr.slice_bounds %[[N]] step %{{.*}}
  %c, %d = arr.slice_bounds %n step %i
  // CHECK: arr.reshape_strides(%[[N]], %{{.*}}) by(%{{.*}}, %{{.*}}) to(%{{.*}}) : index
  %isView, %stride = arr.reshape_strides (%n, %i) by (%i, %i) to (%n) : index
  %ok = arith.cmpi eq, %a, %n : index
  // CHECK: arr.require %{{.*}}, shape "sizes %0 and %1"(%{{.*}}, %[[N]])
  arr.require %ok, shape "sizes %0 and %1" (%a, %n)
  // CHECK: arr.require %{{.*}}, assert "no"
  arr.require %ok, assert "no"
  return %k : index
}

// CHECK-LABEL: func @parts(
func.func @parts(%p: !arr.place<[n], complex<f64>>, %v: !arr.array<[n], complex<f32>>, %m: memref<?xcomplex<f64>>) {
  // CHECK: arr.complex_part %{{.*}} : !arr.place<[n], complex<f64>> -> !arr.place<[n], f64>
  %0 = arr.complex_part %p : !arr.place<[n], complex<f64>> -> !arr.place<[n], f64>
  // CHECK: arr.complex_part %{{.*}} imaginary : !arr.array<[n], complex<f32>> -> !arr.array<[n], f32>
  %1 = arr.complex_part %v imaginary : !arr.array<[n], complex<f32>> -> !arr.array<[n], f32>
  // CHECK: arr.complex_part %{{.*}} : memref<?xcomplex<f64>> -> memref<?xf64, strided<[2]>>
  %2 = arr.complex_part %m : memref<?xcomplex<f64>> -> memref<?xf64, strided<[2]>>
  return
}
