"""Array expressions, as one would give them to numexpr.

What to notice: each function is one loop over its arguments. Nothing between
the operators is stored, so the speed is that of memory. Powers with a constant
exponent are products, exp, sin and log run on whole vectors.
"""
import numpy as np

T = f32 | f64


def polynomial(a: T[n]) -> T[n]:
    return a**3 + a**2 + a + 1.


def mathematical(a: T[n], b: T[n]) -> T[n]:
    return np.exp(-a) * np.sin(b) + np.log(1 + a)


def clipped_difference(a: T[n], b: T[n]) -> T[n]:
    d = a - b                            # a name for a part costs nothing
    return np.where(d > 0, np.minimum(d, 1), 0)


def norm(a: T[n]) -> T:
    """A reduction fuses with what it reduces: a is read once."""
    return np.sqrt((a * a).sum())


def standardise(x: T[n, k]) -> T[n, k]:
    """Columns with mean 0 and deviation 1; keepdims makes the statistics broadcast."""
    centred = x - x.mean(axis=0, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(axis=0, keepdims=True))


def main(count: int = 1000):
    """Evaluates the expressions on a grid."""
    a = np.linspace(0, 1, count)
    b = np.linspace(-3, 3, count)
    print(polynomial(a).sum())
    print(mathematical(a, b).sum())
    print(clipped_difference(a, b).max())
    print(norm(a))
    x = standardise(np.arange(12.).reshape(4, 3))
    print(x)
