/* numpy.c -- finding NumPy's function table; dtypes. */
#include "python/numpy.h"

#include <string.h>

numpy_api numpy;

enum { /* places in NumPy's table */
       API_VERSION = 0,
       API_ARRAY_TYPE = 2,
       API_GENERIC_TYPE = 10,
       API_DESCR_FROM_TYPE = 45,
       API_DESCR_FROM_SCALAR = 57,
       API_NEW = 93,
       API_SET_BASE = 282
};

static void **find_table(void) {
  PyObject *module = PyImport_ImportModule("numpy._core._multiarray_umath");
  if (!module && PyErr_ExceptionMatches(PyExc_ImportError)) {
    PyErr_Clear();
    module = PyImport_ImportModule("numpy.core._multiarray_umath");
  }
  if (!module)
    return NULL;
  PyObject *capsule = PyObject_GetAttrString(module, "_ARRAY_API");
  Py_DecRef(module);
  if (!capsule)
    return NULL;
  void **table = PyCapsule_GetPointer(capsule, NULL);
  Py_DecRef(capsule); /* NumPy keeps it */
  return table;
}

static bool is_installed(void) {
  PyObject *module = PyImport_ImportModule("numpy");
  if (!module)
    return false;
  PyObject *memmap = PyObject_GetAttrString(module, "memmap");
  Py_DecRef(module);
  if (!memmap)
    PyErr_Clear();
  numpy.memmap_type = (PyTypeObject *)memmap; /* for ever */
  return true;
}

bool numpy_load(void) {
  if (numpy.array_type)
    return true;
  if (!is_installed()) {
    if (!PyErr_ExceptionMatches(PyExc_ImportError))
      return false;
    PyErr_Clear();
    return true;
  }
  void **table = find_table();
  if (!table)
    return false;
  unsigned version = ((unsigned (*)(void))table[API_VERSION])();
  if (version != 0x01000009 && version != 0x02000000) {
    PyErr_Format(
        PyExc_ImportError,
        "this module works with NumPy's ABI versions 0x1000009 (1.x) "
        "and 0x2000000 (2.x); the installed NumPy has 0x%x: compile it "
        "again with a newer arrc",
        version);
    return false;
  }
  numpy.generic_type = table[API_GENERIC_TYPE];
  numpy.descr_from_type = (numpy_descr * (*)(int)) table[API_DESCR_FROM_TYPE];
  numpy.descr_from_scalar =
      (numpy_descr * (*)(PyObject *)) table[API_DESCR_FROM_SCALAR];
  numpy.new_array =
      (PyObject * (*)(PyTypeObject *, int, const int64_t *, int,
                      const int64_t *, void *, int, int, PyObject *))
          table[API_NEW];
  numpy.set_base = (int (*)(numpy_array *, PyObject *))table[API_SET_BASE];
  numpy.array_type = table[API_ARRAY_TYPE];
  return true;
}

/* By NumPy's type number; `long` and `long long` are both 64 bits wide. */
static const arr_dtype dtypes[] = {
    {ARR_BOOL, 8, 1},     {ARR_INT, 8, 1},   {ARR_UINT, 8, 1},
    {ARR_INT, 16, 1},     {ARR_UINT, 16, 1}, {ARR_INT, 32, 1},
    {ARR_UINT, 32, 1},    {ARR_INT, 64, 1},  {ARR_UINT, 64, 1},
    {ARR_INT, 64, 1},     {ARR_UINT, 64, 1}, {ARR_FLOAT, 32, 1},
    {ARR_FLOAT, 64, 1},   {0, 0, 0},         {ARR_COMPLEX, 64, 1},
    {ARR_COMPLEX, 128, 1}};
enum { NUM_DTYPES = sizeof dtypes / sizeof *dtypes };

arr_dtype numpy_to_dtype(const numpy_descr *descr) {
  static const arr_dtype none = {0, 0, 0};
  if ((unsigned)descr->type_num >= NUM_DTYPES || descr->byteorder == '>')
    return none;
  return dtypes[descr->type_num];
}

int numpy_from_dtype(arr_dtype dtype) {
  for (int i = 0; i < NUM_DTYPES; ++i)
    if (memcmp(&dtypes[i], &dtype, sizeof dtype) == 0)
      return i;
  return -1;
}
