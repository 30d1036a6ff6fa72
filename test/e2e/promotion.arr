"""Promotion by NumPy 2's rules: strong with strong, and weak Python scalars."""
import numpy as np

A = bool | i8 | u8 | i32 | u32 | i64 | u64 | f32 | f64 | c64 | c128
B = bool | u8 | i16 | i64 | u64 | f32 | c64
Num = i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 | f32 | f64 | c64 | c128
Real = i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 | f32 | f64
Float = f32 | f64
Small = bool | i8 | u8 | i16 | u16 | i32 | u32 | i64 | u64

#: n = 0 1 5 17
def sum_of(x: A[n], y: B[n]):
    return x + y

#: n = 5 17
def product_with_scalar(x: A[n], y: B):
    return x * y

#: n = 5
def where_of(x: A[n], y: B[n]):
    return np.where(y != 0, x, y)

def with_weak_int(x: Num[n]):
    return x + 1, 2 - x, x * 3, 7 * x

def bool_with_weak(x: bool[n]):
    return x + 1, x * 2, x + 1.5, x + 1j, x / 2

def int_with_weak_float(x: Real[n]):
    return x + 1.5, 2.5 - x, x * 0.5, x / 2

def with_weak_complex(x: Num[n]):
    return x + 2j, x * (1 + 1j)

#: n = 1 2 5 17 100
#: k = 0 1 3 64
def divided_by_dim(x: Real[n, k]):
    return x / n, x * k, x - k

def weak_parameters(x: f32[n], i: int, f: float):
    return x + i, x * f, i + f

def strong_parameters(x: f32[n], i: i64, f: f64):
    return x + i, x * f, i + f

def loop_index_is_weak(x: f32[n]) -> f32[n]:
    y = np.empty_like(x)
    for i in range(n):
        y[i] = x[i] / (i + 1)
    return y

def weak_local(x: f32[n]):
    s = 2.5
    t = 3
    return x * s, x + t, x * (s + t)

def int_of_dim(x: u8[n]):
    return x + len(x) * 0, x * int(2.7), x + float(1)

def true_divide(x: Small[n], y: Small[n]):
    return x / y

def floor_divide_mixed(x: i32[n], y: f32[n]):
    return x // y, x % y

def unsigned_and_signed(x: u64[n], y: i64[n]):
    return x + y, x * y

def comparisons_mixed(x: i32[n], y: f64[n], z: u8[n]):
    return x < y, z > x, z == y

#: x in 0..9
#: ulp 4
def roots(x: Small[n]):
    return np.sqrt(x)

#: x in 0..9
#: ulp 6
def exponentials(x: Small[n]):
    return np.exp(x), np.sin(x)

#: y in 1..5
#: ulp 6
def two_operand_floats(x: Small[n], y: Small[n]):
    return np.arctan2(x, y), np.hypot(x, y)

def constant_dtypes(x: f32[n]):
    return x + f64(1), x + f32(1), x * i32(2), x * u8(2)

def astype_all(x: Num[n]):
    return (x.astype(i8), x.astype(u16), x.astype(i64), x.astype(f32), x.astype(f64), x.astype(bool),
            x.astype(c64), x.astype(c128))

#: special
def float_to_int(x: Float[n]):
    return x.astype(i8), x.astype(u8), x.astype(i32), x.astype(u32), x.astype(i64), x.astype(u64)

#: special
def scaled_to_int(x: Float[n]):
    y = x * 1e10
    return y.astype(i16), y.astype(i32), y.astype(u32), y.astype(i64), y.astype(u64)

def from_bool(x: bool[n]):
    return x.astype(i8), x.astype(f32), x.astype(c128), x.astype(u64)

#: special
def to_bool(x: Float[n]):
    return x.astype(bool)

def casts_of_scalars(x: f64, i: i64):
    return i8(i), u8(i), i32(x), f32(x), f64(i), u64(i), bool(i), int(x), float(i), c64(x)

def literals_keep_dtype(x: i8[n]):
    return x + 127, x + -128, x * 1

def chained_weak(x: f32[n]):
    return (1 + 2) * x, 1 / 3 * x, x * (2 ** 3), x + 10 // 3

def weak_division_of_dims(x: f32[n, k]):
    return x * (n / (k + 1)), x * (n // (k + 1)), x * (n % (k + 1))

#: special
def same_kind_update(x: f32[n], y: f64[n]):
    x += y
    x *= 2
    return x.dtype == f32

def int_update_narrow(x: i8[n], y: i64[n]):
    x += y
    x -= 3
    x *= y

def store_casts(x: f64[n], y: i32[n], z: u8[n]):
    y[...] = x
    z[:] = y
    x[:] = z

def element_that_does_not_fit(x: i16[n + 1], y: i64):
    x[0] = x.sum() * 1000 + y
    return x[0]

def augmented_element_that_does_not_fit(x: i32[n + 1], y: i64[n + 1]):
    x[0] %= y[0]
    x[-1] += y[-1]
