"""Differences, sums and products of neighbours."""
import numpy as np
import sorting


def diff(a, n=1, axis=-1, prepend=None, append=None):
    """The differences of neighbours along an axis, n times; of bools, whether they differ."""
    x = np.moveaxis(a, axis, 0)
    if prepend is not None:
        x = np.concatenate((as_rows(prepend, x, axis), x))
    if append is not None:
        x = np.concatenate((x, as_rows(append, x, axis)))
    for _ in range(n):
        x = x[1:] != x[:-1] if x.dtype == bool else x[1:] - x[:-1]
    return np.moveaxis(x, 0, axis)


def as_rows(value, x, axis):
    """What `diff` puts before or after: a scalar is one row."""
    if np.ndim(value) == 0:
        # A Python scalar counts as an array here: i64 or f64.
        row = np.empty((1,) + x.shape[1:], dtype=np.result_type(x, np.array([value])))
        row[...] = value
        return row
    return np.moveaxis(value, axis, 0)


def ediff1d(ary):
    """The differences of neighbours in C order."""
    x = np.ravel(ary)
    return x[1:] - x[:-1]


def gradient_along(f, spacing, axis):
    """Central differences inside, one-sided ones at both ends."""
    x = np.moveaxis(f.astype(np.result_type(f, 1.0)), axis, 0)
    out = np.empty(x.shape, dtype=x.dtype)
    assert len(x) >= 2, 'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.'
    if np.ndim(spacing) == 0:
        out[1:-1] = (x[2:] - x[:-2]) / (2.0 * spacing)
        out[0] = (x[1] - x[0]) / spacing
        out[-1] = (x[-1] - x[-2]) / spacing
    else:
        steps = np.diff(spacing).reshape((len(spacing) - 1,) + (1,) * (x.ndim - 1))
        before = steps[:-1]
        after = steps[1:]
        out[1:-1] = -after / (before * (before + after)) * x[:-2] + (after - before) / (before * after) * x[1:-1] + before / (after * (before + after)) * x[2:]
        out[0] = (x[1] - x[0]) / steps[0]
        out[-1] = (x[-1] - x[-2]) / steps[-1]
    return np.moveaxis(out, 0, axis)


def gradient(f, varargs=1.0, axis=None):
    """Central differences along an axis, or a tuple of them along all axes. The spacing is a number or positions."""
    if axis is not None:
        return gradient_along(f, varargs, axis)
    if f.ndim == 1:
        return gradient_along(f, varargs, 0)
    result = ()
    at = 0
    for _ in f.shape:
        result += (gradient_along(f, varargs, at),)
        at += 1
    return result


def trapezoid(y, x=None, dx=1.0, axis=-1):
    """The integral by the trapezoidal rule; x has the positions: 1-D, or the shape of y."""
    rows = np.moveaxis(y, axis, -1)
    if x is None:
        return (dx * (rows[..., 1:] + rows[..., :-1]) / 2.0).sum(axis=-1)
    positions = x if np.ndim(x) == 1 else np.moveaxis(x, axis, -1)
    steps = positions[..., 1:] - positions[..., :-1]
    return (steps * (rows[..., 1:] + rows[..., :-1]) / 2.0).sum(axis=-1)


def interp(x, xp, fp, left=None, right=None):
    """Piecewise linear interpolation between the points (xp[n], fp[n]), xp rising; constant outside."""
    assert len(xp) > 0, 'array of sample points is empty'
    n = len(xp)
    known = xp.astype(f64)
    values = fp.astype(np.result_type(fp, np.float64(0)))
    first = values[0] if left is None else left
    last = values[n - 1] if right is None else right
    if np.ndim(x) == 0:
        return interp_one(np.float64(x), known, values, first, last)
    wanted = np.ravel(x).astype(f64)
    out = np.empty(wanted.size, dtype=values.dtype)
    for i in prange(wanted.size, unchecked=True):
        out[i] = interp_one(wanted[i], known, values, first, last)
    return out.reshape(x.shape)


def interp_one(x, xp, fp, first, last):
    """One value of `interp`."""
    n = len(xp)
    result = fp[n - 1] + 0
    if x != x:
        result = fp[0] * 0 + x
    elif x < xp[0]:
        result = result * 0 + first
    elif x > xp[n - 1]:
        result = result * 0 + last
    elif x < xp[n - 1]:
        at = sorting.bisect(xp, x, True) - 1
        slope = (fp[at + 1] - fp[at]) / (xp[at + 1] - xp[at])
        result = slope * (x - xp[at]) + fp[at]
        if result != result:
            result = slope * (x - xp[at + 1]) + fp[at + 1]
            if result != result and fp[at] == fp[at + 1]:
                result = fp[at] + 0
    return result


def convolve(a, v, mode='full'):
    """The discrete convolution of a[n] and v[m]: n + m - 1 elements; 'same': max(n, m); 'valid': where they overlap fully."""
    assert len(a) > 0, 'a cannot be empty'
    assert len(v) > 0, 'v cannot be empty'
    if len(a) < len(v):
        return slide(v, a[::-1], mode)
    return slide(a, v[::-1], mode)


def correlate(a, v, mode='valid'):
    """The cross-correlation of a[n] and v[m]: sum over j of a[j + k] * conj(v[j])."""
    assert len(a) > 0, 'a cannot be empty'
    assert len(v) > 0, 'v cannot be empty'
    if len(a) < len(v):
        return slide(np.conj(v), a, mode)[::-1]
    return slide(a, np.conj(v), mode)


def slide(a, v, mode):
    """Products of the longer `a` with `v` at each of its places."""
    n = len(a)
    m = len(v)
    if mode == 'full':
        before = m - 1
        count = n + m - 1
    elif mode == 'same':
        before = m // 2
        count = n
    else:
        assert mode == 'valid', "mode must be one of 'full', 'same', or 'valid'"
        before = 0
        count = n - m + 1
    padded = np.zeros(n + 2 * (m - 1), dtype=np.result_type(a, v))
    padded[before:before + n] = a
    out = np.zeros(count, dtype=padded.dtype)
    block = 2048
    for b in prange((count + block - 1) // block, unchecked=True):
        part = out[b * block:(b + 1) * block]
        moved = padded[b * block:]
        for j in range(m):
            part += moved[j:j + len(part)] * v[j]
    return out
