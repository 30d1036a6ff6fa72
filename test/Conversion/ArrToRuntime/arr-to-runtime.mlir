// RUN: arr-opt %s --arr-to-runtime -canonicalize | FileCheck %s

!v = memref<?xf64, strided<[?], offset: ?>>

// CHECK-DAG: llvm.func @arr_raise_values({{.*}}) attributes {passthrough = ["noreturn", "cold"]}
// CHECK-DAG: llvm.mlir.global private unnamed_addr constant @[[WHERE:.*]]("t.arr:3:7\00")
// CHECK-DAG: llvm.mlir.global private unnamed_addr constant @[[WHAT:.*]]("size is %0\00")

// CHECK-LABEL: func.func @require(
// CHECK:         %[[CODE:.*]] = llvm.mlir.constant(4 : i32)
// CHECK:         scf.if
// CHECK:           llvm.call @arr_raise_values(%[[CODE]], %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}})
func.func @require(%n: index, %ok: i1) {
  arr.require %ok, shape "size is %0" (%n) loc("t.arr":3:7)
  return
}

// Sizes go through arr_alloc, which checks that their product fits.
// CHECK-LABEL: func.func @alloc(
// CHECK:         %[[SIZES:.*]] = llvm.alloca %{{.*}} x i64
// CHECK:         llvm.call @arr_alloc(%{{.*}}, %[[SIZES]], %{{.*}}) : (i64, !llvm.ptr, i64) -> !llvm.ptr
// CHECK:         llvm.call @arr_release(
func.func @alloc(%n: index) {
  %r = arr.alloc(%n) : !v
  arr.release %r : !v
  return
}

// The array for the sizes is allocated once, before the loop.
// CHECK-LABEL: func.func @loop(
// CHECK:         llvm.alloca
// CHECK:         scf.for
// CHECK-NOT:       llvm.alloca
// CHECK:         return
func.func @loop(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %r = arr.alloc(%i) : !v
    arr.release %r : !v
  }
  return
}

// CHECK-LABEL: func.func @print(
// CHECK:         llvm.call @arr_print_str
// CHECK:         llvm.call @arr_print_uint
// CHECK:         llvm.call @arr_print_array
func.func @print(%x: memref<?xi8, strided<[?], offset: ?>>, %u: i8) {
  arr.print ["u =", unit, unit] (%u, %x) : i8, memref<?xi8, strided<[?], offset: ?>> {dtypes = ["u8", "bool"]}
  return
}
