/* decode.c: the cells of one record -> values of the outputs, or the reason why not. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/text.h"
#include "table/cell/clock_length.h"
#include "table/cell/id_spelling.h"
#include "table/cell/plain_decimal.h"
#include "table/cell/suppression.h"
#include "table/date/fixed_time.h"
#include "table/date/parse_clock.h"
#include "table/names/roles.h"
#include "table/row/decode.h"
#include "table/row/money.h"
#include "table/schema/typing.h"

/* The output of a role, where it is a column of the table's own. */
static size_t find_column(const tsl__plan *plan, tsl_role role)
{
    size_t i = 0;
    while (i < plan->outputs && (plan->output[i].role != role || plan->output[i].input == TSL__NONE)) {
        i++;
    }
    return i < plan->outputs && !plan->output[i].expr ? i : TSL__NONE;
}

static size_t find_role(const tsl__plan *plan, tsl_role role)
{
    size_t i = 0;
    while (i < plan->outputs && plan->output[i].role != role) {
        i++;
    }
    return i < plan->outputs ? i : TSL__NONE;
}

tsl_status tsl__decoder_open(tsl__decoder *d, const tsl__terms *terms, tsl_error *err)
{
    const tsl__plan *plan = &terms->plan;
    tsl_status status = TSL_OK;
    *d = (tsl__decoder){
        .terms = terms, .order = find_column(plan, TSL_ROLE_ORDER), .amount = find_column(plan, TSL_ROLE_AMOUNT)};
    d->amount = d->order == TSL__NONE ? TSL__NONE : d->amount;
    d->line_amount = find_role(plan, TSL_ROLE_AMOUNT);
    d->line_quantity = find_role(plan, TSL_ROLE_QUANTITY);
    d->line_price = find_role(plan, TSL_ROLE_PRICE);
    d->line_time = terms->kind == TSL_TRANSACTIONS ? find_role(plan, TSL_ROLE_TIME) : TSL__NONE;
    d->told_order = terms->kind == TSL_TRANSACTIONS ? find_role(plan, TSL_ROLE_ORDER) : TSL__NONE;
    d->line_order = plan->order == TSL__NONE ? TSL__NONE : find_role(plan, TSL_ROLE_ORDER);
    const size_t currency = find_column(plan, TSL_ROLE_CURRENCY);
    d->currency = currency == TSL__NONE ? TSL__NONE : plan->output[currency].input;
    TSL__NEED(d->value = tsl__alloc_zero(plan->outputs, sizeof *d->value));
    TSL__NEED(d->quick = tsl__alloc_zero(plan->outputs, sizeof *d->quick));
    TSL__NEED(d->text = tsl__alloc_zero(plan->outputs, sizeof *d->text));
    TSL__NEED(d->shown = tsl__alloc_zero(plan->own_inputs, sizeof *d->shown));
    TSL__NEED(d->match = tsl__alloc_zero(terms->lookups, sizeof *d->match));
    TSL__NEED(d->number = tsl__alloc_zero(plan->numbers, sizeof *d->number));
    TSL__NEED(d->operand = tsl__alloc_zero(plan->inputs, sizeof *d->operand));
    TSL__NEED(d->value_operand = tsl__alloc_zero(4 * plan->inputs, sizeof *d->value_operand)); /* four types */
    TSL__NEED(d->form = tsl__alloc(plan->outputs, sizeof *d->form));
    TSL__TRY(tsl__sums_open(&d->sums, plan->outputs, err));
    for (size_t i = 0; i < plan->outputs; i++) {
        d->form[i] = tsl__terms_get_form(terms, i);
        TSL__NEED(plan->output[i].type != TSL_TYPE_TEXT || (d->text[i].dict = tsl__dict_open()));
    }
done:
    return status;
}

void tsl__decoder_free(tsl__decoder *d)
{
    for (size_t i = 0; d->text && i < d->terms->plan.outputs; i++) {
        tsl__dict_free(d->text[i].dict);
    }
    free(d->value);
    free(d->quick);
    free(d->text);
    free(d->shown);
    free(d->match);
    free(d->number);
    free(d->operand);
    free(d->value_operand);
    free(d->known);
    free(d->form);
    tsl__shown_ids_free(&d->shown_ids);
    tsl__month_sums_free(&d->left);
    tsl__order_hashes_free(&d->kept_orders);
    tsl__order_hashes_free(&d->left_orders);
    tsl__sums_free(&d->sums);
}

tsl__shard_form tsl__terms_get_form(const tsl__terms *terms, size_t output)
{
    const tsl__plan_output *o = &terms->plan.output[output];
    if (o->type == TSL_TYPE_TIME) {
        return TSL__SHARD_TIME;
    }
    if (o->type != TSL_TYPE_TEXT) {
        return TSL__SHARD_NUMBER;
    }
    return o->role == TSL_ROLE_CUSTOMER ? TSL__SHARD_ID : o->role == TSL_ROLE_ORDER ? TSL__SHARD_TEXT : TSL__SHARD_CODE;
}

#define UNKNOWN (-2) /* a lookup not tried yet for this record */

/* WRONG: the row cannot be used, whatever the cell is for. */
enum { GOOD, MISSING, BAD, WRONG };

/* The array that an input stands in; NULL for the fields of files and lookups. */
static const tsl__cell_array *get_array(const tsl__decoder *d, size_t input)
{
    const tsl__plan_input *in = &d->terms->plan.input[input];
    return d->cells && in->lookup == TSL__NONE ? &d->cells[in->column] : NULL;
}

