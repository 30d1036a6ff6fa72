!a32 = memref<?xf32, strided<[?], offset: ?>>
!a64 = memref<?xf64, strided<[?], offset: ?>>
module attributes {arr.module = {name = "overloads", doc = "", source = "overloads.arr"}} {
  func.func @both_f32(%x: !a32) -> (!a32, !a32, f32) attributes {arr.export = {
      name = "both", doc = "A \22quoted\22 \\ text.",
      params = [{name = "x", dtype = "f32", dims = ["n"], annotation = "f32[n]", written}],
      results = [{name = "", dtype = "f32", dims = ["n"], annotation = "f32[n]"},
                 {name = "", dtype = "f32", dims = ["n"], annotation = "f32[n]"},
                 {name = "", dtype = "f32", annotation = "f32"}]}} {
    %c = arith.constant 32.0 : f32
    return %x, %x, %c : !a32, !a32, f32
  }
  func.func @both_f64(%x: !a64) -> (!a64, !a64, f64) attributes {arr.export = {
      name = "both", doc = "A \22quoted\22 \\ text.",
      params = [{name = "x", dtype = "f64", dims = ["n"], annotation = "f64[n]", written}],
      results = [{name = "", dtype = "f64", dims = ["n"], annotation = "f64[n]"},
                 {name = "", dtype = "f64", dims = ["n"], annotation = "f64[n]"},
                 {name = "", dtype = "f64", annotation = "f64"}]}} {
    %c = arith.constant 64.0 : f64
    return %x, %x, %c : !a64, !a64, f64
  }
  func.func @float_f32(%x: f32) -> f32 attributes {arr.export = {
      name = "float", doc = "", params = [{name = "x", dtype = "f32", annotation = "f32"}],
      results = [{name = "", dtype = "f32", annotation = "f32"}]}} {
    return %x : f32
  }
  func.func @float_f64(%x: f64) -> f64 attributes {arr.export = {
      name = "float", doc = "", params = [{name = "x", dtype = "f64", annotation = "f64"}],
      results = [{name = "", dtype = "f64", annotation = "f64"}]}} {
    return %x : f64
  }
  func.func @kinds(%b: i1, %i: i8, %u: i64, %z: complex<f32>) attributes {arr.export = {
      name = "kinds", doc = "",
      params = [{name = "b", dtype = "bool", annotation = "bool"},
                {name = "i", dtype = "i8", annotation = "i8"},
                {name = "u", dtype = "u64", annotation = "u64"},
                {name = "z", dtype = "c64", annotation = "c64"}],
      results = []}} {
    return
  }
}
