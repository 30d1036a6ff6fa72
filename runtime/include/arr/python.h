/* python.h -- what arrc puts into a Python module beside the metadata table
 * (arr/module.h), and the functions of libarrglue.a that it calls. Not for
 * users: the layout changes together with compiler/CodeGen/PythonModule.cpp.
 *
 * A module `m` with the functions f (in any number of instances) and g has
 *     arr_python_function functions[2] = {{"f", f_python, 0}, {"g", g_python,
 * 0}}; PyObject *PyInit_m(void) { return arr_python_init(&table, functions, 2);
 * } PyObject *f_python(self, args, count, keywords) { return
 * arr_python_call(&functions[0], args, count, keywords);
 *     }
 * Each function is its own C function, and so a true built-in of the module,
 * which pickles by name. */
#ifndef ARR_PYTHON_H
#define ARR_PYTHON_H

#include "arr/module.h"

#ifdef __cplusplus
extern "C" {
#endif

struct _object; /* PyObject */

typedef struct arr_python_function {
  const char *name;
  /* METH_FASTCALL | METH_KEYWORDS */
  struct _object *(*call)(struct _object *module,
                          struct _object *const *arguments, intptr_t count,
                          struct _object *keywords);
  void *signature; /* NULL; filled in when the module is imported */
} arr_python_function;

struct _object *arr_python_init(const arr_module *table,
                                arr_python_function *functions, uint64_t count);

struct _object *arr_python_call(const arr_python_function *function,
                                struct _object *const *arguments,
                                intptr_t count, struct _object *keywords);

#ifdef __cplusplus
}
#endif
#endif
