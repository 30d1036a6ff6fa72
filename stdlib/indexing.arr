"""Taking and putting elements by position."""
import numpy as np


def take(a, indices, axis=None):
    """The elements at `indices`, in C order or along an axis: the index's axes stand in place of that axis."""
    if axis is None:
        return np.ravel(a)[indices]
    along = axis if axis >= 0 else axis + a.ndim
    part = a[(slice(None),) * along + (indices,)]
    # One position gives a view.
    return part.copy() if np.ndim(indices) == 0 else part


def along_axis(arr, indices, axis):
    """The index arrays of `take_along_axis`."""
    at = axis if axis >= 0 else axis + arr.ndim
    assert arr.ndim == indices.ndim, '`indices` and `arr` must have the same number of dimensions'
    result = ()
    here = 0
    for size in arr.shape:
        if here == at:
            result += (indices,)
        else:
            result += (np.arange(size).reshape((1,) * here + (size,) + (1,) * (arr.ndim - 1 - here)),)
        here += 1
    return result


def take_along_axis(arr, indices, axis=-1):
    """Elements at `indices` along an axis, which go with the other axes one to one: what argsort and argmax give."""
    return arr[along_axis(arr, indices, axis)]


def put_along_axis(arr, indices, values, axis):
    """Stores where `take_along_axis` reads."""
    arr[along_axis(arr, indices, axis)] = values


def put(a, ind, v, mode='raise'):
    """Stores v at positions in C order; v is repeated as often as needed."""
    assert mode == 'raise', "put knows the mode 'raise' only"
    at = np.ravel(np.asarray(ind))
    values = np.ravel(np.atleast_1d(v))
    if len(at) > 0:
        repeated = values[np.arange(len(at)) % len(values)]
        a[unravel_index(np.where(at < 0, at + a.size, at), a.shape)] = repeated


def putmask(a, mask, values):
    """Stores values where the mask is true: those at the same positions, repeated as often as needed."""
    if np.ndim(values) == 0:
        a[mask] = values
    else:
        flat = np.ravel(values)
        a[mask] = flat[np.flatnonzero(mask) % len(flat)]


def compress(condition, a, axis=None):
    """The elements, or the parts along an axis, where the 1-D condition is true. It may be shorter than the axis."""
    return take(a, np.flatnonzero(condition), axis=axis)


def extract(condition, arr):
    """The elements where the condition is true, in C order."""
    return np.ravel(arr)[np.flatnonzero(condition)]


def choose(a, choices):
    """For each element i of `a` the element of choices[i] there."""
    assert np.all((a >= 0) & (a < len(choices))), 'invalid entry in choice array'
    result = np.where(a == 0, choices[0], choices[0])
    number = 0
    for choice in choices:
        result = np.where(a == number, choice, result)
        number += 1
    return result


def diag_indices(n, ndim=2):
    """The positions of the main diagonal."""
    return (np.arange(n),) * ndim


def tril_indices(n, k=0, m=None):
    """The positions of the lower triangle of an n x m matrix."""
    return np.nonzero(np.tri(n, m, k, dtype=bool))


def triu_indices(n, k=0, m=None):
    """The positions of the upper triangle of an n x m matrix."""
    return np.nonzero(~np.tri(n, m, k - 1, dtype=bool))


def unravel_index(indices, shape):
    """Positions in C order as one array of positions for each axis."""
    result = ()
    rest = indices
    for size in shape[:0:-1]:
        result = (rest % size,) + result
        rest = rest // size
    return (rest,) + result


def ravel_multi_index(multi_index, dims):
    """One array of positions for each axis as positions in C order."""
    result = multi_index[0]
    at = 0
    for size in dims:
        if at > 0:
            result = result * size + multi_index[at]
        at += 1
    return result


def indices(dimensions):
    """The positions of a grid: one array of the whole shape for each axis."""
    parts = ()
    here = 0
    for size in dimensions:
        along = np.arange(size).reshape((1,) * here + (size,) + (1,) * (len(dimensions) - 1 - here))
        parts += (np.broadcast_to(along, dimensions),)
        here += 1
    return np.stack(parts)


def ix__of(args):
    """1-D arrays as an index of the grid that they span."""
    result = ()
    here = 0
    for x in args:
        positions = np.flatnonzero(x) if x.dtype == bool else x
        result += (positions.reshape((1,) * here + (len(positions),) + (1,) * (len(args) - 1 - here)),)
        here += 1
    return result
