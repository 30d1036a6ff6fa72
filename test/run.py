#!/usr/bin/env python3
"""Every test suite in turn; the last line is `N passed, N failed`.

    run.py [SUITE...]     of: runtime lit python e2e fuzz
"""

import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build")
LIT = "/usr/lib/llvm-22/bin/lit"


def number(pattern, text):
    return sum(int(n) for n in re.findall(pattern, text, re.MULTILINE))


def ctest_counts(text):
    found = re.search(r"(\d+) tests? failed out of (\d+)", text)
    return (int(found[2]) - int(found[1]), int(found[1])) if found else (0, 0)


def lit_counts(text):
    bad = number(r"^ *(?:Failed|Unresolved|Timed Out|Unexpectedly Passed) *: *(\d+)", text)
    return number(r"^ *Passed *:\s*(\d+)", text), bad


def unittest_counts(text):
    run = number(r"Ran (\d+) tests?", text)
    bad = number(r"(?:failures|errors)=(\d+)", text)
    return run - bad, bad


def last_line_counts(text):
    found = re.search(r"^(?:e2e|fuzz): (\d+) passed, (\d+) failed", text, re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else (0, 0)


SUITES = {
    "runtime": (["ctest", "--test-dir", BUILD, "-E", "^lit$", "-j2", "--output-on-failure"], ctest_counts),
    "lit": ([LIT, "-v", "-j2", os.path.join(BUILD, "test")], lit_counts),
    "python": ([sys.executable, "-m", "unittest", "discover", "-s", "test/python"], unittest_counts),
    "e2e": ([sys.executable, "test/e2e/run.py"], last_line_counts),
    "fuzz": ([sys.executable, "test/fuzz/fuzz.py", "--seed", "21", "--programs", "120", "--seconds", "120"], last_line_counts),
}


def run(name):
    """(passed, failed) of one suite; its output is shown as it comes."""
    command, counts = SUITES[name]
    print(f"\n== {name}", flush=True)
    environment = os.environ | {"PYTHONPATH": os.path.join(ROOT, "python")}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, errors="replace",
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = []
    for line in process.stdout:
        lines.append(line)
        print(line, end="", flush=True)
    process.wait()
    passed, failed = counts("".join(lines))
    # A suite that breaks down, or that finds no test, has failed.
    if (process.returncode and not failed) or passed + failed == 0:
        failed += 1
    return passed, failed


def main():
    start = time.time()
    results = {name: run(name) for name in sys.argv[1:] or SUITES}
    print()
    for name, (passed, failed) in results.items():
        print(f"{name}: {passed} passed, {failed} failed")
    print(f"in {time.time() - start:.0f} s")
    passed, failed = (sum(r[i] for r in results.values()) for i in (0, 1))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
