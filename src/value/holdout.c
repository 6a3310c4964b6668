/* holdout.c: what was expected beside what came. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

static double weight_of(const double *weight, size_t i)
{
    return weight ? weight[i] : 1;
}

/* ---- Order ------------------------------------------------------------------------ */

/* Customers by a score, the greatest first; those of one score stand together. */
typedef struct order {
    size_t n, groups;
    double *key, *place, *scratch; /* n, n, 2 n */
    size_t *begin;                 /* of the groups, and behind the last; n + 1 */
} order;

static tsl_status open_order(size_t n, order *o, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *o = (order){.n = n};
    TSL__NEED(o->key = tsl__alloc(n, sizeof *o->key));
    TSL__NEED(o->place = tsl__alloc(n, sizeof *o->place));
    TSL__NEED(o->scratch = tsl__alloc(2 * n, sizeof *o->scratch));
    TSL__NEED(o->begin = tsl__alloc(n + 1, sizeof *o->begin));
done:
    return status;
}

static void free_order(order *o)
{
    free(o->key);
    free(o->place);
    free(o->scratch);
    free(o->begin);
}

static void put_order(const double *score, order *o)
{
    for (size_t i = 0; i < o->n; i++) {
        o->key[i] = -score[i];
        o->place[i] = (double)i;
    }
    tsl__sort_with(o->key, o->place, o->scratch, o->n);
    o->groups = 0;
    for (size_t k = 0; k < o->n; k++) {
        if (k == 0 || o->key[k] != o->key[k - 1]) {
            o->begin[o->groups++] = k;
        }
    }
    o->begin[o->groups] = o->n;
}

/* What a group holds of the weights, and of what happened. */
typedef struct share {
    double weight, sum;
} share;

static share get_group(const order *o, size_t group, const double *value, const double *weight)
{
    share s = {0, 0};
    for (size_t k = o->begin[group]; k < o->begin[group + 1]; k++) {
        const size_t i = (size_t)o->place[k];
        s.weight += weight_of(weight, i);
        s.sum += weight_of(weight, i) * value[i];
    }
    return s;
}

/* The area between the curve of what came, customers in this order, and the diagonal; within a group it is a straight
 * line, which is the mean over all orders of its customers. */
static double get_area(const order *o, const double *value, const double *weight, share all)
{
    double before = 0, area = 0;
    for (size_t g = 0; g < o->groups; g++) {
        const share s = get_group(o, g, value, weight);
        area += s.weight / all.weight * (before + s.sum / 2) / all.sum;
        before += s.sum;
    }
    return area - .5;
}

/* What those who make up the first part of the order bought, a whole number of customers; of a group that reaches
 * beyond it, its share. */
static double get_top(const order *o, const double *value, const double *weight, share all, double part)
{
    double left = ceil(part * all.weight), sum = 0;
    for (size_t g = 0; g < o->groups && left > 0; g++) {
        const share s = get_group(o, g, value, weight);
        sum += s.sum * fmin(1, left / s.weight);
        left -= s.weight;
    }
    return sum / all.sum;
}

/* ---- Amounts ---------------------------------------------------------------------- */

static tsl_status check_holdout(const tsl_holdout_input *in, tsl_error *err)
{
    for (size_t i = 0; i < in->count; i++) {
        const double weight = weight_of(in->weight, i);
        if (!isfinite(in->expected[i]) || !isfinite(in->actual[i]) || !(weight > 0 && isfinite(weight)) ||
            (in->x && !(in->x[i] >= 0))) {
            return tsl__error_set(
                err, TSL_E_INPUT, "holdout: customer %zu (expected %g, actual %g, weight %g%s) cannot be", i + 1,
                in->expected[i], in->actual[i], weight, in->x && !(in->x[i] >= 0) ? ", x below 0" : "");
        }
    }
    return TSL_OK;
}

static void add_up(const tsl_holdout_input *in, tsl_holdout *out, share *all)
{
    double absolute = 0, square = 0;
    for (size_t i = 0; i < in->count; i++) {
        const double weight = weight_of(in->weight, i), d = in->expected[i] - in->actual[i];
        const size_t x = !in->x ? 0 : in->x[i] < TSL_HOLDOUT_CLASSES - 1 ? (size_t)in->x[i] : TSL_HOLDOUT_CLASSES - 1;
        tsl_holdout_class *own = &out->by_frequency[x];
        absolute += weight * fabs(d);
        square += weight * d * d;
        out->customers += weight;
        out->expected += weight * in->expected[i];
        out->actual += weight * in->actual[i];
        own->customers += in->x ? weight : 0;
        own->expected += in->x ? weight * in->expected[i] : 0;
        own->actual += in->x ? weight * in->actual[i] : 0;
    }
    *all = (share){out->customers, out->actual};
    out->expected /= all->weight;
    out->actual /= all->weight;
    out->bias = out->expected / out->actual - 1;
    out->mae = absolute / all->weight;
    out->rmse = sqrt(square / all->weight);
    for (int x = 0; x < TSL_HOLDOUT_CLASSES; x++) {
        tsl_holdout_class *own = &out->by_frequency[x];
        own->expected /= own->customers; /* of nobody NaN */
        own->actual /= own->customers;
    }
}

