"""Statistics, learning, signals and images in NumPy's style."""
import numpy as np

T = f32 | f64

#: reals
#: tol 1e4
#: n = 1 3 20
#: m = 1 2 9
def softmax_rows(x: T[n, m]) -> T[n, m]:
    shifted = x - np.max(x, axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / np.sum(e, axis=1, keepdims=True)

#: reals
#: tol 1e4
#: n = 1 3 20
#: m = 1 2 9
def layer_norm(x: T[n, m], gamma: T[m], beta: T[m], eps: float = 1e-5) -> T[n, m]:
    mu = x.mean(axis=-1, keepdims=True)
    var = x.var(axis=-1, keepdims=True)
    return gamma * (x - mu) / np.sqrt(var + eps) + beta

#: reals
#: tol 1e4
#: n = 1 3 9
#: k = 1 2 8
def attention(q: f32[n, k], key: f32[n, k], v: f32[n, k]) -> f32[n, k]:
    scores = q @ key.T / k**0.5
    mask = np.arange(n)[:, None] >= np.arange(n)[None, :]
    scores = np.where(mask, scores, -1e9)
    scores -= scores.max(axis=-1, keepdims=True)
    w = np.exp(scores)
    w /= w.sum(axis=-1, keepdims=True)
    return w @ v

def relu(x):
    return np.maximum(x, 0)

#: reals
#: tol 1e4
#: n = 1 3 9
#: k = 1 2 8
#: h = 1 5
def two_layers(x: f64[n, k], w1: f64[k, h], b1: f64[h], w2: f64[h, 2], b2: f64[2]) -> f64[n, 2]:
    return relu(x @ w1 + b1) @ w2 + b2

#: reals
#: tol 1e5
#: n = 1 3 9
#: k = 1 2 8
def logistic_regression(x: f64[n, k], y: f64[n]) -> f64[k]:
    target = (y > 0).astype(np.float64)
    w = np.zeros(k)
    for epoch in range(10):
        p = 1 / (1 + np.exp(-(x @ w)))
        gradient = x.T @ (p - target) / n
        w -= 0.1 * gradient
    return w

#: reals
#: n = 5 9 20
def k_nearest(points: f64[n, 2], query: f64[2], labels: i64[n]) -> i64[3]:
    """The indices of the three nearest points."""
    d = np.sum((points - query)**2, axis=1)
    nearest = np.zeros(3, dtype=np.int64)
    for k in range(3):
        i = np.argmin(d)
        nearest[k] = i
        d[i] = np.inf
    return nearest

#: reals
#: tol 1e5
#: n = 4 9 20
def k_means(x: f64[n, 2]) -> tuple[f64[3, 2], i64[n]]:
    centres = x[:3].copy()
    labels = np.zeros(n, dtype=np.int64)
    for step in range(5):
        d = ((x[:, None, :] - centres[None, :, :])**2).sum(axis=2)
        labels = d.argmin(axis=1)
        for c in range(3):
            member = labels == c
            count = member.sum()
            if count > 0:
                centres[c] = (x * member[:, None]).sum(axis=0) / count
    return centres, labels

#: reals
#: n = 0 1 50 1000
def histogram_loop(x: f64[n]) -> i64[10]:
    bins = np.zeros(10, dtype=np.int64)
    lo, hi = -3.0, 3.0
    width = (hi - lo) / 10
    for i in range(n):
        b = int((x[i] - lo) / width)
        if 0 <= b < 10:
            bins[b] += 1
        elif x[i] == hi:
            bins[9] += 1
    return bins

#: image in 0..255
#: n = 1 8 70
#: m = 1 9
def histogram_parallel(image: u8[n, m]) -> i64[256]:
    counts = np.zeros(256, dtype=i64)
    for i in prange(n):
        for j in range(m):
            counts[image[i, j]] += 1
    return counts

#: reals
#: tol 1e4
#: n = 5 9 100
def moving_average(x: T[n]) -> T[n - 4]:
    w = 5
    out = np.empty(n - w + 1, dtype=T)
    s = x[:w].sum()
    out[0] = s / w
    for i in range(1, n - w + 1):
        s += x[i + w - 1] - x[i - 1]
        out[i] = s / w
    return out

#: n = 5 9 100
def moving_average_cumsum(x: f64[n]) -> f64[:]:
    c = np.cumsum(x)
    c[3:] = c[3:] - c[:-3]
    return c[2:] / 4

#: reals
#: tol 1e4
#: n = 0 1 9 100
def exponential_smoothing(x: f64[n], alpha: f64) -> f64[n]:
    y = np.empty(n)
    if n == 0:
        return y
    y[0] = x[0]
    for i in range(1, n):
        y[i] = 0.3 * x[i] + (1 - 0.3) * y[i - 1]
    return y

#: n = 3 4 16
#: m = 3 5
def convolve_3x3(image: f64[n, m], kernel: f64[3, 3]) -> f64[n - 2, m - 2]:
    out = np.zeros((n - 2, m - 2))
    for i in range(3):
        for j in range(3):
            out += kernel[i, j] * image[i:i + n - 2, j:j + m - 2]
    return out

#: reals
#: tol 1e4
#: n = 3 4 16
#: m = 3 5
def sobel(image: f32[n, m]) -> f32[n - 2, m - 2]:
    gx = (image[:-2, 2:] + 2 * image[1:-1, 2:] + image[2:, 2:]
          - image[:-2, :-2] - 2 * image[1:-1, :-2] - image[2:, :-2])
    gy = (image[2:, :-2] + 2 * image[2:, 1:-1] + image[2:, 2:]
          - image[:-2, :-2] - 2 * image[:-2, 1:-1] - image[:-2, 2:])
    return np.hypot(gx, gy)

#: n = 1 2 8
#: m = 2 4 6
def max_pool(x: f32[2 * n, m]) -> f32[:, :]:
    h = x.shape[0] // 2
    w = m // 2
    out = np.full((h, w), -np.inf, dtype=np.float32)
    for i in range(h):
        for j in range(w):
            out[i, j] = np.max(x[2 * i:2 * i + 2, 2 * j:2 * j + 2])
    return out

#: n = 1 2 8
#: m = 1 4 6
def mean_pool(x: f64[2 * n, 2 * m]) -> f64[n, m]:
    return x.reshape(n, 2, m, 2).mean(axis=(1, 3))

#: reals
#: tol 1e4
#: n = 2 3 16
#: m = 2 5
def bilinear(image: f64[n, m], ys: f64[k], xs: f64[k]) -> f64[k]:
    out = np.zeros(k)
    for p in range(k):
        y = min(max(ys[p], 0.0), n - 1.0)
        x = min(max(xs[p], 0.0), m - 1.0)
        y0 = min(int(np.floor(y)), n - 2)
        x0 = min(int(np.floor(x)), m - 2)
        fy, fx = y - y0, x - x0
        top = image[y0, x0] * (1 - fx) + image[y0, x0 + 1] * fx
        bottom = image[y0 + 1, x0] * (1 - fx) + image[y0 + 1, x0 + 1] * fx
        out[p] = top * (1 - fy) + bottom * fy
    return out

#: n = 1 2 9 30
#: m = 1 2 5
def cross_correlation(x: f64[n], y: f64[m]) -> f64[n + m - 1]:
    out = np.zeros(n + m - 1)
    for lag in range(-(m - 1), n):
        s = 0.0
        for i in range(m):
            if 0 <= i + lag < n:
                s += x[i + lag] * y[i]
        out[lag + m - 1] = s
    return out

#: n = 1 2 9 30
def autocorrelation(x: f64[n]) -> f64[n]:
    return np.array([0.0]) + correlate_lags(x)

def correlate_lags(x):
    n = len(x)
    r = np.empty(n)
    for lag in range(n):
        r[lag] = np.dot(x[:n - lag], x[lag:])
    return r

#: reals
#: tol 1e5
#: n = 0 1 9
def black_scholes(spot: T[n], strike: T[n], t: T[n], rate: float = 0.02, vol: float = 0.3) -> tuple[T[n], T[n]]:
    s, k, tt = np.abs(spot) + 1, np.abs(strike) + 1, np.abs(t) + 0.1
    d1 = (np.log(s / k) + (rate + vol * vol / 2) * tt) / (vol * np.sqrt(tt))
    d2 = d1 - vol * np.sqrt(tt)
    call = s * normal_cdf(d1) - k * np.exp(-rate * tt) * normal_cdf(d2)
    put = call - s + k * np.exp(-rate * tt)
    return call, put

def normal_cdf(x):
    """Abramowitz and Stegun 26.2.17."""
    t = 1 / (1 + 0.2316419 * np.abs(x))
    poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    upper = 1 - np.exp(-x * x / 2) / (2 * np.pi)**0.5 * poly
    return np.where(x >= 0, upper, 1 - upper)

#: reals
#: tol 1e4
def newton_sqrt(x: f64) -> f64:
    a = abs(x) + 1
    guess = a
    for i in range(100):
        new = 0.5 * (guess + a / guess)
        if abs(new - guess) < 1e-12 * a:
            return new
        guess = new
    return guess

def newton(f, df, x):
    for i in range(20):
        x = x - f(x) / df(x)
    return x

#: only calls
#: tol 4
#: call (1.0)
#: call (2.5)
def cube_root(a: f64) -> f64:
    return newton(lambda x: x**3 - a, lambda x: 3 * x**2, a)

def simpson(f, a, b, n):
    h = (b - a) / n
    x = a + h * np.arange(n + 1)
    y = f(x)
    return h / 3 * (y[0] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum() + y[-1])

#: only calls
#: tol 16
#: call (0.0, 1.0)
#: call (-1.0, 3.0)
def integral_of_sine(a: f64, b: f64) -> f64:
    return simpson(lambda x: np.sin(x) * x, a, b, 100)

#: reals
#: tol 1e5
#: n = 1 2 9
#: k = 1 4
def horner(coefficients: f64[k], x: f64[n]) -> f64[n]:
    y = np.zeros_like(x)
    for c in coefficients[::-1]:
        y = y * x + c
    return y

#: reals
#: tol 1e5
#: n = 2 3 9
def lagrange(x: f64[n], y: f64[n], at: f64) -> f64:
    nodes = np.arange(n) * 1.0
    total = 0.0
    for i in range(n):
        term = y[i]
        for j in range(n):
            if i != j:
                term *= (at - nodes[j]) / (nodes[i] - nodes[j])
        total += term
    return total

#: reals
#: tol 1e5
#: n = 2 3 9 50
def running_statistics(x: f64[n]) -> tuple[f64, f64, f64, f64]:
    """Welford's algorithm: mean, variance, least, greatest."""
    mean = 0.0
    m2 = 0.0
    count = 0
    lo, hi = np.inf, -np.inf
    for v in x:
        count += 1
        delta = v - mean
        mean += delta / count
        m2 += delta * (v - mean)
        lo = min(lo, v)
        hi = max(hi, v)
    return mean, m2 / (count - 1), lo, hi

#: reals
#: tol 1e4
#: n = 2 3 9 50
#: m = 1 2 5
def correlation_matrix(x: f64[n, m]) -> f64[m, m]:
    z = (x - x.mean(axis=0)) / (x.std(axis=0, ddof=1) + 1)
    return z.T @ z / (n - 1)

#: reals
#: tol 1e5
#: n = 0 1 2 9
def haversine(lat: f64[n], lon: f64[n]) -> f64[n, n]:
    phi, lam = np.radians(lat), np.radians(lon)
    dphi = phi[:, None] - phi
    dlam = lam[:, None] - lam
    a = np.sin(dphi / 2)**2 + np.cos(phi)[:, None] * np.cos(phi) * np.sin(dlam / 2)**2
    return 2 * 6371.0 * np.arcsin(np.sqrt(a))

#: n = 0 1 2 9
#: rgb in 0..255
def grey(rgb: u8[n, m, 3]) -> u8[n, m]:
    r, g, b = rgb[:, :, 0], rgb[:, :, 1], rgb[..., 2]
    return (0.25 * r + 0.5 * g + 0.25 * b).astype(np.uint8)

#: image in 0..255
#: n = 2 9
#: m = 2 7
def threshold_and_count(image: u8[n, m], level: u8) -> tuple[u8[n, m], i64, f64]:
    mask = image > level
    out = np.where(mask, np.uint8(255), np.uint8(0))
    share = mask.sum() / mask.size
    return out, np.count_nonzero(mask), share

#: n = 1 2 9
def normalise_rows(counts: i64[n, n]) -> f64[n, n]:
    totals = counts.sum(axis=1)
    return counts / np.where(totals == 0, 1, totals)[:, np.newaxis]

#: reals
#: n = 1 2 9 40
def interpolate(x: f64[n], at: f64[m]) -> f64[m]:
    grid = np.linspace(-3.0, 3.0, n + 1)
    values = grid**2
    out = np.zeros(m)
    for i in range(m):
        j = 0
        while j < n - 1 and grid[j + 1] < at[i]:
            j += 1
        t = (at[i] - grid[j]) / (grid[j + 1] - grid[j])
        out[i] = (1 - t) * values[j] + t * values[j + 1]
    return np.floor(out * 1024)

#: seed in 0..1000
def monte_carlo_pi(seed: i64) -> f64:
    state = seed
    inside = 0
    for i in range(200):
        state = (1103515245 * state + 12345) % 2**31
        x = state / 2**31
        state = (1103515245 * state + 12345) % 2**31
        y = state / 2**31
        if x * x + y * y <= 1:
            inside += 1
    return 4 * inside / 200

#: reals
#: tol 1e5
#: n = 1 2 9
#: k = 1 3
def rbf_kernel(x: T[n, k], y: T[m, k], gamma: float = 0.5) -> T[n, m]:
    d2 = (x**2).sum(axis=1)[:, None] + (y**2).sum(axis=1)[None, :] - 2 * x @ y.T
    return np.exp(-gamma * np.maximum(d2, 0))

#: n = 1 2 9
#: labels in 0..4
def one_hot(labels: i64[n]) -> f32[n, 5]:
    return (labels[:, None] == np.arange(5)).astype(np.float32)

#: labels in 0..4
#: n = 0 1 9 60
def group_sums(labels: i64[n], x: f64[n]) -> tuple[f64[5], f64[5]]:
    sums = np.zeros(5)
    counts = np.zeros(5)
    for i in range(n):
        sums[labels[i]] += x[i]
        counts[labels[i]] += 1
    return sums, sums / np.maximum(counts, 1)
