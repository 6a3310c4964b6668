/* valuation.c: what customers are worth: models of purchases and of spend, what they expect of each, and RFM. */
#include <tesela/run.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/shelves.h"
#include "run/worth/account_score.h"
#include "run/worth/cohort_fits.h"
#include "run/worth/covariate_fits.h"
#include "run/worth/held_purchases.h"
#include "run/worth/history_rows.h"
#include "run/worth/purchase_models.h"
#include "run/worth/valuation_rfm.h"
#include "value/purchase_choice.h"
#include "value/value_model.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HORIZON_DAYS 365

/* ---- Options -------------------------------------------------------------------- */

void tsl_valuation_defaults(tsl_valuation_options *opt, size_t size)
{
    const tsl_valuation_options full = {.size = sizeof full, .discount = 0.1};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_valuation_options, horizon, .high = 1e6, .above = 1, .unset = 1),
    TSL__RANGE(tsl_valuation_options, discount, .high = 1),
    TSL__RANGE(tsl_valuation_options, holdout_days, .low = 1, .high = 36500, .unset = 1)};

const tsl_option_range *tsl_valuation_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

/* Parts of a score are the same here as in the policy of labels. */
static tsl_status check_parts(const tsl_valuation_options *opt, tsl_error *err)
{
    tsl_label_options labels;
    TSL_DEFAULTS(label, &labels);
    labels.score = opt->score;
    labels.score_count = opt->score_count;
    return tsl_label_check(&labels, err);
}

