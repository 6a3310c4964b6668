/* decode.c: the cells of one record -> values of the outputs, or the reason why not. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/text.h"
#include "table/reading.h"
#include "table/schema/roles.h"

#define UNKNOWN (-2) /* a lookup not tried yet for this record */

/* WRONG: the row cannot be used, whatever the cell is for. */
enum { GOOD, MISSING, BAD, WRONG };

/* The array that an input stands in; NULL for the fields of files and lookups. */
static const tsl__cell_array *get_array(const tsl__reading *r, size_t input)
{
    const tsl__plan_input *in = &r->plan.input[input];
    return r->cells && in->lookup == TSL__NONE ? &r->cells[in->column] : NULL;
}

#define INEXACT "is beyond the whole numbers that its floating-point type keeps apart"

/* A floating-point number so large that as an id, key or code it may be another one. */
static int is_inexact(const tsl__typed *cell)
{
    return cell->form == TSL__TYPED_NUMBER && fabs(cell->number) > cell->greatest_whole;
}

static int is_inexact_input(const tsl__reading *r, size_t input)
{
    const tsl__cell_array *array = get_array(r, input);
    tsl__typed cell = {.form = TSL__TYPED_MISSING};
    if (array) {
        tsl__cell_array_get(array, r->cell_row, &cell);
    }
    return is_inexact(&cell);
}

/* The text of an input in no array. */
static tsl__span get_field(tsl__reading *r, size_t input)
{
    const tsl__plan_input *in = &r->plan.input[input];
    if (in->lookup == TSL__NONE) {
        size_t field = r->field[in->column];
        return field == TSL__NONE ? (tsl__span){"", 0} : r->record.field[field];
    }
    int32_t *match = &r->match[in->lookup];
    if (*match == UNKNOWN) {
        size_t key = r->plan.key[in->lookup];
        *match = is_inexact_input(r, key) ? -1 : tsl__lookup_find(r->lookup[in->lookup], tsl__decode_get_cell(r, key));
    }
    return *match < 0 ? (tsl__span){"", 0} : tsl__lookup_get(r->lookup[in->lookup], *match, in->column);
}

tsl__span tsl__decode_get_cell(tsl__reading *r, size_t input)
{
    const tsl__cell_array *array = get_array(r, input);
    tsl__typed cell;
    if (!array) {
        return get_field(r, input);
    }
    tsl__cell_array_get(array, r->cell_row, &cell);
    return tsl__typed_show(&cell, r->shown[r->plan.input[input].column]);
}

/* ---- Faults ------------------------------------------------------------ */

/* Notes what is wrong with an input's cell: what = "is not a decimal number" ... */
static void blame_cell(tsl__reading *r, size_t input, tsl__span cell, const char *what)
{
    char shown[80];
    snprintf(r->fault.message, sizeof r->fault.message, "\"%s\" %s", tsl__span_show(cell, shown, sizeof shown), what);
    r->fault.kind = TSL_REJECT_BAD_CELL;
    r->fault.column = r->plan.name[input];
    r->fault.text = cell;
}

/* Notes that an input is missing, or why: its key is not in the lookup. */
static void blame_missing(tsl__reading *r, size_t input)
{
    const tsl__plan_input *in = &r->plan.input[input];
    if (in->lookup != TSL__NONE && r->match[in->lookup] == -1) {
        size_t key = r->plan.key[in->lookup];
        tsl__span cell = tsl__decode_get_cell(r, key);
        if (tsl__cell_is_missing(cell)) {
            blame_missing(r, key);
            return;
        }
        char what[300];
        const char *path = tsl__lookup_get_path(r->lookup[in->lookup]);
        snprintf(what, sizeof what, "is not in %.*s", tsl__text_head(path, 250), path);
        blame_cell(r, key, cell, is_inexact_input(r, key) ? INEXACT : what);
        return;
    }
    r->fault.kind = TSL_REJECT_BAD_CELL;
    r->fault.column = r->plan.name[input];
    r->fault.text = tsl__decode_get_cell(r, input);
    snprintf(r->fault.message, sizeof r->fault.message, "is missing");
}

static void blame_expression(tsl__reading *r, const tsl__plan_output *o, const char *what)
{
    r->fault.kind = TSL_REJECT_BAD_CELL;
    r->fault.column = o->name;
    r->fault.text = (tsl__span){"", 0};
    snprintf(r->fault.message, sizeof r->fault.message, "%s", what);
}

