"""Real and imaginary parts of complex arrays are views."""
import numpy as np

C = c64 | c128

def parts(x: C[n, k]):
    return x.real, x.imag, np.real(x), np.imag(x), x[::-1].T.real, x.imag[:, ::2]

def updated(x: C[n]):
    x.imag += 2
    x.real *= x.imag
    x.real -= 1

def assigned(x: C[n, k]):
    x.imag = 3
    x.real[1:] = x.imag[:-1]
    x[:, :1].imag = x.real[:, :1]

def swapped(x: C[n]):
    t = x.real.copy()
    x.real = x.imag
    x.imag = t

def through_view(x: C[n]):
    r = x.real
    i = x.imag
    r += i
    i[::2] = r[::2][::-1]
    return r + i

def overlapping(x: C[n]):
    x.real = x.imag[::-1]
    x.imag[1:] += x.real[:-1]
    x[:] = x[::-1] + x.real

def of_local(x: C[n]):
    z = x + 1
    r = z.real
    r += 1
    return z, r

def of_value(x: C[n]):
    return (x * x).real, (x + x.conj()).imag, np.abs((x - 1).real)

def elements(x: C[n]):
    for k in range(n):
        x.real[k] += k
        x.imag[k] = x.real[k] - x[k].imag

def in_parallel(x: C[n]):
    for k in prange(n):
        x.real[k] = x.imag[k] + 1

def written_by_callee(x: C[n]):
    double(x.imag)
    double(x[::2].real)

def double(v):
    v *= 2

def of_real(x: f64[n]):
    x.real += 1
    return x.real, x.imag

def sums(x: C[n, k]):
    return x.real.sum(), x.imag.sum(axis=0), (x.real * x.imag).sum(axis=1)
