/* numpy.h -- NumPy arrays without NumPy's headers.
 *
 * The fields below have the same places in NumPy 1.x and 2.x; the functions are
 * taken from the table that NumPy publishes for extension modules. Both are
 * checked by NumPy's ABI number when a module is imported. */
#ifndef ARR_PYTHON_NUMPY_H
#define ARR_PYTHON_NUMPY_H

#include "arr/arr.h"
#include "python/api.h"

#include <stdbool.h>

typedef struct numpy_descr {
  PyObject ob_base;
  PyTypeObject *typeobj;
  char kind;
  char type;
  char byteorder;
  char former_flags;
  int type_num;
} numpy_descr;

typedef struct numpy_array {
  PyObject ob_base;
  char *data;
  int nd;
  int64_t *dimensions;
  int64_t *strides;
  PyObject *base;
  numpy_descr *descr;
  int flags;
} numpy_array;

enum { NUMPY_WRITEABLE = 0x0400 };

typedef struct numpy_api {
  PyTypeObject *array_type; /* NULL: NumPy is not installed */
  PyTypeObject *memmap_type;
  PyTypeObject *generic_type; /* base class of scalars */
  numpy_descr *(*descr_from_type)(int type_num);
  numpy_descr *(*descr_from_scalar)(PyObject *scalar);
  PyObject *(*new_array)(PyTypeObject *type, int rank, const int64_t *shape,
                         int type_num, const int64_t *strides, void *data,
                         int item_size, int flags, PyObject *object);
  int (*set_base)(numpy_array *array, PyObject *base); /* steals `base` */
} numpy_api;

extern numpy_api numpy;

/* Fills in `numpy`; false with ImportError set if this NumPy is unknown. Not
 * having NumPy at all is no error. */
bool numpy_load(void);

/* An ndarray, but no subclass that gives its elements another meaning (masks,
 * units, matrix products). */
static inline bool numpy_is_array(PyObject *object) {
  return type_of(object) == numpy.array_type ||
         (numpy.memmap_type && type_of(object) == numpy.memmap_type);
}

/* lanes is 0 where Arr has no such dtype, or the bytes are swapped. */
arr_dtype numpy_to_dtype(const numpy_descr *descr);
int numpy_from_dtype(arr_dtype dtype);

#endif
