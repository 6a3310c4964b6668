/* accept.c: one record of data: into the batch, as a row or as a reject. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "table/cell/suppression.h"
#include "table/names/id_words.h"
#include "table/names/status_words.h"
#include "table/row/decode.h"
#include "table/row/money.h"
#include "table/row/moved_header.h"
#include "table/source/ragged.h"

static tsl_status reject(tsl__decoder *d, tsl_error *err)
{
    const tsl__fault *f = &d->fault;
    tsl__cell_place place = {d->map->name, d->record.line, f->column};
    return tsl__batch_reject_row(d->batch, &place, f->kind, f->text, f->message, err);
}

/* ---- Rows that are no data ---------------------------------------------------- */

/* The first record of a file says what the columns are: neither customer nor time nor amount has a digit. */
static int is_description(tsl__decoder *d)
{
    const tsl__plan *plan = &d->terms->plan;
    int times = 0;
    for (size_t i = 0; i < plan->outputs && d->starts_file; i++) {
        const tsl__plan_output *o = &plan->output[i];
        if (o->input == TSL__NONE ||
            (o->role != TSL_ROLE_TIME && o->role != TSL_ROLE_AMOUNT && o->role != TSL_ROLE_CUSTOMER)) {
            continue;
        }
        const tsl__span cell = tsl__cell_trim(tsl__decode_get_cell(d, o->input));
        if (cell.n == 0 || tsl__span_has_digit(cell) || tsl__cell_is_missing(cell)) {
            return 0;
        }
        times += o->role == TSL_ROLE_TIME;
    }
    return times > 0;
}

#define HEADER_AGAIN "the header once more"

/* The header once more, as where files were put behind each other. */
static int is_header_again(const tsl__decoder *d)
{
    const tsl__plan *plan = &d->terms->plan;
    const size_t id = plan->output[0].input;
    int same = id < plan->own_inputs && !d->cells;
    for (size_t i = 0; i < plan->own_inputs && same; i++) {
        const size_t at = i ? i - (i <= id) : id; /* the customer first: most rows differ there */
        const size_t field = d->map->field[at];
        same = field == TSL__NONE || (!plan->input[at].used && at != id) ||
               tsl__span_equal(d->record.field[field], tsl__span_make(plan->name[at]));
    }
    return same;
}

/* Its columns elsewhere: no row behind it can be told. */
static tsl_status refuse_moved_header(const tsl__decoder *d, tsl_error *err)
{
    return d->cells ? TSL_OK : tsl__moved_header_refuse(d->map, &d->record, err);
}

#define MOST_WORD_BYTES 48

static int is_word(tsl__span cell, tsl__id_word word)
{
    return cell.n > 0 && cell.n <= MOST_WORD_BYTES && tsl__id_word_find(cell) == word;
}

/* What stands in the place of an id. */
static int is_total(tsl__span id)
{
    return is_word(id, TSL__ID_WORD_TOTAL) || is_word(id, TSL__ID_WORD_AVERAGE);
}

/* The field of a row that calls it one of totals: that of the customer or the order, or, where no customer is there,
 * any, of which an average may be a quality; count: none. Rows of arrays have no fields. */
static size_t find_total(const tsl__decoder *d)
{
    const size_t input = d->terms->plan.output[0].input; /* the customer is the first output */
    const size_t id = input != TSL__NONE && d->map->field ? d->map->field[input] : TSL__NONE,
                 named = d->terms->plan.order, order = named != TSL__NONE && d->map->field ? d->map->field[named] : id;
    for (size_t i = 0; i < d->record.count && !d->cells; i++) {
        const tsl__span cell = tsl__cell_trim(d->record.field[i]);
        const int is = i == id || i == order
                           ? is_total(cell)
                           : d->fault.kind == TSL_REJECT_NO_CUSTOMER && is_word(cell, TSL__ID_WORD_TOTAL);
        if (is) {
            return i;
        }
    }
    return d->record.count;
}

static void blame_record(tsl__decoder *d, tsl_reject_kind kind)
{
    d->fault.kind = kind;
    d->fault.column = "";
    d->fault.text = d->record.raw;
}

