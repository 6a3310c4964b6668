/* forecast.h: who bought nothing after the cut, and how well that was foretold at it. */
#ifndef TSL_RUN_NEXT_FORECAST_H
#define TSL_RUN_NEXT_FORECAST_H

#include "run/next/next.h"

/* Of customers with a risk (NaN: left out): gone 1: bought nothing; recency: days. */
TSL_FALLIBLE tsl_status tsl__forecast_measure(const double *risk, const double *recency, const unsigned char *gone,
                                              size_t customers, tsl_next_churn *out, tsl_error *err);

/* Fills out->churn of a cut after which there are TSL_CHURN_DAYS days, by what was known at it. */
TSL_FALLIBLE tsl_status tsl__forecast_build(const tsl__next_input *input, tsl_next *out, tsl_error *err);

#endif
