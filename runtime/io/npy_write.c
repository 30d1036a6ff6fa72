/* npy_write.c -- writing .npy files, byte for byte as numpy.save does: version
 * 1.0, the header padded to 64 bytes, Fortran order kept. The data goes to a
 * temporary file in the same directory, which is renamed when it is complete.
 */
#define _GNU_SOURCE
#include "io/npy.h"

#include <stdatomic.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_fortran_contiguous(const arr_array *array,
                                  const int64_t *strides) {
  int64_t expected = arr_dtype_size(array->dtype);
  for (int32_t i = 0; i < array->ndim; ++i) {
    if (array->shape[i] != 1 && strides[i] != expected)
      return false;
    expected *= array->shape[i];
  }
  return true;
}

static size_t build_header(char *header, size_t size, const arr_array *array,
                           bool fortran) {
  static const char magic[8] = {(char)0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  const uint16_t probe = 1;
  char shape[ARR_MAX_RANK * 24], digits[24];
  char kind = array->dtype.code == ARR_BOOL    ? 'b'
              : array->dtype.code == ARR_INT   ? 'i'
              : array->dtype.code == ARR_UINT  ? 'u'
              : array->dtype.code == ARR_FLOAT ? 'f'
                                               : 'c';
  char order = array->dtype.bits == 8                ? '|'
               : *(const unsigned char *)&probe == 1 ? '<'
                                                     : '>';
  arr_format_shape(shape, sizeof shape, array->ndim, array->shape);
  memcpy(header, magic, sizeof magic);
  size_t used = 10;
  used += (size_t)snprintf(
      header + used, size - used,
      "{'descr': '%c%c%d', 'fortran_order': %s, 'shape': %s, }", order, kind,
      array->dtype.bits / 8, fortran ? "True" : "False", shape);
  /* NumPy leaves room for the axis that grows when data is appended. */
  size_t growth = 0;
  if (array->ndim > 0) {
    int64_t extent = array->shape[fortran ? array->ndim - 1 : 0];
    growth = 21 - (size_t)snprintf(digits, sizeof digits, "%" PRId64, extent);
  }
  size_t total = (used + growth + 1 + 63) / 64 * 64;
  memset(header + used, ' ', total - used);
  header[total - 1] = '\n';
  header[8] = (char)((total - 10) & 0xFF);
  header[9] = (char)((total - 10) >> 8);
  return total;
}

static bool write_strided(FILE *file, const arr_array *array,
                          const int64_t *strides) {
  int64_t item_size = arr_dtype_size(array->dtype), bytes = 0;
  arr_byte_size(array->ndim, array->shape, item_size, &bytes);
  if (bytes == 0)
    return true;
  if (arr_is_contiguous(array->ndim, array->shape, strides, item_size) ||
      is_fortran_contiguous(array, strides))
    return fwrite(array->data, 1, (size_t)bytes, file) == (size_t)bytes;
  /* Row by row through a small buffer: no copy of the array is made. */
  int32_t last = array->ndim - 1;
  int64_t index[ARR_MAX_RANK] = {0}, part = 4096 / item_size, unit = item_size;
  const char *row = array->data;
  char buffer[4096];
  for (;;) {
    for (int64_t at = 0; at < array->shape[last]; at += part) {
      int64_t count =
          array->shape[last] - at < part ? array->shape[last] - at : part;
      arr_copy_strided(buffer, &unit, row + at * strides[last], &strides[last],
                       1, &count, item_size);
      if (fwrite(buffer, (size_t)item_size, (size_t)count, file) !=
          (size_t)count)
        return false;
    }
    int32_t axis = last - 1;
    for (; axis >= 0; --axis) {
      row += strides[axis];
      if (++index[axis] < array->shape[axis])
        break;
      row -= strides[axis] * array->shape[axis];
      index[axis] = 0;
    }
    if (axis < 0)
      return true;
  }
}

/* The errno of the failure, 0 if there was none. Closes the file. */
static int write_file(FILE *file, const arr_array *array) {
  char header[2048];
  int64_t c_strides[ARR_MAX_RANK];
  const int64_t *strides = array->strides;
  if (!strides) {
    arr_c_strides(array->ndim, array->shape, arr_dtype_size(array->dtype),
                  c_strides);
    strides = c_strides;
  }
  int64_t item_size = arr_dtype_size(array->dtype);
  bool fortran =
      array->ndim > 1 && is_fortran_contiguous(array, strides) &&
      !arr_is_contiguous(array->ndim, array->shape, strides, item_size);
  size_t length = build_header(header, sizeof header, array, fortran);
  errno = 0;
  bool good = fwrite(header, 1, length, file) == length &&
              write_strided(file, array, strides);
  good = fflush(file) == 0 && good;
  int failure = good ? 0 : errno ? errno : EIO;
  if (fclose(file) != 0 && failure == 0)
    failure = errno;
  return failure;
}

/* Opens a new file beside `path`; its name is left in `temporary`. */
static FILE *open_temporary(const char *path, char *temporary, size_t size) {
  static atomic_uint counter;
  for (int attempt = 0; attempt < 100; ++attempt) {
    int length = snprintf(temporary, size, "%s.tmp%ld-%u", path, (long)getpid(),
                          atomic_fetch_add(&counter, 1));
    if (length < 0 || (size_t)length >= size) {
      errno = ENAMETOOLONG;
      return NULL;
    }
    int descriptor =
        open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0)
      return fdopen(descriptor, "wb");
    if (errno != EEXIST)
      return NULL;
  }
  return NULL;
}

int32_t npy_write(const char *path, const arr_array *array,
                  const char *location) {
  char target[PATH_MAX], temporary[PATH_MAX], text[300];
  struct stat status;
  int failure = 0;
  /* A link is followed, as when writing in place; a pipe or device is written
   * to. */
  if (!realpath(path, target))
    snprintf(target, sizeof target, "%s", path);
  if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
    FILE *file = fopen(path, "wbe");
    failure = file ? write_file(file, array) : errno;
  } else {
    FILE *file = open_temporary(target, temporary, sizeof temporary);
    failure = file ? write_file(file, array) : errno;
    if (file && failure == 0 && rename(temporary, target) != 0)
      failure = errno;
    if (file && failure != 0)
      unlink(temporary);
  }
  if (failure == 0)
    return ARR_OK;
  return arr_fail(ARR_EIO, location, "cannot write '%s': %s",
                  arr_printable_path(path, text, sizeof text),
                  strerror(failure));
}

void arr_save_npy(const char *path, const void *data, int64_t rank,
                  const int64_t *shape, const int64_t *element_strides,
                  int32_t dtype_code, int32_t dtype_bits,
                  const char *location) {
  char full[PATH_MAX];
  int64_t strides[ARR_MAX_RANK];
  arr_array array = {.data = (void *)data,
                     .shape = shape,
                     .strides = strides,
                     .ndim = (int32_t)rank,
                     .dtype = {(uint8_t)dtype_code, (uint8_t)dtype_bits, 1}};
  for (int64_t i = 0; i < rank; ++i)
    strides[i] = element_strides[i] * arr_dtype_size(array.dtype);
  size_t length = strlen(path);
  if (length < 4 ||
      strcmp(path + length - 4, ".npy") != 0) { /* as numpy.save */
    if (length + 5 > sizeof full)
      arr_raise(ARR_EIO, location,
                "cannot write the file: its name is too long");
    snprintf(full, sizeof full, "%s.npy", path);
    path = full;
  }
  if (npy_write(path, &array, location) != ARR_OK)
    arr_raise_recorded();
}
