// distance.h -- what the driver of the distance kernels (distance.cpp) shares
// with the register tiles compiled for each instruction set (distance_tile.h).
#ifndef ARR_KERNELS_DISTANCE_H
#define ARR_KERNELS_DISTANCE_H

#include <stdint.h>

enum class DistanceMetric { euclidean, sqeuclidean, cityblock };

// Where a tile goes. At the edges of the output, rows and columns are fewer
// than the tile's.
template <typename T> struct DistanceStore {
  T *out;
  int64_t rowStride, columnStride;
  int64_t rows, columns;
  bool streaming; // whole tiles are aligned and may bypass the caches
};

// Computes one tile from packed operands: x as [length][rows], y as
// [length][columns], padded with zeros.
template <typename T> struct DistanceKernel {
  int rows, columns;
  void (*run)(const T *x, const T *y, int64_t length,
              const DistanceStore<T> &store);
};

void distanceKernelsBaseline(DistanceMetric, DistanceKernel<float> &);
void distanceKernelsBaseline(DistanceMetric, DistanceKernel<double> &);
#if defined(__x86_64__)
void distanceKernelsAvx2(DistanceMetric, DistanceKernel<float> &);
void distanceKernelsAvx2(DistanceMetric, DistanceKernel<double> &);
void distanceKernelsAvx512(DistanceMetric, DistanceKernel<float> &);
void distanceKernelsAvx512(DistanceMetric, DistanceKernel<double> &);
#endif

#endif
