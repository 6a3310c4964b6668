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
    const char *code;           /* as of a tier, not ending in _points; score_CODE, score_CODE_points of segments.csv */
    double weight;              /* > 0, against the other parts */
    const char *const *feature; /* those that it is made of, at least one */
    const double *feature_weight; /* against each other; below 0: the less, the better, which is so anyway where
                                     tsl_score_get_less says it */
    size_t feature_count;
} tsl_score_group;
/* 1 of a feature of which less is better whatever its weight: recency_days, return_share, complaints, ... */
TSL_API int tsl_score_get_less(const char *feature);

typedef enum tsl_stage {
    TSL_POTENTIAL, /* no purchase */
    TSL_NEW,       /* bought lately for the first time, and not again */
    TSL_ACTIVE,    /* developing: within his rhythm */
    TSL_MATURE,    /* ... which has held for long */
    TSL_AT_RISK,
    TSL_LOST,
    TSL_REACTIVATED, /* came back after a silence that counted as lost */
    TSL_STAGES
} tsl_stage;
TSL_API const char *tsl_stage_get_code(tsl_stage stage); /* "potential", "new", "active", "mature", "at_risk", ... */
TSL_API const char *tsl_stage_get_name(tsl_stage stage, const char *lang);

/* Why a customer has his stage; where there are no stages, his tier; else his segment: as a code that stays the same,
 * in segments.csv beside the sentence (docs/methods/lifecycle.md#reasons). Those of a stage come first, in the order of
 * the stages. */
typedef enum tsl_reason {
    TSL_REASON_NO_PURCHASE,
    TSL_REASON_BOUGHT_ONCE,
    TSL_REASON_WITHIN_GAP,
    TSL_REASON_REGULAR,
    TSL_REASON_OVER_GAP,
    TSL_REASON_FAR_OVER_GAP,
    TSL_REASON_CAME_BACK,
    TSL_REASON_NO_DATE,
    TSL_REASON_RETURNS_ONLY,
    TSL_REASON_NO_AMOUNT,
    TSL_REASON_ONCE_NOT_BACK,
    TSL_REASON_ONCE_FAR_OVER,
    TSL_REASON_ALIVE, /* by a model of purchases, likewise the next six */
    TSL_REASON_REGULAR_ALIVE,
    TSL_REASON_GONE,
    TSL_REASON_OVER_GAP_ALIVE,
    TSL_REASON_EARLY_GONE,
    TSL_REASON_FAR_OVER_GONE,
    TSL_REASON_STILL_AT_RISK,
    TSL_REASON_STILL_LOST,
    TSL_REASON_VALUE, /* the tier alone */
    TSL_REASON_PLACE, /* the segment alone */
    TSL_REASONS
} tsl_reason;
TSL_API const char *tsl_reason_get_code(tsl_reason reason); /* "no_purchase", "bought_once", ...; NULL: none */
TSL_API const char *tsl_reason_get_name(tsl_reason reason, const char *lang);

/* In what words a lifecycle is told: few phases, each of several stages. Codes of stages are the same in all of them.
 */
typedef enum tsl_vocabulary {
    TSL_VOCABULARY_DEFAULT, /* potential, active, lost */
    TSL_VOCABULARY_ACQUIRE, /* acquire, develop, maintain, win back */
    TSL_VOCABULARY_CLASSIC, /* potential, new, existing, lost */
    TSL_VOCABULARIES
} tsl_vocabulary;
typedef struct tsl_phase {
    const char *code; /* "develop" */
    const char *names[TSL_LANGS];
} tsl_phase;
#define TSL_PHASES_MAX 4                                                /* for good */
TSL_API const char *tsl_vocabulary_get_name(tsl_vocabulary vocabulary); /* "default", "acquire", "classic"; NULL */
TSL_API const tsl_phase *tsl_vocabulary_get_phases(tsl_vocabulary vocabulary, size_t *count);
/* The phase that a stage belongs to, as an index of them. */
TSL_API size_t tsl_vocabulary_get_index(tsl_vocabulary vocabulary, tsl_stage stage);

/* What stages go by beside purchases and first day. */
typedef enum tsl_stage_basis {
    TSL_STAGES_AUTO,  /* p_alive beside gaps where a model of purchases tells customers apart by it: at risk by either,
                         lost by both; else gaps */
    TSL_STAGES_ALIVE, /* p_alive alone, of those for whom it is known */
    TSL_STAGES_GAPS
} tsl_stage_basis;
TSL_API const char *tsl_stage_basis_get_name(tsl_stage_basis basis); /* "auto", "alive", "gaps"; NULL */

/* The levels of the state machine (docs/methods/lifecycle.md). It never grows. */
typedef struct tsl_stage_levels {
    double risk;             /* probability of being gone, 1 - p_alive, beyond which a customer is at risk; 0 to 1 */
    double lost;             /* ... and lost; 0 to 1, not below risk; 0: as risk, by p_alive alone .8 or as risk where
                                that is more */
    double back;             /* either is left without a purchase at so many times the level that it was entered at, a
                                limit of days likewise; above 0, to 1 */
    double dwell_days;       /* ... and not before so many days */
    double mature_purchases; /* purchase days from which on a customer can be mature; >= 2 */
    double mature_pauses;    /* ... and limits of his that must fit into his tenure; >= 0 */
    double least_days;       /* days that a limit is at least: nobody is at risk for a weekend; >= 0 */
} tsl_stage_levels;

