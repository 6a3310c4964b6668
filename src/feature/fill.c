/* fill.c: the raw matrix, the history and the totals: shards of customers in parallel, each worked on by one thread;
 * then all customers by their ids. Where there is much to be made of rows that are few, or memory is limited, the ids
 * come first, so that what is made of a shard goes to its place at once, and nothing stands twice; and the places lie
 * in a temporary file where memory has no room. */
#include "feature/fill.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/amounts.h"
#include "feature/customer_row.h"
#include "feature/derived/derived.h"
#include "feature/recipe.h"
#include "feature/records/population.h"
#include "feature/records/roll.h"
#include "feature/records/silences.h"
#include "feature/records/told.h"
#include "feature/shelves.h"
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
    tsl_silences silences;
} tally;

/* What is made of one shard, or of one customer of it. */
typedef struct block {
    double *x, *history;
    tsl__trend *trend;   /* one a customer and trend */
    uint32_t *attribute; /* one a customer: his row of the customers table */
} block;

#define FIT_BYTES 40  /* a customer, while columns are fitted */
#define LIST_BYTES 16 /* of features that stand twice in the time in which the id of a row is listed */
#define ROW_BYTES 80  /* a row of a shard, roughly, as columns and as a customer's */

/* Cells of a column of the customers, one a row. */
typedef struct row_cells {
    const char *base;
    size_t bytes; /* of a cell */
} row_cells;

typedef struct job {
    const tsl__sharding *sharding;
    const tsl__binding *binding;
    tsl_features *features;
    tsl__told_columns told; /* what the customers' own columns tell, where there are no transactions */
    row_cells *cells;       /* of the customers' columns that features are made of */
    size_t cell_count;
    size_t trends; /* features that are trends of sums */
    int wants_median;
    tsl__cohort *cohort; /* one a shard */
    block *block;        /* likewise */
    tsl__shelves all;    /* of all customers, in the order of their ids */
    uint32_t *attribute; /* likewise */
    tsl__shelf trend;    /* likewise */
    int ordered;         /* 1: the order of all is known before the shards are filled */
    const size_t *begin; /* shards + 1: of each shard's customers in it */
    const uint32_t *order;
    tsl__population population; /* what knows it, */
    tsl__roll roll;             /* or, where memory is limited, this */
    int limited;
    tsl__spill *spill;  /* where memory is limited */
    double from, share; /* of the progress: of the shards that are being done */
    tsl__ticker ticker;
    atomic_int stop;
    atomic_size_t done;
} job;

/* One thread, with what it keeps over the shards. */
typedef struct filler {
    tsl__grouping grouping;
    tsl__row_maker row;
    tsl__amounts amounts; /* of purchases, where their median is wanted */
    tally tally;
    tsl_status status;
    tsl_error err;
} filler;

