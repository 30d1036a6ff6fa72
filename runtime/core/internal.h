/* internal.h -- what the runtime's own files share: the thread's state, frames,
 * blocks, and small helpers. Everything here is hidden from users. */
#ifndef ARR_CORE_INTERNAL_H
#define ARR_CORE_INTERNAL_H

#include "arr/codegen.h"
#include "arr/module.h"

#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARR_MESSAGE_SIZE 1024
#define ARR_LOCATION_SIZE 512

typedef struct arr_error {
  int32_t status;
  char message[ARR_MESSAGE_SIZE];
  char location[ARR_LOCATION_SIZE];
} arr_error;

/* Header of every block: 64 bytes in front of the data, which keeps the data
 * aligned. A block belongs to one frame (or to none once it was returned). */
typedef struct arr_block {
  size_t capacity; /* bytes from `base` on */
  void *base;
  _Atomic(int64_t) references;
  _Atomic(int64_t) exports; /* references held by results */
  _Atomic(struct arr_frame *) frame;
  struct arr_block *previous;
  struct arr_block *next;
} arr_block;

enum { ARR_BLOCK_HEADER = 64 };
_Static_assert(sizeof(arr_block) <= ARR_BLOCK_HEADER,
               "the header outgrew its room");

/* What one guard protects: the way back, and the blocks that live under it.
 * Parallel bodies release blocks of the frame around them, hence the lock. */
typedef struct arr_frame {
  jmp_buf jump;
  struct arr_frame *parent;
  atomic_flag lock;
  arr_block *blocks;
} arr_frame;

typedef struct arr_thread_state {
  arr_frame *frame;
  arr_error error;
  char full_message[ARR_MESSAGE_SIZE + ARR_LOCATION_SIZE + 2];
  bool printed;
  char *stack_limit; /* NULL until asked for */
} arr_thread_state;

/* Public, so that all modules of a program agree on one state when the dynamic
 * linker lets them see each other; renamed when the layout changes. */
ARR_API arr_thread_state *arr_thread_state_v1(void);

/* core/error.c */
void arr_set_error(int32_t status, const char *location, const char *message);
/* printf-like; recording only, for code that returns a status. */
__attribute__((format(printf, 3, 4))) int32_t arr_fail(int32_t status,
                                                       const char *location,
                                                       const char *format, ...);
/* Raises what arr_fail or arr_set_error recorded. */
ARR_NORETURN void arr_raise_recorded(void);
void arr_clear_error(void);

/* core/guard.c */
enum arr_leftover {
  ARR_HAND_OVER, /* to the enclosing frame, if there is one */
  ARR_SETTLE     /* free all but what results hold */
};
int32_t arr_run_guarded(void (*body)(void *context), void *context,
                        enum arr_leftover leftover);

/* core/memory.c */
arr_block *arr_block_of(void *data);
void arr_export_block(void *data); /* retain, on behalf of a result */
void arr_block_destroy(arr_block *block);
void arr_frame_lock(arr_frame *frame);
void arr_frame_unlock(arr_frame *frame);
/* bytes = product(extents) * item_size; false if it overflows PTRDIFF_MAX, also
 * with the zero extents left out. Extents must not be negative. */
bool arr_byte_size(int64_t rank, const int64_t *extents, int64_t item_size,
                   int64_t *bytes);
/* arr_alloc without raising: NULL when there is no memory. */
void *arr_try_alloc(int64_t bytes);

/* core/pool.c: raw memory, 64-byte aligned; *capacity is rounded up. */
void *arr_pool_take(size_t bytes, size_t *capacity);
void arr_pool_give(void *base, size_t capacity);

/* core/testing.c: test modes, from the environment unless a test sets them. */
bool arr_test_allocation_fails(void);
bool arr_test_poison(void);
void arr_test_configure(int64_t failing_allocation, bool poison);

/* core/dtype.c */
int64_t arr_dtype_size(arr_dtype dtype);
bool arr_dtype_equal(arr_dtype a, arr_dtype b);
const char *arr_dtype_name(arr_dtype dtype);       /* "f64" */
const char *arr_dtype_numpy_name(arr_dtype dtype); /* "float64" */

/* core/overlap.c; strides in bytes. */
bool arr_may_overlap(const arr_array *a, const arr_array *b);
bool arr_may_overlap_itself(const arr_array *a);

/* core/strided.c; strides in bytes. */
void arr_copy_strided(void *to, const int64_t *to_strides, const void *from,
                      const int64_t *from_strides, int64_t rank,
                      const int64_t *shape, int64_t item_size);
void arr_c_strides(int64_t rank, const int64_t *shape, int64_t item_size,
                   int64_t *strides);
bool arr_is_contiguous(int64_t rank, const int64_t *shape,
                       const int64_t *strides, int64_t item_size);
/* "(3, 4)", "(3,)", "()" */
void arr_format_shape(char *text, size_t size, int64_t rank,
                      const int64_t *shape);

/* io/print.c: what print() wrote becomes visible when a call returns. */
void arr_flush_output(void);

/* core/call.c */
int32_t arr_check_arguments(const arr_function *function, void **slots);

#endif
