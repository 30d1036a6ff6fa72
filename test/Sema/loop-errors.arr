# RUN: %arrc check --verify-diagnostics %s
# A loop's body is checked on trial; its errors are reported once, not lost.

def scalar(x: int) -> int:
    while x != 1:
        x = 3 * x + reshape     # expected-error:13 {{`+` is not defined for `int` and `function reshape` [operator-not-defined]}}
    return x

def array(x: f64[n]) -> f64:
    for i in range(3):
        x = 3 * x + reshape     # expected-error:13 {{`+` is not defined for `f64[n]` and `function reshape`}}
    return 1.0
