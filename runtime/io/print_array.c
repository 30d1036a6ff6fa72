/* print_array.c -- str(array) exactly as NumPy 2 writes it with its default
 * options: more than 1000 elements are summarised by three at each edge, lines
 * end at 75 columns, floats show at most 8 digits. The functions follow
 * numpy/_core/arrayprint.py, whose names they keep where that helps comparing.
 */
#include "io/text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { THRESHOLD = 1000, EDGE_ITEMS = 3, LINE_WIDTH = 75, PRECISION = 8 };

/* How the numbers of one array (or the parts of its complex numbers) look. */
typedef struct float_format {
  int bits;
  bool plus; /* a sign always */
  bool exponential;
  int pad_left, pad_right;
  int precision;     /* exponential: digits after the point */
  int exponent_size; /* exponential: digits of the exponent */
} float_format;

typedef struct printer {
  FILE *file;
  const arr_array *array;
  const int64_t *strides;
  bool summarise;
  int width; /* of integers */
  float_format real, imag;
} printer;

/* ---- Walking the elements that will be shown. */

static bool is_hidden(const printer *printer, int64_t extent, int64_t i) {
  return printer->summarise && extent > 2 * EDGE_ITEMS && i >= EDGE_ITEMS &&
         i < extent - EDGE_ITEMS;
}

/* Position after i among the shown ones. */
static int64_t next_shown(const printer *printer, int64_t extent, int64_t i) {
  return is_hidden(printer, extent, i + 1) ? extent - EDGE_ITEMS : i + 1;
}

static void for_each_shown(const printer *printer, int32_t axis,
                           const char *data,
                           void (*visit)(const void *element, void *context),
                           void *context) {
  if (axis == printer->array->ndim) {
    visit(data, context);
    return;
  }
  int64_t extent = printer->array->shape[axis];
  for (int64_t i = 0; i < extent; i = next_shown(printer, extent, i))
    for_each_shown(printer, axis + 1, data + i * printer->strides[axis], visit,
                   context);
}

/* ---- Integers. */

static int integer_text(const void *element, arr_dtype dtype, char *text) {
#define FORMAT(TYPE, LETTER)                                                   \
  return sprintf(text, "%" LETTER, *(const TYPE *)element)
  bool is_signed = dtype.code == ARR_INT;
  switch (dtype.bits) {
  case 8:
    if (is_signed)
      FORMAT(int8_t, PRId8);
    FORMAT(uint8_t, PRIu8);
  case 16:
    if (is_signed)
      FORMAT(int16_t, PRId16);
    FORMAT(uint16_t, PRIu16);
  case 32:
    if (is_signed)
      FORMAT(int32_t, PRId32);
    FORMAT(uint32_t, PRIu32);
  default:
    if (is_signed)
      FORMAT(int64_t, PRId64);
    FORMAT(uint64_t, PRIu64);
  }
#undef FORMAT
}

static void widen(const void *element, void *context) {
  printer *printer = context;
  char text[32];
  int length = integer_text(element, printer->array->dtype, text);
  if (length > printer->width)
    printer->width = length;
}

/* ---- Floats. */

static double part_at(const void *element, int bits, int part) {
  return bits == 32 ? (double)((const float *)element)[part]
                    : ((const double *)element)[part];
}

typedef struct float_survey {
  float_format *format;
  int part;                 /* of a complex number; 0 for floats */
  double smallest, largest; /* magnitudes of finite non-zero values */
  bool any_finite, any_special, negative_infinity;
  int int_size, fraction_size, exponent_size;
} float_survey;

static void survey_range(const void *element, void *context) {
  float_survey *survey = context;
  double value = part_at(element, survey->format->bits, survey->part);
  if (!isfinite(value)) {
    survey->any_special = true;
    survey->negative_infinity |= isinf(value) && value < 0;
    return;
  }
  survey->any_finite = true;
  double magnitude = fabs(value);
  if (magnitude == 0)
    return;
  if (survey->largest == 0 || magnitude > survey->largest)
    survey->largest = magnitude;
  if (survey->smallest == 0 || magnitude < survey->smallest)
    survey->smallest = magnitude;
}

static void grow(int *size, ptrdiff_t length) {
  if (length > *size)
    *size = (int)length;
}

static void survey_digits(const void *element, void *context) {
  float_survey *survey = context;
  float_format *format = survey->format;
  char text[ARR_NUMBER_SIZE];
  double value = part_at(element, format->bits, survey->part);
  if (!isfinite(value))
    return;
  if (format->exponential)
    arr_scientific_text(value, format->bits, PRECISION, text);
  else
    arr_positional_text(value, format->bits, PRECISION, text);
  const char *point = strchr(text, '.'), *exponent = strchr(text, 'e');
  const char *end = exponent ? exponent : text + strlen(text);
  grow(&survey->int_size, point - text + (format->plus && text[0] != '-'));
  grow(&survey->fraction_size, end - point - 1);
  if (exponent)
    grow(&survey->exponent_size,
         (ptrdiff_t)strlen(exponent) - 2); /* without e and sign */
}