static tsl_status take_options(const tsl_valuation_options *given, tsl_valuation_options *opt, tsl_data_options *data,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(valuation, opt);
    TSL_DEFAULTS(data, data);
    TSL__TRY(tsl__options_take("valuation", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_take("data", data, sizeof *data, opt->data, err));
    TSL__TRY(tsl_data_check(data, err));
    TSL__TRY(tsl__valuation_check_rfm(opt, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    if ((unsigned)opt->unit >= TSL_TIME_UNITS) {
        status = tsl__error_set(err, TSL_E_OPTION, "unit: %d is no unit of time", (int)opt->unit);
    } else if (opt->models < 0 || opt->models >= TSL_MODELS_ONE + TSL_PURCHASE_KINDS) {
        status = tsl__error_set(err, TSL_E_OPTION, "models: %d is no choice of models", opt->models);
    } else if ((unsigned)opt->cohorts >= TSL_COHORT_SPANS) {
        status = tsl__error_set(err, TSL_E_OPTION, "cohorts: %d is no span of time", (int)opt->cohorts);
    } else if (opt->models == TSL_MODELS_ACCOUNT && !opt->score_count) {
        status = tsl__error_set(err, TSL_E_OPTION,
                                "models: an account is valued by a weighted score, and none is asked for (score: "
                                "{assets: {weight: 0.5, features: {assets: 1}}, ...})");
    }
    TSL__TRY(status);
    TSL__TRY(tsl__options_check_texts(opt->covariate, opt->covariate_count, "covariates", err));
    TSL__TRY(check_parts(opt, err));
done:
    return status;
}

tsl_status tsl_valuation_check(const tsl_valuation_options *opt, tsl_error *err)
{
    tsl_valuation_options full;
    tsl_data_options data;
    tsl__error_reset(err);
    return take_options(opt, &full, &data, err);
}

/* ---- The object ------------------------------------------------------------------ */

void tsl_valuation_free(tsl_valuation *valuation)
{
    if (!valuation) {
        return;
    }
    for (int f = 0; f < TSL_VALUATION_FIGURES; f++) {
        free(valuation->figure[f]);
    }
    tsl__free_texts(valuation->id, valuation->id ? valuation->customers : 0);
    tsl__held_purchases_free(valuation->holdout);
    tsl__cohort_fits_free(valuation->cohorts);
    tsl__covariate_fits_free(valuation->covariates);
    tsl__account_score_free(valuation->score);
    free(valuation->rfm_segment);
    tsl__notes_free(&valuation->notes);
    free(valuation);
}

static tsl_status open_valuation(const tsl_valuation_options *opt, tsl_valuation **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_valuation *v = NULL;
    TSL__NEED(v = *out = tsl__alloc_zero(1, sizeof *v));
    v->unit = opt->unit;
    v->discount = opt->discount;
    v->as_of = TSL_NO_DAY;
    v->chosen = TSL_PURCHASE_KINDS;
    v->expected[0] = v->expected[1] = v->dert = NAN;
done:
    return status;
}

static tsl_status open_figure(tsl_valuation *v, tsl_valuation_figure figure, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(v->figure[figure] = tsl__alloc(v->customers, sizeof **v->figure));
done:
    return status;
}

static tsl_histories get_histories(const tsl_valuation *v)
{
    return (tsl_histories){v->customers, v->figure[TSL_VALUATION_X], v->figure[TSL_VALUATION_TX],
                           v->figure[TSL_VALUATION_T], v->figure[TSL_VALUATION_WEIGHT]};
}

/* ---- Models --------------------------------------------------------------------- */

/* days: as of tsl__purchase_models_fit. */
static tsl_status fit_models(tsl_valuation *v, int models, double days, const tsl__known *known, const tsl_exec *exec,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__purchase_models made;
    TSL__TRY(tsl__purchase_models_fit(&known->histories, models, days, exec, &made, err));
    v->fitted = made.fitted;
    v->chosen = made.chosen;
    memcpy(v->model, made.model, sizeof v->model);
    if (known->spends.mean) {
        TSL__TRY(tsl_spend_model_fit(&known->spends, exec, &v->spend, err));
        if (models == TSL_MODELS_AUTO || models == TSL_MODELS_ALL) {
            tsl__spend_model_limit(&v->spend); /* as of a run */
        }
    }
done:
    return status;
}

/* Of the customers who are known. */
static void count_known(tsl_valuation *v, const tsl__known *known)
{
    const tsl_histories *h = &known->histories;
    for (size_t i = 0; i < h->count; i++) {
        const double weight = h->weight ? h->weight[i] : 1;
        v->known += weight;
        v->repeated += h->x[i] > 0 ? weight : 0;
    }
}

/* ---- What they expect ------------------------------------------------------------- */

static double sum_up(const tsl_valuation *v, tsl_valuation_figure figure)
{
    const double *weight = v->figure[TSL_VALUATION_WEIGHT], *of = v->figure[figure];
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < v->customers; i++) {
        const int is_known = !isnan(of[i]);
        sum += is_known ? of[i] * (weight ? weight[i] : 1) : 0;
        count += (size_t)is_known;
    }
    return count ? sum : (double)NAN;
}

/* By the models, or, of purchases, by the one that goes by covariates. */
static tsl_status foretell(tsl_valuation *v, const tsl_features *features, const tsl__known *known,
                           const tsl_exec *exec, tsl_error *err)
{
    const double unit = tsl_time_unit_get_days(v->unit);
    const tsl_histories histories = get_histories(v);
    const tsl_purchase_model *purchases =
        v->chosen < TSL_PURCHASE_KINDS && !v->covariates ? &v->model[v->chosen] : NULL;
    const double *mean = v->figure[TSL_VALUATION_SPEND_MEAN];
    tsl_status status = TSL_OK;
    for (int f = TSL_VALUATION_ALIVE; f < TSL_VALUATION_FIGURES; f++) {
        TSL__TRY(open_figure(v, (tsl_valuation_figure)f, err));
    }
    const tsl_value_forecast forecast = {.purchases = {.horizon = v->horizon,
                                                       .silence = v->horizon,
                                                       .discount = tsl_forecast_get_discount(v->discount, unit),
                                                       .alive = v->figure[TSL_VALUATION_ALIVE],
                                                       .purchases = v->figure[TSL_VALUATION_PURCHASES],
                                                       .no_purchase = v->figure[TSL_VALUATION_NO_PURCHASE],
                                                       .discounted = v->figure[TSL_VALUATION_DISCOUNTED],
                                                       .dert = v->figure[TSL_VALUATION_DERT]},
                                         .spend = v->figure[TSL_VALUATION_SPEND],
                                         .clv = v->figure[TSL_VALUATION_CLV]};
    TSL__TRY(tsl__value_predict(purchases, mean ? &v->spend : NULL, &histories, mean, exec, &forecast, err));
    TSL__TRY(v->covariates ? tsl__covariate_fits_predict(features, known, &forecast.purchases, exec, v, err) : TSL_OK);
    v->expected[0] = sum_up(v, TSL_VALUATION_PURCHASES);
    v->expected[1] = sum_up(v, TSL_VALUATION_CLV);
    v->dert = sum_up(v, TSL_VALUATION_DERT);
done:
    return status;
}

/* Unless it is given: a year; where opportunities are counted, as many as there were at most. */
static double get_horizon(const tsl_valuation *v, const tsl_valuation_options *opt)
{
    const double *t = v->figure[TSL_VALUATION_T];
    double most = 0;
    for (size_t i = 0; i < v->customers; i++) {
        most = fmax(most, t[i]); /* NaN is passed over */
    }
    return opt->horizon > 0         ? opt->horizon
           : v->chosen == TSL_BG_BB ? most
                                    : HORIZON_DAYS / tsl_time_unit_get_days(v->unit);
}

/* Why by the NBD: asked for, or chosen. */
static tsl_status note_nobody_leaves(tsl_valuation *v, int models, tsl_error *err)
{
    tsl_purchase_choice choice = {.chosen = TSL_NBD};
    tsl_status status = TSL_OK;
    tsl__text why = {0};
    if (models >= TSL_MODELS_ONE) {
        return tsl__notes_add(&v->notes, "by the NBD nobody leaves: p_alive is not said");
    }
    memcpy(choice.model, v->model, sizeof choice.model);
    tsl__purchase_choice_put_reason(&choice, &why);
    TSL__TRY(why.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__notes_add(&v->notes, "by the NBD, as %s: p_alive is not said", why.data));
done:
    tsl__text_free(&why);
    return status;
}

/* What the BG/BB, fitted beside the others, counts as an opportunity; or why it is not fitted. */
static tsl_status note_opportunities(tsl_valuation *v, tsl_error *err)
{
    const int rows = v->as_of == TSL_NO_DAY;
    if (!(v->fitted & 1u << TSL_BG_BB)) {
        return tsl__notes_add(&v->notes, rows ? "the BG/BB is left out: times count no opportunities, up to 10,000"
                                              : "the BG/BB is left out: somebody is seen for more than 10,000 days");
    }
    return tsl__notes_add(&v->notes,
                          "the BG/BB takes each %s for an opportunity: its log-likelihood and AIC do not compare with "
                          "the others'",
                          rows ? tsl_time_unit_get_name(v->unit) : "day, whatever the unit,");
}

/* How many, and what is not known of them: how long each takes. */
static tsl_status note_foretold_opportunities(tsl_valuation *v, const tsl_valuation_options *opt, tsl_error *err)
{
    const char *unit = tsl_time_unit_get_name(v->unit);
    tsl_status status = TSL_OK;
    TSL__TRY(opt->horizon > 0
                 ? TSL_OK
                 : tsl__notes_add(&v->notes, "as many opportunities are foretold as there were, %.0f", v->horizon));
    TSL__TRY(tsl__notes_add(&v->notes,
                            "each opportunity is discounted as a %s: where they lie further apart, the discounted "
                            "purchases are too many, and dert is by far",
                            unit));
done:
    return status;
}

/* What is not foretold, and by what it was counted. */
static tsl_status note_limits(tsl_valuation *v, const tsl_valuation_options *opt, tsl_error *err)
{
    const tsl_spend_model *spend = &v->spend;
    const int has_spend = v->figure[TSL_VALUATION_SPEND_MEAN] != NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(opt->models == TSL_MODELS_ALL ? note_opportunities(v, err) : TSL_OK);
    if (v->chosen == TSL_PURCHASE_KINDS && v->fitted) {
        TSL__TRY(tsl__notes_add(&v->notes, "no model of purchases can be used here: nothing of them is foretold"));
    } else if (v->chosen == TSL_NBD) {
        TSL__TRY(note_nobody_leaves(v, opt->models, err));
    } else if (v->chosen == TSL_BG_BB) {
        TSL__TRY(note_foretold_opportunities(v, opt, err));
    }
    if (has_spend && spend->verdict == TSL_FIT_NO_MEAN) {
        TSL__TRY(tsl__notes_add(&v->notes,
                                "spend has no mean over all customers (gamma-gamma: q = %.4g): of who did not buy "
                                "again neither spend nor value is foretold, and the sum is without them",
                                spend->parameter[1]));
    } else if (has_spend && spend->verdict == TSL_FIT_EMPTY && spend->customers > 0) {
        TSL__TRY(tsl__notes_add(&v->notes,
                                "only %.0f customer%s what is spent again, and %d are asked for: neither spend nor "
                                "value is foretold (by --model gamma-gamma all the same)",
                                spend->customers, spend->customers == 1 ? " tells" : "s tell", TSL_SPEND_LEAST));
    } else if (has_spend && spend->verdict == TSL_FIT_EMPTY && v->chosen < TSL_PURCHASE_KINDS) {
        TSL__TRY(tsl__notes_add(&v->notes, "nobody tells what he spends again: neither spend nor value is foretold"));
    }
    if (has_spend && spend->verdict != TSL_FIT_EMPTY && tsl_spend_model_get_dependent(spend)) {
        const char *const more = "too much", *const less = "too little";
        TSL__TRY(tsl__notes_add(&v->notes,
                                "what is spent goes with how often it is (correlation %.2f of %.0f customers), which "
                                "gamma-gamma takes to be independent: of who bought once it foretells %s spend, of "
                                "who buys often %s",
                                spend->correlation, spend->customers, spend->correlation > 0 ? more : less,
                                spend->correlation > 0 ? less : more));
    }
    if (spend->rejected) {
        TSL__TRY(tsl__notes_add(&v->notes,
                                "%" PRIu64 " customer%s left out of the model of spend, as what was bought after the "
                                "first day comes to 0 or less",
                                spend->rejected, spend->rejected == 1 ? " is" : "s are"));
    }
done:
    return status;
}

/* features NULL: of histories that were given as rows. */
static tsl_status value(tsl_valuation *v, const tsl_features *features, const tsl_valuation_options *opt,
                        const tsl_exec *exec, tsl_error *err)
{
    const tsl_histories histories = get_histories(v);
    tsl_status status = TSL_OK;
    tsl__known known = {.count = 0};
    TSL__TRY(tsl__known_open(&histories, v->figure[TSL_VALUATION_SPEND_MEAN], &known, err));
    count_known(v, &known);
    TSL__TRY(fit_models(v, opt->models, features ? tsl_time_unit_get_days(v->unit) : 0, &known, exec, err));
    TSL__TRY(opt->cohorts ? tsl__cohort_fits_build(&known, opt->cohorts, exec, v, err) : TSL_OK);
    TSL__TRY(opt->covariate_count ? tsl__covariate_fits_build(features, &known, opt, exec, v, err) : TSL_OK);
    v->horizon = get_horizon(v, opt);
    TSL__TRY(foretell(v, features, &known, exec, err));
    TSL__TRY(note_limits(v, opt, err));
done:
    tsl__known_free(&known);
    return status;
}

/* ---- Of features ------------------------------------------------------------------- */

static tsl_status copy_ids(const tsl_features *features, tsl_valuation *v, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(v->id = tsl__alloc_zero(v->customers, sizeof *v->id));
    for (size_t i = 0; i < v->customers; i++) {
        TSL__NEED(v->id[i] = tsl__strdup(features->id[i]));
    }
done:
    return status;
}

static tsl_status copy_history(const tsl_features *features, tsl_valuation *v, tsl_error *err)
{
    static const tsl_history_column from[] = {TSL_HISTORY_X, TSL_HISTORY_TX, TSL_HISTORY_T, TSL_HISTORY_SPEND_MEAN};
    const double unit = tsl_time_unit_get_days(v->unit);
    tsl_status status = TSL_OK;
    for (int f = TSL_VALUATION_X; f <= TSL_VALUATION_SPEND_MEAN; f++) {
        const double by = f == TSL_VALUATION_TX || f == TSL_VALUATION_T ? unit : 1;
        TSL__TRY(open_figure(v, (tsl_valuation_figure)f, err));
        for (size_t i = 0; i < v->customers; i++) {
            v->figure[f][i] = tsl__history_get_row(features, i)[from[f]] / by;
        }
    }
done:
    return status;
}

static tsl_status copy_scores(const tsl_features *features, tsl_valuation *v, tsl_error *err)
{
    static const char *const name[] = {"r_score", "f_score", "m_score", "rfm_score"};
    tsl_status status = TSL_OK;
    v->has_rfm = features->recipe->has_rfm;
    v->rfm = features->recipe->rfm;
    for (int s = 0; s < 4 && v->has_rfm; s++) {
        const size_t f = tsl_features_get_index(features, name[s]);
        const tsl_valuation_figure to = (tsl_valuation_figure)(TSL_VALUATION_R + s);
        if (f == features->feature_count) {
            v->has_rfm = 0;
            return TSL_OK;
        }
        TSL__TRY(open_figure(v, to, err));
        for (size_t i = 0; i < v->customers; i++) {
            const double score = v->figure[to][i] = tsl__x_get(features, i, f);
            if (s < 3 && score >= 1 && score <= v->rfm.bins) {
                v->score_size[s][(int)score - 1]++;
            }
        }
    }
done:
    return status;
}

static tsl_status check_source(const tsl_features *features, const tsl_table *transactions,
                               const tsl_valuation_options *opt, tsl_error *err)
{
    if (!features->history && opt->models != TSL_MODELS_ACCOUNT) {
        return tsl__error_set(err, TSL_E_INPUT, "the features have no history of purchases to value customers by");
    }
    if (opt->models == TSL_MODELS_ONE + (int)TSL_BG_BB && opt->unit != TSL_UNIT_DAY) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "models: the BG/BB counts opportunities: of transactions each day is one, and the unit "
                              "is to be day");
    }
    if (opt->models == TSL_MODELS_ACCOUNT && (opt->holdout_days || opt->cohorts || opt->covariate_count)) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "models: of an account no purchases are foretold: nothing is held out of them, and they "
                              "have no cohorts and covariates");
    }
    if (opt->holdout_days && !transactions) {
        return tsl__error_set(err, TSL_E_OPTION, "holdout: days are held out of transactions, and there are none");
    }
    return TSL_OK;
}

