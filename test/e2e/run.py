#!/usr/bin/env python3
"""End-to-end tests: each .arr file here, compiled at -O0 and -O3, against the oracle.

    run.py --arrc build/bin/arrc [NAME...] [--levels O0,O3] [-j 2] [-v]

A test is one compiled function (one dtype choice). It is called with generated
inputs (see cases.py), with 1 and 2 threads; results, written arguments and
errors must equal those of CPython + NumPy, and be the same bits at each level
and number of threads. NAME picks files (`slices`) or one function (`slices:f`).
"""

import argparse
import ast
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "python"))
import oracle_only  # noqa: E402

TIMEOUT = 240  # seconds for the calls of one file
BUILD_TIMEOUT = 180  # a file of e2e tests has a hundred functions


def build(arrc, source, level, library, include, timeout=BUILD_TIMEOUT):
    command = [arrc, "build", source, "--emit=shared", f"-{level}", "-o", library, "-I", include]
    for line in open(source, encoding="utf-8"):
        if line.startswith("#! options:"):
            command += line.split(":", 1)[1].split()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout,
                              errors="replace")
    except subprocess.TimeoutExpired:
        return f"arrc did not finish in {timeout} s"
    if done.returncode == 0:
        return None
    return f"arrc exits {done.returncode}: {done.stderr.strip() or done.stdout.strip()}"


def call_worker(source, libraries, threads="1,2"):
    """Runs the functions; yields (symbol, failures). Survives crashes of compiled code."""
    finished, results = set(), []
    while True:
        command = [sys.executable, os.path.join(HERE, "worker.py"), source, ",".join(finished), threads]
        command += [f"{level}={path}" for level, path in libraries.items()]
        running, died = None, ""
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT,
                                  errors="replace")
            output = done.stdout
            if done.returncode:
                died = f"the process died (status {done.returncode}): {done.stderr.strip()[-600:]}"
        except subprocess.TimeoutExpired as expired:
            output = (expired.stdout or b"").decode(errors="replace")
            died = f"did not finish in {TIMEOUT} s"
        for line in output.splitlines():
            if not line.startswith("{"):
                continue  # what compiled code printed
            message = json.loads(line)
            if "start" in message:
                running = message["start"]
            else:
                running = None
                finished.add(message["done"])
                results.append((message["done"], message["failures"]))
        if not died:
            return results
        name = running or "(start-up)"
        results.append((name, [{"level": "", "text": f"{name}: {died}"}]))
        if running is None:
            return results
        finished.add(running)


def functions_of(source):
    tree = ast.parse(open(source, encoding="utf-8").read())
    return {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}


def only_function(source, name, folder):
    """A copy of the file with one function and those it calls; line numbers are kept."""
    lines = open(source, encoding="utf-8").read().splitlines()
    functions = functions_of(source)
    needed, todo = set(), [name]
    while todo:
        current = todo.pop()
        if current not in needed:
            needed.add(current)
            todo += [n.id for n in ast.walk(functions[current])
                     if isinstance(n, ast.Name) and n.id in functions]
    for other, node in functions.items():
        if other not in needed:
            first = min([node.lineno] + [d.lineno for d in node.decorator_list])
            for i in range(first - 1, node.end_lineno):
                lines[i] = ""
    os.makedirs(os.path.join(folder, name), exist_ok=True)
    path = os.path.join(folder, name, os.path.basename(source))
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def exported(source):
    return [name for name, node in functions_of(source).items()
            if name != "main" and all(a.annotation for a in node.args.args)]


