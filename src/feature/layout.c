/* layout.c: which columns the raw matrix has: the catalogue lines whose columns
 * are present, and the customers columns. */
#include "feature/layout.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "feature/aggregate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The roles that a source or a filter needs. */
static const tsl_role role_of_source[TSL__SOURCES] = {
    [TSL__AMOUNT] = TSL_ROLE_AMOUNT,   [TSL__MARGIN] = TSL_ROLE_COST,     [TSL__QUANTITY] = TSL_ROLE_QUANTITY,
    [TSL__MINUTES] = TSL_ROLE_MINUTES, [TSL__PAGES] = TSL_ROLE_PAGES,     [TSL__SATISFACTION] = TSL_ROLE_SATISFACTION,
    [TSL__NPS] = TSL_ROLE_NPS,         [TSL__PRODUCT] = TSL_ROLE_PRODUCT, [TSL__CATEGORY] = TSL_ROLE_CATEGORY,
    [TSL__CHANNEL] = TSL_ROLE_CHANNEL, [TSL__PAYMENT] = TSL_ROLE_PAYMENT,
};

static const tsl_table *table_of(const tsl__catalogue_entry *line, const tsl_table *const table[TSL_TABLE_KINDS])
{
    return table[line->level == TSL__INTERACTIONS ? TSL_INTERACTIONS : TSL_TRANSACTIONS];
}

static int is_present(const tsl__catalogue_entry *line, const tsl_table *const table[TSL_TABLE_KINDS])
{
    const tsl_table *from = table_of(line, table);
    tsl_role role = role_of_source[line->source];
    if (!from || (role != TSL_ROLE_NONE && !tsl_table_get_role(from, role))) {
        return 0;
    }
    if (line->filter & (TSL__EVENING | TSL__NIGHT)) {
        return tsl_table_get_info(from)->time_of_day;
    }
    return !(line->filter & (TSL__SERVICE | TSL__COMPLAINT)) || tsl_table_get_role(from, TSL_ROLE_KIND);
}

