/* typing.c: profiles a column of texts, decides on its type, converts it. */
#include "table/schema/typing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/names/header_words.h"
#include "table/names/role_units.h"
#include "table/names/roles.h"

#define LONG_INTEGER 1e6 /* a phone number is above */
#define FEW_TEXTS 12     /* so many are a choice, under a name that tells of people */
#define OWN_DIGITS 5     /* that telephone numbers and those of papers have at least */
#define TEXTS_LOOKED_AT 1000
#define FAULT_BYTES 640   /* why a column is of no use */
#define FREQUENT_TEXTS 32 /* a category has at most about so many values that matter */

/* ---- Profile ----------------------------------------------------------- */

static int is_missing(const tsl__profile *p, tsl__span text)
{
    const tsl_column_rule *rule = p->output->rule;
    if (tsl__cell_is_missing(text)) {
        return 1;
    }
    for (size_t i = 0; rule && i < rule->missing_count; i++) {
        if (tsl__span_equal(text, tsl__span_make(rule->missing[i]))) {
            return 1;
        }
    }
    return 0;
}

/* Takes one distinct text into the profile. */
static void look_at(tsl__profile *p, tsl__span text, const tsl__text_use *use, const char *file, uint64_t line)
{
    double number = 0;
    int64_t time;
    tsl__figure figure;
    p->texts++;
    p->present += use->rows;
    const int is_number = tsl__profile_read_number(p, text, &figure, &number) == 0;
    if (is_number) {
        int inexact = tsl__profile_is_inexact(&figure, text, number), whole = !inexact && number == floor(number);
        p->number_texts++;
        p->inexact += inexact ? use->rows : 0;
        p->numbers += inexact ? 0 : use->rows;
        p->integers += whole ? use->rows : 0;
        p->long_integers += whole && number >= LONG_INTEGER ? use->rows : 0;
        p->codes += tsl__cell_is_code(text) ? use->rows : 0;
        p->years += tsl__time_is_year(number) ? use->rows : 0;
    }
    p->evidence.repeats = use->rows - 1;
    if (tsl__profile_may_be_date(p, text) &&
        tsl__date_evidence_add(&p->evidence, text, -1, file, line, &time) == TSL__DATE_GOOD) {
        p->dates += use->rows;
        p->compact_dates += is_number ? use->rows : 0;
    }
    p->boolean &= tsl__boolean_pairs(text, &number);
}

tsl_status tsl__profile_study(tsl__profile *p, const tsl__plan_output *output, const tsl__dict *dict,
                              tsl__text_use *use, size_t rows, tsl__where where, void *user, tsl_error *err)
{
    size_t count = tsl__dict_get_count(dict);
    tsl_status status = TSL_OK;
    p->output = output;
    p->dict = dict;
    p->use = use;
    p->rows = rows;
    p->where = where;
    p->user = user;
    p->boolean = ~0u;
    for (size_t c = 0; c < count; c++) {
        if (p->use[c].rows && is_missing(p, tsl__profile_get_text(p, c))) {
            p->use[c].rows = 0;
        }
    }
    TSL__TRY(tsl__profile_look(p, err));
    for (size_t c = 0; c < count; c++) {
        if (!p->use[c].rows) {
            continue;
        }
        const tsl__found_at at = tsl__profile_get_place(p, c);
        look_at(p, tsl__profile_get_text(p, c), &p->use[c], at.file, at.line);
    }
done:
    return status;
}

tsl_status tsl__profile_build(tsl__profile *p, const tsl__plan_output *output, const tsl__dict *dict, int32_t *code,
                              size_t rows, tsl__where where, void *user, tsl_error *err)
{
    tsl__text_use *use = NULL;
    tsl_status status = TSL_OK;
    p->code = code;
    TSL__NEED(use = tsl__alloc_zero(tsl__dict_get_count(dict), sizeof *use));
    for (size_t row = 0; row < rows; row++) {
        if (code[row] >= 0 && use[code[row]].rows++ == 0) {
            use[code[row]].first = (uint32_t)row;
        }
    }
    TSL__TRY(tsl__profile_study(p, output, dict, use, rows, where, user, err));
    for (size_t row = 0; row < rows; row++) {
        if (code[row] >= 0 && !p->use[code[row]].rows) {
            code[row] = -1;
        }
    }
done:
    return status;
}

