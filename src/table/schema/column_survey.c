/* column_survey.c: counts the texts of a column, finds out what they are, and measures them. */
#include "table/schema/column_survey.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/names/header_words.h"
#include "table/schema/column_figures.h"
#include "table/schema/typing.h"

#define MOST_BYTES ((size_t)64 << 20)
#define SHOWN_BYTES 201

/* Where a text stood first. */
typedef struct text_place {
    const char *file;
    uint64_t line;
} text_place;

/* The rows behind the bound, of whose texts none is kept. */
typedef struct beyond {
    uint64_t rows, numbers, times;
    double low, high, first, last;
    tsl__decimal sum;
} beyond;

struct tsl__column_survey {
    char *name;
    const tsl_table_options *opt;
    tsl__zone *zone; /* the declared one; NULL: none, or none that there is, which is told where the table is read */
    tsl__plan_output output; /* what the profile knows of the column: its name and rule */
    tsl__dict *dict;
    tsl__text_use *use; /* one a text; the profile's, once that is there */
    text_place *place;
    size_t use_capacity, place_capacity, most, bytes;
    uint64_t rows;
    int full;             /* no text is added any more */
    tsl__profile profile; /* from then on, or from the end */
    int is_dated;         /* 1: it is decided how its dates are read */
    beyond rest;
};

