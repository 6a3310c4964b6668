/* crm_pair.h: the rows of a run, beside those of an earlier one: who is new, who stands in both, who has vanished. */
#ifndef TSL_CRM_CRM_PAIR_H
#define TSL_CRM_CRM_PAIR_H

#include "crm/scored_run.h"

typedef struct tsl__crm_pair {
    tsl__scored_run *run, *since; /* since NULL: there is no earlier one */
    int begun;
    int in_run, in_since; /* where the customer at hand stands; nowhere: all have been */
} tsl__crm_pair;

/* The next customer, in the order of ids. Where the run does not say where he was before, and since when he is in his
 * segment, its row then has what the earlier one shows: of one who stays what it says itself. */
TSL_FALLIBLE tsl_status tsl__crm_pair_read(tsl__crm_pair *pair, tsl_error *err);
/* Before the first again. */
TSL_FALLIBLE tsl_status tsl__crm_pair_rewind(tsl__crm_pair *pair, tsl_error *err);
/* The row that tells of him: that of the run, or of who has vanished that of the earlier one. */
tsl__scored_run *tsl__crm_pair_get(const tsl__crm_pair *pair);
/* Of one in both: 1: where he was before, or since when he is here, is another than the earlier run says. */
int tsl__crm_pair_moves(const tsl__crm_pair *pair);
/* 1: he has vanished, and may be on the list of those who are in no output of the run: he is counted, and no file has
 * him. */
int tsl__crm_pair_hides(const tsl__crm_pair *pair);

#endif
