/* past.c: customers as they were at several days in the past. A shard of customers is taken up once; each customer's
 * rows are dealt out by the days that they lie between, so that what was known at a day is the first so many of them.
 */
#include "feature/past.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/basis/apart.h"
#include "feature/customer_row.h"
#include "feature/derived/derived.h"
#include "feature/features.h"
#include "feature/recipe.h"
#include "feature/records/grouping.h"
#include "table/names/header_words.h"
#include "table/table_state.h"

#include <math.h>
#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define NEVER INT32_MAX
/* A row of a shard, roughly, as columns and as a customer's, of a shard twice as large as most. */
#define ROW_BYTES 160

/* The tables of events. */
static const tsl_table_kind events[] = {TSL_TRANSACTIONS, TSL_INTERACTIONS};
#define EVENTS (sizeof events / sizeof *events)

typedef struct job {
    const tsl__past_plan *plan;
    tsl_tables tables;
    tsl_recipe *recipe; /* a copy, which is not changed */
    tsl__binding binding;
    tsl__sharding sharding;
    tsl_notes notes;
    size_t *wanted; /* the features that are made, those that derived ones are of as well */
    size_t wanted_count;
    unsigned derived;         /* bits 1 << tsl__derived_kind */
    int has_history;          /* 1: one of these is made of the history */
    const tsl_column *joined; /* of the customers: when each came, or NULL */
    tsl__past_visitor visitor;
    void *user;
    atomic_int stop;
    atomic_size_t done;
    tsl__ticker ticker;
} job;

/* A customer's rows of one table, by the day before which they are known: those of day k are row[begin[k]] up to
 * row[begin[k + 1]]. */
typedef struct dealt {
    uint32_t *row;
    size_t *begin; /* cuts + 2 */
    size_t capacity;
} dealt;

/* One thread, with what it keeps over its blocks. */
typedef struct worker {
    tsl__grouping grouping;
    tsl__grouping window; /* one customer, of whom the timeline sees some of the rows */
    size_t seen[TSL_TABLE_KINDS][2];
    dealt dealt[TSL_TABLE_KINDS];
    tsl__row_maker row;
    /* cuts x TSL__BLOCK_ROWS */
    double *value;   /* x wanted features */
    double *history; /* x TSL_HISTORY_COLUMNS; NULL: not needed */
    uint8_t *known, *bought;
    int64_t *net;
    /* What is shown. */
    tsl_features features;
    uint32_t *place;
    tsl_status status;
    tsl_error err;
} worker;

/* ---- What is made ------------------------------------------------------------------ */

/* What a derived feature is made of is made as well. */
static tsl_status list_wanted(job *j, tsl_error *err)
{
    const tsl_recipe *recipe = j->recipe;
    tsl_status status = TSL_OK;
    uint8_t *wanted = NULL;
    TSL__NEED(wanted = tsl__alloc(recipe->feature_count, 1));
    TSL__NEED(j->wanted = tsl__alloc(recipe->feature_count, sizeof *j->wanted));
    memcpy(wanted, j->plan->wanted, recipe->feature_count);
    for (size_t f = 0; f < recipe->feature_count; f++) {
        const tsl__catalogue_entry *entry = j->binding.origin[f].entry;
        const tsl__derived *derived = entry && wanted[f] ? tsl__derived_get(entry->derived) : NULL;
        for (size_t i = 0; derived && derived->from[i]; i++) {
            wanted[tsl__recipe_find(recipe, derived->from[i])] = 1;
        }
        j->derived |= derived ? 1u << entry->derived : 0;
        j->has_history |= derived && derived->of_history;
    }
    for (size_t f = 0; f < recipe->feature_count; f++) {
        if (wanted[f]) {
            j->wanted[j->wanted_count++] = f;
        }
    }
done:
    free(wanted);
    return status;
}

