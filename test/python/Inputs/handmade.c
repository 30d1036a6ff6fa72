/* handmade.c -- a module as arrc writes it, but by hand: what the Python glue
 * does is tested without the compiler, also with results that ordinary programs
 * seldom have. */
#include "arr/codegen.h"
#include "arr/python.h"

#include <string.h>

#define F64 {ARR_FLOAT, 64, 1}
#define F32 {ARR_FLOAT, 32, 1}
#define I64 {ARR_INT, 64, 1}
#define ARRAY(NAME, DTYPE, FLAGS, NDIM, DIMS, TEXT)                            \
  {NAME, ARR_KIND_ARRAY, FLAGS, NDIM, DTYPE, DIMS, TEXT, NULL, NULL}
#define SCALAR(NAME, DTYPE, TEXT)                                              \
  {NAME, ARR_KIND_SCALAR, 0, 0, DTYPE, NULL, TEXT, NULL, NULL}

static const char *const dims_n[] = {"n"};
static const char *const dims_nk[] = {"n", "k"};
static const double two = 2;
static const float two_f32 = 2;

static int64_t step(const arr_array *a, int axis) {
  if (a->strides)
    return a->strides[axis];
  int64_t stride = a->dtype.bits / 8;
  for (int i = a->ndim - 1; i > axis; --i)
    stride *= a->shape[i];
  return stride;
}
static double at(const arr_array *a, int64_t i) {
  return *(const double *)((const char *)a->data + i * step(a, 0));
}

/* ---- total(x: f64[n]) -> f64 */
static void total(void **slots) {
  const arr_array *x = slots[0];
  double sum = 0;
  for (int64_t i = 0; i < x->shape[0]; ++i)
    sum += at(x, i);
  *(double *)slots[1] = sum;
}
static const arr_param x_f64[] = {ARRAY("x", F64, 0, 1, dims_n, "f64[n]")};
static const arr_param one_f64[] = {SCALAR("", F64, "f64")};

/* ---- add(x: f64[n], y: f64[n]) -> f64[n] */
static void return_f64(arr_array *slot, double *block, int64_t n) {
  const int64_t stride = 1;
  arr_return_array(slot, block, block, 1, &n, &stride, 8);
  arr_release(block);
}
static void add(void **slots) {
  const arr_array *x = slots[0], *y = slots[1];
  int64_t n = x->shape[0];
  if (y->shape[0] != n)
    arr_raise_values(ARR_ESHAPE, "handmade.arr:3:5",
                     "size `n` is %0 in x, but %1 in y", n, y->shape[0], 0);
  double *sum = arr_alloc(1, &n, 8);
  for (int64_t i = 0; i < n; ++i)
    sum[i] = at(x, i) + at(y, i);
  return_f64(slots[2], sum, n);
}
static const arr_param xy_f64[] = {ARRAY("x", F64, 0, 1, dims_n, "f64[n]"),
                                   ARRAY("y", F64, 0, 1, dims_n, "f64[n]")};
static const arr_param n_f64[] = {ARRAY("", F64, 0, 1, dims_n, "f64[n]")};

/* ---- scaled(x: T[n], by: T = 2.0) -> T[n] */
static void scaled_f64(void **slots) {
  const arr_array *x = slots[0];
  int64_t n = x->shape[0];
  double *made = arr_alloc(1, &n, 8);
  for (int64_t i = 0; i < n; ++i)
    made[i] = at(x, i) * *(const double *)slots[1];
  return_f64(slots[2], made, n);
}
static void scaled_f32(void **slots) {
  const arr_array *x = slots[0];
  const int64_t n = x->shape[0], stride = 1;
  float *made = arr_alloc(1, &n, 4);
  for (int64_t i = 0; i < n; ++i)
    made[i] = *(const float *)((const char *)x->data + i * step(x, 0)) *
              *(const float *)slots[1];
  arr_return_array(slots[2], made, made, 1, &n, &stride, 4);
  arr_release(made);
}
static const arr_param scaled_params_f32[] = {
    ARRAY("x", F32, 0, 1, dims_n, "f32[n]"),
    {"by", ARR_KIND_SCALAR, ARR_PARAM_OPTIONAL, 0, F32, NULL, "f32", "2.0",
     &two_f32}};
static const arr_param scaled_params_f64[] = {
    ARRAY("x", F64, 0, 1, dims_n, "f64[n]"),
    {"by", ARR_KIND_SCALAR, ARR_PARAM_OPTIONAL, 0, F64, NULL, "f64", "2.0",
     &two}};
