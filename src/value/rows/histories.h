/* histories.h: the different histories of customers. */
#ifndef TSL_VALUE_ROWS_HISTORIES_H
#define TSL_VALUE_ROWS_HISTORIES_H

#include <tesela/value.h>

#include "value/rows/distinct.h"

/* The columns of the distinct rows: all of one x and t stand together. Where covariates tell customers apart, all of
 * one pattern of these do so first (patterns.h). */
enum {
    TSL__HISTORY_X,
    TSL__HISTORY_T,
    TSL__HISTORY_T_X,
    TSL__HISTORY_COLUMNS,
    TSL__HISTORY_PATTERN = TSL__HISTORY_COLUMNS
};

#define TSL__OPPORTUNITIES_MOST 10000

/* What is wrong with a history, in the order in which it is looked for; a reader says it with the place. */
typedef enum tsl__history_fault {
    TSL__FAULT_X,          /* no whole number from 0 to 1,000,000 */
    TSL__FAULT_T,          /* no time from 0 on */
    TSL__FAULT_TX,         /* not between 0 and t */
    TSL__FAULT_TX_WITHOUT, /* above 0 where x is 0 */
    TSL__FAULT_TX_NOUGHT,  /* 0 where x is above 0 */
    TSL__FAULT_WEIGHT,     /* not above 0 */
    /* where times count opportunities */
    TSL__FAULT_T_MOST,  /* too many */
    TSL__FAULT_T_PART,  /* no whole number */
    TSL__FAULT_TX_PART, /* no whole number */
    TSL__FAULT_X_MOST,  /* more than t_x */
    TSL__FAULTS         /* nothing is */
} tsl__history_fault;
tsl__history_fault tsl__history_judge(double x, double t_x, double t, double weight, int opportunities);

/* TSL_E_INPUT: a history that cannot be, with its place. opportunities: 1 where times count them. */
TSL_FALLIBLE tsl_status tsl__histories_check(const tsl_histories *histories, int opportunities, tsl_error *err);
/* Checks them; the different ones. */
TSL_FALLIBLE tsl_status tsl__histories_build(const tsl_histories *histories, int opportunities, int threads,
                                             tsl__distinct *out, tsl_error *err);

/* The row behind those of the x (and pattern) of the row `begin`; end: of what is looked at. */
size_t tsl__histories_get_end(const tsl__distinct *distinct, size_t begin, size_t end);

/* Divides their times by the unit. */
void tsl__histories_scale(tsl__distinct *distinct, double unit);

#endif
