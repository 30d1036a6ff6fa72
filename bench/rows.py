"""The rows of the benchmark: inputs, the Arr functions, the best variant of each peer, the limit."""

import ctypes as c

import numexpr as ne
import numpy as np
from numba import njit, prange
from scipy.spatial.distance import cdist


class Row:
    """One piece of work: several Arr formulations against peers and a hand-written limit."""

    def __init__(self, title, goal, inputs, arr, peers, limit, tolerance=1e-10):
        self.title = title
        self.goal = goal  # what the project set out to reach, in words
        self.inputs = inputs  # () -> list of arrays
        self.arr = arr  # names of functions in kernels.arr
        self.peers = peers  # name -> (inputs -> callable), already warm where that matters
        self.limit = limit  # (inputs, limit library) -> callable
        self.tolerance = tolerance


def points():
    generator = np.random.default_rng(1)
    return [generator.standard_normal((3000, 50)) for _ in range(2)]


def vectors(count):
    generator = np.random.default_rng(2)
    return [generator.random(2_500_000) for _ in range(count)]


def matrix():
    return [np.random.default_rng(3).random((5000, 1000))]


# ---- NumPy and numexpr: with out= wherever they take it.

def numpy_trick(x, y):
    out = np.empty((len(x), len(y)))

    def run():
        np.matmul(x, y.T, out=out)
        np.multiply(out, -2.0, out=out)
        out.__iadd__(np.einsum("ij,ij->i", x, x)[:, None])
        out.__iadd__(np.einsum("ij,ij->i", y, y)[None, :])
        return np.abs(out, out=out)

    return run


def numexpr_trick(x, y):
    out, product = np.empty((len(x), len(y))), np.empty((len(x), len(y)))

    def run():
        np.matmul(x, y.T, out=product)
        names = {"x2": np.einsum("ij,ij->i", x, x)[:, None],
                 "y2": np.einsum("ij,ij->i", y, y)[None, :], "p": product}
        return ne.evaluate("abs(x2 + y2 - 2. * p)", names, out=out)

    return run


def scipy_cdist(metric):
    def make(x, y):
        out = np.empty((len(x), len(y)))
        return lambda: cdist(x, y, metric, out=out)
    return make


def numpy_cityblock(x, y):
    out = np.empty((len(x), len(y)))

    def run():
        for i, row in enumerate(x):
            np.abs(row - y).sum(axis=1, out=out[i])
        return out

    return run


def numexpr_expression(text):
    def make(*arrays):
        out = np.empty_like(arrays[0])
        names = dict(zip("ab", arrays))
        return lambda: ne.evaluate(text, names, out=out)
    return make


def numpy_polynomial(a):
    return lambda: a**3 + a**2 + a + 1.0


def numpy_horner(a):
    out = np.empty_like(a)

    def run():
        np.add(a, 1.0, out=out)
        np.multiply(out, a, out=out)
        np.add(out, 1.0, out=out)
        np.multiply(out, a, out=out)
        return np.add(out, 1.0, out=out)

    return run


def numpy_mathematical(a, b):
    return lambda: np.exp(-a) * np.sin(b) + np.log(1 + a)


# ---- Numba: parallel, with fastmath, into an array that is there already.

def numba(**options):
    return njit(parallel=True, fastmath=True, **options)


@numba()
def _numba_sqeuclidean(x, y, out):
    for i in prange(x.shape[0]):
        for j in range(y.shape[0]):
            r = 0.0
            for l in range(x.shape[1]):
                t = x[i, l] - y[j, l]
                r += t * t
            out[i, j] = r


@numba()
def _numba_cityblock(x, y, out):
    for i in prange(x.shape[0]):
        for j in range(y.shape[0]):
            r = 0.0
            for l in range(x.shape[1]):
                r += abs(x[i, l] - y[j, l])
            out[i, j] = r


@numba()
def _numba_polynomial(a, out):
    for i in prange(a.size):
        out[i] = ((a[i] + 1.0) * a[i] + 1.0) * a[i] + 1.0


@numba()
def _numba_mathematical(a, b, out):
    for i in prange(a.size):
        out[i] = np.exp(-a[i]) * np.sin(b[i]) + np.log(1 + a[i])


