/* accept.c: one record of data: used or rejected. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "table/reading.h"

static tsl_status reject(tsl__reading *r, tsl_error *err)
{
    const tsl__fault *f = &r->fault;
    tsl__cell_place place = {r->place[r->file], r->record.line, f->column};
    return tsl__reject_add(&r->rejects, f->kind, &place, f->text, err, "%s", f->message);
}

static tsl_status reject_row(tsl__reading *r, tsl_reject_kind kind, tsl_error *err, const char *message)
{
    tsl__cell_place place = {r->place[r->file], r->record.line, ""};
    return tsl__reject_add(&r->rejects, kind, &place, r->record.raw, err, "%s", message);
}

static tsl_status grow(tsl__reading *r, tsl_error *err)
{
    size_t capacity = r->capacity ? r->capacity * 2 : 256;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->plan.outputs; i++) {
        tsl__column_build *b = &r->build[i];
        void *block = b->dict ? tsl__realloc(b->code, capacity, sizeof *b->code)
                              : tsl__realloc(b->integer, capacity, sizeof *b->integer);
        TSL__NEED(block);
        if (b->dict) {
            b->code = block;
        } else {
            b->integer = block;
        }
    }
    if (r->kind == TSL_CUSTOMERS) {
        void *block = tsl__realloc(r->origin, capacity, sizeof *r->origin);
        TSL__NEED(block);
        r->origin = block;
    }
    r->capacity = capacity;
done:
    return status;
}

static int compare_text(const void *key, const void *entry)
{
    return strcmp(key, *(char *const *)entry);
}

/* *orphan: 1 where the known customers lack this one; asked once a customer. */
static tsl_status check_orphan(tsl__reading *r, const tsl__column_build *b, int32_t code, int *orphan, tsl_error *err)
{
    const tsl_column *ids = tsl_table_get_role(r->known, TSL_ROLE_CUSTOMER);
    void *known = r->known_code;
    size_t before = r->known_capacity;
    if (tsl__reserve(&known, &r->known_capacity, (size_t)code + 1, 1)) {
        return tsl__error_nomem(err);
    }
    r->known_code = known;
    memset(r->known_code + before, 0, r->known_capacity - before);
    if (!r->known_code[code]) {
        const char *id = tsl__dict_get_text(b->dict, code, NULL);
        int there = ids && bsearch(id, ids->dict, ids->dict_count, sizeof *ids->dict, compare_text);
        r->known_code[code] = there ? TSL__KNOWN : TSL__ORPHAN;
    }
    *orphan = r->known_code[code] == TSL__ORPHAN;
    return TSL_OK;
}

/* Amounts and costs of the current row that had to be rounded. */
static uint64_t count_rounded(const tsl__reading *r)
{
    uint64_t count = 0;
    for (size_t i = 0; i < r->plan.outputs; i++) {
        tsl_role role = r->plan.output[i].role;
        count += (role == TSL_ROLE_AMOUNT || role == TSL_ROLE_COST) && r->value[i].rounded;
    }
    return count;
}

/* Remembers a row whose open date is late in one of the two orders. */
static tsl_status add_pending(tsl__reading *r, size_t output, tsl_error *err)
{
    void *pending = r->pending;
    if (tsl__reserve(&pending, &r->pending_capacity, r->pendings + 1, sizeof *r->pending)) {
        return tsl__error_nomem(err);
    }
    r->pending = pending;
    tsl__span cell = tsl__decode_get_cell(r, r->plan.output[output].input);
    char *text = tsl__strndup(cell.s, cell.n);
    if (!text) {
        return tsl__error_nomem(err);
    }
    r->pending[r->pendings++] = (tsl__pending){r->rows, r->file, r->record.line, count_rounded(r), text};
    return TSL_OK;
}

/* Does the time lie at or after the as-of day? 1 yes, 0 no, -1 perhaps. */
static int is_late(const tsl__reading *r, int64_t time)
{
    int64_t limit = (int64_t)r->opt->as_of * TSL__DAY_SECONDS;
    if (r->opt->as_of == TSL_NO_DAY || time == TSL_MISSING_INT) {
        return 0;
    }
    if (!tsl__time_is_open(time)) {
        return time >= limit;
    }
    return tsl__time_open_get(time, 1) >= limit || tsl__time_open_get(time, 0) >= limit ? -1 : 0;
}

/* The code of a text, -1 where it is missing. The lines of an order follow each other: the text of the row before is
 * tried first. */
static int32_t find_code(tsl__column_build *b, tsl__span text)
{
    if (!text.s) {
        return -1;
    }
    if (b->last_code >= 0 && tsl__dict_get_count(b->dict) > 0) {
        tsl__span last;
        last.s = tsl__dict_get_text(b->dict, b->last_code, &last.n);
        if (tsl__span_equal(last, text)) {
            return b->last_code;
        }
    }
    return b->last_code = tsl__dict_add(b->dict, text.s, text.n);
}

