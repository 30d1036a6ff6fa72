/* dispatch.c -- choosing among the instances of one name: dtypes and ranks of
 * arrays must be equal; scalars prefer the nearest dtype. */
#include "python/glue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool array_suits(const arr_param *param, const argument *argument) {
  return array_rank(argument) == param->ndim &&
         same_dtype(array_dtype(argument), param->dtype);
}

/* -1: does not suit. */
static int distance_of(const arr_function *function,
                       const argument *arguments) {
  int total = 0;
  for (uint32_t i = 0; i < function->num_params; ++i) {
    const arr_param *param = &function->params[i];
    if (param->kind == ARR_KIND_ARRAY) {
      if (!array_suits(param, &arguments[i]))
        return -1;
    } else if (param->kind == ARR_KIND_SCALAR && arguments[i].object) {
      int distance = scalar_distance(arguments[i].object, param->dtype);
      if (distance < 0)
        return -1;
      total += distance;
    }
  }
  return total;
}

/* True if no instance has this parameter as it was given, which is then the one
 * to complain about. */
static bool suits_nowhere(const signature *signature, uint32_t slot,
                          const argument *argument) {
  for (uint32_t i = 0; i < signature->num_instances; ++i) {
    const arr_param *param = &signature->instances[i]->params[slot];
    if (param->kind == ARR_KIND_ARRAY
            ? array_suits(param, argument)
            : param->kind != ARR_KIND_SCALAR || !argument->object ||
                  scalar_distance(argument->object, param->dtype) >= 0)
      return false;
  }
  return true;
}

/* "(x: a 1-d int32 array, by: an object of type str)" */
static PyObject *describe_arguments(const signature *signature,
                                    const argument *arguments) {
  PyObject *text = PyUnicode_FromString("");
  for (uint32_t i = 0; text && i < signature->num_params; ++i) {
    if (!arguments[i].object)
      continue;
    PyObject *one = describe_object(arguments[i].object);
    PyObject *longer =
        one ? PyUnicode_FromFormat("%U%s%s: %U", text, i ? ", " : "",
                                   signature->instances[0]->params[i].name, one)
            : NULL;
    release_object(one);
    Py_DecRef(text);
    text = longer;
  }
  return text;
}

static void refuse(const signature *signature, const argument *arguments) {
  char candidates[4096];
  size_t used = 0;
  for (uint32_t i = 0; i < signature->num_instances; ++i) {
    if (used + 4 < sizeof candidates) {
      memcpy(candidates + used, "\n  ", 4);
      used += 3;
    }
    used += write_signature(signature->instances[i],
                            used < sizeof candidates ? candidates + used : NULL,
                            used < sizeof candidates ? sizeof candidates - used
                                                     : 0);
  }
  const char *hint = "";
  char hint_text[256];
  for (uint32_t i = 0; i < signature->num_params; ++i) {
    const arr_function *last =
        signature->instances[signature->num_instances - 1];
    if (last->params[i].kind != ARR_KIND_ARRAY ||
        !suits_nowhere(signature, i, &arguments[i]) ||
        array_rank(&arguments[i]) != last->params[i].ndim)
      continue;
    snprintf(hint_text, sizeof hint_text,
             "\nconvert '%s' with .astype(np.%s), for example",
             last->params[i].name, arr_dtype_numpy_name(last->params[i].dtype));
    hint = hint_text;
    break;
  }
  PyObject *got = describe_arguments(signature, arguments);
  if (got)
    PyErr_Format(PyExc_TypeError,
                 "%s() has no instance for (%U); there are:%s%s",
                 signature->name, got, candidates, hint);
  release_object(got);
}

const arr_function *choose_instance(const signature *signature,
                                    const argument *arguments) {
  const arr_function *best = NULL;
  int best_distance = 0;
  for (uint32_t i = 0; i < signature->num_instances; ++i) {
    int distance = distance_of(signature->instances[i], arguments);
    if (distance < 0 || (best && distance >= best_distance))
      continue;
    best = signature->instances[i];
    best_distance = distance;
    if (distance == 0)
      break;
  }
  if (!best)
    refuse(signature, arguments);
  return best;
}
