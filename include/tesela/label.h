/*
 * label.h: clusters -> segments with names, value tiers, lifecycle stages.
 */
#ifndef TESELA_LABEL_H
#define TESELA_LABEL_H

#include <tesela/base.h>
#include <tesela/feature.h>
#include <tesela/model.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TSL_TIERS 5

typedef enum tsl_tier_method {
    TSL_TIER_QUANTILE, /* share[i]: of the customers */
    TSL_TIER_REVENUE,  /* share[i]: of the total positive value */
    TSL_TIER_CUTS      /* cut[i]: least value of tier i */
} tsl_tier_method;

/* A fixed list: 0 vip, 1 gold, 2 silver, 3 bronze, 4 normal. */
TSL_API const char *tsl_tier_get_code(int tier);
TSL_API const char *tsl_tier_get_name(int tier, const char *lang); /* "VIP", "Gold" ...; "VIP", "金卡" ... */

typedef enum tsl_stage {
    TSL_POTENTIAL, /* no purchase */
    TSL_NEW,
    TSL_ACTIVE,
    TSL_AT_RISK,
    TSL_LOST,
    TSL_REACTIVATED, /* came back after a silence that counted as lost */
    TSL_STAGES
} tsl_stage;
TSL_API const char *tsl_stage_get_code(tsl_stage stage); /* "potential", "new", "active", "at_risk", ... */
TSL_API const char *tsl_stage_get_name(tsl_stage stage, const char *lang);

/* Defaults and their reasons: docs/methods/tiers.md, docs/methods/lifecycle.md. */
typedef struct tsl_label_options {
    const char *value;                /* feature that tiers and values go by; NULL: monetary_total where there */
    tsl_tier_method tier_method;      /* default TSL_TIER_QUANTILE */
    double tier_share[TSL_TIERS - 1]; /* default .01 .04 .15 .30, by revenue .20 .20 .20 .20; sum <= 1 */
    double tier_cut[TSL_TIERS - 1];   /* falling; in units of the value */
    double new_days;                  /* tenure up to which a customer is new; default 30 */
    double lost_factor;               /* lost beyond this times the at-risk limit; > 1, default 2 */
    double shrinkage;                 /* weight of the population, in gaps; >= 0, default 5 */
    const char *lang;                 /* "en" or "zh"; default "en" */
    int threads;
} tsl_label_options;

TSL_API tsl_label_options tsl_label_defaults(void);
/* The shares that a method has by default. */
TSL_API void tsl_tiers_defaults(tsl_tier_method method, double share[TSL_TIERS - 1]);

/* How much a feature sets a segment apart. */
typedef struct tsl_trait {
    size_t feature; /* index into tsl_features.feature */
    double mean;    /* in the segment, raw, missing left out */
    double mean_all;
    double effect; /* (segment's mean - population's mean) / population's sd, on the transformed scale, times
                      the share of the segment's customers for whom the feature is known */
    double known;  /* that share */
    double known_all;
} tsl_trait;

/* What the explanation tree says of a cluster: each text is "" where the tree
 * has no leaf for it, and NULL where the model has no tree. */
typedef struct tsl_rule {
    char *words[TSL_LANGS]; /* plain: "days since last purchase at most 45" */
    char *condition;        /* by the features' own names: "recency_days <= 45" */
} tsl_rule;

/* One a cluster (model->k), owned. Cost: k x nodes of the tree. */
TSL_API tsl_status tsl_rules_build(const tsl_model *model, tsl_rule **out, tsl_error *err);
/* NULL is fine. */
TSL_API void tsl_rules_free(tsl_rule *rule, size_t count);

typedef struct tsl_segment {
    int segment;            /* from 1 */
    int cluster;            /* of the model */
    char *names[TSL_LANGS]; /* unique; owned */
    const char *name;       /* that of the language asked for; borrowed */
    uint64_t size;
    double share;               /* of the customers */
    double value_total;         /* NaN without a value */
    double value_share;         /* of the total; NaN without */
    const tsl_rule *rule;       /* borrowed */
    double precision, coverage; /* NaN without a tree */
    double confidence_mean;
    tsl_trait *trait; /* one a non-sensitive feature, by falling |effect| */
    size_t trait_count;
    uint64_t tier_size[TSL_TIERS];
    uint64_t stage_size[TSL_STAGES];
} tsl_segment;

typedef struct tsl_tier {
    int tier;
    uint64_t size;
    double value_total, value_share;
    double lowest; /* least value that is in; with cuts, the cut; NaN where open or empty */
} tsl_tier;

typedef struct tsl_stage_row {
    tsl_stage stage;
    uint64_t size;
    double value_total, value_share;
} tsl_stage_row;

typedef struct tsl_labels {
    size_t customers;
    const tsl_features *features; /* borrowed from the caller: must outlive the labels */
    size_t segment_count;
    tsl_segment *segments; /* by segment number */
    tsl_rule *rules;       /* by the model's cluster; owned */
    int has_tiers, has_lifecycle, has_rfm;
    tsl_tier tier[TSL_TIERS];
    tsl_stage_row stage[TSL_STAGES];
    char *value_name; /* NULL without a value */
    double gap_p90;   /* the population's; NaN without */
    /* one entry a customer, in the order of features->id */
    int32_t *segment;       /* from 1 */
    int32_t *runner_up;     /* segment number, 0 where there is one segment */
    double *distance;       /* to the centre, in the space of clustering */
    double *confidence;     /* 1 - distance / runner-up's distance, 0 to 1 */
    double *value;          /* NaN unknown; NULL without a value */
    int8_t *customer_tier;  /* index of the tier; NULL without */
    int8_t *customer_stage; /* tsl_stage; NULL without */
    uint8_t *r, *f, *m;     /* 1 to 5, 0 unknown; NULL without */
    char **reason;          /* why this stage (and tier), one sentence in the language */
    tsl_notes notes;
    double seconds;
} tsl_labels;

/* TSL_E_INPUT where the model was made from other features; TSL_E_OPTION. */
TSL_API tsl_status tsl_labels_build(const tsl_features *features, const tsl_model *model, const tsl_label_options *opt,
                                    tsl_labels **out, tsl_error *err);
TSL_API void tsl_labels_free(tsl_labels *labels);

#ifdef __cplusplus
}
#endif
#endif
