/* call.c -- arr_call: checks arguments against the metadata table, runs the
 * entry under a guard, and leaves the result slots in a defined state. */
#include "core/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* "argument 'x'", "result" or "result 'd'"; results count from num_params on.
 */
static void describe(const arr_function *function, uint32_t slot, char *text,
                     size_t size) {
  if (slot < function->num_params)
    snprintf(text, size, "argument '%s'", function->params[slot].name);
  else if (function->results[slot - function->num_params].name[0])
    snprintf(text, size, "out argument '%s'",
             function->results[slot - function->num_params].name);
  else
    snprintf(text, size, "out argument %" PRIu32, slot - function->num_params);
}

static const arr_param *param_of(const arr_function *function, uint32_t slot) {
  return slot < function->num_params
             ? &function->params[slot]
             : &function->results[slot - function->num_params];
}

/* A result slot without data is the callee's to fill; there is nothing to
 * check. */
static const arr_array *given_array(const arr_function *function, void **slots,
                                    uint32_t slot) {
  if (param_of(function, slot)->kind != ARR_KIND_ARRAY)
    return NULL;
  const arr_array *array = slots[slot];
  if (slot >= function->num_params && !array->data)
    return NULL;
  return array;
}

static bool is_written(const arr_function *function, uint32_t slot) {
  return slot >= function->num_params ||
         (function->params[slot].flags & ARR_PARAM_WRITTEN) != 0;
}

static int32_t check_type(const arr_function *function, uint32_t slot,
                          const arr_array *array) {
  const arr_param *param = param_of(function, slot);
  char what[256];
  if (array->ndim == param->ndim && arr_dtype_equal(array->dtype, param->dtype))
    return ARR_OK;
  describe(function, slot, what, sizeof what);
  if (!arr_dtype_equal(array->dtype, param->dtype))
    return arr_fail(
        ARR_EDTYPE, function->location,
        "%s() %s must be a %d-d %s array (%s), got a %d-d %s array; "
        "convert it with .astype(np.%s)",
        function->name, what, param->ndim, arr_dtype_numpy_name(param->dtype),
        param->annotation, (int)array->ndim, arr_dtype_numpy_name(array->dtype),
        arr_dtype_numpy_name(param->dtype));
  return arr_fail(ARR_ENDIM, function->location,
                  "%s() %s must be a %d-d %s array (%s), got a %d-d array",
                  function->name, what, param->ndim,
                  arr_dtype_numpy_name(param->dtype), param->annotation,
                  (int)array->ndim);
}

/* Sizes that no array can have, addresses and strides that split an item. */
static int32_t check_layout(const arr_function *function, uint32_t slot,
                            const arr_array *array) {
  char what[256];
  int64_t item_size = arr_dtype_size(array->dtype), bytes;
  /* Item sizes are powers of two: masks instead of slow divisions.
   * Complex numbers are aligned as their parts, as in C and NumPy. */
  int64_t alignment =
      array->dtype.code == ARR_COMPLEX ? item_size / 2 : item_size;
  bool aligned = ((uintptr_t)array->data & (uintptr_t)(alignment - 1)) == 0,
       empty = false;
  for (int32_t i = 0; i < array->ndim; ++i) {
    if (array->shape[i] < 0) {
      describe(function, slot, what, sizeof what);
      return arr_fail(ARR_ESHAPE, function->location,
                      "%s() %s: negative size %" PRId64 " in axis %d",
                      function->name, what, array->shape[i], (int)i);
    }
    empty |= array->shape[i] == 0;
    /* Compiled code counts in items, so strides are whole items. */
    if (array->strides && array->shape[i] > 1 &&
        (array->strides[i] & (item_size - 1)) != 0)
      aligned = false;
  }
  if (!arr_byte_size(array->ndim, array->shape, item_size, &bytes)) {
    describe(function, slot, what, sizeof what);
    return arr_fail(ARR_ESHAPE, function->location, "%s() %s is too big",
                    function->name, what);
  }
  if (!array->data && !empty) {
    describe(function, slot, what, sizeof what);
    return arr_fail(ARR_EVALUE, function->location, "%s() %s has no data",
                    function->name, what);
  }
  if (!aligned && !empty) {
    describe(function, slot, what, sizeof what);
    return arr_fail(ARR_EALIGN, function->location,
                    "%s() %s: address and strides must be multiples of the "
                    "item size (%" PRId64 " bytes); make a copy with .copy()",
                    function->name, what, item_size);
  }
  return ARR_OK;
}

