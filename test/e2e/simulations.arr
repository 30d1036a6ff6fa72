"""Simulations as they are written for NumPy: steps in time over arrays that are updated in place."""
import numpy as np

T = f32 | f64
G = 6.674e-2
SOFTENING = 0.1

#: reals
#: tol 1e5
#: n = 1 2 5 16
def n_body(position: f64[n, 3], velocity: f64[n, 3], mass: f64[n]) -> f64:
    """Leapfrog; returns the kinetic energy after ten steps."""
    m = np.abs(mass) + 0.5
    dt = 0.01
    for step in range(10):
        acceleration = accelerations(position, m)
        velocity += acceleration * dt
        position += velocity * dt
    return 0.5 * np.sum(m * np.sum(velocity**2, axis=1))

def accelerations(pos, mass):
    d = pos[np.newaxis, :, :] - pos[:, np.newaxis, :]
    r2 = (d**2).sum(axis=-1) + SOFTENING**2
    return G * (d * (mass / r2**1.5)[:, :, None]).sum(axis=1)

#: reals
#: tol 1e5
#: n = 1 2 5 16
def n_body_loops(x: f64[n, 3], mass: f64[n]) -> f64[n, 3]:
    a = np.zeros_like(x)
    for i in range(n):
        for j in range(n):
            if i != j:
                r = x[j] - x[i]
                d2 = r @ r + 0.01
                a[i] += mass[j] * r / (d2 * np.sqrt(d2))
    return a

#: board in 0..1
#: n = 1 2 3 8 20
#: m = 1 2 3 9
def life_wrapped(board: u8[n, m], steps: i64) -> u8[n, m]:
    """Conway's Game of Life on a torus."""
    for step in range(min(abs(steps), 4)):
        neighbours = np.zeros((n, m), dtype=np.uint8)
        for di in (-1, 0, 1):
            for dj in (-1, 0, 1):
                if di != 0 or dj != 0:
                    for i in range(n):
                        for j in range(m):
                            neighbours[i, j] += board[(i + di) % n, (j + dj) % m]
        board = ((neighbours == 3) | ((board == 1) & (neighbours == 2))).astype(np.uint8)
    return board

#: board in 0..1
#: n = 3 8 20
#: m = 3 9
def life_slices(board: bool[n, m]) -> bool[n, m]:
    b = board.astype(np.int8)
    count = (b[:-2, :-2] + b[:-2, 1:-1] + b[:-2, 2:] + b[1:-1, :-2]
             + b[1:-1, 2:] + b[2:, :-2] + b[2:, 1:-1] + b[2:, 2:])
    new = np.zeros_like(board)
    new[1:-1, 1:-1] = np.where(board[1:-1, 1:-1], (count == 2) | (count == 3), count == 3)
    return new

#: reals
#: tol 1e4
#: n = 2 3 50
def fdtd_1d(e: T[n], h: T[n]):
    """The Yee scheme in one dimension with a soft source."""
    for t in range(20):
        h[:-1] += 0.5 * (e[1:] - e[:-1])
        e[1:] += 0.5 * (h[1:] - h[:-1])
        e[n // 2] += np.exp(-0.5 * ((t - 10) / 4.0)**2)

#: reals
#: tol 1e4
#: n = 3 4 30
def heat_explicit(u: T[n, n]) -> T[n, n]:
    alpha = 0.1
    for t in range(10):
        laplacian = u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4 * u[1:-1, 1:-1]
        u[1:-1, 1:-1] += alpha * laplacian
        u[0, :] = u[1, :]
        u[-1, :] = u[-2, :]
        u[:, 0] = u[:, 1]
        u[:, -1] = u[:, -2]
    return u

#: reals
#: tol 1e4
#: n = 2 3 50
def advection_upwind(u: f64[n]) -> f64[n]:
    c = 0.4
    for t in range(15):
        un = u.copy()
        u[1:] = un[1:] - c * (un[1:] - un[:-1])
        u[0] = u[-1]
    return u

#: reals
#: tol 1e5
#: n = 3 4 12
def jacobi_poisson(f: f64[n, n]) -> tuple[f64[n, n], i64]:
    u = np.zeros_like(f)
    iterations = 0
    residual = np.inf
    while residual > 1e-6 and iterations < 200:
        new = u.copy()
        new[1:-1, 1:-1] = 0.25 * (u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:] - f[1:-1, 1:-1])
        residual = np.abs(new - u).max()
        u = new
        iterations += 1
    return u, iterations

