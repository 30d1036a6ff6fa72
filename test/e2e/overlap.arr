"""Statements that read and write overlapping parts of one array.

Each behaves as if its right side were complete before the first store.
"""
import numpy as np

T = f64 | i16

def reversed_halves(x: T[2 * n]):
    x[:n] = x[n:][::-1]
    x[n:] += x[n - 1::-1] if n > 0 else x[:n]

def reversed_step(x: T[2 * n]):
    x[::2] = x[::-2]
    x[1::2] -= x[::-1][::2]

def negative_steps(x: T[3 * n]):
    x[::-3] = x[:n]
    x[-1::-2] += x[::2]

def thirds(x: T[3 * n]):
    x[::3] = x[1::3] + x[2::3]
    x[1::3] = x[::3] * 2
    x[2::3] += x[:n]

def shifted_by_symbol(x: T[n], k: int):
    m = abs(k) % (n + 1)
    x[m:] = x[:n - m]

def shifted_back_by_symbol(x: T[n], k: int):
    m = abs(k) % (n + 1)
    x[:n - m] += x[m:]

def window(x: T[n]):
    for i in range(n - 2):
        x[i:i + 3] = x[i:i + 3][::-1] + 1

def windows_of_loop(x: T[n]):
    for i in range(1, n):
        x[i:] += x[:n - i]

def diagonal_to_row(x: T[n, n]):
    x[:1] = np.einsum('ii->i', x)
    x[:, :1] += np.einsum('ii->i', x)[:, None]

def row_to_diagonal(x: T[n, n]):
    d = np.einsum('ii->i', x)
    d[:] = np.einsum('ij->j', x[:1]) + d[::-1]
    if n > 0:
        d += x[0]

#: n = 1 2 5 9
def column_from_row(x: T[n, n]):
    x[:, 0] = x[0]
    x[0] = x[:, -1]
    x[-1] += x[::-1, 0]

#: n = 1 2 5 9
def transposed_block(x: T[n, n]):
    h = n // 2
    x[:h, n - h:] = x[n - h:, :h].T
    x[:h, :h] = x[:h, :h].T + x[:h, :h]

def transposed_reversed(x: T[n, n]):
    x[...] = x.T[::-1]
    x += x[:, ::-1].T

def transposed_view_written(x: T[n, n]):
    t = x.T
    t[...] = x
    x[...] = t + x

def blocks(x: T[n, k]):
    x[1:, :-1] = x[:-1, 1:]
    x[:-1, 1:] = x[1:, :-1] * 2

def block_onto_itself(x: T[n, k]):
    x[1:, 1:] += x[:-1, :-1]
    x[:-1] -= x[1:]
    x[:, 1:] = x[:, :-1]

def steps_2d(x: T[2 * n, 2 * k]):
    x[::2, ::2] = x[1::2, 1::2] + x[:n, :k]
    x[::-2, ::2] += x[:n, k:]

def columns_from_flat(x: T[n, 4]):
    x[:, 1:3] = x[:, ::-2]

