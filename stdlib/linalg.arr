"""Linear algebra that needs no LAPACK."""
import numpy as np


def linalg_norm(x, ord=None, axis=None, keepdims=False):
    """The norm of all elements or along an axis, by default the 2-norm; integers give f64."""
    y = np.abs(x * 1.0)
    if ord is None:
        return np.sqrt((y * y).sum(axis=axis, keepdims=keepdims))
    if axis is None and x.ndim == 2:
        assert not keepdims, 'norms of matrices with `ord` have no `keepdims`'
        return matrix_norm(y, ord)
    if ord == 2:
        return np.sqrt((y * y).sum(axis=axis, keepdims=keepdims))
    if ord == np.inf:
        return y.max(axis=axis, keepdims=keepdims)
    if ord == -np.inf:
        return y.min(axis=axis, keepdims=keepdims)
    if ord == 0:
        return (y != 0).astype(y.dtype).sum(axis=axis, keepdims=keepdims)
    if ord == 1:
        return y.sum(axis=axis, keepdims=keepdims)
    return (y ** ord).sum(axis=axis, keepdims=keepdims) ** (1 / ord)


def matrix_norm(y, ord):
    """Frobenius' norm, or the largest (1, inf) or least (-1, -inf) sum of a column or row."""
    if ord == 'fro':
        return np.sqrt((y * y).sum())
    if ord == 1:
        return y.sum(axis=0).max()
    if ord == -1:
        return y.sum(axis=0).min()
    if ord == np.inf:
        return y.sum(axis=1).max()
    assert ord == -np.inf, 'the norms of matrices are `fro`, 1, -1, inf and -inf'
    return y.sum(axis=1).min()
