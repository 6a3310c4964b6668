/* rfm.c: recency, frequency, monetary scores: cuts are found once, and applied as often as there are customers. */
#include "value/rfm_cuts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "stat/quantile.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RECENCY, FREQUENCY, MONETARY, COLUMNS };
static const char *const column_name[COLUMNS] = {"recency", "frequency", "monetary"};

/* ---- Options ---------------------------------------------------------------------- */

static const char *const methods[TSL_RFM_METHODS] = {"quantile", "thresholds", "rank"};

const char *tsl_rfm_method_get_name(tsl_rfm_method method)
{
    return (unsigned)method < TSL_RFM_METHODS ? methods[method] : NULL;
}

void tsl_rfm_defaults(tsl_rfm_options *opt, size_t size)
{
    const tsl_rfm_options full = {.size = sizeof full, .method = TSL_RFM_QUANTILE, .bins = TSL_RFM_BINS};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_rfm_options, bins, .low = 2, .high = TSL_RFM_BINS_MOST),
    TSL__RANGE(tsl_rfm_options, nested, .low = 0, .high = 1),
};

const tsl_option_range *tsl_rfm_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status check_cuts(const tsl_rfm_options *o, tsl_error *err)
{
    if (o->nested) {
        return tsl__error_set(err, TSL_E_OPTION, "rfm: thresholds that are given hold for all: they cannot be nested");
    }
    for (int c = 0; c < COLUMNS; c++) {
        for (int k = 0; k < o->bins - 1; k++) {
            if (!isfinite(o->cut[c][k])) {
                return tsl__error_set(err, TSL_E_OPTION, "rfm: a threshold of %s is a number, not %g", column_name[c],
                                      o->cut[c][k]);
            }
            if (k > 0 && o->cut[c][k] <= o->cut[c][k - 1]) {
                return tsl__error_set(err, TSL_E_OPTION,
                                      "rfm: the thresholds of %s must rise, but %g is followed by %g", column_name[c],
                                      o->cut[c][k - 1], o->cut[c][k]);
            }
        }
    }
    return TSL_OK;
}

static tsl_status take_options(const tsl_rfm_options *given, tsl_rfm_options *full, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(rfm, full);
    TSL__TRY(tsl__options_take("rfm", full, sizeof *full, given, err));
    TSL__TRY(tsl__options_check_ranges(full, ranges, sizeof ranges / sizeof *ranges, err));
    if (!tsl_rfm_method_get_name(full->method)) {
        return tsl__error_set(err, TSL_E_OPTION, "rfm: %d is no method", (int)full->method);
    }
    TSL__TRY(full->method == TSL_RFM_THRESHOLDS ? check_cuts(full, err) : TSL_OK);
done:
    return status;
}

