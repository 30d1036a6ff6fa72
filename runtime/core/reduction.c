/* reduction.c -- runs kernels with reduction dims: sums over any axes, products
 * of matrices, distances.
 *
 * The reduction space is cut into blocks, whose states are merged pairwise,
 * like the digits of a binary counter, so that rounding errors grow with the
 * logarithm of the number of blocks. Few outputs with long reductions are also
 * cut into splits, each a work item; their states are merged at the end. Blocks
 * and splits follow from the sizes alone. How tiles of outputs are grouped does
 * not matter for the result and follows from caches: an item is a range of row
 * tiles times a group of column tiles, and goes through its blocks once, so
 * that operands which the rows share are packed once for each block.
 *
 * What compiled code reads as vectors must lie one element after the other.
 * Other operands are copied for each block (see pack). */
#include "core/kernels.h"

#include <alloca.h>
#include <string.h>

enum {
  MAX_RANK = 64,
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
  MAX_ROWS = 64,
  MAX_ON_STACK = 16 * 1024
};

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

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t count_tiles(int64_t size, int64_t tile) {
  return size / tile + (size % tile != 0);
}
static int64_t align64(int64_t size) { return (size + 63) / 64 * 64; }

static int64_t stride(const reduction_state *s, int64_t operand, int32_t dim) {
  return s->strides[operand * s->kernel->rank + dim];
}
static int64_t step(const reduction_state *s, int64_t operand, int32_t dim) {
  const operand_plan *plan = &s->operands[operand];
  return stride(s, operand, dim) * (plan->is_index ? 1 : plan->size);
}
static char *advance(char *pointer, int64_t bytes) {
  return (char *)((uintptr_t)pointer + (uintptr_t)bytes);
}

/* ---- The plan. */

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

/* The tiles of a contraction are computed as if they were full: what is beyond
 * the edge comes from a buffer. */