tsl_status tsl_holdout_build(const tsl_holdout_input *in, tsl_holdout *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    order by = {.n = 0};
    share all;
    tsl__error_reset(err);
    *out = (tsl_holdout){.customers = 0};
    TSL__TRY(check_holdout(in, err));
    TSL__TRY(open_order(in->count, &by, err));
    add_up(in, out, &all);
    put_order(in->expected, &by);
    out->gini = get_area(&by, in->actual, in->weight, all);
    out->top_share = get_top(&by, in->actual, in->weight, all, TSL_HOLDOUT_TOP);
    put_order(in->actual, &by);
    out->gini /= get_area(&by, in->actual, in->weight, all);
    out->best_top_share = get_top(&by, in->actual, in->weight, all, TSL_HOLDOUT_TOP);
done:
    free_order(&by);
    return status;
}

/* ---- Probabilities ------------------------------------------------------------------ */

static tsl_status check_calibration(const tsl_calibration_input *in, tsl_error *err)
{
    for (size_t i = 0; i < in->count; i++) {
        const double weight = weight_of(in->weight, i);
        if (!isfinite(in->score[i]) || !(in->happened[i] == 0 || in->happened[i] == 1) ||
            !(weight > 0 && isfinite(weight))) {
            return tsl__error_set(err, TSL_E_INPUT,
                                  "calibration: customer %zu (score %g, happened %g, weight %g) cannot be", i + 1,
                                  in->score[i], in->happened[i], weight);
        }
    }
    return TSL_OK;
}

/* The chance that of two customers the one to whom it happened has the greater score; of equal ones half. */
static double get_auc(const order *o, const double *happened, const double *weight)
{
    double right = 0, yes = 0, no = 0;
    for (size_t g = 0; g < o->groups; g++) {
        const share s = get_group(o, g, happened, weight);
        right += (s.weight - s.sum) * (yes + s.sum / 2);
        yes += s.sum;
        no += s.weight - s.sum;
    }
    return right / (yes * no); /* of one kind alone NaN */
}

/* Tenths of the customers by score, the least first: each group of one score by the mean of its places. */
static void put_tenths(const tsl_calibration_input *in, const order *o, double all, tsl_calibration *out)
{
    double above = 0;
    for (size_t g = 0; g < o->groups; g++) {
        const share s = get_group(o, g, in->happened, in->weight);
        const double place = 1 - (above + s.weight / 2) / all;
        tsl_holdout_class *own = &out->tenth[(size_t)fmin(place * TSL_TENTHS, TSL_TENTHS - 1)];
        own->customers += s.weight;
        own->expected += s.weight * in->score[(size_t)o->place[o->begin[g]]];
        own->actual += s.sum;
        above += s.weight;
    }
    for (int t = 0; t < TSL_TENTHS; t++) {
        out->tenth[t].expected /= out->tenth[t].customers;
        out->tenth[t].actual /= out->tenth[t].customers;
    }
}

tsl_status tsl_calibration_build(const tsl_calibration_input *in, tsl_calibration *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    order by = {.n = 0};
    tsl__error_reset(err);
    *out = (tsl_calibration){.customers = 0};
    TSL__TRY(check_calibration(in, err));
    TSL__TRY(open_order(in->count, &by, err));
    for (size_t i = 0; i < in->count; i++) {
        const double weight = weight_of(in->weight, i), d = in->score[i] - in->happened[i];
        out->customers += weight;
        out->expected += weight * in->score[i];
        out->actual += weight * in->happened[i];
        out->brier += weight * d * d;
    }
    out->expected /= out->customers;
    out->actual /= out->customers;
    out->brier /= out->customers;
    put_order(in->score, &by);
    out->auc = get_auc(&by, in->happened, in->weight);
    put_tenths(in, &by, out->customers, out);
done:
    free_order(&by);
    return status;
}

/* ---- The naive baseline --------------------------------------------------------------- */

void tsl_histories_predict(const tsl_histories *histories, double horizon, double *purchases)
{
    for (size_t i = 0; i < histories->count; i++) {
        purchases[i] = histories->t[i] > 0 ? horizon * histories->x[i] / histories->t[i] : 0;
    }
}
