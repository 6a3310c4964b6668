/*
 * value.h: what customers are worth, over arrays: the RFM model, models of how often customers buy and whether they
 * still will, and of what they spend. None of it knows tables; every array is one entry a customer.
 */
#ifndef TESELA_VALUE_H
#define TESELA_VALUE_H

#include <tesela/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- RFM -------------------------------------------------------------------------- */

#define TSL_RFM_BINS 5      /* by default; for good */
#define TSL_RFM_BINS_MOST 9 /* for good */

/* Score = 1 + number of cuts that the value exceeds; recency counts the other way round: the most recent scores best.
 * So equal values share a score, whatever the method. */
typedef enum tsl_rfm_method {
    TSL_RFM_QUANTILE,   /* the cuts are the type-7 quantiles 1/bins, 2/bins, ... of the known values */
    TSL_RFM_THRESHOLDS, /* they are given */
    TSL_RFM_RANK,       /* customers are put in order, those of equal value each at the mean of their places, and the
                           places are cut into equal parts. Where the first parts stay empty a cut is -INFINITY */
    TSL_RFM_METHODS
} tsl_rfm_method;
/* "quantile", "thresholds", "rank"; NULL beyond. */
TSL_API const char *tsl_rfm_method_get_name(tsl_rfm_method method);

typedef struct tsl_rfm_options {
    size_t size;
    tsl_rfm_method method;                /* default TSL_RFM_QUANTILE */
    int bins;                             /* scores 1 to this, 2 to 9; default 5 */
    int nested;                           /* 0, the default: each column by itself. 1: frequency is cut within each R,
                                             monetary within each R and F. Not of thresholds */
    double cut[3][TSL_RFM_BINS_MOST - 1]; /* thresholds: bins - 1 of recency (days), frequency, monetary; rising */
} tsl_rfm_options;

