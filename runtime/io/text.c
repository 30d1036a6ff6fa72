/* text.c -- floating-point numbers as decimal text, by NumPy's rules. Shortest
 * digits are found by printing with more and more digits until the text reads
 * back as the same number: slower than Ryu, but evidently right. */
#define _GNU_SOURCE
#include "io/text.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool reads_back(const char *text, double value, int bits) {
  return bits == 32 ? strtof(text, NULL) == (float)value
                    : strtod(text, NULL) == value;
}

/* printf follows the process's locale, which may write a decimal comma. */
static void force_point(char *text) {
  char *comma = strchr(text, ',');
  if (comma)
    *comma = '.';
}

void arr_shortest_scientific(double value, int bits, char *text) {
  int most = bits == 32 ? 8 : 16;
  for (int digits = 0;; ++digits) {
    snprintf(text, ARR_NUMBER_SIZE, "%.*e", digits, value);
    if (digits == most || reads_back(text, value, bits))
      break;
  }
  force_point(text);
}

/* Removes zeros at the end of a fraction that runs up to `end`; the point
 * stays. */
static char *trim_zeros(char *text, char *end) {
  while (end > text && end[-1] == '0')
    --end;
  return end;
}

/* "-d.ddde+xx" to digits, their count, and the exponent of the first one. */
static int split_scientific(const char *text, char *digits, int *exponent) {
  int count = 0;
  if (*text == '-')
    ++text;
  for (; *text != 'e'; ++text)
    if (*text != '.')
      digits[count++] = *text;
  *exponent = atoi(text + 1);
  while (count > 1 && digits[count - 1] == '0')
    --count;
  return count;
}

/* Digits in positional notation, with a point and no trailing zeros. */
static void write_positional(bool negative, const char *digits, int count,
                             int exponent, char *text) {
  if (negative)
    *text++ = '-';
  if (exponent < 0)
    *text++ = '0';
  for (int i = 0; i <= exponent; ++i)
    *text++ = i < count ? digits[i] : '0';
  *text++ = '.';
  for (int i = -1; i > exponent; --i)
    *text++ = '0';
  for (int i = exponent < 0 ? 0 : exponent + 1; i < count; ++i)
    *text++ = digits[i];
  *text = 0;
}

void arr_positional_text(double value, int bits, int precision, char *text) {
  char shortest[ARR_NUMBER_SIZE], digits[32];
  int exponent;
  if (value == 0) {
    strcpy(text, signbit(value) ? "-0." : "0.");
    return;
  }
  arr_shortest_scientific(value, bits, shortest);
  int count = split_scientific(shortest, digits, &exponent);
  if (count - 1 - exponent <= precision) {
    write_positional(signbit(value), digits, count, exponent, text);
    return;
  }
  int length = snprintf(text, ARR_NUMBER_SIZE, "%.*f", precision, value);
  force_point(text);
  *trim_zeros(text, text + length) = 0;
}

void arr_scientific_text(double value, int bits, int precision, char *text) {
  char digits[ARR_NUMBER_SIZE];
  arr_shortest_scientific(value, bits, digits);
  if ((int)(strchr(digits, 'e') - digits) - 2 - (digits[0] == '-') >
      precision) {
    snprintf(digits, sizeof digits, "%.*e", precision, value);
    force_point(digits);
  }
  char *exponent = strchr(digits, 'e'), *end = exponent;
  bool has_point = memchr(digits, '.', (size_t)(exponent - digits)) != NULL;
  if (has_point)
    end = trim_zeros(digits, exponent);
  snprintf(text, ARR_NUMBER_SIZE, "%.*s%s%s", (int)(end - digits), digits,
           has_point ? "" : ".", exponent);
}

/* Where positional notation ends: str() of Python's float and NumPy's scalars. */
static bool is_positional(double value, int bits) {
  double magnitude = fabs(value);
  return magnitude == 0 ||
         (magnitude >= 1e-4 && magnitude < (bits == 32 ? 1e6 : 1e16));
}

/* `point_zero`: "1.0" instead of "1", which complex numbers use for their
 * parts. */
static int float_text(double value, int bits, bool point_zero, char *text) {
  char shortest[ARR_NUMBER_SIZE], digits[32];
  int exponent;
  if (isnan(value))
    return sprintf(text, "nan");
  if (isinf(value))
    return sprintf(text, value < 0 ? "-inf" : "inf");
  arr_shortest_scientific(value, bits, shortest);
  if (!is_positional(value, bits))
    return sprintf(text, "%s", shortest);
  int count = split_scientific(shortest, digits, &exponent);
  write_positional(signbit(value), digits, count, exponent, text);
  size_t length = strlen(text);
  if (text[length - 1] == '.') {
    if (point_zero)
      text[length++] = '0';
    else
      --length;
    text[length] = 0;
  } else if (value == 0) {
    return sprintf(text, "%s",
                   signbit(value) ? (point_zero ? "-0.0" : "-0")
                                  : (point_zero ? "0.0" : "0"));
  }
  return (int)length;
}

int arr_float_text(double value, int bits, char *text) {
  return float_text(value, bits, true, text);
}

int arr_complex_text(double real, double imag, int bits, char *text) {
  char real_text[ARR_NUMBER_SIZE], imag_text[ARR_NUMBER_SIZE];
  float_text(imag, bits / 2, false, imag_text);
  if (real == 0 && !signbit(real))
    return sprintf(text, "%sj", imag_text);
  float_text(real, bits / 2, false, real_text);
  return sprintf(text, "(%s%s%sj)", real_text, imag_text[0] == '-' ? "" : "+",
                 imag_text);
}