static bool needs_exponent(const float_survey *survey) {
  if (survey->largest == 0)
    return false;
  /* NumPy computes in the array's own dtype. */
  if (survey->format->bits == 32)
    return survey->largest >= 1e6 || (float)survey->smallest < 1e-4f ||
           (float)survey->largest / (float)survey->smallest > 1000.f;
  return survey->largest >= 1e8 || survey->smallest < 1e-4 ||
         survey->largest / survey->smallest > 1000.;
}

static void choose_float_format(const printer *printer, int part,
                                float_format *format) {
  float_survey survey = {.format = format, .part = part};
  for_each_shown(printer, 0, printer->array->data, survey_range, &survey);
  format->exponential = needs_exponent(&survey);
  for_each_shown(printer, 0, printer->array->data, survey_digits, &survey);
  format->pad_left = survey.int_size;
  format->pad_right = survey.fraction_size;
  if (format->exponential) {
    format->precision = survey.fraction_size;
    format->exponent_size = survey.exponent_size;
    format->pad_right = survey.exponent_size + 2 + survey.fraction_size;
  }
  if (survey.any_special) {
    int offset = format->pad_right + 1;
    grow(&format->pad_left, 3 - offset);
    grow(&format->pad_left,
         3 + (format->plus || survey.negative_infinity) - offset);
  }
}

/* One number, padded on both sides. */
static void format_float(const float_format *format, double value, char *text) {
  char digits[ARR_NUMBER_SIZE];
  const char *sign = signbit(value) ? "" : format->plus ? "+" : "";
  if (!isfinite(value)) {
    if (isnan(value))
      snprintf(digits, sizeof digits, "%snan", format->plus ? "+" : "");
    else
      snprintf(digits, sizeof digits, "%s%s", sign, value < 0 ? "-inf" : "inf");
    sprintf(text, "%*s", format->pad_left + format->pad_right + 1, digits);
    return;
  }
  if (format->exponential) {
    snprintf(digits, sizeof digits, "%.*e", format->precision, value);
    char *mark = strchr(digits, 'e');
    char *comma = memchr(digits, ',', (size_t)(mark - digits)); /* a locale's */
    if (comma)
      *comma = '.';
    int exponent_length = (int)strlen(mark + 2),
        int_length = (digits[0] == '-' || *sign ? 2 : 1);
    int zeros = format->exponent_size > exponent_length
                    ? format->exponent_size - exponent_length
                    : 0;
    int indent =
        format->pad_left > int_length ? format->pad_left - int_length : 0;
    sprintf(text, "%*s%s%.*s%s%.2s%.*s%s", indent, "", sign,
            (int)(mark - digits), digits, format->precision == 0 ? "." : "",
            mark, zeros, "000", mark + 2);
    return;
  }
  arr_positional_text(value, format->bits, PRECISION, digits);
  const char *point = strchr(digits, '.');
  int int_length = (int)(point - digits) + (int)strlen(sign),
      fraction = (int)strlen(point + 1);
  int indent =
      format->pad_left > int_length ? format->pad_left - int_length : 0;
  int fill = format->pad_right > fraction ? format->pad_right - fraction : 0;
  sprintf(text, "%*s%s%s%*s", indent, "", sign, digits, fill, "");
}

/* ---- Elements. */

static void choose_format(printer *printer) {
  const arr_array *array = printer->array;
  int part_bits = array->dtype.code == ARR_COMPLEX ? array->dtype.bits / 2
                                                   : array->dtype.bits;
  switch (array->dtype.code) {
  case ARR_INT:
  case ARR_UINT:
    for_each_shown(printer, 0, array->data, widen, printer);
    break;
  case ARR_COMPLEX:
    printer->imag = (float_format){.bits = part_bits, .plus = true};
    choose_float_format(printer, 1, &printer->imag);
    /* fall through */
  case ARR_FLOAT:
    printer->real = (float_format){.bits = part_bits};
    choose_float_format(printer, 0, &printer->real);
    break;
  default:
    break;
  }
}

enum { WORD_SIZE = 2 * ARR_NUMBER_SIZE + 64 };

