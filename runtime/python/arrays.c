/* arrays.c -- Python objects as array arguments: NumPy arrays by their fields,
 * others by the buffer protocol or DLPack; nothing is ever copied. */
#include "python/glue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void name_slot(const arr_function *function, uint32_t slot, char *text,
               size_t size) {
  if (slot < function->num_params)
    snprintf(text, size, "argument '%s'", function->params[slot].name);
  else
    snprintf(text, size, "out argument");
}

/* ---- What kind of object it is. */

static PyObject *describe_numpy_array(const numpy_array *array) {
  PyObject *dtype = PyObject_Str((PyObject *)array->descr);
  if (!dtype)
    return NULL;
  PyObject *text = PyUnicode_FromFormat("a %d-d %U array", array->nd, dtype);
  Py_DecRef(dtype);
  return text;
}

PyObject *describe_object(PyObject *object) {
  if (numpy.array_type && is_instance(object, numpy.array_type) &&
      numpy_is_array(object))
    return describe_numpy_array((const numpy_array *)object);
  PyObject *name =
      PyObject_GetAttrString((PyObject *)type_of(object), "__name__");
  if (!name)
    return NULL;
  PyObject *text = PyUnicode_FromFormat("an object of type %U", name);
  Py_DecRef(name);
  return text;
}

/* ---- The buffer protocol. */

static int kind_of_format(char letter) {
  switch (letter) {
  case '?':
    return ARR_BOOL;
  case 'b':
  case 'h':
  case 'i':
  case 'l':
  case 'q':
  case 'n':
    return ARR_INT;
  case 'B':
  case 'H':
  case 'I':
  case 'L':
  case 'Q':
  case 'N':
    return ARR_UINT;
  case 'f':
  case 'd':
    return ARR_FLOAT;
  default:
    return -1;
  }
}

/* A struct-module format of one native item: "d", "<i", "Zd". */
static arr_dtype dtype_of_format(const char *format, Py_ssize_t item_size) {
  arr_dtype none = {0, 0, 0};
  if (!format)
    format = "B";
  if (*format == '@' || *format == '=' || *format == '<')
    ++format;
  int code;
  if (*format == 'Z') {
    ++format;
    code = kind_of_format(*format) == ARR_FLOAT ? ARR_COMPLEX : -1;
  } else {
    code = kind_of_format(*format);
  }
  if (code < 0 || format[1] != 0)
    return none;
  arr_dtype dtype = {(uint8_t)code, (uint8_t)(8 * item_size), 1};
  return numpy_from_dtype(dtype) < 0 ? none : dtype;
}

static Py_buffer *take_buffer(PyObject *object, bool is_written) {
  Py_buffer *view = malloc(sizeof *view);
  if (!view) {
    PyErr_NoMemory();
    return NULL;
  }
  int flags = PyBUF_STRIDES | PyBUF_FORMAT;
  if (PyObject_GetBuffer(object, view,
                         flags | (is_written ? PyBUF_WRITABLE : 0)) == 0)
    return view;
  /* A read-only buffer is refused later, with the runtime's message. */
  if (is_written) {
    PyErr_Clear();
    if (PyObject_GetBuffer(object, view, flags) == 0)
      return view;
  }
  free(view);
  return NULL;
}

/* ---- Acquiring. */

/* numpy.from_dlpack(object) */
static PyObject *array_from_dlpack(PyObject *object) {
  PyObject *module = PyImport_ImportModule("numpy");
  if (!module)
    return NULL;
  PyObject *array = PyObject_CallMethod(module, "from_dlpack", "O", object);
  Py_DecRef(module);
  return array;
}

static void refuse_object(const arr_function *function, uint32_t slot,
                          PyObject *object) {
  const arr_param *param = param_of(function, slot);
  char what[256];
  name_slot(function, slot, what, sizeof what);
  PyObject *got = describe_object(object);
  if (got)
    PyErr_Format(
        PyExc_TypeError,
        "%s() %s must be a %d-d %s array (%s), got %U; convert it with "
        "np.asarray(..., dtype=np.%s)",
        function->name, what, (int)param->ndim,
        arr_dtype_numpy_name(param->dtype), param->annotation, got,
        arr_dtype_numpy_name(param->dtype));
  release_object(got);
}