#define INEXACT "is beyond the whole numbers that floating-point numbers keep apart"

/* A floating-point number so large that as an id, key or code it may be another one. */
static int is_inexact(const tsl__typed *cell)
{
    return cell->form == TSL__TYPED_NUMBER && fabs(cell->number) > cell->greatest_whole;
}

static tsl__span get_field(tsl__decoder *d, size_t input);

/* 1: what the input holds may be another key, as digits of it are lost. */
static int is_inexact_input(tsl__decoder *d, size_t input)
{
    const tsl__cell_array *array = get_array(d, input);
    tsl__typed cell = {.form = TSL__TYPED_MISSING};
    if (array) {
        tsl__cell_array_get(array, d->cell_row, &cell);
        return is_inexact(&cell);
    }
    const tsl__span text = get_field(d, input);
    return tsl__id_may_be_science(text) && tsl__id_find_science(text) == TSL__ID_ROUNDED;
}

/* A status that another line of the order tells; of no bytes: none does. */
static tsl__span get_fill(const tsl__decoder *d, size_t input)
{
    const tsl__plan *plan = &d->terms->plan;
    for (size_t i = 0; i < plan->statuses && d->filled; i++) {
        if (plan->status[i] == input && d->filled >> i & 1) {
            return d->fill[i];
        }
    }
    return (tsl__span){"", 0};
}

/* The text of an input in no array. */
static tsl__span get_field(tsl__decoder *d, size_t input)
{
    const tsl__plan_input *in = &d->terms->plan.input[input];
    if (in->lookup == TSL__NONE) {
        size_t field = d->map->field[in->column];
        const tsl__span fill = get_fill(d, input);
        return fill.n || field == TSL__NONE ? fill : d->record.field[field];
    }
    int32_t *match = &d->match[in->lookup];
    if (*match == UNKNOWN) {
        size_t key = d->terms->plan.key[in->lookup];
        *match = is_inexact_input(d, key)
                     ? -1
                     : tsl__lookup_find(d->terms->lookup[in->lookup], tsl__decode_get_cell(d, key));
    }
    return *match < 0 ? (tsl__span){"", 0} : tsl__lookup_get(d->terms->lookup[in->lookup], *match, in->column);
}

/* 1: a cell of an array that is of no use: it is blamed where it is read. */
static int is_unfit(const tsl__typed *cell)
{
    return cell->form == TSL__TYPED_CODE || cell->form == TSL__TYPED_ENCODING;
}

/* What the input holds in its array. */
static void get_element(const tsl__decoder *d, const tsl__cell_array *array, size_t input, tsl__typed *cell)
{
    const tsl__span fill = get_fill(d, input);
    tsl__cell_array_get(array, d->cell_row, cell);
    if (fill.n && !is_unfit(cell)) {
        *cell = (tsl__typed){.form = TSL__TYPED_TEXT, .text = fill};
    }
}

tsl__span tsl__decode_get_cell(tsl__decoder *d, size_t input)
{
    const tsl__cell_array *array = get_array(d, input);
    tsl__typed cell;
    if (!array) {
        return get_field(d, input);
    }
    get_element(d, array, input, &cell);
    return tsl__typed_show(&cell, d->shown[d->terms->plan.input[input].column]);
}

tsl__span tsl__decode_get_present(tsl__decoder *d, size_t input)
{
    const tsl__cell_array *array = get_array(d, input);
    const tsl__span none = {"", 0};
    tsl__typed cell = {.form = TSL__TYPED_TEXT, .text = none};
    if (!array) {
        cell.text = get_field(d, input);
    } else if (array->layout != TSL__LAYOUT_UNKNOWN) {
        get_element(d, array, input, &cell);
    }
    const tsl__span text =
        is_unfit(&cell) ? none : tsl__typed_show(&cell, d->shown[d->terms->plan.input[input].column]);
    return tsl__cell_is_missing(text) ? none : text;
}

/* ---- Faults ------------------------------------------------------------ */

/* Notes what is wrong with an input's cell: what = "is not a decimal number" ... */
static void blame_cell(tsl__decoder *d, size_t input, tsl__span cell, const char *what)
{
    char shown[80];
    snprintf(d->fault.message, sizeof d->fault.message, "\"%s\" %s", tsl__span_show(cell, shown, sizeof shown), what);
    d->fault.kind = TSL_REJECT_BAD_CELL;
    d->fault.column = d->terms->plan.name[input];
    d->fault.text = cell;
}

/* Notes that an input is missing, or why: its key is not in the lookup. */
static void blame_missing(tsl__decoder *d, size_t input)
{
    const tsl__plan_input *in = &d->terms->plan.input[input];
    if (in->lookup != TSL__NONE && d->match[in->lookup] == -1) {
        size_t key = d->terms->plan.key[in->lookup];
        tsl__span cell = tsl__decode_get_cell(d, key);
        if (tsl__cell_is_missing(cell)) {
            blame_missing(d, key);
            return;
        }
        char what[300];
        const char *path = tsl__lookup_get_path(d->terms->lookup[in->lookup]);
        snprintf(what, sizeof what, "is not in %.*s", tsl__text_head(path, 250), path);
        blame_cell(d, key, cell, is_inexact_input(d, key) ? INEXACT : what);
        return;
    }
    d->fault.kind = TSL_REJECT_BAD_CELL;
    d->fault.column = d->terms->plan.name[input];
    d->fault.text = tsl__decode_get_cell(d, input);
    snprintf(d->fault.message, sizeof d->fault.message, "is missing");
}

