/* tiles.c -- copies between strided planes of elements.
 *
 * Operands of kernels that do not lie one element after the other go through
 * small tiles that do. What is contiguous down the columns is transposed: the
 * tile stays in the first-level cache, so that either side may be walked with
 * strides, and the side in memory is walked in its own order. */
#include "core/kernels.h"
#include "kernels/simd.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static int64_t magnitude(int64_t value) { return value < 0 ? -value : value; }

typedef struct arr_bytes16 {
  uint64_t parts[2];
} arr_bytes16;

/* Elements are aligned by contract (16 bytes: as their parts). */
#define DEFINE_COPY(TYPE)                                                      \
  static void copy_##TYPE(arr_plane to, arr_plane from, int64_t rows,          \
                          int64_t columns) {                                   \
    for (int64_t row = 0; row < rows; row++) {                                 \
      char *target = to.pointer + row * to.row_step;                           \
      const char *source = from.pointer + row * from.row_step;                 \
      int64_t column = 0;                                                      \
      for (; column + 4 <= columns; column += 4) {                             \
        TYPE a = *(const TYPE *)source;                                        \
        TYPE b = *(const TYPE *)(source + from.column_step);                   \
        TYPE c = *(const TYPE *)(source + 2 * from.column_step);               \
        TYPE d = *(const TYPE *)(source + 3 * from.column_step);               \
        *(TYPE *)target = a;                                                   \
        *(TYPE *)(target + to.column_step) = b;                                \
        *(TYPE *)(target + 2 * to.column_step) = c;                            \
        *(TYPE *)(target + 3 * to.column_step) = d;                            \
        source += 4 * from.column_step;                                        \
        target += 4 * to.column_step;                                          \
      }                                                                        \
      for (; column < columns; column++) {                                     \
        *(TYPE *)target = *(const TYPE *)source;                               \
        source += from.column_step;                                            \
        target += to.column_step;                                              \
      }                                                                        \
    }                                                                          \
  }
DEFINE_COPY(uint8_t)
DEFINE_COPY(uint16_t)
DEFINE_COPY(uint32_t)
DEFINE_COPY(uint64_t)
DEFINE_COPY(arr_bytes16)

/* ---- Gathering: rows of far elements become adjacent. */

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512dq"))) static void
gather_8_avx512(char *to, const char *from, int64_t step, int64_t blocks) {
  __m512i offsets = _mm512_mullo_epi64(_mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0),
                                       _mm512_set1_epi64(step));
  for (int64_t i = 0; i < blocks; i++)
    _mm512_storeu_si512(
        to + i * 64, _mm512_i64gather_epi64(offsets, from + i * 8 * step, 1));
}
#endif

/* The whole blocks of 8 elements of each row; returns their elements. */
static int64_t gather_rows(arr_plane to, arr_plane from, int64_t rows,
                           int64_t columns, int64_t item_size) {
#if defined(__x86_64__)
  if (item_size != 8 || to.column_step != 8 ||
      arr_simd_level() != ARR_SIMD_AVX512)
    return 0;
  for (int64_t row = 0; row < rows; row++)
    gather_8_avx512(to.pointer + row * to.row_step,
                    from.pointer + row * from.row_step, from.column_step,
                    columns / 8);
  return columns / 8 * 8;
#else
  (void)to, (void)from, (void)rows, (void)columns, (void)item_size;
  return 0;
#endif
}

/* ---- Transposing, 8 x 8 elements in registers. */

typedef uint32_t lanes4 __attribute__((vector_size(32), aligned(4)));
typedef uint64_t lanes8 __attribute__((vector_size(64), aligned(8)));

#define LOW(A, B) __builtin_shufflevector(A, B, 0, 8, 2, 10, 4, 12, 6, 14)
#define HIGH(A, B) __builtin_shufflevector(A, B, 1, 9, 3, 11, 5, 13, 7, 15)
#define LOW_PAIRS(A, B) __builtin_shufflevector(A, B, 0, 1, 8, 9, 4, 5, 12, 13)
#define HIGH_PAIRS(A, B)                                                       \
  __builtin_shufflevector(A, B, 2, 3, 10, 11, 6, 7, 14, 15)
#define LOW_HALF(A, B) __builtin_shufflevector(A, B, 0, 1, 2, 3, 8, 9, 10, 11)
#define HIGH_HALF(A, B)                                                        \
  __builtin_shufflevector(A, B, 4, 5, 6, 7, 12, 13, 14, 15)

/* Of a plane whose columns are contiguous in `from` and whose rows are in `to`:
 * the part that whole blocks cover. */
