# RUN: arrc build %s --emit=mlir=arr -o - | FileCheck %s
"""Two functions."""


# Whether a parameter is written: stores through views count, reading an index not.
# CHECK: arr.module = {doc = "Two functions.", name = "export", source = "{{.*}}export.arr"}
# CHECK-LABEL: func.func @scatter
# CHECK-SAME: %arg0: !arr.place<[?], f64> {arr.written}
# CHECK-SAME: %arg1: !arr.place<[?], i64>,
# CHECK-SAME: name = "scatter"
# CHECK-SAME: default = 2.500000e+00 : f64, default_text = "2.5"
def scatter(x: f64[n], at: i64[m], v: f64 = 2.5) -> None:
    """Stores v."""
    y = x[::-1]
    for i in range(m):
        y[at[i]] = v


# CHECK-LABEL: func.func @keep
# CHECK-SAME: (%arg0: !arr.place<[?], f64>)
# CHECK-SAME: name = "keep"
# CHECK-SAME: results = [{{.*}}dtype = "f64"{{.*}}, {{.*}}dtype = "i64"
def keep(x: f64[n]) -> tuple[f64[n], i64]:
    y = x + 1.0
    y[0] = 3.0
    return y, n
