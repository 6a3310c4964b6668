/* effect.h: how far a segment's mean lies from that of all, in standard deviations, by sums over the customers: of what
 * is above one known value, so that small differences of great numbers are not lost, and a constant varies by 0. */
#ifndef TSL_LABEL_NAMING_EFFECT_H
#define TSL_LABEL_NAMING_EFFECT_H

#include <math.h>

/* Of a segment, or of all, which alone have the squares. Starts as zeros. */
typedef struct tsl__effect_sums {
    double sum, square;
    double known; /* weight */
} tsl__effect_sums;

/* A customer of the segment, of that weight. */
static inline void tsl__effect_add(tsl__effect_sums *own, tsl__effect_sums *all, double above, double weight)
{
    own->sum += weight * above;
    own->known += weight;
    all->sum += weight * above;
    all->square += weight * (above * above);
    all->known += weight;
}

/* Of a segment of that weight: who is not known lies at the mean of all. 0 where nothing varies. */
static inline double tsl__effect_get(const tsl__effect_sums *own, const tsl__effect_sums *all, double weight)
{
    const double mean = all->sum / all->known, variance = all->square / all->known - mean * mean;
    return own->known > 0 && variance > 0 ? (own->sum - own->known * mean) / (sqrt(variance) * weight) : 0;
}

#endif
