"""Strides and views: who shares memory with whom.

What to notice: names, slices, transposes and newaxis are views exactly as in
NumPy; `x += 1` writes through them, `x = x + 1` makes a new array. Overlap is
never a trap: a statement behaves as if its right side were computed first.
"""
import numpy as np


def blur(x: f64[n]):
    """Each inner element becomes the mean of its old neighbours."""
    x[1:-1] = (x[:-2] + x[2:]) / 2


def mirror(x: f64[n, k]):
    x[:] = x[:, ::-1]                    # source and target overlap: the compiler sees to it


def checkerboard(n: int) -> i64[:, :]:
    board = np.zeros((n, n), dtype=i64)
    board[::2, ::2] = 1                  # four strided stores
    board[1::2, 1::2] = 1
    return board


def scale_rows(x: f64[n, k], factors: f64[n]):
    """The caller's array changes."""
    x *= factors[:, np.newaxis]


def diagonal_sum(x: f64[n, n]) -> f64:
    return np.einsum('ii->i', x).sum()   # the diagonal is a view, too


def main():
    """Prints what views do."""
    x = np.arange(12.).reshape(3, 4)
    t = x.T                              # no copy
    t[0] += 100
    print(x)
    mirror(x)
    print(x)
    scale_rows(x[:, ::2], np.array([1., 10., 100.]))
    print(x)
    v = np.arange(8.) ** 2
    blur(v[::2])                         # every second element only
    print(v)
    w = v
    w = w + 1                            # a new array: v keeps its values
    print(v[-1], w[-1])
    print(checkerboard(4))
    print(diagonal_sum(x[:, :3]))
