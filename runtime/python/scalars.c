/* scalars.c -- Python and NumPy scalars as arguments and results.
 *
 * Arguments follow NumPy's value rules: a Python number goes to any dtype of
 * its kind or a higher one, if it fits; a NumPy scalar to any dtype of its kind
 * (`same_kind`) or a higher one. */
#include "python/glue.h"

#include <string.h>

/* Kinds in ascending order; an argument never goes down. */
enum kind { KIND_OTHER = -1, KIND_BOOL, KIND_INT, KIND_FLOAT, KIND_COMPLEX };

static enum kind kind_of_code(int code) {
  switch (code) {
  case ARR_BOOL:
    return KIND_BOOL;
  case ARR_INT:
  case ARR_UINT:
    return KIND_INT;
  case ARR_FLOAT:
    return KIND_FLOAT;
  default:
    return KIND_COMPLEX;
  }
}

static enum kind kind_of_letter(char letter) {
  switch (letter) {
  case 'b':
    return KIND_BOOL;
  case 'i':
  case 'u':
    return KIND_INT;
  case 'f':
    return KIND_FLOAT;
  case 'c':
    return KIND_COMPLEX;
  default:
    return KIND_OTHER;
  }
}

/* The dtype of NumPy scalars (lanes 0 for others) and of 0-d arrays. */
static enum kind classify(PyObject *object, arr_dtype *dtype) {
  dtype->lanes = 0;
  PyTypeObject *type = type_of(object);
  if (type == &PyFloat_Type)
    return KIND_FLOAT;
  if (type == &PyLong_Type)
    return KIND_INT;
  if (type == &PyBool_Type)
    return KIND_BOOL;
  if (type == &PyComplex_Type)
    return KIND_COMPLEX;
  if (numpy.array_type) {
    if (PyType_IsSubtype(type, numpy.generic_type)) {
      numpy_descr *descr = numpy.descr_from_scalar(object);
      if (!descr) {
        PyErr_Clear();
        return KIND_OTHER;
      }
      enum kind kind = kind_of_letter(descr->kind);
      *dtype = numpy_to_dtype(descr);
      Py_DecRef((PyObject *)descr);
      return kind;
    }
    if (PyType_IsSubtype(type, numpy.array_type)) {
      const numpy_array *array = (const numpy_array *)object;
      if (array->nd != 0)
        return KIND_OTHER;
      *dtype = numpy_to_dtype(array->descr);
      return kind_of_letter(array->descr->kind);
    }
  }
  if (PyType_IsSubtype(type, &PyFloat_Type))
    return KIND_FLOAT;
  if (PyType_IsSubtype(type, &PyComplex_Type))
    return KIND_COMPLEX;
  /* Numbers of other libraries, by the methods that make them numbers. */
  if (PyObject_HasAttrString(object, "__index__"))
    return KIND_INT;
  if (PyObject_HasAttrString(object, "__float__"))
    return KIND_FLOAT;
  return KIND_OTHER;
}

int scalar_distance(PyObject *object, arr_dtype wanted) {
  arr_dtype given;
  enum kind kind = classify(object, &given), target = kind_of_code(wanted.code);
  if (kind == KIND_OTHER || kind > target)
    return -1;
  int distance = 8 * ((int)target - (int)kind);
  if (given.lanes && kind == target)
    return arr_dtype_equal(given, wanted) ? 0
           : wanted.bits >= given.bits    ? 1
                                          : 2;
  /* Python's own numbers prefer the widest dtype, signed. */
  int widest = target == KIND_BOOL ? 8 : target == KIND_COMPLEX ? 128 : 64;
  return distance + (wanted.bits != widest) + (wanted.code == ARR_UINT);
}

/* ---- Reading. */

static bool refuse(const arr_function *function, const arr_param *param,
                   PyObject *object) {
  static const char *const names[] = {"bool", "integer", "real number",
                                      "complex number"};
  PyObject *got = describe_object(object);
  if (got)
    PyErr_Format(PyExc_TypeError,
                 "%s() argument '%s' must be a %s (%s), got %U", function->name,
                 param->name, names[kind_of_code(param->dtype.code)],
                 param->annotation, got);
  release_object(got);
  return false;
}

