# RUN: %arrc build %s --emit=typed -o - | FileCheck %s
import numpy as np

# Arrays of positions stand for axes of a view, to which the other items were applied before.
# CHECK-LABEL: export def columns(
# CHECK: return gather(x.0[:, 1:]:f64[n, {{.*}}], 0: i.1; at 0):f64[l, {{.*}}]
def columns(x: f64[n, m], i: i64[l]):
    return x[i, 1:]

# Integers count as arrays without axes: the result's axes stand where all of them were, or first.
# CHECK-LABEL: export def positions(
# CHECK: gather(x.0, 1: i.1; at 1):f64[n, l, k]
# CHECK-SAME: gather(x.0, 0: i.1, 2: i.1; at 0):f64[l, m]
# CHECK-SAME: gather({{.*}}, 1: i.1; at 0):f64[l, m]
def positions(x: f64[n, m, k], i: i64[l]):
    return x[:, i], x[i, :, i], x[0, :, i]

# A mask is the positions of its true elements: how many there are is known at run time.
# CHECK-LABEL: export def masked(
# CHECK: return gather(x.0, 0: {{.*}}nonzero(mask.1); at 0):f64[?{{.*}}, k]
def masked(x: f64[n, k], mask: bool[n]):
    return x[mask]

# Nothing is counted to store one value.
# CHECK-LABEL: export def cleared(
# CHECK: store x.0 = where(less(x.0, 0:f64), 0:f64, x.0)
def cleared(x: f64[n]) -> None:
    x[x < 0] = 0

# CHECK-LABEL: export def counted(
# CHECK: update gather(x.0, 0: i.1; at 0):i64[m] each add[i64]= 1:i64
def counted(x: i64[n], i: i64[m]) -> None:
    np.add.at(x, i, 1)
