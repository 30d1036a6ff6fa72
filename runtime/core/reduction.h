/* reduction.h -- the plan of a kernel with reduction dims; shared by
 * reduction_plan.c, which makes it, and reduction.c, which carries it out. */
#ifndef ARR_CORE_REDUCTION_H
#define ARR_CORE_REDUCTION_H

#include "core/kernels.h"

enum { MAX_RANK = 64 };

enum mode {
  DIRECT,    /* read in place, but for tiles that are not full */
  PER_PANEL, /* packed for the columns of a tile, for all rows of an item */
  PER_ROWS,  /* packed for the rows of a tile, for all columns of an item */
  PER_TILE
};

/* Steps are in bytes, of an index they count. */
typedef struct operand_plan {
  enum mode mode;
  bool is_index, by_vector;
  int64_t size;
  int64_t row_step, column_step, inner_step; /* column: of the outputs */
  bool is_even;       /* one step between all points of the outer dims: */
  int64_t outer_step; /* to the next in C order */
  int64_t buffer;     /* where its copies begin */
} operand_plan;

typedef struct reduction_state {
  const arr_reduction *kernel;
  arr_block_body block;
  arr_merge_body merge;
  arr_finish_body finish;
  int64_t *nest;
  const int64_t *sizes, *strides;
  char *const *pointers;
  int32_t outer_dims[MAX_RANK], batch_dims[MAX_RANK];
  int32_t outer_rank, batch_rank;
  int32_t row_dim; /* -1: none */
  bool across_lanes, is_contraction;
  operand_plan *operands;

  int64_t inner, outer; /* points of the reduction space */
  int64_t inner_block, outer_block, inner_blocks, blocks;
  int64_t splits, blocks_in_split;
  int64_t rows, tile_rows, row_tiles;
  int64_t columns, column_tiles;
  int64_t range, ranges, group, groups, batches, items;
  int64_t tile_bytes, item_bytes; /* of states */

  bool is_single;          /* one block, hence one split */
  bool finishes_in_buffer; /* some output is copied */
  int64_t panel_size, buffer_size, scratch_size;
  char *shared, *scratch;
} reduction_state;

static inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

static inline int64_t stride(const reduction_state *s, int64_t operand,
                             int32_t dim) {
  return s->strides[operand * s->kernel->rank + dim];
}
static inline int64_t step(const reduction_state *s, int64_t operand,
                           int32_t dim) {
  const operand_plan *plan = &s->operands[operand];
  return stride(s, operand, dim) * (plan->is_index ? 1 : plan->size);
}
static inline char *advance(char *pointer, int64_t bytes) {
  return (char *)((uintptr_t)pointer + (uintptr_t)bytes);
}

/* Copies of an operand for a tile and a block: rows, outer, inner, lanes. */
typedef struct layout {
  int64_t counts[4], steps[4];
} layout;
layout arr_get_layout(const reduction_state *s, const operand_plan *operand,
                      int64_t rows, int64_t outer, int64_t inner);
int64_t arr_get_layout_size(layout l);

/* The tiles of a contraction are computed as if they were full: what is beyond
 * the edge comes from a buffer. */
bool arr_is_beyond(const reduction_state *s, const operand_plan *operand,
                   int64_t row, int64_t column);

/* Fills in everything from the kernel, the nest, and a guess of the work in
 * nanoseconds. */
void arr_plan_reduction(reduction_state *s, double cost);

#endif
