"""Indexing by integer arrays and boolean masks."""
import numpy as np

T = f64 | i32
Every = bool | i8 | u16 | f32 | c128
Ints = i8 | u8 | i16 | u16 | i32 | u32 | i64 | u64

#: n = 1 2 9 33
#: idx in -n..n-1
def one_axis(x: T[n], idx: i64[m]) -> T[m]:
    return x[idx]

#: n = 1 7 40
#: idx in 0..n-1
def index_dtypes(x: f64[n], idx: Ints[m]) -> f64[m]:
    return x[idx]

#: n = 1 3
#: idx in -n..n-1
def dtypes(x: Every[n], idx: i64[m]) -> Every[m]:
    return x[idx]

#: n = 1 2 9 33
#: idx in -n..n-1
def rows(x: T[n, k], idx: i64[m]):
    return x[idx], x[idx, :], x[idx, ...]

#: k = 1 2 9 33
#: idx in -k..k-1
def columns(x: T[n, k], idx: i64[m]):
    return x[:, idx], x[..., idx], x[::2, idx], x[::-1, idx]

#: n = 1 2 9 33
#: k = 4
#: idx in -n..n-1
def with_slices(x: T[n, k], idx: i64[m]):
    return x[idx, 1:3], x[idx, ::-1], x[idx, 0], x[idx, None], x[None, idx], x[idx, None, -1]

#: n = 3 9
#: idx in -n..n-1
def pairs(x: T[n, n], idx: i64[m]):
    return x[idx, idx], x[idx[:, None], idx], x[idx, idx[:, None]], x[idx[None], idx[:, None]], x[idx, 2]

#: n = 3 5
#: idx in -n..n-1
def three_axes(x: T[n, n, n], idx: i64[m]):
    return x[idx, :, idx], x[:, idx, idx], x[idx, idx], x[idx, 1, :], x[0, :, idx], x[:, 0, idx], x[idx, ..., idx], x[idx, :, 1:2]

#: n = 3 5
#: idx in -n..n-1
def separated(x: T[n, n], idx: i64[m]):
    return x[idx, ..., idx], x[idx, None, idx], x[None, idx, idx], x[..., idx, idx]

#: n = 3 5
#: i in -n..n-1
def two_dimensional(x: T[n, k], i: i32[m, 2]):
    return x[i], x[i, :], x[i, 1:], x[None, i]

#: n = 3 5
#: k = 3
#: i in -3..2
def two_dimensional_columns(x: T[n, k], i: i32[m, 2]):
    return x[:, i], x[i[..., 0], i[..., 1]], x[i, i], x[i[0:0], i]

#: n = 4 9
def lists(x: T[n]):
    return x[[0, 2]], x[[-1, 0, 0]], x[[]], x[[[0, 1], [2, 3]]], x[[True, False, True, True]] if n == 4 else x[[0]]

#: n = 3 9
#: idx in 0..n-1
def fused(x: f64[n], idx: i64[m]):
    return 2 * x[idx] + 1, x[(idx + 1) % n], (x * x)[idx], x[idx].sum(), np.sqrt(np.abs(x[n - 1 - idx]))