static const arr_param n_f32[] = {ARRAY("", F32, 0, 1, dims_n, "f32[n]")};

/* ---- fill(x: f64[n, k], value: float) */
static void fill(void **slots) {
  const arr_array *x = slots[0];
  for (int64_t i = 0; i < x->shape[0]; ++i)
    for (int64_t j = 0; j < x->shape[1]; ++j)
      *(double *)((char *)x->data + i * step(x, 0) + j * step(x, 1)) =
          *(const double *)slots[1];
}
static const arr_param fill_params[] = {
    ARRAY("x", F64, ARR_PARAM_WRITTEN, 2, dims_nk, "f64[n, k]"),
    SCALAR("value", F64, "float")};

/* ---- views(x: f64[n]) -> x[::-2], x[n:], a 0-d array, x.size */
static void views(void **slots) {
  const arr_array *x = slots[0];
  const int64_t n = x->shape[0], half = (n + 1) / 2, zero = 0;
  const int64_t stride = step(x, 0) / 8, back = -2 * stride;
  double *data = x->data;
  arr_return_array(slots[1], NULL, data + (n - 1) * stride, 1, &half, &back, 8);
  arr_return_array(slots[2], NULL, data + n * stride, 1, &zero, &stride, 8);
  double *scalar = arr_alloc(0, NULL, 8);
  *scalar = 0.5;
  arr_return_array(slots[3], scalar, scalar, 0, NULL, NULL, 8);
  arr_release(scalar);
  *(int64_t *)slots[4] = n;
}
static const arr_param view_results[] = {ARRAY("", F64, 0, 1, dims_n, "f64[:]"),
                                         ARRAY("", F64, 0, 1, dims_n, "f64[:]"),
                                         ARRAY("", F64, 0, 0, NULL, "f64[()]"),
                                         SCALAR("", I64, "int")};

/* ---- transposed(n: int, k: int) -> f64[n, k], in Fortran order, and its row 0
 */
static void transposed(void **slots) {
  int64_t n = *(const int64_t *)slots[0], k = *(const int64_t *)slots[1];
  int64_t shape[2] = {n, k}, strides[2] = {1, n};
  double *data = arr_alloc(2, shape, 8);
  for (int64_t i = 0; i < n * k; ++i)
    data[i] = (double)i;
  arr_return_array(slots[2], data, data, 2, shape, strides, 8);
  arr_return_array(slots[3], data, data, 1, shape + 1, strides + 1, 8);
  arr_release(data);
}
static const arr_param nk_int[] = {SCALAR("n", I64, "int"),
                                   SCALAR("k", I64, "int")};
static const arr_param matrix_and_row[] = {
    ARRAY("", F64, 0, 2, dims_nk, "f64[n, k]"),
    ARRAY("", F64, 0, 1, dims_n, "f64[k]")};

/* ---- kinds(...): one scalar of each dtype comes back */
static void kinds(void **slots) {
  static const size_t sizes[] = {1, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 8, 16};
  for (int i = 0; i < 13; ++i)
    memcpy(slots[13 + i], slots[i], sizes[i]);
}
#define ALL_SCALARS                                                            \
  {SCALAR("b", ((arr_dtype){ARR_BOOL, 8, 1}), "bool"),                         \
   SCALAR("i8", ((arr_dtype){ARR_INT, 8, 1}), "i8"),                           \
   SCALAR("i16", ((arr_dtype){ARR_INT, 16, 1}), "i16"),                        \
   SCALAR("i32", ((arr_dtype){ARR_INT, 32, 1}), "i32"),                        \
   SCALAR("i64", ((arr_dtype){ARR_INT, 64, 1}), "i64"),                        \
   SCALAR("u8", ((arr_dtype){ARR_UINT, 8, 1}), "u8"),                          \
   SCALAR("u16", ((arr_dtype){ARR_UINT, 16, 1}), "u16"),                       \
   SCALAR("u32", ((arr_dtype){ARR_UINT, 32, 1}), "u32"),                       \
   SCALAR("u64", ((arr_dtype){ARR_UINT, 64, 1}), "u64"),                       \
   SCALAR("f32", F32, "f32"),                                                  \
   SCALAR("f64", F64, "f64"),                                                  \
   SCALAR("c64", ((arr_dtype){ARR_COMPLEX, 64, 1}), "c64"),                    \
   SCALAR("c128", ((arr_dtype){ARR_COMPLEX, 128, 1}), "c128")}
