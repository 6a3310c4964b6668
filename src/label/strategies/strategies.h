/*
 * strategies.h: what is to be done about whom: from the rows of a table to each customer's action.
 *
 * default_strategies.c makes the table that there is without another one; given_strategies.c looks at one that is given
 * and puts it into the policy; strategies_file.c reads it from a file; strategies_fill.c finds each customer's row.
 */
#ifndef TSL_LABEL_STRATEGIES_STRATEGIES_H
#define TSL_LABEL_STRATEGIES_STRATEGIES_H

#include "label/internal.h"
#include "label/label_codes.h"

/* For the tiers and stages that the labels have; *out NULL where there are neither. */
TSL_FALLIBLE tsl_status tsl__default_strategies_build(const tsl_labels *labels, tsl_strategies **out, tsl_error *err);
/* A table with its own copy of the rows, in which nothing is left out: "*" and names stand where there was nothing. */
TSL_FALLIBLE tsl_status tsl__strategies_copy(const tsl_strategy *rows, size_t count, tsl_strategies **out,
                                             tsl_error *err);
/* What can be told of a row before there are customers. TSL_E_INPUT. */
TSL_FALLIBLE tsl_status tsl__strategy_check(const tsl_strategy *row, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__given_strategies_check(const tsl_label_options *opt, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__given_strategies_take(const tsl_label_options *opt, tsl_policy *policy, tsl_error *err);

/* The step: each customer's row of the table. */
TSL_FALLIBLE tsl_status tsl__strategies_fill(const tsl__labeling *job, tsl_error *err);
void tsl__strategies_drop(tsl_labels *labels);

#endif
