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

/* core/threads.c: how many threads are worth it for work of `cost` nanoseconds,
 * and run(state, thread, begin, end) with the items 0 .. items - 1 cut among
 * them. */
typedef void (*arr_items_body)(void *state, int64_t thread, int64_t begin,
                               int64_t end);
int64_t arr_count_threads(int64_t items, double cost);
void arr_run_on_threads(arr_items_body run, void *state, int64_t items,
                        int64_t threads);

#endif
