"""Reductions: every axis, keepdims, dtypes, empty arrays, and what follows them."""
import numpy as np

All = bool | i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 | f32 | f64 | c64 | c128
Real = bool | i8 | i32 | i64 | u8 | u32 | u64 | f32 | f64
Float = f32 | f64
Few = i8 | u32 | f32 | f64

def total(x: All[n]):
    return x.sum(), np.sum(x)

def total_2d(x: All[n, k]):
    return x.sum(), x.sum(axis=0), x.sum(axis=1), x.sum(axis=-1)

def kept(x: Few[n, k]):
    return x.sum(axis=0, keepdims=True), x.sum(axis=1, keepdims=True), x.sum(keepdims=True)

def over_3d(x: Few[n, m, k]):
    return x.sum(axis=0), x.sum(axis=1), x.sum(axis=2), x.sum(axis=(0, 1)), x.sum(axis=(0, 2)), x.sum(axis=(1, 2)), x.sum(axis=(0, 1, 2))

#: x in -2..2
def products(x: Few[n, 6]):
    return x.prod(axis=1), np.prod(x[:2])

#: n = 1 2 5 17 1000
def extremes(x: Real[n]):
    return x.max(), x.min(), np.max(x), np.min(x)

#: n = 1 2 33
#: k = 1 5 40
def extremes_2d(x: Few[n, k]):
    return x.max(axis=0), x.min(axis=1), x.max(), x.min(axis=0, keepdims=True), np.amax(x, axis=1)

#: special
#: n = 1 2 5 17 65 1000
def extremes_nan(x: Float[n]):
    return x.max(), x.min()

#: special
#: n = 1 5 30
#: k = 1 4 33
def extremes_nan_axis(x: Float[n, k]):
    return x.max(axis=0), x.min(axis=1)

#: call (zeros(0)) raises ValueError: zero-size array to reduction operation maximum which has no identity
#: only calls
def max_of_nothing(x: f64[n]) -> f64:
    return x.max()

#: call (zeros(0)) raises ValueError: zero-size array to reduction operation minimum which has no identity
#: only calls
def min_of_nothing(x: f64[n]) -> f64:
    return np.min(x)

#: call (zeros((0, 3))) raises ValueError: zero-size array to reduction operation maximum which has no identity
#: call (zeros((3, 0)))
#: only calls
def max_axis_of_nothing(x: f64[n, k]) -> f64[k]:
    return x.max(axis=0)

def logical(x: All[n, k]):
    return x.any(), x.all(), x.any(axis=0), x.all(axis=1), np.any(x, axis=1, keepdims=True)

#: n = 1 2 5 17 1000
def positions(x: Real[n]):
    return x.argmax(), x.argmin(), np.argmax(x)

#: n = 1 2 33
#: k = 1 5 40
def positions_2d(x: Few[n, k]):
    return x.argmax(axis=0), x.argmin(axis=1), x.argmax(), np.argmin(x, axis=-1)

#: special
#: n = 1 2 5 17 65 1000
def positions_nan(x: Float[n]):
    return x.argmax(), x.argmin()

#: call (zeros(0)) raises ValueError: attempt to get argmax of an empty sequence
#: only calls
def argmax_of_nothing(x: f64[n]) -> i64:
    return x.argmax()

#: n = 1 2 4 8 64
#: k = 1 2 16
def means(x: Few[n, k]):
    return x.mean(), x.mean(axis=0), x.mean(axis=1), np.mean(x, axis=1, keepdims=True)

#: reals
#: tol 64
#: n = 2 5 100
#: k = 3 8
def spread(x: Float[n, k]):
    return x.var(), x.std(axis=0), np.var(x, axis=1), x.std(ddof=1), np.var(x, axis=0, ddof=1, keepdims=True)

def counted(x: All[n, k]):
    return np.count_nonzero(x), np.count_nonzero(x, axis=0)

def with_dtype(x: i8[n], y: f32[n]):
    return x.sum(dtype=i8), x.sum(dtype=f64), y.sum(dtype=f64), np.sum(x, dtype=i32)

#: reals
#: tol 32
def real_sums(x: Float[n, k]):
    return x.sum(), x.sum(axis=0), x.sum(axis=1)

