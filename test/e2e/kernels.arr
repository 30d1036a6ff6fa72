"""Kernels of scientific codes in the form in which they are published for NumPy."""
import numpy as np

T = f32 | f64

#: reals
#: tol 1e5
#: n = 1 2 9
def durbin(r: f64[n]) -> f64[n]:
    y = np.empty_like(r)
    alpha = -r[0] / 10
    beta = 1.0
    y[0] = -r[0] / 10
    for k in range(1, n):
        beta *= 1.0 - alpha * alpha
        alpha = -(r[k] / 10 + np.dot(np.flip(r[:k]) / 10, y[:k])) / (beta + 3)
        y[:k] += alpha * np.flip(y[:k])
        y[k] = alpha
    return y

#: n = 1 2 9
#: m = 1 3
def symm(alpha: f64, beta: f64, c: f64[n, m], a: f64[n, n], b: f64[n, m]):
    temp2 = np.empty((c.shape[1],), dtype=c.dtype)
    c *= beta
    for i in range(c.shape[0]):
        for j in range(c.shape[1]):
            c[:i, j] += alpha * b[i, j] * a[i, :i]
            temp2[j] = b[:i, j] @ a[i, :i]
        c[i, :] += alpha * b[i, :] * a[i, i] + alpha * temp2

#: n = 1 2 9
#: m = 1 3
def syrk(alpha: f64, beta: f64, c: f64[n, n], a: f64[n, m]):
    for i in range(a.shape[0]):
        c[i, :i + 1] *= beta
        for k in range(a.shape[1]):
            c[i, :i + 1] += alpha * a[i, k] * a[:i + 1, k]

#: n = 1 2 9
#: m = 1 3
def trmm(alpha: f64, a: f64[n, n], b: f64[n, m]):
    for i in range(b.shape[0]):
        for j in range(b.shape[1]):
            b[i, j] += np.dot(a[i + 1:, i], b[i + 1:, j])
    b *= alpha

#: n = 1 2 9
def gemver(alpha: f64, beta: f64, a: f64[n, n], u1: f64[n], v1: f64[n], u2: f64[n], v2: f64[n], w: f64[n], x: f64[n], y: f64[n], z: f64[n]):
    a += np.outer(u1, v1) + np.outer(u2, v2)
    x += beta * y @ a + z
    w += alpha * a @ x

#: reals
#: tol 1e5
#: n = 3 4 8
def heat_3d(a: f64[n, n, n], b: f64[n, n, n]):
    for t in range(1, 3):
        b[1:-1, 1:-1, 1:-1] = (0.125 * (a[2:, 1:-1, 1:-1] - 2.0 * a[1:-1, 1:-1, 1:-1] + a[:-2, 1:-1, 1:-1])
                               + 0.125 * (a[1:-1, 2:, 1:-1] - 2.0 * a[1:-1, 1:-1, 1:-1] + a[1:-1, :-2, 1:-1])
                               + 0.125 * (a[1:-1, 1:-1, 2:] - 2.0 * a[1:-1, 1:-1, 1:-1] + a[1:-1, 1:-1, 0:-2])
                               + a[1:-1, 1:-1, 1:-1])
        a[1:-1, 1:-1, 1:-1] = b[1:-1, 1:-1, 1:-1] * 0.5 + a[:-2, 1:-1, 1:-1] / 2

