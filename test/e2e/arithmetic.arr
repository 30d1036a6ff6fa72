"""Elementwise arithmetic on every dtype; integers wrap, floats are IEEE."""
import numpy as np

All = bool | i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 | f32 | f64 | c64 | c128
Num = i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 | f32 | f64 | c64 | c128
Real = i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 | f32 | f64
Int = i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64
Float = f32 | f64
Complex = c64 | c128

def plus(x: All[n], y: All[n]) -> All[n]:
    return x + y

def times(x: All[n], y: All[n]) -> All[n]:
    return x * y

def minus(x: Num[n, k], y: Num[n, k]) -> Num[n, k]:
    return x - y

def negated(x: Num[n]) -> Num[n]:
    return -x

def positive_copy(x: Num[n]) -> Num[n]:
    return +x

def floor_divided(x: Real[n], y: Real[n]) -> Real[n]:
    return x // y

def modulo(x: Real[n], y: Real[n]) -> Real[n]:
    return x % y

#: special
def float_floor_divided(x: Float[n], y: Float[n]):
    return x // y, x % y, np.fmod(x, y)

def int_fmod(x: Int[n], y: Int[n]) -> Int[n]:
    return np.fmod(x, y)

def divided(x: Real[n], y: Real[n]):
    return x / y

#: tol 4
#: reals
def complex_divided(x: Complex[n], y: Complex[n]) -> Complex[n]:
    return x / y

def magnitude(x: Real[n]) -> Real[n]:
    return abs(x) + np.abs(x) * 0

#: ulp 2
def complex_magnitude(x: Complex[n]):
    return abs(x)

#: x in -5..5
#: y in 0..6
def int_power(x: Int[n], y: Int[n]) -> Int[n]:
    return x ** y

#: x in 0..5
#: y in 0..6
def unsigned_power(x: u32[n], y: u32[n]) -> u32[n]:
    return x ** y + np.power(x, y)

#: reals
#: x in 0.1..5
#: ulp 6
def float_power(x: Float[n], y: Float[n]) -> Float[n]:
    return x ** y

#: special
#: ulp 6
def float_power_special(x: Float[n], y: Float[n]) -> Float[n]:
    return x ** y

def powers(x: Real[n]):
    return x ** 2, x ** 3, x ** 1, x ** 0

#: tol 64
def complex_powers(x: Complex[n]):
    return x ** 2, x ** 3, x ** 1, x ** 0

#: x in 1..9
#: ulp 4
def float_powers(x: Float[n]):
    return x ** 0.5, x ** -1, x ** -2, x ** 4, x ** 1.5

def squares(x: Num[n]):
    return np.square(x), x * x, np.reciprocal(np.square(x) * 0 + 1)

def signs(x: Real[n]) -> Real[n]:
    return np.sign(x)

#: special
def float_signs(x: Float[n]) -> Float[n]:
    return np.sign(x) + np.copysign(1, x)

#: special
def special_sums(x: Float[n], y: Float[n]):
    return x + y, x - y, x * y, x / y

#: special
def reciprocals(x: Float[n]) -> Float[n]:
    return np.reciprocal(x)

def polynomial(a: Float[n]) -> Float[n]:
    return a**3 + a**2 + a + 1.

def named(x: Num[n], y: Num[n]):
    return np.add(x, y), np.subtract(x, y), np.multiply(x, y), np.negative(x), np.positive(x)

def scalars(x: Num, y: Num):
    return x + y, x - y, x * y, -x

def int_scalars(x: Int, y: Int):
    return x // y, x % y, x / y, x & y, x | y, x ^ y, ~x, abs(x)

#: y in 0..70
def int_scalar_shifts(x: Int, y: Int):
    return x << y, x >> y

def weak_scalars(x: int, y: int):
    return x + y, x - y, x * y, x // y, x % y, x / y, -x, abs(x)

def weak_floats(x: float, y: float):
    return x + y, x - y, x * y, x / y, x // y, x % y, -x, abs(x)

def weak_shifts(x: int, y: int):
    return x << y, x >> y, x & y, x | y, x ^ y

#: y in 0..12
#: x in -9..9
def weak_power(x: int, y: int) -> int:
    return x ** y

def array_and_scalar(x: Num[n, k], s: Num):
    return x + s, s - x, x * s

def zero_d(x: f64[()], y: f64[n]):
    return x + 1., x + y, y * x
