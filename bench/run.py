#!/usr/bin/env python3
"""Measures compiled Arr code beside its peers and a hand-written limit.

    run.py [ROW...] [--rounds 15] [--threads 2] [--readme] [--plot FILE]

All contenders of a row run in one process, warm, in turn (so that a disturbance
hits all; each gets an untimed call before the timed one, because the runtimes'
idle threads disturb each other), with the same inputs and threads; results are compared first. Times
are medians, ratios medians of the rounds' ratios with their 10 % and 90 %
quantiles. Compile time is outside and reported by itself. --readme puts the
table between the markers in README.md. Everything measured goes to results/.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
THREAD_VARIABLES = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS",
                    "NUMEXPR_NUM_THREADS", "NUMEXPR_MAX_THREADS", "ARR_NUM_THREADS"]


def parse():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("rows", nargs="*")
    parser.add_argument("--arrc", default=os.path.join(ROOT, "build", "bin", "arrc"))
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=min(2, len(os.sched_getaffinity(0))))
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    parser.add_argument("--plot", help="write a picture of the table (png or svg)")
    parser.add_argument("--peak", nargs=3, metavar=("ROW", "CONTENDER", "FOLDER"),
                        help=argparse.SUPPRESS)
    return parser.parse_args()


options = parse()
for variable in THREAD_VARIABLES:
    os.environ[variable] = str(options.threads)

import ctypes  # noqa: E402

import numpy as np  # noqa: E402

sys.path.insert(0, os.path.join(ROOT, "python"))

import arrlang  # noqa: E402
from rows import ROWS  # noqa: E402


def compile_all(folder):
    """The Arr library and the hand-written one; returns the time of `arrc build` of the example."""
    run = lambda *command: subprocess.run(command, check=True)  # noqa: E731
    run(options.arrc, "build", os.path.join(HERE, "kernels.arr"), "--emit=shared",
        "-o", os.path.join(folder, "libkernels.so"))
    run("clang++-22", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffp-contract=fast",
        "-fopenmp", "-shared", "-fPIC", os.path.join(HERE, "limit.cpp"),
        "-o", os.path.join(folder, "liblimit.so"), "-lmvec", "-lm",
        "-Wl,-rpath,/usr/lib/llvm-22/lib")
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run(options.arrc, "build", os.path.join(ROOT, "examples", "distance.arr"),
            "-o", os.path.join(folder, "distance"))
        times.append(time.perf_counter() - start)
    return min(times)


def contenders(row, folder):
    """Name -> callable without arguments."""
    inputs = row.inputs()
    library = arrlang.load(os.path.join(folder, "libkernels.so"))
    limit = ctypes.CDLL(os.path.join(folder, "liblimit.so"))
    found = {}
    for name in row.arr:
        function = getattr(library, name)
        found[f"Arr {name}"] = lambda function=function: function(*inputs)
    for name, make in row.peers.items():
        found[name] = make(*inputs)
    found["limit"] = row.limit(limit, *inputs)
    return found


def check_results(row, functions):
    want = np.array(functions["NumPy"]())
    for name, function in functions.items():
        got = np.asarray(function()).reshape(want.shape)
        if not np.allclose(got, want, rtol=row.tolerance, atol=row.tolerance):
            sys.exit(f"{row.title}: {name} differs from NumPy by {np.abs(got - want).max()}")


def measure(functions):
    """Name -> times in seconds, one for each round."""
    times = {name: [] for name in functions}
    for name, function in functions.items():  # warm: caches, thread pools, compilers
        for _ in range(2):
            function()
    for number in range(options.rounds):
        for name, function in functions.items():
            # The threads of the contender before still spin: they are given time to stop,
            # and an untimed call wakes this one's.
            time.sleep(0.02)
            function()
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
        print(f"\r  round {number + 1}/{options.rounds}", end="", file=sys.stderr, flush=True)
    print("\r" + " " * 30 + "\r", end="", file=sys.stderr)
    return times


def status(name):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name)) * 1024


def print_peak():
    """The bytes that one first call needs beyond what was there before it."""
    row_name, name, folder = options.peak
    function = contenders(ROWS[row_name], folder)[name]
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")  # the high-water mark starts anew
    before = status("VmRSS")
    result = function()
    assert result is not None
    print(status("VmHWM") - before)


def peak_memory(row_name, name, folder):
    command = [sys.executable, os.path.abspath(__file__), "--threads", str(options.threads),
               "--peak", row_name, name, folder]
    done = subprocess.run(command, capture_output=True, text=True)
    return int(done.stdout) if done.returncode == 0 else None


def spread(ratios):
    low, middle, high = np.quantile(ratios, [0.1, 0.5, 0.9])
    return float(middle), float(low), float(high)


def summary(row, times):
    """For each Arr function: its time, the best peer, ratios with spread."""
    medians = {name: float(np.median(t)) for name, t in times.items()}
    best = min(row.peers, key=lambda p: medians[p])
    lines = []
    for name in row.arr:
        ours = np.array(times[f"Arr {name}"])
        lines.append({
            "function": name, "time": medians[f"Arr {name}"], "best_peer": best,
            "peer_time": medians[best], "speedup": spread(np.array(times[best]) / ours),
            "limit_time": medians["limit"], "of_limit": spread(np.array(times["limit"]) / ours),
        })
    return lines


def processor():
    with open("/proc/cpuinfo") as file:
        lines = dict(line.split(":", 1) for line in file if ":" in line)
    lines = {key.strip(): value.strip() for key, value in lines.items()}
    wide = "AVX-512" if "avx512f" in lines.get("flags", "") else "AVX2"
    return f"{lines.get('model name', platform.processor())} ({wide})"


def table(results):
    lines = ["| work (f64) | Arr | best peer | against it | hand-written | of it | extra memory |",
             "|---|---|---|---|---|---|---|"]
    for row in results["rows"].values():
        for line in row["summary"]:
            speed, low, high = line["speedup"]
            part = line["of_limit"][0]
            memory = row["peak"].get("Arr " + line["function"])
            memory = "" if memory is None else f"{memory / 1e6:.0f} MB"
            name = f" `{line['function']}`" if len(row["summary"]) > 1 else ""
            lines.append(
                f"| {row['title']}{name} | {line['time'] * 1e3:.2f} ms "
                f"| {line['best_peer']} {line['peer_time'] * 1e3:.2f} ms "
                f"| **{speed:.1f}x** ({low:.1f}-{high:.1f}) | {line['limit_time'] * 1e3:.2f} ms "
                f"| {part:.2f} | {memory} |")
    lines.append(f"| `arrc build examples/distance.arr` | {results['build_time']:.2f} s | | | | | |")
    return "\n".join(lines)


def write_readme(text, results):
    path = os.path.join(ROOT, "README.md")
    with open(path, encoding="utf-8") as file:
        readme = file.read()
    begin, end = "<!-- bench: begin -->\n", "<!-- bench: end -->"
    head, _, rest = readme.partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        sys.exit("README.md has no markers for the table")
    note = (f"{results['processor']}, {results['threads']} threads, medians of {results['rounds']} rounds; "
            f"{results['versions']}.\n\n")
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + begin + note + text + "\n" + end + tail)


def plot(path, results):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    bars = [(row["title"] if len(row["summary"]) == 1 else line["function"], line)
            for row in results["rows"].values() for line in row["summary"]]
    figure, axes = plt.subplots(figsize=(9, 0.45 * len(bars) + 1.2))
    places = range(len(bars))
    middle = [line["speedup"][0] for _, line in bars]
    error = [[m - line["speedup"][1] for m, (_, line) in zip(middle, bars)],
             [line["speedup"][2] - m for m, (_, line) in zip(middle, bars)]]
    axes.barh(places, middle, xerr=error, color="#3465a4", ecolor="#888888")
    limits = [line["peer_time"] / line["limit_time"] for _, line in bars]
    axes.plot(limits, places, "|", color="#cc0000", markersize=16, label="hand-written kernel")
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_yticks(places, [name for name, _ in bars])
    axes.invert_yaxis()
    axes.set_xlabel("times as fast as the best of NumPy, SciPy, numexpr, Numba")
    axes.legend(loc="lower right", frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main():
    if options.peak:
        return print_peak()
    unknown = [name for name in options.rows if name not in ROWS]
    if unknown:
        sys.exit(f"no such row: {', '.join(unknown)}; there are {', '.join(ROWS)}")
    import numba
    import numexpr
    import scipy
    results = {
        "processor": processor(), "threads": options.threads, "rounds": options.rounds,
        "versions": f"NumPy {np.__version__}, SciPy {scipy.__version__}, "
                    f"numexpr {numexpr.__version__}, Numba {numba.__version__}",
        "date": time.strftime("%Y-%m-%d %H:%M"), "rows": {}}
    with tempfile.TemporaryDirectory() as folder:
        results["build_time"] = compile_all(folder)
        for name in options.rows or ROWS:
            row = ROWS[name]
            print(f"{row.title}  (to reach: {row.goal})", flush=True)
            functions = contenders(row, folder)
            check_results(row, functions)
            times = measure(functions)
            peak = {c: peak_memory(name, c, folder) for c in functions}
            for contender, t in times.items():
                low, middle, high = np.quantile(t, [0.1, 0.5, 0.9]) * 1e3
                memory = "" if peak[contender] is None else f"{peak[contender] / 1e6:8.0f} MB"
                print(f"  {contender:<28}{middle:9.2f} ms  ({low:.2f}-{high:.2f}){memory}")
            results["rows"][name] = {"title": row.title, "times": times, "peak": peak,
                                     "summary": summary(row, times)}
            print(flush=True)
    text = table(results)
    print(text)
    folder = os.path.join(HERE, "results")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, time.strftime("%Y%m%d-%H%M%S.json")), "w") as file:
        json.dump(results, file)
    if options.readme:
        write_readme(text, results)
    if options.plot:
        plot(options.plot, results)


if __name__ == "__main__":
    main()
