/* cohort_fits.h: models of purchases by when customers bought first. */
#ifndef TSL_RUN_WORTH_COHORT_FITS_H
#define TSL_RUN_WORTH_COHORT_FITS_H

#include "value/value_model.h"

#include <tesela/run.h>

/* Fills valuation->cohorts, of the kind that foretells; where none does a note says so. */
TSL_FALLIBLE tsl_status tsl__cohort_fits_build(const tsl__known *known, tsl_cohort_span span, const tsl_exec *exec,
                                               tsl_valuation *valuation, tsl_error *err);
void tsl__cohort_fits_free(tsl_valuation_cohorts *cohorts); /* NULL is fine */

#endif
