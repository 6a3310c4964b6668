/* kernel_avx512.c: the kernel for AVX-512 (F, DQ, BW, VL); empty where the compiler has not got it. */
#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__)
#include <immintrin.h>
#include <stdint.h>

/* 16 rows at a time: their limits gathered, compared into a mask. */
static uint64_t stale_gathered(const uint16_t *label, const float *gap, const float *limit)
{
    uint64_t bits = 0;
    for (int i = 0; i < 64; i += 16) {
        const __m512i at = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(label + i)));
        const __m512 most = _mm512_i32gather_ps(at, limit, 4);
        const __mmask16 fresh = _mm512_cmp_ps_mask(_mm512_loadu_ps(gap + i), most, _CMP_GT_OQ);
        bits |= (uint64_t)(uint16_t)~fresh << i;
    }
    return bits;
}

/* Bit i: byte i of 64 is one of the wanted ones. */
static inline uint64_t match_whole(const unsigned char *bytes, const unsigned char wanted[4])
{
    const __m512i all = _mm512_loadu_si512(bytes);
    uint64_t found = 0;
    for (int k = 0; k < 4; k++) {
        found |= _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8((char)wanted[k]));
    }
    return found;
}

#define MATCHES match_whole
#define NAME tsl__kernel_avx512
#define LABEL "avx512"
#define WIDTH 64
#define VECS 4
#define FMADD(a, b, c) _mm512_fmadd_ps(a, b, c)
#define STALE stale_gathered
#define LESS(a, b) _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ)
#define PICK(mask, a, b) _mm512_mask_blend_ps(mask, b, a)
#define MIN(a, b) _mm512_min_ps(a, b)
#define MAX(a, b) _mm512_max_ps(a, b)
#define INVROOT(a) _mm512_rsqrt14_ps(a)
#define ROUGH 0x1p-14f
#include "kernel/body.h"
#else
typedef int tsl__kernel_avx512_left_out;
#endif
