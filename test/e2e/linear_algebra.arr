"""Linear algebra written out in loops and in slices."""
import numpy as np

T = f32 | f64

#: reals
#: tol 1e6
#: n = 1 2 3 8 20
def lu_in_place(m: f64[n, n]) -> f64[n, n]:
    a = m + 10 * np.eye(n)
    for k in range(n):
        for i in range(k + 1, n):
            a[i, k] /= a[k, k]
            a[i, k + 1:] -= a[i, k] * a[k, k + 1:]
    return a

#: reals
#: tol 1e6
#: n = 1 2 3 8 20
def lu_outer(m: f64[n, n]) -> tuple[f64[n, n], f64[n, n]]:
    u = m + 10 * np.eye(n)
    l = np.eye(n)
    for k in range(n - 1):
        l[k + 1:, k] = u[k + 1:, k] / u[k, k]
        u[k + 1:, k:] -= np.outer(l[k + 1:, k], u[k, k:])
    return l, u

#: reals
#: tol 1e7
#: n = 1 2 3 8 20
def solve_with_pivots(m: f64[n, n], rhs: f64[n]) -> f64[n]:
    a = m.copy()
    for i in range(n):
        a[i, (i + 1) % n] += 7.0
    b = rhs.copy()
    for k in range(n):
        p = k + np.argmax(np.abs(a[k:, k]))
        if p != k:
            row = a[k].copy()
            a[k] = a[p]
            a[p] = row
            b[k], b[p] = b[p], b[k]
        factors = a[k + 1:, k] / a[k, k]
        a[k + 1:] -= factors[:, np.newaxis] * a[k]
        b[k + 1:] -= factors * b[k]
    x = np.zeros(n)
    for i in range(n - 1, -1, -1):
        x[i] = (b[i] - a[i, i + 1:] @ x[i + 1:]) / a[i, i]
    return x

#: reals
#: tol 1e6
#: n = 1 2 3 8 20
def cholesky_columns(m: T[n, n]) -> T[n, n]:
    a = m @ m.T + 10 * np.eye(n, dtype=T)
    l = np.zeros_like(a)
    for j in range(n):
        l[j, j] = np.sqrt(a[j, j] - np.sum(l[j, :j]**2))
        for i in range(j + 1, n):
            l[i, j] = (a[i, j] - np.dot(l[i, :j], l[j, :j])) / l[j, j]
    return l

#: reals
#: tol 1e6
#: n = 3 8 20
#: k = 1 2 3
def gram_schmidt(m: f64[n, k]) -> tuple[f64[n, k], f64[k, k]]:
    a = m + 3 * np.eye(n, k)
    q = np.zeros((n, k))
    r = np.zeros((k, k))
    for j in range(k):
        v = a[:, j].copy()
        for i in range(j):
            r[i, j] = q[:, i] @ a[:, j]
            v -= r[i, j] * q[:, i]
        r[j, j] = np.sqrt(np.sum(v**2))
        q[:, j] = v / r[j, j]
    return q, r

#: reals
#: tol 1e7
#: n = 2 3 8
def householder(m: f64[n, n]) -> f64[n, n]:
    r = m + 5 * np.eye(n)
    for k in range(n - 1):
        x = r[k:, k]
        v = x.copy()
        v[0] += np.copysign(np.sqrt(x @ x), x[0])
        v /= np.sqrt(v @ v)
        r[k:, k:] -= 2 * np.outer(v, v @ r[k:, k:])
    return r

#: reals
#: tol 1e7
#: n = 1 2 3 12
def conjugate_gradients(m: f64[n, n], b: f64[n]) -> tuple[f64[n], i64]:
    a = m @ m.T + 10 * n * np.eye(n)
    x = np.zeros_like(b)
    r = b - a @ x
    p = r
    rsold = r @ r
    its = 0
    for i in range(n):
        if np.sqrt(rsold) < 1e-3:
            break
        ap = a @ p
        alpha = rsold / (p @ ap)
        x = x + alpha * p
        r = r - alpha * ap
        rsnew = r @ r
        p = r + (rsnew / rsold) * p
        rsold = rsnew
        its += 1
    return x, its

#: reals
#: tol 1e6
#: n = 1 2 3 12
def dominant_eigenvalue(m: T[n, n]) -> tuple[T, T[n]]:
    a = m @ m.T + np.eye(n, dtype=T)
    v = np.ones(n, dtype=T) / np.sqrt(T(n))
    for _ in range(20):
        v = a @ v
        v /= np.sqrt((v**2).sum())
    return v @ a @ v, v

#: reals
#: tol 1e6
#: n = 1 2 3 12
def richardson(m: f64[n, n], b: f64[n]) -> f64[n]:
    a = np.eye(n) + 0.01 * m
    x = b.copy()
    error = 1.0
    count = 0
    while error > 1e-10:
        dx = b - a @ x
        x += dx
        error = np.max(np.abs(dx))
        count += 1
        if count == 50:
            break
    return x

#: reals
#: tol 1e7
#: n = 1 2 3 8
def inverse_gauss_jordan(m: f64[n, n]) -> f64[n, n]:
    work = np.zeros((n, 2 * n))
    work[:, :n] = m + 10 * np.eye(n)
    work[:, n:] = np.eye(n)
    for i in range(n):
        work[i] /= work[i, i]
        for j in range(n):
            if j != i:
                work[j] -= work[j, i] * work[i]
    return work[:, n:]