static void blame_expression(tsl__decoder *d, const tsl__plan_output *o, const char *what)
{
    d->fault.kind = TSL_REJECT_BAD_CELL;
    d->fault.column = o->name;
    d->fault.text = (tsl__span){"", 0};
    snprintf(d->fault.message, sizeof d->fault.message, "%s", what);
}

/* A bad cell of an optional column is missing, and counted. */
static void count_bad(tsl__decoder *d, tsl__output_observed *found)
{
    found->bad_row = d->rows;
    if (found->bad++ == 0) {
        found->bad_file = d->map->file;
        found->bad_line = d->record.line;
        tsl__span_show(d->fault.text, found->bad_text, sizeof found->bad_text);
        found->bad_example =
            tsl__format("%s:%llu: %s", d->map->name, (unsigned long long)d->record.line, d->fault.message);
    }
}

/* ---- One value --------------------------------------------------------- */

/* What a cell of an array holds; BAD, WRONG where that is nothing. The cells of files are texts. */
static int get_typed(tsl__decoder *d, size_t input, tsl__typed *cell)
{
    const tsl__cell_array *array = get_array(d, input);
    if (!array) {
        cell->form = TSL__TYPED_TEXT;
        cell->text = get_field(d, input);
        return GOOD;
    }
    get_element(d, array, input, cell);
    if (cell->form == TSL__TYPED_CODE) {
        char what[64];
        snprintf(what, sizeof what, "is no code of the %zu levels", array->level_count);
        blame_cell(d, input, tsl__typed_show(cell, d->shown[d->terms->plan.input[input].column]), what);
        return BAD;
    }
    if (cell->form == TSL__TYPED_ENCODING) {
        blame_cell(d, input, cell->text, "is not valid UTF-8");
        d->fault.kind = TSL_REJECT_ENCODING;
        return WRONG;
    }
    return GOOD;
}

/* The text of a cell that get_typed gave; what is no text is one of an array. */
static tsl__span get_text(tsl__decoder *d, size_t input, const tsl__typed *cell)
{
    return cell->form == TSL__TYPED_TEXT ? cell->text
                                         : tsl__typed_show(cell, d->shown[d->terms->plan.input[input].column]);
}

/* 1: the text tells one from another, so that it may not have been rounded. */
static int is_identity(tsl_role role)
{
    return role == TSL_ROLE_CUSTOMER || role == TSL_ROLE_ORDER || role == TSL_ROLE_PRODUCT;
}

#define ROUNDED                                                                                                        \
    "is in scientific notation, by which spreadsheets and floating-point numbers lose digits of long ids: write the "  \
    "column as text"

/* The form of an id, where its spellings are one. */
static int decode_id(tsl__decoder *d, tsl__cell_value *v)
{
    unsigned traits;
    if (!d->terms->opt->id_normalise) {
        return GOOD;
    }
    d->spelling = v->text;
    if (v->text.n <= sizeof d->id_form) { /* longer ones are no ids that somebody types */
        v->text = (tsl__span){d->id_form, tsl__id_normalise(v->text, d->id_form, &traits)};
    }
    return GOOD;
}

static int decode_text(tsl__decoder *d, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__typed typed;
    v->text = (tsl__span){NULL, 0};
    if (o->input == TSL__NONE) {
        return GOOD; /* the number of the row, which is known when the rows before are */
    }
    int result = get_typed(d, o->input, &typed);
    if (result != GOOD) {
        return result;
    }
    tsl__span cell = get_text(d, o->input, &typed);
    if (is_inexact(&typed)) {
        blame_cell(d, o->input, cell, INEXACT);
        return BAD;
    }
    int missing = o->role == TSL_ROLE_CUSTOMER ? tsl__cell_is_missing_id(cell) : tsl__cell_is_missing(cell);
    v->text = missing ? (tsl__span){NULL, 0} : cell;
    if (missing && o->required) {
        blame_missing(d, o->input);
    }
    if (!missing && is_identity(o->role) && tsl__id_find_science(cell) == TSL__ID_ROUNDED) {
        v->text = (tsl__span){NULL, 0};
        blame_cell(d, o->input, cell, ROUNDED);
        return BAD;
    }
    if (!missing && o->role == TSL_ROLE_CUSTOMER) {
        return decode_id(d, v);
    }
    return missing ? MISSING : GOOD;
}

/* Plain columns of the customers are kept as they stand; typing.c knows which texts mean missing. */
static int decode_plain(tsl__decoder *d, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__typed typed;
    v->text = (tsl__span){NULL, 0};
    int result = get_typed(d, o->input, &typed);
    if (result != GOOD) {
        return result;
    }
    tsl__span cell = get_text(d, o->input, &typed);
    v->text = cell.n ? cell : (tsl__span){NULL, 0};
    return GOOD;
}

/* A day or time of an array. */
static int decode_seconds(tsl__decoder *d, const tsl__plan_output *o, const tsl__typed *typed, tsl__span cell,
                          tsl__cell_value *v)
{
    tsl__date_evidence *dates = &d->batch->observed.output[o - d->terms->plan.output].dates;
    const int has_clock = typed->form == TSL__TYPED_TIME;
    tsl__date_fault fault =
        tsl__date_evidence_add_seconds(dates, typed->seconds, has_clock, d->map->name, d->record.line);
    if (fault != TSL__DATE_GOOD) {
        blame_cell(d, o->input, cell, tsl__date_fault_get_text(fault, dates->declared));
        return BAD;
    }
    v->integer = typed->seconds + (has_clock ? 0 : TSL__TIME_DAY);
    return GOOD;
}

