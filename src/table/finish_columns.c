/* finish_columns.c: from growing columns to finished ones: dictionaries, counts. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/reading.h"

/* ---- Texts ------------------------------------------------------------- */

/* Marks the codes in use with 1; counts the rows without one. */
static void mark_used(const int32_t *code, size_t rows, char *used, size_t *missing)
{
    *missing = 0;
    for (size_t row = 0; row < rows; row++) {
        if (code[row] < 0) {
            ++*missing;
        } else {
            used[code[row]] = 1;
        }
    }
}

/* The dictionary as one block: the pointers, then the texts. */
static char **make_texts(const tsl__dict *dict, const int32_t *sorted, size_t count)
{
    size_t bytes = count * sizeof(char *), length;
    for (size_t i = 0; i < count; i++) {
        tsl__dict_get_text(dict, sorted[i], &length);
        bytes += length + 1;
    }
    char **text = tsl__alloc(bytes, 1);
    char *at = text ? (char *)(text + count) : NULL;
    for (size_t i = 0; text && i < count; i++) {
        const char *s = tsl__dict_get_text(dict, sorted[i], &length);
        memcpy(at, s, length + 1);
        text[i] = at;
        at += length + 1;
    }
    return text;
}

tsl_status tsl__finish_text(const tsl__dict *dict, int32_t *code, size_t rows, tsl_column *column, tsl_error *err)
{
    size_t count = tsl__dict_get_count(dict), kept = 0;
    int32_t *rank = tsl__alloc(count, sizeof *rank), *sorted = tsl__alloc(count, sizeof *sorted);
    char *used = tsl__alloc_zero(count, 1);
    tsl_status st = TSL_OK;
    if (!rank || !sorted || !used || tsl__dict_get_ranks(dict, rank)) {
        st = tsl__error_nomem(err);
        goto done;
    }
    mark_used(code, rows, used, &column->missing);
    for (size_t i = 0; i < count; i++) {
        sorted[rank[i]] = (int32_t)i;
    }
    for (size_t i = 0; i < count; i++) { /* the codes in use move together, in order */
        int32_t c = sorted[i];
        rank[c] = (int32_t)kept;
        if (used[c]) {
            sorted[kept++] = c;
        }
    }
    for (size_t row = 0; row < rows; row++) {
        code[row] = code[row] < 0 ? -1 : rank[code[row]];
    }
    column->dict = make_texts(dict, sorted, kept);
    column->dict_count = kept;
    if (!column->dict) {
        st = tsl__error_nomem(err);
    }
done:
    free(rank);
    free(sorted);
    free(used);
    return st;
}

/* ---- Columns ----------------------------------------------------------- */

static void count_missing(tsl_column *c, size_t rows)
{
    c->missing = 0;
    for (size_t row = 0; row < rows; row++) {
        c->missing += c->integer[row] == TSL_MISSING_INT;
    }
}

/* First, last and whether any time is not midnight. */
static void measure_times(tsl_table_info *info, const int64_t *time, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        int64_t t = time[row];
        if (t == TSL_MISSING_INT) {
            continue;
        }
        info->time_of_day |= t % TSL__DAY_SECONDS != 0;
        if (info->first_time == TSL_MISSING_INT || t < info->first_time) {
            info->first_time = t;
        }
        if (info->last_time == TSL_MISSING_INT || t > info->last_time) {
            info->last_time = t;
        }
    }
}

/* The most decimals that a value of the column needs. */
static void measure_decimals(tsl_table_info *info, const int64_t *value, size_t rows)
{
    for (size_t row = 0; row < rows && info->decimals < TSL_DECIMAL_PLACES; row++) {
        while (value[row] != TSL_MISSING_INT &&
               value[row] % (int64_t)tsl__tens[TSL_DECIMAL_PLACES - info->decimals] != 0) {
            info->decimals++;
        }
    }
}

static tsl_status note_bad(tsl__reading *r, const tsl__output *o, const tsl__column_build *b, tsl_error *err)
{
    if (b->bad &&
        tsl__notes_add(&r->table->info.notes, "%s: %llu %s not fit and %s taken as missing (%s)",
                       tsl_role_get_name(o->role), (unsigned long long)b->bad, b->bad == 1 ? "cell does" : "cells do",
                       b->bad == 1 ? "is" : "are", b->bad_example ? b->bad_example : "")) {
        return tsl__error_nomem(err);
    }
    return TSL_OK;
}

