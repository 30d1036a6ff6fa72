/* dtype.c -- sizes and names of the element types. */
#include "core/internal.h"

typedef struct dtype_entry {
  uint8_t code, bits;
  const char *name, *numpy_name;
} dtype_entry;

static const dtype_entry table[] = {
    {ARR_BOOL, 8, "bool", "bool"},
    {ARR_INT, 8, "i8", "int8"},
    {ARR_INT, 16, "i16", "int16"},
    {ARR_INT, 32, "i32", "int32"},
    {ARR_INT, 64, "i64", "int64"},
    {ARR_UINT, 8, "u8", "uint8"},
    {ARR_UINT, 16, "u16", "uint16"},
    {ARR_UINT, 32, "u32", "uint32"},
    {ARR_UINT, 64, "u64", "uint64"},
    {ARR_FLOAT, 32, "f32", "float32"},
    {ARR_FLOAT, 64, "f64", "float64"},
    {ARR_COMPLEX, 64, "c64", "complex64"},
    {ARR_COMPLEX, 128, "c128", "complex128"},
};

static const dtype_entry *find(arr_dtype dtype) {
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
    if (table[i].code == dtype.code && table[i].bits == dtype.bits &&
        dtype.lanes == 1)
      return &table[i];
  return NULL;
}

int64_t arr_dtype_size(arr_dtype dtype) { return dtype.bits / 8; }

bool arr_dtype_equal(arr_dtype a, arr_dtype b) {
  return a.code == b.code && a.bits == b.bits && a.lanes == b.lanes;
}

const char *arr_dtype_name(arr_dtype dtype) {
  const dtype_entry *entry = find(dtype);
  return entry ? entry->name : "an unknown dtype";
}

const char *arr_dtype_numpy_name(arr_dtype dtype) {
  const dtype_entry *entry = find(dtype);
  return entry ? entry->numpy_name : "unknown dtype";
}
