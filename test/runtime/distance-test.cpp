// distance-test.cpp -- the distance kernels of every instruction set against a
// naive loop in long double: odd sizes, all strides, several thread counts.
#include "arr/distance.h"
#include "kernels/simd.h"
#include "runtime-test.h"

#include <cmath>
#include <limits>
#include <random>

namespace {

template <typename T>
using Kernel = int32_t (*)(const T *, int64_t, int64_t, int64_t, const T *,
                           int64_t, int64_t, int64_t, int64_t, T *, int64_t,
                           int64_t);

enum class Metric { euclidean, sqeuclidean, cityblock };

template <typename T> Kernel<T> kernelOf(Metric metric);
template <> Kernel<double> kernelOf(Metric metric) {
  return metric == Metric::euclidean     ? arr_distance_euclidean_f64
         : metric == Metric::sqeuclidean ? arr_distance_sqeuclidean_f64
                                         : arr_distance_cityblock_f64;
}
template <> Kernel<float> kernelOf(Metric metric) {
  return metric == Metric::euclidean     ? arr_distance_euclidean_f32
         : metric == Metric::sqeuclidean ? arr_distance_sqeuclidean_f32
                                         : arr_distance_cityblock_f32;
}

// A rows x columns matrix somewhere in a larger buffer.
template <typename T> struct Matrix {
  std::vector<T> buffer;
  T *data;
  int64_t rows, columns, rowStride, columnStride;

  // layout: 0 C order, 1 Fortran order, 2 every second column, 3 reversed
  Matrix(int64_t rows, int64_t columns, int layout, T fill)
      : buffer(size_t(2 * rows * columns + 64), fill), data(buffer.data() + 3),
        rows(rows), columns(columns), rowStride(columns), columnStride(1) {
    if (layout == 1) {
      rowStride = 1;
      columnStride = rows;
    } else if (layout == 2) {
      rowStride = 2 * columns;
      columnStride = 2;
    } else if (layout == 3 && rows > 0 && columns > 0) {
      data += rows * columns - 1;
      rowStride = -columns;
      columnStride = -1;
    }
  }
  T &at(int64_t i, int64_t j) { return data[i * rowStride + j * columnStride]; }
};

template <typename T>
void compare(Metric metric, int64_t n, int64_t m, int64_t k, int xLayout,
             int yLayout, int outLayout, std::mt19937 &random) {
  std::normal_distribution<T> normal;
  Matrix<T> x(n, k, xLayout, T(7)), y(m, k, yLayout, T(7));
  Matrix<T> out(n, m, outLayout, T(-1));
  for (int64_t i = 0; i < n; ++i)
    for (int64_t l = 0; l < k; ++l)
      x.at(i, l) = normal(random);
  for (int64_t j = 0; j < m; ++j)
    for (int64_t l = 0; l < k; ++l)
      y.at(j, l) = normal(random);
  ASSERT_EQ(kernelOf<T>(metric)(x.data, n, x.rowStride, x.columnStride, y.data,
                                m, y.rowStride, y.columnStride, k, out.data,
                                out.rowStride, out.columnStride),
            ARR_OK);
  const long double bound = 40 * std::numeric_limits<T>::epsilon();
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < m; ++j) {
      long double sum = 0;
      for (int64_t l = 0; l < k; ++l) {
        long double d = (long double)x.at(i, l) - y.at(j, l);
        sum += metric == Metric::cityblock ? fabsl(d) : d * d;
      }
      if (metric == Metric::euclidean)
        sum = sqrtl(sum);
      ASSERT_NEAR(out.at(i, j), sum, bound * sum)
          << n << "x" << m << "x" << k << " at " << i << "," << j;
    }
  }
  // Nothing outside of the matrix was written.
  int64_t untouched = 0;
  for (T value : out.buffer)
    untouched += value == T(-1);
  EXPECT_EQ(untouched, int64_t(out.buffer.size()) - n * m);
}

class Distance : public ::testing::TestWithParam<int> {
protected:
  void SetUp() override {
    if (GetParam() > arr_simd_level())
      GTEST_SKIP() << "not on this processor";
    arr_limit_simd(arr_simd(GetParam()));
  }
  void TearDown() override {
    arr_limit_simd(ARR_SIMD_AVX512);
    arr_set_num_threads(0);
  }
};

TEST_P(Distance, AgreesWithNaiveLoops) {
  std::mt19937 random(1);
  const int64_t sizes[] = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 129};
  auto size = [&] { return sizes[random() % 14]; };
  for (int i = 0; i < 150; ++i) {
    arr_set_num_threads(int(random() % 3 + 1));
    auto metric = Metric(random() % 3);
    int x = random() % 4, y = random() % 4, out = random() % 4;
    int64_t n = size(), m = size(), k = size();
    if (i % 2)
      compare<double>(metric, n, m, k, x, y, out, random);
    else
      compare<float>(metric, n, m, k, x, y, out, random);
  }
}

