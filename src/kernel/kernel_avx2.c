/* kernel_avx2.c: the kernel for AVX2 with FMA; empty where the compiler has not got it. */
#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#define NAME tsl__kernel_avx2
#define LABEL "avx2"
#define WIDTH 32
#define VECS 2
#define FMADD(a, b, c) ((vf)_mm256_fmadd_ps((__m256)(a), (__m256)(b), (__m256)(c)))
#include "kernel/body.h"
#else
typedef int tsl__kernel_avx2_left_out;
#endif
