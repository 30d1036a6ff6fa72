// distance.cpp -- drives the distance kernels: packs y once, then threads take
// blocks of output rows, pack their rows of x, and fill the block tile by tile.
#include "kernels/distance.h"
#include "arr/distance.h"
#include "kernels/simd.h"

#include "core/support.h"

#include <omp.h>

namespace {

// Elements of y that are packed at a time: bounds the extra memory.
constexpr int64_t packedElements = int64_t(4) << 20;
// Rows of output that a thread computes per column panel: the panel stays in
// the first-level cache meanwhile.
constexpr int64_t blockRows = 64;
// From this size on the output would only push other data out of the caches.
constexpr int64_t streamingBytes = int64_t(4) << 20;

template <typename T> struct Matrix {
  T *data;
  int64_t rows, rowStride, columnStride;
};

template <typename T> Matrix<T> matrixOf(const arr_array &array) {
  int64_t rowStride = array.shape[1], columnStride = 1;
  if (array.strides) {
    rowStride = array.strides[0] / int64_t(sizeof(T));
    columnStride = array.strides[1] / int64_t(sizeof(T));
  }
  return {static_cast<T *>(array.data), array.shape[0], rowStride,
          columnStride};
}

template <typename T> DistanceKernel<T> chooseKernel(DistanceMetric metric) {
  DistanceKernel<T> kernel;
#if defined(__x86_64__)
  if (arr_simd_level() == ARR_SIMD_AVX512) {
    distanceKernelsAvx512(metric, kernel);
    return kernel;
  }
  if (arr_simd_level() == ARR_SIMD_AVX2) {
    distanceKernelsAvx2(metric, kernel);
    return kernel;
  }
#endif
  distanceKernelsBaseline(metric, kernel);
  return kernel;
}

// `count` rows from `first` on, as [length][width] with zeros behind them.
template <typename T>
void pack(const Matrix<const T> &from, int64_t first, int64_t count, int width,
          int64_t length, T *to) {
  const T *row = from.data + first * from.rowStride;
  for (int64_t i = 0; i < width; ++i, row += from.rowStride) {
    if (i < count)
      for (int64_t l = 0; l < length; ++l)
        to[l * width + i] = row[l * from.columnStride];
    else
      for (int64_t l = 0; l < length; ++l)
        to[l * width + i] = 0;
  }
}

int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

template <typename T> class DistanceJob {
public:
  DistanceJob(DistanceMetric metric, Matrix<const T> x, Matrix<const T> y,
              int64_t length, Matrix<T> out)
      : kernel(chooseKernel<T>(metric)), x(x), y(y), out(out), length(length) {
    // Rough: three operations per coordinate, one vector each nanosecond.
    double cost = 0.2 * double(x.rows) * double(y.rows) * double(length + 4);
    threads = arr_plan_threads(
        ceilDiv(x.rows, kernel.rows) * ceilDiv(y.rows, kernel.columns), cost);
    int64_t bytes = x.rows * y.rows * int64_t(sizeof(T));
    int64_t vectorBytes = kernel.columns / 2 * int64_t(sizeof(T));
    streaming = bytes >= streamingBytes && out.columnStride == 1 &&
                uintptr_t(out.data) % vectorBytes == 0 &&
                out.rowStride * int64_t(sizeof(T)) % vectorBytes == 0;
  }

  int32_t run() {
    if (x.rows == 0 || y.rows == 0)
      return ARR_OK;
    int64_t padded = length > 0 ? length : 1;
    int64_t panelSize = padded * kernel.columns;
    int64_t panels = ceilDiv(y.rows, kernel.columns);
    int64_t panelsAtOnce = packedElements / panelSize;
    if (panelsAtOnce < 1)
      panelsAtOnce = 1;
    if (panelsAtOnce > panels)
      panelsAtOnce = panels;
    int64_t rowsSize = padded * blockRows;
    const int64_t extents[] = {panelsAtOnce * panelSize + threads * rowsSize};
    T *memory = (T *)arr_try_alloc(extents[0] * int64_t(sizeof(T)));
    if (!memory)
      return arr_fail(ARR_ENOMEM, "", "out of memory");
    packedRows = memory + panelsAtOnce * panelSize;
    for (int64_t first = 0; first < panels; first += panelsAtOnce) {
      int64_t count =
          panels - first < panelsAtOnce ? panels - first : panelsAtOnce;
      computePanels(memory, first, count, panelSize, rowsSize);
    }
    arr_release(memory);
    return ARR_OK;
  }

private:
  // Splits the output into row blocks, and into groups of panels too where
  // there are few rows.
  void computePanels(T *panels, int64_t first, int64_t count, int64_t panelSize,
                     int64_t rowsSize) {
    int64_t rowBlocks = ceilDiv(x.rows, blockRows);
    int64_t groups = rowBlocks >= 4 * threads ? 1 : 4 * threads / rowBlocks;
    if (groups > count)
      groups = count;
#pragma omp parallel num_threads(int(threads)) if (threads > 1)
    {
      T *rows = packedRows + omp_get_thread_num() * rowsSize;
#pragma omp for schedule(static)
      for (int64_t panel = 0; panel < count; ++panel) {
        int64_t column = (first + panel) * kernel.columns;
        int64_t columns =
            y.rows - column < kernel.columns ? y.rows - column : kernel.columns;
        pack(y, column, columns, kernel.columns, length,
             panels + panel * panelSize);
      }
#pragma omp for schedule(dynamic) nowait
      for (int64_t item = 0; item < rowBlocks * groups; ++item) {
        int64_t group = item % groups;
        int64_t begin = count * group / groups;
        int64_t end = count * (group + 1) / groups;
        computeBlock(item / groups * blockRows, rows,
                     panels + begin * panelSize, first + begin, first + end,
                     panelSize);
      }
    }
  }

  void computeBlock(int64_t row, T *packed, const T *panel, int64_t begin,
                    int64_t end, int64_t panelSize) {
    int64_t rows = x.rows - row < blockRows ? x.rows - row : blockRows;
    int64_t tiles = ceilDiv(rows, kernel.rows);
    int64_t tileSize = kernel.rows * length;
    for (int64_t t = 0; t < tiles; ++t) {
      int64_t count = rows - t * kernel.rows < kernel.rows
                          ? rows - t * kernel.rows
                          : kernel.rows;
      pack(x, row + t * kernel.rows, count, kernel.rows, length,
           packed + t * tileSize);
    }
    for (int64_t p = begin; p < end; ++p, panel += panelSize) {
      DistanceStore<T> store;
      int64_t column = p * kernel.columns;
      store.rowStride = out.rowStride;
      store.columnStride = out.columnStride;
      store.streaming = streaming;
      store.columns =
          y.rows - column < kernel.columns ? y.rows - column : kernel.columns;
      for (int64_t t = 0; t < tiles; ++t) {
        int64_t tileRow = row + t * kernel.rows;
        store.rows =
            x.rows - tileRow < kernel.rows ? x.rows - tileRow : kernel.rows;
        store.out =
            out.data + tileRow * out.rowStride + column * out.columnStride;
        kernel.run(packed + t * tileSize, panel, length, store);
      }
    }
  }

  DistanceKernel<T> kernel;
  Matrix<const T> x, y;
  Matrix<T> out;
  int64_t length, threads;
  bool streaming;
  T *packedRows = nullptr;
};

template <typename T>
void distanceOfArrays(DistanceMetric metric, const arr_array &x,
                      const arr_array &y, const arr_array &out) {
  const arr_dtype dtype = {ARR_FLOAT, 8 * sizeof(T), 1};
  const arr_array *arrays[] = {&x, &y, &out};
  for (const arr_array *array : arrays)
    if (array->ndim != 2 || !arr_dtype_equal(array->dtype, dtype)) {
      arr_fail(ARR_EDTYPE, "", "cdist: x, y and out must be 2-d %s arrays",
               arr_dtype_numpy_name(dtype));
      arr_raise_recorded();
    }
  if (x.shape[1] != y.shape[1])
    arr_raise_values(ARR_ESHAPE, "",
                     "cdist: x has %0 columns, but y has %1 columns",
                     x.shape[1], y.shape[1], 0);
  if (out.shape[0] != x.shape[0] || out.shape[1] != y.shape[0])
    arr_raise_values(ARR_ESHAPE, "", "cdist: out must have shape (%0, %1)",
                     x.shape[0], y.shape[0], 0);
  if (arr_may_overlap(&out, &x) || arr_may_overlap(&out, &y) ||
      arr_may_overlap_itself(&out))
    arr_raise(ARR_EOVERLAP, "", "cdist: out overlaps x, y or itself");
  if (DistanceJob<T>(metric, matrixOf<const T>(x), matrixOf<const T>(y),
                     x.shape[1], matrixOf<T>(out))
          .run() != ARR_OK)
    arr_raise_recorded();
}

} // namespace

