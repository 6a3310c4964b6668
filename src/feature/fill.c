/* fill.c: the raw matrix, the history and the totals: customers in parallel,
 * each written by one thread from his own records only. */
#include "feature/fill.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/aggregate.h"
#include "feature/recipe.h"
#include "feature/words/sentinel.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* What one thread counts; exact, so the order of adding does not matter. */
typedef struct tally {
    uint64_t lines, orders, purchases, buyers;
    int64_t monetary, margin, sales;
    tsl_status status;
} tally;

typedef struct job {
    const tsl__grouping *grouping;
    const tsl__binding *binding;
    tsl_features *features;
    tsl__context context;
    double *purchase; /* net amounts of all purchases, at their customer's first row */
    size_t *purchases;
    tsl__ticker ticker;
    atomic_int stop;
    atomic_size_t done;
} job;

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

static void fill_row(const job *j, size_t customer, const tsl__timeline *timeline, tsl__context *context)
{
    double *x = j->features->x + customer * j->features->feature_count;
    const tsl__rows *attributes = &j->grouping->rows[TSL_CUSTOMERS];
    int known = attributes->table && attributes->begin[customer + 1] > attributes->begin[customer];
    for (size_t f = 0; f < j->binding->recipe->feature_count; f++) {
        const tsl__feature_origin *origin = &j->binding->origin[f];
        if (origin->entry) {
            x[f] = tsl__aggregate_get(origin->entry, timeline, context, origin->code, origin->named);
        } else {
            x[f] = known && origin->attribute
                       ? value_of_attribute(origin, attributes->row[attributes->begin[customer]], context->as_of)
                       : NAN;
        }
    }
}

/* Gaps between consecutive purchase days, into scratch; their count. */
static size_t gaps_of(const tsl__view *days, double *gap)
{
    for (size_t i = 1; i < days->count; i++) {
        gap[i - 1] = (double)(days->day[i] - days->day[i - 1]);
    }
    return days->count ? days->count - 1 : 0;
}

static void fill_history(const job *j, size_t customer, const tsl__timeline *timeline, double *gap)
{
    double *h = j->features->history + customer * TSL_HISTORY_COLUMNS;
    const tsl__view *days = &timeline->view[TSL__DAYS];
    for (int c = 0; c < TSL_HISTORY_COLUMNS; c++) {
        h[c] = NAN;
    }
    if (days->count == 0) {
        return;
    }
    size_t n = gaps_of(days, gap);
    h[TSL_HISTORY_X] = (double)n;
    h[TSL_HISTORY_TX] = (double)(days->day[n] - days->day[0]);
    h[TSL_HISTORY_T] = (double)(j->context.as_of - 1 - days->day[0]);
    if (n > 0) {
        static const double p[3] = {.5, .9, 1};
        double q[3];
        int64_t spend = 0;
        for (size_t i = 1; i <= n; i++) {
            spend += days->value[TSL__AMOUNT][i];
        }
        h[TSL_HISTORY_SPEND_MEAN] = (double)spend / ((double)TSL_DECIMAL_ONE * (double)n);
        h[TSL_HISTORY_GAP_LAST] = gap[n - 1];
        tsl__quantiles(gap, n, p, 3, q);
        h[TSL_HISTORY_GAP_MEDIAN] = q[0];
        h[TSL_HISTORY_GAP_P90] = q[1];
        h[TSL_HISTORY_GAP_MAX] = q[2];
    }
}

static void count_customer(const tsl__timeline *timeline, tally *t)
{
    const tsl__view *lines = &timeline->view[TSL__LINES];
    for (size_t i = 0; i < lines->count; i++) {
        int64_t amount = lines->value[TSL__AMOUNT][i], margin = lines->value[TSL__MARGIN][i];
        t->monetary += amount;
        t->sales += amount > 0 ? amount : 0;
        t->margin += margin == TSL_MISSING_INT ? 0 : margin;
    }
    t->lines += lines->count;
    t->orders += timeline->order_count;
    t->purchases += timeline->view[TSL__PURCHASES].count;
    t->buyers += timeline->view[TSL__PURCHASES].count > 0;
}

/* One customer in one of the two rounds: first the purchases' amounts, whose
 * median the trends need; then everything. */
static void do_customer(job *j, int round, size_t customer, tsl__timeline *timeline, tsl__context *context, tally *t)
{
    tsl__timeline_fill(j->grouping, customer, timeline);
    if (round == 0) {
        const tsl__view *purchases = &timeline->view[TSL__PURCHASES];
        double *out = j->purchase + j->grouping->rows[TSL_TRANSACTIONS].begin[customer];
        j->purchases[customer] = purchases->count;
        for (size_t i = 0; i < purchases->count; i++) {
            out[i] = (double)purchases->value[TSL__AMOUNT][i];
        }
        return;
    }
    fill_row(j, customer, timeline, context);
    if (j->features->history) {
        fill_history(j, customer, timeline, (double *)(void *)context->scratch);
    }
    count_customer(timeline, t);
}

