// overlap-test.cpp -- the exact overlap test against listing all addresses, and
// strided copies against a naive loop.
#include "runtime-test.h"

#include <cstring>
#include <memory>
#include <random>
#include <set>

namespace {

// The bytes that an array's elements occupy, relative to its data; the second
// set has those that several elements share.
void listBytes(const ArrayView &view, int64_t itemSize, std::set<int64_t> &all,
               std::set<int64_t> *shared = nullptr) {
  std::vector<int64_t> index(view.shape.size(), 0);
  for (int64_t extent : view.shape)
    if (extent == 0)
      return;
  for (;;) {
    int64_t address = int64_t(intptr_t(view.array.data));
    for (size_t i = 0; i < index.size(); ++i)
      address += index[i] * view.strides[i];
    for (int64_t byte = 0; byte < itemSize; ++byte)
      if (!all.insert(address + byte).second && shared)
        shared->insert(address + byte);
    size_t axis = 0;
    while (axis < index.size() && ++index[axis] == view.shape[axis])
      index[axis++] = 0;
    if (axis == index.size())
      return;
  }
}

bool overlapByListing(const ArrayView &a, int64_t aSize, const ArrayView &b,
                      int64_t bSize) {
  std::set<int64_t> first, second;
  listBytes(a, aSize, first);
  listBytes(b, bSize, second);
  for (int64_t address : first)
    if (second.count(address))
      return true;
  return false;
}

class RandomView {
public:
  explicit RandomView(std::mt19937 &random) : random(random) {}

  // Strides are multiples of `unit`; the memory is never touched.
  std::unique_ptr<ArrayView> operator()(arr_dtype dtype, int64_t unit) {
    int rank = pick(0, 4);
    std::vector<int64_t> shape, strides;
    for (int i = 0; i < rank; ++i) {
      shape.push_back(pick(0, 19) == 0 ? 0 : pick(1, 6));
      strides.push_back(unit * pick(-20, 20));
    }
    char *data =
        reinterpret_cast<char *>(uintptr_t(1) << 32) + unit * pick(-40, 40);
    return std::make_unique<ArrayView>(data, dtype, shape, strides);
  }

