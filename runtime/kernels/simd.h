/* simd.h -- which vector instructions the processor and the system offer. */
#ifndef ARR_KERNELS_SIMD_H
#define ARR_KERNELS_SIMD_H

#ifdef __cplusplus
extern "C" {
#endif

enum arr_simd { ARR_SIMD_BASELINE = 0, ARR_SIMD_AVX2 = 1, ARR_SIMD_AVX512 = 2 };

/* The best one available; the environment variable ARR_SIMD (baseline, avx2,
 * avx512) or arr_limit_simd can only lower it. */
enum arr_simd arr_simd_level(void);
void arr_limit_simd(enum arr_simd level);

#ifdef __cplusplus
}
#endif
#endif
