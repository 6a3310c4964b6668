/* grouping.c: all customers of a shard of the tables, sorted by id, and which rows are whose, by a counting sort. */
#include "feature/records/grouping.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text_order.h"
#include "feature/catalogue.h"
#include "table/names/kind_words.h"
#include "table/table_state.h"

#include <stdlib.h>
#include <string.h>

#define FEW_ROWS ((size_t)1 << 16) /* of all tables with columns: one shard will do */

/* ---- Kinds of interactions ----------------------------------------------------- */

static uint8_t flags_of_kind(const char *kind)
{
    const unsigned found = tsl__kind_find(kind);
    return (uint8_t)((found & TSL__KIND_VISIT ? TSL__VISIT : 0) | (found & TSL__KIND_SERVICE ? TSL__SERVICE : 0) |
                     (found & TSL__KIND_COMPLAINT ? TSL__COMPLAINT : 0));
}

static tsl_status classify_kinds(const tsl_table *interactions, tsl__sharding *sharding, tsl_error *err)
{
    const tsl_column *kind = interactions ? tsl_table_get_role(interactions, TSL_ROLE_KIND) : NULL;
    if (!kind) {
        return TSL_OK;
    }
    sharding->kind_flags = tsl__alloc(kind->dict_count, 1);
    if (!sharding->kind_flags) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < kind->dict_count; i++) {
        sharding->kind_flags[i] = flags_of_kind(kind->dict[i]);
    }
    return TSL_OK;
}

/* ---- Rows by shard --------------------------------------------------------------- */

/* The counts behind each other: begin[i + 1] holds that of i, begin[i] then where it begins. */
static void add_begins(size_t *begin, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        begin[i + 1] += begin[i];
    }
}

/* After begin[i] has been counted up to where i + 1 begins. */
static void take_back(size_t *begin, size_t count)
{
    memmove(begin + 1, begin, count * sizeof *begin);
    begin[0] = 0;
}

/* Sorts the rows that count, and the customers in them, by shard. */
static tsl_status sort_table(const tsl_table *table, const tsl__days *days, size_t shards, tsl__shard_rows *out,
                             tsl_error *err)
{
    const tsl_column *id = tsl_table_get_role(table, TSL_ROLE_CUSTOMER);
    const tsl_column *times = days->bounded ? tsl_table_get_role(table, TSL_ROLE_TIME) : NULL;
    const int64_t *time = times ? times->integer : NULL;
    tsl_status status = TSL_OK;
    uint8_t *shard = NULL, *used = NULL;
    TSL__NEED(shard = tsl__alloc_zero(id->dict_count, 1));
    TSL__NEED(used = tsl__alloc_zero(id->dict_count, 1));
    TSL__NEED(out->row_begin = tsl__alloc_zero(shards + 1, sizeof *out->row_begin));
    TSL__NEED(out->code_begin = tsl__alloc_zero(shards + 1, sizeof *out->code_begin));
    for (size_t i = 0; i < id->dict_count && shards > 1; i++) {
        shard[i] = (uint8_t)tsl__shard_find(tsl__span_make(id->dict[i]));
    }
    for (size_t row = 0; row < table->rows; row++) {
        if (!time || tsl__days_have(days, time[row])) {
            out->row_begin[shard[id->code[row]] + 1]++;
            used[id->code[row]] = 1;
        }
    }
    for (size_t i = 0; i < id->dict_count; i++) {
        out->code_begin[shard[i] + 1] += used[i];
    }
    add_begins(out->row_begin, shards);
    add_begins(out->code_begin, shards);
    TSL__NEED(out->row = tsl__alloc(out->row_begin[shards], sizeof *out->row));
    TSL__NEED(out->code = tsl__alloc(out->code_begin[shards], sizeof *out->code));
    for (size_t row = 0; row < table->rows; row++) {
        if (!time || tsl__days_have(days, time[row])) {
            out->row[out->row_begin[shard[id->code[row]]]++] = (uint32_t)row;
        }
    }
    for (size_t i = 0; i < id->dict_count; i++) {
        if (used[i]) {
            out->code[out->code_begin[shard[i]]++] = (int32_t)i;
        }
    }
    take_back(out->row_begin, shards);
    take_back(out->code_begin, shards);
done:
    free(shard);
    free(used);
    return status;
}

size_t tsl__sharding_get_sample(size_t customers, size_t most)
{
    const size_t shards = (most * TSL__SHARDS + customers - 1) / (customers ? customers : 1);
    return customers <= most ? 0 : shards ? shards : 1;
}