#define ARR_DEFINE_DISTANCE(METRIC, SUFFIX, T)                                 \
  int32_t arr_distance_##METRIC##_##SUFFIX(                                    \
      const T *x, int64_t n, int64_t x_row_stride, int64_t x_column_stride,    \
      const T *y, int64_t m, int64_t y_row_stride, int64_t y_column_stride,    \
      int64_t k, T *out, int64_t out_row_stride, int64_t out_column_stride) {  \
    return DistanceJob<T>(DistanceMetric::METRIC,                              \
                          {x, n, x_row_stride, x_column_stride},               \
                          {y, m, y_row_stride, y_column_stride}, k,            \
                          {out, n, out_row_stride, out_column_stride})         \
        .run();                                                                \
  }

ARR_DEFINE_DISTANCE(euclidean, f32, float)
ARR_DEFINE_DISTANCE(euclidean, f64, double)
ARR_DEFINE_DISTANCE(sqeuclidean, f32, float)
ARR_DEFINE_DISTANCE(sqeuclidean, f64, double)
ARR_DEFINE_DISTANCE(cityblock, f32, float)
ARR_DEFINE_DISTANCE(cityblock, f64, double)

#define ARR_DEFINE_CDIST(METRIC, SUFFIX, T)                                    \
  void arr_cdist_##METRIC##_##SUFFIX(const arr_array *x, const arr_array *y,   \
                                     const arr_array *out) {                   \
    distanceOfArrays<T>(DistanceMetric::METRIC, *x, *y, *out);                 \
  }

ARR_DEFINE_CDIST(euclidean, f32, float)
ARR_DEFINE_CDIST(euclidean, f64, double)
ARR_DEFINE_CDIST(sqeuclidean, f32, float)
ARR_DEFINE_CDIST(sqeuclidean, f64, double)
ARR_DEFINE_CDIST(cityblock, f32, float)
ARR_DEFINE_CDIST(cityblock, f64, double)