  int pick(int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  }

private:
  std::mt19937 &random;
};

TEST(Overlap, AgreesWithListingAllBytes) {
  std::mt19937 random(1);
  RandomView view(random);
  int overlapping = 0;
  const int cases = 20000;
  for (int i = 0; i < cases; ++i) {
    arr_dtype a = i % 3 ? dtypeOf<double>() : dtypeOf<int32_t>();
    arr_dtype b = i % 5 ? dtypeOf<double>() : dtypeOf<uint8_t>();
    int64_t unit = i % 2 ? 8 : 4;
    auto x = view(a, unit), y = view(b, unit);
    bool expected =
        overlapByListing(*x, arr_dtype_size(a), *y, arr_dtype_size(b));
    overlapping += expected;
    ASSERT_EQ(arr_may_overlap(&x->array, &y->array), expected) << i;
    ASSERT_EQ(arr_may_overlap(&y->array, &x->array), expected) << i;
  }
  EXPECT_GT(overlapping, cases / 10); // both answers are tested
  EXPECT_LT(overlapping, cases - cases / 10);
}

TEST(Overlap, WithinOneArrayAgreesToo) {
  std::mt19937 random(2);
  RandomView view(random);
  int overlapping = 0;
  const int cases = 20000;
  for (int i = 0; i < cases; ++i) {
    auto x = view(dtypeOf<double>(), i % 2 ? 8 : 4);
    std::set<int64_t> all, shared;
    listBytes(*x, 8, all, &shared);
    overlapping += !shared.empty();
    ASSERT_EQ(arr_may_overlap_itself(&x->array), !shared.empty()) << i;
  }
  EXPECT_GT(overlapping, cases / 10);
  EXPECT_LT(overlapping, cases - cases / 10);
}

TEST(Overlap, LargeOrdinaryViews) {
  const int64_t n = 1 << 20;
  double *base = reinterpret_cast<double *>(uintptr_t(1) << 40);
  auto overlap = [](double *a, std::vector<int64_t> aShape,
                    std::vector<int64_t> aStrides, double *b,
                    std::vector<int64_t> bShape,
                    std::vector<int64_t> bStrides) {
    ArrayView x(a, dtypeOf<double>(), aShape, aStrides);
    ArrayView y(b, dtypeOf<double>(), bShape, bStrides);
    return arr_may_overlap(&x.array, &y.array);
  };
  // x[::2] and x[1::2]; x[::-1] and x; rows and columns; even and odd columns.
  EXPECT_FALSE(overlap(base, {n / 2}, {16}, base + 1, {n / 2}, {16}));
  EXPECT_TRUE(overlap(base + n - 1, {n}, {-8}, base, {n}, {8}));
  EXPECT_TRUE(overlap(base + 5 * 1000, {1000}, {8}, base + 7, {1000}, {8000}));
  EXPECT_FALSE(overlap(base, {1000, 500}, {8000, 16}, base + 1, {1000, 500},
                       {8000, 16}));
  EXPECT_FALSE(overlap(base, {1000, 500}, {8000, 8}, base + 500, {1000, 500},
                       {8000, 8}));
  EXPECT_TRUE(overlap(base, {1000, 501}, {8000, 8}, base + 500, {1000, 500},
                      {8000, 8}));
  EXPECT_FALSE(overlap(base, {n}, {8}, base + n, {n}, {8}));
  EXPECT_TRUE(overlap(base, {n}, {8}, base + n - 1, {n}, {8}));
}

TEST(Overlap, HostileNumbersAreAnsweredQuickly) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 200; ++i) {
    std::vector<int64_t> shape, strides;
    for (int axis = 0; axis < 32; ++axis) {
      shape.push_back(int64_t(random() % 1000 + 2));
      strides.push_back(int64_t(random() >> (random() % 64)) & ~7);
    }
    ArrayView x(reinterpret_cast<void *>(uintptr_t(1) << 46), dtypeOf<double>(),
                shape, strides);
    ArrayView y(reinterpret_cast<void *>((uintptr_t(1) << 46) + 8),
                dtypeOf<double>(), shape, strides);
    arr_may_overlap(&x.array, &y.array); // must end; the answer may be "maybe"
    arr_may_overlap_itself(&x.array);
  }
}

TEST(StridedCopy, AgreesWithANaiveLoop) {
  std::mt19937 random(4);
  RandomView view(random);
  std::vector<unsigned char> from(1 << 16), to, expected;
  for (unsigned char &byte : from)
    byte = (unsigned char)random();
  for (int i = 0; i < 3000; ++i) {
    int64_t itemSize = std::vector<int64_t>{1, 2, 4, 8, 16, 3}[i % 6];
    auto x = view(dtypeOf<double>(), itemSize);
    std::vector<int64_t> toStrides(x->shape.size());
    arr_c_strides(int64_t(x->shape.size()), x->shape.data(), itemSize,
                  toStrides.data());
    if (i % 4 == 0 && !toStrides.empty())
      toStrides[0] *= 2;
    to.assign(1 << 16, 0);
    expected = to;
    const unsigned char *start = from.data() + (1 << 15);
    std::vector<int64_t> index(x->shape.size(), 0);
    bool empty = false;
    for (int64_t extent : x->shape)
      empty |= extent == 0;
    for (bool more = !empty; more;) {
      int64_t a = 0, b = 0;
      for (size_t k = 0; k < index.size(); ++k) {
        a += index[k] * toStrides[k];
        b += index[k] * x->strides[k];
      }
      memcpy(&expected[size_t(a)], start + b, size_t(itemSize));
      size_t axis = 0;
      while (axis < index.size() && ++index[axis] == x->shape[axis])
        index[axis++] = 0;
      more = axis < index.size();
    }
    arr_copy_strided(to.data(), toStrides.data(), start, x->strides.data(),
                     int64_t(x->shape.size()), x->shape.data(), itemSize);
    ASSERT_EQ(to, expected) << i;
  }
}

} // namespace
