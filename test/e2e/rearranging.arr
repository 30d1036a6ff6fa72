"""Repeating, joining, splitting and turning arrays."""
import numpy as np

T = f64 | i32

def tiled(x: T[n], y: T[n, k]):
    return np.tile(x, 3), np.tile(x, (2, 2)), np.tile(y, 2), np.tile(y, (2, 1)), np.tile(y, (2, 1, 3)), np.tile(x, 0)

#: r in 0..3
def repeated(x: T[n], y: T[n, k], r: i64[n]):
    return np.repeat(x, 2), x.repeat(3), np.repeat(y, 2), np.repeat(y, 2, axis=0), np.repeat(y, 3, axis=1), np.repeat(x, r), np.repeat(y, r, axis=0), np.repeat(x, 0)

#: s in -9..9
def rolled(x: T[n], y: T[n, k], s: int):
    return np.roll(x, 1), np.roll(x, s), np.roll(y, s), np.roll(y, s, axis=0), np.roll(y, -2, axis=1), np.roll(y, (1, s), axis=(0, 1)), np.roll(y, 1, axis=(0, 1))

def turned(y: T[n, k]):
    return np.rot90(y), np.rot90(y, 2), np.rot90(y, 3), np.rot90(y, -1), np.rot90(y, 0), np.fliplr(y), np.flipud(y), np.rot90(y, 1, (1, 0))

#: n = 1 2 5 20
#: k = 1 3 8
def padded(x: T[n], y: T[n, k]):
    return np.pad(x, 2), np.pad(x, (1, 3), mode='edge'), np.pad(x, 4, mode='wrap'), np.pad(x, 3, mode='reflect'), np.pad(x, 3, mode='symmetric'), np.pad(y, ((1, 2), (0, 3))), np.pad(y, 1, mode='edge'), np.pad(y, ((2, 1), (3, 0)), constant_values=7), np.pad(x, 1, constant_values=(4, 6))

#: n = 6 12
def parts(x: T[n], y: T[n, 4]):
    a, b, c = np.split(x, 3)
    d, e = np.split(y, 2, axis=1)
    f, g, h = np.split(x, [2, 5])
    i, j, k, l = np.array_split(x, 4)
    m, o = np.hsplit(y, 2)
    p, q = np.vsplit(y, [1])
    return a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q

def joined(x: T[n], y: T[n, k]):
    return np.dstack((x, x)), np.dstack((y, y)), np.column_stack((x, x)), np.column_stack((x, y)), np.append(x, y), np.append(y, y, axis=0), np.append(x, 3)

#: n = 4 9
def edited(x: T[n], y: T[n, k]):
    return np.insert(x, 1, 5), np.insert(x, 0, x), np.insert(y, 2, 7, axis=0), np.delete(x, 2), np.delete(x, [0, -1]), np.delete(y, 1, axis=0), np.resize(x, (2, 7))

def diagonals(x: T[n], y: T[n, k]):
    return np.diag(x), np.diag(x, 2), np.diag(x, -1), np.diag(y), np.diag(y, 1), np.diag(y, -2), np.diagflat(y), np.tril(y), np.triu(y), np.tril(y, 1), np.triu(y, -1), np.triu(y, 2)

def triangle(n: int):
    return np.tri(abs(n) % 9), np.tri(abs(n) % 9, 4, -1, dtype=np.int32)

def products(x: T[n], y: T[m], a: T[n, 2], b: T[3, m]):
    return np.kron(x, y), np.kron(a, b), np.kron(a, x)

def crossed(a: T[n, 3], b: T[n, 3], c: T[3, n], d: T[3, n], u: T[3], v: T[3]):
    return np.cross(a, b), np.cross(c, d, axis=0), np.cross(u, v), np.cross(a, u)

#: n = 1 5
def powers(x: T[n]):
    return np.vander(x, 3), np.vander(x), np.vander(x, 4, increasing=True)

def outer_products(x: T[n], y: T[m]):
    return np.add.outer(x, y), np.multiply.outer(x, y), np.subtract.outer(x, y), np.maximum.outer(x, y)

#: n = 1 5
#: k = 1 5
def reduced(y: T[n, k]):
    return np.add.reduce(y), np.add.reduce(y, axis=1), np.multiply.reduce(y % 3, axis=None), np.maximum.reduce(y), np.minimum.reduce(y, axis=1), np.logical_or.reduce(y), np.add.accumulate(y), np.maximum.accumulate(y, axis=1), np.minimum.accumulate(y)

#: n = 1 5
#: k = 1 4
def along_axes(y: T[n, k], z: T[n, 2, k]):
    return np.apply_along_axis(spread, 0, y), np.apply_along_axis(spread, 1, y), np.apply_along_axis(np.sort, 1, z), np.apply_along_axis(lambda row: row[0] + row[-1], -1, z), np.apply_along_axis(np.sort, 0, y)

def spread(x):
    return x.max() - x.min()

def trimmed(x: T[n], y: T[n, k]):
    z = np.where(x > 1, x, 0)
    return np.trim_zeros(z).copy(), np.trim_zeros(z, 'f').copy(), np.trim_zeros(z, 'b').copy(), np.atleast_3d(x).copy(), np.atleast_3d(y).copy()

def from_functions():
    return np.fromfunction(lambda i, j: i * 10 + j, (3, 4)), np.fromfunction(lambda i: i ** 2, (5,), dtype=int), np.fromfunction(lambda i, j, k: i == j, (2, 3, 2), dtype=int)
