"""Sorting, and searching in what is sorted. NaN comes last, as in NumPy; every sort is a stable merge sort."""
import numpy as np


def before(x, y):
    """Does x come strictly before y?"""
    if x.dtype == c64 or x.dtype == c128:
        a = x.real
        b = y.real
        if a == b or (np.isnan(a) and np.isnan(b)):
            c = x.imag
            d = y.imag
            return c < d or (c == c and d != d)
        # Numbers with a NaN part come after those without.
        return (a < b and (x.imag == x.imag or y.imag != y.imag)) or (a == a and b != b) or (a > b and x.imag == x.imag and y.imag != y.imag)
    return (x < y) | ((x == x) & (y != y))


def sort_row(row):
    """Sorts a 1-D array in place: blocks by insertion, then merges."""
    n = len(row)
    for start in range(0, n, 16):
        for i in range(start + 1, min(start + 16, n)):
            x = row[i]
            j = i
            while j > start and before(x, row[j - 1]):
                row[j] = row[j - 1]
                j -= 1
            row[j] = x
    if n <= 16:
        return
    other = np.empty(n, dtype=row.dtype)
    width = 16
    while width < n:
        other[:] = row
        for low in range(0, n, 2 * width):
            middle = min(low + width, n)
            high = min(low + 2 * width, n)
            i = low
            j = middle
            k = low
            # No branch depends on the elements.
            while i < middle and j < high:
                x = other[i]
                y = other[j]
                is_later = before(y, x)
                row[k] = np.where(is_later, y, x)
                i += 1 - int(is_later)
                j += int(is_later)
                k += 1
            row[k:k + middle - i] = other[i:middle]
            k += middle - i
            row[k:high] = other[j:high]
        width *= 2


def argsort_row(row, order):
    """Puts the positions of a 1-D array's elements in their sorted order into `order`."""
    n = len(row)
    keys = row.copy()
    for i in range(n):
        order[i] = i
    for start in range(0, n, 16):
        for i in range(start + 1, min(start + 16, n)):
            x = keys[i]
            at = order[i]
            j = i
            while j > start and before(x, keys[j - 1]):
                keys[j] = keys[j - 1]
                order[j] = order[j - 1]
                j -= 1
            keys[j] = x
            order[j] = at
    if n <= 16:
        return
    # The elements move along: what is compared stands together.
    other = np.empty(n, dtype=row.dtype)
    places = np.empty(n, dtype=np.int64)
    width = 16
    while width < n:
        other[:] = keys
        places[:] = order
        for low in range(0, n, 2 * width):
            middle = min(low + width, n)
            high = min(low + 2 * width, n)
            i = low
            j = middle
            k = low
            while i < middle and j < high:
                x = other[i]
                y = other[j]
                is_later = before(y, x)
                keys[k] = np.where(is_later, y, x)
                order[k] = np.where(is_later, places[j], places[i])
                i += 1 - int(is_later)
                j += int(is_later)
                k += 1
            rest = k + middle - i
            keys[k:rest] = other[i:middle]
            order[k:rest] = places[i:middle]
            keys[rest:high] = other[j:high]
            order[rest:high] = places[j:high]
        width *= 2


