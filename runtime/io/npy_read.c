/* npy_read.c -- reading .npy files. The size that the header promises is
 * checked against the file before anything is allocated. */
#define _GNU_SOURCE
#include "io/npy.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *arr_printable_path(const char *path, char *text, size_t size) {
  size_t used = 0;
  for (; *path && used + 8 < size; ++path) {
    unsigned char c = (unsigned char)*path;
    if (c < 0x20 || c == 0x7F)
      used += (size_t)snprintf(text + used, size - used, "\\x%02x", c);
    else
      text[used++] = *path;
  }
  if (*path)
    used += (size_t)snprintf(text + used, size - used, "...");
  text[used] = 0;
  return text;
}

static int32_t fail_reading(const char *path, const char *location,
                            const char *why) {
  char text[300];
  return arr_fail(ARR_EIO, location, "cannot read '%s': %s",
                  arr_printable_path(path, text, sizeof text), why);
}

int32_t npy_open(const char *path, const char *location, npy_file *file) {
  *file = (npy_file){.path = path};
  /* Without blocking: opening a named pipe must not hang. */
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return fail_reading(path, location, strerror(errno));
  struct stat status;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(descriptor);
    return fail_reading(path, location,
                        S_ISDIR(status.st_mode) ? "Is a directory"
                                                : "it is not a regular file");
  }
  file->file = fdopen(descriptor, "rb");
  if (!file->file) {
    close(descriptor);
    return fail_reading(path, location, strerror(errno));
  }
  unsigned char head[NPY_MAX_PREFIX + NPY_MAX_HEADER];
  size_t size = fread(head, 1, sizeof head, file->file);
  npy_header *header = &file->header;
  const char *problem =
      ferror(file->file) ? "input error" : npy_parse_header(head, size, header);
  int64_t bytes = 0;
  if (!problem && !arr_byte_size(header->rank, header->shape,
                                 arr_dtype_size(header->dtype), &bytes))
    problem = "its shape is too large";
  if (!problem && status.st_size - header->data_offset < bytes)
    problem = "it is shorter than its header says";
  if (!problem && fseeko(file->file, header->data_offset, SEEK_SET) != 0)
    problem = strerror(errno);
  if (problem) {
    npy_close(file);
    return fail_reading(path, location, problem);
  }
  return ARR_OK;
}

void npy_close(npy_file *file) {
  if (file->file)
    fclose(file->file);
  file->file = NULL;
}

static void swap_bytes(unsigned char *data, int64_t count, int64_t width) {
  for (int64_t i = 0; i < count; ++i, data += width)
    for (int64_t low = 0, high = width - 1; low < high; ++low, --high) {
      unsigned char byte = data[low];
      data[low] = data[high];
      data[high] = byte;
    }
}

/* True is stored as 1; a file may hold other bytes. */
static void normalise_bools(unsigned char *data, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    data[i] = data[i] != 0;
}

static void fortran_strides(const npy_header *header, int64_t item_size,
                            int64_t *strides) {
  int64_t stride = item_size;
  for (int32_t i = 0; i < header->rank; ++i) {
    strides[i] = stride;
    stride *= header->shape[i];
  }
}

int32_t npy_read_data(npy_file *file, void *data, const char *location) {
  const npy_header *header = &file->header;
  int64_t item_size = arr_dtype_size(header->dtype), bytes = 0;
  arr_byte_size(header->rank, header->shape, item_size, &bytes);
  if (bytes == 0)
    return ARR_OK;
  bool transpose = header->fortran_order && header->rank > 1;
  unsigned char *raw = transpose ? arr_try_alloc(bytes) : data;
  if (!raw)
    return arr_fail(ARR_ENOMEM, location, "out of memory");
  int32_t status = ARR_OK;
  if (fread(raw, 1, (size_t)bytes, file->file) != (size_t)bytes) {
    status = fail_reading(file->path, location, "input error");
  } else {
    int64_t parts = header->dtype.code == ARR_COMPLEX ? 2 : 1;
    if (header->swapped)
      swap_bytes(raw, bytes / item_size * parts, item_size / parts);
    if (header->dtype.code == ARR_BOOL)
      normalise_bools(raw, bytes);
  }
  if (transpose) {
    int64_t from[ARR_MAX_RANK], to[ARR_MAX_RANK];
    fortran_strides(header, item_size, from);
    arr_c_strides(header->rank, header->shape, item_size, to);
    if (status == ARR_OK)
      arr_copy_strided(data, to, raw, from, header->rank, header->shape,
                       item_size);
    arr_release(raw);
  }
  return status;
}

void *arr_load_npy(const char *path, int32_t dtype_code, int32_t dtype_bits,
                   int64_t rank, int64_t *shape, const char *location) {
  npy_file file;
  char text[300];
  if (npy_open(path, location, &file) != ARR_OK)
    arr_raise_recorded();
  const npy_header *header = &file.header;
  arr_dtype wanted = {(uint8_t)dtype_code, (uint8_t)dtype_bits, 1};
  int32_t status = ARR_OK;
  if (!arr_dtype_equal(header->dtype, wanted))
    status = arr_fail(ARR_EDTYPE, location, "'%s' holds %s, but %s is expected",
                      arr_printable_path(path, text, sizeof text),
                      arr_dtype_numpy_name(header->dtype),
                      arr_dtype_numpy_name(wanted));
  else if (header->rank != rank)
    status = arr_fail(
        ARR_ENDIM, location,
        "'%s' holds a %d-d array, but a %" PRId64 "-d array is expected",
        arr_printable_path(path, text, sizeof text), (int)header->rank, rank);
  int64_t bytes = 0;
  arr_byte_size(header->rank, header->shape, arr_dtype_size(header->dtype),
                &bytes);
  void *data = status == ARR_OK ? arr_try_alloc(bytes) : NULL;
  if (status == ARR_OK && !data)
    status = arr_fail(ARR_ENOMEM, location, "out of memory while reading '%s'",
                      arr_printable_path(path, text, sizeof text));
  if (status == ARR_OK)
    status = npy_read_data(&file, data, location);
  npy_close(&file);
  if (status != ARR_OK)
    arr_raise_recorded(); /* the frame frees the block */
  if (rank > 0)
    memcpy(shape, header->shape, (size_t)rank * sizeof *shape);
  return data;
}
