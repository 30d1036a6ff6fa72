// memory-test.cpp -- blocks, the pool, sizes that overflow, test modes,
// threads.
#include "runtime-test.h"

#include <cstring>
#include <omp.h>
#include <sys/wait.h>
#include <unistd.h>

// Only for builds with sanitizers: libomp keeps its memory to the end.
extern "C" const char *__lsan_default_suppressions() {
  return "leak:libomp.so";
}

namespace {

// No vector: raising an error runs no destructors.
void *allocate(std::initializer_list<int64_t> extents, int64_t itemSize) {
  return arr_alloc(int64_t(extents.size()), extents.begin(), itemSize);
}

TEST(Memory, BlocksAreAlignedAndWritable) {
  for (int64_t bytes : {0, 1, 63, 64, 65, 65535, 65536, 1 << 20, 5 << 20}) {
    char *block = static_cast<char *>(arr_try_alloc(bytes));
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(uintptr_t(block) % 64, 0u);
    memset(block, 7, size_t(bytes));
    arr_release(block);
  }
}

TEST(Memory, ScalarsAndEmptyArraysHaveBlocks) {
  EXPECT_EQ(guarded([] {
              EXPECT_NE(arr_alloc(0, nullptr, 8), nullptr);
              EXPECT_NE(allocate({3, 0, 5}, 8), nullptr);
            }),
            ARR_OK);
}

TEST(Memory, ReferencesAreCounted) {
  CountingAllocator allocator;
  void *block = arr_try_alloc(100);
  arr_retain(block);
  arr_release(block);
  EXPECT_EQ(allocator.live, 1);
  arr_release(block);
  EXPECT_EQ(allocator.live, 0);
  arr_retain(nullptr); // borrowed memory
  arr_release(nullptr);
}

TEST(Memory, CountsAreExactAcrossThreads) {
  CountingAllocator allocator;
  void *block = arr_try_alloc(100);
#pragma omp parallel for num_threads(4)
  for (int i = 0; i < 20000; ++i) {
    arr_retain(block);
    arr_release(block);
  }
  EXPECT_EQ(allocator.live, 1);
  arr_release(block);
  EXPECT_EQ(allocator.live, 0);
}

TEST(Memory, ImpossibleSizesAreRefused) {
  const int64_t big = int64_t(1) << 31;
  // The second product wraps to a small number in 64 bits.
  for (std::vector<int64_t> extents : {std::vector<int64_t>{big, big, 4},
                                       {2, 13, 419, 691, 823, 2977518503},
                                       {INT64_MAX},
                                       {big, big, 0, 4},
                                       {0, INT64_MAX}}) {
    EXPECT_EQ(
        guarded([&] { arr_alloc(int64_t(extents.size()), extents.data(), 8); }),
        ARR_EVALUE);
    EXPECT_NE(std::string(arr_last_error()).find("array is too big"),
              std::string::npos);
  }
  EXPECT_EQ(guarded([] { allocate({4, -1}, 8); }), ARR_EVALUE);
  EXPECT_STREQ(arr_last_error(), "negative dimensions are not allowed");
}

TEST(Memory, NoMemoryIsReportedInNumPysWords) {
  EXPECT_EQ(guarded([] { allocate({1000, 1 << 30, 1000}, 8); }), ARR_ENOMEM);
  EXPECT_STREQ(arr_last_error(), "Unable to allocate 7.63 PiB for an array "
                                 "with shape (1000, 1073741824, 1000)");
}

TEST(Memory, PoolReusesLargeBlocks) {
  const int64_t size = 9 << 20;
  void *first = arr_try_alloc(size);
  arr_release(first);
  void *second = arr_try_alloc(size - 1000); // fits, and wastes little
  EXPECT_EQ(first, second);
  void *third = arr_try_alloc(size);
  EXPECT_NE(third, second);
  arr_release(second);
  void *small = arr_try_alloc(size / 2); // would waste half
  EXPECT_NE(small, second);
  arr_release(third);
  arr_release(small);
}

TEST(Memory, PoolServesManyThreads) {
#pragma omp parallel for num_threads(8)
  for (int i = 0; i < 4000; ++i) {
    int64_t size = 60000 + 997 * (i % 150);
    unsigned char *block = static_cast<unsigned char *>(arr_try_alloc(size));
    memset(block, i & 0xFF, size_t(size));
    bool intact = block[0] == (i & 0xFF) && block[size - 1] == (i & 0xFF);
    EXPECT_TRUE(intact);
    arr_release(block);
  }
}

TEST(Memory, ForkedChildrenCanAllocate) {
  // One thread keeps the pool busy while others fork.
  std::atomic<bool> stop{false};
#pragma omp parallel num_threads(2)
  {
    if (omp_get_thread_num() == 1) {
      while (!stop)
        arr_release(arr_try_alloc(100000));
    } else {
      for (int i = 0; i < 20; ++i) {
        pid_t child = fork();
        if (child == 0) {
          alarm(20);
          void *block = arr_try_alloc(100000);
          arr_release(block);
          _exit(block ? 0 : 1);
        }
        int status = -1;
        waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
      }
      stop = true;
    }
  }
}

class TestModes : public ::testing::Test {
protected:
  void TearDown() override { arr_test_configure(0, false); }
};

TEST_F(TestModes, PoisonFillsFreshMemoryWithNaN) {
  arr_test_configure(0, true);
  double *block = static_cast<double *>(arr_try_alloc(80));
  for (int i = 0; i < 10; ++i)
    EXPECT_NE(block[i], block[i]);
  arr_release(block);
}

TEST_F(TestModes, EveryAllocationCanFail) {
  CountingAllocator allocator;
  auto body = [] {
    void *a = allocate({10}, 8), *b = allocate({20}, 8);
    arr_release(a);
    void *c = allocate({30}, 8);
    arr_release(b);
    arr_release(c);
  };
  for (int n = 1; n <= 3; ++n) {
    arr_test_configure(n, false);
    EXPECT_EQ(guarded(body), ARR_ENOMEM) << n;
    EXPECT_EQ(allocator.live, 0) << n;
  }
  arr_test_configure(4, false);
  EXPECT_EQ(guarded(body), ARR_OK);
}

TEST(Threads, CountCanBeSet) {
  int before = arr_get_num_threads();
  EXPECT_GE(before, 1);
  arr_set_num_threads(3);
  EXPECT_EQ(arr_get_num_threads(), 3);
  arr_set_num_threads(before);
}

// In a child process, since the count is read from the environment once.
int countInChild(const char *arrThreads, const char *ompThreads) {
  pid_t child = fork();
  if (child == 0) {
    arrThreads ? setenv("ARR_NUM_THREADS", arrThreads, 1)
               : unsetenv("ARR_NUM_THREADS");
    ompThreads ? setenv("OMP_NUM_THREADS", ompThreads, 1)
               : unsetenv("OMP_NUM_THREADS");
    arr_set_num_threads(0); // decide anew
    _exit(arr_get_num_threads());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

TEST(Threads, EnvironmentDecides) {
  EXPECT_EQ(countInChild("5", "7"), 5);
  EXPECT_EQ(countInChild(nullptr, "7,2"), 7);
  EXPECT_EQ(countInChild("many", "6"), 6);
  EXPECT_LE(countInChild(nullptr, nullptr), omp_get_num_procs());
  EXPECT_GE(countInChild("-1", "0"), 1);
}

TEST(Threads, SmallOrNestedWorkIsSerial) {
  arr_set_num_threads(4);
  EXPECT_EQ(arr_plan_threads(1000, 1e9), 4);
  EXPECT_EQ(arr_plan_threads(3, 1e9), 3);
  EXPECT_EQ(arr_plan_threads(1, 1e9), 1);
  EXPECT_EQ(arr_plan_threads(0, 1e9), 1);
  EXPECT_EQ(arr_plan_threads(1000, 100), 1);
  EXPECT_EQ(arr_plan_threads(1000, 25e3), 2);
#pragma omp parallel num_threads(2)
  {
    EXPECT_EQ(arr_plan_threads(1000, 1e9), 1);
  }
  arr_set_num_threads(0);
}

} // namespace
