"""Calls every function of one .arr file, compiled and interpreted, and compares.

Runs in a process of its own, so that a crash of compiled code is one failed
test. Speaks JSON lines to run.py: {"start": name}, then {"done": name, "failures": [...]}.

    worker.py SOURCE SKIP THREADS LEVEL=LIBRARY...
        SKIP: names that are done already, THREADS: numbers of threads, both with commas
"""

import json
import os
import sys
import traceback

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "python"))

import arrlang  # noqa: E402
from arrlang.dtypes import DTypeVariable  # noqa: E402
from arrlang.signature import dtype_named  # noqa: E402

import cases  # noqa: E402
from compare import mismatch  # noqa: E402

ERRORS = (TypeError, ValueError, IndexError, AssertionError, MemoryError, OSError, RecursionError)


def say(**message):
    print(json.dumps(message), flush=True)


def leaves(result):
    """The annotations in the annotation of a result; tuples may be nested."""
    if not result.members:
        return [result]
    return [leaf for member in result.members for leaf in leaves(member)]


def dtype_variables(oracle, instance):
    """The values of dtype variables in this instance, from the compiled table."""
    signature = oracle.function.signature
    results = leaves(signature.result)
    found = {}
    for p, compiled in [*zip(signature.parameters, instance.params), *zip(results, instance.results)]:
        variable = signature.globals.get(p.dtype_name)
        if isinstance(variable, DTypeVariable):
            found[p.dtype_name] = dtype_named(compiled.dtype)
    return found


def call(function):
    try:
        return function(), None
    except ERRORS as error:
        return None, error


def parts_of(result):
    """The values in a result; tuples may be nested."""
    if isinstance(result, tuple):
        return [part for member in result for part in parts_of(member)]
    return [] if result is None else [result]


def shares(result, bases):
    """For each part whether it is memory of an argument."""
    return [isinstance(p, np.ndarray) and any(np.shares_memory(p, b) for b in bases)
            for p in parts_of(result)]


def bits(values):
    """For comparing runs. Sign and payload of a NaN are no part of a result: which operand's
    NaN an addition hands on is left open by IEEE 754, and by processors."""
    return [_without_nans(np.asarray(v)).tobytes() for v in values]


def _without_nans(array):
    if array.dtype.kind == "c":
        array = np.stack([array.real, array.imag])
    if array.dtype.kind != "f":
        return array
    return np.where(np.isnan(array), array.dtype.type(np.nan), array)


class FunctionTest:
    def __init__(self, name, oracle, instances, directives, libraries, threads):
        self.name = name
        self.oracle = oracle
        self.instances = instances  # level -> compiled function
        self.directives = directives
        self.libraries = libraries
        self.threads = threads
        self.failures = []
        any_instance = next(iter(instances.values()))
        self.dtypes = dtype_variables(oracle, any_instance)
        self.result_dtypes = [p.dtype for p in any_instance.results]
        self.function = any_instance

    def run(self):
        generated = [] if self.directives.only_calls else list(
            cases.generated_cases(self.function, self.directives, self.name))
        for case in [*generated, *cases.explicit_cases(self.function, self.directives)]:
            if len(self.failures) < 3:
                self.run_case(case)
        return self.failures

    def fail(self, case, level, text):
        self.failures.append({"level": level, "text": f"{self.name}({case.label}): {text}"})

    def run_case(self, case):
        arguments, want_bases = case.make()
        if case.expectation is None:
            with np.errstate(all="ignore"):
                want, want_error = call(lambda: self.oracle.function.call(
                    arguments, {}, self.dtypes))
        elif case.expectation[0] == "gives":
            want, want_error, want_bases = case.expectation[1], None, None
        else:
            want, want_error = None, case.expectation[1]
        want_shares = shares(want, want_bases or [])
        first_bits = None
        for level, function in self.instances.items():
            for threads in self.threads:
                self.libraries[level].set_num_threads(threads)
                arguments, got_bases = case.make()
                got, got_error = call(lambda: function(*arguments))
                where = f"{level} {threads} thread{'s' if threads > 1 else ''}"
                if want_error is not None or got_error is not None:
                    text = self.error_mismatch(got_error, want_error, got)
                else:
                    text = mismatch(got, want, self.directives, iter(self.result_dtypes))
                    if not text and want_bases is not None:
                        text = self.written_mismatch(got_bases, want_bases)
                        got_shares = shares(got, got_bases)
                        if not text and got_shares != want_shares and all(
                                np.size(p) for p in parts_of(want)):
                            text = f"is a view of an argument: expected {want_shares}, got {got_shares}"
                    if not text:
                        these = bits([*parts_of(got), *got_bases])
                        if first_bits is not None and these != first_bits:
                            text = "bits differ from another -O level or number of threads"
                        first_bits = first_bits or these
                if text:
                    self.fail(case, level, f"{where}: {text}")
                    return

    def error_mismatch(self, got_error, want_error, got):
        got_text = f"{type(got_error).__name__}: {got_error}" if got_error else f"no error, {got!r:.200}"
        if isinstance(want_error, str):
            same = got_text == want_error if ":" in want_error else type(got_error).__name__ == want_error
            return None if same else f"expected {want_error!r}, got {got_text!r}"
        if want_error is None:
            return f"expected no error, got {got_text!r}"
        if type(got_error) is type(want_error):
            return None
        return f"expected {type(want_error).__name__}: {want_error}, got {got_text}"

    def written_mismatch(self, got_bases, want_bases):
        for i, (g, w) in enumerate(zip(got_bases, want_bases)):
            text = mismatch(g, w, self.directives)
            if text:
                return f"memory of array argument {i} after the call (its whole base): {text}"
        return None


def main():
    source, skip = sys.argv[1], set(sys.argv[2].split(","))
    threads = [int(t) for t in sys.argv[3].split(",")]
    directives = cases.read_directives(source)
    oracle = arrlang.interpret(source)
    libraries = {}
    for item in sys.argv[4:]:
        level, _, path = item.partition("=")
        libraries[level] = arrlang.load(path)
    levels = list(libraries)
    for first in libraries[levels[0]].functions:
        if first.symbol in skip or first.name == "main":
            continue
        instances = {level: next(f for f in library.functions if f.symbol == first.symbol)
                     for level, library in libraries.items()}
        say(start=first.symbol)
        test = FunctionTest(first.symbol, getattr(oracle, first.name), instances,
                            directives[first.name], libraries, threads)
        try:
            failures = test.run()
        except Exception as error:
            failures = [{"level": level, "text": f"{first.symbol}: the test itself failed: {error!r}\n"
                         + traceback.format_exc(limit=-3)} for level in levels]
        say(done=first.symbol, failures=failures)


if __name__ == "__main__":
    main()
