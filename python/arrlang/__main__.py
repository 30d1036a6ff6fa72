"""`python -m arrlang run FILE.arr [ARGS]` does under CPython + NumPy what `arrc run` does.

`FILE.arr:function x.npy 3 -o result.npy` runs any annotated function.
"""

import argparse
import sys

import numpy as np

from .dtypes import WEAK
from .interpreter import interpret


def _convert(parameter, text):
    if parameter.dims is not None:
        return np.load(text, allow_pickle=False)
    if parameter.dtype_name == "str":
        return text
    if parameter.dtype_name == "bool":
        return text == "True"
    kind = WEAK.get(parameter.dtype_name)
    try:
        return int(text)
    except ValueError:
        return complex(text) if kind and kind.name == "complex" else float(text)


def main():
    parser = argparse.ArgumentParser(prog="python -m arrlang", description=__doc__)
    parser.add_argument("command", choices=["run"])
    parser.add_argument("file", help="FILE.arr or FILE.arr:function")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    path, _, name = options.file.partition(".arr:")
    function = getattr(interpret(path + ".arr" if name else path), name or "main")
    signature = function.function.signature
    own = argparse.ArgumentParser(prog=options.file, description=function.__doc__)
    defaults = function.__signature__.parameters
    for p in signature.parameters:
        if defaults[p.name].default is defaults[p.name].empty:
            own.add_argument(p.name)
        else:
            own.add_argument("--" + p.name)
    if name:
        own.add_argument("-o", "--output")
    given = vars(own.parse_args(options.arguments))
    output = given.pop("output", None)
    values = {p.name: _convert(p, given[p.name]) for p in signature.parameters
              if given[p.name] is not None}
    result = function(**values)
    if name and output:
        np.save(output, result)
    elif name and result is not None:
        print(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
