// limit.cpp -- what a person gets out of the machine by hand: vectors of the
// processor's full width, register tiles, OpenMP. The bar beside which compiled
// Arr code is measured; nothing of the project uses it.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#ifdef __AVX512F__
constexpr int Lanes = 8, Rows = 8;
typedef double Vector __attribute__((vector_size(64)));
extern "C" Vector _ZGVeN8v_exp(Vector), _ZGVeN8v_sin(Vector),
    _ZGVeN8v_log(Vector);
static Vector vexp(Vector v) { return _ZGVeN8v_exp(v); }
static Vector vsin(Vector v) { return _ZGVeN8v_sin(v); }
static Vector vlog(Vector v) { return _ZGVeN8v_log(v); }
#else
constexpr int Lanes = 4, Rows = 4;
typedef double Vector __attribute__((vector_size(32)));
extern "C" Vector _ZGVdN4v_exp(Vector), _ZGVdN4v_sin(Vector),
    _ZGVdN4v_log(Vector);
static Vector vexp(Vector v) { return _ZGVdN4v_exp(v); }
static Vector vsin(Vector v) { return _ZGVdN4v_sin(v); }
static Vector vlog(Vector v) { return _ZGVdN4v_log(v); }
#endif
constexpr int Columns = 2 * Lanes;
typedef Vector Unaligned __attribute__((aligned(8)));
typedef long Bits __attribute__((vector_size(sizeof(Vector))));

static Vector load(const double *p) {
  return *reinterpret_cast<const Unaligned *>(p);
}
static void store(double *p, Vector v) { *reinterpret_cast<Unaligned *>(p) = v; }
static Vector vabs(Vector v) { return (Vector)((Bits)v & INT64_MAX); }

// y (m x k) as panels of Columns rows, transposed, the last one padded.
static double *packed(const double *y, int64_t m, int64_t k) {
  int64_t panels = (m + Columns - 1) / Columns;
  auto *p = static_cast<double *>(
      aligned_alloc(64, sizeof(double) * panels * Columns * k + 64));
#pragma omp parallel for
  for (int64_t b = 0; b < panels; ++b)
    for (int64_t l = 0; l < k; ++l)
      for (int64_t j = 0; j < Columns; ++j)
        p[(b * k + l) * Columns + j] =
            b * Columns + j < m ? y[(b * Columns + j) * k + l] : 0;
  return p;
}

// d[i, j] = finish(sum over l of combine(x[i, l], y[j, l])), i0 <= i < i0 + Rows.
template <typename Combine, typename Finish>
static void tile(const double *x, const double *panel, double *d, int64_t i0,
                 int64_t rows, int64_t j0, int64_t columns, int64_t m,
                 int64_t k, Combine combine, Finish finish) {
  Vector sum[Rows][2] = {};
  const double *row[Rows];
  for (int r = 0; r < Rows; ++r)
    row[r] = x + (i0 + std::min<int64_t>(r, rows - 1)) * k;
  for (int64_t l = 0; l < k; ++l) {
    Vector y0 = load(panel + l * Columns), y1 = load(panel + l * Columns + Lanes);
#pragma GCC unroll 8
    for (int r = 0; r < Rows; ++r) {
      Vector a = row[r][l] - Vector{};
      sum[r][0] = combine(sum[r][0], a, y0);
      sum[r][1] = combine(sum[r][1], a, y1);
    }
  }
  for (int r = 0; r < rows; ++r) {
    alignas(64) double out[Columns];
    store(out, finish(sum[r][0], i0 + r, j0));
    store(out + Lanes, finish(sum[r][1], i0 + r, j0 + Lanes));
    if (columns == Columns) {
      store(d + (i0 + r) * m + j0, load(out));
      store(d + (i0 + r) * m + j0 + Lanes, load(out + Lanes));
    } else {
      std::copy(out, out + columns, d + (i0 + r) * m + j0);
    }
  }
}

template <typename Combine, typename Finish>
static void pairs(const double *x, const double *y, double *d, int64_t n,
                  int64_t m, int64_t k, Combine combine, Finish finish) {
  double *p = packed(y, m, k);
  constexpr int64_t Block = 64; // rows of x, and of y, that stay in cache
#pragma omp parallel for collapse(2) schedule(static)
  for (int64_t ib = 0; ib < n; ib += Block)
    for (int64_t jb = 0; jb < m; jb += Block)
      for (int64_t j = jb; j < std::min(jb + Block, m); j += Columns)
        for (int64_t i = ib; i < std::min(ib + Block, n); i += Rows)
          tile(x, p + j * k, d, i, std::min<int64_t>(Rows, n - i), j,
               std::min<int64_t>(Columns, m - j), m, k, combine, finish);
  free(p);
}