TEST_P(Distance, LongRowsAreSummedPairwise) {
  std::mt19937 random(2);
  compare<float>(Metric::cityblock, 9, 33, 20000, 0, 0, 0, random);
  compare<double>(Metric::sqeuclidean, 3, 17, 4097, 1, 2, 0, random);
}

TEST_P(Distance, ManyColumnsAndLargeOutputs) {
  std::mt19937 random(3);
  arr_set_num_threads(3);
  compare<double>(Metric::euclidean, 3, 5000, 3, 0, 0, 0, random);
  compare<double>(Metric::euclidean, 1000, 800, 2, 0, 0, 0, random);  // streams
  compare<float>(Metric::cityblock, 40, 300, 16000, 0, 0, 0, random); // chunks
}

TEST_P(Distance, TheSameBitsForAnyNumberOfThreads) {
  std::mt19937 random(4);
  std::normal_distribution<double> normal;
  const int64_t n = 300, m = 301, k = 150;
  std::vector<double> x(n * k), y(m * k), first, out(n * m);
  for (double &value : x)
    value = normal(random);
  for (double &value : y)
    value = normal(random);
  for (int threads : {1, 2, 5}) {
    arr_set_num_threads(threads);
    arr_distance_sqeuclidean_f64(x.data(), n, k, 1, y.data(), m, k, 1, k,
                                 out.data(), m, 1);
    if (first.empty())
      first = out;
    EXPECT_EQ(out, first);
  }
}

TEST_P(Distance, SpecialValues) {
  const double inf = std::numeric_limits<double>::infinity(), nan = NAN;
  double x[] = {inf, 1, nan}, y[] = {inf, -inf, 2}, out[9];
  arr_distance_cityblock_f64(x, 3, 1, 1, y, 3, 1, 1, 1, out, 3, 1);
  EXPECT_TRUE(std::isnan(out[0]));
  EXPECT_EQ(out[1], inf);
  EXPECT_EQ(out[3], inf);
  EXPECT_EQ(out[5], 1);
  EXPECT_TRUE(std::isnan(out[8]));
}

TEST_P(Distance, NoMemoryIsReported) {
  double x[] = {1}, out[] = {5};
  arr_test_configure(1, false);
  EXPECT_EQ(arr_distance_cityblock_f64(x, 1, 1, 1, x, 1, 1, 1, 1, out, 1, 1),
            ARR_ENOMEM);
  arr_test_configure(0, false);
  EXPECT_EQ(out[0], 5);
}

// The functions for Arr code: checked arrays, errors raised.
int32_t cdist(const ArrayView &x, const ArrayView &y, const ArrayView &out) {
  return guarded(
      [&] { arr_cdist_cityblock_f64(&x.array, &y.array, &out.array); });
}

TEST(Cdist, ChecksArrays) {
  const arr_dtype f64 = dtypeOf<double>();
  double data[] = {1, 2, 3, 4, 5, 6}, more[] = {0, 10}, results[6] = {};
  ArrayView x(data, f64, {3, 2}), y(more, f64, {1, 2}),
      out(results, f64, {3, 1}, {16, 8});
  EXPECT_EQ(cdist(x, y, out), ARR_OK);
  EXPECT_EQ(results[0], 9);
  EXPECT_EQ(results[2], 9);
  EXPECT_EQ(results[4], 9);
  EXPECT_EQ(results[1], 0);
  ArrayView transposed(data, f64, {2, 3}, {8, 16});
  EXPECT_EQ(cdist(transposed, y, out), ARR_ESHAPE);
  EXPECT_STREQ(arr_last_error(), "cdist: x has 3 columns, but y has 2 columns");
  EXPECT_EQ(cdist(x, x, out), ARR_ESHAPE);
  EXPECT_STREQ(arr_last_error(), "cdist: out must have shape (3, 3)");
  ArrayView inside(data + 3, f64, {3, 1});
  EXPECT_EQ(cdist(x, y, inside), ARR_EOVERLAP);
  ArrayView narrow(data, dtypeOf<float>(), {3, 2});
  EXPECT_EQ(cdist(narrow, y, out), ARR_EDTYPE);
  EXPECT_STREQ(arr_last_error(),
               "cdist: x, y and out must be 2-d float64 arrays");
}

INSTANTIATE_TEST_SUITE_P(Simd, Distance,
                         ::testing::Values(ARR_SIMD_BASELINE, ARR_SIMD_AVX2,
                                           ARR_SIMD_AVX512));

} // namespace
