"""Compare the parser with CPython's: random programs, and the .arr files given.

    against_python.py ARRC SEED COUNT [FILE.arr...]

Programs are generated as Python syntax trees, written out by `ast.unparse` and
parsed by both. The trees must print the same.
"""

import ast
import random
import subprocess
import sys
import tempfile

BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.LShift: "<<", ast.RShift: ">>",
}
UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}
COMPARE = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}


# ---- Printing a Python tree as `arrc --emit=ast` does ---------------------------

def escaped(text):
    out = ""
    for byte in text.encode():
        char = chr(byte)
        if char in '\\"':
            out += "\\" + char
        elif char in "\t\n":
            out += {"\t": "\\t", "\n": "\\n"}[char]
        elif 32 <= byte < 127:
            out += char
        else:
            out += f"\\{byte >> 6:o}{byte >> 3 & 7:o}{byte & 7:o}"
    return f'"{out}"'


def call(head, *parts):
    return "(" + " ".join([head, *parts]) + ")"


def param_list(a):
    """The printed parameters of ast.arguments."""
    def one(kind, arg, default):
        text = kind + arg.arg
        if arg.annotation:
            text += ": " + expr(arg.annotation)
        return text + (" = " + expr(default) if default else "")
    positional = a.posonlyargs + a.args
    defaults = [None] * (len(positional) - len(a.defaults)) + a.defaults
    out = []
    for i, (arg, default) in enumerate(zip(positional, defaults)):
        out.append(one("positional-only " if i < len(a.posonlyargs) else "", arg, default))
    for arg, default in zip(a.kwonlyargs, a.kw_defaults):
        out.append(one("keyword-only ", arg, default))
    return out


def expr(e):
    kind = type(e)
    if kind is ast.Constant:
        if isinstance(e.value, str):
            return escaped(e.value)
        if e.value is Ellipsis:
            return "..."
        # Numbers are printed as written.
        is_number = type(e.value) in (int, float, complex)
        return e.spelling.replace("_", "") if is_number else repr(e.value)
    if kind is ast.Name:
        return e.id
    if kind is ast.Attribute:
        return call(".", expr(e.value), e.attr)
    if kind is ast.Subscript:
        items = [e.slice]
        written_without_parens = isinstance(e.slice, ast.Tuple) and e.slice.elts and not getattr(
            e.slice, "in_parens", False)
        if written_without_parens:
            items = e.slice.elts
        return call("subscript", expr(e.value), *map(expr, items))
    if kind is ast.Slice:
        return call("slice", *(expr(p) if p else "_" for p in (e.lower, e.upper, e.step)))
    if kind is ast.Call:
        keywords = [k.arg + "=" + expr(k.value) for k in e.keywords]
        return call("call", expr(e.func), *map(expr, e.args), *keywords)
    if kind is ast.UnaryOp:
        return call(UNARY[type(e.op)], expr(e.operand))
    if kind is ast.BinOp:
        return call(BINARY[type(e.op)], expr(e.left), expr(e.right))
    if kind is ast.BoolOp:
        return call("and" if isinstance(e.op, ast.And) else "or", *map(expr, e.values))
    if kind is ast.Compare:
        out = ["compare", expr(e.left)]
        for op, right in zip(e.ops, e.comparators):
            out += [COMPARE[type(op)], expr(right)]
        return call(*out)
    if kind is ast.IfExp:
        return call("if", expr(e.test), expr(e.body), expr(e.orelse))
    if kind is ast.Lambda:
        return f"(lambda ({' '.join(param_list(e.args))}) {expr(e.body)})"
    if kind is ast.Tuple:
        return call("tuple", *map(expr, e.elts))
    if kind is ast.List:
        return call("list", *map(expr, e.elts))
    raise TypeError(kind)


def block(statements, depth):
    for s in statements:
        yield from stmt(s, depth)


