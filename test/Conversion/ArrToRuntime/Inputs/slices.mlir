// Offset and length of [start:stop:step], [start::step], [:stop:step] of a size.
module @slices attributes {arr.module = {name = "slices", doc = "", source = "slices.arr"}} {
  func.func @bounds(%size: i64, %start: i64, %stop: i64, %step: i64)
      -> (i64, i64, i64, i64, i64, i64) attributes {arr.export = {
      name = "bounds", doc = "",
      params = [{name = "size", kind = "scalar", dtype = "i64", annotation = "i64"},
                {name = "start", kind = "scalar", dtype = "i64", annotation = "i64"},
                {name = "stop", kind = "scalar", dtype = "i64", annotation = "i64"},
                {name = "step", kind = "scalar", dtype = "i64", annotation = "i64"}],
      results = [{kind = "scalar", dtype = "i64", annotation = "i64"},
                 {kind = "scalar", dtype = "i64", annotation = "i64"},
                 {kind = "scalar", dtype = "i64", annotation = "i64"},
                 {kind = "scalar", dtype = "i64", annotation = "i64"},
                 {kind = "scalar", dtype = "i64", annotation = "i64"},
                 {kind = "scalar", dtype = "i64", annotation = "i64"}]}} {
    %n = arith.index_cast %size : i64 to index
    %a = arith.index_cast %start : i64 to index
    %b = arith.index_cast %stop : i64 to index
    %s = arith.index_cast %step : i64 to index
    %o0, %l0 = arr.slice_bounds %n from %a to %b step %s
    %o1, %l1 = arr.slice_bounds %n from %a step %s
    %o2, %l2 = arr.slice_bounds %n to %b step %s
    %0 = arith.index_cast %o0 : index to i64
    %1 = arith.index_cast %l0 : index to i64
    %2 = arith.index_cast %o1 : index to i64
    %3 = arith.index_cast %l1 : index to i64
    %4 = arith.index_cast %o2 : index to i64
    %5 = arith.index_cast %l2 : index to i64
    return %0, %1, %2, %3, %4, %5 : i64, i64, i64, i64, i64, i64
  }
}
