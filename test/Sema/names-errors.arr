# RUN: %arrc check --verify-diagnostics %s
# Undefined, misspelt, conflicting and missing names; modules.
import numpy as np
import nowhere  # expected-error:8 {{module `nowhere` not found [module-not-found]}} expected-help:8 {{`nowhere.arr` is looked for beside this file, on the -I paths, and in the standard library}}
import math  # expected-error:8 {{module `math` not found}}
from distance import cdist, eucledian  # expected-error:29 {{module `distance` has no `eucledian` [no-such-module-name]}} expected-help:29 {{did you mean `euclidean`?}}
import stats  # expected-error:8 {{module `stats` not found}}

LIMIT = 10
A = B + 1  # expected-error:5 {{the value of `B` depends on itself}}
B = A  # expected-error:5 {{the value of `A` depends on itself [circular-constant]}}
LIMIT = 11  # expected-error:1 {{`LIMIT` is defined twice [redefinition]}} expected-note@9:1 {{`LIMIT` is first defined here}}

def undefined(x: f64[n]) -> f64[n]:
    return x + lenght  # expected-error:16 {{undefined name `lenght` [undefined-name]}}

def misspelt(x: f64[n]):
    length = n
    return x + lenght  # expected-error:16 {{undefined name `lenght`}}

def numpy_name(x: f64[n]):
    return np.sqtr(x)  # expected-error:15 {{numpy has no `sqtr` [no-such-numpy-name]}} expected-help:15 {{did you mean `np.sqrt`?}}

def numpy_unknown(x: f64[n]):
    return np.frobnicate(x)  # expected-error:15 {{numpy has no `frobnicate`}}

def planned(x: f64[n]):
    return np.fromiter(x)  # expected-error:12 {{not supported yet: `np.fromiter` [not-supported-yet]}}

def planned_module(x: f64[n, n]):
    return np.linalg.inv(x)  # expected-error:12 {{not supported yet: `np.linalg.inv`}}

def planned_method(x: f64[n]):
    return x.tolist()  # expected-error:12 {{not supported yet: `.tolist`}}

def attribute(x: f64[n]):
    return x.lenght  # expected-error:14 {{`f64[n]` has no attribute `lenght` [no-such-attribute]}}

def branch(c: bool) -> int:
    if c:
        x = 1
    return x  # expected-error:12 {{`x` may have no value here [possibly-undefined]}} expected-note@40:8 {{`x` gets no value when this is false}}

def loop(n: int) -> int:
    for i in range(n):
        x = i
    return x  # expected-error:12 {{`x` may have no value here}}

def loop_variable(n: int) -> int:
    for i in range(n):
        pass
    return i  # expected-error:12 {{`i` may have no value here}}

def first_iteration(n: int) -> int:
    t = 0
    for i in range(n):
        if i > 0:
            t += last  # expected-error:18 {{`last` may have no value here}}
        last = i
    return t

def broken_off(x: f64[n]) -> f64:
    for i in range(n):
        if x[i] > 0:
            found = x[i]
            break
    return found  # expected-error:12 {{`found` may have no value here}}

def two_types(c: bool, x: f64[n]):
    if c:
        y = x
    else:
        y = 1
    return y  # expected-error:12 {{`y` is `f64[n]` on one path and `int` on another; it needs one type here [conflicting-types]}} expected-note@73:9 {{`y` is assigned here}} expected-help:12 {{use a different name for each type, or convert}}

def module_name(x: f64[n, k]):
    return stats.mean(x)  # expected-error:12 {{undefined name `stats`}}

def twice(x: f64) -> f64:
    return x

def twice(x: f64) -> f64:  # expected-error:5 {{`twice` is defined twice}}
    return x
