/* account_score.h: the weighted score of a valuation, and what each column adds to it. */
#ifndef TSL_RUN_WORTH_ACCOUNT_SCORE_H
#define TSL_RUN_WORTH_ACCOUNT_SCORE_H

#include <tesela/run.h>

/* Fills valuation->score by the parts that are asked for. TSL_E_OPTION: a feature that there is not, or that is no
 * number. */
TSL_FALLIBLE tsl_status tsl__account_score_build(const tsl_features *features, const tsl_valuation_options *opt,
                                                 const tsl_exec *exec, tsl_valuation *valuation, tsl_error *err);
void tsl__account_score_free(tsl_valuation_score *score); /* NULL is fine */

#endif