/* What of a policy is fitted anew when it is applied. */
enum { TSL_REFIT_TIERS = 2, TSL_REFIT_LIFECYCLE = 4, TSL_REFIT_NAMES = 8 };
/* The name of one part, those of features included: "rfm", "value", "tiers", "lifecycle", "names"; NULL of what is
 * none. */
TSL_API const char *tsl_refit_get_name(unsigned part);
/* The other way; TSL_E_OPTION for another name. */
TSL_API TSL_FALLIBLE tsl_status tsl_refit_read(const char *name, unsigned *part, tsl_error *err);

/* A name that somebody gives a segment: views. */
typedef struct tsl_segment_name {
    const char *segment;          /* its code ("CHAMP", "S2"), or its number ("2") */
    const char *names[TSL_LANGS]; /* 1 to 255 characters on one line; NULL: as it is found */
} tsl_segment_name;

/* One class of a rule set: its classes stand in order, and a customer is in the first whose condition holds for him.
 * Views; it never grows. docs/methods/rules.md. */
typedef struct tsl_rule_class {
    const char *set;              /* letters, digits and _; the column of segments.csv is called so */
    const char *code;             /* likewise, of the class; "unknown" is none */
    const char *names[TSL_LANGS]; /* for readers; NULL: the other language's, else the code */
    const char *when;  /* a condition (docs/expressions.md) over features, categories and dates of the customers,
                          segment, tier, lifecycle, rfm_segment, value, score, as_of, first_purchase and last_purchase */
    const char *where; /* "shop.yaml:12:13", where it is written, for errors; NULL: not known */
} tsl_rule_class;

/* The classes of a bundled rule set ("activity", "loyalty", "account"), static; NULL where there is none of that name.
 */
TSL_API const tsl_rule_class *tsl_rule_set_get_bundled(const char *set, size_t *count);
/* The names of the bundled sets, NULL beyond the last. */
TSL_API const char *tsl_rule_set_get_name(size_t index);

/* What is to be done about the customers of some segments, tiers and stages: a row of a table, of which the most
 * telling one counts (docs/methods/strategies.md). Views; it never grows. */
typedef struct tsl_strategy {
    const char *segment, *tier, *lifecycle; /* codes, several parted by "|"; "*", "" or NULL: all */
    const char *action;                     /* its code: letters, digits and _ */
    const char *texts[TSL_LANGS];           /* for readers; NULL: the other language's, else the code */
    const char *where;                      /* "strategies.csv:7", for errors; NULL: not known */
} tsl_strategy;

typedef enum tsl_strategies_from {
    TSL_STRATEGIES_KEPT,   /* the policy's, in a fit the default table */
    TSL_STRATEGIES_GIVEN,  /* rows that are given */
    TSL_STRATEGIES_DEFAULT /* the default table, in place of the policy's, too */
} tsl_strategies_from;

/* Rows that were read, or that labels go by; owned texts. */
typedef struct tsl_strategies {
    size_t count;
    tsl_strategy *of;
} tsl_strategies;

/* Defaults and their reasons: docs/methods/tiers.md, docs/methods/lifecycle.md. */
typedef struct tsl_label_options {
    size_t size; /* of this struct */
    /* Fitting a policy; where one is applied, only what is fitted anew heeds these. */
    const char *value;            /* feature that tiers and values go by; NULL: monetary_total, where there is one */
    tsl_tier_method tier_method;  /* default TSL_TIER_QUANTILE */
    int tier_count;               /* 2 to TSL_TIERS_MAX; default 0: as many as there are names, cuts or shares for,
                                     else 5. What of all that is given agrees */
    const double *tier_share;     /* of each tier but the last, or of all; sum <= 1; default NULL: tsl_tiers_defaults */
    size_t tier_share_count;      /* default 0 */
    const tsl_tier_cut *tier_cut; /* of each tier but the last, falling, over 0 (0 where it is above); default NULL */
    size_t tier_cut_count;        /* default 0 */
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
    double new_days;    /* tenure up to which one who bought once is new; default 0: the usual pause, the median over
                           the customers who came back of each one's median gap, but at least 30 */
    double lost_factor; /* lost beyond this times the at-risk limit; > 1, default 2 */
    double shrinkage;   /* weight of the population, in gaps; >= 0, default 5 */
    /* Always. */
    const char *lang;             /* "en" or "zh"; default "en" */
    unsigned refit;               /* TSL_REFIT_..., default 0: all as it was fitted */
    int reasons;                  /* 1, the default: a sentence a customer says why; 0: none is made */
    const tsl_segment_name *name; /* in place of those found, in a fit and where a policy is applied; the policy keeps
                                     them. A segment that there is not, or a name that another has: TSL_E_OPTION */
    size_t name_count;            /* default 0 */
    /* Rule sets and strategies that are given stand in place of the policy's, which then keeps them. A name that is
       taken or none, a condition that cannot be read, codes that there are not, and rows that contradict each other are
       TSL_E_INPUT, with where they are written. */
    int rules_given;                      /* 0, the default: none in a fit, else the policy's; 1: these */
    const tsl_rule_class *rule;           /* the classes of all sets */
    size_t rule_count;                    /* default 0 */
    tsl_strategies_from strategies_given; /* default TSL_STRATEGIES_KEPT */
    const tsl_strategy *strategy;         /* of TSL_STRATEGIES_GIVEN; none: no customer has an action */
    size_t strategy_count;                /* default 0 */
    /* Fitting a policy. */
    tsl_stage_basis stage_basis;        /* default TSL_STAGES_AUTO */
    tsl_stage_levels levels;            /* default .5, 0, .8, 30, 6, 4 */
    tsl_vocabulary vocabulary;          /* default TSL_VOCABULARY_DEFAULT */
    const tsl_segment_name *stage_name; /* what stages are called, by their codes, in place of the vocabulary's words */
    size_t stage_name_count;            /* default 0 */
    /* Always: the map of RFM segments, in place of the policy's, which then keeps it; of no segments: there are none.
       TSL_E_OPTION where it is of other scores than the features'. Default NULL: the policy's, else that of
       tsl_rfm_map_defaults; where it is of other scores, there are no RFM segments, as a note says. */
    const tsl_rfm_map *rfm_map;
} tsl_label_options;

