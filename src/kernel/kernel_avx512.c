/* kernel_avx512.c: the kernel for AVX-512 (F, DQ, BW, VL); empty where the compiler has not got it. */
#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__)
#include <immintrin.h>
#include <stdint.h>

#include "kernel/kernel.h"

/* The limits of 16 labels: from a register where all fit, or two. */
static inline __m512 look_up(const float *limit, int k, __m512i label)
{
    return k <= 16   ? _mm512_permutexvar_ps(label, _mm512_loadu_ps(limit))
           : k <= 32 ? _mm512_permutex2var_ps(_mm512_loadu_ps(limit), label, _mm512_loadu_ps(limit + 16))
                     : _mm512_i32gather_ps(label, limit, 4);
}

static inline __m512i load_labels(const uint16_t *label)
{
    return _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(const void *)label));
}

static uint64_t stale_looked_up(const uint16_t *label, const float *gap, const float *limit, int k)
{
    uint64_t fresh = 0;
    for (int i = 0; i < 64; i += 16) {
        const __m512 most = look_up(limit, k, load_labels(label + i));
        fresh |= (uint64_t)_mm512_cmp_ps_mask(_mm512_loadu_ps(gap + i), most, _CMP_GT_OQ) << i;
    }
    return ~fresh;
}

static uint64_t keep_looked_up(const int32_t *label, const float *gap, const float *limit, int k, const uint16_t *old,
                               float *kept, uint64_t *changed)
{
    uint64_t decided = 0, other = 0;
    for (int i = 0; i < 64; i += 16) {
        const __m512i at = _mm512_loadu_si512(label + i);
        const __m512 here = _mm512_loadu_ps(gap + i), all = _mm512_add_ps(here, look_up(limit, k, at));
        _mm512_storeu_ps(kept + i, _mm512_mul_ps(all, _mm512_set1_ps(TSL__KEPT)));
        decided |= (uint64_t)_mm512_cmp_ps_mask(here, _mm512_setzero_ps(), _CMP_GT_OQ) << i;
        other |= (uint64_t)_mm512_cmpneq_epi32_mask(at, load_labels(old + i)) << i;
    }
    *changed = decided & other;
    return decided;
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
#define STALE stale_looked_up
#define KEEP keep_looked_up
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