#: reals
#: tol 1e5
#: n = 3 4 12
def gauss_seidel_poisson(f: f64[n, n]) -> f64[n, n]:
    u = np.zeros((n, n))
    for sweep in range(20):
        for i in range(1, n - 1):
            for j in range(1, n - 1):
                u[i, j] = (u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1] - f[i, j]) / 4
    return u

#: reals
#: tol 1e5
#: n = 3 4 13
def red_black(u: f64[n, n], f: f64[n, n]) -> f64[n, n]:
    for sweep in range(5):
        for colour in range(2):
            for i in range(1, n - 1):
                start = 1 + (i + colour) % 2
                u[i, start:-1:2] = 0.25 * (u[i - 1, start:-1:2] + u[i + 1, start:-1:2]
                                           + u[i, start - 1:-2:2] + u[i, start + 1::2] - f[i, start:-1:2])
    return u

#: spins in 0..1
#: n = 2 3 8
def ising_energy(spins: i8[n, n]) -> i64:
    s = 2 * spins - 1
    energy = 0
    for i in range(n):
        for j in range(n):
            energy -= s[i, j] * (s[(i + 1) % n, j] + s[i, (j + 1) % n])
    return energy

#: reals
#: n = 2 3 8
def ising_sweep(s: i64[n, n], random: f64[n, n], beta: f64) -> i64[n, n]:
    spins = np.where(s > 0, 1, -1)
    for i in range(n):
        for j in range(n):
            total = spins[(i - 1) % n, j] + spins[(i + 1) % n, j] + spins[i, (j - 1) % n] + spins[i, (j + 1) % n]
            de = 2 * spins[i, j] * total
            if de < 0 or abs(random[i, j]) / 3 < np.exp(-abs(beta) * de):
                spins[i, j] *= -1
    return spins

#: reals
#: tol 1e4
def lorenz(x0: f64, y0: f64, z0: f64) -> f64[50, 3]:
    """Runge-Kutta of order four."""
    dt = 0.005
    path = np.empty((50, 3))
    state = np.array([x0, y0, z0])
    for i in range(50):
        path[i] = state
        k1 = lorenz_rate(state)
        k2 = lorenz_rate(state + dt / 2 * k1)
        k3 = lorenz_rate(state + dt / 2 * k2)
        k4 = lorenz_rate(state + dt * k3)
        state = state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return path

def lorenz_rate(s):
    sigma, rho, beta = 10.0, 28.0, 8.0 / 3.0
    rate = np.empty(3)
    rate[0] = sigma * (s[1] - s[0])
    rate[1] = s[0] * (rho - s[2]) - s[1]
    rate[2] = s[0] * s[1] - beta * s[2]
    return rate

#: reals
#: tol 1e4
def pendulum(theta: f64, omega: f64) -> tuple[f64[100], f64[100]]:
    """Symplectic Euler."""
    dt = 0.02
    ts = np.zeros(100)
    ws = np.zeros(100)
    ts[0], ws[0] = theta, omega
    for i in range(99):
        ws[i + 1] = ws[i] - dt * np.sin(ts[i])
        ts[i + 1] = ts[i] + dt * ws[i + 1]
    return ts, ws

def rk4(f, y, t, dt):
    k1 = f(y, t)
    k2 = f(y + dt * k1 / 2, t + dt / 2)
    k3 = f(y + dt * k2 / 2, t + dt / 2)
    k4 = f(y + dt * k3, t + dt)
    return y + dt * (k1 + 2 * k2 + 2 * k3 + k4) / 6

#: reals
#: tol 1e4
#: n = 1 2 9
def decay_chain(y: f64[n], rate: f64) -> f64[n]:
    t = 0.0
    for i in range(10):
        y = rk4(lambda y, t: -rate * y + np.cos(t), y, t, 0.1)
        t += 0.1
    return y

