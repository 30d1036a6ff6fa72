"""Distance matrices: three ways to write one computation.

What to notice: the formulations below read like the NumPy of a text book, and
none makes an n x m x k temporary. They all become the same kind of kernel:
tiles of d kept in registers, rows of d spread over the cores.
"""
import numpy as np                      # optional: the built-ins are also there without a prefix

T = f32 | f64                           # a dtype variable: one instance per member


# k appears in both parameters: the columns must agree, which is checked on entry.
def sqeuclidean(x: T[n, k], y: T[m, k]) -> T[n, m]:
    """Broadcast and reduce."""
    return ((x[:, np.newaxis, :] - y[np.newaxis, :, :]) ** 2).sum(axis=2)


def sqeuclidean_trick(x: T[n, k], y: T[m, k]) -> T[n, m]:
    """|x|^2 + |y|^2 - 2 x.y: a matrix product with an epilogue."""
    x2 = np.einsum('ij,ij->i', x, x)[:, np.newaxis]
    y2 = np.einsum('ij,ij->i', y, y)[np.newaxis, :]
    return np.abs(x2 + y2 - 2. * (x @ y.T))


def sqeuclidean_loops(x: T[n, k], y: T[m, k]) -> T[n, m]:
    """Loops; the iterations of prange run in parallel."""
    d = np.empty((n, m), dtype=T)
    for i in prange(n):
        for j in range(m):
            r = T(0)
            for l in range(k):
                r += (x[i, l] - y[j, l]) ** 2
            d[i, j] = r
    return d


def euclidean(x: T[n, k], y: T[m, k]) -> T[n, m]:
    """A function of this file used in another: it is inlined and fused."""
    return np.sqrt(sqeuclidean(x, y))


def cityblock(x: T[n, k], y: T[m, k]) -> T[n, m]:
    """The same shape of computation with another body: no library routine needed."""
    return np.abs(x[:, np.newaxis, :] - y[np.newaxis, :, :]).sum(axis=2)


def cityblock_loops(x: T[n, k], y: T[m, k]) -> T[n, m]:
    d = np.empty((n, m), dtype=T)
    for i in prange(n):
        for j in range(m):
            r = T(0)
            for l in range(k):
                r += abs(x[i, l] - y[j, l])
            d[i, j] = r
    return d


def main(x: f64[n, k], y: f64[m, k], out: str = 'd.npy'):
    """Euclidean distances between the rows of two .npy files."""
    d = euclidean(x, y)
    np.save(out, d)
    print('rows', n, 'x', m, 'columns', k)
    print('mean', d.mean(), 'largest', d.max())
