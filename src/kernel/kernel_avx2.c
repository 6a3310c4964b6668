/* kernel_avx2.c: the kernel for AVX2 with FMA; empty where the compiler has not got it. */
#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#include <stdint.h>

static inline uint32_t match_half(__m256i bytes, const unsigned char wanted[4])
{
    __m256i found = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)wanted[0]));
    for (int k = 1; k < 4; k++) {
        found = _mm256_or_si256(found, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)wanted[k])));
    }
    return (uint32_t)_mm256_movemask_epi8(found);
}

/* Bit i: byte i of 64 is one of the wanted ones. */
static inline uint64_t match_halves(const unsigned char *bytes, const unsigned char wanted[4])
{
    const __m256i *half = (const __m256i *)(const void *)bytes;
    return match_half(_mm256_loadu_si256(half), wanted) | (uint64_t)match_half(_mm256_loadu_si256(half + 1), wanted)
                                                              << 32;
}

#define MATCHES match_halves
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