static void format_element(const printer *printer, const void *element,
                           char *word) {
  char text[ARR_NUMBER_SIZE];
  arr_dtype dtype = printer->array->dtype;
  switch (dtype.code) {
  case ARR_BOOL:
    strcpy(word, *(const uint8_t *)element ? " True" : "False");
    break;
  case ARR_FLOAT:
    format_float(&printer->real, part_at(element, dtype.bits, 0), word);
    break;
  case ARR_COMPLEX: {
    format_float(&printer->real, part_at(element, dtype.bits / 2, 0), word);
    format_float(&printer->imag, part_at(element, dtype.bits / 2, 1), text);
    size_t length = strlen(text); /* the j comes before the padding */
    while (length > 0 && text[length - 1] == ' ')
      --length;
    sprintf(word + strlen(word), "%.*sj%s", (int)length, text, text + length);
    break;
  }
  default:
    integer_text(element, dtype, text);
    sprintf(word, "%*s", printer->width, text);
  }
}

static void scalar_text(const arr_array *array, char *text) {
  int bits = array->dtype.bits;
  switch (array->dtype.code) {
  case ARR_BOOL:
    strcpy(text, *(const uint8_t *)array->data ? "True" : "False");
    break;
  case ARR_FLOAT:
    arr_float_text(part_at(array->data, bits, 0), bits, text);
    break;
  case ARR_COMPLEX:
    arr_complex_text(part_at(array->data, bits / 2, 0),
                     part_at(array->data, bits / 2, 1), bits, text);
    break;
  default:
    integer_text(array->data, array->dtype, text);
  }
}

/* ---- Lines. */

/* One row. `column` is where the line stands; blanks before a line end are
 * never written because they are held back until the next word. */
typedef struct line {
  FILE *file;
  int indent, column, blanks;
} line;

static void extend_line(line *line, const char *word, int width) {
  int length = (int)strlen(word);
  if (line->column + line->blanks + length > width &&
      line->column + line->blanks > line->indent) {
    fprintf(line->file, "\n%*s", line->indent, "");
    line->column = line->indent;
    line->blanks = 0;
  }
  /* A word's own trailing blanks are dropped if the line ends after it. */
  int solid = length;
  while (solid > 0 && word[solid - 1] == ' ')
    --solid;
  fprintf(line->file, "%*s%.*s", line->blanks, "", solid, word);
  line->column += line->blanks + solid;
  line->blanks = length - solid;
}

static void write_row(const printer *printer, const char *data, int32_t axis,
                      int width) {
  char word[WORD_SIZE];
  int64_t extent = printer->array->shape[axis], stride = printer->strides[axis];
  line line = {printer->file, axis + 1, axis + 1, 0};
  fputc('[', printer->file);
  for (int64_t i = 0; i < extent; i = next_shown(printer, extent, i)) {
    format_element(printer, data + i * stride, word);
    extend_line(&line, word, width);
    if (i + 1 < extent) {
      ++line.blanks;
      if (is_hidden(printer, extent, i + 1)) {
        extend_line(&line, "...", width);
        ++line.blanks;
      }
    }
  }
  fprintf(printer->file, "%*s]", line.blanks, "");
}

static void write_axis(const printer *printer, const char *data, int32_t axis,
                       int width) {
  const arr_array *array = printer->array;
  /* Room for the closing bracket of each level. */
  int axes_left = array->ndim - axis;
  if (axes_left == 1) {
    write_row(printer, data, axis, width - 1);
    return;
  }
  int64_t extent = array->shape[axis];
  fputc('[', printer->file);
  for (int64_t i = 0; i < extent; i = next_shown(printer, extent, i)) {
    if (i > 0)
      fprintf(printer->file, "%*s", axis + 1, "");
    write_axis(printer, data + i * printer->strides[axis], axis + 1, width - 1);
    if (i + 1 == extent)
      break;
    for (int newline = 1; newline < axes_left; ++newline)
      fputc('\n', printer->file);
    if (is_hidden(printer, extent, i + 1)) {
      fprintf(printer->file, "%*s...", axis + 1, "");
      for (int newline = 1; newline < axes_left; ++newline)
        fputc('\n', printer->file);
    }
  }
  fputc(']', printer->file);
}

void arr_write_array(FILE *file, const arr_array *array) {
  int64_t c_strides[ARR_MAX_RANK], size = 1;
  printer printer = {.file = file, .array = array, .strides = array->strides};
  if (!array->strides) {
    arr_c_strides(array->ndim, array->shape, arr_dtype_size(array->dtype),
                  c_strides);
    printer.strides = c_strides;
  }
  if (array->ndim == 0) {
    char text[WORD_SIZE];
    scalar_text(array, text);
    fputs(text, file);
    return;
  }
  for (int32_t i = 0; i < array->ndim; ++i) {
    if (array->shape[i] == 0) {
      fputs("[]", file);
      return;
    }
    if (size <= THRESHOLD) /* the product itself may overflow */
      size =
          array->shape[i] > THRESHOLD ? THRESHOLD + 1 : size * array->shape[i];
  }
  printer.summarise = size > THRESHOLD;
  choose_format(&printer);
  write_axis(&printer, array->data, 0, LINE_WIDTH);
}
