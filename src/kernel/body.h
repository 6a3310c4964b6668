/*
 * body.h: the one source of every kernel; see kernel.h for what each function
 * promises. The file that includes it defines
 *   NAME   the variant's name
 *   WIDTH  bytes of a vector register
 *   VECS   vectors of floats that one step of the filter holds beside 6 centres
 *   STALE, KEEP  where it has better ones of `stale` and `keep` than the plain ones
 * and, over vectors of floats (vf):
 *   FMADD(a, b, c)    a * b + c, in any rounding
 *   LESS(a, b)        a mask
 *   PICK(mask, a, b)  a where the mask is set, else b
 *   MIN(a, b), MAX(a, b)
 *   INVROOT(a)        1 / sqrt(a) to within a share of ROUGH
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "kernel/kernel.h"

typedef float vf __attribute__((vector_size(WIDTH)));
typedef double vd __attribute__((vector_size(WIDTH)));
typedef int32_t vl __attribute__((vector_size(WIDTH)));

enum {
    LF = WIDTH / 4,     /* lanes of floats */
    LD = WIDTH / 8,     /* lanes of doubles */
    SLICE = LF * VECS,  /* points of one step of the filter */
    DVECS = 8,          /* vectors of doubles held at a time */
    DSLICE = LD * DVECS /* points of one step in double */
};

#define INLINE static inline __attribute__((always_inline))

INLINE vf load_f(const float *p)
{
    return *(const vf *)p;
}

INLINE vd load_d(const double *p)
{
    return *(const vd *)p;
}

INLINE vd splat_d(double x)
{
    return x - (vd){0};
}

INLINE vf splat_f(float x)
{
    return x - (vf){0};
}

/* Of a vector of points, over the centres so far. Scores are lower bounds of
 * 1/2 |c|^2 - y.c, in units of scale^2 (kernel.h). */
typedef struct lowest {
    vf first;  /* the lowest score; FLT_MAX / 4 before the first centre */
    vf second; /* the second lowest, likewise */
    vf label;  /* number of the centre of the lowest, 0 to k - 1, which a float holds exactly */
    vf own;    /* by how much its true score may exceed `first`, as far as the centre is to blame: 2 gamma |c|^2 */
} lowest;

INLINE void take_score(lowest *low, vf score, float label, float own)
{
    const vf worse = MAX(low->first, score);
    low->second = MIN(low->second, worse);
    low->label = PICK(LESS(score, low->first), splat_f(label), low->label);
    low->own = PICK(LESS(score, low->first), splat_f(own), low->own);
    low->first = MIN(low->first, score);
}

/* Takes in the scores of one block of n centres, from number c0 on, for all points of a tile. n is a constant in each
 * use, so that the sums stay in registers. */
INLINE void take_centers(const tsl__filter *f, const float *tile, const float *packed, const int c0, const int n,
                         lowest *low)
{
    for (int p = 0; p < TSL__TILE; p += SLICE, low += VECS) {
        vf sum[TSL__CENTERS][VECS];
        for (int c = 0; c < n; c++) {
            for (int v = 0; v < VECS; v++) {
                sum[c][v] = splat_f(f->half[c0 + c]);
            }
        }
        const float *x = tile + p, *w = packed;
        for (size_t j = 0; j < f->cols; j++, x += TSL__TILE, w += n) {
            vf value[VECS];
            for (int v = 0; v < VECS; v++) {
                value[v] = load_f(x + v * LF);
            }
            for (int c = 0; c < n; c++) {
                const vf weight = splat_f(w[c]);
                for (int v = 0; v < VECS; v++) {
                    sum[c][v] = FMADD(value[v], weight, sum[c][v]);
                }
            }
        }
        for (int c = 0; c < n; c++) {
            for (int v = 0; v < VECS; v++) {
                take_score(&low[v], sum[c][v], (float)(c0 + c), f->own[c0 + c]);
            }
        }
    }
}

static void take_some(const tsl__filter *f, const float *tile, const float *packed, int c0, int n, lowest *low)
{
    switch (n) {
    case 1:
        take_centers(f, tile, packed, c0, 1, low);
        break;
    case 2:
        take_centers(f, tile, packed, c0, 2, low);
        break;
    case 3:
        take_centers(f, tile, packed, c0, 3, low);
        break;
    case 4:
        take_centers(f, tile, packed, c0, 4, low);
        break;
    case 5:
        take_centers(f, tile, packed, c0, 5, low);
        break;
    default:
        take_centers(f, tile, packed, c0, 6, low);
    }
}