static void report(job *j, size_t block_rows, tsl_error *err, tsl_status *status, int master)
{
    size_t done = atomic_fetch_add(&j->done, block_rows) + block_rows;
    if (master && *status == TSL_OK) {
        tsl_progress_event event = {.stage = "features",
                                    .rows = done,
                                    .fraction = .5 * (double)done / (double)j->features->customers,
                                    .best_inertia = NAN};
        *status = tsl__tick(&j->ticker, &event, err);
        if (*status != TSL_OK) {
            atomic_store(&j->stop, 1);
        }
    }
}

static tsl_status run_round(job *j, int round, int threads, tally *total, tsl_error *err)
{
    size_t customers = j->features->customers, blocks = tsl__block_count(customers);
    size_t longest = j->grouping->rows[TSL_TRANSACTIONS].longest, acts = j->grouping->rows[TSL_INTERACTIONS].longest;
    tsl_status status = TSL_OK;
    atomic_store(&j->done, 0);
#pragma omp parallel num_threads(threads)
    {
        tally t = {0};
        tsl__timeline timeline = {0};
        tsl__context context = j->context;
        int master = 0;
#pragma omp master
        master = 1;
        t.status = tsl__timeline_open(j->grouping, &timeline, NULL);
        context.scratch = tsl__alloc(2 * (longest > acts ? longest : acts) + 2, sizeof *context.scratch);
        if (t.status != TSL_OK || !context.scratch) {
            t.status = TSL_E_NOMEM;
            atomic_store(&j->stop, 1);
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t block = 0; block < blocks; block++) {
            size_t begin, end;
            tsl__block_get(customers, block, &begin, &end);
            for (size_t c = begin; c < end && !atomic_load(&j->stop); c++) {
                do_customer(j, round, c, &timeline, &context, &t);
            }
            report(j, end - begin, err, &t.status, master);
        }
        tsl__timeline_free(&timeline);
        free(context.scratch);
#pragma omp critical
        {
            total->lines += t.lines;
            total->orders += t.orders;
            total->purchases += t.purchases;
            total->buyers += t.buyers;
            total->monetary += t.monetary;
            total->margin += t.margin;
            total->sales += t.sales;
            status = t.status != TSL_OK ? t.status : status;
        }
    }
    return status == TSL_E_NOMEM ? tsl__error_nomem(err) : status;
}

/* The median net amount of all purchases, in 1/10000; 0 where there is none. */
static tsl_status fit_median(job *j, int threads, double *median, tsl_error *err)
{
    static const double half = .5;
    const tsl__rows *rows = &j->grouping->rows[TSL_TRANSACTIONS];
    size_t customers = j->features->customers, count = 0;
    tally unused = {0};
    tsl_status status = TSL_OK;
    *median = 0;
    if (!rows->table) {
        return TSL_OK;
    }
    TSL__NEED(j->purchase = tsl__alloc(tsl_table_get_rows(rows->table), sizeof *j->purchase));
    TSL__NEED(j->purchases = tsl__alloc_zero(customers, sizeof *j->purchases));
    TSL__TRY(run_round(j, 0, threads, &unused, err));
    for (size_t c = 0; c < customers; c++) {
        memmove(j->purchase + count, j->purchase + rows->begin[c], j->purchases[c] * sizeof *j->purchase);
        count += j->purchases[c];
    }
    if (count > 0) {
        tsl__quantiles(j->purchase, count, &half, 1, median);
    }
done:
    free(j->purchase);
    free(j->purchases);
    return status;
}

static void put_scores(tsl_features *features, const uint8_t *score)
{
    static const char *const names[4] = {"r_score", "f_score", "m_score", "rfm_score"};
    size_t n = features->customers, column[4];
    for (int k = 0; k < 4; k++) {
        column[k] = tsl__recipe_find(features->recipe, names[k]);
    }
    for (size_t i = 0; i < n; i++) {
        double *x = features->x + i * features->feature_count;
        for (size_t k = 0; k < 3 && score[i]; k++) {
            x[column[k]] = score[k * n + i];
        }
        x[column[3]] = 100 * x[column[0]] + 10 * x[column[1]] + x[column[2]];
    }
}

/* r_score, f_score, m_score and rfm_score from the three columns they rest on,
 * by the recipe's cuts; these are found here where it has none, or anew. */
