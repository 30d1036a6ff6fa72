// RUN: arr-opt %s --arr-insert-lifetimes | FileCheck %s

// A block dies after the last use of a view of it.
// CHECK-LABEL: func @view(
// CHECK: %[[A:.*]] = arr.alloc
// CHECK: memref.cast %[[A]]
// CHECK: memref.load
// CHECK-NEXT: arr.release %[[A]]
func.func @view(%n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %a = arr.alloc(%n) : memref<?xf64>
  %v = memref.cast %a : memref<?xf64> to memref<?xf64, strided<[?], offset: ?>>
  %r = memref.load %v[%c0] : memref<?xf64, strided<[?], offset: ?>>
  return %r : f64
}

// A returned block moves; an argument is borrowed and gets a reference.
// CHECK-LABEL: func @returned(
// CHECK-SAME: %[[X:.*]]: memref<?xf64>
// CHECK: %[[A:.*]] = arr.alloc
// CHECK-NOT: arr.release
// CHECK: arr.retain %[[X]]
// CHECK-NEXT: return %[[A]], %[[X]]
func.func @returned(%x: memref<?xf64>, %n: index) -> (memref<?xf64>, memref<?xf64>) {
  %a = arr.alloc(%n) : memref<?xf64>
  return %a, %x : memref<?xf64>, memref<?xf64>
}

// Names that are swapped in a loop cost nothing; the start retains arguments.
// CHECK-LABEL: func @swapped(
// CHECK-SAME: %[[X:.*]]: memref<?xf64>, %[[Y:.*]]: memref<?xf64>
// CHECK: arr.retain %[[X]]
// CHECK: arr.retain %[[Y]]
// CHECK: %[[R:.*]]:2 = scf.for
// CHECK-NOT: arr.re
// CHECK: scf.yield
// CHECK: }
// CHECK: arr.release %[[R]]#0
// CHECK-NEXT: return %[[R]]#1
func.func @swapped(%x: memref<?xf64>, %y: memref<?xf64>, %n: index) -> memref<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %y) -> (memref<?xf64>, memref<?xf64>) {
    scf.yield %b, %a : memref<?xf64>, memref<?xf64>
  }
  return %r#1 : memref<?xf64>
}

// A new array in each iteration: the one before dies.
// CHECK-LABEL: func @rebound(
// CHECK: scf.for {{.*}} iter_args(%[[OLD:.*]] =
// CHECK: %[[NEW:.*]] = arr.alloc
// CHECK: arr.release %[[OLD]]
// CHECK: scf.yield %[[NEW]]
func.func @rebound(%x: memref<?xf64>, %n: index) -> memref<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> memref<?xf64> {
    %new = arr.alloc(%n) : memref<?xf64>
    %e = memref.load %a[%c0] : memref<?xf64>
    memref.store %e, %new[%c0] : memref<?xf64>
    scf.yield %new : memref<?xf64>
  }
  return %r : memref<?xf64>
}

// A temporary dies in the branch that makes it; one of both branches is joined.
// CHECK-LABEL: func @branches(
// CHECK-SAME: %[[X:.*]]: memref<?xf64>
// CHECK: %[[R:.*]] = scf.if
// CHECK: %[[NEW:.*]] = arr.alloc
// CHECK: scf.yield %[[NEW]]
// CHECK: else
// CHECK: arr.retain %[[X]]
// CHECK: scf.yield %[[X]]
// CHECK: memref.load %[[R]]
// CHECK-NEXT: arr.release %[[R]]
func.func @branches(%x: memref<?xf64>, %c: i1, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %r = scf.if %c -> memref<?xf64> {
    %new = arr.alloc(%n) : memref<?xf64>
    scf.yield %new : memref<?xf64>
  } else {
    scf.yield %x : memref<?xf64>
  }
  %e = memref.load %r[%c0] : memref<?xf64>
  return %e : f64
}

// A block that nothing uses dies at once.
// CHECK-LABEL: func @unused(
// CHECK: %[[A:.*]] = arr.alloc
// CHECK-NEXT: arr.release %[[A]]
func.func @unused(%n: index) {
  %a = arr.alloc(%n) : memref<?xf64>
  return
}
