/* next.h: segments at a cut, judged by what their customers did in the period after it. */
#ifndef TSL_RUN_NEXT_NEXT_H
#define TSL_RUN_NEXT_NEXT_H

#include <tesela/output.h>

typedef struct tsl__next_input {
    const tsl_features *features;  /* as of the cut */
    const tsl_table *transactions; /* that go on after it */
    const int32_t *segment;        /* customers: 0 to k - 1; -1: none */
    int k;
    const unsigned char *buyer; /* customers: tsl__next_get_buyers */
    int32_t until;
    const tsl_exec *exec;
    size_t shards; /* that the features are of, as of tsl__sharding_open */
} tsl__next_input;

/* What the customers at the cut did after it. */
typedef struct tsl__outcomes {
    double *value; /* net amount in the period; 0 of who was not there at the cut */
    unsigned char *happened;
    int32_t *segment; /* scratch: of some of them */
} tsl__outcomes;
/* segment and k of the input are not looked at; out gets the newcomers. Freed also on failure. */
TSL_FALLIBLE tsl_status tsl__outcomes_open(const tsl__next_input *input, tsl__outcomes *of, tsl_next *out,
                                           tsl_error *err);
void tsl__outcomes_free(tsl__outcomes *of);
/* Of any segments, -1: none. */
TSL_FALLIBLE tsl_status tsl__outcomes_judge(const tsl__next_input *input, const tsl__outcomes *of,
                                            const int32_t *segment, int k, tsl_outcome **out, tsl_error *err);

/* Room for k segments, without names. */
TSL_FALLIBLE tsl_status tsl__next_open(int k, tsl_next **out, tsl_error *err);
/* All but the segments' names and what is of given labels alone. Customers who never bought count in their segment's
 * figures, and in nothing else. */
TSL_FALLIBLE tsl_status tsl__next_measure(const tsl__next_input *input, tsl_next *out, tsl_error *err);

/* 1 for each customer who has a purchase, owned, and how many have. */
TSL_FALLIBLE tsl_status tsl__next_get_buyers(const tsl_features *features, unsigned char **buyer, uint64_t *count,
                                             tsl_error *err);

/* The net amount of each customer in the period, owned; 0: none, or not there at the cut. segment and k are not looked
 * at. */
TSL_FALLIBLE tsl_status tsl__next_get_value(const tsl__next_input *input, double **out, tsl_error *err);

/* Likewise 1 for each customer who bought in it. */
TSL_FALLIBLE tsl_status tsl__next_get_happened(const tsl__next_input *input, unsigned char **out, tsl_error *err);

/* How many of recency, frequency and spend differ between two segments, mean over the
 * pairs of segments that somebody who bought is in; NaN with fewer than two. a and b differ in a feature where |P(a >
 * b) - 1/2| >= .25, ties counting half. */
TSL_FALLIBLE tsl_status tsl__next_get_distinct(const tsl__next_input *input, double *distinct, tsl_error *err);

#endif
