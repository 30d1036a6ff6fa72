"""--march=x86-64-v3: the same results with vectors of another width."""
#! options: --march=x86-64-v3
import numpy as np

F = f32 | f64

def polynomial(a: F[n]) -> F[n]:
    return a**3 + a**2 + a + 1.

def matmul(x: F[n, k], y: F[k, m]) -> F[n, m]:
    return x @ y

def cityblock(x: F[n, k], y: F[m, k]) -> F[n, m]:
    return np.abs(x[:, np.newaxis, :] - y[np.newaxis, :, :]).sum(axis=2)

def sums(x: F[n, k]):
    return x.sum(), x.sum(axis=0), x.sum(axis=1)

def mixed(x: i8[n], y: f32[n]):
    return x * y, x > 0, np.where(x > 0, y, 0)

#: reals
#: x in -10..10
#: ulp 8
def functions(x: F[n]):
    return np.exp(x), np.tanh(x), np.arctan(x)

def shift(x: F[n]):
    x[1:] += x[:-1]