tsl_status tsl_valuation_build(const tsl_features *features, const tsl_table *transactions,
                               const tsl_valuation_options *given, const tsl_exec *exec, tsl_valuation **out,
                               tsl_error *err)
{
    const double begun = tsl__clock();
    tsl_status status = TSL_OK;
    tsl_valuation_options opt;
    tsl_data_options data;
    tsl_exec how;
    tsl_valuation *v = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(given, &opt, &data, err));
    TSL__TRY(tsl__exec_open(exec, &how, err));
    TSL__TRY(check_source(features, transactions, &opt, err));
    TSL__TRY(open_valuation(&opt, &v, err));
    v->customers = features->customers;
    v->as_of = features->as_of;
    v->events = features->recipe->settings.events;
    TSL__TRY(copy_ids(features, v, err));
    TSL__TRY(opt.score_count ? tsl__account_score_build(features, &opt, &how, v, err) : TSL_OK);
    TSL__TRY(copy_scores(features, v, err));
    if (opt.models != TSL_MODELS_ACCOUNT) {
        TSL__TRY(copy_history(features, v, err));
        TSL__TRY(value(v, features, &opt, &how, err));
        TSL__TRY(opt.holdout_days ? tsl__held_purchases_build(features, transactions, &opt, &how, v, err) : TSL_OK);
    }
    TSL__TRY(tsl__valuation_fill_rfm(&opt, v, err));
    v->seconds = tsl__clock() - begun;
    *out = v;
    v = NULL;
