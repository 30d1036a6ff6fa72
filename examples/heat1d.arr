"""The heat equation on a rod: explicit steps, written with slices.

What to notice: the right side reads u at three shifted positions and is stored
into u itself: the statement behaves as if its right side were computed first.
"""
import numpy as np


def step(u: f64[n], r: f64):
    u[1:-1] += r * (u[2:] - 2 * u[1:-1] + u[:-2])


def simulate(u: f64[n], r: f64, steps: int):
    for t in range(steps):
        step(u, r)


def main(cells: int = 101, steps: int = 500):
    """A hot spot in the middle of a rod whose ends stay cold."""
    u = np.zeros(cells)
    u[cells // 2] = 100
    before = u.sum()
    simulate(u, 0.25, steps)
    print('heat', before, '->', u.sum())
    print('middle', u[cells // 2], 'largest', u.max())
    print(np.round(u[::10], 4))
