"""Comparing arrays as wholes."""
import numpy as np


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Elementwise: is |a - b| <= atol + rtol * |b|? Infinities are close to themselves only."""
    near = np.isfinite(b) & (np.abs(a - b) <= atol + rtol * np.abs(b)) | (a == b)
    if equal_nan:
        return near | np.isnan(a) & np.isnan(b)
    return near


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Are all elements close?"""
    return np.all(isclose(a, b, rtol=rtol, atol=atol, equal_nan=equal_nan))


def array_equal(a1, a2):
    """Same shape and elements?"""
    if a1.ndim != a2.ndim:
        return False
    if a1.shape != a2.shape:
        return False
    return np.all(a1 == a2)
