"""The heat equation on a plate: two buffers that are swapped.

What to notice: `u, v = v, u` swaps names, not data. The five-point stencil is
one parallel loop over the plate without a temporary, and a row that the slices
do not cover keeps its boundary values.
"""
import numpy as np


def diffuse(u: f64[n, m], r: f64, steps: int) -> f64[n, m]:
    """The plate after `steps`; u is left as it is."""
    a = u.copy()
    b = u.copy()
    for t in range(steps):
        b[1:-1, 1:-1] = a[1:-1, 1:-1] + r * (
            a[2:, 1:-1] + a[:-2, 1:-1] + a[1:-1, 2:] + a[1:-1, :-2] - 4 * a[1:-1, 1:-1])
        a, b = b, a
    return a


def diffuse_loops(u: f64[n, m], r: f64, steps: int) -> f64[n, m]:
    """The same with loops; the rows of one step are independent."""
    a = u.copy()
    b = u.copy()
    for t in range(steps):
        for i in prange(1, n - 1):
            for j in range(1, m - 1):
                b[i, j] = a[i, j] + r * (a[i + 1, j] + a[i - 1, j] + a[i, j + 1] + a[i, j - 1]
                                         - 4 * a[i, j])
        a, b = b, a
    return a


def main(size: int = 64, steps: int = 200):
    """A plate with one hot edge."""
    u = np.zeros((size, size))
    u[0] = 100
    w = diffuse(u, 0.2, steps)
    print('mean', w.mean())
    print('both ways agree:', np.abs(w - diffuse_loops(u, 0.2, steps)).max() < 1e-9)
    print(np.round(w[::16, size // 2], 4))
