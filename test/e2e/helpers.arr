"""A module that functions.arr imports."""

HALF = 0.5
T = f32 | f64

def twice(x):
    return x * 2

def mean_of(x: f64[n]) -> f64:
    return x.sum() / n

def nested(x: f64[n]) -> f64[n]:
    return twice(x) * HALF

def shifted(x: T[n], by: int) -> T[n]:
    return x + by
