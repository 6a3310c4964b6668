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

#define TSL_SCORE_PARTS_MAX 8
#define TSL_TIERS_MAX 12 /* of a policy; at least 2 */

typedef enum tsl_tier_method {
    TSL_TIER_QUANTILE, /* share[i]: of the customers */
    TSL_TIER_REVENUE,  /* share[i]: of the total positive value */
    TSL_TIER_CUTS,     /* cut[i]: least value of tier i */
    TSL_TIER_BREAKS    /* where the values have gaps: natural breaks. Fisher (1958), On grouping for maximum
                          homogeneity, JASA 53 */
} tsl_tier_method;

/* What a tier is called: views. */
typedef struct tsl_tier_name {
    const char *code;             /* for programs: a to z, 0 to 9 and _, at most 32; unique */
    const char *names[TSL_LANGS]; /* for people, one line; NULL: the code */
} tsl_tier_name;

TSL_API TSL_FALLIBLE tsl_status tsl_tier_name_check(const tsl_tier_name *name, tsl_error *err);

/* Where a tier begins. */
typedef struct tsl_tier_cut {
    double least; /* its least value */
    int above;    /* 1: only what is over it; 0: it is in */
} tsl_tier_cut;

/* Code and name of a tier, 0 the best, of so many that nobody has named: of three high, mid, low; of five vip, gold,
 * silver, bronze, normal ("VIP", "金卡", ...); else tier_1, tier_2, ...; NULL beyond. */
TSL_API const char *tsl_tier_get_code(size_t count, size_t tier);
TSL_API const char *tsl_tier_get_name(size_t count, size_t tier, const char *lang);

/* A part of the score: views. */
typedef struct tsl_score_group {
    const char *code;             /* as of a tier; the column score_CODE of segments.csv */
    double weight;                /* > 0, against the other parts */
    const char *const *feature;   /* those that it is made of, at least one */
    const double *feature_weight; /* against each other; below 0: the less, the better, which is so anyway where
                                     tsl_score_get_less says it */
    size_t feature_count;
} tsl_score_group;
/* 1 of a feature of which less is better whatever its weight: recency_days, return_share, complaints, ... */
TSL_API int tsl_score_get_less(const char *feature);

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

/* What of a policy is fitted anew when it is applied. */
enum { TSL_REFIT_TIERS = 2, TSL_REFIT_LIFECYCLE = 4, TSL_REFIT_NAMES = 8 };
/* The name of one part, TSL_REFIT_RFM included: "rfm", "tiers", "lifecycle", "names"; NULL of what is none. */
TSL_API const char *tsl_refit_get_name(unsigned part);
/* The other way; TSL_E_OPTION for another name. */
TSL_API TSL_FALLIBLE tsl_status tsl_refit_read(const char *name, unsigned *part, tsl_error *err);

/* A name that somebody gives a segment: views. */
typedef struct tsl_segment_name {
    const char *segment;          /* its code ("CHAMP", "S2"), or its number ("2") */
    const char *names[TSL_LANGS]; /* 1 to 255 characters on one line; NULL: as it is found */
} tsl_segment_name;

