// RUN: arr-opt %s | arr-opt | FileCheck %s

// Places, values, and what goes between them.

// CHECK-LABEL: func @places
func.func @places(%n: index, %v: !arr.array<[n], f64>) -> f64 {
  // CHECK: %[[P:.*]] = arr.empty(%{{.*}}) : {{.*}}<[n], f64>
  %p = arr.empty(%n) : !arr.place<[n], f64>
  // CHECK: arr.no_place : {{.*}}<[?], f64>
  %q = arr.no_place : !arr.place<[?], f64>
  // CHECK: arr.materialize %{{.*}} : {{.*}}<[n], f64> -> {{.*}}<[n], f64>
  %m = arr.materialize %v : !arr.array<[n], f64> -> !arr.place<[n], f64>
  // CHECK: arr.read %{{.*}} : {{.*}}<[n], f64> -> {{.*}}<[n], f64>
  %r = arr.read %m : !arr.place<[n], f64> -> !arr.array<[n], f64>
  // CHECK: arr.write %{{.*}}, %[[P]] : {{.*}}<[n], f64>, {{.*}}<[n], f64>
  arr.write %r, %p : !arr.array<[n], f64>, !arr.place<[n], f64>
  %zero = arith.constant 0 : index
  // CHECK: %[[E:.*]] = arr.load %[[P]][%{{.*}}] : {{.*}}<[n], f64> -> f64
  %e = arr.load %p[%zero] : !arr.place<[n], f64> -> f64
  // CHECK: arr.store %[[E]], %[[P]][%{{.*}}] : f64, {{.*}}<[n], f64>
  arr.store %e, %p[%zero] : f64, !arr.place<[n], f64>
  return %e : f64
}

// Sizes may be names, sums of names, literal numbers or unknown; a place without
// axes holds one element.
// CHECK-LABEL: func @types
// CHECK-SAME: !arr.place<["2 * n + 1", 3, ?], ui8>
// CHECK-SAME: !arr.place<[], complex<f32>>
func.func @types(%a: !arr.place<["2 * n + 1", 3, ?], ui8>, %b: !arr.place<[], complex<f32>>) {
  return
}

// Below the dialect the same ops take tensors out of memrefs and put them back.
// CHECK-LABEL: func @lowered
func.func @lowered(%m: memref<?xf64>) {
  // CHECK: %[[T:.*]] = arr.read %{{.*}} : memref<?xf64> -> tensor<?xf64>
  %t = arr.read %m : memref<?xf64> -> tensor<?xf64>
  // CHECK: arr.write %[[T]], %{{.*}} : tensor<?xf64>, memref<?xf64>
  arr.write %t, %m : tensor<?xf64>, memref<?xf64>
  return
}
