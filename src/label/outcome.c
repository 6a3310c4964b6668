/* outcome.c: what the customers of each segment did next, and how much the segments
 * told of it. docs/methods/usefulness.md. */
#include <tesela/label.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "stat/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SPLITS 10

/* ---- By segment ------------------------------------------------------------------ */

static void set_rate(tsl_outcome_segment *s)
{
    const tsl__interval of = tsl__interval_of_rate(s->happened, s->size);
    s->rate = s->size ? (double)s->happened / (double)s->size : (double)NAN;
    s->rate_low = of.low;
    s->rate_high = of.high;
}

/* square: sum of the squared distances of its values from their mean. */
static void set_interval(tsl_outcome_segment *s, double square)
{
    const tsl__interval of = tsl__interval_of_mean(s->value_mean, square, s->size);
    s->value_low = of.low;
    s->value_high = of.high;
}

static tsl_status fill_segments(const tsl_outcome_input *in, tsl_outcome *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *sum = NULL, *square = NULL;
    const size_t k = (size_t)in->k;
    TSL__NEED(sum = tsl__alloc_zero(k, sizeof *sum));
    TSL__NEED(square = tsl__alloc_zero(k, sizeof *square));
    for (size_t i = 0; i < in->customers; i++) {
        if (in->segment[i] >= 0) {
            tsl_outcome_segment *s = &out->segment[in->segment[i]];
            out->customers++;
            s->size++;
            s->happened += in->happened[i] != 0;
            sum[in->segment[i]] += in->value[i];
        }
    }
    for (size_t s = 0; s < k; s++) {
        set_rate(&out->segment[s]);
        out->segment[s].value_mean = out->segment[s].size ? sum[s] / (double)out->segment[s].size : (double)NAN;
    }
    for (size_t i = 0; i < in->customers; i++) {
        if (in->segment[i] >= 0) {
            const double away = in->value[i] - out->segment[in->segment[i]].value_mean;
            square[in->segment[i]] += away * away;
        }
    }
    for (size_t s = 0; s < k; s++) {
        set_interval(&out->segment[s], square[s]);
    }
done:
    free(sum);
    free(square);
    return status;
}

/* ---- Of all segments together --------------------------------------------------------- */

/* What a half of the customers says of each segment; the last of the places is all of them. */
typedef struct half {
    double n, y, square, b;
} half;

/* Which half a customer is in does not depend on who else is there. */
static int get_half(const tsl_outcome_input *in, size_t customer, int split)
{
    const uint64_t hash = in->id ? tsl__hash64(in->id[customer], strlen(in->id[customer]), (uint64_t)split)
                                 : tsl__hash64(&customer, sizeof customer, (uint64_t)split);
    return (int)(hash & 1);
}

static void fill_halves(const tsl_outcome_input *in, const double *y, int split, half *of)
{
    const size_t places = (size_t)in->k + 1;
    memset(of, 0, 2 * places * sizeof *of);
    for (size_t i = 0; i < in->customers; i++) {
        if (in->segment[i] < 0) {
            continue;
        }
        half *mine = of + (size_t)get_half(in, i, split) * places;
        half *both[2] = {&mine[in->segment[i]], &mine[in->k]};
        for (int p = 0; p < 2; p++) {
            both[p]->n++;
            both[p]->y += y[i];
            both[p]->square += y[i] * y[i];
            both[p]->b += in->happened[i] != 0;
        }
    }
}

/* 1 - SSE / SST in one half, by the segments' means in the other; NaN where nothing varies. */
static double get_told(const half *learned, const half *tested, size_t k)
{
    const half *all = &tested[k];
    const double total = all->square - all->y * all->y / all->n;
    double left = 0;
    for (size_t s = 0; s < k; s++) {
        const half *from = learned[s].n > 0 ? &learned[s] : &learned[k];
        const double mean = from->y / from->n;
        left += tested[s].square - 2 * mean * tested[s].y + mean * mean * tested[s].n;
    }
    return total > 0 && learned[k].n > 0 ? 1 - left / total : (double)NAN;
}