/* Defaults and their reasons: docs/methods/tiers.md, docs/methods/lifecycle.md. */
typedef struct tsl_label_options {
    size_t size; /* of this struct */
    /* Fitting a policy; where one is applied, only what is fitted anew heeds these. */
    const char *value;              /* feature that tiers and values go by; NULL: monetary_total where there */
    tsl_tier_method tier_method;    /* default TSL_TIER_QUANTILE */
    int tier_count;                 /* 2 to TSL_TIERS_MAX; default 0: as many as there are names, cuts or shares for,
                                       else 5. What of all that is given agrees */
    const double *tier_share;       /* of each tier but the last; sum <= 1; default NULL: tsl_tiers_defaults */
    size_t tier_share_count;        /* default 0 */
    const tsl_tier_cut *tier_cut;   /* of each tier but the last, falling; in units of the value; default NULL */
    size_t tier_cut_count;          /* default 0 */
    const tsl_tier_name *tier_name; /* of each tier; default NULL: tsl_tier_get_code */
    size_t tier_name_count;         /* default 0 */
    int tiers_of_score;             /* 1: tiers are cut by the score, not by the value; default 0 */
    double tier_margin; /* with an earlier run's tiers (tsl_run_read_previous, tsl_run_read_former): a customer
                           keeps the higher one until his value is under its cut by this share of it, 0 to
                           .9; default 0 */
    int tier_grace;     /* ... in so many evaluations one after the other, 1 to 1000; default 0: all three
                           as the policy has them, else margin 0, grace 1, any step: tiers go by the values
                           alone. Heeded wherever it is given. Who is worth a higher tier has it at once */
    int tier_step;      /* ... and falls by so many tiers at a time, 0 to 11; default 0: by any */
    const tsl_score_group *score; /* the parts of the score; default NULL: none is made, but where tiers go by it,
                                     then of financial, behavioral and relationship features (docs/methods/score.md) */
    size_t score_count;           /* default 0, at most TSL_SCORE_PARTS_MAX */
    double new_days;              /* tenure up to which a customer is new; default 30 */
    double lost_factor;           /* lost beyond this times the at-risk limit; > 1, default 2 */
    double shrinkage;             /* weight of the population, in gaps; >= 0, default 5 */
    /* Always. */
    const char *lang;             /* "en" or "zh"; default "en" */
    unsigned refit;               /* TSL_REFIT_..., default 0: all as it was fitted */
    int reasons;                  /* 1, the default: a sentence a customer says why; 0: none is made */
    const tsl_segment_name *name; /* in place of those found, in a fit and where a policy is applied; the policy keeps
                                     them. A segment that there is not, or a name that another has: TSL_E_OPTION */
    size_t name_count;            /* default 0 */
} tsl_label_options;

