"""Calls: templates, defaults, keywords, tuples, dtype variables, lambdas, modules."""
import numpy as np
import helpers
from helpers import twice, mean_of
import helpers as h

T = f32 | f64
U = i32 | f64

def plus(a, b):
    return a + b

def use_template(x: T[n], i: int):
    return plus(x, x), plus(x, 1), plus(i, 2), plus(1.5, x)

def apply(f, x):
    return f(x)

def use_lambda(x: T[n]):
    return apply(lambda v: v * 2 + 1, x), apply(np.abs, x), apply(twice, x)

def defaulted(x: f64[n], scale: float = 2., shift: int = 3) -> f64[n]:
    return x * scale + shift

def call_defaults(x: f64[n]):
    return defaulted(x), defaulted(x, 3.), defaulted(x, shift=1), defaulted(shift=5, x=x, scale=0.5)

def with_flag(x: f64[n], negate: bool = False) -> f64[n]:
    return -x if negate else x + 0

def call_flags(x: f64[n]):
    return with_flag(x), with_flag(x, True), with_flag(x, negate=n > 3)

def pair(x: T[n]) -> tuple[T[n], T]:
    return x * 2, x.sum()

def unpack_pair(x: T[n]):
    a, s = pair(x)
    return a + s, s

def index_pair(x: T[n]):
    p = pair(x)
    return p[0], p[1]

def nested_tuples(x: f64):
    (a, b), c = (x, x + 1), x + 2
    return a, b, c

def tuple_swap(a: int, b: int):
    a, b = b, a + b
    a, b = b, a + b
    return a, b

def shape_tuple(x: f64[n, k]):
    r, c = x.shape
    return r, c, np.zeros(x.shape)

def both_variables(x: T[n], y: U[n]):
    return x + y, np.zeros(n, dtype=T), np.zeros(n, dtype=U)

def cast_to_variable(x: f64, y: T[n]) -> T[n]:
    return y * T(x)

def inferred(x: T[n, k]):
    return x[0] if n > 0 else np.zeros(k, dtype=T)

def symbol_checks(x: f64[n], y: f64[n], a: f64[n, n]) -> f64[n]:
    return x + y + a.sum(axis=0)

#: call (arange(3.), arange(4.)) raises ValueError
#: only calls
def equal_sizes_oracle(x: f64[n], y: f64[n]) -> f64[n]:
    return x + y

def plus_one(x: f64[n], y: f64[n + 1]) -> f64[n]:
    return x + y[1:] - y[:-1]

def solved(y: f64[n + 2]) -> f64[n]:
    return y[2:] - y[:n]

def doubled(y: f64[2 * n]) -> f64[n]:
    return y[:n] + y[n:]

def flattened(x: f64[n, k], y: f64[n * k]) -> f64[n * k]:
    return x.reshape(n * k) + y

def halved(x: f64[n], y: f64[n // 2]) -> f64[n // 2]:
    return x[:n // 2] + y

def fixed(x: f64[3], y: f64[3, 3]) -> f64[3]:
    return y @ x

def dims_as_integers(x: f64[n, k]) -> i64:
    return n * 100 + k - n // 2

def any_rank(x: T[...]) -> T[...]:
    return x * 2 + 1

def last_axis(x: f64[..., k]):
    return x.sum(axis=-1), x - 1

def scalars_only(a: f64, b: f64 = 0.5) -> f64:
    return a * b

def call_scalars(a: f64):
    return scalars_only(a), scalars_only(a, 2), scalars_only(b=a, a=1)

def imported(x: f64[n + 1]):
    return twice(x), helpers.twice(x), h.twice(x), mean_of(x) * (n + 1), helpers.HALF, helpers.nested(x)

def weak_argument(x: T[n], i: int):
    return helpers.shifted(x, i), helpers.shifted(x, 1), helpers.shifted(x, n)

def documented(x: f64[n]) -> f64:
    """The sum.

    Of all elements.
    """
    return x.sum()

def template_of_rank(x):
    return x.sum()

def use_rank_template(x: f64[n, k], y: i32[n]):
    return template_of_rank(x), template_of_rank(y), template_of_rank(x + 1)

def generic_norm(x, p):
    if p == 1:
        return np.abs(x).sum()
    return (x * x).sum()

def norms(x: T[n]):
    return generic_norm(x, 1), generic_norm(x, 2)

def writes_through_template(x: f64[n]):
    fill(x[::2], 1)
    fill(x[1::2], 2)

def fill(x, value):
    x[...] = value

def no_parameters() -> f64:
    return 42.

def returns_none(x: f64[n]):
    x *= 1

def long_chain(x: f64[n]) -> f64[n]:
    return first(first(first(x)))

def first(x: f64[n]) -> f64[n]:
    y = x + 1
    y[:1] = 0
    return second(y)

def second(x: f64[n]) -> f64[n]:
    return x[::-1] - 1

def multiple_assign(x: f64[n]):
    a = b = x + 1
    a += 1
    return a, b

def scalar_multiple():
    a = b = c = 3
    a += 1
    return a, b, c
