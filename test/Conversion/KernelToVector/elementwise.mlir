// RUN: arr-opt %s -arr-kernel-to-vector=vector-bits=512 -canonicalize -cse | FileCheck %s

// The body is a function over a tile, once for whole vectors and once under a
// mask; the runtime library orders the dims, cuts tiles, and copies operands of
// other layouts. An input whose map leaves out a dim may be the same all along a
// row: a masked load over its first element.

#all = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (j)>

// CHECK-LABEL: func.func @add(
// CHECK:         %[[CONTEXT:.*]] = llvm.alloca
// CHECK:         llvm.call @arr_run_nest({{.*}}, %[[CONTEXT]])
// CHECK-NOT:     arr.kernel
func.func @add(%x: memref<?x?xf64>, %y: memref<?xf64>, %z: memref<?x?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?x?xf64>
  %m = memref.dim %x, %c1 : memref<?x?xf64>
  arr.kernel (%n, %m) parallel 2
      ins(%x, %y : memref<?x?xf64>, memref<?xf64>) maps [#all, #row]
      outs(%z : memref<?x?xf64>) maps [#all]
  finish {
  ^bb0(%a: f64, %b: f64):
    %0 = arith.addf %a, %b : f64
    arr.yield %0 : f64
  }
  return
}

func.func @square(%x: memref<?x?xcomplex<f64>>, %z: memref<?x?xcomplex<f64>>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?x?xcomplex<f64>>
  %m = memref.dim %x, %c1 : memref<?x?xcomplex<f64>>
  arr.kernel (%n, %m) parallel 2
      ins(%x : memref<?x?xcomplex<f64>>) maps [#all]
      outs(%z : memref<?x?xcomplex<f64>>) maps [#all]
  finish {
  ^bb0(%a: complex<f64>):
    %0 = complex.mul %a, %a : complex<f64>
    arr.yield %0 : complex<f64>
  }
  return
}

// The same arithmetic on other arrays: the function is there once.
// CHECK-LABEL: func.func @square_again(
// CHECK:         constant @kernel_1 :
func.func @square_again(%x: memref<?x?xcomplex<f64>>, %z: memref<?x?xcomplex<f64>>) {
  call @square(%z, %x) : (memref<?x?xcomplex<f64>>, memref<?x?xcomplex<f64>>) -> ()
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?x?xcomplex<f64>>
  %m = memref.dim %x, %c1 : memref<?x?xcomplex<f64>>
  arr.kernel (%m, %n) parallel 2
      ins(%x : memref<?x?xcomplex<f64>>) maps [affine_map<(i, j) -> (j, i)>]
      outs(%z : memref<?x?xcomplex<f64>>) maps [affine_map<(i, j) -> (j, i)>]
  finish {
  ^bb0(%a: complex<f64>):
    %0 = complex.mul %a, %a : complex<f64>
    arr.yield %0 : complex<f64>
  }
  return
}

// In a loop, few points are computed in place.
// CHECK-LABEL: func.func @in_loop(
// CHECK:         scf.for
// CHECK:           scf.if
// CHECK:             memref.load
// CHECK:           else
// CHECK:             llvm.call @arr_run_nest
func.func @in_loop(%x: memref<?xf64>, %z: memref<?xf64>, %steps: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  scf.for %step = %c0 to %steps step %c1 {
    arr.kernel (%n) parallel 1
        ins(%x : memref<?xf64>) maps [affine_map<(i) -> (i)>]
        outs(%z : memref<?xf64>) maps [affine_map<(i) -> (i)>]
    finish {
    ^bb0(%a: f64):
      %0 = arith.addf %a, %a : f64
      arr.yield %0 : f64
    }
  }
  return
}

// CHECK-LABEL: func.func private @kernel_0(
// CHECK:         scf.for
// CHECK:           scf.for
// CHECK:             llvm.load {{.*}} -> vector<8xf64>
// CHECK:             llvm.intr.masked.load
// CHECK:             arith.addf {{.*}} : vector<8xf64>
// CHECK:             llvm.store {{.*}} : vector<8xf64>
// CHECK:           scf.for
// CHECK:             llvm.intr.masked.store
// CHECK-NOT:       gather

// No vectors of complex numbers: one at a time in the same structure.
// CHECK-LABEL: func.func private @kernel_1(
// CHECK:         complex.mul
// CHECK-NOT:     vector<
// CHECK-LABEL: func.func private @kernel_3(
