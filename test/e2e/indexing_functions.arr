"""Functions that take and put elements by position."""
import numpy as np

T = f64 | i32

#: n = 3 9
#: k = 3
#: idx in -3..2
def taken(x: T[n, k], idx: i64[m]):
    return np.take(x, idx), np.take(x, idx, axis=0), np.take(x, idx, axis=1), x.take(idx, axis=-1), np.take(x, 1), np.take(x, [[0, 1], [1, 0]], axis=1), np.take(x, 2, axis=0)

#: call (ones((2, 3)), array([7])) raises IndexError: index 7 is out of bounds for axis 1 with size 3
#: only calls
def taken_outside(x: f64[n, k], idx: i64[m]):
    return np.take(x, idx, axis=1)

#: n = 1 4
#: k = 1 5
def along(x: T[n, k]):
    order = np.argsort(x, axis=1, kind='stable')
    first = np.argmax(x, axis=0)
    return np.take_along_axis(x, order, axis=1), np.take_along_axis(x, np.argsort(x, axis=0, kind='stable'), axis=0), np.take_along_axis(x, first[None], axis=0)

#: n = 1 4
#: k = 1 5
def put_along(x: T[n, k]) -> None:
    np.put_along_axis(x, np.argmin(x, axis=1)[:, None], 99, axis=1)

#: n = 4 7
#: idx in -4..3
def put(x: T[n], y: T[n, 3], idx: i64[m], v: T[2]) -> None:
    np.put(x, idx, v)
    np.put(y, idx + 5, v)
    np.put(x, [0, 2], 7)

def masks(x: T[n, k], v: T[3]) -> None:
    np.putmask(x, x > 1, 5)
    np.putmask(x, x < 0, v)

#: n = 3
#: k = 4
def selected(x: T[n, k]):
    return np.compress([True, False, True], x, axis=0), np.compress([False, True], x, axis=1), np.compress([True, False, True], x), np.extract(x > 0, x), np.extract(x > 100, x)

#: a in 0..2
def chosen(a: i64[n], x: T[n], y: T[n], z: T[n]):
    return np.choose(a, (x, y, z)), np.choose(a, [10, 20, 30])

#: n = 1 5
def triangles(x: f64[n, n]):
    i, j = np.tril_indices(n)
    k, l = np.triu_indices(n, 1)
    return i, j, k, l, x[np.tril_indices(n)], x[np.triu_indices(n, k=-1)], x[np.diag_indices(n)]

#: idx in 0..23
def unravelled(idx: i64[n]):
    i, j, k = np.unravel_index(idx, (2, 3, 4))
    return i, j, k, np.ravel_multi_index((i, j, k), (2, 3, 4))

def grids(x: f64[n], y: f64[m]):
    a, b = np.meshgrid(x, y)
    c, d = np.meshgrid(x, y, indexing='ij')
    return a, b, c, d, np.indices((n, m, 2))

#: n = 4
#: k = 5
def crossed(x: T[n, k]):
    return x[np.ix_([0, 2], [1, 3, 4])], x[np.ix_([True, False, True, True], [0])]
