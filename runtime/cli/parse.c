/* parse.c -- argv by a function's signature: arrays, and scalars without a
 * default, are positional; parameters with a default are --options. */
#include "cli/cli.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool fail_usage(const char *format, const char *a, const char *b) {
  char first[200], second[200];
  arr_fail(ARR_EUSAGE, "", format, arr_printable_path(a, first, sizeof first),
           arr_printable_path(b, second, sizeof second));
  return false;
}

/* ---- Scalars. */

static bool parse_bool(const char *text, uint8_t *value) {
  bool yes =
      !strcmp(text, "True") || !strcmp(text, "true") || !strcmp(text, "1");
  bool no =
      !strcmp(text, "False") || !strcmp(text, "false") || !strcmp(text, "0");
  *value = yes;
  return yes || no;
}

/* Decimal, or with 0x, 0o, 0b as in Python; the magnitude and the sign. */
static bool parse_integer(const char *text, bool *negative,
                          uint64_t *magnitude) {
  *negative = *text == '-';
  if (*text == '-' || *text == '+')
    ++text;
  int base = 10;
  if (text[0] == '0' && text[1] != 0) {
    char prefix = text[1] | 0x20;
    base = prefix == 'x' ? 16 : prefix == 'o' ? 8 : prefix == 'b' ? 2 : 10;
    if (base != 10)
      text += 2;
  }
  *magnitude = 0;
  bool digit_before = false;
  for (; *text; ++text) {
    if (*text == '_' && digit_before) {
      digit_before = false;
      continue;
    }
    char c = *text | 0x20;
    int digit = *text >= '0' && *text <= '9' ? *text - '0'
                : c >= 'a' && c <= 'f'       ? c - 'a' + 10
                                             : 99;
    if (digit >= base ||
        __builtin_mul_overflow(*magnitude, (uint64_t)base, magnitude) ||
        __builtin_add_overflow(*magnitude, (uint64_t)digit, magnitude))
      return false;
    digit_before = true;
  }
  return digit_before;
}

static bool store_integer(arr_dtype dtype, bool negative, uint64_t magnitude,
                          void *value) {
  if (dtype.code == ARR_UINT) {
    if ((negative && magnitude) || (dtype.bits < 64 && magnitude >> dtype.bits))
      return false;
  } else {
    uint64_t limit = (uint64_t)1 << (dtype.bits - 1);
    if (magnitude > limit || (magnitude == limit && !negative))
      return false;
  }
  uint64_t word = negative ? 0 - magnitude : magnitude;
  switch (dtype.bits) {
  case 8:
    *(uint8_t *)value = (uint8_t)word;
    break;
  case 16:
    *(uint16_t *)value = (uint16_t)word;
    break;
  case 32:
    *(uint32_t *)value = (uint32_t)word;
    break;
  default:
    *(uint64_t *)value = word;
  }
  return true;
}

/* Python's float(): decimal notation, inf, nan; no hexadecimal. */
static bool parse_float(const char *text, char **end, double *value) {
  const char *digits = *text == '-' || *text == '+' ? text + 1 : text;
  if (*digits == ' ' || (digits[0] == '0' && (digits[1] | 0x20) == 'x'))
    return false;
  *value = strtod(text, end);
  return *end != text;
}

static void store_float(double value, int bits, void *to, int part) {
  if (bits == 32)
    ((float *)to)[part] = (float)value;
  else
    ((double *)to)[part] = value;
}

/* "1+2j", "2j", "1", also in parentheses. */
static bool parse_complex(const char *text, int bits, void *value) {
  char copy[128], *end = NULL;
  size_t length = strlen(text);
  if (length >= 2 && text[0] == '(' && text[length - 1] == ')') {
    ++text;
    length -= 2;
  }
  if (length == 0 || length >= sizeof copy)
    return false;
  memcpy(copy, text, length);
  copy[length] = 0;
  double first = 0, second = 0;
  if (!parse_float(copy, &end, &first))
    return false;
  if (*end == 'j' && end[1] == 0) {
    second = first;
    first = 0;
  } else if (*end) {
    char *rest = end;
    if ((*rest != '+' && *rest != '-') || !parse_float(rest, &end, &second) ||
        *end != 'j' || end[1] != 0)
      return false;
  }
  store_float(first, bits, value, 0);
  store_float(second, bits, value, 1);
  return true;
}

static bool parse_scalar(const arr_param *param, const char *text,
                         void *value) {
  bool negative;
  uint64_t magnitude;
  double number;
  char *end;
  switch (param->dtype.code) {
  case ARR_BOOL:
    return parse_bool(text, value);
  case ARR_INT:
  case ARR_UINT:
    return parse_integer(text, &negative, &magnitude) &&
           store_integer(param->dtype, negative, magnitude, value);
  case ARR_FLOAT:
    if (!parse_float(text, &end, &number) || *end)
      return false;
    store_float(param->dtype.bits == 32 ? (double)strtof(text, NULL) : number,
                param->dtype.bits, value, 0);
    return true;
  default:
    return parse_complex(text, param->dtype.bits / 2, value);
  }
}

