/* customers.c: one row a customer: sorted, duplicates collapsed, conflicts out, columns typed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/amounts/status_texts.h"
#include "table/amounts/told_money.h"
#include "table/cell/parse_number.h"
#include "table/cell/unknown_text.h"
#include "table/finish/finish_purchases.h"
#include "table/ids/column_totals.h"
#include "table/ids/parted_rows.h"
#include "table/names/id_words.h"
#include "table/reading.h"
#include "table/schema/codes.h"
#include "table/schema/typing.h"

#define FEWEST_NUMBERS 3 /* that show what a column holds */

typedef struct sorting {
    tsl__reading *reading;
    size_t read;     /* rows, before some are rejected */
    size_t *order;   /* rows by id, then as they were read */
    size_t *against; /* one a row: the row that it repeats or contradicts, else itself */
    size_t *differs; /* one a row: the output in which it does, else TSL__NONE */
    size_t parted;   /* customers who stand in files whose columns differ, */
    size_t part[2];  /* and two rows of the first of them */
} sorting;

/* ---- Rows that are no customers' -------------------------------------------- */

static tsl__span get_text(const tsl__column_build *b, size_t row)
{
    tsl__span text = {"", 0};
    if (b->dict && b->code[row] >= 0) {
        text.s = tsl__dict_get_text(b->dict, b->code[row], &text.n);
    }
    return text;
}

/* A row leaves, told. */
static tsl_status leave_row(tsl__reading *r, size_t row, tsl_reject_kind kind, const char *why, tsl_error *err)
{
    const tsl__row_origin at = r->origin[row];
    const tsl__cell_place place = {r->place[at.file], at.line, ""};
    const size_t behind = r->rows - row - 1;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__reject_add(&r->rejects, kind, &place, get_text(&r->build[0], row), err, "%s", why));
    const tsl__found found = {.kind = kind == TSL_REJECT_TOTAL ? TSL_FINDING_TOTALS_ROW : TSL_FINDING_DESCRIPTION_ROW,
                              .count = 1,
                              .example = {{.file = place.file, .line = place.line}}};
    TSL__TRY(tsl__found_add(&r->table->info.notes, &found, "%.*s:%llu is %s, and left out",
                            tsl__text_head(place.file, 180), place.file, (unsigned long long)place.line, why));
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        tsl__column_build *b = &r->build[i];
        if (b->dict) {
            memmove(b->code + row, b->code + row + 1, behind * sizeof *b->code);
        } else {
            memmove(b->integer + row, b->integer + row + 1, behind * sizeof *b->integer);
        }
    }
    memmove(r->origin + row, r->origin + row + 1, behind * sizeof *r->origin);
    r->rows--;
done:
    return status;
}

/* Is the column one of numbers but for this row's cell, which has no digit? */
static int describes(const tsl__reading *r, size_t output, size_t row)
{
    const tsl__column_build *b = &r->build[output];
    const tsl__span cell = tsl__cell_trim(get_text(b, row));
    size_t numbers = 0;
    if (cell.n == 0 || tsl__span_has_digit(cell) || tsl__cell_is_missing(cell) ||
        tsl__unknown_is_text(get_text(b, row).s)) {
        return 0;
    }
    for (size_t i = 0; i < r->rows; i++) {
        double number;
        const tsl__span other = get_text(b, i);
        if (i == row || tsl__cell_is_missing(other)) {
            continue;
        }
        if (tsl__cell_number(other, &number)) {
            return 0;
        }
        numbers++;
    }
    return numbers >= FEWEST_NUMBERS;
}

/* The first row of a file that says what the columns are: no cell of it fits a column of numbers. */
static tsl_status leave_descriptions(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t row = r->rows; row-- > 0;) {
        size_t columns = 0;
        if (row > 0 && r->origin[row].file == r->origin[row - 1].file) {
            continue;
        }
        const int numbered = !tsl__plan_has_row_ids(&r->terms.plan) && tsl__span_has_digit(get_text(&r->build[0], row));
        for (size_t i = 1; i < r->terms.plan.outputs && !numbered; i++) {
            columns += r->build[i].dict && describes(r, i, row);
        }
        TSL__TRY(columns ? leave_row(r, row, TSL_REJECT_DESCRIPTION, "a line of descriptions under the header", err)
                         : TSL_OK);
    }
