/* reduction_plan.c -- how the work of a kernel with reduction dims is cut.
 *
 * Blocks and splits, which decide the order in which contributions are
 * combined, follow from the sizes alone. How tiles of outputs are grouped does
 * not matter for the result and follows from caches and threads: an item is a
 * range of row tiles times a group of column tiles. */
#include "core/reduction.h"

enum {
  /* An accumulator takes about so many contributions before its block ends. */
  LANE_LENGTH = 64,
  COLUMN_LENGTH = 128,
  CONTRACTION_LENGTH = 256,
  ROWS_ABREAST = 16, /* of the reduction space, in a block across lanes */
  ENOUGH_TILES = 64,
  BLOCKS_IN_SPLIT = 16,
  MAX_SPLITS = 64,
  PANELS_IN_GROUP = 8,
  ROW_TILES_IN_RANGE = 64,
  ITEMS_PER_THREAD = 4,
  POINTS_OF_ROWS = 4096,
  PACKED_ROWS = 8,
  MAX_ROWS = 64
};

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t count_tiles(int64_t size, int64_t tile) {
  return size / tile + (size % tile != 0);
}
static int64_t align64(int64_t size) { return (size + 63) / 64 * 64; }

/* The shortest step that an operand of blocks makes in a dim. */
static int64_t find_distance(const reduction_state *s, int32_t dim) {
  int64_t shortest = INT64_MAX;
  for (int64_t i = 0; i < s->kernel->block_operands && s->sizes[dim] > 1; i++) {
    int64_t distance = stride(s, i, dim);
    bool is_index = s->kernel->operands[i] & ARR_IS_INDEX;
    if (distance != 0 && !is_index)
      shortest = smaller(shortest, distance < 0 ? -distance : distance);
  }
  return shortest;
}

static void find_dims(reduction_state *s) {
  const arr_reduction *kernel = s->kernel;
  s->across_lanes = kernel->vector_dim == kernel->inner_dim;
  s->is_contraction = kernel->row_dim >= 0;
  s->row_dim = kernel->row_dim;
  if (!s->is_contraction) {
    /* Rows of a tile where packing finds them side by side, else the last. */
    int64_t nearest = INT64_MAX;
    for (int32_t dim = 0; dim < kernel->parallel_dims; dim++) {
      if (dim == kernel->vector_dim)
        continue;
      int64_t distance = find_distance(s, dim);
      if (s->row_dim < 0 || distance <= nearest) {
        s->row_dim = dim;
        nearest = distance;
      }
    }
  }
  for (int32_t dim = 0; dim < kernel->rank; dim++) {
    if (dim == kernel->inner_dim || dim == kernel->vector_dim ||
        dim == s->row_dim)
      continue;
    if (dim < kernel->parallel_dims)
      s->batch_dims[s->batch_rank++] = dim;
    else
      s->outer_dims[s->outer_rank++] = dim;
  }
}

static void plan_blocks(reduction_state *s) {
  int64_t inner = s->sizes[s->kernel->inner_dim], outer = 1;
  for (int32_t i = 0; i < s->outer_rank; i++)
    outer *= s->sizes[s->outer_dims[i]];
  s->inner = inner;
  s->outer = outer;
  int64_t span = s->across_lanes ? s->kernel->span : 1;
  int64_t length = s->is_contraction ? CONTRACTION_LENGTH
                   : s->across_lanes ? LANE_LENGTH
                                     : COLUMN_LENGTH;
  bool is_plane = s->across_lanes && outer > 1;
  s->inner_block = span * (is_plane ? length / ROWS_ABREAST : length);
  int64_t steps = count_tiles(smaller(inner, s->inner_block), span);
  s->outer_block = larger(1, length / larger(1, steps));
  s->outer_block = larger(1, smaller(outer, s->outer_block));
  s->inner_block = larger(1, smaller(inner, s->inner_block));
  s->inner_blocks = count_tiles(inner, s->inner_block);
  /* Without points there is one block, which gives the neutral states. */
  s->blocks = larger(1, s->inner_blocks * count_tiles(outer, s->outer_block));
  if (s->inner_blocks == 0)
    s->inner_blocks = 1;
}

/* Is there one step from each point of the outer dims to the next, in C order?
 */
