/* purchase_fit.c: the parameters of a purchase model. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "value/purchase_choice.h"
#include "value/rows/coarse.h"
#include "value/search/ladders.h"
#include "value/search/maximum.h"
#include "value/terms/purchase_kinds.h"

#include <math.h>

/* The different histories, times in units of their mean, from coarse to fine: the last level is all of them. */
enum { LEVELS = 3 };
static const int bins[LEVELS - 1] = {8, 32};

typedef struct ground {
    tsl__distinct level[LEVELS];
    tsl__ladders ladders[LEVELS];
    double unit, purchases, time;
    tsl__quadratures rules;
    tsl__rises rises; /* of opportunities */
    tsl_exec run;
} ground;

typedef struct rows {
    tsl_purchase_kind kind;
    const tsl__distinct *of;
    const tsl__ladders *ladders;
    const tsl__quadratures *rules;
    tsl__rises *rises;
} rows;

static void put_rises(const void *user, const double *parameter)
{
    const rows *r = user;
    tsl__rises_put(r->rises, parameter);
}

static void add_rows(const void *user, const double *parameter, size_t begin, size_t end, void *work, tsl__surface *sum)
{
    const rows *r = user;
    tsl__likelihood model = tsl__likelihood_open(r->kind, parameter, r->rules);
    model.rises = r->rises;
    tsl__differential shared, own, all = {.value = 0};
    double alive;
    for (size_t next; begin < end; begin = next) {
        next = tsl__histories_get_end(r->of, begin, end);
        tsl__likelihood_share(&model, r->of->column[TSL__HISTORY_X][begin], &shared);
        const tsl__mixture *since = tsl__ladder_climb(r->ladders, &model, r->of, begin, 1, work);
        for (size_t i = begin; i < next; i++) {
            const tsl__history h = tsl__ladder_get(r->ladders, r->of, since, i);
            tsl__likelihood_get(&model, &h, &shared, &own, &alive);
            tsl__differential_add(&all, &own, r->of->weight[i]);
        }
    }
    tsl__surface_add(sum, &all, parameter, tsl_purchase_kind_get_count(r->kind));
}

#define STARTS 5

/* Where to begin, in units of the mean time: rates about the mean one, and customers who leave soon, late, hardly or
 * all in the same way. */
static void put_starts(tsl_purchase_kind kind, double rate, double start[STARTS][TSL_PURCHASE_PARAMETERS])
{
    static const double r[STARTS] = {.5, 1.5, .3, 1, 3};
    static const double leaving[TSL_PURCHASE_KINDS][STARTS][2] = {
        [TSL_BG_NBD] = {{1, 3}, {.3, 1}, {.05, 1}, {2, 6}, {1, 20}},
        [TSL_MBG_NBD] = {{1, 3}, {.3, 1}, {.05, 1}, {2, 6}, {1, 20}},
        [TSL_PARETO_NBD] = {{.5, .5}, {1.5, 3}, {.2, .3}, {3, 10}, {.1, 1}},
        [TSL_BG_BB] = {{1, 3}, {.5, 5}, {2, 6}, {.7, 2}, {1, 20}},
    };
    for (int s = 0; s < STARTS; s++) {
        start[s][0] = r[s];
        start[s][1] = kind == TSL_BG_BB ? 2 * r[s] : r[s] / (rate * 1.5);
        start[s][2] = leaving[kind][s][0];
        start[s][3] = leaving[kind][s][1];
    }
}

static tsl_purchase_model open_model(tsl_purchase_kind kind, double customers)
{
    tsl_purchase_model model = {.kind = kind, .log_likelihood = NAN, .customers = customers, .verdict = TSL_FIT_EMPTY};
    for (int i = 0; i < TSL_PURCHASE_PARAMETERS; i++) {
        model.parameter[i] = model.standard_error[i] = NAN;
    }
    return model;
}

/* Customers who all but buy, or leave, at one rate: what they differ by adds under a thousandth to the variance of what
 * chance alone does to that many moments, or opportunities, of a customer, and no rows tell how much it is. What the
 * curvature there says is the last digits of a sum. */
#define EVEN_SHAPE 1000.0

/* many: moments of each, purchases or the one at which he leaves. */
static int is_even(const double *shape, int is_time, double many)
{
    return shape[0] > EVEN_SHAPE * many && (is_time || shape[1] > EVEN_SHAPE * many);
}

static int is_flat(const ground *g, tsl_purchase_kind kind, const double *parameter)
{
    const double of_each = (kind == TSL_BG_BB ? g->time : g->purchases) / g->level[LEVELS - 1].weights;
    return is_even(parameter + TSL__P1, tsl__purchase_is_time(kind, TSL__P2), fmax(1, of_each)) ||
           (kind != TSL_NBD && is_even(parameter + TSL__P3, tsl__purchase_is_time(kind, TSL__P4), 1));
}