/* ---- One value --------------------------------------------------------- */

/* What a cell of an array holds; BAD, WRONG where that is nothing. The cells of files are texts. */
static int get_typed(tsl__reading *r, size_t input, tsl__typed *cell)
{
    const tsl__cell_array *array = get_array(r, input);
    if (!array) {
        cell->form = TSL__TYPED_TEXT;
        cell->text = get_field(r, input);
        return GOOD;
    }
    tsl__cell_array_get(array, r->cell_row, cell);
    if (cell->form == TSL__TYPED_CODE) {
        char what[64];
        snprintf(what, sizeof what, "is no code of the %zu levels", array->level_count);
        blame_cell(r, input, tsl__typed_show(cell, r->shown[r->plan.input[input].column]), what);
        return BAD;
    }
    if (cell->form == TSL__TYPED_ENCODING) {
        blame_cell(r, input, cell->text, "is not valid UTF-8");
        r->fault.kind = TSL_REJECT_ENCODING;
        return WRONG;
    }
    return GOOD;
}

/* The text of a cell that get_typed gave; what is no text is one of an array. */
static tsl__span get_text(tsl__reading *r, size_t input, const tsl__typed *cell)
{
    return cell->form == TSL__TYPED_TEXT ? cell->text : tsl__typed_show(cell, r->shown[r->plan.input[input].column]);
}

/* The number of the row, which stands where no column holds the customer. */
static int decode_row_number(tsl__reading *r, tsl__cell_value *v)
{
    int n = snprintf(r->row_number, sizeof r->row_number, "%llu", (unsigned long long)r->table->info.read);
    v->text = (tsl__span){r->row_number, (size_t)n};
    return GOOD;
}

static int decode_text(tsl__reading *r, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__typed typed;
    v->text = (tsl__span){NULL, 0};
    if (o->input == TSL__NONE) {
        return decode_row_number(r, v);
    }
    int result = get_typed(r, o->input, &typed);
    if (result != GOOD) {
        return result;
    }
    tsl__span cell = get_text(r, o->input, &typed);
    if (is_inexact(&typed)) {
        blame_cell(r, o->input, cell, INEXACT);
        return BAD;
    }
    int missing = o->role == TSL_ROLE_CUSTOMER ? tsl__cell_is_missing_id(cell) : tsl__cell_is_missing(cell);
    v->text = missing ? (tsl__span){NULL, 0} : cell;
    if (missing && o->required) {
        blame_missing(r, o->input);
    }
    return missing ? MISSING : GOOD;
}

static void look_for_comma(tsl__reading *r, size_t input, tsl__span cell)
{
    tsl__comma_add(&r->comma[input], cell, r->table->info.read, r->file_name, r->record.line);
}

/* Plain columns of the customers are kept as they stand; typing.c knows which texts mean missing. */
static int decode_plain(tsl__reading *r, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__typed typed;
    v->text = (tsl__span){NULL, 0};
    int result = get_typed(r, o->input, &typed);
    if (result != GOOD) {
        return result;
    }
    tsl__span cell = get_text(r, o->input, &typed);
    if (typed.form == TSL__TYPED_TEXT) {
        look_for_comma(r, o->input, cell);
    }
    v->text = cell.n ? cell : (tsl__span){NULL, 0};
    return GOOD;
}

static int decode_time(tsl__reading *r, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__column_build *b = &r->build[o - r->plan.output];
    tsl__typed typed;
    v->integer = TSL_MISSING_INT;
    int result = get_typed(r, o->input, &typed);
    if (result != GOOD) {
        return result;
    }
    tsl__span cell = get_text(r, o->input, &typed);
    if (typed.form == TSL__TYPED_DAY || typed.form == TSL__TYPED_TIME) {
        if (!tsl__time_is_of_calendar(typed.seconds)) {
            blame_cell(r, o->input, cell, "is not in the years 1900 to 2200");
            return BAD;
        }
        v->integer = typed.seconds;
        b->clock |= typed.form == TSL__TYPED_TIME;
        return GOOD;
    }
    if (tsl__cell_is_missing(cell)) {
        if (o->required) {
            blame_missing(r, o->input);
        }
        return MISSING;
    }
    if (tsl__date_order_add(&b->order, cell, r->file_name, r->record.line, &v->integer) == 0) {
        b->clock = b->clock || tsl__time_has_clock(cell);
        return GOOD;
    }
    static const char *const what[] = {
        [TSL_DATES_AUTO] = "is not a date or time (2017-12-31, 31.12.2017, 12/31/2017 8:26 are)",
        [TSL_DATES_YMD] = "is not a date or time with the year first",
        [TSL_DATES_MDY] = "is not a date or time with the month first",
        [TSL_DATES_DMY] = "is not a date or time with the day first",
    };
    v->integer = TSL_MISSING_INT;
    blame_cell(r, o->input, cell, what[b->order.declared]);
    return BAD;
}

