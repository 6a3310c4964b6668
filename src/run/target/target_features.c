/* target_features.c: which features may cut a tree of a target: none that is nearly the target itself.
 * docs/methods/tree-segments.md. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/rng.h"
#include "base/text.h"
#include "feature/derived/derived.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEARLY .95        /* a rank correlation with the target from which on a feature is nearly it */
#define RANKED_ROWS 10000 /* that it is measured on */

/* Ranks of n numbers, ties at their mean, in their places; room: 4 n. */
static void rank(const double *value, size_t n, double *out, double *room)
{
    double *sorted = room, *with = room + n;
    for (size_t i = 0; i < n; i++) {
        sorted[i] = value[i];
        with[i] = (double)i;
    }
    tsl__sort_with(sorted, with, room + 2 * n, n);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && sorted[end] == sorted[i]; end++) {
        }
        for (size_t j = i; j < end; j++) {
            out[(size_t)with[j]] = (double)(i + end - 1) / 2;
        }
    }
}

static double correlate(const double *x, const double *y, size_t n)
{
    const double mean = ((double)n - 1) / 2;
    double xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
        xy += (x[i] - mean) * (y[i] - mean);
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

/* Spearman's correlation of a feature with the target over these rows, where both are known. room: 8 times the rows. */
static double get_correlation(const tsl__aim *a, size_t feature, const size_t *row, size_t rows, double *room)
{
    double *x = room, *y = x + rows, *x_rank = y + rows, *y_rank = x_rank + rows;
    size_t n = 0;
    for (size_t i = 0; i < rows; i++) {
        const double v = tsl__crowd_get_cell(&a->past, row[i], feature), t = a->value[row[i]];
        if (!isnan(v) && !isnan(t)) {
            x[n] = v;
            y[n++] = t;
        }
    }
    rank(x, n, x_rank, room + 4 * rows);
    rank(y, n, y_rank, room + 4 * rows);
    return n > 1 ? correlate(x_rank, y_rank, n) : 0;
}

/* 1 where two names of the catalogue begin with the same word (monetary_total, monetary_mean), and of two amounts of
 * money: what was spent in a year is of the same orders as what was spent in all. */
static int is_kin(const tsl_feature *a, const tsl_feature *b)
{
    const size_t length = strcspn(a->name, "_:");
    const int named = *a->entry && *b->entry && a->name[length] == '_' && strncmp(a->name, b->name, length + 1) == 0;
    const int money = *a->entry && *b->entry && strcmp(a->unit, "currency") == 0 && strcmp(b->unit, "currency") == 0;
    return named || money;
}

/* Whether a feature may cut at all: what is known of customers before, and not said by recoded ones. Of a cut also
 * those alone that there are today, and no rest of a category, which is of other levels then and now. */
static int may_cut(const tsl__aim *a, size_t f)
{
    const tsl_feature *feature = &a->past.features->feature[f];
    const int stays = !a->then || (!feature->rest && tsl_features_get_index(a->now.features, feature->name) <
                                                         a->now.features->feature_count);
    return f != a->target && !feature->outcome && !feature->excluded && !feature->sensitive &&
           !tsl__derived_has(feature->entry) && stays;
}

static tsl_status leave_out(tsl__aim *a, const char *name, tsl_error *err)
{
    tsl_estimates *e = a->estimates;
    tsl_status status = TSL_OK;
    TSL__NEED(e->left_out[e->left_out_count] = tsl__strdup(name));
    e->left_out_count++;
done:
    return status;
}

/* Whether a feature says nearly what the target does; what came after a cut nothing before it does. */
static int is_nearly(const tsl__aim *a, size_t f, const size_t *row, size_t rows, double *room)
{
    const tsl_feature *feature = a->past.features->feature;
    return !a->then &&
           (is_kin(&feature[a->target], &feature[f]) || fabs(get_correlation(a, f, row, rows, room)) >= NEARLY);
}

tsl_status tsl__aim_choose_features(tsl__aim *a, tsl_error *err)
{
    const tsl_feature *feature = a->past.features->feature;
    const size_t all = a->past.features->feature_count, rows = a->past.rows < RANKED_ROWS ? a->past.rows : RANKED_ROWS;
    tsl__rng rng = tsl__rng_open(a->run->kmeans_opt.seed, TSL__AIM_DRAW_SAMPLE, 0);
    tsl_status status = TSL_OK;
    size_t *row = NULL;
    double *room = NULL;
    TSL__NEED(a->past.feature = tsl__alloc(all, sizeof *a->past.feature));
    TSL__NEED(a->estimates->left_out = tsl__alloc_zero(all, sizeof *a->estimates->left_out));
    TSL__NEED(row = tsl__alloc(rows, sizeof *row));
    TSL__NEED(room = tsl__alloc(rows, 8 * sizeof *room));
    TSL__TRY(tsl__rng_sample(&rng, a->past.rows, rows, row) == 0 ? TSL_OK : tsl__error_nomem(err));
    for (size_t f = 0; f < all; f++) {
        if (!may_cut(a, f)) {
            continue;
        }
        if (is_nearly(a, f, row, rows, room)) {
            TSL__TRY(leave_out(a, feature[f].name, err));
        } else {
            a->past.feature[a->cols++] = f;
        }
    }
    if (a->cols == 0) {
        status = tsl__error_set(err, TSL_E_INPUT, "target: there is no feature that could tell \"%s\"", a->name);
    }
done:
    free(row);
    free(room);
    return status;
}

/* The columns of both; today's are those of the same names. */
tsl_status tsl__aim_open_columns(tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__tree_columns_open(a->past.features, a->past.feature, a->cols, NULL, a->past.rows, &a->past.raw, err));
    TSL__NEED(a->past.leaf = tsl__alloc(a->past.rows, sizeof *a->past.leaf));
    TSL__NEED(a->label = tsl__alloc(a->now.rows, sizeof *a->label));
    if (!a->then) {
        a->now = a->past;
        a->now.raw.view.values = &a->now.raw.matrix;
        goto done;
    }
    TSL__NEED(a->now.feature = tsl__alloc(a->cols, sizeof *a->now.feature));
    for (size_t c = 0; c < a->cols; c++) {
        a->now.feature[c] = tsl_features_get_index(a->now.features, a->past.raw.column[c].name);
    }
    TSL__TRY(tsl__tree_columns_open(a->now.features, a->now.feature, a->cols, NULL, a->now.rows, &a->now.raw, err));
    TSL__NEED(a->now.leaf = tsl__alloc(a->now.rows, sizeof *a->now.leaf));
done:
    return status;
}