void tsl__profile_free(tsl__profile *p)
{
    free(p->code);
    free(p->use);
    free(p->seen);
    p->seen = NULL;
    p->code = NULL;
    p->use = NULL;
}

/* ---- Decision ---------------------------------------------------------- */

static int mostly(uint64_t part, uint64_t whole)
{
    return tsl__profile_is_most(part, whole);
}

static int compare_falling(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x < y) - (x > y);
}

/* Texts that hardly repeat: *free_text is 1. */
static tsl_status check_free_text(const tsl__profile *p, int *free_text, tsl_error *err)
{
    size_t count = tsl__dict_get_count(p->dict), n = 0;
    *free_text = 0;
    if (p->texts <= FREQUENT_TEXTS) {
        return TSL_OK;
    }
    if ((*free_text = p->texts * 2 > p->present)) {
        return TSL_OK;
    }
    uint32_t *rows = tsl__alloc(p->texts, sizeof *rows);
    if (!rows) {
        return tsl__error_nomem(err);
    }
    for (size_t c = 0; c < count; c++) {
        if (p->use[c].rows) {
            rows[n++] = p->use[c].rows;
        }
    }
    qsort(rows, n, sizeof *rows, compare_falling);
    uint64_t covered = 0;
    for (size_t i = 0; i < FREQUENT_TEXTS; i++) {
        covered += rows[i];
    }
    *free_text = covered * 2 < p->present;
    free(rows);
    return TSL_OK;
}

/* Whole numbers that are codes by the name of their column: a region, a channel, a postcode. */
static int holds_codes(const tsl__profile *p)
{
    if (!mostly(p->numbers + p->inexact, p->present) || p->integers < p->numbers) {
        return 0;
    }
    switch (tsl__name_code(p->output->name)) {
    case TSL__CODE_ALWAYS:
        return 1;
    case TSL__CODE_IF_FEW:
        return p->texts <= FREQUENT_TEXTS && p->texts < p->present;
    case TSL__CODE_NONE:
        break;
    }
    return 0;
}

static int are_dates(const tsl__profile *p)
{
    return mostly(p->dates - p->compact_dates, p->present) || (p->present && p->compact_dates == p->present);
}

static tsl_column_type find_type(tsl__profile *p)
{
    int born = tsl__name_hints(p->output->name, TSL__HINT_BIRTH);
    tsl_column_type date = born ? TSL_TYPE_BIRTH : TSL_TYPE_DATE;
    if (p->boolean) {
        return TSL_TYPE_BOOLEAN;
    }
    if (born && mostly(p->years, p->present)) {
        return TSL_TYPE_BIRTH;
    }
    if (are_dates(p)) {
        return date;
    }
    p->by_code = holds_codes(p);
    if (p->codes || p->by_code) {
        return TSL_TYPE_CATEGORY;
    }
    if (mostly(p->numbers, p->present)) {
        return TSL_TYPE_NUMBER;
    }
    p->by_digits = mostly(p->numbers + p->inexact, p->present);
    return TSL_TYPE_CATEGORY;
}

/* Most texts have so many digits, or the character. */
static int has_texts(const tsl__profile *p, size_t digits, char character)
{
    const size_t count = tsl__dict_get_count(p->dict);
    size_t found = 0;
    for (size_t c = 0; c < count; c++) {
        const tsl__span text = p->use[c].rows ? tsl__profile_get_text(p, c) : (tsl__span){"", 0};
        size_t n = 0;
        for (size_t i = 0; i < text.n; i++) {
            n += character ? text.s[i] == character : tsl__is_digit(text.s[i]) != 0;
        }
        found += p->use[c].rows && n >= digits;
    }
    return found * 2 > p->texts;
}

/* What is a person's own, however few there are: his name and where he lives by the name of the column; a number or an
 * address of his by that, and texts that can be one. */
