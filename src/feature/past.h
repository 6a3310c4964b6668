/* past.h: customers as they were at several days in the past, a block of them after the other: their features by a
 * recipe that is there, and what they did from one of the days to the next.
 *
 * The rows are taken up once, whatever the number of days; a customer's records are laid anew at a day only where rows
 * of his have come since the one before. */
#ifndef TSL_FEATURE_PAST_H
#define TSL_FEATURE_PAST_H

#include <tesela/feature.h>

typedef struct tsl__past_plan {
    const tsl_tables *tables; /* with their cells; as_of is that of the last day; clip is not heeded */
    const tsl_recipe *recipe; /* which is applied */
    const uint8_t *wanted;    /* one a feature: 1: it is made */
    const int32_t *cut;       /* cuts, rising: first days that are not known, none after as_of */
    size_t cuts;
    const tsl_exec *exec;
} tsl__past_plan;

/* The customers of a block at one of the days. A customer is known from his first row on, or from the day that the
 * customers' table says he came, if that is earlier. */
typedef struct tsl__past_scene {
    size_t block;                 /* which it is: each is shown with all days, in their order, to one thread */
    size_t cut;                   /* which day */
    size_t customers;             /* of the block; at most TSL__BLOCK_ROWS */
    const tsl_features *features; /* of those who are known: values of wanted features, and who is set apart; no ids */
    const uint32_t *place;        /* features->customers: which of the block each is, rising */
    /* One a customer of the block, of the days from the cut before up to this one; at the first NULL. */
    const int64_t *net;    /* what his lines come to, 1/10000 */
    const uint8_t *bought; /* 1: an order, of these lines alone, has a net amount above 0 */
} tsl__past_scene;

/* thread: from 0, below plan->exec->threads. */
typedef tsl_status (*tsl__past_visitor)(void *user, int thread, const tsl__past_scene *scene, tsl_error *err);

/* Of features that are like those of tsl_features_build of the tables clipped to what lies before each day. Which
 * customers make a block depends on the tables alone; in which order blocks come is left open. TSL_E_INPUT: columns
 * that are not there; TSL_E_NOMEM, TSL_E_CANCELLED, and what the visitor returns. Cost: O(days * rows) at most. */
TSL_FALLIBLE tsl_status tsl__past_visit(const tsl__past_plan *plan, tsl__past_visitor visitor, void *user,
                                        tsl_error *err);
/* Bytes that it takes, besides what the visitor keeps. */
size_t tsl__past_get_bytes(const tsl__past_plan *plan);

#endif