static int32_t check_written(const arr_function *function, uint32_t slot,
                             const arr_array *array, void **slots,
                             uint32_t num_slots) {
  char what[256], other_what[256];
  if (array->flags & ARR_READONLY) {
    describe(function, slot, what, sizeof what);
    return arr_fail(
        ARR_EREADONLY, function->location,
        "%s() %s is read-only, but %s() writes into it; pass a copy",
        function->name, what, function->name);
  }
  if (arr_may_overlap_itself(array)) {
    describe(function, slot, what, sizeof what);
    return arr_fail(ARR_EOVERLAP, function->location,
                    "%s() %s is written, but several of its elements share "
                    "memory; pass a copy",
                    function->name, what);
  }
  for (uint32_t i = 0; i < num_slots; ++i) {
    const arr_array *other = i == slot ? NULL : given_array(function, slots, i);
    if (!other || !arr_may_overlap(array, other))
      continue;
    describe(function, slot, what, sizeof what);
    describe(function, i, other_what, sizeof other_what);
    return arr_fail(
        ARR_EOVERLAP, function->location,
        "%s() %s is written and overlaps %s; pass a copy of one of them",
        function->name, what, other_what);
  }
  return ARR_OK;
}

int32_t arr_check_arguments(const arr_function *function, void **slots) {
  uint32_t num_slots = function->num_params + function->num_results;
  int32_t status = ARR_OK;
  bool any_written = false;
  for (uint32_t i = 0; i < num_slots; ++i) {
    const arr_array *array = given_array(function, slots, i);
    if (!array)
      continue;
    if ((status = check_type(function, i, array)) ||
        (status = check_layout(function, i, array)))
      return status;
    any_written |= is_written(function, i);
  }
  for (uint32_t i = 0; any_written && i < num_slots; ++i) {
    const arr_array *array =
        is_written(function, i) ? given_array(function, slots, i) : NULL;
    if (array && (status = check_written(function, i, array, slots, num_slots)))
      return status;
  }
  return ARR_OK;
}

typedef struct call_context {
  const arr_function *function;
  void **slots;
} call_context;

static void run_entry(void *context) {
  call_context *call = context;
  call->function->entry(call->slots);
}

/* A view of a read-only argument is read-only itself. */
static void pass_on_readonly(const arr_function *function, void **slots,
                             arr_array *result) {
  for (uint32_t i = 0; i < function->num_params; ++i) {
    const arr_array *array = given_array(function, slots, i);
    if (array && (array->flags & ARR_READONLY) &&
        arr_may_overlap(array, result))
      result->flags |= ARR_READONLY;
  }
}

arr_status arr_call(const arr_function *function, void **slots) {
  arr_clear_error();
  int32_t status = arr_check_arguments(function, slots);
  if (status != ARR_OK)
    return (arr_status)status;
  for (uint32_t i = 0; i < function->num_results; ++i) {
    if (function->results[i].kind != ARR_KIND_ARRAY)
      continue;
    arr_array *result = slots[function->num_params + i];
    result->owner = NULL;
    result->release = NULL;
    if (!result->data) {
      result->dtype = function->results[i].dtype;
      result->ndim = function->results[i].ndim;
      result->flags = 0;
    }
  }
  call_context call = {function, slots};
  status = arr_run_guarded(run_entry, &call, ARR_SETTLE);
  for (uint32_t i = 0; i < function->num_results; ++i) {
    if (function->results[i].kind != ARR_KIND_ARRAY)
      continue;
    arr_array *result = slots[function->num_params + i];
    if (status == ARR_OK) {
      if (result->flags & ARR_VIEW)
        pass_on_readonly(function, slots, result);
    } else if (result->owner) {
      /* Returned before the failure: the frame has freed the memory. */
      result->owner = NULL;
      result->release = NULL;
      result->data = NULL;
      result->shape = NULL;
      result->strides = NULL;
    }
  }
  arr_flush_output();
  if (status != ARR_OK) {
    arr_error *error = &arr_thread_state_v1()->error;
    if (!error->location[0])
      arr_set_error(status, function->location, error->message);
  }
  return (arr_status)status;
}
