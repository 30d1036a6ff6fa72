# RUN: %arrc check --verify-diagnostics %s
# Assignments, loops, assertions, input and output.
import numpy as np

def same_kind(x: i64[n]):
    x += 0.5  # expected-error:5 {{`+=` cannot store `f64` in `i64` (casting rule `same_kind`) [same-kind-violation]}} expected-note:5 {{this is `i64[n]`}} expected-note:10 {{this is `float`}}

def same_kind_divide(x: i64[n]):
    x /= 2  # expected-error:5 {{`/=` cannot store `f64` in `i64` (casting rule `same_kind`)}}

def same_kind_element(x: i32[n]):
    x[0] += 0.5  # expected-error:5 {{`+=` cannot store `f64` in `i32` (casting rule `same_kind`)}}

def unsigned(x: u8[n], y: i8[n]):
    x += y  # expected-error:5 {{`+=` cannot store `i16` in `u8` (casting rule `same_kind`)}}

def narrowing(x: i64[n], y: f64[n]):
    x[...] = y  # expected-warning:5 {{storing `f64` in `i64` loses part of the value [narrowing-store]}} expected-help:5 {{write `.astype(i64)` or `i64(...)` if this is meant}}

def exact(x: i64[n]):
    x[...] = 2.0

def accumulate(x: i8[n]):
    s = 0  # expected-warning:5 {{`s` starts as a Python integer and becomes `i8`, which may overflow [narrow-accumulator]}} expected-help:5 {{start from `i64(0)` to keep 64 bits}}
    for v in x:
        s += v
    return s

def computed(x: f64[n]):
    (x + 1)[0] = 2  # expected-error:5 {{this is a computed value: storing into it has no effect [store-to-value]}} expected-help:5 {{give the array a name first}}

def read_only(x: f64[n]):
    y = np.broadcast_to(x, (3, n))
    np.broadcast_to(x, (3, n))[0] = 1  # expected-error:5 {{assignment destination is read-only [read-only-target]}}

def tuple_target(x: f64[n]):
    x.shape[0] = 3  # expected-error:5 {{`tuple` cannot be assigned to [not-assignable]}}

def attribute(x: f64[n]):
    x.size = 3  # expected-error:5 {{`f64[n]` cannot be assigned to}}

def unreachable(x: f64) -> f64:
    return x
    x = 1  # expected-warning:5 {{this statement is never reached [unreachable-code]}}

def message(x: f64):
    assert x > 0, x  # expected-error:19 {{the message of an assertion must be a literal string [assert-message]}}

def iterate(x: f64):
    for v in x:  # expected-error:14 {{`f64` cannot be looped over [not-iterable]}} expected-help:14 {{loop over `range(n)`, `prange(n)`, or the rows of an array}}
        pass

def range_float(x: f64):
    for i in range(x):  # expected-error:20 {{the bounds of a loop must be integers, got `f64` [range-not-integer]}}
        pass

def range_zero(n: int):
    for i in range(0, n, 0):  # expected-error:26 {{the step must not be zero [range-step-zero]}}
        pass

def range_many(n: int):
    for i in range(0, n, 1, 2):  # expected-error:14 {{this needs one to three arguments [range-arguments]}}
        pass

def unknown_keyword(n: int):
    for i in prange(n, threads=2):  # expected-error:24 {{`prange` has no argument `threads` [unknown-keyword]}}
        pass

def carried(x: f64[n]):
    s = 0.0
    for i in prange(n):
        x[i] = s  # expected-error:16 {{`s` carries no value from one iteration of a `prange` to another, or out of it [prange-private]}} expected-note:16 {{`s` would be a reduction if the loop used it only as `s op= value`, with one operator; this is another use}}
        s += x[i]
    return s  # expected-error:12 {{`s` carries no value from one iteration of a `prange` to another, or out of it}}

def two_operators(x: f64[n]):
    s = 0.0
    for i in prange(n):
        s += x[i]  # expected-error:9 {{`s` carries no value from one iteration of a `prange` to another, or out of it}}
        s *= 2
    return s  # expected-error:12 {{`s` carries no value from one iteration of a `prange` to another, or out of it}}

def after(x: f64[n]):
    t = 0.0
    for i in prange(n):
        t = x[i]
        x[i] = t * 2
    return t  # expected-error:12 {{`t` carries no value from one iteration of a `prange` to another, or out of it}}

def leave(x: f64[n]):
    for i in prange(n):
        if x[i] > 0:
            break  # expected-error:13 {{`break` leaves a `prange` [break-in-prange]}} expected-note@91:5 {{iterations of this loop run in any order}}

def leave_function(x: f64[n]):
    for i in prange(n):
        if x[i] > 0:
            return  # expected-error:13 {{`return` leaves a `prange` [return-in-prange]}} expected-help:13 {{store the result in a variable or array, and return it after the loop}}

def leave_inner(x: f64[n, n]):
    for i in prange(n):
        for j in range(n):
            if x[i, j] > 0:
                break

def load_untyped():
    x = np.load('x.npy')  # expected-error:9 {{the type of the loaded array must be declared [load-needs-type]}} expected-help:9 {{write `x: f64[n, k] = np.load(path)`}}

def save_where(x: f64[n]):
    np.save(3, x)  # expected-error:13 {{a path must be a string, got `int` [not-a-path]}}

def template(x):
    assert x.ndim == 2, 'a matrix is needed'  # expected-error:5 {{this assertion does not hold: a matrix is needed [assert-fails]}} expected-note@117:12 {{in this use of `template`}}
    return x

def use_template(x: f64[n]):
    return template(x)
