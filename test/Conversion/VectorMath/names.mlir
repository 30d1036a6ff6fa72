// RUN: arr-opt %s -arr-vector-math | FileCheck %s

// CHECK-DAG: llvm.func @_ZGVeN8v_exp(vector<8xf64>) -> vector<8xf64>
// CHECK-DAG: llvm.func @_ZGVdN8v_sinf(vector<8xf32>) -> vector<8xf32>
// CHECK-DAG: llvm.func @_ZGVbN2vv_pow(vector<2xf64>, vector<2xf64>) -> vector<2xf64>

// CHECK-LABEL: func.func @vectors(
func.func @vectors(%a: vector<8xf64>, %b: vector<8xf32>, %c: vector<2xf64>)
    -> (vector<8xf64>, vector<8xf32>, vector<2xf64>) {
  // CHECK: llvm.call @_ZGVeN8v_exp(
  %0 = math.exp %a : vector<8xf64>
  // CHECK: llvm.call @_ZGVdN8v_sinf(
  %1 = math.sin %b : vector<8xf32>
  // CHECK: llvm.call @_ZGVbN2vv_pow(
  %2 = math.powf %c, %c : vector<2xf64>
  return %0, %1, %2 : vector<8xf64>, vector<8xf32>, vector<2xf64>
}

// Scalars, widths without a function, and what is one instruction stay.
// CHECK-LABEL: func.func @others(
// CHECK:         math.exp %{{.*}} : f64
// CHECK:         math.exp %{{.*}} : vector<3xf64>
// CHECK:         math.sqrt %{{.*}} : vector<8xf64>
func.func @others(%a: f64, %b: vector<3xf64>, %c: vector<8xf64>)
    -> (f64, vector<3xf64>, vector<8xf64>) {
  %0 = math.exp %a : f64
  %1 = math.exp %b : vector<3xf64>
  %2 = math.sqrt %c : vector<8xf64>
  return %0, %1, %2 : f64, vector<3xf64>, vector<8xf64>
}
