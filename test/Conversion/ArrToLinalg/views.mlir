// RUN: arr-opt %s --convert-arr-to-linalg --canonicalize --cse | FileCheck %s

// Views of places are strides and offsets.
// CHECK-LABEL: func @slice(
// CHECK-SAME: %[[X:[^:]*]]: memref<?x?xf64, strided<[?, ?], offset: ?>>, %[[O:[^:]*]]: index, %[[N:[^:]*]]: index, %[[S:[^:]*]]: index
// CHECK: %{{.*}}, %[[BASE:.*]], %{{.*}}:2, %[[STRIDES:.*]]:2 = memref.extract_strided_metadata %[[X]]
// CHECK: %[[START:.*]] = arith.muli %[[O]], %[[STRIDES]]#0
// CHECK: %[[OFFSET:.*]] = arith.addi %[[BASE]], %[[START]]
// CHECK: %[[STRIDE:.*]] = arith.muli %[[S]], %[[STRIDES]]#0
// CHECK: memref.reinterpret_cast %[[X]] to offset: [%[[OFFSET]]], sizes: [%[[N]]], strides: [%[[STRIDE]]]
func.func @slice(%x: !arr.place<[n, m], f64>, %o: index, %n: index, %s: index) -> !arr.place<[?], f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %v = arr.slice %x[%o, %c0] [%n, %c1] [%s, %c1] drop [1] : !arr.place<[n, m], f64> -> !arr.place<[?], f64>
  return %v : !arr.place<[?], f64>
}

// An axis that may have size 1 gets stride 0 if it has.
// CHECK-LABEL: func @broadcast(
// CHECK: %[[ONE:.*]] = arith.cmpi eq
// CHECK: %[[STRIDE:.*]] = arith.select %[[ONE]], %c0
// CHECK: memref.reinterpret_cast {{.*}} strides: [0, %[[STRIDE]]]
func.func @broadcast(%x: !arr.place<[k], f64>, %n: index, %m: index) -> !arr.place<[n, m], f64> {
  %v = arr.broadcast %x to (%n, %m) : !arr.place<[k], f64> -> !arr.place<[n, m], f64>
  return %v : !arr.place<[n, m], f64>
}

// CHECK-LABEL: func @diagonal(
// CHECK: %[[SUM:.*]] = arith.addi %{{.*}}#0, %{{.*}}#1
// CHECK: memref.reinterpret_cast {{.*}} strides: [%[[SUM]]]
func.func @diagonal(%x: !arr.place<[n, n], f64>) -> !arr.place<[n], f64> {
  %v = arr.diagonal %x [0, 0] : !arr.place<[n, n], f64> -> !arr.place<[n], f64>
  return %v : !arr.place<[n], f64>
}

// Elements in a row stay in a row.
// CHECK-LABEL: func @reshape_row(
// CHECK-NOT: scf.if
// CHECK: memref.reinterpret_cast
func.func @reshape_row(%x: !arr.place<[k], f64>, %n: index, %m: index) -> !arr.place<[n, m], f64> {
  %v = arr.reshape %x to (%n, %m) : !arr.place<[k], f64> -> !arr.place<[n, m], f64>
  return %v : !arr.place<[n, m], f64>
}

// A view if the strides allow it, else a copy.
// CHECK-LABEL: func @reshape(
// CHECK: %[[VIEW:.*]], %[[S:.*]]:2 = arr.reshape_strides
// CHECK: scf.if %[[VIEW]]
// CHECK: memref.reinterpret_cast {{.*}} strides: [%[[S]]#0, %[[S]]#1]
// CHECK: else
// CHECK: arr.alloc
// CHECK: arr.write
// CHECK: memref.reinterpret_cast
func.func @reshape(%x: !arr.place<[k, l], f64>, %n: index, %m: index) -> !arr.place<[n, m], f64> {
  %v = arr.reshape %x to (%n, %m) : !arr.place<[k, l], f64> -> !arr.place<[n, m], f64>
  return %v : !arr.place<[n, m], f64>
}

// Bools in memory are bytes.
// CHECK-LABEL: func @bools(
// CHECK-SAME: memref<?xi8
// CHECK: %[[E:.*]] = memref.load
// CHECK: arith.cmpi ne, %[[E]], %{{.*}} : i8
// CHECK: %[[B:.*]] = arith.extui
// CHECK: memref.store %[[B]]
func.func @bools(%x: !arr.place<[n], i1>, %i: index, %j: index) {
  %e = arr.load %x[%i] : !arr.place<[n], i1> -> i1
  arr.store %e, %x[%j] : i1, !arr.place<[n], i1>
  return
}
