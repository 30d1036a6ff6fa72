"""Sizes at the edges of tiles, blocks, panels and splits, in every layout."""
import numpy as np


#: n = 1 9 70
#: k = 3 130 2100
def row_sums(x: f64[n, k]) -> f64[n]:
    return x.sum(axis=1)


#: n = 3 130 300
#: k = 1 70 200
def column_sums(x: f64[n, k]) -> f64[k]:
    return x.sum(axis=0)


#: n = 1 17 40
#: m = 1 5 33
#: k = 1 64 129
def total(x: f64[n, m, k]) -> f64:
    return x.sum()


#: n = 2 18
#: m = 3 40
#: k = 5 130
def outer_and_inner(x: f64[n, m, k]) -> f64[m]:
    return x.sum(axis=(0, 2))


#: n = 1 65
#: k = 2 300
#: layouts C F strided
def first_largest(x: i32[n, k]):
    return x.argmax(axis=1), x.argmax(axis=0), x.argmax()


#: n = 1 8 33
#: k = 1 7 260
#: m = 1 16 150
#: layouts C F strided
def product(x: f64[n, k], y: f64[k, m]) -> f64[n, m]:
    return x @ y


#: n = 9
#: k = 9000
#: m = 18
#: layouts C F
def long_product(x: f64[n, k], y: f64[k, m]) -> f64[n, m]:
    return x @ y


#: n = 1 16 50
#: m = 1 64 130
def mixed(x: f64[n, m], y: f64[n, m], z: f64[n, m]):
    z[:, :] = x + 2 * y