static bool find_outer_step(const reduction_state *s, int64_t operand,
                            int64_t *outer_step) {
  *outer_step = 0;
  if (s->outer_rank == 0)
    return true;
  int32_t last = s->outer_dims[s->outer_rank - 1];
  *outer_step = step(s, operand, last);
  int64_t expected = stride(s, operand, last) * s->sizes[last];
  for (int32_t i = s->outer_rank - 2; i >= 0; i--) {
    int32_t dim = s->outer_dims[i];
    if (stride(s, operand, dim) != expected)
      return false;
    expected *= s->sizes[dim];
  }
  return true;
}

static enum mode choose_mode(const reduction_state *s,
                             const operand_plan *operand) {
  bool fits = operand->is_even;
  if (operand->is_index)
    return s->outer_rank > 1 ? PER_TILE : DIRECT;
  bool by_row = operand->row_step != 0;
  if (s->is_contraction && operand->by_vector && !by_row) {
    /* Packing pays when there are rows to share it. */
    return fits && operand->column_step == operand->size && s->row_tiles < 4
               ? DIRECT
               : PER_PANEL;
  }
  if (s->is_contraction && by_row && !operand->by_vector) {
    /* Far steps along the inner dim are made once for all columns. */
    bool is_near =
        operand->inner_step == 0 || operand->inner_step == operand->size;
    return fits && is_near ? DIRECT : PER_ROWS;
  }
  if (operand->by_vector)
    fits = fits && operand->size == (s->across_lanes ? operand->inner_step
                                                     : operand->column_step);
  return fits ? DIRECT : PER_TILE;
}

static void plan_operands(reduction_state *s) {
  const arr_reduction *kernel = s->kernel;
  int64_t count = kernel->block_operands + kernel->finish_operands;
  for (int64_t i = 0; i < count; i++) {
    operand_plan *operand = &s->operands[i];
    operand->size = kernel->operands[i] & 0xff;
    operand->is_index = kernel->operands[i] & ARR_IS_INDEX;
    operand->by_vector = kernel->operands[i] & ARR_BY_VECTOR;
    operand->row_step = s->row_dim < 0 ? 0 : step(s, i, s->row_dim);
    operand->column_step = s->across_lanes ? 0 : step(s, i, kernel->vector_dim);
    operand->inner_step = step(s, i, kernel->inner_dim);
    operand->is_even = find_outer_step(s, i, &operand->outer_step);
    if (i < kernel->block_operands)
      operand->mode = choose_mode(s, operand);
  }
}

bool arr_is_beyond(const reduction_state *s, const operand_plan *operand,
                   int64_t row, int64_t column) {
  if (operand->is_index || !s->is_contraction)
    return false;
  return (operand->by_vector && column + s->kernel->span > s->columns) ||
         (operand->row_step != 0 && row + s->tile_rows > s->rows);
}

static void plan_tiles(reduction_state *s, double cost) {
  const arr_reduction *kernel = s->kernel;
  s->rows = s->row_dim < 0 ? 1 : s->sizes[s->row_dim];
  s->columns = s->across_lanes ? 1 : s->sizes[kernel->vector_dim];
  s->column_tiles = s->across_lanes ? 1 : count_tiles(s->columns, kernel->span);
  s->tile_rows = kernel->rows;
  s->row_tiles = count_tiles(s->rows, s->tile_rows);
  plan_operands(s);
  if (!s->is_contraction) {
    bool is_packed = false;
    for (int64_t i = 0; i < kernel->block_operands; i++)
      is_packed |= s->operands[i].mode != DIRECT;
    int64_t points =
        s->inner_block * s->outer_block * (s->across_lanes ? 1 : kernel->span);
    s->tile_rows = larger(is_packed && s->across_lanes ? PACKED_ROWS : 1,
                          smaller(MAX_ROWS, POINTS_OF_ROWS / points));
    s->tile_rows = smaller(s->tile_rows, s->rows);
    s->row_tiles = count_tiles(s->rows, s->tile_rows);
  }
  s->batches = 1;
  for (int32_t i = 0; i < s->batch_rank; i++)
    s->batches *= s->sizes[s->batch_dims[i]];

  /* Splits: from the sizes alone. */
  int64_t rows = s->is_contraction ? s->row_tiles : s->rows;
  bool has_enough = s->batches * rows * s->column_tiles > ENOUGH_TILES;
  int64_t splits =
      has_enough ? 1 : smaller(s->blocks / BLOCKS_IN_SPLIT, MAX_SPLITS);
  s->blocks_in_split = count_tiles(s->blocks, larger(1, splits));
  s->splits = count_tiles(s->blocks, s->blocks_in_split);

  s->group = s->is_contraction ? smaller(s->column_tiles, PANELS_IN_GROUP) : 1;
  s->groups = count_tiles(s->column_tiles, s->group);
  s->range = s->is_contraction ? smaller(s->row_tiles, ROW_TILES_IN_RANGE) : 1;
  /* Some items for each thread, but no more: each packs its panels anew. */
  int64_t threads = arr_count_threads(s->row_tiles * s->column_tiles, cost);
  while (threads > 1 && s->range > 4 &&
         s->batches * s->groups * s->splits *
                 count_tiles(s->row_tiles, s->range) <
             ITEMS_PER_THREAD * threads)
    s->range /= 2;
  s->ranges = count_tiles(s->row_tiles, s->range);
  s->items = s->batches * s->groups * s->ranges;
  s->tile_bytes = s->tile_rows * kernel->row_bytes;
  /* One block is finished at once, while its states are near. */
  s->is_single = s->blocks == 1;
  s->item_bytes =
      align64(s->tile_bytes * s->group * (s->is_single ? 1 : s->range));
}

