/* npy_header.c -- a strict parser of the .npy header: the Python dictionary
 *     {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }
 * with exactly these keys, each once, in any order. Nothing is evaluated. */
#include "io/npy.h"

#include <string.h>

typedef struct cursor {
  const char *at, *end;
} cursor;

static void skip_blanks(cursor *text) {
  while (text->at < text->end &&
         (*text->at == ' ' || *text->at == '\t' || *text->at == '\n'))
    ++text->at;
}

static bool accept(cursor *text, char wanted) {
  skip_blanks(text);
  if (text->at == text->end || *text->at != wanted)
    return false;
  ++text->at;
  return true;
}

/* A quoted string without escapes; false if there is none or it is too long. */
static bool parse_string(cursor *text, char *value, size_t size) {
  skip_blanks(text);
  if (text->at == text->end || (*text->at != '\'' && *text->at != '"'))
    return false;
  char quote = *text->at++;
  size_t length = 0;
  while (text->at < text->end && *text->at != quote) {
    if (*text->at == '\\' || length + 1 == size)
      return false;
    value[length++] = *text->at++;
  }
  value[length] = 0;
  return accept(text, quote);
}

static bool parse_word(cursor *text, const char *word) {
  skip_blanks(text);
  size_t length = strlen(word);
  if ((size_t)(text->end - text->at) < length ||
      memcmp(text->at, word, length) != 0)
    return false;
  text->at += length;
  return true;
}

static bool parse_size(cursor *text, int64_t *value) {
  skip_blanks(text);
  const char *start = text->at;
  *value = 0;
  for (; text->at < text->end && *text->at >= '0' && *text->at <= '9';
       ++text->at)
    if (__builtin_mul_overflow(*value, 10, value) ||
        __builtin_add_overflow(*value, *text->at - '0', value))
      return false;
  if (text->at > start && text->at < text->end && *text->at == 'L')
    ++text->at; /* written by Python 2 */
  return text->at > start;
}

static const char *parse_shape(cursor *text, npy_header *header) {
  header->rank = 0;
  if (!accept(text, '('))
    return "its shape is not a tuple";
  if (accept(text, ')'))
    return NULL;
  for (;;) {
    if (header->rank == ARR_MAX_RANK)
      return "it has more than 32 dimensions";
    if (!parse_size(text, &header->shape[header->rank]))
      return "its shape is not a tuple of sizes";
    ++header->rank;
    bool comma = accept(text, ',');
    if (accept(text, ')'))
      return comma || header->rank > 1 ? NULL : "its shape is not a tuple";
    if (!comma)
      return "its shape is not a tuple of sizes";
  }
}

static const char *parse_descr(cursor *text, npy_header *header) {
  char descr[16];
  skip_blanks(text);
  if (text->at < text->end && *text->at == '[')
    return "it has a structured dtype, which is not supported";
  if (!parse_string(text, descr, sizeof descr))
    return "its dtype cannot be read";
  char order = descr[0], kind = descr[1];
  if (strchr(descr, 'O'))
    return "it holds Python objects, which are never loaded";
  int size = 0;
  size_t length = strlen(descr);
  if (length < 3 || length > 4 || !strchr("<>=|", order))
    return "its dtype is not supported";
  for (const char *digit = descr + 2; *digit; ++digit) {
    if (*digit < '0' || *digit > '9')
      return "its dtype is not supported";
    size = 10 * size + (*digit - '0');
  }
  int code = -1;
  if (kind == 'b' && size == 1)
    code = ARR_BOOL;
  else if (kind == 'i' && (size == 1 || size == 2 || size == 4 || size == 8))
    code = ARR_INT;
  else if (kind == 'u' && (size == 1 || size == 2 || size == 4 || size == 8))
    code = ARR_UINT;
  else if (kind == 'f' && (size == 4 || size == 8))
    code = ARR_FLOAT;
  else if (kind == 'c' && (size == 8 || size == 16))
    code = ARR_COMPLEX;
  if (code < 0 || (order == '|' && size > 1))
    return "its dtype is not supported";
  header->dtype = (arr_dtype){(uint8_t)code, (uint8_t)(size * 8), 1};
  const uint16_t probe = 1;
  bool little = *(const unsigned char *)&probe == 1;
  header->swapped =
      size > 1 && ((order == '<' && !little) || (order == '>' && little));
  return NULL;
}

static const char *parse_dictionary(cursor *text, npy_header *header) {
  enum { DESCR = 1, ORDER = 2, SHAPE = 4 };
  int seen = 0;
  if (!accept(text, '{'))
    return "its header is not a dictionary";
  while (!accept(text, '}')) {
    char key[32];
    const char *problem = NULL;
    int bit = 0;
    if (!parse_string(text, key, sizeof key) || !accept(text, ':'))
      return "its header is not a dictionary";
    if (strcmp(key, "descr") == 0) {
      bit = DESCR;
      problem = parse_descr(text, header);
    } else if (strcmp(key, "fortran_order") == 0) {
      bit = ORDER;
      header->fortran_order = parse_word(text, "True");
      if (!header->fortran_order && !parse_word(text, "False"))
        problem = "its fortran_order is neither True nor False";
    } else if (strcmp(key, "shape") == 0) {
      bit = SHAPE;
      problem = parse_shape(text, header);
    } else {
      problem = "its header has an unknown key";
    }
    if (problem)
      return problem;
    if (seen & bit)
      return "its header has a key twice";
    seen |= bit;
    if (!accept(text, ',')) {
      if (!accept(text, '}'))
        return "its header is not a dictionary";
      break;
    }
  }
  skip_blanks(text);
  if (text->at != text->end)
    return "its header has text after the dictionary";
  return seen == (DESCR | ORDER | SHAPE) ? NULL : "its header lacks a key";
}

const char *npy_parse_header(const unsigned char *bytes, size_t size,
                             npy_header *header) {
  static const char magic[6] = {(char)0x93, 'N', 'U', 'M', 'P', 'Y'};
  if (size < 10 || memcmp(bytes, magic, sizeof magic) != 0)
    return "it is not a .npy file";
  unsigned version = bytes[6];
  if (version < 1 || version > 3 || bytes[7] != 0)
    return "its format version is not 1.0, 2.0 or 3.0";
  size_t length = bytes[8] | (size_t)bytes[9] << 8, prefix = 10;
  if (version >= 2) {
    if (size < 12)
      return "it is too short";
    length |= (size_t)bytes[10] << 16 | (size_t)bytes[11] << 24;
    prefix = 12;
  }
  if (length > NPY_MAX_HEADER)
    return "its header is too long";
  if (size < prefix + length)
    return "it is too short";
  cursor text = {(const char *)bytes + prefix,
                 (const char *)bytes + prefix + length};
  header->data_offset = (int64_t)(prefix + length);
  return parse_dictionary(&text, header);
}
