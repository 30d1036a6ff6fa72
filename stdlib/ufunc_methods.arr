"""The methods of ufuncs: `np.add.reduce`, `np.multiply.outer`, `np.maximum.accumulate`."""
import numpy as np


def add_reduce(array, axis=0, dtype=None, keepdims=False):
    """Along an axis (None: all): sums."""
    return np.sum(array, axis=axis, dtype=dtype, keepdims=keepdims)


def multiply_reduce(array, axis=0, dtype=None, keepdims=False):
    """Along an axis (None: all): products."""
    return np.prod(array, axis=axis, dtype=dtype, keepdims=keepdims)


def maximum_reduce(array, axis=0, keepdims=False):
    """Along an axis (None: all): largest elements."""
    return np.max(array, axis=axis, keepdims=keepdims)


def minimum_reduce(array, axis=0, keepdims=False):
    """Along an axis (None: all): smallest elements."""
    return np.min(array, axis=axis, keepdims=keepdims)


def logical_and_reduce(array, axis=0, keepdims=False):
    """Along an axis (None: all): whether all are true."""
    return np.all(array, axis=axis, keepdims=keepdims)


def logical_or_reduce(array, axis=0, keepdims=False):
    """Along an axis (None: all): whether any is true."""
    return np.any(array, axis=axis, keepdims=keepdims)


def add_accumulate(array, axis=0, dtype=None):
    """Running sums."""
    return np.cumsum(array, axis=axis, dtype=dtype)


def multiply_accumulate(array, axis=0, dtype=None):
    """Running products."""
    return np.cumprod(array, axis=axis, dtype=dtype)


def accumulate(array, axis, combine):
    """Running results of a function of two rows."""
    out = np.moveaxis(array, axis, 0).copy()
    for i in range(1, len(out)):
        out[i] = combine(out[i - 1], out[i])
    return np.moveaxis(out, 0, axis)


def maximum_accumulate(array, axis=0):
    """Running maxima."""
    return accumulate(array, axis, np.maximum)


def minimum_accumulate(array, axis=0):
    """Running minima."""
    return accumulate(array, axis, np.minimum)


def outer(a, b, combine):
    """A function of all pairs."""
    return combine(np.asarray(a).reshape(np.shape(a) + (1,) * np.ndim(b)), b)


def add_outer(A, B):
    """`np.add` of all pairs."""
    return outer(A, B, np.add)


def subtract_outer(A, B):
    """`np.subtract` of all pairs."""
    return outer(A, B, np.subtract)


def multiply_outer(A, B):
    """`np.multiply` of all pairs."""
    return outer(A, B, np.multiply)


def divide_outer(A, B):
    """`np.divide` of all pairs."""
    return outer(A, B, np.divide)


def maximum_outer(A, B):
    """`np.maximum` of all pairs."""
    return outer(A, B, np.maximum)


def minimum_outer(A, B):
    """`np.minimum` of all pairs."""
    return outer(A, B, np.minimum)


def power_outer(A, B):
    """`np.power` of all pairs."""
    return outer(A, B, np.power)


def hypot_outer(A, B):
    """`np.hypot` of all pairs."""
    return outer(A, B, np.hypot)


def equal_outer(A, B):
    """`np.equal` of all pairs."""
    return outer(A, B, np.equal)


def less_outer(A, B):
    """`np.less` of all pairs."""
    return outer(A, B, np.less)


def greater_outer(A, B):
    """`np.greater` of all pairs."""
    return outer(A, B, np.greater)