def rows_swapped(x: T[n, k]):
    for i in range(n // 2):
        x[i], x[n - 1 - i] = x[n - 1 - i].copy(), x[i].copy()

#: n = 2 3 6
def rows_swapped_as_views(x: T[n, k]):
    x[0], x[1] = x[1], x[0]

#: n = 1 5 8
#: i in -1..0
#: j in 0..n-1
def elements_swapped(x: T[n], i: int, j: int):
    x[i], x[j] = x[j], x[i]

#: n = 2 5 8
def pair_rotated(x: T[n]):
    x[0], x[1], x[-1] = x[-1], x[0], x[1]

def sliced_swapped(x: T[2 * n]):
    x[:n], x[n:] = x[n:], x[:n]

def prefix(x: T[n]):
    x[1:] += x[:-1]
    x[2:] = x[1:-1] + x[:-2]

def alias_written(x: T[n]):
    b = x
    b[1:] = x[:-1]
    x[:-1] += b[1:]

def alias_of_alias(x: T[n]):
    b = x[::-1]
    c = b
    c[:] = x
    b += x

def alias_in_branch(x: T[n], flag: bool):
    b = x[::-1]
    if flag:
        b = x
    b[1:] = x[:-1]
    x[1:] += b[:-1]

def alias_of_branches(x: T[n], y: T[n], flag: bool):
    if flag:
        b = x
    else:
        b = y
    b[1:] = x[:-1]
    y[:-1] = b[1:]

def alias_moved_by_loop(x: T[n]):
    v = x
    for i in range(4):
        v[1:] = v[:-1]
        v = v[1:]
        x[:1] += 1

def alias_reversed_by_loop(x: T[n]):
    v = x
    for i in range(3):
        v[:] = x + v[::-1]
        v = v[::-1]

def alias_swapped_by_loop(x: T[2 * n]):
    a = x[:n]
    b = x[n:]
    for i in range(3):
        a[1:] = b[:-1]
        a, b = b, a

def alias_swapped_overlapping(x: T[n]):
    a = x[:-1]
    b = x[1:]
    for i in range(3):
        a += b
        a, b = b, a

def while_alias(x: T[n]):
    v = x
    k = 0
    while k < 3:
        v[:-1] = x[1:] if k == 0 else v[1:]
        v = v[:] if k % 2 == 0 else v[::-1]
        k += 1

def store(to, value):
    to[...] = value

def add(to, value):
    to += value

def same(x):
    return x

def flipped(x):
    return x[::-1]

def through_calls(x: T[n]):
    store(x[1:], x[:-1])
    add(x, x[::-1])
    store(x, flipped(x))
    add(same(x), flipped(same(x)))

def through_calls_2d(x: T[n, n]):
    store(x, x.T)
    add(x, x.T)
    add(x[1:], x[:-1])

def exported_add(to: f64[n], value: f64[n]):
    to += value[::-1]

def through_exported(x: f64[n]):
    exported_add(x, x)
    exported_add(x[1:], x[:-1])

#: depth in -1..3
def recursive_add(to: f64[n], value: f64[n], depth: int) -> None:
    to += value[::-1]
    if depth > 0:
        recursive_add(to, value, depth - 1)

#: depth in 0..3
def through_recursion(x: f64[n], depth: int):
    recursive_add(x[1:], x[:-1], min(abs(depth), 3))
    recursive_add(x, x, 1)

#: depth in -1..3
def recursive_view(x: f64[n], depth: int) -> f64[:]:
    if depth <= 0:
        return x
    return recursive_view(x[::-1], depth - 1)

#: depth in 0..3
def through_returned_view(x: f64[n], depth: int):
    v = recursive_view(x, min(abs(depth), 3))
    v[1:] = x[:-1]
    x += v[::-1]

def reduction_into(x: T[n, k]):
    x[:1] += x.sum(axis=0)
    x[:, -1:] = x.prod(axis=1, keepdims=True)
    x -= x.sum(axis=0, keepdims=True)

def outer_into(x: f64[n, n]):
    x[...] = x[:, :1] * x[:1]
    x += x[:1]

def einsum_into(x: f64[n, n]):
    x[...] = np.einsum('ij,jk->ki', x, x)

#: n = 1 2 5 9
def matvec_into(x: f64[n, n]):
    x[0] = x @ x[:, 0]
    x[:, -1] += x.T @ x[0]

def chain(x: T[n]):
    a = x[1:]
    b = a[1:]
    b[:] = a[:-1]
    a[:] = x[:-1] + 1
    x[1:-1] = b

def reshaped_overlap(x: T[2 * n]):
    m = x.copy().reshape(n, 2)
    m[:, 0] = m[:, 1]
    f = m.reshape(-1)
    f[1:] = f[:-1]
    m[1:] += m[:-1]
    return m

def updated_while_read(x: T[n], y: T[n]):
    a = x + y
    x[:] = y
    b = x - a
    y += b
    x[1:] = (a + b)[:-1]

def value_of_a_view(x: T[n]):
    v = x[::-1]
    t = v + 0
    x += v
    return t, v + 0

def reading_then_writing(x: f64[n]):
    s = x[::2].sum()
    x[1::2] = s
    return s + x.sum()

def same_array_twice(x: T[n], y: T[n]):
    x[:] = y[::-1] + x[::-1] + x

def where_overlap(x: T[n]):
    x[:] = np.where(x > 0, x[::-1], -x)

def assigned_from_scalars(x: T[n]):
    if n > 1:
        x[:2] = [x[1], x[0]]
        x[1:] = x[0]

def stencil(x: f64[n, k]):
    x[1:-1, 1:-1] = (x[:-2, 1:-1] + x[2:, 1:-1] + x[1:-1, :-2] + x[1:-1, 2:]) / 4

def cube(x: f64[n, n, n]):
    x[...] = x.transpose(1, 2, 0)
    x[1:] += x[:-1].transpose(0, 2, 1)
    x[:, 1:, :] -= x[:, :-1, ::-1]

def conditional_store(x: T[n]):
    for i in range(1, n):
        if x[i] > x[i - 1]:
            x[i:] = x[i - 1:-1]
        else:
            x[:i] -= x[1:i + 1]