def sort(a, axis=-1, kind=None, stable=None):
    """A sorted copy, along an axis or, for None, of all elements."""
    if axis is None:
        flat = np.ravel(a).copy()
        sort_row(flat)
        return flat
    if a.ndim == 1:
        out = a.copy()
        sort_row(out)
        return out
    rows = np.moveaxis(a, axis, -1).copy()
    n = rows.shape[-1]
    table = rows.reshape(rows.size // max(n, 1), n) if n > 0 else rows.reshape(0, 0)
    for i in prange(table.shape[0], unchecked=True):
        sort_row(table[i])
    return np.moveaxis(table.reshape(rows.shape), -1, axis)


def argsort(a, axis=-1, kind=None, stable=None):
    """The positions that sort an array along an axis or, for None, all elements. Equal elements keep their order."""
    if axis is None:
        flat = np.ravel(a)
        positions = np.empty(flat.size, dtype=np.int64)
        argsort_row(flat, positions)
        return positions
    if a.ndim == 1:
        order = np.empty(len(a), dtype=np.int64)
        argsort_row(a, order)
        return order
    rows = np.moveaxis(a, axis, -1).copy()
    n = rows.shape[-1]
    table = rows.reshape(rows.size // max(n, 1), n) if n > 0 else rows.reshape(0, 0)
    out = np.empty(table.shape, dtype=np.int64)
    for i in prange(table.shape[0], unchecked=True):
        argsort_row(table[i], out[i])
    return np.moveaxis(out.reshape(rows.shape), -1, axis)


def ndarray_sort(a, axis=-1, kind=None, stable=None):
    """The method: sorts in place."""
    a[...] = sort(a, axis=axis)


def partition(a, kth, axis=-1, kind=None):
    """A copy in which the kth element is where sorting puts it, smaller ones before it and others after it."""
    return sort(a, axis=axis)


def argpartition(a, kth, axis=-1, kind=None):
    """The positions of `partition`."""
    return argsort(a, axis=axis)


def lexsort(keys):
    """The positions that sort by the last key, then by the one before it, ..."""
    order = np.arange(len(keys[0]))
    for key in keys:
        order = order[argsort(key[order])]
    return order


def bisect(a, x, right):
    """Where `x` keeps the sorted `a` sorted: before elements equal to it or, if `right`, after them."""
    low = 0
    high = len(a)
    while low < high:
        middle = (low + high) // 2
        if right:
            goes_on = not before(x, a[middle])
        else:
            goes_on = before(a[middle], x)
        if goes_on:
            low = middle + 1
        else:
            high = middle
    return low


def searchsorted(a, v, side='left', sorter=None):
    """Where each element of `v` keeps the sorted a[n] sorted: shape of v, i64."""
    kind = np.result_type(a, v)
    known = (a if sorter is None else a[sorter]).astype(kind)
    if np.ndim(v) == 0:
        return np.int64(bisect(known, kind(v), side == 'right'))
    wanted = np.ravel(v).astype(kind)
    out = np.empty(wanted.size, dtype=np.int64)
    for i in prange(wanted.size, unchecked=True):
        out[i] = bisect(known, wanted[i], side == 'right')
    return out.reshape(v.shape)


def digitize(x, bins, right=False):
    """The bin of each element: i such that bins[i - 1] <= x < bins[i]. Bins rise or fall; `right` moves the equality."""
    rising = searchsorted(bins, x, side='left' if right else 'right')
    falling = len(bins) - searchsorted(bins[::-1], x, side='left' if right else 'right')
    return np.where(len(bins) == 0 or bins[0] <= bins[-1], rising, falling)


def differs(x):
    """Where a sorted 1-D array changes: True for the first element, and no two NaN differ."""
    first = np.empty(len(x), dtype=bool)
    if len(x) > 0:
        first[0] = True
        first[1:] = (x[1:] != x[:-1]) & ((x[1:] == x[1:]) | (x[:-1] == x[:-1]))
    return first


def unique(ar, return_index=False, return_inverse=False, return_counts=False):
    """The sorted distinct elements; perhaps where each is first, which of them each element is, how many there are."""
    flat = np.ravel(ar)
    if not (return_index or return_inverse or return_counts):
        x = sort(flat)
        return x[differs(x)]
    order = argsort(flat)
    ordered = flat[order]
    first = differs(ordered)
    starts = np.flatnonzero(first)
    result = (ordered[starts],)
    if return_index:
        result += (order[starts],)
    if return_inverse:
        inverse = np.empty(flat.size, dtype=np.int64)
        inverse[order] = np.cumsum(first) - 1
        result += (inverse.reshape(ar.shape),)
    if return_counts:
        result += (np.diff(starts, append=flat.size),)
    return result


def isin(element, test_elements, assume_unique=False, invert=False):
    """Is each element among `test_elements`?"""
    known = sort(np.ravel(test_elements))
    at = searchsorted(known, element)
    if len(known) == 0:
        found = np.zeros(np.shape(element), dtype=bool)
    else:
        found = known[np.minimum(at, len(known) - 1)] == element
    return ~found if invert else found


def union1d(ar1, ar2):
    """The sorted elements of either array."""
    return unique(np.concatenate((np.ravel(ar1), np.ravel(ar2))))


def intersect1d(ar1, ar2, assume_unique=False):
    """The sorted elements of both arrays."""
    x = unique(ar1)
    return x[isin(x, ar2)]


def setdiff1d(ar1, ar2, assume_unique=False):
    """The sorted elements of the first array that are not in the second."""
    x = unique(ar1)
    return x[~isin(x, ar2)]


def setxor1d(ar1, ar2, assume_unique=False):
    """The sorted elements of exactly one of the arrays."""
    return union1d(setdiff1d(ar1, ar2), setdiff1d(ar2, ar1))


def bincount(x, weights=None, minlength=0):
    """How often each of 0, 1, ... occurs in x[n] or, with weights, the sum of its weights (f64)."""
    assert np.all(x >= 0), "'list' argument must have no negative elements"
    size = max(minlength, int(np.max(x)) + 1 if len(x) > 0 else 0)
    if weights is None:
        counts = np.zeros(size, dtype=np.int64)
        for i in range(len(x)):
            counts[x[i]] += 1
        return counts
    sums = np.zeros(size)
    for i in range(len(x)):
        sums[x[i]] += weights[i]
    return sums


def histogram_bin_edges(a, bins=10, range=None):
    """The edges of `histogram`."""
    if np.ndim(bins) == 1:
        return bins
    low = 0.0
    high = 1.0
    if range is not None:
        low = float(range[0])
        high = float(range[1])
    elif a.size > 0:
        low = float(np.min(a))
        high = float(np.max(a))
    if low == high:
        low -= 0.5
        high += 0.5
    return np.linspace(low, high, bins + 1).astype(np.result_type(a, 1.0))


def histogram(a, bins=10, range=None, density=None, weights=None):
    """How many elements are in each bin, and the bins' edges. Bins are half-open, the last one is closed."""
    x = np.ravel(a)
    edges = histogram_bin_edges(x, bins, range)
    count = len(edges) - 1
    kind = np.int64 if weights is None else np.result_type(weights)
    total = np.zeros(count, dtype=kind)
    each = None if weights is None else np.ravel(weights)
    at = searchsorted(edges, x, side='right')
    at = np.where(x == edges[count], count, at)
    for i in np.arange(x.size):
        if at[i] > 0 and at[i] <= count:
            total[at[i] - 1] += 1 if weights is None else each[i]
    if density:
        return total / np.diff(edges) / np.sum(total), edges
    return total, edges