#: reals
#: tol 1e5
#: n = 4 9 30
def wave_2d(u: f64[n, n]) -> f64[n, n]:
    previous, current = u.copy(), u.copy()
    for t in range(6):
        nxt = np.zeros((n, n))
        nxt[1:-1, 1:-1] = (2 * current[1:-1, 1:-1] - previous[1:-1, 1:-1] + 0.2 * (
            current[2:, 1:-1] + current[:-2, 1:-1] + current[1:-1, 2:] + current[1:-1, :-2]
            - 4 * current[1:-1, 1:-1]))
        previous, current = current, nxt
    return current

#: reals
#: tol 1e5
#: n = 4 9 20
def gray_scott(u: f32[n, n], v: f32[n, n]):
    du, dv, feed, kill = 0.1, 0.05, 0.03, 0.06
    for t in range(5):
        lu = u[:-2, 1:-1] + u[1:-1, :-2] - 4 * u[1:-1, 1:-1] + u[1:-1, 2:] + u[2:, 1:-1]
        lv = v[:-2, 1:-1] + v[1:-1, :-2] - 4 * v[1:-1, 1:-1] + v[1:-1, 2:] + v[2:, 1:-1]
        uc, vc = u[1:-1, 1:-1], v[1:-1, 1:-1]
        uvv = uc * vc * vc
        uc += du * lu - 0.01 * uvv + feed * (1 - uc)
        vc += dv * lv + 0.01 * uvv - (feed + kill) * vc

#: reals
#: n in 1..20
def mandelbrot(n: i64) -> i32[:, :]:
    counts = np.zeros((n, n), dtype=np.int32)
    for i in prange(n):
        for j in range(n):
            c = complex(-2.0 + 3.0 * j / n, -1.5 + 3.0 * i / n)
            z = 0j
            k = 0
            while k < 50 and abs(z) <= 2.0:
                z = z * z + c
                k += 1
            counts[i, j] = k
    return counts

#: reals
#: tol 1e4
#: n = 1 2 5 16
def lennard_jones(x: f64[n, 2]) -> f64:
    energy = 0.0
    for i in prange(n):
        for j in range(i + 1, n):
            dx = x[i, 0] - x[j, 0]
            dy = x[i, 1] - x[j, 1]
            r2 = dx**2 + dy**2 + 0.5
            s6 = (1 / r2)**3
            energy += 4 * (s6**2 - s6)
    return energy

#: reals
#: tol 1e4
#: n = 2 3 40
def crank_nicolson(u: f64[n]) -> f64[n]:
    """One implicit step: a tridiagonal system by Thomas' algorithm."""
    r = 0.5
    d = u.copy()
    c = np.zeros(n)
    c[0] = -r / (1 + 2 * r)
    d[0] = d[0] / (1 + 2 * r)
    for i in range(1, n):
        w = 1 + 2 * r + r * c[i - 1]
        c[i] = -r / w
        d[i] = (d[i] + r * d[i - 1]) / w
    for i in range(n - 2, -1, -1):
        d[i] -= c[i] * d[i + 1]
    return d

#: reals
#: tol 1e4
#: n = 0 1 7 100
def random_walk(steps: f64[n]) -> tuple[f64[n], f64, i64]:
    path = np.cumsum(np.where(steps > 0, 1.0, -1.0))
    furthest = 0.0
    crossings = 0
    for i in range(n):
        furthest = max(furthest, abs(path[i]))
        if i > 0 and path[i] * path[i - 1] <= 0:
            crossings += 1
    return path, furthest, crossings

#: n = 1 2 64 100
def rule_110(cells: bool[n]) -> bool[10, n]:
    history = np.zeros((10, n), dtype=bool)
    history[0] = cells
    for t in range(1, 10):
        old = history[t - 1]
        left = np.concatenate((old[-1:], old[:-1]))
        right = np.concatenate((old[1:], old[:1]))
        history[t] = (old | right) & ~(left & old & right)
    return history
