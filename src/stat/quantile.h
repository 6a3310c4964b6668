/* quantile.h: quantiles of plain arrays. */
#ifndef TSL_STAT_QUANTILE_H
#define TSL_STAT_QUANTILE_H

#include <stddef.h>

/* out[i] = the type-7 quantile p[i] of values[0..n), n >= 1, all finite, which
 * are reordered; p rising within [0, 1]. Cost O(n) a quantile. Hyndman & Fan
 * (1996), definition 7. */
void tsl__quantiles(double *values, size_t n, const double *p, size_t count, double *out);

/* Some values, which stand elsewhere. */
typedef struct tsl__values {
    const double *value;
    size_t count;
} tsl__values;

/* The type-7 quantile of all values of several arrays, at least one, all finite and none below 0, which stay as they
 * are. 0 on success, -1: out of memory. Cost O(n), and room for the values near the quantile. */
int tsl__quantile_of_parts(const tsl__values *part, size_t parts, double p, double *out);

/* Gives piece `piece` of the values, in memory until the next is asked for; 0, or -1 where it cannot. */
typedef int (*tsl__values_reader)(void *user, size_t piece, tsl__values *out);
/* The same of values that are not all in memory, to the same bits: pieces are read in order, five times. 0, -1. Room:
 * 512 KB. */
int tsl__quantile_of_pieces(tsl__values_reader read, void *user, size_t pieces, double p, double *out);

#endif
