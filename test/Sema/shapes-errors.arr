# RUN: %arrc check --verify-diagnostics %s
# Sizes that cannot be right, with both origins.
import numpy as np

def broadcast(x: f64[3], y: f64[n, 4]):
    return x + y  # expected-error:12 {{operands could not be broadcast together with shapes (3,) (n, 4) [shapes-do-not-broadcast]}} expected-note:12 {{this is `f64[3]`}} expected-note:16 {{this is `f64[n, 4]`}} expected-help:12 {{sizes must be equal, or one of them 1; shapes are aligned at their last axes}}

def columns(x: f64[n, k], y: f64[k]):
    return x[:, 2:] + np.zeros((n, 5)) + np.ones(4)  # expected-error:12 {{operands could not be broadcast together with shapes (n, 5) (4,)}}

def store(x: f64[n], y: f64[n + 2]):
    x[...] = np.zeros(3) + np.zeros((2, 3))  # expected-error:5 {{could not broadcast input array from shape (2, 3) into shape (n,) [store-shape-mismatch]}} expected-note:14 {{this is `f64[2, 3]`}} expected-note:5 {{this is `f64[n]`}}

def element(x: f64[n]):
    x[0] = x  # expected-error:5 {{an array (`f64[n]`) cannot be stored in one element [array-into-element]}}

def product(x: f64[n, 3], y: f64[4, m]):
    return x @ y  # expected-error:12 {{`@`: axes of sizes 3 and 4 do not match [contraction-sizes]}} expected-note:12 {{this is `f64[n, 3]`}} expected-note:16 {{this is `f64[4, m]`}}

def sum_of_products(x: f64[n, k], y: f64[k + 1]):
    return np.einsum('ij,j->i', x, y)  # expected-error:12 {{`ij,j->i`: axes of sizes k and k + 1 do not match}}

def subscripts(x: f64[n, n]):
    return np.einsum('ijk->i', x)  # expected-error:22 {{einsum: an operand of rank 2 has 3 labels [einsum-syntax]}}

def labels(x: f64[n, n]):
    return np.einsum('ij->k', x)  # expected-error:22 {{einsum: the output label `k` is in no operand}}

def terms(x: f64[n, n]):
    return np.einsum('ij,jk', x)  # expected-error:22 {{einsum: 2 terms for 1 operands}}

def letter(x: f64[n, n]):
    return np.einsum('i1->i', x)  # expected-error:22 {{einsum: `1` is no label}}

def axis(x: f64[n, k]):
    return x.sum(axis=2)  # expected-error:23 {{axis 2 is out of bounds for array of dimension 2 [axis-out-of-bounds]}}

def axes(x: f64[n, k]):
    return x.sum(axis=(0, -2))  # expected-error:27 {{axis 0 is given twice [duplicate-axis]}}

def one_axis(x: f64[n, k]):
    return x.argmax(axis=(0, 1))  # expected-error:26 {{`argmax` works along one axis [one-axis-only]}}

def reshape(x: f64[6]):
    return x.reshape(4, 2)  # expected-error:12 {{cannot reshape array of shape (6,) into shape (4, 2) [reshape-size]}} expected-note:12 {{this is `f64[6]`}}

def reshape_open(x: f64[6]):
    return x.reshape(-1, -1)  # expected-error:26 {{can only specify one unknown dimension [two-unknown-sizes]}}

def reshape_remainder(x: f64[6]):
    return x.reshape(4, -1)  # expected-error:12 {{cannot reshape array of shape (6,) into shape 4 and -1}}

def negative():
    return np.zeros(-3)  # expected-error:21 {{negative dimensions are not allowed, got -3 [negative-size]}}

def not_integer():
    return np.zeros(2.5)  # expected-error:21 {{a size must be an integer, got `float` [size-not-integer]}}

def transpose(x: f64[n, k]):
    return x.transpose(0)  # expected-error:12 {{an array of 2 axes needs as many here, got 1 [transpose-axes]}}

def move(x: f64[n, k]):
    return np.moveaxis(x, (0, 1), 0)  # expected-error:12 {{`source` and `destination` must name as many different axes [move-axes]}}

def squeeze(x: f64[n, 3]):
    return np.squeeze(x, axis=1)  # expected-error:31 {{cannot squeeze an axis of size 3 (axis 1) [squeeze-size]}}

def indices(x: f64[n]):
    return x[0, 1]  # expected-error:12 {{too many indices: array is 1-dimensional, but 2 were indexed [too-many-indices]}} expected-note:12 {{this is `f64[n]`}}

def ellipses(x: f64[n, n]):
    return x[..., 0, ...]  # expected-error:22 {{an index can only have a single ellipsis (`...`) [two-ellipses]}}

def float_index(x: f64[n]):
    return x[1.5]  # expected-error:14 {{an index must be an integer, got `float` [index-not-integer]}}

def bounds(x: f64[3]):
    return x[3], x[-4]  # expected-error:14 {{index 3 is out of bounds for axis 0 with size 3 [index-out-of-bounds]}} expected-error:20 {{index -4 is out of bounds for axis 0 with size 3}}

def step(x: f64[n]):
    return x[::0]  # expected-error:16 {{slice step cannot be zero [slice-step-zero]}}

def mask(x: f64[n, 3], m: bool[n + 1], k: bool[2]):
    a = x[m]  # expected-error:11 {{boolean index did not match indexed array along axis 0; size of axis is n but size of corresponding boolean axis is n + 1 [mask-size]}}
    return x[:, k]  # expected-error:17 {{boolean index did not match indexed array along axis 1; size of axis is 3 but size of corresponding boolean axis is 2}}

def gather(x: f64[n], y: f64[m]):
    return x[y]  # expected-error:14 {{an index must be an integer, got `f64[m]`}}

def gather_shapes(x: f64[n, n]):
    return x[[0, 1], [0, 1, 2]]  # expected-error:12 {{operands could not be broadcast together with shapes (2,) (3,)}}

def gather_ranks(x: f64[n], i: i64[m]):
    return x[i, i]  # expected-error:12 {{too many indices: array is 1-dimensional, but 2 were indexed}}

def one_bool(x: f64[n]):
    return x[True]  # expected-error:14 {{not supported yet: indexing by a single bool [not-supported-yet]}}

def store_gathered(x: f64[n], i: i64[m]):
    x[i][0] = 1  # expected-error:5 {{this is a computed value: storing into it has no effect}}

def scalar(x: f64):
    return x[0]  # expected-error:12 {{`f64` has no elements [not-subscriptable]}}

def tuple_index(x: f64[n, k], i: int):
    return x.shape[i]  # expected-error:20 {{the index of a tuple must be known when the program is compiled [tuple-index]}}

def tuple_range(x: f64[n, k]):
    return x.shape[2]  # expected-error:20 {{index 2 is out of range for a tuple of 2 [tuple-index-out-of-range]}}

def deep():
    return np.zeros((1,) * 33)  # expected-error:21 {{33 axes: arrays have at most 32 [rank-too-large]}}

def tensordot(x: f64[n, k]):
    return np.tensordot(x, x, axes=((0, 1), 0))  # expected-error:36 {{`axes` is a number or a pair of equally long lists of axes [tensordot-axes]}}

def conditions(x: f64[n]):
    return np.select([x > 0], [x, x])  # expected-error:12 {{`select` needs two lists of one length [select-lists]}}