static double get_score(const half *learned, size_t segment, size_t k)
{
    const half *from = learned[segment].n > 0 ? &learned[segment] : &learned[k];
    return from->b / from->n;
}

/* Of a pair of customers, one who bought and one who did not, how often the first one's segment has the higher rate
 * in the other half; ties count half. NaN where there is no such pair. */
static double get_order(const half *learned, const half *tested, size_t k)
{
    const double bought = tested[k].b, not = tested[k].n - tested[k].b;
    double won = 0;
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < k; b++) {
            const double higher = get_score(learned, a, k), lower = get_score(learned, b, k);
            const double pairs = tested[a].b * (tested[b].n - tested[b].b);
            won += higher > lower ? pairs : higher == lower ? pairs / 2 : 0;
        }
    }
    return bought > 0 && not > 0 && learned[k].n > 0 ? won / (bought * not ) : (double)NAN;
}

static tsl_status fill_totals(const tsl_outcome_input *in, tsl_outcome *out, tsl_error *err)
{
    const size_t k = (size_t)in->k, places = k + 1;
    tsl_status status = TSL_OK;
    double *y = NULL, told = 0, order = 0;
    half *of = NULL;
    int tells = 0, orders = 0;
    TSL__NEED(y = tsl__alloc(in->customers, sizeof *y));
    TSL__NEED(of = tsl__alloc(2 * places, sizeof *of));
    for (size_t i = 0; i < in->customers; i++) {
        y[i] = log1p(in->value[i] > 0 ? in->value[i] : 0);
    }
    for (int split = 0; split < SPLITS; split++) {
        fill_halves(in, y, split, of);
        for (int way = 0; way < 2; way++) {
            const half *learned = of + (size_t)way * places, *tested = of + (size_t)!way * places;
            const double t = get_told(learned, tested, k), o = get_order(learned, tested, k);
            told += isnan(t) ? 0 : t;
            tells += !isnan(t);
            order += isnan(o) ? 0 : o;
            orders += !isnan(o);
        }
    }
    out->eta2 = tells ? told / tells : (double)NAN;
    out->auc = orders ? order / orders : (double)NAN;
done:
    free(y);
    free(of);
    return status;
}

/* ---- Public ------------------------------------------------------------------------------ */

static tsl_status check(const tsl_outcome_input *in, tsl_error *err)
{
    if (in->k < 1 || in->k > TSL_CLUSTERS_MAX) {
        return tsl__error_set(err, TSL_E_OPTION, "k: %d is outside 1 to %d", in->k, TSL_CLUSTERS_MAX);
    }
    for (size_t i = 0; i < in->customers; i++) {
        if (in->segment[i] < -1 || in->segment[i] >= in->k) {
            return tsl__error_set(err, TSL_E_INPUT, "customer %zu: segment %d is outside -1 to %d", i + 1,
                                  in->segment[i], in->k - 1);
        }
        if (!isfinite(in->value[i])) {
            return tsl__error_set(err, TSL_E_INPUT, "customer %zu: the value is not finite", i + 1);
        }
    }
    return TSL_OK;
}

tsl_status tsl_outcome_build(const tsl_outcome_input *input, tsl_outcome **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_outcome *outcome = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(check(input, err));
    TSL__NEED(outcome = tsl__alloc_zero(1, sizeof *outcome));
    TSL__NEED(outcome->segment = tsl__alloc_zero((size_t)input->k, sizeof *outcome->segment));
    outcome->k = input->k;
    TSL__TRY(fill_segments(input, outcome, err));
    TSL__TRY(fill_totals(input, outcome, err));
    *out = outcome;
    outcome = NULL;
done:
    tsl_outcome_free(outcome);
    return status;
}

void tsl_outcome_free(tsl_outcome *outcome)
{
    if (outcome) {
        free(outcome->segment);
        free(outcome);
    }
}
