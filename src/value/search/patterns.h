/* patterns.h: customers by their covariates: who is alike in all of them is of one pattern, and has parameters in
 * common. */
#ifndef TSL_VALUE_SEARCH_PATTERNS_H
#define TSL_VALUE_SEARCH_PATTERNS_H

#include <tesela/value.h>

#include "value/rows/distinct.h"
#include "value/terms/likelihood.h"

/* TSL_E_INPUT: covariates of which there are none or too many, or a value that is not finite, with its place. */
TSL_FALLIBLE tsl_status tsl__covariates_check(const tsl_covariates *covariates, size_t count, tsl_error *err);

/* The different patterns (a column a covariate), and the different histories of each: columns as those of
 * tsl__histories_build, and TSL__HISTORY_PATTERN the number of the pattern, by which they are sorted first. Of
 * covariates that are checked; histories are checked here. */
TSL_FALLIBLE tsl_status tsl__patterns_build(const tsl_covariates *covariates, const tsl_histories *histories,
                                            int threads, tsl__distinct *patterns, tsl__distinct *out, tsl_error *err);

/* Which parameter the coefficients of leaving act on, and which way; -1: none. */
int tsl__pattern_get_dropout(tsl_purchase_kind kind, double *sign);

/* The parameters of customers whose covariates are those of row `pattern`: alpha e^-(rate z) and, of leaving, beta
 * e^-(dropout z) or a e^(dropout z). */
void tsl__pattern_put(const tsl__distinct *patterns, size_t pattern, size_t count, tsl_purchase_kind kind,
                      const double *base, const double *rate, const double *dropout, double *parameter);

#endif
