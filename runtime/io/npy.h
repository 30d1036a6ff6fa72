/* npy.h -- .npy files, for the runtime's own files. Failures are recorded with
 * arr_fail and returned as a status. */
#ifndef ARR_IO_NPY_H
#define ARR_IO_NPY_H

#include "core/support.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct npy_header {
  arr_dtype dtype;
  bool swapped; /* not the machine's byte order */
  bool fortran_order;
  int32_t rank;
  int64_t shape[ARR_MAX_RANK];
  int64_t data_offset; /* in the file */
} npy_header;

/* io/npy_header.c: parses what stands in front of the data. `bytes` is the
 * beginning of the file; NULL on success, else what is wrong. */
const char *npy_parse_header(const unsigned char *bytes, size_t size,
                             npy_header *header);
/* Bytes that a header may take; NumPy's limit too. */
enum { NPY_MAX_HEADER = 10000, NPY_MAX_PREFIX = 12 };

/* io/npy_read.c: an open file whose header was read. */
typedef struct npy_file {
  FILE *file;
  const char *path;
  npy_header header;
} npy_file;
int32_t npy_open(const char *path, const char *location, npy_file *file);
void npy_close(npy_file *file);
/* Reads the elements into C order, native byte order. */
int32_t npy_read_data(npy_file *file, void *data, const char *location);

/* io/npy_write.c: strides in bytes; the file appears complete or not at all. */
int32_t npy_write(const char *path, const arr_array *array,
                  const char *location);

/* A path for a message: control characters escaped, shortened when long. */
const char *arr_printable_path(const char *path, char *text, size_t size);

#ifdef __cplusplus
}
#endif
#endif
