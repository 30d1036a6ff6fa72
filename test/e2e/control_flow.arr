"""if, for, while, break, continue, else, return anywhere, recursion."""
import numpy as np

def sign(x: f64) -> i64:
    if x > 0:
        return 1
    elif x < 0:
        return -1
    else:
        return 0

def early_return(x: f64[n]) -> i64:
    for i in range(n):
        if x[i] < 0:
            return i
    return -1

def nested_return(x: f64[n, k]) -> i64:
    for i in range(n):
        for j in range(k):
            if x[i, j] > 5:
                return i * k + j
    return -1

def first_break(x: f64[n]) -> i64:
    found = -1
    for i in range(n):
        if x[i] > 3:
            found = i
            break
    return found

def for_else(x: f64[n]) -> i64:
    for i in range(n):
        if x[i] == 7:
            r = i
            break
    else:
        r = -5
    return r

def continues(x: i64[n]) -> i64:
    s = 0
    for i in range(n):
        if x[i] % 2 == 0:
            continue
        if x[i] > 5:
            break
        s += x[i]
    return s

#: a in -10..10
#: b in -10..10
#: s in 1..4
def ranges(a: int, b: int, s: int):
    p = 0
    for i in range(b):
        p += i
    q = 0
    for i in range(a, b):
        q += i * i
    r = 0
    for i in range(a, b, s):
        r = r * 3 + i
    t = 0
    for i in range(b, a, -s):
        t = t * 3 + i
    return p, q, r, t

#: call (5, 0) raises ValueError: range() arg 3 must not be zero
#: only calls
def zero_range(n: int, s: int) -> int:
    c = 0
    for i in range(0, n, s):
        c += 1
    return c

#: n in 1..9
def loop_variable_after(n: int):
    i = 50
    for i in range(n):
        pass
    j = 100
    for j in range(n, 0, -2):
        pass
    return i, j

#: n in 0..9
def loop_variable_assigned(n: int) -> int:
    s = 0
    for i in range(n):
        i = i * 2
        s += i
    return s

#: x in 1..60
def collatz(x: int) -> int:
    steps = 0
    while x != 1:
        if x % 2 == 0:
            x = x // 2
        else:
            x = 3 * x + 1
        steps += 1
    return steps

#: x in 0..30
def while_else(x: int) -> int:
    i = 0
    while i * i < x:
        if i == 4:
            break
        i += 1
    else:
        i = -i
    return i

#: x in 0..30
def while_true(x: int) -> int:
    i = 0
    while True:
        i += 3
        if i > x:
            break
        if i % 2:
            continue
        i += 1
    return i

#: a in 0..500
#: b in 0..500
def gcd(a: int, b: int) -> int:
    while b != 0:
        a, b = b, a % b
    return a

#: n in 0..15
def fib(n: int) -> int:
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

#: n in 0..12
def is_even(n: int) -> bool:
    if n == 0:
        return True
    return is_odd(n - 1)

#: n in 0..12
def is_odd(n: int) -> bool:
    if n == 0:
        return False
    return is_even(n - 1)

def recursive_sum(x: f64[n]) -> f64:
    if n == 0:
        return 0.
    if n == 1:
        return x[0]
    h = n // 2
    return recursive_sum(x[:h]) + recursive_sum(x[h:])

#: n = 0 1 2 9
def recursive_sort(x: i64[n]) -> None:
    if n > 1:
        p = x[n - 1]
        s = 0
        for i in range(n - 1):
            if x[i] < p:
                x[i], x[s] = x[s], x[i]
                s += 1
        x[s], x[n - 1] = x[n - 1], x[s]
        recursive_sort(x[:s])
        recursive_sort(x[s + 1:])

def bubble_sort(x: f64[n]):
    for i in range(n):
        for j in range(n - 1 - i):
            if x[j] > x[j + 1]:
                x[j], x[j + 1] = x[j + 1], x[j]

#: n = 0 1 5 40
def over_rows(x: f64[n, k]) -> f64[n]:
    r = np.zeros(n)
    i = 0
    for row in x:
        r[i] = row.sum()
        i += 1
    return r

def over_elements(x: i32[n]) -> i64:
    s = 0
    for v in x:
        s += int(v) * 2
    return s

def enumerated(x: f64[n]) -> f64:
    s = 0.
    for i, v in enumerate(x):
        s += i * v
    return s

def zipped(x: f64[n], y: f64[n]) -> f64:
    s = 0.
    for a, b in zip(x, y):
        s += a * b
    return s

def arrays_join(x: f64[n], flag: bool) -> f64[n]:
    if flag:
        y = x * 2
    else:
        y = x - 1
    return y

def shrinking(x: f64[n]) -> f64:
    y = x + 0
    s = 0.
    while len(y) > 1:
        y = y[1:] - y[:-1]
        y = np.minimum(np.maximum(y, -8), 8)
        s += y[0]
    return s

def growing(x: f64[n]) -> f64:
    y = x + 0
    while len(y) > 1:
        y = y[: len(y) // 2] + 1
    return y.sum()

#: k in 0..12
def power_by_squaring(x: i64, k: int) -> i64:
    r = i64(1)
    b = x
    while k > 0:
        if k & 1:
            r *= b
        b *= b
        k >>= 1
    return r

def conditional_array(x: f64[n], flag: bool):
    return x + 1 if flag else x * 2

def conditional_view(x: f64[n], flag: bool):
    v = x[::2] if flag else x[::-1]
    v += 1

def weak_accumulator(x: f32[n]):
    s = 0.0
    for i in range(n):
        s += x[i]
    return s / 2

def weak_then_strong(x: f32[n + 1], flag: bool) -> f32:
    v = 0
    if flag:
        v = x[0]
    return v + x[0] * 0

def straight_line_rebinding(x: f64[n]):
    a = 1
    b = a + 1
    a = x + b
    c = a.sum()
    a = 2.5
    return a, b, c

def deep_nest(x: i64[n]) -> i64:
    c = 0
    for i in range(min(n, 6)):
        for j in range(i):
            for k in range(j):
                if (i + j + k) % 2:
                    if i > 3:
                        break
                    c += 1
                else:
                    for l in range(k):
                        if l == 2:
                            continue
                        c += x[i]
    return c

def triangular(x: f64[n, n]) -> f64:
    s = 0.
    for i in range(n):
        for j in range(i + 1, n):
            s += x[i, j] - x[j, i]
    return s

def passes(x: f64[n]):
    pass

def none_result(x: f64[n]) -> None:
    x += 1
    return

def sometimes_returns(x: f64[n]) -> None:
    if n > 3:
        x += 1
        return
    x -= 1

def asserts(x: f64[n]) -> f64:
    assert n >= 0, 'sizes are not negative'
    return x.sum()

#: call (-1) raises AssertionError: must be positive
#: call (1) gives 1
#: only calls
def assert_message(i: int) -> int:
    assert i > 0, 'must be positive'
    return i

def mandel(cr: f64, ci: f64) -> i64:
    zr = 0.
    zi = 0.
    for i in range(50):
        t = zr * zr - zi * zi + cr
        zi = 2 * zr * zi + ci
        zr = t
        if zr * zr + zi * zi > 4:
            return i
    return 50
