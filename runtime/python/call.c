/* call.c -- one call from Python, step by step (see glue.h). */
#include "python/glue.h"

#include <string.h>

/* With fewer elements than this the work is over sooner than another thread
 * could make use of the interpreter. */
enum { RELEASE_ELEMENTS = 4096 };

/* Everything that belongs to one call; the arrays have one entry for each slot
 * and lie on the stack. */
typedef struct call {
  const signature *signature;
  const arr_function *function; /* the chosen instance */
  argument *arguments;
  arr_array *arrays;
  scalar *scalars;
  void **slots;
} call;

/* ---- Binding. */

static bool too_many(const signature *signature, intptr_t count) {
  uint32_t required = 0, most = signature->num_params;
  while (required < most && !(signature->instances[0]->params[required].flags &
                              ARR_PARAM_OPTIONAL))
    ++required;
  if (required == most)
    PyErr_Format(PyExc_TypeError,
                 "%s() takes %u positional argument%s but %zd %s given",
                 signature->name, most, most == 1 ? "" : "s", count,
                 count == 1 ? "was" : "were");
  else
    PyErr_Format(PyExc_TypeError,
                 "%s() takes from %u to %u positional arguments but %zd were "
                 "given",
                 signature->name, required, most, count);
  return false;
}

/* The parameter's index; num_params for out=; -1 if there is none. */
static int64_t find_keyword(const signature *signature, PyObject *keyword) {
  /* Names in source code are interned, so nearly always pointers decide. */
  for (uint32_t i = 0; i < signature->num_params; ++i)
    if (signature->param_names[i] == keyword)
      return i;
  if (signature->out_name == keyword)
    return signature->num_params;
  for (uint32_t i = 0; i < signature->num_params; ++i)
    if (PyUnicode_Compare(signature->param_names[i], keyword) == 0)
      return i;
  if (signature->out_name &&
      PyUnicode_Compare(signature->out_name, keyword) == 0)
    return signature->num_params;
  return -1;
}

static bool bind_keywords(call *call, PyObject *const *values, PyObject *names,
                          PyObject **out) {
  Py_ssize_t count = PyTuple_Size(names);
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject *name = PyTuple_GetItem(names, i);
    int64_t index = find_keyword(call->signature, name);
    if (index == (int64_t)call->signature->num_params) {
      *out = values[i];
      continue;
    }
    if (index < 0 || call->arguments[index].object) {
      PyErr_Format(PyExc_TypeError,
                   index < 0 ? "%s() got an unexpected keyword argument '%U'"
                             : "%s() got multiple values for argument '%U'",
                   call->signature->name, name);
      return false;
    }
    call->arguments[index].object = values[i];
  }
  return true;
}

static bool bind(call *call, PyObject *const *values, intptr_t count,
                 PyObject *keywords, PyObject **out) {
  const signature *signature = call->signature;
  if (count > (intptr_t)signature->num_params)
    return too_many(signature, count);
  for (intptr_t i = 0; i < count; ++i)
    call->arguments[i].object = values[i];
  if (keywords && !bind_keywords(call, values + count, keywords, out))
    return false;
  const arr_param *params = signature->instances[0]->params;
  for (uint32_t i = (uint32_t)count; i < signature->num_params; ++i) {
    if (call->arguments[i].object || params[i].flags & ARR_PARAM_OPTIONAL)
      continue;
    PyErr_Format(PyExc_TypeError, "%s() missing required argument: '%s'",
                 signature->name, params[i].name);
    return false;
  }
  return true;
}

/* out= is one array; or, for several array results, a tuple of arrays and None.
 */
static bool bind_out(call *call, PyObject *out) {
  const arr_function *function = call->function;
  uint32_t num_arrays = count_array_results(function);
  bool is_tuple = num_arrays > 1;
  if (num_arrays == 0) {
    PyErr_Format(PyExc_TypeError, "%s() returns no array here: out= has no use",
                 function->name);
    return false;
  }
  if (is_tuple && PyTuple_Size(out) != (Py_ssize_t)num_arrays) {
    PyErr_Clear(); /* it may be no tuple */
    PyErr_Format(PyExc_TypeError,
                 "%s() out must be a tuple of %u arrays (or None)",
                 function->name, num_arrays);
    return false;
  }
  Py_ssize_t next = 0;
  for (uint32_t i = 0; i < function->num_results; ++i) {
    if (function->results[i].kind != ARR_KIND_ARRAY)
      continue;
    PyObject *one = is_tuple ? PyTuple_GetItem(out, next++) : out;
    if (!one)
      return false;
    if (one == Py_None)
      continue;
    uint32_t slot = function->num_params + i;
    call->arguments[slot].object = one;
    if (!array_acquire(function, slot, &call->arguments[slot]))
      return false;
  }
  return true;
}

