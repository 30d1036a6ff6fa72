"""Idioms of Python that meet arrays: arrays that shrink, names that are swapped, early returns, generic helpers."""
import numpy as np

T = f32 | f64
N = i32 | i64 | f64
EPS = 1e-9
WEIGHTS = (1, 4, 6, 4, 1)
STEPS = 3

#: n = 0 1 5 12
def halve_until_one(x: N[n]) -> N[:]:
    while len(x) > 1:
        if len(x) % 2 == 1:
            x = x[:-1]
        x = x[::2] + x[1::2]
    return x

#: n = 0 1 5 12
def remove_smallest(x: i64[n]) -> i64:
    count = 0
    while x.size > 2:
        x = x[x > x.min()]
        count += 1
    return count

#: n = 0 1 5 12
def sieve_by_masks(n: i64) -> i64[:]:
    numbers = np.arange(2, 30)
    primes = np.zeros(10, dtype=np.int64)
    k = 0
    while numbers.size > 0:
        p = numbers[0]
        primes[k] = p
        k += 1
        numbers = numbers[numbers % p != 0]
    return primes[:k]

#: n = 0 1 5 12
def ping_pong(x: T[n]) -> T[n]:
    a, b = x.copy(), np.zeros_like(x)
    for step in range(STEPS):
        b[:] = a[::-1] + step
        a, b = b, a
    return a - b

def find(x, value):
    for i in range(len(x)):
        if x[i] == value:
            return i
    return -1

#: n = 0 1 5 12
#: x in -2..2
def find_several(x: i64[n]) -> tuple[i64, i64, bool]:
    first = find(x, 0)
    second = find(x[::-1], 1)
    return first, second, find(x, 77) < 0

#: n = 0 1 5 12
def search_with_else(x: i64[n]) -> i64:
    for i in range(n):
        if x[i] > 5:
            found = i
            break
    else:
        found = -1
    return found

#: n = 0 1 5 12
def guarded_scan(x: f64[n]) -> i64:
    i = 0
    while i < n and x[i] <= 3:
        i += 1
    return i

#: n = 1 5 12
def two_pointers(x: i64[n]) -> tuple[i64, i64]:
    lo, hi = 0, n - 1
    best = -1
    while lo < hi:
        area = (hi - lo) * min(abs(x[lo]) % 10, abs(x[hi]) % 10)
        best = max(best, area)
        if x[lo] < x[hi]:
            lo += 1
        else:
            hi -= 1
    return best, lo

def smooth(x, weights=WEIGHTS, normalise=True):
    half = len(weights) // 2
    out = np.zeros_like(x)
    for k, w in enumerate(weights):
        lo, hi = max(0, half - k), min(len(x), len(x) + half - k)
        if hi > lo:
            out[lo:hi] += w * x[lo - half + k:hi - half + k]
    return out / sum(weights) if normalise else out

#: n = 0 1 5 12
def smoothed(x: f64[n]) -> f64[n]:
    return smooth(x, normalise=False) + smooth(x, weights=(1, 2, 1))

def apply_twice(f, x):
    return f(f(x))

#: n = 0 1 5 12
def lambdas(x: N[n], k: i64) -> N[n]:
    add = lambda v: v + 2
    return apply_twice(add, x) * apply_twice(lambda v: v - 1, x)

#: n = 0 1 5
def min_and_max(x: f64[n + 1]) -> tuple[f64, f64]:
    lo = hi = x[0]
    for v in x[1:]:
        if v < lo:
            lo = v
        elif v > hi:
            hi = v
    return lo, hi

#: n = 0 1 5
def nested_tuples(x: f64[n + 1]):
    (lo, hi), mean = min_and_max(x), x.sum()
    return (lo, hi), mean * 2

#: n = 1 5
#: m = 1 4
def rows_as_vectors(x: f64[n, m]) -> f64[n]:
    out = np.empty(n)
    for i, row in enumerate(x):
        a, b = row[0], row[-1]
        out[i] = a if a > b else b - a
    return out

#: n = 1 5
#: m = 1 4
def update_rows(x: f64[n, m]):
    for row in x:
        row *= 2
        row[0] += 1

#: n = 1 5
def zip_three(a: i64[n], b: f64[n], c: u8[n]) -> f64:
    total = 0.0
    for p, q, r in zip(a, b, c):
        total += q * (p % 7) + r
    return total

