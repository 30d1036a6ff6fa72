/* print.c -- print() of strings and scalars to standard output. */
#include "core/internal.h"
#include "io/text.h"

#include <inttypes.h>

/* Noted so that arr_call flushes only when there is something. */
static FILE *output(void) {
  arr_thread_state_v1()->printed = true;
  return stdout;
}

void arr_flush_output(void) {
  arr_thread_state *thread = arr_thread_state_v1();
  if (!thread->printed)
    return;
  thread->printed = false;
  fflush(stdout);
}

void arr_print_str(const char *text) { fputs(text, output()); }

void arr_print_bool(int32_t value) { fputs(value ? "True" : "False", output()); }

void arr_print_int(int64_t value) { fprintf(output(), "%" PRId64, value); }

void arr_print_uint(uint64_t value) { fprintf(output(), "%" PRIu64, value); }

void arr_print_float(double value, int32_t bits) {
  char text[ARR_NUMBER_SIZE];
  arr_float_text(value, bits, text);
  fputs(text, output());
}

void arr_print_complex(double real, double imag, int32_t bits) {
  char text[2 * ARR_NUMBER_SIZE + 8];
  arr_complex_text(real, imag, bits, text);
  fputs(text, output());
}

void arr_print_array(const void *data, int64_t rank, const int64_t *shape,
                     const int64_t *element_strides, int32_t dtype_code,
                     int32_t dtype_bits) {
  int64_t strides[ARR_MAX_RANK];
  arr_array array = {.data = (void *)data,
                     .shape = shape,
                     .strides = strides,
                     .ndim = (int32_t)rank,
                     .dtype = {(uint8_t)dtype_code, (uint8_t)dtype_bits, 1}};
  for (int64_t i = 0; i < rank; ++i)
    strides[i] = element_strides[i] * arr_dtype_size(array.dtype);
  arr_write_array(output(), &array);
}
