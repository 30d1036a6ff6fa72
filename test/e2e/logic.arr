"""Comparison, boolean logic, bits, shifts, where and clip."""
import numpy as np

All = bool | i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 | f32 | f64
Int = i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64
Bits = bool | i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64
Float = f32 | f64
Real = i8 | u8 | i32 | u32 | i64 | u64 | f32 | f64
Every = bool | i8 | i64 | u16 | f32 | f64 | c64 | c128

def orders(x: All[n], y: All[n]):
    return x < y, x <= y, x > y, x >= y

def equalities(x: Every[n], y: Every[n]):
    return x == y, x != y, x == x

#: special
def orders_special(x: Float[n], y: Float[n]):
    return x < y, x <= y, x > y, x >= y, x == y, x != y

def with_literal(x: Real[n]):
    return x < 3, 3 <= x, x == 0, x != 1

def with_float_literal(x: Real[n]):
    return x < 2.5, x >= 0.5

def bits(x: Bits[n], y: Bits[n]):
    return x & y, x | y, x ^ y, ~x

def bits_named(x: Bits[n], y: Bits[n]):
    return np.bitwise_and(x, y), np.bitwise_or(x, y), np.bitwise_xor(x, y), np.invert(x)

def bits_literal(x: Int[n]):
    return x & 7, x | 1, x ^ 5, 3 & x

#: y in 0..70
def shifts(x: Int[n], y: Int[n]):
    return x << y, x >> y, np.left_shift(x, y), np.right_shift(x, y)

def shifts_literal(x: Int[n]):
    return x << 1, x >> 1, x << 7, x >> 7, 1 << (x & 3)

#: y in -3..3
def shifts_negative(x: i32[n], y: i32[n]):
    return x << y, x >> y

def logical(x: Every[n], y: Every[n]):
    return np.logical_and(x, y), np.logical_or(x, y), np.logical_xor(x, y), np.logical_not(x)

def masks(x: f64[n]):
    return (x > 0) & (x < 5), (x < 0) | (x > 5), ~(x > 0), (x > 0) ^ (x < 3)

def where_all(c: bool[n], x: Every[n], y: Every[n]) -> Every[n]:
    return np.where(c, x, y)

def where_scalars(x: f32[n]):
    return np.where(x > 0, x, 0), np.where(x > 0, 1, 0), np.where(x > 0, 1., x)

def where_broadcast(c: bool[n], x: f64[n, 1], y: f64[n]) -> f64[n, n]:
    return np.where(c, x, y)

def where_guards_division(x: f64[n], y: f64[n]) -> f64[n]:
    return np.where(y != 0, x / y, 0.)

def clipped(x: Real[n]) -> Real[n]:
    return np.clip(x, 1, 5)

#: special
def clipped_special(x: Float[n]) -> Float[n]:
    return np.clip(x, -2, 3) + x.clip(-1, 1)

def clipped_arrays(x: f64[n], lo: f64[n], hi: f64[n]) -> f64[n]:
    return np.clip(x, lo, hi)

def extremes(x: All[n], y: All[n]):
    return np.maximum(x, y), np.minimum(x, y)

#: special
def extremes_special(x: Float[n], y: Float[n]):
    return np.maximum(x, y), np.minimum(x, y), np.fmax(x, y), np.fmin(x, y)

#: special
def classes(x: Float[n]):
    return np.isnan(x), np.isinf(x), np.isfinite(x), np.signbit(x)

def classes_complex(x: c128[n]):
    return np.isnan(x), np.isfinite(x)

def python_min_max(x: f64, y: f64, i: int, j: int):
    return min(x, y), max(x, y), min(i, j), max(i, j, 3)

#: x in -3..3
#: y in -3..3
def scalar_logic(x: int, y: int):
    a = x > 0 and y > 0
    b = x > 0 or y > 0
    c = not (x > 0)
    return a, b, c, 0 < x < 3, -1 <= x <= y, x == y != 2

#: i in 0..6
#: n = 5
def short_circuit(x: f64[n], i: int) -> bool:
    return i < n and x[i] > 0

#: i in 0..6
#: n = 5
def short_circuit_or(x: f64[n], i: int) -> bool:
    return i >= n or x[i] > 0

def conditional(x: i32, y: i32) -> i32:
    return x if x > y else y

def conditional_nested(x: f64) -> f64:
    return 1. if x > 1 else (0. if x > -1 else -1.)

def reduced_masks(x: f64[n, k]):
    return (x > 0).sum(), (x > 0).sum(axis=0), np.count_nonzero(x > 0), (x > 0).any(), (x > 0).all(axis=1)

def mask_arithmetic(x: f32[n]):
    return (x > 0) * x, x * (x > 1) + (x <= 1), (x > 0) + (x > 3)

def update_bits(x: i32[n], y: i32[n]):
    x &= y
    x |= 1
    x ^= y
    y <<= 2
    y >>= 1

def update_bool(x: bool[n], y: bool[n]):
    x &= y
    y |= x
    x ^= y