/* What cannot be used is perhaps no row of data at all. */
static void look_again(tsl__decoder *d)
{
    char word[80];
    const size_t total = find_total(d);
    if (total < d->record.count) {
        snprintf(d->fault.message, sizeof d->fault.message, "a row of totals: \"%s\"",
                 tsl__span_show(d->record.field[total], word, sizeof word));
        blame_record(d, TSL_REJECT_TOTAL);
    } else if (is_header_again(d)) {
        snprintf(d->fault.message, sizeof d->fault.message, HEADER_AGAIN);
        blame_record(d, TSL_REJECT_DESCRIPTION);
    } else if (is_description(d)) {
        snprintf(d->fault.message, sizeof d->fault.message, "a line of descriptions under the header");
        blame_record(d, TSL_REJECT_DESCRIPTION);
    }
}

static tsl_status reject_record(tsl__decoder *d, tsl_reject_kind kind, const char *message, tsl_error *err)
{
    tsl__cell_place place = {d->map->name, d->record.line, ""};
    return tsl__batch_reject_row(d->batch, &place, kind, d->record.raw, message, err);
}

/* ---- Customers ------------------------------------------------------------- */

static int compare_text(const void *key, const void *entry)
{
    return strcmp(key, *(char *const *)entry);
}

int tsl__terms_get_known(const tsl__terms *terms, const char *id)
{
    const tsl_column *ids = tsl_table_get_role(terms->known, TSL_ROLE_CUSTOMER);
    return ids && bsearch(id, ids->dict, ids->dict_count, sizeof *ids->dict, compare_text) ? TSL__KNOWN : TSL__ORPHAN;
}

static tsl__short_text *find_recent(tsl__decoder_text *t, tsl__words key)
{
    return &t->recent[tsl__words_hash(key) >> (64 - TSL__RECENT_BITS)];
}

/* The code in the dictionary, where the text is put if it is new. */
static tsl_status add_text(tsl__decoder *d, size_t output, tsl__span text, int32_t *code, tsl_error *err)
{
    tsl__decoder_text *t = &d->text[output];
    const size_t before = tsl__dict_get_count(t->dict);
    *code = tsl__dict_add(t->dict, text.s, text.n);
    if (*code < 0) {
        return tsl__error_nomem(err);
    }
    if ((size_t)*code < before) {
        return TSL_OK;
    }
    if (d->batch->observed.output[output].firsts) {
        tsl__first_texts_add(d->batch->observed.output[output].firsts, text, d->map->name, d->record.line);
    }
    return tsl__batch_add_text(d->batch, output, text, err);
}

/* Most customers have one row: those who have several meet in the table's dictionary. */
static tsl_status give_code(tsl__decoder *d, size_t output, tsl__span text, int32_t *code, tsl_error *err)
{
    tsl__decoder_text *t = &d->text[output];
    if (t->given == INT32_MAX) {
        return tsl__error_nomem(err);
    }
    *code = t->given++;
    return tsl__batch_add_text(d->batch, output, text, err);
}

/* The code of a text, -1 where it is missing. Most columns have few texts, and the lines of an order follow each other:
 * those seen lately are tried first. */
static tsl_status find_code(tsl__decoder *d, size_t output, tsl__span text, int32_t *code, tsl_error *err)
{
    tsl__decoder_text *t = &d->text[output];
    tsl_status status = TSL_OK;
    *code = -1;
    if (!text.s) {
        return TSL_OK;
    }
    if (d->terms->kind == TSL_CUSTOMERS && d->terms->plan.output[output].role == TSL_ROLE_CUSTOMER) {
        return give_code(d, output, text, code, err);
    }
    if (text.n > 0 && text.n <= TSL__SHORT_BYTES) {
        const tsl__words key = tsl__words_make(text.s, text.n);
        tsl__short_text *recent = find_recent(t, key);
        if (recent->words.low != key.low || recent->words.high != key.high) {
            TSL__TRY(add_text(d, output, text, code, err));
            *recent = (tsl__short_text){key, *code};
        }
        *code = recent->code;
        return TSL_OK;
    }
    if (tsl__dict_get_count(t->dict) > 0) {
        tsl__span last;
        last.s = tsl__dict_get_text(t->dict, t->last_code, &last.n);
        if (tsl__span_equal(last, text)) {
            *code = t->last_code;
            return TSL_OK;
        }
    }
    TSL__TRY(add_text(d, output, text, code, err));
    t->last_code = *code;
done:
    return status;
}