#: reals
#: tol 1e6
#: n = 4 6 12
def adi(u: f64[n, n]):
    v = np.empty(u.shape, dtype=u.dtype)
    p = np.empty(u.shape, dtype=u.dtype)
    q = np.empty(u.shape, dtype=u.dtype)
    dx, dy, dt = 1.0 / n, 1.0 / n, 1.0 / 3
    mul1 = 2.0 * dt / (dx * dx)
    mul2 = 1.0 * dt / (dy * dy)
    a = -mul1 / 2.0
    b = 1.0 + mul2
    c = a
    d = -mul2 / 2.0
    e = 1.0 + mul2
    f = d
    for t in range(1, 3):
        v[0, 1:n - 1] = 1.0
        p[1:n - 1, 0] = 0.0
        q[1:n - 1, 0] = v[0, 1:n - 1]
        for j in range(1, n - 1):
            p[1:n - 1, j] = -c / (a * p[1:n - 1, j - 1] + b)
            q[1:n - 1, j] = (-d * u[j, 0:n - 2] + (1.0 + 2.0 * d) * u[j, 1:n - 1] - f * u[j, 2:n]
                             - a * q[1:n - 1, j - 1]) / (a * p[1:n - 1, j - 1] + b + 40)
        v[n - 1, 1:n - 1] = 1.0
        for j in range(n - 2, 0, -1):
            v[j, 1:n - 1] = p[1:n - 1, j] * v[j + 1, 1:n - 1] + q[1:n - 1, j]
        u[1:n - 1, 0] = 1.0
        for j in range(1, n - 1):
            u[1:n - 1, j] = v[j, 1:n - 1] / (e + 1)

#: reals
#: tol 1e6
#: n = 4 7 12
#: m = 4 6
def cavity_flow(u: f64[n, m], v: f64[n, m], p: f64[n, m]):
    dt, dx, dy, rho, nu = 0.001, 0.5, 0.5, 1.0, 0.1
    b = np.zeros((n, m))
    for step in range(3):
        un = u.copy()
        vn = v.copy()
        build_up_b(b, rho, dt, u, v, dx, dy)
        pressure_poisson(p, dx, dy, b)
        u[1:-1, 1:-1] = (un[1:-1, 1:-1] - un[1:-1, 1:-1] * dt / dx * (un[1:-1, 1:-1] - un[1:-1, 0:-2])
                         - vn[1:-1, 1:-1] * dt / dy * (un[1:-1, 1:-1] - un[0:-2, 1:-1])
                         - dt / (2 * rho * dx) * (p[1:-1, 2:] - p[1:-1, 0:-2])
                         + nu * (dt / dx**2 * (un[1:-1, 2:] - 2 * un[1:-1, 1:-1] + un[1:-1, 0:-2])
                                 + dt / dy**2 * (un[2:, 1:-1] - 2 * un[1:-1, 1:-1] + un[0:-2, 1:-1])))
        v[1:-1, 1:-1] = (vn[1:-1, 1:-1] - un[1:-1, 1:-1] * dt / dx * (vn[1:-1, 1:-1] - vn[1:-1, 0:-2])
                         - vn[1:-1, 1:-1] * dt / dy * (vn[1:-1, 1:-1] - vn[0:-2, 1:-1])
                         - dt / (2 * rho * dy) * (p[2:, 1:-1] - p[0:-2, 1:-1]))
        u[0, :] = 0
        u[:, 0] = 0
        u[:, -1] = 0
        u[-1, :] = 1
        v[0, :], v[-1, :] = 0, 0
        v[:, 0] = v[:, -1] = 0

def build_up_b(b, rho, dt, u, v, dx, dy):
    b[1:-1, 1:-1] = (rho * (1 / dt * ((u[1:-1, 2:] - u[1:-1, 0:-2]) / (2 * dx) + (v[2:, 1:-1] - v[0:-2, 1:-1]) / (2 * dy))
                            - ((u[1:-1, 2:] - u[1:-1, 0:-2]) / (2 * dx))**2
                            - 2 * ((u[2:, 1:-1] - u[0:-2, 1:-1]) / (2 * dy) * (v[1:-1, 2:] - v[1:-1, 0:-2]) / (2 * dx))))

def pressure_poisson(p, dx, dy, b):
    for q in range(4):
        pn = p.copy()
        p[1:-1, 1:-1] = (((pn[1:-1, 2:] + pn[1:-1, 0:-2]) * dy**2 + (pn[2:, 1:-1] + pn[0:-2, 1:-1]) * dx**2)
                         / (2 * (dx**2 + dy**2)) - dx**2 * dy**2 / (2 * (dx**2 + dy**2)) * b[1:-1, 1:-1])
        p[:, -1] = p[:, -2]
        p[0, :] = p[1, :]
        p[:, 0] = p[:, 1]
        p[-1, :] = 0

