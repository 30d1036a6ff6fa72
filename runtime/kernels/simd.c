/* simd.c -- detection of vector instructions by cpuid; the compiler's own
 * helper would need a library that modules do not link. */
#include "kernels/simd.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_int limit = ARR_SIMD_AVX512;

void arr_limit_simd(enum arr_simd level) { atomic_store(&limit, (int)level); }

#if defined(__x86_64__)
#include <cpuid.h>

static unsigned long long enabled_state(void) {
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (unsigned long long)high << 32 | low;
}

static enum arr_simd detect(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_FMA))
    return ARR_SIMD_BASELINE;
  unsigned long long state = enabled_state();
  if ((state & 0x6) != 0x6 || !__get_cpuid_count(7, 0, &a, &b, &c, &d) ||
      !(b & bit_AVX2))
    return ARR_SIMD_BASELINE;
  unsigned wanted = bit_AVX512F | bit_AVX512DQ | bit_AVX512BW | bit_AVX512VL;
  if ((state & 0xE6) != 0xE6 || (b & wanted) != wanted)
    return ARR_SIMD_AVX2;
  return ARR_SIMD_AVX512;
}
#else
static enum arr_simd detect(void) { return ARR_SIMD_BASELINE; }
#endif

static enum arr_simd from_environment(void) {
  const char *text = getenv("ARR_SIMD");
  if (text && !strcmp(text, "baseline"))
    return ARR_SIMD_BASELINE;
  if (text && !strcmp(text, "avx2"))
    return ARR_SIMD_AVX2;
  return ARR_SIMD_AVX512;
}

enum arr_simd arr_simd_level(void) {
  static atomic_int known = -1;
  int level = atomic_load_explicit(&known, memory_order_relaxed);
  if (level < 0) {
    enum arr_simd found = detect(), wanted = from_environment();
    level = (int)(found < wanted ? found : wanted);
    atomic_store_explicit(&known, level, memory_order_relaxed);
  }
  int most = atomic_load_explicit(&limit, memory_order_relaxed);
  return (enum arr_simd)(level < most ? level : most);
}
