"""Differences, integrals, interpolation, convolution."""
import numpy as np

T = f64 | i32

#: n = 3 9 40
#: k = 3 7
def differences(x: T[n], y: T[n, k], b: bool[n]):
    return np.diff(x), np.diff(x, 2), np.diff(y), np.diff(y, axis=0), np.diff(y, n=2, axis=0), np.diff(b), np.diff(x, prepend=0), np.diff(x, append=x[:2]), np.diff(y, axis=0, prepend=y[:1]), np.ediff1d(y)

#: n = 2 9 40
#: k = 2 7
def gradients(x: T[n], y: T[n, k]):
    a, b = np.gradient(y)
    return np.gradient(x), np.gradient(x, 2.0), a, b, np.gradient(y, axis=1)

#: reals
#: tol 64
#: n = 2 9 40
def uneven_gradients(x: f64[n]):
    return np.gradient(x, np.cumsum(np.abs(x) + 0.1))

#: n = 0 1 9 40
def integrals(x: T[n], y: T[k, n]):
    return np.trapezoid(x), np.trapezoid(y), np.trapezoid(y, axis=0), np.trapezoid(x, x), np.trapezoid(y, x), np.trapezoid(y, dx=0.5), np.trapezoid(y, y, axis=1)

#: reals
#: tol 8
#: n = 1 5 20
def interpolated(x: f64[m], y: f64[n], a: f64[m, 2]):
    xp = np.arange(n) - n / 2
    return np.interp(x, xp, y), np.interp(x, xp, y, left=-1, right=2.5), np.interp(a, xp, y), np.interp(0.25, xp, y)

#: special
#: n = 1 5
def interpolated_special(x: f64[m]):
    return np.interp(x, np.array([-1.0, 0.5, 2.0]), np.array([3.0, 4.0, -2.0]))

#: n = 1 2 9 40
#: m = 1 2 5
def convolutions(x: T[n], v: T[m]):
    return np.convolve(x, v), np.convolve(x, v, 'same'), np.convolve(x, v, mode='valid'), np.correlate(x, v), np.correlate(x, v, 'full'), np.correlate(x, v, 'same')

#: n = 1 9
#: m = 1 4
def complex_correlation(x: c128[n], v: c128[m]):
    return np.correlate(x, v, 'full'), np.convolve(x, v)

#: n = 1 5
def polynomials(p: T[n], x: T[m]):
    return np.polyval(p, x), np.polyval(p, 2)

def divisors(x: i64[n], y: i32[n], a: i32, b: i32):
    return np.gcd(x % 1000, 12), np.lcm(y % 100, 15), np.gcd(y, 18), np.gcd(a, b)

#: special
def numbers(x: f64[n], y: f32[n]):
    return np.nan_to_num(x), np.nan_to_num(y), np.nan_to_num(x, nan=1.0, posinf=2.0, neginf=-3.0)

#: reals
#: tol 64
def unwrapped(x: f64[n], y: f64[n, k]):
    return np.unwrap(x), np.unwrap(y), np.unwrap(y, axis=0)

#: tol 16
#: call (1, 10)
#: call (0.5, 3.0)
#: only calls
def spaced(a: float, b: float):
    return np.logspace(a, b, 7), np.geomspace(a, b, 6), np.logspace(a, b, num=4, endpoint=False, base=2)

#: tol 16
#: call (0)
#: call (1)
#: call (8)
#: only calls
def windows(n: int):
    return np.hanning(n), np.hamming(n), np.blackman(n), np.bartlett(n)

#: special
def parts_of_numbers(x: f64[n], y: f32[n]):
    a, b = np.modf(x)
    c, d = np.modf(y)
    return a, b, c, d
