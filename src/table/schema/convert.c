/* convert.c: the texts of a profiled column -> values of its type. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/names/roles.h"
#include "table/schema/codes.h"
#include "table/schema/odd_values.h"
#include "table/schema/typing.h"

#define YEAR_DIGITS 4
#define DAY_DIGITS 8   /* 20171231 */
#define TIME_DIGITS 14 /* 20171231235959 */

/* Pairs of words that mean no and yes; of 0.0 and 1.0 other programs make 0 and 1 beside cells that are missing. */
static const char *const pairs[][2] = {{"n", "y"}, {"no", "yes"},  {"false", "true"}, {"f", "t"},
                                       {"0", "1"}, {"0.0", "1.0"}, {"否", "是"}};
#define PAIRS (sizeof pairs / sizeof *pairs)

static int equal_folded(tsl__span a, const char *lower)
{
    size_t n = strlen(lower);
    if (a.n != n) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        char c = a.s[i] >= 'A' && a.s[i] <= 'Z' ? (char)(a.s[i] + 32) : a.s[i];
        if (c != lower[i]) {
            return 0;
        }
    }
    return 1;
}

unsigned tsl__boolean_pairs(tsl__span text, double *value)
{
    unsigned found = 0;
    for (unsigned i = 0; i < PAIRS; i++) {
        for (int yes = 0; yes < 2; yes++) {
            if (equal_folded(text, pairs[i][yes])) {
                found |= 1u << i;
                *value = yes;
            }
        }
    }
    return found;
}

/* ---- One distinct text as a value; 0 on success ------------------------------ */

static int convert_number(const tsl__profile *p, tsl__span text, double *value)
{
    tsl__figure figure;
    return tsl__profile_read_number(p, text, &figure, value) || tsl__profile_is_inexact(&figure, text, *value) ? -1 : 0;
}

static int convert_boolean(const tsl__profile *p, tsl__span text, double *value)
{
    (void)p;
    return tsl__boolean_pairs(text, value) ? 0 : -1;
}

int tsl__profile_has_said_dates(const tsl__profile *p)
{
    const tsl_column_rule *rule = p->output->rule;
    const int is_time = p->output->role != TSL_ROLE_NONE && tsl__role_get_info(p->output->role)->type == TSL_TYPE_TIME;
    return is_time || (rule && (rule->type == TSL_TYPE_DATE || rule->type == TSL_TYPE_BIRTH));
}

/* A number alone is likely to be a date by chance, but for the digits of a day, which all of the column must have. What
 * may be a year of birth is no number of days. */
int tsl__profile_may_be_date(const tsl__profile *p, tsl__span text)
{
    double number;
    if (tsl__cell_number(text, &number)) {
        return 1;
    }
    const tsl_column_rule *rule = p->output->rule;
    return tsl__profile_has_said_dates(p) ? !rule || rule->type != TSL_TYPE_BIRTH || text.n > YEAR_DIGITS
                                          : text.n == DAY_DIGITS || text.n == TIME_DIGITS;
}

static int convert_date(const tsl__profile *p, tsl__span text, int64_t *value)
{
    double number;
    const int numbers = tsl__profile_has_said_dates(p) || p->evidence.form[TSL__DATE_COMPACT];
    if ((!numbers && tsl__cell_number(text, &number) == 0) || !tsl__profile_may_be_date(p, text) ||
        tsl__date_read(text, p->evidence.declared, value) != TSL__DATE_GOOD) {
        return -1;
    }
    *value = tsl__date_settle(&p->reading, *value);
    return 0;
}

/* A date, or a year: then its first day, so that the age is the difference of the years. */
static int convert_birth(const tsl__profile *p, tsl__span text, int64_t *value)
{
    double year;
    if (tsl__cell_number(text, &year) == 0 && tsl__time_is_year(year)) {
        *value = (int64_t)tsl__day_make((int)year, 1, 1) * TSL__DAY_SECONDS;
        return 0;
    }
    if (convert_date(p, text, value)) {
        return -1;
    }
    tsl__moment moment;
    const int two = p->evidence.form[TSL__DATE_TWO_DIGITS] || p->evidence.form[TSL__DATE_NAME_AND_TWO];
    if (two && tsl__moment_read(text, &moment)) {
        *value = tsl__date_settle_birth(&p->reading, moment.form, *value);
    }
    return 0;
}