bool array_acquire_other(const arr_function *function, uint32_t slot,
                         argument *argument) {
  PyObject *object = argument->object;
  argument->array = object;
  if (numpy.array_type && is_instance(object, numpy.array_type)) {
    refuse_object(function, slot, object);
    return false;
  }
  if (PyObject_CheckBuffer(object)) {
    bool is_written = slot >= function->num_params ||
                      (function->params[slot].flags & ARR_PARAM_WRITTEN) != 0;
    argument->view = take_buffer(object, is_written);
    return argument->view != NULL;
  }
  if (numpy.array_type && PyObject_HasAttrString(object, "__dlpack__")) {
    argument->array = array_from_dlpack(object);
    return argument->array != NULL;
  }
  refuse_object(function, slot, object);
  return false;
}

void array_release(argument *argument) {
  if (argument->view) {
    PyBuffer_Release(argument->view);
    free(argument->view);
  }
  if (argument->array != argument->object)
    release_object(argument->array);
  release_object(argument->text);
}

/* ---- Reading. */

arr_dtype array_dtype(const argument *argument) {
  if (argument->view)
    return dtype_of_format(argument->view->format, argument->view->itemsize);
  return numpy_to_dtype(((const numpy_array *)argument->array)->descr);
}

int array_rank(const argument *argument) {
  return argument->view ? argument->view->ndim
                        : ((const numpy_array *)argument->array)->nd;
}

static bool has_swapped_bytes(const argument *argument) {
  if (!argument->view)
    return ((const numpy_array *)argument->array)->descr->byteorder == '>';
  const char *format = argument->view->format;
  return format && (*format == '>' || *format == '!');
}

void array_mismatch(const arr_function *function, uint32_t slot,
                    const argument *argument) {
  const arr_param *param = param_of(function, slot);
  const char *dtype = arr_dtype_numpy_name(param->dtype);
  char what[256], hint[128] = "";
  name_slot(function, slot, what, sizeof what);
  arr_dtype given = array_dtype(argument);
  if (!same_dtype(given, param->dtype))
    snprintf(hint, sizeof hint, "; convert it with .astype(np.%s)%s", dtype,
             has_swapped_bytes(argument) ? " (its bytes are swapped)" : "");
  PyObject *got =
      argument->view
          ? PyUnicode_FromFormat(
                "a %d-d buffer of format '%s'", argument->view->ndim,
                argument->view->format ? argument->view->format : "B")
          : describe_object(argument->array);
  if (got)
    PyErr_Format(PyExc_TypeError,
                 "%s() %s must be a %d-d %s array (%s), got %U%s",
                 function->name, what, (int)param->ndim, dtype,
                 param->annotation, got, hint);
  release_object(got);
}

bool array_read(const arr_function *function, uint32_t slot,
                const argument *argument, arr_array *array) {
  arr_dtype dtype = array_dtype(argument);
  const arr_param *param = param_of(function, slot);
  if (!same_dtype(dtype, param->dtype) || array_rank(argument) != param->ndim) {
    array_mismatch(function, slot, argument);
    return false;
  }
  array->dtype = dtype;
  array->ndim = param->ndim;
  array->release = NULL;
  array->owner = NULL;
  if (argument->view) {
    const Py_buffer *view = argument->view;
    array->data = view->buf;
    array->shape = view->shape;
    array->strides = view->strides;
    array->flags = view->readonly ? ARR_READONLY : 0;
    return true;
  }
  const numpy_array *given = (const numpy_array *)argument->array;
  array->data = given->data;
  array->shape = given->dimensions;
  array->strides = given->strides;
  array->flags = given->flags & NUMPY_WRITEABLE ? 0 : ARR_READONLY;
  return true;
}