/* The exact value of an input for an output; what is wrong with it is noted. */
static int read_exact(tsl__reading *r, const tsl__plan_output *o, size_t input, tsl__decimal *out)
{
    tsl__typed typed;
    *out = tsl__decimal_missing();
    int result = get_typed(r, input, &typed);
    if (result != GOOD || (typed.form != TSL__TYPED_TEXT && tsl__typed_decimal(&typed, out) == 0)) {
        return result;
    }
    tsl__span cell = get_text(r, input, &typed);
    if (typed.form == TSL__TYPED_TEXT && cell.n && tsl__cell_decimal(cell, out) == 0) {
        look_for_comma(r, input, cell);
        return GOOD;
    }
    if (tsl__cell_is_missing(cell)) {
        if (o->required) {
            blame_missing(r, input);
        }
        return MISSING;
    }
    char hint[TSL__COMMA_HINT_BYTES], what[TSL__COMMA_HINT_BYTES + 32];
    snprintf(what, sizeof what, "is not a decimal number%s", tsl__comma_hint(cell, hint));
    blame_cell(r, input, cell, what);
    return BAD;
}

static int read_expression(tsl__reading *r, const tsl__plan_output *o, tsl__decimal *out)
{
    size_t count;
    const size_t *input = tsl__expr_get_operands(o->expr, &count);
    for (size_t i = 0; i < count; i++) {
        int result = read_exact(r, o, input[i], &r->operand[i]);
        if (result != GOOD) {
            return result;
        }
    }
    *out = tsl__expr_get(o->expr, r->operand);
    return GOOD;
}

static int decode_decimal(tsl__reading *r, const tsl__plan_output *o, tsl__cell_value *v)
{
    tsl__decimal exact;
    int result = o->expr ? read_expression(r, o, &exact) : read_exact(r, o, o->input, &exact);
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
        blame_expression(r, o, what);
    } else {
        blame_cell(r, o->input, tsl__decode_get_cell(r, o->input), what);
    }
    return BAD;
}

/* ---- The row ----------------------------------------------------------- */

/* A bad cell of an optional column is missing, and counted. */
static void count_bad(tsl__reading *r, tsl__column_build *b)
{
    if (b->bad++ == 0) {
        b->bad_example = tsl__format("%s:%llu: %s", r->file_name, (unsigned long long)r->record.line, r->fault.message);
    }
}

int tsl__decode_row(tsl__reading *r)
{
    for (size_t l = 0; l < r->lookups; l++) {
        r->match[l] = UNKNOWN;
    }
    for (size_t i = 0; i < r->plan.outputs; i++) {
        const tsl__plan_output *o = &r->plan.output[i];
        tsl__cell_value *v = &r->value[i];
        v->rounded = 0;
        int result = o->type == TSL_TYPE_DECIMAL                                ? decode_decimal(r, o, v)
                     : o->type == TSL_TYPE_TIME                                 ? decode_time(r, o, v)
                     : r->kind == TSL_CUSTOMERS && o->role != TSL_ROLE_CUSTOMER ? decode_plain(r, o, v)
                                                                                : decode_text(r, o, v);
        if (result == WRONG) {
            return 1;
        }
        if (result != GOOD && o->required) {
            if (o->role == TSL_ROLE_CUSTOMER && result == MISSING) {
                r->fault.kind = TSL_REJECT_NO_CUSTOMER;
            }
            return 1;
        }
        if (result == BAD) {
            count_bad(r, &r->build[i]);
        }
    }
    return 0;
}
