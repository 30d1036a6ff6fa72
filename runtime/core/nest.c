/* nest.c -- runs elementwise kernels: the order in which dims are walked,
 * tiles, and copies of operands that do not lie one element after the other. */
#include "core/kernels.h"

#include <alloca.h>

static int64_t magnitude(int64_t value) { return value < 0 ? -value : value; }

/* Should dim `a` be outside of dim `b`? By the first operand that tells. */
static int is_outside(int64_t rank, int64_t operands, const int64_t *strides,
                      int64_t a, int64_t b) {
  for (int64_t operand = 0; operand < operands; operand++) {
    int64_t step_a = magnitude(strides[operand * rank + a]);
    int64_t step_b = magnitude(strides[operand * rank + b]);
    if (step_a != step_b && step_a != 0 && step_b != 0)
      return step_a > step_b;
  }
  return 1; /* as they are */
}

static void swap_dims(int64_t rank, int64_t *sizes, int64_t operands,
                      int64_t *strides, int64_t a, int64_t b) {
  int64_t size = sizes[a];
  sizes[a] = sizes[b];
  sizes[b] = size;
  for (int64_t operand = 0; operand < operands; operand++) {
    int64_t *row = strides + operand * rank, stride = row[a];
    row[a] = row[b];
    row[b] = stride;
  }
}

/* Is a step in dim `a` as far as going through all of dim `b`, everywhere? */
static int merges(int64_t rank, const int64_t *sizes, int64_t operands,
                  const int64_t *strides, int64_t a, int64_t b) {
  for (int64_t operand = 0; operand < operands; operand++)
    if (strides[operand * rank + a] != strides[operand * rank + b] * sizes[b])
      return 0;
  return 1;
}

static void plan_dims(int64_t rank, int64_t *sizes, int64_t operands,
                      int64_t *strides) {
  for (int64_t dim = 0; dim < rank; dim++)
    if (sizes[dim] == 0)
      return; /* nothing will be done */

  /* Dims of size 1 go outside; the others by insertion, since rank is small. */
  int64_t ones = 0;
  for (int64_t dim = 0; dim < rank; dim++)
    if (sizes[dim] == 1) {
      for (int64_t at = dim; at > ones; at--)
        swap_dims(rank, sizes, operands, strides, at, at - 1);
      ones++;
    }
  for (int64_t dim = ones + 1; dim < rank; dim++)
    for (int64_t at = dim;
         at > ones && !is_outside(rank, operands, strides, at - 1, at); at--)
      swap_dims(rank, sizes, operands, strides, at, at - 1);

  /* Merge from the inside; what is merged away becomes an outer dim of size 1.
   */
  int64_t inner = rank - 1;
  for (int64_t dim = rank - 2; dim >= ones; dim--) {
    if (merges(rank, sizes, operands, strides, dim, inner)) {
      sizes[inner] *= sizes[dim];
      sizes[dim] = 1;
    } else {
      inner--;
      if (inner != dim)
        swap_dims(rank, sizes, operands, strides, inner, dim);
    }
  }
  for (int64_t dim = 0; dim < rank; dim++)
    if (sizes[dim] == 1)
      for (int64_t operand = 0; operand < operands; operand++)
        strides[operand * rank + dim] = dim == rank - 1;
}

/* ---- Tiles: rows x columns points of the two innermost dims. */

enum {
  TILE_POINTS = 4096,   /* where all operands are read in place */
  PACKED_POINTS = 1024, /* else: 16 rows of 64 columns */
  PACKED_COLUMNS = 64,
  PACKED_BYTES = 64 * 1024
};

typedef struct nest_state {
  arr_nest_body body;
  const char *item_sizes;
  int64_t rank, outputs, operands;
  int64_t *nest; /* what the body gets */
  const int64_t *sizes, *strides;
  char *const *pointers;
  bool *is_packed;
  int64_t packed_size; /* bytes of one point of all packed operands */
  bool walks_down;     /* some packed operand is nearer along the columns */
  int64_t tile_rows, tile_columns;
  int64_t row_tiles, column_tiles;
} nest_state;

/* Bytes from one element to the next in a dim; indices count elements. */
static int64_t get_step(const nest_state *state, int64_t operand, int64_t dim) {
  int64_t size = state->item_sizes[operand];
  return state->strides[operand * state->rank + dim] * (size ? size : 1);
}

/* Operands whose elements are not adjacent; of inputs also those that are the
 * same all along a row, if bodies cannot read them in place. */
static void find_packed(nest_state *state, bool expands) {
  state->packed_size = 0;
  state->walks_down = false;
  for (int64_t i = 0; i < state->operands; i++) {
    int64_t size = state->item_sizes[i];
    int64_t stride = state->strides[i * state->rank + state->rank - 1];
    bool fits = stride == 1 || (stride == 0 && i >= state->outputs && !expands);
    state->is_packed[i] = size != 0 && !fits;
    if (!state->is_packed[i])
      continue;
    state->packed_size += size;
    if (state->rank > 1 && magnitude(get_step(state, i, state->rank - 2)) <
                               magnitude(get_step(state, i, state->rank - 1)))
      state->walks_down = true;
  }
}

static int64_t count_tiles(int64_t size, int64_t tile) {
  return size / tile + (size % tile != 0);
}