int tsl__profile_read_time(const tsl__profile *p, tsl__span text, tsl_column_type type, int64_t *seconds)
{
    return type == TSL_TYPE_BIRTH ? convert_birth(p, text, seconds) : convert_date(p, text, seconds);
}

static int convert_decimal(const tsl__profile *p, tsl__span text, int64_t *value)
{
    tsl__figure figure;
    int rounded;
    if (tsl__cell_read(text, p->form.mark.mark, &figure) || !tsl__form_take(&p->form, &figure)) {
        return -1;
    }
    const tsl__decimal exact = tsl__factor_apply(p->form.factor, tsl__figure_get_decimal(&figure));
    const tsl__unit *unit = p->output->unit;
    if (tsl__decimal_get(unit ? tsl__unit_get_value(unit, exact) : exact, value, &rounded) != TSL__DECIMAL_OK) {
        return -1;
    }
    return tsl__role_holds(p->output->role, *value) ? 0 : -1;
}

static int convert_level(const tsl__profile *p, tsl__span text, int64_t *value)
{
    const tsl_column_rule *rule = p->output->rule;
    for (size_t i = 0; i < rule->level_count; i++) {
        if (tsl__span_equal(text, tsl__span_make(rule->levels[i]))) {
            *value = (int64_t)i;
            return 0;
        }
    }
    return -1;
}

/* How values of a type come about: by one of the two functions. */
static const struct type_line {
    int (*number)(const tsl__profile *, tsl__span, double *);
    int (*integer)(const tsl__profile *, tsl__span, int64_t *);
    const char *what; /* a cell that does not fit "is not ..." */
} types[] = {
    [TSL_TYPE_NUMBER] = {convert_number, NULL, "a number"},
    [TSL_TYPE_BOOLEAN] = {convert_boolean, NULL, "yes or no"},
    [TSL_TYPE_DATE] = {NULL, convert_date, "a date"},
    [TSL_TYPE_BIRTH] = {NULL, convert_birth, "a date or a year of birth"},
    [TSL_TYPE_DECIMAL] = {NULL, convert_decimal, "a number in range"},
    [TSL_TYPE_ORDINAL] = {NULL, convert_level, "one of its levels"},
};

/* Why a text that looks like a number is none, for the end of a note; "" where nothing is to be said. */
static const char *get_hint(const tsl__profile *p, tsl__span text, tsl_column_type type)
{
    double number;
    tsl__figure figure;
    return type == TSL_TYPE_NUMBER && tsl__profile_read_number(p, text, &figure, &number) == 0
               ? " (whole numbers beyond 2^53 - 1 lose digits)"
               : "";
}

/* What a cell is not that does not fit. */
static const char *get_what(const tsl__profile *p, tsl_column_type type)
{
    return type == TSL_TYPE_DECIMAL && tsl__role_get_info(p->output->role)->whole ? "a whole number from 0 on"
                                                                                  : types[type].what;
}

/* So many cells that do not fit may be those that the earlier table had. */
#define FEW_MISFITS 10

/* The texts that do not fit: missing, counted, the first three named. Too many of
 * them, and the column is another one than it was: refused. */
static tsl_status note_misfits(const tsl__profile *p, const char *misfit, uint64_t rows, tsl_column_type type,
                               tsl_notes *notes, tsl_error *err)
{
    int strict = type != TSL_TYPE_ORDINAL && rows > FEW_MISFITS && (double)rows > p->most_misfits * (double)p->present;
    const char *hint = "";
    size_t count = tsl__dict_get_count(p->dict), shown = 0;
    tsl__text examples = {0};
    char text[3][40];
    tsl__found found = {.kind = TSL_FINDING_UNFIT_CELLS, .count = rows, .column = p->output->name};
    for (size_t c = 0; c < count && shown < 3; c++) {
        if (misfit[c]) {
            if (!*hint) {
                hint = get_hint(p, tsl__profile_get_text(p, c), type);
            }
            found.example[shown] = tsl__profile_get_place(p, c);
            found.example[shown].text = tsl__span_show(tsl__profile_get_text(p, c), text[shown], sizeof text[shown]);
            tsl__text_printf(&examples, "%s\"%s\"", shown ? ", " : "", text[shown]);
            shown++;
        }
    }
    tsl_status status = TSL_OK;
    TSL__NEED(!examples.failed);
    if (strict) {
        TSL__TRY(
            tsl__error_set(err, TSL_E_INPUT,
                           "customers: column \"%s\": %llu of %llu cells are not %s, as those of the earlier table "
                           "were (%s)%s",
                           p->output->name, (unsigned long long)rows, (unsigned long long)p->present, get_what(p, type),
                           examples.data, hint));
    }
    TSL__TRY(tsl__found_add(notes, &found, "%s: %llu cell%s not %s and taken as missing (%s)%s", p->output->name,
                            (unsigned long long)rows, rows == 1 ? " is" : "s are", get_what(p, type), examples.data,
                            hint));
done:
    tsl__text_free(&examples);
    return status;
}

