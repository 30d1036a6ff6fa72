!a = memref<?xf64, strided<[?], offset: ?>>
module @add attributes {arr.module = {name = "add", doc = "Sums.", source = "add.arr"}} {
  func.func @add(%x: !a, %s: f64) -> !a attributes {arr.export = {
      name = "add", doc = "Adds a number.",
      params = [{name = "x", kind = "array", dtype = "f64", dims = ["n"], annotation = "f64[n]"},
                {name = "s", kind = "scalar", dtype = "f64", annotation = "float", default = 1.5 : f64, default_text = "1.5"}],
      results = [{kind = "array", dtype = "f64", dims = ["n"], annotation = "f64[n]"}]}} {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %n = memref.dim %x, %c0 : !a
    %enough = arith.cmpi sge, %n, %c2 : index
    arr.require %enough, shape "size is %0, not 2 or more" (%n) loc("add.arr":3:7)
    %r = arr.alloc(%n) : !a
    scf.for %i = %c0 to %n step %c1 {
      %a = memref.load %x[%i] : !a
      %b = arith.addf %a, %s : f64
      memref.store %b, %r[%i] : !a
    }
    return %r : !a
  } loc("add.arr":1:1)
}