/* From the lower bounds of the two lowest scores to a lower bound of the gap
 * between their distances: d2 - d1 = (d2^2 - d1^2) / (d2 + d1), and d2 + d1 is
 * at most sqrt(2 (d1^2 + d2^2)). */
INLINE vf find_gap(const lowest *low, vf norm, float gamma)
{
    const vf room = (low->second - low->first) - (low->own + gamma * norm);
    const vf mean = (norm + low->first) + low->second, zero = splat_f(0);
    const vf spread = MAX(mean, zero) * (1.0f + 32.0f * gamma) + 32.0f * gamma * norm;
    return room * INVROOT(spread + FLT_MIN) * (1.0f - 2.0f * ROUGH);
}

static void filter(const tsl__filter *f, const float *tile, const float *norm, int32_t *label, float *gap)
{
    lowest low[TSL__TILE / LF];
    for (int v = 0; v < TSL__TILE / LF; v++) {
        low[v] = (lowest){splat_f(FLT_MAX / 4), splat_f(FLT_MAX / 4), splat_f(0), splat_f(0)};
    }
    const float *packed = f->packed;
    const int blocks = tsl__filter_blocks(f->k);
    for (int b = 0, c0 = 0; b < blocks; b++) {
        const int n = tsl__filter_block_size(f->k, b);
        take_some(f, tile, packed, c0, n, low);
        packed += (size_t)n * f->cols;
        c0 += n;
    }
    for (int v = 0; v < TSL__TILE / LF; v++) {
        *(vf *)(gap + v * LF) = find_gap(&low[v], load_f(norm + v * LF), f->gamma);
        *(vl *)(label + v * LF) = __builtin_convertvector(low[v].label, vl);
    }
}

#ifndef STALE
#define STALE stale
static uint64_t stale(const uint16_t *label, const float *gap, const float *limit, int k)
{
    uint64_t bits = 0;
    (void)k;
    for (int i = 0; i < TSL__TILE; i++) {
        bits |= (uint64_t) !(gap[i] > limit[label[i]]) << i;
    }
    return bits;
}
#endif

#ifndef KEEP
#define KEEP keep
static uint64_t keep(const int32_t *label, const float *gap, const float *limit, int k, const uint16_t *old,
                     float *kept, uint64_t *changed)
{
    uint64_t decided = 0, other = 0;
    (void)k;
    for (int i = 0; i < TSL__TILE; i++) {
        kept[i] = (gap[i] + limit[label[i]]) * TSL__KEPT;
        decided |= (uint64_t)(gap[i] > 0) << i;
        other |= (uint64_t)(old[i] != label[i]) << i;
    }
    *changed = decided & other;
    return decided;
}
#endif

typedef float f4 __attribute__((vector_size(16)));
typedef double d4 __attribute__((vector_size(32)));

/* Four values of a row, shifted and scaled. */
INLINE f4 take4(const double *row, const double *shift, double scale)
{
    const d4 value = {row[0], row[1], row[2], row[3]}, less = {shift[0], shift[1], shift[2], shift[3]};
    return __builtin_convertvector((value - less) * scale, f4);
}

/* Four rows into four lanes. */
INLINE void pack4(const double *const *row, const double *shift, double scale, size_t cols, float *lane)
{
    size_t j = 0;
    for (; j + 4 <= cols; j += 4, lane += 4 * TSL__TILE) {
        const f4 a = take4(row[0] + j, shift + j, scale), b = take4(row[1] + j, shift + j, scale);
        const f4 c = take4(row[2] + j, shift + j, scale), d = take4(row[3] + j, shift + j, scale);
        const f4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
        const f4 AB = __builtin_shufflevector(a, b, 2, 6, 3, 7), CD = __builtin_shufflevector(c, d, 2, 6, 3, 7);
        *(f4 *)(lane + 0 * TSL__TILE) = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
        *(f4 *)(lane + 1 * TSL__TILE) = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
        *(f4 *)(lane + 2 * TSL__TILE) = __builtin_shufflevector(AB, CD, 0, 1, 4, 5);
        *(f4 *)(lane + 3 * TSL__TILE) = __builtin_shufflevector(AB, CD, 2, 3, 6, 7);
    }
    for (; j < cols; j++, lane += TSL__TILE) {
        for (int i = 0; i < 4; i++) {
            lane[i] = (float)((row[i][j] - shift[j]) * scale);
        }
    }
}

