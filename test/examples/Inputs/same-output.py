"""Compiles an example, runs it, and expects what the same source prints and saves under CPython + NumPy.

    same-output.py [--exact] ARRC SCRATCH FILE.arr [ARGS]     `@out` stands for an output file

Texts must be equal, numbers close (sums may be associated differently); with --exact all the same.
"""

import os
import re
import subprocess
import sys

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, **options)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nexits {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def tokens(text):
    """The text between the numbers (white space squeezed) and the numbers."""
    return re.sub(r"\s+", " ", NUMBER.sub("#", text)), [float(n) for n in NUMBER.findall(text)]


def main():
    exact = sys.argv[1] == "--exact"
    arrc, scratch, source, *arguments = sys.argv[1 + exact:]
    os.makedirs(scratch, exist_ok=True)
    program = os.path.join(scratch, "program")
    run([arrc, "build", source, "-o", program])
    got_file, want_file = (os.path.join(scratch, n + ".npy") for n in ("got", "want"))
    got = run([program, *(a.replace("@out", got_file) for a in arguments)])
    want = run([sys.executable, "-m", "arrlang", "run", source,
                *(a.replace("@out", want_file) for a in arguments)],
               env=os.environ | {"PYTHONPATH": os.path.join(ROOT, "python")})
    (got_text, got_numbers), (want_text, want_numbers) = tokens(got), tokens(want)
    if (exact and got != want) or got_text != want_text or not np.allclose(got_numbers, want_numbers, rtol=1e-9, atol=1e-12):
        sys.exit(f"expected:\n{want}\ngot:\n{got}")
    if os.path.exists(want_file):
        g, w = np.load(got_file), np.load(want_file)
        if g.dtype != w.dtype or g.shape != w.shape or not np.allclose(g, w, rtol=1e-12, atol=1e-12):
            sys.exit(f"the saved arrays differ:\n{w}\n{g}")
    elif any("@out" in a for a in arguments):
        sys.exit("the program saved nothing")
    if not want.strip():
        sys.exit("the example prints nothing: nothing was tested")


main()
