"""Annotations of a function: checks arguments and results, binds dims and dtypes."""

import ast
import copy

import numpy as np

from .dtypes import DTYPES, NAME_OF, WEAK, DType, DTypeVariable


class Parameter:
    """One annotation: a scalar or array type, or None where there is none."""

    def __init__(self, name, annotation):
        self.name = name
        self.annotation = annotation
        self.dims = None  # None: scalar; else a list of expressions, None for `:`
        self.leading = False  # `T[..., n]`
        self.dtype_name = None
        self.members = None  # result only: tuple[...]
        node = annotation
        if isinstance(node, ast.Subscript):
            items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            if isinstance(node.value, ast.Name) and node.value.id == "tuple":
                self.members = [Parameter("", item) for item in items]
                return
            self.dims = []
            for item in items:
                if isinstance(item, ast.Constant) and item.value is Ellipsis:
                    self.leading = True
                else:
                    self.dims.append(None if isinstance(item, ast.Slice) else item)
            node = node.value
        if isinstance(node, ast.Constant) and node.value is None:
            self.dtype_name = "None"
        elif isinstance(node, ast.Name):
            self.dtype_name = node.id
        elif node is not None:
            raise TypeError(f"annotation `{ast.unparse(annotation)}` is not a type of Arr")

    def names(self):
        """Dims and dtype names that occur in this annotation."""
        if self.members is not None:
            return [n for m in self.members for n in m.names()]
        found = [] if self.dtype_name is None else [self.dtype_name]
        for dim in self.dims or []:
            if dim is not None:
                found += [n.id for n in ast.walk(dim) if isinstance(n, ast.Name)]
        return found


def _evaluate(expression, symbols):
    code = compile(ast.Expression(expression), "<dim>", "eval")
    return eval(code, {"__builtins__": {}}, symbols)


class Bindings:
    """What one call has bound: dims to integers, dtype variables to dtypes."""

    def __init__(self, function, module_globals):
        self.function = function
        self.globals = module_globals
        self.symbols = {}
        self.dtypes = {}
        self.pending = []  # (expression, size, where): dims whose symbols are unknown

    def error(self, kind, text):
        return kind(f"{self.function}(): {text}")

    def dtype(self, parameter, actual):
        """The dtype that `parameter` stands for; `actual` (or None) may bind a variable."""
        name = parameter.dtype_name
        if name in self.dtypes:
            return self.dtypes[name]
        value = self.globals.get(name)
        if isinstance(value, DTypeVariable):
            members = [m for m in value.members if actual is None or m.dtype == actual]
            if not members:
                raise self.error(TypeError, f"`{parameter.name}` must be one of {value}, got {actual}")
            self.dtypes[name] = members[0] if actual is not None else value.members[-1]
            return self.dtypes[name]
        if isinstance(value, DType):
            return value
        raise self.error(TypeError, f"`{name}` is not a dtype")

    def dim(self, expression, size, where):
        if expression is None:
            return
        known = self.globals | self.symbols
        unknown = {n.id for n in ast.walk(expression) if isinstance(n, ast.Name)}
        unknown = [n for n in sorted(unknown) if not isinstance(known.get(n), int)]
        if not unknown:
            expected = _evaluate(expression, known)
            if expected != size:
                raise self.error(ValueError, f"dimension '{ast.unparse(expression)}' is "
                                             f"{expected}, but {where} has size {size}")
        elif isinstance(expression, ast.Name):
            self.symbols[unknown[0]] = size
        elif len(unknown) == 1:
            at = [_evaluate(expression, known | {unknown[0]: v}) for v in (0, 1, 2)]
            slope = at[1] - at[0]
            if slope == 0 or at[2] - at[1] != slope:
                self.pending.append((expression, size, where))
                return
            value, remainder = divmod(size - at[0], slope)
            if remainder or value < 0:
                raise self.error(ValueError, f"no '{unknown[0]}' makes "
                                             f"'{ast.unparse(expression)}' the size {size} of {where}")
            self.symbols[unknown[0]] = value
        else:
            self.pending.append((expression, size, where))

    def array(self, parameter, value):
        dims = parameter.dims
        missing = value.ndim - len(dims)
        if missing < 0 or (missing and not parameter.leading):
            raise self.error(TypeError, f"`{parameter.name}` must have {len(dims)} dimensions, "
                                        f"got {value.ndim}")
        for axis, dim in enumerate(dims, start=missing):
            self.dim(dim, value.shape[axis], f"`{parameter.name}` axis {axis}")

    def settle(self):
        """Dims that had to wait for others; all must be decided in the end."""
        for _ in range(len(self.pending) + 1):
            waiting, self.pending = self.pending, []
            for item in waiting:
                self.dim(*item)
        if self.pending:
            raise self.error(TypeError, f"cannot solve for '{ast.unparse(self.pending[0][0])}'")