done:
    return status;
}

/* Rows that are called totals or averages, which a name alone does not prove: they stay. */
static tsl_status note_totals(tsl__reading *r, tsl__status_counts *c, tsl_error *err)
{
    const char *name = r->terms.plan.output[0].name;
    tsl__text where = {0};
    tsl_status status = TSL_OK;
    if (c->count == 0) {
        return TSL_OK;
    }
    const tsl__status_value *first = tsl__status_find_first(c, c->count);
    const char *file = r->place[first->file];
    tsl__found found = {.kind = TSL_FINDING_NO_CUSTOMER_IDS,
                        .column = name,
                        .example = {{.file = file, .line = first->line, .text = first->text}}};
    for (size_t i = 0; i < c->count; i++) {
        found.count += c->value[i].rows;
    }
    tsl__status_put_condition(c, c->count, name, 0, &where);
    TSL__NEED(!where.failed);
    found.condition = where.data;
    TSL__TRY(tsl__found_add(&r->table->info.notes, &found,
                            "%s: \"%s\" is hardly a customer, but a row of totals or averages, by its name: %llu such "
                            "row%s, the first in %.*s:%llu",
                            name, first->text, (unsigned long long)found.count, found.count == 1 ? "" : "s",
                            tsl__text_head(file, 180), file, (unsigned long long)first->line));
done:
    tsl__text_free(&where);
    return status;
}

/* A word is proven by one sum; without one all numbers of the row have to be sums. */
static tsl_status settle_totals(tsl__reading *r, tsl_error *err)
{
    tsl__status_counts stay = {.count = 0};
    tsl__column_total *total = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__column_totals_find(r, &total, err));
    for (size_t row = r->rows; row-- > 0 && r->rows > 2;) {
        const tsl__span id = get_text(&r->build[0], row);
        const tsl__id_word word = tsl__id_word_find(id);
        const tsl__row_origin at = r->origin[row];
        if (word == TSL__ID_WORD_TOTAL ? tsl__column_totals_has(r, total, row)
                                       : tsl__column_totals_prove(r, total, row)) {
            TSL__TRY(leave_row(r, row, TSL_REJECT_TOTAL, "a row of totals", err));
            free(total);
            TSL__TRY(tsl__column_totals_find(r, &total, err));
        } else if (word == TSL__ID_WORD_TOTAL || word == TSL__ID_WORD_AVERAGE) {
            const tsl__status_value value = {
                .text = (char *)(uintptr_t)id.s, .bytes = id.n, .rows = 1, .file = at.file, .line = at.line};
            TSL__TRY(tsl__status_counts_add(&stay, &value, err));
        }
    }
    TSL__TRY(note_totals(r, &stay, err));
done:
    free(total);
    tsl__status_counts_free(&stay);
    return status;
}

/* ---- Duplicates and conflicts ------------------------------------------ */

/* Rows in the order of their ids: a counting sort over the ranks of the codes. */
static tsl_status sort_rows(sorting *s, tsl_error *err)
{
    const tsl__reading *r = s->reading;
    const tsl__column_build *id = &r->build[0];
    size_t count = tsl__dict_get_count(id->dict);
    int32_t *rank = tsl__alloc(count, sizeof *rank);
    size_t *start = tsl__alloc_zero(count + 1, sizeof *start);
    tsl_status status = TSL_OK;
    TSL__NEED(rank && start && !tsl__dict_get_ranks(id->dict, rank));
    for (size_t row = 0; row < r->rows; row++) {
        start[rank[id->code[row]] + 1]++;
    }
    for (size_t i = 0; i < count; i++) {
        start[i + 1] += start[i];
    }
    for (size_t row = 0; row < r->rows; row++) {
        s->order[start[rank[id->code[row]]]++] = row;
    }
done:
    free(rank);
    free(start);
    return status;
}