/* told: what the customer's own columns tell. */
static void fill_row(const job *j, const filler *w, const block *row, const double *told)
{
    double *x = row->x;
    tsl__trend *trend = row->trend;
    for (size_t f = 0; f < j->binding->recipe->feature_count; f++) {
        const tsl__feature_origin *origin = &j->binding->origin[f];
        x[f] = origin->told ? told[origin->told] : tsl__row_get_value(&w->row, origin, *row->attribute);
        if (origin->entry && origin->entry->aggregate == TSL__SUM_TREND) {
            *trend++ = tsl__trend_sum(origin->entry, &w->row.timeline, &w->row.context);
        }
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

/* The same of what the customer's own columns tell. */
static void count_told(const job *j, uint32_t row, const double *told, tally *t)
{
    const double orders = told[TSL__TOLD_ORDERS];
    const int64_t spend = row == UINT32_MAX ? 0 : tsl__told_get_spend(&j->told, row);
    t->orders += orders > 0 ? (uint64_t)orders : 0;
    t->purchases += orders > 0 ? (uint64_t)orders : 0;
    t->buyers += orders > 0;
    t->monetary += spend;
    t->sales += spend > 0 ? spend : 0;
}

/* What the row tells; of nobody's row nothing. */
static void get_told(const job *j, uint32_t row, double told[TSL__TOLDS])
{
    for (int i = 0; i < TSL__TOLDS; i++) {
        told[i] = NAN;
    }
    if (row != UINT32_MAX && j->binding->told) {
        tsl__told_get(&j->told, row, told);
    }
}

/* 1 where orders are known. */
static int has_history(const job *j)
{
    return j->binding->of_orders && (j->sharding->table[TSL_TRANSACTIONS] || tsl__told_has_history(&j->told));
}

/* Room for what is made of so many customers. */
static tsl_status reserve_block(const job *j, size_t customers, block *b, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(b->x = tsl__alloc(customers * j->features->feature_count, sizeof *b->x));
    TSL__NEED(b->history = tsl__alloc(has_history(j) ? customers * TSL_HISTORY_COLUMNS : 0, sizeof *b->history));
    TSL__NEED(b->trend = tsl__alloc(customers * j->trends, sizeof *b->trend));
    TSL__NEED(b->attribute = tsl__alloc(customers, sizeof *b->attribute));
done:
    return status;
}

static size_t get_history_bytes(const job *j)
{
    return has_history(j) ? TSL_HISTORY_COLUMNS * sizeof(double) : 0;
}

/* Of a customer's features and history. */
static size_t get_row_bytes(const job *j)
{
    return j->features->feature_count * sizeof(double) + get_history_bytes(j);
}

/* The same of all, in a file or in memory. */
static tsl_status open_places(job *j, int in_file, const char *folder, tsl_error *err)
{
    const size_t customers = j->features->customers, x = j->features->feature_count * sizeof(double),
                 history = get_history_bytes(j), trends = j->trends * sizeof(tsl__trend);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__shelf_open(customers, x, in_file, folder, &j->all.x, err));
    TSL__TRY(tsl__shelf_open(customers, history, in_file, folder, &j->all.history, err));
    TSL__TRY(tsl__shelf_open(customers, trends, in_file, folder, &j->trend, err));
    TSL__NEED(j->attribute = tsl__alloc(customers, sizeof *j->attribute));
done:
    return status;
}

static void free_block(block *b)
{
    free(b->x);
    free(b->history);
    free(b->trend);
    free(b->attribute);
    *b = (block){.x = NULL};
}

#define AHEAD 8 /* customers, whose cells are on their way to the caches: rows of a shard lie far from each other */

static void fetch_row(const job *j, const tsl__grouping *g, size_t c)
{
    const uint32_t row = c < g->customers ? tsl__row_find(g, c) : UINT32_MAX;
    for (size_t i = 0; i < j->cell_count && row != UINT32_MAX; i++) {
        __builtin_prefetch(j->cells[i].base + row * j->cells[i].bytes);
    }
}

/* All that is made of one customer, whose records are at hand. */
static tsl_status fill_customer(const job *j, filler *w, const block *row, tsl_error *err)
{
    double told[TSL__TOLDS];
    tsl_status status = TSL_OK;
    get_told(j, *row->attribute, told);
    fill_row(j, w, row, told);
    count_customer(&w->row.timeline, &w->tally);
    if (j->binding->told) {
        count_told(j, *row->attribute, told, &w->tally);
    }
    if (row->history && j->binding->told) {
        tsl__told_put_history(told, row->history);
    } else if (row->history) {
        const tsl__view *days = &w->row.timeline.view[TSL__DAYS];
        TSL__TRY(tsl__row_get_history(&w->row, j->features->recipe->settings.events, row->history, err));
        tsl__silences_add(&w->tally.silences, days->day, days->count, j->features->as_of);
    }
done:
    return status;
}

/* 1 where what is made of a customer goes to its place at once. */
static int is_placed(const job *j)
{
    return j->ordered && !j->all.x.spill;
}

/* Where what is made of the shard's customer goes. */
static block get_row(const job *j, size_t shard, size_t c)
{
    const int placed = is_placed(j);
    const size_t at = placed ? j->order[j->begin[shard] + c] : c;
    const block all = {(double *)(void *)j->all.x.base, (double *)(void *)j->all.history.base,
                       (tsl__trend *)(void *)j->trend.base, j->attribute},
                *b = placed ? &all : &j->block[shard];
    return (block){b->x + at * j->features->feature_count,
                   has_history(j) ? b->history + at * TSL_HISTORY_COLUMNS : NULL, b->trend + at * j->trends,
                   b->attribute + at};
}

/* What was made of a shard goes to its places. */
static tsl_status place_shard(job *j, size_t shard, filler *w, tsl_error *err)
{
    const size_t customers = j->begin[shard + 1] - j->begin[shard];
    block *b = &j->block[shard];
    tsl_status status = TSL_OK;
    (void)w;
    for (size_t c = 0; c < customers; c++) {
        const size_t place = j->order[j->begin[shard] + c];
        j->attribute[place] = b->attribute[c];
        TSL__TRY(tsl__shelf_write(&j->all.x, place, 1, b->x + c * j->features->feature_count, err));
        TSL__TRY(tsl__shelf_write(&j->all.history, place, 1, b->history + c * TSL_HISTORY_COLUMNS, err));
        TSL__TRY(tsl__shelf_write(&j->trend, place, 1, b->trend + c * j->trends, err));
    }
    free_block(b);
done:
    return status;
}

static tsl_status fill_shard(job *j, size_t shard, filler *w, tsl_error *err)
{
    const tsl__grouping *g = &w->grouping;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__grouping_fill(j->sharding, shard, &w->grouping, err));
    TSL__TRY(j->ordered ? TSL_OK : tsl__cohort_fill(g, &j->cohort[shard], err));
    TSL__TRY(is_placed(j) ? TSL_OK : reserve_block(j, g->customers, &j->block[shard], err));
    TSL__TRY(tsl__row_maker_turn(g, j->binding, &w->row, err));
    for (size_t c = 0; c < g->customers && !atomic_load(&j->stop); c++) {
        const tsl__view *purchases = &w->row.timeline.view[TSL__PURCHASES];
        const block row = get_row(j, shard, c);
        fetch_row(j, g, c + AHEAD);
        *row.attribute = tsl__row_find(g, c);
        tsl__timeline_fill(g, c, &w->row.timeline);
        TSL__TRY(fill_customer(j, w, &row, err));
        TSL__TRY(j->wants_median ? tsl__amounts_add(&w->amounts, purchases->value[TSL__AMOUNT], purchases->count, err)
                                 : TSL_OK);
    }
    TSL__TRY(j->ordered && !is_placed(j) && !atomic_load(&j->stop) ? place_shard(j, shard, w, err) : TSL_OK);
done:
    return status;
}