/* The values of the distinct texts. */
typedef struct converted {
    double *number; /* by type: one of the two is there */
    int64_t *integer;
    char *misfit;     /* 1: does not fit */
    uint64_t misfits; /* rows that hold such a text */
} converted;

static tsl_status convert_texts(const tsl__profile *p, const struct type_line *line, converted *v, tsl_error *err)
{
    size_t count = tsl__dict_get_count(p->dict);
    tsl_status status = TSL_OK;
    TSL__NEED(v->misfit = tsl__alloc_zero(count, 1));
    TSL__NEED(!line->number || (v->number = tsl__alloc(count, sizeof *v->number)));
    TSL__NEED(!line->integer || (v->integer = tsl__alloc(count, sizeof *v->integer)));
    for (size_t i = 0; i < count; i++) {
        if (!p->use[i].rows) {
            continue;
        }
        tsl__span text = tsl__profile_get_text(p, i);
        v->misfit[i] =
            (line->number ? line->number(p, text, &v->number[i]) : line->integer(p, text, &v->integer[i])) != 0;
        v->misfits += v->misfit[i] ? p->use[i].rows : 0;
    }
done:
    return status;
}

/* Codes into the declared levels, instead of their ranks. */
static tsl_status make_ordinal(tsl__profile *p, const converted *v, tsl_column *out, tsl_error *err)
{
    const tsl_column_rule *rule = p->output->rule;
    size_t bytes = rule->level_count * sizeof(char *);
    for (size_t i = 0; i < rule->level_count; i++) {
        bytes += strlen(rule->levels[i]) + 1;
    }
    char **level = tsl__alloc(bytes, 1);
    if (!level) {
        return tsl__error_nomem(err);
    }
    char *at = (char *)(level + rule->level_count);
    for (size_t i = 0; i < rule->level_count; i++) {
        level[i] = strcpy(at, rule->levels[i]);
        at += strlen(at) + 1;
    }
    out->dict = (const char *const *)level;
    out->dict_count = rule->level_count;
    for (size_t row = 0; row < p->rows; row++) {
        int32_t code = p->code[row];
        p->code[row] = code < 0 || v->misfit[code] ? -1 : (int32_t)v->integer[code];
        out->missing += p->code[row] < 0;
    }
    out->code = p->code;
    p->code = NULL;
    return TSL_OK;
}