tsl__column_survey *tsl__column_survey_open(const char *name, const tsl_table_options *opt, size_t most)
{
    tsl__column_survey *s = tsl__alloc_zero(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    s->opt = opt;
    s->most = most;
    s->name = tsl__strdup(name);
    s->dict = tsl__dict_open();
    if (!s->name || !s->dict) {
        tsl__column_survey_free(s);
        return NULL;
    }
    s->output = (tsl__plan_output){.name = s->name, .type = TSL_TYPE_TEXT, .input = 0};
    for (size_t i = 0; i < opt->rule_count && !s->output.rule; i++) {
        s->output.rule = strcmp(opt->rules[i].name, name) == 0 ? &opt->rules[i] : NULL;
    }
    s->rest.sum = tsl__decimal_make(0, 0, 0);
    if (opt->timezone && tsl__zone_open(opt->timezone, &s->zone, NULL) == TSL_E_NOMEM) {
        tsl__column_survey_free(s);
        return NULL;
    }
    return s;
}

void tsl__column_survey_set_time(tsl__column_survey *s)
{
    s->output.role = TSL_ROLE_TIME;
}

void tsl__column_survey_free(tsl__column_survey *s)
{
    if (s) {
        if (!s->profile.use) {
            free(s->use);
        }
        tsl__profile_free(&s->profile);
        tsl__dict_free(s->dict);
        free(s->place);
        tsl__zone_free(s->zone);
        free(s->name);
        free(s);
    }
}

const char *tsl__column_survey_get_name(const tsl__column_survey *s)
{
    return s->name;
}

/* ---- Counting ------------------------------------------------------------------------- */

static void where(void *user, uint32_t code, const char **file, uint64_t *line)
{
    const tsl__column_survey *s = user;
    *file = s->place[code].file;
    *line = s->place[code].line;
}

/* What the texts so far are. */
static tsl_status study(tsl__column_survey *s, char delimiter, tsl_error *err)
{
    tsl__profile *p = &s->profile;
    tsl_status status = TSL_OK;
    if (p->use) {
        return TSL_OK;
    }
    if (!s->use) {
        TSL__NEED(s->use = tsl__alloc_zero(1, sizeof *s->use)); /* of no text */
    }
    p->declared = (tsl__mark)s->opt->decimal;
    p->delimiter = delimiter;
    p->most_misfits = 1;
    p->evidence.declared = s->opt->dates;
    p->born_before = tsl__profile_get_born_before(s->opt);
    p->zone = s->zone;
    TSL__TRY(tsl__profile_study(p, &s->output, s->dict, s->use, (size_t)s->rows, where, s, err));
    s->is_dated = tsl__profile_decide_dates(p, TSL_DATES_AUTO) == TSL__DATES_SURE;
done:
    return status;
}

static void stretch(double value, uint64_t before, double *low, double *high)
{
    *low = before == 0 || value < *low ? value : *low;
    *high = before == 0 || value > *high ? value : *high;
}

static int means_missing(const tsl_column_rule *rule, tsl__span cell)
{
    size_t i = 0;
    while (rule && i < rule->missing_count && !tsl__span_equal(cell, tsl__span_make(rule->missing[i]))) {
        i++;
    }
    return rule && i < rule->missing_count;
}

/* A cell behind the bound: be its text kept or not, it is read and let go. */
static void add_beyond(tsl__column_survey *s, tsl__span cell)
{
    beyond *b = &s->rest;
    tsl__figure figure;
    double number;
    int64_t time;
    if (means_missing(s->output.rule, cell)) {
        return;
    }
    b->rows++;
    if (tsl__profile_read_number(&s->profile, cell, &figure, &number) == 0) {
        stretch(number, b->numbers++, &b->low, &b->high);
        b->sum = tsl__decimal_add(b->sum, tsl__figure_get_decimal(&figure));
    }
    if (s->is_dated && tsl__profile_read_time(&s->profile, cell, TSL_TYPE_TIME, &time) == 0) {
        stretch((double)time, b->times++, &b->first, &b->last);
    }
}

/* The place of a text that is new: its code is the last. */
static tsl_status keep(tsl__column_survey *s, size_t code, const char *file, uint64_t line, size_t bytes,
                       tsl_error *err)
{
    void *use = s->use, *place = s->place;
    tsl_status status = TSL_OK;
    const int failed = tsl__reserve(&use, &s->use_capacity, code + 1, sizeof *s->use);
    s->use = use;
    TSL__TRY(failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__NEED(tsl__reserve(&place, &s->place_capacity, code + 1, sizeof *s->place) == 0);
    s->place = place;
    s->use[code] = (tsl__text_use){.rows = 0, .first = (uint32_t)code};
    s->place[code] = (text_place){file, line};
    s->bytes += bytes;
done:
    return status;
}

tsl_status tsl__column_survey_add(tsl__column_survey *s, tsl__span cell, const char *file, uint64_t line,
                                  tsl_error *err)
{
    const size_t count = tsl__dict_get_count(s->dict);
    tsl_status status = TSL_OK;
    int32_t code = -1;
    s->rows++;
    if (tsl__cell_is_missing(cell)) {
        return TSL_OK;
    }
    if (!s->full && (count >= s->most || s->bytes >= MOST_BYTES)) {
        code = tsl__dict_get(s->dict, cell.s, cell.n);
        TSL__TRY(code < 0 ? study(s, ',', err) : TSL_OK);
        s->full = code < 0;
    }
    if (s->full) {
        add_beyond(s, cell);
        return TSL_OK;
    }
    if (code < 0) {
        code = tsl__dict_add(s->dict, cell.s, cell.n);
        TSL__TRY(code < 0 ? tsl__error_nomem(err) : TSL_OK);
        TSL__TRY((size_t)code == count ? keep(s, count, file, line, cell.n, err) : TSL_OK);
    }
    s->use[code].rows++;
done:
    return status;
}

int tsl__column_survey_find(const tsl__column_survey *s, const char *text, const char **file, uint64_t *line)
{
    const int32_t code = tsl__dict_get(s->dict, text, strlen(text));
    if (code < 0) {
        return -1;
    }
    *file = s->place[code].file;
    *line = s->place[code].line;
    return 0;
}

/* ---- What it is ----------------------------------------------------------------------- */

static int is_personal(const tsl__column_survey *s, tsl_role role)
{
    const tsl__profile *p = &s->profile;
    const int key = role == TSL_ROLE_NONE && tsl__name_hints(s->name, TSL__HINT_KEY) && p->texts * 2 > p->present;
    return tsl__name_is_personal(s->name, role) || key || tsl__name_is_persons(s->name) ||
           tsl__profile_find_personal(p);
}

static tsl_status find_type(tsl__column_survey *s, tsl_role role, tsl_column_type of_role, tsl_column_type *type,
                            tsl_error *err)
{
    int free_text = 0;
    const tsl_column_rule *rule = s->output.rule;
    *type = of_role;
    if (role != TSL_ROLE_NONE || (rule && rule->type != TSL_TYPE_AUTO)) {
        *type = role != TSL_ROLE_NONE ? of_role : rule->type;
        return TSL_OK;
    }
    const tsl_status status = tsl__profile_find_type(&s->profile, type, &free_text, err);
    *type = free_text || !s->profile.present ? TSL_TYPE_TEXT : *type;
    return status;
}

/* ---- Figures ----------------------------------------------------------------------------- */

static int is_number_type(tsl_column_type type)
{
    return type == TSL_TYPE_NUMBER || type == TSL_TYPE_DECIMAL;
}

static int is_time_type(tsl_column_type type)
{
    return type == TSL_TYPE_TIME || type == TSL_TYPE_DATE || type == TSL_TYPE_BIRTH;
}

/* The value of a text; 0 where it is one of the type. Adds up what is added up. */
static int read_value(const tsl__profile *p, size_t code, tsl_column_type type, double *value, tsl__decimal *sum)
{
    const tsl__span text = tsl__profile_get_text(p, code);
    tsl__figure figure;
    int64_t time;
    if (is_time_type(type)) {
        const int bad = tsl__profile_read_time(p, text, type, &time);
        *value = bad ? NAN : (double)time;
        return bad;
    }
    if (tsl__profile_read_number(p, text, &figure, value)) {
        return -1;
    }
    const tsl__decimal rows = tsl__decimal_make(p->use[code].rows, 0, 0);
    *sum = tsl__decimal_add(*sum, tsl__decimal_multiply(tsl__figure_get_decimal(&figure), rows));
    return 0;
}

/* What lies beyond the texts that are kept. */
static void join_beyond(const beyond *b, tsl_column_type type, tsl_column_profile *out, tsl__decimal *sum,
                        uint64_t *counted)
{
    const int times = is_time_type(type);
    const uint64_t fit = times ? b->times : b->numbers;
    if (fit) {
        const double low = times ? b->first : b->low, high = times ? b->last : b->high;
        out->low = out->has_range && out->low < low ? out->low : low;
        out->high = out->has_range && out->high > high ? out->high : high;
        out->has_range = 1;
        *sum = tsl__decimal_add(*sum, b->sum);
    }
    *counted += fit;
    out->misfits += b->rows - fit;
    out->bin_count = 0;
    memset(out->bin, 0, sizeof out->bin);
    for (int q = 0; q < TSL_PROFILE_QUANTILES; q++) {
        out->quantile[q] = NAN;
    }
}

static tsl_status measure(tsl__column_survey *s, tsl_column_profile *out, tsl_error *err)
{
    const tsl__profile *p = &s->profile;
    const size_t count = tsl__dict_get_count(s->dict);
    double *value = NULL, *rows = NULL;
    size_t values = 0;
    uint64_t counted = 0;
    tsl__decimal sum = tsl__decimal_make(0, 0, 0);
    tsl_status status = TSL_OK;
    TSL__NEED(value = tsl__alloc(count + 1, sizeof *value));
    TSL__NEED(rows = tsl__alloc(count + 1, sizeof *rows));
    for (size_t c = 0; c < count; c++) {
        if (p->use[c].rows && read_value(p, c, out->type, &value[values], &sum) == 0) {
            rows[values++] = p->use[c].rows;
            counted += p->use[c].rows;
        } else {
            out->misfits += p->use[c].rows;
        }
    }
    TSL__TRY(tsl__figures_find(value, rows, values, out, err));
    if (s->full) {
        join_beyond(&s->rest, out->type, out, &sum, &counted);
    }
    out->sum = out->has_range && is_number_type(out->type) ? tsl__figures_get_sum(sum) : NAN;
    out->mean = counted ? out->sum / (double)counted : NAN;
done:
    free(value);
    free(rows);
    return status;
}

/* Is text a before text b: more frequent, or first bytewise? */
static int is_before(const tsl__profile *p, size_t a, size_t b)
{
    if (p->use[a].rows != p->use[b].rows) {
        return p->use[a].rows > p->use[b].rows;
    }
    return strcmp(tsl__profile_get_text(p, a).s, tsl__profile_get_text(p, b).s) < 0;
}

static tsl_status take_frequent(const tsl__profile *p, tsl_column_profile *out, tsl_error *err)
{
    const size_t count = tsl__dict_get_count(p->dict);
    size_t top[TSL_PROFILE_FREQUENT + 1], tops = 0;
    char shown[SHOWN_BYTES];
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < count; c++) {
        size_t at = tops;
        if (!p->use[c].rows) {
            continue;
        }
        for (; at > 0 && is_before(p, c, top[at - 1]); at--) {
            top[at] = top[at - 1];
        }
        top[at] = c;
        tops += tops < TSL_PROFILE_FREQUENT;
    }
    for (size_t i = 0; i < tops; i++) {
        char *text = tsl__strdup(tsl__span_show(tsl__profile_get_text(p, top[i]), shown, sizeof shown));
        TSL__NEED(text);
        out->frequent[out->frequent_count++] = (tsl_frequent_value){text, p->use[top[i]].rows};
    }
done:
    return status;
}

tsl_status tsl__column_survey_finish(tsl__column_survey *s, tsl_role role, tsl_column_type type, char delimiter,
                                     tsl_column_profile *out, tsl_error *err)
{
    const size_t count = tsl__dict_get_count(s->dict);
    uint64_t present = s->rest.rows;
    tsl_notes unsaid = {0};
    tsl_error open;
    tsl_status status = TSL_OK;
    *out = (tsl_column_profile){.role = role, .rows = s->rows, .exact = !s->full, .sum = NAN, .mean = NAN};
    TSL__NEED(out->name = tsl__strdup(s->name));
    TSL__TRY(study(s, delimiter, err));
    TSL__TRY(find_type(s, role, type, &out->type, err));
    if (is_number_type(out->type)) { /* where the mark stays open, the reading of the table says so */
        status = tsl__profile_settle(&s->profile, TSL__MARK_NONE, &unsaid, &open);
        TSL__TRY(status == TSL_E_NOMEM ? tsl__error_nomem(err) : TSL_OK);
    }
    for (size_t c = 0; c < count; c++) {
        present += s->profile.use[c].rows;
        out->distinct += s->profile.use[c].rows > 0;
    }
    out->missing = s->rows - present;
    out->personal = is_personal(s, role);
    const int is_open = is_time_type(out->type) && !s->is_dated;
    if ((is_number_type(out->type) || is_time_type(out->type)) && !is_open) {
        TSL__TRY(measure(s, out, err));
    }
    TSL__TRY(s->full ? TSL_OK : take_frequent(&s->profile, out, err));
done:
    tsl__notes_free(&unsaid);
    return status;
}

tsl_status tsl__column_profile_measure(const int64_t *cell, size_t rows, tsl_column_profile *out, tsl_error *err)
{
    double *value = NULL, *times = NULL;
    size_t values = 0;
    tsl__decimal sum = tsl__decimal_make(0, 0, 0);
    tsl_status status = TSL_OK;
    TSL__NEED(value = tsl__alloc(rows + 1, sizeof *value));
    TSL__NEED(times = tsl__alloc(rows + 1, sizeof *times));
    for (size_t row = 0; row < rows; row++) {
        if (cell[row] != TSL_MISSING_INT) {
            value[values] = (double)cell[row] / TSL_DECIMAL_ONE;
            times[values++] = 1;
            sum = tsl__decimal_add(sum, tsl__decimal_make(cell[row], -4, 0));
        }
    }
    out->rows = rows;
    out->missing = rows - values;
    out->exact = 1;
    TSL__TRY(tsl__figures_find(value, times, values, out, err));
    for (size_t i = 0; i < values; i++) {
        out->distinct += i == 0 || value[i] != value[i - 1];
    }
    out->sum = values ? tsl__figures_get_sum(sum) : NAN;
    out->mean = values ? out->sum / (double)values : NAN;
done:
    free(value);
    free(times);
    return status;
}

void tsl__column_profile_free(tsl_column_profile *p)
{
    free((void *)(uintptr_t)p->name);
    for (size_t i = 0; i < p->frequent_count; i++) {
        free((void *)(uintptr_t)p->frequent[i].text);
    }
    *p = (tsl_column_profile){.rows = 0};
}
