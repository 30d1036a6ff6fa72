# RUN: %arrc build %s --emit=typed -o - 2>/dev/null | FileCheck %s
# Templates, functions as arguments, dtype variables, ranks, defaults.
import numpy as np

T = f32 | f64
OFFSET = 3

def scaled(x: T[n], factor: T = 2.0) -> T[n]:
    return x * factor

def apply(f, x):
    return f(x)

def captured(x: f64[n], a: f64):
    return apply(lambda v: v * a + OFFSET, x), apply(np.sin, x), apply(scaled, x)

def any_rank(x: f32[...]):
    return x / x.max()

def total(x, axis=None):
    if axis is None:
        return x.sum()
    return x.sum(axis=axis)

def totals(x: f64[n, k]):
    return total(x), total(x, 0), total(x, axis=1)

def fibonacci(n: int) -> int:
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

def countdown(n: int):
    if n > 0:
        print(n)
        countdown(n - 1)

def joined(x: f64[n, k], y: f64[m, k]):
    return np.concatenate((x, y))

# CHECK-LABEL: export def scaled_f32(x.0: f32[n], factor.1: f32 = 2.0) -> f32[n]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   return multiply(x.0, factor.1)
# CHECK-LABEL: export def scaled_f64(x.0: f64[n], factor.1: f64 = 2.0) -> f64[n]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   return multiply(x.0, factor.1)
# CHECK-LABEL: def lambda(lambda.a.0: f64, v.1: f64[v.shape[0]]) -> f64[v.shape[0]]:
# CHECK-NEXT:   size v.shape[0] from v.shape[0]
# CHECK-NEXT:   return add(multiply(v.1, lambda.a.0), 3:f64)
# CHECK-LABEL: def apply(f.a.0: f64, x.1: f64[x.shape[0]]) -> f64[x.shape[0]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   return lambda(f.a.0, x.1)
# CHECK-LABEL: def apply_2(x.0: f64[x.shape[0]]) -> f64[x.shape[0]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   return sin(x.0)
# CHECK-LABEL: def apply_3(x.0: f64[x.shape[0]]) -> f64[x.shape[0]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   return scaled_f64(x.0, 2:f64)
# CHECK-LABEL: export def captured(x.0: f64[n], a.1: f64) -> tuple[f64[n], f64[n], f64[n]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   return (apply(a.1, x.0), apply_2(x.0), apply_3(x.0))
# CHECK-LABEL: export def any_rank_r1(x.0: f32[x.shape[0]]) -> f32[x.shape[0]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   return divide(x.0, reduce_max(x.0, axes=[0]):f32)
# CHECK-LABEL: export def any_rank_r2(x.0: f32[x.shape[0], x.shape[1]]) -> f32[x.shape[0], x.shape[1]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   size x.shape[1] from x.shape[1]
# CHECK-NEXT:   return divide(x.0, reduce_max(x.0, axes=[0, 1]):f32)
# CHECK-LABEL: export def any_rank_r3(x.0: f32[x.shape[0], x.shape[1], x.shape[2]]) -> f32[x.shape[0], x.shape[1], x.shape[2]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   size x.shape[1] from x.shape[1]
# CHECK-NEXT:   size x.shape[2] from x.shape[2]
# CHECK-NEXT:   return divide(x.0, reduce_max(x.0, axes=[0, 1, 2]):f32)
# CHECK-LABEL: export def any_rank_r4(x.0: f32[x.shape[0], x.shape[1], x.shape[2], x.shape[3]]) -> f32[x.shape[0], x.shape[1], x.shape[2], x.shape[3]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   size x.shape[1] from x.shape[1]
# CHECK-NEXT:   size x.shape[2] from x.shape[2]
# CHECK-NEXT:   size x.shape[3] from x.shape[3]
# CHECK-NEXT:   return divide(x.0, reduce_max(x.0, axes=[0, 1, 2, 3]):f32)
# CHECK-LABEL: def total(x.0: f64[x.shape[0], x.shape[1]]) -> f64:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   size x.shape[1] from x.shape[1]
# CHECK-NEXT:   return reduce_add(x.0, axes=[0, 1]):f64
# CHECK-LABEL: def total_2(x.0: f64[x.shape[0], x.shape[1]]) -> f64[x.shape[1]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   size x.shape[1] from x.shape[1]
# CHECK-NEXT:   return reduce_add(x.0, axes=[0]):f64[x.shape[1]]
# CHECK-LABEL: def total_3(x.0: f64[x.shape[0], x.shape[1]]) -> f64[x.shape[0]]:
# CHECK-NEXT:   size x.shape[0] from x.shape[0]
# CHECK-NEXT:   size x.shape[1] from x.shape[1]
# CHECK-NEXT:   return reduce_add(x.0, axes=[1]):f64[x.shape[0]]
# CHECK-LABEL: export def totals(x.0: f64[n, k]) -> tuple[f64, f64[k], f64[n]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size k from x.shape[1]
# CHECK-NEXT:   return (total(x.0), total_2(x.0), total_3(x.0))
# CHECK-LABEL: export def fibonacci(n.0: int) -> int:
# CHECK-NEXT:   return select(less(n.0, 2), n.0, add(fibonacci(subtract(n.0, 1)), fibonacci(subtract(n.0, 2))))
# CHECK-LABEL: export def countdown(n.0: int) -> None:
# CHECK-NEXT:   if greater(n.0, 0):
# CHECK-NEXT:     @print(n.0, '\0A')
# CHECK-NEXT:     countdown(subtract(n.0, 1))
# CHECK-LABEL: def shape_concatenate(arrays.0.0: f64[arrays.0.shape[0], arrays.0.shape[1]], arrays.1.1: f64[arrays.1.shape[0], arrays.0.shape[1]]) -> f64[arrays.0.shape[0] + arrays.1.shape[0], arrays.0.shape[1]]:
# CHECK-NEXT:   size arrays.0.shape[0] from arrays.0.shape[0]
# CHECK-NEXT:   size arrays.0.shape[1] from arrays.0.shape[1]
# CHECK-NEXT:   size arrays.1.shape[0] from arrays.1.shape[0]
# CHECK-NEXT:   first.2: f64[arrays.0.shape[0], arrays.0.shape[1]] = arrays.0.0
# CHECK-NEXT:   along.3: int = 0
# CHECK-NEXT:   total.4: int = 0
# CHECK-NEXT:   a.5: f64[arrays.0.shape[0], arrays.0.shape[1]] = arrays.0.0
# CHECK-NEXT:   total.4: int = {arrays.0.shape[0]}
# CHECK-NEXT:   a.6: f64[arrays.1.shape[0], arrays.0.shape[1]] = arrays.1.1
# CHECK-NEXT:   total.4: int = {arrays.0.shape[0] + arrays.1.shape[0]}
# CHECK-NEXT:   shape.0.7: int = total.4
# CHECK-NEXT:   shape.1.8: int = {arrays.0.shape[1]}
# CHECK-NEXT:   out.9: f64[arrays.0.shape[0] + arrays.1.shape[0], arrays.0.shape[1]] = empty([shape.0.7, shape.1.8]):f64[arrays.0.shape[0] + arrays.1.shape[0], arrays.0.shape[1]]
# CHECK-NEXT:   rows.10: f64[arrays.0.shape[0] + arrays.1.shape[0], arrays.0.shape[1]] = out.9
# CHECK-NEXT:   start.11: int = 0
# CHECK-NEXT:   a.12: f64[arrays.0.shape[0], arrays.0.shape[1]] = arrays.0.0
# CHECK-NEXT:   stop.13: int = {arrays.0.shape[0]}
# CHECK-NEXT:   store rows.10[0:stop.13, :]:f64[arrays.0.shape[0], arrays.0.shape[1]] = a.12
# CHECK-NEXT:   start.11: int = stop.13
# CHECK-NEXT:   a.14: f64[arrays.1.shape[0], arrays.0.shape[1]] = arrays.1.1
# CHECK-NEXT:   stop.13: int = {arrays.0.shape[0] + arrays.1.shape[0]}
# CHECK-NEXT:   store rows.10[start.11:stop.13, :]:f64[arrays.1.shape[0], arrays.0.shape[1]] = a.14
# CHECK-NEXT:   start.11: int = stop.13
# CHECK-NEXT:   return out.9
# CHECK-LABEL: export def joined(x.0: f64[n, k], y.1: f64[m, k]) -> f64[n + m, k]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size k from x.shape[1]
# CHECK-NEXT:   size m from y.shape[0]
# CHECK-NEXT:   check y.shape[1] == k
# CHECK-NEXT:   return shape_concatenate(x.0, y.1)
