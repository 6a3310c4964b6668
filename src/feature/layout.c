/* layout.c: which features the tables give: the catalogue's entries whose
 * columns are there, and the customers' columns. */
#include "feature/layout.h"

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/answers.h"
#include "feature/own_line.h"
#include "feature/wanted.h"
#include "feature/words/no_amounts.h"
#include "feature/words/outcome_names.h"
#include "feature/words/sentinel.h"
#include "stat/moments.h"
#include "table/cell/unit.h"
#include "table/cell/unknown_text.h"
#include "table/names/kind_words.h"
#include "table/names/roles.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const tsl_table *tsl__entry_get_table(const tsl__catalogue_entry *entry, const tsl_tables *tables)
{
    return entry->level == TSL__INTERACTIONS ? tables->interactions : tables->transactions;
}

int tsl__entry_is_told(const tsl__catalogue_entry *entry, const tsl_tables *tables)
{
    const tsl__told_columns told = tsl__told_open(tables);
    return tsl__told_has(&told, entry->told);
}

/* The customers' own column that it is then; NULL: none, or several. */
static const tsl_column *get_told(const tsl__catalogue_entry *entry, const tsl_tables *tables)
{
    const tsl__told_columns told = tsl__told_open(tables);
    return entry->told ? tsl__told_get_column(&told, entry->told) : NULL;
}

/* What the table lacks of the kinds of interactions that the entry counts, or NULL. */
static const char *find_absent_kind(const tsl__catalogue_entry *entry, const tsl_table *from)
{
    const tsl_column *kinds = tsl_table_get_role(from, TSL_ROLE_KIND);
    if (!(entry->filter & (TSL__VISIT | TSL__SERVICE | TSL__COMPLAINT))) {
        return NULL;
    }
    if (!kinds) {
        return entry->filter & TSL__VISIT ? NULL : tsl_role_get_name(TSL_ROLE_KIND);
    }
    return tsl__kind_has_known(kinds) ? NULL : "a kind that is known";
}

/* What the tables lack of what the entry is made of, or NULL. */
static const char *find_absent(const tsl__catalogue_entry *entry, const tsl_tables *tables)
{
    const tsl_table *from = tsl__entry_get_table(entry, tables);
    const tsl_role role = tsl__record_part_get_role(entry->source);
    if (tsl__entry_is_told(entry, tables)) {
        return NULL;
    }
    if (!from) {
        return "the table ";
    }
    if (role != TSL_ROLE_NONE && !tsl_table_get_role(from, role)) {
        return tsl_role_get_name(role);
    }
    if (entry->among & TSL__TIMED) {
        return tsl_table_get_info(from)->clock ? NULL : "the time of day";
    }
    return find_absent_kind(entry, from);
}

int tsl__entry_is_present(const tsl__catalogue_entry *entry, const tsl_tables *tables)
{
    return find_absent(entry, tables) == NULL;
}

void tsl__entry_put_absent(const tsl__catalogue_entry *entry, const tsl_tables *tables, char *text, size_t size)
{
    const tsl_table_kind kind = entry->level == TSL__INTERACTIONS ? TSL_INTERACTIONS : TSL_TRANSACTIONS;
    const char *what = find_absent(entry, tables);
    snprintf(text, size, tsl__entry_get_table(entry, tables) ? "%s (%s)" : "%s%s", what ? what : "",
             tsl_table_kind_get_name(kind));
}

int tsl__entry_is_silent(const tsl__catalogue_entry *entry, const tsl_tables *tables, const tsl__census *census)
{
    const tsl_table *from = tsl__entry_get_table(entry, tables);
    return from && entry->among & TSL__TIMED && !census[tsl_table_get_kind(from)].time_of_day;
}

/* A recipe whose features are being laid out. */
typedef struct layout {
    tsl_recipe *recipe;
    tsl__text outcomes;   /* columns that are outcomes, by name */
    tsl__text no_amounts; /* columns that are described alone, as they hold none */
    tsl__text dateless;   /* columns of dates, where no as-of day is known */
    tsl__text sentinels;  /* likewise, as some of their cells seem to be missing */
    size_t capacity, blocks;
    int counted;      /* 1: the amounts are 1 each, and so count lines */
    tsl__dict *names; /* of the features so far */
    const tsl_table *customers;
    const tsl__census *census;
    const tsl_feature_options *opt;
    uint8_t *found; /* one a name that is asked for: there is such a feature */
    tsl_notes *notes;
} layout;