/* *orphan: 1 where the known customers lack this one; asked once a customer. */
static tsl_status check_orphan(tsl__decoder *d, int32_t code, int *orphan, tsl_error *err)
{
    void *known = d->known;
    size_t before = d->known_capacity;
    if (tsl__reserve(&known, &d->known_capacity, (size_t)code + 1, 1)) {
        return tsl__error_nomem(err);
    }
    d->known = known;
    memset(d->known + before, 0, d->known_capacity - before);
    if (!d->known[code]) {
        d->known[code] = (uint8_t)tsl__terms_get_known(d->terms, tsl__dict_get_text(d->text[0].dict, code, NULL));
    }
    *orphan = d->known[code] == TSL__ORPHAN;
    return TSL_OK;
}

/* Where rows of customers that are not known are refused. */
static tsl_status check_known(tsl__decoder *d, int *rejected, tsl_error *err)
{
    const tsl__cell_value *id = &d->value[0]; /* the customer is the first output */
    int32_t code;
    int orphan = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(find_code(d, 0, id->text, &code, err)); /* keep_row asks again */
    TSL__TRY(check_orphan(d, code, &orphan, err));
    if (orphan) {
        *rejected = 1;
        d->fault = (tsl__fault){TSL_REJECT_ORPHAN, d->terms->plan.output[0].name, id->text,
                                "the customers table lacks this one"};
        TSL__TRY(reject(d, err));
    }
done:
    return status;
}

/* ---- Late rows --------------------------------------------------------------- */

/* Amounts and costs of the current row that had to be rounded, which is observed. */
static unsigned count_rounded(tsl__decoder *d)
{
    unsigned count = 0;
    for (size_t i = 0; d->any_rounded && i < d->terms->plan.outputs; i++) {
        tsl_role role = d->terms->plan.output[i].role;
        count += (role == TSL_ROLE_AMOUNT || role == TSL_ROLE_COST) && d->value[i].rounded;
    }
    if (count) {
        (void)tsl__some_rows_add(&d->batch->observed.rounded, d->map->file, d->record.line);
    }
    return count;
}

/* Remembers a row whose date is late by some of its readings. */
static tsl_status add_pending(tsl__decoder *d, size_t output, tsl_error *err)
{
    tsl__batch *b = d->batch;
    void *pending = b->pending;
    int failed = tsl__reserve(&pending, &b->pending_capacity, b->pendings + 1, sizeof *b->pending);
    b->pending = pending;
    if (failed) {
        return tsl__error_nomem(err);
    }
    tsl__span cell = tsl__decode_get_cell(d, d->terms->plan.output[output].input);
    char *text = tsl__strndup(cell.s, cell.n);
    if (!text) {
        return tsl__error_nomem(err);
    }
    b->pending[b->pendings++] = (tsl__pending){b->rows, d->map->file, d->record.line, count_rounded(d), text};
    return TSL_OK;
}

/* Does the time lie at or after the as-of day? 1 yes, 0 no, -1 by some of its readings. */
static int is_late(const tsl__decoder *d, int64_t time)
{
    const int64_t limit = (int64_t)d->terms->opt->as_of * TSL__DAY_SECONDS;
    int64_t least, most;
    if (time == TSL_MISSING_INT) {
        return 0;
    }
    tsl__date_get_bounds(time, &least, &most);
    return least >= limit ? 1 : most < limit ? 0 : -1;
}

/* Rejects a late row; *pending: the output whose date may turn out late, else TSL__NONE. */
static tsl_status check_late(tsl__decoder *d, int *rejected, size_t *pending, tsl_error *err)
{
    *pending = TSL__NONE;
    for (size_t i = 0; d->terms->opt->as_of != TSL_NO_DAY && i < d->terms->plan.outputs; i++) {
        if (d->terms->plan.output[i].role != TSL_ROLE_TIME) {
            continue;
        }
        int late = is_late(d, d->value[i].integer);
        if (late < 0) {
            *pending = i;
        }
        if (late <= 0) {
            return TSL_OK;
        }
        *rejected = 1;
        size_t input = d->terms->plan.output[i].input;
        d->fault = (tsl__fault){TSL_REJECT_AFTER_AS_OF, d->terms->plan.name[input], tsl__decode_get_cell(d, input),
                                TSL__LATE_MESSAGE};
        return reject(d, err);
    }
    return TSL_OK;
}