def stmt(s, depth):
    pad = "  " * depth
    kind = type(s)
    if kind is ast.Assign:
        yield f"{pad}assign {' '.join(map(expr, s.targets))} = {expr(s.value)}"
    elif kind is ast.AnnAssign:
        value = " = " + expr(s.value) if s.value else ""
        yield f"{pad}declare {expr(s.target)}: {expr(s.annotation)}{value}"
    elif kind is ast.AugAssign:
        yield f"{pad}update {expr(s.target)} {BINARY[type(s.op)]}= {expr(s.value)}"
    elif kind is ast.Expr:
        yield f"{pad}expr {expr(s.value)}"
    elif kind is ast.If:
        yield f"{pad}if {expr(s.test)}"
        yield from block(s.body, depth + 1)
        while len(s.orelse) == 1 and isinstance(s.orelse[0], ast.If) and s.orelse[0].is_elif:
            s = s.orelse[0]
            yield f"{pad}elif {expr(s.test)}"
            yield from block(s.body, depth + 1)
        yield from orelse(s.orelse, depth)
    elif kind is ast.For:
        yield f"{pad}for {expr(s.target)} in {expr(s.iter)}"
        yield from block(s.body, depth + 1)
        yield from orelse(s.orelse, depth)
    elif kind is ast.While:
        yield f"{pad}while {expr(s.test)}"
        yield from block(s.body, depth + 1)
        yield from orelse(s.orelse, depth)
    elif kind in (ast.Break, ast.Continue, ast.Pass):
        yield pad + kind.__name__.lower()
    elif kind is ast.Return:
        yield f"{pad}return {expr(s.value)}" if s.value else f"{pad}return"
    elif kind is ast.Assert:
        yield f"{pad}assert {expr(s.test)}" + (", " + expr(s.msg) if s.msg else "")
    elif kind is ast.FunctionDef:
        for decorator in s.decorator_list:
            yield f"{pad}decorator {expr(decorator)}"
        yield f"{pad}def {s.name}" + (f" -> {expr(s.returns)}" if s.returns else "")
        for param in param_list(s.args):
            yield f"{pad}  param {param}"
        yield from body(s, depth + 1)
    elif kind is ast.Import:
        yield f"{pad}import " + aliases(s.names)
    elif kind is ast.ImportFrom:
        yield f"{pad}from {s.module} import " + aliases(s.names)
    else:
        raise TypeError(kind)


def orelse(statements, depth):
    if statements:
        yield "  " * depth + "else"
        yield from block(statements, depth + 1)


def aliases(names):
    return " ".join(a.name + (f" as {a.asname}" if a.asname else "") for a in names)


def body(node, depth):
    statements = node.body
    if ast.get_docstring(node, clean=False) is not None:
        yield "  " * depth + "docstring " + escaped(statements[0].value.value)
        statements = statements[1:]
    yield from block(statements, depth)


def python_dump(source):
    tree = ast.parse(source)
    lines = source.splitlines()
    for node in ast.walk(tree):
        if isinstance(node, ast.If):
            node.is_elif = lines[node.lineno - 1][node.col_offset:].startswith("elif")
        if isinstance(node, ast.Constant):
            node.spelling = ast.get_source_segment(source, node)
        if isinstance(node, ast.Tuple):
            text = ast.get_source_segment(source, node)
            node.in_parens = text.startswith("(") and is_closed_at_end(text)
    return "\n".join(["module", *body(tree, 1)]) + "\n"


def is_closed_at_end(text):
    """Does the first bracket of `text` close at its end?"""
    depth = 0
    for i, char in enumerate(text):
        depth += (char in "([") - (char in ")]")
        if depth == 0:
            return i == len(text) - 1
    return False


# ---- Random programs -------------------------------------------------------------