TSL_API void tsl_label_defaults(tsl_label_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_label_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_label_check(const tsl_label_options *opt, tsl_error *err);
/* The shares that a method has by default for so many tiers, into count - 1: of revenue equal ones; of customers .01,
 * .04, .15, .30 for five, else each tier twice as large as the one above. */
TSL_API void tsl_tiers_defaults(tsl_tier_method method, size_t count, double *share);
/* How many tiers tier_share tells: one more than shares, as the last has the rest; as many, where they add up to 1 and
 * neither tier_count nor names say one more. 0: there are none. */
TSL_API size_t tsl_label_get_shared_tiers(const tsl_label_options *opt);

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
    int gap_learned;      /* 0: nobody came back, or under 30 and under a tenth of the buyers: a convention, 90 days */
    double gap_p90;       /* days: the median over the customers who came back of each one's 90 % gap */
    double new_days, lost_factor, shrinkage;
    size_t rule_count;
    tsl_rule_class *rule;        /* of all sets, texts owned; `where` is not kept */
    int own_strategies;          /* 0: the default table, made for the tiers and stages at hand */
    tsl_strategies *strategies;  /* NULL where it is the default table, or there are none */
    int new_learned;             /* 1: new_days is the usual pause, and not one that was given */
    tsl_stage_basis stage_basis; /* as asked for */
    int by_alive;                /* 1: stages go by p_alive where it is known, too */
    tsl_stage_levels levels;
    tsl_vocabulary vocabulary;
    char *stage_names[TSL_STAGES][TSL_LANGS]; /* that were given; NULL: the vocabulary's */
    int last_number;     /* the greatest that any segment has had, in this run and those that it goes on from */
    tsl_rfm_map rfm_map; /* of RFM segments; bins 0: nothing is said of one */
} tsl_policy;

/* Puts the parameters that the policy was fitted with (tiers' method, names, shares and
 * cuts, which are borrowed; the lifecycle's numbers) into opt, to fit parts of it anew
 * by them; value becomes NULL, which keeps the policy's. */
TSL_API void tsl_policy_get_options(const tsl_policy *policy, tsl_label_options *opt);
/* What the policy calls a stage: the name that was given, else that of its phase, in the default vocabulary its own. */
TSL_API const char *tsl_policy_get_stage_name(const tsl_policy *policy, tsl_stage stage, int lang);
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

typedef struct tsl_rfm_count {
    const tsl_rfm_segment *segment; /* the policy's; borrowed */
    uint64_t size;
    double value_total, value_share; /* NaN as of a segment */
} tsl_rfm_count;

typedef struct tsl_stage_row {
    tsl_stage stage;
    uint64_t size;
    double value_total, value_share;
} tsl_stage_row;

typedef struct tsl_phase_row {
    const tsl_phase *phase;
    uint64_t size;
    double value_total, value_share;
} tsl_phase_row;

/* Customers whose risk of leaving is known. */
typedef struct tsl_churn_part {
    uint64_t size;
    double risk_mean;   /* NaN for nobody */
    double value_total; /* at risk; NaN without a value */
    uint64_t unvalued;  /* of whom the value is not known: nothing of theirs is in the total; 0 without a value */
} tsl_churn_part;

#define TSL_CHURN_DAYS 90
#define TSL_CHURN_TOPS 4 /* for good: the 1, 5, 10 and 20 % of the buyers with most value at risk */
/* Who is likely to buy nothing in the next TSL_CHURN_DAYS days, and what is at stake: docs/methods/churn.md. */
typedef struct tsl_churn {
    int by_model;      /* 1: the risk is p_no_purchase_90d where that is known, 0: what became of such silences */
    const char *value; /* that is at risk, of all customers: clv_365d; where it is known of nobody, the value of the
                          tiers if it is a total of money, or monetary_total. NULL without one */
    tsl_churn_part all;
    tsl_churn_part stage[TSL_STAGES];
    double top_share[TSL_CHURN_TOPS];
    tsl_churn_part top[TSL_CHURN_TOPS];
} tsl_churn;

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

/* One operand of the outermost `and` of a class's condition. */
typedef struct tsl_rule_condition {
    char *text;
    uint64_t holds, fails, unknown; /* customers */
} tsl_rule_condition;

