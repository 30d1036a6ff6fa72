"""Views, aliases and overlap: names share memory exactly as in NumPy."""
import numpy as np

T = f64 | i16

def shift_add(x: T[n]):
    x[1:] += x[:-1]

def shift_add_back(x: T[n]):
    x[:-1] += x[1:]

def shift_copy(x: T[n]):
    x[1:] = x[:-1]

def shift_copy_back(x: T[n]):
    x[:-1] = x[1:]

def reverse_in_place(x: T[n]):
    x[:] = x[::-1]

def add_reversed(x: T[n]):
    x += x[::-1]

def reverse_2d(x: T[n, k]):
    x[...] = x[::-1, ::-1]

def transpose_in_place(x: T[n, n]):
    x[...] = x.T

def add_transpose(x: T[n, n]):
    x += x.T

def shift_2d(x: T[n, k]):
    x[1:, 1:] = x[:-1, :-1] + x[1:, :-1]

def interleaved(x: T[n]):
    x[::2] += x[1::2][:1] if n > 1 else x[::2]

def even_odd(x: T[2 * n]):
    x[::2] = x[1::2]
    x[1::2] += x[::2]

def strided_overlap(x: T[2 * n]):
    x[:n] = x[::2]

def strided_overlap_up(x: T[2 * n]):
    x[::2] = x[:n]

def expression_overlap(x: T[n]):
    x[1:] = x[:-1] * 2 + x[1:]

def view_write(x: T[n]):
    y = x[::2]
    y += 1
    y[:1] = 50

def view_of_view(x: T[n, k]):
    y = x[1:]
    z = y.T
    z[1:] *= 3
    y[:, :1] -= 1

def alias(x: T[n]) -> T[n]:
    b = x
    b += 1
    return b

def rebinding_is_not_mutation(x: T[n]) -> T[n]:
    y = x
    y = y + 1
    y += 1
    return y

def alias_of_local(x: T[n]):
    a = x + 0
    b = a
    b[:1] = 9
    a += 1
    return a, b

def copy_is_separate(x: T[n]):
    a = x.copy()
    b = np.copy(x)
    a += 1
    b *= 2
    return a, b, a + b

def read_before_write(x: T[n]) -> T[n]:
    y = x * 2
    x[:] = 0
    return y

def read_view_after_write(x: T[n]) -> T[n]:
    v = x[::-1]
    x[:1] = 77
    return v + 0

def value_survives(x: T[n]):
    a = x + 1
    x += 10
    b = x + 1
    return a, b

def swap_names(x: T[n], y: T[n]):
    x, y = y, x
    x += 1
    return x + 0, y + 0

#: steps in 0..5
def swap_in_loop(x: f64[n], y: f64[n], steps: int):
    a = x.copy()
    b = y.copy()
    for i in range(abs(steps)):
        b[1:] = a[:-1] + 1
        a, b = b, a
    return a, b

#: n = 2 5 9
def swap_elements(x: T[n]):
    x[0], x[-1] = x[-1], x[0]

def scale(x: f64[n]):
    x *= 2

def callee_writes(x: f64[n, k]):
    for i in range(n):
        scale(x[i])

def callee_writes_column(x: f64[n, k]):
    for j in range(k):
        scale(x[:, j])

def callee_writes_view(x: f64[n]):
    scale(x[::2])
    scale(x[::-1])

def callee_writes_copy(x: f64[n]) -> f64[n]:
    y = x + 0
    scale(y)
    return y

def add_into(x, y):
    x += y

def callee_overlap(x: f64[n]):
    add_into(x[1:], x[:-1])
    add_into(x, x)

def pick(x, reverse):
    return x[::-1] if reverse else x[1:]

def returned_view(x: f64[n]):
    v = pick(x, True)
    v[:1] = -1
    w = pick(x, False)
    w += 1

def branch_alias(x: T[n], y: T[n], flag: bool):
    if flag:
        a = x
    else:
        a = y
    a += 1

def loop_alias(x: T[n], y: T[n]):
    a = x
    for i in range(3):
        a += 1
        a = y

def rows_are_views(x: T[n, k]):
    for r in x:
        r += 1
        r[:1] = 0

def row_of_loop(x: T[n, k]):
    for i in range(1, n):
        x[i] += x[i - 1]

def prefix_in_columns(x: T[n, k]):
    for j in range(1, k):
        x[:, j] += x[:, j - 1]

def diagonal_view(x: f64[n, n]):
    d = np.einsum('ii->i', x)
    d += 1
    d[:] = d[::-1]

def transpose_view_write(x: f64[n, k], y: f64[k]):
    t = x.T
    t[...] = y[:, None]

#: n in 0..9
def reshape_view_write(n: int) -> f64[:, :]:
    x = np.zeros((abs(n), 4))
    r = x.reshape(-1)
    r += np.arange(4 * abs(n))
    r[::3] = -1
    return x

def update_through_two_names(x: f64[n]):
    a = x[:-1]
    b = x[1:]
    a += b
    b += a
    a[:] = b

def reduction_into_self(x: f64[n, n]):
    x[:1] = x.sum(axis=0)
    x[:, :1] = x.sum(axis=1, keepdims=True)

def matmul_into_self(x: f64[n, n]):
    x[...] = x @ x

#: n = 1 4
def broadcast_into_self(x: f64[n, n]):
    x += x[0]
    x *= x[:, :1]

#: n in 0..9
def write_then_view(n: int):
    m = abs(n) + 2
    a = np.zeros(m)
    v = a[1:]
    v += 5
    a[0] = v[0] + a[-1]
    return a, v + a[1:]

def same_twice(x: f64[n]):
    x += x
    x *= x
    x -= x[:]

def flip_update(y: f64[n]):
    h = n // 2
    y[:h] += 2 * y[:h][::-1]

def fibonacci_like(x: i64[n]):
    for i in range(2, n):
        x[i] = x[i - 1] + x[i - 2]

def neighbour_in_place(x: f64[n]):
    for t in range(3):
        x[1:-1] = (x[:-2] + x[2:]) / 2

def gauss_seidel(x: f64[n, n]):
    for i in range(1, n - 1):
        for j in range(1, n - 1):
            x[i, j] = (x[i - 1, j] + x[i + 1, j] + x[i, j - 1] + x[i, j + 1]) / 4

#: call (arange(6.)[:4], arange(4.)) gives None
#: only calls
def written_and_read(x: f64[n], y: f64[n]):
    x += y
