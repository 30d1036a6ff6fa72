/* reduction.c -- runs kernels with reduction dims: sums over any axes, products
 * of matrices, distances.
 *
 * The reduction space is cut into blocks, whose states are merged pairwise,
 * like the digits of a binary counter, so that rounding errors grow with the
 * logarithm of the number of blocks. Few outputs with long reductions are also
 * cut into splits, each a work item; their states are merged at the end. An
 * item goes through its blocks once, so that operands which its rows share are
 * packed once for each block.
 *
 * What compiled code reads as vectors must lie one element after the other.
 * Other operands are copied for each block (see pack). */
#include "core/reduction.h"

#include <alloca.h>
#include <string.h>

enum { MAX_ON_STACK = 16 * 1024 };

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
    memset(to, 0, (size_t)arr_get_layout_size(l));
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
  if (operand->mode == DIRECT && !arr_is_beyond(s, operand, row, column)) {
    int64_t offset = item->first_inner * operand->inner_step;
    if (item->first_outer != 0)
      offset += outer_offset(s, number, item->first_outer);
    range->operands[number] = (arr_block_operand){
        advance(base, offset), operand->row_step, operand->outer_step,
        operand->inner_step, operand->column_step * s->kernel->span};
    return;
  }
  layout l =
      arr_get_layout(s, operand, range->rows, range->outer, range->inner);
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
    if (arr_is_beyond(s, operand, row, panel * s->kernel->span))
      return 1;
    if (arr_is_beyond(s, operand, row, (end - 1) * s->kernel->span))
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
  double cost = points * cost_of_point;
  arr_plan_reduction(&s, cost);
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
