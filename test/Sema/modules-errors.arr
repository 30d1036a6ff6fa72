# RUN: %arrc check --verify-diagnostics %s
# Constants of a module, `@extern`, arguments that are no arrays.
import numpy as np

a, b = 1, 2  # expected-error:1 {{a constant of a module needs a name and a value [constant-target]}}

@extern(cos)  # expected-error:2 {{`@extern` needs the name of a C function, annotated parameters, and `...` as the body [extern-form]}}
def wrong_extern(x: f64) -> f64: ...

@extern('cos')  # expected-error:2 {{`@extern` needs the name of a C function}}
def with_body(x: f64) -> f64:
    return x

def number():
    return np.sqrt('a')  # expected-error:20 {{argument must be a number or array, got `str` [not-a-number]}}

def array(x: f64):
    return np.transpose(x)  # expected-error:25 {{an array is needed, got `f64` [not-an-array]}}
