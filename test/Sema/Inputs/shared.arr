PI = 3
def half(x: f64[n]) -> f64[n]:
    return x / 2
def twice(x):
    return x * 2
