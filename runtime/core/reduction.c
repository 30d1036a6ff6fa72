/* reduction.c -- runs kernels with reduction dims: sums over any axes, products
 * of matrices, distances.
 *
 * The reduction space is cut into blocks, whose states are merged pairwise, like
 * the digits of a binary counter, so that rounding errors grow with the logarithm
 * of the number of blocks. Few outputs with long reductions are also cut into
 * splits, each a work item; their states are merged at the end. Blocks and splits
 * follow from the sizes alone. How tiles of outputs are grouped does not matter
 * for the result and follows from caches: an item is a range of row tiles times a
 * group of column tiles, and goes through its blocks once, so that operands which
 * the rows share are packed once for each block.
 *
 * What compiled code reads as vectors must lie one element after the other. Other
 * operands are copied for each block (see pack). */
#include "core/kernels.h"

#include <alloca.h>
#include <string.h>

enum {
  MAX_RANK = 64,
  /* An accumulator takes about so many contributions before its block ends. */
  LANE_LENGTH = 64,
  COLUMN_LENGTH = 128,
  CONTRACTION_LENGTH = 256,
  ROWS_ABREAST = 8, /* of the reduction space, in a block across lanes */
  ENOUGH_TILES = 64,
  BLOCKS_IN_SPLIT = 16,
  MAX_SPLITS = 64,
  PANELS_IN_GROUP = 8,
  ROW_TILES_IN_RANGE = 32,
  ENOUGH_ITEMS = 64,
  POINTS_OF_ROWS = 4096,
  PACKED_ROWS = 8,
  MAX_ROWS = 64,
  MAX_ON_STACK = 16 * 1024
};

enum mode {
  DIRECT,     /* read in place, but for tiles that are not full */
  PER_PANEL,  /* packed for the columns of a tile, for all rows of an item */
  PER_ROWS,   /* packed for the rows of a tile, for all columns of an item */
  PER_TILE
};

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

  int64_t inner_block, outer_block, inner_blocks, blocks;
  int64_t splits, blocks_in_split;
  int64_t rows, tile_rows, row_tiles;
  int64_t columns, column_tiles;
  int64_t range, ranges, group, groups, batches, items;
  int64_t tile_bytes, item_bytes; /* of states */

  enum mode *modes;
  int64_t *buffers; /* where an operand's packed elements begin */
  int64_t *outer_steps;
  int64_t panel_size, buffer_size, states_size, scratch_size;
  char *shared, *scratch;
  int64_t scratches;
} reduction_state;

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t count_tiles(int64_t size, int64_t tile) {
  return size / tile + (size % tile != 0);
}
static int64_t align64(int64_t size) { return (size + 63) / 64 * 64; }

static int64_t item_size(const reduction_state *s, int64_t operand) {
  return s->kernel->operands[operand] & 0xff;
}
static bool has(const reduction_state *s, int64_t operand, int32_t flag) {
  return (s->kernel->operands[operand] & flag) != 0;
}
static int64_t stride(const reduction_state *s, int64_t operand, int32_t dim) {
  return dim < 0 ? 0 : s->strides[operand * s->kernel->rank + dim];
}
/* Bytes from one element to the next; an index counts. */
static int64_t unit(const reduction_state *s, int64_t operand) {
  return has(s, operand, ARR_IS_INDEX) ? 1 : item_size(s, operand);
}
static int64_t step(const reduction_state *s, int64_t operand, int32_t dim) {
  return stride(s, operand, dim) * unit(s, operand);
}
static char *advance(char *pointer, int64_t bytes) {
  return (char *)((uintptr_t)pointer + (uintptr_t)bytes);
}

/* ---- The plan. */

