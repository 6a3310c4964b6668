/* valuation_rfm.h: the RFM segments of those who are valued. */
#ifndef TSL_RUN_WORTH_VALUATION_RFM_H
#define TSL_RUN_WORTH_VALUATION_RFM_H

#include <tesela/run.h>

TSL_FALLIBLE tsl_status tsl__valuation_check_rfm(const tsl_valuation_options *opt, tsl_error *err);
/* By the scores that the valuation has; how many are in each, and what is expected of them. */
TSL_FALLIBLE tsl_status tsl__valuation_fill_rfm(const tsl_valuation_options *opt, tsl_valuation *v, tsl_error *err);

#endif