tsl_status tsl__sharding_open(const tsl_tables *tables, int32_t from, size_t shards, tsl__sharding *s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t rows = 0;
    *s = (tsl__sharding){.shards = 1};
    s->table[TSL_TRANSACTIONS] = tables->transactions;
    s->table[TSL_CUSTOMERS] = tables->customers;
    s->table[TSL_INTERACTIONS] = tables->interactions;
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        rows += s->table[t] ? s->table[t]->rows : 0;
        s->shards = (s->table[t] && s->table[t]->shards) || rows > FEW_ROWS ? TSL__SHARDS : s->shards;
        if (s->table[t] && s->table[t]->rows >= UINT32_MAX) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: more than 4294967294 rows",
                                  tsl_table_kind_get_name(s->table[t]->kind));
        }
    }
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        const tsl_table *table = s->table[t];
        s->days[t] = tsl__days_of(table, from, tables->clip ? tables->as_of : TSL_NO_DAY);
        s->timed[t] = table && table->info.time_of_day;
        if (table && !table->shards) {
            const tsl_column *id = tsl_table_get_role(table, TSL_ROLE_CUSTOMER);
            TSL__NEED(s->place[t] = tsl__alloc(id->dict_count, sizeof *s->place[t]));
            TSL__TRY(sort_table(table, &s->days[t], s->shards, &s->rows[t], err));
        }
    }
    TSL__TRY(classify_kinds(s->table[TSL_INTERACTIONS], s, err));
    s->shards = shards && shards < s->shards ? shards : s->shards;
done:
    return status;
}

void tsl__sharding_free(tsl__sharding *s)
{
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        free(s->rows[t].row_begin);
        free(s->rows[t].code_begin);
        free(s->rows[t].row);
        free(s->rows[t].code);
        free(s->place[t]);
    }
    free(s->kind_flags);
    *s = (tsl__sharding){.shards = 0};
}

/* ---- One shard ----------------------------------------------------------------------- */

/* The customers of one table, sorted. */
typedef struct listing {
    const char **id;
    uint32_t *customer; /* of each, among all */
    uint32_t *slot;     /* of a shard's ids: the place of each here */
    uint32_t *rows;     /* likewise: its rows that count, then the place of the next one */
    size_t count, id_capacity, customer_capacity, slot_capacity, rows_capacity;
} listing;

struct tsl__grouping_scratch {
    tsl__shard shard[TSL_TABLE_KINDS];
    listing list[TSL_TABLE_KINDS];
    uint8_t *wanted;
    size_t wanted_capacity, id_capacity;
    tsl__order_text *text; /* of a shard's ids */
    uint32_t *order;
    size_t text_capacity, order_capacity;
};

/* Room for count elements, whose contents are lost; the block is a pointer to some type. */
#define RESERVE(block, capacity, count)                                                                                \
    do {                                                                                                               \
        void *grown = (void *)(block);                                                                                 \
        const int failed = tsl__reserve(&grown, &(capacity), (count), sizeof *(block));                                \
        (block) = grown;                                                                                               \
        TSL__NEED(failed ? NULL : grown);                                                                              \
    } while (0)

/* The ids of a shard's rows that count. */
static tsl_status list_shard(const tsl__days *days, size_t time, const tsl__shard *shard,
                             struct tsl__grouping_scratch *g, listing *l, tsl_error *err)
{
    tsl_status status = TSL_OK;
    RESERVE(l->slot, l->slot_capacity, shard->ids + 1);
    RESERVE(l->id, l->id_capacity, shard->ids + 1);
    RESERVE(l->customer, l->customer_capacity, shard->ids + 1);
    RESERVE(g->text, g->text_capacity, shard->ids + 1);
    RESERVE(g->order, g->order_capacity, shard->ids + 1);
    RESERVE(l->rows, l->rows_capacity, shard->ids + 1);
    memset(l->rows, 0, shard->ids * sizeof *l->rows);
    for (size_t row = 0; row < shard->rows; row++) {
        l->rows[shard->customer[row]] += (uint32_t)tsl__days_have(days, shard->number[time][row]);
    }
    for (size_t i = 0; i < shard->ids; i++) {
        g->text[i] = (tsl__order_text){shard->id[i].s, shard->id[i].n};
    }
    TSL__NEED(tsl__text_order(g->text, shard->ids, g->order) == 0);
    l->count = 0;
    for (size_t i = 0; i < shard->ids; i++) {
        const uint32_t id = g->order[i];
        if (l->rows[id]) {
            l->slot[id] = (uint32_t)l->count;
            l->id[l->count++] = shard->id[id].s;
        }
    }
done:
    return status;
}

