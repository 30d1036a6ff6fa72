// RUN: arr-opt %s --arr-emit-entries | FileCheck %s

!v = memref<?xf32, strided<[?], offset: ?>>

// The entry reads slots, divides byte strides by the item size, calls, stores.
// CHECK-LABEL: func.func private @f.arr(
// CHECK-LABEL: func.func @f.entry(
// CHECK-SAME:    %[[SLOTS:.*]]: !llvm.ptr)
// CHECK:         %[[X:.*]] = llvm.load %[[SLOTS]] : !llvm.ptr -> !llvm.ptr
// CHECK:         %[[DATA:.*]] = llvm.load %[[X]] : !llvm.ptr -> !llvm.ptr
// CHECK:         scf.if
// CHECK:         llvm.ashr %{{.*}}, %{{.*}} : i64
// CHECK:         %[[FLAG:.*]] = llvm.icmp "ne" %{{.*}}, %{{.*}} : i8
// CHECK:         %[[C:.*]] = llvm.load %{{.*}} : !llvm.ptr -> !llvm.struct<(f64, f64)>
// CHECK:         %[[R:.*]]:2 = call @f.arr(%{{.*}}, %[[FLAG]], %{{.*}})
// CHECK:         llvm.call @arr_return_array(
// CHECK:         llvm.call @arr_release(
// CHECK:         llvm.zext %[[R]]#1 : i1 to i8
// CHECK:         llvm.store
func.func @f(%x: !v, %flag: i1, %z: complex<f64>) -> (!v, i1)
    attributes {arr.export = {name = "f", params = [], results = []}} {
  return %x, %flag : !v, i1
}

// CHECK-NOT: @g.entry
func.func private @g(%x: i64) -> i64 {
  return %x : i64
}
