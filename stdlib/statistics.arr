"""Variance and what follows from it."""
import numpy as np


def var(a, axis=None, dtype=None, ddof=0, keepdims=False):
    """The mean of squared distances from the mean, in two passes. Complex input has a real variance."""
    center = np.mean(a, axis=axis, dtype=dtype, keepdims=True)
    distance = np.abs(a - center)
    total = np.sum(distance * distance, axis=axis, keepdims=keepdims)
    count = a.size // max(center.size, 1)
    return total / max(count - ddof, 0)


def std(a, axis=None, dtype=None, ddof=0, keepdims=False):
    """The square root of the variance."""
    return np.sqrt(var(a, axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims))


def average(a, axis=None, weights=None):
    """The mean, or the weighted mean. Weights have the array's shape, or are 1-D along `axis`."""
    if weights is None:
        return np.mean(a, axis=axis)
    if axis is not None and weights.ndim == 1 and a.ndim > 1:
        along = np.moveaxis(a, axis, a.ndim - 1)
        return np.sum(along * weights, axis=a.ndim - 1) / np.sum(weights)
    return np.sum(a * weights, axis=axis) / np.sum(weights, axis=axis)


def nansum(a, axis=None, keepdims=False):
    """The sum of what is not NaN."""
    return np.sum(np.where(np.isnan(a), 0, a), axis=axis, keepdims=keepdims)


def nanprod(a, axis=None, keepdims=False):
    """The product of what is not NaN."""
    return np.prod(np.where(np.isnan(a), 1, a), axis=axis, keepdims=keepdims)


def nanmean(a, axis=None, keepdims=False):
    """The mean of what is not NaN."""
    count = np.sum(~np.isnan(a), axis=axis, keepdims=keepdims)
    return nansum(a, axis=axis, keepdims=keepdims) / count.astype(a.dtype)


def nanvar(a, axis=None, ddof=0, keepdims=False):
    """The variance of what is not NaN."""
    valid = ~np.isnan(a)
    distance = np.where(valid, np.abs(a - nanmean(a, axis=axis, keepdims=True)), 0)
    count = np.sum(valid, axis=axis, keepdims=keepdims)
    return np.sum(distance * distance, axis=axis, keepdims=keepdims) / (count - ddof).astype(distance.dtype)


def nanstd(a, axis=None, ddof=0, keepdims=False):
    """The standard deviation of what is not NaN."""
    return np.sqrt(nanvar(a, axis=axis, ddof=ddof, keepdims=keepdims))


def cumsum(a, axis=None, dtype=None):
    """Running sums along an axis, or over all elements in C order. Small integers accumulate in 64 bits."""
    if axis is None:
        x = np.ravel(a)
        along = 0
    else:
        x = a
        along = axis
    out = np.empty(x.shape, dtype=np.sum(a).dtype if dtype is None else dtype)
    rows = np.moveaxis(x, along, 0)
    sums = np.moveaxis(out, along, 0)
    if len(rows) > 0:
        sums[0] = rows[0]
        for i in range(1, len(rows)):
            sums[i] = sums[i - 1] + rows[i]
    return out


def cumprod(a, axis=None, dtype=None):
    """Running products along an axis, or over all elements in C order. Small integers accumulate in 64 bits."""
    if axis is None:
        x = np.ravel(a)
        along = 0
    else:
        x = a
        along = axis
    out = np.empty(x.shape, dtype=np.prod(a).dtype if dtype is None else dtype)
    rows = np.moveaxis(x, along, 0)
    products = np.moveaxis(out, along, 0)
    if len(rows) > 0:
        products[0] = rows[0]
        for i in range(1, len(rows)):
            products[i] = products[i - 1] * rows[i]
    return out
