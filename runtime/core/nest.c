/* nest.c -- the order in which an elementwise loop nest walks its dims. */
#include "arr/codegen.h"

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
    if (strides[operand * rank + a] !=
        strides[operand * rank + b] * sizes[b])
      return 0;
  return 1;
}

void arr_plan_nest(int64_t rank, int64_t *sizes, int64_t operands, int64_t *strides) {
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

  /* Merge from the inside; what is merged away becomes an outer dim of size 1. */
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
