"""einsum in all its forms, matmul for all ranks, dot and its relatives."""
import numpy as np

T = f32 | f64 | i32 | c128
F = f32 | f64
Every = bool | i8 | u16 | i64 | f32 | c64

def matmul(x: T[n, k], y: T[k, m]) -> T[n, m]:
    return x @ y

def matmul_dtypes(x: Every[n, k], y: Every[k, m]):
    return x @ y, np.matmul(x, y)

def matmul_transposed(x: F[n, k], y: F[m, k]):
    return x @ y.T, y @ x.T

def matmul_transposed_left(x: F[k, n], y: F[k, m]) -> F[n, m]:
    return x.T @ y

def matmul_both_transposed(x: F[k, n], y: F[m, k]) -> F[n, m]:
    return x.T @ y.T

def gram(x: F[n, k]):
    return x @ x.T, x.T @ x

def matrix_vector(x: T[n, k], y: T[k], z: T[n]):
    return x @ y, z @ x, x.T @ z

def vector_vector(x: T[n], y: T[n]):
    return x @ y, np.dot(x, y), x.dot(y), np.inner(x, y), np.vdot(x, y)

def batched(x: F[b, n, k], y: F[b, k, m]) -> F[b, n, m]:
    return x @ y

def batched_broadcast(x: F[b, n, k], y: F[k, m], z: F[1, k, m]):
    return x @ y, x @ z

def batched_vector(x: F[b, n, k], y: F[k]):
    return x @ y

def dots(x: F[n, k], y: F[k, m], z: F[k]):
    return np.dot(x, y), np.dot(x, z), x.dot(y)

def dot_3d(x: f64[b, n, k], y: f64[k, m]):
    return np.dot(x, y)

def outers(x: T[n], y: T[m]):
    return np.outer(x, y), np.einsum('i,j->ij', x, y), np.einsum('i,j', x, y)

def einsum_sums(x: T[n, k]):
    return np.einsum('ij->', x), np.einsum('ij->i', x), np.einsum('ij->j', x)

def einsum_transposes(x: T[n, m, k]):
    return np.einsum('ijk->kji', x), np.einsum('ijk->jik', x), np.einsum('ijk', x), np.einsum('cba', x)

def einsum_diagonals(x: T[n, n]):
    return np.einsum('ii->i', x), np.einsum('ii', x), np.einsum('ii->', x), np.trace(x)

def einsum_diagonal_3d(x: f64[n, k, n]):
    return np.einsum('iji->ij', x), np.einsum('iji->j', x), np.einsum('iji->ji', x)

def einsum_products(x: T[n, k], y: T[n, k]):
    return np.einsum('ij,ij->i', x, y), np.einsum('ij,ij->j', x, y), np.einsum('ij,ij->', x, y), np.einsum('ij,ij->ij', x, y)

def einsum_matmuls(x: F[n, k], y: F[k, m]):
    return np.einsum('ij,jk->ik', x, y), np.einsum('ij,jk', x, y), np.einsum('ij,jk->ki', x, y), np.einsum('ij,jk->i', x, y), np.einsum('ij,jk->', x, y)

def einsum_square(x: F[n, k]):
    return np.einsum('ij,ij->i', x, x), np.einsum('ij,kj->ik', x, x)

def einsum_bilinear(x: F[n], a: F[n, m], y: F[m]):
    return np.einsum('i,ij,j->', x, a, y), np.einsum('i,ij,j', x, a, y), np.einsum('i,ij,j->i', x, a, y)

def einsum_chain(a: f64[n, m], b: f64[m, k], c: f64[k, p]) -> f64[n, p]:
    return np.einsum('ij,jk,kl->il', a, b, c)

def einsum_batch(x: F[b, n, k], y: F[b, k, m]):
    return np.einsum('bij,bjk->bik', x, y), np.einsum('bij,bjk->ik', x, y)

def einsum_ellipsis(x: F[b, n, k], y: F[k, m]):
    return np.einsum('...ij->...ji', x), np.einsum('...j,jk->...k', x, y), np.einsum('...ij,jk', x, y), np.einsum('...->...', x)

def einsum_ellipsis_sum(x: F[b, n, k]):
    return np.einsum('...i->...', x), np.einsum('i...->...', x), np.einsum('...i,...i->...', x, x)

def einsum_spaces(x: F[n, k], y: F[k, m]):
    return np.einsum(' i j , j k -> i k ', x, y)

def einsum_capital(x: F[n, k], y: F[n, k]):
    return np.einsum('iA,iA->A', x, y), np.einsum('Ai', x)

def einsum_ttm(t: f64[n, m, k], a: f64[p, m]) -> f64[n, p, k]:
    return np.einsum('ijk,pj->ipk', t, a)

def einsum_hadamard_sum(x: f64[n, k], y: f64[m, k]) -> f64[n, m, k]:
    return np.einsum('ik,jk->ijk', x, y)

def einsum_scalar_operand(x: f64[n], s: f64):
    return np.einsum('i,->i', x, s)

def einsum_four(a: f64[n, m], b: f64[m, k], c: f64[k, n], d: f64[n]):
    return np.einsum('ij,jk,ki,i->i', a, b, c, d)

def einsum_repeated_inside(x: f64[n, n, k]):
    return np.einsum('iij->j', x), np.einsum('iij->ij', x)

def einsum_outer_sum(x: f64[n], y: f64[m]):
    return np.einsum('i,j->', x, y), np.einsum('i,j->j', x, y)

def tensordots(x: f64[n, m, k], y: f64[m, k, p]):
    return np.tensordot(x, y, axes=2), np.tensordot(x, y, axes=([1, 2], [0, 1]))

def matmul_of_expression(x: F[n, k], y: F[k, m]) -> F[n, m]:
    return (x + 1) @ (y * 2) - 3

def epilogue(x: F[n, k], y: F[m, k], b: F[m]) -> F[n, m]:
    return np.maximum(x @ y.T + b, 0)

def euclidean(x: F[n, k], y: F[m, k]) -> F[n, m]:
    x2 = np.einsum('ij,ij->i', x, x)[:, np.newaxis]
    y2 = np.einsum('ij,ij->i', y, y)[np.newaxis, :]
    return np.abs(x2 + y2 - 2. * (x @ y.T))

#: reals
#: tol 256
def real_matmul(x: F[n, k], y: F[k, m]) -> F[n, m]:
    return x @ y

#: reals
#: tol 1024
#: n = 130
#: k = 257
#: m = 65
def middle_matmul(x: F[n, k], y: F[k, m]) -> F[n, m]:
    return x @ y

def matmul_slices(x: F[n, k]):
    return x[::2] @ x.T[:, ::-1], x[:, ::-1] @ x.T

def matmul_in_loop(x: f64[n, n]) -> f64[n, n]:
    y = np.eye(n)
    for i in range(3):
        y = y @ x
        y = np.minimum(np.maximum(y, -9), 9)
    return y

def matmul_update(x: f64[n, k], y: f64[k, m], z: f64[n, m]):
    z += x @ y
    z[...] = 2 * z - x @ y

#: call (ones((2, 3)), ones((4, 2)))
#: only calls
#: layouts C
def mismatched_unnamed(x: f64[:, :], y: f64[:, :]):
    return x @ y

def kron_like(x: f64[n, m], y: f64[p, q]):
    return np.einsum('ij,kl->ikjl', x, y).reshape(n * p, m * q)
