/* describe.c -- what Python's introspection shows of a function: signatures,
 * documentation, the metadata as dictionaries. */
#include "python/glue.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t count_array_results(const arr_function *function) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < function->num_results; ++i)
    count += function->results[i].kind == ARR_KIND_ARRAY;
  return count;
}

/* ---- Texts. Like snprintf, a writer counts what did not fit. */

typedef struct writer {
  char *text;
  size_t size, used;
} writer;

__attribute__((format(printf, 2, 3))) static void put(writer *to,
                                                      const char *format, ...) {
  va_list values;
  va_start(values, format);
  bool fits = to->used < to->size;
  int length = vsnprintf(fits ? to->text + to->used : NULL,
                         fits ? to->size - to->used : 0, format, values);
  va_end(values);
  to->used += length > 0 ? (size_t)length : 0;
}

static void put_signature(writer *to, const arr_function *function) {
  put(to, "%s(", function->name);
  for (uint32_t i = 0; i < function->num_params; ++i) {
    const arr_param *param = &function->params[i];
    put(to, "%s%s: %s", i ? ", " : "", param->name, param->annotation);
    if (param->flags & ARR_PARAM_OPTIONAL)
      put(to, " = %s", param->default_text);
  }
  put(to, ") -> ");
  if (!function->structure[0])
    put(to, "None");
  const arr_param *result = function->results;
  for (const char *part = function->structure; *part; ++part) {
    if (*part != ')' && part > function->structure && part[-1] != '(')
      put(to, ", ");
    if (*part == '(')
      put(to, part[1] == ')' ? "tuple[()" : "tuple[");
    else if (*part == ')')
      put(to, "]");
    else
      put(to, "%s", result++->annotation);
  }
}

size_t write_signature(const arr_function *function, char *text, size_t size) {
  writer to = {text, size, 0};
  put_signature(&to, function);
  return to.used;
}

/* "f(x, by=2.0, *, out=None)\n--\n\n" is read by inspect.signature and does not
 * belong to __doc__. */
static void put_doc(writer *to, const signature *signature) {
  const arr_function *first = signature->instances[0];
  put(to, "%s(", signature->name);
  for (uint32_t i = 0; i < first->num_params; ++i) {
    put(to, "%s%s", i ? ", " : "", first->params[i].name);
    if (first->params[i].flags & ARR_PARAM_OPTIONAL)
      put(to, "=%s", first->params[i].default_text);
  }
  if (signature->out_name)
    put(to, "%s*, out=None", first->num_params ? ", " : "");
  put(to, ")\n--\n\n");
  if (first->doc[0])
    put(to, "%s\n\n", first->doc);
  for (uint32_t i = 0; i < signature->num_instances; ++i) {
    put(to, "%s", i ? "\n" : "");
    put_signature(to, signature->instances[i]);
  }
}

char *make_doc(const signature *signature) {
  writer measure = {NULL, 0, 0};
  put_doc(&measure, signature);
  writer to = {malloc(measure.used + 1), measure.used + 1, 0};
  if (to.text)
    put_doc(&to, signature);
  return to.text;
}

/* ---- __arr_meta__ */

/* Takes over `value`; false if it is NULL or cannot be stored. */
static bool set(PyObject *dictionary, const char *key, PyObject *value) {
  bool done = value && PyDict_SetItemString(dictionary, key, value) == 0;
  release_object(value);
  return done;
}

static bool append(PyObject *list, PyObject *value) {
  bool done = value && PyList_Append(list, value) == 0;
  release_object(value);
  return done;
}

/* Takes over `object`: NULL if what was done to it failed. */
static PyObject *keep_if(bool done, PyObject *object) {
  if (done)
    return object;
  release_object(object);
  return NULL;
}

static PyObject *dims_of(const arr_param *param) {
  PyObject *list = PyList_New(0);
  bool done = list != NULL;
  for (uint32_t i = 0; done && i < param->ndim; ++i)
    done = append(list, PyUnicode_FromString(param->dims[i]));
  return keep_if(done, list);
}

static PyObject *describe_param(const arr_param *param) {
  PyObject *all = PyDict_New();
  bool done = all && set(all, "name", PyUnicode_FromString(param->name)) &&
              set(all, "annotation", PyUnicode_FromString(param->annotation));
  if (done && param->kind != ARR_KIND_STR)
    done = set(all, "dtype",
               PyUnicode_FromString(arr_dtype_numpy_name(param->dtype)));
  if (done && param->kind == ARR_KIND_ARRAY)
    done = set(all, "dims", dims_of(param));
  if (done && param->flags & ARR_PARAM_WRITTEN) {
    Py_IncRef(&_Py_TrueStruct);
    done = set(all, "written", &_Py_TrueStruct);
  }
  if (done && param->flags & ARR_PARAM_OPTIONAL)
    done = set(all, "default", PyUnicode_FromString(param->default_text));
  return keep_if(done, all);
}

static PyObject *describe_params(const arr_param *params, uint32_t count) {
  PyObject *list = PyList_New(0);
  bool done = list != NULL;
  for (uint32_t i = 0; done && i < count; ++i)
    done = append(list, describe_param(&params[i]));
  return keep_if(done, list);
}

static PyObject *describe_function(const arr_function *function) {
  PyObject *all = PyDict_New();
  bool done = all &&
              set(all, "symbol", PyUnicode_FromString(function->symbol)) &&
              set(all, "location", PyUnicode_FromString(function->location)) &&
              set(all, "params",
                  describe_params(function->params, function->num_params)) &&
              set(all, "results",
                  describe_params(function->results, function->num_results));
  return keep_if(done, all);
}

PyObject *make_metadata(const signature *const *signatures, uint64_t count) {
  PyObject *all = PyDict_New();
  bool done = all != NULL;
  for (uint64_t i = 0; done && i < count; ++i) {
    PyObject *instances = PyList_New(0);
    done = instances != NULL;
    for (uint32_t k = 0; done && k < signatures[i]->num_instances; ++k)
      done = append(instances, describe_function(signatures[i]->instances[k]));
    done = set(all, signatures[i]->name, keep_if(done, instances));
  }
  return keep_if(done, all);
}