#: reals
#: tol 1e4
#: n = 5 6 9
#: m = 5 7
def horizontal_diffusion(inp: T[n, m, k], coeff: T[n - 4, m - 4, k]) -> T[n - 4, m - 4, k]:
    lap = 4.0 * inp[1:-1, 1:-1, :] - (inp[2:, 1:-1, :] + inp[:-2, 1:-1, :] + inp[1:-1, 2:, :] + inp[1:-1, :-2, :])
    res1 = lap[1:, 1:-1, :] - lap[:-1, 1:-1, :]
    flx = np.where((res1 * (inp[2:-1, 2:-2, :] - inp[1:-2, 2:-2, :])) > 0, 0, res1)
    res2 = lap[1:-1, 1:, :] - lap[1:-1, :-1, :]
    fly = np.where((res2 * (inp[2:-2, 2:-1, :] - inp[2:-2, 1:-2, :])) > 0, 0, res2)
    return inp[2:-2, 2:-2, :] - coeff * (flx[1:, :, :] - flx[:-1, :, :] + fly[:, 1:, :] - fly[:, :-1, :])

#: n = 1 2 9
#: channels = 1 3
def convolution(x: f32[n + 2, n + 2, channels], weights: f32[3, 3, channels, 4], bias: f32[4]) -> f32[n, n, 4]:
    out = np.empty((n, n, 4), dtype=np.float32)
    for i in range(n):
        for j in range(n):
            out[i, j, :] = np.sum(x[i:i + 3, j:j + 3, :, np.newaxis] * weights, axis=(0, 1, 2))
    return out + bias

#: reals
#: tol 1e4
#: n = 1 2 9
def azimuthal_average(data: f64[n], radius: f64[n]) -> f64[8]:
    rmax = np.abs(radius).max() + 1e-3
    res = np.zeros(8)
    for i in range(8):
        r1 = rmax * i / 8
        r2 = rmax * (i + 1) / 8
        mask = np.logical_and(r1 <= np.abs(radius), np.abs(radius) < r2)
        count = mask.sum()
        if count > 0:
            res[i] = data[mask].mean()
    return res

#: n = 2 5 20
def mandelbrot_masked(n: i64) -> i64[5, 7]:
    x = np.linspace(-2.0, 0.5, 7)
    y = np.linspace(-1.0, 1.0, 5)
    c = x + y[:, None] * 1j
    count = np.zeros(c.shape, dtype=np.int64)
    z = np.zeros(c.shape, dtype=np.complex128)
    for step in range(12):
        inside = np.abs(z) < 2.0
        count[inside] = step
        z[inside] = z[inside]**2 + c[inside]
    return count

#: columns in 0..n-1
#: n = 1 2 9
def spmv(starts: i64[n + 1], columns: i64[m], values: f64[m], x: f64[n]) -> f64[n]:
    y = np.empty(n)
    for i in range(n):
        lo = min(max(starts[i], 0), m)
        hi = min(max(starts[i + 1], 0), m)
        cols = columns[lo:hi]
        vals = values[lo:hi]
        y[i] = vals @ x[cols]
    return y

#: n = 0 1 9
def crc16(data: u8[n]) -> u16:
    crc = 0xFFFF
    for i in range(data.shape[0]):
        b = data[i]
        cur_byte = 0xFF & b
        for _ in range(0, 8):
            if (crc & 0x0001) ^ (cur_byte & 0x0001):
                crc = (crc >> 1) ^ 0x8408
            else:
                crc >>= 1
            cur_byte >>= 1
    crc = ~crc & 0xFFFF
    crc = (crc << 8) | ((crc >> 8) & 0xFF)
    return u16(crc & 0xFFFF)

