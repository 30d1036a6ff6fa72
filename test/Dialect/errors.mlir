// RUN: arr-opt %s -split-input-file -verify-diagnostics

func.func @broadcast(%x: !arr.array<[n], f64>, %y: !arr.array<[m], f64>) {
  // expected-error @below {{cannot broadcast '!arr.array<[m], f64>' to '!arr.array<[n], f64>'}}
  %s = arr.add %x, %y : !arr.array<[n], f64>, !arr.array<[m], f64> -> !arr.array<[n], f64>
  return
}

// -----

func.func @write(%v: !arr.array<[n], f64>, %p: !arr.place<[m], f64>) {
  // expected-error @below {{needs the same shape and dtype}}
  arr.write %v, %p : !arr.array<[n], f64>, !arr.place<[m], f64>
  return
}

// -----

func.func @transpose(%p: !arr.place<[n, m], f64>) {
  // expected-error @below {{has a result of another shape}}
  %t = arr.transpose %p [1, 0] : !arr.place<[n, m], f64> -> !arr.place<[n, m], f64>
  return
}