/* ---- The record ---------------------------------------------------------------- */

/* Takes the decoded row into the columns. */
static tsl_status keep_row(tsl__decoder *d, tsl_error *err)
{
    const tsl__plan *plan = &d->terms->plan;
    tsl__batch *b = d->batch;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__batch_reserve(b, plan, err));
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__cell_value *v = &d->value[i];
        if (plan->output[i].type == TSL_TYPE_TEXT) {
            TSL__TRY(find_code(d, i, v->text, &b->column[i].code[b->rows], err));
            continue;
        }
        b->column[i].integer[b->rows] = v->integer;
        if (plan->output[i].type == TSL_TYPE_TIME) {
            tsl__date_ends_add(&b->observed.output[i].ends, v->integer, d->map->file, d->record.line);
        }
    }
    b->line[b->rows] = d->record.line;
    b->rounded[b->rows] = (uint8_t)count_rounded(d);
    b->number[b->rows] = (uint32_t)b->read;
    b->rows++;
done:
    return status;
}

static int64_t get_output(const tsl__decoder *d, size_t output)
{
    return output == TSL__NONE ? TSL_MISSING_INT : d->value[output].integer;
}

/* Looks at a time that is kept by customer, and folds it. */
static inline int scatter_time(tsl__decoder *d, size_t output, tsl__cell_value *v, unsigned *bits)
{
    const int64_t amount = get_output(d, d->line_amount);
    tsl__date_ends *ends = &d->batch->observed.output[output].ends;
    v->kept = tsl__time_fold(v->integer, bits);
    if (!v->is_fixed || !tsl__date_ends_hold(ends, v->kept)) {
        tsl__date_ends_add(ends, v->integer, d->map->file, d->record.line);
    }
    return v->is_fixed &&
                   tsl__day_counts_hold(&d->sums.days, v->day, v->kept != (int64_t)v->day * TSL__DAY_SECONDS, amount)
               ? 0
               : tsl__day_counts_add(&d->sums.days, v->integer, amount);
}

/* Takes the decoded row to those of its customer. */
static tsl_status scatter_row(tsl__decoder *d, tsl_error *err)
{
    const size_t outputs = d->terms->plan.outputs;
    const unsigned rounded = count_rounded(d);
    unsigned bits = 0; /* of the time */
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < outputs; i++) {
        tsl__cell_value *v = &d->value[i];
        int32_t code = -1;
        switch (d->form[i]) {
        case TSL__SHARD_ID:
        case TSL__SHARD_TEXT:
            d->sums.column[i].missing += !v->text.s;
            break;
        case TSL__SHARD_CODE:
            TSL__TRY(find_code(d, i, v->text, &code, err));
            TSL__TRY(tsl__sums_add_code(&d->sums, i, code, err));
            v->kept = code;
            break;
        case TSL__SHARD_NUMBER:
            v->kept = v->integer;
            tsl__sums_add_number(&d->sums, i, v->integer);
            break;
        case TSL__SHARD_TIME:
            TSL__TRY(scatter_time(d, i, v, &bits) ? tsl__error_nomem(err) : TSL_OK);
            break;
        }
    }
    d->sums.rounded += rounded;
    TSL__TRY(tsl__shard_write(d->writer, d->map->file, d->record.line, rounded | bits << TSL__SHARD_TIME_BITS, d->value,
                              err));
    d->batch->kept++;
done:
    return status;
}

/* Of a column of dates whether the cell holds one; what else it holds stays as it is. */
static tsl__span mark_date(tsl__span cell)
{
    int64_t value;
    unsigned bits;
    return cell.n && tsl__date_read(cell, TSL_DATES_AUTO, &value) == TSL__DATE_GOOD &&
                   !tsl__time_is_placeholder(tsl__time_fold(value, &bits))
               ? tsl__span_make(TSL__STATUS_DATED)
               : cell;
}

