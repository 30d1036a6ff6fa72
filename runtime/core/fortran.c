/* fortran.c -- arguments that come from Fortran.
 *
 * A Fortran compiler passes an assumed-shape array to a bind(C) procedure as a
 * descriptor (CFI_cdesc_t of ISO_Fortran_binding.h). Its beginning and its dims
 * are the same for all compilers that implement the standard's layout of
 * Fortran 2018; type and attribute codes are not, and are not needed: the
 * interface in the generated module has said the type. Nothing is copied. */
#include "core/internal.h"

#include <string.h>

typedef struct fortran_dim {
  int64_t lower_bound, extent, stride; /* the stride in bytes, any sign */
} fortran_dim;

typedef struct fortran_descriptor {
  void *base;
  size_t item_size;
  int version;
  int8_t rank, attribute;
  int16_t type;
  fortran_dim dims[];
} fortran_descriptor;

typedef struct fortran_array {
  arr_array array;
  int64_t shape[ARR_MAX_RANK], strides[ARR_MAX_RANK];
} fortran_array;

static arr_status describe_array(const arr_function *function,
                                 const arr_param *param, void *argument,
                                 fortran_array *to) {
  memset(&to->array, 0, sizeof to->array);
  to->array.dtype = param->dtype;
  to->array.ndim = param->ndim;
  to->array.shape = to->shape;
  to->array.strides = to->strides;
  if (param->ndim == 0) { /* no descriptor: the element's address */
    to->array.data = argument;
    return ARR_OK;
  }
  const fortran_descriptor *from = argument;
  if (from->rank != (int)param->ndim ||
      from->item_size != (size_t)arr_dtype_size(param->dtype))
    return arr_fail(ARR_EABI, function->location,
                    "%s(): the Fortran compiler passes array descriptors in a "
                    "layout that is not known",
                    function->name);
  to->array.data = from->base;
  for (int axis = 0; axis < from->rank; ++axis) {
    to->shape[axis] = from->dims[axis].extent;
    to->strides[axis] = from->dims[axis].stride;
  }
  return ARR_OK;
}

arr_status arr_call_fortran(const arr_function *function, void **slots) {
  arr_clear_error();
  uint32_t num_slots = function->num_params + function->num_results;
  /* Results of size 0 need an address too: NULL would mean "allocate". */
  static char nothing;
  fortran_array arrays[num_slots ? num_slots : 1];
  void *converted[num_slots ? num_slots : 1];
  for (uint32_t i = 0; i < num_slots; ++i) {
    bool is_result = i >= function->num_params;
    const arr_param *param =
        is_result ? &function->results[i - function->num_params]
                  : &function->params[i];
    converted[i] = slots[i];
    if (param->kind != ARR_KIND_ARRAY)
      continue;
    arr_status status = describe_array(function, param, slots[i], &arrays[i]);
    if (status != ARR_OK)
      return status;
    if (is_result && !arrays[i].array.data)
      arrays[i].array.data = &nothing;
    converted[i] = &arrays[i].array;
  }
  return arr_call(function, converted);
}
