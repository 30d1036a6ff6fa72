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


def flat_or_rows(a, axis):
    """Sorted, with what is to be reduced as the last axis."""
    return np.sort(np.ravel(a)) if axis is None else np.sort(np.moveaxis(a, axis, -1), axis=-1)


def keep_axis(result, a, axis, keepdims):
    """Puts back the axis that was reduced, as one of size 1."""
    if not keepdims:
        return result
    if axis is None:
        return np.asarray(result).reshape((1,) * a.ndim)
    return np.expand_dims(result, axis)


def median(a, axis=None, keepdims=False):
    """The middle element, or the mean of the two in the middle; NaN where there is one."""
    x = flat_or_rows(a, axis).astype(np.mean(a).dtype)
    n = x.shape[-1]
    middle = (column(x, (n - 1) // 2) + column(x, n // 2)) / 2
    last = column(x, n - 1)
    return keep_axis(np.where(last != last, last, middle), a, axis, keepdims)


def column(x, i):
    """One position of the last axis."""
    return x[i] if x.ndim == 1 else x[..., i]


def quantile(a, q, axis=None, keepdims=False):
    """What a fraction q of the elements is below, by linear interpolation. Several q are the first axis."""
    x = flat_or_rows(a, axis).astype(np.result_type(a, 1.0))
    if np.ndim(q) == 0:
        return keep_axis(quantile_of(x, q), a, axis, keepdims)
    out = np.empty((len(q),) + x.shape[:-1], dtype=x.dtype)
    for i in range(len(q)):
        out[i] = quantile_of(x, q[i])
    return out


def quantile_of(x, q):
    """One quantile of sorted rows."""
    assert q >= 0 and q <= 1, 'Quantiles must be in the range [0, 1]'
    n = x.shape[-1]
    at = q * (n - 1.0)
    low = int(np.floor(at))
    part = at - low
    below = column(x, low)
    above = column(x, min(low + 1, n - 1))
    last = column(x, n - 1)
    step = above - below
    value = np.where(part >= 0.5, above - step * (1 - part), below + step * part)
    return np.where(last != last, last, np.where(step == 0, below, value))


def percentile(a, q, axis=None, keepdims=False):
    """`quantile` with q in percent."""
    if np.ndim(q) == 0:
        return quantile(a, q / 100, axis, keepdims)
    return quantile(a, np.asarray(q) / 100, axis, keepdims)


def nanargmin(a, axis=None):
    """The position of the smallest element that is not NaN."""
    assert not np.any(np.all(np.isnan(a), axis=axis)), 'All-NaN slice encountered'
    return np.argmin(np.where(np.isnan(a), np.inf, a), axis=axis)


def nanargmax(a, axis=None):
    """The position of the largest element that is not NaN."""
    assert not np.any(np.all(np.isnan(a), axis=axis)), 'All-NaN slice encountered'
    return np.argmax(np.where(np.isnan(a), -np.inf, a), axis=axis)


def nanquantile(a, q, axis=None, keepdims=False):
    """The quantile of what is not NaN; q is a number."""
    x = flat_or_rows(a, axis)
    count = np.sum(~np.isnan(x), axis=-1, keepdims=True)
    at = q * (np.maximum(count, 1) - 1)
    low = np.floor(at).astype(np.int64)
    part = at - low
    below = np.take_along_axis(x, low, axis=-1)
    above = np.take_along_axis(x, np.minimum(low + 1, np.maximum(count, 1) - 1), axis=-1)
    step = above - below
    value = np.where(part >= 0.5, above - step * (1 - part), below + step * part)
    value = np.where(step == 0, below, value)
    return keep_axis(column(value.astype(a.dtype), 0), a, axis, keepdims)


def nanpercentile(a, q, axis=None, keepdims=False):
    """`nanquantile` with q in percent."""
    return nanquantile(a, q / 100, axis, keepdims)


def nanmedian(a, axis=None, keepdims=False):
    """The median of what is not NaN."""
    return nanquantile(a, 0.5, axis, keepdims)


def nancumsum(a, axis=None):
    """Running sums in which NaN counts as 0."""
    return cumsum(np.where(np.isnan(a), 0, a), axis=axis)


def nancumprod(a, axis=None):
    """Running products in which NaN counts as 1."""
    return cumprod(np.where(np.isnan(a), 1, a), axis=axis)


def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    """The covariance matrix of the rows (or columns) of m: f64[n, n]. Of a 1-D m, its variance."""
    x = np.atleast_2d(m)
    x = x if rowvar or np.ndim(m) == 1 else x.T
    if y is not None:
        other = np.atleast_2d(y)
        x = np.concatenate((x, other if rowvar or np.ndim(y) == 1 else other.T))
    free = (0 if bias else 1) if ddof is None else ddof
    centred = x - np.mean(x, axis=1, keepdims=True)
    result = centred @ np.conj(centred.T) / max(x.shape[1] - free, 0)
    if np.ndim(m) == 1 and y is None:
        return np.asarray(result[0, 0])
    return result


def corrcoef(x, y=None, rowvar=True):
    """Pearson's correlation coefficients of the rows."""
    c = cov(x, y, rowvar)
    if c.ndim == 0:
        return c / c
    scale = np.sqrt(np.diag(c).real)
    return np.clip(c / scale[:, np.newaxis] / scale[np.newaxis, :], -1, 1)
