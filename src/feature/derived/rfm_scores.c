/* rfm_scores.c: RFM scores: recency, frequency and spend against the cuts that the recipe keeps. */
#include "feature/derived/rfm_scores.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "value/rfm_cuts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { R, F, M, RFM };

static const char *const from[] = {"recency_days", "frequency", "monetary_total", NULL};

/* By which the recipe's cuts were found. */
static tsl_rfm_options get_options(const tsl_rfm *rfm)
{
    tsl_rfm_options opt;
    TSL_DEFAULTS(rfm, &opt);
    opt.method = rfm->method;
    opt.bins = rfm->bins;
    opt.nested = rfm->nested;
    memcpy(opt.cut[R], rfm->recency, sizeof opt.cut[R]);
    memcpy(opt.cut[F], rfm->frequency[0], sizeof opt.cut[F]);
    memcpy(opt.cut[M], rfm->monetary[0], sizeof opt.cut[M]);
    return opt;
}

/* Without a purchase there is no recency, and nothing to score. */
static tsl_status fit(double *const column[], size_t n, const tsl_rfm_options *asked, tsl_recipe *recipe,
                      tsl_error *err)
{
    const tsl_rfm_options before = get_options(&recipe->rfm);
    const tsl_status status = tsl_rfm_fit(column[R], column[F], column[M], n,
                                          asked             ? asked
                                          : recipe->has_rfm ? &before
                                                            : NULL,
                                          &recipe->rfm, err);
    recipe->has_rfm = status == TSL_OK;
    if (status == TSL_E_INPUT) {
        tsl__error_reset(err);
        return TSL_OK;
    }
    return status;
}

/* The scores in the place of what they are of. */
static tsl_status score(const tsl_recipe *recipe, size_t n, double *const column[], tsl_error *err)
{
    tsl_status status = TSL_OK;
    uint8_t *own = NULL;
    TSL__NEED(own = tsl__alloc(3 * n, 1));
    tsl_rfm_predict(&recipe->rfm, column[R], column[F], column[M], n, own, own + n, own + 2 * n);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < 3; k++) { /* 0: it is not known */
            column[k][i] = own[i] && own[k * n + i] ? own[k * n + i] : (double)NAN;
        }
        column[RFM][i] = 100 * column[R][i] + 10 * column[F][i] + column[M][i];
    }
done:
    free(own);
    return status;
}

static tsl_status fill(const tsl__derived_ground *ground, tsl_error *err)
{
    const size_t n = ground->features->customers;
    tsl_recipe *recipe = ground->features->recipe;
    tsl_status status = TSL_OK;
    double *column[TSL__DERIVED_PARTS] = {NULL};
    for (int k = R; k <= RFM; k++) {
        TSL__NEED(column[k] = tsl__alloc(n, sizeof *column[k]));
    }
    for (int k = R; k <= M; k++) {
        tsl__derived_take(ground, from[k], column[k]);
    }
    TSL__TRY(ground->fit ? fit(column, n, ground->rfm, recipe, err) : TSL_OK);
    if (recipe->has_rfm) {
        TSL__TRY(score(recipe, n, column, err));
        TSL__TRY(tsl__derived_put(ground, TSL__SCORES, (const double *const *)column, err));
    }
done:
    for (int k = R; k <= RFM; k++) {
        free(column[k]);
    }
    return status;
}

/* "<group>/<name>" into out. */
static const char *name_array(char out[96], const char *group, const char *name)
{
    tsl__print(out, 96, "%s/%s", group, name);
    return out;
}

/* In an array that every recipe's file has. Bins and nesting are told by its shape. */
static void write_cuts(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    tsl_rfm rfm = recipe->has_rfm ? recipe->rfm : (tsl_rfm){.bins = TSL_RFM_BINS};
    const size_t lists = tsl__rfm_get_lists(&rfm), cuts = (size_t)rfm.bins - 1;
    double cut[TSL__RFM_LISTS * (TSL_RFM_BINS_MOST - 1)];
    char path[96];
    for (size_t list = 0; list < lists; list++) {
        memcpy(cut + list * cuts, tsl__rfm_get_list(&rfm, list), cuts * sizeof *cut);
    }
    tsl__store_put_array(store, name_array(path, group, "rfm_cuts"), TSL__DOUBLE, cut, lists, cuts);
    if (rfm.method != TSL_RFM_QUANTILE) {
        tsl__store_put_text(store, name_array(path, group, "rfm_method"), tsl_rfm_method_get_name(rfm.method));
    }
}

/* The method that is called so; none where there is none of that name. */
static tsl_rfm_method find_rfm_method(const char *name)
{
    int method = 0;
    while (method < TSL_RFM_METHODS && (!name || strcmp(name, tsl_rfm_method_get_name((tsl_rfm_method)method)) != 0)) {
        method++;
    }
    return (tsl_rfm_method)method;
}

static void read_cuts(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96];
    const tsl__shape shape = tsl__store_get_shape(store, name_array(path, group, "rfm_cuts"));
    tsl_rfm rfm = {.bins = (int)shape.cols + 1, .nested = shape.rows != TSL__RFM_PLAIN_LISTS};
    if (tsl__store_failed(store)) {
        return;
    }
    if (shape.cols < 1 || shape.cols >= TSL_RFM_BINS_MOST || shape.rows != tsl__rfm_get_lists(&rfm)) {
        tsl__store_fail(store, TSL_E_FORMAT, path, "holds cuts in a shape that cannot be");
        return;
    }
    double *cut = tsl__store_get_array(store, path, TSL__DOUBLE, shape.rows, shape.cols);
    for (size_t list = 0; cut && list < shape.rows; list++) {
        memcpy(tsl__rfm_get_list(&rfm, list), cut + list * shape.cols, shape.cols * sizeof *cut);
    }
    free(cut);
    if (tsl__store_has(store, name_array(path, group, "rfm_method"))) {
        char *name = tsl__store_get_text(store, path);
        rfm.method = find_rfm_method(name);
        free(name);
    }
    if (recipe->has_rfm) {
        recipe->rfm = rfm;
    }
}

static int is_sound(const tsl_recipe *recipe)
{
    return !recipe->has_rfm || tsl__rfm_is_sound(&recipe->rfm);
}

static int is_same(const tsl_recipe *a, const tsl_recipe *b)
{
    return a->has_rfm == b->has_rfm && (!a->has_rfm || tsl__rfm_is_same(&a->rfm, &b->rfm));
}

/* "rank, 4 bins, nested" */
static void tell(const tsl_recipe *recipe, tsl__text *out)
{
    if (recipe->has_rfm) {
        tsl__text_printf(out, "%s, %d bins%s", tsl_rfm_method_get_name(recipe->rfm.method), recipe->rfm.bins,
                         recipe->rfm.nested ? ", nested" : "");
    }
}

const tsl__derived tsl__scores = {
    .from = from,
    .whole = 1,
    .refit = TSL_REFIT_RFM,
    .bytes = 40,
    .fill = fill,
    .write = write_cuts,
    .read = read_cuts,
    .is_sound = is_sound,
    .is_same = is_same,
    .does = "the fifth of the customers of the fit that recency_days, frequency or monetary_total falls into, 1 to 5, "
            "or the part between other cuts that were asked for; of rfm_score all three",
    .missing = "without a purchase",
    .tell = tell,
};