static tsl_status report(job *j, int shards_done, int master, tsl_error *err)
{
    const size_t done = atomic_fetch_add(&j->done, (size_t)shards_done) + (size_t)shards_done;
    tsl_progress_event event = {.stage = "features",
                                .rows = done,
                                .fraction = j->from + j->share * (double)done / (double)j->sharding->shards,
                                .best_inertia = NAN};
    return master ? tsl__tick(&j->ticker, &event, err) : TSL_OK;
}

static void free_filler(const tsl__sharding *sharding, filler *w)
{
    tsl__grouping_free(sharding, &w->grouping);
    tsl__row_maker_free(&w->row);
    tsl__amounts_free(&w->amounts);
}

/* What is done with a shard. */
typedef tsl_status (*shard_worker)(job *j, size_t shard, filler *w, tsl_error *err);

/* The ids of a shard alone. */
static tsl_status list_shard(job *j, size_t shard, filler *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__grouping_list(j->sharding, shard, &w->grouping, err));
    TSL__TRY(j->limited ? tsl__roll_add(&j->roll, shard, &w->grouping, err)
                        : tsl__cohort_fill(&w->grouping, &j->cohort[shard], err));
done:
    return status;
}

/* The shards by several threads; fillers: one a thread; share: of the work of all. */
static tsl_status do_shards(job *j, shard_worker work, double share, int threads, filler *fillers, tsl_error *err)
{
    tsl_status status = TSL_OK;
    j->from += j->share;
    j->share = share;
    atomic_store(&j->done, 0);
#pragma omp parallel num_threads(threads)
    {
        const int number = omp_get_thread_num();
        filler *w = &fillers[number];
#pragma omp for schedule(dynamic, 1)
        for (size_t shard = 0; shard < j->sharding->shards; shard++) {
            if (atomic_load(&j->stop)) {
                continue;
            }
            w->status = work(j, shard, w, &w->err);
            if (w->status == TSL_OK) {
                w->status = report(j, 1, number == 0, &w->err);
            }
            atomic_fetch_or(&j->stop, w->status != TSL_OK);
        }
    }
    for (int t = 0; t < threads; t++) {
        status = fillers[t].status != TSL_OK ? tsl__error_take(err, &fillers[t].err) : status;
    }
    return status;
}

/* ---- All customers ------------------------------------------------------------- */

