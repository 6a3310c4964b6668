/* internal.h: the steps of labeling, in the order in which they run. */
#ifndef TSL_LABEL_INTERNAL_H
#define TSL_LABEL_INTERNAL_H

#include <tesela/label.h>

/* segments.c: each customer's segment, confidence and distance; the segments'
 * sizes and totals. labels->value is set already. */
tsl_status tsl__segments_fill(const tsl_model *model, const tsl_label_options *opt, tsl_labels *labels, tsl_error *err);
/* names.c: traits and unique names of the segments. */
tsl_status tsl__names_fill(const tsl_label_options *opt, tsl_labels *labels, tsl_error *err);
/* tiers.c: each customer's tier from his value. */
tsl_status tsl__tiers_fill(const tsl_label_options *opt, tsl_labels *labels, tsl_error *err);
/* lifecycle.c: each customer's stage, from the history. */
tsl_status tsl__lifecycle_fill(const tsl_label_options *opt, tsl_labels *labels, tsl_error *err);
/* lifecycle.c: silence up to which a customer counts as active, in days. */
double tsl__lifecycle_limit(const double *history, double population, double shrinkage);
/* reasons.c: one sentence a customer. */
tsl_status tsl__reasons_fill(const tsl_label_options *opt, tsl_labels *labels, tsl_error *err);

/* Sums values exactly where they are money. Starts as {0}. */
typedef struct tsl__total {
    __int128 exact; /* 1/10000 */
    double sum;
} tsl__total;
void tsl__total_add(tsl__total *total, double value); /* NaN adds nothing */
double tsl__total_get(const tsl__total *total, int money);
/* 1 where the labels' value is money. */
int tsl__value_is_money(const tsl_labels *labels);

#endif
