// RUN: arr-opt %s -arr-prange-to-openmp | FileCheck %s

// Partial results of chunks are stored and combined in order; nothing in the
// body can fail, so chunks are called without a guard.

// CHECK-LABEL: func.func @sum(
// CHECK:         arith.minsi %{{.*}}, %{{.*}} : i64
// CHECK:         llvm.call @arr_plan_threads
// CHECK:         scf.if
// CHECK:           call @prange_0(
// CHECK:         else
// CHECK-NOT:       arr_region_begin
// CHECK:           omp.parallel num_threads
// CHECK:             omp.wsloop schedule(dynamic)
// CHECK:               func.call @prange_0(
// CHECK:         %[[TOTAL:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %{{.*}}) -> (f64)
// CHECK:           arith.addf
// CHECK:         return %[[TOTAL]]
func.func @sum(%x: memref<?xf64>, %init: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  %s = arr.prange %i = 0 to %n reduce [add] (%acc = %init : f64) {
    %e = memref.load %x[%i] : memref<?xf64>
    %next = arith.addf %acc, %e : f64
    arr.yield %next : f64
  }
  return %s : f64
}

// A check in the body: chunks run under a guard, the first error is raised.

// CHECK-LABEL: func.func @checked(
// CHECK:         llvm.call @arr_region_begin
// CHECK:         omp.parallel
// CHECK:           llvm.call @arr_try_item
// CHECK:         llvm.call @arr_region_end
func.func @checked(%x: memref<?xf64>, %limit: index) {
  %c0 = arith.constant 0 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  arr.prange %i = 0 to %n {
    %ok = arith.cmpi slt, %i, %limit : index
    arr.require %ok, assert "too far"
    %e = memref.load %x[%i] : memref<?xf64>
    %d = arith.addf %e, %e : f64
    memref.store %d, %x[%i] : memref<?xf64>
    arr.yield
  }
  return
}

// CHECK-LABEL: func.func private @prange_0(
// CHECK-SAME:    %{{.*}}: !llvm.ptr, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64)
// CHECK:         scf.for %{{.*}} = %[[BEGIN]] to %[[END]]
// CHECK:           scf.for {{.*}} -> (f64)
// CHECK:             memref.load
// CHECK:           llvm.store
