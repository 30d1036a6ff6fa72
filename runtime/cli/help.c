/* help.c -- usage and --help, made from the signature and the docstring. */
#include "cli/cli.h"

#include <string.h>

static bool is_option(const arr_param *param) {
  return (param->flags & ARR_PARAM_OPTIONAL) != 0;
}

static bool is_flag(const arr_param *param) {
  return param->kind == ARR_KIND_SCALAR && param->dtype.code == ARR_BOOL;
}

static void option_name(const arr_param *param, char *text, size_t size) {
  bool starts_true = is_flag(param) && *(const uint8_t *)param->default_value;
  snprintf(text, size, "--%s%s", starts_true ? "no-" : "", param->name);
  for (char *at = text; *at; ++at)
    if (*at == '_')
      *at = '-';
  if (!is_flag(param)) {
    size_t used = strlen(text);
    snprintf(text + used, size - used, " VALUE");
  }
}

void cli_print_usage(FILE *file, const cli_command *command) {
  const arr_function *function = command->function;
  fprintf(file, "usage: %s [options]", command->program);
  for (uint32_t i = 0; i < function->num_params; ++i)
    if (!is_option(&function->params[i]))
      fprintf(file, " %s", function->params[i].name);
  fputc('\n', file);
}

/* A docstring's lines without their common indentation. */
static void print_docstring(const char *doc) {
  size_t margin = SIZE_MAX;
  for (const char *line = strchr(doc, '\n'); line;
       line = strchr(line + 1, '\n')) {
    size_t indent = strspn(line + 1, " \t");
    char next = line[1 + indent];
    if (next && next != '\n' && indent < margin)
      margin = indent;
  }
  doc += strspn(doc, " \t\n");
  size_t length = strlen(doc);
  while (length > 0 && strchr(" \t\n", doc[length - 1]))
    --length;
  const char *end = doc + length;
  while (doc < end) {
    const char *newline = memchr(doc, '\n', (size_t)(end - doc));
    const char *stop = newline ? newline : end;
    printf("%.*s\n", (int)(stop - doc), doc);
    if (!newline)
      break;
    doc = newline + 1;
    for (size_t i = 0; i < margin && doc < end && (*doc == ' ' || *doc == '\t');
         ++i)
      ++doc;
  }
}

void cli_print_help(const cli_command *command) {
  const arr_function *function = command->function;
  const char *doc =
      function->doc && *function->doc ? function->doc : command->module->doc;
  char name[256];
  bool any = false;
  cli_print_usage(stdout, command);
  if (doc && *doc) {
    putchar('\n');
    print_docstring(doc);
  }
  for (uint32_t i = 0; i < function->num_params; ++i) {
    const arr_param *param = &function->params[i];
    if (is_option(param))
      continue;
    printf("%s  %-22s %s%s\n", any ? "" : "\narguments:\n", param->name,
           param->annotation,
           param->kind == ARR_KIND_ARRAY ? ", a .npy file" : "");
    any = true;
  }
  printf("\noptions:\n");
  for (uint32_t i = 0; i < function->num_params; ++i) {
    const arr_param *param = &function->params[i];
    if (!is_option(param))
      continue;
    option_name(param, name, sizeof name);
    printf("  %-22s %s (default: %s)\n", name, param->annotation,
           param->default_text ? param->default_text : "");
  }
  if (command->takes_output)
    printf("  %-22s %s\n", "-o, --output FILE",
           "save the result as .npy instead of printing it");
  printf("  %-22s %s\n", "-h, --help", "show this text");
}
