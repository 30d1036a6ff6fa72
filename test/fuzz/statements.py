"""Random statements: stores into views, loops, branches, parallel loops, calls.

Bounds of values belong to storages, which several names may share. In a loop, where a value may
feed itself, every store is made small again, and additions have a budget.
"""

import dataclasses
import math

import numpy as np

from bounds import Expr, rounded
from expressions import NUMBERS, WEIGHTS, Expressions, arr_name
from shapes import Dim, constant, elements, sliced

LOOP_LIMIT = 1024.0  # of floats that are stored in a loop
LOOP_CAP = 4096.0  # of those that are read there: the limit and the budget of additions
ADDITIONS = 3000.0


class Storage:
    """The bounds of one block of memory. Storages that may be the same are joined."""

    def __init__(self, mag, frac=0, err=0.0):
        self.mag, self.frac, self.err = mag, frac, err
        self.same = None

    def find(self):
        return self if self.same is None else self.same.find()

    def join(self, other):
        a, b = self.find(), other.find()
        if a is not b:
            a.include(b.mag, b.frac, b.err)
            b.same = a

    def include(self, mag, frac=0, err=0.0):
        a = self.find()
        a.mag, a.frac, a.err = max(a.mag, mag), max(a.frac, frac), max(a.err, err)


@dataclasses.dataclass
class Variable:
    name: str
    dtype: object
    shape: tuple
    storage: Storage
    owner: object = None
    counts: Dim = None  # a loop index: the dim whose elements it counts
    constant: bool = False  # not assigned to: loop indices
    fresh: bool = False  # its memory was made by this function

    @property
    def kind(self):
        return Expr("", self.dtype).kind

    def value(self):
        s = self.storage.find()
        mag = s.mag
        if self.owner.depth and not self.constant and self.kind in "fc":
            mag = max(mag, LOOP_CAP)
        return Expr(self.name, self.dtype, self.shape, mag, s.frac, s.err)


