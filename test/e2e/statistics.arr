"""Order statistics and covariances."""
import numpy as np

T = f64 | i32

#: n = 1 2 9 40
#: k = 1 4
def medians(x: T[n], y: T[n, k]):
    return np.median(x), np.median(y), np.median(y, axis=0), np.median(y, axis=1), np.median(y, axis=-1, keepdims=True)

#: special
#: n = 1 2 9 40
def medians_special(x: f64[n]):
    return np.median(x)

#: tol 8
#: n = 1 2 9 40
#: k = 1 4
def quantiles(x: f64[n], y: f64[n, k]):
    return np.quantile(x, 0.3), np.quantile(y, 0.5, axis=0), np.percentile(x, 75), np.percentile(y, [0, 25, 100], axis=1), np.quantile(x, np.array([0.1, 0.9])), np.percentile(y, 10, axis=0, keepdims=True)

#: n = 1 2 9 40
#: tol 8
def without_nan(x: f64[n], y: f64[n, 3]):
    z = np.where(y > 2, np.nan, y)
    z[0] = 1
    w = np.where(x > 2, np.nan, x)
    w[0] = 3
    return np.nanmedian(w), np.nanmedian(z, axis=0), np.nanpercentile(w, 30), np.nanquantile(z, 0.75, axis=0), np.nanargmin(w), np.nanargmax(z, axis=0), np.nancumsum(w), np.nancumprod(z, axis=1)

#: tol 64
#: n = 2 5
#: k = 2 9
def covariances(x: T[n, k], y: T[k]):
    return np.cov(x), np.cov(x, rowvar=False), np.cov(x, bias=True), np.cov(x, y), np.cov(y, ddof=0)

#: reals
#: tol 64
#: n = 2 5
#: k = 3 9
def correlations(x: f64[n, k], y: f64[k]):
    return np.corrcoef(x), np.corrcoef(x, y), np.corrcoef(y, y[::-1])
