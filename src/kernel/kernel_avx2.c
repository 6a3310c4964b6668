/* kernel_avx2.c: the kernel for AVX2 with FMA; empty where the compiler has not got it. */
#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#define NAME tsl__kernel_avx2
#define LABEL "avx2"
#define WIDTH 32
#define VECS 2
#define FMADD(a, b, c) _mm256_fmadd_ps(a, b, c)
#define LESS(a, b) _mm256_cmp_ps(a, b, _CMP_LT_OQ)
#define PICK(mask, a, b) _mm256_blendv_ps(b, a, mask)
#define MIN(a, b) _mm256_min_ps(a, b)
#define MAX(a, b) _mm256_max_ps(a, b)
#define INVROOT(a) _mm256_rsqrt_ps(a)
#define ROUGH 0x1p-11f
#include "kernel/body.h"
#else
typedef int tsl__kernel_avx2_left_out;
#endif