/* Counts the row by what its statuses say, with its money. */
static tsl_status count_statuses(tsl__decoder *d, tsl_error *err)
{
    const tsl__plan *plan = &d->terms->plan;
    tsl__status_value row = {.rows = 1, .file = d->map->file, .line = d->record.line};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < plan->outputs; i++) {
        const int64_t amount = plan->output[i].role == TSL_ROLE_AMOUNT ? d->value[i].integer : TSL_MISSING_INT;
        row.absolute = amount != TSL_MISSING_INT ? (amount < 0 ? -(__int128)amount : amount) : row.absolute;
        row.negative += amount != TSL_MISSING_INT && amount < 0;
    }
    for (size_t i = 0; i < plan->statuses; i++) {
        const tsl__span found = tsl__decode_get_present(d, plan->status[i]);
        const tsl__span cell = plan->dated >> i & 1 ? mark_date(found) : found;
        row.text = (char *)(uintptr_t)cell.s;
        row.bytes = cell.n;
        TSL__TRY(tsl__status_counts_add(&d->batch->observed.status[i], &row, err));
    }
done:
    return status;
}

/* Counts the row by what stands beside its amount. */
static void count_besides(tsl__decoder *d)
{
    const tsl__plan *plan = &d->terms->plan;
    const tsl__line_money line = {get_output(d, d->line_amount), get_output(d, d->line_quantity),
                                  get_output(d, d->line_price)};
    tsl__beside_value value[TSL__MOST_BESIDE] = {{0}};
    for (size_t i = 0; i < plan->besides; i++) {
        value[i] = tsl__decode_get_beside(d, plan->beside[i].input);
    }
    tsl__besides_add(&d->batch->observed.besides, &line, value, plan->besides, d->map->file, d->record.line);
}

/* Follows the amounts, and rows that sum them up in the place of an order. */
static tsl_status count_subtotals(tsl__decoder *d, tsl_error *err)
{
    const tsl__span order = d->value[d->line_order].text;
    const int64_t amount = get_output(d, d->line_amount);
    tsl__status_value row = {.rows = 1, .file = d->map->file, .line = d->record.line};
    if (amount == TSL_MISSING_INT) {
        return TSL_OK;
    }
    row.absolute = amount < 0 ? -(__int128)amount : amount;
    if (order.n && !tsl__span_has_digit(order) && is_total(order)) { /* most orders have digits */
        row.text = (char *)(uintptr_t)order.s;
        row.bytes = order.n;
    }
    return tsl__subtotals_add(&d->batch->observed.subtotals, &row, amount, err);
}

/* What the amount of the row is to what stands beside it, and to the rows before it. */
static tsl_status count_amount(tsl__decoder *d, tsl_error *err)
{
    if (d->terms->plan.besides || d->line_quantity != TSL__NONE) {
        count_besides(d);
    }
    return d->line_order != TSL__NONE ? count_subtotals(d, err) : TSL_OK;
}

/* The order of a line that has its amount, for the lines behind it. */
static void remember_order(tsl__decoder *d)
{
    tsl__lacking *l = &d->batch->observed.lacking;
    const tsl__span order = d->value[d->order].text;
    const int is_same = order.n == l->bytes && order.s && memcmp(order.s, l->order, order.n) == 0;
    l->others += is_same && order.n > 0;
    if (!is_same) {
        l->bytes = order.s && order.n <= sizeof l->order ? order.n : 0;
        memcpy(l->order, l->bytes ? order.s : "", l->bytes);
        l->is_counted = 0;
    }
}

/* A line that is rejected: is it one of that order, without an amount? */
static void count_lacking(tsl__decoder *d)
{
    tsl__lacking *l = &d->batch->observed.lacking;
    const size_t amount = d->terms->plan.output[d->amount].input;
    const tsl__span cell = tsl__cell_trim(tsl__decode_get_cell(d, amount));
    const tsl__span order = tsl__cell_trim(tsl__decode_get_cell(d, d->terms->plan.output[d->order].input));
    if (!tsl__cell_is_missing(cell) || !l->bytes || order.n != l->bytes || memcmp(order.s, l->order, order.n) != 0) {
        return;
    }
    if (l->lines++ == 0) {
        l->file = d->map->file;
        l->line = d->record.line;
    }
    l->orders += !l->is_counted;
    l->is_counted = 1;
}

