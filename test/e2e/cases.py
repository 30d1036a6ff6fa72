"""What each function of an end-to-end test is called with.

Inputs are made from the annotations: sizes for the dims (0, 1, odd, vector tails, one large), a memory
layout for each array, values for each dtype. Comment lines `#:` right above a `def` change that:

    #: n = 0 1 64            sizes of the dim n
    #: i in 0..n-1           range of the values of parameter i (dims may be used)
    #: reals                 real-valued floats (default: small integers, for which sums are exact)
    #: special               also nan, inf, -0.0, subnormals, extremes
    #: tol 64                compare with 64 eps times the largest magnitude (default: exactly)
    #: ulp 8                 compare each element with a bound in ULP
    #: layouts C F           only these memory layouts
    #: call (x, 3)           an explicit call; NumPy's names may be used in the arguments
    #: call (x, 9) raises IndexError: text     the error that the compiled function gives
    #: call (x) gives 5      the expected result, where the oracle is not to be asked
    #: only calls            no generated inputs
"""

import ast
import collections
import itertools
import os
import random
import re

import numpy as np

UNNAMED = (":", "...", "")  # dims without a name
LAYOUTS = ["C", "F", "reversed", "strided", "offset", "inner"]
SIZES = [2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65]
LARGE = {1: [50021], 2: [130, 257], 3: [29, 41, 37], 4: [9, 11, 13, 17]}
LARGE_LOOPS = {1: [300], 2: [19, 33], 3: [9, 10, 11], 4: [5, 6, 7, 8]}


class Directives:
    def __init__(self, lines):
        self.sizes = {}
        self.ranges = {}
        self.calls = []  # (arguments text, "raises" or "gives" or None, text)
        self.layouts = LAYOUTS
        self.reals = self.special = self.only_calls = False
        self.tolerance = self.ulp = None
        for line in lines:
            self.read(line)

    def read(self, line):
        word, _, rest = line.partition(" ")
        if word == "reals":
            self.reals = True
        elif word == "special":
            self.special = True
        elif word == "tol":
            self.tolerance = float(rest)
        elif word == "ulp":
            self.ulp = float(rest)
        elif word == "layouts":
            self.layouts = rest.split()
        elif line == "only calls":
            self.only_calls = True
        elif word == "call":
            found = re.fullmatch(r"\((.*?)\)(?: (raises|gives) (.*))?", rest)
            self.calls.append((found[1], found[2], found[3]))
        elif match := re.fullmatch(r"(\w+) = ([\d ]+)", line):
            self.sizes[match[1]] = [int(n) for n in match[2].split()]
        elif match := re.fullmatch(r"(\w+) in (.+?)\.\.(.+)", line):
            self.ranges[match[1]] = (match[2], match[3])
        else:
            raise ValueError(f"unknown directive `{line}`")


def example_directives():
    """`FILE:FUNCTION` -> directive lines: examples are written for readers, what tests
    need to know of them is said in a file of its own."""
    found = collections.defaultdict(list)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs", "examples.cases")
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("def "):
                name = line.split()[1]
            elif line.strip() and not line.startswith("#"):
                found[name].append(line.strip())
    return found


def read_directives(path):
    """Function name -> Directives, from the comments above each function."""
    with open(path, encoding="utf-8") as file:
        source = file.read()
    lines = source.splitlines()
    stem = os.path.splitext(os.path.basename(path))[0]
    elsewhere = example_directives()
    found = {}
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        at = min([node.lineno] + [d.lineno for d in node.decorator_list]) - 2
        block = []
        while at >= 0 and lines[at].startswith("#"):
            if lines[at].startswith("#:"):
                block.append(lines[at][2:].strip())
            at -= 1
        found[node.name] = Directives([*reversed(block), *elsewhere[f"{stem}:{node.name}"]])
        found[node.name].loops = any(isinstance(n, (ast.For, ast.While)) for n in ast.walk(node))
    return found


