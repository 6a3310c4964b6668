/* drift.c: how far customers have moved from those that a recipe was fitted on.
 * Counts are whole numbers, so that any number of threads gives the same. */
#include "feature/drift.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "stat/stability.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CELLS_MAX (TSL_BINS_MAX + 1)

/* How many of the values lie above a cut; NaN does not. */
static uint64_t count_above(const double *value, size_t n, double cut)
{
    uint64_t above = 0;
    for (size_t i = 0; i < n; i++) {
        above += value[i] > cut;
    }
    return above;
}

/* Whole numbers alone, so that a wider instruction set counts the same. */
#if defined __x86_64__ && defined __GLIBC__
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

/* Called in this file alone: clang 14 knows no clones of what other files call. */
WIDEST static void count_column(const tsl_bins *bins, const double *value, size_t n, tsl__drift_count *count)
{
    uint64_t known = 0, outside = 0;
    for (size_t i = 0; i < n; i++) {
        known += value[i] == value[i];
        outside += (value[i] < bins->low) | (value[i] > bins->high);
    }
    uint64_t left = known;
    for (size_t b = 0; b + 1 < bins->count; b++) {
        uint64_t above = count_above(value, n, bins->cut[b]);
        count->bin[b] += left - above;
        left = above;
    }
    count->bin[bins->count ? bins->count - 1 : 0] += left;
    count->missing += n - known;
    count->outside += outside;
}

void tsl__drift_add_column(const tsl_bins *bins, const double *value, size_t n, tsl__drift_count *count)
{
    count_column(bins, value, n, count);
}

/* Column by column, on rows that stay in the cache meanwhile. */
void tsl__drift_add(const tsl_features *features, size_t begin, size_t end, tsl__drift_count *count)
{
    const tsl_recipe *recipe = features->recipe;
    double value[TSL__DRIFT_ROWS];
    for (size_t first = begin, n; first < end; first += n) {
        n = end - first < TSL__DRIFT_ROWS ? end - first : TSL__DRIFT_ROWS;
        for (size_t f = 0; f < recipe->feature_count; f++) {
            for (size_t i = 0; i < n; i++) {
                value[i] = tsl__x_get(features, first + i, f);
            }
            tsl__drift_add_column(&recipe->feature[f].bins, value, n, &count[f]);
        }
    }
}

void tsl__drift_outside(const tsl_features *features, size_t begin, size_t end, uint32_t *outside)
{
    const tsl_recipe *recipe = features->recipe;
    memset(outside, 0, (end - begin) * sizeof *outside);
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        const tsl_bins *bins = &recipe->feature[column->feature].bins;
        if (!tsl__column_finds(column) || column->component || column->indicator) {
            continue;
        }
        for (size_t i = begin; i < end; i++) {
            double value = tsl__x_get(features, i, column->feature);
            outside[i - begin] += (value < bins->low) | (value > bins->high);
        }
    }
}

void tsl__drift_merge(tsl__drift_count *into, const tsl__drift_count *from, size_t features)
{
    for (size_t f = 0; f < features; f++) {
        for (size_t b = 0; b < TSL_BINS_MAX; b++) {
            into[f].bin[b] += from[f].bin[b];
        }
        into[f].missing += from[f].missing;
        into[f].outside += from[f].outside;
    }
}

/* The cells that are compared: the bins, then those without a value. */
typedef struct cells {
    double then[CELLS_MAX], now[CELLS_MAX]; /* shares of the customers */
    size_t count;
} cells;

static void add_cell(cells *c, double then, double now)
{
    c->then[c->count] = then;
    c->now[c->count++] = now;
}

/* A feature that was one value has that, and all else; one that nobody had is a bin that was empty. */
static cells lay_cells(const tsl_bins *bins, const tsl__drift_count *count, double customers)
{
    cells c = {.count = 0};
    double missing = (double)count->missing / customers, known = customers - (double)count->missing;
    double then = 1 - bins->missing, now = known > 0 ? 1 - missing : 0, of = known > 0 ? known : 1;
    if (bins->count && bins->low == bins->high) {
        add_cell(&c, then, (known - (double)count->outside) / of * now);
        add_cell(&c, 0, (double)count->outside / of * now);
    } else {
        for (size_t b = 0; b == 0 || b < bins->count; b++) {
            add_cell(&c, bins->share[b] * then, (double)count->bin[b] / of * now);
        }
    }
    add_cell(&c, bins->missing, missing);
    return c;
}

tsl_feature_drift tsl__drift_compare(const tsl_bins *then, uint64_t customers_then, const tsl__drift_count *now,
                                     size_t customers)
{
    const double n = (double)customers;
    tsl_feature_drift of = {.psi = NAN,
                            .psi_chance = NAN,
                            .psi_limit = NAN,
                            .missing = n > 0 ? (double)now->missing / n : NAN,
                            .outside = n > 0 ? (double)now->outside / n : NAN};
    if (customers && customers_then && (then->count || now->missing < customers)) {
        cells c = lay_cells(then, now, n);
        const tsl__stability is = tsl__stability_get(c.then, c.now, c.count, (double)customers_then, n);
        of.psi = is.psi;
        of.psi_chance = is.chance;
        of.psi_limit = is.limit;
    }
    return of;
}

tsl_status tsl__drift_make(const tsl_recipe *recipe, const tsl__drift_count *count, size_t customers, tsl_drift **out,
                           tsl_error *err)
{
    tsl_drift *drift = *out = tsl__alloc_zero(1, sizeof *drift);
    if (!drift || !(drift->feature = tsl__alloc_zero(recipe->feature_count, sizeof *drift->feature))) {
        tsl_drift_free(drift);
        *out = NULL;
        return tsl__error_nomem(err);
    }
    drift->customers = customers;
    drift->feature_count = recipe->feature_count;
    for (size_t f = 0; f < recipe->feature_count; f++) {
        const int unknown = recipe->feature[f].outcome && count[f].missing == customers; /* as yet, which is no drift */
        drift->feature[f] = tsl__drift_compare(&recipe->feature[f].bins, recipe->customers, &count[f], customers);
        if (unknown) {
            drift->feature[f].psi = drift->feature[f].psi_chance = drift->feature[f].psi_limit = NAN;
        }
    }
    return TSL_OK;
}

tsl_status tsl_drift_build(const tsl_features *features, const tsl_exec *exec, tsl_drift **out, tsl_error *err)
{
    size_t count = features->feature_count, blocks = tsl__block_count(features->customers);
    tsl_status status = TSL_OK;
    tsl__drift_count *all = NULL;
    tsl_exec run;
    int failed = 0;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__NEED(all = tsl__alloc_zero(count, sizeof *all));
#pragma omp parallel num_threads(run.threads)
    {
        tsl__drift_count *own = tsl__alloc_zero(count, sizeof *own);
#pragma omp for schedule(static)
        for (size_t b = 0; b < blocks; b++) {
            size_t begin, end;
            tsl__block_get(features->customers, b, &begin, &end);
            if (own) {
                tsl__drift_add(features, begin, end, own);
            }
        }
#pragma omp critical
        {
            failed |= !own;
            if (own) {
                tsl__drift_merge(all, own, count);
            }
        }
        free(own);
    }
    TSL__TRY(failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__drift_make(features->recipe, all, features->customers, out, err));
done:
    free(all);
    return status;
}

void tsl_drift_free(tsl_drift *drift)
{
    if (drift) {
        free(drift->feature);
        free(drift);
    }
}
