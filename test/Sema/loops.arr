# RUN: %arrc build %s --emit=typed -o - 2>/dev/null | FileCheck %s
# One type for each name where control flow meets; reductions of prange.
import numpy as np

def accumulate(x: f32[n]) -> f32:
    s = 0.0
    for v in x:
        s += v
    return s

def branches(c: bool):
    if c:
        t = 1
    else:
        t = 2.5
    return t

def shrink(x: f64[n]):
    while len(x) > 1:
        x = x[1:]
    return x

def swap(a: f64[n], b: f64[n], steps: int):
    for k in range(steps):
        a, b = b, a
    return a

def reductions(x: f64[n]):
    s = 0.0
    m = -np.inf
    c = 0
    for i in prange(n):
        s += x[i]
        m = max(m, x[i])
        if x[i] > 0:
            c += 1
    return s, m, c

def private(x: f64[n, k], y: f64[n]):
    for i in prange(n):
        t = 0.0
        for j in range(k):
            t += x[i, j]
        y[i] = t

def pairs(x: f64[n], y: f64[n]):
    s = 0.0
    for i, (a, b) in enumerate(zip(x, y)):
        s += i * a * b
    return s

def search(x: f64[n]):
    i = 0
    while True:
        if x[i] > 3:
            r = i
            break
        i += 1
    return r

def chained(a: f64, b: f64) -> bool:
    return 0 < a + b < 1

# CHECK-LABEL: export def accumulate(x.0: f32[n]) -> f32:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   s.1: float = 0
# CHECK-NEXT:   rows.2: f32[n] = x.0
# CHECK-NEXT:   s.6: f32 = 0:f32
# CHECK-NEXT:   for i.3 in range(0, {n}, 1):
# CHECK-NEXT:     v.7: f32 = rows.2[i.3]
# CHECK-NEXT:     s.6: f32 = add(s.6, v.7)
# CHECK-NEXT:   return s.6
# CHECK-LABEL: export def branches(c.0: bool) -> float:
# CHECK-NEXT:   if c.0:
# CHECK-NEXT:     t.1: int = 1
# CHECK-NEXT:     t.2: float = 1
# CHECK-NEXT:   else:
# CHECK-NEXT:     t.2: float = 2.5
# CHECK-NEXT:   return t.2
# CHECK-LABEL: export def shrink(x.0: f64[n]) -> f64[?1]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size ?1
# CHECK-NEXT:   size ?2
# CHECK-NEXT:   x.2: f64[?1] = x.0
# CHECK-NEXT:   while greater(dim(x.2, 0), 1):
# CHECK-NEXT:     x.3: f64[?2] = x.2[1:]:f64[?2]
# CHECK-NEXT:     x.2: f64[?1] = x.3
# CHECK-NEXT:   return x.2
# CHECK-LABEL: export def swap(a.0: f64[n], b.1: f64[n], steps.2: int) -> f64[n]:
# CHECK-NEXT:   size n from a.shape[0]
# CHECK-NEXT:   check b.shape[0] == n
# CHECK-NEXT:   for k.3 in range(0, steps.2, 1):
# CHECK-NEXT:     tmp.4: f64[n] = b.1
# CHECK-NEXT:     tmp.5: f64[n] = a.0
# CHECK-NEXT:     a.0: f64[n] = tmp.4
# CHECK-NEXT:     b.1: f64[n] = tmp.5
# CHECK-NEXT:   return a.0
# CHECK-LABEL: export def reductions(x.0: f64[n]) -> tuple[f64, f64, int]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   s.1: float = 0
# CHECK-NEXT:   m.2: float = -inf
# CHECK-NEXT:   c.3: int = 0
# CHECK-NEXT:   m.8: f64 = -inf:f64
# CHECK-NEXT:   s.9: f64 = 0:f64
# CHECK-NEXT:   for i.4 in prange(0, {n}, 1) reduce add c.3 reduce max m.8 reduce add s.9:
# CHECK-NEXT:     s.9: f64 = add(s.9, x.0[i.4])
# CHECK-NEXT:     m.8: f64 = (let tmp.10 = x.0[i.4] in where(greater(tmp.10, m.8), tmp.10, m.8))
# CHECK-NEXT:     if greater(x.0[i.4], 0:f64):
# CHECK-NEXT:       c.3: int = add(c.3, 1)
# CHECK-NEXT:   return (s.9, m.8, c.3)
# CHECK-LABEL: export def private(x.0: f64[n, k], y.1: f64[n]) -> None:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   size k from x.shape[1]
# CHECK-NEXT:   check y.shape[0] == n
# CHECK-NEXT:   for i.2 in prange(0, {n}, 1):
# CHECK-NEXT:     t.3: float = 0
# CHECK-NEXT:     t.6: f64 = 0:f64
# CHECK-NEXT:     for j.4 in range(0, {k}, 1):
# CHECK-NEXT:       t.6: f64 = add(t.6, x.0[i.2, j.4])
# CHECK-NEXT:     store y.1[i.2] = t.6
# CHECK-LABEL: export def pairs(x.0: f64[n], y.1: f64[n]) -> f64:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   check y.shape[0] == n
# CHECK-NEXT:   s.2: float = 0
# CHECK-NEXT:   rows.3: f64[n] = x.0
# CHECK-NEXT:   rows.4: f64[n] = y.1
# CHECK-NEXT:   s.15: f64 = 0:f64
# CHECK-NEXT:   for i.5 in range(0, {n}, 1):
# CHECK-NEXT:     tmp.16: int = i.5
# CHECK-NEXT:     tmp.0.17: f64 = rows.3[i.5]
# CHECK-NEXT:     tmp.1.18: f64 = rows.4[i.5]
# CHECK-NEXT:     i.19: int = tmp.16
# CHECK-NEXT:     tmp.20: f64 = tmp.0.17
# CHECK-NEXT:     tmp.21: f64 = tmp.1.18
# CHECK-NEXT:     a.22: f64 = tmp.20
# CHECK-NEXT:     b.23: f64 = tmp.21
# CHECK-NEXT:     s.15: f64 = add(s.15, multiply(multiply(f64(i.19), a.22), b.23))
# CHECK-NEXT:   return s.15
# CHECK-LABEL: export def search(x.0: f64[n]) -> int:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   i.1: int = 0
# CHECK-NEXT:   while True:
# CHECK-NEXT:     if greater(x.0[i.1], 3:f64):
# CHECK-NEXT:       r.2: int = i.1
# CHECK-NEXT:       break
# CHECK-NEXT:     i.1: int = add(i.1, 1)
# CHECK-NEXT:   return r.2
# CHECK-LABEL: export def chained(a.0: f64, b.1: f64) -> bool:
# CHECK-NEXT:   return (let tmp.2 = add(a.0, b.1) in and(less(0:f64, tmp.2), less(tmp.2, 1:f64)))
