# RUN: %arrc build %s --emit=ast -o - | FileCheck %s
"""The module's
docstring."""
import numpy as np, stats
import a.b as c
from stats import mean, var as variance
from shapes import (square,
                    circle as round,)

T = f32 | f64
limit: int = 10
a = b = 0; c = 1;

# CHECK: module
# CHECK-NEXT: docstring "The module's\ndocstring."
# CHECK-NEXT: import numpy as np stats
# CHECK-NEXT: import a.b as c
# CHECK-NEXT: from stats import mean var as variance
# CHECK-NEXT: from shapes import square circle as round
# CHECK-NEXT: assign T = (| f32 f64)
# CHECK-NEXT: declare limit: int = 10
# CHECK-NEXT: assign a b = 0
# CHECK-NEXT: assign c = 1

@vectorize
@guvectorize('(n),(n)->()', nopython=True)
def f(x: T[n, :], /, y: f64[2 * m] = 1.5, *, key: tuple[i64, T[...]] = None) -> T[n]:
    """What f does."""
    return x

# CHECK-NEXT: decorator vectorize
# CHECK-NEXT: decorator (call guvectorize "(n),(n)->()" nopython=True)
# CHECK-NEXT: def f -> (subscript T n)
# CHECK-NEXT:   param positional-only x: (subscript T n (slice _ _ _))
# CHECK-NEXT:   param y: (subscript f64 (* 2 m)) = 1.5
# CHECK-NEXT:   param keyword-only key: (subscript tuple i64 (subscript T ...)) = None
# CHECK-NEXT:   docstring "What f does."
# CHECK-NEXT:   return x

def g(n):
    x, (y, z) = 1, (2, 3)
    a[i, ...], b.imag = x
    [u, v] = w
    x += 1; x -= 1; x *= 1; x /= 1; x //= 1; x %= 1; x **= 1; x @= 1
    x &= 1; x |= 1; x ^= 1; x <<= 1; x >>= 1; x[0], = y
    k: f32
    if n > 0: y = 1; z = 2
    elif n:
        pass
    elif not n: pass
    else:
        x = 3
    for i, x[j] in enumerate(x):
        if i: break
        continue
    else:
        x = 0
    for row, in x: pass
    while True:
        assert n > 0, 'positive'
        assert n
    else: pass
    print(x)
    ...
    return 1, 2
    return

# CHECK-NEXT: def g
# CHECK-NEXT:   param n
# CHECK-NEXT:   assign (tuple x (tuple y z)) = (tuple 1 (tuple 2 3))
# CHECK-NEXT:   assign (tuple (subscript a i ...) (. b imag)) = x
# CHECK-NEXT:   assign (list u v) = w
# CHECK-NEXT:   update x += 1
# CHECK-NEXT:   update x -= 1
# CHECK-NEXT:   update x *= 1
# CHECK-NEXT:   update x /= 1
# CHECK-NEXT:   update x //= 1
# CHECK-NEXT:   update x %= 1
# CHECK-NEXT:   update x **= 1
# CHECK-NEXT:   update x @= 1
# CHECK-NEXT:   update x &= 1
# CHECK-NEXT:   update x |= 1
# CHECK-NEXT:   update x ^= 1
# CHECK-NEXT:   update x <<= 1
# CHECK-NEXT:   update x >>= 1
# CHECK-NEXT:   assign (tuple (subscript x 0)) = y
# CHECK-NEXT:   declare k: f32{{$}}
# CHECK-NEXT:   if (compare n > 0)
# CHECK-NEXT:     assign y = 1
# CHECK-NEXT:     assign z = 2
# CHECK-NEXT:   elif n
# CHECK-NEXT:     pass
# CHECK-NEXT:   elif (not n)
# CHECK-NEXT:     pass
# CHECK-NEXT:   else
# CHECK-NEXT:     assign x = 3
# CHECK-NEXT:   for (tuple i (subscript x j)) in (call enumerate x)
# CHECK-NEXT:     if i
# CHECK-NEXT:       break
# CHECK-NEXT:     continue
# CHECK-NEXT:   else
# CHECK-NEXT:     assign x = 0
# CHECK-NEXT:   for (tuple row) in x
# CHECK-NEXT:     pass
# CHECK-NEXT:   while True
# CHECK-NEXT:     assert (compare n > 0), "positive"
# CHECK-NEXT:     assert n{{$}}
# CHECK-NEXT:   else
# CHECK-NEXT:     pass
# CHECK-NEXT:   expr (call print x)
# CHECK-NEXT:   expr ...
# CHECK-NEXT:   return (tuple 1 2)
# CHECK-NEXT:   return{{$}}
# CHECK-NOT: {{.}}
