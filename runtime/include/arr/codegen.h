/* codegen.h -- the functions that compiled code calls. Not for users: names and
 * signatures change together with the compiler (compiler/Conversion,
 * compiler/CodeGen). */
#ifndef ARR_CODEGEN_H
#define ARR_CODEGEN_H

#include "arr/arr.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ARR_NORETURN __attribute__((noreturn, cold))
#else
#define ARR_NORETURN
#endif

/* ---- Errors. A failed check ends here: the error is recorded and control goes
 * to the innermost guard of this thread. `location` is "file.arr:12:5" or "".
 */
ARR_NORETURN void arr_raise(int32_t status, const char *location,
                            const char *message);
/* `message` with %0, %1, %2 replaced by the integers. */
ARR_NORETURN void arr_raise_values(int32_t status, const char *location,
                                   const char *message, int64_t value0,
                                   int64_t value1, int64_t value2);

/* Runs body(context) under a guard. On an error every block that was allocated
 * in it and is still alive is freed, and the status returned. What is alive
 * after success passes to the enclosing guard, or is freed if there is none. */
int32_t arr_guard(void (*body)(void *context), void *context);

/* Called on entry of recursive functions: raises ARR_ERECURSION while there is
 * still room on this thread's stack. */
void arr_check_stack(const char *location);

/* ---- Parallel work that may fail. A parallel region's outlined body runs each
 * work item by arr_try_item; the failing item with the lowest `begin` wins, and
 * items above it may be skipped. After the region, arr_region_end raises its
 * error in the caller, if there was one. */
typedef struct arr_region { /* zero-initialised by the caller, on its stack */
  void *state[8];
} arr_region;
void arr_region_begin(arr_region *region);
void arr_try_item(arr_region *region,
                  void (*body)(void *context, int64_t begin, int64_t end),
                  void *context, int64_t begin, int64_t end);
void arr_region_end(arr_region *region); /* re-raises */

/* How many threads to use for work of `items` units costing about `cost`
 * nanoseconds altogether: 1 inside a parallel region or below the grain. */
int64_t arr_plan_threads(int64_t items, double cost);

/* ---- Kernels. Compiled code has the arithmetic of a kernel as a function over
 * a tile; the order of the dims, tiles, threads, and copies of operands that do
 * not lie one element after the other are decided here, at run time. */

/* An operand of a tile. Steps are in bytes. Of an index (an operand that is its
 * own address) `pointer` is the value and steps are counts. */
typedef struct arr_tile_operand {
  char *pointer;
  int64_t row_step, column_step;
} arr_tile_operand;
typedef struct arr_tile {
  int64_t rows, columns;
  void *nest; /* as given to arr_run_nest */
  arr_tile_operand operands[];
} arr_tile;
typedef void (*arr_nest_body)(const arr_tile *tile);

/* Runs an elementwise kernel. `nest` holds sizes[rank], strides[operands][rank]
 * (in elements), pointers[operands], and what else the body wants to find; the
 * dims are ordered and merged in place. Outputs are the first operands.
 * item_sizes[operand] is in bytes; 0 for an index or what never moves. Bodies
 * see column steps of one element, for inputs also 0 unless `expands`. */
void arr_run_nest(arr_nest_body body, double cost_of_point, int64_t rank,
                  int64_t outputs, const char *item_sizes, int64_t operands,
                  int32_t expands, int64_t *nest);

/* A kernel with reduction dims. A tile of outputs is `rows` points of one dim
 * times `span` points of the vector dim; what has been combined for a row of the
 * tile is `row_bytes` of opaque state. The reduction space is cut into blocks:
 * the inner dim and, counted together, the outer ones. */