/* The first output in which two rows differ, or TSL__NONE. */
static size_t compare_rows(const tsl__reading *r, size_t a, size_t b)
{
    for (size_t i = 1; i < r->terms.plan.outputs; i++) {
        const tsl__column_build *c = &r->build[i];
        if (c->dict ? c->code[a] != c->code[b] : c->integer[a] != c->integer[b]) {
            return i;
        }
    }
    return TSL__NONE;
}

/* Marks the rows of one customer, order[begin] to order[end - 1]. */
static void mark_group(sorting *s, size_t begin, size_t end)
{
    size_t first = s->order[begin], odd = TSL__NONE;
    int parted = 0;
    for (size_t i = begin + 1; i < end; i++) {
        size_t row = s->order[i];
        s->against[row] = first;
        s->differs[row] = compare_rows(s->reading, first, row);
        if (s->differs[row] != TSL__NONE && odd == TSL__NONE) {
            odd = row;
        }
        if (!parted && tsl__rows_are_parted(s->reading, first, row)) {
            parted = 1;
            s->part[0] = s->parted ? s->part[0] : first;
            s->part[1] = s->parted++ ? s->part[1] : row;
        }
    }
    if (odd == TSL__NONE) {
        return;
    }
    for (size_t i = begin; i < end; i++) { /* one that contradicts takes all of them out */
        size_t row = s->order[i];
        if (s->differs[row] != TSL__NONE) {
            continue;
        }
        s->against[row] = odd;
        s->differs[row] = s->differs[odd];
    }
}

/* Rejects a row that repeats or contradicts another one. */
static tsl_status reject_row(sorting *s, size_t row, tsl_error *err)
{
    tsl__reading *r = s->reading;
    const tsl__column_build *id = &r->build[0];
    const tsl__row_origin *at = &r->origin[row], *there = &r->origin[s->against[row]];
    unsigned long long line = (unsigned long long)there->line;
    tsl__cell_place place = {r->place[at->file], at->line, r->terms.plan.output[0].name};
    tsl__span text;
    text.s = tsl__dict_get_text(id->dict, id->code[row], &text.n);
    const char *file = r->place[there->file];
    if (s->differs[row] == TSL__NONE) {
        return tsl__reject_add(&r->rejects, TSL_REJECT_DUPLICATE, &place, text, err, "the same as line %llu of %.*s",
                               line, tsl__text_head(file, 200), file);
    }
    const char *name = r->terms.plan.output[s->differs[row]].name;
    return tsl__reject_add(&r->rejects, TSL_REJECT_CONFLICT, &place, text, err, "%.*s differs from line %llu of %.*s",
                           tsl__text_head(name, 100), name, line, tsl__text_head(file, 200), file);
}

/* An index that numbers two rows alike is no id. */
static tsl_status check_index(const sorting *s, size_t row, tsl_error *err)
{
    const tsl__reading *r = s->reading;
    const tsl__row_origin *at = &r->origin[row], *there = &r->origin[s->against[row]];
    size_t n;
    const char *id = tsl__dict_get_text(r->build[0].dict, r->build[0].code[row], &n);
    if (!r->terms.plan.id_is_index || s->differs[row] == TSL__NONE) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_NOT_FOUND,
                          "%s: no column of these customers is recognised as the customer, and %s is no id, as it "
                          "has %.*s in lines %llu and %llu; name the column that holds it by --customer-id COLUMN "
                          "(customers.id in the configuration); where none does, --customer-id \"" TSL_ROW_NUMBER
                          "\" takes the number of the row",
                          r->place[at->file], r->terms.plan.output[0].name, (int)(n < 40 ? n : 40), id,
                          (unsigned long long)(at->line < there->line ? at->line : there->line),
                          (unsigned long long)(at->line < there->line ? there->line : at->line));
}