TSL_API void tsl_label_defaults(tsl_label_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_label_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_label_check(const tsl_label_options *opt, tsl_error *err);
/* The shares that a method has by default for so many tiers, into count - 1: of revenue equal ones; of customers .01,
 * .04, .15, .30 for five, else each tier twice as large as the one above. */
TSL_API void tsl_tiers_defaults(tsl_tier_method method, size_t count, double *share);

/* ---- The policy: how customers are labelled ---------------------------------- */

/* One a group of the model, in its order. */
typedef struct tsl_policy_segment {
    char *names[TSL_LANGS]; /* unique; no automatic one is contained in another */
    char *code; /* for programs, unique, and the same for ever: the model's ("CHAMP"), else "S" and the number */
    int number; /* for people, unique, and the same for ever: its place from 1, or the one that it had in an earlier
                   run; docs/methods/identity.md */
    int colour; /* from 0: which one of a palette, for as long as it has the number */
} tsl_policy_segment;

/* All that was learned of the labels; docs/formats.md. Made by tsl_labels_build
 * only; readers may look at every field. */
typedef struct tsl_policy {
    size_t segment_count;
    tsl_policy_segment *segment;
    char *value; /* the feature that tiers and values go by; NULL: none */
    tsl_tier_method tier_method;
    size_t tier_count;        /* 0: no value */
    tsl_tier_name *tier_name; /* tier_count, the best first; owned, and nothing of it is NULL */
    double *tier_share;       /* tier_count - 1, as asked for; 0 of a method without */
    tsl_tier_cut *tier_cut;   /* tier_count - 1, not rising; infinite where a tier stays empty */
    uint64_t *tier_size;      /* tier_count: customers of the fit by their values; all 0: not known */
    double tier_margin;       /* as of the options; tier_grace at least 1 */
    int tier_grace, tier_step;
    int tiers_of_score;   /* 1: they are cut by the score */
    tsl_score score;      /* part_count 0: none; owned, as are the names: */
    char **score_part;    /* code of each part */
    char **score_feature; /* of each column */
    int has_lifecycle;    /* 0: no purchases were known */
    double gap_p90;       /* days: the median over the customers who came back of each one's 90 % gap */
    int gap_learned;      /* 0: nobody came back, and gap_p90 is a convention */
    double new_days, lost_factor, shrinkage;
    int last_number; /* the greatest that any segment has had, in this run and those that it goes on from */
} tsl_policy;

/* Puts the parameters that the policy was fitted with (tiers' method, names, shares and
 * cuts, which are borrowed; the lifecycle's numbers) into opt, to fit parts of it anew
 * by them; value becomes NULL, which keeps the policy's. */
TSL_API void tsl_policy_get_options(const tsl_policy *policy, tsl_label_options *opt);
/* What a group of the model, from 0, is numbered; without a policy (NULL) its place from 1. */
TSL_API int tsl_policy_get_number(const tsl_policy *policy, size_t group);
TSL_API void tsl_policy_free(tsl_policy *policy); /* of one that was given away; NULL is fine */

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

typedef struct tsl_segment {
    int segment;                  /* its number, the policy's */
    int cluster;                  /* of the model */
    const char *names[TSL_LANGS]; /* unique; the policy's */
    const char *name;             /* that of the language asked for; borrowed */
    uint64_t size;
    double share;       /* of the customers; of plain numbers, of their weight */
    double value_total; /* NaN without a value, and where the value of nobody in it, or of nobody at all, is known */
    double value_share; /* of the total; NaN without */
    double precision, coverage; /* of the rule, for these customers, in a fit by weight; NaN without a tree or them */
    double confidence_mean;     /* NaN for an empty segment, which only an apply can have */
    tsl_trait *trait;           /* one a non-sensitive feature, by falling |effect| */
    size_t trait_count;
    uint64_t *tier_size;  /* customers by tier, tier_count of the labels; NULL without tiers */
    uint64_t *stage_size; /* customers by tsl_stage, stage_count of the labels; NULL without a lifecycle */
    double weight;        /* size; of plain numbers, the sum of the rows' weights */
    const char *code;     /* the policy's; borrowed */
    int colour;           /* likewise */
} tsl_segment;

typedef struct tsl_tier {
    int tier;         /* from 0 */
    const char *code; /* the policy's, borrowed, as are the names */
    const char *names[TSL_LANGS];
    uint64_t size;
    double value_total, value_share; /* NaN as of a segment */
    double lowest;                   /* least value that is in; with cuts, the cut; NaN where open or empty */
    int above;                       /* 1: only what is over `lowest` is in */
} tsl_tier;

typedef struct tsl_stage_row {
    tsl_stage stage;
    uint64_t size;
    double value_total, value_share;
} tsl_stage_row;

/* A segment's customers against those that the model was fitted on. */
typedef struct tsl_segment_drift {
    uint64_t size_then, size_now;
    double share_then, share_now;       /* of the customers, once each */
    double distance_then, distance_now; /* mean, to the centre; NaN for none; by the weights, where the rows had any */
    /* How well the rule tells the segment, as in tsl_segment; now NaN of rows that are not kept (tsl_run_read_assign).
     */
    double precision_then, precision_now, coverage_then, coverage_now;
} tsl_segment_drift;

#define TSL_DISTANCE_SHIFTED 1.25 /* of the mean distance then: from here on customers have moved away */
#define TSL_DISTANCE_DRIFTED 1.5  /* ... and from here on far away */

/* All segments together. Their shares have shifted or drifted where psi has come to
 * TSL_PSI_SHIFTED or TSL_PSI_DRIFTED and is over psi_limit; the distances, where
 * distance_now has come to these marks times distance_then and is over
 * distance_limit. How the limits are found: docs/methods/drift.md. */
typedef struct tsl_segmentation_drift {
    double psi, psi_chance, psi_limit;  /* of the shares, as of a feature's bins (tsl_feature_drift); NaN for nobody */
    double distance_then, distance_now; /* mean, each customer's to the centre of the segment; NaN where a segment's
                                           that has customers is not known, or for nobody */
    double distance_limit;              /* what chance alone seldom exceeds; infinite with as many segments as there
                                           were customers; NaN where then and now cannot be compared: nobody is there,
                                           or the fit's rows had weights that these lack */
} tsl_segmentation_drift;

/* The shares of the tiers by the values alone, against those of the fit: shifted or drifted where psi has come to
 * TSL_PSI_SHIFTED or TSL_PSI_DRIFTED and is over the limit. All NaN where cuts were fitted here or sizes are not known.
 */
typedef struct tsl_tier_drift {
    double psi, psi_limit;
} tsl_tier_drift;

/* What is known of an outcome of some customers. */
typedef struct tsl_response_part {
    uint64_t known;   /* customers of whom it is known */
    double rate;      /* share of these for whom it is so; of numbers their mean; NaN where none is known */
    double low, high; /* holds the true one in 95 of 100 samples: of a rate by Wilson, of a mean by Student's t; NaN
                         where none is known, of a mean where one is */
} tsl_response_part;

/* An outcome (tsl_feature.outcome) of the customers at hand. Yes/no columns and numbers are told as they are; of a
 * category the value that says that it happened, else of two values the rarer one; a category of more values, none of
 * which says it, is told by none. Customers count once each. Wilson (1927), Probable inference, JASA 22. */
typedef struct tsl_response {
    size_t feature; /* index into tsl_features.feature */
    int is_mean;    /* 1: of numbers other than 0 and 1 */
    tsl_response_part all;
    tsl_response_part *segment; /* by segment */
    int held_out;               /* 1: the segments are of a tree of it, and this of those whom it was not grown from */
} tsl_response;

typedef struct tsl_labels {
    size_t customers;
    const tsl_features *features; /* borrowed from the caller: must outlive the labels */
    tsl_policy *policy;           /* by which they were made; owned */
    int applied;                  /* 1: a policy that was given; 0: one fitted here */
    unsigned refit;               /* TSL_REFIT_...: what of it was fitted anew */
    int lang;                     /* of name and reason: 0 "en", 1 "zh" */
    size_t segment_count;
    tsl_segment *segments;    /* in the order of the model's groups */
    tsl_segment_drift *drift; /* segment_count; NULL where the policy was fitted here */
    int has_tiers, has_lifecycle, has_rfm;
    size_t tier_count; /* 0 without tiers */
    tsl_tier *tier;
    tsl_stage_row *stage; /* by tsl_stage; NULL without a lifecycle */
    size_t stage_count;
    const char *value_name; /* the policy's; NULL without a value */
    double gap_p90;         /* the policy's; NaN without */
    /* one entry a customer, in the order of features->id */
    int32_t *customer_segment; /* index into segments + 1, which is its number where no earlier run gave it one */
    int32_t *runner_up;        /* likewise; 0 where there is one segment */
    double *distance;          /* to the centre, in the space of clustering */
    double *confidence;        /* 1 - distance / runner-up's distance, 0 to 1 */
    double *value;             /* NaN unknown; NULL without a value */
    int8_t *tier_by_value;     /* the tier that his value alone gives, which customer_tier may stand above; NULL where
                                  none is held: the policy holds none, or no earlier run's are known */
    int32_t *tier_below;       /* evaluations one after the other in which his value was under the cut of his tier by
                                  the policy's margin; NULL likewise */
    uint64_t held;             /* customers whose tier stands above it */
    tsl_tier_drift tier_drift; /* where a policy was applied */
    double *score;             /* 0 to 100, NaN unknown; NULL without a score, as is the next */
    double **score_part;       /* by part of the policy's score */
    int8_t *customer_tier;     /* index of the tier; NULL without */
    int8_t *customer_stage;    /* tsl_stage, -1: of one who bought it is not known when; NULL without */
    uint8_t *r, *f, *m;        /* 1 to 5, 0 unknown; NULL without */
    char **reason;             /* why this stage (and tier), one sentence in the language; NULL: none were made */
    tsl_notes notes;
    double seconds;
    tsl_segmentation_drift segmentation_drift; /* all NaN where drift is NULL */
    double agreement; /* share of these customers whom the model's tree puts into their segment; NaN without a tree */
    size_t response_count;
    tsl_response *response; /* those of which something is known: rates before means, then by feature */
} tsl_labels;

/* Labels the features' customers by their assignment to the model's clusters
 * (one entry a customer): by a policy that is fitted here (policy NULL), or by
 * one that was. Both go through the same code, so that applying a policy to what
 * it was fitted on gives the same labels. Plain numbers count by their weights
 * (tsl_features.weight) in shares, means, traits and names; sizes, totals of values
 * and tiers count rows. Customers count once each everywhere. TSL_E_INPUT where the
 * assignment or the policy is of another model or of other customers; TSL_E_OPTION. */
TSL_API TSL_FALLIBLE tsl_status tsl_labels_build(const tsl_features *features, const tsl_model *model,
                                                 const tsl_assignment *assignment, const tsl_policy *policy,
                                                 const tsl_label_options *opt, const tsl_exec *exec, tsl_labels **out,
                                                 tsl_error *err);
TSL_API void tsl_labels_free(tsl_labels *labels);
/* Segment index + 1, borrowed; NULL beyond the last. */
TSL_API const tsl_segment *tsl_labels_get_segment(const tsl_labels *labels, size_t index);
/* What a segment with this code ("CHAMP", "ONCE") is called, before traits: in English (0), Chinese (1); NULL: such a
 * code says nothing. */
TSL_API const char *tsl_segment_get_base(const char *code, int lang);
/* A tier, 0 the vip's, borrowed; NULL beyond the last, and without tiers. */
TSL_API const tsl_tier *tsl_labels_get_tier(const tsl_labels *labels, size_t index);
/* An outcome, borrowed; NULL beyond the last. */
TSL_API const tsl_response *tsl_labels_get_response(const tsl_labels *labels, size_t index);
/* Each customer's segment, as customer_segment has it, in the order of the features' ids, borrowed; *count: of
 * customers (NULL: not wanted). */
TSL_API const int32_t *tsl_labels_get_segments(const tsl_labels *labels, size_t *count);

/* ---- Where tiers could be cut ---------------------------------------------------- */

#define TSL_ADVISED_MOST 7 /* natural breaks are told for 2 to so many tiers */

typedef struct tsl_advised_tier {
    const char *names[TSL_LANGS]; /* as so many are usually called; of those asked for, their own; borrowed */
    uint64_t size;
    double share;       /* of the customers */
    double value_share; /* of the total value; NaN without */
    double lowest;      /* as of tsl_tier */
    int above;
} tsl_advised_tier;

/* One way of cutting. */
typedef struct tsl_tier_proposal {
    tsl_tier_method method;
    int asked; /* 1: by the options; 0: natural breaks into so many tiers, or a method's own shares */
    size_t tier_count;
    tsl_advised_tier *tier;
    double fit; /* goodness of variance fit of the positive values, 0 to 1: the share of their variance that lies
                   between the tiers; NaN where there are none */
} tsl_tier_proposal;

typedef struct tsl_tier_advice {
    const char *value; /* what is cut: a feature's name, or "score"; borrowed */
    int logarithmic;   /* 1: breaks and fits are of the logarithms of the values */
    size_t known;      /* positive values */
    size_t proposal_count;
    tsl_tier_proposal *proposal; /* natural breaks for 2, 3, ... tiers; then each method for as many as are asked for */
} tsl_tier_advice;

/* What each rule would give for the customers of labels that have tiers; opt (NULL: the defaults) tells the number, the
 * names, the shares and the cuts. Nothing of the labels changes, to which the advice is bound: it dies with them.
 * Owned. TSL_E_INPUT: labels without tiers. Cost: O(TSL_ADVISED_MOST * n log n). */
TSL_API TSL_FALLIBLE tsl_status tsl_tier_advice_build(const tsl_labels *labels, const tsl_label_options *opt,
                                                      tsl_tier_advice **out, tsl_error *err);
TSL_API void tsl_tier_advice_free(tsl_tier_advice *advice); /* NULL is fine */
/* "quantile", "revenue", "cuts", "breaks"; NULL beyond. */
TSL_API const char *tsl_tier_method_get_name(tsl_tier_method method);

/* ---- What happened next -------------------------------------------------------- */

/* Of customers at a cut: their segment then, and what they did in the period after it. Views. */
typedef struct tsl_outcome_input {
    size_t customers;
    const int32_t *segment;        /* 0 to k - 1; -1: left out */
    int k;                         /* 1 to TSL_CLUSTERS_MAX */
    const char *const *id;         /* by which customers fall into halves; NULL: by their place */
    const double *value;           /* net amount in the period */
    const unsigned char *happened; /* 1: bought in it */
} tsl_outcome_input;

typedef struct tsl_outcome_segment {
    uint64_t size, happened;          /* customers, and those of them who bought */
    double rate, rate_low, rate_high; /* the share who bought, with its 95 % interval (Wilson 1927); NaN for nobody */
    double value_mean, value_low, value_high; /* mean net amount, likewise (normal); NaN for nobody, limits for one */
} tsl_outcome_segment;

/* How much a segmentation told of what came after. */
typedef struct tsl_outcome {
    size_t customers; /* that count */
    int k;
    tsl_outcome_segment *segment; /* k */
    double eta2; /* of ln(1 + value): the share of its variance in one half of the customers that the segments' means in
                    the other half tell; mean over 10 splits, both ways; at most 1, below 0 where they mislead; NaN
                    where nothing varies */
    double auc;  /* likewise, of two customers of whom one bought, how often his segment's rate is the higher: .5 is
                    chance; NaN where all or none bought */
} tsl_outcome;

/* Halves go by a hash of the id and the split, so that they do not depend on who else is there. Owned.
 * TSL_E_INPUT: a segment outside, a value that is not finite. Cost: O(10 * customers + k^2). */
TSL_API TSL_FALLIBLE tsl_status tsl_outcome_build(const tsl_outcome_input *input, tsl_outcome **out, tsl_error *err);
TSL_API void tsl_outcome_free(tsl_outcome *outcome);

/* ---- What became of the segments of an earlier run --------------------------------- */

/* What became of a segment, and where one comes from (docs/methods/identity.md). */
typedef enum tsl_fate {
    TSL_FATE_KEPT,    /* then and now: it goes on, with number, code and colour */
    TSL_FATE_NEW,     /* now: there was none like it */
    TSL_FATE_RETIRED, /* then: there is none like it */
    TSL_FATE_SPLIT, /* then: half of its customers or more are in segments that parted from it; now: it is such a one */
    TSL_FATE_MERGED, /* then: half of its customers or more are in one other segment; now: it is made of such */
    TSL_FATES
} tsl_fate;
TSL_API const char *tsl_fate_get_code(tsl_fate fate); /* "kept", "new", "retired", "split", "merged" */

typedef struct tsl_succession_segment {
    char *code, *names[TSL_LANGS]; /* as they were; owned */
    int segment;                   /* index + 1 of the one that has its code now; 0: none has */
    uint64_t size;                 /* customers who were in it */
    uint64_t gone;                 /* of them those who are not among the customers now */
    uint64_t stayed;               /* of them those who are in `segment`, or in one that it was joined into */
    uint64_t *to;                  /* by segment now, from 0: of them those who are in it */
    unsigned char *joined;         /* likewise: 1 where it was joined into that (a class of too few, tsl_class) */
    int number, colour;            /* as they were */
    tsl_fate fate;
    int into;       /* of one that is merged: index + 1 of the segment that has most of its customers; else 0 */
    double jaccard; /* of one that is kept: customers in both / in either, of those then and now; else NaN */
} tsl_succession_segment;

/* The same of one that there is now. */
typedef struct tsl_succession_now {
    tsl_fate fate;
    int from;   /* of one that is kept, or split: index + 1 of the segment then; else 0 */
    int number; /* its */
    char *code; /* its; owned */
} tsl_succession_now;

/* The customers of an earlier run, by id, and where they are now. */
typedef struct tsl_succession {
    size_t count; /* segments then */
    tsl_succession_segment *of;
    size_t segment_count;                  /* segments now */
    uint64_t *arrived;                     /* segment_count: customers in it who were not there then */
    uint64_t arrivals, gone, both, stayed; /* customers: new, gone, in both, and of these in the same segment */
    double share;                          /* stayed / both; NaN for nobody */
    double agreement;                      /* adjusted Rand index of both labellings of those in both; NaN for nobody */
    double hold;                           /* as of tsl_run_options; NaN where nothing is said of it */
    uint64_t held;                         /* customers who keep a segment that is not the nearest */
    tsl_succession_now *now;               /* segment_count */
} tsl_succession;

/* recipe (NULL: not known), policy, segments: the earlier run's; segments are named by their numbers, as in
 * segments.csv. A segment is the same where its code is; a class of the recipe whose code is no more was joined into
 * those of now whose limits meet its own. Owned. TSL_E_INPUT: no ids, an id that stands twice, a number that is no
 * segment's. Cost: O(customers log customers). */
TSL_API TSL_FALLIBLE tsl_status tsl_succession_build(const tsl_labels *labels, const tsl_recipe *recipe,
                                                     const tsl_policy *policy, const tsl_partition *segments,
                                                     tsl_succession **out, tsl_error *err);
TSL_API void tsl_succession_free(tsl_succession *succession); /* NULL is fine */

/* ---- Why this customer is there, and what would move him --------------------------- */

/* One raw value that would be another one. */
typedef struct tsl_change {
    size_t feature;   /* index into tsl_features.feature; of a category the level that he would have (to 1), or have no
                         longer (to 0) */
    double now;       /* NaN: unknown */
    double to;        /* the nearest value that will do, of those that customers have where there is one */
    double low, high; /* what will do: by the tree low < x <= high, by distance low <= x <= high; infinite: no bound */
} tsl_change;

/* The least change that ends in another segment. How far a change goes is told by the share of the customers at hand
 * who lie between the two values (mid-ranks), which compares columns of any unit; to or from what is no number it is 1
 * (Ustun, Spangher & Liu 2019, percentile shift). */
typedef struct tsl_move {
    int segment; /* from 1: where he would be; 0: no such change */
    size_t count;
    tsl_change change[2]; /* count */
    double shift;         /* sum over the changes, 0 to 2 */
} tsl_move;

typedef struct tsl_explanation {
    const tsl_labels *labels; /* borrowed from the caller, as is the model: must outlive the explanation */
    const tsl_model *model;
    size_t customer;
    int segment;      /* from 1 */
    int set_apart;    /* 1: by a rule, not by distance */
    int tree_segment; /* where the model's tree puts him; 0 without a tree */
    size_t way_count;
    int32_t *way;     /* way_count nodes of the tree below the root, the last a leaf */
    tsl_move by_tree; /* one value, or two where one cannot, that ends in a leaf of another segment than tree_segment;
                         of one who is set apart: how many purchase days more; of others no segment that is set apart
                         by a rule is looked at */
    tsl_move by_distance; /* one known number or boolean that clusters are found by, so that the runner-up is nearest;
                             within the range of the customers at hand; none of one who is set apart, and of a
 model that is by_tree */
} tsl_explanation;

/* Of a customer, by index, of labels that were made by the model. Owned. TSL_E_OPTION: no such customer; TSL_E_INPUT:
 * the tree cuts what the features lack. Cost: O(customers log customers) a column that comes into question, and
 * O(leaves * depth + columns^2 * k). */
TSL_API TSL_FALLIBLE tsl_status tsl_explanation_build(const tsl_labels *labels, const tsl_model *model, size_t customer,
                                                      tsl_explanation **out, tsl_error *err);
TSL_API void tsl_explanation_free(tsl_explanation *explanation);

/* ---- A map of RFM segments from a file ------------------------------------------- */

/* A CSV file with the columns code, r, f and perhaps name_en, name_zh, m: a block of cells a row, each score as 3, 1-2
 * or 1..2 (m empty: any). TSL_E_INPUT, with file, line and column, as tsl_rfm_map_build. */
TSL_API TSL_FALLIBLE tsl_status tsl_rfm_map_read(const tsl_source *source, int bins, tsl_rfm_map *out, tsl_error *err);

/* ---- The segmentation: all that was learned ------------------------------------ */

/* How features are made, where the clusters lie, how their customers are
 * labelled: enough to treat new tables. model.h5 holds it; recipe and policy are
 * NULL in that of a model that was written alone (tsl_model_write), and a
 * features file gives its recipe alone. Where it was read, its parts are owned by it; to write one, any parts that
 * belong together will do. */
typedef struct tsl_segmentation {
    tsl_recipe *recipe;
    tsl_model *model;
    tsl_policy *policy;
    tsl_file_info *file; /* the model file that it was read from: name, bytes, sha256; NULL of others */
} tsl_segmentation;

TSL_API TSL_FALLIBLE tsl_status tsl_segmentation_write(const tsl_segmentation *segmentation, const tsl_target *target,
                                                       tsl_error *err);
/* TSL_E_FORMAT where the file is damaged, or its parts do not belong together. */
TSL_API TSL_FALLIBLE tsl_status tsl_segmentation_read(const tsl_source *source, tsl_segmentation **out, tsl_error *err);
TSL_API void tsl_segmentation_free(tsl_segmentation *segmentation);

#ifdef __cplusplus
}
#endif
#endif