TSL_API void tsl_rfm_defaults(tsl_rfm_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_rfm_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_rfm_check(const tsl_rfm_options *opt, tsl_error *err);

/* What was learned: lists of bins - 1 cuts, rising. */
typedef struct tsl_rfm {
    tsl_rfm_method method;
    int bins, nested;
    double recency[TSL_RFM_BINS_MOST - 1];                      /* days */
    double frequency[TSL_RFM_BINS_MOST][TSL_RFM_BINS_MOST - 1]; /* nested: by R - 1; else the first */
    double monetary[TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST][TSL_RFM_BINS_MOST - 1]; /* (R - 1) bins + F - 1; likewise */
} tsl_rfm;

/* recency, frequency, monetary: n values, NaN unknown. Finds the cuts from the rows where all three are known; of a
 * nested group in which there is nobody they are those of all. opt NULL: the defaults. TSL_E_OPTION; TSL_E_INPUT where
 * no row is known, save of thresholds, which need none. Cost: O(n), nested O(n bins^2). */
TSL_API TSL_FALLIBLE tsl_status tsl_rfm_fit(const double *recency, const double *frequency, const double *monetary,
                                            size_t n, const tsl_rfm_options *opt, tsl_rfm *out, tsl_error *err);
/* Scores 1 (worst) to bins (best); 0 where the value is NaN, or, nested, one by which its group is told. */
TSL_API void tsl_rfm_predict(const tsl_rfm *rfm, const double *recency, const double *frequency, const double *monetary,
                             size_t n, uint8_t *r, uint8_t *f, uint8_t *m);

/* ---- Score ------------------------------------------------------------------------ */

/* A weighted score of several columns, 0 (worst) to 100 (best): each value counts by where it lies among those of the
 * fit (its percentile; of several that are alike the middle one; on a line between two of them), columns of a part by
 * their weights, the parts by theirs. Of who lacks a value, the weight of that column goes to the others of its part;
 * of who lacks a whole part, to the other parts. */
#define TSL_SCORE_KNOTS 101 /* for good: the percentiles 0 to 100 */

typedef struct tsl_score_column {
    size_t part;                  /* from 0 */
    double weight;                /* > 0, against the others of its part */
    int less;                     /* 1: the less, the better */
    double knot[TSL_SCORE_KNOTS]; /* type-7 quantiles of the known values, rising; NaN where there was none: then it
                                     counts as missing for everybody */
} tsl_score_column;

typedef struct tsl_score {
    size_t part_count;
    double *part_weight; /* > 0, against each other; yours, as are the columns */
    size_t column_count;
    tsl_score_column *column;
} tsl_score;

/* A column's values: value[i * stride] is that of customer i; NaN unknown. A view. */
typedef struct tsl_score_values {
    const double *value;
    size_t stride;
} tsl_score_values;

/* Finds the knots of columns whose parts and weights are set; values: one a column, of n customers. TSL_E_OPTION: a
 * weight that is none, a part that there is not. Cost: O(n) a column. */
TSL_API TSL_FALLIBLE tsl_status tsl_score_fit(tsl_score *score, const tsl_score_values *values, size_t n,
                                              tsl_error *err);
/* total[i], and part[p][i] (part NULL: not wanted); NaN where nothing is known. The same bits for any number of
 * threads. Cost: O(n) a column. */
TSL_API TSL_FALLIBLE tsl_status tsl_score_predict(const tsl_score *score, const tsl_score_values *values, size_t n,
                                                  const tsl_exec *exec, double *total, double *const *part,
                                                  tsl_error *err);
/* contribution[c][i]: what column c adds to the total of customer i: 0 where its value is not known, NaN where nothing
 * is. They add up to the total. As tsl_score_predict. */
TSL_API TSL_FALLIBLE tsl_status tsl_score_predict_contributions(const tsl_score *score, const tsl_score_values *values,
                                                                size_t n, const tsl_exec *exec,
                                                                double *const *contribution, tsl_error *err);

/* ---- Segments by RFM scores ---------------------------------------------------------- */

#define TSL_RFM_SEGMENTS 64 /* at most */
#define TSL_RFM_CODE_BYTES 32
#define TSL_RFM_NAME_BYTES 96

/* A block of cells of the map, scores r_low to r_high and so on, and the segment that it belongs to. Blocks of one code
 * are one segment. */
typedef struct tsl_rfm_block {
    int r_low, r_high, f_low, f_high;
    int m_low, m_high;           /* 0, 0: any */
    const char *code;            /* a to z, A to Z, 0 to 9 and _ */
    const char *name[TSL_LANGS]; /* NULL: the code, or what another block of the segment says */
    const char *where;           /* what messages call it ("map.csv:4"); NULL: by its number */
} tsl_rfm_block;

typedef struct tsl_rfm_segment {
    char code[TSL_RFM_CODE_BYTES], name[TSL_LANGS][TSL_RFM_NAME_BYTES];
} tsl_rfm_segment;

/* Which segment each pair (triple) of scores belongs to: every one to exactly one. */
typedef struct tsl_rfm_map {
    int bins, by_m; /* by_m 0: whatever m is */
    size_t count;
    tsl_rfm_segment segment[TSL_RFM_SEGMENTS];
    uint8_t cell[TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST]; /* ((r - 1) 9 + f - 1) 9 + m - 1 */
} tsl_rfm_map;

/* The ten segments of R and F in fifths: champion, loyal, potential_loyalist, new, promising, need_attention,
 * about_to_sleep, at_risk, cant_lose, hibernating (docs/methods/rfm.md). */
TSL_API void tsl_rfm_map_defaults(tsl_rfm_map *out);
/* Segments in the order in which their codes come first. TSL_E_INPUT: a block that cannot be, two that overlap, cells
 * that belong to none, each with the cells. */
TSL_API TSL_FALLIBLE tsl_status tsl_rfm_map_build(const tsl_rfm_block *block, size_t count, int bins, tsl_rfm_map *out,
                                                  tsl_error *err);
/* The index of each one's segment; -1 where a score that it goes by is 0. m may be NULL where the map does not go by
 * it. */
TSL_API void tsl_rfm_map_predict(const tsl_rfm_map *map, const uint8_t *r, const uint8_t *f, const uint8_t *m, size_t n,
                                 int32_t *segment);

/* ---- Purchases -------------------------------------------------------------------- */

/* While a customer is there he buys at a steady rate of his own; he leaves, unseen, after some purchase or at some
 * moment. docs/methods/value.md has the densities and their sources. */
typedef enum tsl_purchase_kind {
    TSL_NBD,        /* nobody leaves: r, alpha. Ehrenberg (1959) */
    TSL_BG_NBD,     /* after a repeat purchase: r, alpha, a, b. Fader, Hardie & Lee (2005) */
    TSL_MBG_NBD,    /* after any purchase, also the first: likewise. Batislam, Denizel & Filiztekin (2007) */
    TSL_PARETO_NBD, /* at any moment: r, alpha, s, beta. Schmittlein, Morrison & Colombo (1987) */
    TSL_BG_BB,      /* before an opportunity: alpha, beta, gamma, delta. Fader, Hardie & Shang (2010) */
    TSL_PURCHASE_KINDS
} tsl_purchase_kind;

#define TSL_PURCHASE_PARAMETERS 4 /* at most */

/* "nbd", "bg-nbd", "mbg-nbd", "pareto-nbd", "bg-bb"; NULL beyond. */
TSL_API const char *tsl_purchase_kind_get_name(tsl_purchase_kind kind);
TSL_API int tsl_purchase_kind_get_count(tsl_purchase_kind kind); /* of its parameters */
/* "r", "alpha", ...: the index'th; NULL beyond the last. */
TSL_API const char *tsl_purchase_kind_get_parameter(tsl_purchase_kind kind, int index);

/* Histories, one an entry; views. Times are since the first purchase, in any one unit; for TSL_BG_BB they count
 * opportunities, and are whole, up to 10000, as is its horizon. */
typedef struct tsl_histories {
    size_t count;
    const double *x;      /* purchases after the first (TSL_BG_BB: purchases), whole, 0 to 1e6 */
    const double *t_x;    /* of the last purchase; 0 where x is 0 */
    const double *t;      /* of the end of what is known; t_x <= t */
    const double *weight; /* so many customers have this history, > 0; NULL: one each */
} tsl_histories;

/* What is to be thought of a fit. */
typedef enum tsl_fit_verdict {
    TSL_FIT_SOUND,
    TSL_FIT_NO_DROPOUT, /* no better than an NBD (likelihood ratio under TSL_FIT_DROPOUT): nobody is seen to leave */
    TSL_FIT_RIDGE,   /* the likelihood hardly changes along some way (a parameter at its bound, or of a standard error
                        over TSL_FIT_LOOSE times itself, or all buy or leave at all but one rate, of which no errors
                        are said): predictions hold, parameters say nothing */
    TSL_FIT_NO_MEAN, /* of spend: q <= 1, so that the mean over all customers is not finite */
    TSL_FIT_EMPTY,   /* nobody bought again, or there is nobody: there is nothing to fit, and all is NaN */
    TSL_FIT_VERDICTS
} tsl_fit_verdict;
#define TSL_FIT_LOOSE 3.0
/* Twice the gain in log-likelihood that chance alone seldom makes where dropout is nothing: 5 % of a half chi-square of
 * one degree of freedom (Self & Liang 1987). */
#define TSL_FIT_DROPOUT 2.706
/* "sound", "no dropout", "ridge", "no mean", "empty". */
TSL_API const char *tsl_fit_verdict_get_name(tsl_fit_verdict verdict);

typedef struct tsl_purchase_model {
    tsl_purchase_kind kind;
    double parameter[TSL_PURCHASE_PARAMETERS];      /* > 0; by tsl_purchase_kind_get_parameter */
    double standard_error[TSL_PURCHASE_PARAMETERS]; /* from the Hessian; NaN where it tells none */
    double log_likelihood;                          /* of all customers, without what does not depend on parameters */
    double customers;                               /* sum of the weights */
    tsl_fit_verdict verdict;
    int steps; /* evaluations of all customers */
    double seconds;
} tsl_purchase_model;

/* Akaike's information criterion, 2 parameters - 2 ln L; the less the better. NaN where nothing is fitted. */
TSL_API double tsl_purchase_model_get_aic(const tsl_purchase_model *model);

/* Maximum likelihood, by Newton's method in the logarithms of the parameters, from several starts; equal histories are
 * counted together. It fits whatever is valid. The same bits for any number of threads. TSL_E_INPUT: a history that
 * cannot be, with its place. Cost: some ten evaluations of every different history. */
TSL_API TSL_FALLIBLE tsl_status tsl_purchase_model_fit(const tsl_histories *histories, tsl_purchase_kind kind,
                                                       const tsl_exec *exec, tsl_purchase_model *out, tsl_error *err);

/* Of customers whose times are continuous: all models that there are, and the one to go by. */
#define TSL_CHOICE_KINDS (TSL_PARETO_NBD + 1) /* those before TSL_BG_BB */
typedef struct tsl_purchase_choice {
    tsl_purchase_model model[TSL_CHOICE_KINDS]; /* by kind */
    tsl_purchase_kind
        chosen; /* of MBG/NBD and Pareto/NBD the one of the lesser AIC (the first where they differ by no
                   more than .1), of those that are sound, or a ridge whose AIC is at least 10 below the
                   NBD's, and the other's where that is sound. Else the NBD, where that is sound, or a ridge of 100
                   purchases at least: nobody is seen to leave, or it is not clear. Else TSL_PURCHASE_KINDS: nothing can
                   be said. Never the BG/NBD, by which nobody who bought once has left */
} tsl_purchase_choice;

/* As tsl_purchase_model_fit, of all kinds. Akaike (1974), IEEE Trans. Automatic Control 19. */
TSL_API TSL_FALLIBLE tsl_status tsl_purchase_choice_fit(const tsl_histories *histories, const tsl_exec *exec,
                                                        tsl_purchase_choice *out, tsl_error *err);

/* What is expected of a customer, given his history; arrays of histories->count, NULL where it is not wanted. */
typedef struct tsl_forecast {
    double horizon;      /* time ahead, >= 0 */
    double silence;      /* time ahead for no_purchase, >= 0 */
    double discount;     /* rate of one unit of time, continuous, >= 0: ln(1 + rate a year) / units a year */
    double *alive;       /* probability that he is still there (TSL_BG_BB: at the next opportunity) */
    double *purchases;   /* expected up to the horizon */
    double *no_purchase; /* probability of none within `silence`: what people call churn */
    double *discounted;  /* purchases up to the horizon, each discounted from the moment at which it falls */
    double *dert;        /* all purchases to come, each discounted: discounted expected residual transactions, whatever
                            the horizon. NaN where discount is 0: they would go on for ever */
} tsl_forecast;

/* TSL_E_OPTION: a time or rate that cannot be; TSL_E_INPUT as for a fit. Of a model that is empty all is NaN. */
TSL_API TSL_FALLIBLE tsl_status tsl_purchase_model_predict(const tsl_purchase_model *model,
                                                           const tsl_histories *histories, const tsl_exec *exec,
                                                           const tsl_forecast *forecast, tsl_error *err);

/* Likewise between what and what it will lie: numbers of purchases up to the horizon that are not exceeded. */
typedef struct tsl_outlook {
    double horizon; /* time ahead, >= 0, finite */
    size_t count;
    const double *share; /* count: chances, TSL_OUTLOOK_LEAST to 1 less that: .1 and .9 have four of five customers
                            between them */
    double *purchases; /* histories->count lines of `count`: the fewest that are exceeded with a chance of no more than
                          1 - share; NULL: not wanted */
} tsl_outlook;
#define TSL_OUTLOOK_LEAST 1e-6

/* The chance of each customer to buy at least so many times up to the horizon. Of the NBD, A = alpha + t, it is that of
 * k purchases within it, I(k, r + x) at horizon / (A + horizon), the incomplete beta function; of the BG/NBD and
 * MBG/NBD times P(alive) B(a, b + n + k - 1) / B(a, b + n), n chances to leave that he has passed; of the Pareto/NBD
 * and BG/BB the mean over the moment of the k'th purchase that he is still there. docs/methods/value.md. least: whole,
 * from 0 on, else TSL_E_OPTION; others as of tsl_purchase_model_predict, as is a model that is empty. The same bits for
 * any number of threads, and whoever stands beside him. Cost: some 10 microseconds a customer; TSL_BG_BB: O(horizon).
 */
TSL_API TSL_FALLIBLE tsl_status tsl_purchase_model_predict_chance(const tsl_purchase_model *model,
                                                                  const tsl_histories *histories, const tsl_exec *exec,
                                                                  double horizon, double least, double *chance,
                                                                  tsl_error *err);
/* Of parameters that are certain: what a fit does not know of them makes it no wider. Errors likewise; TSL_E_OPTION: a
 * share beyond its range. Cost: some 2 log2(purchases) of the above a share. */
TSL_API TSL_FALLIBLE tsl_status tsl_purchase_model_predict_outlook(const tsl_purchase_model *model,
                                                                   const tsl_histories *histories, const tsl_exec *exec,
                                                                   const tsl_outlook *outlook, tsl_error *err);

/* ---- Purchases by what else is known of customers ------------------------------------ */

#define TSL_COVARIATES_MOST 16

/* What does not change with time: age, region as 0/1 columns, the channel by which he came. Views. */
typedef struct tsl_covariates {
    size_t count;                /* 1 to TSL_COVARIATES_MOST */
    const double *const *column; /* of each one value a history, finite; in any units */
    const char *const *name;     /* for messages */
} tsl_covariates;

/* Customers whose covariates are z buy with alpha e^-(rate z), so that their mean rate is e^(rate z) times the base's.
 * They leave with beta e^-(dropout z) by the Pareto/NBD: sooner by e^(dropout z); by the BG/NBD and MBG/NBD with a
 * e^(dropout z): the odds of leaving at a purchase, a / b, are e^(dropout z) times. Fader & Hardie (2007). */
typedef struct tsl_covariate_model {
    tsl_purchase_model base; /* of customers all of whose covariates are 0; log-likelihood, verdict of the whole */
    size_t count;
    double rate[TSL_COVARIATES_MOST], rate_error[TSL_COVARIATES_MOST];       /* by one unit of each covariate */
    double dropout[TSL_COVARIATES_MOST], dropout_error[TSL_COVARIATES_MOST]; /* of the NBD 0 and NaN */
    double ratio;   /* twice what log-likelihood is gained over the model without covariates; */
    int degrees;    /* that many coefficients; */
    double p_value; /* how often chance alone gains as much (chi-square) */
} tsl_covariate_model;

TSL_API double tsl_covariate_model_get_aic(const tsl_covariate_model *model); /* with the rates as parameters */

/* As tsl_purchase_model_fit, from its optimum, of all kinds but TSL_BG_BB. TSL_E_INPUT: a value that is not finite, a
 * covariate that is the same for all or is told by those before it, by name. Cost: some ten evaluations of every
 * different history of every different z; of more than 65,000 of these some four. */
TSL_API TSL_FALLIBLE tsl_status tsl_covariate_model_fit(const tsl_histories *histories,
                                                        const tsl_covariates *covariates, tsl_purchase_kind kind,
                                                        const tsl_exec *exec, tsl_covariate_model *out, tsl_error *err);
/* As tsl_purchase_model_predict; as many covariates as it was fitted with, else TSL_E_INPUT. */
TSL_API TSL_FALLIBLE tsl_status tsl_covariate_model_predict(const tsl_covariate_model *model,
                                                            const tsl_histories *histories,
                                                            const tsl_covariates *covariates, const tsl_exec *exec,
                                                            const tsl_forecast *forecast, tsl_error *err);

/* ---- Cohorts --------------------------------------------------------------------------- */

#define TSL_COHORT_LEAST 50.0

typedef struct tsl_purchase_cohort {
    double customers, repeaters; /* the sum of the weights; of those who bought again */
    int own; /* 1: the model is its own; 0: it has fewer than TSL_COHORT_LEAST customers, or nobody who
                bought again, and the model is the pooled one */
    tsl_purchase_model model;
} tsl_purchase_cohort;

/* A model for each cohort (those who came in the same quarter, say), and one for all histories together. cohort: one a
 * history, 0 to count - 1, or -1: of none. out: count. As tsl_purchase_model_fit; TSL_E_INPUT also where a cohort is
 * another. */
TSL_API TSL_FALLIBLE tsl_status tsl_purchase_cohort_fit(const tsl_histories *histories, const int32_t *cohort,
                                                        size_t count, tsl_purchase_kind kind, const tsl_exec *exec,
                                                        tsl_purchase_model *pooled, tsl_purchase_cohort *out,
                                                        tsl_error *err);

/* ---- What came of it: a holdout period --------------------------------------------- */

/* The naive expectation: everybody goes on buying as often as he did, horizon x / t; 0 where t is 0. */
TSL_API void tsl_histories_predict(const tsl_histories *histories, double horizon, double *purchases);

#define TSL_HOLDOUT_CLASSES 8 /* x = 0, 1, ... 6, and 7 or more */
#define TSL_HOLDOUT_TOP .1
#define TSL_TENTHS 10

/* Of some customers: means of what was expected, and of what came; NaN of nobody. */
typedef struct tsl_holdout_class {
    double customers, expected, actual;
} tsl_holdout_class;

/* One entry a customer; views. Purchases or amounts alike. */
typedef struct tsl_holdout_input {
    size_t count;
    const double *expected, *actual;
    const double *weight; /* NULL: one each */
    const double *x;      /* purchases after the first before the holdout, for by_frequency; NULL: not known */
} tsl_holdout_input;

typedef struct tsl_holdout {
    double customers, expected, actual; /* the sum of the weights; means */
    double mae, rmse;                   /* of expected - actual */
    double bias;                        /* expected / actual - 1, of all together: 0.1 is a tenth too much */
    double gini;      /* how much of the order in what came the order in what was expected has: 1 all, 0 none; customers
                         of whom the same is expected count as if in every order. NaN where nothing came */
    double top_share; /* of what came, by the tenth (rounded up) of which most was expected; of those who tie at its end
                         the mean */
    double best_top_share;                               /* the same by the tenth that bought most */
    tsl_holdout_class by_frequency[TSL_HOLDOUT_CLASSES]; /* by x, where it is known */
} tsl_holdout;

/* TSL_E_INPUT: what is not finite, with its place. Cost: O(count log count). */
TSL_API TSL_FALLIBLE tsl_status tsl_holdout_build(const tsl_holdout_input *input, tsl_holdout *out, tsl_error *err);

/* Likewise of something that happens or does not. */
typedef struct tsl_calibration_input {
    size_t count;
    const double *score;    /* a probability; for auc alone anything that rises with it, such as t_x - t */
    const double *happened; /* 0 or 1 */
    const double *weight;   /* NULL: one each */
} tsl_calibration_input;

typedef struct tsl_calibration {
    double customers, expected, actual;  /* the sum of the weights; means */
    double auc;                          /* chance that of two the one to whom it happened has the greater score, equal
                                            ones half (Hanley & McNeil 1982); NaN where it happened to all or nobody */
    double brier;                        /* mean square of score - happened (Brier 1950) */
    tsl_holdout_class tenth[TSL_TENTHS]; /* of the customers, by rising score; equal scores together, at the mean of
                                            their places, so that a tenth may be empty */
} tsl_calibration;

TSL_API TSL_FALLIBLE tsl_status tsl_calibration_build(const tsl_calibration_input *input, tsl_calibration *out,
                                                      tsl_error *err);

/* Purchases as they add up over all customers; times since one moment, all in the model's unit. */
typedef struct tsl_track {
    size_t count;
    const double *begin;  /* each customer's first purchase, >= 0 */
    const double *weight; /* NULL: one each */
    size_t events;
    const double *event;        /* purchases after the first, of anybody, in any order */
    const double *event_weight; /* NULL: one each */
    double step;
    size_t steps;
} tsl_track;

/* Fills expected[k] and actual[k], steps each, with the purchases up to (k + 1) step: expected by the model of
 * customers of whom no more is known than when they came (NaN of a model that is empty). TSL_E_OPTION: TSL_BG_BB, a
 * step that is none; TSL_E_INPUT. Cost: O(different begins x steps). */
TSL_API TSL_FALLIBLE tsl_status tsl_track_predict(const tsl_track *track, const tsl_purchase_model *model,
                                                  const tsl_exec *exec, double *expected, double *actual,
                                                  tsl_error *err);

/* ---- Spend ------------------------------------------------------------------------ */

/* Mean spends, one an entry; views. */
typedef struct tsl_spends {
    size_t count;
    const double *x;      /* purchases that the mean is of, >= 0: those after the first, as in tsl_histories */
    const double *mean;   /* net amount a purchase; NaN unknown */
    const double *weight; /* so many customers have it, > 0; NULL: one each */
} tsl_spends;

/* Gamma-Gamma: p, q, gamma. Fader & Hardie (2013), brucehardie.com/notes/025. */
typedef struct tsl_spend_model {
    double parameter[3], standard_error[3]; /* as in tsl_purchase_model */
    double log_likelihood;
    double customers;   /* by whom it was fitted: those of x > 0 and mean > 0 */
    uint64_t rejected;  /* entries of x > 0 whose mean is not above 0 */
    double correlation; /* Pearson's of x and mean over these customers, -1 to 1; the model takes it to be 0. NaN where
                           one of them is the same for all */
    tsl_fit_verdict verdict;
    int steps;
    double seconds;
} tsl_spend_model;

TSL_API double tsl_spend_model_get_aic(const tsl_spend_model *model); /* likewise */
/* 1: what is spent goes with how often so strongly that the model is in doubt (docs/methods/value.md): a correlation of
 * TSL_SPEND_DEPENDENT either way, beyond what chance alone gives once in 1,000 times. */
TSL_API int tsl_spend_model_get_dependent(const tsl_spend_model *model);
#define TSL_SPEND_DEPENDENT .25

/* As tsl_purchase_model_fit. */
TSL_API TSL_FALLIBLE tsl_status tsl_spend_model_fit(const tsl_spends *spends, const tsl_exec *exec,
                                                    tsl_spend_model *out, tsl_error *err);
/* Expected net amount of a purchase, spends->count: of who tells nothing that of the population, which is NaN where
 * q <= 1. */
TSL_API void tsl_spend_model_predict(const tsl_spend_model *model, const tsl_spends *spends, double *expected);

/* ---- Purchases and spend together --------------------------------------------------- */

/* What a population taught of both: what each of its customers, and others like them, are worth goes by it. */
typedef struct tsl_value_model {
    tsl_purchase_choice purchases;
    tsl_spend_model spend;
} tsl_value_model;

#define TSL_SPEND_LEAST 30 /* customers who bought again: of fewer nothing is foretold of what others spend */

/* Both models, of the same customers; where fewer than TSL_SPEND_LEAST tell what they spend, that of spend is
 * TSL_FIT_EMPTY. spend_mean: count of them, the mean net amount of their x purchases, NaN unknown. One whose x, t_x or
 * t is NaN is not known, and left out. The same bits for any number of threads. Errors as of tsl_purchase_choice_fit
 * and tsl_spend_model_fit. Memory: some TSL_VALUE_MODEL_BYTES a customer, with what is given.
 */
TSL_API TSL_FALLIBLE tsl_status tsl_value_model_fit(const tsl_histories *histories, const double *spend_mean,
                                                    const tsl_exec *exec, tsl_value_model *out, tsl_error *err);
#define TSL_VALUE_MODEL_BYTES 128

/* What is expected of a customer; arrays of histories->count, NULL where it is not wanted. */
typedef struct tsl_value_forecast {
    tsl_forecast purchases; /* of the chosen model. alive is NaN where it is the NBD: it would be 1 of everybody */
    double *spend;          /* net amount of a purchase */
    double *clv;            /* discounted purchases up to the horizon times that: revenue, not profit */
} tsl_value_forecast;

/* By the models that were chosen; NaN where none was, and of a customer who is not known. A customer's figures depend
 * on nobody else's. Errors as of tsl_purchase_model_predict. */
TSL_API TSL_FALLIBLE tsl_status tsl_value_model_predict(const tsl_value_model *model, const tsl_histories *histories,
                                                        const double *spend_mean, const tsl_exec *exec,
                                                        const tsl_value_forecast *forecast, tsl_error *err);

/* Likewise between what and what it will lie. */
typedef struct tsl_value_outlook {
    tsl_outlook purchases; /* of the chosen model */
    double *spend; /* histories->count lines of purchases.count: net amount of all purchases up to the horizon, without
                      a discount, that is not exceeded with a chance of `share`; NULL: not wanted */
} tsl_value_outlook;

/* Purchases as of tsl_purchase_model_predict_outlook. Spend on k purchases is (gamma + x m) times the odds of
 * Beta(p k, q + p x) by the Gamma-Gamma model (of who tells nothing x is 0), over what k may be: exactly up to some 500
 * purchases, beyond them neighbours count as one, which moves a chance by less than 1e-5. It needs no mean: q may be 1
 * or less. NaN as of tsl_value_model_predict. Cost: some 0.1 ms for every number of purchases that may come. */
TSL_API TSL_FALLIBLE tsl_status tsl_value_model_predict_outlook(const tsl_value_model *model,
                                                                const tsl_histories *histories,
                                                                const double *spend_mean, const tsl_exec *exec,
                                                                const tsl_value_outlook *outlook, tsl_error *err);

#define TSL_YEAR_DAYS 365.25
/* The continuous rate of one unit of time, so many days long, that a rate of a year comes to: ln(1 + rate) / units a
 * year. */
TSL_API double tsl_forecast_get_discount(double year, double unit_days);

#ifdef __cplusplus
}
#endif
#endif