static const arr_param all_scalars[] = ALL_SCALARS;

/* ---- half(x: f32) -> f32, half(x: f64) -> f64 */
static void half_f32(void **slots) {
  *(float *)slots[1] = *(const float *)slots[0] / 2;
}
static void half_f64(void **slots) {
  *(double *)slots[1] = *(const double *)slots[0] / 2;
}
static const arr_param scalar_f32[] = {SCALAR("x", F32, "f32")};
static const arr_param scalar_f64[] = {SCALAR("x", F64, "f64")};

/* ---- fail(status: int) */
static void fail(void **slots) {
  const int64_t n = 1000;
  arr_alloc(1, &n, 8);
  arr_raise((int32_t)*(const int64_t *)slots[0], "handmade.arr:9:5",
            "as you like — it");
}
static const arr_param status_int[] = {SCALAR("status", I64, "int")};

/* ---- measure(path: str) -> int */
static void measure(void **slots) {
  *(int64_t *)slots[1] = (int64_t)strlen(slots[0]);
}
static const arr_param path_str[] = {{"path",
                                      ARR_KIND_STR,
                                      ARR_PARAM_OPTIONAL,
                                      0,
                                      {0, 0, 0},
                                      NULL,
                                      "str",
                                      "'abc'",
                                      "abc"}};
static const arr_param one_int[] = {SCALAR("", I64, "int")};

/* ---- The table. */
#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof *(ARRAY))
#define FUNCTION(NAME, SYMBOL, DOC, PARAMS, RESULTS, STRUCTURE)                \
  {#NAME,          #SYMBOL, DOC,     "handmade.arr:1:1", COUNT(PARAMS),        \
   COUNT(RESULTS), PARAMS,  RESULTS, STRUCTURE,          SYMBOL}
static const arr_function functions[] = {
    FUNCTION(total, total, "The sum.", x_f64, one_f64, "."),
    FUNCTION(add, add, "", xy_f64, n_f64, "."),
    FUNCTION(scaled, scaled_f32, "x times `by`.", scaled_params_f32, n_f32,
             "."),
    FUNCTION(scaled, scaled_f64, "x times `by`.", scaled_params_f64, n_f64,
             "."),
    {"fill", "fill", "", "handmade.arr:5:1", 2, 0, fill_params, NULL, "", fill},
    FUNCTION(views, views, "", x_f64, view_results, "(....)"),
    FUNCTION(transposed, transposed, "", nk_int, matrix_and_row, "(..)"),
    FUNCTION(kinds, kinds, "", all_scalars, all_scalars, "(.............)"),
    FUNCTION(half, half_f32, "", scalar_f32, scalar_f32, "."),
    FUNCTION(half, half_f64, "", scalar_f64, scalar_f64, "."),
    {"fail", "fail", "", "handmade.arr:8:1", 1, 0, status_int, NULL, "", fail},
    FUNCTION(measure, measure, "", path_str, one_int, "."),
};
ARR_API const arr_module handmade_arr_module = {
    ARR_ABI_VERSION, sizeof(arr_module), "handmade", "Made by hand.",
    "handmade.arr",  COUNT(functions),   0,          functions};

typedef struct _object object;
#define NAMES(EACH)                                                            \
  EACH(0, total)                                                               \
  EACH(1, add)                                                                 \
  EACH(2, scaled)                                                              \
  EACH(3, fill)                                                                \
  EACH(4, views)                                                               \
  EACH(5, transposed)                                                          \
  EACH(6, kinds)                                                               \
  EACH(7, half)                                                                \
  EACH(8, fail)                                                                \
  EACH(9, measure)
static arr_python_function python_functions[];
#define TRAMPOLINE(INDEX, NAME)                                                \
  static object *NAME##_python(object *module, object *const *arguments,       \
                               intptr_t count, object *keywords) {             \
    (void)module;                                                              \
    return arr_python_call(&python_functions[INDEX], arguments, count,         \
                           keywords);                                          \
  }
NAMES(TRAMPOLINE)
#define ROW(INDEX, NAME) {#NAME, NAME##_python, NULL},
static arr_python_function python_functions[] = {NAMES(ROW)};

ARR_API object *PyInit_handmade(void) {
  return arr_python_init(&handmade_arr_module, python_functions,
                         COUNT(python_functions));
}
