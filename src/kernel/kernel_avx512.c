/* The kernel for AVX-512 (F, DQ, BW, VL). Empty elsewhere. */
#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__)
#include <immintrin.h>
#define NAME tsl__kernel_avx512
#define LABEL "avx512"
#define WIDTH 64
#define VECS 4
#define FMADD(a, b, c) ((vf)_mm512_fmadd_ps((__m512)(a), (__m512)(b), (__m512)(c)))
#include "kernel/body.h"
#else
typedef int tsl__kernel_avx512_left_out;
#endif
