"""The mathematical functions, on both precisions and where they exist on complex."""
import numpy as np

Float = f32 | f64
Complex = c64 | c128
Int = i8 | u16 | i32 | i64

#: reals
#: x in -10..10
#: ulp 6
def exps(x: Float[n]):
    return np.exp(x), np.exp2(x), np.expm1(x)

#: reals
#: x in 0.001..100
#: ulp 6
def logs(x: Float[n]):
    return np.log(x), np.log2(x), np.log10(x), np.log1p(x)

#: special
#: ulp 6
def exps_special(x: Float[n]):
    return np.exp(x), np.exp2(x), np.expm1(x)

#: special
#: ulp 6
def logs_special(x: Float[n]):
    return np.log(x), np.log2(x), np.log10(x), np.log1p(x)

#: reals
#: x in -50..50
#: tol 8
def circular(x: Float[n]):
    return np.sin(x), np.cos(x)

#: reals
#: x in -1.5..1.5
#: ulp 8
def tangent(x: Float[n]) -> Float[n]:
    return np.tan(x)

#: reals
#: x in -1e6..1e6
#: tol 8
def circular_large(x: f64[n]):
    return np.sin(x), np.cos(x), np.sin(x * 1e9)

#: special
#: tol 8
def circular_special(x: Float[n]):
    return np.sin(x), np.cos(x)

#: reals
#: x in -1..1
#: tol 8
def arcs(x: Float[n]):
    return np.arcsin(x), np.arccos(x), np.arctan(x)

#: special
#: ulp 8
def arcs_special(x: Float[n]):
    return np.arcsin(x), np.arccos(x), np.arctan(x)

#: reals
#: x in -5..5
#: ulp 8
def hyperbolic(x: Float[n]):
    return np.sinh(x), np.cosh(x), np.tanh(x)

#: special
#: ulp 8
def hyperbolic_special(x: Float[n]):
    return np.sinh(x), np.cosh(x), np.tanh(x)

#: reals
#: x in 1..30
#: ulp 8
def inverse_hyperbolic(x: Float[n]):
    return np.arcsinh(x), np.arccosh(x)

#: reals
#: x in -0.99..0.99
#: ulp 8
def inverse_tanh(x: Float[n]) -> Float[n]:
    return np.arctanh(x)

#: special
#: ulp 8
def inverse_hyperbolic_special(x: Float[n]):
    return np.arcsinh(x), np.arccosh(x), np.arctanh(x)

#: special
def roots_special(x: Float[n]) -> Float[n]:
    return np.sqrt(x)

#: reals
#: ulp 4
def roots(x: Float[n]):
    return np.cbrt(x), np.sqrt(x * x)

#: reals
#: ulp 6
def two_operands(x: Float[n], y: Float[n]):
    return np.arctan2(x, y), np.hypot(x, y)

#: special
#: ulp 6
def two_operands_special(x: Float[n], y: Float[n]):
    return np.arctan2(x, y), np.hypot(x, y)

#: reals
#: tol 8
def logadd(x: Float[n], y: Float[n]):
    return np.logaddexp(x, y), np.logaddexp2(x, y)

#: special
#: tol 8
def logadd_special(x: Float[n], y: Float[n]):
    return np.logaddexp(x, y), np.logaddexp2(x, y)

#: reals
def rounding(x: Float[n]):
    return np.floor(x), np.ceil(x), np.trunc(x), np.rint(x), np.fix(x)

#: special
def rounding_special(x: Float[n]):
    return np.floor(x), np.ceil(x), np.trunc(x), np.rint(x)

def rounding_halves(x: Float[n]):
    return np.rint(x / 2), np.round(x / 2), np.floor(x / 2), np.ceil(x / 2), np.trunc(x / 2)

def rounding_ints(x: Int[n]):
    return np.floor(x), np.ceil(x), np.trunc(x), np.rint(x * 0)

#: special
def float_parts(x: Float[n], y: Float[n]):
    return np.copysign(x, y), np.nextafter(x, y), np.signbit(x), np.fabs(x)

#: special
def spacings(x: Float[n]) -> Float[n]:
    return np.spacing(x)

#: e in -8..8
def scaled_by_powers(x: Float[n], e: i32[n]) -> Float[n]:
    return np.ldexp(x, e)

#: special
def step(x: Float[n], y: Float[n]) -> Float[n]:
    return np.heaviside(x, y)

#: reals
#: ulp 4
def angles(x: Float[n]):
    return np.deg2rad(x), np.rad2deg(x), np.radians(x), np.degrees(x)

def complex_parts(x: Complex[n]):
    return x.real, x.imag, x.conj(), np.conjugate(x), np.real(x) + np.imag(x)

def real_parts(x: Float[n]):
    return np.conj(x), np.real(x), x.real

#: reals
#: tol 16
def complex_exps(x: Complex[n]):
    return np.exp(x), np.log(x), np.sqrt(x)

#: reals
#: tol 16
def complex_circular(x: Complex[n]):
    return np.sin(x), np.cos(x), np.tanh(x)

def complex_arithmetic(x: Complex[n], y: Complex[n]):
    return x + y, x - y, x * y, -x, x + 1, x * 2j, x * 0.5

def make_complex(x: f64[n], y: f64[n]) -> c128[n]:
    return x + 1j * y

def write_complex_parts(x: c128[n], y: f64[n]):
    x.real = y
    x.imag += 2
    x.imag *= y

#: x in 1..20
#: y in 1..20
#: ulp 4
def scalar_functions(x: float, y: float):
    return np.sqrt(x), np.exp(x), np.log(x), np.floor(x / y), np.hypot(x, y), abs(-x)

#: x in -9..9
def scalar_rounding(x: float):
    return round(x / 2), int(x / 2), np.floor(x / 2), np.ceil(x / 2)

#: reals
#: tol 64
def chain(a: Float[n], b: Float[n]) -> Float[n]:
    return np.exp(-a) * np.sin(b) + np.log(1 + a * a)

#: reals
#: tol 64
def softmax(x: Float[n, k]) -> Float[n, k]:
    z = x - x.sum(axis=1, keepdims=True) * 0
    t = np.exp(z)
    return t / (t.sum(axis=1, keepdims=True) + 1)

def maxmin_chain(x: Float[n], y: Float[n]) -> Float[n]:
    return np.maximum(np.minimum(x, 3), -3) + np.fmax(y, 0) - np.fmin(y, 0)
