// RUN: arr-opt %s | arr-opt | FileCheck %s

#x = affine_map<(i, j, k) -> (i, k)>
#y = affine_map<(i, j, k) -> (j, k)>
#d = affine_map<(i, j, k) -> (i, j)>
#id = affine_map<(i) -> (i)>
#one = affine_map<(i) -> (0)>

// CHECK-LABEL: func @distances
func.func @distances(%n: index, %m: index, %k: index, %x: memref<?x?xf64>, %y: memref<?x?xf64>,
                     %d: memref<?x?xf64>) {
  // CHECK: arr.kernel (%{{.*}}, %{{.*}}, %{{.*}}) parallel 2 acc [#arr.acc<add : f64>] ins(%{{.*}}, %{{.*}} : memref<?x?xf64>, memref<?x?xf64>)
  // CHECK-SAME: outs(%{{.*}} : memref<?x?xf64>)
  // CHECK-SAME: contribution {
  // CHECK: } finish {
  // CHECK: math.sqrt
  arr.kernel (%n, %m, %k) parallel 2 acc [#arr.acc<add : f64>]
      ins(%x, %y : memref<?x?xf64>, memref<?x?xf64>) maps [#x, #y]
      outs(%d : memref<?x?xf64>) maps [#d]
  contribution {
  ^bb0(%a: f64, %b: f64):
    %0 = arith.subf %a, %b : f64
    %1 = arith.mulf %0, %0 : f64
    arr.yield %1 : f64
  } finish {
  ^bb0(%a: f64, %b: f64, %s: f64):
    %r = math.sqrt %s : f64
    arr.yield %r : f64
  }
  return
}

// On tensors the results hold the elements; an axis of size 1 is read at 0.
// CHECK-LABEL: func @positions
func.func @positions(%n: index, %x: tensor<1xi64>, %e: tensor<?xi64>) -> tensor<?xi64> {
  // CHECK: %[[R:.*]] = arr.kernel (%{{.*}}) parallel 1 ins(%{{.*}} : tensor<1xi64>)
  // CHECK-SAME: -> tensor<?xi64>
  // CHECK: arr.iteration_index 0
  // CHECK: return %[[R]]
  %r = arr.kernel (%n) parallel 1 ins(%x : tensor<1xi64>) maps [#one]
      outs(%e : tensor<?xi64>) maps [#id] -> tensor<?xi64>
  finish {
  ^bb0(%a: i64):
    %i = arr.iteration_index 0
    %j = arith.index_cast %i : index to i64
    %s = arith.addi %a, %j : i64
    arr.yield %s : i64
  }
  return %r : tensor<?xi64>
}