static tsl_status fit(ground *g, tsl_purchase_kind kind, tsl_purchase_model *out, tsl_error *err)
{
    double start[STARTS][TSL_PURCHASE_PARAMETERS];
    const double customers = g->level[LEVELS - 1].weights;
    rows level[LEVELS];
    tsl__row_sum sum[LEVELS];
    const tsl__sought search = {.level = sum,
                                .levels = LEVELS,
                                .start = (const double(*)[TSL_PURCHASE_PARAMETERS])start,
                                .starts = STARTS,
                                .parameters = tsl_purchase_kind_get_count(kind),
                                .threads = g->run.threads};
    tsl_status status = TSL_OK;
    tsl__maximum found;
    *out = open_model(kind, customers);
    if (!(g->purchases > 0 && g->time > 0)) {
        return TSL_OK;
    }
    for (int i = 0; i < LEVELS; i++) {
        level[i] = (rows){kind, &g->level[i], &g->ladders[i], &g->rules, &g->rises};
        sum[i] = (tsl__row_sum){.prepare = kind == TSL_BG_BB ? put_rises : NULL,
                                .add = add_rows,
                                .user = &level[i],
                                .rows = g->level[i].count,
                                .work = g->ladders[i].most * sizeof(tsl__mixture)};
    }
    put_starts(kind, g->purchases / customers, start);
    TSL__TRY(tsl__maximum_find(&search, &found, err));
    /* The density of x moments scales with time. */
    out->log_likelihood = found.log_likelihood - g->purchases * log(g->unit);
    const int flat = is_flat(g, kind, found.parameter);
    out->verdict = found.loose || flat ? TSL_FIT_RIDGE : TSL_FIT_SOUND;
    out->steps = found.steps;
    for (int i = 0; i < search.parameters; i++) {
        const double unit = tsl__purchase_is_time(kind, i) ? g->unit : 1;
        out->parameter[i] = found.parameter[i] * unit;
        out->standard_error[i] = flat ? NAN : found.standard_error[i] * unit;
    }
done:
    return status;
}

static void free_ground(ground *g)
{
    for (int i = 0; i < LEVELS; i++) {
        tsl__distinct_free(&g->level[i]);
        tsl__ladders_free(&g->ladders[i]);
    }
    tsl__rises_free(&g->rises);
}

/* As long as the longest of the histories needs. */
static tsl_status open_rises(const tsl__distinct *histories, tsl__rises *out, tsl_error *err)
{
    double most = 0;
    for (size_t i = 0; i < histories->count; i++) {
        most = fmax(most, histories->column[TSL__HISTORY_T][i]);
    }
    return tsl__rises_build((size_t)most + 1, out, err);
}

static tsl_status open_ground(const tsl_histories *histories, int opportunities, const tsl_exec *exec, ground *g,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__distinct *all = &g->level[LEVELS - 1];
    *g = (ground){.unit = 1};
    TSL__TRY(tsl__exec_open(exec, &g->run, err));
    g->run.threads = tsl__distinct_get_threads(&g->run, histories->count);
    TSL__TRY(tsl__histories_build(histories, opportunities, g->run.threads, all, err));
    g->purchases = tsl__distinct_sum(all, TSL__HISTORY_X);
    g->time = tsl__distinct_sum(all, TSL__HISTORY_T);
    if (!opportunities && g->time > 0) {
        g->unit = g->time / all->weights;
        tsl__histories_scale(all, g->unit);
    }
    for (int i = LEVELS - 1; i-- > 0;) {
        TSL__TRY(tsl__coarse_build(&g->level[i + 1], TSL__HISTORY_COLUMNS, bins[i], opportunities, &g->level[i], err));
    }
    for (int i = 0; i < LEVELS; i++) {
        TSL__TRY(tsl__ladders_build(&g->level[i], g->run.threads, &g->ladders[i], err));
    }
    TSL__TRY(tsl__quadratures_build(&g->rules, err));
    TSL__TRY(opportunities ? open_rises(all, &g->rises, err) : TSL_OK);
done:
    return status;
}

/* nobody_leaves: an NBD of the same ground. */
static tsl_status fit_beside(ground *g, tsl_purchase_kind kind, const tsl_purchase_model *nobody_leaves,
                             tsl_purchase_model *out, tsl_error *err)
{
    const double began = tsl__clock();
    tsl_status status = TSL_OK;
    TSL__TRY(fit(g, kind, out, err));
    if (tsl__purchase_has_dropout(kind) && out->verdict != TSL_FIT_EMPTY) {
        const double ratio = 2 * (out->log_likelihood - nobody_leaves->log_likelihood);
        out->verdict = ratio < TSL_FIT_DROPOUT ? TSL_FIT_NO_DROPOUT : out->verdict;
    }
    out->seconds = tsl__clock() - began;
done:
    return status;
}

tsl_status tsl_purchase_model_fit(const tsl_histories *histories, tsl_purchase_kind kind, const tsl_exec *exec,
                                  tsl_purchase_model *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_purchase_model nobody_leaves = {.kind = TSL_NBD};
    ground g = {.unit = 1};
    tsl__error_reset(err);
    if (!tsl_purchase_kind_get_name(kind)) {
        return tsl__error_set(err, TSL_E_OPTION, "there is no such purchase model");
    }
    TSL__TRY(open_ground(histories, kind == TSL_BG_BB, exec, &g, err));
    if (tsl__purchase_has_dropout(kind)) {
        TSL__TRY(fit_beside(&g, TSL_NBD, NULL, &nobody_leaves, err));
    }
    TSL__TRY(fit_beside(&g, kind, &nobody_leaves, out, err));
done:
    free_ground(&g);
    return status;
}

tsl_status tsl_purchase_choice_fit(const tsl_histories *histories, const tsl_exec *exec, tsl_purchase_choice *out,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    ground g = {.unit = 1};
    tsl__error_reset(err);
    TSL__TRY(open_ground(histories, 0, exec, &g, err));
    for (int kind = TSL_NBD; kind < TSL_CHOICE_KINDS; kind++) {
        TSL__TRY(fit_beside(&g, (tsl_purchase_kind)kind, &out->model[TSL_NBD], &out->model[kind], err));
    }
    tsl__purchase_choice_choose(out, g.purchases);
done:
    free_ground(&g);
    return status;
}