typedef enum tsl_rule_reach {
    TSL_RULE_REACHED,      /* somebody is in the class */
    TSL_RULE_NOBODY,       /* its condition holds for no customer at hand, but might */
    TSL_RULE_SHADOWED,     /* for whom it holds, an earlier class does, too */
    TSL_RULE_CONTRADICTORY /* it can hold for nobody: its conditions exclude each other, whatever a value is */
} tsl_rule_reach;
TSL_API const char *tsl_rule_reach_get_name(tsl_rule_reach reach); /* "reached", "nobody", "shadowed", ... */

/* A class of a rule set, and whom it holds for. */
typedef struct tsl_rule_count {
    const char *code, *names[TSL_LANGS], *when; /* the policy's; borrowed; no name is NULL */
    uint64_t size;                              /* customers who are in it: the first whose condition holds */
    double value_total, value_share;            /* NaN as of a segment */
    uint64_t holds, unknown;                    /* customers for whom its condition holds; of whom that is not known */
    size_t condition_count;                     /* at most TSL_RULE_CONDITIONS_MAX */
    tsl_rule_condition *condition;
    uint64_t *both; /* one a class of the set: customers for whom both conditions hold */
    tsl_rule_reach reach;
} tsl_rule_count;

#define TSL_RULE_CLASSES_MAX 64    /* of a set; for good */
#define TSL_RULE_CONDITIONS_MAX 32 /* of a class; for good */
#define TSL_RULE_NONE (-1)         /* no class holds */
#define TSL_RULE_UNKNOWN (-2)      /* none is known to hold, and of one it is not known */

typedef struct tsl_rule_set {
    const char *name; /* the policy's; borrowed */
    size_t class_count;
    tsl_rule_count *classes;
    uint64_t none, unknown;  /* customers: TSL_RULE_NONE, TSL_RULE_UNKNOWN */
    uint64_t open;           /* of those in a class: customers of whom an earlier one is not known */
    int8_t *customer_class;  /* index of the class, TSL_RULE_NONE or TSL_RULE_UNKNOWN */
    uint32_t *first_fails;   /* of the first class: a bit a condition, set where it fails, */
    uint32_t *first_unknown; /* or is not known */
} tsl_rule_set;

/* A row of the table of strategies, and the customers whom it is for. */
typedef struct tsl_strategy_use {
    const tsl_strategy *row; /* of tsl_labels.strategies; borrowed */
    uint64_t size;
    double value_total, value_share; /* NaN as of a segment */
} tsl_strategy_use;

/* A tier and a stage for which the table has no row, whatever the segment. */
typedef struct tsl_strategy_gap {
    int tier, stage; /* -1: there are no tiers, no stages */
    uint64_t size;   /* customers there for whom none is */
} tsl_strategy_gap;

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
    int8_t *tier_before;       /* the tier of the earlier run; -1: not known, or no more; NULL likewise */
    int32_t *tier_below;       /* evaluations one after the other in which his value was under the cut of his tier by
                                  the policy's margin; NULL likewise */
    uint64_t held;             /* customers whose tier stands above it */
    tsl_tier_drift tier_drift; /* where a policy was applied */
    double *score;             /* 0 to 100, NaN unknown; NULL without a score, as is the next */
    double **score_part;       /* by part of the policy's score */
    int8_t *customer_tier;     /* index of the tier; NULL without */
    int8_t *customer_stage;    /* tsl_stage, -1: of one who bought it is not known when; NULL without */
    uint8_t *r, *f, *m;        /* 1 to the recipe's bins, 0 unknown; NULL without */
    int8_t *stage_from;        /* tsl_stage before it, -1: none, or not known; NULL without */
    int32_t *stage_since;      /* day since which he has it; TSL_NO_DAY: not known; NULL without */
    double *churn_risk;        /* that he buys nothing in the next 90 days; NaN: never bought, or not known; NULL: of
                                  nobody */
    double *value_at_risk;     /* value x risk; NaN unknown; NULL without */
    char **reason;             /* why this stage (and tier), one sentence in the language; NULL: none were made */
    uint8_t *reason_code;      /* tsl_reason; NULL likewise */
    int32_t *segment_from;  /* by customer: index of the code of the segment that he was in before this one, -1: none,
                               or not known; NULL: no earlier run's are known, as is the next */
    int32_t *segment_since; /* as-of day of the run that first had him in it; TSL_NO_DAY: not known */
    char **former_code;     /* former_codes, of segment_from */
    int former_codes;
    tsl_notes notes;
    double seconds;
    tsl_segmentation_drift segmentation_drift; /* all NaN where drift is NULL */
    double agreement; /* share of these customers whom the model's tree puts into their segment; NaN without a tree */
    size_t response_count;
    tsl_response *response; /* those of which something is known: rates before means, then by feature */
    size_t rule_set_count;
    tsl_rule_set *rule_set;         /* in the order in which they were given */
    tsl_strategies *strategies;     /* the table that actions come from; NULL: there is none */
    tsl_strategy_use *strategy_use; /* one a row of it */
    int32_t *customer_strategy;     /* row of the table, -1: none; NULL without a table */
    size_t strategy_gap_count;
    tsl_strategy_gap *strategy_gap;
    tsl_churn *churn;                    /* NULL where churn_risk is */
    tsl_phase_row phase[TSL_PHASES_MAX]; /* phase_count, of the policy's vocabulary */
    size_t phase_count;
    size_t rfm_segment_count;   /* 0 without scores, or a map of them */
    tsl_rfm_count *rfm_segment; /* in the order of the policy's map */
    int8_t *customer_rfm;       /* index of each one's RFM segment, -1: a score is not known; NULL without */
} tsl_labels;

