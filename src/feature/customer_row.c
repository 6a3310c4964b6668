/* customer_row.c: one customer's raw values, by the entries of the catalogue and his row of the customers table, and
 * the history that models of purchases go by. */
#include "feature/customer_row.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "feature/own_aggregate.h"
#include "feature/words/sentinel.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>

/* ---- Room -------------------------------------------------------------------------- */

static void free_own(tsl__own_room *own)
{
    free(own->day);
    free(own->flags);
    free(own->value);
    free(own->amount);
    *own = (tsl__own_room){NULL, NULL, NULL, NULL};
}

/* Room for what lines of the user's own look at. */
static tsl_status reserve_own(tsl__row_maker *m, size_t longest, tsl_error *err)
{
    tsl__own_room *own = &m->context.own;
    tsl_status status = TSL_OK;
    if (own->day && longest <= m->own_capacity) {
        return TSL_OK;
    }
    free_own(own);
    m->own_capacity = 2 * longest + 1;
    TSL__NEED(own->day = tsl__alloc(m->own_capacity, sizeof *own->day));
    TSL__NEED(own->flags = tsl__alloc(m->own_capacity, 1));
    TSL__NEED(own->value = tsl__alloc(m->own_capacity, sizeof *own->value));
    TSL__NEED(own->amount = tsl__alloc(m->own_capacity, sizeof *own->amount));
done:
    return status;
}

tsl_status tsl__row_maker_turn(const tsl__grouping *g, const tsl__binding *binding, tsl__row_maker *m, tsl_error *err)
{
    const size_t lines = g->rows[TSL_TRANSACTIONS].longest, acts = g->rows[TSL_INTERACTIONS].longest;
    const size_t longest = lines > acts ? lines : acts;
    tsl_status status = TSL_OK;
    void *scratch = m->context.scratch;
    const int failed = tsl__reserve(&scratch, &m->scratch_capacity, 2 * longest + 2, sizeof *m->context.scratch);
    m->context.scratch = scratch;
    TSL__NEED(failed ? NULL : scratch);
    m->timeline.matched = binding->recipe->settings.returns == TSL_RETURNS_MATCHED;
    TSL__TRY(tsl__timeline_turn(g, &m->timeline, err));
    TSL__TRY(binding->line_count ? reserve_own(m, longest, err) : TSL_OK);
    m->timeline.without_orders = !binding->of_orders;
done:
    return status;
}

void tsl__row_maker_free(tsl__row_maker *m)
{
    tsl__timeline_free(&m->timeline);
    tsl__event_days_free(&m->events);
    free(m->context.scratch);
    free_own(&m->context.own);
}

/* ---- The customers table ------------------------------------------------------------ */

uint32_t tsl__row_find(const tsl__grouping *g, size_t c)
{
    const tsl__rows *rows = &g->rows[TSL_CUSTOMERS];
    return rows->table && rows->begin[c + 1] > rows->begin[c] ? rows->row[rows->begin[c]] : UINT32_MAX;
}

static double value_of_attribute(const tsl__feature_origin *origin, size_t row, int32_t as_of)
{
    const tsl_column *c = origin->attribute;
    if (c->number) {
        return origin->known_alone && tsl__unknown_is_number(c->number[row]) ? (double)NAN : c->number[row];
    }
    if (c->code) {
        int32_t code = c->code[row];
        if (code < 0) {
            return NAN;
        }
        if (origin->rank) {
            return origin->rank[code] ? origin->rank[code] : (double)NAN;
        }
        if (origin->known_alone && origin->named[code] == TSL__NOBODY_KNOWS) {
            return NAN;
        }
        return origin->code == TSL__OTHER ? !origin->named[code] : code == origin->code;
    }
    int64_t v = c->integer[row];
    if (v == TSL_MISSING_INT) {
        return NAN;
    }
    if (c->type == TSL_TYPE_BIRTH) {
        int age = tsl__age_years(tsl__time_day(v), as_of);
        return age >= 0 && age <= 130 ? (double)age : (double)NAN;
    }
    return c->type == TSL_TYPE_DATE ? (double)(as_of - tsl__time_day(v)) : (double)v / (double)TSL_DECIMAL_ONE;
}

static double get_attribute(const tsl__feature_origin *origin, uint32_t row, int32_t as_of)
{
    return row != UINT32_MAX && origin->attribute ? value_of_attribute(origin, row, as_of) : (double)NAN;
}

/* ---- Values ------------------------------------------------------------------------- */

double tsl__row_get_value(const tsl__row_maker *m, const tsl__feature_origin *origin, uint32_t attribute)
{
    double x = NAN;
    if (origin->line) {
        return tsl__own_aggregate_get(origin->line, &m->timeline, &m->context);
    }
    if (origin->entry) {
        x = tsl__aggregate_get(origin->entry, &m->timeline, &m->context, origin->code, origin->named);
    }
    return isnan(x) ? get_attribute(origin, attribute, m->context.as_of) : x;
}

/* ---- History ------------------------------------------------------------------------- */

/* Gaps go into scratch. */
static void fill_history(int32_t as_of, const tsl__event_days *of, double *gap, double *h)
{
    int64_t spend = 0;
    for (int c = 0; c < TSL_HISTORY_COLUMNS; c++) {
        h[c] = NAN;
    }
    if (of->count == 0) {
        return;
    }
    const size_t n = of->count - 1;
    for (size_t i = 1; i <= n; i++) {
        gap[i - 1] = (double)(of->day[i] - of->day[i - 1]);
        spend += of->amount[i];
    }
    h[TSL_HISTORY_X] = (double)n;
    h[TSL_HISTORY_TX] = (double)(of->day[n] - of->day[0]);
    h[TSL_HISTORY_T] = (double)(as_of - 1 - of->day[0]);
    if (n > 0) {
        static const double p[3] = {.5, .9, 1};
        double q[3];
        h[TSL_HISTORY_SPEND_MEAN] = (double)spend / ((double)TSL_DECIMAL_ONE * (double)n);
        h[TSL_HISTORY_GAP_LAST] = gap[n - 1];
        tsl__quantiles(gap, n, p, 3, q);
        h[TSL_HISTORY_GAP_MEDIAN] = q[0];
        h[TSL_HISTORY_GAP_P90] = q[1];
        h[TSL_HISTORY_GAP_MAX] = q[2];
    }
}

tsl_status tsl__row_get_history(tsl__row_maker *m, tsl_events events, double *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__event_days_fill(&m->timeline, events, &m->events, err));
    fill_history(m->context.as_of, &m->events, (double *)(void *)m->context.scratch, out);
done:
    return status;
}
