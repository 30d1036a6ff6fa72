/* errors.c -- failures of compiled code as Python exceptions. */
#include "python/glue.h"

static PyObject *linalg_error(void) {
  PyObject *module = PyImport_ImportModule("numpy.linalg");
  PyObject *error =
      module ? PyObject_GetAttrString(module, "LinAlgError") : NULL;
  release_object(module);
  if (!error)
    PyErr_Clear();
  return error;
}

/* A new reference. */
static PyObject *class_of(arr_status status) {
  PyObject *type;
  switch (status) {
  case ARR_EDTYPE:
  case ARR_ENDIM:
  case ARR_EREADONLY:
    type = PyExc_TypeError;
    break;
  case ARR_EINDEX:
    type = PyExc_IndexError;
    break;
  case ARR_EASSERT:
    type = PyExc_AssertionError;
    break;
  case ARR_ENOMEM:
    type = PyExc_MemoryError;
    break;
  case ARR_EIO:
    type = PyExc_OSError;
    break;
  case ARR_ERECURSION:
    type = PyExc_RecursionError;
    break;
  case ARR_EABI:
    type = PyExc_RuntimeError;
    break;
  case ARR_ELINALG:
    type = linalg_error();
    if (type)
      return type;
    /* fall through */
  default:
    type = PyExc_ValueError;
  }
  Py_IncRef(type);
  return type;
}

static PyObject *decode(const char *text) {
  size_t length = 0;
  while (text[length])
    ++length;
  return PyUnicode_DecodeUTF8(text, (Py_ssize_t)length, "replace");
}

/* The position is a note (PEP 678): the message itself is NumPy's, word for
 * word, and the traceback shows both. */
static void add_location(PyObject *error) {
  const char *location = arr_last_error_location();
  if (!location[0])
    return;
  PyObject *where = decode(location);
  PyObject *note = where ? PyUnicode_FromFormat("at %U", where) : NULL;
  PyObject *none =
      note ? PyObject_CallMethod(error, "add_note", "O", note) : NULL;
  if (!none)
    PyErr_Clear();
  release_object(none);
  release_object(note);
  release_object(where);
}

void raise_status(arr_status status) {
  PyObject *message = decode(arr_last_error_message());
  PyObject *type = class_of(status);
  PyObject *error =
      message ? PyObject_CallFunctionObjArgs(type, message, NULL) : NULL;
  if (error) {
    add_location(error);
    PyErr_SetObject(type, error);
  }
  release_object(error);
  release_object(message);
  Py_DecRef(type);
}
