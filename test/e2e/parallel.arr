"""prange: independent iterations, scalar and array reductions, private temporaries."""
import numpy as np

T = f32 | f64 | i64
N = i8 | i32 | i64 | u16 | f32 | f64

def elementwise(x: T[n]) -> T[n]:
    y = np.empty_like(x)
    for i in prange(n):
        y[i] = x[i] * 2 + 1
    return y

def two_d(x: T[n, k]) -> T[n, k]:
    y = np.empty((n, k), dtype=T)
    for i in prange(n):
        for j in range(k):
            y[i, j] = x[i, j] - i + j
    return y

def nested(x: T[n, k]) -> T[n, k]:
    y = np.zeros((n, k), dtype=T)
    for i in prange(n):
        for j in prange(k):
            y[i, j] = x[i, j] + i * j
    return y

def in_place(x: f64[n]):
    for i in prange(n):
        x[i] = x[i] * x[i]
        if x[i] > 9:
            x[i] -= 9

def rows(x: f64[n, k], y: f64[n]):
    for i in prange(n):
        y[i] = x[i].sum()

def row_stores(x: f64[n, k]) -> f64[n, k]:
    y = np.empty((n, k))
    for i in prange(n):
        y[i] = x[i] * 2
        y[i, ::2] += 1
    return y

def row_temporaries(x: f64[n, k]) -> f64[n]:
    y = np.empty(n)
    for i in prange(n):
        t = x[i] * 2
        t += 1
        u = np.zeros(3)
        u[0] = t.sum()
        u[1] = i
        y[i] = u.sum()
    return y

def sum_reduction(x: N[n]):
    s = N(0)
    for i in prange(n):
        s += x[i]
    return s

def weak_sum(x: f64[n]):
    s = 0.
    for i in prange(n):
        s += x[i]
    return s

def written_out(x: f64[n]) -> f64:
    s = 10.
    for i in prange(n):
        s = s + x[i]
    return s

def difference(x: f64[n]) -> f64:
    s = 100.
    for i in prange(n):
        s -= x[i]
    return s

#: x in 1..1
def product(x: f64[n]) -> f64:
    p = 3.
    for i in prange(n):
        p *= x[i]
    return p

def maximum(x: N[n]):
    m = N(0)
    for i in prange(n):
        m = max(m, x[i])
    return m

def minimum_conditional(x: f64[n]) -> f64:
    m = np.inf
    for i in prange(n):
        if x[i] > 0:
            m = min(m, x[i])
    return m

def conditional_sum(x: f64[n]):
    s = 0.
    c = 0
    for i in prange(n):
        if x[i] > 0:
            s += x[i]
            c += 1
        else:
            s -= 1
    return s, c

def bit_reductions(x: i32[n]):
    a = i32(-1)
    o = i32(0)
    e = i32(0)
    for i in prange(n):
        a &= x[i]
        o |= x[i]
        e ^= x[i]
    return a, o, e

def logical_reductions(x: f64[n]):
    some = False
    every = True
    for i in prange(n):
        some |= x[i] > 7
        every &= x[i] > -9
    return some, every

def several(x: f64[n, k]):
    s = 0.
    m = -np.inf
    for i in prange(n):
        for j in range(k):
            s += x[i, j]
            m = max(m, x[i, j])
    return s, m

#: x in 0..9
#: n = 0 1 77 1500 20011
def histogram(x: i64[n]) -> i64[10]:
    h = np.zeros(10, dtype=i64)
    for i in prange(n):
        h[x[i]] += 1
    return h

def array_reduction(x: f64[n, k]) -> f64[k]:
    s = np.zeros(k)
    for i in prange(n):
        s += x[i]
    return s

def array_reduction_elements(x: f64[n, k]) -> f64[k]:
    s = np.zeros(k)
    for i in prange(n):
        for j in range(k):
            s[j] += x[i, j]
    return s

def into_argument(x: f64[n, k], s: f64[k]):
    for i in prange(n):
        s += x[i]

#: p in 0..4
#: n = 0 3 600 1100 30001
def scatter(x: f64[n], p: i64[n], y: f64[5]):
    for i in prange(n):
        y[p[i]] += x[i]

def cityblock(x: T[n, k], y: T[m, k]) -> T[n, m]:
    d = np.empty((n, m), dtype=T)
    for i in prange(n):
        for j in range(m):
            r = T(0)
            for l in range(k):
                r += abs(x[i, l] - y[j, l])
            d[i, j] = r
    return d

def sqeuclidean(x: T[n, k], y: T[m, k]) -> T[n, m]:
    d = np.zeros((n, m), dtype=T)
    for i in prange(n):
        for j in range(m):
            for l in range(k):
                d[i, j] += (x[i, l] - y[j, l]) ** 2
    return d

def pair_rows(x: T[n, k], y: T[m, k]) -> T[n, m]:
    d = np.empty((n, m), dtype=T)
    for i in prange(n):
        for j in range(m):
            d[i, j] = ((x[i] - y[j]) ** 2).sum()
    return d

