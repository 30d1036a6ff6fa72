/* guard.c -- guards and frames: how an error leaves compiled code without a
 * leak. Also regions, which carry an error out of parallel work. setjmp is
 * called nowhere else. */
#define _GNU_SOURCE
#include "core/internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static void open_frame(arr_frame *frame, arr_frame *parent) {
  frame->parent = parent;
  frame->blocks = NULL;
  atomic_flag_clear(&frame->lock);
}

static void free_blocks(arr_frame *frame) {
  arr_block *block = frame->blocks;
  while (block) {
    arr_block *next = block->next;
    arr_block_destroy(block);
    block = next;
  }
  frame->blocks = NULL;
}

/* Blocks that results refer to leave the frame, the others are freed: whatever
 * reference counting missed ends here. */
static void settle_blocks(arr_frame *frame) {
  arr_block *block = frame->blocks;
  while (block) {
    arr_block *next = block->next;
    int64_t exports = atomic_load(&block->exports);
    if (exports > 0) {
      atomic_store(&block->references, exports);
      atomic_store(&block->frame, NULL);
    } else {
      arr_block_destroy(block);
    }
    block = next;
  }
  frame->blocks = NULL;
}

static void hand_over_blocks(arr_frame *frame, arr_frame *heir) {
  arr_frame_lock(frame);
  if (frame->blocks) {
    arr_frame_lock(heir);
    arr_block *last = frame->blocks;
    for (arr_block *block = frame->blocks; block; block = block->next) {
      atomic_store(&block->frame, heir);
      last = block;
    }
    last->next = heir->blocks;
    if (heir->blocks)
      heir->blocks->previous = last;
    heir->blocks = frame->blocks;
    frame->blocks = NULL;
    arr_frame_unlock(heir);
  }
  arr_frame_unlock(frame);
}

int32_t arr_run_guarded(void (*body)(void *context), void *context,
                        enum arr_leftover leftover) {
  arr_thread_state *const thread = arr_thread_state_v1();
  arr_frame frame;
  open_frame(&frame, thread->frame);
  thread->frame = &frame;
  if (_setjmp(frame.jump) == 0) {
    body(context);
    thread->frame = frame.parent;
    if (leftover == ARR_HAND_OVER && frame.parent)
      hand_over_blocks(&frame, frame.parent);
    else
      settle_blocks(&frame);
    return ARR_OK;
  }
  thread->frame = frame.parent;
  free_blocks(&frame);
  return thread->error.status;
}

int32_t arr_guard(void (*body)(void *context), void *context) {
  return arr_run_guarded(body, context, ARR_HAND_OVER);
}

/* ---- Parallel regions. */

/* What arr_region's opaque words hold. */
typedef struct region_state {
  arr_frame *frame; /* of the code around the region; NULL if it has none */
  _Atomic(int64_t) failed_begin;
  arr_error *error; /* of the item at failed_begin */
  atomic_flag lock;
  bool no_memory; /* an error could not be copied */
} region_state;

_Static_assert(sizeof(region_state) <= sizeof(arr_region),
               "arr_region is too small");

static region_state *state_of(arr_region *region) {
  return (region_state *)(void *)region;
}

void arr_region_begin(arr_region *region) {
  region_state *state = state_of(region);
  state->frame = arr_thread_state_v1()->frame;
  atomic_init(&state->failed_begin, INT64_MAX);
  state->error = NULL;
  atomic_flag_clear(&state->lock);
  state->no_memory = false;
}

static void record_failure(region_state *state, int64_t begin,
                           const arr_error *error) {
  while (atomic_flag_test_and_set_explicit(&state->lock, memory_order_acquire))
    ;
  if (begin < atomic_load(&state->failed_begin)) {
    atomic_store(&state->failed_begin, begin);
    if (!state->error)
      state->error = malloc(sizeof *state->error);
    if (state->error)
      *state->error = *error;
    state->no_memory = !state->error;
  }
  atomic_flag_clear_explicit(&state->lock, memory_order_release);
}

void arr_try_item(arr_region *region,
                  void (*body)(void *context, int64_t begin, int64_t end),
                  void *context, int64_t begin, int64_t end) {
  region_state *state = state_of(region);
  /* Items below a failed one must run: one of them may fail too, and then wins.
   */
  if (begin > atomic_load_explicit(&state->failed_begin, memory_order_relaxed))
    return;
  arr_thread_state *const thread = arr_thread_state_v1();
  arr_frame frame;
  open_frame(&frame, thread->frame);
  thread->frame = &frame;
  if (_setjmp(frame.jump) == 0) {
    body(context, begin, end);
    thread->frame = frame.parent;
    if (state->frame)
      hand_over_blocks(&frame, state->frame);
    else
      settle_blocks(&frame);
    return;
  }
  thread->frame = frame.parent;
  free_blocks(&frame);
  record_failure(state, begin, &thread->error);
}

void arr_region_end(arr_region *region) {
  region_state *state = state_of(region);
  if (state->no_memory) {
    free(state->error);
    arr_raise(ARR_ENOMEM, "", "out of memory");
  }
  if (!state->error)
    return;
  arr_thread_state_v1()->error = *state->error;
  free(state->error);
  state->error = NULL;
  arr_raise_recorded();
}

/* ---- Stack depth. */

/* Left free for the callees of the function that asks: libm, printing, the
 * guard. */
enum { STACK_RESERVE = 256 * 1024 };

static char *find_stack_limit(void) {
  pthread_attr_t attributes;
  void *lowest = NULL;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0)
    return (char *)1;
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  size_t reserve = size / 4 < STACK_RESERVE ? size / 4 : STACK_RESERVE;
  return (char *)lowest + reserve;
}

void arr_check_stack(const char *location) {
  arr_thread_state *thread = arr_thread_state_v1();
  if (!thread->stack_limit)
    thread->stack_limit = find_stack_limit();
  if ((char *)__builtin_frame_address(0) < thread->stack_limit)
    arr_raise(ARR_ERECURSION, location, "maximum recursion depth exceeded");
}
