# RUN: %arrc check --verify-diagnostics %s
# What a NumPy user forgets first.

def forgotten_import(x: f64[n]) -> f64[n]:
    return np.sin(x)  # expected-error:12 {{undefined name `np`}} expected-help:12 {{write `import numpy as np` at the top of the file}}

def misspelt_method(x: f64[n]) -> f64:
    return x.summ()  # expected-error:14 {{`f64[n]` has no attribute `summ`}} expected-help:14 {{did you mean `sum`?}}
