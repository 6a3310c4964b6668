/* next.c: segments at a cut, judged by what their customers did in the period after it.
 * docs/methods/next-period.md. */
#include "run/next/next.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "feature/records/period.h"
#include "run/next/yardstick.h"
#include "stat/sort.h"

#include <tesela/run.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

tsl_status tsl__next_open(int k, tsl_next **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc_zero(1, sizeof **out));
    TSL__NEED((*out)->segment = tsl__alloc_zero((size_t)k, sizeof *(*out)->segment));
    (*out)->k = k;
    (*out)->distinct = NAN;
done:
    return status;
}

void tsl_next_free(tsl_next *next)
{
    if (!next) {
        return;
    }
    for (int s = 0; s < next->k; s++) {
        free(next->segment[s].name);
    }
    free(next->segment);
    free(next->column);
    tsl__notes_free(&next->notes);
    free(next);
}

/* ---- What they did ---------------------------------------------------------------- */

void tsl__outcomes_free(tsl__outcomes *of)
{
    free(of->value);
    free(of->happened);
    free(of->segment);
    *of = (tsl__outcomes){NULL, NULL, NULL};
}

tsl_status tsl__next_get_buyers(const tsl_features *features, unsigned char **buyer, uint64_t *count, tsl_error *err)
{
    const size_t column = tsl_features_get_index(features, "frequency"), cols = features->feature_count;
    tsl_status status = TSL_OK;
    *count = 0;
    TSL__NEED(*buyer = tsl__alloc(features->customers, 1));
    for (size_t i = 0; i < features->customers; i++) {
        (*buyer)[i] = column < cols && features->x[i * cols + column] > 0;
        *count += (*buyer)[i];
    }
done:
    return status;
}

/* 1 where a customer had a line before the cut. A table of customers has those, too, who came later: it has no days. */
static int was_there(const tsl_features *features, size_t customer)
{
    const size_t lines = tsl_features_get_index(features, "lines");
    return lines < features->feature_count && features->x[customer * features->feature_count + lines] > 0;
}

/* Those of the period who were there at the cut, in out; the others are new. Both lists are in the order of ids. */
static void merge(const tsl_features *features, const tsl__period *period, tsl__outcomes *of, tsl_next *out)
{
    int64_t new_value = 0;
    size_t p = 0;
    for (size_t i = 0; i <= features->customers; i++) {
        int order = 1;
        for (; p < period->customers; p++) {
            order = i < features->customers ? strcmp(period->id[p], features->id[i]) : -1;
            if (order >= 0) {
                break;
            }
            out->new_size += period->bought[p];
            new_value += period->bought[p] ? period->net[p] : 0;
        }
        if (i < features->customers) {
            const int acts = p < period->customers && order == 0, old = was_there(features, i);
            of->value[i] = acts && old ? (double)period->net[p] / TSL_DECIMAL_ONE : 0;
            of->happened[i] = acts && old ? period->bought[p] : 0;
            if (acts && !old && period->bought[p]) {
                out->new_size++;
                new_value += period->net[p];
            }
            p += (size_t)acts;
        }
    }
    out->new_value = (double)new_value / TSL_DECIMAL_ONE;
}

tsl_status tsl__outcomes_open(const tsl__next_input *in, tsl__outcomes *of, tsl_next *out, tsl_error *err)
{
    const size_t customers = in->features->customers;
    tsl_status status = TSL_OK;
    tsl__period period = {0};
    const tsl__period_plan plan = {.from = in->features->as_of, .until = in->until, .shards = in->shards};
    TSL__NEED(of->value = tsl__alloc(customers, sizeof *of->value));
    TSL__NEED(of->happened = tsl__alloc(customers, sizeof *of->happened));
    TSL__NEED(of->segment = tsl__alloc(customers, sizeof *of->segment));
    TSL__TRY(tsl__period_build(in->transactions, &plan, in->exec, &period, err));
    merge(in->features, &period, of, out);
done:
    tsl__period_free(&period);
    return status;
}

tsl_status tsl__next_get_value(const tsl__next_input *in, double **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__outcomes of = {NULL, NULL, NULL};
    tsl_next newcomers = {0};
    TSL__TRY(tsl__outcomes_open(in, &of, &newcomers, err));
    *out = of.value;
    of.value = NULL;
done:
    tsl__outcomes_free(&of);
    return status;
}