/* Stores the low bytes; the values are little-endian on all our machines. */
static bool read_integer(const arr_function *function, const arr_param *param,
                         PyObject *object, scalar *value) {
  PyObject *index = NULL;
  if (type_of(object) != &PyLong_Type) {
    /* NumPy's bool has no __index__. */
    arr_dtype given;
    if (classify(object, &given) == KIND_BOOL) {
      int truth = PyObject_IsTrue(object);
      value->i64 = truth;
      return truth >= 0;
    }
    if (!(index = PyNumber_Index(object)))
      return false;
    object = index;
  }
  int overflow = 0, bits = param->dtype.bits;
  bool fits;
  value->i64 = PyLong_AsLongLongAndOverflow(object, &overflow);
  if (overflow > 0 && param->dtype.code == ARR_UINT && bits == 64) {
    value->u64 = PyLong_AsUnsignedLongLong(object);
    fits = !PyErr_Occurred();
    PyErr_Clear();
  } else if (overflow) {
    fits = false;
  } else if (param->dtype.code == ARR_UINT) {
    fits = value->i64 >= 0 && (bits == 64 || value->i64 >> bits == 0);
  } else {
    int64_t high = value->i64 >> (bits - 1);
    fits = high == 0 || high == -1;
  }
  if (!fits)
    PyErr_Format(PyExc_OverflowError,
                 "%s() argument '%s': Python integer %S out of bounds for %s",
                 function->name, param->name, object,
                 arr_dtype_numpy_name(param->dtype));
  release_object(index);
  return fits;
}

static bool read_float(PyObject *object, double *value) {
  *value = PyFloat_AsDouble(object);
  return *value != -1.0 || !PyErr_Occurred();
}

static bool read_complex(PyObject *object, double *parts) {
  PyObject *number = NULL;
  /* Not a subclass of complex: complex64, or a real number. */
  if (!is_instance(object, &PyComplex_Type)) {
    number =
        PyObject_CallFunctionObjArgs((PyObject *)&PyComplex_Type, object, NULL);
    if (!number)
      return false;
    object = number;
  }
  parts[0] = PyComplex_RealAsDouble(object);
  parts[1] = PyComplex_ImagAsDouble(object);
  release_object(number);
  return !PyErr_Occurred();
}

/* A path or text as UTF-8 without NUL. */
static bool read_text(const arr_function *function, const arr_param *param,
                      argument *argument, void **address) {
  argument->text = PyOS_FSPath(argument->object);
  char *text = NULL;
  Py_ssize_t size;
  if (argument->text && is_instance(argument->text, &PyUnicode_Type)) {
    PyObject *bytes =
        PyUnicode_AsEncodedString(argument->text, "utf-8", "surrogateescape");
    Py_DecRef(argument->text);
    argument->text = bytes;
  }
  if (!argument->text || PyBytes_AsStringAndSize(argument->text, &text, &size))
    return false;
  if (strlen(text) != (size_t)size) {
    PyErr_Format(PyExc_ValueError,
                 "%s() argument '%s': embedded null character", function->name,
                 param->name);
    return false;
  }
  *address = text;
  return true;
}

bool scalar_read(const arr_function *function, uint32_t slot,
                 argument *argument, scalar *value, void **address) {
  const arr_param *param = &function->params[slot];
  PyObject *object = argument->object;
  if (param->kind == ARR_KIND_STR)
    return read_text(function, param, argument, address);
  *address = value;
  /* The common case first: a Python float for f64. */
  if (type_of(object) == &PyFloat_Type && param->dtype.code == ARR_FLOAT &&
      param->dtype.bits == 64) {
    value->f64 = PyFloat_AsDouble(object);
    return true;
  }
  if (scalar_distance(object, param->dtype) < 0)
    return refuse(function, param, object);
  double parts[2];
  switch (kind_of_code(param->dtype.code)) {
  case KIND_BOOL: {
    int truth = PyObject_IsTrue(object);
    value->i64 = truth;
    return truth >= 0;
  }
  case KIND_INT:
    return read_integer(function, param, object, value);
  case KIND_FLOAT:
    if (!read_float(object, parts))
      return false;
    if (param->dtype.bits == 32)
      value->f32 = (float)parts[0];
    else
      value->f64 = parts[0];
    return true;
  default:
    if (!read_complex(object, parts))
      return false;
    for (int i = 0; i < 2; ++i) {
      if (param->dtype.bits == 64)
        value->c64[i] = (float)parts[i];
      else
        value->c128[i] = parts[i];
    }
    return true;
  }
}

/* ---- Results. */

PyObject *scalar_to_python(const void *value, arr_dtype dtype) {
  const scalar *from = value;
  switch (dtype.code) {
  case ARR_BOOL: {
    PyObject *truth =
        *(const uint8_t *)value ? &_Py_TrueStruct : &_Py_FalseStruct;
    Py_IncRef(truth);
    return truth;
  }
  case ARR_FLOAT:
    return PyFloat_FromDouble(dtype.bits == 32 ? (double)from->f32 : from->f64);
  case ARR_COMPLEX:
    return dtype.bits == 64
               ? PyComplex_FromDoubles(from->c64[0], from->c64[1])
               : PyComplex_FromDoubles(from->c128[0], from->c128[1]);
  case ARR_UINT:
    return PyLong_FromUnsignedLongLong(
        dtype.bits == 64 ? from->u64
                         : from->u64 & ((UINT64_C(1) << dtype.bits) - 1));
  default: {
    int shift = 64 - dtype.bits;
    return PyLong_FromLongLong((int64_t)(from->u64 << shift) >> shift);
  }
  }
}