/* What a feature is called, in texts of the caller's. */
typedef struct wording {
    const char *name, *unit, *definition, *entry, *column, *level;
} wording;

/* Adds a feature; its name is made unique. */
static tsl_status add(layout *l, tsl_feature f, const wording *w, tsl_error *err)
{
    tsl_recipe *recipe = l->recipe;
    void *feature = recipe->feature;
    if (tsl__reserve(&feature, &l->capacity, recipe->feature_count + 1, sizeof f)) {
        return tsl__error_nomem(err);
    }
    recipe->feature = feature;
    f.name = tsl__strdup(w->name);
    for (size_t tries = 2; f.name && tsl__dict_get(l->names, f.name, strlen(f.name)) >= 0; tries++) {
        free(f.name);
        f.name = tsl__format("%s (%zu)", w->name, tries);
    }
    f.unit = tsl__strdup(w->unit);
    f.definition = tsl__strdup(w->definition);
    f.entry = tsl__strdup(w->entry ? w->entry : "");
    f.column = tsl__strdup(w->column ? w->column : "");
    f.level = tsl__strdup(w->level ? w->level : "");
    recipe->feature[recipe->feature_count++] = f;
    int good = f.name && f.unit && f.definition && f.entry && f.column && f.level;
    return good && tsl__dict_add(l->names, f.name, strlen(f.name)) >= 0 ? TSL_OK : tsl__error_nomem(err);
}

typedef struct frequency {
    size_t count;
    int32_t code;
} frequency;

static int compare_frequencies(const void *pa, const void *pb)
{
    const frequency *a = pa, *b = pb;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return (a->code > b->code) - (a->code < b->code);
}

/* 1 where a value of the feature's column says that nobody knows, and is none of it: beside two answers of an outcome.
 */
static int is_left_out(const tsl_feature *f, const tsl_column *column, size_t code)
{
    return f->outcome && tsl__unknown_is_text(column->dict[code]) && tsl__answers_are_two(column, 0);
}

/* The codes in use by falling frequency, then rank, owned; *count of them. */
static tsl_status rank_codes(const tsl_feature *f, const tsl_column *column, const uint64_t *rows, frequency **out,
                             size_t *count, tsl_error *err)
{
    frequency *all = tsl__alloc_zero(column->dict_count, sizeof *all);
    if (!all) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < column->dict_count; i++) {
        all[i] = (frequency){.count = is_left_out(f, column, i) ? 0 : rows[i], .code = (int32_t)i};
    }
    qsort(all, column->dict_count, sizeof *all, compare_frequencies);
    for (*count = 0; *count < column->dict_count && all[*count].count > 0;) {
        ++*count;
    }
    *out = all;
    return TSL_OK;
}

/* The values of the column, in the order of its dictionary; of a clipped one those that occur. */
static tsl_status copy_known(const tsl_column *column, const uint64_t *rows, int bounded, tsl_feature *f,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(f->known = tsl__alloc_zero(column->dict_count, sizeof *f->known));
    for (size_t i = 0; i < column->dict_count; i++) {
        if ((rows[i] || !bounded) && !is_left_out(f, column, i)) {
            TSL__NEED(f->known[f->known_count] = tsl__strdup(column->dict[i]));
            f->known_count++;
        }
    }
done:
    return status;
}

/* A feature for each of the `most` most frequent values, and one for the rest. */
static tsl_status add_values(layout *l, tsl_feature f, const wording *w, const tsl_table *from,
                             const tsl_column *column, size_t most, tsl_error *err)
{
    const uint64_t *rows = tsl__census_get(l->census, from, column);
    const int bounded = l->census[tsl_table_get_kind(from)].bounded;
    tsl_status status = TSL_OK;
    frequency *value = NULL;
    size_t used = 0;
    char *name = NULL;
    TSL__TRY(rank_codes(&f, column, rows, &value, &used, err));
    for (size_t i = 0; i < used && i <= most; i++) {
        wording own = *w;
        f.rest = i == most;
        own.level = f.rest ? "" : column->dict[value[i].code];
        free(name);
        TSL__NEED(name = tsl__format("%s%s", w->name, f.rest ? "other" : own.level));
        own.name = name;
        TSL__TRY(add(l, f, &own, err));
        if (i == 0) {
            TSL__TRY(copy_known(column, rows, bounded, &l->recipe->feature[l->recipe->feature_count - 1], err));
        }
    }
done:
    free(name);
    free(value);
    return status;
}

