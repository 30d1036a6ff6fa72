// Tests of runtime/core/strided.c: which arrays can be seen with other sizes.
#include "arr/codegen.h"

#include <gtest/gtest.h>
#include <vector>

namespace {

using Numbers = std::vector<int64_t>;

/// The new strides; none if a copy is needed.
Numbers reshape(const Numbers &sizes, const Numbers &strides,
                const Numbers &newSizes) {
  Numbers result(newSizes.size());
  if (!arr_reshape_strides(int64_t(sizes.size()), sizes.data(), strides.data(),
                           int64_t(newSizes.size()), newSizes.data(),
                           result.data()))
    result.clear();
  return result;
}

TEST(Reshape, AxesAreSplitWithAnyStride) {
  EXPECT_EQ(reshape({6}, {-2}, {2, 3}), (Numbers{-6, -2}));
  EXPECT_EQ(reshape({4, 6}, {10, 1}, {2, 2, 3, 2}), (Numbers{20, 10, 2, 1}));
}

TEST(Reshape, AxesAreJoinedWithoutGaps) {
  EXPECT_EQ(reshape({2, 3}, {3, 1}, {6}), (Numbers{1}));
  EXPECT_EQ(reshape({2, 3}, {-3, -1}, {6}), (Numbers{-1}));
  EXPECT_TRUE(reshape({2, 3}, {4, 1}, {6}).empty());
  EXPECT_TRUE(reshape({2, 3}, {1, 2}, {6}).empty());
  EXPECT_EQ(reshape({2, 3, 4}, {100, 4, 1}, {2, 12}), (Numbers{100, 1}));
  EXPECT_EQ(reshape({4, 6}, {6, 1}, {3, 8}), (Numbers{8, 1}));
}

TEST(Reshape, AxesOfOneElementDoNotCount) {
  EXPECT_EQ(reshape({2, 1, 3}, {3, 77, 1}, {6}), (Numbers{1}));
  Numbers strides = reshape({2, 3}, {50, 7}, {1, 2, 1, 3});
  EXPECT_EQ(strides[1], 50);
  EXPECT_EQ(strides[3], 7);
  EXPECT_EQ(reshape({1, 1}, {9, 9}, {}).size(), 0u);
}

TEST(Reshape, EmptyArraysAreViews) {
  EXPECT_EQ(reshape({0, 3}, {1, 9}, {3, 0}).size(), 2u);
}

} // namespace