/* A day on which each became a customer: that of the first order, or that which its name says is one. */
static const tsl_column *find_joined(const tsl_table *customers)
{
    const tsl_column *found = customers ? tsl_table_get_role(customers, TSL_ROLE_FIRST_ORDER) : NULL;
    for (size_t c = 0; customers && c < tsl_table_get_column_count(customers) && !found; c++) {
        const tsl_column *column = tsl_table_get_column(customers, c);
        found = column->type == TSL_TYPE_DATE && tsl__name_hints(column->name, TSL__HINT_JOINED) &&
                        !tsl__name_hints(column->name, TSL__HINT_EXPIRY)
                    ? column
                    : NULL;
    }
    return found;
}

static tsl_status open_job(job *j, tsl_error *err)
{
    const tsl__past_plan *plan = j->plan;
    tsl_status status = TSL_OK;
    tsl__census census[TSL_TABLE_KINDS] = {{.columns = 0}};
    uint64_t unseen;
    j->tables = *plan->tables;
    j->tables.clip = 0;
    TSL__TRY(tsl__recipe_copy(plan->recipe, &j->recipe, err));
    TSL__TRY(tsl__tables_drop(j->recipe, &j->tables, &j->notes, err));
    TSL__TRY(tsl__census_open(&j->tables, 0, census, err));
    TSL__TRY(tsl__binding_open(j->recipe, &j->tables, census, 1, &j->binding, &unseen, &j->notes, err));
    TSL__TRY(tsl__sharding_open(&j->tables, TSL_NO_DAY, 0, &j->sharding, err));
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        j->sharding.timed[kind] = 1;
    }
    TSL__TRY(list_wanted(j, err));
    j->joined = find_joined(j->tables.customers);
done:
    tsl__census_free(census);
    return status;
}

static void free_job(job *j)
{
    tsl__sharding_free(&j->sharding);
    tsl__binding_free(&j->binding);
    tsl_recipe_free(j->recipe);
    tsl__notes_free(&j->notes);
    free(j->wanted);
}

/* ---- One customer --------------------------------------------------------------------- */

/* How many of the days had come when this was: the place of the first that is later. */
static size_t find_cut(const tsl__past_plan *plan, int64_t time)
{
    size_t k = plan->cuts;
    while (k > 0 && time < (int64_t)plan->cut[k - 1] * TSL__DAY_SECONDS) {
        k--;
    }
    return k;
}

static tsl_status reserve_dealt(const tsl__past_plan *plan, size_t longest, dealt *d, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *row = d->row;
    const int failed = tsl__reserve(&row, &d->capacity, longest + 1, sizeof *d->row);
    d->row = row;
    TSL__NEED(failed ? NULL : row);
    TSL__NEED(d->begin || (d->begin = tsl__alloc(plan->cuts + 2, sizeof *d->begin)));
done:
    return status;
}

/* Deals the customer's rows of a table out. */
static void deal(const tsl__past_plan *plan, const tsl__rows *rows, size_t customer, dealt *d)
{
    const int64_t *time = rows->number[TSL_ROLE_TIME];
    const uint32_t *row = rows->row + rows->begin[customer];
    const size_t count = rows->begin[customer + 1] - rows->begin[customer];
    memset(d->begin, 0, (plan->cuts + 2) * sizeof *d->begin);
    for (size_t i = 0; i < count; i++) {
        d->begin[find_cut(plan, time[row[i]]) + 1]++;
    }
    for (size_t k = 0; k <= plan->cuts; k++) {
        d->begin[k + 1] += d->begin[k];
    }
    for (size_t i = 0; i < count; i++) {
        d->row[d->begin[find_cut(plan, time[row[i]])]++] = row[i];
    }
    memmove(d->begin + 1, d->begin, (plan->cuts + 1) * sizeof *d->begin);
    d->begin[0] = 0;
}

/* Lays the records of the rows that lie from one day to another. */
static void look(worker *w, size_t from, size_t to)
{
    for (size_t e = 0; e < EVENTS; e++) {
        const dealt *d = &w->dealt[events[e]];
        tsl__rows *rows = &w->window.rows[events[e]];
        if (rows->table) {
            rows->row = d->row + d->begin[from];
            rows->begin[1] = d->begin[to] - d->begin[from];
        }
    }
    tsl__timeline_fill(&w->window, 0, &w->row.timeline);
}

