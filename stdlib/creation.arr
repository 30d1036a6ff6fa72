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