#: reals
#: tol 1e5
#: n = 1 4 9
#: m = 1 3 8
def deriche(img: f64[n, m]) -> f64[n, m]:
    alpha = 0.25
    k = (1.0 - np.exp(-alpha))**2 / (1.0 + alpha * np.exp(-alpha) - np.exp(2.0 * alpha))
    a1 = a5 = k
    a2 = a6 = k * np.exp(-alpha) * (alpha - 1.0)
    b1 = 2.0**(-alpha)
    b2 = -np.exp(-2.0 * alpha)
    y1 = np.zeros_like(img)
    y1[:, 0] = a1 * img[:, 0]
    if m > 1:
        y1[:, 1] = a1 * img[:, 1] + a2 * img[:, 0] + b1 * y1[:, 0]
    for j in range(2, m):
        y1[:, j] = a1 * img[:, j] + a2 * img[:, j - 1] + b1 * y1[:, j - 1] + b2 * y1[:, j - 2]
    out = y1 * a5
    for i in range(n - 2, -1, -1):
        out[i, :] += a6 * y1[i + 1, :] + b1 * out[i + 1, :]
    return out

#: reals
#: tol 1e5
#: n = 1 2 8
def scattering(g: c128[3, n, n], d: c128[3, 2, 2], neighbours: f64[n]) -> c128[3, n, n]:
    sigma = np.zeros_like(g)
    for k in range(3):
        for q in range(2):
            for i in range(n):
                dhg = g[k, i] @ g[(k - q) % 3]
                sigma[k, i] += dhg * d[q, 0, 1] + np.conj(dhg) * neighbours[i]
    return sigma

#: n = 1 2 9
def nussinov_pairs(seq: i32[n]) -> i32[n, n]:
    table = np.zeros((n, n), np.int32)
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            if j - 1 >= 0:
                table[i, j] = max(table[i, j], table[i, j - 1])
            if i + 1 < n:
                table[i, j] = max(table[i, j], table[i + 1, j])
            if j - 1 >= 0 and i + 1 < n:
                if i < j - 1:
                    table[i, j] = max(table[i, j], table[i + 1, j - 1] + match(seq[i], seq[j]))
                else:
                    table[i, j] = max(table[i, j], table[i + 1, j - 1])
            for k in range(i + 1, j):
                table[i, j] = max(table[i, j], table[i, k] + table[k + 1, j])
    return table

def match(b1, b2):
    if b1 + b2 == 3:
        return 1
    else:
        return 0

#: reals
#: tol 1e5
#: n = 2 3 9
def weno_like(u: f64[n]) -> f64[n]:
    left = np.concatenate((u[-1:], u[:-1]))
    right = np.concatenate((u[1:], u[:1]))
    b0 = (u - left)**2
    b1 = (right - u)**2
    w0 = 1 / (1e-2 + b0)**2
    w1 = 2 / (1e-2 + b1)**2
    return (w0 * (1.5 * u - 0.5 * left) + w1 * 0.5 * (u + right)) / (w0 + w1)

#: tol 64
#: n = 1 2 9
def contour(x: c128[n], h: c128[3, n, n]) -> c128[n, n]:
    p = np.zeros((n, n), dtype=np.complex128)
    for k in range(3):
        z = complex(k, 1 - k)
        tz = np.zeros((n, n), dtype=np.complex128)
        for i in range(3):
            tz += z**i * h[i]
        p += tz * x
    return p

#: reals
#: tol 1e4
#: n = 1 2 9
def lstm_cell(x: f32[k], h: f32[n], c: f32[n], w: f32[4 * n, k], u: f32[4 * n, n], b: f32[4 * n]) -> tuple[f32[n], f32[n]]:
    gates = w @ x + u @ h + b
    i, f, g, o = gates[:n], gates[n:2 * n], gates[2 * n:3 * n], gates[3 * n:]
    new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(new_c), new_c

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

