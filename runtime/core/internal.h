/* internal.h -- the state behind the runtime's C files: the thread's error and
 * frame, frames, blocks. */
#ifndef ARR_CORE_INTERNAL_H
#define ARR_CORE_INTERNAL_H

#include "core/support.h"

#include <setjmp.h>
#include <stdatomic.h>

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

/* core/guard.c */
enum arr_leftover {
  ARR_HAND_OVER, /* to the enclosing frame, if there is one */
  ARR_SETTLE     /* free all but what results hold */
};
int32_t arr_run_guarded(void (*body)(void *context), void *context,
                        enum arr_leftover leftover);

/* core/memory.c */
arr_block *arr_block_of(void *data);
void arr_block_destroy(arr_block *block);
void arr_frame_lock(arr_frame *frame);
void arr_frame_unlock(arr_frame *frame);

#endif
