/* glue.h -- shared by the files of the Python glue.
 *
 * One call goes through these steps (call.c): bind the Python arguments to
 * parameters by position and name; make arrays of objects that are no ndarrays;
 * choose the instance by dtypes; convert scalars; read the fields of the
 * arrays; arr_call; make Python objects of the results. */
#ifndef ARR_PYTHON_GLUE_H
#define ARR_PYTHON_GLUE_H

#include "arr/python.h"
#include "core/support.h"
#include "python/api.h"
#include "python/numpy.h"

#include <string.h>

/* All instances that share one name. */
typedef struct signature {
  const char *name;
  uint32_t num_params, num_results;
  uint32_t num_instances;
  const arr_function **instances;
  PyObject **param_names; /* interned */
  PyObject *out_name;     /* "out", or NULL where that is no keyword */
} signature;

typedef union scalar {
  int64_t i64;
  uint64_t u64;
  double f64;
  float f32;
  double c128[2];
  float c64[2];
} scalar;

/* One slot of a call. */
typedef struct argument {
  PyObject *object; /* borrowed; NULL: the default value, or a fresh result */
  PyObject *array;  /* what the array is read from; owned if not `object` */
  Py_buffer *view;  /* the array's memory, if it is no ndarray */
  PyObject *text;   /* owned: what a text's characters belong to */
} argument;

/* "got a 1-d float32 array" for messages; a new reference, or NULL. */
PyObject *describe_object(PyObject *object);

/* arrays.c: nothing is read from the array before the last step. */
bool array_acquire_other(const arr_function *function, uint32_t slot,
                         argument *argument);
static inline bool array_acquire(const arr_function *function, uint32_t slot,
                                 argument *argument) {
  if (numpy_is_array(argument->object)) {
    argument->array = argument->object;
    return true;
  }
  return array_acquire_other(function, slot, argument);
}
void array_release(argument *argument);
/* lanes == 0 if the object is of no dtype that Arr has. */
arr_dtype array_dtype(const argument *argument);
int array_rank(const argument *argument);
bool array_read(const arr_function *function, uint32_t slot,
                const argument *argument, arr_array *array);
/* "scaled() argument 'x' must be a 1-d float64 array (f64[n]), got ..." */
void array_mismatch(const arr_function *function, uint32_t slot,
                    const argument *argument);

/* scalars.c */
bool scalar_read(const arr_function *function, uint32_t slot,
                 argument *argument, scalar *value, void **address);
/* How well a value suits a scalar parameter: 0 is exactly; -1 not at all. */
int scalar_distance(PyObject *object, arr_dtype dtype);
PyObject *scalar_to_python(const void *value, arr_dtype dtype);

/* results.c: steals what the slot owns; `arguments` are searched for the owner
 * of a view. */
PyObject *result_to_python(arr_array *slot, const arr_array *arrays,
                           const argument *arguments, uint32_t num_params);

/* errors.c: the exception for the runtime's last error. */
void raise_status(arr_status status);

/* dispatch.c: the instance for these arguments, or NULL with TypeError set. */
const arr_function *choose_instance(const signature *signature,
                                    const argument *arguments);

/* describe.c */
/* "f(x: f64[n], by: float = 2.0) -> f64[n]"; appends, as snprintf does. */
size_t write_signature(const arr_function *function, char *text, size_t size);
/* The text of __doc__, with __text_signature__ before it; from malloc. */
char *make_doc(const signature *signature);
/* __arr_meta__: what the table says, as dictionaries. */
PyObject *make_metadata(const signature *const *signatures, uint64_t count);

/* "argument 'x'" or "out argument". */
void name_slot(const arr_function *function, uint32_t slot, char *text,
               size_t size);

/* False if one of them is no dtype of Arr. */
static inline bool same_dtype(arr_dtype a, arr_dtype b) {
  return memcmp(&a, &b, sizeof a) == 0;
}

uint32_t count_array_results(const arr_function *function);

static inline const arr_param *param_of(const arr_function *function,
                                        uint32_t slot) {
  return slot < function->num_params
             ? &function->params[slot]
             : &function->results[slot - function->num_params];
}

#endif
