"""Kernels called from Fortran."""
import numpy as np

T = f32 | f64


def cityblock(x: T[n, k], y: T[m, k]) -> T[n, m]:
    """Distances between rows."""
    return np.abs(x[:, np.newaxis, :] - y[np.newaxis, :, :]).sum(axis=2)


def scale(x: f64[n, m], factor: f64 = 0.5):
    """Multiplies x in place."""
    x *= factor


def extremes(x: f64[n]) -> tuple[f64, f64]:
    return x.min(), x.max()


def rotate(z: c128[n], w: c128) -> c128[n]:
    return z * w


def count(mask: bool[n, m]) -> i64:
    return np.count_nonzero(mask)


def fill(x: u8[n]) -> u8[n]:
    return x + 1


def element(x: f64[n], i: int) -> f64:
    return x[i]
