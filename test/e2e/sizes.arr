"""Sizes that do not fit are errors: they never wrap around."""
import numpy as np

#: call (3)
#: call (4611686018427387904) raises ValueError: Maximum allowed dimension exceeded
#: call (-4611686018427387904) raises ValueError
#: only calls
def scaled(n: int):
    return np.zeros(4 * n)

#: call (3, 4)
#: call (4294967296, 4294967296) raises ValueError: Maximum allowed dimension exceeded
#: call (2147483648, 8589934592) raises ValueError: Maximum allowed dimension exceeded
#: call (4611686018427387904, 4) raises ValueError: Maximum allowed dimension exceeded
#: only calls
def product(n: int, m: int):
    return np.ones(n * m + 1, dtype=i8)

#: call (zeros(12), 3, 4)
#: call (zeros(0), 4294967296, 4294967296) raises ValueError: Maximum allowed dimension exceeded
#: call (zeros(0), 0, 5)
#: only calls
def parameter(x: f64[n * m], n: int, m: int):
    return x.reshape(n, m)

#: call (zeros(12), 3, 4)
#: call (zeros(0), 4294967296, 4294967296) raises ValueError
#: call (zeros(0), 4611686018427387904, 4) raises ValueError
#: call (zeros(5), 4611686018427387904, 4) raises ValueError
#: only calls
def reshaped(x: f64[k], n: int, m: int):
    return x.reshape(n, m)

#: call (zeros(12), 3, 2)
#: call (zeros(4), 4611686018427387904, 4) raises ValueError
#: only calls
def reshaped_open(x: f64[k], n: int, m: int):
    return x.reshape(n, -1, m)

#: call (2, 3)
#: call (4294967296, 4294967296) raises ValueError: array is too big; its size in bytes is larger than the maximum possible size
#: only calls
def matrix(n: int, m: int):
    return np.zeros((n, m))

#: call (3)
#: call (0) raises ValueError: negative dimensions are not allowed
#: call (-9223372036854775808) raises ValueError
#: only calls
def difference(n: int):
    return np.zeros(2 * n - 1)