/* Leaves in order[] the rows to keep; *kept of them. */
static tsl_status reject_repeated(sorting *s, size_t *kept, tsl_error *err)
{
    tsl__reading *r = s->reading;
    const int32_t *code = r->build[0].code;
    tsl_status status = TSL_OK;
    TSL__NEED(s->against = tsl__alloc(r->rows, sizeof *s->against));
    TSL__NEED(s->differs = tsl__alloc(r->rows, sizeof *s->differs));
    for (size_t row = 0; row < r->rows; row++) {
        s->against[row] = row;
        s->differs[row] = TSL__NONE;
    }
    for (size_t begin = 0, end; begin < r->rows; begin = end) {
        for (end = begin + 1; end < r->rows && code[s->order[end]] == code[s->order[begin]];) {
            end++;
        }
        mark_group(s, begin, end);
    }
    TSL__TRY(s->parted && !r->terms.plan.id_is_index ? tsl__rows_fail_parted(r, s->part[0], s->part[1], s->parted, err)
                                                     : TSL_OK);
    for (size_t row = 0; row < r->rows; row++) {
        TSL__TRY(s->against[row] != row ? check_index(s, row, err) : TSL_OK);
        TSL__TRY(s->against[row] != row ? reject_row(s, row, err) : TSL_OK);
    }
    *kept = 0;
    for (size_t i = 0; i < r->rows; i++) {
        if (s->against[s->order[i]] == s->order[i]) {
            s->order[(*kept)++] = s->order[i];
        }
    }
done:
    return status;
}

/* ---- Columns ----------------------------------------------------------- */

static void where(void *user, uint32_t row, const char **file, uint64_t *line)
{
    const sorting *s = user;
    const tsl__row_origin *at = &s->reading->origin[s->order[row]];
    *file = s->reading->place[at->file];
    *line = at->line;
}

/* 1 where whole numbers go up by one from row to row of a file; by more where lines between were rejected. A file
 * without any, which lacks the column, has no say. */
static int rises(const sorting *s, const tsl__column_build *b)
{
    double before = 0, number;
    for (size_t row = 0; row < s->read; row++) {
        const tsl__row_origin *at = &s->reading->origin[row];
        const int goes_on = row > 0 && at->file == at[-1].file, has = b->code[row] >= 0;
        tsl__span text;
        if (goes_on && has != (b->code[row - 1] >= 0)) {
            return 0;
        }
        if (!has) {
            continue;
        }
        text.s = tsl__dict_get_text(b->dict, b->code[row], &text.n);
        if (tsl__cell_number(text, &number) || tsl__cell_is_inexact(text, number) || number != floor(number)) {
            return 0;
        }
        const double rise = number - before;
        if (goes_on && rise != 1 && !(rise > 1 && rise <= (double)(at->line - at[-1].line))) {
            return 0;
        }
        before = number;
    }
    return 1;
}

/* What divides the fields of the files that a column stands in; of several files a semicolon, if one has it. */
static char delimiter_of(const tsl__reading *r, const tsl__plan_output *o)
{
    const size_t lookup = o->input == TSL__NONE ? TSL__NONE : r->terms.plan.input[o->input].lookup;
    if (lookup != TSL__NONE) {
        return tsl__lookup_get_file(r->terms.lookup[lookup])->delimiter;
    }
    for (size_t i = 0; i < r->files; i++) {
        if (r->table->file[i].delimiter == ';') {
            return ';';
        }
    }
    return ',';
}

static tsl_status profile_column(sorting *s, size_t i, tsl__profile *profile, tsl_error *err)
{
    const tsl__reading *r = s->reading;
    const tsl__column_build *b = &r->build[i];
    const tsl__plan_output *o = &r->terms.plan.output[i];
    int32_t *code = tsl__alloc(r->rows, sizeof *code);
    tsl_status status = TSL_OK;
    TSL__NEED(code);
    for (size_t row = 0; row < r->rows; row++) {
        code[row] = b->code[s->order[row]];
    }
    profile->declared = (tsl__mark)r->terms.opt->decimal;
    profile->assumed = (tsl__mark)tsl__asked_get_mark(&r->terms.asked, o->name);
    profile->delimiter = delimiter_of(r, o);
    profile->evidence.declared = r->terms.opt->dates;
    profile->before = tsl__asked_get_order(&r->terms.asked, o->name);
    profile->born_before = tsl__profile_get_born_before(r->terms.opt);
    profile->zone = r->terms.asked.zone;
    profile->knows_unknown_days = profile->knows_ages = r->terms.opt->like != NULL;
    profile->ages = tsl__asked_has_ages(&r->terms.asked, o->name);
    profile->unknown_days = tsl__asked_get_unknown(&r->terms.asked, o->name);
    profile->rises = rises(s, b);
    profile->most_misfits = r->terms.opt->like && !r->terms.opt->allow_missing ? r->terms.opt->max_rejects : 1;
    TSL__TRY(tsl__profile_build(profile, o, b->dict, code, r->rows, where, s, err));
done:
    return status;
}

