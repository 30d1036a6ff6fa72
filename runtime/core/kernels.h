/* kernels.h -- what the files that run kernels share. */
#ifndef ARR_CORE_KERNELS_H
#define ARR_CORE_KERNELS_H

#include "core/support.h"

/* core/tiles.c: copies `rows` x `columns` elements between strided memory
 * (strides in bytes; 0 repeats an element). The way of walking follows the
 * strides. */
typedef struct arr_plane {
  char *pointer;
  int64_t row_step, column_step;
} arr_plane;
void arr_copy_plane(arr_plane to, arr_plane from, int64_t rows, int64_t columns,
                    int64_t item_size);

/* Runs run(state, begin, end) for the items 0 .. items - 1, cut among threads
 * where work of `cost` nanoseconds is worth it. */
void arr_run_items(void (*run)(void *state, int64_t begin, int64_t end),
                   void *state, int64_t items, double cost);

#endif
