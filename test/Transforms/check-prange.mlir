// RUN: arr-opt %s --arr-check-prange | FileCheck %s

// Triangular: row i is written, rows are read by their own iteration only.
// CHECK-LABEL: func @triangle
// CHECK: arr.prange
func.func @triangle(%a: !arr.place<[n, n], f64>) attributes {arr.export = {}} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arr.dim %a, 0 : !arr.place<[n, n], f64>
  arr.prange %i = 0 to %n {
    scf.for %j = %c0 to %i step %c1 {
      %e = arr.load %a[%i, %j] : !arr.place<[n, n], f64> -> f64
      arr.store %e, %a[%i, %j] : f64, !arr.place<[n, n], f64>
    }
  }
  return
}

// A histogram: any element may be updated by any iteration; marked.
// CHECK-LABEL: func @histogram
// CHECK: arr.prange
// CHECK: arr.store {{.*}} {arr.update = #arr<reduce_kind add>}
// CHECK: {arr.update}
func.func @histogram(%label: !arr.place<[n], i64>, %h: !arr.place<[m], i64>)
    attributes {arr.export = {}} {
  %one = arith.constant 1 : i64
  %n = arr.dim %label, 0 : !arr.place<[n], i64>
  arr.prange %i = 0 to %n {
    %l = arr.load %label[%i] : !arr.place<[n], i64> -> i64
    %k = arith.index_cast %l : i64 to index
    %old = arr.load %h[%k] : !arr.place<[m], i64> -> i64
    %new = arr.add %old, %one : i64, i64 -> i64
    arr.store %new, %h[%k] : i64, !arr.place<[m], i64>
  }
  return
}

// Names that an outer loop swaps stay different arrays.
// CHECK-LABEL: func @swapped
// CHECK: arr.prange
func.func @swapped(%n: index, %steps: index) -> !arr.place<[n], f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = arr.empty(%n) : !arr.place<[n], f64>
  %b = arr.empty(%n) : !arr.place<[n], f64>
  %r:2 = scf.for %t = %c0 to %steps step %c1 iter_args(%u = %a, %v = %b)
      -> (!arr.place<[n], f64>, !arr.place<[n], f64>) {
    arr.prange %i = 0 to %n {
      %e = arr.load %u[%c0] : !arr.place<[n], f64> -> f64
      arr.store %e, %v[%i] : f64, !arr.place<[n], f64>
    }
    scf.yield %v, %u : !arr.place<[n], f64>, !arr.place<[n], f64>
  }
  return %r#0 : !arr.place<[n], f64>
}

// What an iteration makes is its own.
// CHECK-LABEL: func @private
// CHECK: arr.prange
func.func @private(%n: index) {
  %c0 = arith.constant 0 : index
  %one = arith.constant 1.0 : f64
  arr.prange %i = 0 to %n {
    %t = arr.empty(%n) : !arr.place<[n], f64>
    arr.store %one, %t[%c0] : f64, !arr.place<[n], f64>
  }
  return
}

// Nobody asked for a proof.
// CHECK-LABEL: func @unchecked
// CHECK: arr.prange
func.func @unchecked(%x: !arr.place<[n], f64>, %n: index) {
  %c0 = arith.constant 0 : index
  %one = arith.constant 1.0 : f64
  arr.prange %i = 0 to %n unchecked {
    arr.store %one, %x[%c0] : f64, !arr.place<[n], f64>
  }
  return
}
