import numpy as np


def norm2(x: f64[n, k]) -> f64[n]:
    y = x * x
    return np.sqrt(y.sum(axis=1))
