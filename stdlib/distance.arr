"""Distances between the rows of two matrices, as scipy.spatial.distance has them.

Each metric is a broadcast and a reduction, fused into one pass: no n x m x k array exists.
"""
import numpy as np


def sqeuclidean(x, y):
    """Sum of squared differences: x[n, k], y[m, k] -> [n, m]."""
    return np.square(x[:, np.newaxis, :] - y[np.newaxis, :, :]).sum(axis=2)


def euclidean(x, y):
    """Square root of the sum of squared differences."""
    return np.sqrt(sqeuclidean(x, y))


def cityblock(x, y):
    """Sum of absolute differences."""
    return np.abs(x[:, np.newaxis, :] - y[np.newaxis, :, :]).sum(axis=2)


def chebyshev(x, y):
    """Largest absolute difference."""
    return np.abs(x[:, np.newaxis, :] - y[np.newaxis, :, :]).max(axis=2)


def minkowski(x, y, p=2.0):
    """The p-norm of differences."""
    return (np.abs(x[:, np.newaxis, :] - y[np.newaxis, :, :]) ** p).sum(axis=2) ** (1 / p)


def canberra(x, y):
    """Sum of |u - v| / (|u| + |v|), where 0 / 0 counts as 0."""
    u = x[:, np.newaxis, :]
    v = y[np.newaxis, :, :]
    scale = np.abs(u) + np.abs(v)
    return np.where(scale > 0, np.abs(u - v) / scale, 0).sum(axis=2)


def braycurtis(x, y):
    """Sum of |u - v| over sum of |u + v|."""
    u = x[:, np.newaxis, :]
    v = y[np.newaxis, :, :]
    return np.abs(u - v).sum(axis=2) / np.abs(u + v).sum(axis=2)


def cosine(x, y):
    """1 - u.v / (|u| |v|)."""
    xs = np.sqrt(np.square(x).sum(axis=1))
    ys = np.sqrt(np.square(y).sum(axis=1))
    return 1 - (x @ y.T) / (xs[:, np.newaxis] * ys[np.newaxis, :])


def correlation(x, y):
    """The cosine distance of centred rows."""
    return cosine(x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True))


def hamming(x, y):
    """The fraction of differing components."""
    return (x[:, np.newaxis, :] != y[np.newaxis, :, :]).mean(axis=2)


def jaccard(x, y):
    """Of the components that are not both zero, the fraction that differ; 0 if there are none."""
    u = x[:, np.newaxis, :]
    v = y[np.newaxis, :, :]
    some = (u != 0) | (v != 0)
    differ = (some & (u != v)).sum(axis=2)
    return np.where(differ > 0, differ / some.sum(axis=2), 0)


def cdist(x, y, metric='euclidean', p=2.0):
    """Distances between all rows of x[n, k] and of y[m, k]: [n, m]. The metric is a literal name, or a function of two rows."""
    if metric == 'euclidean':
        return euclidean(x, y)
    if metric == 'sqeuclidean':
        return sqeuclidean(x, y)
    if metric == 'cityblock' or metric == 'manhattan':
        return cityblock(x, y)
    if metric == 'chebyshev':
        return chebyshev(x, y)
    if metric == 'minkowski':
        return minkowski(x, y, p)
    if metric == 'canberra':
        return canberra(x, y)
    if metric == 'braycurtis':
        return braycurtis(x, y)
    if metric == 'cosine':
        return cosine(x, y)
    if metric == 'correlation':
        return correlation(x, y)
    if metric == 'hamming':
        return hamming(x, y)
    if metric == 'jaccard':
        return jaccard(x, y)
    return pairwise(x, y, metric)


def pairwise(x, y, metric):
    """`metric(x[i], y[j])` for all pairs of rows, in parallel."""
    out = np.empty((x.shape[0], y.shape[0]), dtype=np.result_type(x, y, 1.0))
    for i in prange(x.shape[0]):
        for j in range(y.shape[0]):
            out[i, j] = metric(x[i], y[j])
    return out
