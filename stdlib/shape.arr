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


def fliplr(m):
    """A view with the columns in reversed order."""
    return m[:, ::-1]


def flipud(m):
    """A view with the rows in reversed order."""
    return m[::-1]


def rot90(m, k=1, axes=(0, 1)):
    """A view turned by 90 degrees k times, from the first axis towards the second."""
    if k % 4 == 0:
        return m
    if k % 4 == 2:
        return flip(flip(m, axes[0]), axes[1])
    if k % 4 == 1:
        return np.swapaxes(flip(m, axes[1]), axes[0], axes[1])
    return flip(np.swapaxes(m, axes[0], axes[1]), axes[1])


def tile(A, reps):
    """The array repeated along its axes, or along new leading ones."""
    if np.ndim(reps) == 0 and np.ndim(A) == 1:
        return tile_all(A, (reps,))
    times = (reps,) if np.ndim(reps) == 0 else reps
    if np.ndim(A) == 0:
        return tile_all(np.asarray(A).reshape((1,) * len(times)), times)
    if len(times) > A.ndim:
        return tile_all(A.reshape((1,) * (len(times) - A.ndim) + A.shape), times)
    return tile_all(A, (1,) * (A.ndim - len(times)) + times)


def tile_all(x, reps):
    """Tiles with one number for each axis: the repetitions are axes of their own, and then joined."""
    split_shape = ()
    wide_shape = ()
    shape = ()
    at = 0
    for size in x.shape:
        split_shape += (1, size)
        wide_shape += (reps[at], size)
        shape += (reps[at] * size,)
        at += 1
    return np.broadcast_to(x.reshape(split_shape), wide_shape).copy().reshape(shape)


def repeat(a, repeats, axis=None):
    """Each element, or each part along an axis, repeated: a number of times for all, or one for each."""
    if axis is None:
        flat = np.ravel(np.atleast_1d(a))
        return flat[repeated_positions(len(flat), repeats)]
    along = axis if axis >= 0 else axis + a.ndim
    return a[(slice(None),) * along + (repeated_positions(a.shape[along], repeats),)]


def repeated_positions(n, repeats):
    """0 ... n - 1, each repeated."""
    if np.ndim(repeats) == 0:
        return np.arange(n * repeats) // repeats
    return np.searchsorted(np.cumsum(repeats), np.arange(np.sum(repeats)), side='right')


def roll(a, shift, axis=None):
    """The elements moved on by `shift`, those beyond the end to the beginning: in C order, or along axes."""
    if axis is None:
        return roll_rows(np.ravel(a), shift).reshape(a.shape)
    if np.ndim(axis) == 0:
        return roll_along(a, shift, axis)
    x = a
    at = 0
    for each in axis:
        x = roll_along(x, shift if np.ndim(shift) == 0 else shift[at], each)
        at += 1
    return x


def roll_along(x, shift, axis):
    """Rolls along one axis."""
    return np.moveaxis(roll_rows(np.moveaxis(x, axis, 0), shift), 0, axis)


def roll_rows(x, shift):
    """Rolls along the first axis."""
    n = len(x)
    by = shift % n if n > 0 else 0
    out = np.empty(x.shape, dtype=x.dtype)
    out[by:] = x[:n - by]
    out[:by] = x[n - by:]
    return out


def pad(array, pad_width, mode='constant', constant_values=0):
    """The array with `pad_width` more elements before and after, along all axes or ((before, after), ...)."""
    x = array
    at = 0
    for _ in array.shape:
        if np.ndim(pad_width) == 0:
            before = pad_width
            after = pad_width
        elif np.ndim(pad_width) == 1:
            before = pad_width[0]
            after = pad_width[-1]
        else:
            before = pad_width[at if len(pad_width) > 1 else 0][0]
            after = pad_width[at if len(pad_width) > 1 else 0][-1]
        x = np.moveaxis(pad_rows(np.moveaxis(x, at, 0), before, after, mode, constant_values), 0, at)
        at += 1
    return x


def pad_rows(x, before, after, mode, constant_values):
    """Pads along the first axis."""
    n = len(x)
    if mode == 'constant':
        first = constant_values if np.ndim(constant_values) == 0 else constant_values[0]
        last = constant_values if np.ndim(constant_values) == 0 else constant_values[-1]
        out = np.empty((before + n + after,) + x.shape[1:], dtype=x.dtype)
        out[:before] = first
        out[before:before + n] = x
        out[before + n:] = last
        return out
    at = np.arange(-before, n + after)
    if mode == 'edge':
        return x[np.clip(at, 0, n - 1)]
    if mode == 'wrap':
        return x[at % n]
    if mode == 'symmetric':
        at = at % (2 * n)
        return x[np.where(at < n, at, 2 * n - 1 - at)]
    assert mode == 'reflect', "the modes of pad are 'constant', 'edge', 'reflect', 'symmetric' and 'wrap'"
    at = at % max(2 * (n - 1), 1)
    return x[np.where(at < n, at, 2 * (n - 1) - at)]


def split(ary, indices_or_sections, axis=0):
    """A tuple of views: equal parts along an axis, or the parts between given positions."""
    if np.ndim(indices_or_sections) == 0:
        assert ary.shape[axis] % indices_or_sections == 0, 'array split does not result in an equal division'
    return array_split(ary, indices_or_sections, axis)


