#!/usr/bin/env python3
"""Nanoseconds per call from Python, for arrays of 10 elements.

    calls.py [ARRC]

The best of many short runs: what is measured is the calls, not what else the
machine does.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
import timeit

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
CALLS = 1000
ROUNDS = 2000


def load(arrc):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([arrc, "build", os.path.join(HERE, "calls.arr"), "--emit=python",
                        "-o", folder + "/"], check=True)
        spec = importlib.util.spec_from_file_location("calls", folder + "/calls.abi3.so")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def nanoseconds(call, names):
    timer = timeit.Timer(call, globals=names)
    return min(timer.repeat(ROUNDS, CALLS)) / CALLS * 1e9


def main():
    arrc = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "build", "bin", "arrc")
    calls = load(arrc)
    names = {"np": np, "a": np.arange(10.0), "b": np.ones(10), "out": np.empty(10),
             "total": calls.total, "add": calls.add, "half": calls.half, "absolute": abs}
    for call, note in [("absolute(1.0)", "a built-in of Python: the floor"), ("half(1.5)", ""),
                       ("total(a)", ""), ("np.add.reduce(a)", ""), ("add(a, b)", ""),
                       ("add(a, b, out=out)", ""), ("np.add(a, b)", ""),
                       ("np.add(a, b, out=out)", "")]:
        print(f"{call:24}{nanoseconds(call, names):7.0f} ns  {note}".rstrip())


if __name__ == "__main__":
    main()