static tsl_status add_entry(layout *l, const tsl__catalogue_entry *entry, const tsl_tables *tables, tsl_error *err)
{
    const tsl_table *from = tsl__entry_get_table(entry, tables);
    tsl_feature f = {.group = entry->group,
                     .profile = entry->profile,
                     .transform = entry->transform,
                     .window_days = entry->window_days,
                     .block = l->blocks++};
    char definition[200];
    const tsl_column *told = get_told(entry, tables);
    wording w = {entry->name, entry->unit, entry->definition, entry->name, NULL, NULL};
    if (entry->told == TSL__TOLD_DAYS && tsl__entry_is_told(entry, tables)) {
        f.profile = 1; /* hardly more than the number of purchases */
        w.definition = "number of purchases, but at most one a day from the first to the last";
    }
    w.column = told ? told->name : NULL;
    if (l->counted && entry->source == TSL__AMOUNT && strcmp(entry->unit, "currency") == 0) {
        tsl__print(definition, sizeof definition, "%s, each of which counts as 1", entry->definition);
        w.unit = "lines";
        w.definition = definition;
    }
    if (entry->name[strlen(entry->name) - 1] != ':') {
        return add(l, f, &w, err);
    }
    const tsl_column *column = tsl_table_get_role(from, tsl__record_part_get_role(entry->source));
    return add_values(l, f, &w, from, column, (size_t)l->opt->max_shares, err);
}

/* The lines of the user's own that are wanted, of which the recipe keeps copies. What they are made of must be there.
 */
static tsl_status add_lines(layout *l, const tsl_tables *tables, tsl_error *err)
{
    const tsl_feature_options *opt = l->opt;
    tsl_status status = TSL_OK;
    tsl__line line = {.part = TSL__NOTHING};
    tsl_feature_line *made = NULL;
    char lacks[256];
    TSL__NEED(made = tsl__alloc(opt->line_count, sizeof *made));
    size_t count = 0;
    for (size_t i = 0; i < opt->line_count; i++) {
        if (!tsl__wanted_has(opt, opt->line[i].name, l->found)) {
            continue;
        }
        tsl__line_free(&line);
        TSL__TRY(tsl__line_open(&opt->line[i], &line, err));
        if (tsl__line_find(&line, tsl__entry_get_table(&line.entry, tables), lacks, sizeof lacks)) {
            status = tsl__error_set(err, TSL_E_INPUT, "feature %s: the tables lack what it is made of: %s",
                                    opt->line[i].name, lacks);
            goto done;
        }
        tsl__catalogue_entry entry = line.entry;
        entry.source = line.part;
        TSL__TRY(add_entry(l, &entry, tables, err));
        made[count++] = opt->line[i];
    }
    TSL__TRY(tsl__lines_copy(made, count, &l->recipe->line, err));
    l->recipe->line_count = count;
done:
    tsl__line_free(&line);
    free(made);
    return status;
}

/* How a customers column of each type becomes features. */
typedef struct type_row {
    tsl_column_type type;
    tsl_feature_form form;
    const char *suffix, *unit, *definition;
} type_row;

static const type_row types[] = {
    {TSL_TYPE_NUMBER, TSL_FORM_NUMBER, "", "", "customers column, as it is"},
    {TSL_TYPE_DECIMAL, TSL_FORM_NUMBER, "", "", "customers column, as it is"},
    {TSL_TYPE_BOOLEAN, TSL_FORM_BOOLEAN, "", "", "customers column, yes 1, no 0"},
    {TSL_TYPE_ORDINAL, TSL_FORM_NUMBER, "", "rank", "customers column, rank of the level from 1"},
    {TSL_TYPE_CATEGORY, TSL_FORM_VALUE, "=", "", "customers column, 1 where it has this value"},
    {TSL_TYPE_DATE, TSL_FORM_NUMBER, "_days", "days", "as-of day less this date of the customer"},
    {TSL_TYPE_BIRTH, TSL_FORM_NUMBER, "_age_years", "years", "completed years from birth to the as-of day"},
};