/* The time of day that stands in a column of its own; -1: there is none, or *unfit: what is no such. */
static int read_clock(tsl__decoder *d, const tsl__plan_output *o, int *unfit)
{
    const size_t clock = o->role == TSL_ROLE_TIME ? d->terms->plan.clock : TSL__NONE;
    const tsl__span cell = clock == TSL__NONE ? (tsl__span){"", 0} : tsl__cell_trim(tsl__decode_get_cell(d, clock));
    const int seconds = tsl__cell_is_missing(cell) ? -1 : tsl__clock_read(cell);
    *unfit = seconds < 0 && !tsl__cell_is_missing(cell);
    if (*unfit) {
        blame_cell(d, clock, cell, "is no time of day such as 15:20, 15:20:59, 3:20 PM");
    }
    return seconds;
}

static int decode_date(tsl__decoder *d, const tsl__plan_output *o, tsl__span cell, int clock, tsl__cell_value *v)
{
    tsl__date_evidence *dates = &d->batch->observed.output[o - d->terms->plan.output].dates;
    const tsl__date_fault fault = tsl__date_evidence_add(dates, cell, clock, d->map->name, d->record.line, &v->integer);
    if (fault != TSL__DATE_GOOD) {
        blame_cell(d, o->input, cell, tsl__date_fault_get_text(fault, dates->declared));
    }
    return fault == TSL__DATE_GOOD ? GOOD : BAD;
}

/* A value on the way, until the column is decided. */
static int decode_time(tsl__decoder *d, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__typed typed;
    int unfit;
    v->integer = TSL_MISSING_INT;
    int result = get_typed(d, o->input, &typed);
    if (result != GOOD) {
        return result;
    }
    const tsl__span cell = get_text(d, o->input, &typed);
    const int is_time = typed.form == TSL__TYPED_DAY || typed.form == TSL__TYPED_TIME;
    if (!is_time && tsl__cell_is_missing(cell)) {
        if (o->required) {
            blame_missing(d, o->input);
        }
        return MISSING;
    }
    const int clock = read_clock(d, o, &unfit);
    if (is_time && clock >= 0 && typed.seconds % TSL__DAY_SECONDS == 0 && tsl__time_is_of_calendar(typed.seconds)) {
        typed.form = TSL__TYPED_TIME;
        typed.seconds += clock;
    }
    result = is_time ? decode_seconds(d, o, &typed, cell, v) : decode_date(d, o, cell, clock, v);
    if (result == GOOD && unfit && !tsl__time_had_clock(v->integer)) {
        count_bad(d, &d->batch->observed.output[o - d->terms->plan.output]);
    }
    return result;
}

/* A number as a text: what it shows is observed once a row. */
static int read_number(tsl__decoder *d, size_t input, tsl__span cell, tsl__decimal *out)
{
    const tsl__plan_input *in = &d->terms->plan.input[input];
    const tsl__number_form *form = &d->map->form[in->number];
    tsl__number_cell *seen = &d->number[in->number];
    tsl__figure figure;
    char what[TSL__FORM_FAULT_BYTES];
    if (seen->row == d->rows && seen->good) {
        *out = seen->value;
        return GOOD;
    }
    tsl__figure *found = tsl__cell_read(cell, form->mark.mark, &figure) ? NULL : &figure;
    if (!found && tsl__cell_is_missing(cell)) {
        return MISSING;
    }
    if (seen->row != d->rows && in->lookup == TSL__NONE) {
        tsl__mark_add(&d->batch->observed.mark[in->number], cell, found, d->map->name, d->record.line);
    }
    seen->row = d->rows;
    seen->good = found && tsl__form_take(form, found);
    seen->currency = found && found->currency ? found->currency : form->currency;
    if (!seen->good) {
        blame_cell(d, input, cell, tsl__form_describe(form, found, what));
        return BAD;
    }
    *out = seen->value = tsl__factor_apply(form->factor, tsl__figure_get_decimal(found));
    return GOOD;
}

/* The exact value of an input for an output; what is wrong with it is noted. */
static int read_exact(tsl__decoder *d, const tsl__plan_output *o, size_t input, tsl__decimal *out)
{
    tsl__typed typed;
    *out = tsl__decimal_missing();
    int result = get_typed(d, input, &typed);
    if (result != GOOD || (typed.form != TSL__TYPED_TEXT && tsl__typed_decimal(&typed, out) == 0)) {
        return result;
    }
    tsl__span cell = get_text(d, input, &typed);
    if (typed.form == TSL__TYPED_TEXT && cell.n) {
        result = read_number(d, input, cell, out);
    } else if (tsl__cell_is_missing(cell)) {
        result = MISSING;
    } else {
        blame_cell(d, input, cell, "is not a decimal number");
        return BAD;
    }
    if (result == MISSING && o->required) {
        blame_missing(d, input);
    }
    return result;
}

/* ---- Expressions ------------------------------------------------------- */

/* What operands of expressions that are not arithmetic are read for: none of them is required by itself. */
static const tsl__plan_output nothing = {.role = TSL_ROLE_NONE};