#: reals
#: tol 1e7
#: n = 1 2 3 6
def determinant(m: f64[n, n]) -> f64:
    a = m.copy()
    det = 1.0
    for k in range(n):
        pivot = k
        for i in range(k + 1, n):
            if abs(a[i, k]) > abs(a[pivot, k]):
                pivot = i
        if a[pivot, k] == 0:
            return 0.0
        if pivot != k:
            for j in range(n):
                a[k, j], a[pivot, j] = a[pivot, j], a[k, j]
            det = -det
        det *= a[k, k]
        a[k + 1:, k:] -= a[k + 1:, k:k + 1] / a[k, k] * a[k, k:]
    return det

#: reals
#: tol 1e6
#: n = 2 3 6
def jacobi_rotations(m: f64[n, n]) -> f64[n]:
    """Eigenvalues of a symmetric matrix, smallest first."""
    a = (m + m.T) / 2
    for sweep in range(10):
        for p in range(n - 1):
            for q in range(p + 1, n):
                if abs(a[p, q]) > 1e-14:
                    theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
                    t = 1 / (abs(theta) + np.sqrt(theta**2 + 1))
                    if theta < 0:
                        t = -t
                    c = 1 / np.sqrt(t**2 + 1)
                    s = t * c
                    row_p, row_q = a[p, :].copy(), a[q, :].copy()
                    a[p, :], a[q, :] = c * row_p - s * row_q, s * row_p + c * row_q
                    col_p, col_q = a[:, p].copy(), a[:, q].copy()
                    a[:, p], a[:, q] = c * col_p - s * col_q, s * col_p + c * col_q
    values = np.einsum("ii->i", a).copy()
    for i in range(n):
        for j in range(i + 1, n):
            if values[j] < values[i]:
                values[i], values[j] = values[j], values[i]
    return values

#: n = 1 2 3 12
#: m = 1 2 9
#: k = 1 2 7
def matmul_loops(a: f64[n, k], b: f64[k, m]) -> f64[n, m]:
    c = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            for l in range(k):
                c[i, j] += a[i, l] * b[l, j]
    return c

#: n = 1 2 3 12
#: m = 1 2 9
#: k = 1 2 7
def matmul_tiled(a: f32[n, k], b: f32[k, m]) -> f32[n, m]:
    c = np.zeros((n, m), dtype=np.float32)
    ts = 4
    for i0 in prange((n + ts - 1) // ts):
        for j0 in range(0, m, ts):
            for l0 in range(0, k, ts):
                rows = slice_end(i0 * ts, ts, n)
                c[i0 * ts:rows, j0:j0 + ts] += a[i0 * ts:rows, l0:l0 + ts] @ b[l0:l0 + ts, j0:j0 + ts]
    return c

def slice_end(start, length, n):
    return min(start + length, n)

#: n = 1 2 9
def sparse_times_vector(values: f64[n, 3], columns: i64[n, 3], x: f64[n]) -> f64[n]:
    y = np.zeros(n)
    for i in prange(n):
        for j in range(3):
            y[i] += values[i, j] * x[columns[i, j] % n]
    return y

#: n = 1 2 9
#: m = 1 3 8
def kronecker(a: f64[n, m], b: f64[2, 3]) -> f64[2 * n, 3 * m]:
    return np.einsum('ij,kl->ikjl', a, b).reshape(2 * n, 3 * m)

#: n = 1 2 9
def trace_of_product(a: f64[n, n], b: f64[n, n]) -> f64:
    return np.trace(a @ b) - np.sum(a * b.T)

#: n = 1 2 9
def strictly_upper(a: f64[n, n]) -> f64[n, n]:
    i = np.arange(n)
    return np.where(i[:, None] < i[None, :], a, 0)

#: reals
#: tol 1e4
#: n = 2 3 9
#: m = 1 2 4
def least_squares_line(x: f64[n], y: f64[n]) -> tuple[f64, f64]:
    mx, my = x.mean(), y.mean()
    slope = ((x - mx) * (y - my)).sum() / (((x - mx)**2).sum() + 1)
    return slope, my - slope * mx

#: n = 0 1 2 9
def rotate_points(p: c128[n], q: c64[n]) -> tuple[c128[n], f32[n]]:
    return p * np.exp(0j) * 1j, np.abs(q.real) + q.imag

#: reals
#: tol 1e5
#: n = 1 2 8 16
def dft(x: f64[n]) -> c128[n]:
    k = np.arange(n)
    w = np.exp(-2j * np.pi * k[:, None] * k / n)
    return w @ x

#: reals
#: tol 1e5
#: n = 1 2 8 32
def fft_iterative(x: c128[n]) -> c128[n]:
    a = x.copy()
    j = 0
    for i in range(1, n):
        bit = n >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j ^= bit
        if i < j:
            a[i], a[j] = a[j], a[i]
    size = 2
    while size <= n:
        w = np.exp(-2j * np.pi / size * np.arange(size // 2))
        for start in range(0, n, size):
            even = a[start:start + size // 2].copy()
            odd = a[start + size // 2:start + size] * w
            a[start:start + size // 2] = even + odd
            a[start + size // 2:start + size] = even - odd
        size *= 2
    return a

#: n = 1 2 5
#: m = 1 3
#: tol 8
def norms_of(x: i32[n], y: f32[n, m], z: c128[n]):
    return (np.linalg.norm(x), np.linalg.norm(y), np.linalg.norm(y, axis=0), np.linalg.norm(y, axis=-1, keepdims=True), np.linalg.norm(z),
            np.linalg.norm(x, 1), np.linalg.norm(x, np.inf), np.linalg.norm(y, 1, axis=1), np.linalg.norm(x, 0), np.linalg.norm(y, ord=3, axis=0))

#: n = 1 2 5
#: m = 1 3
#: tol 8
def norms_of_matrices(y: f64[n, m]):
    return np.linalg.norm(y, 'fro'), np.linalg.norm(y, 1), np.linalg.norm(y, ord=np.inf), np.linalg.norm(y, -1), np.linalg.norm(y, -np.inf)