tsl_status tsl__next_get_happened(const tsl__next_input *in, unsigned char **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__outcomes of = {NULL, NULL, NULL};
    tsl_next newcomers = {0};
    TSL__TRY(tsl__outcomes_open(in, &of, &newcomers, err));
    *out = of.happened;
    of.happened = NULL;
done:
    tsl__outcomes_free(&of);
    return status;
}

/* ---- What the segments told of it ----------------------------------------------------- */

/* Who was not there yet did nothing as one of a segment. */
static void leave_newcomers(const tsl__next_input *in, int32_t *segment)
{
    for (size_t i = 0; i < in->features->customers; i++) {
        segment[i] = was_there(in->features, i) ? in->segment[i] : -1;
    }
}

/* Customers who never bought, or are in no segment, tell nothing here: they are taken out. */
static void leave_others(const tsl__next_input *in, int32_t *segment)
{
    for (size_t i = 0; i < in->features->customers; i++) {
        segment[i] = in->buyer[i] && in->segment[i] >= 0 ? segment[i] : -1;
    }
}

tsl_status tsl__outcomes_judge(const tsl__next_input *in, const tsl__outcomes *of, const int32_t *segment, int k,
                               tsl_outcome **out, tsl_error *err)
{
    const tsl_outcome_input input = {.customers = in->features->customers,
                                     .segment = segment,
                                     .k = k,
                                     .id = (const char *const *)in->features->id,
                                     .value = of->value,
                                     .happened = of->happened};
    return tsl_outcome_build(&input, out, err);
}

static tsl_status measure_segments(const tsl__next_input *in, const tsl__outcomes *of, tsl_next *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_outcome *all = NULL, *buyers = NULL;
    leave_newcomers(in, of->segment);
    TSL__TRY(tsl__outcomes_judge(in, of, of->segment, in->k, &all, err));
    for (int s = 0; s < in->k; s++) {
        out->segment[s].outcome = all->segment[s];
    }
    leave_others(in, of->segment);
    TSL__TRY(tsl__outcomes_judge(in, of, of->segment, in->k, &buyers, err));
    out->eta2 = buyers->eta2;
    out->auc = buyers->auc;
    for (int s = 0; s < in->k; s++) {
        out->compared += buyers->segment[s].size > 0;
    }
    out->telling = out->eta2 >= TSL_TELLING_ETA2 && out->auc >= TSL_TELLING_AUC;
done:
    tsl_outcome_free(all);
    tsl_outcome_free(buyers);
    return status;
}

static void measure_all(const tsl__next_input *in, const tsl__outcomes *of, tsl_next *out)
{
    uint64_t bought = 0;
    double value = 0;
    for (size_t i = 0; i < in->features->customers; i++) {
        if (in->segment[i] >= 0 && in->buyer[i]) {
            out->customers++;
            bought += of->happened[i];
            value += of->value[i];
        }
    }
    out->rate = out->customers ? (double)bought / (double)out->customers : (double)NAN;
    out->value_mean = out->customers ? value / (double)out->customers : (double)NAN;
}

/* The same customers by another way of segmenting. */
static tsl_status measure_yardstick(const tsl__next_input *in, const tsl__outcomes *of, const tsl__yardstick *by,
                                    tsl_next_method *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_outcome *outcome = NULL;
    *out = (tsl_next_method){by->name, 0, NAN, NAN};
    TSL__TRY(tsl__yardstick_label(by, in->features, in->exec, of->segment, err));
    leave_others(in, of->segment);
    TSL__TRY(tsl__outcomes_judge(in, of, of->segment, by->classes, &outcome, err));
    for (int s = 0; s < by->classes; s++) {
        out->k += outcome->segment[s].size > 0;
    }
    out->eta2 = outcome->eta2;
    out->auc = outcome->auc;
done:
    tsl_outcome_free(outcome);
    return status;
}

tsl_status tsl__next_measure(const tsl__next_input *in, tsl_next *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__outcomes of = {NULL, NULL, NULL};
    out->cut = in->features->as_of;
    out->until = in->until;
    out->days = in->until - in->features->as_of;
    TSL__TRY(tsl__outcomes_open(in, &of, out, err));
    TSL__TRY(measure_segments(in, &of, out, err));
    measure_all(in, &of, out);
    for (int m = 0; m < TSL_NEXT_METHODS; m++) { /* the first ones */
        TSL__TRY(measure_yardstick(in, &of, &tsl__yardsticks[m], &out->method[m], err));
    }
done:
    tsl__outcomes_free(&of);
    return status;
}

