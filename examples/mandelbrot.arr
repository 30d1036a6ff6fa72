"""The Mandelbrot set: a loop whose length depends on the point.

What to notice: `escape` is scalar code, inlined into the loops. Rows take
very different times; prange shares them out. The prange needs no annotation
to be safe: each iteration writes its own row, and the compiler proves it.
"""
import numpy as np


def escape(cr: f64, ci: f64, limit: int) -> i64:
    """Steps until z = z*z + c leaves the circle of radius 2."""
    zr = 0.
    zi = 0.
    for step in range(limit):
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4:
            return step
        zi = 2 * zr * zi + ci
        zr = zr2 - zi2 + cr
    return limit


def mandelbrot(height: int, width: int, limit: int) -> i64[:, :]:
    counts = np.empty((height, width), dtype=i64)
    for i in prange(height):
        for j in range(width):
            counts[i, j] = escape(-2 + 3 * j / width, -1.25 + 2.5 * i / height, limit)
    return counts


def main(height: int = 25, width: int = 72, limit: int = 50):
    """Prints how many points take how long, and the share that never leaves."""
    counts = mandelbrot(height, width, limit)
    inside = (counts == limit).sum()
    print('points', counts.size, 'inside', inside)
    print('steps in all', counts.sum())
    print(counts[height // 2, ::8])
