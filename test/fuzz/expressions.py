"""Random expressions of a given shape and kind.

Everything here is total: indices are in range, integers may wrap (that is defined), and
floats are kept small by clips and remainders, so that their sums are exact.
"""

import dataclasses
import math

import numpy as np

from bounds import INEXACT, Expr, dtype_of, is_weak, rounded
from shapes import ONE, constant, elements, slices_between

NUMBERS = [np.dtype(t) for t in
           ("f8", "f4", "i8", "i4", "i2", "i1", "u1", "u2", "u4", "u8", "?", "c16")]
WEIGHTS = [12, 9, 8, 4, 2, 2, 3, 1, 2, 2, 4, 1]
ARR_NAMES = {"float64": "f64", "float32": "f32", "int64": "i64", "int32": "i32", "int16": "i16",
             "int8": "i8", "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64",
             "bool": "bool", "complex128": "c128", "complex64": "c64"}

LARGEST = 100_000  # elements of an array


def arr_name(dtype):
    return dtype.__name__ if is_weak(dtype) else ARR_NAMES[str(np.dtype(dtype))]


class Expressions:
    """Needs `self.rng`, `self.reals` and the variables in `self.scope`."""

    limit = 2.0**20  # of what is stored; lower in loops

    def pick(self, *choices):
        return self.rng.choice(choices)

    def chance(self, probability):
        return self.rng.random() < probability

    # Leaves.

    def literal(self, kind):
        if kind == "f":
            value = self.pick(0.0, 1.0, 2.0, 0.5, -1.0, 3.0, -2.5, 0.25)
            return Expr(repr(value), float, (), abs(value), 2 if value % 1 else 0)
        if kind == "b":
            return Expr(self.pick("True", "False"), np.dtype(bool), (), 1)
        value = self.pick(0, 1, 2, 3, 5, 7)
        return Expr(repr(value), int, (), value)

    def reads(self, variable, shape):
        """The ways to read an array variable at `shape`, as texts."""
        name, dims = variable.name, variable.shape
        found = []
        if len(dims) == len(shape):
            orders = [("", dims)]
            if len(dims) > 1:
                orders.append((".T", dims[::-1]))
            for suffix, ordered in orders:
                axes = [slices_between(a, s) for a, s in zip(ordered, shape)]
                if all(axes):
                    if ordered == shape and suffix != ".T" or ordered == shape and self.chance(0.5):
                        found.append(name + suffix)
                    found.append(f"{name}{suffix}[{', '.join(self.rng.choice(a) for a in axes)}]")
        elif len(dims) == len(shape) + 1:
            for axis, dim in enumerate(dims):
                rest = dims[:axis] + dims[axis + 1:]
                axes = [slices_between(a, s) for a, s in zip(rest, shape)]
                if all(axes) and (index := self.index(dim)):
                    parts = [self.rng.choice(a) for a in axes]
                    parts.insert(axis, index)
                    found.append(f"{name}[{', '.join(parts)}]")
        elif len(dims) == 1 and len(shape) >= 2:
            for axis, dim in enumerate(shape):
                if options := slices_between(dims[0], dim):
                    after = len(shape) - 1 - axis
                    index = ", ".join([self.rng.choice(options)] + ["np.newaxis"] * after)
                    found.append(f"{name}[{index}]")
        return found

    def index(self, dim):
        """An index that is in range for every size of `dim`, or None."""
        options = [v.name for v in self.scope.values() if v.counts == dim] * 3
        if dim.least >= 1:
            options += ["0", "-1"]
        if dim.least >= 2:
            options += ["1", "-2"]
        return self.rng.choice(options) if options else None

    def leaf(self, shape, kind=None):
        options = []
        for variable in self.scope.values():
            if kind and not self.fits(variable.kind, kind):
                continue
            if not variable.shape:
                options += [variable.name] if self.chance(0.4) else []
                continue
            for text in self.reads(variable, shape):
                options += [(text, variable)] * 3
        if options and self.chance(0.9):
            chosen = self.rng.choice(options)
            if isinstance(chosen, str):
                return self.read(chosen, self.scope[chosen], ())
            text, variable = chosen
            newaxis = text.count("np.newaxis")
            dims = shape
            if newaxis or len(variable.shape) < len(shape):
                axis = len(shape) - 1 - newaxis
                dims = (shape[axis],) + (ONE,) * newaxis
            return self.read(text, variable, dims)
        along = [(a, d) for a, d in enumerate(shape) if d.text and d.symbol]
        if along and kind in (None, "i") and self.chance(0.4):
            axis, dim = self.rng.choice(along)
            after = len(shape) - 1 - axis
            text = f"np.arange({dim.text})" + (f"[:{', np.newaxis' * after}]" if after else "")
            return Expr(text, np.dtype("i8"), (dim,) + (ONE,) * after, dim.greatest)
        return self.literal(kind or self.pick("i", "i", "f"))

    def read(self, text, variable, shape):
        expr = variable.value()
        return dataclasses.replace(expr, text=text, shape=shape)

    @staticmethod
    def fits(kind, wanted):
        return kind in {"i": "iu", "f": "f", "b": "b", "c": "c"}[wanted]

    # Bounds.

    def tame(self, expr, limit, frac=None):
        """`expr`, made smaller than `limit` if it is a float, with at most `frac` digits."""
        if not expr.is_float:
            return expr
        if not expr.mag <= limit:
            expr = self.smaller(expr, max(1, min(limit, self.pick(4, 7, 16))))
        if frac is not None and expr.frac > frac and expr.kind == "f" and expr.settled:
            name = self.pick("np.floor", "np.rint", "np.trunc", "np.ceil")
            expr = Expr(f"{name}({expr.text})", self.like(expr), expr.shape, math.ceil(expr.mag))
        return expr

    def smaller(self, expr, k):
        k = int(k)
        if expr.kind == "c":
            real = self.smaller(Expr(f"({expr.text}).real", np.empty(0, expr.dtype).real.dtype,
                                     expr.shape, expr.mag, expr.frac, expr.err), k)
            return dataclasses.replace(real, text=f"({real.text} + 0j)", dtype=expr.dtype) \
                if expr.dtype == np.dtype("c16") else real
        make = self.pick("clip", "fmod", "mod", "where") if expr.settled else "clip"
        if expr.frac == INEXACT:
            make = self.pick("clip", "sin", "tanh") if self.reals else "clip"
        t = expr.text
        text = {"clip": f"np.clip({t}, -{k}, {k})", "fmod": f"np.fmod({t}, {k})", "mod": f"({t} % {k})",
                "where": f"np.minimum(np.maximum({t}, -{k}), {k})", "sin": f"np.sin({t})",
                "tanh": f"np.tanh({t})"}[make]
        return Expr(text, self.like(expr), expr.shape, k, expr.frac,
                    expr.err + (2.0**-20 * 2.0**-30 if make in ("sin", "tanh") and expr.dtype != np.float32
                                else 2.0**-20 if make in ("sin", "tanh") else 0))

    @staticmethod
    def like(expr):
        return np.dtype("f8") if expr.dtype is float and expr.shape == () else expr.dtype

    def small_integer(self, expr):
        """An integer or bool expression with few values, so that it may become a float."""
        if expr.kind == "b" or expr.mag <= 4096:
            return expr
        k = self.pick(3, 8, 11)
        return dataclasses.replace(expr, text=f"({expr.text} % {k})", mag=k)

    # Expressions.

    def expression(self, shape, depth, kind=None):
        """An expression that broadcasts to `shape`; of `kind` (b i f) if given."""
        for _ in range(20 if elements(shape) <= LARGEST else 0):
            if depth <= 0 or self.chance(0.12):
                expr = self.leaf(shape, kind)
            else:
                expr = self.rng.choice(self.makers)(self, shape, depth - 1, kind)
            if expr is None:
                continue
            if not kind or self.fits(expr.kind, kind):
                expr = rounded(expr)
                if expr is not None and (expr.err == 0 or self.reals) and len(expr.text) < 400:
                    return expr
            elif (cast := self.converted(expr, kind)) is not None:
                return cast
        return self.literal("f" if kind == "c" else kind or "i")

    def full(self, shape, depth, kind=None):
        """An expression of exactly this shape."""
        if elements(shape) > LARGEST:
            return None
        for _ in range(8):
            expr = self.expression(shape, depth, kind)
            if expr.shape == shape:
                return expr
        base = self.filled(shape, kind)
        if base is not None:
            both = self.binary_of(base, expr, self.pick("+", "-", "*"), shape)
            return both if both is not None and both.shape == shape else base
        return None

    def filled(self, shape, kind):
        """Something simple of this shape: a variable, or zeros and ones."""
        reads = [(t, v) for v in self.scope.values() if v.shape and (not kind or self.fits(v.kind, kind))
                 for t in self.reads(v, shape) if "newaxis" not in t and len(v.shape) >= len(shape)]
        if reads and self.chance(0.8):
            text, variable = self.rng.choice(reads)
            return self.read(text, variable, shape)
        if all(d.text for d in shape):
            sizes = ", ".join(d.text for d in shape) + ("," if len(shape) == 1 else "")
            dtype = {"i": np.dtype("i8"), "b": np.dtype("?")}.get(kind) or self.pick(
                np.dtype("f8"), np.dtype("f4"))
            return Expr(f"np.{self.pick('ones', 'zeros')}(({sizes}), dtype={arr_name(dtype)})",
                        dtype, shape, 1)
        return None

    def converted(self, expr, kind):
        if kind == "b":
            if not expr.settled or expr.kind == "c":
                return None
            return Expr(f"({expr.text} {self.pick('<', '>', '<=', '>=', '==', '!=')} {self.pick(0, 1, 2)})",
                        np.dtype(bool), expr.shape, 1)
        if kind == "i" and expr.settled and expr.kind in "fb" and not expr.weak:
            dtype = self.pick("i64", "i32") if expr.mag < 2**30 else "i64"
            found = {"i64": "i8", "i32": "i4"}[dtype]
            text = f"({expr.text}).astype({dtype})" if expr.shape else f"{dtype}({expr.text})"
            return Expr(text, np.dtype(found), expr.shape, expr.mag)
        if kind == "f" and expr.kind in "iub" and not expr.weak:
            expr = self.small_integer(expr)
            dtype = self.pick("f64", "f64", "f32")
            text = f"({expr.text}).astype({dtype})" if expr.shape else f"{dtype}({expr.text})"
            return Expr(text, np.dtype({"f64": "f8", "f32": "f4"}[dtype]), expr.shape, expr.mag)
        return None

    def shape_of(self, *exprs):
        """The broadcast shape, by NumPy's rule for dims that are equal or the literal 1."""
        rank = max(len(e.shape) for e in exprs)
        dims = []
        for i in range(-rank, 0):
            here = {e.shape[i] for e in exprs if len(e.shape) >= -i}
            dims.append(next((d for d in here if d != ONE), ONE))
        return tuple(dims)

    def arithmetic(self, shape, depth, kind):
        left = self.expression(shape, depth, kind if kind != "b" else None)
        right = self.expression(shape, depth, None)
        if left.kind in "if" and not left.weak and self.chance(0.15):
            value = self.pick(-1, -1, -2, -3)  # does not fit an unsigned dtype
            right = Expr(f"({value})", int, (), -value)
        return self.binary_of(left, right, self.pick("+", "+", "-", "*", "*", "max", "min"), shape)

    def binary_of(self, left, right, op, shape):
        if left.kind == "b" and right.kind == "b" and op == "-":
            op = "+"
        if "c" in (left.kind, right.kind) and op in ("max", "min"):
            op = "*"
        function = {"+": np.add, "-": np.subtract, "*": np.multiply, "max": np.maximum, "min": np.minimum}[op]
        if left.weak and right.weak:
            return None
        try:
            dtype = dtype_of(function(left.sample(), right.sample()))
        except (TypeError, OverflowError):
            return None
        if np.dtype(dtype).kind in "fc":
            left, right = (e if e.is_float else self.small_integer(e) for e in (left, right))
        if dtype == np.float16:
            return None
        mag, frac = left.mag + right.mag, max(left.frac, right.frac)
        err = left.err + right.err
        if op == "*":
            for _ in range(2):
                if left.mag * right.mag > 2.0**16 and left.is_float:
                    left, right = right, self.tame(left, 2.0**7)
                elif left.mag * right.mag > 2.0**16:
                    left, right = right, left
            mag, frac = left.mag * right.mag * (2 if "c" in (left.kind, right.kind) else 1), left.frac + right.frac
            err = left.mag * right.err + right.mag * left.err
        elif op in ("max", "min"):
            mag = max(left.mag, right.mag)
        text = f"np.{op}imum({left.text}, {right.text})" if op in ("max", "min") else \
            f"({left.text} {op} {right.text})"
        return rounded(Expr(text, dtype, self.shape_of(left, right), mag, min(frac, INEXACT), err))

    def integer_operator(self, shape, depth, kind):
        left = self.expression(shape, depth, "i")
        right = self.expression(shape, depth, "i")
        op = self.pick("//", "%", "&", "|", "^", "<<", ">>", "//", "%")
        if left.weak and right.weak:
            return None
        if op in ("<<", ">>") and self.chance(0.7):
            right = Expr(str(self.pick(0, 1, 3, 7)), int)
        try:
            dtype = dtype_of(np.add(left.sample(), right.sample()))
        except (TypeError, OverflowError):
            return None
        if dtype.kind not in "iu":
            return None
        return Expr(f"({left.text} {op} {right.text})", dtype, self.shape_of(left, right))

    def unary(self, shape, depth, kind):
        x = self.expression(shape, depth, kind)
        if x.weak or x.kind == "b":
            return None
        if x.kind == "c":
            name, mag = self.pick(("np.conj({})", x.mag), ("(-{})", x.mag))
            return dataclasses.replace(x, text=name.format(x.text), mag=mag)
        form = self.pick("(-{})", "np.abs({})", "np.sign({})", "np.square({})", "np.positive({})", "{}**2")
        if form in ("np.square({})", "{}**2"):
            x = self.tame(x, 2.0**8)
            return rounded(dataclasses.replace(
                x, text=form.format(f"({x.text})" if form[0] == "{" else x.text), mag=x.mag**2,
                frac=min(2 * x.frac, INEXACT), err=2 * x.mag * x.err))
        if form == "np.sign({})":
            return dataclasses.replace(x, text=form.format(x.text), mag=1, frac=0) if x.settled else None
        return dataclasses.replace(x, text=form.format(x.text))

    def smooth(self, shape, depth, kind):
        """Functions that do not enlarge errors."""
        if not self.reals:
            return None
        x = self.expression(shape, depth, "f")
        if x.weak:
            return None
        form, mag, slope = self.pick(
            ("np.sin({})", 1, 1), ("np.cos({})", 1, 1), ("np.tanh({})", 1, 1), ("np.arctan({})", 1.6, 1),
            ("np.exp(-np.abs({}))", 1, 1), ("np.sqrt(np.abs({}) + 1)", x.mag + 1, 1),
            ("np.log1p(np.abs({}))", 1 + x.mag, 1), ("(1 / (1 + np.square({})))", 1, 1),
            ("np.arcsinh({})", 1 + x.mag, 1), ("np.cbrt(np.abs({}) + 1)", x.mag + 1, 1))
        return rounded(Expr(form.format(x.text), x.dtype, x.shape, mag, INEXACT, slope * x.err), terms=8)

    def division(self, shape, depth, kind):
        x = self.expression(shape, depth, None)
        if x.kind == "c" or x.weak:
            return None
        x = self.small_integer(x) if not x.is_float else x
        if self.reals and self.chance(0.6):
            y = self.expression(shape, depth, "f")
            if y.weak or not x.is_float:
                return None
            dtype = dtype_of(x.sample() / y.sample())
            return rounded(Expr(f"({x.text} / (np.abs({y.text}) + 1))", dtype, self.shape_of(x, y), x.mag,
                                INEXACT, x.err + x.mag * (y.err + 2.0**-23 * y.mag if dtype == np.float32
                                                          else y.err + 2.0**-52 * y.mag)), terms=3)
        k = self.pick(2, 4, 0.5)
        dtype = dtype_of(x.sample() / k)
        if dtype == np.float16:
            return None
        return rounded(Expr(f"({x.text} / {k})", dtype, x.shape, x.mag * 2, min(x.frac + 2, INEXACT), x.err))

    def choice(self, shape, depth, kind):
        condition = self.expression(shape, depth, "b")
        a = self.expression(shape, depth, kind if kind != "b" else None)
        b = self.expression(shape, depth, a.kind if a.kind in "fb" else "i" if a.kind in "iu" else None)
        if a.weak and b.weak:
            dtype = np.dtype("f8") if "f" in (a.kind, b.kind) else np.dtype("i8")
        else:
            try:
                dtype = dtype_of(np.add(a.sample(), b.sample()))
            except OverflowError:
                return None
        if dtype.kind in "fc":
            a, b = (e if e.is_float else self.small_integer(e) for e in (a, b))
        form = "np.where({c}, {a}, {b})"
        if not self.shape_of(condition, a, b):
            # NumPy's `where` of scalars is an array without axes.
            if not a.dtype == b.dtype == dtype or a.weak or b.weak:
                return None
            form = "({a} if {c} else {b})"
        return rounded(Expr(form.format(c=condition.text, a=a.text, b=b.text), dtype,
                            self.shape_of(condition, a, b), max(a.mag, b.mag), max(a.frac, b.frac),
                            max(a.err, b.err)))

    def comparison(self, shape, depth, kind):
        a = self.expression(shape, depth, self.pick(None, "i", "f"))
        b = self.expression(shape, depth, a.kind if a.kind in "f" else "i")
        if not a.settled or not b.settled or "c" in (a.kind, b.kind):
            return None
        if a.weak and b.weak:
            return None
        return Expr(f"({a.text} {self.pick('<', '<=', '>', '>=', '==', '!=')} {b.text})", np.dtype(bool),
                    self.shape_of(a, b), 1)

    def logic(self, shape, depth, kind):
        a, b = (self.expression(shape, depth, "b") for _ in range(2))
        if self.chance(0.25):
            return Expr(f"(~{a.text})" if a.shape else f"np.logical_not({a.text})", a.dtype, a.shape, 1)
        if not a.shape and not b.shape:
            return None
        return Expr(f"({a.text} {self.pick('&', '|', '^')} {b.text})", np.dtype(bool), self.shape_of(a, b), 1)

    def cast(self, shape, depth, kind):
        x = self.expression(shape, depth, None)
        if x.weak or not x.shape or x.kind == "c":
            return None
        dtype = self.rng.choices(NUMBERS[:-2], WEIGHTS[:-2])[0]
        if dtype.kind == "f":
            x = self.small_integer(x) if not x.is_float else self.tame(x, 2.0**16)
        elif not x.settled:
            return None
        return rounded(Expr(f"({x.text}).astype({arr_name(dtype)})", dtype, x.shape, x.mag,
                            x.frac if dtype.kind == "f" else 0, x.err))

    def reduction(self, shape, depth, kind):
        """A reduction over one axis of something larger that broadcasts back to `shape`."""
        rank = len(shape)
        if rank == 0:
            inner = self.some_shape()
            x = self.full(inner, depth, kind)
            return None if x is None else self.reduced(x, None, False)
        if rank == 3 or self.chance(0.35):
            axis = self.rng.randrange(rank)
            dim = self.rng.choice([shape[axis]] + self.base_dims())
            x = self.full(shape[:axis] + (dim,) + shape[axis + 1:], depth, kind)
            return None if x is None else self.reduced(x, axis, True)
        axis = self.rng.randrange(rank + 1)
        x = self.full(shape[:axis] + (self.rng.choice(self.base_dims()),) + shape[axis:], depth, kind)
        return None if x is None else self.reduced(x, axis, False)

    def reduced(self, x, axis, keep):
        """One reduction of `x`, over one axis or all."""
        if x.weak or not x.shape:
            return None
        count = elements(x.shape if axis is None else (x.shape[axis],))
        empty = min(d.least for d in (x.shape if axis is None else (x.shape[axis],))) < 1
        names = ["sum", "sum", "sum", "any", "all", "count_nonzero", "prod"]
        if not empty:
            names += ["max", "min", "argmax", "argmin"] + (["mean"] if self.reals else [])
        name = self.rng.choice(names)
        if x.kind == "c":
            name = "sum"
        if not x.settled and name not in ("sum", "mean", "max", "min"):
            return None
        if keep and name in ("argmax", "argmin", "count_nonzero"):
            name = "sum"
        shape = () if axis is None else (
            x.shape[:axis] + ((ONE,) if keep else ()) + x.shape[axis + 1:])
        mag, frac, err, terms = x.mag, x.frac, x.err, 1
        if name == "prod":
            if x.is_float:
                x = Expr(f"np.sign({x.text})", x.dtype, x.shape, 1)
                mag, frac = 1, 0
        elif name in ("sum", "mean"):
            if name == "mean" and (x.kind not in "f"):
                return None
            x = self.tame(x, 2.0**12)
            mag, frac, err, terms = x.mag * count, x.frac, x.err * count, min(count, 64)
            if name == "mean":
                frac = INEXACT
        elif name in ("any", "all"):
            mag = 1
        elif name in ("argmax", "argmin", "count_nonzero"):
            mag = count
        options = [] if axis is None else [f"axis={axis if self.chance(0.7) else axis - len(x.shape)}"]
        options += ["keepdims=True"] if keep else []
        dtype = dtype_of(getattr(np, name)(x.sample()))
        if self.chance(0.5) or name == "count_nonzero":
            text = f"np.{name}({', '.join([x.text] + options)})"
        else:
            text = f"({x.text}).{name}({', '.join(options)})"
        result = Expr(text, dtype, shape, mag, frac, err)
        if name == "mean":
            result = rounded(result, terms)
            return dataclasses.replace(result, mag=x.mag, err=result.err / max(1, count) + 2.0**-22 * (
                x.mag if x.dtype == np.float32 else 2.0**-29 * x.mag)) if result else None
        return rounded(result, terms)

    def product(self, shape, depth, kind):
        """`@`, `einsum`, `outer`."""
        if len(shape) not in (1, 2):
            return None
        k = self.rng.choice(self.base_dims())
        want = self.pick("f", "f", "f", "i")
        first = self.full(shape[:1] + (k,), depth, want)
        second = self.full((k,) + shape[1:], depth, want)
        if first is None or second is None or first.weak or second.weak:
            return None
        first, second = self.tame(first, 64), self.tame(second, 64)
        dtype = dtype_of(np.multiply(first.sample().ravel()[:1], second.sample().ravel()[:1]))
        if dtype.kind != first.kind and dtype.kind == "f" and want == "i":
            return None
        count = max(1, k.greatest)
        text = self.pick("({a} @ {b})", "np.dot({a}, {b})",
                         "np.einsum('ij,jk->ik', {a}, {b})" if len(shape) == 2 else
                         "np.einsum('ij,j->i', {a}, {b})").format(a=first.text, b=second.text)
        return rounded(Expr(text, dtype, shape, first.mag * second.mag * count,
                            min(first.frac + second.frac, INEXACT),
                            count * (first.mag * second.err + second.mag * first.err)), terms=count)

    def joined(self, shape, depth, kind):
        """Whole-array functions of the standard library."""
        if len(shape) != 1:
            return None
        x = self.full(shape, depth, "f")
        if x is None or x.weak:
            return None
        form = self.pick("np.cumsum({})", "np.flip({})", "np.sort({})", "np.roll({}, 2)", "np.roll({}, -1)")
        if form != "np.cumsum({})":
            return dataclasses.replace(x, text=form.format(x.text))
        x = self.tame(x, 2.0**5)
        count = max(1, shape[0].greatest)
        return rounded(dataclasses.replace(x, text=f"np.cumsum({x.text})", mag=x.mag * count, err=x.err * count),
                       terms=count)

    def gathered(self, shape, depth, kind):
        """Elements or rows at computed positions."""
        if not shape:
            return self.selected_sum(depth, kind)
        bases = [v for v in self.scope.values() if v.shape and v.shape[1:] == shape[1:] and v.shape[0].least >= 1
                 and v.shape[0].text and (not kind or self.fits(v.kind, kind))]
        if not bases:
            return None
        base = self.rng.choice(bases)
        positions = self.full(shape[:1], depth, "i")
        if positions is None or positions.weak:
            return None
        index = f"({positions.text}).astype(i64) % {base.shape[0].text}"
        if self.chance(0.2):
            index += f" - {base.shape[0].text}"
        return self.read(f"{base.name}[{index}]", base, shape)

    def selected_sum(self, depth, kind):
        """The sum of what a mask selects."""
        shape = self.some_shape()
        mask, x = self.full(shape, depth, "b"), self.full(shape, depth, kind if kind != "b" else "i")
        if mask is None or x is None or mask.weak or x.weak:
            return None
        x = self.tame(x, 2.0**10)
        count = elements(shape)
        return rounded(Expr(f"({x.text})[{mask.text}].sum()", dtype_of(np.sum(x.sample())), (), x.mag * count,
                            x.frac, x.err * count), terms=min(count, 64))

    def scalar_read(self, shape, depth, kind):
        arrays = [v for v in self.scope.values() if v.shape and (not kind or self.fits(v.kind, kind))]
        if not arrays:
            return None
        variable = self.rng.choice(arrays)
        indices = [self.index(d) for d in variable.shape]
        if not all(indices):
            return None
        return self.read(f"{variable.name}[{', '.join(indices)}]", variable, ())

    def call(self, shape, depth, kind):
        """A call of one of the file's helper templates."""
        helper = self.rng.choice(self.helpers)
        exprs = [self.expression(shape, depth, "f") for _ in range(helper.count)]
        if any(e.weak for e in exprs):
            return None
        exprs = [self.tame(e, 64) for e in exprs]
        return helper.applied(self, exprs)

    makers = ([arithmetic] * 10 + [unary] * 4 + [choice] * 3 + [comparison] * 2 + [logic] + [cast] * 2
              + [integer_operator] * 3 + [division] * 2 + [smooth] * 4 + [reduction] * 4 + [product] * 2
              + [joined] * 2 + [gathered] * 2 + [scalar_read] * 2 + [call] * 2)