/* The median net amount of all purchases, in 1/10000; 0 where there is none. */
static tsl_status fit_median(filler *fillers, int threads, double *median, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__amounts *amounts = NULL;
    TSL__NEED(amounts = tsl__alloc((size_t)threads, sizeof *amounts));
    for (int t = 0; t < threads; t++) {
        amounts[t] = fillers[t].amounts;
    }
    TSL__TRY(tsl__amounts_get_median(amounts, (size_t)threads, median, err));
    for (int t = 0; t < threads; t++) {
        tsl__amounts_free(&fillers[t].amounts);
    }
done:
    free(amounts);
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
static tsl_status check_sums(const tsl__sharding *sharding, const tsl__told_columns *told, tsl_error *err)
{
    const tsl_table *transactions = sharding->table[TSL_TRANSACTIONS],
                    *interactions = sharding->table[TSL_INTERACTIONS];
    static const tsl_role alone[] = {TSL_ROLE_MINUTES, TSL_ROLE_PAGES, TSL_ROLE_SATISFACTION, TSL_ROLE_NPS};
    __int128 money = sum_absolute(transactions, TSL_ROLE_AMOUNT) + sum_absolute(transactions, TSL_ROLE_COST) +
                     sum_absolute(transactions, TSL_ROLE_QUANTITY) +
                     sum_column(sharding->table[TSL_CUSTOMERS], told->spend);
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
        tsl__silences_merge(&total.silences, &one->silences);
    }
    return total;
}

/* Of what is made of the customers that are known without a look at the rows. */
static size_t get_known_bytes(const job *j)
{
    const tsl_table *customers = j->sharding->table[TSL_CUSTOMERS];
    return customers ? customers->rows * get_row_bytes(j) : 0;
}

/* Lists the cells that are looked at. */
static tsl_status list_cells(job *j, tsl_error *err)
{
    const size_t features = j->features->feature_count;
    const tsl_column *last = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(j->cells = tsl__alloc(features, sizeof *j->cells));
    for (size_t f = 0; f < features; f++) {
        const tsl_column *c = j->binding->origin[f].attribute;
        if (c && c != last) { /* features of one column stand together */
            j->cells[j->cell_count++] = c->number ? (row_cells){(const char *)c->number, sizeof *c->number}
                                        : c->code ? (row_cells){(const char *)c->code, sizeof *c->code}
                                                  : (row_cells){(const char *)c->integer, sizeof *c->integer};
        }
        last = c;
    }
done:
    return status;
}

static size_t count_events(const tsl__sharding *sharding)
{
    size_t rows = 0;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        rows += kind != TSL_CUSTOMERS && sharding->table[kind] ? sharding->table[kind]->rows : 0;
    }
    return rows;
}

static tsl_status open_job(job *j, const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t f = 0; f < j->features->feature_count; f++) {
        const tsl__catalogue_entry *entry = j->binding->origin[f].entry;
        j->trends += entry && entry->aggregate == TSL__SUM_TREND;
    }
    j->wants_median = !j->features->applied && j->sharding->table[TSL_TRANSACTIONS];
    j->limited = exec->memory > 0;
    j->ordered = j->limited || get_known_bytes(j) > LIST_BYTES * count_events(j->sharding);
    TSL__TRY(list_cells(j, err));
    TSL__NEED(j->cohort = tsl__alloc_zero(j->sharding->shards, sizeof *j->cohort));
    TSL__NEED(j->block = tsl__alloc_zero(j->sharding->shards, sizeof *j->block));
    TSL__TRY(j->limited && j->wants_median ? tsl__spill_open(exec->spill, &j->spill, err) : TSL_OK);
done:
    return status;
}

static void free_job(job *j)
{
    for (size_t s = 0; j->cohort && s < j->sharding->shards; s++) {
        tsl__cohort_free(&j->cohort[s]);
    }
    for (size_t s = 0; j->block && s < j->sharding->shards; s++) {
        free_block(&j->block[s]);
    }
    tsl__shelf_free(&j->all.x);
    tsl__shelf_free(&j->all.history);
    tsl__shelf_free(&j->trend);
    tsl__shelf_free(&j->all.id);
    tsl__shelf_free(&j->all.text);
    tsl__roll_free(&j->roll);
    tsl__population_free(&j->population);
    free(j->attribute);
    free(j->cells);
    free(j->cohort);
    free(j->block);
    tsl__spill_free(j->spill);
}

/* The most rows of a shard. */
static size_t count_most(const tsl__sharding *sharding)
{
    size_t most = 0;
    for (size_t s = 0; s < sharding->shards; s++) {
        size_t rows = 0;
        for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
            const tsl_table *table = sharding->table[kind];
            rows += table && table->shards ? tsl__shards_count_rows(table->shards, s) : 0;
        }
        most = rows > most ? rows : most;
    }
    return most;
}

