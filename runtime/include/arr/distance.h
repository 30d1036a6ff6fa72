/* distance.h -- distances between all rows of x and all rows of y:
 *     out[i, j] = metric(x[i, :], y[j, :])      x: [n, k]  y: [m, k]  out: [n,
 * m] computed on all threads with the widest vectors of the processor. `out`
 * must not overlap x or y. All strides count elements and may have any sign.
 * The differences are formed directly (no x^2 + y^2 - 2xy), as SciPy's cdist
 * does. Every element is summed in the same order for any number of threads. */
#ifndef ARR_DISTANCE_H
#define ARR_DISTANCE_H

#include "arr/arr.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Return ARR_OK, or ARR_ENOMEM with arr_last_error() set. */
#define ARR_DECLARE_DISTANCE(METRIC, SUFFIX, T)                                \
  ARR_API int32_t arr_distance_##METRIC##_##SUFFIX(                            \
      const T *x, int64_t n, int64_t x_row_stride, int64_t x_column_stride,    \
      const T *y, int64_t m, int64_t y_row_stride, int64_t y_column_stride,    \
      int64_t k, T *out, int64_t out_row_stride, int64_t out_column_stride)

ARR_DECLARE_DISTANCE(euclidean, f32, float);
ARR_DECLARE_DISTANCE(euclidean, f64, double);
ARR_DECLARE_DISTANCE(sqeuclidean, f32, float);
ARR_DECLARE_DISTANCE(sqeuclidean, f64, double);
ARR_DECLARE_DISTANCE(cityblock, f32, float);
ARR_DECLARE_DISTANCE(cityblock, f64, double);

#undef ARR_DECLARE_DISTANCE

/* The same for arrays, as `@extern` functions of Arr code: sizes, dtypes and
 * overlap are checked, and errors are raised. From C use the functions above,
 * which return a status. */
#define ARR_DECLARE_CDIST(METRIC, SUFFIX)                                      \
  ARR_API void arr_cdist_##METRIC##_##SUFFIX(                                  \
      const arr_array *x, const arr_array *y, const arr_array *out)

ARR_DECLARE_CDIST(euclidean, f32);
ARR_DECLARE_CDIST(euclidean, f64);
ARR_DECLARE_CDIST(sqeuclidean, f32);
ARR_DECLARE_CDIST(sqeuclidean, f64);
ARR_DECLARE_CDIST(cityblock, f32);
ARR_DECLARE_CDIST(cityblock, f64);

#undef ARR_DECLARE_CDIST

#ifdef __cplusplus
}
#endif
#endif