def array_split(ary, indices_or_sections, axis=0):
    """As `split`; the first parts may be one longer."""
    rows = np.moveaxis(ary, axis, 0)
    n = len(rows)
    result = ()
    start = 0
    if np.ndim(indices_or_sections) == 0:
        number = 0
        for _ in (0,) * indices_or_sections:
            length = n // indices_or_sections + (1 if number < n % indices_or_sections else 0)
            result += (np.moveaxis(rows[start:start + length], 0, axis),)
            start = start + length
            number += 1
        return result
    for stop in indices_or_sections:
        result += (np.moveaxis(rows[start:stop], 0, axis),)
        start = stop
    return result + (np.moveaxis(rows[start:], 0, axis),)


def hsplit(ary, indices_or_sections):
    """`split` along the second axis, or the only one."""
    return split(ary, indices_or_sections, 0 if ary.ndim == 1 else 1)


def vsplit(ary, indices_or_sections):
    """`split` along the first axis."""
    return split(ary, indices_or_sections, 0)


def dstack(tup):
    """Joins arrays along a third axis."""
    parts = ()
    for a in tup:
        if np.ndim(a) < 2:
            parts += (np.atleast_2d(a)[:, :, np.newaxis],)
        else:
            parts += (a[:, :, np.newaxis] if a.ndim == 2 else a,)
    return concatenate(parts, axis=2)


def column_stack(tup):
    """Joins arrays side by side: 1-D arrays are columns."""
    parts = ()
    for a in tup:
        parts += (a[:, np.newaxis] if np.ndim(a) == 1 else a,)
    return concatenate(parts, axis=1)


def append(arr, values, axis=None):
    """The array with values after it."""
    if axis is None:
        return concatenate((np.ravel(arr), np.ravel(np.atleast_1d(values))))
    return concatenate((arr, values), axis=axis)


def insert(arr, obj, values, axis=None):
    """The array with values before position `obj`, a number."""
    if axis is None:
        return insert_rows(np.ravel(arr), obj, values)
    return np.moveaxis(insert_rows(np.moveaxis(arr, axis, 0), obj, values), 0, axis)


def insert_rows(rows, obj, values):
    """Inserts along the first axis."""
    at = obj if obj >= 0 else obj + len(rows)
    count = len(values) if np.ndim(values) == rows.ndim else 1
    out = np.empty((len(rows) + count,) + rows.shape[1:], dtype=rows.dtype)
    out[:at] = rows[:at]
    out[at:at + count] = values
    out[at + count:] = rows[at:]
    return out


def delete(arr, obj, axis=None):
    """The array without position `obj`, or without several of them."""
    if axis is None:
        flat = np.ravel(arr)
        return flat[all_but(flat.size, obj)]
    along = axis if axis >= 0 else axis + arr.ndim
    return arr[(slice(None),) * along + (all_but(arr.shape[along], obj),)]


def all_but(n, obj):
    """A mask that is false at some positions."""
    keep = np.ones(n, dtype=bool)
    keep[obj] = False
    return keep


def resize(a, new_shape):
    """The elements in C order, repeated as often as the new shape needs."""
    flat = np.ravel(a)
    out = np.empty(new_shape, dtype=a.dtype)
    return flat[np.arange(out.size) % max(len(flat), 1)].reshape(out.shape)


def meshgrid_of(xi, indexing='xy'):
    """The grid that 1-D arrays span: one array of the whole shape for each. With 'xy' the first two axes are swapped."""
    shape = ()
    for x in xi:
        shape += (np.size(x),)
    result = ()
    here = 0
    for x in xi:
        along = np.ravel(x).reshape((1,) * here + (np.size(x),) + (1,) * (len(xi) - 1 - here))
        grid = np.broadcast_to(along, shape)
        if indexing == 'xy' and len(xi) > 1:
            grid = np.swapaxes(grid, 0, 1)
        result += (grid.copy(),)
        here += 1
    return result


def atleast_3d(ary):
    """The array with at least three axes: of a matrix the last one is new, of a vector the first and the last."""
    if np.ndim(ary) >= 3:
        return ary
    if np.ndim(ary) == 2:
        return ary[:, :, np.newaxis]
    return np.atleast_1d(ary)[np.newaxis, :, np.newaxis]


def trim_zeros(filt, trim='fb'):
    """A view without the zeros at the front ('f') and back ('b')."""
    some = np.flatnonzero(filt)
    first = 0
    last = len(filt)
    if len(some) > 0:
        first = some[0] if trim == 'fb' or trim == 'f' else 0
        last = some[-1] + 1 if trim == 'fb' or trim == 'b' else len(filt)
    else:
        last = 0
    return filt[first:last]


def apply_along_axis(func1d, axis, arr):
    """A function of 1-D arrays for each of them along an axis; it gives a number or a 1-D array."""
    rows = np.moveaxis(arr, axis, -1)
    table = rows.reshape(rows.size // rows.shape[-1], rows.shape[-1])
    first = func1d(table[0])
    if np.ndim(first) == 0:
        out = np.empty(table.shape[0], dtype=np.array([first]).dtype)
        for i in range(len(table)):
            out[i] = func1d(table[i])
        return out.reshape(rows.shape[:-1])
    results = np.empty((table.shape[0], len(first)), dtype=first.dtype)
    for i in range(len(table)):
        results[i] = func1d(table[i])
    return np.moveaxis(results.reshape(rows.shape[:-1] + (len(first),)), -1, axis)