tsl_status tsl_rfm_check(const tsl_rfm_options *opt, tsl_error *err)
{
    tsl_rfm_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- Cuts ---------------------------------------------------------------------------- */

static size_t power(int bins, int exponent)
{
    return exponent == 0 ? 1 : exponent == 1 ? (size_t)bins : (size_t)bins * (size_t)bins;
}

/* Into how many groups customers are parted before a column is cut. */
static size_t groups_of(const tsl_rfm *rfm, int column)
{
    return rfm->nested ? power(rfm->bins, column) : 1;
}

static double *cuts_of(tsl_rfm *rfm, int column, size_t group)
{
    return column == RECENCY ? rfm->recency : column == FREQUENCY ? rfm->frequency[group] : rfm->monetary[group];
}

size_t tsl__rfm_get_lists(const tsl_rfm *rfm)
{
    return groups_of(rfm, RECENCY) + groups_of(rfm, FREQUENCY) + groups_of(rfm, MONETARY);
}

double *tsl__rfm_get_list(tsl_rfm *rfm, size_t list)
{
    int column = RECENCY;
    while (list >= groups_of(rfm, column)) {
        list -= groups_of(rfm, column++);
    }
    return cuts_of(rfm, column, list);
}

int tsl__rfm_is_sound(const tsl_rfm *rfm)
{
    int sound = tsl_rfm_method_get_name(rfm->method) && rfm->bins >= 2 && rfm->bins <= TSL_RFM_BINS_MOST &&
                (rfm->nested == 0 || rfm->nested == 1);
    tsl_rfm copy = *rfm;
    for (size_t list = 0; sound && list < tsl__rfm_get_lists(rfm); list++) {
        const double *cut = tsl__rfm_get_list(&copy, list);
        for (int k = 0; k < rfm->bins - 1; k++) {
            sound = sound && !isnan(cut[k]) && (k == 0 || cut[k] >= cut[k - 1]);
        }
    }
    return sound;
}

int tsl__rfm_is_same(const tsl_rfm *a, const tsl_rfm *b)
{
    int same = a->method == b->method && a->bins == b->bins && a->nested == b->nested;
    tsl_rfm left = *a, right = *b;
    for (size_t list = 0; same && list < tsl__rfm_get_lists(a); list++) {
        same = memcmp(tsl__rfm_get_list(&left, list), tsl__rfm_get_list(&right, list),
                      (size_t)(a->bins - 1) * sizeof(double)) == 0;
    }
    return same;
}

int tsl__rfm_is_usual(const tsl_rfm *rfm)
{
    return rfm->method == TSL_RFM_QUANTILE && rfm->bins == TSL_RFM_BINS && !rfm->nested;
}

/* The values are reordered. */
static void cut_by_quantiles(double *value, size_t n, int bins, double *cut)
{
    double p[TSL_RFM_BINS_MOST - 1];
    for (int k = 0; k < bins - 1; k++) {
        p[k] = (double)(k + 1) / bins;
    }
    tsl__quantiles(value, n, p, (size_t)bins - 1, cut);
}

/* Each value stands at the mean place of all that equal it; a cut is the greatest value whose place is in the bins
 * below.
 */
static void cut_by_ranks(double *value, size_t n, int bins, double *scratch, double *cut)
{
    tsl__sort(value, scratch, n);
    for (int k = 0; k < bins - 1; k++) {
        cut[k] = -INFINITY;
    }
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && value[next] == value[i]; next++) {
        }
        /* The share of the mean place is (i + next) / 2 n; doubled, it is whole. */
        for (int k = 0; k < bins - 1; k++) {
            if ((i + next) * (size_t)bins < 2 * n * (size_t)(k + 1)) {
                cut[k] = value[i];
            }
        }
    }
}

/* n customers of whom all is known. */
typedef struct known {
    size_t n;
    double *value[COLUMNS];
    size_t *group;         /* into which each is parted by the columns before */
    double *room, *gather; /* n each */
} known;

static void cut_some(const tsl_rfm *rfm, known *k, size_t n, double *cut)
{
    if (rfm->method == TSL_RFM_RANK) {
        cut_by_ranks(k->gather, n, rfm->bins, k->room, cut);
    } else {
        cut_by_quantiles(k->gather, n, rfm->bins, cut);
    }
}

static int count_above(double value, const double *cut, int bins)
{
    int above = 0;
    for (int k = 0; k < bins - 1; k++) {
        above += value > cut[k];
    }
    return above;
}

/* Puts each customer's score of the column behind those by which he is parted already: that which R, F, M read. */
static size_t part(const tsl_rfm *rfm, int column, size_t group, int above)
{
    return group * (size_t)rfm->bins + (size_t)(column == RECENCY ? rfm->bins - 1 - above : above);
}