/* Adds a column; its name is made unique. */
static tsl_status add(tsl__layout *layout, tsl_feature f, tsl__feature_origin origin, const char *name,
                      const char *unit, const char *definition, tsl_error *err)
{
    void *feature = layout->feature, *origins = layout->origin;
    int bad = tsl__reserve(&feature, &layout->capacity, layout->count + 1, sizeof *layout->feature);
    layout->feature = feature;
    bad = bad || tsl__reserve(&origins, &layout->origin_capacity, layout->count + 1, sizeof *layout->origin);
    layout->origin = origins;
    if (bad) {
        return tsl__error_nomem(err);
    }
    f.name = tsl__strdup(name);
    for (size_t tries = 2; f.name && tsl__dict_get(layout->names, f.name, strlen(f.name)) >= 0; tries++) {
        free(f.name);
        f.name = tsl__format("%s (%zu)", name, tries);
    }
    if (f.name && tsl__dict_add(layout->names, f.name, strlen(f.name)) < 0) {
        free(f.name);
        f.name = NULL;
    }
    f.unit = tsl__strdup(unit);
    f.definition = tsl__strdup(definition);
    layout->feature[layout->count] = f;
    layout->origin[layout->count++] = origin;
    return f.name && f.unit && f.definition ? TSL_OK : tsl__error_nomem(err);
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

/* The most frequent codes, at most `most`, by falling frequency then rank; and
 * whether others are left. `named` (dict_count flags) is owned by the layout. */
static tsl_status rank_codes(tsl__layout *layout, const tsl_column *column, size_t rows, size_t most, frequency **out,
                             size_t *count, int *others, const uint8_t **named, tsl_error *err)
{
    frequency *all = tsl__alloc_zero(column->dict_count, sizeof *all);
    uint8_t *flags = tsl__alloc_zero(column->dict_count, 1);
    uint8_t **kept = tsl__realloc(layout->named, layout->named_count + 1, sizeof *kept);
    layout->named = kept ? kept : layout->named;
    if (!all || !flags || !kept) {
        free(all);
        free(flags);
        return tsl__error_nomem(err);
    }
    layout->named[layout->named_count++] = flags;
    for (size_t i = 0; i < column->dict_count; i++) {
        all[i].code = (int32_t)i;
    }
    for (size_t i = 0; i < rows; i++) {
        if (column->code[i] >= 0) {
            all[column->code[i]].count++;
        }
    }
    qsort(all, column->dict_count, sizeof *all, compare_frequencies);
    size_t used = 0;
    while (used < column->dict_count && all[used].count > 0) {
        used++;
    }
    *others = used > most;
    *count = used < most ? used : most;
    for (size_t i = 0; i < *count; i++) {
        flags[all[i].code] = 1;
    }
    *named = flags;
    *out = all;
    return TSL_OK;
}

/* A column for each of the most frequent values, and one for the others. */
static tsl_status add_values(tsl__layout *layout, tsl_feature f, tsl__feature_origin origin, const tsl_column *column,
                             size_t rows, size_t most, const char *prefix, const char *unit, const char *definition,
                             tsl_error *err)
{
    frequency *value = NULL;
    size_t count = 0;
    int others = 0;
    tsl_status status = rank_codes(layout, column, rows, most, &value, &count, &others, &origin.named, err);
    for (size_t i = 0; status == TSL_OK && i < count + (size_t)others; i++) {
        origin.code = i < count ? value[i].code : TSL__OTHER;
        char *name = tsl__format("%s%s", prefix, i < count ? column->dict[value[i].code] : "other");
        status = name ? add(layout, f, origin, name, unit, definition, err) : tsl__error_nomem(err);
        free(name);
    }
    free(value);
    return status;
}

static tsl_status add_line(tsl__layout *layout, const tsl__catalogue_entry *line, const tsl_table *from,
                           const tsl_feature_options *opt, tsl_error *err)
{
    tsl_feature f = {
        .group = line->group, .profile = line->profile, .transform = line->transform, .block = layout->blocks++};
    tsl__feature_origin origin = {.line = line, .code = -1};
    if (line->name[strlen(line->name) - 1] != ':') {
        return add(layout, f, origin, line->name, line->unit, line->definition, err);
    }
    const tsl_column *column = tsl_table_get_role(from, role_of_source[line->source]);
    return add_values(layout, f, origin, column, tsl_table_get_rows(from), (size_t)opt->max_shares, line->name,
                      line->unit, line->definition, err);
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

/* Moment skewness of the known values; 0 where they do not vary. */
static double skewness_of(const tsl_column *column, size_t rows)
{
    double n = 0, sum = 0, square = 0, cube = 0;
    for (size_t i = 0; i < rows; i++) {
        if (!isnan(column->number[i])) {
            n++;
            sum += column->number[i];
        }
    }
    for (size_t i = 0; i < rows; i++) {
        if (!isnan(column->number[i])) {
            double off = column->number[i] - sum / n;
            square += off * off;
            cube += off * off * off;
        }
    }
    return square > 0 ? (cube / n) / pow(square / n, 1.5) : 0;
}

/* Amounts and counts that are skewed to the right get the transforms of their kin in the catalogue. */
static tsl_transform transform_of(const tsl_column *column, size_t rows)
{
    if (column->type != TSL_TYPE_NUMBER || column->group == TSL_DEMOGRAPHIC || skewness_of(column, rows) <= 1) {
        return TSL_IDENTITY;
    }
    return column->group == TSL_VALUE ? TSL_SIGNED_LOG1P : TSL_LOG1P;
}

static tsl_status add_attribute(tsl__layout *layout, const tsl_column *column, size_t rows,
                                const tsl_feature_options *opt, int32_t as_of, tsl_notes *notes, tsl_error *err)
{
    const type_row *type = NULL;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        type = types[i].type == column->type ? &types[i] : type;
    }
    if (!type) {
        return TSL_OK;
    }
    if (as_of == TSL_NO_DAY && type->suffix[0] == '_') {
        return tsl__notes_add(notes, "%s is left out: no as-of date is known to count from; give --as-of",
                              column->name);
    }
    tsl_feature f = {.group = column->group,
                     .form = type->form,
                     .sensitive = column->sensitive,
                     .transform = transform_of(column, rows),
                     .block = layout->blocks++};
    tsl__feature_origin origin = {.attribute = column, .code = -1};
    const char *base = column->type == TSL_TYPE_BIRTH ? "" : column->name;
    char *name = column->type == TSL_TYPE_BIRTH ? tsl__strdup("age_years") : tsl__format("%s%s", base, type->suffix);
    if (!name) {
        return tsl__error_nomem(err);
    }
    tsl_status status = type->form == TSL_FORM_VALUE
                            ? add_values(layout, f, origin, column, rows, (size_t)opt->max_categories, name, type->unit,
                                         type->definition, err)
                            : add(layout, f, origin, name, type->unit, type->definition, err);
    free(name);
    return status;
}

/* Satisfaction and recommendation may stand in the customers table instead. */
static tsl_status add_scores(tsl__layout *layout, const tsl_table *customers, const tsl_table *interactions,
                             tsl_error *err)
{
    static const struct {
        tsl_role role;
        const char *name, *definition;
    } scores[] = {{TSL_ROLE_SATISFACTION, "satisfaction_mean", "satisfaction, from the customers table"},
                  {TSL_ROLE_NPS, "nps_last", "recommendation score (0 to 10), from the customers table"}};
    for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++) {
        const tsl_column *column = tsl_table_get_role(customers, scores[i].role);
        if (column && !(interactions && tsl_table_get_role(interactions, scores[i].role))) {
            tsl_feature f = {.group = TSL_BEHAVIORAL, .block = layout->blocks++};
            tsl__feature_origin origin = {.attribute = column, .code = -1};
            tsl_status status = add(layout, f, origin, scores[i].name, "points", scores[i].definition, err);
            if (status != TSL_OK) {
                return status;
            }
        }
    }
    return TSL_OK;
}

