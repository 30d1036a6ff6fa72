/* main.c -- the main program of executables, and `arrc run FILE.arr:function`:
 * parse, load, choose the instance that fits, call, print or save the results.
 */
#define _GNU_SOURCE
#include "cli/cli.h"
#include "io/text.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

static int report(const cli_command *command, int32_t status) {
  const char *location = arr_last_error_location();
  fflush(stdout);
  if (status == ARR_EUSAGE)
    cli_print_usage(stderr, command);
  fprintf(stderr, "%s: error: %s\n", location[0] ? location : command->program,
          arr_last_error_message());
  return status == ARR_EUSAGE ? EXIT_USAGE : EXIT_FAILED;
}

/* ---- Arguments. */

static int32_t load_arrays(cli_command *command) {
  for (uint32_t i = 0; i < command->function->num_params; ++i) {
    cli_argument *argument = &command->arguments[i];
    npy_file file;
    if (command->function->params[i].kind != ARR_KIND_ARRAY)
      continue;
    int32_t status = npy_open(argument->text, "", &file);
    if (status != ARR_OK)
      return status;
    const npy_header *header = &file.header;
    int64_t bytes = 0;
    arr_byte_size(header->rank, header->shape, arr_dtype_size(header->dtype),
                  &bytes);
    memcpy(argument->shape, header->shape, sizeof argument->shape);
    argument->array = (arr_array){.data = arr_try_alloc(bytes),
                                  .shape = argument->shape,
                                  .ndim = header->rank,
                                  .dtype = header->dtype};
    if (argument->array.data)
      status = npy_read_data(&file, argument->array.data, "");
    else
      status = arr_fail(ARR_ENOMEM, "", "out of memory while reading '%s'",
                        argument->text);
    npy_close(&file);
    if (status != ARR_OK)
      return status;
  }
  return ARR_OK;
}

/* Several dtypes share one name: the instance whose array dtypes are those of
 * the files; the first one if none fits, whose checks then say what is wrong.
 */
static const arr_function *choose_instance(const cli_command *command) {
  const arr_module *module = command->module;
  for (uint32_t f = 0; f < module->num_functions; ++f) {
    const arr_function *candidate = &module->functions[f];
    if (strcmp(candidate->name, command->function->name) ||
        candidate->num_params != command->function->num_params)
      continue;
    bool fits = true;
    for (uint32_t i = 0; i < candidate->num_params && fits; ++i)
      fits = candidate->params[i].kind != ARR_KIND_ARRAY ||
             (arr_dtype_equal(candidate->params[i].dtype,
                              command->arguments[i].array.dtype) &&
              candidate->params[i].ndim == command->arguments[i].array.ndim);
    if (fits)
      return candidate;
  }
  return command->function;
}

/* ---- Results. */

static arr_array scalar_as_array(const arr_param *result, void *value) {
  return (arr_array){.data = value, .dtype = result->dtype};
}

/* "out.npy" for one result, "out-0.npy", "out-1.npy", ... for several. */
static int32_t save_result(const cli_command *command, uint32_t count,
                           uint32_t index, const arr_array *array) {
  const char *output = command->output;
  if (count == 1)
    return npy_write(output, array, "");
  char path[PATH_MAX];
  size_t length = strlen(output);
  bool has_suffix = length > 4 && !strcmp(output + length - 4, ".npy");
  if (length + 16 > sizeof path)
    return arr_fail(ARR_EIO, "", "the output's name is too long");
  snprintf(path, sizeof path, "%.*s-%u.npy",
           (int)(has_suffix ? length - 4 : length), output, index);
  return npy_write(path, array, "");
}

static int32_t deliver(const cli_command *command, const arr_function *function,
                       void **slots) {
  for (uint32_t i = 0; i < function->num_results; ++i) {
    const arr_param *result = &function->results[i];
    void *slot = slots[function->num_params + i];
    arr_array array = result->kind == ARR_KIND_ARRAY
                          ? *(arr_array *)slot
                          : scalar_as_array(result, slot);
    if (command->output) {
      int32_t status = save_result(command, function->num_results, i, &array);
      if (status != ARR_OK)
        return status;
    } else {
      arr_write_array(stdout, &array);
      putchar('\n');
    }
  }
  return ARR_OK;
}

typedef struct cli_result {
  arr_array array;
  cli_value value;
} cli_result;