/* What a thread has of a shard: its rows, and what is made of them. */
static size_t get_shard_bytes(const job *j)
{
    const size_t customers = j->features->customers / j->sharding->shards + 1;
    return count_most(j->sharding) * ROW_BYTES + customers * (get_row_bytes(j) + j->trends * sizeof(tsl__trend));
}

/* Of each customer: his row and place until he is there, then what the scores and the fit of a column need of him, then
 * his id as the file is written; and what each thread has. *in_file: beside that there is no room for the features
 * themselves. */
static tsl_status check_memory(const job *j, const tsl_exec *exec, int threads, int *in_file, tsl_error *err)
{
    const size_t customers = j->features->customers, row = get_row_bytes(j),
                 ids = tsl__shelf_get_lying(&j->all.id) + tsl__shelf_get_lying(&j->all.text),
                 derived = tsl__derived_get_bytes(j->features->recipe),
                 fit = customers * (derived > FIT_BYTES ? derived : FIT_BYTES), later = fit > ids ? fit : ids,
                 filling =
                     customers * (sizeof *j->attribute + sizeof *j->roll.order) + (size_t)threads * get_shard_bytes(j),
                 trending = filling + customers * j->trends * sizeof(tsl__trend),
                 all = customers * row + (later > trending ? later : trending),
                 beside = (later > filling ? later : filling) + ((size_t)exec->threads + 1) * TSL__BLOCK_ROWS * row;
    *in_file = tsl__memory_check(exec, all, NULL, "features") != TSL_OK;
    return *in_file ? tsl__memory_check(exec, beside, err, "%zu features of %zu customers", j->features->feature_count,
                                        customers)
                    : TSL_OK;
}

static tsl_status check_count(size_t customers, tsl_error *err)
{
    return customers ? TSL_OK : tsl__error_set(err, TSL_E_INPUT, "no customer is left in the tables");
}

/* The ids of all cohorts, in memory, and their order. */
static tsl_status merge_cohorts(job *j, int threads, tsl_error *err)
{
    tsl__population *p = &j->population;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__population_build(j->cohort, j->sharding->shards, threads, p, err));
    j->features->customers = p->customers;
    j->features->id_width = p->id_width;
    j->features->id = p->id;
    p->id = NULL;
    j->begin = p->begin;
    j->order = p->order;
    TSL__TRY(check_count(p->customers, err));
done:
    return status;
}

/* The features of all shards. */
static tsl_status fill_shards(job *j, int threads, filler *fillers, tsl_error *err)
{
    const tsl_status status = do_shards(j, fill_shard, .4, threads, fillers, err);
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        const tsl_table *table = j->sharding->table[t];
        if (status == TSL_OK && table && table->shards && table->is_spent) {
            tsl__shards_empty(table->shards);
        }
    }
    return status;
}

/* All shards, then the order of all ids, then all rows in it. */
static tsl_status fill_at_once(job *j, const tsl_exec *exec, filler *fillers, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(fill_shards(j, exec->threads, fillers, err));
    TSL__TRY(merge_cohorts(j, exec->threads, err));
    TSL__TRY(open_places(j, 0, NULL, err));
    TSL__TRY(do_shards(j, place_shard, .1, exec->threads, fillers, err));
done:
    return status;
}

/* The ids of all shards go to a file, and are merged from there. */
static tsl_status roll_ids(job *j, const tsl_exec *exec, filler *fillers, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__roll_open(j->sharding->shards, exec->spill, &j->roll, err));
    TSL__TRY(do_shards(j, list_shard, .1, exec->threads, fillers, err));
    TSL__TRY(tsl__roll_close(&j->roll, exec->spill, &j->all.id, &j->all.text, err));
    TSL__TRY(check_count(j->roll.customers, err));
    j->features->customers = j->roll.customers;
    j->features->id_width = j->roll.id_width;
    j->begin = j->roll.begin;
    j->order = j->roll.order;
    for (int t = 0; t < exec->threads; t++) {
        tsl__grouping_free(j->sharding, &fillers[t].grouping);
        fillers[t].amounts.spill = j->spill;
    }
done:
    return status;
}

/* The ids of all shards, their order, then all shards, each row to its place. */
static tsl_status fill_by_order(job *j, const tsl_exec *exec, filler *fillers, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int in_file = 0, threads = exec->threads;
    if (j->limited) {
        TSL__TRY(roll_ids(j, exec, fillers, err));
        threads = tsl__memory_get_threads(exec, get_shard_bytes(j));
        TSL__TRY(check_memory(j, exec, threads, &in_file, err));
    } else {
        TSL__TRY(do_shards(j, list_shard, .1, threads, fillers, err));
        TSL__TRY(merge_cohorts(j, threads, err));
    }
    TSL__TRY(open_places(j, in_file, exec->spill, err));
    TSL__TRY(fill_shards(j, threads, fillers, err));
done:
    return status;
}

