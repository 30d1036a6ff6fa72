"""Broadcasting: the literal 1, sizes that happen to be 1, scalars, missing axes."""
import numpy as np

T = f32 | f64 | i32

def row_and_column(x: T[n], y: T[m]) -> T[n, m]:
    return x[:, np.newaxis] + y[np.newaxis, :]

def matrix_and_row(x: T[n, k], y: T[k]) -> T[n, k]:
    return x * y

def matrix_and_column(x: T[n, k], y: T[n, 1]) -> T[n, k]:
    return x - y

def column_and_matrix(x: T[n, k], y: T[n, 1]) -> T[n, k]:
    return y - x

def one_by_one(x: T[1, 1], y: T[n, k]):
    return x + y

def three_d(x: T[n, m, k], y: T[m, 1], z: T[k]):
    return x + y, x * z, y * z, x - y - z

def outer_differences(x: f64[n, k], y: f64[m, k]) -> f64[n, m, k]:
    return x[:, None, :] - y[None, :, :]

def missing_axes(x: f64[n, m, k], y: f64[m, k]):
    return x + y, y - x

#: call (ones((3, 4)), ones((1, 4)))
#: call (ones((1, 4)), ones((3, 4)))
#: call (ones((3, 1)), ones((1, 4)))
#: call (ones((3, 4)), ones((3, 1)))
#: call (ones((0, 4)), ones((1, 4)))
#: call (ones((1, 1)), ones((1, 0)))
#: call (ones((3, 4)), ones((2, 4)))
#: only calls
def unnamed(x: f64[:, :], y: f64[:, :]):
    return x + y, np.maximum(x, y) * 2

#: call (ones((1, 4)), ones((3, 4)), ones((3, 1)))
#: call (ones((5, 1)), ones((1, 7)), ones((1, 1)))
#: call (ones((5, 7)), ones((5, 7)), ones((5, 7)))
#: only calls
def unnamed_chain(x: f64[:, :], y: f64[:, :], z: f64[:, :]):
    return x * y + z, (x - y).sum(axis=1) + z.sum()

#: call (arange(3.), arange(1.))
#: call (arange(1.), arange(3.))
#: call (arange(3.), arange(3.))
#: call (arange(3.), arange(0.))
#: call (arange(1.), arange(0.))
#: only calls
def different_symbols(x: f64[n], y: f64[m]):
    return x + y

#: call (arange(6.).reshape(2, 3), arange(2.))
#: only calls
def does_not_fit(x: f64[n, k], y: f64[m]):
    return x + y

#: n = 1 2 5
def symbol_may_be_one(x: f64[n], y: f64[5]):
    return x + y

def keepdims(x: T[n, k]):
    return x - x.sum(axis=1, keepdims=True), x - x.sum(axis=0, keepdims=True), x - x.sum(keepdims=True)

def store_row(x: f64[n, k], y: f64[k]):
    x[...] = y

def store_column(x: f64[n, k], y: f64[n, 1]):
    x[:, :] = y

def store_scalar(x: f64[n, k], s: f64):
    x[:] = s

def store_broadcast_slices(x: f64[n + 1, k + 2], y: f64[k]):
    x[1:, :k] = y
    x[0] = 5
    x[:, -1] = x[:, 0]

def update_row(x: T[n, k], y: T[k]):
    x += y
    x *= 2
    x -= y[None, :]

def broadcast_to(y: f64[k]) -> f64[3, k]:
    return np.broadcast_to(y, (3, k)) + 0

#: n = 0 1 6
def range_as_grid(x: f64[n]) -> f64[n, n]:
    i = np.arange(n)
    return (i[:, None] - i[None, :]) * x

def slices_of_one(x: f64[n + 1, k]):
    return x + x[0:1, :], x * x[-1:, :], x - x[:, :1] if k > 0 else x - 1

def five_d(x: f64[2, n, 1, k, 1], y: f64[m, 1, 3]):
    return x + y

def sum_of_broadcast(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    return ((x[:, np.newaxis, :] - y[np.newaxis, :, :]) ** 2).sum(axis=2)

def abs_sum_of_broadcast(x: T[n, k], y: T[m, k]):
    return np.abs(x[:, np.newaxis, :] - y[np.newaxis, :, :]).sum(axis=-1)

def scalar_from_reduction(x: f64[n, k]) -> f64[n, k]:
    return x - x.sum() / 2
