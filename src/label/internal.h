/* internal.h: the steps of labeling, in the order in which they run. Each fits
 * its part of labels->policy where the labels are not applied (or that part is
 * to be fitted anew), and then goes by the policy alone. */
#ifndef TSL_LABEL_INTERNAL_H
#define TSL_LABEL_INTERNAL_H

#include "base/text.h"
#include "label/kept_names.h"

/* What a step is given; labels->policy, applied and refit are set. */
typedef struct tsl__labeling {
    const tsl_model *model;
    const tsl_assignment *assignment;
    const tsl_label_options *opt;
    int lang; /* of opt */
    int threads;
    tsl_labels *labels;
    const tsl__kept_names *kept; /* or NULL */
} tsl__labeling;

/* labels.c: options that were given (NULL: none) over the defaults, checked. */
TSL_FALLIBLE tsl_status tsl__label_options_open(const tsl_label_options *given, tsl_label_options *opt, tsl_error *err);

/* policy.c: 1 where the part is to be fitted here; it is marked in labels->refit where a policy was given. */
int tsl__policy_fits(const tsl__labeling *job, unsigned part);

/* segments.c: each customer's segment, confidence and distance; the segments'
 * sizes and totals. labels->value is set already. */
TSL_FALLIBLE tsl_status tsl__segments_fill(const tsl__labeling *job, tsl_error *err);
/* agreement.c: how well the tree's rules tell the segments of these customers. */
TSL_FALLIBLE tsl_status tsl__agreement_fill(const tsl__labeling *job, tsl_error *err);
/* names.c: traits and unique names of the segments. */
TSL_FALLIBLE tsl_status tsl__names_fill(const tsl__labeling *job, tsl_error *err);
/* given_names.c: names that were given, into the policy. */
TSL_FALLIBLE tsl_status tsl__given_name_check(const char *what, const tsl_segment_name *given, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__given_names_check(const tsl_label_options *opt, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__given_names_take(const tsl_label_options *opt, tsl_policy *policy, tsl_error *err);
/* rfm_segments.c: each customer's segment by his RFM scores. */
TSL_FALLIBLE tsl_status tsl__rfm_segments_check(const tsl_label_options *opt, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__rfm_segments_fill(const tsl__labeling *job, tsl_error *err);
/* scores.c: TSL_E_OPTION where parts that are asked for do not hold together; the score of each customer, where there
 * is one. */
TSL_FALLIBLE tsl_status tsl__score_check(const tsl_label_options *opt, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__scores_fill(const tsl__labeling *job, tsl_error *err);
/* What tiers are cut by: the score or the value; NULL: nothing. */
static inline const double *tsl__tiers_get_value(const tsl_labels *labels)
{
    return labels->policy->tiers_of_score ? labels->score : labels->value;
}
/* tiers.c: each customer's tier from that. */
TSL_FALLIBLE tsl_status tsl__tiers_fill(const tsl__labeling *job, tsl_error *err);
/* Where a tier begins: a fixed cut, or one that customers were found above; NaN
 * where there were none. */
double tsl__tier_get_cut(const tsl_policy *policy, size_t tier);
/* lifecycle.c: each customer's stage, from the history. */
TSL_FALLIBLE tsl_status tsl__lifecycle_fill(const tsl__labeling *job, tsl_error *err);
/* churn.c: who is likely to leave, and what is at stake. */
TSL_FALLIBLE tsl_status tsl__churn_fill(const tsl__labeling *job, tsl_error *err);
/* stage_options.c: what is asked of the stages. */
TSL_FALLIBLE tsl_status tsl__stage_options_check(const tsl_label_options *opt, tsl_error *err);
/* The features that stages are found and told by, or feature_count; the labels have their policy. */
typedef struct tsl__stage_columns {
    size_t recency, alive, lines, total, returned;
} tsl__stage_columns;
tsl__stage_columns tsl__stage_columns_find(const tsl_labels *labels);
/* stage_words.c: 1 where there is no line of his at all, of one who never bought; and why a customer has his stage. */
int tsl__stage_is_stranger(const tsl_features *features, const tsl__stage_columns *columns, size_t customer);
tsl_reason tsl__stage_words_put(const tsl_labels *labels, const tsl__stage_columns *columns, size_t customer, int lang,
                                tsl__text *text);
/* Days since the last purchase; recency: the feature recency_days, of which it is where the history lacks the first
 * purchase, or feature_count. NaN: not known. */
double tsl__lifecycle_silence(const tsl_features *features, size_t recency, size_t customer);
/* Silence up to which a customer counts as active, in days. */
double tsl__lifecycle_limit(const double *history, const tsl_policy *policy);
/* segment_change.c: where each customer was before. */
TSL_FALLIBLE tsl_status tsl__segment_change_fill(const tsl__labeling *job, tsl_error *err);
/* reasons.c: one sentence a customer, and its code. */
TSL_FALLIBLE tsl_status tsl__reasons_fill(const tsl__labeling *job, tsl_error *err);
/* reason_codes.c: whose reason it is, by its code; TSL_STAGES: of several, or of none. */
tsl_stage tsl__reason_get_stage(const char *code);
/* That of one customer of finished labels, in any language: 0 "en", 1 "zh". */
void tsl__reason_put(const tsl_labels *labels, size_t customer, int lang, tsl__text *text);

/* responses.c: what is known of the outcomes, of each segment. */
TSL_FALLIBLE tsl_status tsl__responses_fill(const tsl__labeling *job, tsl_error *err);
void tsl__responses_free(tsl_labels *labels);

/* total.c: sums values exactly where they are money. Starts as {0}. */
typedef struct tsl__total {
    __int128 exact; /* 1/10000 */
    double sum;
    size_t known, unknown; /* values */
} tsl__total;
void tsl__total_add(tsl__total *total, double value); /* NaN: unknown */
/* NaN where there are values and none of them is known. */
double tsl__total_get(const tsl__total *total, int money);
/* medians.c: of a value of each customer (value[i * stride]; NaN: not known), by segment; NaN where it is known of
 * nobody in it. Cost: O(customers). */
TSL_FALLIBLE tsl_status tsl__segment_medians_get(const tsl_labels *labels, const double *value, size_t stride,
                                                 double *median, tsl_error *err);
/* 1 where the labels' value is money. */
int tsl__value_is_money(const tsl_labels *labels);

#endif