static void pack(const double *const *row, size_t count, const double *shift, double scale, size_t cols, float *tile)
{
    for (size_t i = 0; i < count; i += 4) {
        const double *four[4];
        for (size_t l = 0; l < 4; l++) {
            four[l] = row[i + l < count ? i + l : i];
        }
        pack4(four, shift, scale, cols, tile + i);
    }
}

static void take(tsl__near *near, int label, double value)
{
    if (value < near->best) {
        near->second = near->best;
        near->best = value;
        near->label = label;
    } else if (value < near->second) {
        near->second = value;
    }
}

/* Takes in the distances of one row to n vectors of centres from c0 on. */
INLINE void take_block(const tsl__filter *f, const double *row, const double *shift, int c0, const int n,
                       tsl__near *out)
{
    vd sum[DVECS];
    for (int v = 0; v < n; v++) {
        sum[v] = splat_d(0);
    }
    const double *column = f->column + c0;
    for (size_t j = 0; j < f->cols; j++, column += f->padded) {
        const vd value = splat_d(row[j] - shift[j]);
        for (int v = 0; v < n; v++) {
            const vd away = value - load_d(column + v * LD);
            sum[v] += away * away;
        }
    }
    for (int v = 0; v < n; v++) {
        for (int l = 0; l < LD && c0 + v * LD + l < f->k; l++) {
            take(out, c0 + v * LD + l, sum[v][l]);
        }
    }
}

static void nearest(const tsl__filter *f, const double *row, const double *shift, tsl__near *out)
{
    *out = (tsl__near){0, (double)INFINITY, (double)INFINITY};
    for (int c0 = 0; c0 < f->k; c0 += 4 * LD) {
        switch ((f->k - c0 + LD - 1) / LD) {
        case 1:
            take_block(f, row, shift, c0, 1, out);
            break;
        case 2:
            take_block(f, row, shift, c0, 2, out);
            break;
        case 3:
            take_block(f, row, shift, c0, 3, out);
            break;
        default:
            take_block(f, row, shift, c0, 4, out);
        }
    }
}

static void distance(const double *tile, size_t cols, const double *point, double *out)
{
    for (int p = 0; p < TSL__TILE; p += DSLICE) {
        vd sum[DVECS];
        for (int v = 0; v < DVECS; v++) {
            sum[v] = splat_d(0);
        }
        const double *x = tile + p;
        for (size_t j = 0; j < cols; j++, x += TSL__TILE) {
            const vd at = splat_d(point[j]);
            for (int v = 0; v < DVECS; v++) {
                const vd away = load_d(x + v * LD) - at;
                sum[v] += away * away;
            }
        }
        for (int v = 0; v < DVECS; v++) {
            *(vd *)(out + p + v * LD) = sum[v];
        }
    }
}