@numba()
def _numba_sum_axis1(x, out):
    for i in prange(x.shape[0]):
        s = 0.0
        for j in range(x.shape[1]):
            s += x[i, j]
        out[i] = s


@numba()
def _numba_sum_axis0(x, out):
    s = np.zeros(x.shape[1])
    for i in prange(x.shape[0]):
        s += x[i]
    out[:] = s


@numba()
def _numba_sum_all(x, out):
    s = 0.0
    for i in prange(x.shape[0]):
        for j in range(x.shape[1]):
            s += x[i, j]
    out[0] = s


def numba_into(function, shape):
    def make(*arrays):
        out = np.empty(shape(*arrays))

        def run():
            function(*arrays, out)
            return out

        return run
    return make


# ---- The hand-written kernels.

def limit(name, shape, sizes):
    def make(library, *arrays):
        out = np.empty(shape(*arrays))
        pointers = [c.c_void_p(a.ctypes.data) for a in [*arrays, out]]
        numbers = [c.c_int64(n) for n in sizes(*arrays)]
        function = getattr(library, name)

        def run():
            function(*pointers, *numbers)
            return out

        run.keep = arrays
        return run
    return make


def pairs(x, y):
    return len(x), len(y)


def pair_sizes(x, y):
    return len(x), len(y), x.shape[1]


def same(a, *_):
    return a.shape


def length(a, *_):
    return (a.size,)


ROWS = {
    "sqeuclidean": Row(
        "squared Euclidean, (3000, 50) x (3000, 50)", "5x the best peer", points,
        ["sqeuclidean_broadcast", "sqeuclidean_trick", "sqeuclidean_loops"],
        {"NumPy": numpy_trick, "SciPy": scipy_cdist("sqeuclidean"), "numexpr": numexpr_trick,
         "Numba": numba_into(_numba_sqeuclidean, pairs)},
        limit("sqeuclidean_trick", pairs, pair_sizes)),
    "cityblock": Row(
        "cityblock, (3000, 50) x (3000, 50)", "5x the best peer, 0.6 of the limit", points,
        ["cityblock_broadcast", "cityblock_loops"],
        {"NumPy": numpy_cityblock, "SciPy": scipy_cdist("cityblock"),
         "Numba": numba_into(_numba_cityblock, pairs)},
        limit("cityblock", pairs, pair_sizes)),
    "polynomial": Row(
        "a**3 + a**2 + a + 1., 2.5 M", "numexpr's and Numba's speed", lambda: vectors(1),
        ["polynomial"],
        {"NumPy": numpy_polynomial, "NumPy Horner": numpy_horner,
         "numexpr": numexpr_expression("a**3 + a**2 + a + 1."),
         "Numba": numba_into(_numba_polynomial, same)},
        limit("polynomial", same, length)),
    "mathematical": Row(
        "exp(-a)*sin(b) + log(1+a), 2.5 M", "numexpr's and Numba's speed", lambda: vectors(2),
        ["mathematical"],
        {"NumPy": numpy_mathematical, "numexpr": numexpr_expression("exp(-a)*sin(b) + log(1+a)"),
         "Numba": numba_into(_numba_mathematical, same)},
        limit("mathematical", same, length)),
    "sum0": Row(
        "x.sum(axis=0), (5000, 1000)", "NumPy's speed", matrix, ["sum_axis0"],
        {"NumPy": lambda x: lambda: x.sum(axis=0),
         "Numba": numba_into(_numba_sum_axis0, lambda x: x.shape[1])},
        limit("sum_axis0", lambda x: x.shape[1], lambda x: x.shape)),
    "sum1": Row(
        "x.sum(axis=1), (5000, 1000)", "NumPy's speed", matrix, ["sum_axis1"],
        {"NumPy": lambda x: lambda: x.sum(axis=1),
         "Numba": numba_into(_numba_sum_axis1, lambda x: x.shape[0])},
        limit("sum_axis1", lambda x: x.shape[0], lambda x: x.shape)),
    "sum": Row(
        "x.sum(), (5000, 1000)", "NumPy's speed", matrix, ["sum_all"],
        {"NumPy": lambda x: lambda: x.sum(), "Numba": numba_into(_numba_sum_all, lambda x: 1)},
        limit("sum_all", lambda x: 1, lambda x: x.shape)),
}