static int has_rows(const worker *w, size_t from, size_t to)
{
    int has = 0;
    for (size_t e = 0; e < EVENTS; e++) {
        const dealt *d = &w->dealt[events[e]];
        has |= w->window.rows[events[e]].table && d->begin[to] > d->begin[from];
    }
    return has;
}

/* The day on which the customers' table says that he came. */
static int32_t find_joining(const job *j, uint32_t attribute)
{
    const int64_t time = j->joined && attribute != UINT32_MAX ? j->joined->integer[attribute] : TSL_MISSING_INT;
    return time == TSL_MISSING_INT ? NEVER : tsl__time_day(time);
}

static void add_month(worker *w, size_t at)
{
    const tsl__view *lines = &w->row.timeline.view[TSL__LINES];
    for (size_t i = 0; i < lines->count; i++) {
        w->net[at] += lines->value[TSL__AMOUNT][i];
    }
    w->bought[at] = w->row.timeline.view[TSL__PURCHASES].count > 0;
}

/* What is made of him at a day at which he is known. */
static tsl_status fill_values(const job *j, worker *w, size_t at, uint32_t attribute, tsl_error *err)
{
    double *value = w->value + at * j->wanted_count;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < j->wanted_count; i++) {
        const tsl__feature_origin *origin = &j->binding.origin[j->wanted[i]];
        value[i] = tsl__row_get_value(&w->row, origin, attribute);
        if (origin->entry && origin->entry->aggregate == TSL__SUM_TREND) {
            const tsl__trend trend = tsl__trend_sum(origin->entry, &w->row.timeline, &w->row.context);
            value[i] = tsl__trend_get(&trend, j->recipe->median_purchase);
        }
    }
    if (w->history) {
        TSL__TRY(tsl__row_get_history(&w->row, j->recipe->settings.events, w->history + at * TSL_HISTORY_COLUMNS, err));
    }
done:
    return status;
}

/* The customer at all days; slot: his place in the block. */
static tsl_status fill_customer(const job *j, worker *w, size_t customer, size_t slot, tsl_error *err)
{
    const tsl__past_plan *plan = j->plan;
    const uint32_t attribute = tsl__row_find(&w->grouping, customer);
    const int32_t joining = find_joining(j, attribute);
    int fresh = 0; /* 1: the records are those before the day at hand */
    tsl_status status = TSL_OK;
    for (size_t e = 0; e < EVENTS; e++) {
        if (w->window.rows[events[e]].table) {
            deal(plan, &w->grouping.rows[events[e]], customer, &w->dealt[events[e]]);
        }
    }
    for (size_t k = 0; k < plan->cuts; k++) {
        const size_t at = k * TSL__BLOCK_ROWS + slot;
        const int acts = has_rows(w, k, k + 1);
        w->net[at] = 0;
        w->bought[at] = 0;
        w->known[at] = joining < plan->cut[k] || has_rows(w, 0, k + 1);
        if (k > 0 && acts) {
            look(w, k, k + 1);
            add_month(w, at);
        }
        if (w->known[at]) {
            if (!fresh || acts) {
                look(w, 0, k + 1);
                fresh = 1;
            }
            w->row.context.as_of = plan->cut[k];
            TSL__TRY(fill_values(j, w, at, attribute, err));
        }
    }
done:
    return status;
}

/* ---- A block --------------------------------------------------------------------------- */

static tsl_status derive(const job *j, worker *w, tsl_error *err)
{
    const tsl_exec alone = {.size = sizeof alone, .threads = 1};
    const tsl_features *f = &w->features;
    const tsl__shelves all = {
        .x = {(char *)f->x, f->customers, f->feature_count * sizeof *f->x, NULL, 0},
        .history = {(char *)f->history, f->customers, TSL_HISTORY_COLUMNS * sizeof *f->history, NULL, 0}};
    const tsl__derived_ground ground = {.binding = &j->binding,
                                        .features = &w->features,
                                        .all = &all,
                                        .has_history = w->history != NULL,
                                        .exec = &alone};
    tsl_status status = TSL_OK;
    for (int kind = TSL__NOT_DERIVED + 1; kind < TSL__DERIVED_KINDS && f->customers; kind++) {
        TSL__TRY(j->derived & 1u << kind ? tsl__derived_get((tsl__derived_kind)kind)->fill(&ground, err) : TSL_OK);
    }
done:
    return status;
}