static int holds_own(const tsl__profile *p, tsl_column_type type)
{
    const char *name = p->output->name;
    const int numbered = tsl__name_ends(name, TSL__ENDS_PHONE) || tsl__name_ends(name, TSL__ENDS_PAPER);
    if (type == TSL_TYPE_NUMBER) {
        const int housed = tsl__name_ends(name, TSL__ENDS_ADDRESS) && has_texts(p, 1, ' '); /* "1 Hidden Lane" */
        return housed || (numbered && mostly(p->long_integers, p->present));
    }
    return tsl__name_is_persons(name) ||
           (tsl__name_ends(name, TSL__ENDS_MAIL) ? has_texts(p, 1, '@') : tsl__name_ends(name, TSL__ENDS_ADDRESS)) ||
           (numbered && has_texts(p, OWN_DIGITS, 0));
}

tsl__personal tsl__profile_find_personal(const tsl__profile *p)
{
    const size_t count = tsl__dict_get_count(p->dict);
    size_t looked = 0, found[TSL__PERSONALS] = {0};
    for (size_t c = 0; c < count && looked < TEXTS_LOOKED_AT; c++) {
        if (p->use[c].rows) {
            found[tsl__personal_find(tsl__profile_get_text(p, c))]++;
            looked++;
        }
    }
    for (int kind = TSL__PERSONAL_NONE + 1; kind < TSL__PERSONALS; kind++) {
        if (found[kind] * 2 > looked) {
            return (tsl__personal)kind;
        }
    }
    return TSL__PERSONAL_NONE;
}

/* A column of names, addresses, phone numbers: by its name, and texts that vary like those. */
static int identifies_people(const tsl__profile *p, tsl_column_type type)
{
    if ((type == TSL_TYPE_CATEGORY || type == TSL_TYPE_NUMBER) && holds_own(p, type)) {
        return 1;
    }
    if ((type != TSL_TYPE_CATEGORY && type != TSL_TYPE_NUMBER) || !tsl__name_hints(p->output->name, TSL__HINT_PERSON)) {
        return 0;
    }
    int varies = p->texts * 2 > p->present;
    return type == TSL_TYPE_CATEGORY ? varies || p->texts > FEW_TEXTS : varies && mostly(p->long_integers, p->present);
}

/* It has the name of an index of the rows, or none. */
static int is_called_index(const tsl__profile *p)
{
    return p->output->unnamed || tsl__name_is_index(p->output->name);
}

/* An id, key or number of the rows: by its name, or as it has none, and another one in each row. */
static int identifies_rows(const tsl__profile *p, tsl_column_type type)
{
    int may = type == TSL_TYPE_CATEGORY || (type == TSL_TYPE_NUMBER && p->integers == p->present);
    return may && p->texts == p->present && p->present > 2 &&
           (is_called_index(p) || tsl__name_hints(p->output->name, TSL__HINT_KEY));
}

/* Row by row one more: by so many that it is no chance, whatever the name; but for what is asked for. */
static int numbers_rows(const tsl__profile *p, tsl_column_type type)
{
    return p->rises && (type == TSL_TYPE_CATEGORY || type == TSL_TYPE_NUMBER) &&
           (p->present >= TSL__ROWS_NUMBERED || (is_called_index(p) && p->present > 2)) && !p->output->is_value;
}

/* Why an undeclared column of this type is of no use, into out; "" where it is. mixed: why it is none of numbers; or
 * NULL. */
static tsl_status find_fault(const tsl__profile *p, tsl_column_type type, const char *mixed, char *out, size_t size,
                             tsl_error *err)
{
    int free_text = 0, certain;
    tsl_status status = TSL_OK;
    const int may_be_own = type == TSL_TYPE_CATEGORY || type == TSL_TYPE_NUMBER;
    const tsl__personal own = may_be_own && !p->output->is_value ? tsl__profile_find_personal(p) : TSL__PERSONAL_NONE;
    *out = 0;
    TSL__TRY(type == TSL_TYPE_CATEGORY ? check_free_text(p, &free_text, err) : TSL_OK);
    if (p->present == 0) {
        snprintf(out, size, "it is empty");
    } else if (p->texts == 1 && p->present == p->rows) {
        snprintf(out, size, "it is the same everywhere");
    } else if (identifies_people(p, type)) {
        snprintf(out, size, "by its name it identifies people");
    } else if (own) {
        snprintf(out, size, "its texts are %s, which identify people", tsl__personal_get_name(own));
    } else if (numbers_rows(p, type)) {
        snprintf(out, size, "it numbers the rows");
    } else if (identifies_rows(p, type)) {
        int numbers = is_called_index(p) && p->integers + p->inexact == p->present;
        snprintf(out, size, numbers ? "it numbers the rows" : "by its name it identifies the rows");
    } else if (free_text && p->by_code) {
        snprintf(out, size, "by its name it holds codes, and %zu different ones in %llu rows are no category", p->texts,
                 (unsigned long long)p->present);
    } else if (free_text && p->by_digits) {
        snprintf(
            out, size,
            "as numbers those beyond 2^53 - 1 would lose digits, and %zu different ones in %llu rows are no category",
            p->texts, (unsigned long long)p->present);
    } else if (free_text && tsl__profile_is_marked(p, &certain)) {
        char shown[48];
        tsl__span_show(tsl__profile_get_text(p, p->unknown_code), shown, sizeof shown);
        snprintf(
            out, size,
            "but for %llu cells of \"%s\" it holds numbers; if that means missing, say so (columns: %.*s: missing: "
            "[\"%s\"])",
            (unsigned long long)p->unknown, shown, tsl__text_head(p->output->name, 60), p->output->name, shown);
    } else if (free_text && mixed) {
        snprintf(out, size, "%s", mixed);
    } else if (free_text) {
        snprintf(out, size, "%zu different texts in %llu rows are no category", p->texts,
                 (unsigned long long)p->present);
    }
done:
    return status;
}

