"""Turns the syntax tree of an .arr file into Python that CPython can run.

Operators and stores become calls of semantics.py, annotations are taken off
(signature.py reads them), and every annotated function gets its dims and dtype
variables as keyword-only parameters, which the caller fills in.
"""

import ast

OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//",
    ast.Mod: "%", ast.Pow: "**", ast.LShift: "<<", ast.RShift: ">>",
    ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.MatMult: "@",
}


def _call(name, *arguments):
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def _index(node):
    """The index of a subscript as an expression: slices become slice(a, b, c)."""
    if isinstance(node, ast.Slice):
        parts = [p or ast.Constant(None) for p in (node.lower, node.upper, node.step)]
        return _call("slice", *parts)
    if isinstance(node, ast.Tuple):
        return ast.Tuple([_index(e) for e in node.elts], ast.Load())
    return node


def _thunk(expression):
    empty = ast.arguments([], [], None, [], [], None, [])
    return ast.Lambda(empty, expression)


class Rewriter(ast.NodeTransformer):
    def __init__(self, symbols_of):
        self.symbols_of = symbols_of  # function name -> names bound from its annotations
        self.temporaries = 0

    def visit_FunctionDef(self, node):
        extra = self.symbols_of.get(node.name, [])
        self.generic_visit(node)
        for argument in node.args.args:
            argument.annotation = None
        node.returns = None
        node.decorator_list = []
        taken = {a.arg for a in node.args.args}
        for name in extra:
            if name not in taken:
                node.args.kwonlyargs.append(ast.arg(name))
                node.args.kw_defaults.append(ast.Constant(None))
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        op = ast.Constant(OPERATORS[type(node.op)])
        return ast.copy_location(_call("__arr_binary", op, node.left, node.right), node)

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.USub):
            return ast.copy_location(_call("__arr_negative", node.operand), node)
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "astype":
            node.args.insert(0, node.func.value)
            node.func = ast.copy_location(ast.Name("__arr_astype", ast.Load()), node)
        return node

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        value = node.value
        if isinstance(node.annotation, ast.Name):
            value = _call("__arr_declare", node.annotation, value)
        return ast.copy_location(ast.Assign([node.target], value), node)

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        op, target = ast.Constant(OPERATORS[type(node.op)]), node.target
        if isinstance(target, ast.Name):
            name = ast.Name(target.id, ast.Load())
            statement = ast.Assign([target], _call("__arr_augmented", op, name, node.value))
        elif isinstance(target, ast.Subscript):
            statement = ast.Expr(_call("__arr_augmented_item", op, target.value,
                                       _index(target.slice), _thunk(node.value)))
        else:
            statement = ast.Expr(_call("__arr_augmented_attribute", op, target.value,
                                       ast.Constant(target.attr), _thunk(node.value)))
        return ast.copy_location(statement, node)

    def visit_Assign(self, node):
        self.generic_visit(node)
        if not any(isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store)
                   for t in node.targets for n in ast.walk(t)):
            return node
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Subscript):
            return ast.copy_location(self._store(node.targets[0], node.value), node)
        value, statements = self._temporary(node.value)
        for target in node.targets:
            statements += self._assign(target, value)
        return [ast.copy_location(s, node) for s in statements]

    def _temporary(self, value):
        self.temporaries += 1
        name = f"__arr_t{self.temporaries}"
        return ast.Name(name, ast.Load()), [ast.Assign([ast.Name(name, ast.Store())], value)]

    def _store(self, target, value):
        return ast.Expr(_call("__arr_store", target.value, _index(target.slice), value))

    def _assign(self, target, value):
        if isinstance(target, ast.Subscript):
            return [self._store(target, value)]
        if not isinstance(target, (ast.Tuple, ast.List)):
            return [ast.Assign([target], value)]
        parts, statements = self._temporary(
            _call("__arr_unpack", value, ast.Constant(len(target.elts))))
        for i, element in enumerate(target.elts):
            part = ast.Subscript(parts, ast.Constant(i), ast.Load())
            statements += self._assign(element, part)
        return statements
