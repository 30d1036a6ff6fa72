/* arr.h -- the public C interface of the Arr runtime.
 *
 * Everything that crosses the boundary of compiled Arr code is described here:
 * arrays (arr_array), status codes, the error message, threads, allocation.
 * Needs nothing but <stdint.h> and <stddef.h>; valid C99 and C++17. */
#ifndef ARR_ARR_H
#define ARR_ARR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ARR_API __attribute__((visibility("default")))
#else
#define ARR_API
#endif

#define ARR_ABI_VERSION 1
#define ARR_MAX_RANK 32

/* Element types; the layout is DLPack's DLDataType. `bits` counts all parts of
 * a complex number. bool is one byte, 0 or 1. */
typedef struct arr_dtype {
  uint8_t code; /* enum arr_dtype_code */
  uint8_t bits;
  uint16_t lanes; /* always 1 */
} arr_dtype;

enum arr_dtype_code {
  ARR_INT = 0,
  ARR_UINT = 1,
  ARR_FLOAT = 2,
  ARR_COMPLEX = 5,
  ARR_BOOL = 6
};

/* A strided n-dimensional array in somebody's memory. */
typedef struct arr_array {
  void *data;             /* address of element [0, 0, ...] */
  const int64_t *shape;   /* ndim entries */
  const int64_t *strides; /* ndim entries in bytes, any sign; NULL = C order */
  int32_t ndim;
  arr_dtype dtype;
  /* NULL: the caller's memory. Set by the callee on results that it allocated
   * (shape, strides and data then belong to `owner`); call it exactly once. */
  void (*release)(struct arr_array *self);
  void *owner;
  uint32_t flags; /* enum arr_array_flags */
  uint32_t reserved;
} arr_array;

enum arr_array_flags {
  ARR_READONLY = 1u,
  ARR_VIEW = 2u /* a result in an argument's memory: keep the argument alive */
};

/* What a call of compiled code returns. Codes are stable, texts are not. */
typedef enum arr_status {
  ARR_OK = 0,
  ARR_EDTYPE = 1,    /* wrong element type            Python: TypeError       */
  ARR_ENDIM = 2,     /* wrong number of dimensions    Python: TypeError       */
  ARR_EREADONLY = 3, /* a written argument is read-only       TypeError       */
  ARR_ESHAPE = 4,    /* sizes do not fit              Python: ValueError      */
  ARR_EALIGN = 5,    /* address or stride not a multiple of the item size     */
  ARR_EOVERLAP = 6,  /* a written argument overlaps another   ValueError      */
  ARR_EVALUE = 7,    /* a value outside the domain    Python: ValueError      */
  ARR_EINDEX = 8,    /* index out of bounds           Python: IndexError      */
  ARR_EASSERT = 9,   /* assert failed                 Python: AssertionError  */
  ARR_ENOMEM = 10,   /* out of memory                 Python: MemoryError     */
  ARR_EIO = 11,      /* a file could not be read or written   OSError         */
  ARR_ELINALG = 12,  /* numpy.linalg.LinAlgError                              */
  ARR_EUSAGE = 13,   /* wrong command line of an executable                   */
  ARR_EABI = 14,     /* module and runtime do not belong together             */
  ARR_ERECURSION = 15 /* recursion too deep          Python: RecursionError  */
} arr_status;

/* The text of this thread's last error, "file.arr:12:5: message", valid until
 * its next call into Arr; "" when there was none. Never NULL. */
ARR_API const char *arr_last_error(void);
/* The same error's parts: message without position, and "file.arr:12:5" ("" if
 * unknown). */
ARR_API const char *arr_last_error_message(void);
ARR_API const char *arr_last_error_location(void);

ARR_API int arr_abi_version(void);

/* Threads used by compiled code: ARR_NUM_THREADS, else OMP_NUM_THREADS, else
 * the processors this process may run on. */
ARR_API void arr_set_num_threads(int count);
ARR_API int arr_get_num_threads(void);

/* Replaces the allocator of array memory (before the first allocation).
 * `allocate` returns NULL when there is no memory. */
ARR_API void arr_set_allocator(void *(*allocate)(size_t bytes, size_t alignment,
                                                 void *context),
                               void (*deallocate)(void *pointer, size_t bytes,
                                                  void *context),
                               void *context);

#ifdef __cplusplus
}
#endif
#endif