static void choose_tiles(nest_state *state) {
  int64_t rows = state->rank > 1 ? state->sizes[state->rank - 2] : 1;
  int64_t columns = state->sizes[state->rank - 1];
  int64_t points = TILE_POINTS, most = TILE_POINTS;
  if (state->packed_size > 0) {
    points = PACKED_POINTS;
    most = state->walks_down ? PACKED_COLUMNS : PACKED_POINTS;
    while (points > 1 && points * state->packed_size > PACKED_BYTES)
      points /= 2;
    if (most > points)
      most = points;
  }
  state->tile_columns = columns < most ? columns : most;
  state->tile_rows = points / state->tile_columns;
  if (state->tile_rows > rows)
    state->tile_rows = rows;
  state->row_tiles = count_tiles(rows, state->tile_rows);
  state->column_tiles = count_tiles(columns, state->tile_columns);
}

static void run_tile(const nest_state *state, int64_t item, arr_tile *tile,
                     char *buffer) {
  int64_t rank = state->rank, row_tile = 0, column_tile = item;
  int64_t positions[rank];
  if (state->column_tiles != 1 || rank > 1) {
    if (state->walks_down) { /* the neighbours of what was packed come next */
      row_tile = item % state->row_tiles;
      item /= state->row_tiles;
      column_tile = item % state->column_tiles;
      item /= state->column_tiles;
    } else {
      column_tile = item % state->column_tiles;
      item /= state->column_tiles;
      row_tile = item % state->row_tiles;
      item /= state->row_tiles;
    }
  }
  for (int64_t dim = rank - 3; dim >= 0; dim--) {
    positions[dim] = dim ? item % state->sizes[dim] : item;
    item /= dim ? state->sizes[dim] : 1;
  }
  positions[rank - 1] = column_tile * state->tile_columns;
  tile->columns = state->sizes[rank - 1] - positions[rank - 1];
  if (tile->columns > state->tile_columns)
    tile->columns = state->tile_columns;
  tile->rows = 1;
  if (rank > 1) {
    positions[rank - 2] = row_tile * state->tile_rows;
    tile->rows = state->sizes[rank - 2] - positions[rank - 2];
    if (tile->rows > state->tile_rows)
      tile->rows = state->tile_rows;
  }
  tile->nest = state->nest;

  arr_plane planes[state->operands]; /* of packed operands, in memory */
  for (int64_t i = 0; i < state->operands; i++) {
    arr_tile_operand *operand = &tile->operands[i];
    int64_t offset = 0, size = state->item_sizes[i];
    for (int64_t dim = 0; dim < rank; dim++)
      offset += positions[dim] * get_step(state, i, dim);
    operand->pointer =
        (char *)((uintptr_t)state->pointers[i] + (uintptr_t)offset);
    operand->row_step = rank > 1 ? get_step(state, i, rank - 2) : 0;
    operand->column_step = get_step(state, i, rank - 1);
    if (!state->is_packed[i])
      continue;
    planes[i] =
        (arr_plane){operand->pointer, operand->row_step, operand->column_step};
    *operand = (arr_tile_operand){buffer, size * tile->columns, size};
    buffer += size * state->tile_rows * state->tile_columns;
    if (i >= state->outputs)
      arr_copy_plane((arr_plane){operand->pointer, operand->row_step, size},
                     planes[i], tile->rows, tile->columns, size);
  }
  state->body(tile);
  for (int64_t i = 0; i < state->outputs; i++)
    if (state->is_packed[i])
      arr_copy_plane(planes[i],
                     (arr_plane){tile->operands[i].pointer,
                                 tile->operands[i].row_step,
                                 tile->operands[i].column_step},
                     tile->rows, tile->columns, state->item_sizes[i]);
}

static void run_tiles(void *context, int64_t thread, int64_t begin,
                      int64_t end) {
  (void)thread;
  const nest_state *state = context;
  arr_tile *tile =
      alloca(sizeof *tile + (size_t)state->operands * sizeof *tile->operands);
  char *buffer = NULL;
  if (state->packed_size > 0) {
    buffer = alloca(
        (size_t)(state->packed_size * state->tile_rows * state->tile_columns) +
        64);
    buffer += 64 - (uintptr_t)buffer % 64;
  }
  for (int64_t item = begin; item < end; item++)
    run_tile(state, item, tile, buffer);
}

void arr_run_nest(arr_nest_body body, double cost_of_point, int64_t rank,
                  int64_t outputs, const char *item_sizes, int64_t operands,
                  int32_t expands, int64_t *nest) {
  int64_t *sizes = nest, *strides = nest + rank;
  int64_t points = 1;
  for (int64_t dim = 0; dim < rank; dim++) {
    if (sizes[dim] == 0)
      return;
    points *= sizes[dim];
  }
  if (rank > 1)
    plan_dims(rank, sizes, operands, strides);
  bool is_packed[operands];
  nest_state state = {.body = body,
                      .item_sizes = item_sizes,
                      .rank = rank,
                      .outputs = outputs,
                      .operands = operands,
                      .nest = nest,
                      .sizes = sizes,
                      .strides = strides,
                      .pointers = (char *const *)(strides + rank * operands),
                      .is_packed = is_packed};
  find_packed(&state, expands != 0);
  choose_tiles(&state);
  int64_t items = state.row_tiles * state.column_tiles;
  for (int64_t dim = 0; dim < rank - 2; dim++)
    items *= sizes[dim];
  arr_run_on_threads(run_tiles, &state, items,
                     arr_count_threads(items, (double)points * cost_of_point));
}
