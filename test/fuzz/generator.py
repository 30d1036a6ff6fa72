"""Random well-typed functions: signature, sizes, body, results."""

import ast
import random

import numpy as np

from bounds import Expr, digits, rounded
from expressions import NUMBERS, WEIGHTS, arr_name
from shapes import LARGE, SMALL, Dim, constant
from statements import Statements, Storage

HELPERS = '''
def blend(a, b):
    return a * 2 - b

def halves(a, b):
    c = a + b
    return c / 2, a - c

def second_half(a, b):
    x, y = halves(a, b)
    return y if True else x

def damped(a):
    b = np.abs(a)
    return np.where(b > 3, b - 1, a)

def larger(a, b):
    return np.where(a > b, a, b)

def running(a):
    for i in range(1, len(a)):
        a[i] += a[i - 1]

def smooth_ints(a):
    if len(a) > 2:
        a[1:-1] = a[2:] + a[:-2]
    else:
        a += 1
'''


class Helper:
    """A template of HELPERS in an expression: what it does to the bounds."""

    def __init__(self, name, count, growth, settled):
        self.name, self.count, self.growth, self.settled = name, count, growth, settled

    def applied(self, generator, exprs):
        if self.settled and not all(e.settled for e in exprs):
            return None
        if any(e.kind != "f" for e in exprs):
            return None
        dtype = np.result_type(*(e.dtype for e in exprs))
        shape = generator.shape_of(*exprs)
        if not shape and self.name in ("damped", "larger"):
            return None
        mag = self.growth * max(e.mag for e in exprs)
        return rounded(Expr(f"{self.name}({', '.join(e.text for e in exprs)})", dtype, shape, mag,
                            max(e.frac for e in exprs) + 1, self.growth * max(e.err for e in exprs)))


HELPER_LIST = [Helper("blend", 2, 3, False), Helper("second_half", 2, 3, False),
               Helper("damped", 1, 1, True), Helper("larger", 2, 1, True)]


class Generator(Statements):
    """One function from one seed."""

    helpers = HELPER_LIST

    def __init__(self, name, seed):
        super().__init__()
        self.name = name
        self.rng = random.Random(seed)
        self.reals = self.chance(0.25)
        self.scope = {}
        self.symbols = {}
        self.directives = []
        for symbol in ("n", "m", "k")[:self.rng.choices([1, 2, 3], [4, 5, 1])[0]]:
            pool = self.rng.choice(SMALL)
            self.symbols[symbol] = Dim(symbol, pool, symbol)
        self.parameters = self.signature()
        for _ in range(self.rng.choice([2, 3, 4, 5, 6, 8])):
            self.statement()
        self.results()

    def signature(self):
        shapes, parameters = [], []
        names = list(self.symbols)
        for symbol in names:
            shapes.append((symbol,))
        for _ in range(self.rng.choice([0, 1, 1, 2])):
            rank = self.rng.choices([1, 2, 3], [3, 6, 1])[0]
            shapes.append(tuple(self.rng.choice(names) for _ in range(rank)))
        # Large arrays reach the threads; loops over them would take the oracle too long.
        largest = max(map(len, shapes))
        if self.chance(0.25):
            for symbol, dim in self.symbols.items():
                self.symbols[symbol] = Dim(symbol, dim.sizes + (LARGE[largest],), symbol)
        for symbol, dim in self.symbols.items():
            self.directives.append(f"{symbol} = {' '.join(map(str, dim.sizes))}")
        for i, shape in enumerate(shapes):
            dtype = self.rng.choices(NUMBERS, WEIGHTS)[0]
            name = "xyzuvw"[i]
            dims = tuple(self.symbols[s] for s in shape)
            parameters.append(f"{name}: {arr_name(dtype)}[{', '.join(shape)}]")
            exact = Storage(8) if not self.reals else Storage(5, 10**6)
            self.add(name, dtype, dims, exact if dtype.kind in "fc" else Storage(
                1 if dtype.kind == "b" else float("inf")))
        for i in range(self.rng.choice([0, 0, 1])):
            dtype = self.pick(np.dtype("f8"), np.dtype("f4"), np.dtype("i8"), np.dtype("i4"))
            parameters.append(f"q: {arr_name(dtype)}")
            self.add("q", dtype, (), (Storage(8) if not self.reals else Storage(5, 10**6))
                     if dtype.kind == "f" else Storage(float("inf")))
        return parameters

    def results(self):
        made = [v for v in self.scope.values() if v.name[1:].isdigit() and not v.constant]
        texts = [v.name for v in made[-3:]]
        expr = self.full(self.some_shape(), 3)
        bounds = [(v.storage.find().err, v.dtype) for v in self.scope.values() if v.kind in "fc"]
        if expr is not None and not expr.weak:
            texts.append(expr.text)
            bounds.append((expr.err, expr.dtype))
        if not texts:
            texts = [v.name for v in self.scope.values()][:1]
        self.emit(f"return {', '.join(texts)}")
        if self.reals:
            self.directives.append("reals")
            # Both sides may be off by the bound; tolerances are in units of the result's eps.
            units = max((4 * err * 2.0**(digits(d) - 1) for err, d in bounds), default=0)
            self.directives.append(f"tol {max(16, units):.3g}")

    @property
    def usable(self):
        """Tolerances beyond this show nothing."""
        return all(float(d[4:]) < 1e9 for d in self.directives if d.startswith("tol"))

    @property
    def source(self):
        text = f"def {self.name}({', '.join(self.parameters)}):\n" + "\n".join(self.lines)
        head = "".join(f"#: {d}\n" for d in self.directives)
        return head + ast.unparse(ast.parse(text)) + "\n"


def program(seed, index):
    """The function number `index` of a seed."""
    attempt = 0
    while True:
        made = Generator(f"case{index}", f"{seed}/{index}/{attempt}")
        if made.usable:
            return made.source
        attempt += 1


PREAMBLE = '"""Generated programs."""\nimport numpy as np\n' + HELPERS


def file_of(functions):
    return PREAMBLE + "\n" + "\n".join(functions)