/* Amounts and counts that are skewed to the right get the transforms of their kin in the catalogue. */
static tsl_transform transform_of(const tsl_column *column, size_t rows)
{
    if (column->type != TSL_TYPE_NUMBER || column->group == TSL_DEMOGRAPHIC ||
        tsl__skewness_get(column->number, rows, 1) <= 1) {
        return TSL_IDENTITY;
    }
    return column->group == TSL_VALUE ? TSL_SIGNED_LOG1P : TSL_LOG1P;
}

/* 1 where the column holds two values, beside what says that nobody knows. */
static int has_two_values(const tsl_column *column, size_t rows)
{
    double first = NAN, second = NAN;
    if (tsl__answers_are_two(column, rows)) {
        return 1;
    }
    if (column->type == TSL_TYPE_CATEGORY) {
        return column->dict_count == 2;
    }
    for (size_t i = 0; i < rows && column->type == TSL_TYPE_NUMBER; i++) {
        const double x = column->number[i];
        if (isnan(first)) {
            first = x;
        } else if (isnan(second) && x != first) {
            second = x;
        } else if (!isnan(x) && x != first && x != second) {
            return 0;
        }
    }
    return column->type == TSL_TYPE_BOOLEAN || !isnan(second);
}

/* As it was asked for; else by its name. */
static int is_outcome(const layout *l, const tsl_column *column, size_t rows)
{
    const int category = column->type == TSL_TYPE_CATEGORY;
    for (size_t i = 0; l->opt->outcomes_given && i < l->opt->outcome_count; i++) {
        if (strcmp(l->opt->outcome[i], column->name) == 0) {
            return 1;
        }
    }
    return !l->opt->outcomes_given && tsl__outcome_is_named(column->name, has_two_values(column, rows),
                                                            category ? (const char *const *)column->dict : NULL,
                                                            category ? column->dict_count : 0);
}

/* 1 where segments are not found by the column, but described: it holds no amounts, or a number that seems to stand for
 * a missing one. */
static int is_described_alone(layout *l, const tsl_column *column, size_t rows)
{
    size_t count;
    const char *what = tsl__no_amount_get(column, rows);
    const double sentinel = what ? NAN : tsl__sentinel_find(column, rows, &count);
    if (what) {
        tsl__text_printf(&l->no_amounts, "%s%s (%s)", l->no_amounts.length ? ", " : "", column->name, what);
    } else if (!isnan(sentinel)) {
        tsl__text_printf(&l->sentinels, "%s%s (%.0f in %zu rows)", l->sentinels.length ? ", " : "", column->name,
                         sentinel, count);
    }
    return what || !isnan(sentinel);
}

/* 1 where the column is asked for by its name, or by that of its feature. */
static int is_wanted_attribute(const layout *l, const tsl_column *column, const type_row *type)
{
    char name[256];
    tsl__print(name, sizeof name, "%s%s", column->name, type->suffix);
    const int by_column = tsl__wanted_has(l->opt, column->name, l->found);
    return tsl__wanted_has(l->opt, column->type == TSL_TYPE_BIRTH ? "age_years" : name, l->found) || by_column;
}

#define UNIT_BYTES 40

/* The unit that the name of a column tells: values stay as they are, and so does it. Returns out. */
static const char *find_unit(const char *name, char out[UNIT_BYTES])
{
    tsl__unit unit;
    tsl__unit_read(tsl__cell_trim(tsl__span_make(name)), TSL__UNIT_ANY, &unit);
    const size_t n = unit.text.n < UNIT_BYTES ? unit.text.n : 0;
    memcpy(out, unit.text.s, n);
    out[n] = '\0';
    return out;
}