static tsl_status fill_rfm(tsl_features *features, int fit, tsl_error *err)
{
    static const char *const from[3] = {"recency_days", "frequency", "monetary_total"};
    size_t n = features->customers, cols = features->feature_count;
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    double *v = NULL;
    uint8_t *score = NULL;
    TSL__NEED(v = tsl__alloc(3 * n, sizeof *v));
    TSL__NEED(score = tsl__alloc(3 * n, 1));
    for (size_t k = 0; k < 3; k++) {
        size_t f = tsl__recipe_find(recipe, from[k]);
        for (size_t i = 0; i < n; i++) {
            v[k * n + i] = features->x[i * cols + f];
        }
    }
    if (fit) { /* without a purchase there is no recency, and nothing to score */
        tsl_status fitted = tsl_rfm_fit(v, v + n, v + 2 * n, n, &recipe->rfm, err);
        recipe->has_rfm = fitted == TSL_OK;
        TSL__TRY(fitted == TSL_E_INPUT ? TSL_OK : fitted);
        tsl__error_reset(err);
    }
    if (recipe->has_rfm) {
        tsl_rfm_predict(&recipe->rfm, v, v + n, v + 2 * n, n, score, score + n, score + 2 * n);
        put_scores(features, score);
    }
done:
    free(v);
    free(score);
    return status;
}

/* The sum of the absolute values of a column; 0 without one. */
static __int128 sum_absolute(const tsl_table *table, tsl_role role)
{
    const tsl_column *column = table ? tsl_table_get_role(table, role) : NULL;
    __int128 sum = 0;
    for (size_t i = 0; column && i < tsl_table_get_rows(table); i++) {
        int64_t v = column->integer[i];
        sum += v == TSL_MISSING_INT ? 0 : v < 0 ? -(__int128)v : v;
    }
    return sum;
}

/* If all figures of a kind fit together, every partial sum does. */
static tsl_status check_sums(const tsl_table *transactions, const tsl_table *interactions, tsl_error *err)
{
    static const tsl_role alone[] = {TSL_ROLE_MINUTES, TSL_ROLE_PAGES, TSL_ROLE_SATISFACTION, TSL_ROLE_NPS};
    __int128 money = sum_absolute(transactions, TSL_ROLE_AMOUNT) + sum_absolute(transactions, TSL_ROLE_COST) +
                     sum_absolute(transactions, TSL_ROLE_QUANTITY);
    if (money >= INT64_MAX) {
        return tsl__error_set(
            err, TSL_E_INPUT,
            "the amounts add up to more than 922,337,203,685,477: give them in a larger unit, e.g. as "
            "the expression Amount / 1000");
    }
    for (size_t r = 0; r < sizeof alone / sizeof alone[0]; r++) {
        if (sum_absolute(interactions, alone[r]) >= INT64_MAX) {
            return tsl__error_set(
                err, TSL_E_INPUT,
                "interactions: %s: the values add up to more than 922,337,203,685,477: give them in a "
                "larger unit, e.g. as an expression",
                tsl_role_get_name(alone[r]));
        }
    }
    return TSL_OK;
}

static void take_totals(tsl_features *features, const tally *total, const tsl_table *transactions)
{
    tsl_feature_info *info = &features->info;
    info->customers = features->customers;
    info->lines = total->lines;
    info->orders = total->orders;
    info->purchases = total->purchases;
    info->customers_with_purchase = total->buyers;
    info->monetary_total = total->monetary;
    info->purchase_total = total->sales;
    info->margin_total =
        transactions && tsl_table_get_role(transactions, TSL_ROLE_COST) ? total->margin : TSL_MISSING_INT;
}

tsl_status tsl__features_fill(const tsl__grouping *grouping, const tsl__binding *binding, unsigned refit,
                              const tsl_exec *exec, tsl_features *features, tsl_error *err)
{
    const tsl_table *transactions = grouping->rows[TSL_TRANSACTIONS].table;
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    tally total = {0};
    job j = {.grouping = grouping, .binding = binding, .features = features, .ticker = tsl__ticker_open(exec)};
    TSL__TRY(check_sums(transactions, grouping->rows[TSL_INTERACTIONS].table, err));
    if (!features->applied) {
        TSL__TRY(fit_median(&j, exec->threads, &recipe->median_purchase, err));
    }
    j.context.as_of = features->as_of;
    j.context.median_purchase = recipe->median_purchase;
    TSL__TRY(run_round(&j, 1, exec->threads, &total, err));
    if (transactions && (recipe->tables & 1u << TSL_TRANSACTIONS)) {
        TSL__TRY(fill_rfm(features, !features->applied || (refit & TSL_REFIT_RFM), err));
    }
    take_totals(features, &total, transactions);
done:
    return status;
}