#: reals
#: tol 1e5
#: n = 1 2 9
def adam_step(params: T[n], grads: T[n], m: T[n], v: T[n], t: int, lr: float = 1e-3):
    m *= 0.9
    m += 0.1 * grads
    v *= 0.999
    v += 0.001 * grads**2
    steps = abs(t) % 100 + 1
    m_hat = m / (1 - 0.9**steps)
    v_hat = np.abs(v) / (1 - 0.999**steps)
    params -= lr * m_hat / (np.sqrt(v_hat) + 1e-2)

#: reals
#: tol 1e5
#: n = 2 3 12
def kalman(z: f64[n]) -> tuple[f64[n], f64[2, 2]]:
    f = np.array([[1.0, 1.0], [0.0, 1.0]])
    q = 0.01 * np.eye(2)
    x = np.zeros(2)
    p = np.eye(2)
    out = np.zeros(n)
    for i in range(n):
        x = f @ x
        p = f @ p @ f.T + q
        s = p[0, 0] + 0.5
        k = p[:, 0] / s
        x = x + k * (z[i] - x[0])
        p = p - np.outer(k, p[0, :])
        out[i] = x[0]
    return out, p

#: reals
#: tol 1e4
#: n = 1 2 12
def viterbi(observations: i64[n], trans: f64[3, 3], emit: f64[3, 4]) -> i64[n]:
    score = np.zeros(3)
    back = np.zeros((n, 3), dtype=np.int64)
    for t in range(n):
        o = observations[t] % 4
        candidates = score[:, None] + np.round(trans * 4)
        back[t] = candidates.argmax(axis=0)
        score = candidates.max(axis=0) + np.round(emit[:, o])
    path = np.zeros(n, dtype=np.int64)
    path[-1] = np.argmax(score)
    for t in range(n - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path

#: n = 3 4 9
def sandpile(grid: i64[n, n]) -> i64[n, n]:
    g = np.abs(grid) % 12
    steps = 0
    while (g > 3).any() and steps < 50:
        over = g // 4
        g -= 4 * over
        g[1:, :] += over[:-1, :]
        g[:-1, :] += over[1:, :]
        g[:, 1:] += over[:, :-1]
        g[:, :-1] += over[:, 1:]
        steps += 1
    return g

#: n = 1 2 9
def connected_components(adjacency: bool[n, n]) -> i64[n]:
    labels = np.arange(n)
    changed = True
    while changed:
        changed = False
        for i in range(n):
            for j in range(n):
                if adjacency[i, j] and labels[j] < labels[i]:
                    labels[i] = labels[j]
                    changed = True
    return labels

#: x in -3..3
#: y in -3..3
#: reals
#: n = 3 4 10
def points_in_polygon(px: f64[n], py: f64[n], x: f64[m], y: f64[m]) -> bool[m]:
    inside = np.zeros(m, dtype=bool)
    for k in range(m):
        c = False
        j = n - 1
        for i in range(n):
            if (py[i] > y[k]) != (py[j] > y[k]):
                if x[k] < (px[j] - px[i]) * (y[k] - py[i]) / (py[j] - py[i]) + px[i]:
                    c = not c
            j = i
        inside[k] = c
    return inside

#: n = 1 2 9 40
def savings(rates: f64[n]) -> tuple[f64, f64]:
    balance, worst = 1000.0, np.inf
    for r in rates:
        balance *= 1 + r / 64
        worst = min(worst, balance)
    return np.round(balance / 1e3), worst > 0

#: reals
#: n = 1 2 9
def runge_kutta_system(x: f64[n, 2]) -> f64[n, 2]:
    state = x.copy()
    h = 0.125
    for step in range(2):
        k1 = rotate_field(state)
        k2 = rotate_field(state + h / 2 * k1)
        state += h * k2
    return np.floor(state * 2**20)

def rotate_field(s):
    return np.stack((-s[:, 1], s[:, 0]), axis=1)
