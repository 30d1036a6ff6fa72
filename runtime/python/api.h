/* api.h -- the part of CPython's stable ABI (3.11) that the glue uses.
 *
 * Declared here instead of by Python.h, for two reasons: building Arr needs no
 * Python headers, and every symbol is weak, so that a module is at the same
 * time a plain C library that loads where there is no Python. The layouts below
 * are guaranteed by PEP 384 and PEP 688 for all CPython 3 with a GIL. */
#ifndef ARR_PYTHON_API_H
#define ARR_PYTHON_API_H

#include <stddef.h>
#include <stdint.h>

typedef intptr_t Py_ssize_t;
typedef struct _object PyObject;
typedef struct _typeobject PyTypeObject; /* opaque */
typedef struct _ts PyThreadState;        /* opaque */

struct _object {
  Py_ssize_t ob_refcnt;
  PyTypeObject *ob_type;
};

typedef PyObject *(*PyFastFunction)(PyObject *, PyObject *const *, Py_ssize_t,
                                    PyObject *);

typedef struct PyMethodDef {
  const char *ml_name;
  PyFastFunction ml_meth;
  int ml_flags;
  const char *ml_doc;
} PyMethodDef;
enum { METH_KEYWORDS = 0x0002, METH_FASTCALL = 0x0080 };

typedef struct PyModuleDef_Slot {
  int slot;
  void *value;
} PyModuleDef_Slot;
enum { Py_mod_exec = 2, Py_mod_multiple_interpreters = 3 };

typedef struct PyModuleDef {
  PyObject ob_base;
  PyObject *(*m_init)(void);
  Py_ssize_t m_index;
  PyObject *m_copy;
  const char *m_name;
  const char *m_doc;
  Py_ssize_t m_size;
  PyMethodDef *m_methods;
  PyModuleDef_Slot *m_slots;
  void *m_traverse, *m_clear, *m_free;
} PyModuleDef;

typedef struct Py_buffer {
  void *buf;
  PyObject *obj;
  Py_ssize_t len;
  Py_ssize_t itemsize;
  int readonly;
  int ndim;
  char *format;
  Py_ssize_t *shape;
  Py_ssize_t *strides;
  Py_ssize_t *suboffsets;
  void *internal;
} Py_buffer;
enum { PyBUF_WRITABLE = 0x01, PyBUF_FORMAT = 0x04, PyBUF_STRIDES = 0x18 };

#pragma GCC visibility push(default)
#define WEAK __attribute__((weak))

extern WEAK PyObject _Py_NoneStruct, _Py_TrueStruct, _Py_FalseStruct;
extern WEAK PyTypeObject PyBaseObject_Type, PyFloat_Type, PyLong_Type,
    PyBool_Type, PyComplex_Type, PyUnicode_Type;
extern WEAK const unsigned long Py_Version;
extern WEAK PyObject *PyExc_AssertionError, *PyExc_ImportError,
    *PyExc_IndexError, *PyExc_MemoryError, *PyExc_OSError, *PyExc_OverflowError,
    *PyExc_RecursionError, *PyExc_RuntimeError, *PyExc_SystemError,
    *PyExc_TypeError, *PyExc_ValueError;

WEAK void Py_IncRef(PyObject *);
WEAK void Py_DecRef(PyObject *);
WEAK int PyType_IsSubtype(PyTypeObject *, PyTypeObject *);

WEAK PyObject *PyErr_Occurred(void);
WEAK void PyErr_Clear(void);
WEAK int PyErr_ExceptionMatches(PyObject *);
WEAK PyObject *PyErr_Format(PyObject *, const char *, ...);
WEAK void PyErr_SetObject(PyObject *, PyObject *);
WEAK PyObject *PyErr_NoMemory(void);

