"""What callers may pass: dtypes, ranks, strides, overlap; and what they get back."""
import numpy as np

#: only calls
#: call (arange(3)) raises TypeError: scaled() argument 'x' must be a 1-d float64 array (f64[n]), got a 1-d int64 array; convert it with .astype(np.float64)
#: call (zeros((2, 2))) raises TypeError: scaled() argument 'x' must be a 1-d float64 array (f64[n]), got a 2-d array
#: call (arange(3, dtype='f4')) raises TypeError: scaled() argument 'x' must be a 1-d float64 array (f64[n]), got a 1-d float32 array; convert it with .astype(np.float64)
#: call (zeros(0))
#: call (arange(12.)[::-3])
#: call (broadcast_to(2.5, (4,)))
def scaled(x: f64[n]) -> f64[n]:
    return x * 2

#: only calls
#: call (broadcast_to(2.5, (4,))) raises TypeError: doubled() argument 'x' is read-only, but doubled() writes into it; pass a copy
#: call (arange(4.))
#: call (arange(8.)[6:1:-2])
def doubled(x: f64[n]):
    x *= 2

#: only calls
#: call (*(lambda a: (a[:4], a[2:6]))(arange(8.))) raises ValueError: moved() argument 'x' is written and overlaps argument 'y'; pass a copy of one of them
#: call (*(lambda a: (a, a))(arange(8.))) raises ValueError: moved() argument 'x' is written and overlaps argument 'y'; pass a copy of one of them
#: call (*(lambda a: (a[::2], a[1::2]))(arange(8.)))
#: call (*(lambda a: (a[:4], a[4:]))(arange(8.)))
#: call (*(lambda a: (a[:, 0], a[:, 1]))(arange(8.).reshape(4, 2)))
def moved(x: f64[n], y: f64[n]):
    x += y

#: only calls
#: call (*(lambda a: (a, a[::-1]))(arange(5.)))
#: call (*(lambda a: (a[1:], a[:-1]))(arange(5.)))
def read_only_overlap(x: f64[n], y: f64[n]) -> f64[n]:
    return x - y

#: only calls
#: call (zeros((3, 2)), zeros((4, 2)))
#: call (zeros((3, 2)), zeros((3, 3)))
#: call (zeros((0, 2)), zeros((0, 2)))
def same_sizes(x: f64[n, k], y: f64[n, k]) -> f64[n, k]:
    return x + y

#: only calls
#: call (zeros(5), zeros(6))
#: call (zeros(5), zeros(5))
#: call (zeros(5), zeros(3))
def one_more(x: f64[n], y: f64[n + 1]) -> f64:
    return x.sum() + y.sum()

#: only calls
#: call (zeros(6))
#: call (zeros(7))
#: call (zeros(0))
def even_size(x: f64[2 * n]) -> int:
    return n

#: only calls
#: call (zeros(3))
#: call (zeros(4))
def exactly_three(x: f64[3]) -> f64:
    return x[2]

def views_out(x: f64[n, k]):
    return x, x.T, x[1:], x[:, ::-2], x[None]

def fresh_out(x: f64[n, k]):
    return x + 0, x.copy(), x.T.copy(), np.zeros_like(x)

def part_of_local(x: f64[n]) -> f64[:]:
    y = x * 2
    return y[::-2]

def same_twice(x: f64[n]):
    y = x + 1
    return y, y, y[1:]

def all_scalars(b: bool, i: i8, u: u64, f: f32, d: f64, c: c64, z: c128, w: int, v: float):
    return not b, i, u, f, d, c, z, w, v

def nothing(x: f64[n]) -> None:
    x[:] = 1