def test_file(source, options, folder):
    """(symbol, failures) for each function of the file."""
    stem = os.path.splitext(os.path.basename(source))[0]
    libraries, failure = {}, None
    for level in options.levels:
        library = os.path.join(folder, level, f"lib{stem}.so")
        os.makedirs(os.path.dirname(library), exist_ok=True)
        failure = build(options.arrc, source, level, library, os.path.dirname(source))
        if failure:
            break
        libraries[level] = library
    if not failure:
        results = call_worker(source, libraries)
        missing = set(exported(source)) - {functions_name(s, source) for s, _ in results}
        return results + [(m, [{"level": "", "text": f"{m} is not exported"}])
                          for m in missing if not options.function]
    names = exported(source)
    if len(names) <= 1 or options.whole:
        return [(n, [{"level": level, "text": failure}]) for n in names or [stem]]
    # One function that does not compile must not hide the others.
    results = []
    for name in names:
        part = only_function(source, name, folder)
        libraries, failure = {}, None
        for level in options.levels:
            library = os.path.join(folder, level, name, f"lib{stem}.so")
            os.makedirs(os.path.dirname(library), exist_ok=True)
            failure = build(options.arrc, part, level, library, os.path.dirname(source))
            if failure:
                results.append((name, [{"level": level, "text": f"{name}: {failure}"}]))
                break
            libraries[level] = library
        if not failure:
            results += call_worker(part, libraries)
    done = {}
    for symbol, failures in results:
        done.setdefault(symbol, failures)
    return list(done.items())


def known_failures():
    """(file, function) -> reason, from known-failures.txt."""
    known = {}
    with open(os.path.join(HERE, "known-failures.txt"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, _, reason = line.partition(" ")
                known[tuple(name.split(":"))] = reason.strip()
    return known


def functions_name(symbol, source):
    """`euclidean_f32` -> `euclidean`."""
    names = [n for n in exported(source) if symbol == n or symbol.startswith(n + "_")]
    return max(names, key=len, default=symbol)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--arrc", default=os.path.join(HERE, "..", "..", "build", "bin", "arrc"))
    parser.add_argument("--levels", default="O0,O3", type=lambda s: s.split(","))
    parser.add_argument("--oracle", action="store_true", help="run under the oracle alone")
    parser.add_argument("--keep", help="folder for the compiled libraries, kept")
    parser.add_argument("--whole", action="store_true", help="do not split a file that fails")
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    options.arrc = os.path.abspath(options.arrc)
    options.function = None
    picked = dict(n.partition(":")[::2] for n in options.names)
    folders = [HERE, os.path.join(HERE, "..", "..", "examples")]
    sources = sorted(os.path.join(folder, f) for folder in folders if os.path.isdir(folder)
                     for f in os.listdir(folder) if f.endswith(".arr"))
    passed = failed = skipped = 0
    known = known_failures()
    start = time.time()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        if options.names:
            sources = [s for s in sources if os.path.basename(s)[:-4] in picked]
            sources = [only_function(s, f, folder) if (f := picked[os.path.basename(s)[:-4]]) else s
                       for s in sources]
            options.function = any(picked.values())
        if options.oracle:
            for source in sources:
                oracle_only.check(source)
            return
        with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
            pending = {pool.submit(test_file, s, options, folder): s for s in sources}
            for future in concurrent.futures.as_completed(pending):
                name = os.path.basename(pending[future])
                results = future.result()
                bad = [(s, f) for s, f in results if f]
                passed += len(results) - len(bad)
                print(f"{name}: {len(results) - len(bad)} passed, {len(bad)} failed", flush=True)
                expected = [s for s, _ in bad
                            if (name[:-4], functions_name(s, pending[future])) in known]
                skipped += len(expected)
                failed += len(bad) - len(expected)
                for symbol, failures in bad:
                    if symbol in expected and not options.verbose:
                        reason = known[name[:-4], functions_name(symbol, pending[future])]
                        print(f"  known: {symbol}: {reason}")
                        continue
                    for failure in failures if options.verbose else failures[:1]:
                        print(f"  FAIL {name}:{symbol} -{failure['level']}\n    "
                              + "\n    ".join(failure["text"][:1000].split("\n")[:6]), flush=True)
    print(f"e2e: {passed} passed, {failed} failed, {skipped} known to fail ({time.time() - start:.0f} s)")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