#: reals
#: tol 64
#: n = 100000
def long_sum(x: f32[n]) -> f32:
    return x.sum()

#: n = 1 3 65
#: k = 1 4 33
def after_reduction(x: f64[n, k]) -> f64[n, k]:
    return x - x.max(axis=1, keepdims=True) + x.sum(axis=0)

def of_expression(x: Few[n, k], y: Few[n, k]):
    return (x * y).sum(), (x + y).sum(axis=0), np.abs(x - y).sum(axis=1), (x * x).sum(axis=1)

def of_slices(x: f64[n, k]):
    return x[::2].sum(), x[:, ::-1].sum(axis=0), x.T.sum(axis=0), x[1:, 1:].sum(axis=1)

def of_mask(x: f64[n]):
    return (x > 0).sum(), np.where(x > 0, x, 0).sum(), ((x > 0) & (x < 5)).any()

def into_expression(x: f64[n, k]):
    s = x.sum()
    return x * s, x + x.sum(axis=0), x.sum(axis=1) * 2 + 1, x.sum(axis=0).sum()

def into_store(x: f64[n, k], y: f64[n], z: f64[k]):
    y[:] = x.sum(axis=1)
    z += x.sum(axis=0)
    x[:, :1] = x.sum(axis=1, keepdims=True)

def loop_sum(x: Few[n]):
    s = 0
    for i in range(n):
        s += x[i]
    return s

def loop_sum_strong(x: Few[n]) -> f64:
    s = f64(0)
    for i in range(n):
        s += x[i]
    return s

def loop_max(x: f64[n]) -> f64:
    m = -np.inf
    for i in range(n):
        m = max(m, x[i])
    return m

def loop_rows(x: f64[n, k], y: f64[n]):
    for i in range(n):
        y[i] = x[i].sum() + x[i, ::2].sum()

def peak_to_peak(x: Few[n + 1]):
    return np.ptp(x), x.max() - x.min()

def norms(x: Float[n]):
    return np.sqrt((x * x).sum()), np.sqrt(np.dot(x, x))

def scalar_of_0d(x: f64[()]):
    return x.sum(), x.max()

def four_axes(x: i32[2, n, 3, k]):
    return x.sum(axis=(1, 3)), x.sum(axis=(0, 2)), x.sum(axis=-2), x.max(axis=2)

# What is reduced folds with what combines it: only one of the two may be left, or a difference.
Signed = i64 | f64 | c128

def sums_of_negated(x: Signed[n], z: Signed[n, m]):
    return (x * 1 - x - x).sum(), (-z).sum(axis=0), z.sum(axis=1)

def sums_that_fold(x: i64[n], z: i64[n, m]):
    a = np.sum(x * -1) + np.sum(-x) * 3 + np.sum(x - x) + np.prod(x - x)
    return a, (z * -1).sum(axis=0), (z - z).sum(axis=1), (z & 0).prod(axis=0)

def tests_that_fold(x: i64[n], z: i64[m, n]):
    return (np.max(x != x, axis=0, keepdims=True) if n > 0 else x == x), (z == z).all(axis=0), (z != z).all(axis=0), (z == z).any(axis=1), (z < z).any(), (z <= z).sum(), (z == z).prod()

#: reals
#: tol 100
def products_of_inverses(x: f64[n], z: f64[m, 3]):
    return np.prod(1 / (np.abs(x) + 1)), np.sum(-x), np.sum(x * -1.0), (0 - z).sum(axis=0), np.prod(-1 / (np.abs(z) + 1), axis=1)

#: n = 1 3 20
def extremes_that_fold(x: i64[n], z: u8[m, n]):
    return np.max(x - x), np.min(x * 0), np.max(z & 0, axis=1), np.min(z | 255, axis=1), np.max(-x), np.min(~x)


#: n = 0 3
#: k = 0 2
def maxima_of_empty_rows(x: f64[n, k]) -> f64[n, 1]:
    return x.max(axis=1, keepdims=True)


#: n = 0 3
#: k = 0 2
def minima_of_empty_columns(x: i32[n, k]) -> i32[k]:
    return np.min(x, axis=0)


#: n = 0 3
#: k = 0 2
def positions_in_empty_rows(x: f32[n, k]) -> i64[n]:
    return np.argmax(x, axis=1)
