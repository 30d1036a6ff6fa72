/* cli.h -- the pieces of the command line of executables and `arrc run`. */
#ifndef ARR_CLI_CLI_H
#define ARR_CLI_CLI_H

#include "io/npy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One value of the command line. */
typedef union cli_value {
  int64_t words[2]; /* a scalar of any dtype, or the text's address */
  double numbers[2];
} cli_value;

typedef struct cli_argument {
  const char *text; /* as given; NULL: not given */
  bool flag;        /* a bool given as --name or --no-name */
  bool flag_value;
  cli_value value;
  arr_array array;
  int64_t shape[ARR_MAX_RANK];
} cli_argument;

typedef struct cli_command {
  const char *program;
  const arr_function
      *function; /* all candidates have the same names and kinds */
  const arr_module *module;
  bool takes_output; /* -o is ours, not the function's */
  const char *output;
  bool help;
  cli_argument *arguments;
} cli_command;

/* cli/parse.c: false with a message recorded (ARR_EUSAGE). */
bool cli_parse(cli_command *command, int argc, char **argv);
/* Sets argument->value, of the parameter's dtype; false with a message
 * recorded. */
bool cli_convert(const arr_param *param, cli_argument *argument);

/* cli/help.c */
void cli_print_usage(FILE *file, const cli_command *command);
void cli_print_help(const cli_command *command);

#ifdef __cplusplus
}
#endif
#endif