tsl_status tsl__layout_open(const tsl_table *const table[TSL_TABLE_KINDS], const tsl_feature_options *opt,
                            int32_t as_of, tsl__layout *layout, tsl_notes *notes, tsl_error *err)
{
    *layout = (tsl__layout){.names = tsl__dict_open()};
    tsl_status status = layout->names ? TSL_OK : tsl__error_nomem(err);
    for (size_t i = 0; i < tsl__catalogue_count && status == TSL_OK; i++) {
        const tsl__catalogue_entry *line = &tsl__catalogue[i];
        if (is_present(line, table)) {
            status = add_line(layout, line, table_of(line, table), opt, err);
        }
    }
    const tsl_table *customers = table[TSL_CUSTOMERS];
    for (size_t i = 0; customers && i < tsl_table_get_column_count(customers) && status == TSL_OK; i++) {
        const tsl_column *column = tsl_table_get_column(customers, i);
        if (column->role == TSL_ROLE_NONE) {
            status = add_attribute(layout, column, tsl_table_get_rows(customers), opt, as_of, notes, err);
        }
    }
    if (customers && status == TSL_OK) {
        status = add_scores(layout, customers, table[TSL_INTERACTIONS], err);
    }
    if (status == TSL_OK && layout->count == 0) {
        status = tsl__error_set(err, TSL_E_INPUT, "no column of the tables can become a feature");
    }
    if (status != TSL_OK) {
        tsl__layout_free(layout);
    }
    return status;
}

void tsl__layout_free(tsl__layout *layout)
{
    for (size_t i = 0; i < layout->count; i++) {
        free(layout->feature[i].name);
        free(layout->feature[i].unit);
        free(layout->feature[i].definition);
    }
    for (size_t i = 0; i < layout->named_count; i++) {
        free(layout->named[i]);
    }
    free(layout->feature);
    free(layout->origin);
    free(layout->named);
    tsl__dict_free(layout->names);
    *layout = (tsl__layout){0};
}
