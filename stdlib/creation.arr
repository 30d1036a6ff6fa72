"""Arrays from a rule."""
import numpy as np


def eye(N, M=None, k=0, dtype=float):
    """Ones on the k-th diagonal of an N x M matrix."""
    columns = N if M is None else M
    return (np.arange(columns)[np.newaxis, :] == np.arange(N)[:, np.newaxis] + k).astype(dtype)


def identity(n, dtype=float):
    """The n x n matrix with ones on its diagonal."""
    return eye(n, dtype=dtype)


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    """`num` evenly spaced numbers from `start` to `stop`, which is exact. Integers give f64."""
    kind = np.result_type(start, stop, 1.0)
    steps = num - 1 if endpoint else num
    # In two steps: a fused multiply-add would give other bits than NumPy's.
    values = np.arange(num).astype(kind) * ((stop - start) / max(steps, 1))
    values += start
    if endpoint and num > 1:
        values[-1] = stop
    return values if dtype is None else values.astype(dtype)


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None):
    """Powers of `base` with evenly spaced exponents."""
    values = base ** linspace(start, stop, num, endpoint)
    return values if dtype is None else values.astype(dtype)


def geomspace(start, stop, num=50, endpoint=True, dtype=None):
    """Numbers from `start` to `stop`, both exact, with a constant ratio."""
    sign = -1.0 if start < 0 else 1.0
    values = sign * logspace(np.log10(sign * start), np.log10(sign * stop), num, endpoint)
    if num > 0:
        values[0] = start
        if endpoint and num > 1:
            values[num - 1] = stop
    return values if dtype is None else values.astype(dtype)


def window(M, a, b, c):
    """a + b cos + c cos of the double angle over M points."""
    n = np.arange(1 - M, M, 2).astype(f64)
    angle = np.pi * n / max(M - 1, 1)
    return a + b * np.cos(angle) + c * np.cos(2.0 * angle)


def hanning(M):
    """The Hanning window."""
    return window(M, 0.5, 0.5, 0.0)


def hamming(M):
    """The Hamming window."""
    return window(M, 0.54, 0.46, 0.0)


def blackman(M):
    """The Blackman window."""
    return window(M, 0.42, 0.5, 0.08)


def bartlett(M):
    """The triangular window that ends in zeros."""
    n = np.arange(1 - M, M, 2).astype(f64)
    return 1 - np.abs(n) / max(M - 1, 1)


def fromfunction(function, shape, dtype=float):
    """A function of the positions along each axis, called once with arrays of all of them; up to four axes."""
    at = np.indices(shape).astype(dtype)
    if len(shape) == 1:
        return function(at[0])
    if len(shape) == 2:
        return function(at[0], at[1])
    if len(shape) == 3:
        return function(at[0], at[1], at[2])
    assert len(shape) == 4, 'fromfunction knows up to four axes'
    return function(at[0], at[1], at[2], at[3])
