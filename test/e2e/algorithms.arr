"""Textbook algorithms on integers: sorting, searching, graphs, dynamic programming."""
import numpy as np

#: only calls
#: call (2)
#: call (3)
#: call (30)
#: call (1000)
def sieve(limit: i64) -> bool[:]:
    """Which numbers up to `limit` are prime."""
    is_prime = np.ones(limit + 1, dtype=bool)
    is_prime[:2] = False
    i = 2
    while i * i <= limit:
        if is_prime[i]:
            is_prime[i * i::i] = False
        i += 1
    return is_prime

#: n = 0 1 2 7 20
def bubble_sort(x: i64[n]) -> i64[n]:
    a = x.copy()
    for i in range(n):
        swapped = False
        for j in range(0, n - i - 1):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
                swapped = True
        if not swapped:
            break
    return a

#: n = 0 1 2 9 40
def insertion_sort(a: f64[n]):
    for i in range(1, n):
        key = a[i]
        j = i - 1
        while j >= 0 and a[j] > key:
            a[j + 1] = a[j]
            j -= 1
        a[j + 1] = key

#: n = 0 1 2 9 40
def heap_sort(x: i32[n]) -> i32[n]:
    a = x.copy()
    for start in range(n // 2 - 1, -1, -1):
        sift_down(a, start, n)
    for end in range(n - 1, 0, -1):
        a[0], a[end] = a[end], a[0]
        sift_down(a, 0, end)
    return a

def sift_down(a, start, end):
    root = start
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and a[child] < a[child + 1]:
            child += 1
        if a[root] >= a[child]:
            return
        a[root], a[child] = a[child], a[root]
        root = child

#: only calls
#: call (np.array([1, 4, 4, 9, 12]), 4)
#: call (np.array([1, 4, 4, 9, 12]), 13)
#: call (np.array([1, 4, 4, 9, 12]), 0)
#: call (np.array([], dtype=np.int64), 7)
#: call (np.array([7]), 7)
def binary_search(a: i64[n], target: i64) -> int:
    lo, hi = 0, n - 1
    while lo <= hi:
        mid = (lo + hi) // 2
        if a[mid] == target:
            return mid
        elif a[mid] < target:
            lo = mid + 1
        else:
            hi = mid - 1
    return -1

#: a in 0..3
#: b in 0..3
#: n = 0 1 5 12
#: m = 0 1 4 13
def edit_distance(a: u8[n], b: u8[m]) -> i64:
    d = np.zeros((n + 1, m + 1), dtype=np.int64)
    d[:, 0] = np.arange(n + 1)
    d[0, :] = np.arange(m + 1)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            d[i, j] = min(d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + cost)
    return d[n, m]

#: a in 0..3
#: b in 0..3
#: n = 0 1 5 12
#: m = 0 1 4 13
def longest_common_subsequence(a: i32[n], b: i32[m]) -> i64:
    previous = np.zeros(m + 1, dtype=i64)
    for i in range(n):
        current = np.zeros(m + 1, dtype=i64)
        for j in range(m):
            if a[i] == b[j]:
                current[j + 1] = previous[j] + 1
            else:
                current[j + 1] = max(previous[j + 1], current[j])
        previous = current
    return previous[m]

#: p in 1..30
#: n = 2 3 8
def matrix_chain(p: i64[n]) -> i64:
    """The least number of multiplications for a chain of matrices p[i] x p[i+1]."""
    count = n - 1
    cost = np.zeros((count, count), dtype=i64)
    for length in range(2, count + 1):
        for i in range(count - length + 1):
            j = i + length - 1
            cost[i, j] = 2**62
            for k in range(i, j):
                q = cost[i, k] + cost[k + 1, j] + p[i] * p[k + 1] * p[j + 1]
                if q < cost[i, j]:
                    cost[i, j] = q
    return cost[0, count - 1]

#: weight in 1..9
#: value in 0..20
#: capacity in 0..30
#: n = 0 1 3 10
def knapsack(weight: i64[n], value: i64[n], capacity: i64) -> i64:
    best = np.zeros(capacity + 1, dtype=i64)
    for i in range(n):
        for c in range(capacity, weight[i] - 1, -1):
            best[c] = max(best[c], best[c - weight[i]] + value[i])
    return best[capacity]

#: weight in 1..9
#: value in 0..20
#: n = 0 1 3 10
def knapsack_rows(weight: i64[n], value: i64[n]) -> i64[31]:
    best = np.zeros(31, dtype=i64)
    for w, v in zip(weight, value):
        best[w:] = np.maximum(best[w:], best[:-w] + v)
    return best

#: n = 1 2 9
def floyd_warshall(w: f64[n, n]) -> f64[n, n]:
    d = w.copy()
    for k in range(n):
        d = np.minimum(d, d[:, k, np.newaxis] + d[np.newaxis, k, :])
    return d

#: w in 0..9
#: source in 0..n-1
#: n = 1 2 9
def dijkstra(w: i64[n, n], source: i64) -> i64[n]:
    """Shortest distances; 0 in `w` means no edge."""
    infinity = 10**9
    dist = np.full(n, infinity)
    done = np.zeros(n, dtype=bool)
    dist[source] = 0
    for step in range(n):
        u = -1
        for v in range(n):
            if not done[v] and (u < 0 or dist[v] < dist[u]):
                u = v
        if dist[u] == infinity:
            break
        done[u] = True
        for v in range(n):
            if w[u, v] > 0 and dist[u] + w[u, v] < dist[v]:
                dist[v] = dist[u] + w[u, v]
    return dist

#: adjacency in 0..1
#: n = 1 2 9
def bfs_levels(adjacency: i32[n, n]) -> i64[n]:
    level = -np.ones(n, dtype=np.int64)
    queue = np.empty(n, dtype=np.int64)
    head, tail = 0, 1
    queue[0] = 0
    level[0] = 0
    while head < tail:
        u = queue[head]
        head += 1
        for v in range(n):
            if adjacency[u, v] and level[v] == -1:
                level[v] = level[u] + 1
                queue[tail] = v
                tail += 1
    return level

#: a in 1..1000
#: b in 0..1000
def gcd(a: i64, b: i64) -> i64:
    while b:
        a, b = b, a % b
    return a

#: base in 0..50
#: exponent in 0..60
#: modulus in 1..97
def power_mod(base: i64, exponent: i64, modulus: i64) -> i64:
    result = 1
    base %= modulus
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        exponent >>= 1
        base = base * base % modulus
    return result

#: start in 1..40
def collatz_steps(start: i64) -> i64:
    steps = 0
    x = start
    while x != 1:
        x = x // 2 if x % 2 == 0 else 3 * x + 1
        steps += 1
    return steps

#: n = 0 1 5 40
def prefix_sums(x: i64[n]) -> i64[n + 1]:
    s = np.zeros(n + 1, dtype=i64)
    for i in range(n):
        s[i + 1] = s[i] + x[i]
    return s

#: n = 1 5 40
def maximum_subarray(x: i64[n]) -> tuple[i64, i64, i64]:
    best, current = x[0], x[0]
    start, best_start, best_end = 0, 0, 1
    for i in range(1, n):
        if current + x[i] < x[i]:
            current = x[i]
            start = i
        else:
            current += x[i]
        if current > best:
            best = current
            best_start = start
            best_end = i + 1
    return best, best_start, best_end

#: x in 0..15
#: n = 0 1 20 200
def counting_sort(x: u8[n]) -> u8[n]:
    counts = np.zeros(16, dtype=i64)
    for v in x:
        counts[v] += 1
    out = np.empty_like(x)
    position = 0
    for v in range(16):
        out[position:position + counts[v]] = v
        position += counts[v]
    return out

#: n = 0 1 2 9 33
def merge_sort(x: i64[n]) -> i64[n]:
    a = x.copy()
    buffer = np.empty_like(a)
    width = 1
    while width < n:
        for lo in range(0, n, 2 * width):
            mid = min(lo + width, n)
            hi = min(lo + 2 * width, n)
            i, j = lo, mid
            for k in range(lo, hi):
                if i < mid and (j >= hi or a[i] <= a[j]):
                    buffer[k] = a[i]
                    i += 1
                else:
                    buffer[k] = a[j]
                    j += 1
        a, buffer = buffer, a
        width *= 2
    return a

#: n in 0..12
def pascal(n: i64) -> i64[:, :]:
    t = np.zeros((n, n), dtype=np.int64)
    if n > 0:
        t[:, 0] = 1
    for i in range(1, n):
        t[i, 1:] = t[i - 1, 1:] + t[i - 1, :-1]
    return t

#: only calls
#: call (1)
#: call (4)
#: call (6)
def queens(n: int) -> int:
    """The number of ways to place n queens."""
    columns = np.zeros(n, dtype=np.int64)
    return place_queen(columns, 0)

#: only calls
#: call (np.array([0, 2, 4, 1, 3]), 3)
#: call (np.zeros(5, dtype=np.int64), 0)
def place_queen(columns: i64[n], row: int) -> int:
    if row == n:
        return 1
    count = 0
    for c in range(n):
        safe = True
        for r in range(row):
            if columns[r] == c or abs(columns[r] - c) == row - r:
                safe = False
                break
        if safe:
            columns[row] = c
            count += place_queen(columns, row + 1)
    return count

#: x in 0..100
def fibonacci(x: u8) -> i64:
    a, b = 0, 1
    for _ in range(x):
        a, b = b, a + b
    return a

#: n = 0 1 7 64
def popcounts(x: u32[n]) -> u32[n]:
    v = x - ((x >> 1) & 0x55555555)
    v = (v & 0x33333333) + ((v >> 2) & 0x33333333)
    v = (v + (v >> 4)) & 0x0F0F0F0F
    return (v * 0x01010101) >> 24

#: n = 0 1 7 64
def crc_like(data: u8[n]) -> u32:
    crc = u32(0xFFFFFFFF)
    for b in data:
        crc ^= u32(b)
        for k in range(8):
            if crc & 1:
                crc = (crc >> 1) ^ 0xEDB88320
            else:
                crc >>= 1
    return ~crc

#: seed in 0..1000000
def linear_congruential(seed: u64) -> f64[10]:
    state = seed
    out = np.empty(10)
    for i in range(10):
        state = state * 6364136223846793005 + 1442695040888963407
        out[i] = (state >> 11) / 2**53
    return out

#: n = 1 2 9
#: m = 1 3 8
def transpose_in_blocks(a: f32[n, m]) -> f32[m, n]:
    block = 4
    b = np.empty((m, n), dtype=np.float32)
    for i in range(0, n, block):
        for j in range(0, m, block):
            b[j:j + block, i:i + block] = a[i:i + block, j:j + block].T
    return b

#: n in 1..9
def spiral(n: i64) -> i64[:, :]:
    out = np.zeros((n, n), dtype=i64)
    top, bottom, left, right = 0, n - 1, 0, n - 1
    k = 0
    while top <= bottom and left <= right:
        for j in range(left, right + 1):
            out[top, j] = k
            k += 1
        top += 1
        for i in range(top, bottom + 1):
            out[i, right] = k
            k += 1
        right -= 1
        for j in range(right, left - 1, -1):
            out[bottom, j] = k
            k += 1
        bottom -= 1
        for i in range(bottom, top - 1, -1):
            out[i, left] = k
            k += 1
        left += 1
    return out

#: n = 0 1 2 9
def is_palindrome(x: i64[n]) -> bool:
    for i in range(n // 2):
        if x[i] != x[-1 - i]:
            return False
    return True

#: a in 0..5
#: n = 0 1 10
def majority(a: i64[n]) -> i64:
    candidate, count = -1, 0
    for v in a:
        if count == 0:
            candidate = v
        count += 1 if v == candidate else -1
    return candidate if np.sum(a == candidate) * 2 > n else -1