def matmul_loops(x: f64[n, k], y: f64[k, m]) -> f64[n, m]:
    c = np.zeros((n, m))
    for i in prange(n):
        for l in range(k):
            for j in range(m):
                c[i, j] += x[i, l] * y[l, j]
    return c

def triangular(n: int) -> i64[:, :]:
    m = n % 7 + 3
    a = np.zeros((m, m), dtype=i64)
    for i in prange(m):
        for j in range(i, m):
            a[i, j] = i * m + j
    return a

def blocks(x: f64[4 * n]):
    for b in prange(n):
        x[4 * b : 4 * b + 4] *= b + 1

def strided(x: f64[2 * n + 1]):
    for i in prange(n):
        x[2 * i] = x[2 * i + 1] + 1

def reads_neighbours(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    for i in prange(1, n - 1):
        y[i] = x[i - 1] + x[i] + x[i + 1]
    return y

#: a in -3..5
#: b in 0..40
def bounds(a: int, b: int) -> i64[:]:
    y = np.zeros(60, dtype=i64)
    for i in prange(a, b, 3):
        y[i + 3] = i * i
    return y

def stepping_down(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    for i in prange(n - 1, -1, -1):
        y[i] = x[i] + i
    return y

def inner_control(x: f64[n, k]) -> i64[n]:
    r = np.empty(n, dtype=i64)
    for i in prange(n):
        r[i] = -1
        for j in range(k):
            if x[i, j] < 0:
                continue
            if x[i, j] > 5:
                r[i] = j
                break
    return r

def inner_while(n: int) -> i64[:]:
    m = n % 50 + 10
    r = np.zeros(m, dtype=i64)
    for i in prange(m):
        v = i + 1
        c = 0
        while v != 1:
            v = v // 2 if v % 2 == 0 else 3 * v + 1
            c += 1
        r[i] = c
    return r

def helper(x: f64[k]) -> f64:
    s = 0.
    for i in range(k):
        s += x[i] * i
    return s

def calls(x: f64[n, k]) -> f64[n]:
    r = np.empty(n)
    for i in prange(n):
        r[i] = helper(x[i])
    return r

def permuted(p: i64[n]) -> f64[n]:
    y = np.zeros(n)
    for i in prange(n, unchecked=True):
        y[n - 1 - i] = i
    return y

#: n = 3 70
def failing_item(x: f64[n], m: int) -> f64:
    s = 0.
    for i in prange(n):
        s += x[i + abs(m) % 2]
    return s

#: call (array([1., 2., -3., 4., -5.])) raises AssertionError: item 2 is negative
#: only calls
def failing_assert(x: f64[n]) -> f64:
    s = 0.
    for i in prange(n):
        assert x[i] >= 0, 'item 2 is negative'
        s += x[i]
    return s

def heat(u: f64[n, n]) -> f64[n, n]:
    v = u.copy()
    for i in prange(1, n - 1):
        for j in range(1, n - 1):
            v[i, j] = u[i, j] + 0.25 * (u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1] - 4 * u[i, j])
    return v

def column_writes(x: f64[n, k]) -> f64[n, k]:
    y = np.empty_like(x)
    for j in prange(k):
        for i in range(n):
            y[i, j] = x[i, j] + (y[i - 1, j] if i > 0 else 0)
    return y

#: p in 0..m-1
#: n = 0 1 2 5 40 301
#: m = 1 4
def scatter_rows(x: f64[n, k], p: i64[n], s: f64[m, k]):
    for i in prange(n):
        s[p[i]] += x[i]

#: p in -3..2
#: n = 0 700 5000
def scatter_several(p: i64[n], x: f64[n]):
    count = np.zeros(3, dtype=i64)
    total = np.ones(3)
    s = 0.
    for i in prange(n):
        count[p[i]] += 1
        total[p[i]] -= x[i]
        s += x[i]
    return count, total, s

#: p in 0..7
#: n = 1 900 4000
def seen(p: i64[n]) -> bool[8]:
    r = np.zeros(8, dtype=bool)
    b = np.zeros(8, dtype=u16)
    for i in prange(n):
        r[p[i]] |= True
        if p[i] % 2 == 1:
            b[p[i]] ^= u16(5)
    return r ^ (b != 0)

#: p in 0..4
#: n = 3 130
def nested_histogram(p: i64[n, k]) -> i64[5]:
    h = np.zeros(5, dtype=i64)
    for i in prange(n):
        for j in prange(k):
            h[p[i, j]] += 1
    return h

#: call (array([0, 7] * 900), zeros(3)) raises IndexError: index 7 is out of bounds for axis 0 with size 3
#: only calls
def scatter_fails(p: i64[n], h: f64[m]):
    for i in prange(n):
        h[p[i]] += 1

#: n = 1 2 9
def same_condition(x: u8[n], q: f64):
    y = np.zeros(n)
    for i in prange(n):
        if x[-1] >= 5:
            y[i] = q
    return y
