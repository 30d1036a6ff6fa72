"""Basic indexing: every kind of slice, for reading and for storing."""
import numpy as np

T = f64 | i32
Every = bool | i8 | u16 | f32 | c128

def head(x: T[n]) -> T[:]:
    return x[:3]

def tail(x: T[n]) -> T[:]:
    return x[-3:]

def middle(x: T[n]):
    return x[2:-2], x[1:n], x[5:2], x[n:], x[:0]

def steps(x: Every[n]):
    return x[::2], x[1::3], x[::-1], x[::-2], x[-2::-3], x[:2:-1], x[n::-1]

def far_out(x: T[n]):
    return x[100000:], x[-100000:], x[:100000], x[:-100000], x[100000::-1], x[-100000::-1], x[5:100000:2]

#: a in -20..20
#: b in -20..20
#: c in 1..4
def dynamic(x: f64[n], a: int, b: int, c: int):
    return x[a:b], x[a:b:c], x[a:b:-c], x[a:], x[:b:-c]

#: call (arange(5.), 0) raises ValueError: slice step cannot be zero
#: only calls
def zero_step(x: f64[n], s: int):
    return x[::s] + 0

def composed(x: T[n]):
    return x[1:][1:], x[::2][::2], x[::-1][::-1], x[::-1][1:], x[::-2][::-1], x[2:][::-1][:-1]

def rows(x: T[n, k]):
    return x[1:], x[:, 1:], x[::-1, ::-1], x[::2, ::-1], x[:-1, 1:-1], x[:, ::3]

#: n = 1 2 5 33
#: k = 1 3 8
def elements(x: Every[n, k]):
    return x[0, 0], x[-1, -1], x[0], x[-1], x[:, 0], x[:, -1], x[n - 1, k - 1], x[0, :], x[..., 0]

def new_axes(x: T[n, k]):
    return x[None], x[:, None], x[..., None], x[None, :, None, :, None], x[:, :, np.newaxis]

#: n = 1 2 5
#: m = 1 3
#: k = 2 9
def ellipses(x: T[n, m, k]):
    return x[...], x[0, ...], x[..., 0], x[0, ..., 0], x[..., 1:, :], x[None, ..., ::-1], x[..., 0, None, :]

def four_d(x: i32[n, m, 2, 3]):
    return x[:, :, 1], x[..., 1, 2], x[:, ::-1, :, 1:], x[::2, 1:, 0, ::-1]

def transposed(x: T[n, k]):
    return x.T, x.T[1:], x[1:].T, x.T.T, x.transpose(), np.transpose(x), x[::-1].T[:, ::2]

def transposed_3d(x: T[n, m, k]):
    return x.T, x.transpose(1, 0, 2), x.transpose((2, 0, 1)), np.transpose(x, (0, 2, 1)), x.swapaxes(0, 2), np.swapaxes(x, -1, 0), np.moveaxis(x, 0, -1)

def reshaped(x: T[n, k]):
    return x.reshape(n * k), x.reshape((k, n)), x.reshape(-1), np.reshape(x, (n * k, 1)), x.ravel() + 0, x.flatten()

#: layouts C
def reshaped_views(x: T[n, k]):
    return x.reshape(n * k), x.reshape((k, n)), x.reshape(-1), np.reshape(x, (1, n, k)), x.ravel()

#: n = 1 2 4
def reshaped_blocks(x: f64[2 * n, 6]):
    return x.reshape(n, 2, 6), x.reshape(2 * n, 2, 3), x.reshape((n, -1)), x.reshape(n, 2, 3, 2).transpose(0, 2, 1, 3)

#: call (arange(6.).reshape(2, 3), 4) raises ValueError: cannot reshape array of size 6 into shape (4,)
#: only calls
def bad_reshape(x: f64[n, k], m: int):
    return x.reshape(m)

def expanded(x: T[n, k]):
    return np.expand_dims(x, 0), np.expand_dims(x, -1), x[None].squeeze(0), np.squeeze(x[:, None], 1)

def sizes(x: T[n, k], y: i8[n]):
    return x.shape[0], x.shape[1], x.ndim, x.size, len(x), len(y), x.shape

def stored_head(x: T[n]):
    x[:2] = 7

def stored_steps(x: Every[n], y: Every[n]):
    x[::2] = y[::2]
    x[1::2] = y[1::2][::-1]

def stored_reversed(x: T[n], y: T[n]):
    x[::-1] = y

def stored_block(x: T[n + 2, k + 2], y: T[n, k]):
    x[1:-1, 1:-1] = y
    x[0, :] = 1
    x[-1] = 2
    x[:, 0] = 3
    x[:, -1] = 4

def stored_transposed(x: T[n, k], y: T[k, n]):
    x.T[...] = y
    x[...] = y.T

def stored_new_axis(x: T[n], y: T[n, 1]):
    x[:, None] = y

#: n = 2 5 9
def stored_elements(x: Every[n]):
    x[0] = x[-1]
    x[-1] = x[0]
    x[n // 2] = x[1]

#: n = 3 9
def stored_rows(x: T[n, k], y: T[k]):
    x[1] = y
    x[-1] = x[0]
    x[0, :] = x[1, ::-1]

#: call (arange(5.), 5) raises IndexError: index 5 is out of bounds for axis 0 with size 5
#: call (arange(5.), -6) raises IndexError: index -6 is out of bounds for axis 0 with size 5
#: call (arange(5.), -5) gives 0.0
#: call (arange(0.), 0) raises IndexError: index 0 is out of bounds for axis 0 with size 0
#: i in -7..7
#: n = 0 5
def element(x: f64[n], i: int) -> f64:
    return x[i]

#: call (zeros((2, 3)), 1, 3) raises IndexError: index 3 is out of bounds for axis 1 with size 3
#: call (zeros((2, 3)), 2, 0) raises IndexError: index 2 is out of bounds for axis 0 with size 2
#: i in -3..3
#: j in -4..4
#: n = 2
#: k = 3
def element_2d(x: f64[n, k], i: int, j: int) -> f64:
    return x[i, j]

#: i in -3..3
#: n = 2
#: k = 3
def row(x: f64[n, k], i: int):
    return x[i], x[i, 1:], x[:, i] if -k <= i < k else x[:, 0]

#: i in -6..6
#: n = 5
def store_element(x: f64[n], i: int):
    x[i] = 100.

#: i in -6..6
#: n = 5
def update_element(x: f64[n], i: i64):
    x[i] += 100.
    x[i] *= 2

#: i in 0..3
#: n = 5
def index_types(x: f64[n], i: u8) -> f64:
    return x[i] + x[i64(i)] + x[int(i)]

#: call (arange(4.), arange(4.)[:3]) raises ValueError: could not broadcast input array from shape (3,) into shape (4,)
#: only calls
def store_does_not_fit(x: f64[n], y: f64[m]):
    x[:] = y

def shifted_sums(x: f64[n]):
    return x[1:] - x[:-1], x[2:] - 2 * x[1:-1] + x[:-2]

def stencil(x: f64[n, k]):
    return x[1:-1, 1:-1] + x[:-2, 1:-1] + x[2:, 1:-1] + x[1:-1, :-2] + x[1:-1, 2:]

def nested_results(x: T[n, k]) -> tuple[T[k, n], tuple[i64, i64], T]:
    return x.T, x.shape, T(n)

def nested_deeper(x: T[n, k]):
    return (x[1:], (x.shape, (x + 1, len(x)))), x.ndim