/* Each column by itself; the first one that fails speaks. */
static tsl_status profile_columns(sorting *s, tsl__profile *profile, tsl_error *err)
{
    const tsl__reading *r = s->reading;
    const size_t count = r->terms.plan.outputs;
    size_t failed = count;
    tsl_status status = TSL_OK;
#pragma omp parallel for num_threads(r->threads) schedule(dynamic, 1)
    for (size_t i = 1; i < count; i++) {
        tsl_error own;
        const tsl_status done = r->build[i].dict ? profile_column(s, i, &profile[i], &own) : TSL_OK;
#pragma omp critical(profile_columns)
        if (done != TSL_OK && i < failed) {
            failed = i;
            status = tsl__error_take(err, &own);
        }
    }
    return status;
}

/* The order of dates that the columns agree on which prove one, or TSL_DATES_AUTO. */
static tsl_date_order find_common_order(const tsl__profile *profile, size_t count)
{
    tsl_date_order common = TSL_DATES_AUTO;
    for (size_t i = 1; i < count; i++) {
        const tsl_date_order proven = tsl__date_evidence_get_proven(&profile[i].evidence);
        if (proven != TSL_DATES_AUTO && common != TSL_DATES_AUTO && common != proven) {
            return TSL_DATES_AUTO;
        }
        common = proven != TSL_DATES_AUTO ? proven : common;
    }
    return common;
}

/* The decimal mark that all columns agree on which prove one; NONE: none does, or they do not. */
static tsl__mark find_common_mark(const tsl__profile *profile, size_t count)
{
    tsl__mark common = TSL__MARK_NONE;
    for (size_t i = 1; i < count; i++) {
        const tsl__mark proven =
            tsl__profile_is_most(profile[i].numbers, profile[i].present) ? profile[i].proven : TSL__MARK_NONE;
        if (proven != TSL__MARK_NONE && common != TSL__MARK_NONE && proven != common) {
            return TSL__MARK_NONE;
        }
        common = proven != TSL__MARK_NONE ? proven : common;
    }
    return common;
}

static tsl_status add_id(sorting *s, tsl_column *out, tsl_error *err)
{
    tsl__reading *r = s->reading;
    const tsl__plan_output *o = &r->terms.plan.output[0];
    tsl_table_info *info = &r->table->info;
    int32_t *code = tsl__alloc(r->rows, sizeof *code);
    tsl_status status = TSL_OK;
    *out = (tsl_column){.name = tsl__strdup(o->name), .role = TSL_ROLE_CUSTOMER, .type = TSL_TYPE_TEXT, .code = code};
    TSL__NEED(out->name && code);
    for (size_t row = 0; row < r->rows; row++) {
        code[row] = r->build[0].code[s->order[row]];
    }
    TSL__TRY(tsl__codes_finish(r->build[0].dict, code, r->rows, out, err));
    info->row_ids = tsl__plan_has_row_ids(&r->terms.plan);
    TSL__TRY(tsl__notes_add(&info->understood, "customer: %s (%s)", o->name, info->row_ids ? "row number" : "text"));
    if (info->row_ids) {
        TSL__TRY(tsl__found_add(&r->table->info.notes, &(tsl__found){.kind = TSL_FINDING_ROW_IDS},
                                "the customers' ids are the numbers of their rows, from 1; they hold as long as "
                                "no row is added, taken out or moved"));
    }
done:
    return status;
}

