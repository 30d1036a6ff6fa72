/* tiles.c -- copies between strided planes of elements.
 *
 * Operands of kernels that do not lie one element after the other go through
 * small tiles that do. What is contiguous down the columns is transposed: the
 * tile stays in the first-level cache, so that either side may be walked with
 * strides, and the side in memory is walked in its own order. */
#include "core/kernels.h"

#include <string.h>

static int64_t magnitude(int64_t value) { return value < 0 ? -value : value; }

typedef struct arr_bytes16 {
  uint64_t parts[2];
} arr_bytes16;

/* Elements are aligned by contract (16 bytes: as their parts). */
#define DEFINE_COPY(TYPE)                                                      \
  static void copy_##TYPE(arr_plane to, arr_plane from, int64_t rows,          \
                          int64_t columns) {                                   \
    for (int64_t row = 0; row < rows; row++) {                                 \
      char *target = to.pointer + row * to.row_step;                           \
      const char *source = from.pointer + row * from.row_step;                 \
      int64_t column = 0;                                                      \
      for (; column + 4 <= columns; column += 4) {                             \
        TYPE a = *(const TYPE *)source;                                        \
        TYPE b = *(const TYPE *)(source + from.column_step);                   \
        TYPE c = *(const TYPE *)(source + 2 * from.column_step);               \
        TYPE d = *(const TYPE *)(source + 3 * from.column_step);               \
        *(TYPE *)target = a;                                                   \
        *(TYPE *)(target + to.column_step) = b;                                \
        *(TYPE *)(target + 2 * to.column_step) = c;                            \
        *(TYPE *)(target + 3 * to.column_step) = d;                            \
        source += 4 * from.column_step;                                        \
        target += 4 * to.column_step;                                          \
      }                                                                        \
      for (; column < columns; column++) {                                     \
        *(TYPE *)target = *(const TYPE *)source;                               \
        source += from.column_step;                                            \
        target += to.column_step;                                              \
      }                                                                        \
    }                                                                          \
  }
DEFINE_COPY(uint8_t)
DEFINE_COPY(uint16_t)
DEFINE_COPY(uint32_t)
DEFINE_COPY(uint64_t)
DEFINE_COPY(arr_bytes16)

static void turn(arr_plane *plane) {
  int64_t step = plane->row_step;
  plane->row_step = plane->column_step;
  plane->column_step = step;
}

void arr_copy_plane(arr_plane to, arr_plane from, int64_t rows, int64_t columns,
                    int64_t item_size) {
  if (to.column_step == item_size && from.column_step == item_size) {
    for (int64_t row = 0; row < rows; row++)
      memcpy(to.pointer + row * to.row_step, from.pointer + row * from.row_step,
             (size_t)(columns * item_size));
    return;
  }
  /* Along the shorter steps: tiles have steps that are short enough. */
  int64_t along_rows = magnitude(from.row_step) + magnitude(to.row_step);
  int64_t along_columns =
      magnitude(from.column_step) + magnitude(to.column_step);
  if (along_rows < along_columns) {
    turn(&to);
    turn(&from);
    int64_t count = rows;
    rows = columns;
    columns = count;
  }
  switch (item_size) {
  case 1:
    copy_uint8_t(to, from, rows, columns);
    return;
  case 2:
    copy_uint16_t(to, from, rows, columns);
    return;
  case 4:
    copy_uint32_t(to, from, rows, columns);
    return;
  case 8:
    copy_uint64_t(to, from, rows, columns);
    return;
  default:
    copy_arr_bytes16(to, from, rows, columns);
  }
}