/* Times that stand far from all others. */
static tsl_status note_far(tsl__reading *r, const tsl__column_build *b, const tsl_column *c, tsl_error *err)
{
    int month_first = tsl__date_order_get(&b->order);
    tsl__dated first = tsl__ends_get_first(&b->ends, month_first), last = tsl__ends_get_last(&b->ends, month_first);
    /* The day follows the transactions; interactions, where there are none. */
    tsl__outlying_effect effect = r->opt->as_of != TSL_NO_DAY        ? TSL__OUTLYING_NONE
                                  : r->opt->kind == TSL_TRANSACTIONS ? TSL__OUTLYING_MOVES
                                                                     : TSL__OUTLYING_ALONE;
    tsl__outlying far;
    tsl_status st = tsl__outlying_find(c->integer, r->rows, &far, err);
    return st != TSL_OK
               ? st
               : tsl__outlying_note(&far, c->name, &first, &last, r->opt->files, effect, &r->table->info.notes, err);
}

static tsl_status check_currency(const tsl_column *c, tsl_error *err)
{
    if (c->dict_count < 2) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "transactions: column \"%s\" holds %zu currencies (%s, %s%s); amounts of one currency are "
                          "expected",
                          c->name, c->dict_count, c->dict[0], c->dict[1], c->dict_count > 2 ? ", ..." : "");
}

/* Hands one finished column to the table. */
static tsl_status move_column(tsl__reading *r, size_t i, tsl_error *err)
{
    const tsl__output *o = &r->plan.output[i];
    tsl__column_build *b = &r->build[i];
    tsl_table *table = r->table;
    tsl_column *c = &table->column[table->column_count];
    *c = (tsl_column){.name = tsl__strdup(o->name), .role = o->role, .type = o->type, .group = TSL_BEHAVIORAL};
    if (!c->name) {
        return tsl__error_nomem(err);
    }
    table->column_count++;
    tsl_status st = TSL_OK;
    if (o->type == TSL_TYPE_TEXT) {
        st = tsl__finish_text(b->dict, b->code, r->rows, c, err);
        c->code = b->code;
        b->code = NULL;
        tsl__dict_free(b->dict);
        b->dict = NULL;
    } else {
        c->integer = b->integer;
        b->integer = NULL;
        count_missing(c, r->rows);
    }
    if (o->type == TSL_TYPE_TIME) {
        measure_times(&table->info, c->integer, r->rows);
        st = note_far(r, b, c, err);
    }
    if (o->role == TSL_ROLE_AMOUNT || o->role == TSL_ROLE_COST) {
        measure_decimals(&table->info, c->integer, r->rows);
    }
    if (st == TSL_OK && o->role == TSL_ROLE_CURRENCY) {
        st = check_currency(c, err);
    }
    return st == TSL_OK ? note_bad(r, o, b, err) : st;
}

/* The rows kept of customers that the known ones lack. */
static void count_orphans(tsl__reading *r)
{
    const int32_t *code = r->build[0].code; /* the customer is the first output */
    for (size_t row = 0; r->known && row < r->rows; row++) {
        r->table->info.orphans += r->known[code[row]] == TSL__ORPHAN;
    }
}

static tsl_status check_comma(tsl__reading *r, size_t input, tsl_error *err)
{
    tsl_status st = tsl__comma_check(&r->comma[input], r->plan.name[input], &r->table->info.notes, err);
    r->comma[input] = (tsl__comma){0}; /* said once, whatever further outputs are made of it */
    return st;
}

tsl_status tsl__finish_commas(tsl__reading *r, const tsl__output *o, tsl_error *err)
{
    size_t count = 0;
    const size_t *operand = o->expr ? tsl__expr_get_operands(o->expr, &count) : NULL;
    tsl_status st = o->input != TSL__NONE ? check_comma(r, o->input, err) : TSL_OK;
    for (size_t i = 0; i < count && st == TSL_OK; i++) {
        st = check_comma(r, operand[i], err);
    }
    return st;
}

tsl_status tsl__finish_columns(tsl__reading *r, tsl_error *err)
{
    tsl_table *table = r->table;
    count_orphans(r);
    if (!(table->column = tsl__alloc_zero(r->plan.outputs, sizeof *table->column))) {
        return tsl__error_nomem(err);
    }
    tsl_status st = tsl__join_note(r, err);
    for (size_t i = 0; i < r->plan.outputs && st == TSL_OK; i++) {
        st = r->plan.output[i].type == TSL_TYPE_DECIMAL ? tsl__finish_commas(r, &r->plan.output[i], err) : TSL_OK;
    }
    for (size_t i = 0; i < r->plan.outputs && st == TSL_OK; i++) {
        st = move_column(r, i, err);
    }
    table->rows = r->rows;
    if (st == TSL_OK && table->info.rounded &&
        tsl__notes_add(&table->info.notes, "%llu amount%s of more than 4 decimals %s rounded, half to even",
                       (unsigned long long)table->info.rounded, table->info.rounded == 1 ? "" : "s",
                       table->info.rounded == 1 ? "is" : "are")) {
        st = tsl__error_nomem(err);
    }
    return st == TSL_OK ? tsl__plan_describe(&r->plan, &table->info.understood, err) : st;
}
