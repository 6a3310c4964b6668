/* stability.h: the population stability index, and what chance gives of it. */
#ifndef TSL_STAT_STABILITY_H
#define TSL_STAT_STABILITY_H

#include <stddef.h>

typedef struct tsl__stability {
    double psi, chance, limit; /* the index; what chance gives on average; what it exceeds once in 1,000 times */
} tsl__stability;

/* Of the shares then and now in count cells, of so many people each, both over 0.
 * Siddiqi (2006); Yurdakul (2018) for what chance gives. */
tsl__stability tsl__stability_get(const double *then, const double *now, size_t count, double people_then,
                                  double people_now);

#endif