static bool is_beyond(const reduction_state *s, const operand_plan *operand,
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

/* Copies of an operand for a tile and a block: rows, outer, inner, lanes. */
typedef struct layout {
  int64_t counts[4], steps[4];
} layout;

static layout get_layout(const reduction_state *s, const operand_plan *operand,
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

static int64_t get_size(layout l) {
  return l.counts[0] * l.counts[1] * l.counts[2] * l.counts[3] * l.steps[3];
}

/* Buffers: for panels, once for each of a group; then what there is once. */
static void plan_memory(reduction_state *s) {
  int64_t count = s->kernel->block_operands, size = 0;
  for (int panels = 1; panels >= 0; panels--) {
    for (int64_t i = 0; i < count; i++) {
      operand_plan *operand = &s->operands[i];
      bool is_copied = operand->mode != DIRECT ||
                       is_beyond(s, operand, (s->row_tiles - 1) * s->tile_rows,
                                 (s->column_tiles - 1) * s->kernel->span);
      if (!is_copied || (operand->mode == PER_PANEL) != panels)
        continue;
      operand->buffer = size;
      size += align64(get_size(get_layout(s, operand, s->tile_rows,
                                          s->outer_block, s->inner_block)));
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

/* ---- One item. */

typedef struct item_state {
  const reduction_state *plan;
  char *buffer;
  char **origins; /* operands at row 0 and column 0 of the batch */
  int64_t first_row_tile, row_tiles, first_panel, panels;
  arr_block_range *range;
  arr_tile *tile;                   /* of finish */
  int64_t first_outer, first_inner; /* of the block */
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

static void pack_index(const operand_plan *operand, char *to, uintptr_t first,
                       layout l, int64_t lane_step) {
  for (int64_t row = 0; row < l.counts[0]; row++)
    for (int64_t inner = 0; inner < l.counts[2]; inner++)
      for (int64_t lane = 0; lane < l.counts[3]; lane++)
        *(int64_t *)(to + row * l.steps[0] + inner * l.steps[2] +
                     lane * l.steps[3]) =
            (int64_t)first + row * operand->row_step +
            inner * operand->inner_step + lane * lane_step;
}

/* Copies an operand's elements for a tile and a block; `base` is at the tile.
 */
static void pack(const item_state *item, int64_t number, char *to, char *base,
                 layout l, int64_t row, int64_t column) {
  const reduction_state *s = item->plan;
  const operand_plan *operand = &s->operands[number];
  int64_t size = operand->size;
  int64_t rows = smaller(s->rows - row, l.counts[0]);
  int64_t lanes = smaller(s->columns - column, l.counts[3]);
  if (s->is_contraction && (rows < l.counts[0] || lanes < l.counts[3]))
    memset(to, 0, (size_t)get_size(l));
  if (l.counts[0] == 1 && l.counts[3] == 1 && operand->is_even &&
      !operand->is_index) {
    char *source = advance(base, item->first_outer * operand->outer_step +
                                     item->first_inner * operand->inner_step);
    arr_copy_plane(
        (arr_plane){to, l.steps[1], l.steps[2]},
        (arr_plane){source, operand->outer_step, operand->inner_step},
        l.counts[1], l.counts[2], size);
    return;
  }
  for (int64_t outer = 0; outer < l.counts[1]; outer++) {
    char *source =
        advance(base, outer_offset(s, number, item->first_outer + outer) +
                          item->first_inner * operand->inner_step);
    char *target = to + outer * l.steps[1];
    if (operand->is_index) {
      pack_index(operand, target, (uintptr_t)source, l, operand->column_step);
    } else if (l.counts[3] == 1) {
      arr_copy_plane(
          (arr_plane){target, l.steps[0], l.steps[2]},
          (arr_plane){source, operand->row_step, operand->inner_step}, rows,
          l.counts[2], size);
    } else {
      for (int64_t i = 0; i < rows; i++)
        arr_copy_plane((arr_plane){target + i * l.steps[0], l.steps[2], size},
                       (arr_plane){advance(source, i * operand->row_step),
                                   operand->inner_step, operand->column_step},
                       l.counts[2], lanes, size);
    }
  }
}

/* Points the block's range to an operand's elements for a tile; `packs`: copies
 * them where they are not read in place. */
static void set_operand(item_state *item, int64_t number, int64_t row_tile,
                        int64_t panel, bool packs) {
  const reduction_state *s = item->plan;
  const operand_plan *operand = &s->operands[number];
  arr_block_range *range = item->range;
  int64_t row = row_tile * s->tile_rows, column = panel * s->kernel->span;
  char *base = advance(item->origins[number],
                       row * operand->row_step + column * operand->column_step);
  if (operand->mode == DIRECT && !is_beyond(s, operand, row, column)) {
    int64_t offset = item->first_inner * operand->inner_step;
    if (item->first_outer != 0)
      offset += outer_offset(s, number, item->first_outer);
    range->operands[number] = (arr_block_operand){
        advance(base, offset), operand->row_step, operand->outer_step,
        operand->inner_step, operand->column_step * s->kernel->span};
    return;
  }
  layout l = get_layout(s, operand, range->rows, range->outer, range->inner);
  char *to = item->buffer + operand->buffer;
  if (operand->mode == PER_PANEL)
    to += (panel - item->first_panel) * s->panel_size;
  if (packs)
    pack(item, number, to, base, l, row, column);
  range->operands[number] =
      (arr_block_operand){to, l.steps[0], l.steps[1], l.steps[2],
                          operand->mode == PER_PANEL ? s->panel_size : 0};
}

/* A row of tiles: all panels of the item. */
static void finish_tiles(item_state *item, int64_t row_tile,
                         const char *states) {
  const reduction_state *s = item->plan;
  const arr_reduction *kernel = s->kernel;
  int64_t count = kernel->finish_operands, first = kernel->block_operands;
  int64_t row = row_tile * s->tile_rows;
  int64_t column = item->first_panel * kernel->span;
  arr_tile *tile = item->tile;
  tile->rows = smaller(s->tile_rows, s->rows - row);
  tile->columns = smaller(item->panels * kernel->span, s->columns - column);
  tile->nest = s->nest;
  for (int pass = 0; pass < 2; pass++) {
    for (int64_t i = 0; i < count; i++) {
      const operand_plan *operand = &s->operands[first + i];
      arr_plane plane = {
          advance(item->origins[first + i],
                  row * operand->row_step + column * operand->column_step),
          operand->row_step, operand->column_step};
      bool is_output = i < kernel->outputs;
      bool is_packed = operand->by_vector && !s->across_lanes &&
                       !operand->is_index &&
                       operand->column_step != operand->size;
      arr_plane copy = plane;
      if (is_packed)
        copy =
            (arr_plane){item->buffer + operand->buffer,
                        s->group * kernel->span * operand->size, operand->size};
      tile->operands[i] =
          (arr_tile_operand){copy.pointer, copy.row_step, copy.column_step};
      if (!is_packed || is_output != pass)
        continue;
      if (is_output)
        arr_copy_plane(plane, copy, tile->rows, tile->columns, operand->size);
      else
        arr_copy_plane(copy, plane, tile->rows, tile->columns, operand->size);
    }
    if (pass == 0)
      s->finish(tile, states);
    if (!s->finishes_in_buffer)
      return;
  }
}

static void finish_item(item_state *item, const char *states) {
  const reduction_state *s = item->plan;
  for (int64_t r = 0; r < item->row_tiles; r++)
    finish_tiles(item, item->first_row_tile + r,
                 states + r * s->group * s->tile_bytes);
}

/* Panels from one on that need no copies of their own: a call for all. */
static int64_t count_together(const item_state *item, int64_t row_tile,
                              int64_t panel) {
  const reduction_state *s = item->plan;
  int64_t end = item->first_panel + item->panels, count = end - panel;
  for (int64_t i = 0; i < s->kernel->block_operands; i++) {
    const operand_plan *operand = &s->operands[i];
    if (operand->mode == PER_TILE)
      return 1;
    if (operand->mode != DIRECT || !operand->by_vector)
      continue;
    int64_t row = row_tile * s->tile_rows;
    if (is_beyond(s, operand, row, panel * s->kernel->span))
      return 1;
    if (is_beyond(s, operand, row, (end - 1) * s->kernel->span))
      count = end - 1 - panel;
  }
  return count;
}

static void run_block(item_state *item, int64_t block, char *states) {
  const reduction_state *s = item->plan;
  arr_block_range *range = item->range;
  int64_t count = s->kernel->block_operands;
  item->first_inner = block % s->inner_blocks * s->inner_block;
  item->first_outer = block / s->inner_blocks * s->outer_block;
  range->inner = smaller(s->inner_block, s->inner - item->first_inner);
  range->outer = smaller(s->outer_block, s->outer - item->first_outer);
  range->nest = s->nest;
  range->rows = s->tile_rows;
  for (int64_t i = 0; i < count; i++)
    if (s->operands[i].mode == PER_PANEL)
      for (int64_t panel = 0; panel < item->panels; panel++)
        set_operand(item, i, item->first_row_tile, item->first_panel + panel,
                    true);
  for (int64_t r = 0; r < item->row_tiles; r++) {
    int64_t row_tile = item->first_row_tile + r;
    if (!s->is_contraction)
      range->rows = smaller(s->tile_rows, s->rows - row_tile * s->tile_rows);
    char *row_states = states;
    if (!s->is_single)
      row_states += r * s->group * s->tile_bytes;
    for (int64_t p = 0; p < item->panels; p += range->panels) {
      int64_t panel = item->first_panel + p;
      range->panels = count_together(item, row_tile, panel);
      range->columns =
          smaller(s->kernel->span, s->columns - panel * s->kernel->span);
      for (int64_t i = 0; i < count; i++) {
        enum mode mode = s->operands[i].mode;
        if (mode != PER_ROWS || p == 0)
          set_operand(item, i, row_tile, panel, mode != PER_PANEL);
      }
      s->block(range, row_states + p * s->tile_bytes);
    }
    if (s->is_single)
      finish_tiles(item, row_tile, row_states);
  }
}

static void find_item(item_state *item, int64_t number) {
  const reduction_state *s = item->plan;
  int64_t range = number % s->ranges;
  number /= s->ranges;
  int64_t group = number % s->groups;
  number /= s->groups;
  int64_t operands = s->kernel->block_operands + s->kernel->finish_operands;
  for (int64_t i = 0; i < operands; i++)
    item->origins[i] = s->pointers[i];
  for (int32_t d = s->batch_rank - 1; d >= 0; d--) {
    int32_t dim = s->batch_dims[d];
    int64_t position = number % s->sizes[dim];
    number /= s->sizes[dim];
    for (int64_t i = 0; i < operands; i++)
      item->origins[i] = advance(item->origins[i], position * step(s, i, dim));
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

/* The calling function's memory for one item after the other. */
#define DEFINE_ITEM(S, ITEM, BUFFER)                                           \
  char *origins[(S)->kernel->block_operands + (S)->kernel->finish_operands];   \
  item_state ITEM = {                                                          \
      .plan = (S),                                                             \
      .buffer = (BUFFER),                                                      \
      .origins = origins,                                                      \
      .range = alloca(sizeof(arr_block_range) +                                \
                      (size_t)(S)->kernel->block_operands *                    \
                          sizeof(arr_block_operand)),                          \
      .tile = alloca(sizeof(arr_tile) + (size_t)(S)->kernel->finish_operands * \
                                            sizeof(arr_tile_operand))}

static void run_items(void *context, int64_t thread, int64_t begin,
                      int64_t end) {
  const reduction_state *s = context;
  char *buffer;
  if (s->scratch) {
    buffer = s->scratch + thread * s->scratch_size;
  } else {
    buffer = alloca((size_t)s->scratch_size + 64);
    buffer += 64 - (uintptr_t)buffer % 64;
  }
  DEFINE_ITEM(s, item, buffer);
  char *states = item.buffer + s->buffer_size;
  for (int64_t number = begin; number < end; number++) {
    int64_t place = number % s->items, split = number / s->items;
    find_item(&item, place);
    bool is_whole = s->splits == 1;
    char *first = is_whole ? states : get_states(s, place, split);
    run_split(&item, split, first, states + s->item_bytes);
    if (is_whole && !s->is_single)
      finish_item(&item, first);
  }
}

/* Merges the states of all splits, pairwise. */
static void merge_splits(const reduction_state *s, char *buffer) {
  int64_t points = s->tile_rows * s->kernel->row_points * s->range * s->group;
  DEFINE_ITEM(s, item, buffer);
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
  operand_plan plans[operands];
  memset(plans, 0, sizeof plans);
  reduction_state s = {.kernel = kernel,
                       .block = block,
                       .merge = merge,
                       .finish = finish,
                       .nest = nest,
                       .sizes = nest,
                       .strides = nest + kernel->rank,
                       .operands = plans};
  s.pointers = (char *const *)(s.strides + operands * kernel->rank);
  double points = 1;
  for (int32_t dim = 0; dim < kernel->rank; dim++) {
    points *= (double)s.sizes[dim];
    if (dim < kernel->parallel_dims && s.sizes[dim] == 0)
      return;
  }
  find_dims(&s);
  plan_blocks(&s);
  double cost = points * cost_of_point;
  plan_tiles(&s, cost);
  plan_memory(&s);
  int64_t items = s.items * s.splits;
  int64_t threads = arr_count_threads(items, cost);
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
