/* pool.c -- raw memory for blocks. Small ones come from malloc; large ones are
 * mapped with huge pages and kept for reuse, because writing fresh pages costs
 * several times the work of most array statements. */
#define _GNU_SOURCE
#include "core/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HUGE_PAGE ((size_t)2 << 20)
/* From here on blocks are kept for reuse; malloc reuses smaller ones well. */
#define POOLED_SIZE ((size_t)64 << 10)
#define MAX_POOLED 64

typedef struct pooled {
  void *base;
  size_t capacity;
} pooled;

/* Free blocks, the oldest first. The lock holds the process id of its owner, so
 * that a child forked while another thread held it can take it over. */
static struct {
  _Atomic(pid_t) lock;
  int count;
  size_t total;
  size_t limit; /* 0: not computed yet */
  pooled entries[MAX_POOLED];
} pool;

static void *(*custom_allocate)(size_t, size_t, void *);
static void (*custom_deallocate)(void *, size_t, void *);
static void *custom_context;

void arr_set_allocator(void *(*allocate)(size_t bytes, size_t alignment,
                                         void *context),
                       void (*deallocate)(void *pointer, size_t bytes,
                                          void *context),
                       void *context) {
  custom_allocate = allocate;
  custom_deallocate = deallocate;
  custom_context = context;
}

static void lock_pool(void) {
  pid_t self = getpid();
  for (;;) {
    pid_t expected = 0;
    if (atomic_compare_exchange_weak(&pool.lock, &expected, self))
      return;
    if (expected != 0 && expected != self) {
      /* We are a forked child, and the owner does not exist here. What it was
       * changing is unknown, so the cached blocks are given up. */
      if (atomic_compare_exchange_strong(&pool.lock, &expected, self)) {
        pool.count = 0;
        pool.total = 0;
        return;
      }
    }
  }
}

static void unlock_pool(void) { atomic_store(&pool.lock, 0); }

/* ARR_POOL_BYTES, else an eighth of the machine's memory. */
static size_t pool_limit(void) {
  const char *text = getenv("ARR_POOL_BYTES");
  if (text && *text) {
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno == 0 && *end == 0 && *text != '-')
      return value ? (size_t)value : 1;
  }
  long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  return pages > 0 && page > 0 ? (size_t)pages * (size_t)page / 8
                               : HUGE_PAGE * 64;
}

static void *map_huge(size_t capacity) {
  /* Mapped with room to align, then trimmed: only aligned memory gets huge
   * pages. */
  char *raw = mmap(NULL, capacity + HUGE_PAGE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (raw == MAP_FAILED)
    return NULL;
  size_t head = (HUGE_PAGE - (uintptr_t)raw % HUGE_PAGE) % HUGE_PAGE;
  if (head)
    munmap(raw, head);
  if (HUGE_PAGE - head)
    munmap(raw + head + capacity, HUGE_PAGE - head);
  madvise(raw + head, capacity, MADV_HUGEPAGE); /* a hint: failing is fine */
  return raw + head;
}

static void *system_take(size_t capacity) {
  return capacity >= HUGE_PAGE ? map_huge(capacity)
                               : aligned_alloc(64, capacity);
}

static void system_give(void *base, size_t capacity) {
  if (capacity >= HUGE_PAGE)
    munmap(base, capacity);
  else
    free(base);
}

static void remove_entry(int at) {
  pool.total -= pool.entries[at].capacity;
  memmove(&pool.entries[at], &pool.entries[at + 1],
          (size_t)(pool.count - at - 1) * sizeof(pooled));
  --pool.count;
}

/* The best fit that wastes less than a quarter. */
static void *take_pooled(size_t bytes, size_t *capacity) {
  lock_pool();
  int best = -1;
  for (int i = 0; i < pool.count; ++i) {
    size_t have = pool.entries[i].capacity;
    if (have >= bytes && have - bytes <= bytes / 4 &&
        (best < 0 || have < pool.entries[best].capacity))
      best = i;
  }
  void *base = NULL;
  if (best >= 0) {
    base = pool.entries[best].base;
    *capacity = pool.entries[best].capacity;
    remove_entry(best);
  }
  unlock_pool();
  return base;
}

/* Gives cached blocks back to the system until `room` more bytes fit. */
static void evict_for(size_t room) {
  lock_pool();
  while (pool.count > 0 &&
         (pool.count == MAX_POOLED || pool.total + room > pool.limit)) {
    pooled oldest = pool.entries[0];
    remove_entry(0);
    system_give(oldest.base, oldest.capacity);
  }
  unlock_pool();
}

void *arr_pool_take(size_t bytes, size_t *capacity) {
  if (custom_allocate) {
    *capacity = bytes;
    return custom_allocate(bytes, 64, custom_context);
  }
  if (bytes < POOLED_SIZE) {
    /* malloc aligns to 16 bytes, and is several times faster than
     * aligned_alloc. */
    *capacity = bytes;
    return malloc(bytes + 64 - 16);
  }
  size_t unit = bytes >= HUGE_PAGE ? HUGE_PAGE : 4096;
  bytes = (bytes + unit - 1) / unit * unit;
  void *base = take_pooled(bytes, capacity);
  if (base)
    return base;
  *capacity = bytes;
  base = system_take(bytes);
  if (!base) {
    evict_for(SIZE_MAX / 2);
    base = system_take(bytes);
  }
  return base;
}

void arr_pool_give(void *base, size_t capacity) {
  if (custom_deallocate) {
    custom_deallocate(base, capacity, custom_context);
    return;
  }
  if (capacity < POOLED_SIZE) {
    free(base);
    return;
  }
  if (pool.limit == 0)
    pool.limit = pool_limit();
  if (capacity > pool.limit) {
    system_give(base, capacity);
    return;
  }
  evict_for(capacity);
  lock_pool();
  bool kept = pool.count < MAX_POOLED;
  if (kept) {
    pool.entries[pool.count++] = (pooled){base, capacity};
    pool.total += capacity;
  }
  unlock_pool();
  if (!kept)
    system_give(base, capacity);
}