static tsl_status add_attribute(layout *l, const tsl_column *column, size_t rows, int32_t as_of, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const type_row *type = NULL;
    char *name = NULL;
    tsl_feature f = {.group = column->group,
                     .sensitive = column->sensitive,
                     .outcome = is_outcome(l, column, rows),
                     .type = column->type};
    /* numbers that say yes or no are that, now and whenever the recipe is applied */
    const int yes_no = f.outcome && column->type == TSL_TYPE_NUMBER && tsl__answers_are_two(column, rows);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        type = types[i].type == (yes_no ? TSL_TYPE_BOOLEAN : column->type) ? &types[i] : type;
    }
    if (!type || !is_wanted_attribute(l, column, type)) {
        return TSL_OK;
    }
    if (as_of == TSL_NO_DAY && type->suffix[0] == '_') {
        tsl__text_printf(&l->dateless, "%s%s", l->dateless.length ? ", " : "", column->name);
        return tsl__notes_add(l->notes, "%s is left out: no as-of date is known to count from; give --as-of",
                              column->name);
    }
    f.form = type->form;
    f.transform = yes_no ? TSL_IDENTITY : transform_of(column, rows);
    f.block = l->blocks++;
    if (f.outcome) {
        tsl__text_printf(&l->outcomes, "%s%s", l->outcomes.length ? ", " : "", column->name);
    } else {
        f.profile = is_described_alone(l, column, rows);
    }
    TSL__NEED(name = column->type == TSL_TYPE_BIRTH ? tsl__strdup("age_years")
                                                    : tsl__format("%s%s", column->name, type->suffix));
    char unit[UNIT_BYTES];
    const int tells = type->form == TSL_FORM_NUMBER && column->type == TSL_TYPE_NUMBER;
    wording w = {name, tells ? find_unit(column->name, unit) : type->unit, type->definition, NULL, column->name, NULL};
    if (type->form == TSL_FORM_VALUE) {
        TSL__TRY(add_values(l, f, &w, l->customers, column, (size_t)l->opt->max_categories, err));
    } else {
        TSL__TRY(add(l, f, &w, err));
        if (column->type == TSL_TYPE_ORDINAL) {
            TSL__TRY(copy_known(column, tsl__census_get(l->census, l->customers, column), 0,
                                &l->recipe->feature[l->recipe->feature_count - 1], err));
        }
    }
done:
    free(name);
    return status;
}

/* Satisfaction and recommendation may stand in the customers table instead. */
static tsl_status add_scores(layout *l, const tsl_tables *tables, tsl_error *err)
{
    static const struct {
        tsl_role role;
        const char *name, *definition;
    } scores[] = {{TSL_ROLE_SATISFACTION, "satisfaction_mean", "satisfaction, from the customers table"},
                  {TSL_ROLE_NPS, "nps_last", "recommendation score (0 to 10), from the customers table"}};
    for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++) {
        const tsl_column *column = tsl_table_get_role(tables->customers, scores[i].role);
        if (column && !(tables->interactions && tsl_table_get_role(tables->interactions, scores[i].role)) &&
            tsl__wanted_has(l->opt, scores[i].name, l->found)) {
            tsl_feature f = {
                .group = TSL_BEHAVIORAL, .role = scores[i].role, .type = column->type, .block = l->blocks++};
            wording w = {scores[i].name, "points", scores[i].definition, NULL, column->name, NULL};
            tsl_status status = add(l, f, &w, err);
            if (status != TSL_OK) {
                return status;
            }
        }
    }
    return TSL_OK;
}

/* What is asked for as an outcome, and is no plain column: NULL, or one that plays a role. */
static tsl_status refuse_outcome(const char *asked, const tsl_column *column, const char *const *names, size_t count,
                                 tsl_error *err)
{
    tsl__text hint = {0};
    if (!column) {
        tsl__nearest_put(&hint, asked, names, count);
        const tsl_status status =
            tsl__error_set(err, TSL_E_OPTION, "outcome: no column of the customers that is of use is called \"%s\"%s",
                           asked, hint.data ? hint.data : "");
        tsl__text_free(&hint);
        return status;
    }
    if (column->role == TSL_ROLE_CUSTOMER) {
        return tsl__error_set(err, TSL_E_OPTION, "outcome: \"%s\" tells the customers apart, and is no outcome", asked);
    }
    return tsl__error_set(err, TSL_E_OPTION,
                          "outcome: \"%s\" plays the role %s, and a column that does is no outcome; with a type it "
                          "plays none: customers: {columns: {\"%s\": {type: %s}}}",
                          asked, tsl_role_get_name(column->role), asked,
                          column->type == TSL_TYPE_DATE ? "date" : "number");
}

