// RUN: arr-opt %s --convert-arr-to-linalg --arr-fuse-elementwise --arr-form-kernels --canonicalize --cse --arr-place-values --split-input-file | FileCheck %s
// Where a store may go straight to its place, and where it needs a temporary.

// x += y: the same elements at the same positions.
// CHECK-LABEL: func @update(
// CHECK-SAME: %[[X:.*]]: memref<{{.*}}>, %[[Y:.*]]: memref<
// CHECK-NOT: arr.alloc
// CHECK: arr.kernel {{.*}} ins(%[[X]], %[[Y]] {{.*}} outs(%[[X]] :
// CHECK-NOT: arr.kernel
func.func @update(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>) {
  %0 = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %1 = arr.read %y : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %2 = arr.add %0, %1 : !arr.array<[n], f64>, !arr.array<[n], f64> -> !arr.array<[n], f64>
  arr.write %2, %x : !arr.array<[n], f64>, !arr.place<[n], f64>
  return
}

// -----

// a[...] = a.T: the same memory at other positions.
// CHECK-LABEL: func @transpose_itself(
// CHECK-SAME: %[[A:.*]]: memref<
// CHECK: %[[T:.*]] = arr.alloc
// CHECK: arr.kernel {{.*}} ins(%[[A]] {{.*}} outs(%[[T]] :
// CHECK: arr.kernel {{.*}} ins(%[[T]] {{.*}} outs(%[[A]] :
func.func @transpose_itself(%a: !arr.place<[n, n], f64>) {
  %0 = arr.read %a : !arr.place<[n, n], f64> -> !arr.array<[n, n], f64>
  %1 = arr.transpose %0 [1, 0] : !arr.array<[n, n], f64> -> !arr.array<[n, n], f64>
  arr.write %1, %a : !arr.array<[n, n], f64>, !arr.place<[n, n], f64>
  return
}

// -----

// x[1:] += x[:-1]: shifted views of one array.
// CHECK-LABEL: func @shifted(
// CHECK: %[[OUT:.*]] = scf.if %[[OVERLAPS:.*]] -> (
// CHECK: %[[T:.*]] = arr.alloc
// CHECK: else
// CHECK-NEXT: scf.yield %[[TARGET:.*]] :
// CHECK: arr.kernel {{.*}} outs(%[[OUT]] :
// CHECK: scf.if %[[OVERLAPS]]
// CHECK: arr.kernel {{.*}} ins(%[[OUT]] {{.*}} outs(%[[TARGET]] :
func.func @shifted(%x: !arr.place<[n], f64>, %m: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = arr.slice %x[%c1] [%m] [%c1] drop [] : !arr.place<[n], f64> -> !arr.place<[m], f64>
  %b = arr.slice %x[%c0] [%m] [%c1] drop [] : !arr.place<[n], f64> -> !arr.place<[m], f64>
  %0 = arr.read %a : !arr.place<[m], f64> -> !arr.array<[m], f64>
  %1 = arr.read %b : !arr.place<[m], f64> -> !arr.array<[m], f64>
  %2 = arr.add %0, %1 : !arr.array<[m], f64>, !arr.array<[m], f64> -> !arr.array<[m], f64>
  arr.write %2, %a : !arr.array<[m], f64>, !arr.place<[m], f64>
  return
}

// -----

// Arguments of a private function may be the same array.
// CHECK-LABEL: func private @unknown_arguments(
// CHECK: arr.alloc
func.func private @unknown_arguments(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>) {
  %0 = arr.read %y : !arr.place<[n], f64> -> !arr.array<[n], f64>
  arr.write %0, %x : !arr.array<[n], f64>, !arr.place<[n], f64>
  return
}

// -----

