# RUN: arrc build %s --emit=mlir=arr -o - | FileCheck %s

# Sizes are bound where they first appear and checked where they appear again.
# CHECK-LABEL: func.func @add
# CHECK: arr.require {{.*}}, shape "dimension 'n' is %0 in x (axis 0) but %1 in y (axis 0)"
# CHECK: arr.cast_shape %arg0 : !arr.place<[?], f64> -> !arr.place<[n], f64>
# CHECK-NOT: arr.require
# CHECK: arr.add
def add(x: f64[n], y: f64[n]) -> f64[n]:
    return x + y


# CHECK-LABEL: func.func @solve
# CHECK: arr.require {{.*}}, shape "size %0 of x (axis 0) is not of the form 2 * m"
# CHECK: !arr.place<["2 * m"], f64>
def solve(x: f64[2 * m]) -> f64[m]:
    return x[:m]


# Sizes that are not known to be equal: checked once, then stretched.
# CHECK-LABEL: func.func @stretch
# CHECK: arr.require {{.*}}, shape "operands could not be broadcast together with shapes (%0,) (%1,)"
# CHECK: arr.broadcast
# CHECK: arr.add
def stretch(x: f64[n], y: f64[m]) -> f64[:]:
    return x + y


# The literal 1 needs neither.
# CHECK-LABEL: func.func @outer
# CHECK-NOT: arr.broadcast
# CHECK: arr.multiply {{.*}} : !arr.array<[n, 1], f64>, !arr.array<[1, m], f64> -> !arr.array<[n, m], f64>
def outer(x: f64[n], y: f64[m]) -> f64[n, m]:
    return x[:, None] * y[None, :]
