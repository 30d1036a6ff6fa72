"""Compiles distance.arr, runs it on data, checks against NumPy, shows the times side by side.

    compare_with_numpy.py ARRC        (`./dev run` calls it)
"""

import os
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "python"))

import arrlang  # noqa: E402


def numpy_broadcast(x, y):
    return ((x[:, np.newaxis, :] - y[np.newaxis, :, :]) ** 2).sum(axis=2)


def numpy_trick(x, y):
    x2 = np.einsum("ij,ij->i", x, x)[:, np.newaxis]
    y2 = np.einsum("ij,ij->i", y, y)[np.newaxis, :]
    return np.abs(x2 + y2 - 2.0 * (x @ y.T))


def numpy_cityblock(x, y):
    # One row at a time: the n x m x k temporary of the broadcast form would not fit.
    return np.stack([np.abs(row - y).sum(axis=1) for row in x])


def best_time(function, x, y, repeats=5):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function(x, y)
        times.append(time.perf_counter() - start)
    return min(times)


def on_iris(arrc, folder):
    program, out = os.path.join(folder, "distance"), os.path.join(folder, "d.npy")
    iris = os.path.join(HERE, "data", "iris.npy")
    start = time.perf_counter()
    subprocess.run([arrc, "build", os.path.join(HERE, "distance.arr"), "-o", program], check=True)
    print(f"compiled examples/distance.arr in {time.perf_counter() - start:.2f} s")
    print("$ distance iris.npy iris.npy --out d.npy")
    subprocess.run([program, iris, iris, "--out", out], check=True)
    x = np.load(iris)
    if not np.allclose(np.load(out), np.sqrt(numpy_broadcast(x, x)), atol=1e-12):
        sys.exit("the result differs from NumPy's")
    print("the result equals NumPy's")


def on_points(arrc, folder):
    library = os.path.join(folder, "libdistance.so")
    subprocess.run([arrc, "build", os.path.join(HERE, "distance.arr"), "--emit=shared", "-o", library],
                   check=True)
    distance = arrlang.load(library)
    x, y = (np.load(os.path.join(HERE, "data", f"points_{n}.npy")) for n in "xy")
    print(f"\n{x.shape[0]} x {y.shape[0]} distances of {x.shape[1]} features, f64; times in ms")
    print(f"{'function of distance.arr':<26}{'Arr':>9}{'NumPy':>9}{'ratio':>8}")
    rows = [("sqeuclidean", numpy_trick), ("sqeuclidean_trick", numpy_trick),
            ("sqeuclidean_loops", numpy_trick), ("cityblock", numpy_cityblock),
            ("cityblock_loops", numpy_cityblock)]
    for name, reference in rows:
        compiled = getattr(distance, name)
        if not np.allclose(compiled(x, y), reference(x, y), rtol=1e-9, atol=1e-9):
            sys.exit(f"{name}: the result differs from NumPy's")
        ours = best_time(compiled, x, y)
        theirs = best_time(reference, x, y, 3)
        print(f"{name:<26}{ours * 1e3:9.1f}{theirs * 1e3:9.1f}{theirs / ours:8.1f}", flush=True)
    print("all results equal NumPy's")


def main():
    with tempfile.TemporaryDirectory() as folder:
        on_iris(sys.argv[1], folder)
        on_points(sys.argv[1], folder)


main()