#: n = 4
#: idx in 0..n-1
def broadcast_source(x: f64[n], idx: i64[m]):
    return np.broadcast_to(x[:, None], (n, 3))[idx], x[::-1][idx], x[::2][idx // 2]

#: n = 5
#: idx in 0..n-1
def of_result(x: f64[n], idx: i64[m]):
    return x[idx][idx[:0]], x[idx][::2], x[idx][None]

#: n = 5
#: idx in 0..n-1
def in_loop(x: f64[n, k], idx: i64[m]) -> f64[m, k]:
    out = np.empty((m, k))
    for j in range(m):
        out[j] = x[idx[j:j + 1]][0]
    return out

#: n = 9
#: idx in 0..n-1
def in_prange(x: f64[n, k], idx: i64[m]) -> f64[m]:
    out = np.empty(m)
    for j in prange(m):
        out[j] = x[idx[:j + 1]].sum()
    return out

#: call (arange(3.), array([0, 5, 9])) raises IndexError: index 5 is out of bounds for axis 0 with size 3
#: call (arange(3.), array([0, -4])) raises IndexError: index -4 is out of bounds for axis 0 with size 3
#: call (arange(0.), array([0])) raises IndexError: index 0 is out of bounds for axis 0 with size 0
#: call (arange(0.), zeros(0, 'i8'))
#: only calls
def out_of_bounds(x: f64[n], idx: i64[m]) -> f64[m]:
    return x[idx]

#: call (ones((2, 3)), array([0, 1]), array([2, 3])) raises IndexError: index 3 is out of bounds for axis 1 with size 3
#: call (ones((2, 3)), array([0, 1]), array([2, 1, 0])) raises IndexError: shape mismatch: indexing arrays could not be broadcast together with shapes (2,) (3,)
#: call (ones((2, 3)), array([1]), array([2, 1, 0]))
#: call (ones((2, 3)), array([1, 0, 1]), array([2]))
#: only calls
def two_arrays(x: f64[n, k], i: i64[m], j: i64[l]):
    return x[i, j]

def masked(x: Every[n], mask: bool[n]):
    return x[mask], x[~mask]

def masked_rows(x: T[n, k], mask: bool[n]):
    return x[mask], x[mask, :], x[mask, 1:], x[mask, ::-1], x[mask, None]

def masked_columns(x: T[n, k], mask: bool[k]):
    return x[:, mask], x[..., mask], x[::2, mask]

def masked_all(x: T[n, k], mask: bool[n, k]):
    return x[mask], x[x > 2], x[mask & (x < 0)], x[None][:, mask], x[mask].sum()

#: n = 2 5
def masked_parts(x: T[n, k, m], mask: bool[n, k], last: bool[m]):
    return x[mask], x[mask, :], x[..., last], x[0, :, last], x[mask, -1:], x[:, :, last]

#: n = 3 7
#: idx in -n..n-1
def mask_and_index(x: T[n, 3], idx: i64[1]):
    return x[idx, np.array([True, False, True])], x[0, [True, True, False]], x[[False, True, True], 1] if n == 3 else x[idx, 0]

#: call (arange(3.), array([True, False])) raises IndexError: boolean index did not match indexed array along axis 0; size of axis is 3 but size of corresponding boolean axis is 2
#: only calls
def mask_size(x: f64[n], mask: bool[m]):
    return x[mask]

#: call (ones((3, 2)), array([True, False])) gives (ones((3, 1)))
#: call (ones((3, 2)), array([True, False, True])) raises IndexError: boolean index did not match indexed array along axis 1; size of axis is 2 but size of corresponding boolean axis is 3
#: only calls
def mask_size_columns(x: f64[n, k], mask: bool[m]):
    return x[:, mask]

def large_mask(x: f64[n]):
    return x[x > 0], x[(x > 0) & (x < 3)], x[x > 1000]

def positions(x: Every[n], y: T[n, k]):
    i, j = np.nonzero(y)
    return np.nonzero(x)[0], i, j, np.flatnonzero(y), np.argwhere(y), x.nonzero()[0], np.argwhere(x)

def positions_tuple(x: i32[n, m, k]):
    return np.nonzero(x)

#: n = 4 9
#: idx in -n..n-1
def put_scalar(x: Every[n], idx: i64[m]) -> None:
    x[idx] = 1

#: n = 4 9
#: idx in -n..n-1
def put_array(x: T[n], idx: i64[m], v: T[m]) -> None:
    x[idx] = v

#: n = 4 9
#: idx in -n..n-1
def put_expression(x: f64[n], idx: i64[m], v: f64[m]) -> None:
    x[idx] = 2 * v + x[idx]

#: n = 4 9
#: idx in -n..n-1
def put_rows(x: T[n, k], idx: i64[m], v: T[m, k], row: T[k]) -> None:
    x[idx] = v
    x[idx[:1]] = row
    x[idx, :2] = 3
    x[idx, -1:] = v[:, :1] + 1

#: k = 4 9
#: idx in -k..k-1
def put_columns(x: T[n, k], idx: i64[m], v: T[n, m], col: T[n]) -> None:
    x[:, idx] = v
    x[:, idx[:1]] = col[:, None]
    x[::2, idx] = 7
    x[::-1, idx] = v

#: n = 4 9
#: idx in -n..n-1
def put_pairs(x: T[n, n], idx: i64[m], v: T[m], w: T[m, m]) -> None:
    x[idx, idx] = v
    x[idx[:, None], idx] = w
    x[idx, 1] = v[::-1]
    x[0, idx] = 5

#: n = 3 5
#: idx in -n..n-1
def put_three_axes(x: i32[n, n, n], idx: i64[m], v: i32[m, n], w: i32[n, m]) -> None:
    x[idx, :, idx] = v
    x[:, idx, idx] = w
    x[:, idx, 0] = w
    x[idx, ..., 1] = v

#: n = 4 9
#: idx in -n..n-1
def update(x: T[n], idx: i64[m], v: T[m]) -> None:
    x[idx] += v
    x[idx] *= 2
    x[idx] -= x[idx]
    x[idx] += 1

#: n = 4 9
#: idx in -n..n-1
def update_rows(x: T[n, k], idx: i64[m], v: T[m, k], row: T[k]) -> None:
    x[idx] += v
    x[idx] -= row
    x[idx, 1:] *= 3
    x[idx, 1:2] += 1

#: n = 4 9
#: m = 0 1 3 4
#: idx in -n..n-1
def overlapping(x: f64[n], idx: i64[m]) -> None:
    x[idx] = x[:m]
    x[idx] = x[::-1][idx]

#: n = 4 9
#: x in -3..3
def own_indices(x: i64[n]) -> None:
    x[x] = x
    x[x % n] = x[::-1]
    x[x % n] += x

def put_masked(x: Every[n], mask: bool[n]) -> None:
    x[mask] = 1

def update_masked(x: T[n, k], mask: bool[n], all: bool[n, k]) -> None:
    x[mask] += 1
    x[all] *= 2
    x[x > 3] = -1
    x[x < 0] -= x[x < 0] + 1
    x[:, 1:][x[:, 1:] > 1] = 0
    x[mask, ::2] = 9

def put_masked_values(x: T[n, k], all: bool[n, k]) -> None:
    x[all] = np.arange(np.sum(all))
    x[~all] = x[~all] + 1
    x[all] = x[all][::-1]

#: call (zeros(3), array([0, 3]), ones(2)) raises IndexError: index 3 is out of bounds for axis 0 with size 3
#: call (zeros(3), array([0, 1]), ones(3)) raises ValueError: shape mismatch: value array of shape (3,) could not be broadcast to indexing result of shape (2,)
#: call (zeros(3), array([0, 1]), ones(1))
#: only calls
def put_errors(x: f64[n], idx: i64[m], v: f64[k]) -> None:
    x[idx] = v

#: call (zeros(3), array([True, False, True]), ones(3)) raises ValueError: NumPy boolean array indexing assignment cannot assign 3 input values to the 2 output values where the mask is true
#: call (zeros(3), array([True, False, True]), arange(2.))
#: only calls
def put_masked_errors(x: f64[n], mask: bool[n], v: f64[k]) -> None:
    x[mask] = v

#: n = 4 9
#: idx in -n..n-1
def at(x: T[n], idx: i64[m], v: T[m]) -> None:
    np.add.at(x, idx, v)
    np.subtract.at(x, idx, 1)
    np.multiply.at(x, idx, 2)
    np.maximum.at(x, idx, v[::-1])
    np.minimum.at(x, [0, 1], 3)

#: n = 4 9
#: idx in -n..n-1
def at_rows(x: T[n, n], idx: i64[m], v: T[m, n]) -> None:
    np.add.at(x, idx, v)
    np.add.at(x, (idx, idx), 1)
    np.add.at(x, (idx, 0), v[:, 0])

#: call (zeros(3), array([0, 0, 3]), ones(3)) raises IndexError: index 3 is out of bounds for axis 0 with size 3
#: only calls
def at_errors(x: f64[n], idx: i64[m], v: f64[m]) -> None:
    np.add.at(x, idx, v)

def where_one(x: T[n], y: i32[n, k]):
    i, j = np.where(y > 0)
    return np.where(x > 0)[0], i, j, y[np.where(y > 0)]