static int32_t call_and_deliver(cli_command *command) {
  const arr_function *function = choose_instance(command);
  uint32_t num_params = function->num_params,
           num_results = function->num_results;
  void **slots = calloc(num_params + num_results + 1, sizeof *slots);
  cli_result *results = calloc(num_results + 1, sizeof *results);
  int32_t status = ARR_OK;
  if (!slots || !results)
    status = arr_fail(ARR_ENOMEM, "", "out of memory");
  for (uint32_t i = 0; i < num_params && status == ARR_OK; ++i) {
    cli_argument *argument = &command->arguments[i];
    const arr_param *param = &function->params[i];
    if (param->kind == ARR_KIND_ARRAY)
      slots[i] = &argument->array;
    else if (!argument->text && !argument->flag)
      slots[i] = (void *)param->default_value;
    else if (param->kind == ARR_KIND_STR)
      slots[i] = (void *)argument->text;
    else if (cli_convert(param,
                         argument)) /* again: the instance's dtype may differ */
      slots[i] = &argument->value;
    else
      status = ARR_EUSAGE;
  }
  for (uint32_t i = 0; i < num_results && status == ARR_OK; ++i)
    slots[num_params + i] = function->results[i].kind == ARR_KIND_ARRAY
                                ? (void *)&results[i].array
                                : (void *)&results[i].value;
  if (status == ARR_OK)
    status = arr_call(function, slots);
  if (status == ARR_OK)
    status = deliver(command, function, slots);
  for (uint32_t i = 0; results && i < num_results; ++i)
    if (results[i].array.release)
      results[i].array.release(&results[i].array);
  free(results);
  free(slots);
  return status;
}

static int run_command(cli_command *command, int argc, char **argv) {
  int32_t status = ARR_OK;
  command->arguments =
      calloc(command->function->num_params + 1, sizeof *command->arguments);
  if (!command->arguments) {
    status = arr_fail(ARR_ENOMEM, "", "out of memory");
  } else if (!cli_parse(command, argc, argv)) {
    status = ARR_EUSAGE;
  } else if (command->help) {
    cli_print_help(command);
  } else {
    status = load_arrays(command);
    if (status == ARR_OK)
      status = call_and_deliver(command);
  }
  for (uint32_t i = 0; command->arguments && i < command->function->num_params;
       ++i)
    arr_release(command->arguments[i].array.data);
  int exit_status = status == ARR_OK ? EXIT_DONE : report(command, status);
  free(command->arguments);
  /* Output that cannot be written (a full disk) must not look like success. */
  errno = 0;
  if (fflush(stdout) != 0 && exit_status == EXIT_DONE) {
    fprintf(stderr, "%s: error: cannot write standard output: %s\n",
            command->program, strerror(errno));
    exit_status = EXIT_FAILED;
  }
  return exit_status;
}

static const arr_function *find_function(const arr_module *module,
                                         const char *name) {
  for (uint32_t i = 0; i < module->num_functions; ++i)
    if (!strcmp(module->functions[i].name, name))
      return &module->functions[i];
  return NULL;
}

static const char *base_name(const char *path) {
  const char *slash = path ? strrchr(path, '/') : NULL;
  return slash ? slash + 1 : path ? path : "arr";
}

static int start(const arr_module *module, const char *name, bool takes_output,
                 int argc, char **argv) {
  const char *program = base_name(argc > 0 ? argv[0] : module->name);
  if (module->abi_version != ARR_ABI_VERSION ||
      module->struct_size != sizeof(arr_module)) {
    fprintf(stderr,
            "%s: error: the module and the runtime do not belong together\n",
            program);
    return EXIT_FAILED;
  }
  cli_command command = {.program = program,
                         .module = module,
                         .function = find_function(module, name),
                         .takes_output = takes_output};
  if (!command.function) {
    char text[200];
    fprintf(stderr, "%s: error: no function `%s` is exported\n", module->source,
            arr_printable_path(name, text, sizeof text));
    return EXIT_USAGE;
  }
  return run_command(&command, argc, argv);
}

int arr_main(const arr_module *module, int argc, char **argv) {
  return start(module, "main", false, argc, argv);
}

int arr_run_function(const arr_module *module, const char *name, int argc,
                     char **argv) {
  return start(module, name, true, argc, argv);
}