/* ---- Options. */

static bool is_option_param(const arr_param *param) {
  return (param->flags & ARR_PARAM_OPTIONAL) != 0;
}

/* "-5", "-.5", "-inf" are values, not options. */
static bool looks_like_number(const char *text) {
  char *end;
  double number;
  return parse_float(text, &end, &number);
}

/* --max-iter and --max_iter both mean max_iter. */
static bool names_match(const char *given, size_t length, const char *name) {
  if (strlen(name) != length)
    return false;
  for (size_t i = 0; i < length; ++i)
    if (given[i] != name[i] && !(given[i] == '-' && name[i] == '_'))
      return false;
  return true;
}

static cli_argument *find_option(const cli_command *command, const char *name,
                                 size_t length, const arr_param **param) {
  for (uint32_t i = 0; i < command->function->num_params; ++i) {
    *param = &command->function->params[i];
    if (is_option_param(*param) && names_match(name, length, (*param)->name))
      return &command->arguments[i];
  }
  return NULL;
}

/* Handles argv[*at], which starts with "--" and more. */
static bool parse_long_option(cli_command *command, int argc, char **argv,
                              int *at) {
  const char *name = argv[*at] + 2, *equals = strchr(name, '=');
  size_t length = equals ? (size_t)(equals - name) : strlen(name);
  const arr_param *param;
  cli_argument *argument = find_option(command, name, length, &param);
  if (argument && param->kind == ARR_KIND_SCALAR &&
      param->dtype.code == ARR_BOOL && !equals) {
    argument->flag = argument->flag_value = true;
    argument->text = NULL;
    return true;
  }
  if (!argument && !equals && length > 3 && !strncmp(name, "no-", 3)) {
    argument = find_option(command, name + 3, length - 3, &param);
    if (argument && param->kind == ARR_KIND_SCALAR &&
        param->dtype.code == ARR_BOOL) {
      argument->flag = true;
      argument->flag_value = false;
      argument->text = NULL;
      return true;
    }
    argument = NULL;
  }
  const char **target = NULL;
  if (argument)
    target = &argument->text;
  else if (command->takes_output && length == 6 && !strncmp(name, "output", 6))
    target = &command->output;
  if (!target)
    return fail_usage("unknown option '%s'", argv[*at], "");
  if (argument)
    argument->flag = false;
  if (equals) {
    *target = equals + 1;
    return true;
  }
  if (*at + 1 >= argc)
    return fail_usage("option '%s' needs a value", argv[*at], "");
  *target = argv[++*at];
  return true;
}

static bool take_positional(cli_command *command, const char *text,
                            uint32_t *next) {
  const arr_function *function = command->function;
  while (*next < function->num_params &&
         is_option_param(&function->params[*next]))
    ++*next;
  if (*next == function->num_params)
    return fail_usage("unexpected argument '%s'", text, "");
  command->arguments[(*next)++].text = text;
  return true;
}

bool cli_convert(const arr_param *param, cli_argument *argument) {
  char text[200];
  if (argument->flag) {
    *(uint8_t *)&argument->value = argument->flag_value;
    return true;
  }
  if (parse_scalar(param, argument->text, &argument->value))
    return true;
  arr_fail(ARR_EUSAGE, "", "argument '%s': '%s' is not a value of %s",
           param->name, arr_printable_path(argument->text, text, sizeof text),
           param->annotation);
  return false;
}

static bool check_values(cli_command *command) {
  for (uint32_t i = 0; i < command->function->num_params; ++i) {
    const arr_param *param = &command->function->params[i];
    cli_argument *argument = &command->arguments[i];
    if (!argument->text && !is_option_param(param))
      return fail_usage("argument '%s' (%s) is missing", param->name,
                        param->annotation);
    if (param->kind == ARR_KIND_SCALAR && argument->text &&
        !cli_convert(param, argument))
      return false;
  }
  return true;
}

bool cli_parse(cli_command *command, int argc, char **argv) {
  uint32_t next = 0;
  bool options_end = false;
  for (int i = 1; i < argc; ++i) {
    const char *text = argv[i];
    if (options_end || text[0] != '-' || text[1] == 0 ||
        looks_like_number(text)) {
      if (!take_positional(command, text, &next))
        return false;
    } else if (!strcmp(text, "--")) {
      options_end = true;
    } else if (!strcmp(text, "-h") || !strcmp(text, "--help")) {
      command->help = true;
      return true;
    } else if (command->takes_output && !strcmp(text, "-o")) {
      if (i + 1 >= argc)
        return fail_usage("option '-o' needs a value", "", "");
      command->output = argv[++i];
    } else if (text[1] == '-') {
      if (!parse_long_option(command, argc, argv, &i))
        return false;
    } else {
      return fail_usage("unknown option '%s'", text, "");
    }
  }
  return check_values(command);
}
