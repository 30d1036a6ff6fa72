/* results.c -- array results of an entry: handing a block, or a view of an
 * argument, to the caller. */
#include "core/internal.h"

#include <string.h>

/* Owner of a result: a block of its own that holds shape and strides. */
typedef struct result_owner {
  void *block; /* NULL: a view of an argument */
  int64_t
      extents[2 * ARR_MAX_RANK]; /* shape, then strides; as many as needed */
} result_owner;

static void release_result(arr_array *self) {
  result_owner *owner = self->owner;
  self->release = NULL;
  self->owner = NULL;
  self->data = NULL;
  self->shape = NULL;
  self->strides = NULL;
  arr_release(owner->block);
  arr_release(owner);
}

static void store_into(arr_array *slot, const void *data, int64_t rank,
                       const int64_t *shape, const int64_t *strides,
                       int64_t item_size) {
  int64_t out_strides[ARR_MAX_RANK];
  for (int64_t i = 0; i < rank; ++i) {
    if (slot->shape[i] != shape[i]) {
      char got[512], want[512];
      arr_format_shape(got, sizeof got, rank, slot->shape);
      arr_format_shape(want, sizeof want, rank, shape);
      arr_fail(ARR_ESHAPE, "", "out has shape %s, but the result has shape %s",
               got, want);
      arr_raise_recorded();
    }
  }
  if (slot->data == data)
    return; /* computed in place */
  if (slot->strides)
    memcpy(out_strides, slot->strides, (size_t)rank * sizeof *out_strides);
  else
    arr_c_strides(rank, shape, item_size, out_strides);
  arr_copy_strided(slot->data, out_strides, data, strides, rank, shape,
                   item_size);
}

void arr_return_array(arr_array *slot, void *block, void *data, int64_t rank,
                      const int64_t *shape, const int64_t *element_strides,
                      int64_t item_size) {
  int64_t strides[ARR_MAX_RANK];
  for (int64_t i = 0; i < rank; ++i)
    strides[i] = element_strides[i] * item_size;
  if (slot->data) {
    store_into(slot, data, rank, shape, strides, item_size);
    return;
  }
  int64_t size = (int64_t)(offsetof(result_owner, extents) +
                           2 * (size_t)rank * sizeof(int64_t));
  result_owner *owner = arr_alloc(1, &size, 1);
  owner->block = block;
  if (rank > 0) {
    memcpy(owner->extents, shape, (size_t)rank * sizeof(int64_t));
    memcpy(owner->extents + rank, strides, (size_t)rank * sizeof(int64_t));
  }
  arr_export_block(block);
  /* The owner's first reference becomes the result's. */
  arr_export_block(owner);
  arr_release(owner);
  slot->data = data;
  slot->shape = owner->extents;
  slot->strides = owner->extents + rank;
  slot->ndim = (int32_t)rank;
  slot->release = release_result;
  slot->owner = owner;
  slot->flags = block ? 0 : ARR_VIEW;
}