/* ---- Filling the slots. */

static bool acquire_arrays(call *call) {
  /* Names and kinds of parameters are the same in all instances. */
  const arr_function *first = call->signature->instances[0];
  for (uint32_t i = 0; i < first->num_params; ++i)
    if (first->params[i].kind == ARR_KIND_ARRAY &&
        !array_acquire(first, i, &call->arguments[i]))
      return false;
  return true;
}

/* Without NumPy array results are possible only in memory that was given. */
static bool check_numpy(const call *call) {
  if (numpy.array_type)
    return true;
  const arr_function *function = call->function;
  for (uint32_t i = 0; i < function->num_results; ++i) {
    if (function->results[i].kind != ARR_KIND_ARRAY ||
        call->arguments[function->num_params + i].array)
      continue;
    PyErr_Format(PyExc_ImportError, "%s() returns an array, which needs NumPy",
                 function->name);
    return false;
  }
  return true;
}

static bool read_scalars(call *call) {
  const arr_function *function = call->function;
  for (uint32_t i = 0; i < function->num_params; ++i) {
    const arr_param *param = &function->params[i];
    if (param->kind == ARR_KIND_ARRAY)
      continue;
    if (!call->arguments[i].object)
      call->slots[i] = (void *)param->default_value;
    else if (!scalar_read(function, i, &call->arguments[i], &call->scalars[i],
                          &call->slots[i]))
      return false;
  }
  return true;
}

/* Last, since the steps before may run Python code, which may change arrays. */
static bool read_arrays(call *call) {
  const arr_function *function = call->function;
  uint32_t count = function->num_params + function->num_results;
  for (uint32_t i = 0; i < count; ++i) {
    if (param_of(function, i)->kind != ARR_KIND_ARRAY) {
      if (i >= function->num_params)
        call->slots[i] = &call->scalars[i];
      continue;
    }
    call->slots[i] = &call->arrays[i];
    if (!call->arguments[i].array)
      call->arrays[i].data = NULL; /* a result, to be allocated */
    else if (!array_read(function, i, &call->arguments[i], &call->arrays[i]))
      return false;
  }
  return true;
}

/* ---- Running. */

/* A guess of the work: elements of the arrays times integer arguments, which
 * often are sizes or numbers of steps. Without arrays anything may happen. */
static bool is_long(const call *call) {
  const arr_function *function = call->function;
  double elements = 0, factor = 1;
  bool has_array = false;
  for (uint32_t i = 0; i < function->num_params; ++i) {
    const arr_param *param = &function->params[i];
    if (param->kind == ARR_KIND_ARRAY) {
      const arr_array *array = &call->arrays[i];
      double size = 1;
      for (int32_t axis = 0; axis < array->ndim; ++axis)
        size *= (double)array->shape[axis];
      elements += size;
      has_array = true;
    } else if (param->kind == ARR_KIND_SCALAR && param->dtype.code == ARR_INT &&
               param->dtype.bits == 64) {
      int64_t value = *(const int64_t *)call->slots[i];
      factor *= value > 1 ? (double)value : 1;
    }
  }
  return !has_array || elements * factor > RELEASE_ELEMENTS;
}

/* How many numbers copy_shapes stores. */
static size_t count_extents(const call *call) {
  uint32_t count = call->function->num_params + call->function->num_results;
  size_t total = 0;
  for (uint32_t i = 0; i < count; ++i)
    if (call->arguments[i].array)
      total += 2 * (size_t)call->arrays[i].ndim;
  return total;
}

/* Shapes and strides belong to the arrays, which other threads may reshape
 * while the interpreter is theirs. */
static void copy_shapes(const call *call, int64_t *to) {
  uint32_t count = call->function->num_params + call->function->num_results;
  for (uint32_t i = 0; i < count; ++i) {
    arr_array *array = &call->arrays[i];
    if (!call->arguments[i].array || array->ndim == 0)
      continue;
    size_t bytes = (size_t)array->ndim * sizeof(int64_t);
    array->shape = memcpy(to, array->shape, bytes);
    array->strides = memcpy(to + array->ndim, array->strides, bytes);
    to += 2 * array->ndim;
  }
}

