"""Makes a failing function smaller while it fails in the same way.

Works on Python's syntax tree, so that it needs to know nothing about the generator: statements are
deleted or replaced by their bodies, expressions by their parts or by a literal, sizes by one of
them. A candidate that is not in the language fails in another way, and is not taken.
"""

import ast
import copy
import re
import time

import numpy as np

SECONDS = 90  # for one failure


def relative_difference(text):
    """How far apart `expected E, got G` are, or None."""
    found = re.search(r"expected (\S.*?), got (\S.*?) \(\d+ of", text)
    if not found:
        return None
    try:
        want, got = (complex(eval(t, {"np": np, "nan": np.nan, "inf": np.inf})) for t in found.groups())
    except (ValueError, NameError, SyntaxError, TypeError):
        return None
    if got != got or want != want:
        return np.inf
    return abs(want - got) / max(abs(want), abs(got), 1e-300)


def same_failure(old, new):
    if new is None or old.kind != new.kind:
        return False
    if old.kind in ("rejected", "compiler"):
        return message(old) == message(new)
    if old.kind == "wrong":
        # What is taken out may have kept floats exact: a large difference must stay large.
        before, after = relative_difference(old.text), relative_difference(new.text)
        if (before is None) != (after is None):
            return False
        return before is None or before < 1e-3 or after >= 1e-3
    return True


def message(failure):
    """The first error without what depends on names and sizes."""
    found = re.search(r"error: (.*)", failure.text)
    return re.sub(r"`[^`]*`|\d+", "_", found[1]) if found else failure.text[:40]


def blocks(tree):
    """Every list of statements in the function."""
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt) and not isinstance(node, ast.Module):
                yield block


def smaller_statements(tree):
    """Edits of `tree`: functions that change a copy of it."""
    count = sum(len(b) for b in blocks(tree))
    for number in reversed(range(count)):
        yield lambda t, number=number: edit_statement(t, number, "delete")
        yield lambda t, number=number: edit_statement(t, number, "unwrap")


def edit_statement(tree, number, what):
    for block in blocks(tree):
        if number < len(block):
            statement = block[number]
            if isinstance(statement, ast.Return):
                return False
            if what == "delete":
                del block[number]
                if not block:
                    block.append(ast.Pass())
                return not isinstance(statement, ast.Pass)
            if isinstance(statement, ast.If):
                block[number:number + 1] = statement.body
                return True
            return False
        number -= len(block)
    return False


def expressions_of(tree):
    """(parent, field, index) of each expression that may be replaced."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            continue
        for field, value in ast.iter_fields(node):
            if field in ("func", "targets", "target", "annotation", "ops", "args") and field != "args":
                continue
            if isinstance(node, ast.arg):
                continue
            for index, child in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(child, ast.expr) and not isinstance(child, (ast.Constant, ast.Name)):
                    found.append((node, field, index if isinstance(value, list) else None))
    return found


def parts(node):
    """What an expression may be replaced by, the simplest first."""
    if isinstance(node, ast.Tuple):
        yield from node.elts
        for i in range(len(node.elts)):
            if len(node.elts) > 2:
                yield ast.Tuple(node.elts[:i] + node.elts[i + 1:], ast.Load())
        return
    if isinstance(node, ast.Slice):
        yield ast.Slice(None, None, None)
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr) and not (isinstance(child, ast.Name) and child.id == "np"):
            if isinstance(child, ast.Attribute) and isinstance(node, ast.Call):
                if not (isinstance(child.value, ast.Name) and child.value.id == "np"):
                    yield child.value
                continue
            yield child
    if not isinstance(node, (ast.Subscript, ast.Attribute)):
        yield ast.Constant(1)


def smaller_expressions(tree):
    places = expressions_of(tree)
    for number, (node, field, index) in enumerate(places):
        value = getattr(node, field)
        old = value if index is None else value[index]
        for choice in range(len(list(parts(old)))):
            yield lambda t, number=number, choice=choice: edit_expression(t, number, choice)


def edit_expression(tree, number, choice):
    places = expressions_of(tree)
    if number >= len(places):
        return False
    node, field, index = places[number]
    value = getattr(node, field)
    old = value if index is None else value[index]
    options = list(parts(old))
    if choice >= len(options) or isinstance(options[choice], ast.Starred):
        return False
    if index is None:
        setattr(node, field, options[choice])
    else:
        value[index] = options[choice]
    return True


def fewer_parameters(tree):
    count = len(tree.body[0].args.args)
    for number in reversed(range(count)):
        def edit(t, number=number):
            arguments = t.body[0].args.args
            if number >= len(arguments) or len(arguments) == 1:
                return False
            del arguments[number]
            return True
        yield edit


class Shrinker:
    def __init__(self, name, source, failure, runner):
        self.name, self.runner = name, runner
        self.failure = failure
        lines = source.splitlines()
        self.directives = [line for line in lines if line.startswith("#:")]
        self.tree = ast.parse("\n".join(line for line in lines if not line.startswith("#:")))
        self.end = time.time() + SECONDS

    def text(self, tree, directives):
        return "\n".join([*directives, ast.unparse(ast.fix_missing_locations(tree))]) + "\n"

    def fails(self, tree, directives):
        try:
            source = self.text(tree, directives)
            new = self.runner.run({self.name: source})[self.name]
        except (SyntaxError, ValueError, KeyError):
            return False
        if same_failure(self.failure, new):
            self.failure = new
            return True
        return False

    def take(self, edits):
        """Applies the edits that keep the failure; True if there was one."""
        changed, position = False, 0
        remaining = list(edits(self.tree))
        while position < len(remaining) and time.time() < self.end:
            candidate = copy.deepcopy(self.tree)
            if remaining[position](candidate) and self.fails(candidate, self.directives):
                self.tree, changed = candidate, True
                remaining = list(edits(self.tree))
            else:
                position += 1
        return changed

    def fewer_sizes(self):
        for number, line in enumerate(self.directives):
            found = re.fullmatch(r"#: (\w+) = (.*)", line)
            if not found:
                continue
            for size in sorted(found[2].split(), key=int):
                candidate = list(self.directives)
                candidate[number] = f"#: {found[1]} = {size}"
                if candidate != self.directives and self.fails(self.tree, candidate):
                    self.directives = candidate
                    break

    def fewer_configurations(self):
        """Only the level and the number of threads that failed, if they fail alone."""
        found = re.search(r": (O\d) (\d+) thread", self.failure.text)
        if not found or self.failure.kind == "bits":
            return
        runner = self.runner
        before = runner.levels, runner.threads
        runner.levels, runner.threads = (found[1],), found[2]
        if not self.fails(self.tree, self.directives):
            runner.levels, runner.threads = before

    def run(self):
        self.fewer_configurations()
        self.fewer_sizes()
        while time.time() < self.end:
            changed = self.take(smaller_statements)
            changed |= self.take(smaller_expressions)
            changed |= self.take(fewer_parameters)
            if not changed:
                break
        self.fewer_sizes()
        return self.text(self.tree, self.directives), self.failure


def shrink(name, source, failure, runner):
    """A smaller function that fails in the same way, and how."""
    if failure.kind == "crash" and "not finish" in failure.text:
        return source, failure
    levels, threads = runner.levels, runner.threads
    try:
        return Shrinker(name, source, failure, runner).run()
    finally:
        runner.levels, runner.threads = levels, threads