/* ---- The audit of sensitive columns ------------------------------------------------ */

/* The customers of one level who are in one group (a segment, a tier), beside those of all other levels. */
typedef struct tsl_audit_cell {
    uint64_t count;
    double share;     /* of the customers of the level; NaN without one */
    double ratio;     /* share / the same share of all other levels; infinite where that is 0; NaN without customers of
                         either     side, and where nobody is in the group */
    double low, high; /* holds the true ratio in 95 of 100 samples, by Katz et al. (1978), Biometrics 34; NaN where one
                         of the counts is 0 */
} tsl_audit_cell;

/* How a column goes with the segments, or with the tiers. */
typedef struct tsl_audit_part {
    size_t groups;                 /* 0: there are none */
    tsl_audit_cell *cell;          /* groups x level_count, by group */
    double chi_square, degrees, p; /* Pearson's; NaN of less than two groups or levels that hold any, as is the next */
    double effect;                 /* Cramer's V less its bias, by Bergsma (2013), JKSS 42: 0 none, 1 all */
    size_t group,
        level; /* of the cell whose ratio is farthest from 1 by the nearer end of its interval; groups: none's is */
} tsl_audit_part;

typedef struct tsl_audit_column {
    const char *name; /* of the column; a view of the features */
    int sensitive;    /* 1: declared so, or by its name; 0: it tells gender or age, and is looked at as such */
    int clustered;    /* 1: the clusters were found by it all the same */
    size_t level_count;
    const char **level; /* of a category, views of the features; NULL for all values that have no level of their own; of
                           numbers NULL: they are in bands */
    double *cut;        /* level_count - 1, rising: band i holds cut[i - 1] <= x < cut[i]; NULL of a category */
    uint64_t *size;     /* customers of each level */
    uint64_t missing;   /* who take no part */
    tsl_audit_part segments, tiers;
} tsl_audit_column;

typedef struct tsl_audit {
    size_t count; /* in the order of the features; 0: there is no such column */
    tsl_audit_column *column;
} tsl_audit;

/* Columns of the customers that are sensitive, and those that are named for gender or age, beside what the labels say:
 * segments and tiers may follow a column that they were not found by (docs/methods/privacy.md). Ages are in bands of
 * ten years from 25 to 65, other numbers in fifths. Customers count once each, whatever they weigh. Owned; it lives no
 * longer than the labels. Cost: O(customers x columns). TSL_E_NOMEM. */
TSL_API TSL_FALLIBLE tsl_status tsl_audit_build(const tsl_labels *labels, tsl_audit **out, tsl_error *err);
TSL_API void tsl_audit_free(tsl_audit *audit); /* NULL is fine */

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
/* An RFM segment, borrowed; NULL beyond the last. */
TSL_API const tsl_rfm_count *tsl_labels_get_rfm_segment(const tsl_labels *labels, size_t index);
/* An outcome, borrowed; NULL beyond the last. */
TSL_API const tsl_response *tsl_labels_get_response(const tsl_labels *labels, size_t index);
/* A rule set, borrowed; NULL beyond the last. */
TSL_API const tsl_rule_set *tsl_labels_get_rule_set(const tsl_labels *labels, size_t index);
/* Each customer's segment, as customer_segment has it, in the order of the features' ids, borrowed; *count: of
 * customers (NULL: not wanted). */
TSL_API const int32_t *tsl_labels_get_segments(const tsl_labels *labels, size_t *count);

/* ---- A portrait of the customers -------------------------------------------------- */

#define TSL_GRID_CLASSES 5      /* most classes of recency, of frequency; for good */
#define TSL_MAP_COLUMNS_MOST 64 /* clusters of more columns have no map */
#define TSL_TOP_SHARES 4        /* for good */

typedef struct tsl_grid_cell {
    uint64_t size;
    double value_total; /* NaN as of a segment */
    uint64_t *segment;  /* customers by segment */
} tsl_grid_cell;

/* Customers by days since their last purchase and by their orders, in classes whose limits read well (30, 60, 90; 1, 2,
 * 4, 9), none of which is empty in both. */
typedef struct tsl_grid {
    size_t rows, cols;                      /* classes of recency_days, of frequency */
    double recency[TSL_GRID_CLASSES - 1];   /* rows - 1: greatest days of a class; the last has no limit */
    double frequency[TSL_GRID_CLASSES - 1]; /* cols - 1: greatest orders */
    uint64_t customers;                     /* of whom both are known */
    tsl_grid_cell *cell;                    /* rows x cols, row-major */
} tsl_grid;

typedef struct tsl_map_axis {
    double share;    /* of the variance of the matrix, 0 to 1 */
    double *loading; /* cols: coordinates of the unit eigenvector, the one largest in absolute value positive */
} tsl_map_axis;

/* Of pointy-topped hexagons, whose centre lies at size * (sqrt(3) * (q + r / 2), 3 / 2 * r). */
typedef struct tsl_hexagon {
    int q, r;
    uint64_t size;
    int segment; /* from 0: that of most of them, the first of equal ones */
} tsl_hexagon;

