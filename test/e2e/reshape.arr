"""Reshaped arrays are views where NumPy's are, whatever the strides."""
import numpy as np

T = f64 | i16

def rows_joined(x: T[n, k, 3]):
    return x.reshape(n * k, 3), x.reshape(n, -1), x.reshape(-1)

def split(x: T[6 * n]):
    return x.reshape(n, 6), x.reshape(n, 2, 3), x.reshape(3, -1, 2), x.reshape(6 * n, 1), x.reshape(1, -1)

def split_axis(x: T[2 * n, 6]):
    return x.reshape(n, 2, 6), x.reshape(2 * n, 3, 2), x.reshape(n, 2, 2, 3), x.reshape(2 * n, 1, 6)

def regrouped(x: T[n, 2, 3, k]):
    return x.reshape(n, 6, k), x.reshape(n, 3, 2, k), x.reshape(n, 2, -1), x.reshape(2 * n, 3, k)

def of_transposed(x: T[n, k]):
    return x.T.reshape(-1), x.T.reshape(k, n, 1), x.T.reshape(1, k, n)

def of_slices(x: T[2 * n, 4]):
    return x[::2].reshape(n, 2, 2), x[:, ::2].reshape(-1), x[:, ::-1].reshape(2 * n, 2, 2), x[1:].reshape(-1)

#: n = 1 2 5
def of_one(x: T[n]):
    return x[:1].reshape(1, 1), x[:1].reshape(()), x[0:1, None].reshape(-1)

def joined_units(x: T[n, 1, k]):
    return x.reshape(n, k), x.reshape(n * k), x.reshape(1, n, 1, k, 1)

def raveled(x: T[n, k]):
    return x.ravel(), np.ravel(x[:, None]), x[::-1].ravel()

def written(x: T[2 * n, 6]):
    a = x.reshape(n, 2, 6)
    a[:, 1] = 7
    b = x.reshape(2 * n, 2, 3)
    b[:, 0, ::2] += a[:, :1, :2].reshape(-1, 2)[:1].sum() if n > 0 else 0
    c = x.reshape(-1)
    c[:1] = -1
    return x.reshape(4 * n, 3)

def written_in_loop(x: T[n, 4]):
    v = x
    for i in range(3):
        v = v.reshape(n, 4) if i % 2 == 0 else v.reshape(n, 2, 2).reshape(n, 4)
        v[:, i] += 1
    return v

#: layouts C
def of_local(x: T[n, k]):
    a = x + 1
    b = a.reshape(-1)
    b[::2] = 0
    c = a.reshape(k, n).T.reshape(-1)
    c += 1
    return a, b, c

def pick(x, flag):
    return x.reshape(-1) if flag else x.T.reshape(-1)

def chosen(x: T[n, k], flag: bool):
    v = pick(x, flag)
    v += 1
    return v

def overlapping(x: T[2 * n, 2]):
    r = x.reshape(n, 4)
    r[:, :2] = x[::2][:, ::-1]
    x[1:] = r.reshape(-1, 2)[:-1]
    x.reshape(-1)[1:] += r.reshape(-1)[:-1]

#: layouts C
def sizes_with_unit(x: T[n, k]):
    return x.reshape(n, 1, k, 1).reshape(-1, 1, k), x[None].reshape(n, k)

def raveled_row(x: T[n]):
    return x.ravel(), np.ravel(x), x[::2].ravel(), x.flatten(), x[:1].ravel()

def raveled_written(x: T[n, k]):
    v = x.ravel()
    v += 1
    w = x.flatten()
    w += 1
    return v, w
