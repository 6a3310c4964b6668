/* fill.c: the raw matrix, the history and the totals: shards of customers in parallel, each worked on by one thread;
 * then all customers by their ids. */
#include "feature/fill.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/own_aggregate.h"
#include "feature/population.h"
#include "feature/recipe.h"
#include "feature/words/sentinel.h"
#include "stat/quantile.h"
#include "table/table_state.h"

#include <math.h>
#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* What one thread counts; exact, so the order of adding does not matter. */
typedef struct tally {
    uint64_t lines, orders, purchases, buyers;
    int64_t monetary, margin, sales;
} tally;

/* What is made of one shard. */
typedef struct block {
    double *x, *history;
    tsl__trend *trend;   /* one a customer and trend */
    uint32_t *attribute; /* one a customer: his row of the customers table */
} block;

typedef struct job {
    const tsl__sharding *sharding;
    const tsl__binding *binding;
    tsl_features *features;
    tsl__context context;
    size_t trends; /* features that are trends of sums */
    int wants_median;
    tsl__cohort *cohort; /* one a shard */
    block *block;        /* likewise */
    tsl__ticker ticker;
    atomic_int stop;
    atomic_size_t done;
} job;

/* One thread, with what it keeps over the shards. */
typedef struct filler {
    tsl__grouping grouping;
    tsl__timeline timeline;
    tsl__context context;
    size_t scratch_capacity, own_capacity;
    double *purchase; /* net amounts of purchases, where their median is wanted */
    size_t purchases, purchase_capacity;
    tally tally;
    tsl_status status;
} filler;

