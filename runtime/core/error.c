/* error.c -- the thread's state and its last error; the raise functions, which
 * record an error and jump to the innermost guard. */
#include "core/internal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

arr_thread_state *arr_thread_state_v1(void) {
  static _Thread_local arr_thread_state state;
  return &state;
}

static void copy_text(char *to, size_t size, const char *from) {
  size_t length = from ? strlen(from) : 0;
  if (length >= size) {
    length = size - 1;
    while (length > 0 && ((unsigned char)from[length] & 0xC0) == 0x80)
      --length; /* do not cut a UTF-8 sequence */
  }
  if (length > 0)
    memmove(to, from, length); /* an error may be copied onto itself */
  to[length] = 0;
}

void arr_set_error(int32_t status, const char *location, const char *message) {
  arr_error *error = &arr_thread_state_v1()->error;
  error->status = status;
  copy_text(error->message, sizeof error->message, message);
  copy_text(error->location, sizeof error->location, location);
}

int32_t arr_fail(int32_t status, const char *location, const char *format,
                 ...) {
  char message[ARR_MESSAGE_SIZE];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  arr_set_error(status, location, message);
  return status;
}

void arr_clear_error(void) {
  arr_error *error = &arr_thread_state_v1()->error;
  error->status = ARR_OK;
  error->message[0] = 0;
  error->location[0] = 0;
}

void arr_raise_recorded(void) {
  arr_thread_state *thread = arr_thread_state_v1();
  if (!thread->frame) {
    /* Compiled code was entered without arr_call: there is no way back. */
    fprintf(stderr, "arr: error outside of a guard: %s\n", arr_last_error());
    abort();
  }
  longjmp(thread->frame->jump, 1);
}

void arr_raise(int32_t status, const char *location, const char *message) {
  arr_set_error(status, location, message);
  arr_raise_recorded();
}

void arr_raise_values(int32_t status, const char *location, const char *message,
                      int64_t value0, int64_t value1, int64_t value2) {
  const int64_t values[3] = {value0, value1, value2};
  char text[ARR_MESSAGE_SIZE];
  size_t used = 0;
  for (const char *at = message; *at && used + 1 < sizeof text; ++at) {
    if (at[0] == '%' && at[1] >= '0' && at[1] <= '2') {
      int written = snprintf(text + used, sizeof text - used, "%" PRId64,
                             values[at[1] - '0']);
      used += (size_t)written < sizeof text - used ? (size_t)written
                                                   : sizeof text - used - 1;
      ++at;
    } else {
      text[used++] = *at;
    }
  }
  text[used] = 0;
  arr_raise(status, location, text);
}

const char *arr_last_error_message(void) {
  return arr_thread_state_v1()->error.message;
}

const char *arr_last_error_location(void) {
  return arr_thread_state_v1()->error.location;
}

const char *arr_last_error(void) {
  arr_thread_state *thread = arr_thread_state_v1();
  const arr_error *error = &thread->error;
  snprintf(thread->full_message, sizeof thread->full_message, "%s%s%s",
           error->location, error->location[0] ? ": " : "", error->message);
  return thread->full_message;
}

int arr_abi_version(void) { return ARR_ABI_VERSION; }
