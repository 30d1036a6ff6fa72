"""Sorting, and searching in what is sorted."""
import numpy as np

T = f64 | i32
Ordered = bool | i8 | u16 | i64 | f32 | f64
Floats = f32 | f64

def sorted_copy(x: Ordered[n]):
    return np.sort(x), np.sort(x[::-1]), np.sort(x[::2])

#: special
def sorted_special(x: Floats[n]):
    return np.sort(x), x[np.argsort(x)]

def sorted_rows(x: T[n, k]):
    return np.sort(x), np.sort(x, axis=0), np.sort(x, axis=None), np.sort(x.T)

def sorted_cubes(x: T[n, m, k]):
    return np.sort(x, axis=1), np.argsort(x, axis=-2, kind='stable'), np.argsort(x, axis=0, stable=True)

def in_place(x: T[n], y: T[n, k]) -> None:
    x.sort()
    y.sort(axis=0)
    y[::-1].sort()

def complex_numbers(x: c128[n]):
    return np.sort(x), np.argsort(x, kind='stable')

def orders(x: Ordered[n]):
    return np.argsort(x, kind='stable'), x.argsort(kind='stable'), np.argsort(x, stable=True)

def order_of_rows(x: T[n, k]):
    return np.argsort(x, kind='stable'), np.argsort(x, axis=0, kind='stable'), np.argsort(x, axis=None, kind='stable')

#: n = 5 20
def partitioned(x: f64[n]):
    p = np.partition(x, 3)
    return p[3], np.max(p[:3]), np.min(p[4:]), x[np.argpartition(x, 3)][3]

def several_keys(x: i32[n], y: i32[n]):
    return np.lexsort((x, y)), np.lexsort((y,))

def places(x: T[n], v: T[m], w: f64[m, 2]):
    s = np.sort(x)
    return np.searchsorted(s, v), np.searchsorted(s, v, side='right'), np.searchsorted(s, w), np.searchsorted(s, 1), np.searchsorted(s, 0.5, side='right')

#: special
def places_special(x: f64[n], v: f64[m]):
    s = np.sort(x)
    return np.searchsorted(s, v), np.searchsorted(s, v, 'right'), s.searchsorted(v), np.searchsorted(x, v, sorter=np.argsort(x))

#: n = 1 5
def bins(x: f64[m], edges: f64[n]):
    e = np.unique(edges)
    return np.digitize(x, e), np.digitize(x, e, right=True), np.digitize(x, e[::-1]), np.digitize(x, e[::-1], right=True)

def distinct(x: Ordered[n], y: T[n, k]):
    return np.unique(x), np.unique(y)

#: special
def distinct_special(x: f64[n]):
    return np.unique(x)

def distinct_with(x: T[n]):
    u, i, inverse, c = np.unique(x, return_index=True, return_inverse=True, return_counts=True)
    v, d = np.unique(x, return_counts=True)
    return u, i, inverse, c, v, d

def membership(x: T[n, k], y: T[m]):
    return np.isin(x, y), np.isin(y, x, invert=True), np.isin(x, [1, 2])

def sets(x: T[n], y: T[m]):
    return np.union1d(x, y), np.intersect1d(x, y), np.setdiff1d(x, y), np.setxor1d(x, y)

#: n = 1 7 50
#: x in 0..20
def counted(x: i64[n], w: f64[n]):
    return np.bincount(x), np.bincount(x, minlength=30), np.bincount(x, weights=w), np.bincount(x.astype(u8), w, 25)

#: w in -9..9
def histograms(x: f64[n], w: i64[n]):
    h, e = np.histogram(x)
    g, _ = np.histogram(x, bins=7, range=(-3, 5))
    j, _ = np.histogram(x, bins=np.array([-2.0, 0.0, 1.0, 4.0]))
    k, _ = np.histogram(x, 4, weights=w)
    return h, e, g, j, k

#: reals
#: tol 8
#: n = 5 50
def densities(x: f64[n]):
    h, e = np.histogram(x, density=True)
    return h, e