// t = x + 1 (a value); x[...] = 0; y[...] = t: the read copies.
// CHECK-LABEL: func @changed_between(
// CHECK-SAME: %[[X:.*]]: memref<{{.*}}>, %[[Y:.*]]: memref<
// CHECK: %[[COPY:.*]] = arr.alloc
// CHECK: arr.kernel {{.*}} ins(%[[X]] {{.*}} outs(%[[COPY]] :
// CHECK: arr.kernel {{.*}} outs(%[[X]] :
// CHECK: arr.kernel {{.*}} ins(%[[COPY]] {{.*}} outs(%[[Y]] :
func.func @changed_between(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>) {
  %c0 = arith.constant 0 : index
  %one = arith.constant 1.0 : f64
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %0 = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
  %z = arr.fill %one (%n) : f64 -> !arr.array<[n], f64>
  arr.write %z, %x : !arr.array<[n], f64>, !arr.place<[n], f64>
  %1 = arr.add %0, %one : !arr.array<[n], f64>, f64 -> !arr.array<[n], f64>
  arr.write %1, %y : !arr.array<[n], f64>, !arr.place<[n], f64>
  return
}

// -----

// a, b = b, a in a loop: they never become the same array.
// CHECK-LABEL: func @swap(
// CHECK: scf.for {{.*}} iter_args(%[[A:.*]] = %{{.*}}, %[[B:.*]] = %{{.*}})
// CHECK-NOT: arr.alloc
// CHECK: arr.kernel {{.*}} ins(%[[A]] {{.*}} outs(%[[B]] :
// CHECK: scf.yield %[[B]], %[[A]]
func.func @swap(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>, %k: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %k step %c1 iter_args(%a = %x, %b = %y) -> (!arr.place<[n], f64>, !arr.place<[n], f64>) {
    %0 = arr.read %a : !arr.place<[n], f64> -> !arr.array<[n], f64>
    %1 = arr.absolute %0 : !arr.array<[n], f64> -> !arr.array<[n], f64>
    arr.write %1, %b : !arr.array<[n], f64>, !arr.place<[n], f64>
    scf.yield %b, %a : !arr.place<[n], f64>, !arr.place<[n], f64>
  }
  return
}

// -----

// A scalar result lives on the stack, of the function and not of the loop.
// CHECK-LABEL: func @total(
// CHECK: %[[S:.*]] = memref.alloca() : memref<f64>
// CHECK: scf.for
// CHECK: arr.kernel {{.*}} acc [#arr.acc<add : f64>] {{.*}} outs(%[[S]] : memref<f64>)
// CHECK: memref.load %[[S]][]
func.func @total(%x: !arr.place<[n], f64>, %k: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %r = scf.for %i = %c0 to %k step %c1 iter_args(%a = %zero) -> f64 {
    %0 = arr.read %x : !arr.place<[n], f64> -> !arr.array<[n], f64>
    %1 = arr.reduce add %0 axes [0] : !arr.array<[n], f64> -> f64
    scf.yield %1 : f64
  }
  return %r : f64
}

// -----

// Parameters are distinct where the boundary has checked it; calls inside the
// module do not pass the boundary.
// CHECK-LABEL: func.func @parameters
// CHECK-NOT: arr.alloc
func.func @parameters(%x: memref<?xf64, strided<[?], offset: ?>>, %y: memref<?xf64, strided<[?], offset: ?>>) {
  %v = arr.read %y : memref<?xf64, strided<[?], offset: ?>> -> tensor<?xf64>
  arr.write %v, %x : tensor<?xf64>, memref<?xf64, strided<[?], offset: ?>>
  return
}

// -----

// CHECK-LABEL: func.func @called
// CHECK: arr.alloc
func.func @called(%x: memref<?xf64, strided<[?], offset: ?>>, %y: memref<?xf64, strided<[?], offset: ?>>) attributes {arr.called} {
  %v = arr.read %y : memref<?xf64, strided<[?], offset: ?>> -> tensor<?xf64>
  arr.write %v, %x : tensor<?xf64>, memref<?xf64, strided<[?], offset: ?>>
  return
}
