"""--unsafe: no index checks; indices in range work as ever, slices still clamp."""
#! options: --unsafe
import numpy as np

#: i in -5..4
#: n = 5
def element(x: f64[n], i: int) -> f64:
    return x[i]

def neighbours(x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    for i in range(1, n - 1):
        y[i] = x[i - 1] + x[i + 1]
    return y

#: a in -9..9
def clamped(x: f64[n], a: int):
    return x[a:], x[:a] * 2

def matmul(x: f64[n, k], y: f64[k, m]) -> f64[n, m]:
    return x @ y
