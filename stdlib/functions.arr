"""Elementwise functions that are combinations of others."""
import numpy as np


def deg2rad(x):
    """Degrees to radians."""
    return x * (np.pi / 180)


def rad2deg(x):
    """Radians to degrees."""
    return x * (180 / np.pi)


def radians(x):
    """Degrees to radians."""
    return deg2rad(x)


def degrees(x):
    """Radians to degrees."""
    return rad2deg(x)


def sinc(x):
    """sin(pi x) / (pi x), and 1 at 0."""
    y = np.pi * np.where(x == 0, 1e-20, x)
    return np.sin(y) / y


def gcd(x1, x2):
    """The greatest common divisor."""
    a = np.abs(x1)
    b = np.abs(x2)
    if np.ndim(a) == 0 and np.ndim(b) == 0:
        while b != 0:
            rest = a % b
            a = b
            b = rest
        return a
    kind = np.result_type(x1, x2)
    x = np.where(b == b, a, a).astype(kind)
    y = np.where(a == a, b, b).astype(kind)
    while np.any(y != 0):
        rest = np.where(y != 0, x % y, 0)
        x = np.where(y != 0, y, x)
        y = rest
    return x


def lcm(x1, x2):
    """The least common multiple."""
    divisor = gcd(x1, x2)
    return np.where(divisor == 0, 0, np.abs(x1 // np.maximum(divisor, 1) * x2))


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """Numbers in place of NaN and infinities: by default 0 and the largest finite ones."""
    if x.dtype == f32 or x.dtype == f64:
        most = 1.7976931348623157e308 if x.dtype == f64 else 3.4028234663852886e38
        high = most if posinf is None else posinf
        low = -most if neginf is None else neginf
        return np.where(np.isnan(x), nan, np.where(x == np.inf, high, np.where(x == -np.inf, low, x)))
    return x.copy()


def float_power(x1, x2):
    """Powers, at least in f64."""
    return np.power(x1 * np.float64(1), x2 * np.float64(1))


def unwrap(p, period=2 * np.pi, axis=-1):
    """Jumps by more than half a period made smaller by whole periods."""
    x = np.moveaxis(p, axis, 0)
    out = x.copy()
    step = np.diff(x, axis=0)
    half = period / 2
    rest = (step + half) % period - half
    rest = np.where((rest == -half) & (step > 0), half, rest)
    correction = np.where(np.abs(step) < half, 0, rest - step)
    out[1:] = x[1:] + np.cumsum(correction, axis=0)
    return np.moveaxis(out, 0, axis)


def polyval(p, x):
    """The polynomial with coefficients p, highest power first, at x."""
    # A Python scalar counts as an array here: i64 or f64.
    kind = np.result_type(p, np.array([x]) if np.ndim(x) == 0 else x)
    y = kind(0) if np.ndim(x) == 0 else np.zeros(x.shape, dtype=kind)
    for i in range(len(p)):
        y = y * x + p[i]
    return y


def modf(x):
    """The fractional and the integral part, both with the sign of x."""
    whole = np.trunc(x)
    return np.copysign(np.where(np.isinf(x), 0, x - whole), x), whole
