// distance_tile.h -- the inner loop of all distance kernels: one register tile
// of the output. Included once per instruction set by distance_<set>.cpp, which
// defines ARR_VECTOR_BYTES, ARR_TILE_ROWS and ARR_KERNELS (the function's
// name).
//
// A metric is a functor over vectors V of T: what one coordinate adds, how two
// partial results are combined, and what is done at the end. Adding a metric of
// this form is one functor here, one line in kernelTable and one in
// distance.cpp.
#include "kernels/distance.h"

#include <string.h>

namespace {

template <typename T> struct Vector {
  typedef T Type __attribute__((vector_size(ARR_VECTOR_BYTES)));
  typedef T Unaligned
      __attribute__((vector_size(ARR_VECTOR_BYTES), aligned(alignof(T))));
  static constexpr int lanes = ARR_VECTOR_BYTES / sizeof(T);
};

struct SquaredEuclidean {
  template <typename V> static V step(V sum, V x, V y) {
    V difference = x - y;
    return sum + difference * difference; // contracts to one FMA
  }
  template <typename V> static V combine(V a, V b) { return a + b; }
  template <typename V> static V finish(V sum) { return sum; }
};

struct Euclidean : SquaredEuclidean {
  template <typename V> static V finish(V sum) {
    return __builtin_elementwise_sqrt(sum);
  }
};

struct CityBlock {
  template <typename V> static V step(V sum, V x, V y) {
    return sum + __builtin_elementwise_abs(x - y);
  }
  template <typename V> static V combine(V a, V b) { return a + b; }
  template <typename V> static V finish(V sum) { return sum; }
};

// Coordinates that are summed one after the other; longer rows are summed as a
// balanced tree of such blocks, so that errors grow as with pairwise summation.
constexpr int64_t blockLength = 64;

template <typename T, typename Metric> struct Tile {
  using V = typename Vector<T>::Type;
  using Unaligned = typename Vector<T>::Unaligned;
  static constexpr int lanes = Vector<T>::lanes;
  static constexpr int rows = ARR_TILE_ROWS;
  static constexpr int columns = 2 * lanes;

  V sums[rows][2];

  // x: [length][rows], y: [length][columns], both packed and aligned.
  static inline __attribute__((always_inline)) void
  accumulate(V (&sums)[rows][2], const T *x, const T *y, int64_t length) {
    // Local, so that the sums stay in registers.
    V local[rows][2] = {};
    for (int64_t l = 0; l < length; ++l, x += rows, y += columns) {
      V left = *(const V *)y, right = *(const V *)(y + lanes);
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; ++i) {
        V broadcast = x[i] - V{}; // -0.0 stays: x - (+0.0) is x
        local[i][0] = Metric::step(local[i][0], broadcast, left);
        local[i][1] = Metric::step(local[i][1], broadcast, right);
      }
    }
    memcpy(sums, local, sizeof local);
  }

  void combine(const Tile &other) {
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < 2; ++j)
        sums[i][j] = Metric::combine(sums[i][j], other.sums[i][j]);
  }

  // More than one block: partial[b] holds 2^b blocks, as the bits of a counter.
  static __attribute__((noinline)) void
  accumulateTree(Tile &total, const T *x, const T *y, int64_t length) {
    constexpr int maxLevels = 58; // 2^58 blocks of 64 are all that int64 counts
    Tile partial[maxLevels];
    uint64_t blocks = 0;
    for (int64_t at = 0; at < length; at += blockLength, ++blocks) {
      int64_t part = length - at < blockLength ? length - at : blockLength;
      Tile block;
      accumulate(block.sums, x + at * rows, y + at * columns, part);
      int level = 0;
      for (; blocks >> level & 1; ++level)
        block.combine(partial[level]);
      partial[level] = block;
    }
    bool first = true;
    for (int level = 0; level < maxLevels && blocks >> level; ++level) {
      if (!(blocks >> level & 1))
        continue;
      if (first)
        total = partial[level];
      else
        total.combine(partial[level]);
      first = false;
    }
  }

  static void run(const T *x, const T *y, int64_t length,
                  const DistanceStore<T> &store) {
    Tile tile;
    if (length <= blockLength)
      accumulate(tile.sums, x, y, length);
    else
      accumulateTree(tile, x, y, length);
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < 2; ++j)
        tile.sums[i][j] = Metric::finish(tile.sums[i][j]);
    bool whole = store.rows == rows && store.columns == columns &&
                 store.columnStride == 1;
    if (!whole) {
      storePart(tile, store);
      return;
    }
    T *out = store.out;
    if (store.streaming) {
      for (int i = 0; i < rows; ++i, out += store.rowStride)
        for (int j = 0; j < 2; ++j)
          __builtin_nontemporal_store(tile.sums[i][j], (V *)(out + j * lanes));
    } else {
      for (int i = 0; i < rows; ++i, out += store.rowStride)
        for (int j = 0; j < 2; ++j)
          *(Unaligned *)(out + j * lanes) = tile.sums[i][j];
    }
  }

  static __attribute__((noinline)) void
  storePart(const Tile &tile, const DistanceStore<T> &store) {
    const T *values = (const T *)tile.sums;
    for (int64_t i = 0; i < store.rows; ++i)
      for (int64_t j = 0; j < store.columns; ++j)
        store.out[i * store.rowStride + j * store.columnStride] =
            values[i * columns + j];
  }
};

template <typename T> DistanceKernel<T> kernelTable(DistanceMetric metric) {
  constexpr int rows = ARR_TILE_ROWS, columns = 2 * Vector<T>::lanes;
  switch (metric) {
  case DistanceMetric::euclidean:
    return {rows, columns, Tile<T, Euclidean>::run};
  case DistanceMetric::sqeuclidean:
    return {rows, columns, Tile<T, SquaredEuclidean>::run};
  case DistanceMetric::cityblock:
    return {rows, columns, Tile<T, CityBlock>::run};
  }
  __builtin_unreachable();
}

} // namespace

void ARR_KERNELS(DistanceMetric metric, DistanceKernel<float> &kernel) {
  kernel = kernelTable<float>(metric);
}

void ARR_KERNELS(DistanceMetric metric, DistanceKernel<double> &kernel) {
  kernel = kernelTable<double>(metric);
}
