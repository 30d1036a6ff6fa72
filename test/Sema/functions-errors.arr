# RUN: %arrc check --verify-diagnostics %s
# Signatures, calls, results.
import numpy as np

T = f32 | f64

def bad_type(x: 3[n]):  # expected-error:17 {{`3` is not a type [not-a-type]}} expected-help:17 {{write a dtype, as in `f64` or `f64[n, m]`}}
    pass

def not_a_type(x: np):  # expected-error:19 {{`np` is not a type}}
    pass

def unsolvable(x: f64[n * m]):  # expected-error:23 {{`m` cannot be worked out from this size [unsolvable-size]}} expected-help:23 {{use `m` by itself as a size of a parameter}}
    pass

def not_a_size(x: f64[n + 0.5]):  # expected-error:23 {{this is not known to be a size [not-a-size]}}
    pass

def default(x: int = 2.5):  # expected-error:22 {{a default of type `float` for a parameter of type `int` [default-mismatch]}}
    pass

def unbound(n: int) -> T[n]:  # expected-error:24 {{no parameter says which dtype `T` is [unbound-dtype-variable]}}
    return np.zeros(n)

def helper(x: f64[n], y: f64[n], scale: f64 = 1.0) -> f64[n]:
    return (x + y) * scale

def of_two(x: T[n]) -> T[n]:
    return x

def too_many(x: f64[n]):
    return helper(x, x, 1.0, 2)  # expected-error:30 {{`helper` takes at most 3 arguments by position, got 4 [too-many-arguments]}}

def missing(x: f64[n]):
    return helper(x)  # expected-error:12 {{`helper` needs an argument `y` [missing-argument]}} expected-note@25:23 {{`y` has no default value}}

def unknown(x: f64[n]):
    return helper(x, x, scal=2)  # expected-error:25 {{`helper` has no argument `scal` [unknown-keyword]}} expected-help:25 {{did you mean `scale`?}}

def twice(x: f64[n]):
    return helper(x, x, x=x)  # expected-error:25 {{`helper` gets its argument `x` twice [duplicate-argument]}}

def wrong_dtype(x: f32[n]):
    return helper(x, x)  # expected-error:19 {{`x` is a f64 array of rank 1, got `f32[n]` [argument-type-mismatch]}} expected-note@25:12 {{`x` is declared here}} expected-help:19 {{convert with `.astype(f64)`}}

def wrong_rank(x: f64[n, n]):
    return helper(x, x)  # expected-error:19 {{`x` is a f64 array of rank 1, got `f64[n, n]`}}

def wrong_size(x: f64[3], y: f64[4]):
    return helper(x, y)  # expected-error:22 {{`y` has size 4 along axis 0, where `n` is 3 [argument-size-mismatch]}} expected-note:19 {{`n` is 3 here}}

def no_instance(x: i32[n]):
    return of_two(x)  # expected-error:19 {{`of_two` has no instance for `x` of dtype `i32` [no-instance-for-dtype]}} expected-note@28:12 {{`T` is one of `f32`, `f64`}}

def scalar_kind(x: f64[n]):
    return helper(x, x, 1j)  # expected-error:25 {{`scale` is a f64, got `complex`}}

def not_callable(x: f64[n]):
    return x(1)  # expected-error:12 {{`f64[n]` cannot be called [not-callable]}}

def builtin_missing():
    return np.sqrt()  # expected-error:12 {{`sqrt` needs an argument `x`}}

def builtin_many(x: f64[n]):
    return np.sqrt(x, x, x)  # expected-error:23 {{`sqrt` takes at most 1 arguments by position, got 3}}

def builtin_keyword(x: f64[n]):
    return np.sum(x, axes=0)  # expected-error:22 {{`sum` has no argument `axes`}}

def builtin_planned(x: f64[n]):
    return np.sqrt(x, out=x)  # expected-error:23 {{not supported yet: the argument `out` of `sqrt` [not-supported-yet]}}

def recursive(n: int):
    return recursive(n - 1) + 1  # expected-error:12 {{`recursive` calls itself, so its result must be annotated [recursion-needs-result]}} expected-note@73:5 {{write the type after `->`}}

def endless(x):
    return endless((x, 1))  # expected-error:12 {{instances of `endless` call for ever new ones [instances-too-deep]}} expected-note:12 {{in this use of `endless`}}

def use_endless():
    return endless(1)

def no_return(x: f64) -> f64:  # expected-error:5 {{`no_return` may end without returning a value [missing-return]}}
    if x > 0:
        return x

def differ(x: f64[n]):  # expected-error:5 {{the results of `differ` have no common type [returns-differ]}} expected-note@88:16 {{this is `f64[n]`}} expected-note@89:12 {{this is `int`}}
    if n > 3:
        return x
    return 1

def result_dtype(x: f64[n]) -> f32[n]:
    return x  # expected-error:12 {{this returns `f64[n]`, the function's result is `f32[n]` [return-type-mismatch]}} expected-help:12 {{convert it with `.astype(f32)`}}

def result_size(x: f64[n]) -> f64[n]:
    return np.zeros(n + 1)  # expected-error:12 {{the result has size n + 1 along axis 0, declared as n [return-shape-mismatch]}} expected-note:12 {{this is `f64[n + 1]`}}

def result_none(x: f64[n]) -> None:
    return x  # expected-error:12 {{this returns `f64[n]`, the function's result is `None`}}

def some_value(x: f64) -> f64:
    if x > 0:
        return  # expected-error:9 {{this returns `None`, the function's result is `f64`}}
    return x

@vectorize  # expected-error:2 {{not supported yet: the decorator `@vectorize`}}
def decorated(x: f64) -> f64:
    return x

def use(f, x):
    return f(x) + 'a'  # expected-error:12 {{`+` is not defined for `f64[x.shape[0]]` and `str` [operator-not-defined]}} expected-note@113:12 {{in this use of `use`}}

def in_template(x: f64[n]):
    return use(np.sin, x)

def not_a_value():
    return np.sin  # expected-error:12 {{function sin is not a value of the running program [not-a-value]}}

def unpack(x: f64[n]):
    a, b = x  # expected-error:5 {{how many rows `f64[n]` has is not known when the program is compiled [unpack-unknown-size]}}

def unpack_count():
    a, b = 1, 2, 3  # expected-error:5 {{2 names for 3 values [unpack-count]}}

def unpack_scalar(x: f64):
    a, b = x  # expected-error:5 {{`f64` cannot be unpacked [not-unpackable]}}

def annotated(x: f64[n]):
    y: i32 = 2.5  # expected-error:14 {{a value of type `float` for a name declared as `i32` [annotation-mismatch]}}

def lambda_arguments(x: f64):
    f = lambda a, b: a + b
    return f(x)  # expected-error:12 {{`lambda` needs an argument `b`}}