layout arr_get_layout(const reduction_state *s, const operand_plan *operand,
                      int64_t rows, int64_t outer, int64_t inner) {
  bool by_row = operand->row_step != 0;
  layout l = {{by_row ? rows : 1, outer, inner, 1}, {0, 0, 0, operand->size}};
  if (operand->by_vector && !s->across_lanes)
    l.counts[3] = s->kernel->span;
  if (s->across_lanes && !operand->by_vector)
    l.counts[2] = 1;
  l.steps[2] = operand->size * l.counts[3];
  if (s->is_contraction) { /* rows side by side */
    l.steps[0] = by_row ? l.steps[2] : 0;
    l.steps[2] *= l.counts[0];
    l.steps[1] = l.steps[2] * l.counts[2];
  } else {
    l.steps[1] = l.steps[2] * l.counts[2];
    l.steps[0] = by_row ? l.steps[1] * l.counts[1] : 0;
  }
  return l;
}

int64_t arr_get_layout_size(layout l) {
  return l.counts[0] * l.counts[1] * l.counts[2] * l.counts[3] * l.steps[3];
}

/* Buffers: for panels, once for each of a group; then what there is once. */
static void plan_memory(reduction_state *s) {
  int64_t count = s->kernel->block_operands, size = 0;
  for (int panels = 1; panels >= 0; panels--) {
    for (int64_t i = 0; i < count; i++) {
      operand_plan *operand = &s->operands[i];
      bool is_copied =
          operand->mode != DIRECT ||
          arr_is_beyond(s, operand, (s->row_tiles - 1) * s->tile_rows,
                        (s->column_tiles - 1) * s->kernel->span);
      if (!is_copied || (operand->mode == PER_PANEL) != panels)
        continue;
      operand->buffer = size;
      size += align64(arr_get_layout_size(arr_get_layout(
          s, operand, s->tile_rows, s->outer_block, s->inner_block)));
    }
    if (panels) {
      s->panel_size = size;
      size *= s->group;
    }
  }
  if (!s->across_lanes)
    for (int64_t i = count; i < count + s->kernel->finish_operands; i++) {
      operand_plan *operand = &s->operands[i];
      operand->buffer = size;
      if (operand->by_vector && operand->column_step != operand->size)
        size +=
            align64(operand->size * s->tile_rows * s->group * s->kernel->span);
      s->finishes_in_buffer |= i < count + s->kernel->outputs &&
                               operand->column_step != operand->size;
    }
  s->buffer_size = align64(size);
  int64_t levels = 2;
  for (int64_t blocks = s->blocks_in_split; blocks > 1; blocks /= 2)
    levels++;
  s->scratch_size = s->buffer_size + levels * s->item_bytes;
}

void arr_plan_reduction(reduction_state *s, double cost) {
  find_dims(s);
  plan_blocks(s);
  plan_tiles(s, cost);
  plan_memory(s);
}