/* A score that is an expression was read as a decimal. */
static tsl_status add_decimal(sorting *s, size_t i, tsl_column *out, tsl_error *err)
{
    tsl__reading *r = s->reading;
    const tsl__plan_output *o = &r->terms.plan.output[i];
    int64_t *integer = tsl__alloc(r->rows, sizeof *integer);
    tsl_status status = TSL_OK;
    *out = (tsl_column){
        .name = tsl__strdup(o->name), .role = o->role, .type = o->type, .group = TSL_BEHAVIORAL, .integer = integer};
    TSL__NEED(out->name && integer);
    for (size_t row = 0; row < r->rows; row++) {
        integer[row] = r->build[i].integer[s->order[row]];
        out->missing += integer[row] == TSL_MISSING_INT;
    }
    TSL__TRY(tsl__notes_add(&r->table->info.understood, "%s: %s (%s)", tsl_role_get_name(o->role), o->name,
                            tsl_column_type_get_name(o->type)));
done:
    return status;
}

/* Dates of a column that stand far from all others. */
static tsl_status note_far(sorting *s, const tsl_column *c, tsl_error *err)
{
    tsl__reading *r = s->reading;
    const tsl__date_reading settled = {.order = TSL_DATES_AUTO};
    tsl__date_ends ends = {{0}, {{0}}, {{0}}};
    tsl__outlying far;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__outlying_find(c->integer, r->rows, &far, err));
    if (!(far.early || far.late)) {
        return TSL_OK;
    }
    for (size_t row = 0; row < r->rows; row++) {
        const tsl__row_origin *at = &r->origin[s->order[row]];
        tsl__date_ends_add(&ends, c->integer[row], at->file, at->line);
    }
    const tsl__dated first = tsl__date_ends_get_first(&ends, &settled), last = tsl__date_ends_get_last(&ends, &settled);
    TSL__TRY(tsl__outlying_note(&far, c->name, &first, &last, r->place,
                                r->terms.opt->as_of == TSL_NO_DAY ? TSL__OUTLYING_ALONE : TSL__OUTLYING_NONE,
                                &r->table->info.notes, err));
done:
    return status;
}

/* What is to be said and remembered of a column that is typed. */
static tsl_status note_column(sorting *s, const tsl__profile *p, const tsl_column *c, tsl_error *err)
{
    tsl__reading *r = s->reading;
    tsl_status status = TSL_OK;
    const int is_number = c->type == TSL_TYPE_NUMBER || c->type == TSL_TYPE_DECIMAL;
    if (is_number && (p->proven == TSL__MARK_COMMA || (p->proven == TSL__MARK_POINT && p->delimiter == ';'))) {
        TSL__TRY(tsl__asked_keep_mark(&r->terms.asked, c->name, (tsl_decimal_mark)p->proven, err));
    }
    if (c->type == TSL_TYPE_DATE || c->type == TSL_TYPE_BIRTH) {
        const tsl_date_order shown = tsl__date_evidence_keep(&p->evidence, p->before, p->reading.order);
        TSL__TRY(shown != TSL_DATES_AUTO ? tsl__asked_keep_order(&r->terms.asked, c->name, shown, err) : TSL_OK);
        TSL__TRY(p->unknown_days ? tsl__asked_keep_unknown(&r->terms.asked, c->name, p->unknown_days, err) : TSL_OK);
    }
    TSL__TRY(p->ages && is_number ? tsl__asked_keep_ages(&r->terms.asked, c->name, err) : TSL_OK);
    if (c->role == TSL_ROLE_NONE && c->type != TSL_TYPE_ORDINAL) {
        TSL__TRY(tsl__asked_keep_type(&r->terms.asked, c->name, c->type, err));
    }
    TSL__TRY(c->type == TSL_TYPE_DATE ? note_far(s, c, err) : TSL_OK);
done:
    return status;
}

/* What it is that a column of the type is refused for. */
static tsl_finding_kind find_refusal(const tsl__profile *p, tsl_column_type type)
{
    const tsl__mark_cells *cell;
    int currency;
    tsl_error why;
    const int several = p->seen && tsl__mark_get_currency(p->seen, "", &currency, &cell, &why) != TSL_OK;
    return several                                           ? TSL_FINDING_MIXED_CURRENCIES
           : type == TSL_TYPE_DATE || type == TSL_TYPE_BIRTH ? TSL_FINDING_DOUBTFUL_DATES
           : type == TSL_TYPE_NUMBER                         ? TSL_FINDING_DOUBTFUL_NUMBERS
                                                             : TSL_FINDING_REFUSED;
}