static int read_text_operand(tsl__decoder *d, size_t input, tsl__expr_value *out)
{
    tsl__typed typed;
    int result = get_typed(d, input, &typed);
    const tsl__span cell = result == GOOD ? get_text(d, input, &typed) : (tsl__span){"", 0};
    if (result != GOOD || tsl__cell_is_missing(cell)) {
        return result != GOOD ? result : MISSING;
    }
    out->text = cell.s;
    out->length = cell.n;
    return GOOD;
}

static int read_truth_operand(tsl__decoder *d, size_t input, tsl__expr_value *out)
{
    tsl__expr_value text;
    double truth;
    const int result = read_text_operand(d, input, &text);
    if (result != GOOD) {
        return result;
    }
    const tsl__span cell = {text.text, text.length};
    if (!tsl__boolean_pairs(cell, &truth)) {
        blame_cell(d, input, cell, "is not yes or no");
        return BAD;
    }
    out->time = truth > 0;
    return GOOD;
}

/* The order that is declared or remembered of a column settles what a cell leaves open: a row alone cannot prove it.
 * A time with a zone is converted to the declared one, or else is as it was written. */
static int read_written_date(tsl__decoder *d, size_t input, tsl__span cell, tsl__expr_value *out)
{
    const tsl__asked *asked = &d->terms->asked;
    const tsl_date_order order =
        asked->opt.dates != TSL_DATES_AUTO ? asked->opt.dates : tsl__asked_get_order(asked, d->terms->plan.name[input]);
    tsl__moment m;
    double number;
    const char *why = NULL;
    if (!tsl__moment_read(cell, &m)) {
        why = tsl__date_fault_get_text(m.fault, order);
    } else if (m.form == TSL__DATE_SERIAL && tsl__cell_number(cell, &number) == 0 && tsl__time_is_year(number)) {
        why = "may be a year, or days of a spreadsheet";
    } else if (m.open && m.seconds == TSL_MISSING_INT && order == TSL_DATES_AUTO) {
        why = "may be several days: --dates says which";
    } else {
        const tsl__date_reading reading = {
            .order = m.seconds == TSL_MISSING_INT ? order : TSL_DATES_AUTO, .zone = asked->zone, .offset = m.offset};
        out->time = m.seconds != TSL_MISSING_INT && !m.has_zone ? m.seconds
                                                                : tsl__date_settle(&reading, tsl__moment_get_value(&m));
        out->day_alone = !m.has_clock;
        why = out->time == TSL_MISSING_INT ? tsl__date_fault_get_text(TSL__DATE_OTHER_ORDER, order) : NULL;
    }
    if (why) {
        blame_cell(d, input, cell, why);
    }
    return why ? BAD : GOOD;
}

static int read_date_operand(tsl__decoder *d, size_t input, tsl__expr_value *out)
{
    tsl__typed typed;
    const int result = get_typed(d, input, &typed);
    const tsl__span cell = result == GOOD ? get_text(d, input, &typed) : (tsl__span){"", 0};
    if (result != GOOD || tsl__cell_is_missing(cell)) {
        return result != GOOD ? result : MISSING;
    }
    if (typed.form == TSL__TYPED_DAY || typed.form == TSL__TYPED_TIME) {
        out->time = typed.seconds;
        out->day_alone = typed.form == TSL__TYPED_DAY;
        return tsl__time_is_of_calendar(typed.seconds) ? GOOD : BAD;
    }
    return read_written_date(d, input, cell, out);
}

static int read_operand(tsl__decoder *d, size_t input, tsl__expr_type type, tsl__expr_value *out)
{
    *out = (tsl__expr_value){.length = 0};
    switch (type) {
    case TSL__EXPR_NUMBER:
        return read_exact(d, &nothing, input, &out->number);
    case TSL__EXPR_TEXT:
        return read_text_operand(d, input, out);
    case TSL__EXPR_DATE:
        return read_date_operand(d, input, out);
    default:
        return read_truth_operand(d, input, out);
    }
}

/* The value of an expression of any types. A cell that does not fit is missing: BAD where no value comes out, and the
 * first such cell is blamed. */
static int evaluate(tsl__decoder *d, const tsl__expr *expr, tsl__expr_value *out)
{
    size_t count;
    const size_t *input = tsl__expr_get_operands(expr, &count);
    const tsl__expr_type *type = tsl__expr_get_operand_types(expr);
    tsl__fault first;
    int bad = 0;
    for (size_t i = 0; i < count; i++) {
        const int result = read_operand(d, input[i], type[i], &d->value_operand[i]);
        if (result == GOOD) {
            continue;
        }
        d->value_operand[i] = (tsl__expr_value){.number = tsl__decimal_missing()};
        if (result != MISSING && !bad) {
            first = d->fault;
            bad = 1;
        }
    }
    *out = tsl__expr_get_value(expr, d->value_operand);
    if (out->number.state == TSL__DECIMAL_OK || (!bad && out->number.state != TSL__DECIMAL_MISSING)) {
        return GOOD; /* or it fails, as by a division by zero */
    }
    if (bad) {
        d->fault = first;
    }
    return bad ? BAD : MISSING;
}

static void forget_matches(tsl__decoder *d)
{
    for (size_t l = 0; l < d->terms->lookups; l++) {
        d->match[l] = UNKNOWN;
    }
}

