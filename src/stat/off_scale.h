/*
 * off_scale.h: a few values that lie off the scale of all others: 589314 among answers from 1 to 5, 999 among ages.
 *
 * A tail of at most one row in twenty is off where the gap before it is wider than
 *
 *   the whole range of the others, where they are known to be answers on a scale;
 *   ten times that, where they are few distinct whole numbers (counts, which have tails);
 *   three times that, where they are more, and not skewed to that side: their end is at most four times as far from
 *   their median as the other end.
 *
 * Amounts of money are skewed to the right, and their largest ones are no slips: the third rule leaves them alone, as
 * it does what is distributed exponentially or log-normally. Of normal values none is ever that far.
 */
#ifndef TSL_STAT_OFF_SCALE_H
#define TSL_STAT_OFF_SCALE_H

#include <stddef.h>
#include <stdint.h>

typedef struct tsl__off_scale {
    uint64_t count;   /* rows that are off; 0: none */
    double example;   /* the one of them that is the farthest */
    double low, high; /* of all others */
} tsl__off_scale;

/* value: `count` distinct ones, rising; rows: that hold each. is_scale: answers on a scale. */
void tsl__off_scale_find(const double *value, const uint64_t *rows, size_t count, int is_scale, tsl__off_scale *out);

#endif
