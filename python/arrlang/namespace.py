"""The built-in names of Arr, over NumPy's functions of the same name."""

import builtins
import types

import numpy as np

from .dtypes import DTYPES, WEAK, cast

_SMALL = (np.dtype(np.int8), np.dtype(np.uint8), np.dtype(bool))


def _no_half(ufunc):
    """Arr has no float16: sqrt and friends of 8-bit integers and bools give f32."""

    def call(*arguments, **options):
        if not options.get("dtype") and builtins.any(
                getattr(a, "dtype", None) in _SMALL for a in arguments):
            wide = [cast(a, np.dtype(np.float32)) if getattr(a, "dtype", None) in _SMALL else a
                    for a in arguments]
            result = ufunc(*arguments, **options)
            first = result[0] if isinstance(result, tuple) else result
            return ufunc(*wide, **options) if first.dtype == np.float16 else result
        return ufunc(*arguments, **options)

    call.__name__ = ufunc.__name__
    for method in ("at", "reduce", "accumulate", "outer"):
        setattr(call, method, getattr(ufunc, method))
    return call


def _two_or_reduce(python_function, reduction):
    """`min(a, b)` of scalars is Python's, `min(x)` of an array the reduction."""

    def call(*arguments, **options):
        if builtins.len(arguments) == 1 or isinstance(arguments[0], np.ndarray):
            return reduction(*arguments, **options)
        return python_function(*arguments)

    return call


def _round(value, digits=None):
    if isinstance(value, np.ndarray):
        return np.round(value, 0 if digits is None else digits)
    if digits is None:
        return WEAK["int"](np.rint(float(value)))
    return np.round(value, digits)


def _range(*arguments, unchecked=False):
    return builtins.range(*(builtins.int(a) for a in arguments))


def _load(path):
    return np.load(path, allow_pickle=False)


def _numpy_names():
    names = {}
    for name in dir(np):
        value = getattr(np, name)
        if name.startswith("_") or isinstance(value, type):
            continue
        names[name] = _no_half(value) if isinstance(value, np.ufunc) else value
    for constant in ("pi", "e", "inf", "nan", "newaxis"):
        names[constant] = getattr(np, constant)
    return names


_NUMPY = _numpy_names()
_PYTHON = {
    name: getattr(builtins, name)
    for name in ("len", "enumerate", "zip", "print", "slice", "tuple", "True", "False", "None",
                 "AssertionError")
    if hasattr(builtins, name)
}

# `np.name` means NumPy's function; a bare name is Python's where both have it.
NUMPY_MODULE = types.SimpleNamespace(**(_NUMPY | DTYPES | {
    "prange": _range, "load": _load, "int32": DTYPES["i32"], "int64": DTYPES["i64"],
    "float32": DTYPES["f32"], "float64": DTYPES["f64"], "complex64": DTYPES["c64"],
    "complex128": DTYPES["c128"], "bool": WEAK["bool"], "bool_": WEAK["bool"],
    "int8": DTYPES["i8"], "int16": DTYPES["i16"], "uint8": DTYPES["u8"],
    "uint16": DTYPES["u16"], "uint32": DTYPES["u32"], "uint64": DTYPES["u64"],
}))
BUILTINS = _NUMPY | _PYTHON | DTYPES | WEAK | {
    "abs": lambda v: builtins.abs(v) if not isinstance(v, np.ndarray) else np.abs(v),
    "min": _two_or_reduce(builtins.min, np.min),
    "max": _two_or_reduce(builtins.max, np.max),
    "round": _round,
    "range": _range,
    "prange": _range,
    "load": _load,
}