/* The first input of an expression that was missing as it was evaluated; TSL__NONE: it is none's. */
static size_t find_missing(const tsl__decoder *d, const tsl__expr *expr)
{
    size_t count;
    const size_t *input = tsl__expr_get_operands(expr, &count);
    for (size_t i = 0; i < count; i++) {
        if (d->value_operand[i].number.state == TSL__DECIMAL_MISSING) {
            return input[i];
        }
    }
    return TSL__NONE;
}

int tsl__decode_where(tsl__decoder *d)
{
    tsl__observed *found = &d->batch->observed;
    tsl__expr_value value;
    forget_matches(d);
    const int result = evaluate(d, d->terms->plan.where, &value);
    if (result == BAD && found->doubtful++ == 0) {
        found->doubt = tsl__format("%s:%llu: %s", d->map->name, (unsigned long long)d->record.line, d->fault.message);
    }
    if (result != BAD && value.number.state != TSL__DECIMAL_OK &&
        tsl__some_rows_add(&found->undecided, d->map->file, d->record.line)) {
        found->undecided_input = find_missing(d, d->terms->plan.where);
    }
    return result == GOOD && value.number.state == TSL__DECIMAL_OK && value.time;
}

int tsl__decode_is_suppressed(tsl__decoder *d)
{
    const tsl__plan_output *id = &d->terms->plan.output[0]; /* the customer is the first output */
    tsl__cell_value v = {.text = {NULL, 0}};
    forget_matches(d);
    return decode_text(d, id, &v) == GOOD && v.text.s &&
           tsl__suppression_has(d->terms->opt->suppression, v.text, d->terms->opt->id_normalise);
}

/* Any number or truth; of a truth 1 or 0. */
static int read_any(tsl__decoder *d, const tsl__plan_output *o, tsl__decimal *out)
{
    tsl__expr_value value;
    const int result = evaluate(d, o->expr, &value);
    *out = value.number;
    if (result == GOOD && value.number.state == TSL__DECIMAL_OK && tsl__expr_get_type(o->expr) == TSL__EXPR_TRUTH) {
        out->units = value.time;
    }
    if (result == MISSING && o->required) {
        blame_expression(d, o, "is missing");
    }
    return result;
}

static int read_expression(tsl__decoder *d, const tsl__plan_output *o, tsl__decimal *out)
{
    size_t count;
    if (!tsl__expr_is_arithmetic(o->expr)) {
        return read_any(d, o, out);
    }
    const size_t *input = tsl__expr_get_operands(o->expr, &count);
    for (size_t i = 0; i < count; i++) {
        int result = read_exact(d, o, input[i], &d->operand[i]);
        if (result != GOOD) {
            return result;
        }
    }
    *out = tsl__expr_get(o->expr, d->operand);
    return GOOD;
}

/* Into the run's currency, where rates are given; 1: nothing tells from which. */
static int convert_money(tsl__decoder *d, const tsl__plan_output *o, tsl__cell_value *v, tsl__decimal *exact)
{
    if (!tsl__money_is_converted(d->terms, o) || exact->state != TSL__DECIMAL_OK) {
        return 0;
    }
    const tsl__span text =
        d->currency == TSL__NONE ? (tsl__span){"", 0} : tsl__cell_trim(tsl__decode_get_cell(d, d->currency));
    if (!tsl__money_convert(d, o, text, v, exact)) {
        return 0;
    }
    blame_missing(d, d->currency);
    return 1;
}

/* Minutes that a cell tells as a clock does, 00:05:30: whatever unit the column has, that is hours, minutes, seconds.
 */
static int take_clock_length(tsl__decoder *d, const tsl__plan_output *o, tsl__decimal *out)
{
    tsl__output_observed *found = &d->batch->observed.output[o - d->terms->plan.output];
    tsl__typed typed;
    if (o->role != TSL_ROLE_MINUTES || o->expr || get_typed(d, o->input, &typed) != GOOD ||
        !tsl__clock_length_read(get_text(d, o->input, &typed), out)) {
        return 0;
    }
    (void)tsl__some_rows_add(&found->lengths, d->map->file, d->record.line);
    return 1;
}

static int decode_decimal(tsl__decoder *d, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__decimal exact;
    const int is_length = take_clock_length(d, o, &exact);
    int result = is_length ? GOOD : o->expr ? read_expression(d, o, &exact) : read_exact(d, o, o->input, &exact);
    v->integer = TSL_MISSING_INT;
    if (result != GOOD) {
        return result;
    }
    if (o->unit && !is_length) {
        exact = tsl__unit_get_value(o->unit, exact);
    }
    if (convert_money(d, o, v, &exact)) {
        return BAD;
    }
    tsl__decimal_state state = tsl__decimal_get(exact, &v->integer, &v->rounded);
    d->any_rounded |= v->rounded;
    const char *what = state != TSL__DECIMAL_OK                ? tsl__decimal_state_get_text(state)
                       : !tsl__role_holds(o->role, v->integer) ? "is out of range"
                                                               : NULL;
    if (!what) {
        tsl__value_counts *counts = d->batch->observed.output[o - d->terms->plan.output].counts;
        if (counts) {
            tsl__value_counts_add(counts, v->integer, 1);
        }
        return GOOD;
    }
    v->integer = TSL_MISSING_INT;
    v->rounded = 0;
    if (o->expr) {
        blame_expression(d, o, what);
    } else {
        blame_cell(d, o->input, tsl__decode_get_cell(d, o->input), what);
    }
    return BAD;
}