/* Takes the decoded row into the columns. */
static tsl_status keep_row(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(r->rows == r->capacity ? grow(r, err) : TSL_OK);
    for (size_t i = 0; i < r->plan.outputs; i++) {
        const tsl__plan_output *o = &r->plan.output[i];
        tsl__column_build *b = &r->build[i];
        const tsl__cell_value *v = &r->value[i];
        if (o->type == TSL_TYPE_TEXT) {
            b->code[r->rows] = find_code(b, v->text);
            TSL__NEED(b->code[r->rows] >= 0 || !v->text.s);
        } else {
            b->integer[r->rows] = v->integer;
            if (o->type == TSL_TYPE_TIME) {
                tsl__ends_add(&b->ends, v->integer, r->file, r->record.line);
            }
        }
    }
    if (r->origin) {
        r->origin[r->rows] = (tsl__row_origin){(uint32_t)r->file, r->record.line};
    }
    if (r->kind != TSL_CUSTOMERS && r->opt->as_of == TSL_NO_DAY) {
        TSL__TRY(tsl__row_lines_add(&r->lines, r->file, r->record.line, (unsigned)count_rounded(r), err));
    }
    r->table->info.rounded += count_rounded(r);
    r->rows++;
done:
    return status;
}

/* Rejects a late row; *pending: the output whose open date may turn out late, else TSL__NONE. */
static tsl_status check_late(tsl__reading *r, int *rejected, size_t *pending, tsl_error *err)
{
    *pending = TSL__NONE;
    for (size_t i = 0; i < r->plan.outputs; i++) {
        if (r->plan.output[i].role != TSL_ROLE_TIME) {
            continue;
        }
        int late = is_late(r, r->value[i].integer);
        if (late < 0) {
            *pending = i;
        }
        if (late <= 0) {
            return TSL_OK;
        }
        *rejected = 1;
        size_t input = r->plan.output[i].input;
        r->fault = (tsl__fault){TSL_REJECT_AFTER_AS_OF, r->plan.name[input], tsl__decode_get_cell(r, input),
                                TSL__LATE_MESSAGE};
        return reject(r, err);
    }
    return TSL_OK;
}

static tsl_status check_known(tsl__reading *r, int *rejected, tsl_error *err)
{
    const tsl__cell_value *id = &r->value[0];         /* the customer is the first output */
    int32_t code = find_code(&r->build[0], id->text); /* kept for keep_row, which asks again */
    int orphan = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(code >= 0);
    TSL__TRY(check_orphan(r, &r->build[0], code, &orphan, err));
    if (orphan && r->opt->reject_orphans) {
        *rejected = 1;
        r->fault =
            (tsl__fault){TSL_REJECT_ORPHAN, r->plan.output[0].name, id->text, "the customers table lacks this one"};
        TSL__TRY(reject(r, err));
    }
done:
    return status;
}

/* Counts the keys of the row that lookups were asked for and lack. */
static tsl_status count_misses(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t l = 0; l < r->lookups; l++) {
        if (r->match[l] == -1) {
            tsl__span key = tsl__decode_get_cell(r, r->plan.key[l]);
            int missing = tsl__cell_is_missing(key);
            TSL__TRY(missing ? TSL_OK : tsl__miss_add(&r->miss[l], key, r->file_name, r->record.line, err));
        }
    }
done:
    return status;
}

/* A record that is no row of the table; *rejected is 1 then. */
static tsl_status check_record(tsl__reading *r, int *rejected, tsl_error *err)
{
    const tsl__record *record = &r->record;
    char message[96];
    *rejected = 1;
    if (!record->valid) {
        return reject_row(r, TSL_REJECT_ENCODING, err, "the row is not valid UTF-8");
    }
    if (record->stray) {
        snprintf(message, sizeof message, "text follows the closing quote of field %zu", record->stray);
        return reject_row(r, TSL_REJECT_RAGGED, err, message);
    }
    if (record->count != r->columns) {
        snprintf(message, sizeof message, "%zu fields instead of %zu", record->count, r->columns);
        return reject_row(r, TSL_REJECT_RAGGED, err, message);
    }
    *rejected = 0;
    return TSL_OK;
}

tsl_status tsl__accept_record(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int rejected;
    size_t pending = TSL__NONE;
    if (r->rows == INT32_MAX) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: more than 2,147,483,647 rows", r->file_name);
    }
    r->table->info.read++;
    TSL__TRY(check_record(r, &rejected, err));
    if (rejected) {
        return TSL_OK;
    }
    rejected = tsl__decode_row(r);
    TSL__TRY(count_misses(r, err));
    if (rejected) {
        return reject(r, err);
    }
    TSL__TRY(check_late(r, &rejected, &pending, err));
    TSL__TRY(!rejected && r->known ? check_known(r, &rejected, err) : TSL_OK);
    if (rejected) {
        return TSL_OK;
    }
    TSL__TRY(pending != TSL__NONE ? add_pending(r, pending, err) : TSL_OK);
    TSL__TRY(keep_row(r, err));
done:
    return status;
}