class Signature:
    def __init__(self, node, module_globals):
        self.name = node.name
        self.globals = module_globals
        # Copies: the rewriter changes the function's own tree.
        self.parameters = [Parameter(a.arg, copy.deepcopy(a.annotation)) for a in node.args.args]
        self.result = Parameter("result", copy.deepcopy(node.returns))
        self.exported = all(p.annotation is not None for p in self.parameters)

    def bind(self, arguments, dtypes=None):
        """Checked and converted arguments, and the values of dims and dtype variables."""
        bound = Bindings(self.name, self.globals)
        bound.dtypes.update(dtypes or {})
        arguments = dict(arguments)
        typed = [p for p in self.parameters if p.annotation is not None]
        # Strong values bind dtype variables before weak ones take what is bound.
        typed.sort(key=lambda p: not isinstance(arguments[p.name], (np.ndarray, np.generic)))
        for p in typed:
            value = arguments[p.name]
            if p.dtype_name == "str":
                continue
            actual = value.dtype if isinstance(value, (np.ndarray, np.generic)) else None
            wanted = bound.dtype(p, actual)
            if p.dims is None:
                if isinstance(value, np.ndarray):
                    raise bound.error(TypeError, f"`{p.name}` must be a scalar, got an array")
                if actual is not None and not np.can_cast(actual, wanted.dtype, "same_kind"):
                    raise bound.error(TypeError, f"`{p.name}` must be {wanted}, got {actual}")
                arguments[p.name] = wanted(value)
                if isinstance(arguments[p.name], (int, np.integer)):
                    bound.symbols[p.name] = int(value)
            elif not isinstance(value, np.ndarray):
                raise bound.error(TypeError, f"`{p.name}` must be an array, got {value!r}")
            elif value.dtype != wanted.dtype:
                raise bound.error(TypeError, f"`{p.name}` must be {wanted}, got {value.dtype}")
        for p in typed:
            if p.dims is not None:
                bound.array(p, arguments[p.name])
        bound.settle()
        return arguments, bound

    def check_result(self, value, bound, parameter=None):
        """The result as the annotation says; a mismatch is the program's mistake."""
        parameter = parameter or self.result
        if parameter.annotation is None:
            return value
        if parameter.members is not None:
            return tuple(self.check_result(v, bound, m)
                         for v, m in zip(value, parameter.members, strict=True))
        if parameter.dtype_name == "None":
            if value is not None:
                raise bound.error(TypeError, "returns a value, but is annotated `-> None`")
            return None
        wanted = bound.dtype(parameter, None)
        if parameter.dims is None:
            if isinstance(value, np.ndarray):
                raise bound.error(TypeError, f"returns an array, but is annotated `-> {wanted}`")
            return wanted(value)
        if not isinstance(value, np.ndarray) or value.dtype != wanted.dtype:
            got = getattr(value, "dtype", type(value).__name__)
            raise bound.error(TypeError, f"returns {got}, but is annotated with {wanted}")
        bound.array(parameter, value)
        return value


def dtype_named(dtype):
    """`f32` for np.float32, and so on: the Arr dtype of a NumPy one."""
    return (DTYPES | WEAK)[NAME_OF[np.dtype(dtype)]]
