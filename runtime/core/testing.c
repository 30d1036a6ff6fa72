/* testing.c -- test modes: ARR_TEST_FAIL_ALLOC=n makes the n-th allocation of
 * the process fail, ARR_TEST_POISON=1 fills fresh memory with 0xFF bytes. */
#include "core/internal.h"

#include <stdlib.h>

static _Atomic(int64_t) allocations_left = -1; /* negative: never fail */
static atomic_bool poison_memory;
static atomic_bool configured;

static void read_environment(void) {
  if (atomic_load_explicit(&configured, memory_order_acquire))
    return;
  const char *failing = getenv("ARR_TEST_FAIL_ALLOC");
  const char *poison = getenv("ARR_TEST_POISON");
  arr_test_configure(failing && *failing ? strtoll(failing, NULL, 10) : 0,
                     poison && *poison && *poison != '0');
}

void arr_test_configure(int64_t failing_allocation, bool poison) {
  atomic_store(&allocations_left,
               failing_allocation > 0 ? failing_allocation : -1);
  atomic_store(&poison_memory, poison);
  atomic_store_explicit(&configured, true, memory_order_release);
}

bool arr_test_allocation_fails(void) {
  read_environment();
  if (atomic_load_explicit(&allocations_left, memory_order_relaxed) < 0)
    return false;
  /* Reaching 0 fails this one; below, counting has stopped. */
  return atomic_fetch_sub(&allocations_left, 1) == 1;
}

bool arr_test_poison(void) {
  read_environment();
  return atomic_load_explicit(&poison_memory, memory_order_relaxed);
}
