"""Programs that index by arrays and masks, as NumPy users write them."""
import numpy as np

T = f64 | i32

#: n = 4 9
#: idx in -n..n-1
def written_between(x: f64[n], idx: i64[m]):
    y = x[idx]
    z = 2 * x[idx]
    x[0] = 100
    x += 1
    return y, z, x[idx] - y

#: n = 4 9
#: idx in -n..n-1
def swapped(x: T[n, k], i: i64[2]) -> None:
    x[i], x[i[::-1]] = x[i[::-1]], x[i]
    a = x[[0, 1]]
    x[[1, 0]] = a
    x[[0, 1]] = x[[1, 0]]

def statistics(x: f64[n]):
    y = x[x > 0]
    y += 1
    if y.size > 2:
        y = y[1:]
    return y, y.sum(), len(y), np.zeros(y.shape), y.shape[0], np.sort(y), (y * 2)[y > 3], x[x > 0].size

def until_empty(x: f64[n]):
    rounds = 0
    while x[x > 0].size > 0 and rounds < 5:
        x = x[x > 0] - 1
        rounds += 1
    return x, rounds

def sieve(n: int) -> i64[:]:
    limit = abs(n) % 200 + 2
    prime = np.ones(limit, dtype=bool)
    prime[:2] = False
    for i in range(2, limit):
        if prime[i]:
            prime[i * i::i] = False
    return np.nonzero(prime)[0]

#: labels in 0..4
def grouped(x: f64[n], labels: i64[n]):
    sums = np.zeros(5)
    counts = np.zeros(5, dtype=np.int64)
    np.add.at(sums, labels, x)
    np.add.at(counts, labels, 1)
    by_mask = np.zeros(5)
    for k in range(5):
        by_mask[k] = x[labels == k].sum()
    return sums, counts, by_mask, sums[labels] - x

#: labels in 0..3
def in_parallel(x: f64[n, m], labels: i64[n]):
    out = np.zeros((4, m))
    for k in prange(4):
        out[k] = x[labels == k].sum(axis=0)
    return out

#: n = 5 12
#: edges in 0..n-1
def graph(x: f64[n], edges: i64[m, 2]):
    flow = x[edges[:, 1]] - x[edges[:, 0]]
    total = np.zeros(n)
    np.add.at(total, edges[:, 0], flow)
    np.subtract.at(total, edges[:, 1], flow)
    return flow, total

#: n = 3 40
#: idx in 0..n-1
def conditional(x: f64[n], idx: i64[m], flag: bool):
    y = x[idx] if flag else x[x > 0]
    return y.sum(), x[idx].sum() if flag else x[~(x > 0)].sum()

#: n = 4 9
#: idx in -n..n-1
def operators(x: i32[n], b: bool[n], z: c128[n], idx: i64[m]) -> None:
    x[idx] //= 3
    x[idx] **= 2
    x[idx] %= 7
    x[idx] |= 8
    b[idx] |= True
    b[x[b] % n] ^= True
    z[idx] *= 1j
    z[b] += 2
    z[~b] = z[~b] + 1

#: n = 4 9
#: idx in 0..n-1
def one_byte_indices(x: f64[n], idx: i8[m], u: u64[m]):
    big = np.arange(300.0)
    return big[idx], big[np.arange(200, 300)], x[u % 3], big[-idx - 1]

#: n = 6 9
def views(x: f64[n, n]) -> None:
    y = x[::2, ::-1]
    y[[0, 1], [2, 0]] = 50
    y[:, [1]] += y[:, [0]]
    x.T[[0, 1]] = x[[2, 3]]
    x[1:][x[1:] > 3] = 3
    d = x[:, 0]
    d[d > 0] = -1

#: n = 6 9
def loops_over(x: f64[n, k]):
    total = np.zeros(k)
    for row in x[[0, 2, 4]]:
        total += row
    return total

#: n = 3 9
#: idx in 0..n-1
def called(x: f64[n], idx: i64[m]) -> f64[m]:
    return double(x[idx]) + helper(x, idx)

def double(a):
    a *= 2
    return a

def helper(x, idx):
    return x[idx]

def annotated(x: f64[n]) -> f64[:]:
    y: f64[:] = x[x < 2]
    return y * y.size

def top(x: f64[n]):
    order = np.argsort(-x, kind='stable')[:3]
    ranks = np.empty(n, dtype=np.int64)
    ranks[np.argsort(x, kind='stable')] = np.arange(n)
    return x[order], order, ranks

#: n = 7 30
def nearest(x: f64[n, 2], y: f64[m, 2]):
    d = ((x[:, None] - y[None]) ** 2).sum(axis=2)
    far = d > 4
    d[far] = 99
    return d, np.where(far)[0], x[far.any(axis=1)]

def clean(x: f64[n, k]):
    keep = ~np.any(x > 5, axis=1)
    y = x[keep]
    return y, y.mean(axis=0) if y.shape[0] > 0 else np.zeros(k), np.count_nonzero(keep), x[keep][:, 0]

