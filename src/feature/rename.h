/* rename.h: features that are there already: some customers leave, and those who stay are called otherwise. */
#ifndef TSL_FEATURE_RENAME_H
#define TSL_FEATURE_RENAME_H

#include <tesela/feature.h>

/* Of features that were read from a file, `what` in messages. suppression: whose customers leave, by the ids that they
 * are known by, or NULL; pseudonyms: what the others are called by, whose rows are then in the order of these, or NULL:
 * as they are. TSL_E_INPUT: they are pseudonyms by another key already, or nobody is left; TSL_E_OPTION: customers who
 * are pseudonyms leave by their ids, and no key says who they are; TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__features_rename(tsl_features *features, const char *what, const tsl_pseudonyms *pseudonyms,
                                             const tsl_suppression *suppression, int threads, tsl_error *err);

#endif