/* Each outcome that was asked for is a column of the customers. */
static tsl_status check_outcomes(const layout *l, const tsl_table *customers, tsl_error *err)
{
    const size_t count = customers ? tsl_table_get_column_count(customers) : 0;
    tsl_status status = TSL_OK;
    const char **names = NULL;
    TSL__NEED(names = tsl__alloc(count, sizeof *names));
    for (size_t c = 0; c < count; c++) {
        names[c] = tsl_table_get_column(customers, c)->name;
    }
    for (size_t i = 0; i < l->opt->outcome_count && l->opt->outcomes_given; i++) {
        const tsl_column *column = NULL;
        for (size_t c = 0; c < count && !column; c++) {
            column = strcmp(names[c], l->opt->outcome[i]) == 0 ? tsl_table_get_column(customers, c) : NULL;
        }
        if (!column || column->role != TSL_ROLE_NONE) {
            status = refuse_outcome(l->opt->outcome[i], column, names, count, err);
            goto done;
        }
    }
done:
    free(names);
    return status;
}

/* Which columns were taken as what, and what follows. */
static tsl_status note_columns(const layout *l, const tsl__text *columns, const char *what, const char *so,
                               tsl_error *err)
{
    if (columns->failed) {
        return tsl__error_nomem(err);
    }
    return columns->length ? tsl__notes_add(l->notes, "%s: %s: %s", what, columns->data, so) : TSL_OK;
}

static tsl_status note_all_columns(const layout *l, tsl_error *err)
{
    const int given = l->opt->outcomes_given;
    tsl_status status = TSL_OK;
    TSL__TRY(l->counted
                 ? tsl__notes_add(l->notes, "each line of the transactions counts as 1: amounts, spend and value are "
                                            "numbers of lines, no money")
                 : TSL_OK);
    TSL__TRY(note_columns(l, &l->outcomes, given ? "outcomes" : "outcomes by their names",
                          given ? "segments are not found, ruled or named by them, but each is told by them"
                                : "segments are not found, ruled or named by them, but each is told by them "
                                  "(--outcome NAME,... names others, --outcome none has none)",
                          err));
    TSL__TRY(note_columns(l, &l->no_amounts, "by their names no amounts",
                          "segments are not found or named by them, but described (--include NAME takes one in)", err));
    TSL__TRY(note_columns(l, &l->sentinels, "numbers far from all others, as a missing one is written",
                          "segments are not found or named by these columns, but described (empty the cells where they "
                          "are missing; --include NAME takes one in as it is)",
                          err));
done:
    return status;
}

/* Why the catalogue has no feature of this name here; NULL: it knows none. */
static const char *find_reason(const char *name, const layout *l, const tsl_tables *tables, char *text, size_t size)
{
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const tsl__catalogue_entry *entry = &tsl__catalogue[i];
        const size_t length = strcspn(entry->name, ":");
        if (strncmp(entry->name, name, length) != 0 || name[length + (name[length] == ':')]) {
            continue;
        }
        if (tsl__wanted_is_off(l->opt, entry)) {
            return "as value models are left out (--no-value-models)";
        }
        if (tsl__entry_is_present(entry, tables) && tsl__entry_is_silent(entry, tables, l->census)) {
            return "as every transaction is at midnight, which is no time of day";
        }
        char absent[64];
        tsl__entry_put_absent(entry, tables, absent, sizeof absent);
        snprintf(text, size, "which is made of what the tables lack: %s", absent);
        return text;
    }
    return NULL;
}

/* Each feature that is asked for is there. */
static tsl_status check_wanted(const layout *l, const tsl_tables *tables, tsl_error *err)
{
    const size_t columns = l->customers ? tsl_table_get_column_count(l->customers) : 0;
    tsl_status status = TSL_OK;
    const char **names = NULL;
    size_t missing = 0, count = 0;
    char text[160];
    tsl__text hint = {0};
    while (missing < l->opt->select_count && l->found[missing]) {
        missing++;
    }
    if (missing == l->opt->select_count) {
        return TSL_OK;
    }
    const char *name = l->opt->select[missing], *why = find_reason(name, l, tables, text, sizeof text);
    TSL__NEED(names = tsl__alloc(tsl__catalogue_count + columns + l->opt->line_count, sizeof *names));
    for (size_t i = 0; i < l->opt->line_count; i++) {
        names[count++] = l->opt->line[i].name;
    }
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        names[count++] = tsl__catalogue[i].name;
    }
    for (size_t c = 0; c < columns; c++) {
        const tsl_column *column = tsl_table_get_column(l->customers, c);
        if (column->role == TSL_ROLE_NONE) {
            names[count++] = column->name;
        }
    }
    if (!why) {
        tsl__nearest_put(&hint, name, names, count);
    }
    status = tsl__error_set(err, TSL_E_OPTION, "select: there is no feature \"%s\"%s%s", name, why ? ", " : "",
                            why         ? why
                            : hint.data ? hint.data
                                        : "");