/* ---- The whole --------------------------------------------------------- */

/* The role that the texts bear out: a recognised score that is no number is a plain column, and so is a last order that
 * is no date, or a number of orders with fractions. */
static tsl_role find_role(const tsl__profile *p)
{
    const tsl__plan_output *o = p->output;
    const tsl__role_info *role = tsl__role_get_info(o->role);
    int declared = o->rule && o->rule->type != TSL_TYPE_AUTO, certain;
    const int numbers = (mostly(p->numbers, p->present) && (!role->whole || mostly(p->integers, p->present))) ||
                        (tsl__profile_is_marked(p, &certain) && certain);
    const int fits = role->type == TSL_TYPE_TEXT || (role->type == TSL_TYPE_DATE ? are_dates(p) : numbers);
    return o->mapped || (!declared && fits) ? o->role : TSL_ROLE_NONE;
}

#define BORN_BEFORE_YEAR 2030 /* as spreadsheets have it: 30 to 99 are of the last century */

int32_t tsl__profile_get_born_before(const tsl_table_options *opt)
{
    return opt->as_of != TSL_NO_DAY ? opt->as_of : tsl__day_make(BORN_BEFORE_YEAR, 1, 1);
}

/* Numbers among written dates of a column that nobody declared are misfits. */
tsl__date_doubt tsl__profile_decide_dates(tsl__profile *p, tsl_date_order common)
{
    if (!tsl__profile_has_said_dates(p) && p->compact_dates < p->dates) {
        p->evidence.form[TSL__DATE_COMPACT] = 0;
    }
    const tsl__date_doubt doubt =
        tsl__date_evidence_decide(&p->evidence, p->before != TSL_DATES_AUTO ? p->before : common, p->zone, &p->reading);
    p->reading.born_before = p->born_before;
    return doubt;
}

/* How the dates are read, or the error. */
static tsl_status decide_dates(tsl__profile *p, tsl_date_order common, int births, tsl_table_info *info, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__date_doubt doubt = tsl__profile_decide_dates(p, common);
    TSL__TRY(doubt != TSL__DATES_SURE ? tsl__date_evidence_fail(&p->evidence, doubt, p->output->name, err) : TSL_OK);
    TSL__TRY(tsl__date_evidence_check_unit(&p->evidence, p->output->name, err));
    p->reading.births = births;
    TSL__TRY(tsl__date_evidence_note(&p->evidence, &p->reading, p->output->name, &info->notes, err));
    if (p->before == TSL_DATES_AUTO) {
        TSL__TRY(tsl__date_evidence_note_common(&p->evidence, &p->reading, p->output->name, &info->notes, err));
    }
    info->time_zone = p->evidence.other_zone.text[0] ? "UTC" : info->time_zone;
done:
    return status;
}