def names_in(text):
    return [n.id for n in ast.walk(ast.parse(text, mode="eval")) if isinstance(n, ast.Name)]


def shrunk(assignment, shapes, limit):
    """The same sizes, halved until no array has more than `limit` elements."""
    while any(np.prod([eval(t, {}, dict(assignment)) for t in dims], dtype=float) > limit
              for dims in shapes):
        assignment = {s: (n + 1) // 2 for s, n in assignment.items()}
    return assignment


def size_assignments(symbols, shapes, directives, rng, has_scalars):
    """Values for the dims of a function: a few corners, one large, some mixtures."""
    repeats = 8 if has_scalars else 1  # other scalars for the same sizes are another case
    if not symbols:
        return [{}] * repeats
    pools = {s: directives.sizes.get(s, SIZES) for s in symbols}
    chosen = []
    if any(s not in directives.sizes for s in symbols):
        chosen += [{s: corner for s in symbols} for corner in (0, 1)]
        if len(symbols) > 1:
            chosen += [{s: corner if s == t else 3 for s in symbols}
                       for t in symbols for corner in (0, 1)]
        large = LARGE_LOOPS if directives.loops else LARGE
        count = min(len(symbols), 4)
        sizes = dict(itertools.zip_longest(symbols, large[count][:len(symbols)], fillvalue=2))
        chosen.append(shrunk(sizes, shapes, 60000))
    else:
        longest = max(len(p) for p in pools.values())
        chosen += [{s: p[i % len(p)] for s, p in pools.items()} for i in range(longest)]
    chosen += [{s: rng.choice(p) for s, p in pools.items()} for _ in range(5)]
    for assignment in chosen:
        for s, value in assignment.items():
            if s in directives.sizes and value not in directives.sizes[s]:
                assignment[s] = rng.choice(directives.sizes[s])
    distinct = list({tuple(a.items()): a for a in chosen}.values())
    return distinct if len(distinct) >= repeats else (distinct * repeats)[:repeats]


def values(shape, dtype, rng, directives, bounds):
    """An array of random values of `dtype`, within `bounds` (low, high) if given."""
    generator = np.random.default_rng(rng.randrange(2**32))
    kind = dtype.kind
    if kind == "b":
        return generator.integers(0, 2, shape).astype(bool)
    if kind in "iu":
        if bounds:
            return generator.integers(int(bounds[0]), int(bounds[1]) + 1, shape).astype(dtype)
        result = generator.integers(-9 if kind == "i" else 0, 10, shape).astype(dtype)
        info = np.iinfo(dtype)
        odd = np.array([info.min, info.max, info.min + 1, info.max // 2 + 1], dtype)
        where = generator.random(shape) < 0.1
        result[where] = generator.choice(odd, shape)[where]
        return result
    low, high = bounds or ((-8, 8) if not directives.reals else (-3.0, 3.0))

    def part():
        if directives.reals:
            return generator.uniform(float(low), float(high), shape)
        return generator.integers(int(low), int(high) + 1, shape).astype(float)

    result = np.array(part() + 1j * part() if kind == "c" else part()).astype(dtype)
    if directives.special:
        info = np.finfo(dtype)
        odd = np.array([np.nan, np.inf, -np.inf, -0.0, 0.0, info.smallest_subnormal,
                        -info.tiny, info.max, 1.0, -1.0], dtype)
        where = generator.random(shape) < 0.5
        result[where] = generator.choice(odd, shape)[where]
    return result


def lay_out(array, layout):
    """(base, view): a copy of `array` as a view with `layout` into a larger base."""
    if array.ndim == 0:
        base = array.copy()
        return base, base[...]
    if layout == "F":
        base = np.array(array, order="F")  # a copy, also in one dimension
        return base, base[...]
    if layout == "reversed":
        base = array[(slice(None, None, -1),) * array.ndim].copy()
        return base, base[(slice(None, None, -1),) * array.ndim]
    if layout in ("strided", "inner", "offset"):
        if layout == "strided":
            pad, index = [2 * n + 1 for n in array.shape], [slice(1, 2 * n + 1, 2) for n in array.shape]
        elif layout == "inner":
            pad, index = [n + 3 for n in array.shape], [slice(1, n + 1) for n in array.shape]
        else:
            pad = [array.shape[0] + 2, *array.shape[1:]]
            index = [slice(1, array.shape[0] + 1)] + [slice(None)] * (array.ndim - 1)
        filler = np.array(111, np.int64).astype(array.dtype)
        base = np.full(pad, filler)
        view = base[tuple(index)]
        view[...] = array
        return base, view
    base = array.copy(order="C")
    return base, base[...]


class Case:
    """One call: a maker of fresh arguments and how to describe them."""

    def __init__(self, label, make, expectation=None):
        self.label = label
        self.make = make  # () -> (list of arguments, list of bases to compare)
        self.expectation = expectation


def generated_cases(function, directives, seed):
    rng = random.Random(seed)
    symbols = []
    for p in function.params:
        for text in p.dims:
            if text not in UNNAMED:
                symbols += [s for s in names_in(text) if s not in symbols]
    shapes = [[t for t in p.dims if t not in UNNAMED and set(names_in(t)) <= set(symbols)]
              for p in [*function.params, *function.results]]
    has_scalars = any(p.kind == 1 for p in function.params)
    for number, sizes in enumerate(
            size_assignments(symbols, shapes, directives, rng, has_scalars)):
        arguments, label = [], []
        for position, p in enumerate(function.params):
            bounds = None
            if p.name in directives.ranges:
                bounds = [eval(text, {"np": np}, dict(sizes)) for text in directives.ranges[p.name]]
            if p.name in sizes and p.kind == 1:
                arguments.append(p.dtype.type(sizes[p.name]).item())
                label.append(f"{p.name}={sizes[p.name]}")
                continue
            shape = []
            for text in p.dims or [":"] * p.ndim:
                if text in UNNAMED:
                    shape.append(rng.choice([0, 1, 2, 3, 5, 9]))
                else:
                    shape.append(max(0, eval(text, {}, dict(sizes))))
            value = values(tuple(shape), p.dtype, rng, directives, bounds)
            if p.kind == 1:
                arguments.append(value.item())
                label.append(f"{p.name}={value.item()!r}")
            else:
                layout = directives.layouts[(number + position) % len(directives.layouts)]
                arguments.append((value, layout))
                label.append(f"{p.name}: {p.dtype}{list(value.shape)} {layout}")

        def make(arguments=arguments):
            made, bases = [], []
            for a in arguments:
                if isinstance(a, tuple):
                    base, view = lay_out(*a)
                    bases.append(base)
                    a = view
                made.append(a)
            return made, bases

        yield Case(", ".join(label), make)


def explicit_cases(function, directives):
    for text, what, expectation in directives.calls:
        scope = {n: getattr(np, n) for n in dir(np) if not n.startswith("_")} | {"np": np}
        scope |= {"f32": np.float32, "f64": np.float64, "T": function.params[0].dtype
                  if function.params else None}

        def make(text=text, scope=scope):
            made = list(eval(f"({text},)" if text else "()", scope))
            return made, [a for a in made if isinstance(a, np.ndarray)]

        try:
            fits = all(not isinstance(a, np.ndarray) or a.dtype == p.dtype
                       for a, p in zip(make()[0], function.params))
        except Exception as error:
            raise ValueError(f"bad call directive ({text}): {error}") from error
        if what == "gives":
            expectation = ("gives", eval(expectation, scope))
        elif what == "raises":
            expectation = ("raises", expectation)
        # A call is meant for the instance whose dtypes it has, or for a TypeError of all.
        if fits or (what == "raises" and expectation[1].startswith("TypeError")):
            yield Case(f"call ({text})", make, expectation if what else None)