static tsl_status list_codes(const tsl__sharding *s, int t, size_t shard, listing *l, tsl_error *err)
{
    const tsl_column *id = tsl_table_get_role(s->table[t], TSL_ROLE_CUSTOMER);
    const size_t begin = s->rows[t].code_begin[shard], count = s->rows[t].code_begin[shard + 1] - begin;
    tsl_status status = TSL_OK;
    RESERVE(l->id, l->id_capacity, count + 1);
    RESERVE(l->customer, l->customer_capacity, count + 1);
    for (size_t i = 0; i < count; i++) {
        const int32_t code = s->rows[t].code[begin + i];
        l->id[i] = id->dict[code];
        s->place[t][code] = (uint32_t)i;
    }
    l->count = count;
done:
    return status;
}

/* Union of the sorted lists, by merging. */
static tsl_status merge_lists(tsl__grouping *g, tsl_error *err)
{
    listing *list = g->scratch->list;
    size_t at[TSL_TABLE_KINDS] = {0}, most = 0;
    tsl_status status = TSL_OK;
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        most += list[t].count;
    }
    RESERVE(g->id, g->scratch->id_capacity, most + 1);
    for (g->customers = 0;; g->customers++) {
        int first = -1;
        for (int t = 0; t < TSL_TABLE_KINDS; t++) {
            if (at[t] < list[t].count && (first < 0 || strcmp(list[t].id[at[t]], list[first].id[at[first]]) < 0)) {
                first = t;
            }
        }
        if (first < 0) {
            break;
        }
        const char *least = list[first].id[at[first]];
        g->id[g->customers] = least;
        for (int t = 0; t < TSL_TABLE_KINDS; t++) {
            if (at[t] < list[t].count && strcmp(list[t].id[at[t]], least) == 0) {
                list[t].customer[at[t]++] = (uint32_t)g->customers;
            }
        }
    }
done:
    return status;
}

/* The rows of each customer behind each other. */
static tsl_status sort_shard(const tsl__sharding *s, int t, size_t time, tsl__grouping *g, tsl_error *err)
{
    tsl__rows *rows = &g->rows[t];
    const listing *l = &g->scratch->list[t];
    const tsl__shard *shard = &g->scratch->shard[t];
    tsl_status status = TSL_OK;
    RESERVE(rows->row, rows->row_capacity, shard->rows + 1);
    for (size_t i = 0; i < shard->ids; i++) {
        if (l->rows[i]) {
            rows->begin[l->customer[l->slot[i]] + 1] = l->rows[i];
        }
    }
    add_begins(rows->begin, g->customers);
    for (size_t i = 0; i < shard->ids; i++) {
        l->rows[i] = l->rows[i] ? (uint32_t)rows->begin[l->customer[l->slot[i]]] : 0;
    }
    for (size_t row = 0; row < shard->rows; row++) {
        if (tsl__days_have(&s->days[t], shard->number[time][row])) {
            rows->row[l->rows[shard->customer[row]]++] = (uint32_t)row;
        }
    }
done:
    return status;
}

/* The same of a table with columns. */
static tsl_status sort_codes(const tsl__sharding *s, int t, size_t shard, tsl__grouping *g, tsl_error *err)
{
    tsl__rows *rows = &g->rows[t];
    const listing *l = &g->scratch->list[t];
    const tsl__shard_rows *from = &s->rows[t];
    const int32_t *code = tsl_table_get_role(s->table[t], TSL_ROLE_CUSTOMER)->code;
    tsl_status status = TSL_OK;
    RESERVE(rows->row, rows->row_capacity, from->row_begin[shard + 1] - from->row_begin[shard] + 1);
    for (size_t i = from->row_begin[shard]; i < from->row_begin[shard + 1]; i++) {
        rows->begin[l->customer[s->place[t][code[from->row[i]]]] + 1]++;
    }
    add_begins(rows->begin, g->customers);
    for (size_t i = from->row_begin[shard]; i < from->row_begin[shard + 1]; i++) {
        rows->row[rows->begin[l->customer[s->place[t][code[from->row[i]]]]]++] = from->row[i];
    }
    take_back(rows->begin, g->customers);
done:
    return status;
}

