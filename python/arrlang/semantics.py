"""What rewritten Arr code calls: operators, stores and casts by Arr's rules.

NumPy already gives Arr's meaning for arrays and for its own scalars. These
functions cover the rest: Python scalars (64-bit wrapping integers, no exception
for a division by zero) and stores that narrow floats to integers.
"""

import operator

import numpy as np

from .dtypes import DType, cast, wrap

_I64 = np.dtype(np.int64)
# For a zero divisor or an odd shift NumPy's int64 has Arr's answer, Python an exception.
_NUMPY_BINARY = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.true_divide,
    "//": np.floor_divide, "%": np.remainder, "**": np.power,
    "<<": np.left_shift, ">>": np.right_shift,
    "&": np.bitwise_and, "|": np.bitwise_or, "^": np.bitwise_xor, "@": np.matmul,
}
_PYTHON_BINARY = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow,
    "<<": operator.lshift, ">>": operator.rshift,
    "&": operator.and_, "|": operator.or_, "^": operator.xor, "@": operator.matmul,
}


def _is_weak(value):
    # np.float64 and np.complex128 derive from float and complex, but are strong.
    return isinstance(value, (bool, int, float, complex)) and not isinstance(value, np.generic)


def _fit(value, other):
    """A run-time Python int beside an integer array wraps to its dtype."""
    kind = getattr(getattr(other, "dtype", None), "kind", "")
    if type(value) is int and kind in ("i", "u"):
        return wrap(value, other.dtype)
    return value


def binary(op, left, right):
    if not (_is_weak(left) and _is_weak(right)):
        if isinstance(left, (tuple, str, DType)) or isinstance(right, (tuple, DType)):
            return _PYTHON_BINARY[op](left, right)
        return _PYTHON_BINARY[op](_fit(left, right), _fit(right, left))
    integers = isinstance(left, int) and isinstance(right, int)
    if op in ("/", "//", "%", "**", "<<", ">>"):
        if integers and op != "/":
            left, right = np.int64(wrap(int(left), _I64)), np.int64(wrap(int(right), _I64))
        else:
            left, right = (v if isinstance(v, complex) else float(v) for v in (left, right))
        return _NUMPY_BINARY[op](left, right).item()
    result = _PYTHON_BINARY[op](left, right)
    return wrap(result, _I64) if type(result) is int else result


def negative(value):
    result = -value
    return wrap(result, _I64) if type(result) is int else result


def augmented(op, target, value):
    """`target op= value` for a name: arrays change in place, scalars are rebound."""
    if isinstance(target, np.ndarray):
        return _NUMPY_BINARY[op](target, _fit(value, target), out=target, casting="same_kind")
    return binary(op, target, value)


def augmented_item(op, target, index, value):
    # As Python does it: the element is read before the right side is computed.
    element = target[index]
    store(target, index, augmented(op, element, value()))


def augmented_attribute(op, target, name, value):
    setattr(target, name, augmented(op, getattr(target, name), value()))


def store(target, index, value):
    """`target[index] = value` with NumPy's casts, floats to integers saturating."""
    if target.dtype.kind in "iu":
        value = narrowed(value, target.dtype)
    if isinstance(value, np.ndarray) and np.may_share_memory(value, target):
        # NumPy forgets the copy where one-dimensional views begin at one element:
        # x[::2] = x[:n] reads what it has stored.
        value = value.copy()
    target[index] = value


def narrowed(value, dtype):
    if type(value) is int:
        return wrap(value, dtype)
    if isinstance(value, np.integer):
        return cast(value, dtype)  # as NumPy does for arrays; for one element it checks the range
    if np.asarray(value).dtype.kind in "fc":
        return cast(value, dtype)
    return value


def astype(value, dtype, **options):
    if isinstance(value, (np.ndarray, np.generic)):
        return cast(value, np.dtype(dtype))
    return value.astype(dtype, **options)


def declare(dtype, value):
    """`name: dtype = value`"""
    return dtype(value) if isinstance(dtype, DType) else value


def unpack(value, count):
    parts = tuple(value)
    if len(parts) != count:
        raise ValueError(f"expected {count} values, got {len(parts)}")
    return parts


HELPERS = {
    "__arr_binary": binary,
    "__arr_negative": negative,
    "__arr_augmented": augmented,
    "__arr_augmented_item": augmented_item,
    "__arr_augmented_attribute": augmented_attribute,
    "__arr_store": store,
    "__arr_astype": astype,
    "__arr_declare": declare,
    "__arr_unpack": unpack,
}