static double closer(const double *tile, size_t cols, const double *point, const double *weight, const double *closest,
                     double *out)
{
    double squared[TSL__TILE] __attribute__((aligned(64)));
    double part[8] = {0};
    distance(tile, cols, point, squared);
    for (int i = 0; i < TSL__TILE; i += 8) {
        for (int l = 0; l < 8; l++) {
            const double a = weight[i + l] * squared[i + l], b = closest[i + l];
            const double least = a < b ? a : b;
            out[i + l] = least;
            part[l] += least;
        }
    }
    return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

static void rank(const double *tile, size_t cols, const double *point, int k, int32_t *label, int32_t *runner,
                 double *best, double *second)
{
    double squared[TSL__TILE] __attribute__((aligned(64)));
    for (int i = 0; i < TSL__TILE; i++) {
        best[i] = second[i] = (double)INFINITY;
        label[i] = runner[i] = -1;
    }
    for (int c = 0; c < k; c++) {
        distance(tile, cols, point + (size_t)c * cols, squared);
        for (int i = 0; i < TSL__TILE; i++) {
            const double new = squared[i], old = best[i], next = second[i];
            const int32_t same = label[i], after = runner[i];
            const int32_t behind = new < next ? c : after;
            const double worse = new < next ? new : next;
            runner[i] = new < old ? same : behind;
            second[i] = new < old ? old : worse;
            label[i] = new < old ? c : same;
            best[i] = new < old ? new : old;
        }
    }
}

static void add(double *restrict sum, const double *restrict row, const double *restrict shift, double times,
                size_t cols)
{
    for (size_t j = 0; j < cols; j++) {
        sum[j] += times * (row[j] - shift[j]);
    }
}

static void tally(const double *squared, double weight, double (*sums)[TSL__TILE], const uint32_t *offset, size_t count)
{
    double root[TSL__TILE] __attribute__((aligned(64)));
    for (int i = 0; i < TSL__TILE; i++) {
        root[i] = weight * sqrt(squared[i]);
    }
    for (size_t m = 0; m < count; m++) {
        double *sum = sums[offset[m]];
        for (int i = 0; i < TSL__TILE; i++) {
            sum[i] += root[i];
        }
    }
}

typedef int64_t whole8 __attribute__((vector_size(64), aligned(8), may_alias));
typedef int64_t whole4 __attribute__((vector_size(32), aligned(8), may_alias));
typedef int64_t whole2 __attribute__((vector_size(16), aligned(8), may_alias));

static void gather(const int64_t *line, const uint16_t *bin, size_t count, size_t width, int64_t *sums)
{
    for (size_t i = 0; i < count; i++, line += width) {
        int64_t *sum = sums + bin[i] * width;
        size_t j = 0;
        for (; j + 8 <= width; j += 8) {
            *(whole8 *)(sum + j) += *(const whole8 *)(line + j);
        }
        if (width & 4) {
            *(whole4 *)(sum + j) += *(const whole4 *)(line + j);
            j += 4;
        }
        if (width & 2) {
            *(whole2 *)(sum + j) += *(const whole2 *)(line + j);
            j += 2;
        }
        if (width & 1) {
            sum[j] += line[j];
        }
    }
}

#ifndef MATCHES
#define MATCHES match_words
#define EACH(byte) ((byte)*UINT64_C(0x0101010101010101))

/* Bit i: byte i of eight is zero. */
static inline uint64_t find_zeros(uint64_t bytes)
{
    const uint64_t low = EACH(0x7F);
    const uint64_t zeros = ~(((bytes & low) + low) | bytes | low); /* the high bit of each that is */
    return (zeros >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* Bit i: byte i of 64 is one of the wanted ones. */
static inline uint64_t match_words(const unsigned char *bytes, const unsigned char wanted[4])
{
    uint64_t bits = 0;
    for (int i = 0; i < 64; i += 8) {
        uint64_t word, found = 0;
        memcpy(&word, bytes + i, sizeof word);
        for (int k = 0; k < 4; k++) {
            found |= find_zeros(word ^ EACH(wanted[k]));
        }
        bits |= found << i;
    }
    return bits;
}
#endif

/* The places of the bits, eight at a time: what is written behind the last is overwritten by the next. */
static inline size_t put_places(uint64_t bits, uint32_t base, uint32_t *place)
{
    const size_t count = (size_t)__builtin_popcountll(bits);
    for (size_t i = 0; i < count; i += 8) {
        for (size_t k = 0; k < 8; k++) {
            place[i + k] = base + (uint32_t)(bits ? __builtin_ctzll(bits) : 0);
            bits &= bits - 1;
        }
    }
    return count;
}

static size_t find(const unsigned char *bytes, size_t count, const unsigned char wanted[4], uint32_t *place)
{
    size_t found = 0, at = 0;
    for (; at + 64 <= count; at += 64) {
        found += put_places(MATCHES(bytes + at, wanted), (uint32_t)at, place + found);
    }
    if (at < count) {
        unsigned char rest[64] = {0};
        const uint64_t there = UINT64_MAX >> (64 - (count - at));
        memcpy(rest, bytes + at, count - at);
        found += put_places(MATCHES(rest, wanted) & there, (uint32_t)at, place + found);
    }
    return found;
}

static size_t count_bytes(const unsigned char *bytes, size_t count, unsigned char wanted)
{
    const unsigned char all[4] = {wanted, wanted, wanted, wanted};
    size_t found = 0, at = 0;
    for (; at + 64 <= count; at += 64) {
        found += (size_t)__builtin_popcountll(MATCHES(bytes + at, all));
    }
    for (; at < count; at++) {
        found += bytes[at] == wanted;
    }
    return found;
}

static int is_plain(const unsigned char *bytes, size_t count)
{
    unsigned char any = 0;
    for (size_t i = 0; i < count; i++) {
        any |= (unsigned char)(bytes[i] | (bytes[i] - 1)); /* the high bit: of no ASCII, and of 0 - 1 */
    }
    return any < 0x80;
}

extern const tsl__kernel NAME;
const tsl__kernel NAME = {LABEL, filter, STALE, KEEP,   pack, nearest,     distance, closer,
                          rank,  add,    tally, gather, find, count_bytes, is_plain};