#: n = 1 5
def chained(x: i64[n], lo: i64, hi: i64) -> i64:
    count = 0
    for v in x:
        if lo < v <= hi or hi < v < lo:
            count += 1
        elif not lo == v != hi:
            count -= 1
    return count

def depth(k: int, limit: int = 3) -> int:
    return 0 if k <= 0 or limit == 0 else 1 + depth(k // 2, limit - 1)

#: k in 0..20
def recursive(k: int) -> int:
    return depth(k) * 10 + depth(k, limit=9)

#: x in 0..12
def ackermann_like(x: u8) -> i64:
    return hanoi(int(x), 0, 2)

#: n in 0..6
#: source in 0..0
#: target in 2..2
def hanoi(n: int, source: int, target: int) -> int:
    if n == 0:
        return 0
    spare = 3 - source - target
    return hanoi(n - 1, source, spare) + 1 + hanoi(n - 1, spare, target)

def write_both(a, b):
    a += 1
    b[:] = a * 2

#: n = 2 5 12
def aliases_in_calls(x: i64[n]) -> i64[n]:
    write_both(x[1:], x[:-1])
    write_both(x, x)
    y = x
    y[0] = 5
    return x + y

#: n = 0 1 5
def by_kind(x: N[n]) -> N:
    s = N(0)
    for v in x:
        s += v * 2
    return s

#: n = 0 1 5
def mean_or_zero(x: T[n]) -> T:
    return x.mean() if n else T(0)

#: n = 1 5
def normal_form(x: T[n]) -> T[n]:
    s = abs(x).max()
    if s < EPS:
        return x
    return np.floor(x / s)

#: n = 1 5
def bits(x: u64[n]) -> tuple[u64[n], i64[n]]:
    y = x ^ (x >> 12)
    y ^= y << 25
    y ^= y >> 27
    z = y * 2685821657736338717
    return z, (z >> 60).astype(np.int64)

#: n = 0 1 7
def every_third(x: i64[n]) -> i64:
    total = 0
    for i in range(n - 1, -1, -3):
        if i % 2:
            continue
        total += x[i] * i
    return total

#: n = 0 1 7
def fizz(x: i64[n]) -> i64[n]:
    out = x.copy()
    for i in range(1, n + 1):
        out[i - 1] = -15 if i % 15 == 0 else -5 if i % 5 == 0 else -3 if i % 3 == 0 else i
    return out

#: n = 1 4
def matrix_power(x: i64[n, n], k: u8) -> i64[n, n]:
    result = np.eye(n, dtype=np.int64)
    base = x.copy()
    e = int(k)
    while e:
        if e & 1:
            result = result @ base
        base = base @ base
        e >>= 1
    return result

#: n = 0 1 6
def select_case(x: f64[n]) -> f64[n]:
    return np.select([x < -2, x < 2], [x * 2, -x], default=7.0)

#: n = 1 6
def divmod_and_mod(x: i64[n], d: i64) -> tuple[i64[n], i64[n], i64]:
    q, r = divmod(x, 7)
    return q, r, x[0] // d * d + x[0] % d

#: n = 1 6
def moving_window(x: i64[n]) -> i64:
    best = x[0]
    for size in range(1, 4):
        for start in range(0, n - size + 1):
            window = x[start:start + size]
            if window.sum() > best:
                best = window.sum()
    return best

#: n = 2 6
def complex_numbers(z: c128[n]) -> tuple[f64[n], c128, bool]:
    z = z * 2 - 1j
    return z.real - z.imag, z.conj().sum(), (z == z.conj()).any()

#: n = 1 6
def in_place_views(x: i64[n, n]) -> i64[n]:
    d = np.einsum('ii->i', x)
    d += 1
    x.T[0] -= x[:, -1]
    x[::-1, 0][:] = d
    return d

#: n = 1 6
def logic_short_circuit(x: i64[n], i: i64) -> bool:
    return 0 <= i < n and x[i] > 0 or n > 5 and not x[n - 1]

def unpack_shape(x: f64[n, m]) -> tuple[int, int, int]:
    rows, cols = x.shape
    total = x.size + x.ndim
    return rows, cols, total

def pairs_of_tuples(x: f64[n]) -> f64:
    total = x.sum()
    for (i, w), name in zip(((1, 3.0), (2, 5.0)), (0.5, 2.0)):
        total += i * w * name
    for w, v in zip(WEIGHTS, (x, 2 * x)):
        total += (w * v).sum()
    return total
