"""Compares the compiled bounds of slices with Python's."""
import ctypes
import itertools
import sys

library = ctypes.CDLL(sys.argv[1])
HUGE = 2**63 - 1
POSITIONS = [-HUGE - 1, -HUGE, -7, -6, -5, -4, -3, -1, 0, 1, 2, 4, 5, 6, HUGE]
STEPS = [-HUGE - 1, -HUGE, -6, -5, -3, -2, -1, 1, 2, 3, 5, 6, HUGE]


def compiled(size, start, stop, step):
    results = [ctypes.c_int64() for _ in range(6)]
    arguments = [ctypes.c_int64(v) for v in (size, start, stop, step)]
    assert library.slices_bounds(*arguments, *map(ctypes.byref, results)) == 0
    return [r.value for r in results]


def expected(size, *bounds):
    positions = range(size)[slice(*bounds)]
    return [positions[0] if len(positions) else 0, len(positions)]


differences = 0
for size, start, stop, step in itertools.product([0, 1, 5], POSITIONS, POSITIONS, STEPS):
    want = (expected(size, start, stop, step) + expected(size, start, None, step)
            + expected(size, None, stop, step))
    got = compiled(size, start, stop, step)
    if got != want:
        differences += 1
        print(f"range({size})[{start}:{stop}:{step}]: compiled {got}, Python {want}")
print(differences, "differences")
