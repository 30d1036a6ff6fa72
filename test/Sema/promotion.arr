# RUN: %arrc build %s --emit=typed -o - 2>/dev/null | FileCheck %s
# NumPy 2's promotion: weak Python scalars, dtypes of functions, casts.
import numpy as np

def weak(x: f32[n], y: u8[n]):
    return x * 2, x + n, y + 1, y * 2.5, y / y, x * 1j

def strong(x: i64[n], y: u64[n], z: i32[n], w: f32[n]):
    return x + y, z + w, x < y

def bools(x: bool[n], y: bool[n]):
    return x + y, x * y, x & ~y, x + 1, x.sum()

def functions(x: i8[n], y: i32[n], z: c64[n]):
    return np.sqrt(x), np.sqrt(y), np.floor(x), np.abs(z), np.isnan(y), x ** 2

def sums(x: i8[n], y: u16[n], z: f32[n]):
    return x.sum(), y.prod(), z.mean(), y.mean(), x.max(), np.dot(x, x)

def python(n: int, x: float):
    return n / 2, n // 2, n * x, n ** 2, -7 // 2, -7 % 3, 2 ** 10, not n

def scalars(x: f32, i: i32):
    return x * 2.5, x + i, f64(x), int(x), np.sqrt(2), min(x, 1), abs(i)

def out_of_range(x: u8[n]):
    return x < 300, x == -1, x > -1

# CHECK-LABEL: export def weak(x.0: f32[n], y.1: u8[n]) -> tuple[f32[n], f32[n], u8[n], f64[n], f64[n], c64[n]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   check y.shape[0] == n
# CHECK-NEXT:   return (multiply(x.0, 2:f32), add(x.0, f32({n})), add(y.1, 1:u8), multiply(f64(y.1), 2.5:f64), divide(f64(y.1), f64(y.1)), multiply(c64(x.0), 0 + 1j:c64))
# CHECK-LABEL: export def strong(x.0: i64[n], y.1: u64[n], z.2: i32[n], w.3: f32[n]) -> tuple[f64[n], f64[n], bool[n]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   check y.shape[0] == n
# CHECK-NEXT:   check z.shape[0] == n
# CHECK-NEXT:   check w.shape[0] == n
# CHECK-NEXT:   return (add(f64(x.0), f64(y.1)), add(f64(z.2), f64(w.3)), where(less(x.0, 0:i64), True, less(u64(x.0), y.1)))
# CHECK-LABEL: export def bools(x.0: bool[n], y.1: bool[n]) -> tuple[bool[n], bool[n], bool[n], i64[n], i64]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   check y.shape[0] == n
# CHECK-NEXT:   return (logical_or(x.0, y.1), logical_and(x.0, y.1), logical_and(x.0, logical_not(y.1)), add(i64(x.0), 1:i64), reduce_add(i64(x.0), axes=[0]):i64)
# CHECK-LABEL: export def functions(x.0: i8[n], y.1: i32[n], z.2: c64[n]) -> tuple[f32[n], f64[n], i8[n], f32[n], bool[n], i8[n]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   check y.shape[0] == n
# CHECK-NEXT:   check z.shape[0] == n
# CHECK-NEXT:   return (sqrt(f32(x.0)), sqrt(f64(y.1)), copy(x.0), absolute(z.2), isnan(f64(y.1)), power(x.0, 2:i8))
# CHECK-LABEL: export def sums(x.0: i8[n], y.1: u16[n], z.2: f32[n]) -> tuple[i64, u64, f32, f64, i8, i8]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   check y.shape[0] == n
# CHECK-NEXT:   check z.shape[0] == n
# CHECK-NEXT:   return (reduce_add(i64(x.0), axes=[0]):i64, reduce_mul(u64(y.1), axes=[0]):u64, divide(reduce_add(z.2, axes=[0]):f32, f32({n})), divide(reduce_add(f64(y.1), axes=[0]):f64, f64({n})), reduce_max(x.0, axes=[0]):i8, einsum('a,a->', x.0, x.0):i8)
# CHECK-LABEL: export def python(n.0: int, x.1: float) -> tuple[float, int, float, int, int, int, int, bool]:
# CHECK-NEXT:   return (divide(float(n.0), 2), floor_divide(n.0, 2), multiply(float(n.0), x.1), power(n.0, 2), -4, 2, 1024, logical_not(bool(n.0)))
# CHECK-LABEL: export def scalars(x.0: f32, i.1: i32) -> tuple[f32, f64, f64, int, f64, f32, i32]:
# CHECK-NEXT:   return (multiply(x.0, 2.5:f32), add(f64(x.0), f64(i.1)), f64(x.0), int(x.0), sqrt(2:f64), where(less(1:f32, x.0), 1:f32, x.0), absolute(i.1))
# CHECK-LABEL: export def out_of_range(x.0: u8[n]) -> tuple[bool[n], bool[n], bool[n]]:
# CHECK-NEXT:   size n from x.shape[0]
# CHECK-NEXT:   return (greater_equal(x.0, 0:u8), less(x.0, 0:u8), greater_equal(x.0, 0:u8))
