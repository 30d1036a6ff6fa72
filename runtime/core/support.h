/* support.h -- functions that the runtime's files offer each other; C and C++.
 * Everything here is hidden from users. */
#ifndef ARR_CORE_SUPPORT_H
#define ARR_CORE_SUPPORT_H

#include "arr/codegen.h"
#include "arr/module.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* core/error.c */
void arr_set_error(int32_t status, const char *location, const char *message);
/* printf-like; recording only, for code that returns a status. */
__attribute__((format(printf, 3, 4))) int32_t arr_fail(int32_t status,
                                                       const char *location,
                                                       const char *format, ...);
/* Raises what arr_fail or arr_set_error recorded. */
ARR_NORETURN void arr_raise_recorded(void);
void arr_clear_error(void);

/* core/memory.c */
void arr_export_block(void *data); /* retain, on behalf of a result */
/* bytes = product(extents) * item_size; false if it overflows PTRDIFF_MAX, also
 * with the zero extents left out. Extents must not be negative. */
bool arr_byte_size(int64_t rank, const int64_t *extents, int64_t item_size,
                   int64_t *bytes);
/* arr_alloc without raising: NULL when there is no memory. */
void *arr_try_alloc(int64_t bytes);

/* core/pool.c: raw memory in which `bytes` fit behind the first address that is
 * a multiple of 64; *capacity goes back with it. */
void *arr_pool_take(size_t bytes, size_t *capacity);
void arr_pool_give(void *base, size_t capacity);

/* core/testing.c: test modes, from the environment unless a test sets them. */
bool arr_test_allocation_fails(void);
bool arr_test_poison(void);
void arr_test_configure(int64_t failing_allocation, bool poison);

/* core/dtype.c */
int64_t arr_dtype_size(arr_dtype dtype);
bool arr_dtype_equal(arr_dtype a, arr_dtype b);
const char *arr_dtype_name(arr_dtype dtype);       /* "f64" */
const char *arr_dtype_numpy_name(arr_dtype dtype); /* "float64" */

/* core/overlap.c; strides in bytes. */
bool arr_may_overlap(const arr_array *a, const arr_array *b);
bool arr_may_overlap_itself(const arr_array *a);

/* core/strided.c; strides in bytes. */
void arr_copy_strided(void *to, const int64_t *to_strides, const void *from,
                      const int64_t *from_strides, int64_t rank,
                      const int64_t *shape, int64_t item_size);
void arr_c_strides(int64_t rank, const int64_t *shape, int64_t item_size,
                   int64_t *strides);
bool arr_is_contiguous(int64_t rank, const int64_t *shape,
                       const int64_t *strides, int64_t item_size);
/* "(3, 4)", "(3,)", "()" */
void arr_format_shape(char *text, size_t size, int64_t rank,
                      const int64_t *shape);

/* io/print.c: what print() wrote becomes visible when a call returns. */
void arr_flush_output(void);

/* core/call.c */
int32_t arr_check_arguments(const arr_function *function, void **slots);

#ifdef __cplusplus
}
#endif
#endif