extern "C" {

void cityblock(const double *x, const double *y, double *d, int64_t n,
               int64_t m, int64_t k) {
  pairs(
      x, y, d, n, m, k,
      [](Vector s, Vector a, Vector b) { return s + vabs(a - b); },
      [](Vector s, int64_t, int64_t) { return s; });
}

void sqeuclidean_direct(const double *x, const double *y, double *d, int64_t n,
                        int64_t m, int64_t k) {
  pairs(
      x, y, d, n, m, k,
      [](Vector s, Vector a, Vector b) { return s + (a - b) * (a - b); },
      [](Vector s, int64_t, int64_t) { return s; });
}

void sqeuclidean_trick(const double *x, const double *y, double *d, int64_t n,
                       int64_t m, int64_t k) {
  auto norms = [k](const double *a, int64_t rows) {
    auto *out = static_cast<double *>(calloc(rows + Columns, sizeof(double)));
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t l = 0; l < k; ++l)
        out[i] += a[i * k + l] * a[i * k + l];
    return out;
  };
  double *x2 = norms(x, n), *y2 = norms(y, m);
  pairs(
      x, y, d, n, m, k,
      [](Vector s, Vector a, Vector b) { return s + a * b; },
      [=](Vector s, int64_t i, int64_t j) {
        return vabs(x2[i] + load(y2 + j) - 2.0 * s);
      });
  free(x2);
  free(y2);
}

void polynomial(const double *a, double *out, int64_t n) {
#pragma omp parallel for schedule(static)
  for (int64_t i = 0; i < n / Lanes; ++i) {
    Vector v = load(a + i * Lanes);
    store(out + i * Lanes, ((v + 1) * v + 1) * v + 1);
  }
  for (int64_t i = n / Lanes * Lanes; i < n; ++i)
    out[i] = ((a[i] + 1) * a[i] + 1) * a[i] + 1;
}

void mathematical(const double *a, const double *b, double *out, int64_t n) {
#pragma omp parallel for schedule(static)
  for (int64_t i = 0; i < n / Lanes; ++i) {
    Vector v = load(a + i * Lanes), w = load(b + i * Lanes);
    store(out + i * Lanes, vexp(-v) * vsin(w) + vlog(1 + v));
  }
  for (int64_t i = n / Lanes * Lanes; i < n; ++i)
    out[i] = std::exp(-a[i]) * std::sin(b[i]) + std::log(1 + a[i]);
}

static double rowSum(const double *x, int64_t k) {
  Vector s[4] = {};
  int64_t j = 0;
  for (; j + 4 * Lanes <= k; j += 4 * Lanes)
    for (int u = 0; u < 4; ++u)
      s[u] += load(x + j + u * Lanes);
  Vector t = (s[0] + s[1]) + (s[2] + s[3]);
  double sum = 0;
  for (int l = 0; l < Lanes; ++l)
    sum += t[l];
  for (; j < k; ++j)
    sum += x[j];
  return sum;
}

void sum_axis1(const double *x, double *out, int64_t n, int64_t k) {
#pragma omp parallel for schedule(static)
  for (int64_t i = 0; i < n; ++i)
    out[i] = rowSum(x + i * k, k);
}

void sum_all(const double *x, double *out, int64_t n, int64_t k) {
  double sum = 0;
#pragma omp parallel for schedule(static) reduction(+ : sum)
  for (int64_t i = 0; i < n; ++i)
    sum += rowSum(x + i * k, k);
  *out = sum;
}

void sum_axis0(const double *x, double *out, int64_t n, int64_t k) {
  std::fill(out, out + k, 0.0);
#pragma omp parallel
  {
    auto *part = static_cast<double *>(calloc(k, sizeof(double)));
#pragma omp for schedule(static) nowait
    for (int64_t i = 0; i < n; ++i)
      for (int64_t j = 0; j < k; ++j)
        part[j] += x[i * k + j];
#pragma omp critical
    for (int64_t j = 0; j < k; ++j)
      out[j] += part[j];
    free(part);
  }
}
}
