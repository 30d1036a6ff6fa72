/* results.c -- array results as NumPy arrays, without copying: the array refers
 * to the runtime's block, which a capsule releases; a view of an argument
 * refers to the argument. */
#include "python/glue.h"

#include <string.h>

/* Below this a copy into NumPy's own memory costs less than a capsule. */
enum { COPY_BYTES = 1024 };

typedef void (*release_function)(arr_array *);

static void release_block(PyObject *capsule) {
  arr_array result = {0};
  result.owner = PyCapsule_GetPointer(capsule, "arr.block");
  release_function release = (release_function)PyCapsule_GetContext(capsule);
  if (result.owner && release)
    release(&result);
}

static void release_slot(arr_array *slot) {
  if (slot->release)
    slot->release(slot);
}

static PyObject *new_array(const arr_array *slot, const int64_t *strides,
                           void *data) {
  /* Without data, flags would ask for Fortran order. */
  int flags = data && !(slot->flags & ARR_READONLY) ? NUMPY_WRITEABLE : 0;
  return numpy.new_array(numpy.array_type, slot->ndim, slot->shape,
                         numpy_from_dtype(slot->dtype), strides, data, 0, flags,
                         NULL);
}

/* An array with memory of its own. */
static PyObject *copy_result(arr_array *slot, int64_t bytes) {
  PyObject *array = new_array(slot, NULL, NULL);
  if (array && bytes > 0)
    memcpy(((numpy_array *)array)->data, slot->data, (size_t)bytes);
  release_slot(slot);
  return array;
}

/* Takes over the block. */
static PyObject *adopt_result(arr_array *slot) {
  PyObject *capsule = PyCapsule_New(slot->owner, "arr.block", release_block);
  if (!capsule) {
    release_slot(slot);
    return NULL;
  }
  PyCapsule_SetContext(capsule, (void *)slot->release);
  PyObject *array = new_array(slot, slot->strides, slot->data);
  if (!array) {
    Py_DecRef(capsule);
    return NULL;
  }
  if (numpy.set_base((numpy_array *)array, capsule) < 0) {
    Py_DecRef(array);
    return NULL;
  }
  return array;
}

/* The argument whose memory holds the address, as a new reference. */
static PyObject *find_owner(const arr_array *arrays, const argument *arguments,
                            uint32_t num_params, const char *address) {
  for (uint32_t i = 0; i < num_params; ++i) {
    const arr_array *array = &arrays[i];
    if (!arguments[i].array)
      continue;
    const char *low = array->data, *high = low + arr_dtype_size(array->dtype);
    bool is_empty = false;
    for (int32_t axis = 0; axis < array->ndim; ++axis) {
      int64_t extent = array->shape[axis];
      is_empty |= extent == 0;
      if (extent > 1 && array->strides) {
        int64_t reach = (extent - 1) * array->strides[axis];
        *(reach < 0 ? &low : &high) += reach;
      }
    }
    if (is_empty || address < low || address >= high)
      continue;
    /* A memoryview keeps other objects from moving their memory. */
    if (arguments[i].view)
      return PyMemoryView_FromObject(arguments[i].object);
    Py_IncRef(arguments[i].array);
    return arguments[i].array;
  }
  PyErr_Format(PyExc_SystemError, "a result refers to memory of no argument");
  return NULL;
}

static PyObject *view_result(arr_array *slot, const arr_array *arrays,
                             const argument *arguments, uint32_t num_params) {
  PyObject *owner = find_owner(arrays, arguments, num_params, slot->data);
  PyObject *array = owner ? new_array(slot, slot->strides, slot->data) : NULL;
  release_slot(slot);
  if (!array) {
    release_object(owner);
    return NULL;
  }
  if (numpy.set_base((numpy_array *)array, owner) < 0) {
    Py_DecRef(array);
    return NULL;
  }
  return array;
}

PyObject *result_to_python(arr_array *slot, const arr_array *arrays,
                           const argument *arguments, uint32_t num_params) {
  int64_t item_size = arr_dtype_size(slot->dtype), bytes = item_size;
  for (int32_t axis = 0; axis < slot->ndim; ++axis)
    bytes *= slot->shape[axis];
  if (bytes == 0)
    return copy_result(slot, 0);
  if (slot->flags & ARR_VIEW)
    return view_result(slot, arrays, arguments, num_params);
  if (bytes <= COPY_BYTES &&
      arr_is_contiguous(slot->ndim, slot->shape, slot->strides, item_size))
    return copy_result(slot, bytes);
  return adopt_result(slot);
}
