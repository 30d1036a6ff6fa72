/* memory.c -- reference-counted blocks on top of the pool, registered in the
 * frame of the running guard. */
#include "core/internal.h"

#include <stdio.h>
#include <string.h>

void arr_frame_lock(arr_frame *frame) {
  while (atomic_flag_test_and_set_explicit(&frame->lock, memory_order_acquire))
    ;
}

void arr_frame_unlock(arr_frame *frame) {
  atomic_flag_clear_explicit(&frame->lock, memory_order_release);
}

arr_block *arr_block_of(void *data) {
  return (arr_block *)((char *)data - ARR_BLOCK_HEADER);
}

static void register_block(arr_block *block, arr_frame *frame) {
  block->previous = NULL;
  block->next = NULL;
  atomic_init(&block->frame, frame);
  if (!frame)
    return;
  arr_frame_lock(frame);
  block->next = frame->blocks;
  if (frame->blocks)
    frame->blocks->previous = block;
  frame->blocks = block;
  arr_frame_unlock(frame);
}

static void unregister_block(arr_block *block) {
  for (;;) {
    arr_frame *frame = atomic_load(&block->frame);
    if (!frame)
      return;
    arr_frame_lock(frame);
    /* The block may have been handed over between the load and the lock. */
    bool mine = atomic_load(&block->frame) == frame;
    if (mine) {
      if (block->previous)
        block->previous->next = block->next;
      else
        frame->blocks = block->next;
      if (block->next)
        block->next->previous = block->previous;
      atomic_store(&block->frame, NULL);
    }
    arr_frame_unlock(frame);
    if (mine)
      return;
  }
}

void arr_block_destroy(arr_block *block) {
  arr_pool_give(block->base, block->capacity);
}

bool arr_byte_size(int64_t rank, const int64_t *extents, int64_t item_size,
                   int64_t *bytes) {
  int64_t product = item_size;
  bool empty = false;
  for (int64_t i = 0; i < rank; ++i) {
    if (extents[i] == 0)
      empty = true;
    else if (__builtin_mul_overflow(product, extents[i], &product))
      return false;
  }
  /* Room for the header and for rounding up to huge pages. */
  if (product > PTRDIFF_MAX - (int64_t)(1 << 23))
    return false;
  *bytes = empty ? 0 : product;
  return true;
}

void *arr_try_alloc(int64_t bytes) {
  if (arr_test_allocation_fails())
    return NULL;
  size_t capacity = 0;
  /* Vector loads of a last partial line may read up to its end. */
  size_t wanted = ARR_BLOCK_HEADER + (((size_t)bytes + 63) & ~(size_t)63);
  char *base = arr_pool_take(wanted, &capacity);
  if (!base)
    return NULL;
  char *start = base + (64 - (uintptr_t)base % 64) % 64;
  arr_block *block = (arr_block *)start;
  block->base = base;
  block->capacity = capacity;
  atomic_init(&block->references, 1);
  atomic_init(&block->exports, 0);
  register_block(block, arr_thread_state_v1()->frame);
  char *data = start + ARR_BLOCK_HEADER;
  if (arr_test_poison())
    memset(data, 0xFF,
           wanted - ARR_BLOCK_HEADER); /* NaN as a float, -1 as an integer */
  return data;
}

static const char *human_size(int64_t bytes, char *text, size_t size) {
  static const char *const units[] = {"bytes", "KiB", "MiB", "GiB",
                                      "TiB",   "PiB", "EiB"};
  double value = (double)bytes;
  int unit = 0;
  while (value >= 1024 && unit < 6) {
    value /= 1024;
    ++unit;
  }
  snprintf(text, size, unit == 0 ? "%.0f %s" : "%.2f %s", value, units[unit]);
  return text;
}

void *arr_alloc(int64_t rank, const int64_t *extents, int64_t item_size) {
  int64_t bytes = 0;
  for (int64_t i = 0; i < rank; ++i)
    if (extents[i] < 0)
      arr_raise(ARR_EVALUE, "", "negative dimensions are not allowed");
  if (!arr_byte_size(rank, extents, item_size, &bytes))
    arr_raise(ARR_EVALUE, "",
              "array is too big; its size in bytes is larger than the maximum "
              "possible size");
  void *data = arr_try_alloc(bytes);
  if (!data) {
    char size[64], shape[512];
    arr_format_shape(shape, sizeof shape, rank, extents);
    arr_fail(ARR_ENOMEM, "", "Unable to allocate %s for an array with shape %s",
             human_size(bytes, size, sizeof size), shape);
    arr_raise_recorded();
  }
  return data;
}

void arr_retain(void *data) {
  if (data)
    atomic_fetch_add_explicit(&arr_block_of(data)->references, 1,
                              memory_order_relaxed);
}

void arr_export_block(void *data) {
  if (!data)
    return;
  arr_retain(data);
  atomic_fetch_add_explicit(&arr_block_of(data)->exports, 1,
                            memory_order_relaxed);
}

void arr_release(void *data) {
  if (!data)
    return;
  arr_block *block = arr_block_of(data);
  if (atomic_fetch_sub_explicit(&block->references, 1, memory_order_acq_rel) !=
      1)
    return;
  unregister_block(block);
  arr_block_destroy(block);
}
