/* finish_columns.c: from growing columns to finished ones: counts, and what is to be said of them. */

#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/reading.h"
#include "table/schema/codes.h"
#include "table/schema/odd_values.h"

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

tsl_status tsl__finish_bad(tsl__reading *r, size_t output, tsl_error *err)
{
    const tsl__plan_output *o = &r->terms.plan.output[output];
    const tsl__output_observed *found = &r->observed.output[output];
    int one = found->bad == 1;
    if (!found->bad) {
        return TSL_OK;
    }
    return tsl__found_add(&r->table->info.notes,
                          &(tsl__found){.kind = TSL_FINDING_UNFIT_CELLS,
                                        .count = found->bad,
                                        .column = o->name,
                                        .example = {{.file = r->place[found->bad_file],
                                                     .line = found->bad_line,
                                                     .text = *found->bad_text ? found->bad_text : NULL}}},
                          "%s: %llu %s not fit and %s taken as missing (%s)",
                          o->role == TSL_ROLE_NONE ? o->name : tsl_role_get_name(o->role),
                          (unsigned long long)found->bad, one ? "cell does" : "cells do", one ? "is" : "are",
                          found->bad_example ? found->bad_example : "");
}

static tsl_status note_lengths(tsl__reading *r, size_t output, tsl_error *err)
{
    const tsl__output_observed *found = &r->observed.output[output];
    const char *name = r->terms.plan.output[output].name;
    return found->lengths.rows
               ? tsl__found_add(
                     &r->table->info.notes,
                     &(tsl__found){.kind = TSL_FINDING_READ_AS,
                                   .count = found->lengths.rows,
                                   .column = name,
                                   .example = {{.file = r->place[found->lengths.file], .line = found->lengths.line}}},
                     "%s: %llu cell%s such as 00:05:30 (%s:%llu) %s read as hours, minutes and seconds", name,
                     (unsigned long long)found->lengths.rows, found->lengths.rows == 1 ? "" : "s",
                     r->place[found->lengths.file], (unsigned long long)found->lengths.line,
                     found->lengths.rows == 1 ? "is" : "are")
               : TSL_OK;
}

/* Times that stand far before all others; those behind them are out already. */
static tsl_status note_far(tsl__reading *r, const tsl__output_observed *found, const tsl_column *c, tsl_error *err)
{
    const tsl__dated first = tsl__date_ends_get_first(&found->ends, &found->reading);
    const tsl__dated last = tsl__date_ends_get_last(&found->ends, &found->reading);
    tsl__outlying far;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__outlying_find(c->integer, r->rows, &far, err));
    TSL__TRY(
        tsl__outlying_note(&far, c->name, &first, &last, r->place, TSL__OUTLYING_NONE, &r->table->info.notes, err));
done:
    return status;
}

/* Where the earlier table had days alone, the time of day is cut off: lines without
 * an order's id are one order a day then, and not one a time. */
static tsl_status settle_clock(tsl__reading *r, const char *name, size_t output, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__column_build *b = &r->build[output];
    uint64_t cut = 0;
    for (size_t row = 0; row < r->rows && r->terms.asked.clock == 0; row++) {
        int64_t time = b->integer[row];
        if (time != TSL_MISSING_INT && time % TSL__DAY_SECONDS != 0) {
            b->integer[row] = tsl__time_day(time) * (int64_t)TSL__DAY_SECONDS;
            cut++;
        }
    }
    if (cut) {
        TSL__TRY(tsl__notes_add(&r->table->info.notes,
                                "%s: the earlier table had days alone; the time of day is not used", name));
    }
    if (r->terms.asked.clock == 0) {
        memset(b->clock, 0, r->rows);
    }
    r->table->info.clock = r->terms.asked.clock != 0 && r->observed.output[output].dates.with_clock > 0;
    r->terms.asked.clock = r->table->info.clock;
done:
    return status;
}

/* Which rows have a time of day, as bits; none where all are as the table says. */
static tsl_status move_clock(const uint8_t *clock, size_t rows, int usual, tsl_column *c, tsl_error *err)
{
    size_t odd = 0;
    for (size_t row = 0; row < rows; row++) {
        odd += clock[row] != usual;
    }
    if (odd == 0) {
        return TSL_OK;
    }
    uint8_t *bits = tsl__alloc_zero((rows + 7) / 8, 1);
    for (size_t row = 0; row < rows && bits; row++) {
        bits[row / 8] |= (uint8_t)(clock[row] << row % 8);
    }
    c->clock = bits;
    return bits ? TSL_OK : tsl__error_nomem(err);
}

/* The cells of an output move to its column. */
static tsl_status move_cells(tsl__reading *r, size_t i, tsl_column *c, tsl_error *err)
{
    const tsl__plan_output *o = &r->terms.plan.output[i];
    tsl__column_build *b = &r->build[i];
    tsl_table *table = r->table;
    tsl_status status = TSL_OK;
    TSL__TRY(o->type == TSL_TYPE_TIME ? settle_clock(r, o->name, i, err) : TSL_OK);
    if (o->type == TSL_TYPE_TEXT) {
        status = tsl__codes_finish(b->dict, b->code, r->rows, c, err);
        c->code = b->code;
        b->code = NULL;
        tsl__dict_free(b->dict);
        b->dict = NULL;
        TSL__TRY(status);
    } else {
        c->integer = b->integer;
        b->integer = NULL;
        count_missing(c, r->rows);
    }
    if (o->type == TSL_TYPE_TIME) {
        measure_times(&table->info, c->integer, r->rows);
        TSL__TRY(move_clock(b->clock, r->rows, table->info.clock, c, err));
        TSL__TRY(note_far(r, &r->observed.output[i], c, err));
    }
    if (o->role == TSL_ROLE_AMOUNT || o->role == TSL_ROLE_COST) {
        measure_decimals(&table->info, c->integer, r->rows);
    }
done:
    return status;
}