#define DEFINE_TRANSPOSE(NAME, LANES, TARGET)                                  \
  __attribute__((target(TARGET))) static void NAME(                            \
      arr_plane to, arr_plane from, int64_t rows, int64_t columns) {           \
    for (int64_t column = 0; column + 8 <= columns; column += 8)               \
      for (int64_t row = 0; row + 8 <= rows; row += 8) {                       \
        const char *source =                                                   \
            from.pointer + column * from.column_step + row * from.row_step;    \
        char *target =                                                         \
            to.pointer + row * to.row_step + column * to.column_step;          \
        LANES a[8], b[8];                                                      \
        for (int i = 0; i < 8; i++)                                            \
          a[i] = *(const LANES *)(source + i * from.column_step);              \
        for (int i = 0; i < 8; i += 2) {                                       \
          b[i] = LOW(a[i], a[i + 1]);                                          \
          b[i + 1] = HIGH(a[i], a[i + 1]);                                     \
        }                                                                      \
        for (int i = 0; i < 8; i += 4)                                         \
          for (int j = i; j < i + 2; j++) {                                    \
            a[j] = LOW_PAIRS(b[j], b[j + 2]);                                  \
            a[j + 2] = HIGH_PAIRS(b[j], b[j + 2]);                             \
          }                                                                    \
        for (int i = 0; i < 4; i++) {                                          \
          *(LANES *)(target + i * to.row_step) = LOW_HALF(a[i], a[i + 4]);     \
          *(LANES *)(target + (i + 4) * to.row_step) =                         \
              HIGH_HALF(a[i], a[i + 4]);                                       \
        }                                                                      \
      }                                                                        \
  }
#if defined(__x86_64__)
DEFINE_TRANSPOSE(transpose_8_avx512, lanes8, "avx512f")
DEFINE_TRANSPOSE(transpose_4_avx2, lanes4, "avx2")
DEFINE_TRANSPOSE(transpose_8_avx2, lanes8, "avx2")
#endif

/* Transposes the blocks of 8 x 8; false if there is no code for it. */
static bool transpose_blocks(arr_plane to, arr_plane from, int64_t rows,
                             int64_t columns, int64_t item_size) {
#if defined(__x86_64__)
  enum arr_simd simd = arr_simd_level();
  if (simd == ARR_SIMD_BASELINE || (item_size != 4 && item_size != 8))
    return false;
  (item_size == 4            ? transpose_4_avx2
   : simd == ARR_SIMD_AVX512 ? transpose_8_avx512
                             : transpose_8_avx2)(to, from, rows, columns);
  return true;
#else
  (void)to, (void)from, (void)rows, (void)columns, (void)item_size;
  return false;
#endif
}

static void turn(arr_plane *plane) {
  int64_t step = plane->row_step;
  plane->row_step = plane->column_step;
  plane->column_step = step;
}

/* Copies `count` runs of adjacent bytes; a call would cost more than most. */
static void copy_runs(arr_plane to, arr_plane from, int64_t count,
                      int64_t bytes, int64_t to_step, int64_t from_step) {
  for (int64_t i = 0; i < count; i++) {
    char *target = to.pointer + i * to_step;
    const char *source = from.pointer + i * from_step;
    if (bytes % 32 != 0 || bytes > 256) {
      memcpy(target, source, (size_t)bytes);
      continue;
    }
    for (int64_t at = 0; at < bytes; at += 32)
      memcpy(target + at, source + at, 32);
  }
}

static void copy_elements(arr_plane to, arr_plane from, int64_t rows,
                          int64_t columns, int64_t item_size) {
  switch (item_size) {
  case 1:
    copy_uint8_t(to, from, rows, columns);
    return;
  case 2:
    copy_uint16_t(to, from, rows, columns);
    return;
  case 4:
    copy_uint32_t(to, from, rows, columns);
    return;
  case 8:
    copy_uint64_t(to, from, rows, columns);
    return;
  default:
    copy_arr_bytes16(to, from, rows, columns);
  }
}

static arr_plane move(arr_plane plane, int64_t row, int64_t column) {
  plane.pointer += row * plane.row_step + column * plane.column_step;
  return plane;
}

void arr_copy_plane(arr_plane to, arr_plane from, int64_t rows, int64_t columns,
                    int64_t item_size) {
  bool are_rows_near = to.row_step == item_size && from.row_step == item_size;
  bool are_columns_near =
      to.column_step == item_size && from.column_step == item_size;
  if (are_rows_near && !(are_columns_near && columns > rows)) {
    copy_runs(to, from, columns, rows * item_size, to.column_step,
              from.column_step);
    return;
  }
  if (are_columns_near) {
    copy_runs(to, from, rows, columns * item_size, to.row_step, from.row_step);
    return;
  }
  /* Along the shorter steps: tiles have steps that are short enough. */
  int64_t along_rows = magnitude(from.row_step) + magnitude(to.row_step);
  int64_t along_columns =
      magnitude(from.column_step) + magnitude(to.column_step);
  if (along_rows < along_columns) {
    turn(&to);
    turn(&from);
    int64_t count = rows;
    rows = columns;
    columns = count;
  }
  if (to.row_step == item_size && from.column_step == item_size) {
    turn(&to);
    turn(&from);
    int64_t count = rows;
    rows = columns;
    columns = count;
  }
  if (from.row_step == item_size && to.column_step == item_size && rows >= 8 &&
      columns >= 8 && transpose_blocks(to, from, rows, columns, item_size)) {
    int64_t done_rows = rows / 8 * 8, done_columns = columns / 8 * 8;
    copy_elements(move(to, 0, done_columns), move(from, 0, done_columns),
                  done_rows, columns - done_columns, item_size);
    to = move(to, done_rows, 0);
    from = move(from, done_rows, 0);
    rows -= done_rows;
  }
  int64_t gathered = gather_rows(to, from, rows, columns, item_size);
  copy_elements(move(to, 0, gathered), move(from, 0, gathered), rows,
                columns - gathered, item_size);
}
