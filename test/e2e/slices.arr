"""Basic indexing: every kind of slice, for reading and for storing."""
import numpy as np

T = f64 | i32

def head(x: T[n]) -> T[:]:
    return x[:3]

def tail(x: T[n]) -> T[:]:
    return x[-3:]

def copy_tail(x: T[n]) -> T[:]:
    return x[-3:] + x[:3] * 0

#: call (arange(5.), 7) raises IndexError: index 7 is out of bounds for axis 0 with size 5
#: i in 0..n-1
#: n = 1 2 5 17
def element(x: f64[n], i: int) -> f64:
    return x[i]