static void change_trends(void *user, size_t begin, size_t end, void *rows)
{
    const job *j = user;
    double *x = rows;
    for (size_t i = begin; i < end; i++, x += j->features->feature_count) {
        fill_trends(j, tsl__shelf_get(&j->trend, i), x);
    }
}

/* All that waits for the median purchase. */
static tsl_status finish_trends(job *j, const tsl_exec *exec, filler *fillers, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(j->wants_median ? fit_median(fillers, exec->threads, &j->features->recipe->median_purchase, err) : TSL_OK);
    TSL__TRY(j->trends ? tsl__shelf_change(&j->all.x, exec->threads, change_trends, j, err) : TSL_OK);
    tsl__shelf_free(&j->trend);
    tsl__roll_free(&j->roll);
    tsl__population_free(&j->population);
done:
    return status;
}

/* What is made of all customers. */
static tsl_status fill_derived(const job *j, const tsl_feature_options *opt, const tsl_exec *exec, tsl_error *err)
{
    tsl__derived_ground ground = {.binding = j->binding,
                                  .features = j->features,
                                  .all = &j->all,
                                  .has_history = has_history(j),
                                  .rfm = opt->rfm,
                                  .exec = exec};
    return tsl__derived_fill(&ground, opt->refit, err);
}

/* What was made goes to the features. */
static tsl_status take_places(job *j, uint32_t **attribute, tsl_error *err)
{
    tsl_features *features = j->features;
    tsl_status status = TSL_OK;
    if (j->limited) {
        TSL__NEED(features->shelves = tsl__alloc(1, sizeof *features->shelves));
        *features->shelves = j->all;
        features->id = (char **)(void *)j->all.id.base;
        features->x = (double *)(void *)j->all.x.base;
        features->history = has_history(j) ? (double *)(void *)j->all.history.base : NULL;
        j->all = (tsl__shelves){.x = {.base = NULL}};
    } else {
        features->x = tsl__shelf_take(&j->all.x);
        features->history = has_history(j) ? tsl__shelf_take(&j->all.history) : NULL;
    }
    *attribute = j->attribute;
    j->attribute = NULL;
done:
    return status;
}

static void free_fillers(const job *j, int threads, filler *fillers)
{
    for (int t = 0; fillers && t < threads; t++) {
        free_filler(j->sharding, &fillers[t]);
    }
    free(fillers);
}

tsl_status tsl__features_fill(const tsl__sharding *sharding, const tsl__binding *binding,
                              const tsl_feature_options *opt, const tsl_exec *exec, tsl_features *features,
                              uint32_t **attribute, tsl_error *err)
{
    const tsl_table *transactions = sharding->table[TSL_TRANSACTIONS];
    tsl_status status = TSL_OK;
    tally total;
    filler *fillers = NULL;
    job j = {.sharding = sharding, .binding = binding, .features = features, .ticker = tsl__ticker_open(exec)};
    j.told = tsl__told_open(&(tsl_tables){sharding->table[TSL_CUSTOMERS], transactions, NULL, features->as_of, 0});
    *attribute = NULL;
    TSL__TRY(check_sums(sharding, &j.told, err));
    TSL__TRY(check_own_sums(sharding, binding, err));
    TSL__TRY(open_job(&j, exec, err));
    TSL__NEED(fillers = tsl__alloc_zero((size_t)exec->threads, sizeof *fillers));
    for (int t = 0; t < exec->threads; t++) {
        fillers[t].row.context.as_of = features->as_of;
    }
    TSL__TRY(j.ordered ? fill_by_order(&j, exec, fillers, err) : fill_at_once(&j, exec, fillers, err));
    TSL__TRY(finish_trends(&j, exec, fillers, err));
    total = add_tallies(fillers, exec->threads);
    free_fillers(&j, exec->threads, fillers);
    fillers = NULL;
    TSL__TRY(fill_derived(&j, opt, exec, err));
    features->recipe->silences = features->applied ? features->recipe->silences : total.silences;
    TSL__TRY(take_places(&j, attribute, err));
    take_totals(features, &total, transactions);
done:
    free_fillers(&j, exec->threads, fillers);
    free_job(&j);
    return status;
}
