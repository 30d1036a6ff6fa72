#!/usr/bin/env python3
"""Random programs, compiled and under CPython + NumPy: `./dev fuzz`.

    fuzz.py [--seconds N] [--programs N] [--seed S] [--first I] [-v]

Stops after N seconds or N programs, whichever is first. Program number I of a seed is always the
same, so `--seed S --first I --programs 1` repeats one. A failure is shrunk and printed as a function
that can be pasted into a file of test/e2e.
"""

import argparse
import collections
import os
import sys
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "python"))
os.environ["PYTHONPATH"] = os.path.join(ROOT, "python")

from generator import program  # noqa: E402
from runner import Runner  # noqa: E402
from shrinker import shrink  # noqa: E402

BATCH = 30
# Not a fault: what is not supported yet, and a prange that is not proved.
TOLERATED = ("unsupported",)


def show(name, failure, source):
    print(f"\nFAIL {name}: {failure.kind}: " + "\n    ".join(failure.text[:1200].split("\n")[:8]))
    print("\n" + source, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arrc", default=os.path.join(ROOT, "build", "bin", "arrc"))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--programs", type=int, default=10**9)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep-size", action="store_true", help="print failures as they were generated")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what is not supported yet, too")
    options = parser.parse_args()
    start, index = time.time(), options.first
    last = options.first + options.programs
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(os.path.abspath(options.arrc), folder)
        while index < last and time.time() - start < options.seconds:
            numbers = range(index, min(index + BATCH, last))
            index = numbers.stop
            functions = {f"case{i}": program(options.seed, i) for i in numbers}
            for name, failure in runner.run(functions).items():
                kind = failure.kind if failure else "passed"
                counts[kind] += 1
                if not failure:
                    continue
                if kind in TOLERATED:
                    if options.verbose:
                        print(f"{name}: {failure.text[:300]}")
                    continue
                source = functions[name]
                if not options.keep_size:
                    source, failure = shrink(name, source, failure, runner)
                show(name, failure, source)
            others = ", ".join(f"{n} {k}" for k, n in counts.items() if k != "passed")
            print(f"{time.time() - start:6.0f} s: {sum(counts.values())} programs"
                  + (f", {others}" if others else ""), flush=True)
    failed = sum(n for k, n in counts.items() if k != "passed" and k not in TOLERATED)
    print(f"fuzz: {counts['passed']} passed, {failed} failed, "
          f"{sum(counts[k] for k in TOLERATED)} not supported yet "
          f"(seed {options.seed}, {time.time() - start:.0f} s)")
    sys.exit(1 if failed or not counts["passed"] else 0)


if __name__ == "__main__":
    main()
