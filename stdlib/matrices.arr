"""Matrices made of others."""
import numpy as np


def diag(v, k=0):
    """Of v[n] a matrix with v on its k-th diagonal; of a matrix its k-th diagonal, a view."""
    if v.ndim == 1:
        n = len(v) + abs(k)
        out = np.zeros((n, n), dtype=v.dtype)
        at = np.arange(len(v))
        out[at + max(-k, 0), at + max(k, 0)] = v
        return out
    return np.diagonal(v, k)


def diagflat(v, k=0):
    """A matrix with all elements of v on its k-th diagonal."""
    return diag(np.ravel(v), k)


def fill_diagonal(a, val):
    """Stores a number, or an array of the diagonal's length, on the diagonal of a matrix."""
    view = np.einsum('ii->i', a[:min(a.shape[0], a.shape[1]), :min(a.shape[0], a.shape[1])])
    view[:] = val


def tri(N, M=None, k=0, dtype=float):
    """Ones on and below the k-th diagonal of an N x M matrix."""
    columns = N if M is None else M
    return (np.arange(columns)[np.newaxis, :] <= np.arange(N)[:, np.newaxis] + k).astype(dtype)


def tril(m, k=0):
    """The matrix with zeros above the k-th diagonal."""
    return np.where(tri(m.shape[-2], m.shape[-1], k, dtype=bool), m, m.dtype(0))


def triu(m, k=0):
    """The matrix with zeros below the k-th diagonal."""
    return np.where(tri(m.shape[-2], m.shape[-1], k - 1, dtype=bool), m.dtype(0), m)


def kron(a, b):
    """The Kronecker product: blocks a[i, j] * b."""
    rank = max(np.ndim(a), np.ndim(b))
    x = np.asarray(a).reshape((1,) * (rank - np.ndim(a)) + np.shape(a))
    y = np.asarray(b).reshape((1,) * (rank - np.ndim(b)) + np.shape(b))
    left = ()
    right = ()
    shape = ()
    at = 0
    for size in x.shape:
        left += (size, 1)
        right += (1, y.shape[at])
        shape += (size * y.shape[at],)
        at += 1
    return (x.reshape(left) * y.reshape(right)).reshape(shape)


def cross(a, b, axis=-1):
    """The vector product of 3-vectors along an axis."""
    x = np.moveaxis(a, axis, -1)
    y = np.moveaxis(b, axis, -1)
    assert x.shape[-1] == 3 and y.shape[-1] == 3, 'both arrays must be arrays of 3-dimensional vectors'
    if x.ndim == 1 and y.ndim == 1:
        return np.array([x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]])
    first = x[..., 1] * y[..., 2] - x[..., 2] * y[..., 1]
    second = x[..., 2] * y[..., 0] - x[..., 0] * y[..., 2]
    third = x[..., 0] * y[..., 1] - x[..., 1] * y[..., 0]
    return np.stack((first, second, third), axis=axis)


def vander(x, N=None, increasing=False):
    """Powers of x[n], highest first: [n, N]."""
    count = len(x) if N is None else N
    out = np.empty((len(x), count), dtype=np.result_type(x, np.int64))
    power = np.ones(len(x), dtype=out.dtype)
    for i in range(count):
        out[:, i if increasing else count - 1 - i] = power
        power = power * x
    return out