/* The currency of what customers tell that they spent: one, or converted. */
static tsl_status settle_currency(sorting *s, const tsl__profile *profile, tsl_error *err)
{
    tsl__reading *r = s->reading;
    tsl_status status = TSL_OK;
    r->refusal = TSL_FINDING_MIXED_CURRENCIES;
    TSL__TRY(tsl__told_money_convert(r, profile, s->order, err));
    TSL__TRY(tsl__finish_currency(r, profile, err));
    r->refusal = TSL_FINDING_REFUSED;
done:
    return status;
}

static tsl_status type_columns(sorting *s, tsl_error *err)
{
    tsl__reading *r = s->reading;
    tsl_table *table = r->table;
    size_t count = r->terms.plan.outputs;
    tsl_status status = TSL_OK;
    uint8_t *is_dated = NULL;
    tsl__profile *profile = tsl__alloc_zero(count, sizeof *profile);
    TSL__NEED(profile);
    TSL__NEED(is_dated = tsl__alloc_zero(count, 1));
    TSL__NEED(table->column = tsl__alloc_zero(count, sizeof *table->column));
    table->column_count = 1;
    TSL__TRY(add_id(s, &table->column[0], err));
    TSL__TRY(profile_columns(s, profile, err));
    TSL__TRY(tsl__forms_finish(r, err));
    TSL__TRY(tsl__purchases_drop_scores(r, profile, err));
    TSL__TRY(tsl__told_money_find(r, profile, where, s, err));
    const tsl__common common = {find_common_order(profile, count), find_common_mark(profile, count)};
    for (size_t i = 1; i < count; i++) {
        tsl_column *c = &table->column[table->column_count];
        status = r->build[i].dict ? tsl__profile_type(&profile[i], &common, c, &table->info, err)
                                  : add_decimal(s, i, c, err);
        table->column_count += c->name || status != TSL_OK; /* left out: no name; what failed is freed with the table */
        r->refusal = find_refusal(&profile[i], c->type);
        TSL__TRY(status);
        TSL__TRY(c->name ? note_column(s, &profile[i], c, err) : TSL_OK);
        TSL__TRY(tsl__finish_bad(r, i, err));
        is_dated[i] = c->name && r->build[i].dict && profile[i].before == TSL_DATES_AUTO &&
                      (c->type == TSL_TYPE_DATE || c->type == TSL_TYPE_BIRTH);
    }
    r->refusal = TSL_FINDING_DOUBTFUL_DATES;
    TSL__TRY(tsl__date_files_check_texts(r, is_dated, s->read, err));
    r->refusal = TSL_FINDING_REFUSED;
    TSL__TRY(tsl__purchases_check(r, s->order, err));
    TSL__TRY(settle_currency(s, profile, err));
done:
    for (size_t i = 0; profile && i < count; i++) {
        tsl__profile_free(&profile[i]);
    }
    free(profile);
    free(is_dated);
    return status;
}

static tsl_status note_events(tsl__reading *r, tsl_error *err)
{
    const char *what = tsl__join_find_events(r);
    return what ? tsl__found_add(&r->table->info.notes,
                                 &(tsl__found){.kind = TSL_FINDING_CONTRADICTING_ROWS,
                                               .count = r->rejects.by[TSL_REJECT_CONFLICT]},
                                 "%llu of %llu rows are rejected as conflict: %s",
                                 (unsigned long long)r->rejects.by[TSL_REJECT_CONFLICT],
                                 (unsigned long long)r->table->info.read, what)
                : TSL_OK;
}

tsl_status tsl__customers_finish(tsl__reading *r, tsl_error *err)
{
    sorting s = {.reading = r};
    size_t kept = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(leave_descriptions(r, err));
    TSL__TRY(settle_totals(r, err));
    s.read = r->rows;
    TSL__NEED(s.order = tsl__alloc(r->rows, sizeof *s.order));
    TSL__TRY(sort_rows(&s, err));
    TSL__TRY(reject_repeated(&s, &kept, err));
    TSL__TRY(note_events(r, err));
    r->rows = r->table->rows = kept;
    TSL__TRY(kept > 0 ? type_columns(&s, err) : TSL_OK);
done:
    free(s.order);
    free(s.against);
    free(s.differs);
    return status;
}