static tsl_status make_numbers(const tsl__profile *p, const converted *v, tsl_column *out, tsl_error *err)
{
    double *number = tsl__alloc(p->rows, sizeof *number);
    out->number = number;
    for (size_t row = 0; row < p->rows && number; row++) {
        int32_t code = p->code[row];
        int missing = code < 0 || v->misfit[code] || isnan(v->number[code]);
        number[row] = missing ? (double)NAN : v->number[code];
        out->missing += (size_t)missing;
    }
    return number ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status make_integers(const tsl__profile *p, const converted *v, tsl_column *out, tsl_error *err)
{
    int64_t *integer = tsl__alloc(p->rows, sizeof *integer);
    out->integer = integer;
    for (size_t row = 0; row < p->rows && integer; row++) {
        int32_t code = p->code[row];
        int missing = code < 0 || v->misfit[code];
        integer[row] = missing ? TSL_MISSING_INT : v->integer[code];
        out->missing += (size_t)missing;
    }
    return integer ? TSL_OK : tsl__error_nomem(err);
}

/* The numbers of the texts, and how many rows have each, into room for all texts. */
static size_t list_numbers(const tsl__profile *p, const converted *v, double *value, double *rows)
{
    const size_t texts = tsl__dict_get_count(p->dict);
    size_t count = 0;
    for (size_t i = 0; i < texts; i++) {
        if (p->use[i].rows && !v->misfit[i] && !(v->number && isnan(v->number[i]))) {
            value[count] = v->number ? v->number[i] : (double)v->integer[i] / (double)TSL_DECIMAL_ONE;
            rows[count++] = p->use[i].rows;
        }
    }
    return count;
}

/* Numbers that are no age become missing in a column of ages. value, rows: room for all texts. */
static tsl_status drop_ages(tsl__profile *p, converted *v, double *value, double *rows, tsl_notes *notes,
                            tsl_error *err)
{
    const size_t texts = tsl__dict_get_count(p->dict), count = list_numbers(p, v, value, rows);
    unsigned long long dropped = 0;
    double first = NAN;
    char example[32];
    tsl_status status = TSL_OK;
    TSL__TRY(p->knows_ages ? TSL_OK : tsl__odd_find_ages(p->output->name, value, rows, count, &p->ages, err));
    for (size_t i = 0; p->ages && i < texts; i++) {
        if (p->use[i].rows && !v->misfit[i] && tsl__odd_is_no_age(v->number[i])) {
            first = dropped ? first : v->number[i];
            dropped += p->use[i].rows;
            v->number[i] = NAN;
        }
    }
    if (dropped) {
        tsl__double_write(first, example);
        TSL__TRY(tsl__found_add(notes,
                                &(tsl__found){.kind = TSL_FINDING_UNLIKELY_AGES,
                                              .count = dropped,
                                              .column = p->output->name,
                                              .example = {{.text = example}}},
                                "%s: %llu of %llu numbers %s no age of anybody, such as %s, and %s taken as missing",
                                p->output->name, dropped, (unsigned long long)p->present, dropped == 1 ? "is" : "are",
                                example, dropped == 1 ? "is" : "are"));
    }
done:
    return status;
}

/* Numbers that can hardly be meant are noted; those that cannot are missing. */
static tsl_status settle_odd(tsl__profile *p, converted *v, tsl_column_type type, tsl_notes *notes, tsl_error *err)
{
    const size_t texts = tsl__dict_get_count(p->dict);
    double *value = NULL, *rows = NULL;
    tsl_status status = TSL_OK;
    if (type != TSL_TYPE_NUMBER && p->output->role != TSL_ROLE_SATISFACTION) {
        return TSL_OK;
    }
    TSL__NEED(value = tsl__alloc(texts, sizeof *value));
    TSL__NEED(rows = tsl__alloc(texts, sizeof *rows));
    TSL__TRY(type == TSL_TYPE_NUMBER ? drop_ages(p, v, value, rows, notes, err) : TSL_OK);
    const size_t count = list_numbers(p, v, value, rows);
    TSL__TRY(tsl__odd_note(p->output->name, v->number ? tsl__odd_find(p->output->name) : TSL__ODD_SCORES, value, rows,
                           count, notes, err));
done:
    free(value);
    free(rows);
    return status;
}

tsl_status tsl__profile_fill(tsl__profile *p, tsl_column *out, tsl_notes *notes, tsl_error *err)
{
    const struct type_line *line = &types[out->type];
    converted v = {0};
    tsl_status status = TSL_OK;
    if (out->type == TSL_TYPE_CATEGORY || out->type == TSL_TYPE_TEXT) {
        status = tsl__codes_finish(p->dict, p->code, p->rows, out, err);
        out->code = p->code;
        p->code = NULL;
        return status;
    }
    TSL__ASSERT(line->number || line->integer);
    TSL__TRY(convert_texts(p, line, &v, err));
    out->misfits = (size_t)v.misfits;
    TSL__TRY(v.misfits ? note_misfits(p, v.misfit, v.misfits, out->type, notes, err) : TSL_OK);
    TSL__TRY(settle_odd(p, &v, out->type, notes, err));
    TSL__TRY(out->type == TSL_TYPE_ORDINAL ? make_ordinal(p, &v, out, err)
             : line->number                ? make_numbers(p, &v, out, err)
                                           : make_integers(p, &v, out, err));
done:
    free(v.number);
    free(v.integer);
    free(v.misfit);
    return status;
}