typedef struct arr_reduction {
  int32_t rank, parallel_dims;
  int32_t inner_dim;
  int32_t vector_dim; /* the inner dim: lanes of one output are combined */
  int32_t row_dim;    /* -1: `rows` may be any number, of any dim */
  int32_t rows, span;
  int32_t row_bytes, row_points;
  int32_t block_operands, outputs, finish_operands; /* outputs first */
  /* Item size and ARR_BY_... of the operands of blocks, then of finish. */
  int32_t operands[];
} arr_reduction;
enum {
  ARR_BY_VECTOR = 0x100, /* moves with the vector dim */
  ARR_IS_INDEX = 0x200   /* an index; in memory if there are several outer dims */
};
/* Steps are in bytes, those of an index are counts. With a row dim, a block is
 * computed for `panels` tiles side by side, whose states follow one another; so
 * do those that finish gets. */
typedef struct arr_block_operand {
  char *pointer;
  int64_t row_step, outer_step, inner_step, panel_step;
} arr_block_operand;
typedef struct arr_block_range {
  int64_t rows, columns, panels, outer, inner;
  void *nest;
  arr_block_operand operands[];
} arr_block_range;
/* States of rows x span outputs from the points of one block. */
typedef void (*arr_block_body)(const arr_block_range *range, char *states);
/* Adds later states to earlier ones. */
typedef void (*arr_merge_body)(char *states, const char *later, int64_t points);
typedef void (*arr_finish_body)(const arr_tile *tile, const char *states);

/* `nest` as for arr_run_nest. The order in which contributions are combined
 * depends on the sizes only. */
void arr_run_reduction(const arr_reduction *kernel, double cost_of_point,
                       arr_block_body block, arr_merge_body merge,
                       arr_finish_body finish, int64_t *nest);

/* ---- Memory. Blocks are reference counted, 64-byte aligned, pooled, with huge
 * pages when large; each belongs to the frame of the running guard. A NULL
 * pointer (borrowed memory) is accepted by retain and release. Sizes are given
 * as extents so that overflow is checked in one place. Raises ARR_ENOMEM. */
void *arr_alloc(int64_t rank, const int64_t *extents, int64_t item_size);
void arr_retain(void *block);
void arr_release(void *block);

/* Whether an array can be seen with other sizes (the same number of elements, in
 * C order) without a copy; if so, fills in the strides. In elements. */
int32_t arr_reshape_strides(int64_t rank, const int64_t *sizes,
                            const int64_t *strides, int64_t new_rank,
                            const int64_t *new_sizes, int64_t *new_strides);

/* ---- Slots of an entry: filled from compiled code. `block` NULL: a view of an
 * argument. With slot->data set by the caller (out=), the elements are copied
 * there unless `data` is that memory already. Call it once the result is
 * complete; it takes its own reference to `block`. */
void arr_return_array(arr_array *slot, void *block, void *data, int64_t rank,
                      const int64_t *shape, const int64_t *element_strides,
                      int64_t item_size);

/* ---- Input and output. */
/* print(): the items one by one, separators and the line end as arr_print_str.
 */
void arr_print_str(const char *text);
void arr_print_bool(int32_t value);
void arr_print_int(int64_t value);
void arr_print_uint(uint64_t value);
/* `bits` 32: numpy's shortest form for float32; weak and f64 scalars: Python's
 * repr. */
void arr_print_float(double value, int32_t bits);
void arr_print_complex(double real, double imag, int32_t bits);
/* str(ndarray) as NumPy prints it. Strides in elements. */
void arr_print_array(const void *data, int64_t rank, const int64_t *shape,
                     const int64_t *element_strides, int32_t dtype_code,
                     int32_t dtype_bits);

/* load(): checks dtype and rank, returns a block; shape[rank] is filled in. */
void *arr_load_npy(const char *path, int32_t dtype_code, int32_t dtype_bits,
                   int64_t rank, int64_t *shape, const char *location);
void arr_save_npy(const char *path, const void *data, int64_t rank,
                  const int64_t *shape, const int64_t *element_strides,
                  int32_t dtype_code, int32_t dtype_bits, const char *location);

#ifdef __cplusplus
}
#endif
#endif
