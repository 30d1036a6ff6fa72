/* module.c -- importing a module: multi-phase initialisation (PEP 489).
 *
 * This library is linked into one module, so its state is static. Whatever was
 * made of the metadata table is made once and kept for ever. */
#include "python/glue.h"

#include <stdlib.h>
#include <string.h>

static arr_python_function *module_functions;
static uint64_t module_count;
static const signature **signatures; /* as module_functions */

static bool fill_names(signature *made) {
  const arr_function *first = made->instances[0];
  bool has_arrays = false, has_out = false;
  for (uint32_t i = 0; i < made->num_instances; ++i)
    has_arrays |= count_array_results(made->instances[i]) > 0;
  for (uint32_t i = 0; i < made->num_params; ++i) {
    made->param_names[i] = PyUnicode_InternFromString(first->params[i].name);
    if (!made->param_names[i])
      return false;
    has_out |= strcmp(first->params[i].name, "out") == 0;
  }
  if (has_arrays && !has_out)
    made->out_name = PyUnicode_InternFromString("out");
  return !PyErr_Occurred();
}

static signature *make_signature(const arr_module *table, const char *name) {
  signature *made = calloc(1, sizeof *made);
  const arr_function **instances =
      calloc(table->num_functions, sizeof *instances);
  if (!made || !instances)
    goto no_memory;
  made->name = name;
  made->instances = instances;
  for (uint32_t i = 0; i < table->num_functions; ++i)
    if (strcmp(table->functions[i].name, name) == 0)
      instances[made->num_instances++] = &table->functions[i];
  made->num_params = instances[0]->num_params;
  made->num_results = instances[0]->num_results;
  made->param_names = calloc(made->num_params + 1, sizeof *made->param_names);
  if (!made->param_names)
    goto no_memory;
  if (fill_names(made))
    return made;
  free(made->param_names);
  free(instances);
  free(made);
  return NULL;
no_memory:
  free(instances);
  free(made);
  PyErr_NoMemory();
  return NULL;
}

static PyMethodDef *make_methods(const arr_module *table) {
  PyMethodDef *methods = calloc(module_count + 1, sizeof *methods);
  signatures = calloc(module_count + 1, sizeof *signatures);
  if (!methods || !signatures) {
    PyErr_NoMemory();
    return NULL;
  }
  for (uint64_t i = 0; i < module_count; ++i) {
    arr_python_function *function = &module_functions[i];
    signatures[i] = make_signature(table, function->name);
    if (!signatures[i])
      return NULL;
    function->signature = (void *)signatures[i];
    methods[i].ml_name = function->name;
    methods[i].ml_meth = function->call;
    methods[i].ml_flags = METH_FASTCALL | METH_KEYWORDS;
    methods[i].ml_doc = make_doc(signatures[i]);
    if (!methods[i].ml_doc) {
      PyErr_NoMemory();
      return NULL;
    }
  }
  return methods;
}

static int execute(PyObject *module) {
  if (!numpy_load())
    return -1;
  PyObject *metadata = make_metadata(signatures, module_count);
  int status =
      metadata ? PyObject_SetAttrString(module, "__arr_meta__", metadata) : -1;
  release_object(metadata);
  return status;
}

/* Layouts are known for objects of two words. Free-threaded builds of CPython
 * have longer ones. */
static bool check_python(void) {
  if (!&Py_Version) {
    PyErr_Format(PyExc_ImportError, "Arr modules need CPython 3.11 or newer");
    return false;
  }
  PyObject *size =
      PyObject_GetAttrString((PyObject *)&PyBaseObject_Type, "__basicsize__");
  long bytes = size ? PyLong_AsLong(size) : -1;
  release_object(size);
  if (bytes == (long)sizeof(PyObject))
    return true;
  if (!PyErr_Occurred())
    PyErr_Format(PyExc_ImportError,
                 "Arr modules do not support free-threaded CPython yet");
  return false;
}

PyObject *arr_python_init(const arr_module *table,
                          arr_python_function *functions, uint64_t count) {
  static PyModuleDef_Slot slots[3];
  static PyModuleDef definition;
  if (!check_python())
    return NULL;
  if (definition.m_methods)
    return PyModuleDef_Init(&definition);
  if (table->abi_version != ARR_ABI_VERSION ||
      table->struct_size != sizeof *table) {
    PyErr_Format(
        PyExc_ImportError,
        "the module was compiled for another version of the Arr runtime");
    return NULL;
  }
  module_functions = functions;
  module_count = count;
  PyMethodDef *methods = make_methods(table);
  if (!methods)
    return NULL;
  slots[0] = (PyModuleDef_Slot){Py_mod_exec, (void *)execute};
  /* NumPy works in the main interpreter only, and so do we. The slot is known
   * from 3.12 on; 0 is Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED. */
  if (Py_Version >= 0x030C0000)
    slots[1] = (PyModuleDef_Slot){Py_mod_multiple_interpreters, NULL};
  definition.ob_base.ob_refcnt = 1;
  definition.m_name = table->name;
  definition.m_doc = table->doc[0] ? table->doc : NULL;
  definition.m_slots = slots;
  definition.m_methods = methods;
  return PyModuleDef_Init(&definition);
}
