"""The programs that are measured."""
import numpy as np

def sqeuclidean_broadcast(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    return ((x[:, np.newaxis, :] - y[np.newaxis, :, :]) ** 2).sum(axis=2)

def sqeuclidean_trick(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    x2 = np.einsum('ij,ij->i', x, x)[:, np.newaxis]
    y2 = np.einsum('ij,ij->i', y, y)[np.newaxis, :]
    return np.abs(x2 + y2 - 2. * (x @ y.T))

def sqeuclidean_loops(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    d = np.empty((n, m))
    for i in prange(n):
        for j in range(m):
            r = 0.
            for l in range(k):
                r += (x[i, l] - y[j, l]) ** 2
            d[i, j] = r
    return d

def cityblock_broadcast(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    return np.abs(x[:, np.newaxis, :] - y[np.newaxis, :, :]).sum(axis=2)

def cityblock_loops(x: f64[n, k], y: f64[m, k]) -> f64[n, m]:
    d = np.empty((n, m))
    for i in prange(n):
        for j in range(m):
            r = 0.
            for l in range(k):
                r += abs(x[i, l] - y[j, l])
            d[i, j] = r
    return d

def polynomial(a: f64[n]) -> f64[n]:
    return a**3 + a**2 + a + 1.

def mathematical(a: f64[n], b: f64[n]) -> f64[n]:
    return np.exp(-a) * np.sin(b) + np.log(1 + a)

def sum_axis0(x: f64[n, k]) -> f64[k]:
    return x.sum(axis=0)

def sum_axis1(x: f64[n, k]) -> f64[n]:
    return x.sum(axis=1)

def sum_all(x: f64[n, k]) -> f64:
    return x.sum()