/* The customers where the clusters were found, seen along the first two principal components of the matrix
 * (tsl_features_get_matrix; covariances, Jolliffe 2002, Principal Component Analysis, 2.1). Who is set apart by rule,
 * and so is in no row of the matrix, has the place that his values give, where all of those are known. */
typedef struct tsl_customer_map {
    size_t cols;
    tsl_feature_matrix *matrix; /* its columns, without rows */
    tsl_map_axis axis[2];
    double size;            /* of a hexagon: from its centre to a corner */
    double low[2], high[2]; /* what all places lie in */
    uint64_t customers;     /* that have a place */
    uint64_t apart;         /* of them those who are set apart */
    uint64_t edge;          /* of them those so far out that they were put to the edge */
    uint64_t axis_rows;     /* of the matrix that the axes were found by: all, or 131,072 at even places */
    size_t hexagon_count;
    tsl_hexagon *hexagon; /* by r, then q */
    double (*median)[2];  /* by segment; NaN of one without a place */
} tsl_customer_map;

typedef struct tsl_concentration_point {
    uint64_t customers;        /* so many of most value */
    double share, value_share; /* of the customers whose value is known, of their value */
} tsl_concentration_point;

/* How much of the value those of most value have: Lorenz (1905), from the top. */
typedef struct tsl_concentration {
    uint64_t customers; /* whose value is known */
    size_t count;
    tsl_concentration_point *point;              /* rising, from 0 and 0 to 1 and 1; with values below 0 it passes 1 */
    tsl_concentration_point top[TSL_TOP_SHARES]; /* the 1, 5, 20 and 50 %, counts rounded up */
} tsl_concentration;

/* A segment's usual customer: medians of those of whom it is known, NaN where it is known of nobody. */
typedef struct tsl_portrait_segment {
    double recency_median, frequency_median; /* days since the last purchase; orders */
    double purchase_median;                  /* of each one's mean amount of an order */
    double value_mean, value_median;
} tsl_portrait_segment;

typedef struct tsl_portrait_cell {
    uint64_t size;
    double value_total; /* NaN as of a segment */
} tsl_portrait_cell;

/* What a picture of all customers is drawn from: docs/methods/portrait.md. */
typedef struct tsl_portrait {
    const tsl_labels *labels;         /* borrowed from the caller: must outlive the portrait */
    tsl_portrait_segment *segment;    /* by segment */
    double value_mean;                /* of the customers of whom it is known, but for those without an order; NaN
                                         without any */
    tsl_portrait_cell *stage_tier;    /* stages x tiers, row-major; NULL where there are not both */
    tsl_grid *grid;                   /* NULL without recency_days, frequency, or anybody of whom they are known */
    tsl_customer_map *map;            /* NULL where the matrix has less than two ways in which it varies, or more than
                                         TSL_MAP_COLUMNS_MOST columns */
    tsl_concentration *concentration; /* NULL without a value, and where its total is not above 0 */
} tsl_portrait;

/* Owned. The threads change no bit. Cost: O(customers * columns + rows * columns^2), of at most 131,072 rows of the
 * matrix. Memory: some 60 bytes a customer on the way, nothing of which is kept. */
TSL_API TSL_FALLIBLE tsl_status tsl_portrait_build(const tsl_labels *labels, const tsl_exec *exec, tsl_portrait **out,
                                                   tsl_error *err);
TSL_API void tsl_portrait_free(tsl_portrait *portrait); /* NULL is fine */

/* ---- Strategies as a file -------------------------------------------------------- */

/* Reads a CSV file with the columns action, en, zh and of segment, tier and lifecycle those that it tells by; an empty
 * cell of these is "*". TSL_E_INPUT: a column that there is not or that lacks, a code that is none, a broken row, with
 * the line; TSL_E_NOT_FOUND. Codes of tiers, stages and segments are looked at where they are used. */
TSL_API TSL_FALLIBLE tsl_status tsl_strategies_read(const tsl_source *source, tsl_strategies **out, tsl_error *err);
/* Writes the table that the labels go by, so that reading it again gives the same actions. TSL_E_INPUT without one. */
TSL_API TSL_FALLIBLE tsl_status tsl_strategies_write(const tsl_labels *labels, const tsl_target *target,
                                                     tsl_error *err);
TSL_API void tsl_strategies_free(tsl_strategies *strategies); /* NULL is fine */

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
    int money;         /* 1: it is an amount */
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
    TSL_FATE_MERGED,  /* then: half of its customers or more are in one other segment; now: it is made of such */
    TSL_FATE_UNKNOWN, /* then and now: no customer is in both, and nobody shows what became of any */
    TSL_FATES
} tsl_fate;
TSL_API const char *tsl_fate_get_code(tsl_fate fate); /* "kept", "new", "retired", "split", "merged", "unknown" */

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
 * or 1..2 (m empty: any). bins 0: as many as the greatest score that stands there. TSL_E_INPUT, with file, line and
 * column, as tsl_rfm_map_build. */
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

/* ---- The customers of two runs ------------------------------------------------------ */