def lookup(image: u8[n, m]):
    table = (np.arange(256) ** 2 % 251).astype(u8)
    return table[image], table[image[::2, ::-1]].sum()

def one_hot(n: int):
    size = abs(n) % 6 + 1
    out = np.zeros((size, 7))
    out[np.arange(size), np.arange(size) % 7] = 1
    return out, np.eye(7)[np.arange(size)]

def nonzero(x: f64[n]):
    return x[x != 0], np.where(x > 0)[0]

#: n = 4 9
def literal_values(x: T[n], y: T[n, 3]) -> None:
    x[[0, 1]] = [5, 6]
    x[[2]] = 7
    y[[0, 1], 2] = [8, 9]
    y[[0, 1]] = [1, 2, 3]
    y[[0, 1]] = [[1], [2]]
    y[[0, 1]] += [3, 2, 1]
    x += [[1, 2, 3, 4, 5, 6, 7, 8, 9][-1]]
    np.add.at(x, [0, 0], [1, 2])
    x[x > 6] = [1]

#: idx in 0..3
def rows_in_parallel(n: int, idx: i64[m]):
    out = np.zeros((8, 5))
    for k in prange(8):
        out[k, idx] = k
        out[k][idx[:1]] += 1
        row = out[k]
        row[row > 3] = -row[row > 3]
    return out

#: n = 3 7
def best(x: T[n, k]):
    return x[np.argsort(x[:, 0], kind='stable')[::-1][:2]], np.sort(x, axis=0)[::-1], x[np.argmax(x, axis=0)] if k > 0 else x

#: n = 3 7
#: idx in 0..2
def strides(x: T[n, n, 2], idx: i64[m]):
    return x.T[:, idx], x[::-1, ::2, ::-1][..., idx % 2], x.transpose(1, 0, 2)[idx, idx], x[:, ::-1][idx][:, idx]

#: n = 3 7
#: idx in 0..2
def fused_many(x: f64[n], y: f64[n, n], idx: i64[m]):
    a = x[idx] + y[idx, idx] * x[idx][::-1]
    b = (y[idx] @ x) + y[:, idx].sum(axis=0)
    c = np.exp(-np.abs(x[idx])).sum()
    d = y[idx][:, None] - y[None, idx]
    e = np.abs(y[idx][:, None] - y[None, idx]).sum(axis=2)
    return a, b, d.shape, e, np.maximum(x[idx], 0).max() if idx.size > 0 else 0.0

#: n = 4
#: idx in -4..3
def compound(x: i64[n], idx: i64[m]) -> None:
    x[x[idx] % n] += 1
    x[idx[::-1]] -= x[idx] * 2

def empties(x: f64[n], y: f64[0, 3]):
    none = np.zeros(0, dtype=np.int64)
    return x[none], y[none], y[:, [0, 2]], y[none, none], x[x != x], y[y > 0], np.zeros((3, 0))[[0, 1]], np.zeros((3, 0))[:, none]

def scalars_of_masks(x: f64[n]):
    total = 0.0
    for v in x[x > 0]:
        total += v
    return total, x[x > 0].mean() if np.any(x > 0) else 0.0, np.any(x[x > 0] > 2), np.count_nonzero(x > 1), np.sum(x > 1)

def nested_masks(x: f64[n]):
    y = x[x > -2]
    z = y[y < 2]
    z[z == 0] = 5
    y[y > 1] *= 10
    return x, y, z

#: tol 8
def interpolate_missing(x: f64[n]):
    y = np.where(x > 3, np.nan, x)
    good = ~np.isnan(y)
    if good.sum() > 1:
        y[~good] = np.interp(np.flatnonzero(~good), np.flatnonzero(good), y[good])
    return y

#: n = 3 7 20
#: idx in 0..2
def contracted(x: f64[n, n], y: f64[n, k], idx: i64[m]):
    return x[idx] @ y, x[:, idx] @ x[idx], x[idx] @ y[:, 0] if k > 0 else x[idx, 0], x[idx].sum(axis=0), x[idx, :].max(axis=1), np.einsum('ij,jk->ik', x[idx], y).sum(), (x @ y).sum(axis=1)[idx] + x[idx, idx]

#: n = 1 5 64
#: idx in 0..n-1
def stored_whole(x: f64[n], y: f64[n, n], idx: i64[n]) -> None:
    x[:] = x[idx]
    x += x[idx]
    x[1:] = x[idx[1:]] - x[:-1]
    y[:] = y[idx][:, idx] + y.T
    y[idx] = y.T

#: idx in 0..9
def counted_in_parallel(idx: i64[m]):
    counts = np.zeros(100, dtype=np.int64)
    for p in prange(m):
        np.add.at(counts, idx[p:p + 1] + 3, p)
    return counts