/* How the numbers of the amounts are read, or of what they are made of; NULL: they are none of the file's. */
static const tsl__number_form *find_form(const tsl__decoder *d, const tsl__plan_output *amount)
{
    const tsl__plan *plan = &d->terms->plan;
    size_t count = amount->input != TSL__NONE ? 1 : 0;
    const size_t *input = count ? &amount->input : amount->expr ? tsl__expr_get_operands(amount->expr, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const tsl__plan_input *in = &plan->input[input[i]];
        if (in->lookup == TSL__NONE && in->number != TSL__NONE) {
            return &d->map->form[in->number];
        }
    }
    return NULL;
}

tsl__beside_value tsl__decode_get_beside(tsl__decoder *d, size_t input)
{
    const tsl__cell_array *array = get_array(d, input);
    const tsl__plan_output *amount = &d->terms->plan.output[d->line_amount];
    tsl__decimal exact = tsl__decimal_missing();
    tsl__typed typed = {.form = TSL__TYPED_TEXT};
    tsl__beside_value of = {.value = TSL_MISSING_INT};
    int rounded;
    if (array && array->layout == TSL__LAYOUT_UNKNOWN) {
        return of;
    }
    if (array) {
        tsl__cell_array_get(array, d->cell_row, &typed);
    } else {
        typed.text = get_field(d, input);
    }
    if (typed.form == TSL__TYPED_TEXT) {
        const tsl__number_form *form = find_form(d, amount);
        tsl__figure figure;
        if (tsl__cell_read(tsl__cell_trim(typed.text), form ? form->mark.mark : TSL__MARK_NONE, &figure) == 0) {
            of.is_percent = figure.percent;
            figure.exponent -= figure.percent ? 2 : 0;
            exact = tsl__figure_get_decimal(&figure);
            exact = form && !figure.percent ? tsl__factor_apply(form->factor, exact) : exact;
        }
    } else if (tsl__typed_decimal(&typed, &exact) != 0) {
        return of;
    }
    exact = amount->unit && !of.is_percent ? tsl__unit_get_value(amount->unit, exact) : exact;
    if (tsl__decimal_get(exact, &of.value, &rounded) != TSL__DECIMAL_OK) {
        of.value = TSL_MISSING_INT;
    }
    return of;
}

/* ---- Most cells ---------------------------------------------------------- */

/* A number that is taken as it stands: of no unit, range or suffix, and not counted by its values. */
static int is_quick_number(const tsl__decoder *d, size_t output, const tsl__number_form *form)
{
    const tsl__plan_output *o = &d->terms->plan.output[output];
    const tsl__role_info *role = tsl__role_get_info(o->role);
    return o->type == TSL_TYPE_DECIMAL && !o->unit && !tsl__money_is_converted(d->terms, o) &&
           !(role->low < role->high) && !d->batch->observed.output[output].counts && !form->suffix_length &&
           (form->mark.mark == TSL__MARK_POINT || !form->mark.strict);
}

static tsl__quick find_quick(const tsl__decoder *d, size_t output)
{
    const tsl__plan *plan = &d->terms->plan;
    const tsl__plan_output *o = &plan->output[output];
    const tsl__plan_input *in = o->input == TSL__NONE ? NULL : &plan->input[o->input];
    tsl__quick quick = {.form = TSL__QUICK_NONE};
    if (d->cells || o->expr || !in || in->lookup != TSL__NONE || d->map->field[in->column] == TSL__NONE) {
        return quick;
    }
    quick.field = d->map->field[in->column];
    if (o->type == TSL_TYPE_TIME) {
        quick.form = o->role == TSL_ROLE_TIME && plan->clock != TSL__NONE ? TSL__QUICK_NONE : TSL__QUICK_TIME;
    } else if (is_identity(o->role)) {
        quick.form = o->role == TSL_ROLE_CUSTOMER && d->terms->opt->id_normalise ? TSL__QUICK_NONE : TSL__QUICK_ID;
    } else if (o->type == TSL_TYPE_TEXT) {
        quick.form = TSL__QUICK_TEXT;
    } else if (in->number != TSL__NONE && is_quick_number(d, output, &d->map->form[in->number])) {
        quick.form = TSL__QUICK_NUMBER;
        quick.number = in->number;
    }
    return quick;
}

static void find_quicks(tsl__decoder *d)
{
    for (size_t i = 0; i < d->terms->plan.outputs; i++) {
        d->quick[i] = find_quick(d, i);
    }
    d->quick_map = d->map;
}

static inline int take_number(tsl__decoder *d, const tsl__quick *quick, tsl__span cell, tsl__cell_value *v)
{
    tsl__plain_decimal plain;
    if (!tsl__plain_decimal_read(cell, &plain) ||
        !tsl__mark_add_plain(&d->batch->observed.mark[quick->number], plain.places > 0)) {
        return 0;
    }
    v->integer = tsl__plain_decimal_get(plain);
    d->number[quick->number] = (tsl__number_cell){
        .row = d->rows, .good = 1, .value = {.units = plain.units, .places = plain.places, .state = TSL__DECIMAL_OK}};
    return 1;
}

static inline int take_time(tsl__decoder *d, size_t output, tsl__span cell, tsl__cell_value *v)
{
    tsl__fixed_time time;
    if (!tsl__fixed_time_read(cell, &time) ||
        !tsl__date_evidence_add_fixed(&d->batch->observed.output[output].dates, &time)) {
        return 0;
    }
    v->is_fixed = 1;
    v->day = time.day;
    v->integer = (int64_t)time.day * TSL__DAY_SECONDS + time.second + (time.has_clock ? 0 : TSL__TIME_DAY);
    return 1;
}

