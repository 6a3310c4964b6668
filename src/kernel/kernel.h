/*
 * kernel.h: the distance loops, and the search for bytes, behind one struct of function pointers.
 *
 * body.h is the one source; kernel_<name>.c compiles it for an instruction
 * set. A lane is a point (in `nearest`, a centre), so that each sum is added up
 * in the same order whatever the width of the register, and every variant gives
 * the same bits. The one exception is `filter`, which may round otherwise from
 * variant to variant: it gives a label only with a proof that holds under any
 * rounding, and says so where it has none.
 */
#ifndef TSL_KERNEL_KERNEL_H
#define TSL_KERNEL_KERNEL_H

#include <stddef.h>
#include <stdint.h>

/* Points stand in tiles: [tile][feature][TSL__TILE], the last one padded. */
#define TSL__TILE 64

/* k centres as the filter wants them; filter.c makes them. All in units of
 * `scale`. With u = 2^-24 and gamma = (cols + 16) u, a score in float, from
 * rounded points and centres, differs from 1/2 |c|^2 - y.c by at most
 * gamma (|c|^2 + 1/2 |y|^2). */
typedef struct tsl__filter {
    int k;
    size_t cols;
    double scale; /* a power of two that brings the largest coordinate near 1 */
    float gamma;
    float *packed;  /* -c: [block of centres][feature][centre of the block] */
    float *half;    /* k: 1/2 |c|^2 - gamma |c|^2, from which scores start, so that they are lower bounds */
    float *own;     /* k: 2 gamma |c|^2: by how much a true score may exceed the bound for the centre's part */
    double *column; /* cols x padded: the centres in double, feature by feature */
    size_t padded;  /* k rounded up to whole vectors */
} tsl__filter;

/* 0 on success; make room for k centres of so many columns. */
int tsl__filter_open(tsl__filter *filter, int k, size_t cols, double scale);
/* Takes in the centres (k x cols). */
void tsl__filter_set(tsl__filter *filter, const double *center);
void tsl__filter_free(tsl__filter *filter);

typedef struct tsl__near {
    int label;
    double best, second; /* squared distances; second is infinite where k = 1 */
} tsl__near;

typedef struct tsl__kernel {
    const char *name;

    /* The nearest centre of each point of a tile of floats ((x - shift) *
     * scale). norm: upper bounds of |y|^2. gap[i] > 0: label[i] is the nearest
     * centre beyond doubt, and the second nearest lies at least gap[i] farther
     * away (in units of scale); gap[i] <= 0: undecided. */
    void (*filter)(const tsl__filter *filter, const float *tile, const float *norm, int32_t *label, float *gap);

    /* Of a tile of rows, bit i: not (gap[i] > limit[label[i]]). limit: of k clusters, with room for
     * TSL__LIMITS(k); every label is below that. */
    uint64_t (*stale)(const uint16_t *label, const float *gap, const float *limit, int k);

    /* What `filter` says of a tile, as it is kept: kept[i] = gap[i] + limit[label[i]], rounded down by a share of
     * some 2^-20. old: the labels so far. Bits of the rows that are decided, and of those among them whose label is
     * another than before. */
    uint64_t (*keep)(const int32_t *label, const float *gap, const float *limit, int k, const uint16_t *old,
                     float *kept, uint64_t *changed);

    /* Writes count rows, (x - shift) * scale, into the first lanes of a tile of
     * floats; the lanes up to the next multiple of 4 are overwritten too. */
    void (*pack)(const double *const *row, size_t count, const double *shift, double scale, size_t cols, float *tile);

    /* The same as `filter` for one row, in double, by direct differences; ties go to the
     * lowest centre. This is what "nearest" means. */
    void (*nearest)(const tsl__filter *filter, const double *row, const double *shift, tsl__near *out);

    /* Squared distances of a tile of doubles to one point. */
    void (*distance)(const double *tile, size_t cols, const double *point, double *out);

    /* out = the smaller of `closest` and weight times the squared distance to
     * the point; returns the sum of out, in a fixed order. */
    double (*closer)(const double *tile, size_t cols, const double *point, const double *weight, const double *closest,
                     double *out);

    /* Nearest and second nearest of k points (k x cols), ties to the lowest;
     * runner is -1 and second infinite where k = 1. */
    void (*rank)(const double *tile, size_t cols, const double *point, int k, int32_t *label, int32_t *runner,
                 double *best, double *second);

    /* sum += times * (row - shift). */
    void (*add)(double *sum, const double *row, const double *shift, double times, size_t cols);

    /* sums[offset[m]][lane] += weight * sqrt(squared[lane]) for each of count offsets. */
    void (*tally)(const double *squared, double weight, double (*sums)[TSL__TILE], const uint32_t *offset,
                  size_t count);

    /* Of count lines of whole numbers, adds each to the line bin[i] of `sums`, as wide as they are. */
    void (*gather)(const int64_t *line, const uint16_t *bin, size_t count, size_t width, int64_t *sums);

    /* Where the bytes (below 2^32) are one of the four wanted ones, rising; how many. Up to 64 places behind the last
     * may be overwritten. */
    size_t (*find)(const unsigned char *bytes, size_t count, const unsigned char wanted[4], uint32_t *place);

    /* How many bytes are the wanted one. */
    size_t (*count)(const unsigned char *bytes, size_t count, unsigned char wanted);

    /* 1: all are ASCII, and none is NUL. */
    int (*is_plain)(const unsigned char *bytes, size_t count);
} tsl__kernel;

/* What is left of a gap that is kept: rounding down, in float, of a sum and a product. */
#define TSL__KEPT (1 - 0x1p-20f)
/* Limits are looked up in whole registers where they fit into two. */
#define TSL__LIMITS(k) ((k) < 32 ? (size_t)32 : (size_t)(k))

/* The variant in use: the widest that the processor has, or what TESELA_KERNEL
 * names where the processor has that. */
const tsl__kernel *tsl__kernel_get(void);
/* A variant by name, or NULL where it is unknown or the processor lacks it. */
const tsl__kernel *tsl__kernel_find(const char *name);

/* Centres are packed in blocks of at most this many, split evenly. */
#define TSL__CENTERS 6
static inline int tsl__filter_blocks(int k)
{
    return (k + TSL__CENTERS - 1) / TSL__CENTERS;
}
static inline int tsl__filter_block_size(int k, int block)
{
    const int blocks = tsl__filter_blocks(k);
    return k / blocks + (block < k % blocks);
}

#endif
