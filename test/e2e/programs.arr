"""Whole programs, as they are published for NumPy: many statements that meet."""
import numpy as np

F = f32 | f64

#: reals
#: tol 4096
def arc_distance(theta_1: f64[n], phi_1: f64[n], theta_2: f64[n], phi_2: f64[n]) -> f64[n]:
    temp = np.sin((theta_2 - theta_1) / 2)**2 + np.cos(theta_1) * np.cos(theta_2) * np.sin((phi_2 - phi_1) / 2)**2
    return 2 * np.arctan2(np.sqrt(np.abs(temp)), np.sqrt(np.abs(1 - temp)))

def clip_and_combine(x: i64[n, m], y: i64[n, m], a: i64, b: i64, c: i64) -> i64[n, m]:
    return np.clip(x, 2, 10) * a + y * b + c

#: tol 4
def jacobi_2d(a: f64[n, n], b: f64[n, n]):
    for t in range(3):
        b[1:-1, 1:-1] = 0.2 * (a[1:-1, 1:-1] + a[1:-1, :-2] + a[1:-1, 2:] + a[2:, 1:-1] + a[:-2, 1:-1])
        a[1:-1, 1:-1] = 0.2 * (b[1:-1, 1:-1] + b[1:-1, :-2] + b[1:-1, 2:] + b[2:, 1:-1] + b[:-2, 1:-1])

#: tol 64
def fdtd_2d(ex: f64[n, m], ey: f64[n, m], hz: f64[n, m]):
    for t in range(3):
        ey[0, :] = t
        ey[1:, :] -= 0.5 * (hz[1:, :] - hz[:-1, :])
        ex[:, 1:] -= 0.5 * (hz[:, 1:] - hz[:, :-1])
        hz[:-1, :-1] -= 0.7 * (ex[:-1, 1:] - ex[:-1, :-1] + ey[1:, :-1] - ey[:-1, :-1])

#: n = 1 2 9 40
#: m = 1 3 17
def gemm(alpha: f64, beta: f64, c: f64[n, m], a: f64[n, k], b: f64[k, m]):
    c[:] = alpha * a @ b + beta * c

def gesummv(alpha: f64, beta: f64, a: f64[n, n], b: f64[n, n], x: f64[n]) -> f64[n]:
    return alpha * a @ x + beta * b @ x

def mvt(x1: f64[n], x2: f64[n], y1: f64[n], y2: f64[n], a: f64[n, n]):
    x1 += a @ y1
    x2 += y2 @ a

def bicg(a: f64[n, m], p: f64[m], r: f64[n]):
    return r @ a, a @ p

def atax(a: f64[n, m], x: f64[m]) -> f64[m]:
    return (a @ x) @ a

#: n = 2 3 8 30
#: reals
#: tol 4096
def cholesky(b: f64[n, n]) -> f64[n, n]:
    a = b @ b.T + 10 * np.eye(n)
    a[0, 0] = np.sqrt(a[0, 0])
    for i in range(1, n):
        for j in range(i):
            a[i, j] -= np.dot(a[i, :j], a[j, :j])
            a[i, j] /= a[j, j]
        a[i, i] -= np.dot(a[i, :i], a[i, :i])
        a[i, i] = np.sqrt(a[i, i])
    return a

#: n = 2 5 40
#: m = 1 3 20
#: tol 64
def covariance(data: F[n, m]) -> F[m, m]:
    mean = data.mean(axis=0)
    centred = data - mean
    cov = np.zeros((m, m), dtype=F)
    for i in range(m):
        cov[i:m, i] = centred[:, i] @ centred[:, i:m] / (n - 1)
        cov[i, i:m] = cov[i:m, i]
    return cov

#: reals
#: tol 4096
#: n = 1 2 5 20
def trisolv(l: f64[n, n], x: f64[n], b: f64[n]):
    for i in range(n):
        x[i] = (b[i] - l[i, :i] @ x[:i]) / (abs(l[i, i]) + 3)

#: tol 1024
#: n = 2 3 9 20
def seidel_2d(a: f64[n, n]):
    for t in range(2):
        for i in range(1, n - 1):
            a[i, 1:-1] += a[i - 1, :-2] + a[i - 1, 1:-1] + a[i - 1, 2:] + a[i, 2:] + a[i + 1, :-2] + a[i + 1, 1:-1] + a[i + 1, 2:]
            for j in range(1, n - 1):
                a[i, j] += a[i, j - 1]
                a[i, j] /= 9.0

#: reals
#: tol 256
#: n = 1 3 20
#: m = 1 2 9
def softmax(x: F[n, m]) -> F[n, m]:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def relu_mlp(x: f64[n, k], w1: f64[k, m], b1: f64[m], w2: f64[m, 3]) -> f64[n, 3]:
    return np.maximum(np.maximum(x @ w1 + b1, 0) @ w2, 0)

