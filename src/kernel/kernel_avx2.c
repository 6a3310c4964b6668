/* kernel_avx2.c: the kernel for AVX2 with FMA; empty where the compiler has not got it. */
#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#include <stdint.h>

#include "kernel/kernel.h"

/* The limits of 8 labels: from a register where all fit. */
static inline __m256 look_up(const float *limit, int k, __m256i label)
{
    return k <= 8 ? _mm256_permutevar8x32_ps(_mm256_loadu_ps(limit), label) : _mm256_i32gather_ps(limit, label, 4);
}

static inline __m256i load_labels(const uint16_t *label)
{
    return _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)label));
}

static uint64_t stale_looked_up(const uint16_t *label, const float *gap, const float *limit, int k)
{
    uint64_t fresh = 0;
    for (int i = 0; i < 64; i += 8) {
        const __m256 most = look_up(limit, k, load_labels(label + i));
        const __m256 more = _mm256_cmp_ps(_mm256_loadu_ps(gap + i), most, _CMP_GT_OQ);
        fresh |= (uint64_t)(unsigned)_mm256_movemask_ps(more) << i;
    }
    return ~fresh;
}

static uint64_t keep_looked_up(const int32_t *label, const float *gap, const float *limit, int k, const uint16_t *old,
                               float *kept, uint64_t *changed)
{
    uint64_t decided = 0, same = 0;
    for (int i = 0; i < 64; i += 8) {
        const __m256i at = _mm256_loadu_si256((const __m256i *)(const void *)(label + i));
        const __m256 here = _mm256_loadu_ps(gap + i), all = _mm256_add_ps(here, look_up(limit, k, at));
        const __m256 more = _mm256_cmp_ps(here, _mm256_setzero_ps(), _CMP_GT_OQ);
        const __m256i equal = _mm256_cmpeq_epi32(at, load_labels(old + i));
        _mm256_storeu_ps(kept + i, _mm256_mul_ps(all, _mm256_set1_ps(TSL__KEPT)));
        decided |= (uint64_t)(unsigned)_mm256_movemask_ps(more) << i;
        same |= (uint64_t)(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(equal)) << i;
    }
    *changed = decided & ~same;
    return decided;
}

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
#define STALE stale_looked_up
#define KEEP keep_looked_up
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