/* Scores off the scale of all others. */
static tsl_status note_scores(tsl__reading *r, size_t i, tsl_error *err)
{
    const tsl__value_counts *t = r->observed.output[i].counts;
    double value[TSL__COUNTED_VALUES], rows[TSL__COUNTED_VALUES];
    for (size_t k = 0; t && k < t->count; k++) {
        value[k] = (double)t->value[k] / (double)TSL_DECIMAL_ONE;
        rows[k] = (double)t->rows[k];
    }
    return t ? tsl__odd_note(r->terms.plan.output[i].name, TSL__ODD_SCORES, value, rows, t->count,
                             &r->table->info.notes, err)
             : TSL_OK;
}

/* Hands one finished column to the table. */
static tsl_status move_column(tsl__reading *r, size_t i, tsl_error *err)
{
    const tsl__plan_output *o = &r->terms.plan.output[i];
    tsl_table *table = r->table;
    tsl_column *c = &table->column[table->column_count];
    tsl_status status = TSL_OK;
    *c = (tsl_column){.name = tsl__strdup(o->name), .role = o->role, .type = o->type, .group = TSL_BEHAVIORAL};
    TSL__NEED(c->name);
    table->column_count++;
    TSL__TRY(r->shards ? tsl__finish_shard_column(r, i, c, err) : move_cells(r, i, c, err));
    TSL__TRY(tsl__finish_kinds(r, i, c, err));
    TSL__TRY(tsl__finish_bad(r, i, err));
    TSL__TRY(note_scores(r, i, err));
    TSL__TRY(note_lengths(r, i, err));
done:
    return status;
}

/* The rows kept of customers that the known ones lack. */
static void count_orphans(tsl__reading *r)
{
    const int32_t *code = r->build[0].code; /* the customer is the first output */
    for (size_t row = 0; r->known_code && !r->shards && row < r->rows; row++) {
        r->table->info.orphans += r->known_code[code[row]] == TSL__ORPHAN;
    }
}

/* Neither true nor false, and so not true. */
static tsl_status note_undecided(tsl__reading *r, tsl_error *err)
{
    const tsl__some_rows *u = &r->observed.undecided;
    const size_t input = r->observed.undecided_input;
    const char *file = r->place[u->file], *name = input == TSL__NONE ? NULL : r->terms.plan.name[input];
    const tsl__found found = {.kind = TSL_FINDING_UNKNOWN_CONDITION,
                              .count = u->rows,
                              .column = name,
                              .example = {{.file = file, .line = u->line}}};
    tsl__text way = {0};
    tsl_status status = TSL_OK;
    if (name) {
        tsl__text_puts(&way, "; \"or ");
        tsl__expr_put_name(&way, name);
        tsl__text_puts(&way, " is missing\" behind it keeps them");
    }
    TSL__NEED(!way.failed);
    TSL__TRY(
        tsl__found_add(&r->table->info.notes, &found,
                       "where: %llu row%s left out as %s is missing, the first in %.*s:%llu, so that the condition "
                       "is neither true nor false%s",
                       (unsigned long long)u->rows, u->rows == 1 ? " is" : "s are", name ? name : "a value",
                       tsl__text_head(file, 180), file, (unsigned long long)u->line, name ? way.data : ""));
done:
    tsl__text_free(&way);
    return status;
}

tsl_status tsl__finish_where(tsl__reading *r, tsl_error *err)
{
    const tsl__expr *where = r->terms.plan.where;
    const tsl__observed *seen = &r->observed;
    tsl_status status = TSL_OK;
    TSL__TRY(where ? tsl__notes_add(&r->table->info.understood, "where: %s", r->terms.opt->where) : TSL_OK);
    if (seen->doubtful) {
        TSL__TRY(tsl__found_add(
            &r->table->info.notes, &(tsl__found){.kind = TSL_FINDING_UNFIT_CONDITION, .count = seen->doubtful},
            "where: %llu row%s left out as a cell is not what the condition takes it for, such as %s",
            (unsigned long long)seen->doubtful, seen->doubtful == 1 ? " is" : "s are",
            seen->doubt ? seen->doubt : "?"));
    }
    TSL__TRY(seen->undecided.rows ? note_undecided(r, err) : TSL_OK);
done:
    return status;
}

tsl_status tsl__finish_columns(tsl__reading *r, tsl_error *err)
{
    tsl_table *table = r->table;
    tsl_table_info *info = &table->info;
    tsl_status status = TSL_OK;
    tsl__join_count(r);
    count_orphans(r);
    TSL__TRY(r->shards ? tsl__finish_shard_orphans(r, err) : TSL_OK);
    TSL__NEED(table->column = tsl__alloc_zero(r->terms.plan.outputs, sizeof *table->column));
    TSL__TRY(tsl__join_note(r, err));
    r->refusal = TSL_FINDING_DOUBTFUL_NUMBERS;
    TSL__TRY(tsl__forms_finish(r, err));
    r->refusal = TSL_FINDING_REFUSED;
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        TSL__TRY(move_column(r, i, err));
    }
    r->refusal = TSL_FINDING_MIXED_CURRENCIES;
    TSL__TRY(tsl__finish_currency(r, NULL, err));
    r->refusal = TSL_FINDING_REFUSED;
    TSL__TRY(tsl__plan_describe(&r->terms.plan, &info->understood, err));
done:
    return status;
}