done:
    tsl__text_free(&hint);
    free(names);
    return status;
}

/* Those of the customers' own columns that tell of purchases are not used beside transactions. */
static tsl_status note_purchases(const layout *l, const tsl_tables *tables, tsl_error *err)
{
    const tsl_table *customers = tables->customers;
    tsl_status status = TSL_OK;
    tsl__text unused = {0};
    for (size_t c = 0; tables->transactions && c < tsl_table_get_column_count(customers); c++) {
        const tsl_column *column = tsl_table_get_column(customers, c);
        if (tsl__role_get_info(column->role)->purchases) {
            tsl__text_printf(&unused, "%s%s", unused.length ? ", " : "", column->name);
        }
    }
    TSL__TRY(note_columns(l, &unused, "not used", "the transactions tell what was bought", err));
done:
    tsl__text_free(&unused);
    return status;
}

/* 1: what a line is worth is said to be 1, so that amounts are no money. */
static int is_counted(const tsl_tables *tables)
{
    const tsl_column *amount = tables->transactions ? tsl_table_get_role(tables->transactions, TSL_ROLE_AMOUNT) : NULL;
    double worth;
    return amount && tsl__double_read(amount->name, strlen(amount->name), &worth) == 0 && worth == 1;
}

static tsl_status fail_empty(const layout *l, tsl_error *err)
{
    if (l->dateless.length) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "no column of the tables can become a feature: what is made of %s counts from the as-of "
                              "day, which no column sets; give --as-of",
                              l->dateless.data);
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "no column of the tables can become a feature; the notes of the tables tell why");
}

tsl_status tsl__layout_fit(const tsl_tables *tables, const tsl__census *census, const tsl_feature_options *opt,
                           tsl_recipe *recipe, tsl_notes *notes, tsl_error *err)
{
    const tsl_table *customers = tables->customers;
    tsl_status status = TSL_OK;
    layout l = {.recipe = recipe,
                .customers = customers,
                .census = census,
                .opt = opt,
                .notes = notes,
                .counted = is_counted(tables)};
    TSL__NEED(l.names = tsl__dict_open());
    TSL__NEED(l.found = tsl__alloc_zero(opt->select_count, 1));
    TSL__TRY(check_outcomes(&l, customers, err));
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const tsl__catalogue_entry *entry = &tsl__catalogue[i];
        const tsl_column *told = get_told(entry, tables);
        if (tsl__entry_is_present(entry, tables) && !tsl__entry_is_silent(entry, tables, census) &&
            (tsl__wanted_has_entry(opt, entry, l.found) | (told && tsl__wanted_has(opt, told->name, l.found)))) {
            TSL__TRY(add_entry(&l, entry, tables, err));
        }
    }
    TSL__TRY(opt->line_count ? add_lines(&l, tables, err) : TSL_OK);
    for (size_t i = 0; customers && i < tsl_table_get_column_count(customers); i++) {
        if (tsl_table_get_column(customers, i)->role == TSL_ROLE_NONE) {
            TSL__TRY(add_attribute(&l, tsl_table_get_column(customers, i), tsl_table_get_rows(customers), tables->as_of,
                                   err));
        }
    }
    if (customers) {
        TSL__TRY(add_scores(&l, tables, err));
        TSL__TRY(note_purchases(&l, tables, err));
    }
    TSL__TRY(check_wanted(&l, tables, err));
    TSL__TRY(note_all_columns(&l, err));
    if (recipe->feature_count == 0) {
        TSL__TRY(fail_empty(&l, err));
    }
done:
    tsl__dict_free(l.names);
    free(l.found);
    tsl__text_free(&l.outcomes);
    tsl__text_free(&l.no_amounts);
    tsl__text_free(&l.sentinels);
    tsl__text_free(&l.dateless);
    return status;
}