/* Puts those who are known at a day side by side. */
static void gather_known(const job *j, worker *w, size_t cut, size_t rows)
{
    tsl_features *f = &w->features;
    f->customers = 0;
    f->as_of = j->plan->cut[cut];
    for (size_t i = 0; i < rows; i++) {
        const size_t at = cut * TSL__BLOCK_ROWS + i;
        if (!w->known[at]) {
            continue;
        }
        double *x = f->x + f->customers * f->feature_count;
        for (size_t n = 0; n < j->wanted_count; n++) {
            x[j->wanted[n]] = w->value[at * j->wanted_count + n];
        }
        if (w->history) {
            memcpy(f->history + f->customers * TSL_HISTORY_COLUMNS, w->history + at * TSL_HISTORY_COLUMNS,
                   TSL_HISTORY_COLUMNS * sizeof *f->history);
        }
        w->place[f->customers++] = (uint32_t)i;
    }
}

static tsl_status show_block(const job *j, worker *w, size_t block, size_t rows, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t k = 0; k < j->plan->cuts; k++) {
        gather_known(j, w, k, rows);
        TSL__TRY(derive(j, w, err));
        TSL__TRY(tsl__apart_apply(&w->features, err));
        const tsl__past_scene scene = {.block = block,
                                       .cut = k,
                                       .customers = rows,
                                       .features = &w->features,
                                       .place = w->place,
                                       .net = k ? w->net + k * TSL__BLOCK_ROWS : NULL,
                                       .bought = k ? w->bought + k * TSL__BLOCK_ROWS : NULL};
        TSL__TRY(j->visitor(j->user, omp_get_thread_num(), &scene, err));
    }
done:
    return status;
}

/* ---- A shard, and all of them -------------------------------------------------------------- */

static tsl_status open_worker(const job *j, worker *w, tsl_error *err)
{
    const size_t places = j->plan->cuts * TSL__BLOCK_ROWS, features = j->recipe->feature_count;
    tsl_features *f = &w->features;
    tsl_status status = TSL_OK;
    f->recipe = j->recipe;
    f->feature = j->recipe->feature;
    f->feature_count = features;
    f->decimals = j->recipe->decimals;
    f->applied = 1;
    TSL__NEED(w->value = tsl__alloc(places * j->wanted_count, sizeof *w->value));
    TSL__NEED(w->known = tsl__alloc(places, 1));
    TSL__NEED(w->bought = tsl__alloc(places, 1));
    TSL__NEED(w->net = tsl__alloc(places, sizeof *w->net));
    TSL__NEED(w->place = tsl__alloc(TSL__BLOCK_ROWS, sizeof *w->place));
    TSL__NEED(f->x = tsl__alloc(TSL__BLOCK_ROWS * features, sizeof *f->x));
    for (size_t i = 0; i < TSL__BLOCK_ROWS * features; i++) {
        f->x[i] = NAN; /* what is not wanted stays so */
    }
    if (j->has_history) {
        TSL__NEED(w->history = tsl__alloc(places * TSL_HISTORY_COLUMNS, sizeof *w->history));
        TSL__NEED(f->history = tsl__alloc(TSL__BLOCK_ROWS * TSL_HISTORY_COLUMNS, sizeof *f->history));
    }
done:
    return status;
}

static void free_worker(const job *j, worker *w)
{
    tsl__grouping_free(&j->sharding, &w->grouping);
    tsl__row_maker_free(&w->row);
    for (size_t e = 0; e < EVENTS; e++) {
        free(w->dealt[events[e]].row);
        free(w->dealt[events[e]].begin);
    }
    free(w->value);
    free(w->history);
    free(w->known);
    free(w->bought);
    free(w->net);
    free(w->place);
    free(w->features.x);
    free(w->features.history);
    free(w->features.apart);
}

