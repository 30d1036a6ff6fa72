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

// -----

func.func @empty(%n: index) {
  // expected-error @below {{has 1 sizes for '!arr.place<[n, m], f64>'}}
  %p = arr.empty(%n) : !arr.place<[n, m], f64>
  return
}

// -----

func.func @load(%p: !arr.place<[n], f64>) {
  // expected-error @below {{has 0 indices for '!arr.place<[n], f64>'}}
  %e = arr.load %p[] : !arr.place<[n], f64> -> f64
  return
}

// -----

func.func @store(%e: f32, %p: !arr.place<[n], f64>, %i: index) {
  // expected-error @below {{has an element 'f32' of '!arr.place<[n], f64>'}}
  arr.store %e, %p[%i] : f32, !arr.place<[n], f64>
  return
}

// -----

func.func @dim(%p: !arr.place<[n], f64>) {
  // expected-error @below {{has axis 1 of '!arr.place<[n], f64>'}}
  %n = arr.dim %p, 1 : !arr.place<[n], f64>
  return
}

// -----

func.func @scalar_of_arrays(%x: !arr.array<[n], f64>) {
  // expected-error @below {{cannot broadcast '!arr.array<[n], f64>' to 'f64'}}
  %s = arr.sin %x : !arr.array<[n], f64> -> f64
  return
}

// -----

func.func @array_of_scalars(%a: f64) {
  // expected-error @below {{has a result of another kind: '!arr.array<[], f64>'}}
  %s = arr.sin %a : f64 -> !arr.array<[], f64>
  return
}

// -----

func.func @reduce_axes(%x: !arr.array<[n, k], f64>) {
  // expected-error @below {{needs ascending axes of '!arr.array<[n, k], f64>'}}
  %s = arr.reduce add %x axes [1, 0] : !arr.array<[n, k], f64> -> f64
  return
}

// -----

func.func @reduce_shape(%x: !arr.array<[n, k], f64>) {
  // expected-error @below {{has a result of another shape: '!arr.array<[k], f64>'}}
  %s = arr.reduce add %x axes [1] : !arr.array<[n, k], f64> -> !arr.array<[k], f64>
  return
}

// -----

func.func @reduce_dtype(%x: !arr.array<[n], f64>) {
  // expected-error @below {{has a result of another dtype: 'f64'}}
  %s = arr.reduce argmax %x axes [0] : !arr.array<[n], f64> -> f64
  return
}

// -----

func.func @einsum_labels(%x: !arr.array<[n, k], f64>) {
  // expected-error @below {{needs one label for each axis}}
  %s = arr.einsum %x labels [array<i64: 0>] -> [0] : (!arr.array<[n, k], f64>) -> !arr.array<[n], f64>
  return
}

// -----

func.func @einsum_output(%x: !arr.array<[n], f64>) {
  // expected-error @below {{has an output label that no operand has: 1}}
  %s = arr.einsum %x labels [array<i64: 0>] -> [1] : (!arr.array<[n], f64>) -> !arr.array<[n], f64>
  return
}

// -----

func.func @gather_axis(%x: !arr.array<[n], f64>, %i: !arr.array<[m], i64>) {
  // expected-error @below {{gathers along an unknown axis: 1}}
  %r = arr.gather %x [%i] axes [1] at 0 : !arr.array<[n], f64> [!arr.array<[m], i64>] -> !arr.array<[m], f64>
  return
}

// -----

func.func @gather_positions(%x: !arr.array<[n], f64>, %i: !arr.array<[m], i32>) {
  // expected-error @below {{needs i64 positions of one shape}}
  %r = arr.gather %x [%i] axes [0] at 0 : !arr.array<[n], f64> [!arr.array<[m], i32>] -> !arr.array<[m], f64>
  return
}

// -----

func.func @gather_rank(%x: !arr.array<[n], f64>, %i: !arr.array<[m], i64>) {
  // expected-error @below {{has a result of another rank}}
  %r = arr.gather %x [%i] axes [0] at 0 : !arr.array<[n], f64> [!arr.array<[m], i64>] -> !arr.array<[m, m], f64>
  return
}

// -----

func.func @arange(%a: f64, %n: index) {
  // expected-error @below {{needs start and step of the result's dtype, and rank 1}}
  %r = arr.arange %a step %a count %n : f64 -> !arr.array<[n], f32>
  return
}

// -----

func.func @from_elements(%a: f64) {
  // expected-error @below {{has 1 elements for '!arr.array<[2], f64>'}}
  %r = arr.from_elements %a : (f64) -> !arr.array<[2], f64>
  return
}

// -----

func.func @from_elements_sizes(%a: f64) {
  // expected-error @below {{needs literal sizes, got '!arr.array<[n], f64>'}}
  %r = arr.from_elements %a : (f64) -> !arr.array<[n], f64>
  return
}

// -----

func.func @kernel_map(%n: index, %x: memref<?xf64>) {
  // expected-error @below {{has a map that is no projection of its dims}}
  arr.kernel (%n) parallel 1 ins(%x : memref<?xf64>) maps [affine_map<(i) -> (i + 1)>]
      outs(%x : memref<?xf64>) maps [affine_map<(i) -> (i)>]
  finish {
  ^bb0(%a: f64):
    arr.yield %a : f64
  }
  return
}

// -----

func.func @kernel_output(%n: index, %x: memref<?xf64>) {
  // expected-error @below {{has an output map that does not use just the parallel dims}}
  arr.kernel (%n) parallel 1 outs(%x : memref<?xf64>) maps [affine_map<(i) -> (0)>]
  finish {
    %a = arith.constant 0.0 : f64
    arr.yield %a : f64
  }
  return
}

// -----

func.func @kernel_regions(%n: index, %x: memref<f64>) {
  // expected-error @below {{needs accumulators, reduction dims and a contribution region together}}
  arr.kernel (%n) parallel 0 outs(%x : memref<f64>) maps [affine_map<(i) -> ()>]
  finish {
    %a = arith.constant 0.0 : f64
    arr.yield %a : f64
  }
  return
}

// -----

func.func @prange(%n: index, %a: f64) {
  // expected-error @below {{needs to yield the accumulators}}
  %r = arr.prange %i = 0 to %n reduce [add] (%s = %a : f64) {
    arr.yield
  }
  return
}

// -----

func.func @reshape_strides(%n: index) {
  // expected-error @+1 {{needs one stride for each size}}
  %isView, %stride = arr.reshape_strides (%n, %n) by (%n) to (%n) : index
  return
}

// -----

func.func @reshape_contiguous(%p: !arr.place<[n], f64>, %n: index) {
  // expected-error @+1 {{is contiguous with one axis only}}
  %r = arr.reshape %p to (%n, %n) contiguous : !arr.place<[n], f64> -> !arr.place<[a, b], f64>
  return
}

// -----

func.func @part_of_real(%p: !arr.place<[n], f64>) {
  // expected-error @+1 {{takes no '!arr.place<[n], f64>' out of '!arr.place<[n], f64>'}}
  %r = arr.complex_part %p : !arr.place<[n], f64> -> !arr.place<[n], f64>
  return
}

// -----

func.func @part_of_other_size(%p: !arr.place<[n], complex<f64>>) {
  // expected-error @+1 {{turns}}
  %r = arr.complex_part %p : !arr.place<[n], complex<f64>> -> !arr.place<[m], f64>
  return
}
