// guard-test.cpp -- errors, guards, frames and parallel regions.
#include "runtime-test.h"

#include <omp.h>

namespace {

void *allocate(int64_t bytes) { return arr_alloc(1, &bytes, 1); }

TEST(Guard, ReturnsStatusAndMessage) {
  EXPECT_EQ(guarded([] {
              arr_raise_values(ARR_EINDEX, "a.arr:3:4",
                               "index %0 is out of bounds for axis %1 with "
                               "size %2, 100%",
                               -7, 1, INT64_MIN);
            }),
            ARR_EINDEX);
  EXPECT_STREQ(arr_last_error_message(),
               "index -7 is out of bounds for axis 1 with size "
               "-9223372036854775808, 100%");
  EXPECT_STREQ(arr_last_error_location(), "a.arr:3:4");
  EXPECT_EQ(std::string(arr_last_error()),
            std::string("a.arr:3:4: ") + arr_last_error_message());
}

TEST(Guard, LongMessagesAreCutBetweenCharacters) {
  std::string longText(3000, 'x');
  longText.replace(1022, 2, "\u00e9");
  EXPECT_EQ(guarded([&] { arr_raise(ARR_EVALUE, "", longText.c_str()); }),
            ARR_EVALUE);
  EXPECT_EQ(std::string(arr_last_error_message()), std::string(1022, 'x'));
}

TEST(Guard, ErrorFreesEveryBlock) {
  CountingAllocator allocator;
  EXPECT_EQ(guarded([] {
              void *kept = allocate(100), *released = allocate(100);
              allocate(1 << 20);
              arr_retain(kept);
              arr_release(released);
              arr_raise(ARR_EASSERT, "", "stop");
            }),
            ARR_EASSERT);
  EXPECT_EQ(allocator.total, 3);
  EXPECT_EQ(allocator.live, 0);
}

TEST(Guard, OutermostSuccessFreesWhatIsLeft) {
  CountingAllocator allocator;
  EXPECT_EQ(guarded([] { allocate(10); }), ARR_OK);
  EXPECT_EQ(allocator.total, 1);
  EXPECT_EQ(allocator.live, 0);
}

TEST(Guard, InnerErrorLeavesOuterBlocksAlone) {
  CountingAllocator allocator;
  int liveAfterInner = -1;
  EXPECT_EQ(guarded([&] {
              void *outer = allocate(10);
              int32_t status = guarded([&] {
                allocate(10);
                arr_raise(ARR_EVALUE, "", "inner");
              });
              EXPECT_EQ(status, ARR_EVALUE);
              liveAfterInner = allocator.live;
              arr_release(outer);
            }),
            ARR_OK);
  EXPECT_EQ(liveAfterInner, 1);
  EXPECT_EQ(allocator.live, 0);
}

TEST(Guard, InnerSuccessHandsBlocksOver) {
  CountingAllocator allocator;
  EXPECT_EQ(guarded([&] {
              char *fromInner = nullptr;
              guarded([&] {
                allocate(5);
                fromInner = static_cast<char *>(allocate(64));
              });
              EXPECT_EQ(allocator.live, 2);
              fromInner[63] = 1; // still ours
              arr_release(fromInner);
              EXPECT_EQ(allocator.live, 1);
              arr_raise(ARR_EVALUE, "", "outer");
            }),
            ARR_EVALUE);
  EXPECT_EQ(allocator.live, 0);
}

TEST(Guard, ErrorsAreThreadLocal) {
  guarded([] { arr_raise(ARR_EVALUE, "", "mine"); });
#pragma omp parallel num_threads(2)
  if (omp_get_thread_num() == 1)
    guarded([] { arr_raise(ARR_EINDEX, "", "other"); });
  EXPECT_STREQ(arr_last_error_message(), "mine");
}

// The shape of generated code: items in parallel, each under its own guard.
struct RegionRun {
  int64_t items;
  std::vector<int64_t> failing;
  std::atomic<int64_t> ran{0};

  static void body(void *context, int64_t begin, int64_t) {
    auto *run = static_cast<RegionRun *>(context);
    void *temporary = allocate(200);
    for (int64_t failing : run->failing)
      if (begin == failing)
        arr_raise_values(ARR_EINDEX, "r.arr:1:1", "item %0", begin, 0, 0);
    ++run->ran;
    arr_release(temporary);
  }

