/* text.h -- numbers as NumPy 2 writes them, and a growing output line. */
#ifndef ARR_IO_TEXT_H
#define ARR_IO_TEXT_H

#include "core/support.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { ARR_NUMBER_SIZE = 400 }; /* enough for every double in any notation */

/* Fewest significant digits that read back as the same number (17 or 9 at
 * most): "d.ddde+xx" as from printf's %e. `bits` is 32 or 64. */
void arr_shortest_scientific(double value, int bits, char *text);

/* str() of a NumPy or Python scalar: "0.1", "1e+16", "nan". Returns the length.
 */
int arr_float_text(double value, int bits, char *text);
int arr_complex_text(double real, double imag, int bits, char *text);

/* NumPy's dragon4 with unique=True: the shortest digits, but no more than
 * `precision` after the point; trailing zeros and an empty fraction are left
 * out, the point stays: "1.", "0.25". */
void arr_positional_text(double value, int bits, int precision, char *text);
void arr_scientific_text(double value, int bits, int precision, char *text);

/* io/print_array.c: str(array) */
void arr_write_array(FILE *file, const arr_array *array);

#ifdef __cplusplus
}
#endif
#endif
