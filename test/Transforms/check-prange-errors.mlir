// RUN: arr-opt %s --arr-check-prange -split-input-file -verify-diagnostics

func.func @next(%x: !arr.place<[n], f64>, %n: index) attributes {arr.export = {}} {
  %c1 = arith.constant 1 : index
  // expected-error @below {{the iterations of this `prange` are not independent: iteration i writes what iteration i + 1 reads: element [i]}}
  arr.prange %i = 0 to %n {
    %before = arith.subi %i, %c1 : index
    // expected-note @below {{and read here}}
    %e = arr.load %x[%before] : !arr.place<[n], f64> -> f64
    // expected-note @below {{written here}}
    arr.store %e, %x[%i] : f64, !arr.place<[n], f64>
  }
  return
}

// -----

func.func @same(%x: !arr.place<[n], f64>, %n: index) attributes {arr.export = {}} {
  %c0 = arith.constant 0 : index
  %one = arith.constant 1.0 : f64
  // expected-error @below {{iteration 0 may write what iteration 1 writes: element [0]}}
  arr.prange %i = 0 to %n {
    // expected-note @below {{written here}}
    arr.store %one, %x[%c0] : f64, !arr.place<[n], f64>
  }
  return
}

// -----

// Parameters of a function that is not called through the boundary may overlap.
func.func private @overlap(%x: !arr.place<[n], f64>, %y: !arr.place<[n], f64>, %n: index) {
  %c0 = arith.constant 0 : index
  // expected-error @below {{two arrays that are touched here may overlap}}
  arr.prange %i = 0 to %n {
    // expected-note @below {{and read here}}
    %e = arr.load %y[%c0] : !arr.place<[n], f64> -> f64
    // expected-note @below {{written here}}
    arr.store %e, %x[%i] : f64, !arr.place<[n], f64>
  }
  return
}

// -----

func.func @crossing(%x: !arr.place<[n, m], f64>, %n: index) attributes {arr.export = {}} {
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  // expected-error @below {{iteration i may write what iteration j reads: elements [2 * i, 5] and [j, 5]}}
  arr.prange %i = 0 to %n {
    %k = arith.muli %i, %c2 : index
    // expected-note @below {{and read here}}
    %e = arr.load %x[%i, %c5] : !arr.place<[n, m], f64> -> f64
    // expected-note @below {{written here}}
    arr.store %e, %x[%k, %c5] : f64, !arr.place<[n, m], f64>
  }
  return
}