static size_t find_time(const tsl_table *table)
{
    size_t i = 0;
    while (table->column[i].role != TSL_ROLE_TIME) {
        i++;
    }
    return i;
}

/* Where the cells of each role are. */
static void bind_roles(const tsl_table *table, const tsl__shard *shard, int timed, tsl__rows *rows)
{
    rows->clock = rows->clock_bits = NULL;
    rows->all_clock = 0;
    for (int role = 0; role < TSL_ROLES; role++) {
        rows->number[role] = NULL;
        rows->code[role] = NULL;
    }
    rows->shard = table->shards ? shard : NULL;
    for (size_t i = 0; i < table->column_count; i++) {
        const tsl_column *c = &table->column[i];
        rows->number[c->role] = table->shards ? shard->number[i] : c->integer;
        rows->code[c->role] = table->shards ? shard->code[i] : c->code;
        if (c->role == TSL_ROLE_TIME && timed) {
            rows->clock = table->shards ? shard->clock : NULL;
            rows->clock_bits = c->clock;
            rows->all_clock = table->info.clock;
        }
    }
}

/* The customers of one table in the shard; cells: 1: what else their rows hold is read as well. */
static tsl_status list_table(const tsl__sharding *s, int t, size_t shard, int cells, tsl__grouping *g, tsl_error *err)
{
    const tsl_table *table = s->table[t];
    struct tsl__grouping_scratch *scratch = g->scratch;
    tsl_status status = TSL_OK;
    scratch->list[t].count = 0;
    g->rows[t].table = table;
    if (!table) {
        return TSL_OK;
    }
    if (!table->shards) {
        return list_codes(s, t, shard, &scratch->list[t], err);
    }
    RESERVE(scratch->wanted, scratch->wanted_capacity, table->column_count);
    memset(scratch->wanted, cells, table->column_count);
    TSL__TRY(tsl__shard_read(table->shards, shard, scratch->wanted, 0, &scratch->shard[t], err));
    TSL__TRY(list_shard(&s->days[t], find_time(table), &scratch->shard[t], scratch, &scratch->list[t], err));
done:
    return status;
}

static tsl_status list_tables(const tsl__sharding *s, size_t shard, int cells, tsl__grouping *g, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(g->scratch || (g->scratch = tsl__alloc_zero(1, sizeof *g->scratch)));
    g->kind_flags = s->kind_flags;
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        TSL__TRY(list_table(s, t, shard, cells, g, err));
    }
    TSL__TRY(merge_lists(g, err));
done:
    return status;
}

tsl_status tsl__grouping_list(const tsl__sharding *s, size_t shard, tsl__grouping *g, tsl_error *err)
{
    return list_tables(s, shard, 0, g, err);
}

tsl_status tsl__grouping_fill(const tsl__sharding *s, size_t shard, tsl__grouping *g, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(list_tables(s, shard, 1, g, err));
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        tsl__rows *rows = &g->rows[t];
        RESERVE(rows->begin, rows->begin_capacity, g->customers + 2);
        memset(rows->begin, 0, (g->customers + 2) * sizeof *rows->begin);
        rows->longest = 0;
        if (!rows->table) {
            continue;
        }
        TSL__TRY(rows->table->shards ? sort_shard(s, t, find_time(rows->table), g, err)
                                     : sort_codes(s, t, shard, g, err));
        bind_roles(rows->table, &g->scratch->shard[t], s->timed[t], rows);
        for (size_t c = 0; c < g->customers; c++) {
            const size_t count = rows->begin[c + 1] - rows->begin[c];
            rows->longest = count > rows->longest ? count : rows->longest;
        }
    }
done:
    return status;
}

void tsl__grouping_free(const tsl__sharding *s, tsl__grouping *g)
{
    struct tsl__grouping_scratch *scratch = g->scratch;
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        free(g->rows[t].begin);
        free(g->rows[t].row);
        if (scratch) {
            tsl__shard_free(s->table[t] ? s->table[t]->shards : NULL, &scratch->shard[t]);
            free(scratch->list[t].id);
            free(scratch->list[t].customer);
            free(scratch->list[t].slot);
            free(scratch->list[t].rows);
        }
    }
    if (scratch) {
        free(scratch->wanted);
        free(scratch->text);
        free(scratch->order);
    }
    free(scratch);
    free(g->id);
    *g = (tsl__grouping){.customers = 0};
}
