"""--fp=strict: elementwise results are NumPy's, bit for bit, on any real numbers."""
#! options: --fp=strict
import numpy as np

F = f32 | f64

#: reals
def multiply_add(a: F[n], b: F[n], c: F[n]):
    return a * b + c, a - b * c, a * b - c * a, -(a * b) - c

#: reals
def rational(a: F[n], b: F[n]) -> F[n]:
    return (a * a + 1) / (b * b + 2) - a / 3

#: reals
def roots(a: F[n], b: F[n]) -> F[n]:
    return np.sqrt(a * a + b * b) * 0.1 + np.abs(a)

#: reals
def stencil(u: F[n, m]) -> F[:, :]:
    return 0.25 * (u[1:-1, 2:] + u[1:-1, :-2] + u[2:, 1:-1] + u[:-2, 1:-1]) - 0.3 * u[1:-1, 1:-1]

#: reals
def in_loops(a: F[n], b: F[n]) -> F[n]:
    y = np.empty_like(a)
    for i in prange(n):
        y[i] = a[i] * b[i] + a[i] * 0.3
    return y

#: reals
def horner(a: F[n]) -> F[n]:
    return ((a * 0.5 + 0.25) * a + 0.125) * a + 1

#: special
def with_special_values(a: F[n], b: F[n]) -> F[n]:
    return a * b + a / b - b
