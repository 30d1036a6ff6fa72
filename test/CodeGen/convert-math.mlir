// RUN: arr-opt %s --arr-convert-to-llvm | FileCheck %s

// Instructions stay instructions, also on vectors; functions of libm are called
// by name, lane by lane, so that no -O level knows more about them than another.

// CHECK-LABEL: llvm.func @instructions
// CHECK:         llvm.intr.fma(%{{.*}}) : (vector<8xf64>
// CHECK:         llvm.intr.sqrt
// CHECK:         llvm.intr.floor
// CHECK-NOT:     llvm.call
// CHECK:         llvm.return
func.func @instructions(%a: vector<8xf64>, %b: vector<8xf64>) -> vector<8xf64> {
  %0 = math.fma %a, %b, %a : vector<8xf64>
  %1 = math.sqrt %0 : vector<8xf64>
  %2 = math.floor %1 : vector<8xf64>
  return %2 : vector<8xf64>
}

// CHECK-LABEL: llvm.func @functions
// CHECK:         llvm.call @pow(
// CHECK-COUNT-4: llvm.call @exp(
// CHECK-NOT:     llvm.intr.exp
func.func @functions(%x: f64, %v: vector<4xf64>) -> (f64, vector<4xf64>) {
  %0 = math.powf %x, %x : f64
  %1 = math.exp %v : vector<4xf64>
  return %0, %1 : f64, vector<4xf64>
}