/* What a run sorts its customers by. */
typedef enum tsl_by { TSL_BY_SEGMENT, TSL_BY_TIER, TSL_BY_STAGE, TSL_BYS } tsl_by;
TSL_API const char *tsl_by_get_name(tsl_by by); /* "segments", "tiers", "lifecycle" */

/* A segment, a tier or a stage. */
typedef struct tsl_roster_group {
    char *code;             /* "CHAMP", "vip", "at_risk"; "": of those for whom none is told */
    char *names[TSL_LANGS]; /* the code, where nothing tells them */
} tsl_roster_group;

/* All of one kind, and who is in which. */
typedef struct tsl_roster_groups {
    size_t count; /* 0: the run knows none */
    tsl_roster_group *group;
    int32_t *of; /* customers: of each, from 0; NULL where count is 0 */
} tsl_roster_groups;

/* The customers of a run, as its folder tells (tsl_roster_read in <tesela/run.h>). Owned. */
typedef struct tsl_roster {
    char *name; /* of the folder */
    size_t customers;
    char **id;                      /* as they stand in segments.csv, distinct */
    tsl_roster_groups by[TSL_BYS];  /* tiers from the best, stages as in the summary */
    int64_t *value;                 /* 1/10000, TSL_MISSING_INT: unknown; NULL: of nobody */
    char **reason;                  /* NULL: none are told */
    char *value_name, *value_unit;  /* the feature that it is, and its unit; NULL: not known */
    char *currency;                 /* NULL: not known */
    int32_t as_of;                  /* TSL_NO_DAY: not known */
    tsl_features *features;         /* in the order of id; NULL: the folder has none */
    tsl_segmentation *segmentation; /* likewise */
} tsl_roster;

TSL_API void tsl_roster_free(tsl_roster *roster); /* NULL is fine */

/* A feature that changed much for some customers. */
typedef struct tsl_turn {
    size_t feature;                 /* index into tsl_migration.feature */
    double shift;                   /* mean over them: the share of the customers of both runs who lie between the value
                                       then and now (mid-ranks, as of tsl_move), 0 to 1; 1 to or from a missing one */
    double median_then, median_now; /* of the known ones; NaN without */
} tsl_turn;
#define TSL_TURNS 2 /* for good */

/* Those who were in one group and are in another. */
typedef struct tsl_migration_cell {
    uint64_t customers;
    int64_t value_then, value_now; /* sums of what is known, 1/10000; of those who came or vanished one is 0 */
    size_t turn_count;             /* 0 of those who stayed, came or vanished */
    tsl_turn turn[TSL_TURNS];      /* of the features that such groups rest on, by falling shift */
} tsl_migration_cell;

/* What a group had and has, 1/10000: now = then + grown + came - left + arrived - vanished, exactly. A value that is
 * not known counts as none. */
typedef struct tsl_flow {
    int32_t then, now;            /* the group in each run, from 0; -1: it has none of this code */
    uint64_t size_then, size_now; /* customers */
    uint64_t stayed, came, left, arrived, vanished;
    int64_t value_then, value_now;
    int64_t grown; /* of those who stayed: value now less value then */
    int64_t value_came, value_left;
    int64_t value_arrived, value_vanished; /* of customers who are in one of the runs alone */
} tsl_flow;

/* The moves between groups of one kind, which are the same where their code is. */
typedef struct tsl_moves {
    size_t then, now;         /* groups of each run; both 0 where one of them knows none */
    int32_t *same;            /* then: the group with its code now; -1: none */
    tsl_migration_cell *cell; /* (then + 1) x (now + 1), row-major: the last row came, the last column vanished */
    size_t flow_count;
    tsl_flow *flow;         /* by the groups then, and those of now alone behind */
    uint64_t stayed, moved; /* of the customers in both */
    uint64_t up, down;      /* of tiers, among those moved whose tiers both stand among those of now */
} tsl_moves;

/* A customer who is in another group, in one run alone, or both. */
typedef struct tsl_migrant {
    size_t then, now;       /* row of each roster; SIZE_MAX: not there */
    size_t turn_count;      /* 0 where he is not in both */
    size_t turn[TSL_TURNS]; /* features that changed most, as of tsl_turn.feature */
} tsl_migrant;

/* Parts of a model that two runs have alike, or not. */
typedef enum tsl_model_part {
    TSL_PART_OF_FEATURES, /* how features are made and scaled */
    TSL_PART_OF_CLUSTERS, /* where the clusters lie, and who is set apart */
    TSL_PART_OF_NAMES,    /* codes of the segments */
    TSL_PART_OF_TIERS,    /* cuts */
    TSL_PART_OF_STAGES,   /* limits of the lifecycle */
    TSL_MODEL_PARTS
} tsl_model_part;
TSL_API const char *
tsl_model_part_get_name(tsl_model_part part); /* "features", "clusters", "names", "tiers", "stages" */

typedef struct tsl_migration {
    const tsl_roster *then, *now; /* borrowed from the caller: must outlive it */
    size_t *row_now;              /* of each customer then: the row of now; SIZE_MAX: none */
    uint64_t both, arrived, vanished;
    int has_value;                      /* 0: values are not known, or cannot be compared, as a note says; all are 0 */
    uint64_t unknown_then, unknown_now; /* customers whose value is not known */
    tsl_flow all;                       /* of all customers: came and left are 0 */
    tsl_moves by[TSL_BYS];
    int same[TSL_MODEL_PARTS]; /* 1 alike, 0 not, -1 not known */
    int bases_differ; /* 1: the stages of one run go by p_alive, those of the other by gaps alone, so that who is lost
                         in the one need not be in the other, whatever he did */
    size_t feature_count;
    tsl_feature_pair *feature;
    size_t migrant_count;
    tsl_migrant *migrant; /* by the id */
    tsl_notes notes;
} tsl_migration;

