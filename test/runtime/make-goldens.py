#!/usr/bin/env python3
"""Writes golden/print.txt and golden/npy.txt: what NumPy 2 prints and saves.

    make-goldens.py [CASES [SEED]]        (needs NumPy 2.4; writes beside itself)

One case of print.txt:  `dtype rank shape... lines`, the elements as hex in C
order, then the text of str(array). One line of npy.txt: `dtype rank shape...
order`, the elements in C order, and the bytes of the file that numpy.save writes.
"""
import io
import pathlib
import sys

import numpy as np

NAMES = {'bool': 'bool', 'i1': 'i8', 'i2': 'i16', 'i4': 'i32', 'i8': 'i64',
         'u1': 'u8', 'u2': 'u16', 'u4': 'u32', 'u8': 'u64',
         'f4': 'f32', 'f8': 'f64', 'c8': 'c64', 'c16': 'c128'}
rng = np.random.default_rng()


def floats(n, dtype):
    """n floats of one of many kinds: each kind leads to another format."""
    big = 300 if dtype == 'f8' else 37
    kind = rng.integers(9)
    with np.errstate(all='ignore'):
        v = [lambda: rng.random(n),
             lambda: rng.normal(size=n) * 10.0 ** rng.integers(-8, 9),
             lambda: rng.integers(-1000, 1000, n).astype(float),
             lambda: rng.integers(-1000, 1000, n) / 2.0 ** rng.integers(0, 10),
             lambda: rng.normal(size=n) * 10.0 ** rng.integers(-big, big, n),
             lambda: rng.integers(0, 2**63, n).view('f8'),
             lambda: rng.integers(-99999, 99999, n) / 10.0 ** rng.integers(0, 6),
             lambda: np.round(rng.random(n), 2) * 100,
             lambda: 10.0 ** rng.integers(-6, 9, n)][kind]().astype(dtype)
    if n and rng.random() < 0.3:
        special = rng.choice([np.nan, np.inf, -np.inf, 0.0, -0.0], max(1, n // 4))
        v[rng.integers(0, n, max(1, n // 4))] = special
    return v


def elements(dtype, n):
    d = np.dtype(dtype)
    if d.kind == 'b':
        return rng.integers(0, 2, n).astype(bool)
    if d.kind in 'iu':
        info = np.iinfo(d)
        if rng.random() < 0.5:
            return rng.integers(info.min, info.max, n, dtype=d, endpoint=True)
        return rng.integers(max(info.min, -50), 100, n).astype(d)
    if d.kind == 'f':
        return floats(n, dtype)
    v = np.empty(n, d)
    v.real = floats(n, 'f4' if dtype == 'c8' else 'f8')
    v.imag = floats(n, 'f4' if dtype == 'c8' else 'f8')
    return v


def random_array(most):
    dtype = rng.choice(list(NAMES))
    rank = int(rng.integers(0, 5))
    limit = [1, 24, 7, 4, 3][rank]
    if most > 1000 and rng.random() < 0.015:  # beyond the threshold of 1000
        limit = [1, 1200, 40, 12, 7][rank]
    low = 0 if rng.random() < 0.05 else 1
    shape = tuple(int(s) for s in rng.integers(low, limit + 1, rank))
    return dtype, elements(dtype, int(np.prod(shape))).reshape(shape)


def print_cases(cases):
    """Random arrays, and those at the limits of NumPy's rules."""
    for _ in range(cases):
        yield random_array(2000)
    for size in 1000, 1001:
        yield 'i1', np.ones(size, 'i1')
        yield 'bool', np.ones((size // 7, 7), bool)
    for dtype in 'f4', 'f8':
        for pair in ([1, 1000], [1, 1000.5], [0.0001, 0.01], [0.00009999, 0.01],
                     [999999, 1e6 - 2], [1e6, 1e6], [99999990, 99999991], [1e8, 1e8],
                     [0, -0.0], [np.nan, np.nan], [-np.inf, 1], [np.inf, -1e-300]):
            yield dtype, np.array(pair, dtype)
            yield {'f4': 'c8', 'f8': 'c16'}[dtype], np.array(pair, dtype) * (1 - 1j)


def main():
    global rng
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    folder = pathlib.Path(__file__).parent / 'golden'
    folder.mkdir(exist_ok=True)
    with open(folder / 'print.txt', 'w') as file:
        for dtype, a in print_cases(cases):
            text = str(a)
            print(NAMES[dtype], a.ndim, *a.shape, text.count('\n') + 1, file=file)
            print(a.tobytes().hex(), file=file)
            print(text, file=file)
    with open(folder / 'npy.txt', 'w') as file:
        # The ones are for the header's padding.
        ones = [('i2', np.ones((1,) * rank, 'i2')) for rank in range(25)]
        for dtype, a in [random_array(60) for _ in range(cases // 4)] + ones:
            a = a[tuple(slice(0, 4) for _ in a.shape)]
            order = rng.choice(['C', 'F'])
            stream = io.BytesIO()
            np.save(stream, np.array(a, order=order))
            # A blank cannot stand for "no elements" in a line of words.
            print(NAMES[dtype], a.ndim, *a.shape, order,
                  np.ascontiguousarray(a).tobytes().hex() or '-',
                  stream.getvalue().hex(), file=file)


if __name__ == '__main__':
    main()
