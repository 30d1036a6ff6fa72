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
