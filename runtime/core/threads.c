/* threads.c -- how many threads compiled code uses. */
#define _GNU_SOURCE
#include "core/internal.h"
#include "core/kernels.h"

#include <omp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

/* Starting a team and joining it costs a few microseconds: a thread must have
 * several times that to do. In nanoseconds of work. */
static const double THREAD_GRAIN = 10e3;

static atomic_int thread_count; /* 0: not decided yet */

/* The first number of "4" or "4,2"; 0 if there is none. */
static int positive_number(const char *text) {
  if (!text)
    return 0;
  char *end = NULL;
  long value = strtol(text, &end, 10);
  return end != text && value > 0 && value < 65536 ? (int)value : 0;
}

/* The container's processor quota, rounded up; 0 if unlimited or unknown. */
static int cgroup_quota(void) {
  FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
  if (!file)
    return 0;
  double quota = 0, period = 0;
  int fields = fscanf(file, "%lf %lf", &quota, &period);
  fclose(file);
  if (fields != 2 || quota <= 0 || period <= 0)
    return 0;
  int whole = (int)(quota / period);
  return whole < quota / period ? whole + 1 : whole;
}

static int default_thread_count(void) {
  int count = positive_number(getenv("ARR_NUM_THREADS"));
  if (count == 0)
    count = positive_number(getenv("OMP_NUM_THREADS"));
  if (count > 0)
    return count;
  cpu_set_t usable;
  count = sched_getaffinity(0, sizeof usable, &usable) == 0
              ? CPU_COUNT(&usable)
              : omp_get_num_procs();
  int quota = cgroup_quota();
  if (quota > 0 && quota < count)
    count = quota;
  return count > 0 ? count : 1;
}

void arr_set_num_threads(int count) {
  atomic_store(&thread_count, count > 0 ? count : 0);
}

int arr_get_num_threads(void) {
  int count = atomic_load(&thread_count);
  if (count == 0) {
    count = default_thread_count();
    atomic_store(&thread_count, count);
  }
  return count;
}

int64_t arr_plan_threads(int64_t items, double cost) {
  if (items <= 1 || cost < 2 * THREAD_GRAIN || omp_in_parallel())
    return 1;
  int64_t count = arr_get_num_threads();
  if (count > items)
    count = items;
  if ((double)count > cost / THREAD_GRAIN)
    count = (int64_t)(cost / THREAD_GRAIN);
  return count;
}

int64_t arr_count_threads(int64_t items, double cost) {
  return cost < 2 * THREAD_GRAIN ? 1 : arr_plan_threads(items, cost);
}

void arr_run_on_threads(arr_items_body run, void *state, int64_t items,
                        int64_t threads) {
  if (threads == 1) {
    run(state, 0, 0, items);
    return;
  }
#pragma omp parallel num_threads((int)threads)
  {
    int64_t thread = omp_get_thread_num(), count = omp_get_num_threads();
    run(state, thread, items * thread / count, items * (thread + 1) / count);
  }
}