class Statements(Expressions):
    """Writes the lines of a body; needs what Expressions needs, and `self.symbols`."""

    def __init__(self):
        self.lines = []
        self.indent = 1
        self.depth = 0  # of sequential loops
        self.parallel = False
        self.trips = 1
        self.additions = 0.0
        self.count = 0

    def emit(self, text):
        self.lines.append("    " * self.indent + text)

    def fresh_name(self, letter):
        self.count += 1
        return f"{letter}{self.count}"

    def add(self, name, dtype, shape, storage, **more):
        self.scope[name] = Variable(name, dtype, shape, storage, self, **more)

    def base_dims(self):
        return list(self.symbols.values())

    def some_shape(self):
        rank = self.rng.choices([1, 2, 3], [6, 5, 1])[0]
        return tuple(self.rng.choice(self.base_dims()) for _ in range(rank))

    def settle(self, expr, limit=None):
        """`expr` as it may be stored here."""
        if not expr.is_float:
            return expr
        if self.depth:
            return self.tame(expr, LOOP_LIMIT, frac=0)
        return self.tame(expr, limit or self.limit)

    def arrays(self, written=False):
        return [v for v in self.scope.values() if v.shape and not (written and self.parallel)]

    # Names.

    def new_array(self):
        shape = self.some_shape()
        if self.chance(0.4) and self.arrays():
            like = self.rng.choice(self.arrays())
            shape = tuple(sliced(d, self.pick(":", ":", ":", "1:", "1:-1", "::2", "::-1")) for d in like.shape)
        expr = self.full(shape, self.rng.choice([1, 2, 3, 4]))
        if expr is None or expr.weak:
            return
        expr = self.settle(expr)
        name = self.fresh_name("a")
        plain = expr.text.isidentifier()
        self.emit(f"{name} = {expr.text}")
        storage = Storage(expr.mag, expr.frac, expr.err)
        if plain or expr.text[0].isalpha():  # may be a view
            for v in self.arrays():
                if expr.text.startswith(v.name):
                    storage = v.storage
        self.add(name, expr.dtype, shape, storage)

    def new_view(self):
        if not self.arrays():
            return
        base = self.rng.choice(self.arrays())
        shape = tuple(sliced(d, self.pick(":", "1:", ":-1", "::2", "::-1", "1:-1", "1:4")) for d in base.shape)
        if len(shape) > 1 and self.chance(0.3):
            shape = shape[::-1]
        reads = self.reads(base, shape)
        if reads and len(shape) == len(base.shape):
            name = self.fresh_name("v")
            self.emit(f"{name} = {self.rng.choice(reads)}")
            self.add(name, base.dtype, shape, base.storage)

    def new_scalar(self):
        kind = self.pick("f", "i", None)
        expr = self.reduction((), 2, kind) if self.chance(0.6) else self.expression((), 2, kind)
        if expr is None or expr.shape or expr.weak or (expr.err and not self.reals) or not (expr := rounded(expr)):
            return
        expr = self.settle(expr)
        name = self.fresh_name("s")
        self.emit(f"{name} = {expr.text}")
        self.add(name, expr.dtype, (), Storage(expr.mag, expr.frac, expr.err))

    def rebind(self):
        names = [v for v in self.scope.values() if not v.constant and not v.counts]
        if not names or self.parallel:
            return
        old = self.rng.choice(names)
        kind = "i" if old.kind in "iu" else old.kind
        expr = self.full(old.shape, 3, kind) if old.shape else self.expression((), 2, kind)
        if expr is None or expr.weak:
            return
        if expr.dtype != old.dtype:
            if kind == "c":
                return
            if expr.kind in "f" and old.kind in "iub":
                return
            expr = dataclasses.replace(self.tame(expr, self.limit), text=(
                f"({expr.text}).astype({arr_name(old.dtype)})" if expr.shape
                else f"{arr_name(old.dtype)}({expr.text})"), dtype=old.dtype) \
                if not expr.is_float else None
            if expr is None:
                return
        expr = rounded(self.settle(expr))
        if expr is None or expr.weak or (expr.err and not self.reals) or expr.dtype != old.dtype:
            return
        self.emit(f"{old.name} = {expr.text}")
        if self.indent > 1 or expr.text[0].isalpha():
            old.storage.include(expr.mag, expr.frac, expr.err)
            for v in self.arrays():
                if expr.text.startswith(v.name):
                    old.storage.join(v.storage)
        else:
            self.add(old.name, old.dtype, old.shape, Storage(expr.mag, expr.frac, expr.err))

    def swap(self):
        pairs = [(a, b) for a in self.arrays() for b in self.arrays()
                 if a.name < b.name and (a.dtype, a.shape) == (b.dtype, b.shape)]
        if pairs and not self.parallel:
            a, b = self.rng.choice(pairs)
            a.storage.join(b.storage)
            self.emit(f"{a.name}, {b.name} = {b.name}, {a.name}")

    # Stores.

    def store(self):
        targets = [v for v in self.arrays(written=True)]
        if not targets:
            return
        target = self.rng.choice(targets)
        texts = [self.pick(":", ":", "1:", ":-1", "1:-1", "::2", "::-1", "2:", ":-2", "1::2") for _ in target.shape]
        shape = tuple(sliced(d, t) for d, t in zip(target.shape, texts))
        if len(target.shape) > 1 and self.chance(0.3):
            axis = self.rng.randrange(len(shape))
            if index := self.index(target.shape[axis]):
                texts[axis] = index
                shape = shape[:axis] + shape[axis + 1:]
        place = target.name + (f"[{', '.join(texts)}]" if set(texts) != {":"} or self.chance(0.5) else "")
        self.store_to(target, place, shape)

    def masked_store(self):
        targets = self.arrays(written=True)
        if not targets:
            return
        target = self.rng.choice(targets)
        mask = self.full(target.shape, 2, "b")
        if mask is not None and mask.text.count("(") + mask.text.count("[") > 0:
            self.store_to(target, f"{target.name}[{mask.text}]", ())

    def joined_arrays(self):
        pairs = [(a, b) for a in self.arrays() for b in self.arrays()
                 if len(a.shape) == len(b.shape) == 1 and a.dtype == b.dtype
                 and a.shape[0].symbol == b.shape[0].symbol]
        if pairs and self.indent == 1:
            a, b = self.rng.choice(pairs)
            dim = Dim(a.shape[0].symbol, tuple(p + q for p, q in zip(a.shape[0].sizes, b.shape[0].sizes)))
            name = self.fresh_name("a")
            self.emit(f"{name} = np.{self.pick('concatenate', 'hstack')}(({a.name}, {b.name}))")
            x, y = a.value(), b.value()
            self.add(name, a.dtype, (dim,), Storage(max(x.mag, y.mag), max(x.frac, y.frac), max(x.err, y.err)))

    def store_element(self):
        targets = [(v, [self.index(d) for d in v.shape]) for v in self.arrays(written=True)]
        targets = [(v, i) for v, i in targets if all(i)]
        if targets:
            target, indices = self.rng.choice(targets)
            self.store_to(target, f"{target.name}[{', '.join(indices)}]", ())

    def store_to(self, target, place, shape):
        """`place = e` or `place op= e`, where place is a part of the array `target`."""
        own = "[" in place
        kind = {"i": "i", "u": "i", "b": "b", "f": "f", "c": self.pick("c", "f")}[target.kind]
        expr = self.expression(shape, self.rng.choice([1, 2, 3]), kind)
        if expr.kind == "c" and target.kind != "c" or (target.kind in "iub" and not expr.settled):
            return
        if self.chance(0.5) and target.kind != "b":
            return self.accumulate(target, place, expr)
        if not own:
            return
        if target.kind in "fc":
            expr = expr if expr.is_float else self.small_integer(expr)
            expr = rounded(dataclasses.replace(self.settle(expr), dtype=target.dtype))
            if expr is None or (expr.err and not self.reals):
                return
            target.storage.include(expr.mag, expr.frac, expr.err)
        elif expr.is_float and not expr.weak:
            return
        elif expr.weak and expr.dtype is float:
            return
        self.emit(f"{place} = {expr.text}")

    def accumulate(self, target, place, expr):
        if target.kind in "iu":
            op = self.pick("+", "-", "*", "&", "^", "//", "%")
            if not expr.weak and not np.can_cast(expr.dtype, target.dtype, "same_kind") or expr.dtype is float:
                return
            if expr.weak and target.dtype == np.uint8 and expr.mag > 255:
                return
            # u8 op= i64 promotes, then narrows; that mixes with u64 to floats.
            if not expr.weak and np.result_type(expr.dtype, target.dtype).kind == "f":
                return
            self.emit(f"{place} {op}= {expr.text}")
            return
        op = self.pick("+", "-")
        value = target.value()
        expr = expr if expr.is_float else self.small_integer(expr)
        if self.depth:
            # In-place additions are limited: in sum they stay below the cap.
            step = max(1.0, min(16.0, (ADDITIONS - self.additions) / self.trips))
            expr = self.tame(expr, step, frac=0)
            self.additions += expr.mag * self.trips
            if self.additions > ADDITIONS or target.storage.find().mag > LOOP_LIMIT or expr.err:
                return
            target.storage.include(LOOP_CAP)
        else:
            expr = self.tame(expr, self.limit)
            if not value.shape:
                return
            result = rounded(Expr("", target.dtype, (), value.mag + expr.mag, max(value.frac, expr.frac),
                                  value.err + expr.err))
            if result is None or (result.err and not self.reals) or result.mag > 2.0**22:
                return
            target.storage.include(result.mag, result.frac, result.err)
        self.emit(f"{place} {op}= {expr.text}")

    def call_in_place(self):
        """A call of a helper that writes its argument."""
        targets = [v for v in self.arrays(written=True) if v.kind in "iu" and len(v.shape) == 1]
        if targets:
            target = self.rng.choice(targets)
            reads = self.reads(target, (sliced(target.shape[0], self.pick(":", "::2", "::-1", "1:")),))
            self.emit(f"{self.pick('running', 'smooth_ints')}({self.rng.choice(reads)})")

    # Control flow.

    def block(self, length):
        """Some statements one level deeper; the names they bind end with the block."""
        before, start = dict(self.scope), len(self.lines)
        self.indent += 1
        for _ in range(length):
            self.statement()
        if len(self.lines) == start:
            self.emit("pass")
        self.indent -= 1
        self.scope = before

    def branch(self):
        if self.indent > 3:
            return
        condition = self.expression((), 2, "b")
        if condition.shape:
            return
        self.emit(f"if {condition.text}:")
        self.block(self.rng.choice([1, 2]))
        if self.chance(0.5):
            self.emit("else:")
            self.block(self.rng.choice([1, 2]))

    def enter_loop(self, trips):
        """Values that feed themselves: every float storage must be within the limit."""
        if self.reals or any(v.kind in "fc" and v.storage.find().mag > LOOP_LIMIT
                             for v in self.scope.values() if not v.constant):
            return False
        if self.trips * trips > 400:
            return False
        self.trips *= trips
        self.depth += 1
        return True

    def leave_loop(self, trips):
        self.depth -= 1
        self.trips //= trips
        if not self.depth:
            self.additions = 0.0
            for v in self.scope.values():
                if v.kind in "fc" and not v.constant:
                    v.storage.include(LOOP_CAP if v.storage.find().mag >= LOOP_CAP else LOOP_LIMIT)

    def loop(self):
        dims = [d for d in self.base_dims() if d.greatest <= 40]
        if self.indent > 3 or self.parallel:
            return
        form = self.pick("count", "dim", "dim", "backwards", "while", "recurrence")
        if form in ("dim", "backwards", "recurrence") and not dims:
            form = "count"
        name = self.fresh_name("j")
        if form in ("count", "while"):
            trips = self.pick(2, 3)
            if not self.enter_loop(trips):
                return
            if form == "count":
                self.emit(f"for {name} in range({trips}):")
                self.add(name, int, (), Storage(trips), constant=True)
                self.block(self.rng.choice([1, 2, 3]))
            else:
                self.emit(f"{name} = 0")
                self.emit(f"while {name} < {trips}:")
                self.indent += 1
                self.emit(f"{name} += 1")
                self.indent -= 1
                if self.chance(0.3) and (c := self.expression((), 1, "b")) and not c.shape:
                    self.indent += 1
                    self.emit(f"if {c.text}:")
                    self.emit(f"    {self.pick('break', 'continue')}")
                    self.indent -= 1
                self.add(name, int, (), Storage(trips), constant=True)
                self.block(self.rng.choice([1, 2, 3]))
                del self.scope[name]
            self.scope.pop(name, None)
            self.leave_loop(trips)
            return
        dim = self.rng.choice(dims)
        trips = max(1, dim.greatest)
        if not self.enter_loop(trips):
            return
        if form == "recurrence":
            self.recurrence(name, dim)
        else:
            header = f"range({dim.text})" if form == "dim" else f"range({dim.text} - 1, -1, -1)"
            self.emit(f"for {name} in {header}:")
            self.add(name, int, (), Storage(dim.greatest), counts=dim, constant=True)
            self.block(self.rng.choice([1, 2, 3]))
        self.scope.pop(name, None)
        self.leave_loop(trips)

    def recurrence(self, name, dim):
        """Each row or element from the one before."""
        targets = [v for v in self.arrays() if v.shape[0] == dim]
        if not targets:
            self.emit(f"for {name} in range({dim.text}):")
            self.emit("    pass")
            return
        target = self.rng.choice(targets)
        self.emit(f"for {name} in range(1, {dim.text}):")
        self.indent += 1
        before = f"{target.name}[{name} - 1]"
        if target.kind == "b":
            self.emit(f"{target.name}[{name}] = {target.name}[{name}] ^ {before}")
        elif target.kind in "iu":
            self.emit(f"{target.name}[{name}] {self.pick('+', '-', '^')}= {before} * {self.pick(1, 3)}")
        elif target.kind == "f":
            self.emit(f"{target.name}[{name}] = np.clip({target.name}[{name}] {self.pick('+', '-')} {before}, -9, 9)")
            target.storage.include(9)
        else:
            self.emit("pass")
        self.indent -= 1

    def parallel_loop(self):
        """A prange whose iterations are independent: own rows, own elements, reductions."""
        if self.indent > 2 or self.parallel or self.depth:
            return
        dim = self.rng.choice([d for d in self.base_dims()])
        if dim.greatest > 200:
            return
        name = self.fresh_name("j")
        outs, sums = [], []
        for _ in range(self.rng.choice([0, 1, 1, 2])):
            more = (self.rng.choice(self.base_dims()),) if self.chance(0.4) else ()
            dtype = self.pick(np.dtype("f8"), np.dtype("f8"), np.dtype("i8"), np.dtype("f4"))
            out = self.fresh_name("p")
            sizes = ", ".join(d.text for d in (dim,) + more) + ("" if more else ",")
            self.emit(f"{out} = np.zeros(({sizes}), dtype={arr_name(dtype)})")
            outs.append((out, dtype, (dim,) + more))
        for _ in range(self.rng.choice([0, 1, 1, 2]) if outs else 1):
            dtype = self.pick(np.dtype("f8"), np.dtype("i8"), np.dtype("i8"))
            total = self.fresh_name("t")
            self.emit(f"{total} = {arr_name(dtype)}({self.pick(0, 1, 5)})")
            sums.append((total, dtype, self.pick("+", "+", "max", "min")))
        self.emit(f"for {name} in prange({dim.text}):")
        before = dict(self.scope)
        self.parallel = True
        self.indent += 1
        self.add(name, int, (), Storage(dim.greatest), counts=dim, constant=True)
        for _ in range(self.rng.choice([0, 0, 1])):
            self.new_scalar()
        stored = {}
        for out, dtype, shape in outs:
            inner = shape[1:]
            expr = self.expression(inner, 2, "f" if dtype.kind == "f" else "i")
            expr = expr if expr.is_float else self.small_integer(expr)
            expr = rounded(dataclasses.replace(self.tame(expr, LOOP_LIMIT), dtype=dtype)) if expr.is_float else expr
            if expr is None or (expr.err and not self.reals) or dtype.kind == "i" and expr.is_float:
                expr = Expr("1", int, (), 1)
            if self.chance(0.25) and (c := self.expression((), 1, "b")) and not c.shape:
                self.emit(f"if {c.text}:")
                self.emit(f"    {out}[{name}] = {expr.text}")
            else:
                self.emit(f"{out}[{name}] = {expr.text}")
            stored[out] = expr
        for total, dtype, op in sums:
            expr = self.expression((), 2, "f" if dtype.kind == "f" else "i")
            if dtype.kind == "f":
                expr = self.tame(expr if expr.is_float else self.small_integer(expr), 64)
            bad = expr.is_float and (dtype.kind == "i" or expr.err and not self.reals) or expr.shape
            if bad or dtype.kind == "i" and not expr.weak and np.result_type(expr.dtype, dtype) != dtype:
                expr = Expr("1", int, (), 1)
            if op != "+" and expr.dtype != dtype:
                # Python's min and max give one of their arguments, with its own dtype.
                expr = dataclasses.replace(expr, text=f"{arr_name(dtype)}({expr.text})", dtype=dtype)
            lead = ""
            if self.chance(0.25) and (c := self.expression((), 1, "b")) and not c.shape:
                self.emit(f"if {c.text}:")
                lead = "    "
            if op == "+":
                self.emit(f"{lead}{total} += {expr.text}")
            else:
                self.emit(f"{lead}{total} = {op}({total}, {expr.text})")
            stored[total] = expr
        if len(self.lines) and self.lines[-1].endswith(":"):
            self.emit("pass")
        self.indent -= 1
        self.parallel = False
        self.scope = before
        for out, dtype, shape in outs:
            e = stored[out]
            self.add(out, dtype, shape, Storage(max(1, e.mag), e.frac, e.err))
        for total, dtype, op in sums:
            e, count = stored[total], max(1, dim.greatest) if op == "+" else 1
            result = rounded(Expr("", dtype, (), 5 + e.mag * count, e.frac, e.err * count), terms=count)
            if result is None or (result.err and not self.reals):
                continue
            self.add(total, dtype, (), Storage(result.mag, result.frac, result.err))

    def statement(self):
        choices = [(self.new_array, 6), (self.store, 6), (self.new_scalar, 2), (self.new_view, 2),
                   (self.rebind, 2), (self.store_element, 1), (self.masked_store, 1), (self.joined_arrays, 1), (self.swap, 1), (self.branch, 2), (self.loop, 3),
                   (self.call_in_place, 1)]
        if self.indent == 1:
            choices.append((self.parallel_loop, 2))
        self.rng.choices([c for c, _ in choices], [w for _, w in choices])[0]()