/* ---- Whether they differ ----------------------------------------------------------------- */

#define DIFFERS 0.25
#define MOST_COMPARED 100 /* segments: nobody tells more apart, and every pair of them is looked at */

/* Values of some customers, those of a segment side by side and rising. */
typedef struct sorted_values {
    double *value, *scratch;
    size_t *begin; /* k + 1 */
} sorted_values;

static void sorted_values_free(sorted_values *of)
{
    free(of->value);
    free(of->scratch);
    free(of->begin);
}

/* 1 where the customer counts: somebody who bought, in a segment. */
static int counts(const tsl__next_input *in, size_t customer)
{
    return in->segment[customer] >= 0 && in->buyer[customer];
}

static tsl_status sorted_values_open(const tsl__next_input *in, sorted_values *of, tsl_error *err)
{
    const size_t customers = in->features->customers;
    tsl_status status = TSL_OK;
    TSL__NEED(of->value = tsl__alloc(customers, sizeof *of->value));
    TSL__NEED(of->scratch = tsl__alloc(customers, sizeof *of->scratch));
    TSL__NEED(of->begin = tsl__alloc_zero((size_t)in->k + 1, sizeof *of->begin));
    for (size_t i = 0; i < customers; i++) {
        if (counts(in, i)) {
            of->begin[in->segment[i] + 1]++;
        }
    }
    for (int s = 0; s < in->k; s++) {
        of->begin[s + 1] += of->begin[s];
    }
done:
    return status;
}

static void fill_values(const tsl__next_input *in, size_t column, sorted_values *of)
{
    const tsl_features *features = in->features;
    for (size_t i = 0; i < features->customers; i++) {
        if (counts(in, i)) {
            of->value[of->begin[in->segment[i]]++] = features->x[i * features->feature_count + column];
        }
    }
    memmove(of->begin + 1, of->begin, (size_t)in->k * sizeof *of->begin);
    of->begin[0] = 0;
    for (int s = 0; s < in->k; s++) {
        tsl__sort(of->value + of->begin[s], of->scratch, of->begin[s + 1] - of->begin[s]);
    }
}

/* P(a > b) of one of each, ties counting half. */
static double get_above(const double *a, size_t n, const double *b, size_t m)
{
    double won = 0;
    size_t below = 0, up_to = 0;
    for (size_t i = 0; i < n; i++) {
        while (below < m && b[below] < a[i]) {
            below++;
        }
        while (up_to < m && b[up_to] <= a[i]) {
            up_to++;
        }
        won += (double)(below + up_to) / 2;
    }
    return won / ((double)n * (double)m);
}

/* Adds the pairs that differ; *pairs: that there are. */
static void compare_pairs(const sorted_values *of, int k, double *differ, double *pairs)
{
    for (int a = 0; a < k; a++) {
        for (int b = 0; b < a; b++) {
            const size_t n = of->begin[a + 1] - of->begin[a], m = of->begin[b + 1] - of->begin[b];
            if (n && m) {
                const double above = get_above(of->value + of->begin[a], n, of->value + of->begin[b], m);
                *differ += fabs(above - .5) >= DIFFERS;
                *pairs += 1;
            }
        }
    }
}

tsl_status tsl__next_get_distinct(const tsl__next_input *in, double *distinct, tsl_error *err)
{
    static const char *const names[] = {"recency_days", "frequency", "monetary_total"};
    tsl_status status = TSL_OK;
    sorted_values of = {NULL, NULL, NULL};
    double differ = 0, pairs = 0;
    *distinct = NAN;
    if (in->k > MOST_COMPARED) {
        return TSL_OK;
    }
    TSL__TRY(sorted_values_open(in, &of, err));
    for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
        const size_t column = tsl_features_get_index(in->features, names[f]);
        pairs = 0;
        fill_values(in, column, &of);
        compare_pairs(&of, in->k, &differ, &pairs);
    }
    *distinct = pairs > 0 ? differ / pairs : (double)NAN;
done:
    sorted_values_free(&of);
    return status;
}
