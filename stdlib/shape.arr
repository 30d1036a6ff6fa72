"""Joining and turning arrays."""
import numpy as np


def concatenate(arrays, axis=0, dtype=None):
    """Joins a tuple of arrays along an axis; their other sizes are equal."""
    first = arrays[0]
    along = axis if axis >= 0 else axis + first.ndim
    total = 0
    for a in arrays:
        total += a.shape[along]
    shape = first.shape[:along] + (total,) + first.shape[along + 1:]
    out = np.empty(shape, dtype=np.result_type(arrays) if dtype is None else dtype)
    rows = np.moveaxis(out, along, 0)
    start = 0
    for a in arrays:
        stop = start + a.shape[along]
        rows[start:stop] = np.moveaxis(a, along, 0)
        start = stop
    return out


def stack(arrays, axis=0, dtype=None):
    """Joins a tuple of arrays of one shape along a new axis."""
    parts = ()
    for a in arrays:
        parts += (np.expand_dims(a, axis),)
    return concatenate(parts, axis=axis, dtype=dtype)


def vstack(tup, dtype=None):
    """Joins arrays as rows: 1-D arrays are one row each."""
    parts = ()
    for a in tup:
        parts += (np.atleast_2d(a),)
    return concatenate(parts, axis=0, dtype=dtype)


def hstack(tup, dtype=None):
    """Joins arrays side by side: 1-D arrays end to end."""
    parts = ()
    for a in tup:
        parts += (np.atleast_1d(a),)
    return concatenate(parts, axis=0 if parts[0].ndim == 1 else 1, dtype=dtype)


def flip(m, axis=None):
    """A view with the order of elements reversed along an axis; along all of up to four axes without one."""
    if axis is not None:
        return np.moveaxis(np.moveaxis(m, axis, 0)[::-1], 0, axis)
    if m.ndim == 1:
        return m[::-1]
    if m.ndim == 2:
        return m[::-1, ::-1]
    if m.ndim == 3:
        return m[::-1, ::-1, ::-1]
    assert m.ndim == 4, 'flip of more than four axes needs `axis`'
    return m[::-1, ::-1, ::-1, ::-1]