  int32_t operator()(int threads) {
    return guarded([&] {
      void *around = allocate(100);
      arr_region region = {};
      arr_region_begin(&region);
#pragma omp parallel for num_threads(threads) schedule(dynamic)
      for (int64_t i = 0; i < items; ++i)
        arr_try_item(&region, body, this, i, i + 1);
      arr_region_end(&region);
      arr_release(around);
    });
  }
};

TEST(Region, RunsAllItems) {
  CountingAllocator allocator;
  for (int threads : {1, 4}) {
    RegionRun run{1000, {}};
    EXPECT_EQ(run(threads), ARR_OK);
    EXPECT_EQ(run.ran, 1000);
    EXPECT_EQ(allocator.live, 0);
  }
}

TEST(Region, LowestFailingItemWins) {
  CountingAllocator allocator;
  for (int repeat = 0; repeat < 50; ++repeat) {
    for (int threads : {1, 4}) {
      RegionRun run{300, {250, 37, 38, 299}};
      EXPECT_EQ(run(threads), ARR_EINDEX);
      EXPECT_STREQ(arr_last_error(), "r.arr:1:1: item 37");
      EXPECT_GE(run.ran, 37); // all items below were run
      EXPECT_EQ(allocator.live, 0);
    }
  }
}

void failItem(void *, int64_t begin, int64_t) {
  arr_raise_values(ARR_EINDEX, "", "item %0", begin, 0, 0);
}

TEST(Region, OrderOfItemsDoesNotMatter) {
  RegionRun run{0, {3, 4, 5}};
  EXPECT_EQ(guarded([&] {
              arr_region region = {};
              arr_region_begin(&region);
              for (int64_t item : {5, 2, 3, 6, 4})
                arr_try_item(&region, RegionRun::body, &run, item, item + 1);
              arr_region_end(&region);
            }),
            ARR_EINDEX);
  EXPECT_STREQ(arr_last_error(), "r.arr:1:1: item 3");
  EXPECT_EQ(run.ran, 1); // 2; 4 and 6 are above a failed one
  // Two running items: the lower one fails last, then the higher one.
  for (bool lowerFirst : {false, true}) {
    EXPECT_EQ(guarded([&] {
                arr_region region = {};
                struct Nested {
                  arr_region *region;
                  int64_t inner, outer;
                };
                Nested nested = {&region, lowerFirst ? 1 : 2,
                                 lowerFirst ? 2 : 1};
                arr_region_begin(&region);
                // The outer item is under way while the inner one fails.
                arr_try_item(
                    &region,
                    [](void *context, int64_t begin, int64_t) {
                      auto *nested = static_cast<Nested *>(context);
                      arr_try_item(nested->region, failItem, nullptr,
                                   nested->inner, nested->inner + 1);
                      failItem(nullptr, begin, begin + 1);
                    },
                    &nested, nested.outer, nested.outer + 1);
                arr_region_end(&region);
              }),
              ARR_EINDEX);
    EXPECT_STREQ(arr_last_error(), "item 1");
  }
}

TEST(Region, ItemsMayReleaseBlocksFromOutside) {
  CountingAllocator allocator;
  struct Context {
    void *blocks[64];
  } context;
  auto item = [](void *context, int64_t begin, int64_t) {
    arr_release(static_cast<Context *>(context)->blocks[begin]);
    allocate(10); // handed to the frame around the region
  };
  auto body = [&] {
    for (void *&block : context.blocks)
      block = allocate(50);
    arr_region region = {};
    arr_region_begin(&region);
#pragma omp parallel for num_threads(4)
    for (int64_t i = 0; i < 64; ++i)
      arr_try_item(&region, item, &context, i, i + 1);
    arr_region_end(&region);
    EXPECT_EQ(allocator.live, 64);
  };
  EXPECT_EQ(guarded(body), ARR_OK);
  EXPECT_EQ(allocator.live, 0);
}

__attribute__((noinline)) int64_t recurse(int64_t depth) {
  arr_check_stack("deep.arr:1:1");
  volatile char room[500] = {};
  return depth == 0 ? 0 : recurse(depth - 1) + 1 + room[depth % 500];
}

TEST(Guard, DeepRecursionIsAnError) {
  EXPECT_EQ(guarded([] { EXPECT_EQ(recurse(1000), 1000); }), ARR_OK);
  EXPECT_EQ(guarded([] { recurse(int64_t(1) << 40); }), ARR_ERECURSION);
  EXPECT_STREQ(arr_last_error_location(), "deep.arr:1:1");
#pragma omp parallel num_threads(3)
  {
    EXPECT_EQ(guarded([] { recurse(int64_t(1) << 40); }), ARR_ERECURSION);
  }
}

TEST(GuardDeathTest, ErrorOutsideOfAGuardSaysSo) {
  EXPECT_DEATH(arr_raise(ARR_EVALUE, "", "nobody listens"),
               "error outside of a guard: nobody listens");
}

} // namespace