def doitgen(a: f64[n, m, k], c: f64[k, k]):
    for r in range(n):
        a[r] = a[r] @ c

#: reals
#: tol 64
def go_fast(a: f64[n, n]) -> f64[n, n]:
    trace = 0.0
    for i in range(n):
        trace += np.tanh(a[i, i])
    return a + trace

#: n = 2 3 8
def floyd_warshall(path: i64[n, n]):
    for k in range(n):
        for i in range(n):
            path[i, :] = np.minimum(path[i, :], path[i, k] + path[k, :])

#: x in 0..3
#: n = 2 5 12
def nussinov(x: i64[n]) -> i64:
    table = np.zeros((n, n), dtype=i64)
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            table[i, j] = max(table[i, j], table[i, j - 1])
            if i + 1 < n:
                table[i, j] = max(table[i, j], table[i + 1, j])
            if i < j - 1:
                table[i, j] = max(table[i, j], table[i + 1, j - 1] + (1 if x[i] + x[j] == 3 else 0))
            for k in range(i + 1, j):
                table[i, j] = max(table[i, j], table[i, k] + table[k + 1, j])
    return table[0, n - 1]

#: n = 3 8 30
#: tol 64
def vertical_advection(u: f64[n, k], w: f64[n, k]) -> f64[n, k]:
    c = np.zeros((n, k))
    d = np.zeros((n, k))
    for i in range(n):
        if i == 0:
            c[i] = w[i] / 4
            d[i] = u[i]
        else:
            f = 1 / (10 + np.abs(c[i - 1]))
            c[i] = w[i] * f
            d[i] = (u[i] - d[i - 1]) * f
    x = np.zeros((n, k))
    for i in range(n - 1, -1, -1):
        x[i] = d[i] - c[i] * (x[i + 1] if i < n - 1 else x[i])
    return x

#: n = 1 4 16
def conv2d(x: f64[n, n], w: f64[3, 3]) -> f64[:, :]:
    h = max(n - 2, 0)
    out = np.zeros((h, h))
    for i in range(h):
        for j in range(h):
            out[i, j] = np.sum(x[i:i + 3, j:j + 3] * w)
    return out

#: n = 1 4 16
def nbody_forces(p: f64[n, 3]) -> f64[n, 3]:
    delta = p[np.newaxis, :, :] - p[:, np.newaxis, :]
    r2 = (delta * delta).sum(axis=2) + 1
    return (delta * r2[:, :, np.newaxis]).sum(axis=1)

#: reals
#: tol 512
def standardised(x: f64[n + 2, k]) -> f64[n + 2, k]:
    return (x - x.mean(axis=0)) / (x.std(axis=0) + 1)

#: tol 4096
#: reals
#: n = 1 2 16
def power_iteration(a: f64[n, n]) -> f64:
    v = np.ones(n)
    for i in range(5):
        w = a @ v
        v = w / (np.sqrt((w * w).sum()) + 1)
    return v @ (a @ v)

#: n = 2 16
#: tol 1e6
#: reals
def conjugate_gradient(m: f64[n, n], b: f64[n]) -> f64[n]:
    a = m @ m.T + n * 10 * np.eye(n)
    x = np.zeros(n)
    r = b - a @ x
    p = r.copy()
    rs = r @ r
    for i in range(4):
        q = a @ p
        alpha = rs / (p @ q + 1e-30)
        x += alpha * p
        r -= alpha * q
        new = r @ r
        p = r + (new / (rs + 1e-30)) * p
        rs = new
    return x

def game_of_life(board: i64[n, n]) -> i64[n, n]:
    count = np.zeros((n, n), dtype=i64)
    count[1:-1, 1:-1] = (board[:-2, :-2] + board[:-2, 1:-1] + board[:-2, 2:] + board[1:-1, :-2]
                         + board[1:-1, 2:] + board[2:, :-2] + board[2:, 1:-1] + board[2:, 2:])
    return np.where((count == 3) | ((count == 2) & (board == 1)), 1, 0)

def shared_parts(x: f64[n]) -> f64[n]:
    a = x * 2
    b = a + 1
    c = a * b
    d = c - a
    return d + b * c + a

def fused_into_two_reductions(x: f64[n, k]):
    y = x * 2 + 1
    return y.sum(), y.sum(axis=0), y[::2] - 1

def store_then_use(x: f64[n, k], y: f64[n]):
    y[:] = x.sum(axis=1)
    x /= 2
    z = x * y[:, np.newaxis]
    x[:] = z - x
    return z
