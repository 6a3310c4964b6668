/* chaid_merge.c: categories of a predictor that tell the same of the classes are made
 * one. Kass (1980), An exploratory technique for investigating large quantities of
 * categorical data, Applied Statistics 29. */
#include "model/descriptor/descriptor_work.h"
#include "stat/chi_square.h"
#include "stat/special.h"

#include <math.h>
#include <string.h>

static int is_first(const tsl__chaid_items *items, size_t i)
{
    return items->group[i] == (int32_t)i;
}

/* 1 where missing stands alone as item i: it has no place among the bins of a number. */
static int floats(const tsl__chaid_items *items, size_t i)
{
    return items->missing && i + 1 == items->count;
}

/* 1 where the groups of i < j, both first ones, may become one. */
static int may_merge(const tsl__chaid_items *items, size_t i, size_t j)
{
    if (!items->ordered || floats(items, j)) {
        return 1;
    }
    for (size_t m = i + 1; m < j; m++) {
        if (is_first(items, m)) {
            return 0;
        }
    }
    return 1;
}

/* How alike two groups are. */
static void compare(const tsl__chaid_items *items, size_t i, size_t j)
{
    const size_t channels = items->channels, classes = channels - 1;
    double *of = items->scratch + channels;
    memcpy(of, items->sum + i * channels + 1, classes * sizeof *of);
    memcpy(of + classes, items->sum + j * channels + 1, classes * sizeof *of);
    const tsl__chi_square test = tsl__chi_square_get(of, 2, classes, classes, items->scratch);
    items->log_p[i * items->count + j] = test.log_p;
    items->effect[i * items->count + j] = test.effect;
}

/* j goes into i < j; what the new group is compared with is measured anew. */
static void merge(const tsl__chaid_items *items, size_t i, size_t j)
{
    const size_t channels = items->channels;
    for (size_t c = 0; c < channels; c++) {
        items->sum[i * channels + c] += items->sum[j * channels + c];
    }
    for (size_t m = 0; m < items->count; m++) {
        items->group[m] = items->group[m] == (int32_t)j ? (int32_t)i : items->group[m];
    }
    for (size_t m = 0; m < items->count; m++) {
        if (is_first(items, m) && m != i) {
            compare(items, m < i ? m : i, m < i ? i : m);
        }
    }
}

/* The pair that is most alike: of the greatest p, or of the least effect; of all, or with one group in it. */
static int find_alike(const tsl__chaid_items *items, int by_effect, size_t with, size_t *first, size_t *second)
{
    double best = by_effect ? INFINITY : -INFINITY;
    int found = 0;
    for (size_t i = 0; i < items->count; i++) {
        for (size_t j = i + 1; is_first(items, i) && j < items->count; j++) {
            const size_t at = i * items->count + j;
            if (!is_first(items, j) || (with < items->count && i != with && j != with) || !may_merge(items, i, j)) {
                continue;
            }
            if (by_effect ? items->effect[at] < best : items->log_p[at] > best) {
                best = by_effect ? items->effect[at] : items->log_p[at];
                *first = i;
                *second = j;
                found = 1;
            }
        }
    }
    return found;
}

static void merge_alike(const tsl__chaid_items *items, double alpha, double effect)
{
    size_t i, j;
    for (;;) {
        if (!find_alike(items, 0, items->count, &i, &j)) {
            return;
        }
        if (!(items->log_p[i * items->count + j] > log(alpha))) {
            if (!find_alike(items, 1, items->count, &i, &j) || !(items->effect[i * items->count + j] < effect)) {
                return;
            }
        }
        merge(items, i, j);
    }
}

/* The first group that is too small; count: none. */
static size_t find_small(const tsl__chaid_items *items, const tsl__descriptor_task *task)
{
    for (size_t i = 0; i < items->count; i++) {
        if (is_first(items, i) && !tsl__descriptor_fits(task, items->sum + i * items->channels)) {
            return i;
        }
    }
    return items->count;
}

size_t tsl__chaid_merge(const tsl__chaid_items *items, double alpha, double effect, const tsl__descriptor_task *task)
{
    size_t small, i, j, groups = 0;
    for (i = 0; i < items->count; i++) {
        items->group[i] = (int32_t)i;
    }
    for (i = 0; i < items->count; i++) {
        for (j = i + 1; j < items->count; j++) {
            if (may_merge(items, i, j)) {
                compare(items, i, j);
            }
        }
    }
    merge_alike(items, alpha, effect);
    while ((small = find_small(items, task)) < items->count && find_alike(items, 0, small, &i, &j)) {
        merge(items, i, j);
    }
    for (i = 0; i < items->count; i++) {
        groups += is_first(items, i) ? 1 : 0;
    }
    return groups;
}

/* ---- Bonferroni's multipliers -------------------------------------------------- */

static double log_choose(double n, double k)
{
    return k < 0 || k > n ? -INFINITY : tsl__log_gamma(n + 1) - tsl__log_gamma(k + 1) - tsl__log_gamma(n - k + 1);
}

static double log_sum(double a, double b)
{
    const double most = fmax(a, b);
    return isinf(most) ? most : most + log(exp(a - most) + exp(b - most));
}

/* Stirling's numbers of the second kind: S(n, g) = g S(n - 1, g) + S(n - 1, g - 1). */
static double log_stirling(size_t n, size_t groups)
{
    double row[TSL_LEVELS_MAX + 2];
    row[0] = 0;
    for (size_t g = 1; g <= groups; g++) {
        row[g] = -INFINITY;
    }
    for (size_t i = 1; i <= n; i++) {
        for (size_t g = groups; g > 0; g--) {
            row[g] = log_sum(log((double)g) + row[g], row[g - 1]);
        }
        row[0] = -INFINITY;
    }
    return row[groups];
}

double tsl__chaid_multiplier(size_t categories, size_t groups, int ordered, int missing)
{
    const double c = (double)categories, r = (double)groups;
    if (groups < 1 || groups > categories) {
        return 0;
    }
    if (!ordered) {
        return log_stirling(categories, groups);
    }
    if (!missing) {
        return log_choose(c - 1, r - 1);
    }
    return log_sum(log_choose(c - 2, r - 2), log(r) + log_choose(c - 2, r - 1));
}
