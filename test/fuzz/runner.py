"""Compiles a batch of functions and calls them, as the end-to-end tests do.

Many functions share one file, because compiling takes most of the time. A function
that does not compile is taken out, so that it does not hide the others.
"""

import dataclasses
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

import run as e2e  # noqa: E402
from generator import file_of  # noqa: E402

LEVELS = ("O0", "O3")
THREADS = "1,2,7"
BUILD_TIMEOUT = 300  # seconds for one file; the machine may be busy


@dataclasses.dataclass
class Failure:
    kind: str  # unsupported, rejected, compiler, crash, wrong, bits, error
    text: str


def kind_of_build(text):
    if "not supported yet" in text:
        return "unsupported"
    if re.search(r"^arrc exits 1: .*\.arr:\d+", text) and "internal" not in text and "bug" not in text.lower():
        return "rejected"
    return "compiler"


def kind_of_run(text):
    if "the process died" in text or "did not finish" in text:
        return "crash"
    if "bits differ" in text:
        return "bits"
    if "expected no error" in text or "no error, " in text or "the test itself failed" in text:
        return "error"
    return "wrong"


def names_at(lines, source):
    """The functions around these line numbers of the source."""
    found = set()
    for name, node in e2e.functions_of(source).items():
        if any(node.lineno <= line <= node.end_lineno for line in lines):
            found.add(name)
    return found


class Runner:
    def __init__(self, arrc, folder, levels=LEVELS, threads=THREADS):
        self.arrc = arrc
        self.folder = folder
        self.levels = levels
        self.threads = threads
        self.batches = 0

    def run(self, functions):
        """{name: source} -> {name: Failure or None}."""
        if not functions:
            return {}
        self.batches += 1
        source = os.path.join(self.folder, f"batch{self.batches}.arr")
        with open(source, "w", encoding="utf-8") as file:
            file.write(file_of(functions.values()))
        libraries, built = {}, []
        try:
            for level in self.levels:
                library = os.path.join(self.folder, level, f"libbatch{self.batches}.so")
                os.makedirs(os.path.dirname(library), exist_ok=True)
                failure = e2e.build(self.arrc, source, level, library, self.folder, BUILD_TIMEOUT)
                if failure:
                    return self.without_culprits(functions, source, level, failure)
                libraries[level] = library
                built.append(library)
            results = {}
            for symbol, failures in e2e.call_worker(source, libraries, self.threads):
                results[symbol] = Failure(kind_of_run(failures[0]["text"]), failures[0]["text"]) \
                    if failures else None
            return {n: results.get(n, Failure("crash", str(results.get("(start-up)", "not called"))))
                    for n in functions}
        finally:
            for path in [source, *built]:
                if os.path.exists(path):
                    os.remove(path)

    def without_culprits(self, functions, source, level, failure):
        lines = [int(n) for n in re.findall(re.escape(os.path.basename(source)) + r":(\d+):\d+: error", failure)]
        culprits = names_at(lines, source) & set(functions)
        if len(functions) == 1:
            culprits = set(functions)
        text = f"-{level}: {failure}"
        if culprits:
            found = {n: Failure(kind_of_build(failure), text) for n in culprits}
            return found | self.run({n: s for n, s in functions.items() if n not in culprits})
        names = list(functions)
        half = len(names) // 2
        return self.run({n: functions[n] for n in names[:half]}) | self.run(
            {n: functions[n] for n in names[half:]})
