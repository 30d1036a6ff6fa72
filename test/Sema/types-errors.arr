# RUN: %arrc check --verify-diagnostics %s
# Operators, conversions, literals, conditions.
import numpy as np

def tuple_plus(x: f64[n]):
    return x + (1, 2)  # expected-error:12 {{`+` is not defined for `f64[n]` and `tuple` [operator-not-defined]}}

def text_minus(x: f64[n]):
    return x - 'a'  # expected-error:12 {{`-` is not defined for `f64[n]` and `str`}}

def matmul_scalar(x: f64[n, n]):
    return x @ 2  # expected-error:16 {{`@` needs arrays of at least one axis, got `int` [matmul-scalar]}} expected-help:16 {{use `*` to scale}}

def negative_text():
    return -'a'  # expected-error:12 {{`-` is not defined for `str` [unary-not-defined]}}

def bitwise_float(x: f64[n]):
    return x & 1  # expected-error:12 {{`&` is not defined for `f64[n]` and `int`}}

def bool_minus(x: bool[n], y: bool[n]):
    return x - y  # expected-error:12 {{`-` is not defined for `bool[n]` and `bool[n]`}}

def invert_float(x: f32[n]):
    return ~x  # expected-error:12 {{`~` is not defined for `f32[n]`}}

def complex_floor(x: c128[n]):
    return np.floor(x)  # expected-error:12 {{`floor` is not defined for `c128[n]` [ufunc-not-defined]}}

def literal_range(x: u8[n]):
    return x + 300  # expected-error:16 {{Python integer 300 out of bounds for `u8` [literal-out-of-range]}}

def literal_negative(x: u8[n]):
    return x - -1  # expected-error:16 {{Python integer -1 out of bounds for `u8`}}

def literal_store(x: i8[n]):
    x[0] = 200  # expected-error:12 {{Python integer 200 out of bounds for `i8`}}

def too_large():
    return 10 ** 30  # expected-error:12 {{the integer 1000000000000000000000000000000 does not fit in `int` [integer-too-large]}}

def far_too_large():
    return 10 ** 300  # expected-error:12 {{this integer is too large [constant-too-large]}}

def does_not_fit():
    x = 2 ** 64  # expected-error:9 {{the integer 18446744073709551616 does not fit in `int`}}
    return x

def float_too_large():
    return 1e999  # expected-error:12 {{this number is beyond the largest f64 [float-literal-too-large]}} expected-help:12 {{write `np.inf` for infinity}}

def f32_overflow(x: f32[n]):
    return x * 1e300  # expected-warning:16 {{1e+300 is beyond the largest f32 and becomes infinite [literal-overflows-float]}}

def negative_power(x: i64[n]):
    return x ** -1  # expected-error:12 {{Integers to negative integer powers are not allowed. [integer-negative-power]}} expected-help:12 {{write the base as a float}}

def negative_power_literal():
    return 2 ** -1  # expected-error:12 {{Integers to negative integer powers are not allowed.}}

def ambiguous(x: f64[n]):
    if x > 0:  # expected-error:8 {{the truth value of a whole array (`bool[n]`) is ambiguous [array-as-condition]}} expected-help:8 {{use `.any()` or `.all()`}}
        return 1
    return 0

def ambiguous_and(x: f64[n]):
    return x > 0 and x < 1  # expected-error:12 {{the truth value of a whole array (`bool[n]`) is ambiguous}} expected-error:22 {{the truth value of a whole array (`bool[n]`) is ambiguous}}

def ambiguous_chain(x: f64[n]):
    return 0 < x < 1  # expected-error:12 {{the truth value of a whole array (`bool[n]`) is ambiguous}} expected-error:16 {{the truth value of a whole array (`bool[n]`) is ambiguous}}

def ambiguous_not(x: f64[n]):
    return not x  # expected-error:16 {{the truth value of a whole array (`f64[n]`) is ambiguous}}

def array_min(x: f64[n], y: f64[n]):
    return min(x, y)  # expected-error:16 {{the built-in `min` compares scalars, this is an array [array-as-scalar]}} expected-help:16 {{write `np.minimum(a, b)` for the elementwise function}}

def int_of_array(x: f64[n]):
    return int(x)  # expected-error:12 {{`int(...)` of an array [conversion-of-array]}} expected-help:12 {{write `.astype(i64)`}}

def too_many(x: f64):
    return f32(x, x)  # expected-error:12 {{`f32(...)` converts one value [conversion-arguments]}}

def identity(x: f64, y: f64):
    return x is y  # expected-error:12 {{`is` compares with `None`, dtypes and bools only [identity-of-values]}} expected-help:12 {{compare values with `==`}}

def contained(x: f64):
    return x in 3  # expected-error:12 {{`in` looks into arrays and tuples, got `int` [not-a-container]}}

def branches(c: bool, x: f64[n]):
    return x if c else 1  # expected-error:12 {{this is `f64[n]` or `int`: both need one type [branches-differ]}}

def list_value():
    a = [1, 2]  # expected-error:9 {{a list is not a value of the running program [list-as-value]}} expected-help:9 {{write `np.array([...])`, or a tuple `(...)`}}

def ragged():
    return np.array([[1, 2], [3]])  # expected-error:21 {{the rows of this list differ in length [ragged-list]}}

def no_length(x: f64):
    return len(x)  # expected-error:16 {{`f64` has no length [no-length]}}

def type_value(x: f64[n]):
    y = f64[n]  # expected-error:9 {{a type is not a value [type-as-value]}}

def dtype_value():
    return f64  # expected-error:12 {{a dtype is not a value of the running program [not-a-value]}}

def not_a_dtype(x: f64[n]):
    return x.astype(3)  # expected-error:21 {{`3` is not a type [not-a-type]}} expected-help:21 {{write a dtype, as in `dtype=f64`}}

def computed_axis(x: f64[n, n], a: int):
    return x.sum(axis=a)  # expected-error:23 {{an axis must be known when the program is compiled [not-known]}} expected-help:23 {{write a number, or a parameter of a template}}

def range_value():
    return range(3)  # expected-error:12 {{`range` may only stand after `in` of a `for` [only-in-for]}}