/* The hash of the record as it was written; of arrays of what is read of it. */
static uint64_t hash_record(const tsl__decoder *d)
{
    tsl__span raw = d->record.raw;
    uint64_t hash = 0;
    while (raw.n && (raw.s[raw.n - 1] == '\n' || raw.s[raw.n - 1] == '\r')) {
        raw.n--;
    }
    if (!d->cells) {
        return tsl__hash64(raw.s, raw.n, 0);
    }
    for (size_t i = 0; i < d->terms->plan.outputs; i++) {
        const tsl__cell_value *v = &d->value[i];
        hash = d->terms->plan.output[i].type != TSL_TYPE_TEXT ? tsl__hash64(&v->integer, sizeof v->integer, hash)
               : v->text.s                                    ? tsl__hash64(v->text.s, v->text.n, hash)
                                                              : tsl__hash64("", 0, hash);
    }
    return hash;
}

/* Are repeated rows looked for? Not any more once there are too many. */
static int wants_hash(const tsl__decoder *d)
{
    return d->terms->kind != TSL_CUSTOMERS && !tsl__row_hashes_are_over(d->hashes);
}

/* Counts the keys of the row that lookups were asked for and lack. */
static tsl_status count_misses(tsl__decoder *d, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t l = 0; l < d->terms->lookups; l++) {
        if (d->match[l] == -1) {
            tsl__span key = tsl__decode_get_cell(d, d->terms->plan.key[l]);
            TSL__TRY(tsl__cell_is_missing(key)
                         ? TSL_OK
                         : tsl__miss_add(&d->batch->observed.miss[l], key, d->map->name, d->record.line, err));
        }
    }
done:
    return status;
}

/* A row that is not kept: when it was, and, of nobody, what it is worth. */
static tsl_status count_left(tsl__decoder *d, tsl_error *err)
{
    const int of_nobody = d->fault.kind == TSL_REJECT_NO_CUSTOMER;
    tsl_status status = TSL_OK;
    if (d->line_time == TSL__NONE) {
        return TSL_OK;
    }
    TSL__TRY(tsl__month_sums_add(&d->left, get_output(d, d->line_time), of_nobody, get_output(d, d->line_amount), err));
    if (of_nobody && d->told_order != TSL__NONE) {
        TSL__TRY(tsl__order_hashes_add(&d->left_orders, d->value[d->told_order].text, err));
    }
done:
    return status;
}

/* A record that takes in lines that seem to be rows. */
static void count_taken(tsl__decoder *d)
{
    tsl__taken *t = &d->batch->observed.taken;
    const uint64_t line = d->record.line;
    if (t->records == 0) {
        *t = (tsl__taken){.file = d->map->file, .line = line, .end = line + d->record.lines};
    }
    t->records++;
    t->lines += d->record.taken;
}

static int is_broken(const tsl__decoder *d)
{
    const tsl__record *record = &d->record;
    return !record->valid || record->stray || record->is_open || record->count != d->map->columns;
}

/* 1: a row whose columns cannot be told, in any of which a customer stands who is left out. */
static int names_suppressed(const tsl__decoder *d)
{
    const tsl_suppression *suppression = d->terms->opt->suppression;
    size_t i = 0;
    if (!suppression || d->cells || !is_broken(d)) {
        return 0;
    }
    while (i < d->record.count &&
           !tsl__suppression_has(suppression, tsl__cell_trim(d->record.field[i]), d->terms->opt->id_normalise)) {
        i++;
    }
    return i < d->record.count;
}

/* A record that is no row of the table; *rejected is 1 then. */
static tsl_status check_record(tsl__decoder *d, int *rejected, tsl_error *err)
{
    const tsl__record *record = &d->record;
    char message[160];
    *rejected = 1;
    if (!record->valid) {
        return reject_record(d, TSL_REJECT_ENCODING, "the row is not valid UTF-8 (--encoding says what else it may be)",
                             err);
    }
    if (record->stray) {
        snprintf(message, sizeof message, "text follows the closing quote of field %zu", record->stray);
        return reject_record(d, TSL_REJECT_RAGGED, message, err);
    }
    if (record->is_open) {
        d->batch->first_quote = d->batch->quotes++ ? d->batch->first_quote : record->line;
        return reject_record(d, TSL_REJECT_RAGGED,
                             "a quote opens here that the line does not close, and what it would take in are rows",
                             err);
    }
    if (record->count != d->map->columns) {
        char count[TSL__RAGGED_BYTES];
        return reject_record(d, TSL_REJECT_RAGGED, tsl__ragged_describe(record, d->map->columns, count), err);
    }
    *rejected = 0;
    return TSL_OK;
}

