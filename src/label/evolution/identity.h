/* identity.h: which segment of an earlier run each group of now goes on from (docs/methods/identity.md). */
#ifndef TSL_LABEL_IDENTITY_H
#define TSL_LABEL_IDENTITY_H

#include <tesela/label.h>

/* Two are the same only where the customers in both are at least this share of those in either. */
#define TSL__IDENTITY_JACCARD 0.3

/* Views. Customers who are not there then, or now, are not looked at. */
typedef struct tsl__identity_input {
    size_t customers;
    const int32_t *was, *now; /* customers: the segment then, the group now, from 0; -1: in none */
    size_t then_count, now_count;
    const unsigned char *then_known, *now_known; /* 1: what it is is known already; NULL: of none */
} tsl__identity_input;

/* match: now_count; the segment then, or -1: one to one, so that as many customers as can be stay in theirs. How groups
 * of now are numbered does not matter: ties go to the earlier segment of then, and to the group whose first customer
 * comes first. TSL_E_OPTION: more than TSL_MATCH_MAX on either side. Cost: O(customers + then_count * now_count^2) at
 * most. */
TSL_FALLIBLE tsl_status tsl__identity_match(const tsl__identity_input *in, int32_t *match, tsl_error *err);

/* Each one's fate, from the table of moves and which code is where (tsl_succession.of). */
void tsl__fates_find(tsl_succession *all);

#endif
