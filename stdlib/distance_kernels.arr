"""Distance matrices by the runtime library's hand-written kernels: the bar for what is compiled from distance.arr."""
import numpy as np


@extern('arr_cdist_euclidean_f32')
def euclidean_f32(x: f32[n, k], y: f32[m, k], out: f32[n, m]) -> None: ...


@extern('arr_cdist_euclidean_f64')
def euclidean_f64(x: f64[n, k], y: f64[m, k], out: f64[n, m]) -> None: ...


@extern('arr_cdist_sqeuclidean_f32')
def sqeuclidean_f32(x: f32[n, k], y: f32[m, k], out: f32[n, m]) -> None: ...


@extern('arr_cdist_sqeuclidean_f64')
def sqeuclidean_f64(x: f64[n, k], y: f64[m, k], out: f64[n, m]) -> None: ...


@extern('arr_cdist_cityblock_f32')
def cityblock_f32(x: f32[n, k], y: f32[m, k], out: f32[n, m]) -> None: ...


@extern('arr_cdist_cityblock_f64')
def cityblock_f64(x: f64[n, k], y: f64[m, k], out: f64[n, m]) -> None: ...


def cdist(x, y, metric='euclidean'):
    """Distances between all rows of x[n, k] and of y[m, k], both f32 or both f64: [n, m]."""
    assert x.dtype == y.dtype and (x.dtype == f32 or x.dtype == f64), 'cdist needs two f32 or two f64 matrices'
    out = np.empty((x.shape[0], y.shape[0]), dtype=x.dtype)
    if metric == 'euclidean':
        kernel = euclidean_f64 if x.dtype == f64 else euclidean_f32
    elif metric == 'sqeuclidean':
        kernel = sqeuclidean_f64 if x.dtype == f64 else sqeuclidean_f32
    else:
        assert metric == 'cityblock', 'the metrics are euclidean, sqeuclidean and cityblock'
        kernel = cityblock_f64 if x.dtype == f64 else cityblock_f32
    kernel(x, y, out)
    return out
