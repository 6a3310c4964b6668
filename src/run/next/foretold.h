/* foretold.h: purchases that were foretold at a cut, judged by those that came. */
#ifndef TSL_RUN_NEXT_FORETOLD_H
#define TSL_RUN_NEXT_FORETOLD_H

#include "run/next/next.h"

typedef struct tsl__foretold_input {
    tsl_histories histories; /* as of the cut, all of them known */
    const double *came;      /* purchases of each in the period */
    double horizon;          /* its length, in the unit of the histories */
    const tsl_exec *exec;
} tsl__foretold_input;

/* By a model of what lay before the cut; NULL: by the rate that each had so far. Where nothing is foretold (a model
 * that is empty, or nobody) all figures are NaN. */
TSL_FALLIBLE tsl_status tsl__foretold_measure(const tsl__foretold_input *input, const tsl_purchase_model *model,
                                              tsl_holdout *out, tsl_error *err);
/* The same of expectations that are at hand. */
TSL_FALLIBLE tsl_status tsl__foretold_judge(const tsl__foretold_input *input, const double *expected, tsl_holdout *out,
                                            tsl_error *err);

/* Fills out->purchases of the customers who bought before the cut, where the features have value models; anew: 1: the
 * recipe's know of the period, and are fitted once more to what lay before. */
TSL_FALLIBLE tsl_status tsl__foretold_build(const tsl__next_input *input, int anew, tsl_next *out, tsl_error *err);

#endif
