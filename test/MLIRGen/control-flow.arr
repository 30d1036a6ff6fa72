# RUN: arrc build %s --emit=mlir=arr -o - | FileCheck %s

# A plain loop carries what it assigns and nothing else.
# CHECK-LABEL: func.func @total
# CHECK: scf.for {{.*}} iter_args(%{{.*}} = %{{.*}}) -> (f64)
# CHECK: scf.yield
def total(x: f64[n]) -> f64:
    s = 0.0
    for i in range(n):
        t = x[i] * x[i]
        s += t
    return s


# What ends a loop early is a flag.
# CHECK-LABEL: func.func @first
# CHECK: scf.while
# CHECK: arr.logical_not
# CHECK: scf.condition
# CHECK: return
def first(x: f64[n], v: f64) -> i64:
    for i in range(n):
        if x[i] == v:
            return i
    return -1


# `continue` at the end of a branch needs none: the rest is the other branch.
# CHECK-LABEL: func.func @odd
# CHECK: scf.for
# CHECK: scf.if
# CHECK-NOT: logical_not
# CHECK: return
def odd(n: int) -> int:
    s = 0
    for i in range(n):
        if i % 2 == 0:
            continue
        s += i
    return s


# CHECK-LABEL: func.func @steps
# CHECK: arr.require {{.*}}, value "range() arg 3 must not be zero"
def steps(a: int, b: int, c: int) -> int:
    s = 0
    for i in range(a, b, c):
        s += i
    return s


# CHECK-LABEL: func.func @parallel
# CHECK: arr.prange %{{.*}} = 0 to %{{.*}} reduce [add] (%{{.*}} = %{{.*}} : f64)
def parallel(x: f64[n]) -> f64:
    s = 0.0
    for i in prange(n):
        s += x[i]
    return s