/* Takes the shard up, and lets the timeline see one customer of it. */
static tsl_status turn(const job *j, size_t shard, worker *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__grouping_fill(&j->sharding, shard, &w->grouping, err));
    w->window = (tsl__grouping){.customers = 1, .kind_flags = w->grouping.kind_flags};
    for (size_t e = 0; e < EVENTS; e++) {
        tsl__rows *rows = &w->window.rows[events[e]];
        *rows = w->grouping.rows[events[e]];
        rows->begin = w->seen[events[e]];
        TSL__TRY(reserve_dealt(j->plan, rows->longest, &w->dealt[events[e]], err));
    }
    TSL__TRY(tsl__row_maker_turn(&w->window, &j->binding, &w->row, err));
    w->row.timeline.without_orders = 0; /* who bought is told in any case */
done:
    return status;
}

static tsl_status visit_shard(job *j, size_t shard, worker *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(turn(j, shard, w, err));
    for (size_t begin = 0, rows; begin < w->grouping.customers; begin += rows) {
        rows = w->grouping.customers - begin < TSL__BLOCK_ROWS ? w->grouping.customers - begin : TSL__BLOCK_ROWS;
        for (size_t i = 0; i < rows; i++) {
            TSL__TRY(fill_customer(j, w, begin + i, i, err));
        }
        TSL__TRY(show_block(j, w, begin / TSL__BLOCK_ROWS * j->sharding.shards + shard, rows, err));
    }
done:
    return status;
}

/* Tells the first thread, which alone may be asked to stop. */
static tsl_status report(job *j, tsl_error *err)
{
    const size_t done = atomic_fetch_add(&j->done, 1) + 1;
    const tsl_progress_event event = {
        .stage = "history", .rows = done, .fraction = (double)done / (double)j->sharding.shards, .best_inertia = NAN};
    return omp_get_thread_num() == 0 ? tsl__tick(&j->ticker, &event, err) : TSL_OK;
}

static tsl_status visit_shards(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
#pragma omp parallel num_threads(j->plan->exec->threads)
    {
        worker w = {.status = TSL_OK};
        w.status = open_worker(j, &w, &w.err);
        atomic_fetch_or(&j->stop, w.status != TSL_OK);
#pragma omp for schedule(dynamic, 1)
        for (size_t shard = 0; shard < j->sharding.shards; shard++) {
            if (atomic_load(&j->stop)) {
                continue;
            }
            w.status = visit_shard(j, shard, &w, &w.err);
            w.status = w.status == TSL_OK ? report(j, &w.err) : w.status;
            atomic_fetch_or(&j->stop, w.status != TSL_OK);
        }
        if (w.status != TSL_OK) {
#pragma omp critical
            status = tsl__error_take(err, &w.err);
        }
        free_worker(j, &w);
    }
    return status;
}

tsl_status tsl__past_visit(const tsl__past_plan *plan, tsl__past_visitor visitor, void *user, tsl_error *err)
{
    tsl_status status = TSL_OK;
    job j = {.plan = plan, .visitor = visitor, .user = user, .ticker = tsl__ticker_open(plan->exec)};
    TSL__TRY(open_job(&j, err));
    TSL__TRY(visit_shards(&j, err));
done:
    free_job(&j);
    return status;
}

size_t tsl__past_get_bytes(const tsl__past_plan *plan)
{
    const tsl_table *table[] = {plan->tables->customers, plan->tables->transactions, plan->tables->interactions};
    size_t wanted = 0, rows = 0, places = plan->cuts * TSL__BLOCK_ROWS;
    for (size_t t = 0; t < sizeof table / sizeof *table; t++) {
        rows += table[t] ? tsl_table_get_rows(table[t]) : 0;
    }
    for (size_t f = 0; f < plan->recipe->feature_count; f++) {
        wanted += plan->wanted[f];
    }
    const size_t each =
        places * (wanted * sizeof(double) + TSL_HISTORY_COLUMNS * sizeof(double) + sizeof(int64_t) + 2) +
        TSL__BLOCK_ROWS * plan->recipe->feature_count * sizeof(double) + rows / TSL__SHARDS * ROW_BYTES;
    return (size_t)plan->exec->threads * each;
}
