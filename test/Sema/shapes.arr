# RUN: %arrc build %s --emit=typed -o - 2>/dev/null | FileCheck %s
# Symbolic sizes: what is proved, what is checked when the program runs.
import numpy as np

def slices(x: f64[n]):
    return x[1:] - x[:-1], x[2:] - x[:-2], x[1:-1] * 2, x[::-1] + x, x[:n] + x

def solved(x: f64[m + 1], y: f64[2 * m], z: f64[m // 2]):
    return x[1:] + y[::2], z

def checked(x: f64[n, k], y: f64[k, n]) -> f64[n]:
    return (x @ y).sum(axis=1)

def result(x: f64[n], y: f64[m]) -> f64[n]:
    return x + y

def by_parameter(n: int, x: f64[n]):
    return np.zeros(n) + x, np.arange(n), np.empty((n, 2 * n + 1))

def views(x: f64[n, m, k]):
    return x.T, x[:, np.newaxis, 0], x[..., 0], x.reshape(-1, k), x.reshape(n * m, k), np.moveaxis(x, 0, -1)

def reduced(x: f64[n, m, k]):
    return x.sum(axis=(0, -1)), x.max(axis=1, keepdims=True), x.argmin(axis=2)

def einsum(a: f64[n, k], b: f64[k, m]):
    return np.einsum('ij,jk', a, b), np.einsum('ij->ji', a), np.einsum('ij->', a), np.einsum('ij,jk->ki', a, b)

def diagonals(a: f64[n, n]):
    return np.einsum('ii->i', a), np.einsum('ii', a), np.trace(a)

def unknown(x: f64[n], k: int):
    a = np.zeros(k)
    b = np.zeros(k)
    return a + b, x[k:]

# CHECK-LABEL: export def slices(x.0: f64[n]) -> tuple[f64[?1], f64[?2], f64[?2], f64[n], f64[n]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size ?1
# CHECK-NEXT:   size ?2
# CHECK-NEXT:   return (subtract(x.0[1:]:f64[?1], x.0[:-1]:f64[?1]), subtract(x.0[2:]:f64[?2], x.0[:-2]:f64[?2]), multiply(x.0[1:-1]:f64[?2], 2:f64), add(x.0[::-1]:f64[n], x.0), add(x.0[:{n}]:f64[n], x.0))
# CHECK-LABEL: export def solved(x.0: f64[m + 1], y.1: f64[2 * m], z.2: f64[m // 2]) -> tuple[f64[m], f64[m // 2]]:
# CHECK-NEXT:   size m from x.shape[0] == 1 * m + 1
# CHECK-NEXT:   size m // 2 = (m) // (2)
# CHECK-NEXT:   check y.shape[0] == 2 * m
# CHECK-NEXT:   check z.shape[0] == m // 2
# CHECK-NEXT:   return (add(x.0[1:]:f64[m], y.1[::2]:f64[m]), z.2)
# CHECK-LABEL: export def checked(x.0: f64[n, k], y.1: f64[k, n]) -> f64[n]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size k from x.shape[1]
# CHECK-NEXT:   check y.shape[0] == k
# CHECK-NEXT:   check y.shape[1] == n
# CHECK-NEXT:   return reduce_add(einsum('ab,bc->ac', x.0, y.1):f64[n, n], axes=[1]):f64[n]
# CHECK-LABEL: export def result(x.0: f64[n], y.1: f64[m]) -> f64[n]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size m from y.shape[0]
# CHECK-NEXT:   size ?2
# CHECK-NEXT:   check result 0.shape[0] == n
# CHECK-NEXT:   return add(x.0, y.1)
# CHECK-LABEL: export def by_parameter(n.0: int, x.1: f64[n]) -> tuple[f64[n], i64[n], f64[n, 2 * n + 1]]:
# CHECK-NEXT:   size n from n
# CHECK-NEXT:   check x.shape[0] == n
# CHECK-NEXT:   return (add(fill([n.0], 0:f64):f64[n], x.1), arange(0:i64, 1:i64, {n}):i64[n], empty([n.0, {2 * n + 1}]):f64[n, 2 * n + 1])
# CHECK-LABEL: export def views(x.0: f64[n, m, k]) -> tuple[f64[k, m, n], f64[n, 1, k], f64[n, m], f64[n * m, k], f64[n * m, k], f64[m, k, n]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size m from x.shape[1]
# CHECK-NEXT:   size k from x.shape[2]
# CHECK-NEXT:   return (transpose(x.0, [2, 1, 0]), x.0[:, newaxis, 0, :]:f64[n, 1, k], x.0[:, :, 0]:f64[n, m], reshape(x.0, [-1, {k}]):f64[n * m, k], reshape(x.0, [{n * m}, {k}]):f64[n * m, k], transpose(x.0, [1, 2, 0]))
# CHECK-LABEL: export def reduced(x.0: f64[n, m, k]) -> tuple[f64[m], f64[n, 1, k], i64[n, m]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size m from x.shape[1]
# CHECK-NEXT:   size k from x.shape[2]
# CHECK-NEXT:   return (reduce_add(x.0, axes=[0, 2]):f64[m], reduce_max(x.0, axes=[1], keepdims):f64[n, 1, k], reduce_argmin(x.0, axes=[2]):i64[n, m])
# CHECK-LABEL: export def einsum(a.0: f64[n, k], b.1: f64[k, m]) -> tuple[f64[n, m], f64[k, n], f64, f64[m, n]]:
# CHECK-NEXT:   size n from a.shape[0]
# CHECK-NEXT:   size k from a.shape[1]
# CHECK-NEXT:   size m from b.shape[1]
# CHECK-NEXT:   check b.shape[0] == k
# CHECK-NEXT:   return (einsum('ab,bc->ac', a.0, b.1):f64[n, m], transpose(a.0, [1, 0]), reduce_add(a.0, axes=[0, 1]):f64, einsum('ab,bc->ca', a.0, b.1):f64[m, n])
# CHECK-LABEL: export def diagonals(a.0: f64[n, n]) -> tuple[f64[n], f64, f64]:
# CHECK-NEXT:   size n from a.shape[0]
# CHECK-NEXT:   check a.shape[1] == n
# CHECK-NEXT:   return (diagonal(a.0, {{\[\[}}0, 1]]), reduce_add(diagonal(a.0, {{\[\[}}0, 1]]), axes=[0]):f64, reduce_add(diagonal(a.0, {{\[\[}}0, 1]]), axes=[0]):f64)
# CHECK-LABEL: export def unknown(x.0: f64[n], k.1: int) -> tuple[f64[?1], f64[?2]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size ?1
# CHECK-NEXT:   size ?2
# CHECK-NEXT:   a.2: f64[?1] = fill([k.1], 0:f64):f64[?1]
# CHECK-NEXT:   b.3: f64[?1] = fill([k.1], 0:f64):f64[?1]
# CHECK-NEXT:   return (add(a.2, b.3), x.0[k.1:]:f64[?2])
