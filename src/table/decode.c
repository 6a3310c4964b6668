/* decode.c: the cells of one record -> values of the outputs, or the reason why not. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/text.h"
#include "table/decode.h"
#include "table/schema/roles.h"

tsl_status tsl__decoder_open(tsl__decoder *d, const tsl__terms *terms, tsl_error *err)
{
    const tsl__plan *plan = &terms->plan;
    tsl_status status = TSL_OK;
    *d = (tsl__decoder){.terms = terms};
    TSL__NEED(d->value = tsl__alloc_zero(plan->outputs, sizeof *d->value));
    TSL__NEED(d->text = tsl__alloc_zero(plan->outputs, sizeof *d->text));
    TSL__NEED(d->shown = tsl__alloc_zero(plan->own_inputs, sizeof *d->shown));
    TSL__NEED(d->match = tsl__alloc_zero(terms->lookups, sizeof *d->match));
    TSL__NEED(d->operand = tsl__alloc_zero(plan->inputs, sizeof *d->operand));
    TSL__NEED(d->cell = tsl__alloc_zero(plan->outputs, sizeof *d->cell));
    TSL__TRY(tsl__sums_open(&d->sums, plan->outputs, err));
    for (size_t i = 0; i < plan->outputs; i++) {
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
    free(d->text);
    free(d->shown);
    free(d->match);
    free(d->operand);
    free(d->known);
    free(d->cell);
    tsl__sums_free(&d->sums);
}

tsl__shard_form tsl__terms_get_form(const tsl__terms *terms, size_t output)
{
    const tsl__plan_output *o = &terms->plan.output[output];
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

#define INEXACT "is beyond the whole numbers that its floating-point type keeps apart"

/* A floating-point number so large that as an id, key or code it may be another one. */
static int is_inexact(const tsl__typed *cell)
{
    return cell->form == TSL__TYPED_NUMBER && fabs(cell->number) > cell->greatest_whole;
}

static int is_inexact_input(const tsl__decoder *d, size_t input)
{
    const tsl__cell_array *array = get_array(d, input);
    tsl__typed cell = {.form = TSL__TYPED_MISSING};
    if (array) {
        tsl__cell_array_get(array, d->cell_row, &cell);
    }
    return is_inexact(&cell);
}

/* The text of an input in no array. */
static tsl__span get_field(tsl__decoder *d, size_t input)
{
    const tsl__plan_input *in = &d->terms->plan.input[input];
    if (in->lookup == TSL__NONE) {
        size_t field = d->map->field[in->column];
        return field == TSL__NONE ? (tsl__span){"", 0} : d->record.field[field];
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

tsl__span tsl__decode_get_cell(tsl__decoder *d, size_t input)
{
    const tsl__cell_array *array = get_array(d, input);
    tsl__typed cell;
    if (!array) {
        return get_field(d, input);
    }
    tsl__cell_array_get(array, d->cell_row, &cell);
    return tsl__typed_show(&cell, d->shown[d->terms->plan.input[input].column]);
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
    tsl__cell_array_get(array, d->cell_row, cell);
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
    return missing ? MISSING : GOOD;
}

static void look_for_comma(tsl__decoder *d, size_t input, tsl__span cell)
{
    tsl__comma_add(&d->batch->observed.comma[input], cell, d->batch->read, d->map->name, d->record.line);
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
    if (typed.form == TSL__TYPED_TEXT) {
        look_for_comma(d, o->input, cell);
    }
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

/* A value on the way, until the column is decided. */
static int decode_time(tsl__decoder *d, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__output_observed *found = &d->batch->observed.output[o - d->terms->plan.output];
    tsl__typed typed;
    v->integer = TSL_MISSING_INT;
    int result = get_typed(d, o->input, &typed);
    if (result != GOOD) {
        return result;
    }
    tsl__span cell = get_text(d, o->input, &typed);
    if (typed.form == TSL__TYPED_DAY || typed.form == TSL__TYPED_TIME) {
        return decode_seconds(d, o, &typed, cell, v);
    }
    if (tsl__cell_is_missing(cell)) {
        if (o->required) {
            blame_missing(d, o->input);
        }
        return MISSING;
    }
    tsl__date_fault fault = tsl__date_evidence_add(&found->dates, cell, d->map->name, d->record.line, &v->integer);
    if (fault != TSL__DATE_GOOD) {
        blame_cell(d, o->input, cell, tsl__date_fault_get_text(fault, found->dates.declared));
    }
    return fault == TSL__DATE_GOOD ? GOOD : BAD;
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
    if (typed.form == TSL__TYPED_TEXT && cell.n && tsl__cell_decimal(cell, out) == 0) {
        look_for_comma(d, input, cell);
        return GOOD;
    }
    if (tsl__cell_is_missing(cell)) {
        if (o->required) {
            blame_missing(d, input);
        }
        return MISSING;
    }
    char hint[TSL__COMMA_HINT_BYTES], what[TSL__COMMA_HINT_BYTES + 32];
    snprintf(what, sizeof what, "is not a decimal number%s", tsl__comma_hint(cell, hint));
    blame_cell(d, input, cell, what);
    return BAD;
}

static int read_expression(tsl__decoder *d, const tsl__plan_output *o, tsl__decimal *out)
{
    size_t count;
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

static int decode_decimal(tsl__decoder *d, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__decimal exact;
    int result = o->expr ? read_expression(d, o, &exact) : read_exact(d, o, o->input, &exact);
    v->integer = TSL_MISSING_INT;
    if (result != GOOD) {
        return result;
    }
    tsl__decimal_state state = tsl__decimal_get(exact, &v->integer, &v->rounded);
    const tsl__role_info *role = tsl__role_get_info(o->role);
    const char *what = state != TSL__DECIMAL_OK ? tsl__decimal_state_get_text(state) : NULL;
    if (!what && role->low < role->high &&
        ((double)v->integer < role->low * (double)TSL_DECIMAL_ONE ||
         (double)v->integer > role->high * (double)TSL_DECIMAL_ONE)) {
        what = "is out of range";
    }
    if (!what) {
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

/* ---- The row ----------------------------------------------------------- */

/* A bad cell of an optional column is missing, and counted. */
static void count_bad(tsl__decoder *d, tsl__output_observed *found)
{
    if (found->bad++ == 0) {
        found->bad_example =
            tsl__format("%s:%llu: %s", d->map->name, (unsigned long long)d->record.line, d->fault.message);
    }
}

int tsl__decode_row(tsl__decoder *d)
{
    for (size_t l = 0; l < d->terms->lookups; l++) {
        d->match[l] = UNKNOWN;
    }
    for (size_t i = 0; i < d->terms->plan.outputs; i++) {
        const tsl__plan_output *o = &d->terms->plan.output[i];
        tsl__cell_value *v = &d->value[i];
        v->rounded = 0;
        int result = o->type == TSL_TYPE_DECIMAL                                       ? decode_decimal(d, o, v)
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