static void find_dims(reduction_state *s) {
  const arr_reduction *kernel = s->kernel;
  s->across_lanes = kernel->vector_dim == kernel->inner_dim;
  s->is_contraction = kernel->row_dim >= 0;
  s->row_dim = kernel->row_dim;
  if (!s->is_contraction) {
    /* Rows of a tile where packing finds them side by side, else the last. */
    int64_t nearest = 0;
    for (int32_t dim = 0; dim < kernel->parallel_dims; dim++) {
      if (dim == kernel->vector_dim)
        continue;
      int64_t distance = stride(s, 0, dim);
      distance = distance < 0 ? -distance : distance;
      if (s->row_dim < 0 || (distance != 0 && s->sizes[dim] > 1 &&
                             (nearest == 0 || distance <= nearest))) {
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
  const arr_reduction *kernel = s->kernel;
  int64_t inner = s->sizes[kernel->inner_dim], outer = 1;
  for (int32_t i = 0; i < s->outer_rank; i++)
    outer *= s->sizes[s->outer_dims[i]];
  int64_t span = s->across_lanes ? kernel->span : 1;
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

/* The step from one point of the outer dims to the next, in C order; false where
 * there is none. */
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

static void choose_modes(reduction_state *s) {
  const arr_reduction *kernel = s->kernel;
  for (int64_t i = 0; i < kernel->block_operands; i++) {
    bool by_vector = has(s, i, ARR_BY_VECTOR);
    bool by_row = stride(s, i, s->row_dim) != 0;
    bool fits = find_outer_step(s, i, &s->outer_steps[i]);
    if (has(s, i, ARR_IS_INDEX)) {
      s->modes[i] = s->outer_rank > 1 ? PER_TILE : DIRECT;
      continue;
    }
    if (by_vector)
      fits = fits && stride(s, i, kernel->vector_dim) == 1;
    s->modes[i] = fits ? DIRECT : PER_TILE;
    if (s->is_contraction && by_vector && !by_row) {
      /* Packing pays when there are rows to share it. */
      s->modes[i] = fits && s->row_tiles < 4 ? DIRECT : PER_PANEL;
    } else if (s->is_contraction && by_row && !by_vector) {
      /* Far steps along the inner dim are made once for all columns. */
      int64_t inner = stride(s, i, kernel->inner_dim);
      s->modes[i] = fits && (inner == 0 || inner == 1) ? DIRECT : PER_ROWS;
    }
  }
}

/* Vectors are whole, and the rows of a contraction are all there: what is beyond
 * the edge comes from a buffer. */
static bool is_beyond(const reduction_state *s, int64_t operand, int64_t row,
                      int64_t column) {
  if (has(s, operand, ARR_IS_INDEX))
    return false;
  if (has(s, operand, ARR_BY_VECTOR) && !s->across_lanes &&
      column + s->kernel->span > s->columns)
    return true;
  return s->is_contraction && stride(s, operand, s->row_dim) != 0 &&
         row + s->tile_rows > s->rows;
}

static void plan_tiles(reduction_state *s) {
  const arr_reduction *kernel = s->kernel;
  s->rows = s->row_dim < 0 ? 1 : s->sizes[s->row_dim];
  s->columns = s->across_lanes ? 1 : s->sizes[kernel->vector_dim];
  s->column_tiles =
      s->across_lanes ? 1 : count_tiles(s->columns, kernel->span);
  s->tile_rows = kernel->rows;
  s->row_tiles = count_tiles(s->rows, s->tile_rows);
  choose_modes(s);
  if (!s->is_contraction) {
    bool is_packed = false;
    for (int64_t i = 0; i < kernel->block_operands; i++)
      is_packed |= s->modes[i] != DIRECT;
    int64_t points = s->inner_block * s->outer_block *
                     (s->across_lanes ? 1 : kernel->span);
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
  s->range =
      s->is_contraction ? smaller(s->row_tiles, ROW_TILES_IN_RANGE) : 1;
  while (s->range > 4 && s->batches * s->groups * s->splits *
                                 count_tiles(s->row_tiles, s->range) <
                             ENOUGH_ITEMS)
    s->range /= 2;
  s->ranges = count_tiles(s->row_tiles, s->range);
  s->items = s->batches * s->groups * s->ranges;
  s->tile_bytes = s->tile_rows * kernel->row_bytes;
  s->item_bytes = align64(s->tile_bytes * s->range * s->group);
}

/* What packed elements of an operand look like: rows, outer, inner, lanes. */
typedef struct layout {
  int64_t counts[4], steps[4];
} layout;

static layout get_layout(const reduction_state *s, int64_t operand,
                         int64_t rows, int64_t outer, int64_t inner) {
  int64_t size = item_size(s, operand);
  bool by_row = stride(s, operand, s->row_dim) != 0;
  bool by_vector = has(s, operand, ARR_BY_VECTOR);
  layout l = {{by_row ? rows : 1, outer, inner, 1}, {0, 0, 0, 0}};
  if (by_vector && !s->across_lanes)
    l.counts[3] = s->kernel->span;
  if (s->across_lanes && !by_vector)
    l.counts[2] = 1;
  l.steps[3] = size;
  if (s->is_contraction) {
    l.steps[0] = by_row ? size * l.counts[3] : 0;
    l.steps[2] = size * l.counts[3] * l.counts[0];
    l.steps[1] = l.steps[2] * l.counts[2];
  } else {
    l.steps[2] = size * l.counts[3];
    l.steps[1] = l.steps[2] * l.counts[2];
    l.steps[0] = by_row ? l.steps[1] * l.counts[1] : 0;
  }
  return l;
}

static void plan_memory(reduction_state *s) {
  int64_t size = 0;
  s->panel_size = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (int64_t i = 0; i < s->kernel->block_operands; i++) {
      if ((s->modes[i] == PER_PANEL) != (pass == 0))
        continue;
      if (s->modes[i] == DIRECT &&
          !is_beyond(s, i, (s->row_tiles - 1) * s->tile_rows,
                     (s->column_tiles - 1) * s->kernel->span))
        continue;
      layout l =
          get_layout(s, i, s->tile_rows, s->outer_block, s->inner_block);
      s->buffers[i] = size;
      size += align64(item_size(s, i) * l.counts[0] * l.counts[1] *
                      l.counts[2] * l.counts[3]);
    }
    if (pass == 0) {
      s->panel_size = size;
      size *= s->group;
    }
  }
  /* Outputs and inputs of finish. */
  int64_t first = s->kernel->block_operands;
  if (!s->across_lanes)
    for (int64_t i = first; i < first + s->kernel->finish_operands; i++) {
      s->buffers[i] = size;
      size += align64(item_size(s, i) * s->tile_rows * s->kernel->span);
    }
  s->buffer_size = size;
  int64_t levels = 2;
  for (int64_t blocks = s->blocks_in_split; blocks > 1; blocks /= 2)
    levels++;
  s->states_size = levels * s->item_bytes;
  s->scratch_size = align64(s->buffer_size + s->states_size);
}

/* ---- One item. */

typedef struct item_state {
  const reduction_state *plan;
  char *buffer;
  int64_t positions[MAX_RANK]; /* of batch dims */
  int64_t first_row_tile, row_tiles, first_panel, panels;
  arr_block_range *range;
} item_state;

static int64_t outer_offset(const reduction_state *s, int64_t operand,
                            int64_t outer) {
  int64_t offset = 0;
  for (int32_t i = s->outer_rank - 1; i >= 0; i--) {
    int32_t dim = s->outer_dims[i];
    if (s->sizes[dim] == 0)
      return 0;
    offset += (i ? outer % s->sizes[dim] : outer) * step(s, operand, dim);
    outer /= s->sizes[dim];
  }
  return offset;
}

/* The address of an operand at a point of the outputs. */
static char *at_point(const item_state *item, int64_t operand, int64_t row,
                      int64_t column) {
  const reduction_state *s = item->plan;
  int64_t offset = row * step(s, operand, s->row_dim);
  for (int32_t i = 0; i < s->batch_rank; i++)
    offset += item->positions[i] * step(s, operand, s->batch_dims[i]);
  if (!s->across_lanes)
    offset += column * step(s, operand, s->kernel->vector_dim);
  return advance(s->pointers[operand], offset);
}

/* Copies an operand's elements for a tile and a block. `from` is the first;
 * `outer` counts from the block's first point of the outer dims. */
static void pack(const item_state *item, int64_t operand, char *to, char *base,
                 layout l, int64_t rows, int64_t lanes, int64_t first_outer,
                 int64_t first_inner) {
  const reduction_state *s = item->plan;
  int64_t size = item_size(s, operand);
  int64_t row_step = step(s, operand, s->row_dim);
  int64_t inner_step = step(s, operand, s->kernel->inner_dim);
  int64_t lane_step =
      s->across_lanes ? 0 : step(s, operand, s->kernel->vector_dim);
  rows = smaller(rows, l.counts[0]);
  lanes = smaller(lanes, l.counts[3]);
  if (rows < l.counts[0] || lanes < l.counts[3])
    memset(to, 0, (size_t)(size * l.counts[0] * l.counts[1] * l.counts[2] *
                           l.counts[3]));
  for (int64_t outer = 0; outer < l.counts[1]; outer++) {
    char *source = advance(base, outer_offset(s, operand, first_outer + outer) +
                                     first_inner * inner_step);
    char *target = to + outer * l.steps[1];
    if (has(s, operand, ARR_IS_INDEX)) {
      for (int64_t row = 0; row < rows; row++)
        for (int64_t inner = 0; inner < l.counts[2]; inner++)
          for (int64_t lane = 0; lane < lanes; lane++)
            *(int64_t *)(target + row * l.steps[0] + inner * l.steps[2] +
                         lane * l.steps[3]) =
                (int64_t)(uintptr_t)source + row * row_step +
                inner * inner_step + lane * lane_step;
      continue;
    }
    if (l.counts[3] == 1) {
      arr_copy_plane((arr_plane){target, l.steps[0], l.steps[2]},
                     (arr_plane){source, row_step, inner_step}, rows,
                     l.counts[2], size);
      continue;
    }
    for (int64_t row = 0; row < rows; row++)
      arr_copy_plane(
          (arr_plane){target + row * l.steps[0], l.steps[2], l.steps[3]},
          (arr_plane){advance(source, row * row_step), inner_step, lane_step},
          l.counts[2], lanes, size);
  }
}

/* Sets the operands of one mode for a tile and a block, packing them. */
static void set_operands(item_state *item, enum mode mode, int64_t row_tile,
                         int64_t panel, int64_t first_outer,
                         int64_t first_inner, bool packs) {
  const reduction_state *s = item->plan;
  arr_block_range *range = item->range;
  int64_t row = row_tile * s->tile_rows, column = panel * s->kernel->span;
  for (int64_t i = 0; i < s->kernel->block_operands; i++) {
    if (s->modes[i] != mode)
      continue;
    char *base = at_point(item, i, row, column);
    if (mode == DIRECT && !is_beyond(s, i, row, column)) {
      range->operands[i] = (arr_block_operand){
          advance(base,
                  outer_offset(s, i, first_outer) +
                      first_inner * step(s, i, s->kernel->inner_dim)),
          step(s, i, s->row_dim), s->outer_steps[i],
          step(s, i, s->kernel->inner_dim)};
      continue;
    }
    layout l = get_layout(s, i, s->is_contraction ? s->tile_rows : range->rows,
                          range->outer, range->inner);
    char *to = item->buffer + s->buffers[i];
    if (mode == PER_PANEL)
      to += (panel - item->first_panel) * s->panel_size;
    if (packs || mode == DIRECT)
      pack(item, i, to, base, l, smaller(s->rows - row, s->tile_rows),
           s->columns - column, first_outer, first_inner);
    range->operands[i] =
        (arr_block_operand){to, l.steps[0], l.steps[1], l.steps[2]};
  }
}

static void run_block(item_state *item, int64_t block, char *states) {
  const reduction_state *s = item->plan;
  arr_block_range *range = item->range;
  int64_t inner = s->sizes[s->kernel->inner_dim], outer = 1;
  for (int32_t i = 0; i < s->outer_rank; i++)
    outer *= s->sizes[s->outer_dims[i]];
  int64_t first_inner = block % s->inner_blocks * s->inner_block;
  int64_t first_outer = block / s->inner_blocks * s->outer_block;
  range->inner = smaller(s->inner_block, inner - first_inner);
  range->outer = smaller(s->outer_block, outer - first_outer);
  range->nest = s->nest;
  range->rows = s->tile_rows;
  for (int64_t i = 0; i < item->panels; i++)
    set_operands(item, PER_PANEL, item->first_row_tile, item->first_panel + i,
                 first_outer, first_inner, true);
  for (int64_t r = 0; r < item->row_tiles; r++) {
    int64_t row_tile = item->first_row_tile + r;
    if (!s->is_contraction)
      range->rows = smaller(s->tile_rows, s->rows - row_tile * s->tile_rows);
    set_operands(item, PER_ROWS, row_tile, item->first_panel, first_outer,
                 first_inner, true);
    for (int64_t i = 0; i < item->panels; i++) {
      int64_t panel = item->first_panel + i;
      set_operands(item, PER_PANEL, row_tile, panel, first_outer, first_inner,
                   false);
      set_operands(item, DIRECT, row_tile, panel, first_outer, first_inner,
                   false);
      set_operands(item, PER_TILE, row_tile, panel, first_outer, first_inner,
                   true);
      s->block(range, states + (r * s->group + i) * s->tile_bytes);
    }
  }
}

static void finish_tile(item_state *item, int64_t row_tile, int64_t panel,
                        const char *states) {
  const reduction_state *s = item->plan;
  const arr_reduction *kernel = s->kernel;
  int64_t count = kernel->finish_operands, first = kernel->block_operands;
  arr_tile *tile = alloca(sizeof *tile + (size_t)count * sizeof *tile->operands);
  arr_plane planes[count];
  int64_t row = row_tile * s->tile_rows, column = panel * kernel->span;
  tile->rows = smaller(s->tile_rows, s->rows - row);
  tile->columns = smaller(kernel->span, s->columns - column);
  tile->nest = s->nest;
  for (int64_t i = 0; i < count; i++) {
    int64_t operand = first + i, size = item_size(s, operand);
    arr_plane *plane = &planes[i];
    *plane = (arr_plane){
        at_point(item, operand, row, column), step(s, operand, s->row_dim),
        s->across_lanes ? 0 : step(s, operand, kernel->vector_dim)};
    tile->operands[i] = (arr_tile_operand){plane->pointer, plane->row_step,
                                           plane->column_step};
    bool is_packed = !s->across_lanes && has(s, operand, ARR_BY_VECTOR) &&
                     !has(s, operand, ARR_IS_INDEX) &&
                     plane->column_step != size;
    if (!is_packed) {
      plane->pointer = NULL;
      continue;
    }
    char *buffer = item->buffer + s->buffers[operand];
    tile->operands[i] = (arr_tile_operand){buffer, kernel->span * size, size};
    if (i >= kernel->outputs)
      arr_copy_plane((arr_plane){buffer, kernel->span * size, size}, *plane,
                     tile->rows, tile->columns, size);
  }
  s->finish(tile, states);
  for (int64_t i = 0; i < kernel->outputs; i++)
    if (planes[i].pointer)
      arr_copy_plane(planes[i],
                     (arr_plane){tile->operands[i].pointer,
                                 tile->operands[i].row_step,
                                 tile->operands[i].column_step},
                     tile->rows, tile->columns, item_size(s, first + i));
}

static void finish_item(item_state *item, const char *states) {
  const reduction_state *s = item->plan;
  for (int64_t r = 0; r < item->row_tiles; r++)
    for (int64_t i = 0; i < item->panels; i++)
      finish_tile(item, item->first_row_tile + r, item->first_panel + i,
                  states + (r * s->group + i) * s->tile_bytes);
}

static void find_item(item_state *item, int64_t number) {
  const reduction_state *s = item->plan;
  int64_t range = number % s->ranges;
  number /= s->ranges;
  int64_t group = number % s->groups;
  number /= s->groups;
  for (int32_t i = s->batch_rank - 1; i >= 0; i--) {
    item->positions[i] = number % s->sizes[s->batch_dims[i]];
    number /= s->sizes[s->batch_dims[i]];
  }
  item->first_row_tile = range * s->range;
  item->row_tiles = smaller(s->range, s->row_tiles - item->first_row_tile);
  item->first_panel = group * s->group;
  item->panels = smaller(s->group, s->column_tiles - item->first_panel);
}

/* Goes through the blocks of a split: states[0] has their merged states. */
static void run_split(item_state *item, int64_t split, char *first,
                      char *others) {
  const reduction_state *s = item->plan;
  int64_t points = s->tile_rows * s->kernel->row_points * s->range * s->group;
  int64_t begin = split * s->blocks_in_split;
  int64_t count = smaller(s->blocks_in_split, s->blocks - begin);
  int64_t depth = 0;
  for (int64_t i = 0; i < count; i++) {
    char *states = depth ? others + (depth - 1) * s->item_bytes : first;
    run_block(item, begin + i, states);
    depth++;
    /* Every set bit of the counter below the new one has its equal; after the
     * last block all are merged. */
    for (int64_t bits = i; depth > 1 && (bits & 1 || i == count - 1);
         bits >>= 1) {
      char *later = others + (depth - 2) * s->item_bytes;
      char *earlier = depth > 2 ? others + (depth - 3) * s->item_bytes : first;
      s->merge(earlier, later, points);
      depth--;
    }
  }
}

static char *get_states(const reduction_state *s, int64_t item, int64_t split) {
  return s->shared + (split * s->items + item) * s->item_bytes;
}

static void run_items(void *context, int64_t thread, int64_t begin,
                      int64_t end) {
  const reduction_state *s = context;
  item_state item = {.plan = s};
  item.range = alloca(sizeof *item.range + (size_t)s->kernel->block_operands *
                                               sizeof *item.range->operands);
  if (s->scratch) {
    item.buffer = s->scratch + thread * s->scratch_size;
  } else {
    item.buffer = alloca((size_t)s->scratch_size + 64);
    item.buffer += 64 - (uintptr_t)item.buffer % 64;
  }
  char *states = item.buffer + align64(s->buffer_size);
  for (int64_t number = begin; number < end; number++) {
    int64_t place = number % s->items, split = number / s->items;
    find_item(&item, place);
    bool is_whole = s->splits == 1;
    char *first = is_whole ? states : get_states(s, place, split);
    run_split(&item, split, first, states + s->item_bytes);
    if (is_whole)
      finish_item(&item, first);
  }
}

/* Merges the states of all splits, pairwise. */
static void merge_splits(const reduction_state *s, char *buffer) {
  int64_t points = s->tile_rows * s->kernel->row_points * s->range * s->group;
  item_state item = {.plan = s, .buffer = buffer};
  for (int64_t place = 0; place < s->items; place++) {
    for (int64_t distance = 1; distance < s->splits; distance *= 2)
      for (int64_t split = 0; split + distance < s->splits;
           split += 2 * distance)
        s->merge(get_states(s, place, split),
                 get_states(s, place, split + distance), points);
    find_item(&item, place);
    finish_item(&item, get_states(s, place, 0));
  }
}

static char *allocate(int64_t bytes) {
  return arr_alloc(1, (int64_t[]){bytes}, 1);
}

void arr_run_reduction(const arr_reduction *kernel, double cost_of_point,
                       arr_block_body block, arr_merge_body merge,
                       arr_finish_body finish, int64_t *nest) {
  int64_t operands = kernel->block_operands + kernel->finish_operands;
  enum mode modes[operands + 1];
  int64_t buffers[operands + 1], outer_steps[operands + 1];
  reduction_state s = {.kernel = kernel, .block = block, .merge = merge,
                       .finish = finish, .nest = nest, .sizes = nest,
                       .strides = nest + kernel->rank, .modes = modes,
                       .buffers = buffers, .outer_steps = outer_steps};
  s.pointers = (char *const *)(s.strides + operands * kernel->rank);
  double points = 1;
  for (int32_t dim = 0; dim < kernel->rank; dim++) {
    points *= (double)s.sizes[dim];
    if (dim < kernel->parallel_dims && s.sizes[dim] == 0)
      return;
  }
  find_dims(&s);
  plan_blocks(&s);
  plan_tiles(&s);
  plan_memory(&s);
  int64_t items = s.items * s.splits;
  int64_t threads = arr_count_threads(items, points * cost_of_point);
  if (s.splits > 1)
    s.shared = allocate(items * s.item_bytes);
  if (s.scratch_size > MAX_ON_STACK || threads > 1)
    s.scratch = allocate(threads * s.scratch_size);
  arr_run_on_threads(run_items, &s, items, threads);
  if (s.splits > 1) {
    if (!s.scratch)
      s.scratch = allocate(s.scratch_size);
    merge_splits(&s, s.scratch);
  }
  arr_release(s.shared);
  arr_release(s.scratch);
}