static void free_own(tsl__own_room *own)
{
    free(own->day);
    free(own->flags);
    free(own->value);
    free(own->amount);
    *own = (tsl__own_room){NULL, NULL, NULL, NULL};
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

static void fill_row(const job *j, const filler *w, size_t customer, block *b)
{
    double *x = b->x + customer * j->features->feature_count;
    tsl__trend *trend = b->trend + customer * j->trends;
    for (size_t f = 0; f < j->binding->recipe->feature_count; f++) {
        const tsl__feature_origin *origin = &j->binding->origin[f];
        if (origin->line) {
            x[f] = tsl__own_aggregate_get(origin->line, &w->timeline, &w->context);
        } else if (origin->entry) {
            x[f] = tsl__aggregate_get(origin->entry, &w->timeline, &w->context, origin->code, origin->named);
        } else {
            x[f] = b->attribute[customer] != UINT32_MAX && origin->attribute
                       ? value_of_attribute(origin, b->attribute[customer], w->context.as_of)
                       : NAN;
        }
        if (origin->entry && origin->entry->aggregate == TSL__SUM_TREND) {
            *trend++ = tsl__trend_sum(origin->entry, &w->timeline, &w->context);
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

static void fill_history(const job *j, double *h, const tsl__timeline *timeline, double *gap)
{
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

/* Keeps the amounts of the customer's purchases. */
static tsl_status keep_purchases(filler *w)
{
    const tsl__view *purchases = &w->timeline.view[TSL__PURCHASES];
    void *grown = w->purchase;
    const int failed =
        tsl__reserve(&grown, &w->purchase_capacity, w->purchases + purchases->count, sizeof *w->purchase);
    w->purchase = grown;
    for (size_t i = 0; i < purchases->count && !failed; i++) {
        w->purchase[w->purchases++] = (double)purchases->value[TSL__AMOUNT][i];
    }
    return failed ? TSL_E_NOMEM : TSL_OK;
}

/* Room for what lines of the user's own look at. */
static tsl_status reserve_own(filler *w, size_t longest, tsl_error *err)
{
    tsl__own_room *own = &w->context.own;
    tsl_status status = TSL_OK;
    if (own->day && longest <= w->own_capacity) {
        return TSL_OK;
    }
    free_own(own);
    w->own_capacity = 2 * longest + 1;
    TSL__NEED(own->day = tsl__alloc(w->own_capacity, sizeof *own->day));
    TSL__NEED(own->flags = tsl__alloc(w->own_capacity, 1));
    TSL__NEED(own->value = tsl__alloc(w->own_capacity, sizeof *own->value));
    TSL__NEED(own->amount = tsl__alloc(w->own_capacity, sizeof *own->amount));
done:
    return status;
}

/* 1 where orders are known. */
static int has_history(const job *j)
{
    return j->sharding->table[TSL_TRANSACTIONS] && j->binding->of_orders;
}

/* Room for what is made of the shard, and for the thread's longest customer. */
static tsl_status reserve(const job *j, filler *w, block *b, tsl_error *err)
{
    const tsl__grouping *g = &w->grouping;
    const size_t lines = g->rows[TSL_TRANSACTIONS].longest, acts = g->rows[TSL_INTERACTIONS].longest;
    tsl_status status = TSL_OK;
    void *scratch = w->context.scratch;
    const int failed =
        tsl__reserve(&scratch, &w->scratch_capacity, 2 * (lines > acts ? lines : acts) + 2, sizeof *w->context.scratch);
    w->context.scratch = scratch;
    TSL__NEED(failed ? NULL : scratch);
    w->timeline.matched = j->features->recipe->settings.returns == TSL_RETURNS_MATCHED;
    TSL__TRY(tsl__timeline_turn(g, &w->timeline, err));
    TSL__TRY(j->binding->line_count ? reserve_own(w, lines > acts ? lines : acts, err) : TSL_OK);
    w->timeline.without_orders = !j->binding->of_orders;
    TSL__NEED(b->x = tsl__alloc(g->customers * j->features->feature_count, sizeof *b->x));
    TSL__NEED(b->history = tsl__alloc(has_history(j) ? g->customers * TSL_HISTORY_COLUMNS : 0, sizeof *b->history));
    TSL__NEED(b->trend = tsl__alloc(g->customers * j->trends, sizeof *b->trend));
    TSL__NEED(b->attribute = tsl__alloc(g->customers, sizeof *b->attribute));
done:
    return status;
}

static tsl_status fill_shard(job *j, size_t shard, filler *w, tsl_error *err)
{
    const tsl__grouping *g = &w->grouping;
    block *b = &j->block[shard];
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__grouping_fill(j->sharding, shard, &w->grouping, err));
    TSL__TRY(tsl__cohort_fill(g, &j->cohort[shard], err));
    TSL__TRY(reserve(j, w, b, err));
    for (size_t c = 0; c < g->customers && !atomic_load(&j->stop); c++) {
        const tsl__rows *attributes = &g->rows[TSL_CUSTOMERS];
        const int known = attributes->table && attributes->begin[c + 1] > attributes->begin[c];
        b->attribute[c] = known ? attributes->row[attributes->begin[c]] : UINT32_MAX;
        tsl__timeline_fill(g, c, &w->timeline);
        fill_row(j, w, c, b);
        if (has_history(j)) {
            fill_history(j, b->history + c * TSL_HISTORY_COLUMNS, &w->timeline, (double *)(void *)w->context.scratch);
        }
        count_customer(&w->timeline, &w->tally);
        TSL__TRY(j->wants_median ? keep_purchases(w) : TSL_OK);
    }
done:
    return status;
}

static tsl_status report(job *j, int shards_done, int master, tsl_error *err)
{
    const size_t done = atomic_fetch_add(&j->done, (size_t)shards_done) + (size_t)shards_done;
    tsl_progress_event event = {.stage = "features",
                                .rows = done,
                                .fraction = .5 * (double)done / (double)j->sharding->shards,
                                .best_inertia = NAN};
    return master ? tsl__tick(&j->ticker, &event, err) : TSL_OK;
}

static void free_filler(const tsl__sharding *sharding, filler *w)
{
    tsl__grouping_free(sharding, &w->grouping);
    tsl__timeline_free(&w->timeline);
    free(w->context.scratch);
    free_own(&w->context.own);
    free(w->purchase);
}

/* The shards by several threads; *fillers: one a thread, to be freed. */
static tsl_status fill_shards(job *j, int threads, filler *fillers, tsl_error *err)
{
    tsl_status status = TSL_OK;
#pragma omp parallel num_threads(threads)
    {
        const int number = omp_get_thread_num();
        filler *w = &fillers[number];
        w->context = j->context;
#pragma omp for schedule(dynamic, 1)
        for (size_t shard = 0; shard < j->sharding->shards; shard++) {
            if (atomic_load(&j->stop)) {
                continue;
            }
            w->status = fill_shard(j, shard, w, NULL);
            if (w->status == TSL_OK) {
                w->status = report(j, 1, number == 0, err);
            }
            atomic_fetch_or(&j->stop, w->status != TSL_OK);
        }
    }
    for (int t = 0; t < threads; t++) {
        status = fillers[t].status == TSL_E_NOMEM ? tsl__error_nomem(err)
                 : fillers[t].status != TSL_OK    ? fillers[t].status
                                                  : status;
    }
    return status;
}

/* ---- All customers ------------------------------------------------------------- */

/* The median net amount of all purchases, in 1/10000; 0 where there is none. */
static tsl_status fit_median(filler *fillers, int threads, double *median, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__values *part = NULL;
    size_t count = 0;
    *median = 0;
    TSL__NEED(part = tsl__alloc((size_t)threads, sizeof *part));
    for (int t = 0; t < threads; t++) {
        part[t] = (tsl__values){fillers[t].purchase, fillers[t].purchases};
        count += fillers[t].purchases;
    }
    TSL__NEED(count == 0 || tsl__quantile_of_parts(part, (size_t)threads, .5, median) == 0);
    for (int t = 0; t < threads; t++) {
        free(fillers[t].purchase);
        fillers[t].purchase = NULL;
    }
done:
    free(part);
    return status;
}

/* Room for all customers, whose ids move from the population. */
static tsl_status take_customers(const job *j, tsl__population *p, uint32_t **attribute, tsl_error *err)
{
    tsl_features *features = j->features;
    const size_t n = features->customers = p->customers;
    const int history = has_history(j);
    tsl_status status = TSL_OK;
    features->id = p->id;
    p->id = NULL;
    p->customers = 0;
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(features->id[i]);
        features->id_width = length > features->id_width ? length : features->id_width;
    }
    TSL__NEED(features->x = tsl__alloc(n * features->feature_count, sizeof *features->x));
    TSL__NEED(!history || (features->history = tsl__alloc(n * TSL_HISTORY_COLUMNS, sizeof *features->history)));
    TSL__NEED(*attribute = tsl__alloc(n, sizeof **attribute));
done:
    return status;
}

/* The trends of a customer, now that the median purchase is known. */
static void fill_trends(const job *j, const tsl__trend *trend, double *x)
{
    for (size_t f = 0; f < j->features->feature_count; f++) {
        const tsl__catalogue_entry *entry = j->binding->origin[f].entry;
        if (entry && entry->aggregate == TSL__SUM_TREND) {
            x[f] = tsl__trend_get(trend++, j->features->recipe->median_purchase);
        }
    }
}

/* Puts what the shards gave in the order of the ids. */
static void put_in_order(const job *j, const tsl__population *p, int threads, uint32_t *attribute)
{
    tsl_features *features = j->features;
    const size_t cols = features->feature_count;
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < features->customers; i++) {
        const tsl__standing at = p->standing[i];
        const block *b = &j->block[at.shard];
        memcpy(features->x + i * cols, b->x + at.place * cols, cols * sizeof *features->x);
        fill_trends(j, b->trend + at.place * j->trends, features->x + i * cols);
        if (features->history) {
            memcpy(features->history + i * TSL_HISTORY_COLUMNS, b->history + at.place * TSL_HISTORY_COLUMNS,
                   TSL_HISTORY_COLUMNS * sizeof *features->history);
        }
        attribute[i] = b->attribute[at.place];
    }
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
static __int128 sum_column(const tsl_table *table, const tsl_column *column)
{
    __int128 sum = 0;
    if (column && column->type == TSL_TYPE_TEXT) {
        return 0;
    }
    if (column && table->shards) {
        return table->sums.column[column - table->column].absolute;
    }
    for (size_t i = 0; column && i < tsl_table_get_rows(table); i++) {
        int64_t v = column->integer[i];
        sum += v == TSL_MISSING_INT ? 0 : v < 0 ? -(__int128)v : v;
    }
    return sum;
}

static __int128 sum_absolute(const tsl_table *table, tsl_role role)
{
    return sum_column(table, table ? tsl_table_get_role(table, role) : NULL);
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

/* The same of the columns that lines of the user's own add up. */
static tsl_status check_own_sums(const tsl__sharding *sharding, const tsl__binding *binding, tsl_error *err)
{
    for (size_t i = 0; i < binding->line_count; i++) {
        const tsl__line *line = &binding->line[i];
        const tsl_table *table = sharding->table[tsl__line_get_kind(line)];
        if (table && line->source_column != TSL__NO_COLUMN &&
            sum_column(table, tsl_table_get_column(table, line->source_column)) >= INT64_MAX) {
            return tsl__error_set(err, TSL_E_INPUT,
                                  "feature %s: the values of %s add up to more than 922,337,203,685,477: divide them",
                                  line->entry.name, line->column);
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

/* Adds up what the threads counted. */
static tally add_tallies(const filler *fillers, int threads)
{
    tally total = {0};
    for (int t = 0; t < threads; t++) {
        const tally *one = &fillers[t].tally;
        total.lines += one->lines;
        total.orders += one->orders;
        total.purchases += one->purchases;
        total.buyers += one->buyers;
        total.monetary += one->monetary;
        total.margin += one->margin;
        total.sales += one->sales;
    }
    return total;
}

static tsl_status open_job(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t f = 0; f < j->features->feature_count; f++) {
        const tsl__catalogue_entry *entry = j->binding->origin[f].entry;
        j->trends += entry && entry->aggregate == TSL__SUM_TREND;
    }
    j->wants_median = !j->features->applied && j->sharding->table[TSL_TRANSACTIONS];
    j->context.as_of = j->features->as_of;
    TSL__NEED(j->cohort = tsl__alloc_zero(j->sharding->shards, sizeof *j->cohort));
    TSL__NEED(j->block = tsl__alloc_zero(j->sharding->shards, sizeof *j->block));
done:
    return status;
}

static void free_job(job *j)
{
    for (size_t s = 0; j->cohort && s < j->sharding->shards; s++) {
        tsl__cohort_free(&j->cohort[s]);
    }
    for (size_t s = 0; j->block && s < j->sharding->shards; s++) {
        free(j->block[s].x);
        free(j->block[s].history);
        free(j->block[s].trend);
        free(j->block[s].attribute);
    }
    free(j->cohort);
    free(j->block);
}

tsl_status tsl__features_fill(const tsl__sharding *sharding, const tsl__binding *binding, unsigned refit,
                              const tsl_exec *exec, tsl_features *features, uint32_t **attribute, tsl_error *err)
{
    const tsl_table *transactions = sharding->table[TSL_TRANSACTIONS];
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    tally total;
    filler *fillers = NULL;
    tsl__population population = {.customers = 0};
    job j = {.sharding = sharding, .binding = binding, .features = features, .ticker = tsl__ticker_open(exec)};
    *attribute = NULL;
    TSL__TRY(check_sums(transactions, sharding->table[TSL_INTERACTIONS], err));
    TSL__TRY(check_own_sums(sharding, binding, err));
    TSL__TRY(open_job(&j, err));
    TSL__NEED(fillers = tsl__alloc_zero((size_t)exec->threads, sizeof *fillers));
    TSL__TRY(fill_shards(&j, exec->threads, fillers, err));
    total = add_tallies(fillers, exec->threads);
    TSL__TRY(j.wants_median ? fit_median(fillers, exec->threads, &recipe->median_purchase, err) : TSL_OK);
    TSL__TRY(tsl__population_build(j.cohort, sharding->shards, &population, err));
    if (population.customers == 0) {
        TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "no customer is left in the tables"));
    }
    TSL__TRY(take_customers(&j, &population, attribute, err));
    put_in_order(&j, &population, exec->threads, *attribute);
    if (transactions && tsl__recipe_find(recipe, "rfm_score") < recipe->feature_count) {
        TSL__TRY(fill_rfm(features, !features->applied || (refit & TSL_REFIT_RFM), err));
    }
    take_totals(features, &total, transactions);
done:
    for (int t = 0; fillers && t < exec->threads; t++) {
        free_filler(sharding, &fillers[t]);
    }
    free(fillers);
    free_job(&j);
    tsl__population_free(&population);
    return status;
}