/* What became of the customers of one run in another, who are the same by their ids. A group is the same by its code.
 * TSL_E_INPUT: sums beyond what 1/10000 can hold; pseudonyms by two keys, or of one run alone, as far as the runs have
 * their models. Cost: O(customers * features + movers log customers * features used).
 * The threads change no bit. */
TSL_API TSL_FALLIBLE tsl_status tsl_migration_build(const tsl_roster *then, const tsl_roster *now, const tsl_exec *exec,
                                                    tsl_migration **out, tsl_error *err);
TSL_API void tsl_migration_free(tsl_migration *migration); /* NULL is fine */

/* ---- What a treatment did to customers ------------------------------------------------- */

typedef enum tsl_arm { TSL_TREATED, TSL_CONTROL, TSL_ARMS } tsl_arm;
TSL_API const char *tsl_arm_get_name(tsl_arm arm); /* "treated", "control" */

/* Who was treated, and who was not (tsl_arms_read in <tesela/run.h>). Owned. */
typedef struct tsl_arms {
    size_t customers;           /* of the roster */
    int8_t *of;                 /* of each: tsl_arm; -1: neither */
    int has_control;            /* 0: nobody was named who was not treated */
    uint64_t given[TSL_ARMS];   /* different ids that were named */
    uint64_t unknown[TSL_ARMS]; /* of them those that the roster lacks */
    uint64_t again[TSL_ARMS];   /* rows that name one of them once more */
    uint64_t both;              /* named in both, and left out */
    uint64_t blank[TSL_ARMS];   /* rows of a file of ids that hold none */
    uint64_t unsaid;            /* customers of a table whose column says nothing of them: neither, and left out */
} tsl_arms;
TSL_API void tsl_arms_free(tsl_arms *arms); /* NULL is fine */

/* Something that is looked at, of each customer before and after. */
typedef struct tsl_effect_measure {
    char *code;             /* "churn", "silence", "frequency", "spend", or the feature's name */
    char *names[TSL_LANGS]; /* "purchases in 30 days" */
    int is_rate;            /* 1: yes or no of each customer; 0: a number */
    int has_before;         /* 0: nothing is known of before */
} tsl_effect_measure;

/* All customers, or those who were in one group before. */
typedef struct tsl_effect_stratum {
    int by;       /* tsl_by; -1: all */
    size_t group; /* of the roster of then */
} tsl_effect_stratum;

/* One arm: means, or rates, of the customers of whom before (where there is one) and after are known. */
typedef struct tsl_effect_arm {
    uint64_t customers;
    double before, after;     /* NaN of nobody; before also where it is not known */
    double change, low, high; /* after less before, with 95 %: of a mean Student's t, of a rate Newcombe's interval of
                                 paired rates; NaN where it cannot be told */
} tsl_effect_arm;

/* Of one measure and one stratum. */
typedef struct tsl_effect {
    size_t measure, stratum;
    tsl_effect_arm arm[TSL_ARMS];
    double difference, low, high; /* change of the treated less that of the others, or of after where there is no
                                     before; 95 %; NaN without others, or of too few */
    double p, p_adjusted;         /* two-sided; after Holm, over all effects that have one */
    double relative, relative_low, relative_high; /* the same against what the treated would have come to had they
                                                     changed as the others did: -0.2 is a fifth less; NaN where that, or
                                                     what they came to, is not above 0 */
    int few; /* 1: fewer than TSL_EFFECT_FEW customers in an arm, or of a rate fewer than 5 of either answer */
} tsl_effect;
#define TSL_EFFECT_FEW 30

typedef struct tsl_effects {
    const tsl_migration *migration; /* borrowed from the caller, as are arms: must outlive it */
    const tsl_arms *arms;
    uint64_t used[TSL_ARMS];   /* customers of each arm who are in both runs */
    uint64_t absent[TSL_ARMS]; /* and those who are in the first alone */
    int days;                  /* between both runs */
    size_t measure_count;
    tsl_effect_measure *measure;
    size_t stratum_count;
    tsl_effect_stratum *stratum;
    size_t count;
    tsl_effect *of;   /* stratum by stratum, each of its measures; those with nobody in an arm are left out */
    size_t looked_at; /* that have a p */
    tsl_notes notes;
} tsl_effects;

/* What the treatment did, by differences in differences: docs/methods/compare.md. TSL_E_OPTION: the runs are not of a
 * first and a later day. TSL_E_INPUT: nobody treated is in both. Newcombe (1998), Statistics in Medicine 17; Zou &
 * Donner (2008), Statistics in Medicine 27; Holm (1979), Scandinavian Journal of Statistics 6. Cost: O(customers *
 * measures). */
TSL_API TSL_FALLIBLE tsl_status tsl_effects_build(const tsl_migration *migration, const tsl_arms *arms,
                                                  tsl_effects **out, tsl_error *err);
TSL_API void tsl_effects_free(tsl_effects *effects); /* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
