/* drift_between.c: how far the customers of one table of features lie from those of another. The bins are those of the
 * first one's recipe, which others may have fitted: both tables' customers are counted in them. */
#include "feature/drift.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/shelves.h"

#include <math.h>
#include <stdlib.h>

/* What is counted of a table; whole numbers, least and greatest values, so that the threads change nothing. */
typedef struct side {
    const tsl_features *features;
    tsl_bins *bins; /* one a pair */
    size_t pairs;
    const tsl_feature_pair *pair;
    int then; /* 1: the first table */
} side;

typedef struct counts {
    tsl__drift_count of;
    double low, high; /* of the known values; infinite where there are none */
} counts;

static void add_values(const tsl_bins *bins, const double *value, size_t n, counts *of)
{
    for (size_t i = 0; i < n; i++) {
        of->low = value[i] < of->low ? value[i] : of->low;
        of->high = value[i] > of->high ? value[i] : of->high;
    }
    tsl__drift_add_column(bins, value, n, &of->of);
}

static void add_rows(const side *s, size_t begin, size_t end, counts *count)
{
    double value[TSL__DRIFT_ROWS];
    for (size_t first = begin, n; first < end; first += n) {
        n = end - first < TSL__DRIFT_ROWS ? end - first : TSL__DRIFT_ROWS;
        for (size_t p = 0; p < s->pairs; p++) {
            for (size_t i = 0; i < n; i++) {
                value[i] = tsl__x_get(s->features, first + i, s->then ? s->pair[p].then : s->pair[p].now);
            }
            add_values(&s->bins[p], value, n, &count[p]);
        }
    }
}

static void merge(counts *into, const counts *from, size_t pairs)
{
    for (size_t p = 0; p < pairs; p++) {
        tsl__drift_merge(&into[p].of, &from[p].of, 1);
        into[p].low = fmin(into[p].low, from[p].low);
        into[p].high = fmax(into[p].high, from[p].high);
    }
}

static const counts nobody = {.low = (double)INFINITY, .high = -(double)INFINITY};

static counts *open_counts(size_t pairs)
{
    counts *all = tsl__alloc(pairs, sizeof *all);
    for (size_t p = 0; all && p < pairs; p++) {
        all[p] = nobody;
    }
    return all;
}

static tsl_status count_side(const side *s, int threads, counts *all, tsl_error *err)
{
    const size_t rows = s->features->customers, blocks = tsl__block_count(rows);
    int failed = 0;
#pragma omp parallel num_threads(threads)
    {
        counts *own = open_counts(s->pairs);
#pragma omp for schedule(static)
        for (size_t b = 0; b < blocks; b++) {
            size_t begin, end;
            tsl__block_get(rows, b, &begin, &end);
            if (own) {
                add_rows(s, begin, end, own);
            }
        }
#pragma omp critical
        {
            failed |= !own;
            if (own) {
                merge(all, own, s->pairs);
            }
        }
        free(own);
    }
    return failed ? tsl__error_nomem(err) : TSL_OK;
}

/* The shares of the customers then, in the place of those of the fit. */
static void set_shares(tsl_bins *bins, const counts *count, size_t customers)
{
    const double known = (double)(customers - count->of.missing);
    for (size_t b = 0; b < bins->count; b++) {
        bins->share[b] = known > 0 ? (double)count->of.bin[b] / known : 0;
    }
    bins->count = known > 0 ? bins->count : 0;
    bins->low = known > 0 ? count->low : (double)NAN;
    bins->high = known > 0 ? count->high : (double)NAN;
    bins->missing = customers ? (double)count->of.missing / (double)customers : (double)NAN;
}

tsl_status tsl__drift_between(const tsl_features *then, const tsl_features *now, const tsl_exec *exec,
                              tsl_feature_pair *pair, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_bins *bins = NULL;
    counts *before = NULL, *after = NULL;
    tsl_exec how;
    TSL__TRY(tsl__exec_open(exec, &how, err));
    TSL__NEED(bins = tsl__alloc(count, sizeof *bins));
    TSL__NEED(before = open_counts(count));
    TSL__NEED(after = open_counts(count));
    for (size_t p = 0; p < count; p++) {
        bins[p] = then->recipe->feature[pair[p].then].bins;
    }
    TSL__TRY(count_side(&(side){then, bins, count, pair, 1}, how.threads, before, err));
    for (size_t p = 0; p < count; p++) {
        set_shares(&bins[p], &before[p], then->customers);
    }
    TSL__TRY(count_side(&(side){now, bins, count, pair, 0}, how.threads, after, err));
    for (size_t p = 0; p < count; p++) {
        pair[p].missing_then = bins[p].missing;
        pair[p].drift = tsl__drift_compare(&bins[p], then->customers, &after[p].of, now->customers);
        if (now->feature[pair[p].now].outcome && after[p].of.missing == now->customers) { /* not known as yet */
            pair[p].drift.psi = pair[p].drift.psi_chance = pair[p].drift.psi_limit = (double)NAN;
        }
    }
done:
    free(bins);
    free(before);
    free(after);
    return status;
}

tsl_feature_drift tsl__drift_between_values(const tsl_bins *bins, const double *then, size_t customers_then,
                                            const double *now, size_t customers_now)
{
    tsl_bins cut = *bins;
    counts before = nobody, after = nobody;
    add_values(&cut, then, customers_then, &before);
    set_shares(&cut, &before, customers_then);
    add_values(&cut, now, customers_now, &after);
    return tsl__drift_compare(&cut, customers_then, &after.of, customers_now);
}
