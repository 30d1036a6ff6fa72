"""Finding elements."""
import numpy as np


def flatnonzero(a):
    """Positions of what is not 0 (or True), in C order: a[...] -> i64[:]. Parallel over blocks that count first."""
    flat = np.ravel(a) != 0
    block = 16384
    blocks = (flat.size + block - 1) // block
    ends = np.zeros(blocks + 1, dtype=np.int64)
    for b in prange(blocks):
        ends[b + 1] = np.sum(flat[b * block:(b + 1) * block])
    for b in range(blocks):
        ends[b + 1] += ends[b]
    out = np.empty(ends[blocks], dtype=np.int64)
    for b in prange(blocks, unchecked=True):
        mine = out[ends[b]:ends[b + 1]]
        part = flat[b * block:(b + 1) * block]
        i = 0
        k = 0
        # Stored whether true or not: no branch depends on the elements.
        while k < len(mine):
            mine[k] = b * block + i
            k += int(part[i])
            i += 1
    return out


def nonzero(a):
    """For each axis, the positions of what is not 0 (or True), in C order."""
    rest = flatnonzero(a)
    if a.ndim == 1:
        return (rest,)
    parts = ()
    for size in a.shape[:0:-1]:
        parts = (rest % size,) + parts
        rest = rest // size
    return (rest,) + parts


def argwhere(a):
    """The positions of what is not 0 (or True): one row for each, one column for each axis."""
    return np.stack(nonzero(a), axis=1)