class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def name(self):
        return ast.Name(self.r.choice(["a", "b", "x", "np", "in_", "nota", "π"]))

    def constant(self):
        return ast.Constant(self.r.choice(
            [0, 7, 10**20, 1.5, 1e-07, True, False, None, "s", "it's \"x\"\n\\", "é"]))

    def exprs(self, depth, least=0, most=3):
        return [self.expr(depth) for _ in range(self.r.randint(least, most))]

    def expr(self, depth):
        if depth <= 0:
            return self.r.choice([self.name, self.name, self.constant])()
        d = depth - self.r.randint(1, 2)
        r, e = self.r, self.expr
        make = r.choice([
            self.name, self.constant,
            lambda: ast.BinOp(e(d), r.choice(list(BINARY))(), e(d)),
            lambda: ast.BinOp(e(d), r.choice(list(BINARY))(), e(d)),
            lambda: ast.BinOp(e(d), r.choice(list(BINARY))(), e(d)),
            lambda: ast.UnaryOp(r.choice(list(UNARY))(), e(d)),
            lambda: ast.UnaryOp(r.choice(list(UNARY))(), e(d)),
            lambda: ast.BoolOp(r.choice([ast.And, ast.Or])(), self.exprs(d, 2)),
            lambda: self.compare(d),
            lambda: ast.IfExp(e(d), e(d), e(d)),
            lambda: ast.Lambda(self.parameters(d, False), e(d)),
            lambda: ast.Tuple(self.exprs(d), ast.Load()),
            lambda: ast.List(self.exprs(d), ast.Load()),
            lambda: ast.Attribute(self.base(d), r.choice(["T", "sum", "is_"]), ast.Load()),
            lambda: self.subscript(d),
            lambda: ast.Call(self.base(d), self.exprs(d), [
                ast.keyword(k, e(d)) for k in r.sample(["axis", "out", "k"], r.randint(0, 2))]),
        ])
        return make()

    def base(self, depth):
        """Something before `.`, `[` or `(`: an int there is another thing to Python."""
        value = self.expr(depth)
        return self.name() if isinstance(value, ast.Constant) else value

    def compare(self, depth):
        n = self.r.randint(1, 3)
        return ast.Compare(self.expr(depth), [self.r.choice(list(COMPARE))() for _ in range(n)],
                           self.exprs(depth, n, n))

    def subscript(self, depth):
        def item():
            part = lambda: self.expr(depth) if self.r.random() < 0.5 else None  # noqa: E731
            return self.r.choice([
                lambda: self.expr(depth), lambda: ast.Slice(part(), part(), part()),
                lambda: ast.Constant(Ellipsis)])()
        items = [item() for _ in range(self.r.randint(1, 3))]
        index = items[0] if len(items) == 1 else ast.Tuple(items, ast.Load())
        return ast.Subscript(self.base(depth), index, ast.Load())

    def parameters(self, depth, annotated):
        names = self.r.sample(["a", "b", "c", "d", "e"], self.r.randint(0, 4))
        args = [ast.arg(n, self.expr(depth) if annotated and self.r.random() < 0.7 else None)
                for n in names]
        cut = sorted(self.r.randint(0, len(args)) for _ in range(2))
        first, second, keyword = args[:cut[0]], args[cut[0]:cut[1]], args[cut[1]:]
        return ast.arguments(
            posonlyargs=first, args=second, kwonlyargs=keyword,
            kw_defaults=[self.expr(depth) if self.r.random() < 0.5 else None for _ in keyword],
            defaults=self.exprs(depth, 0, len(first + second)))

    def target(self, depth):
        return self.r.choice([
            self.name, lambda: ast.Attribute(self.name(), "imag", ast.Store()),
            lambda: self.subscript(depth),
            lambda: ast.Tuple([self.target(depth - 1), self.name()], ast.Store()) if depth > 0
            else self.name()])()

    def simple_target(self):
        return self.r.choice([self.name, lambda: self.subscript(1)])()

    def stmts(self, depth, in_loop):
        return [self.stmt(depth, in_loop) for _ in range(self.r.randint(1, 3))]

    def stmt(self, depth, in_loop):
        r, e = self.r, lambda: self.expr(r.randint(0, 4))
        simple = [
            lambda: ast.Assign([self.target(2) for _ in range(r.randint(1, 2))], e()),
            lambda: ast.AugAssign(self.simple_target(), r.choice(list(BINARY))(), e()),
            lambda: ast.AnnAssign(self.name(), e(), e() if r.random() < 0.5 else None, simple=1),
            lambda: ast.Expr(e()), lambda: ast.Return(e() if r.random() < 0.8 else None),
            lambda: ast.Assert(e(), e() if r.random() < 0.5 else None), ast.Pass,
        ]
        if in_loop:
            simple += [ast.Break, ast.Continue]
        compound = [
            lambda: ast.If(e(), self.stmts(depth - 1, in_loop),
                           self.stmts(depth - 1, in_loop) if r.random() < 0.6 else []),
            lambda: ast.For(self.target(1), e(), self.stmts(depth - 1, True),
                            self.stmts(depth - 1, in_loop) if r.random() < 0.2 else []),
            lambda: ast.While(e(), self.stmts(depth - 1, True),
                              self.stmts(depth - 1, in_loop) if r.random() < 0.2 else []),
        ]
        return r.choice(simple + (compound if depth > 0 else []))()

    def function(self, index):
        return ast.FunctionDef(
            f"f{index}", self.parameters(2, True), self.stmts(3, False),
            [self.expr(2) for _ in range(self.r.randint(0, 1))],
            self.expr(1) if self.r.random() < 0.5 else None)


def first_difference(ours, theirs):
    for i, (a, b) in enumerate(zip(ours.splitlines(), theirs.splitlines())):
        if a != b:
            return f"line {i + 1}\n  arrc:   {a}\n  Python: {b}"
    return "one has more lines"


def main():
    arrc, seed, count, *files = sys.argv[1:]
    generator = Generator(int(seed))
    module = ast.Module([generator.function(i) for i in range(int(count))], [])
    program = ast.unparse(ast.fix_missing_locations(module))
    with tempfile.NamedTemporaryFile("w", suffix=".arr", encoding="utf-8") as file:
        file.write(program)
        file.flush()
        for path in [file.name, *files]:
            source = open(path, encoding="utf-8").read()
            ours = subprocess.run([arrc, "build", path, "--emit=ast", "-o", "-"],
                                  capture_output=True, text=True)
            theirs = python_dump(source)
            if ours.returncode != 0 or ours.stdout != theirs:
                sys.exit(f"{path} (seed {seed}): " + (
                    ours.stderr or first_difference(ours.stdout, theirs)))
    print("same trees")


if __name__ == "__main__":
    main()
