# RUN: %arrc check --verify-diagnostics %s
import numpy as np

a, b = 1, 2             # expected-error:1 {{a constant of a module needs a name and a value [constant-target]}}
c: f64                  # expected-error:1 {{a constant of a module needs a name and a value}}

@extern('f')            # expected-error:2 {{`@extern` needs the name of a C function, annotated parameters, and `...` as the body [extern-form]}}
def g(x: f64) -> f64:
    return x

def number(x: f64[n]) -> f64:
    return float('abc') + float('12')   # expected-error:18 {{operand must be a number or array, got `str` [not-a-number]}}

def array(x: f64[n]) -> f64:
    y = np.transpose(3.0)               # expected-error:22 {{an array is needed, got `float` [not-an-array]}}
    return 1.0
