/* C functions that test/CodeGen/extern.test calls from Arr. */
#include "arr/arr.h"

#include <stdbool.h>

/* Doubles what it is given, whatever the strides. */
void twice(const arr_array *x) {
  for (int64_t i = 0; i < x->shape[0]; ++i)
    for (int64_t j = 0; j < x->shape[1]; ++j)
      *(float *)((char *)x->data + i * x->strides[0] + j * x->strides[1]) *= 2;
}

int64_t describe(const arr_array *x) {
  return x->ndim * 1000000 + x->dtype.code * 10000 + x->dtype.bits * 10 +
         x->dtype.lanes;
}

int8_t narrow(int8_t a, uint16_t b, bool c) { return (int8_t)(a + b + c); }

bool positive(double x) { return x > 0; }

int64_t length(const char *text) {
  int64_t count = 0;
  while (text[count])
    ++count;
  return count;
}
