"""Corner cases of integers: wrapping, division by zero, shifts, saturating casts."""
import numpy as np

I = i8 | i16 | i32 | i64
U = u8 | u16 | u32 | u64

#: call (array([-128, -1, 0, 127], 'i1'), array([-1, -1, 0, 0], 'i1'))
def division_i8(x: i8[n], y: i8[n]):
    return x // y, x % y

#: call (array([-2**63, -1, 0, 2**63-1]), array([-1, -1, 0, 0]))
def division_i64(x: i64[n], y: i64[n]):
    return x // y, x % y, x * y

#: x in -7..7
#: y in -3..3
def python_signs(x: I[n], y: I[n]):
    return x // y, x % y

#: x in -7..7
#: y in -3..3
def scalar_signs(x: int, y: int):
    return x // y, x % y

#: y in -2..2
def modulo_float_signs(x: f64[n], y: f64[n]):
    return x % y, x // y

def extremes(x: I[n]):
    return x + 127, -x, abs(x), x * x, x - 1

def extremes_unsigned(x: U[n]):
    return x - 1, -x, ~x, x + 255, x * x

#: y in 0..300
def wide_shifts(x: i64[n], y: i64[n]):
    return x << y, x >> y

#: y in 0..12
def narrow_shifts(x: u8[n], y: u8[n]):
    return x << y, x >> y

#: call (9223372036854775807, 1)
#: call (-9223372036854775808, -1)
def weak_wraps(x: int, y: int):
    return x + y, x * y, x - y, -x

#: call (-9223372036854775808, -1)
#: call (5, 0)
#: call (-5, 0)
#: call (0, 0)
def weak_division(x: int, y: int):
    return x // y, x % y

#: call (array([nan, inf, -inf, 1e300, -1e300, 2.9, -2.9, 127.5, 128.0, -128.9, 2147483647.5, 4294967296.0, 9.3e18, 1.9e19]))
def saturation(x: f64[n]):
    return x.astype(i8), x.astype(i16), x.astype(i32), x.astype(i64), x.astype(u8), x.astype(u16), x.astype(u32), x.astype(u64)

#: call (nan)
#: call (inf)
#: call (-1e30)
#: call (-2.5)
def saturation_scalar(x: f64):
    return int(x), i8(x), u8(x), i64(x), u64(x)

#: call (array([1.5, -1.5, 300., nan]), zeros(4, 'u1'))
def saturating_store(x: f64[n], y: u8[n]):
    y[...] = x
    for i in range(n):
        y[i] = x[i]

def narrowing(x: i64[n]):
    return x.astype(i8), x.astype(u8), x.astype(i32), x.astype(u32), x.astype(u64)

def narrowing_store(x: i64[n], y: i8[n], z: u16[n]):
    y[:] = x
    z[:] = x

#: call (array([2, 3]), array([-1, 2])) raises ValueError: Integers to negative integer powers are not allowed.
#: only calls
def negative_power(x: i64[n], y: i64[n]):
    return x ** y

#: x in -3..3
#: y in 0..70
def big_power(x: i64[n], y: i64[n]):
    return x ** y

def unsigned_compare(x: u64[n], y: u64[n]):
    return x < y, x > y, np.maximum(x, y), x // 2, x % 10

def unsigned_to_float(x: u64[n]):
    return x.astype(f64), x.astype(f32), x / 3

def big_literals(x: u64[n], y: i64[n]):
    return x + 18446744073709551615, y + 9223372036854775807, x & 0xffff_ffff, y & 0x7f

def loop_wraps(n: int) -> i32:
    s = i32(1)
    for i in range(40):
        s *= i32(3)
    return s

#: n in 0..50
def lcg(n: int) -> u64:
    s = u64(12345)
    for i in range(n):
        s = s * u64(6364136223846793005) + u64(1442695040888963407)
        s ^= s >> u64(22)
    return s

def mixed_index(x: f64[8], i: u8) -> f64:
    return x[i % 8] + x[i32(i % u8(4))] + x[-(int(i) % 8) - 1]

def popcount(x: u32[n]) -> i64[n]:
    c = np.zeros(n, dtype=i64)
    for i in range(n):
        v = x[i]
        while v != 0:
            c[i] += 1
            v &= v - 1
    return c

def crc(x: u8[n]) -> u32:
    c = u32(0xffffffff)
    for i in range(n):
        c ^= u32(x[i])
        for b in range(8):
            c = (c >> 1) ^ (u32(0xedb88320) if c & 1 else u32(0))
    return ~c
