/* strided.c -- strided memory: contiguity, copies, texts. */
#include "core/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void arr_c_strides(int64_t rank, const int64_t *shape, int64_t item_size,
                   int64_t *strides) {
  int64_t stride = item_size;
  for (int64_t i = rank - 1; i >= 0; --i) {
    strides[i] = stride;
    /* Wraps only for arrays without elements, whose strides are not used. */
    if (shape[i] > 0)
      (void)__builtin_mul_overflow(stride, shape[i], &stride);
  }
}

bool arr_is_contiguous(int64_t rank, const int64_t *shape,
                       const int64_t *strides, int64_t item_size) {
  int64_t expected = item_size;
  bool contiguous = true;
  for (int64_t i = rank - 1; i >= 0; --i) {
    if (shape[i] == 0)
      return true;
    if (shape[i] != 1 && strides[i] != expected)
      contiguous = false;
    expected *= shape[i];
  }
  return contiguous;
}

/* Axes are taken in groups, old ones and new ones with the same product; the old
 * axes of a group must be one stretch in memory. */
int32_t arr_reshape_strides(int64_t rank, const int64_t *sizes,
                            const int64_t *strides, int64_t new_rank,
                            const int64_t *new_sizes, int64_t *new_strides) {
  arr_c_strides(new_rank, new_sizes, 1, new_strides);
  for (int64_t i = 0; i < rank; ++i)
    if (sizes[i] == 0)
      return 1;
  int64_t old = 0, next = 0;
  for (;;) {
    while (old < rank && sizes[old] == 1)
      ++old;
    while (next < new_rank && new_sizes[next] == 1)
      ++next;
    if (old == rank || next == new_rank)
      return 1;
    int64_t first = next, count = sizes[old], new_count = new_sizes[next];
    int64_t stride = strides[old];
    while (count != new_count) {
      if (new_count < count) {
        if (++next == new_rank)
          return 0; /* not the same number of elements */
        new_count *= new_sizes[next];
      } else if (++old == rank) {
        return 0;
      } else if (sizes[old] != 1) {
        if (stride != sizes[old] * strides[old])
          return 0;
        count *= sizes[old];
        stride = strides[old];
      }
    }
    for (int64_t i = next; i >= first; --i) {
      new_strides[i] = stride;
      stride *= new_sizes[i];
    }
    ++old;
    ++next;
  }
}

static void copy_row(char *to, int64_t to_stride, const char *from,
                     int64_t from_stride, int64_t count, int64_t item_size) {
  if (to_stride == item_size && from_stride == item_size) {
    memcpy(to, from, (size_t)(count * item_size));
    return;
  }
#define COPY_ITEMS(SIZE)                                                       \
  for (int64_t i = 0; i < count; ++i)                                          \
    memcpy(to + i * to_stride, from + i * from_stride, SIZE);                  \
  return
  switch (item_size) { /* constant sizes become single moves */
  case 1:
    COPY_ITEMS(1);
  case 2:
    COPY_ITEMS(2);
  case 4:
    COPY_ITEMS(4);
  case 8:
    COPY_ITEMS(8);
  case 16:
    COPY_ITEMS(16);
  default:
    COPY_ITEMS((size_t)item_size);
  }
#undef COPY_ITEMS
}

void arr_copy_strided(void *to, const int64_t *to_strides, const void *from,
                      const int64_t *from_strides, int64_t rank,
                      const int64_t *shape, int64_t item_size) {
  int64_t index[ARR_MAX_RANK] = {0};
  for (int64_t i = 0; i < rank; ++i)
    if (shape[i] == 0)
      return;
  if (rank == 0) {
    memcpy(to, from, (size_t)item_size);
    return;
  }
  if (arr_is_contiguous(rank, shape, to_strides, item_size) &&
      arr_is_contiguous(rank, shape, from_strides, item_size)) {
    int64_t bytes = item_size;
    for (int64_t i = 0; i < rank; ++i)
      bytes *= shape[i];
    memcpy(to, from, (size_t)bytes);
    return;
  }
  int64_t last = rank - 1;
  char *to_row = to;
  const char *from_row = from;
  for (;;) {
    copy_row(to_row, to_strides[last], from_row, from_strides[last],
             shape[last], item_size);
    int64_t axis = last - 1;
    for (; axis >= 0; --axis) {
      to_row += to_strides[axis];
      from_row += from_strides[axis];
      if (++index[axis] < shape[axis])
        break;
      to_row -= to_strides[axis] * shape[axis];
      from_row -= from_strides[axis] * shape[axis];
      index[axis] = 0;
    }
    if (axis < 0)
      return;
  }
}

void arr_format_shape(char *text, size_t size, int64_t rank,
                      const int64_t *shape) {
  size_t used = 0;
#define APPEND(...)                                                            \
  do {                                                                         \
    if (used < size)                                                           \
      used += (size_t)snprintf(text + used, size - used, __VA_ARGS__);         \
  } while (0)
  APPEND("(");
  for (int64_t i = 0; i < rank; ++i)
    APPEND("%s%" PRId64, i ? ", " : "", shape[i]);
  APPEND(rank == 1 ? ",)" : ")");
#undef APPEND
}
