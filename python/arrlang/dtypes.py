"""Arr's element types, as values that NumPy accepts wherever it wants a dtype."""

import numpy as np


class DType:
    """One dtype of Arr: `f32`, `i64`, ...; also `int`, `float`, `complex`, `bool`.

    NumPy reads the attribute `dtype`, so `np.zeros(3, dtype=f32)` works as it
    stands. Calling it casts by Arr's rules. The weak ones give Python scalars.
    """

    def __init__(self, name, numpy_name, python_type=None):
        self.name = name
        self.dtype = np.dtype(numpy_name)
        self.python_type = python_type  # set for the weak scalar types

    def __call__(self, value=0, imaginary=None):
        if imaginary is not None:
            value = complex(value, imaginary)
        result = cast(value, self.dtype)
        if self.python_type is not None and not isinstance(result, np.ndarray):
            return self.python_type(result)
        return result

    def __or__(self, other):
        return DTypeVariable([self]) | other

    def __repr__(self):
        return self.name


class DTypeVariable:
    """`f32 | f64`: a function that mentions it exists once per member."""

    def __init__(self, members):
        self.members = members

    def __or__(self, other):
        more = other.members if isinstance(other, DTypeVariable) else [other]
        return DTypeVariable(self.members + more)

    def __repr__(self):
        return " | ".join(map(repr, self.members))


DTYPES = {
    name: DType(name, numpy_name)
    for name, numpy_name in [
        ("i8", "int8"), ("i16", "int16"), ("i32", "int32"), ("i64", "int64"),
        ("u8", "uint8"), ("u16", "uint16"), ("u32", "uint32"), ("u64", "uint64"),
        ("f32", "float32"), ("f64", "float64"),
        ("c64", "complex64"), ("c128", "complex128"),
    ]
}
WEAK = {
    "bool": DType("bool", "bool", bool),
    "int": DType("int", "int64", int),
    "float": DType("float", "float64", float),
    "complex": DType("complex", "complex128", complex),
}
NAME_OF = {d.dtype: d.name for d in DTYPES.values()} | {np.dtype(bool): "bool"}


def wrap(value, dtype):
    """A Python int of any size as `dtype` holds it: two's complement."""
    bits = 8 * dtype.itemsize
    value &= (1 << bits) - 1
    if dtype.kind == "i" and value >> (bits - 1):
        value -= 1 << bits
    return value


def saturate(value, dtype):
    """Float to integer by Arr's rule: truncate, saturate, NaN gives 0."""
    info = np.iinfo(dtype)
    with np.errstate(all="ignore"):
        truncated = np.trunc(np.asarray(value, dtype=np.float64))
        # 2.0**63 is the first float above the range; iinfo.max itself is not a float.
        too_large = truncated >= float(info.max) + (0.0 if info.bits < 64 else 1.0)
        too_small = truncated <= float(info.min)
        inside = np.where(too_large | too_small | np.isnan(truncated), 0.0, truncated)
        result = inside.astype(dtype)
    result[too_large] = info.max
    result[too_small] = info.min
    return result


def cast(value, dtype):
    """`value` (scalar or array) as `dtype`; always a copy, as astype gives."""
    if isinstance(value, (int, np.bool_)) and dtype.kind in "iu":
        return dtype.type(wrap(int(value), dtype))
    array = np.asarray(value)
    if dtype.kind in "iu" and array.dtype.kind in "fc":
        result = saturate(array.real, dtype)
    elif array.dtype.kind == "c" and dtype.kind != "c" and dtype.kind != "b":
        result = array.real.astype(dtype)
    else:
        with np.errstate(all="ignore"):
            result = array.astype(dtype)
    return result if isinstance(value, np.ndarray) else result[()]
