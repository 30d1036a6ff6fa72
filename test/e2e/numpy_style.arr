"""Short answers to everyday questions, as they are given for NumPy: whole arrays, few loops."""
import numpy as np

T = f32 | f64

#: n = 2 3 20
def normalise_columns(x: T[n, m]) -> T[n, m]:
    lo = x.min(axis=0)
    span = x.max(axis=0) - lo
    return (x - lo) / np.where(span == 0, 1, span)

def differences(x: f64[n]) -> f64[:]:
    return np.diff(x)

#: n = 1 2 9
def ring_laplacian(x: f64[n]) -> f64[n]:
    return np.roll(x, 1) + np.roll(x, -1) - 2 * x

#: n = 1 2 9
def positive_part_sum(x: f64[n]) -> f64:
    return x[x > 0].sum()

#: n = 1 2 9
def set_negative_to_zero(x: T[n, m]):
    x[x < 0] = 0

#: rows in 0..n-1
#: n = 1 2 9
def pick_rows(x: f64[n, m], rows: i64[k]) -> f64[k, m]:
    return x[rows]

#: n = 1 2 9
#: labels in 0..2
def confusion(labels: i64[n], predicted: i64[n]) -> i64[3, 3]:
    table = np.zeros((3, 3), dtype=np.int64)
    np.add.at(table, (labels, np.abs(predicted) % 3), 1)
    return table

