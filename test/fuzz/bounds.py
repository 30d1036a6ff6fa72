"""Expressions with what is known of their values.

Sums may be re-associated and multiply-adds contracted, so floats are compared exactly
only where every order gives the same bits. Each expression carries `mag`, a bound of
its magnitude, `frac`, the number of binary digits after the point, and `err`, a
bound of the absolute error. A result whose digits fit the dtype is exact; one that does
not adds to `err`, and a function with such a result is compared with that bound.
"""

import dataclasses
import math

import numpy as np

INEXACT = 10**6  # `frac` of an arbitrary real number
DIGITS = {"float32": 24, "float64": 53, "complex64": 24, "complex128": 53}


def is_weak(dtype):
    return dtype is int or dtype is float  # np.dtype("f8") equals float


@dataclasses.dataclass
class Expr:
    text: str
    dtype: object  # np.dtype, or int, float for Python's weak scalars
    shape: tuple = ()
    mag: float = math.inf
    frac: int = 0
    err: float = 0.0

    @property
    def kind(self):
        return np.dtype(self.dtype).kind

    @property
    def is_float(self):
        return self.kind in "fc"

    @property
    def weak(self):
        return is_weak(self.dtype)

    @property
    def settled(self):
        """May decide something: a comparison, a rounding, an index."""
        return self.err == 0

    def sample(self):
        if self.weak:
            return self.dtype(1)
        return np.ones((1,) * len(self.shape), self.dtype) if self.shape else np.dtype(self.dtype).type(1)


def dtype_of(value):
    """The dtype of a sample, as Expr has it."""
    return type(value) if type(value) in (int, float) else np.asarray(value).dtype


def digits(dtype):
    return DIGITS.get(str(np.dtype(dtype)), 0)


def rounded(expr, terms=1):
    """`expr` with the error of rounding its value `terms` times, or None if it is out of hand."""
    if not expr.is_float:
        return expr
    if not math.isfinite(expr.mag):
        return None
    if expr.err == 0 and expr.mag * 2.0**min(expr.frac, 900) <= 2.0**digits(expr.dtype):
        return expr
    eps = 2.0**-digits(expr.dtype)
    return dataclasses.replace(expr, frac=INEXACT, err=expr.err * (1 + eps) + terms * eps * expr.mag)