static void cut_column(tsl_rfm *rfm, int column, known *k)
{
    double all[TSL_RFM_BINS_MOST - 1] = {0};
    memcpy(k->gather, k->value[column], k->n * sizeof *k->gather);
    cut_some(rfm, k, k->n, all);
    for (size_t g = 0; g < groups_of(rfm, column); g++) {
        double *cut = cuts_of(rfm, column, g);
        size_t n = 0;
        for (size_t i = 0; i < k->n && rfm->nested; i++) {
            if (k->group[i] == g) {
                k->gather[n++] = k->value[column][i];
            }
        }
        memcpy(cut, all, sizeof all);
        if (n > 0) {
            cut_some(rfm, k, n, cut);
        }
    }
    for (size_t i = 0; i < k->n && rfm->nested; i++) {
        const double *cut = cuts_of(rfm, column, k->group[i]);
        k->group[i] = part(rfm, column, k->group[i], count_above(k->value[column][i], cut, rfm->bins));
    }
}

static tsl_status open_known(const double *const *column, size_t n, known *k, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int c = 0; c < COLUMNS; c++) {
        TSL__NEED(k->value[c] = tsl__alloc(n, sizeof *k->value[c]));
    }
    TSL__NEED(k->group = tsl__alloc_zero(n, sizeof *k->group));
    TSL__NEED(k->room = tsl__alloc(n, sizeof *k->room));
    TSL__NEED(k->gather = tsl__alloc(n, sizeof *k->gather));
    for (size_t i = 0; i < n; i++) {
        if (isfinite(column[RECENCY][i]) && isfinite(column[FREQUENCY][i]) && isfinite(column[MONETARY][i])) {
            for (int c = 0; c < COLUMNS; c++) {
                k->value[c][k->n] = column[c][i];
            }
            k->n++;
        }
    }
    if (k->n == 0) {
        status = tsl__error_set(err, TSL_E_INPUT, "no customer has recency, frequency and value");
    }
done:
    return status;
}

static void free_known(known *k)
{
    for (int c = 0; c < COLUMNS; c++) {
        free(k->value[c]);
    }
    free(k->group);
    free(k->room);
    free(k->gather);
}

tsl_status tsl_rfm_fit(const double *recency, const double *frequency, const double *monetary, size_t n,
                       const tsl_rfm_options *opt, tsl_rfm *out, tsl_error *err)
{
    const double *const column[COLUMNS] = {recency, frequency, monetary};
    tsl_status status = TSL_OK;
    tsl_rfm_options full;
    known k = {.n = 0};
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &full, err));
    *out = (tsl_rfm){.method = full.method, .bins = full.bins, .nested = full.nested};
    if (full.method == TSL_RFM_THRESHOLDS) {
        for (int c = 0; c < COLUMNS; c++) {
            memcpy(cuts_of(out, c, 0), full.cut[c], (size_t)(full.bins - 1) * sizeof(double));
        }
        return TSL_OK;
    }
    TSL__TRY(open_known(column, n, &k, err));
    for (int c = 0; c < COLUMNS; c++) {
        cut_column(out, c, &k);
    }
done:
    free_known(&k);
    return status;
}

/* ---- Scores -------------------------------------------------------------------------- */

void tsl_rfm_predict(const tsl_rfm *rfm, const double *recency, const double *frequency, const double *monetary,
                     size_t n, uint8_t *r, uint8_t *f, uint8_t *m)
{
    const int bins = rfm->bins;
    for (size_t i = 0; i < n; i++) {
        const int has_r = !isnan(recency[i]), has_f = !isnan(frequency[i]) && (has_r || !rfm->nested),
                  has_m = !isnan(monetary[i]) && (has_f || !rfm->nested);
        const int fresh = has_r ? bins - 1 - count_above(recency[i], rfm->recency, bins) : 0;
        const size_t by_r = rfm->nested ? (size_t)fresh : 0;
        const int often = has_f ? count_above(frequency[i], rfm->frequency[by_r], bins) : 0;
        const size_t by_rf = rfm->nested ? by_r * (size_t)bins + (size_t)often : 0;
        const int spent = has_m ? count_above(monetary[i], rfm->monetary[by_rf], bins) : 0;
        r[i] = (uint8_t)(has_r ? 1 + fresh : 0);
        f[i] = (uint8_t)(has_f ? 1 + often : 0);
        m[i] = (uint8_t)(has_m ? 1 + spent : 0);
    }
}