/* As it is declared; what customers are ranked by is value; else by the name. */
static tsl_group find_group(const tsl__profile *p, const tsl_column *c)
{
    const tsl_column_rule *rule = p->output->rule;
    if (rule && rule->group != TSL_GROUP_AUTO) {
        return rule->group;
    }
    if (p->output->is_value) {
        return TSL_VALUE;
    }
    if (c->role != TSL_ROLE_NONE) {
        return TSL_BEHAVIORAL;
    }
    int amounts = c->type == TSL_TYPE_NUMBER && p->integers < p->numbers;
    return tsl__name_group(p->output->name, amounts, c->type == TSL_TYPE_DATE ? TSL_BEHAVIORAL : TSL_DEMOGRAPHIC);
}

/* As it is declared, else by its name; what customers are ranked or weighed by was asked for. */
static int is_sensitive(const tsl__profile *p)
{
    const tsl__plan_output *o = p->output;
    const int said = o->rule ? o->rule->sensitive : 0;
    return said > 0 || (said == 0 && o->role == TSL_ROLE_NONE && !o->is_value && !o->is_weight &&
                        tsl__name_hints(o->name, TSL__HINT_SENSITIVE));
}

/* A year alone says less than a date, which the ages do not show. */
static tsl_status note_years(const tsl__profile *p, tsl_notes *notes, tsl_error *err)
{
    return tsl__found_add(
        notes, &(tsl__found){.kind = TSL_FINDING_BIRTH_YEARS, .count = p->years, .column = p->output->name},
        "%s: %llu cell%s the year of birth alone, read as its first day: an age may be a year too high",
        p->output->name, (unsigned long long)p->years, p->years == 1 ? " is" : "s are");
}

#define LAST_MONTH_DAY 31

/* Numbers under the name of a birth that are no years of four digits: those that are neither days nor months are told.
 */
static tsl_status note_short_years(const tsl__profile *p, const tsl_column *c, tsl_notes *notes, tsl_error *err)
{
    double least = INFINITY, greatest = -INFINITY;
    for (size_t row = 0; row < p->rows; row++) {
        least = fmin(least, c->number[row]); /* a missing one is passed over */
        greatest = fmax(greatest, c->number[row]);
    }
    if (p->integers < p->numbers || least < 0 || greatest <= LAST_MONTH_DAY || greatest > 99) {
        return TSL_OK;
    }
    return tsl__found_add(
        notes, &(tsl__found){.kind = TSL_FINDING_TWO_DIGIT_YEARS, .count = p->present, .column = p->output->name},
        "%s: the numbers, %02.0f to %02.0f, may be years of birth of two digits; they are used as these numbers, not "
        "as "
        "ages: write four digits, or declare the type number",
        p->output->name, least, greatest);
}

static tsl_status describe(const tsl__profile *p, const tsl_column *c, tsl_table_info *info, tsl_error *err)
{
    const char *type = tsl_column_type_get_name(c->type), *group = tsl_group_get_name(c->group);
    char unit[TSL__UNIT_TEXT_BYTES];
    return c->role != TSL_ROLE_NONE
               ? tsl__notes_add(&info->understood, "%s: %s (%s%s)", tsl_role_get_name(c->role), c->name, type,
                                tsl__role_unit_describe(p->output->unit, unit))
               : tsl__notes_add(&info->understood, "%s: %s, %s%s%s", p->output->name, type, group,
                                !c->sensitive                                   ? ""
                                : p->output->rule && p->output->rule->sensitive ? ", sensitive"
                                                                                : ", sensitive by its name",
                                p->by_code     ? " (by its name the numbers are codes)"
                                : p->by_digits ? " (the numbers have too many digits)"
                                               : "");
}

/* Numbers also where one text stands among them that is known to say that nobody knows. */
static tsl_column_type find_marked_type(tsl__profile *p)
{
    int certain;
    const tsl_column_type type = find_type(p);
    return type == TSL_TYPE_CATEGORY && tsl__profile_is_marked(p, &certain) && certain ? TSL_TYPE_NUMBER : type;
}

tsl_status tsl__profile_find_type(tsl__profile *p, tsl_column_type *type, int *free_text, tsl_error *err)
{
    *free_text = 0;
    *type = find_marked_type(p);
    return *type == TSL_TYPE_CATEGORY ? check_free_text(p, free_text, err) : TSL_OK;
}

