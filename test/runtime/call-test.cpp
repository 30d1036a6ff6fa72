// call-test.cpp -- arr_call: what is checked at the boundary, the texts of the
// errors, results that are blocks, views or out= arrays, and leaks.
#include "runtime-test.h"

#include <memory>

namespace {

const char *const dims[] = {"n", "k"};
constexpr arr_dtype f64 = {ARR_FLOAT, 64, 1};

constexpr arr_param arrayParam(const char *name, uint8_t flags, uint16_t ndim,
                               const char *annotation) {
  return {name, ARR_KIND_ARRAY, flags,   ndim,   f64,
          dims, annotation,     nullptr, nullptr};
}

// def twice(x: f64[n], mode: i64) -> f64[n]; mode 0: 2 * x, 1: x[::2] (a view),
// 2: fails after returning, 3: fails without a position.
void twice(void **slots) {
  auto *x = static_cast<arr_array *>(slots[0]);
  auto *data = static_cast<double *>(x->data);
  int64_t mode = *static_cast<int64_t *>(slots[1]), n = x->shape[0], one = 1;
  int64_t stride = x->strides ? x->strides[0] / 8 : 1;
  auto *result = static_cast<arr_array *>(slots[2]);
  if (mode == 1) {
    int64_t half = (n + 1) / 2, step = 2 * stride;
    arr_return_array(result, nullptr, data, 1, &half, &step, 8);
    return;
  }
  auto *block = static_cast<double *>(arr_alloc(1, &n, 8));
  for (int64_t i = 0; i < n; ++i)
    block[i] = 2 * data[i * stride];
  arr_return_array(result, block, block, 1, &n, &one, 8);
  arr_release(block);
  if (mode == 2)
    arr_raise(ARR_EVALUE, "t.arr:9:9", "too late");
  if (mode == 3)
    arr_raise(ARR_ENOMEM, "", "no position");
}

const arr_param twiceParams[] = {arrayParam("x", 0, 1, "f64[n]"),
                                 {"mode",
                                  ARR_KIND_SCALAR,
                                  0,
                                  0,
                                  {ARR_INT, 64, 1},
                                  nullptr,
                                  "i64",
                                  nullptr,
                                  nullptr}};
const arr_param twiceResults[] = {arrayParam("", 0, 1, "f64[n]")};
const arr_function twiceFunction = {
    "twice", "twice", "", "t.arr:1:1", 2, 1, twiceParams, twiceResults, ".", twice};

class Call : public ::testing::Test {
protected:
  arr_status call(const arr_array &x, int64_t mode = 0) {
    void *slots[] = {const_cast<arr_array *>(&x), &mode, &result};
    return arr_call(&twiceFunction, slots);
  }
  arr_array result = {};
};

TEST_F(Call, ReturnsABlockOfItsOwn) {
  CountingAllocator allocator;
  double data[] = {1, 2, 3};
  ArrayView x(data + 2, f64, {3}, {-8});
  ASSERT_EQ(call(x.array), ARR_OK);
  ASSERT_EQ(result.ndim, 1);
  EXPECT_EQ(result.shape[0], 3);
  EXPECT_EQ(result.strides[0], 8);
  EXPECT_EQ(result.flags, 0u);
  EXPECT_TRUE(arr_dtype_equal(result.dtype, f64));
  EXPECT_EQ(static_cast<double *>(result.data)[0], 6);
  EXPECT_EQ(allocator.live, 2); // the elements; shape and strides
  ASSERT_NE(result.release, nullptr);
  result.release(&result);
  EXPECT_EQ(result.release, nullptr);
  EXPECT_EQ(allocator.live, 0);
  EXPECT_STREQ(arr_last_error(), "");
}

TEST_F(Call, ReturnsViewsOfArguments) {
  CountingAllocator allocator;
  double data[] = {1, 2, 3};
  ArrayView x(data, f64, {3});
  ASSERT_EQ(call(x.array, 1), ARR_OK);
  EXPECT_EQ(result.data, data);
  EXPECT_EQ(result.shape[0], 2);
  EXPECT_EQ(result.strides[0], 16);
  EXPECT_EQ(result.flags, uint32_t(ARR_VIEW));
  result.release(&result);
  // A view of read-only memory is read-only.
  result = {};
  x.array.flags = ARR_READONLY;
  ASSERT_EQ(call(x.array, 1), ARR_OK);
  EXPECT_EQ(result.flags, uint32_t(ARR_VIEW | ARR_READONLY));
  result.release(&result);
  EXPECT_EQ(allocator.live, 0);
}

TEST_F(Call, FillsOut) {
  CountingAllocator allocator;
  double data[] = {1, 2, 3}, out[6] = {};
  ArrayView x(data, f64, {3}), target(out + 4, f64, {3}, {-16});
  result = target.array;
  ASSERT_EQ(call(x.array), ARR_OK);
  EXPECT_EQ(out[4], 2);
  EXPECT_EQ(out[2], 4);
  EXPECT_EQ(out[0], 6);
  EXPECT_EQ(result.data, out + 4);
  EXPECT_EQ(result.release, nullptr);
  EXPECT_EQ(allocator.live, 0);
  ArrayView small(out, f64, {2});
  result = small.array;
  EXPECT_EQ(call(x.array), ARR_ESHAPE);
  EXPECT_STREQ(arr_last_error(),
               "t.arr:1:1: out has shape (2,), but the result has shape (3,)");
  EXPECT_EQ(result.data, out);
  EXPECT_EQ(allocator.live, 0);
}

TEST_F(Call, FailuresLeaveNothingBehind) {
  CountingAllocator allocator;
  double data[] = {1, 2, 3};
  ArrayView x(data, f64, {3});
  EXPECT_EQ(call(x.array, 2), ARR_EVALUE);
  EXPECT_STREQ(arr_last_error(), "t.arr:9:9: too late");
  EXPECT_EQ(result.data, nullptr);
  EXPECT_EQ(result.release, nullptr);
  EXPECT_EQ(allocator.live, 0);
  // The function's own position stands in where there is none.
  EXPECT_EQ(call(x.array, 3), ARR_ENOMEM);
  EXPECT_STREQ(arr_last_error(), "t.arr:1:1: no position");
  EXPECT_STREQ(arr_last_error_message(), "no position");
  for (int n = 1; n <= 2; ++n) {
    arr_test_configure(n, false);
    EXPECT_EQ(call(x.array), ARR_ENOMEM);
    EXPECT_EQ(allocator.live, 0);
  }
  arr_test_configure(0, false);
}

TEST_F(Call, DtypeRankAndLayoutAreChecked) {
  double data[4] = {};
  ArrayView integers(data, dtypeOf<int64_t>(), {4});
  EXPECT_EQ(call(integers.array), ARR_EDTYPE);
  EXPECT_STREQ(arr_last_error_message(),
               "twice() argument 'x' must be a 1-d float64 array (f64[n]), got "
               "a 1-d int64 array; convert it with .astype(np.float64)");
  ArrayView matrix(data, f64, {2, 2});
  EXPECT_EQ(call(matrix.array), ARR_ENDIM);
  EXPECT_STREQ(arr_last_error_message(),
               "twice() argument 'x' must be a 1-d float64 array (f64[n]), got "
               "a 2-d array");
  ArrayView misaligned(reinterpret_cast<char *>(data) + 4, f64, {2});
  EXPECT_EQ(call(misaligned.array), ARR_EALIGN);
  ArrayView oddStride(data, f64, {2}, {12});
  EXPECT_EQ(call(oddStride.array), ARR_EALIGN);
  EXPECT_STREQ(arr_last_error_message(),
               "twice() argument 'x': address and strides must be multiples of "
               "the item size (8 bytes); make a copy with .copy()");
  ArrayView single(data, f64, {1}, {12}); // the stride is never used
  EXPECT_EQ(call(single.array), ARR_OK);
  result.release(&result);
  ArrayView negative(data, f64, {-1});
  EXPECT_EQ(call(negative.array), ARR_ESHAPE);
  ArrayView nothing(nullptr, f64, {3});
  EXPECT_EQ(call(nothing.array), ARR_EVALUE);
  ArrayView empty(nullptr, f64, {0});
  EXPECT_EQ(call(empty.array), ARR_OK);
  result.release(&result);
}

// def add_to(a: f64[n], b: f64[n]): writes a.
void addTo(void **) {}
const arr_param addToParams[] = {
    arrayParam("a", ARR_PARAM_WRITTEN, 1, "f64[n]"),
    arrayParam("b", 0, 1, "f64[n]")};
const arr_function addToFunction = {
    "add_to", "add_to", "", "t.arr:2:1", 2, 0, addToParams, nullptr, "", addTo};

arr_status callAddTo(arr_array &a, arr_array &b) {
  void *slots[] = {&a, &b};
  return arr_call(&addToFunction, slots);
}

TEST(CallWritten, ReadOnlyArgumentsAreRefused) {
  double data[4] = {};
  ArrayView a(data, f64, {2}), b(data + 2, f64, {2});
  b.array.flags = ARR_READONLY;
  EXPECT_EQ(callAddTo(a.array, b.array), ARR_OK);
  a.array.flags = ARR_READONLY;
  EXPECT_EQ(callAddTo(a.array, b.array), ARR_EREADONLY);
  EXPECT_STREQ(arr_last_error_message(),
               "add_to() argument 'a' is read-only, but add_to() writes into "
               "it; pass a copy");
}

TEST(CallWritten, OverlapIsDecidedExactly) {
  double data[10] = {};
  ArrayView even(data, f64, {5}, {16}), odd(data + 1, f64, {5}, {16});
  EXPECT_EQ(callAddTo(even.array, odd.array), ARR_OK);
  ArrayView tail(data + 8, f64, {2}, {8});
  EXPECT_EQ(callAddTo(even.array, tail.array), ARR_EOVERLAP);
  EXPECT_STREQ(arr_last_error_message(),
               "add_to() argument 'a' is written and overlaps argument 'b'; "
               "pass a copy of one of them");
  EXPECT_EQ(callAddTo(even.array, even.array), ARR_EOVERLAP);
  ArrayView repeated(data, f64, {5}, {0});
  EXPECT_EQ(callAddTo(repeated.array, odd.array), ARR_EOVERLAP);
  EXPECT_STREQ(arr_last_error_message(),
               "add_to() argument 'a' is written, but several of its elements "
               "share memory; pass a copy");
}

TEST_F(Call, OutIsCheckedToo) {
  double data[6] = {};
  ArrayView x(data, f64, {3}), target(data + 2, f64, {3});
  result = target.array;
  EXPECT_EQ(call(x.array), ARR_EOVERLAP);
  EXPECT_STREQ(arr_last_error_message(),
               "twice() out argument 0 is written and overlaps argument 'x'; "
               "pass a copy of one of them");
  EXPECT_EQ(result.data, data + 2);
  ArrayView wrong(data + 3, dtypeOf<int64_t>(), {3});
  result = wrong.array;
  EXPECT_EQ(call(x.array), ARR_EDTYPE);
}

} // namespace
