// RUN: arr-opt %s -arr-kernel-to-vector=vector-bits=512 -canonicalize -cse | FileCheck %s

// Dims are ordered and merged at run time. The regular version has full vectors
// and then masked ones; the other gathers and scatters.

#all = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (j)>

// CHECK-LABEL: func.func private @kernel_0(
// CHECK:         llvm.call @arr_plan_nest
// CHECK-LABEL: func.func private @kernel_0_items(
// CHECK:         scf.if
// CHECK:           scf.for
// CHECK:             llvm.intr.masked.load
// CHECK:             arith.addf {{.*}} : vector<8xf64>
// CHECK:             llvm.store {{.*}} : vector<8xf64>
// CHECK:           scf.for
// CHECK:             llvm.intr.masked.store
// CHECK:         else
// CHECK:             llvm.intr.masked.gather
// CHECK:             llvm.intr.masked.scatter
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

// No vectors of complex numbers: one at a time in the same structure.
// CHECK-LABEL: func.func private @kernel_1_items(
// CHECK:         complex.mul
// CHECK-NOT:     vector<
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
