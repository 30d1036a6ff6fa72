/* module.h -- the metadata table that arrc emits into every compiled module.
 *
 * One table serves everybody who calls compiled functions without having seen
 * their source: the generated C wrappers, the Python glue, the command line of
 * executables and `arrc run FILE.arr:function`. All strings are UTF-8,
 * NUL-terminated. */
#ifndef ARR_MODULE_H
#define ARR_MODULE_H

#include "arr/arr.h"

#ifdef __cplusplus
extern "C" {
#endif

enum arr_kind {
  ARR_KIND_ARRAY = 0,  /* slot: arr_array *  */
  ARR_KIND_SCALAR = 1, /* slot: pointer to a value of `dtype` */
  ARR_KIND_STR = 2 /* slot: const char * (parameters of main only)           */
};

enum arr_param_flags {
  ARR_PARAM_WRITTEN = 1u, /* the function stores into this array */
  ARR_PARAM_OPTIONAL = 2u /* has a default value */
};

typedef struct arr_param {
  const char *name; /* results: "" or the name of a tuple member */
  uint8_t kind;  /* enum arr_kind                                             */
  uint8_t flags; /* enum arr_param_flags                                      */
  uint16_t ndim; /* 0 for scalars                                             */
  arr_dtype dtype;
  const char *const *dims; /* ndim texts as written: "n", "2 * n", "3", ":"   */
  const char *annotation;  /* as a user reads it: "f64[n, k]", "int"    */
  const char *default_text;  /* Python spelling of the default, or NULL  */
  const void *default_value; /* a value of `dtype` (char * for STR), or NULL */
} arr_param;

typedef struct arr_function {
  const char *name;   /* as in the source: several dtypes share one name   */
  const char *symbol; /* unique: "euclidean_f32" */
  const char *doc; /* docstring, or ""                                        */
  const char *location; /* "distance.arr:7:1" */
  uint32_t num_params;
  uint32_t num_results;
  const arr_param *params;
  const arr_param *results;
  /* How the results are put together: a point for each, in parentheses those of
   * a tuple. "." one value, "(.(..))" a value and a pair, "" none. */
  const char *structure;
  /* slots: num_params arguments, then num_results results. Array results are
   * arr_array structs to be filled in; with data != NULL on entry (out=) the
   * result is stored there. Reports failures by arr_raise*, so it must be
   * called through arr_call (or under arr_guard). */
  void (*entry)(void **slots);
} arr_function;

typedef struct arr_module {
  uint32_t abi_version; /* ARR_ABI_VERSION */
  uint32_t struct_size; /* sizeof(arr_module) */
  const char *name;
  const char *doc;
  const char *source; /* "distance.arr" */
  uint32_t num_functions;
  uint32_t reserved;
  const arr_function *functions;
} arr_module;

/* Checks the arguments against the table (rank, dtype, alignment, read-only,
 * overlap of written arguments), runs the function under a guard and frees what
 * it left behind. Returns ARR_OK, or a status with arr_last_error() set. */
ARR_API arr_status arr_call(const arr_function *function, void **slots);

/* The same for a call from Fortran: the slots of arrays are the compiler's array
 * descriptors (ISO_Fortran_binding.h), of 0-d arrays the element's address; array
 * results are stored into the caller's arrays. */
ARR_API arr_status arr_call_fortran(const arr_function *function, void **slots);

/* The main program of an executable: parses argv by the signature of the
 * function `main`, loads .npy arguments, calls it, prints errors. Returns the
 * exit status (0, 1, or 2 for wrong usage). */
int arr_main(const arr_module *module, int argc, char **argv);

/* `arrc run FILE.arr:function ARGS [-o OUT]`: the same for any exported
 * function; results are saved to -o (several: name-0.npy, ...) or printed. */
int arr_run_function(const arr_module *module, const char *name, int argc,
                     char **argv);

#ifdef __cplusplus
}
#endif
#endif