/* 1: done. What is no such cell is left to the long way, and nothing of it was observed. */
static inline int decode_quick(tsl__decoder *d, size_t output, tsl__cell_value *v)
{
    const tsl__quick *quick = &d->quick[output];
    if (quick->form == TSL__QUICK_NONE) {
        return 0;
    }
    const tsl__span cell = d->record.field[quick->field];
    switch (quick->form) {
    case TSL__QUICK_NUMBER:
        return take_number(d, quick, cell, v);
    case TSL__QUICK_TIME:
        return take_time(d, output, cell, v);
    case TSL__QUICK_ID:
        v->text = cell;
        return !tsl__cell_may_be_missing(cell) && !tsl__id_may_be_science(cell);
    default:
        v->text = cell;
        return !tsl__cell_may_be_missing(cell);
    }
}

/* ---- The row ----------------------------------------------------------- */

void tsl__decode_forget(tsl__decoder *d)
{
    for (size_t i = 0; i < d->terms->plan.outputs; i++) {
        tsl__output_observed *found = &d->batch->observed.output[i];
        if (found->bad && found->bad_row == d->rows && --found->bad == 0) {
            free(found->bad_example);
            found->bad_example = NULL;
        }
    }
}

static int decode_outputs(tsl__decoder *d)
{
    forget_matches(d);
    d->any_rounded = 0;
    *d->money_fault = '\0';
    if (d->quick_map != d->map) {
        find_quicks(d);
    }
    for (size_t i = 0; i < d->terms->plan.outputs; i++) {
        const tsl__plan_output *o = &d->terms->plan.output[i];
        tsl__cell_value *v = &d->value[i];
        v->rounded = v->is_fixed = 0;
        if (decode_quick(d, i, v)) {
            continue;
        }
        int result = o->type == TSL_TYPE_DECIMAL || o->type == TSL_TYPE_BOOLEAN        ? decode_decimal(d, o, v)
                     : o->type == TSL_TYPE_TIME                                        ? decode_time(d, o, v)
                     : d->terms->kind == TSL_CUSTOMERS && o->role != TSL_ROLE_CUSTOMER ? decode_plain(d, o, v)
                                                                                       : decode_text(d, o, v);
        if (result == WRONG) {
            return 1;
        }
        if (result != GOOD && o->required) {
            if (o->role == TSL_ROLE_CUSTOMER && result == MISSING) {
                d->fault.kind = TSL_REJECT_NO_CUSTOMER;
            }
            return 1;
        }
        if (result == BAD) {
            count_bad(d, &d->batch->observed.output[i]);
        }
    }
    return 0;
}

/* The numbers of a row that cannot be used show how the file is written, as those of others do. */
static void look_at_rest(tsl__decoder *d)
{
    const tsl__plan *plan = &d->terms->plan;
    for (size_t n = 0; n < plan->numbers; n++) {
        const size_t input = plan->number[n];
        tsl__typed cell = {.form = TSL__TYPED_TEXT};
        if (d->number[n].row == d->rows || plan->input[input].lookup != TSL__NONE) {
            continue;
        }
        const tsl__cell_array *array = get_array(d, input);
        if (array) {
            tsl__cell_array_get(array, d->cell_row, &cell);
        } else {
            cell.text = get_field(d, input);
        }
        if (cell.form == TSL__TYPED_TEXT) {
            tsl__form_look(&d->batch->observed.mark[n], cell.text, d->map->name, d->record.line);
        }
    }
}

/* The time of a row that cannot be used, on the way: it shows nothing of how others are meant. */
static int64_t read_left_time(tsl__decoder *d)
{
    const tsl__plan_output *o = &d->terms->plan.output[d->line_time];
    tsl__typed typed;
    int64_t value;
    if (o->input == TSL__NONE || get_typed(d, o->input, &typed) != GOOD) {
        return TSL_MISSING_INT;
    }
    if (typed.form == TSL__TYPED_DAY || typed.form == TSL__TYPED_TIME) {
        return tsl__time_is_of_calendar(typed.seconds) ? typed.seconds : TSL_MISSING_INT;
    }
    const tsl_date_order declared = d->batch->observed.output[d->line_time].dates.declared;
    (void)tsl__date_read(tsl__cell_trim(get_text(d, o->input, &typed)), declared, &value); /* missing on a fault */
    return value;
}

/* When a row that cannot be used was, and of one of nobody what it is worth, which nobody else will tell. */
static void read_left(tsl__decoder *d)
{
    const tsl__plan *plan = &d->terms->plan;
    const tsl__fault why = d->fault;
    d->value[d->line_time].integer = read_left_time(d);
    if (why.kind == TSL_REJECT_NO_CUSTOMER && d->line_amount != TSL__NONE) {
        (void)decode_decimal(d, &plan->output[d->line_amount], &d->value[d->line_amount]); /* missing on a fault */
    }
    if (why.kind == TSL_REJECT_NO_CUSTOMER && d->told_order != TSL__NONE) {
        (void)decode_text(d, &plan->output[d->told_order], &d->value[d->told_order]);
    }
    d->fault = why;
}

int tsl__decode_row(tsl__decoder *d)
{
    const int failed = decode_outputs(d);
    if (failed) {
        tsl__decode_forget(d);
        if (d->line_time != TSL__NONE) {
            read_left(d);
        }
        look_at_rest(d);
    }
    return failed;
}