static PyObject *make_result(call *call, uint32_t slot) {
  const arr_param *param = param_of(call->function, slot);
  if (param->kind != ARR_KIND_ARRAY)
    return scalar_to_python(call->slots[slot], param->dtype);
  PyObject *out = call->arguments[slot].object;
  if (out) {
    Py_IncRef(out);
    return out;
  }
  return result_to_python(&call->arrays[slot], call->arrays, call->arguments,
                          call->function->num_params);
}

/* How many values a tuple has, of whose structure `part` is the inside. */
static Py_ssize_t count_members(const char *part) {
  Py_ssize_t count = 0;
  for (int depth = 0; depth > 0 || *part != ')'; ++part) {
    count += depth == 0;
    depth += (*part == '(') - (*part == ')');
  }
  return count;
}

/* The value whose structure starts at *part; both are moved on. */
static PyObject *make_value(call *call, const char **part, uint32_t *done) {
  if (*(*part)++ == '.')
    return make_result(call, call->function->num_params + (*done)++);
  Py_ssize_t count = count_members(*part);
  PyObject *tuple = PyTuple_New(count);
  for (Py_ssize_t i = 0; tuple && i < count; ++i) {
    PyObject *one = make_value(call, part, done);
    if (!one || PyTuple_SetItem(tuple, i, one) < 0) {
      Py_DecRef(tuple);
      tuple = NULL;
    }
  }
  ++*part;
  return tuple;
}

static PyObject *make_results(call *call) {
  const arr_function *function = call->function;
  const char *part = function->structure;
  if (!*part) {
    Py_IncRef(Py_None);
    return Py_None;
  }
  uint32_t done = 0;
  PyObject *result = make_value(call, &part, &done);
  /* After an error, memory of the results that were not reached. */
  for (; !result && done < function->num_results; ++done) {
    uint32_t slot = function->num_params + done;
    arr_array *array = &call->arrays[slot];
    if (function->results[done].kind == ARR_KIND_ARRAY &&
        !call->arguments[slot].array && array->release)
      array->release(array);
  }
  return result;
}

static PyObject *run(call *call) {
  const arr_function *function = call->function;
  bool is_released = is_long(call);
  int64_t extents[is_released ? count_extents(call) + 1 : 1];
  arr_status status;
  if (is_released) {
    copy_shapes(call, extents);
    PyThreadState *thread = PyEval_SaveThread();
    status = arr_call(function, call->slots);
    PyEval_RestoreThread(thread);
  } else {
    status = arr_call(function, call->slots);
  }
  if (status == ARR_OK)
    return make_results(call);
  raise_status(status);
  return NULL;
}

/* The steps from the bound arguments to the results. */
static PyObject *convert_and_run(call *call, PyObject *out) {
  const signature *signature = call->signature;
  if (!acquire_arrays(call))
    return NULL;
  call->function = signature->num_instances == 1
                       ? signature->instances[0]
                       : choose_instance(signature, call->arguments);
  if (!call->function || (out && out != Py_None && !bind_out(call, out)) ||
      !check_numpy(call) || !read_scalars(call) || !read_arrays(call))
    return NULL;
  return run(call);
}

PyObject *arr_python_call(const arr_python_function *python_function,
                          PyObject *const *values, Py_ssize_t count,
                          PyObject *keywords) {
  const signature *signature = python_function->signature;
  uint32_t num_slots = signature->num_params + signature->num_results;
  argument arguments[num_slots + 1];
  arr_array arrays[num_slots + 1];
  scalar scalars[num_slots + 1];
  void *slots[num_slots + 1];
  for (uint32_t i = 0; i < num_slots; ++i)
    arguments[i] = (argument){0};
  call call = {signature, NULL, arguments, arrays, scalars, slots};
  PyObject *out = NULL;
  if (!bind(&call, values, count, keywords, &out))
    return NULL;
  PyObject *result = convert_and_run(&call, out);
  for (uint32_t i = 0; i < num_slots; ++i) {
    if (arguments[i].array != arguments[i].object || arguments[i].view)
      array_release(&arguments[i]);
  }
  return result;
}