WEAK double PyFloat_AsDouble(PyObject *);
WEAK PyObject *PyFloat_FromDouble(double);
WEAK long long PyLong_AsLongLongAndOverflow(PyObject *, int *);
WEAK unsigned long long PyLong_AsUnsignedLongLong(PyObject *);
WEAK long PyLong_AsLong(PyObject *);
WEAK PyObject *PyLong_FromLongLong(long long);
WEAK PyObject *PyLong_FromUnsignedLongLong(unsigned long long);
WEAK PyObject *PyLong_FromLong(long);
WEAK double PyComplex_RealAsDouble(PyObject *);
WEAK double PyComplex_ImagAsDouble(PyObject *);
WEAK PyObject *PyComplex_FromDoubles(double, double);
WEAK PyObject *PyNumber_Index(PyObject *);
WEAK int PyObject_IsTrue(PyObject *);
WEAK PyObject *PyOS_FSPath(PyObject *);

WEAK PyObject *PyUnicode_FromString(const char *);
WEAK PyObject *PyUnicode_FromFormat(const char *, ...);
WEAK PyObject *PyUnicode_DecodeUTF8(const char *, Py_ssize_t, const char *);
WEAK PyObject *PyUnicode_InternFromString(const char *);
WEAK int PyUnicode_Compare(PyObject *, PyObject *);
WEAK const char *PyUnicode_AsUTF8AndSize(PyObject *, Py_ssize_t *);
WEAK PyObject *PyUnicode_AsEncodedString(PyObject *, const char *,
                                         const char *);
WEAK int PyBytes_AsStringAndSize(PyObject *, char **, Py_ssize_t *);

WEAK PyObject *PyTuple_New(Py_ssize_t);
WEAK Py_ssize_t PyTuple_Size(PyObject *);
WEAK PyObject *PyTuple_GetItem(PyObject *, Py_ssize_t);       /* borrowed */
WEAK int PyTuple_SetItem(PyObject *, Py_ssize_t, PyObject *); /* steals */
WEAK PyObject *PyList_New(Py_ssize_t);
WEAK int PyList_Append(PyObject *, PyObject *);
WEAK PyObject *PyDict_New(void);
WEAK int PyDict_SetItemString(PyObject *, const char *, PyObject *);

WEAK PyObject *PyObject_GetAttrString(PyObject *, const char *);
WEAK int PyObject_SetAttrString(PyObject *, const char *, PyObject *);
WEAK int PyObject_HasAttrString(PyObject *, const char *);
WEAK PyObject *PyObject_CallFunctionObjArgs(PyObject *, ...);
WEAK PyObject *PyObject_CallMethod(PyObject *, const char *, const char *, ...);
WEAK PyObject *PyObject_Str(PyObject *);

WEAK int PyObject_CheckBuffer(PyObject *);
WEAK int PyObject_GetBuffer(PyObject *, Py_buffer *, int);
WEAK void PyBuffer_Release(Py_buffer *);
WEAK PyObject *PyMemoryView_FromObject(PyObject *);

WEAK PyObject *PyCapsule_New(void *, const char *, void (*)(PyObject *));
WEAK void *PyCapsule_GetPointer(PyObject *, const char *);
WEAK void *PyCapsule_GetContext(PyObject *);
WEAK int PyCapsule_SetContext(PyObject *, void *);

WEAK PyObject *PyImport_ImportModule(const char *);
WEAK PyObject *PyModuleDef_Init(PyModuleDef *);
WEAK PyThreadState *PyEval_SaveThread(void);
WEAK void PyEval_RestoreThread(PyThreadState *);

#undef WEAK
#pragma GCC visibility pop

#define Py_None (&_Py_NoneStruct)

static inline PyTypeObject *type_of(PyObject *object) {
  return object->ob_type;
}

static inline int is_instance(PyObject *object, PyTypeObject *type) {
  return type_of(object) == type || PyType_IsSubtype(type_of(object), type);
}

static inline void release_object(PyObject *object) {
  if (object)
    Py_DecRef(object);
}

#endif