/* The type of a column that is not declared; *kept is 0 where it is of no use, which is noted. */
static tsl_status choose_type(tsl__profile *p, tsl_column *out, int *kept, tsl_notes *notes, tsl_error *err)
{
    char fault[FAULT_BYTES] = "";
    tsl__mix mix = {.codes = 0};
    tsl_status status = TSL_OK;
    out->type = find_marked_type(p);
    TSL__TRY(out->type == TSL_TYPE_CATEGORY ? tsl__profile_find_mix(p, &mix, err) : TSL_OK);
    TSL__TRY(find_fault(p, out->type, mix.text.data, fault, sizeof fault, err));
    if (p->output->is_weight && mostly(p->numbers, p->present)) {
        out->type = TSL_TYPE_NUMBER; /* asked for by name, whatever it looks like */
        *fault = '\0';
    }
    *kept = !*fault;
    if (mix.text.data && (*kept || strncmp(fault, mix.text.data, sizeof fault - 1) == 0)) {
        TSL__TRY(tsl__profile_note_mix(p, &mix, *kept ? "taken as a category" : "left out", notes, err));
    } else if (*fault) {
        const tsl_finding_kind found = numbers_rows(p, out->type) ? TSL_FINDING_ROW_NUMBERS : TSL_FINDING_UNUSED_COLUMN;
        TSL__TRY(tsl__found_add(notes, &(tsl__found){.kind = (int)found, .column = p->output->name},
                                "%s is left out: %s", p->output->name, fault));
    } else if (p->by_digits) {
        TSL__TRY(tsl__found_add(
            notes, &(tsl__found){.kind = TSL_FINDING_LONG_NUMBERS, .count = p->inexact, .column = p->output->name},
            "%s is taken as a category: as a number, the %llu whole one%s beyond 2^53 - 1 would lose "
            "digits",
            p->output->name, (unsigned long long)p->inexact, p->inexact == 1 ? "" : "s"));
    }
done:
    tsl__text_free(&mix.text);
    return status;
}

tsl_status tsl__profile_type(tsl__profile *p, const tsl__common *common, tsl_column *out, tsl_table_info *info,
                             tsl_error *err)
{
    const tsl_column_rule *rule = p->output->rule;
    tsl_status status = TSL_OK;
    int kept = 1, certain;
    *out = (tsl_column){.role = find_role(p), .sensitive = is_sensitive(p)};
    out->type = out->role != TSL_ROLE_NONE            ? tsl__role_get_info(out->role)->type
                : rule && rule->type != TSL_TYPE_AUTO ? rule->type
                                                      : p->output->found;
    TSL__TRY(out->type == TSL_TYPE_AUTO ? choose_type(p, out, &kept, &info->notes, err) : TSL_OK);
    if (!kept) {
        return TSL_OK;
    }
    if (out->type == TSL_TYPE_DATE || out->type == TSL_TYPE_BIRTH) {
        TSL__TRY(decide_dates(p, common->order, out->type == TSL_TYPE_BIRTH, info, err));
    }
    if (out->type == TSL_TYPE_NUMBER || out->type == TSL_TYPE_DECIMAL) {
        TSL__TRY(tsl__profile_settle(p, common->mark, &info->notes, err));
        const int unknown = !mostly(p->numbers, p->present) && tsl__profile_is_marked(p, &certain) && certain;
        TSL__TRY(unknown ? tsl__profile_take_unknown(p, &info->notes, err) : TSL_OK);
    }
    out->group = find_group(p, out);
    TSL__NEED(out->name = tsl__strdup(p->output->name));
    TSL__TRY(tsl__profile_fill(p, out, &info->notes, err));
    if (out->type == TSL_TYPE_DATE || out->type == TSL_TYPE_BIRTH) {
        TSL__TRY(tsl__profile_drop_unknown(p, out, &info->notes, err));
    }
    TSL__TRY(out->type == TSL_TYPE_BIRTH && p->years ? note_years(p, &info->notes, err) : TSL_OK);
    const int undeclared_birth = out->role == TSL_ROLE_NONE && out->type == TSL_TYPE_NUMBER &&
                                 !(rule && rule->type != TSL_TYPE_AUTO) &&
                                 tsl__name_hints(p->output->name, TSL__HINT_BIRTH);
    TSL__TRY(undeclared_birth ? note_short_years(p, out, &info->notes, err) : TSL_OK);
    TSL__TRY(describe(p, out, info, err));
done:
    return status;
}