#: n = 2 3 9
def sorted_middle(x: f64[n]) -> f64:
    s = np.sort(x)
    return (s[(n - 1) // 2] + s[n // 2]) / 2

#: n = 1 2 9
def ranks(x: i64[n]) -> i64[n]:
    order = np.argsort(x, kind='stable')
    r = np.empty(n, dtype=np.int64)
    r[order] = np.arange(n)
    return r

#: n = 1 2 9
def top_three(x: i64[n + 2]) -> i64[3]:
    return np.sort(x)[::-1][:3]

#: n = 2 9
def chessboard(n: i64) -> i64[8, 8]:
    board = np.zeros((8, 8), dtype=np.int64)
    board[1::2, ::2] = 1
    board[::2, 1::2] = 1
    return board

def checker(x: f64[n, m]) -> f64[n, m]:
    i, j = np.arange(n)[:, None], np.arange(m)
    return np.where((i + j) % 2 == 0, x, -x)

#: n = 1 2 9
def multiplication_table(n: i64) -> i64[9, 9]:
    a = np.arange(1, 10)
    return np.outer(a, a)

#: n = 1 2 9
def border(x: f64[n, m]) -> f64[n + 2, m + 2]:
    out = np.zeros((n + 2, m + 2))
    out[1:-1, 1:-1] = x
    return out

def mirrored(x: f64[n, m]) -> f64[n, 2 * m]:
    return np.concatenate((x, x[:, ::-1]), axis=1)

def swap_halves(x: f64[2 * n]) -> f64[2 * n]:
    h = x.shape[0] // 2
    return np.concatenate([x[h:], x[:h]])

def interleave(x: i64[n], y: i64[n]) -> i64[2 * n]:
    out = np.empty(2 * n, dtype=x.dtype)
    out[0::2] = x
    out[1::2] = y
    return out

#: n = 1 2 9
def cumulative_maximum(x: f64[n]) -> f64[n]:
    return np.maximum.accumulate(x)

#: reals
#: tol 64
#: n = 1 2 9
def unit_vectors(x: f64[n, 3]) -> f64[n, 3]:
    return x / (np.linalg.norm(x, axis=1, keepdims=True) + 1)

def cross_products(a: f64[n, 3], b: f64[n, 3]) -> f64[n, 3]:
    return np.cross(a, b)

#: n = 1 2 9
def pairwise_minimum(x: f64[n, k]) -> tuple[f64, f64]:
    d = np.abs(x[:, None] - x[None]).sum(-1)
    np.fill_diagonal(d, 1e9)
    return d.min(), d.sum()

#: n = 2 3 9
def trapezoid_rule(y: f64[n], dx: f64) -> f64:
    return dx * (y[0] / 2 + y[1:-1].sum() + y[-1] / 2)

#: x in 0..20
#: n = 0 1 30
def counts(x: i64[n]) -> i64[21]:
    return np.bincount(x, minlength=21)

#: n = 1 2 9
def run_lengths(x: bool[n]) -> i64:
    best = 0
    current = 0
    for v in x:
        current = current + 1 if v else 0
        best = max(best, current)
    return best

#: n = 1 2 9
def first_above(x: f64[n], level: f64) -> i64:
    for i, v in enumerate(x):
        if v > level:
            return i
    return -1

#: n = 1 2 9
def any_all(x: f64[n, m]) -> tuple[bool, bool, bool[n]]:
    return (x > 3).any(), np.all(x > -100), (x == 0).all(axis=1)

#: n = 1 2 9
def polynomial(x: f64[n]) -> f64[n]:
    return np.polyval(np.array([1.0, -2.0, 3.0]), x)

#: n = 1 2 9
def upper_triangle_sum(x: f64[n, n]) -> f64:
    return np.triu(x, 1).sum()

#: n = 2 3 9
def gradient_magnitude(x: f64[n, n]) -> f64[n, n]:
    gy, gx = np.gradient(x)
    return np.abs(gx) + np.abs(gy)

#: n = 1 3 9
def local_maxima(x: f64[n + 2]) -> bool[n]:
    return (x[1:-1] > x[:-2]) & (x[1:-1] > x[2:])

def shifted_copy(x: f64[n]):
    x[1:] = x[:-1]
    if n > 0:
        x[0] = 0

def reverse_in_place(x: T[n]):
    x[:] = x[::-1]

#: n = 1 2 9
def rotate_in_place(x: i64[n, n]):
    x[...] = x.T[::-1]

def swap_columns(x: f64[n, 4]):
    x[:, [0, 2]] = x[:, [2, 0]]

#: n = 0 1 9
def weighted(x: T[n, m], w: T[m]) -> T[n]:
    return (x * w).sum(axis=1) + x @ w

#: n = 1 2 9
def outer_differences(x: f64[n], y: f64[m]) -> f64[n, m]:
    return np.subtract.outer(x, y)

#: n = 1 2 9
def grid(n: i64) -> f64[3, 4]:
    yy, xx = np.meshgrid(np.linspace(0, 1, 3), np.linspace(0, 1, 4), indexing='ij')
    return xx * 2 + yy

#: n = 1 2 9
def blocks_mean(x: f64[4 * n]) -> f64[n]:
    return x.reshape(-1, 4).mean(axis=1)

#: n = 1 2 9
def repeat_and_tile(x: i64[n]) -> tuple[i64[2 * n], i64[2 * n]]:
    return np.repeat(x, 2), np.tile(x, 2)

#: n = 1 2 9
def digits_of(x: u32[n]) -> i64[n]:
    total = np.zeros(n, dtype=np.int64)
    rest = x.copy()
    while (rest > 0).any():
        total += rest % 10
        rest //= 10
    return total

#: n = 1 2 9
def clipped_relu_gradient(x: f32[n], g: f32[n]) -> f32[n]:
    return g * ((x > 0) & (x < 6))

#: n = 1 2 9
def accuracy(p: f64[n, 4], labels: i64[n]) -> f64:
    return np.mean(np.argmax(p, axis=1) == labels)

#: n = 1 2 9
def sum_of_digits_of_array(x: i64[n]) -> i64:
    return sum_digits(np.abs(x).sum())

def sum_digits(v):
    s = 0
    while v > 0:
        s += v % 10
        v //= 10
    return s

#: reals
#: tol 4096
#: n = 1 2 9
def cosine_similarity(a: T[n, k], b: T[m, k]) -> T[n, m]:
    na = np.sqrt((a * a).sum(axis=1, keepdims=True)) + 1
    nb = np.sqrt((b * b).sum(axis=1)) + 1
    return a @ b.T / (na * nb)

#: n = 1 2 9
def diagonal_plus(x: f64[n, n], v: f64[n]) -> f64[n, n]:
    y = x.copy()
    i = np.arange(n)
    y[i, i] += v
    return y + np.diag(v)

#: n = 2 3 9
def unique_count(x: i64[n]) -> i64:
    return len(np.unique(x))

#: n = 1 2 9
def batched(a: f64[n, m, k], b: f64[n, k, 2]) -> f64[n, m, 2]:
    return a @ b

#: n = 1 2 9
def bilinear_form(x: f64[n], a: f64[n, m], y: f64[m]) -> f64:
    return x @ a @ y

def countdown(n: i64) -> i64[10]:
    return np.arange(10)[::-1] - np.arange(10, 0, -1) + np.arange(0, 20, 2)

#: n = 1 2 9
def running_total_by_rows(x: i64[n, m]) -> i64[n, m]:
    return x.cumsum(axis=1) - np.cumsum(x, axis=0)

def filled_diagonal(x: i64[n, m], v: f32[n, n], d: f32[n]):
    np.fill_diagonal(x, 7)
    np.fill_diagonal(v, d)
