/* choice.h: which k of a sweep is the best. */
#ifndef TSL_MODEL_CHOICE_H
#define TSL_MODEL_CHOICE_H

#include <tesela/model.h>

/* Set sweep->best and the sentence in info.choice: where there is one candidate,
 * "k = 3 was asked for"; among many, that of the greatest index. */
TSL_FALLIBLE tsl_status tsl__sweep_choose_only(tsl_sweep *sweep, const char *why, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__sweep_choose(tsl_sweep *sweep, const tsl_kmeans_options *opt, tsl_error *err);

#endif
