"""Runs an .arr file under CPython and NumPy, with the meaning that Arr gives it.

    distance = arrlang.interpret("distance.arr")
    d = distance.euclidean(x, y)

This is the debugger (set breakpoints, print what you like) and the oracle that
compiled code is compared with. It is slow on purpose: nothing is optimised.
"""

import ast
import builtins
import inspect
import os
import types

import numpy as np

from .dtypes import DType, DTypeVariable
from .namespace import BUILTINS, NUMPY_MODULE
from .rewrite import Rewriter
from .semantics import HELPERS
from .signature import Signature, dtype_named

STANDARD_LIBRARY = os.path.join(os.path.dirname(__file__), "..", "..", "stdlib")


class Function:
    """A function of an .arr file as the code in the file sees it."""

    def __init__(self, raw, signature):
        self.raw = raw
        self.signature = signature
        self.__name__ = raw.__name__
        self.__doc__ = raw.__doc__
        names = [p.name for p in signature.parameters]
        parameters = list(inspect.signature(raw).parameters.values())
        self.__signature__ = inspect.Signature([p for p in parameters if p.name in names])

    def __call__(self, *arguments, **keywords):
        return self.call(arguments, keywords)

    def call(self, arguments, keywords, dtypes=None):
        given = self.__signature__.bind(*arguments, **keywords)
        given.apply_defaults()
        values, bound = self.signature.bind(given.arguments, dtypes)
        accepted = inspect.signature(self.raw).parameters
        extra = {n: v for n, v in (bound.symbols | bound.dtypes).items()
                 if n in accepted and n not in values}
        result = self.raw(**values, **extra)
        return self.signature.check_result(result, bound)


class Export:
    """A function as callers outside see it: scalars come back as Python scalars."""

    def __init__(self, function, dtypes=None):
        self.function = function
        self.dtypes = dtypes
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.__signature__ = function.__signature__

    def instance(self, **dtypes):
        """Fixes dtype variables that the arguments leave open: `f.instance(T="f32")`."""
        return Export(self.function, {n: dtype_named(BUILTINS[d].dtype) for n, d in dtypes.items()})

    def __call__(self, *arguments, **keywords):
        with np.errstate(all="ignore"):
            result = self.function.call(arguments, keywords, self.dtypes)
        if isinstance(result, tuple):
            return tuple(_foreign(r) for r in result)
        return _foreign(result)


def _foreign(value):
    return value.item() if isinstance(value, np.generic) else value


def _parse(path):
    with open(path, encoding="utf-8-sig", newline=None) as file:
        source = file.read()
    return ast.parse(source, filename=path)


def _symbols(node):
    """Names that the caller binds for a function: its dims and dtype variables."""
    signature = Signature(node, {})
    names = [n for p in signature.parameters + [signature.result] for n in p.names()]
    return [n for n in dict.fromkeys(names) if n not in BUILTINS]


class Loader:
    def __init__(self, include):
        self.include = include
        self.modules = {}

    def find(self, name, importer):
        folders = [os.path.dirname(importer), *self.include, STANDARD_LIBRARY]
        for folder in folders:
            path = os.path.join(folder, *name.split(".")) + ".arr"
            if os.path.exists(path):
                return path
        raise ImportError(f"no module named '{name}' beside {importer}, on the include "
                          f"paths or in the standard library")

    def load(self, path):
        path = os.path.abspath(path)
        if path not in self.modules:
            self.modules[path] = module = types.ModuleType(os.path.basename(path)[:-4])
            self.execute(path, _parse(path), module.__dict__)
        return self.modules[path]

    def execute(self, path, tree, scope):
        # NumPy imports parts of itself on demand, through the calling frame.
        python = {"__import__": builtins.__import__}
        scope.update(BUILTINS, __builtins__=python, **HELPERS)
        functions = [n for n in tree.body if isinstance(n, ast.FunctionDef)]
        signatures = {n.name: Signature(n, scope) for n in functions}
        body = []
        for statement in tree.body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self.import_names(statement, path, scope)
            else:
                body.append(statement)
        tree.body = body
        tree = Rewriter({n.name: _symbols(n) for n in functions}).visit(tree)
        # A function is wrapped where it is defined, so that constants may call it.
        scope["__arr_function"] = lambda raw: Function(raw, signatures[raw.__name__])
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                node.decorator_list = [ast.Name("__arr_function", ast.Load())]
        ast.fix_missing_locations(tree)
        exec(compile(tree, path, "exec"), scope)

    def import_names(self, statement, path, scope):
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                module = NUMPY_MODULE if alias.name == "numpy" else self.load(
                    self.find(alias.name, path))
                scope[alias.asname or alias.name.split(".")[0]] = module
            return
        if statement.module == "numpy":
            module = NUMPY_MODULE
        else:
            module = self.load(self.find(statement.module, path))
        for alias in statement.names:
            scope[alias.asname or alias.name] = getattr(module, alias.name)


def interpret(path, include=()):
    """A namespace with the functions of the .arr file at `path`."""
    with np.errstate(all="ignore"):
        module = Loader(list(include)).load(path)
    public = types.SimpleNamespace()
    for name, value in module.__dict__.items():
        if isinstance(value, Function):
            setattr(public, name, Export(value))
        elif not name.startswith("__") and BUILTINS.get(name) is not value:
            if isinstance(value, (int, float, complex, str, np.generic, DType, DTypeVariable)):
                setattr(public, name, value)
    return public


