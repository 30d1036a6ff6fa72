/* A C program on its own strided memory, with results of the callee and its own. */
#include "add.h"
#include <stdio.h>

int main(void) {
  double memory[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  const int64_t shape[1] = {5}, strides[1] = {-16};
  arr_array x = {0};
  x.data = &memory[8];
  x.shape = shape;
  x.strides = strides;
  x.ndim = 1;
  x.dtype.code = ARR_FLOAT;
  x.dtype.bits = 64;
  x.dtype.lanes = 1;

  arr_array result = {0};
  int status = add_add(&x, 0.5, &result);
  printf("status %d, shape %d, stride %d:", status, (int)result.shape[0], (int)result.strides[0]);
  for (int i = 0; i < 5; ++i)
    printf(" %g", ((double *)result.data)[i]);
  printf("\n");
  result.release(&result);

  double out[3];
  status = add_add_c(memory, 100, out, 3);
  printf("status %d: %g %g %g\n", status, out[0], out[1], out[2]);

  status = add_add_c(memory, 100, out, 1);
  printf("status %d: %s\n", status, arr_last_error());

  x.dtype.bits = 32;
  status = add_add(&x, 0.5, &result);
  printf("status %d: %s\n", status, arr_last_error());
  return 0;
}
