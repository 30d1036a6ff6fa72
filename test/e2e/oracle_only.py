"""Runs the test programs under the oracle alone: `run.py --oracle`.

For whoever writes a test: shows, per function, what the generated calls do, so
that a test that always fails under NumPy is seen before it is compared with.
"""

import ast
import collections
import itertools
import os
import sys
import types

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "python"))

import arrlang  # noqa: E402
from arrlang.dtypes import DTypeVariable  # noqa: E402

import cases  # noqa: E402


def instances(oracle):
    """Stand-ins for the compiled functions: one per choice of the dtype variables."""
    signature = oracle.function.signature
    variables = {n: signature.globals[n] for p in [*signature.parameters, signature.result]
                 for n in p.names() if isinstance(signature.globals.get(n), DTypeVariable)}
    ranks = (1, 2, 3) if any(p.leading for p in signature.parameters) else (0,)
    for choice in itertools.product(ranks, *(v.members for v in variables.values())):
        dtypes = dict(zip(variables, choice[1:]))
        params = []
        for p in signature.parameters:
            if p.dtype_name == "str":
                break
            dtype = dtypes.get(p.dtype_name) or signature.globals[p.dtype_name]
            dims = [":" if d is None else ast.unparse(d) for d in p.dims or []]
            if p.leading:
                dims = [":"] * (choice[0] - len(dims)) + dims
            params.append(types.SimpleNamespace(name=p.name, dims=dims, ndim=len(dims),
                                                kind=int(p.dims is None), dtype=dtype.dtype))
        else:
            results = signature.result.members or [signature.result]
            results = [types.SimpleNamespace(dims=[":" if d is None else ast.unparse(d)
                                                   for d in r.dims or []]) for r in results]
            yield dtypes, types.SimpleNamespace(name=oracle.__name__, params=params,
                                                results=results)


def check(path):
    directives = cases.read_directives(path)
    module = arrlang.interpret(path)
    for name, oracle in vars(module).items():
        if name not in directives or not oracle.function.signature.exported or name == "main":
            continue
        for dtypes, function in instances(oracle):
            told = directives[name]
            outcome = collections.Counter()
            generated = [] if told.only_calls else cases.generated_cases(function, told, name)
            for case in [*generated, *cases.explicit_cases(function, told)]:
                arguments, _ = case.make()
                try:
                    with np.errstate(all="ignore"):
                        result = oracle.function.call(arguments, {}, dtypes)
                    outcome["fine"] += 1
                    if case.expectation and case.expectation[0] == "raises":
                        outcome[f"NO ERROR in {case.label}, gives {result!r}"] += 1
                    elif case.expectation and not np.array_equal(result, case.expectation[1]):
                        outcome[f"OTHER RESULT in {case.label}: {result!r}"] += 1
                except Exception as error:
                    if not (case.expectation and case.expectation[0] == "raises"):
                        outcome[f"{type(error).__name__}: {str(error):.90}"] += 1
                    else:
                        outcome["fine"] += 1
            notes = "; ".join(f"{n} x {k}" for k, n in outcome.items() if k != "fine")
            instance = ",".join(map(str, dtypes.values()))
            print(f"{os.path.basename(path)}:{name}[{instance}] {outcome['fine']} calls"
                  + (f"; {notes}" if notes else ""))