/* Columns whose first cells were all missing may hold codes of currencies. */
static void watch_row(tsl__decoder *d)
{
    const tsl__plan *plan = &d->terms->plan;
    for (size_t i = 0; i < plan->watches; i++) {
        tsl__watched *w = &d->batch->observed.watched[i];
        const int is_first = !w->cells.codes;
        tsl__currency_cells_add(&w->cells, tsl__decode_get_cell(d, plan->watched[i]), 1);
        if (is_first && w->cells.codes) {
            w->file = d->map->file;
            w->line = d->record.line;
        }
    }
}

/* Keeps a row that is used, and what is to be known of it besides. pending: as of check_late. */
static tsl_status take_row(tsl__decoder *d, size_t pending, tsl_error *err)
{
    const tsl__terms *terms = d->terms;
    tsl_status status = TSL_OK;
    TSL__TRY(pending != TSL__NONE ? add_pending(d, pending, err) : TSL_OK);
    TSL__TRY(d->writer ? scatter_row(d, err) : keep_row(d, err));
    if (d->amount != TSL__NONE) {
        remember_order(d);
    }
    TSL__TRY(d->told_order != TSL__NONE ? tsl__order_hashes_add(&d->kept_orders, d->value[d->told_order].text, err)
                                        : TSL_OK);
    TSL__TRY(terms->plan.statuses ? count_statuses(d, err) : TSL_OK);
    TSL__TRY(d->line_amount != TSL__NONE ? count_amount(d, err) : TSL_OK);
    TSL__TRY(terms->asked.rates.count ? tsl__money_count(d, err) : TSL_OK);
    watch_row(d);
    if (wants_hash(d)) {
        const tsl__row_hash row = {hash_record(d), d->record.line, (uint32_t)d->map->file};
        TSL__TRY(tsl__row_hashes_add(&d->batch->hashes, &row, err));
    }
    TSL__TRY(terms->opt->id_normalise && d->value[0].text.s
                 ? tsl__shown_ids_add(&d->shown_ids, d->value[0].text, d->spelling, err)
                 : TSL_OK);
done:
    return status;
}

tsl_status tsl__accept_record(tsl__decoder *d, tsl_error *err)
{
    const tsl__terms *terms = d->terms;
    tsl_status status = TSL_OK;
    int rejected;
    size_t pending = TSL__NONE;
    d->batch->read++;
    if (d->record.taken) {
        count_taken(d);
    }
    if (names_suppressed(d)) { /* a broken row, which would be told */
        d->batch->suppressed++;
        return TSL_OK;
    }
    TSL__TRY(check_record(d, &rejected, err));
    if (rejected) {
        return TSL_OK;
    }
    if (terms->kind == TSL_CUSTOMERS && is_header_again(d)) { /* whose texts are all good */
        return reject_record(d, TSL_REJECT_DESCRIPTION, HEADER_AGAIN, err);
    }
    if (d->record.guarded) {
        d->batch->first_guarded = d->batch->guarded ? d->batch->first_guarded : d->record.line;
        d->batch->guarded += d->record.guarded;
    }
    TSL__TRY(terms->kind == TSL_CUSTOMERS ? refuse_moved_header(d, err) : TSL_OK);
    d->rows++;
    if (tsl__plan_has_order_statuses(&terms->plan)) {
        tsl__order_cells_fill(d);
    }
    if (terms->plan.where && !tsl__decode_where(d)) {
        d->batch->filtered++;
        return refuse_moved_header(d, err);
    }
    if (terms->opt->suppression && tsl__decode_is_suppressed(d)) {
        d->batch->suppressed++;
        return TSL_OK;
    }
    rejected = tsl__decode_row(d);
    TSL__TRY(count_misses(d, err));
    if (rejected) {
        if (d->amount != TSL__NONE) {
            count_lacking(d);
        }
        TSL__TRY(refuse_moved_header(d, err));
        look_again(d);
        TSL__TRY(count_left(d, err));
        return reject(d, err);
    }
    TSL__TRY(check_late(d, &rejected, &pending, err));
    TSL__TRY(!rejected && terms->known && terms->opt->reject_orphans ? check_known(d, &rejected, err) : TSL_OK);
    if (rejected) {
        tsl__decode_forget(d);
        return count_left(d, err);
    }
    TSL__TRY(take_row(d, pending, err));
done:
    return status;
}
