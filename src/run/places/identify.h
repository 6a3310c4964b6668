/* identify.h: which segments of a run are those of a previous one, with their numbers, codes and colours. */
#ifndef TSL_RUN_PLACES_IDENTIFY_H
#define TSL_RUN_PLACES_IDENTIFY_H

#include "run/run_state.h"

/* By group of the model. */
typedef struct tsl__identities {
    int *number, *colour;
    int last_number; /* as of tsl_policy */
} tsl__identities;
void tsl__identities_free(tsl__identities *identities); /* NULL is fine */

/* Where clusters were found anew beside a previous run: a rank for each of k clusters, by which they stand in the order
 * of their numbers, new ones last; owned. label: of the rows of the matrix. *rank NULL: there is no such run. */
TSL_FALLIBLE tsl_status tsl__run_rank(const tsl_run *run, const tsl_feature_matrix *matrix, const int32_t *label, int k,
                                      int32_t **rank, tsl_error *err);
/* With a previous run, settles what each group of the model is, into run->identities and the model's codes. */
TSL_FALLIBLE tsl_status tsl__run_identify(tsl_run *run, tsl_error *err);
/* What a group of the model, from 0, is numbered. */
int tsl__run_get_number(const tsl_run *run, int group);

#endif
