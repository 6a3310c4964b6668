/* start.h: what a caller says of where k-means begins and what draws it. */
#ifndef TSL_MODEL_START_H
#define TSL_MODEL_START_H

#include "model/kmeans/lloyd.h"

/* Initial centres and prior places, copied. */
typedef struct tsl__begin {
    double *init;                /* init_count x cols, or NULL */
    double *place;               /* prior_count x cols, or NULL */
    int init_count, prior_count; /* prior_count 0 where the weight is 0 */
    double prior_weight;
    double *init_shifted, *place_shifted; /* the same less the shift, once there is one */
} tsl__begin;

/* Checked: TSL_E_OPTION for counts and weight, TSL_E_INPUT for a coordinate that
 * is not finite. start may be NULL. */
TSL_FALLIBLE tsl_status tsl__begin_open(const tsl_start *start, size_t cols, tsl__begin *out, tsl_error *err);
void tsl__begin_free(tsl__begin *begin);
/* Takes their coordinates in, and multiplies them by a unit. */
void tsl__begin_extend(const tsl__begin *begin, size_t cols, tsl__extent *extent);
void tsl__begin_scale(tsl__begin *begin, size_t cols, double unit);
/* k or its range fitted to the start: TSL_E_OPTION where they contradict each other. */
TSL_FALLIBLE tsl_status tsl__begin_fit(const tsl__begin *begin, tsl_kmeans_options *opt, tsl_notes *notes,
                                       tsl_error *err);
TSL_FALLIBLE tsl_status tsl__begin_shift(tsl__begin *begin, const double *shift, size_t cols, tsl_error *err);
/* Coordinate i of a run's centres with the shift put back. One that stands at its
 * prior place does so again, to the bit. */
double tsl__begin_unshift(const tsl__begin *begin, size_t i, double shifted, double shift, size_t cols);
static inline tsl__prior tsl__begin_prior(const tsl__begin *begin, int shifted)
{
    const double *place = shifted ? begin->place_shifted : begin->place;
    return (tsl__prior){place, (size_t)begin->prior_count, begin->prior_weight};
}

#endif
