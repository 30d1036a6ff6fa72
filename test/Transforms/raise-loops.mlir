// RUN: %arr-opt %s -split-input-file -arr-raise-loops -canonicalize -cse | FileCheck %s
// RUN: %arr-opt %s -split-input-file -arr-raise-loops=strict=true -canonicalize -cse | FileCheck %s --check-prefix=STRICT

// A nest with an accumulator is a reduction over a broadcast expression.
// CHECK-LABEL: @distance
// CHECK-NOT: scf.for
// CHECK-DAG: %[[A:.*]] = arr.expand_dims %{{.*}} [1]
// CHECK-DAG: %[[B:.*]] = arr.expand_dims %{{.*}} [0]
// CHECK: %[[D:.*]] = arr.subtract %[[A]], %[[B]]
// CHECK: %[[S:.*]] = arr.reduce add %[[D]] axes [2]
// CHECK: arr.write %[[S]], %arg2
// The order of the sum is kept.
// STRICT-LABEL: @distance
// STRICT: arr.prange
// STRICT: scf.for
// STRICT: scf.for
func.func @distance(%x: !arr.place<[n, k], f64>, %y: !arr.place<[m, k], f64>,
                    %d: !arr.place<[n, m], f64>) attributes {arr.export} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %n = arr.dim %x, 0 : !arr.place<[n, k], f64>
  %k = arr.dim %x, 1 : !arr.place<[n, k], f64>
  %m = arr.dim %y, 0 : !arr.place<[m, k], f64>
  arr.prange %i = 0 to %n {
    scf.for %j = %c0 to %m step %c1 {
      %r = scf.for %l = %c0 to %k step %c1 iter_args(%s = %zero) -> (f64) {
        %a = arr.load %x[%i, %l] : !arr.place<[n, k], f64> -> f64
        %b = arr.load %y[%j, %l] : !arr.place<[m, k], f64> -> f64
        %e = arr.subtract %a, %b : f64, f64 -> f64
        %t = arr.add %s, %e : f64, f64 -> f64
        scf.yield %t : f64
      }
      arr.store %r, %d[%i, %j] : f64, !arr.place<[n, m], f64>
    }
  }
  return
}

// -----

// Updates of elements, the loop that sums in the middle.
// CHECK-LABEL: @updates
// CHECK-NOT: scf.for
// CHECK: %[[P:.*]] = arr.multiply
// CHECK: %[[OLD:.*]] = arr.read %arg2
// CHECK: %[[S:.*]] = arr.reduce add %[[P]] axes [1]
// CHECK: %[[NEW:.*]] = arr.add %[[OLD]], %[[S]]
// CHECK: arr.write %[[NEW]], %arg2
func.func @updates(%x: !arr.place<[n, k], i64>, %y: !arr.place<[k, m], i64>,
                   %c: !arr.place<[n, m], i64>) attributes {arr.export} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arr.dim %x, 0 : !arr.place<[n, k], i64>
  %k = arr.dim %x, 1 : !arr.place<[n, k], i64>
  %m = arr.dim %y, 1 : !arr.place<[k, m], i64>
  scf.for %i = %c0 to %n step %c1 {
    scf.for %l = %c0 to %k step %c1 {
      scf.for %j = %c0 to %m step %c1 {
        %s = arr.load %c[%i, %j] : !arr.place<[n, m], i64> -> i64
        %a = arr.load %x[%i, %l] : !arr.place<[n, k], i64> -> i64
        %b = arr.load %y[%l, %j] : !arr.place<[k, m], i64> -> i64
        %p = arr.multiply %a, %b : i64, i64 -> i64
        %t = arr.add %s, %p : i64, i64 -> i64
        arr.store %t, %c[%i, %j] : i64, !arr.place<[n, m], i64>
      }
    }
  }
  return
}

// -----

