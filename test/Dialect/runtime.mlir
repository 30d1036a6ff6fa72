// RUN: arr-opt %s | arr-opt | FileCheck %s

// Files, printing, C functions, and the memory behind memrefs.

// CHECK-LABEL: func @calls
func.func @calls(%x: f64, %p: !arr.place<[n], f64>) -> f64 {
  // CHECK: arr.print ["x =", " ", unit, "\0A"](%{{.*}}) : f64
  arr.print ["x =", " ", unit, "\n"] (%x) : f64
  // CHECK: %[[PATH:.*]] = arr.string "x.npy" : !llvm.ptr
  %path = arr.string "x.npy" : !llvm.ptr
  // CHECK: arr.load_file %[[PATH]] : !llvm.ptr -> {{.*}}<[?], f64>
  %q = arr.load_file %path : !llvm.ptr -> !arr.place<[?], f64>
  // CHECK: arr.save_file %[[PATH]], %{{.*}} : !llvm.ptr, {{.*}}<[n], f64>
  arr.save_file %path, %p : !llvm.ptr, !arr.place<[n], f64>
  // CHECK: arr.call_extern "norm"(%{{.*}}, %{{.*}}) : ({{.*}}<[n], f64>, f64) -> f64
  %r = arr.call_extern "norm"(%p, %x) : (!arr.place<[n], f64>, f64) -> f64
  return %r : f64
}

// CHECK-LABEL: func @memory
func.func @memory(%n: index) {
  // CHECK: %[[M:.*]] = arr.alloc(%{{.*}}) : memref<?x3xf64>
  %m = arr.alloc(%n) : memref<?x3xf64>
  // CHECK: arr.retain %[[M]] : memref<?x3xf64>
  arr.retain %m : memref<?x3xf64>
  // CHECK: arr.release %[[M]] : memref<?x3xf64>
  arr.release %m : memref<?x3xf64>
  return
}