done:
    tsl_valuation_free(v);
    return status;
}

/* ---- Of rows -------------------------------------------------------------------------- */

static void take_rows(tsl__history_rows *rows, tsl_valuation *v)
{
    static const tsl_valuation_figure to[TSL__HISTORY_CELLS] = {[TSL__CELL_X] = TSL_VALUATION_X,
                                                                [TSL__CELL_TX] = TSL_VALUATION_TX,
                                                                [TSL__CELL_T] = TSL_VALUATION_T,
                                                                [TSL__CELL_SPEND] = TSL_VALUATION_SPEND_MEAN,
                                                                [TSL__CELL_WEIGHT] = TSL_VALUATION_WEIGHT};
    v->customers = rows->count;
    v->id = rows->id;
    rows->id = NULL;
    for (int c = 0; c < TSL__CELL_AFTER; c++) {
        v->figure[to[c]] = rows->cell[c];
        rows->cell[c] = NULL;
    }
}

tsl_status tsl_valuation_build_rows(const tsl_source *rows, const tsl_valuation_options *given, const tsl_exec *exec,
                                    tsl_valuation **out, tsl_error *err)
{
    const double begun = tsl__clock();
    tsl_status status = TSL_OK;
    tsl_valuation_options opt;
    tsl_data_options data;
    tsl__history_rows read = {.count = 0};
    tsl_valuation *v = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(given, &opt, &data, err));
    if (opt.cohorts || opt.covariate_count || opt.score_count) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "histories that are counted have no cohorts, covariates and scores: these are of tables");
    }
    TSL__TRY(tsl__history_rows_read(rows, &data, tsl_time_unit_get_days(opt.unit), opt.holdout_days > 0,
                                    opt.models == TSL_MODELS_ONE + (int)TSL_BG_BB, &read, err));
    TSL__TRY(open_valuation(&opt, &v, err));
    take_rows(&read, v);
    TSL__TRY(value(v, NULL, &opt, exec, err));
    const tsl_histories histories = get_histories(v);
    TSL__TRY(opt.holdout_days
                 ? tsl__held_purchases_build_rows(&histories, read.cell[TSL__CELL_AFTER], &opt, exec, v, err)
                 : TSL_OK);
    v->seconds = tsl__clock() - begun;
    *out = v;
    v = NULL;
done:
    tsl__history_rows_free(&read);
    tsl_valuation_free(v);
    return status;
}