// Reading what comes later is fine, what came before is not.
// CHECK-LABEL: @forward
// CHECK-NOT: scf.for
// CHECK: arr.write
// CHECK-LABEL: @backward
// CHECK: scf.for
// CHECK-NOT: arr.write
func.func @forward(%x: !arr.place<[n], f64>) attributes {arr.export} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %less = arith.subi %n, %c1 : index
  %count = arith.maxsi %less, %c0 : index
  scf.for %i = %c0 to %count step %c1 {
    %next = arith.addi %i, %c1 : index
    %e = arr.load %x[%next] : !arr.place<[n], f64> -> f64
    arr.store %e, %x[%i] : f64, !arr.place<[n], f64>
  }
  return
}
func.func @backward(%x: !arr.place<[n], f64>) attributes {arr.export} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %less = arith.subi %n, %c1 : index
  %count = arith.maxsi %less, %c0 : index
  scf.for %i = %c0 to %count step %c1 {
    %next = arith.addi %i, %c1 : index
    %e = arr.load %x[%i] : !arr.place<[n], f64> -> f64
    arr.store %e, %x[%next] : f64, !arr.place<[n], f64>
  }
  return
}

// -----

// Two parameters of a function that is not exported may overlap.
// CHECK-LABEL: @may_overlap
// CHECK: scf.for
func.func private @may_overlap(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  scf.for %i = %c0 to %n step %c1 {
    %e = arr.load %x[%i] : !arr.place<[n], f64> -> f64
    arr.store %e, %y[%i] : f64, !arr.place<[n], f64>
  }
  return
}

// -----

// A check that may fail in the middle keeps the loop.
// CHECK-LABEL: @may_fail
// CHECK: scf.for
func.func @may_fail(%x: !arr.place<[n], f64>, %m: index, %y: f64) attributes {arr.export} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  scf.for %i = %c0 to %m step %c1 {
    %k = arr.normalize_index %i, %n axis 0
    arr.store %y, %x[%k] : f64, !arr.place<[n], f64>
  }
  return
}

// -----

// The sum of the distances of all pairs: a temporary of n x m elements would be
// larger than anything that is there, one of m elements is not. A loop inside a
// loop that stays is raised where it is long.
// CHECK-LABEL: @pairs
// CHECK: scf.for
// CHECK: scf.if
// CHECK: arr.reduce add {{.*}} axes [0] : <[m], f64> -> f64
// CHECK: else
// CHECK: scf.for
func.func @pairs(%x: !arr.place<[n], f64>, %y: !arr.place<[m, k], f64>) -> f64 attributes {arr.export} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %m = arr.dim %y, 0 : !arr.place<[m, k], f64>
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%s = %zero) -> (f64) {
    %r = scf.for %j = %c0 to %m step %c1 iter_args(%t = %s) -> (f64) {
      %a = arr.load %x[%i] : !arr.place<[n], f64> -> f64
      %b = arr.load %y[%j, %c0] : !arr.place<[m, k], f64> -> f64
      %e = arr.exp %a : f64 -> f64
      %f = arr.multiply %e, %b : f64, f64 -> f64
      %g = arr.multiply %f, %f : f64, f64 -> f64
      %u = arr.add %t, %g : f64, f64 -> f64
      scf.yield %u : f64
    }
    scf.yield %r : f64
  }
  return %sum : f64
}

// -----

// Conditions: what is not counted contributes nothing; elements that are not
// stored keep their values. Python's max skips NaN.
// CHECK-LABEL: @conditions
// CHECK-NOT: scf.if
// CHECK: %[[C:.*]] = arr.greater %[[X:.*]], %cst
// CHECK: %[[O:.*]] = arr.read %arg1
// CHECK: %[[W:.*]] = arr.where %[[C]], %[[X]], %[[O]]
// CHECK: arr.write %[[W]], %arg1
// CHECK: arr.where %[[C]], %[[X]], %cst
// CHECK-DAG: arr.reduce fmax
// CHECK-DAG: arr.reduce add
// STRICT-LABEL: @conditions
// STRICT: scf.for
func.func @conditions(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>, %start: f64) -> (f64, f64) attributes {arr.export} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %n = arr.dim %x, 0 : !arr.place<[n], f64>
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%s = %zero, %m = %start) -> (f64, f64) {
    %e = arr.load %x[%i] : !arr.place<[n], f64> -> f64
    %c = arr.greater %e, %zero : f64, f64 -> i1
    %t = scf.if %c -> (f64) {
      %u = arr.add %s, %e : f64, f64 -> f64
      arr.store %e, %y[%i] : f64, !arr.place<[n], f64>
      scf.yield %u : f64
    } else {
      scf.yield %s : f64
    }
    %d = arr.greater %e, %m : f64, f64 -> i1
    %p = arr.where %d, %e, %m : i1, f64, f64 -> f64
    scf.yield %t, %p : f64, f64
  }
  return %r#0, %r#1 : f64, f64
}
