"""Loops over elements: nests that become array expressions, and those that must keep their order."""
import numpy as np

T = f32 | f64 | i64
N = i8 | i32 | u8 | u16 | f32 | f64

def scaled(x: T[n, m], a: int) -> T[n, m]:
    y = np.empty((n, m), dtype=T)
    for i in range(n):
        for j in range(m):
            y[i, j] = x[i, j] * a + i - j
    return y

def transposed(x: T[n, m]) -> T[m, n]:
    y = np.empty((m, n), dtype=T)
    for i in range(n):
        for j in range(m):
            y[j, i] = x[i, j]
    return y

def outer(x: T[n], y: T[m]) -> T[n, m]:
    d = np.zeros((n, m), dtype=T)
    for i in range(n):
        for j in range(m):
            d[i, j] = x[i] - 2 * y[j]
    return d

def cityblock(x: T[n, k], y: T[m, k]) -> T[n, m]:
    d = np.empty((n, m), dtype=T)
    for i in prange(n):
        for j in range(m):
            r = T(0)
            for l in range(k):
                r += abs(x[i, l] - y[j, l])
            d[i, j] = r
    return d

def chebyshev(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    d = np.empty((n, m))
    for i in prange(n):
        for j in range(m):
            r = 0.
            for l in range(k):
                r = max(r, abs(x[i, l] - y[j, l]))
            d[i, j] = r
    return d

#: tol 16
def cosine(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    d = np.empty((n, m))
    for i in range(n):
        for j in range(m):
            xy = 0.
            xx = 1.
            yy = 1.
            for l in range(k):
                xy += x[i, l] * y[j, l]
                xx += x[i, l] * x[i, l]
                yy += y[j, l] * y[j, l]
            d[i, j] = 1 - xy / np.sqrt(xx * yy)
    return d

def matmul_ijl(x: T[n, k], y: T[k, m]) -> T[n, m]:
    c = np.zeros((n, m), dtype=T)
    for i in range(n):
        for j in range(m):
            for l in range(k):
                c[i, j] += x[i, l] * y[l, j]
    return c

def matmul_lij(x: T[n, k], y: T[k, m]) -> T[n, m]:
    c = np.ones((n, m), dtype=T)
    for l in range(k):
        for i in range(n):
            for j in range(m):
                c[i, j] += x[i, l] * y[l, j]
    return c

def update_argument(x: T[n, k], c: T[n]):
    for i in range(n):
        for l in range(k):
            c[i] -= x[i, l]

def column_sums(x: T[n, k]) -> T[k]:
    s = np.zeros(k, dtype=T)
    for i in range(n):
        for j in range(k):
            s[j] += x[i, j]
    return s

def column_extremes(x: i32[n, k], lo: i32[k], hi: i32[k]):
    for i in range(n):
        for j in range(k):
            lo[j] = min(lo[j], x[i, j])
            hi[j] = max(hi[j], x[i, j])

def total(x: T[n, m]):
    s = T(1)
    for i in range(n):
        for j in range(m):
            s += x[i, j]
    return s

#: tol 64
def several_totals(x: f64[n]):
    s = 0.
    p = 1.
    c = 0
    m = -np.inf
    for i in range(n):
        s += x[i]
        s -= 2 * x[i] * x[i]
        p *= 1 + x[i] / 100
        c += 2
        m = max(m, x[i])
    return s, p, c, m

def extremes(x: N[n]):
    lo = N(7)
    hi = N(7)
    for i in range(n):
        lo = min(lo, x[i])
        hi = max(hi, x[i])
    return lo, hi

#: special x
def extremes_of_special(x: f64[n], start: f64):
    lo = start
    hi = start
    first = start
    for i in range(n):
        lo = min(lo, x[i])
        hi = max(hi, x[i])
        if x[i] > first:
            first = x[i]
    return lo, hi, first

#: special x
def element_first(x: f64[n]):
    lo = np.inf
    for i in range(n):
        lo = min(x[i], lo)
    return lo

#: special x
def numpy_extremes(x: f64[n]):
    lo = np.inf
    hi = -np.inf
    for i in range(n):
        lo = np.minimum(lo, x[i])
        hi = np.maximum(x[i], hi)
    return lo, hi

def bits(x: u8[n, k]):
    a = u8(255)
    o = u8(0)
    e = u8(1)
    for i in range(n):
        for j in range(k):
            a &= x[i, j]
            o |= x[i, j]
            e ^= x[i, j]
    return a, o, e

def flags(x: f64[n]):
    some = False
    every = True
    for i in range(n):
        some = some or x[i] > 8
        every = every and x[i] > -9
    return some, every

def conditional(x: f64[n], y: f64[n]):
    s = 0.
    c = 0
    for i in range(n):
        if x[i] > y[i]:
            s += x[i]
            c += 1
        elif x[i] < 0:
            s -= y[i]
    return s, c

def conditional_nest(x: f64[n, k], y: f64[n]):
    s = 0.
    for i in range(n):
        if y[i] > 0:
            for j in range(k):
                if x[i, j] < y[i]:
                    s += x[i, j] * y[i]
    return s

def clipped(x: T[n]) -> T[n]:
    y = np.zeros_like(x)
    for i in range(n):
        if x[i] > 2:
            y[i] = 2
        elif x[i] < -2:
            y[i] = -2
        else:
            y[i] = x[i]
    return y

def in_place(x: f64[n]):
    for i in range(n):
        x[i] = x[i] * x[i]
        if x[i] > 9:
            x[i] -= 9

def stored_only_sometimes(x: f64[n], y: f64[n]):
    for i in range(n):
        if x[i] > 0:
            y[i] = np.sqrt(x[i])

def guarded_neighbours(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    for i in range(n):
        left = x[i - 1] if i > 0 else 0.
        right = x[i + 1] if i < n - 1 else 0.
        y[i] = left + right
    return y

def stencil(u: f64[n, m]) -> f64[n, m]:
    v = u.copy()
    for i in range(1, n - 1):
        for j in range(1, m - 1):
            v[i, j] = u[i, j] + 0.25 * (u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1] - 4 * u[i, j])
    return v

#: steps in 0..4
def swapped_stencil(u: f64[n, m], steps: int) -> f64[n, m]:
    a = u.copy()
    b = u.copy()
    for t in range(steps):
        for i in range(1, n - 1):
            for j in range(1, m - 1):
                b[i, j] = 0.5 * a[i, j] + 0.125 * (a[i - 1, j] + a[i + 1, j] + a[i, j - 1] + a[i, j + 1])
        a, b = b, a
    return a

def seidel(x: f64[n, m]):
    for i in range(1, n - 1):
        for j in range(1, m - 1):
            x[i, j] = 0.25 * (x[i - 1, j] + x[i + 1, j] + x[i, j - 1] + x[i, j + 1])

def shift_down(x: f64[n]):
    for i in range(n - 1):
        x[i] = x[i + 1]

def shift_up(x: f64[n]):
    for i in range(n - 1):
        x[i + 1] = x[i]

def shift_up_backwards(x: f64[n]):
    for i in range(n - 2, -1, -1):
        x[i + 1] = x[i]

def reversed_in_place(x: i64[n]):
    for i in range(n // 2):
        t = x[i]
        x[i] = x[n - 1 - i]
        x[n - 1 - i] = t

def halves(x: f64[2 * n]):
    for i in range(n):
        x[i] = x[n + i] + 1

def pairs(x: f64[2 * n]):
    for i in range(n):
        x[2 * i] = x[2 * i + 1] - x[2 * i]

def accumulated(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    s = 0.
    for i in range(n):
        s += x[i]
        y[i] = s
    return y

def scan_in_place(x: f64[n]):
    for i in range(1, n):
        x[i] += x[i - 1]

def reads_what_it_sums(x: f64[n, m], c: f64[n]):
    for i in range(n):
        for j in range(m):
            c[i] += x[i, j] * c[i]

def last_wins(x: f64[n, m]) -> f64[n]:
    y = np.zeros(n)
    for i in range(n):
        for j in range(m):
            y[i] = x[i, j]
    return y

def two_statements(x: f64[n], y: f64[n]) -> f64[n]:
    z = np.zeros(n)
    for i in range(n):
        y[i] = x[i] + 1
        z[i] = y[i] * 2
        y[i] = z[i] - x[i]
    return z

def later_element(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    z = np.zeros(n)
    for i in range(n - 1):
        y[i] = x[i]
        z[i] = y[i + 1]
    return z

def earlier_element(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    z = np.zeros(n)
    for i in range(1, n):
        y[i] = x[i]
        z[i] = y[i - 1]
    return z

def triangular(x: f64[n, n]) -> f64[n]:
    r = np.zeros(n)
    for i in range(n):
        for j in range(i + 1):
            r[i] += x[i, j]
    return r

def upper(x: f64[n, n]):
    for i in range(n):
        for j in range(i + 1, n):
            x[i, j] = x[j, i]

def diagonal(x: f64[n, n]) -> f64[n]:
    d = np.zeros(n)
    for i in range(n):
        d[i] = x[i, i] + x[n - 1 - i, i]
    return d

def trace(x: f64[n, n]):
    s = 0.
    for i in range(n):
        s += x[i, i]
    return s

def convolve(x: f64[n], w: f64[k]) -> f64[n + k]:
    y = np.zeros(n + k)
    for i in range(n):
        for j in range(k):
            y[i + j] += x[i] * w[j]
    return y

def steps(x: f64[3 * n + 2]) -> f64[n]:
    y = np.zeros(n)
    for i in range(0, 3 * n, 3):
        y[i // 3] = x[i] + x[i + 2]
    return y

def backwards(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    for i in range(n - 1, -1, -2):
        y[i] = x[n - 1 - i] + i
    return y

def row_expressions(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    d = np.empty((n, m))
    for i in range(n):
        for j in range(m):
            d[i, j] = np.abs(x[i] - y[j]).sum()
    return d

def rows_scaled(x: f64[n, k], a: f64[n]) -> f64[n, k]:
    y = np.empty((n, k))
    for i in range(n):
        y[i] = x[i] * a[i] + 1
    return y

def rows_summed(x: f64[n, k]) -> f64[k]:
    s = np.zeros(k)
    for i in range(n):
        s += x[i]
    return s

#: tol 16
def rows_normalised(x: f64[n, k]):
    for i in range(n):
        x[i] -= x[i].sum() / k

def temporaries(x: f64[n, k]) -> f64[n]:
    r = np.zeros(n)
    for i in range(n):
        t = x[i] * 2
        u = t + 1
        r[i] = (t * u).sum()
    return r

#: tol 64
def pair_energy(x: f64[n, k]):
    e = 0.
    for i in range(n):
        for j in range(n):
            r = 1.
            for l in range(k):
                r += (x[i, l] - x[j, l]) ** 2
            e += 1 / r
    return e

#: m in 0..3
def runtime_bound(x: f64[n], m: int):
    s = 0.
    for i in range(m):
        s += x[i]
    return s

def index_of_first(x: f64[n]):
    for i in range(n):
        if x[i] > 3:
            return i
    return -1

def counters(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    i = 0
    j = n
    for v in x:
        j -= 1
        y[j] = v * i
        i += 1
    return y

def while_counter(x: f64[n]):
    s = 0.
    i = 0
    while i < n:
        s += x[i]
        i += 1
    return s, i

def while_steps(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    i = n - 1
    while i >= 0:
        y[i] = x[i] + 1
        i -= 3
    return y

def while_ends_early(x: f64[n]):
    s = 0.
    i = 0
    while i < n and x[i] < 5:
        s += x[i]
        i += 1
    return s, i

def broken(x: f64[n, m]) -> i64[n]:
    r = np.zeros(n, dtype=i64)
    for i in range(n):
        for j in range(m):
            if x[i, j] > 2:
                r[i] = j
                break
    return r

def of_views(x: f64[n, m]) -> f64[n]:
    r = np.zeros(n)
    t = x[::-1, ::2]
    for i in range(t.shape[0]):
        for j in range(t.shape[1]):
            r[i] += t[i, j]
    return r

def overlapping_views(x: f64[n]):
    a = x[1:]
    b = x[:-1]
    for i in range(len(a)):
        a[i] = b[i] + 1

def same_array_twice(x: f64[n]) -> f64[n]:
    y = x
    for i in range(n - 1):
        y[i] = x[i + 1] * 2
    return x + 0

def casts(x: i32[n]) -> f32[n]:
    y = np.zeros(n, dtype=f32)
    for i in range(n):
        y[i] = float(x[i]) / (i + 1)
    return y

def complex_sum(x: c128[n], y: c128[n]):
    s = 0j
    for i in range(n):
        s += x[i] * y[i].conj()
    return s

def bool_elements(x: bool[n, m]) -> bool[n]:
    r = np.zeros(n, dtype=bool)
    for i in range(n):
        for j in range(m):
            r[i] |= x[i, j]
    return r

def no_iterations(x: f64[n]) -> f64[n]:
    y = x + 0
    for i in range(5, 2):
        y[i] = 7
    for i in range(0):
        y[i] = 8
    return y
