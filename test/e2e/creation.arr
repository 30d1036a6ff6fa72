"""Functions that make arrays."""
import numpy as np

T = bool | i8 | u32 | i64 | f32 | f64 | c128
Float = f32 | f64
Num = i16 | i64 | f32 | f64

#: n in 0..9
def filled(n: int):
    return np.zeros(n), np.ones(n), np.full(n, 2.5), np.full(n, 3), np.zeros((n, 2)), np.ones((2, n, 1))

#: n in 0..9
def with_dtype(n: int):
    return np.zeros(n, dtype=i32), np.ones((n, n), dtype=bool), np.full((n,), 3, dtype=f32), np.zeros(n, f32), np.full(n, True)

def of_dtype_variable(x: T[n]):
    return np.zeros(n, dtype=T), np.ones((2, n), dtype=T), np.zeros_like(x), np.ones_like(x), np.full_like(x, 1)

def likes(x: Float[n, k]):
    a = np.empty_like(x)
    a[...] = x
    b = np.empty((n, k), dtype=Float)
    b[:] = 3
    return a, b, np.zeros_like(x.T), np.zeros_like(x[::2]), np.full_like(x, 2.5)

#: n in 0..9
def identities(n: int):
    return np.eye(n), np.eye(n, dtype=i32), np.identity(n), np.eye(n, 3), np.eye(3, n)

#: a in -5..5
#: b in -5..12
def aranges(a: int, b: int):
    return np.arange(b), np.arange(a, b), np.arange(a, b, 2), np.arange(b, a, -1), np.arange(b, dtype=f32), np.arange(b, dtype=i16)

#: a in -5..5
#: b in -5..12
#: tol 4
def float_aranges(a: float, b: float):
    return np.arange(a, b), np.arange(a, b, 0.5), np.arange(b, a, -0.25)

#: n in 0..9
#: tol 4
def linspaces(n: int):
    return np.linspace(0, 1, n), np.linspace(-2., 3., 7), np.linspace(0, 1, 5)

#: tol 4
def linspace_of(a: f64, b: f64):
    return np.linspace(a, b, 11), np.linspace(a, b, 4)

def literals():
    return np.array([1, 2, 3]), np.array([1., 2]), np.array([[1, 2], [3, 4]]), np.array([True, False]), np.array([1, 2.5, 3]), np.array([1j, 2])

def literals_with_dtype():
    return np.array([1, 2, 3], dtype=f32), np.array([1.5, 2], dtype=i32), np.array([[1, 2]], dtype=u8)

def literal_of_scalars(x: f64, y: f64):
    return np.array([x, y, x + y]), np.array([[x, 1], [2, y]])

def copies(x: T[n, k]):
    a = x.copy()
    b = np.copy(x.T)
    a[...] = x[::-1]
    return a, b

def constants():
    return np.pi, np.e, np.inf, -np.inf, pi, e, np.nan

def computed_sizes(x: f64[n, k]):
    return np.zeros(n + k), np.ones((n * 2, k // 2)), np.arange(n * k).reshape(n, k), np.zeros(x.shape), np.ones(len(x))

#: n in 2..9
def filled_by_loop(n: int) -> i64[:, :]:
    a = np.empty((n, n), dtype=i64)
    for i in range(n):
        for j in range(n):
            a[i, j] = i * 10 + j
    return a

#: n in -3..-1
#: only calls
#: call (-1) raises ValueError: negative dimensions are not allowed
def negative_size(n: int):
    return np.zeros(n)

def scalars_and_0d():
    return np.zeros(()), np.ones(3).sum(), np.full((), 7)

def stacked(x: f64[n], y: f64[n]):
    z = np.empty((2, n))
    z[0] = x
    z[1] = y
    return z, z.T

def module_constants(x: Float[n]):
    return x * SCALE, x + OFFSET, x * DOUBLE, np.zeros(COUNT)

SCALE = 2.5
OFFSET: f32 = 1.5
COUNT = 4
DOUBLE = SCALE * 2

# Integer parameters are sizes of results.
#: k in 0..5
#: m in 0..3
def sized_by_parameters(k: int, m: i64) -> f64[k, m + 1]:
    return np.zeros((k, m + 1)) + k

#: k in 1..5
def sized_and_called(x: f64[n], k: i32) -> f64[k, n]:
    y = sized_by_parameters(k, n)
    return np.outer(steps(k), x) + y[:, 1:]

#: count in 0..5
def steps(count: int) -> f64[count]:
    return np.linspace(0, count - 1, count)

#: k in 1..5
def parameter_as_size_and_number(k: int) -> tuple[i64[k], i64[2 * k]]:
    first = np.arange(k)
    k += 1
    return first, np.repeat(first, 2) * k
