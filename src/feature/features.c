/* features.c: tables -> features: the stage as a whole. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/fill.h"
#include "feature/grouping.h"
#include "feature/layout.h"
#include "feature/normalise.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const transform_names[] = {"identity", "log1p", "signed_log1p"};
static const char *const scale_names[] = {"none", "z", "minmax", "robust"};
static const char *const form_names[] = {"number", "boolean", "value"};

const char *tsl_transform_get_name(tsl_transform t)
{
    return transform_names[t];
}

const char *tsl_scale_get_name(tsl_scale s)
{
    return scale_names[s];
}

const char *tsl_feature_form_get_name(tsl_feature_form f)
{
    return form_names[f];
}

tsl_feature_options tsl_feature_defaults(void)
{
    return (tsl_feature_options){
        .as_of = TSL_NO_DAY,
        .scale = TSL_SCALE_Z,
        .winsor_low = 0.001,
        .winsor_high = 0.999,
        .weight = {1, 1, 1},
        .max_categories = 32,
        .max_shares = 8,
        .missing_share = 0.01,
    };
}

static tsl_status check_options(const tsl_feature_options *o, tsl_error *err)
{
    if (!(o->winsor_low >= 0 && o->winsor_low < o->winsor_high && o->winsor_high <= 1)) {
        return tsl__error_set(err, TSL_E_OPTION, "winsorise: %g and %g are not two rising quantiles from 0 to 1",
                              o->winsor_low, o->winsor_high);
    }
    if (o->scale < TSL_SCALE_NONE || o->scale >= TSL_SCALES) {
        return tsl__error_set(err, TSL_E_OPTION, "scale: unknown method %d", (int)o->scale);
    }
    double sum = 0;
    for (int g = 0; g < TSL_GROUPS; g++) {
        if (!(o->weight[g] >= 0 && isfinite(o->weight[g]))) {
            return tsl__error_set(err, TSL_E_OPTION, "weights: %s: %g is not a number >= 0",
                                  tsl_group_get_name((tsl_group)g), o->weight[g]);
        }
        sum += o->weight[g];
    }
    if (sum == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "weights: at least one group needs a weight over 0");
    }
    if (o->max_categories < 1 || o->max_shares < 1 || !(o->missing_share >= 0 && o->missing_share <= 1)) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "max_categories and max_shares are at least 1, missing_share is from 0 to 1");
    }
    return TSL_OK;
}

/* The last day of the customers' dates, or TSL_MISSING_INT. */
static int64_t find_last_date(const tsl_table *customers)
{
    int64_t last = TSL_MISSING_INT;
    size_t columns = customers ? tsl_table_get_column_count(customers) : 0;
    for (size_t c = 0; c < columns; c++) {
        const tsl_column *column = tsl_table_get_column(customers, c);
        for (size_t i = 0; column->type == TSL_TYPE_DATE && i < tsl_table_get_rows(customers); i++) {
            last = column->integer[i] > last ? column->integer[i] : last;
        }
    }
    return last;
}

/* The day given, else the day after the last record of the first table that
 * has dates. No record may lie at or after it. */
static tsl_status find_as_of(const tsl_table *const table[TSL_TABLE_KINDS], int32_t given, int32_t *as_of,
                             tsl_error *err)
{
    const tsl_table *events = table[TSL_TRANSACTIONS] ? table[TSL_TRANSACTIONS] : table[TSL_INTERACTIONS];
    if (given != TSL_NO_DAY && !tsl__day_is_valid(given)) {
        return tsl__error_set(err, TSL_E_OPTION, "as_of: day %" PRId32 " is outside the years 1 to 9999", given);
    }
    int64_t last = events ? tsl_table_get_info(events)->last_time : find_last_date(table[TSL_CUSTOMERS]);
    *as_of = given != TSL_NO_DAY ? given : last != TSL_MISSING_INT ? tsl__time_day(last) + 1 : TSL_NO_DAY;
    for (int t = 0; t < TSL_TABLE_KINDS && *as_of != TSL_NO_DAY; t++) {
        if (t != TSL_CUSTOMERS && table[t] && tsl__time_day(tsl_table_get_info(table[t])->last_time) >= *as_of) {
            return tsl__error_set(err, TSL_E_OPTION, "%s: rows at or after the as-of day: read the table with it",
                                  tsl_table_kind_get_name(tsl_table_get_kind(table[t])));
        }
    }
    return TSL_OK;
}

/* The settings that can change the result, as one JSON object. */
static char *write_options(const tsl_feature_options *o, int32_t as_of)
{
    tsl__text t = {0};
    char day[11] = "";
    if (as_of != TSL_NO_DAY) {
        tsl_day_write(as_of, day);
    }
    tsl__text_printf(&t, "{\"as_of\":\"%s\",\"scale\":\"%s\",\"winsorise\":[", day, tsl_scale_get_name(o->scale));
    tsl__text_double(&t, o->winsor_low);
    tsl__text_puts(&t, ",");
    tsl__text_double(&t, o->winsor_high);
    tsl__text_puts(&t, "],\"weights\":{");
    for (int g = 0; g < TSL_GROUPS; g++) {
        tsl__text_printf(&t, "%s\"%s\":", g ? "," : "", tsl_group_get_name((tsl_group)g));
        tsl__text_double(&t, o->weight[g]);
    }
    tsl__text_printf(&t, "},\"max_categories\":%d,\"max_shares\":%d,\"missing_share\":", o->max_categories,
                     o->max_shares);
    tsl__text_double(&t, o->missing_share);
    tsl__text_puts(&t, "}");
    return tsl__text_take(&t);
}

/* The customers' categories as they were, one code a customer. */
static tsl_status copy_category(const tsl__grouping *grouping, const tsl_column *column, tsl_category *out)
{
    const tsl__rows *rows = &grouping->rows[TSL_CUSTOMERS];
    out->ordered = column->type == TSL_TYPE_ORDINAL;
    out->name = tsl__strdup(column->name);
    out->code = tsl__alloc(grouping->customers, sizeof *out->code);
    out->level = tsl__alloc_zero(column->dict_count, sizeof *out->level);
    if (!out->name || !out->code || !out->level) {
        return TSL_E_NOMEM;
    }
    for (size_t i = 0; i < grouping->customers; i++) {
        out->code[i] = rows->begin[i + 1] > rows->begin[i] ? column->code[rows->row[rows->begin[i]]] : -1;
    }
    for (out->level_count = 0; out->level_count < column->dict_count; out->level_count++) {
        out->level[out->level_count] = tsl__strdup(column->dict[out->level_count]);
        if (!out->level[out->level_count]) {
            return TSL_E_NOMEM;
        }
    }
    return TSL_OK;
}

static tsl_status copy_categories(const tsl__grouping *grouping, tsl_features *features, tsl_error *err)
{
    const tsl_table *customers = grouping->rows[TSL_CUSTOMERS].table;
    tsl_status status = TSL_OK;
    if (!customers) {
        return TSL_OK;
    }
    features->category = tsl__alloc_zero(tsl_table_get_column_count(customers), sizeof *features->category);
    if (!features->category) {
        return tsl__error_nomem(err);
    }
    for (size_t c = 0; c < tsl_table_get_column_count(customers) && status == TSL_OK; c++) {
        const tsl_column *column = tsl_table_get_column(customers, c);
        tsl_column_type type = column->type;
        if (column->role == TSL_ROLE_NONE && (type == TSL_TYPE_CATEGORY || type == TSL_TYPE_ORDINAL)) {
            status = copy_category(grouping, column, &features->category[features->category_count++]);
        }
    }
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

/* The features' metadata and ids move from layout and grouping. */
static tsl_status take_layout(tsl__grouping *grouping, tsl__layout *layout, tsl_features *features, tsl_error *err)
{
    size_t n = features->customers = grouping->customers, count = layout->count;
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(grouping->id[i]);
        features->id_width = length > features->id_width ? length : features->id_width;
    }
    features->x = tsl__alloc(n * count, sizeof *features->x);
    features->history =
        grouping->rows[TSL_TRANSACTIONS].table ? tsl__alloc(n * TSL_HISTORY_COLUMNS, sizeof *features->history) : NULL;
    features->id = grouping->id;
    grouping->id = NULL;
    features->feature = layout->feature;
    features->feature_count = count;
    layout->feature = NULL;
    if (!features->x || (!features->history && grouping->rows[TSL_TRANSACTIONS].table)) {
        return tsl__error_nomem(err);
    }
    return TSL_OK;
}

static tsl_status check_customers(const tsl_features *features, tsl_error *err)
{
    if (features->customers < 2) {
        return tsl__error_set(err, TSL_E_INPUT, "one customer (\"%s\") cannot be segmented: at least 2 are needed",
                              features->id[0]);
    }
    size_t cols = 0;
    for (int g = 0; g < TSL_GROUPS; g++) {
        cols += features->vector[g].cols;
    }
    if (cols == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "all %zu customers are alike: no feature tells them apart",
                              features->customers);
    }
    return TSL_OK;
}

tsl_status tsl_features_build(const tsl_table *customers, const tsl_table *transactions, const tsl_table *interactions,
                              const tsl_feature_options *opt, tsl_features **out, tsl_error *err)
{
    const tsl_table *const table[TSL_TABLE_KINDS] = {
        [TSL_TRANSACTIONS] = transactions, [TSL_CUSTOMERS] = customers, [TSL_INTERACTIONS] = interactions};
    tsl__grouping grouping = {0};
    tsl__layout layout = {0};
    double start = tsl__clock();
    int threads;
    *out = NULL;
    tsl_features *features = NULL;
    tsl_status status = check_options(opt, err);
    if (status == TSL_OK && !customers && !transactions) {
        status = tsl__error_set(err, TSL_E_OPTION, "customers or transactions are needed");
    }
    if (status == TSL_OK) {
        status = tsl__threads_resolve(opt->threads, &threads, err);
    }
    if (status == TSL_OK) {
        features = tsl__alloc_zero(1, sizeof *features);
        status = features ? find_as_of(table, opt->as_of, &features->as_of, err) : tsl__error_nomem(err);
    }
    if (status == TSL_OK) {
        int decimals = transactions ? tsl_table_get_info(transactions)->decimals : 0;
        features->decimals = decimals == 1 ? 2 : decimals; /* no currency is written with one */
        features->settings = *opt;
        features->settings.as_of = features->as_of;
        features->settings.threads = 0;
        features->settings.progress = NULL;
        features->options = write_options(opt, features->as_of);
        status = features->options ? tsl__grouping_open(table, &grouping, err) : tsl__error_nomem(err);
    }
    if (status == TSL_OK) {
        grouping.as_of = features->as_of;
        status = tsl__layout_open(table, opt, features->as_of, &layout, &features->info.notes, err);
    }
    if (status == TSL_OK) {
        status = take_layout(&grouping, &layout, features, err);
    }
    if (status == TSL_OK) {
        status = tsl__features_fill(&grouping, &layout, opt, features, err);
    }
    if (status == TSL_OK) {
        status = copy_categories(&grouping, features, err);
    }
    if (status == TSL_OK) {
        status = tsl__normalise_build(features, threads, opt->progress, err);
    }
    if (status == TSL_OK) {
        status = check_customers(features, err);
    }
    layout.count = layout.feature ? layout.count : 0;
    grouping.customers = grouping.id ? grouping.customers : 0;
    tsl__layout_free(&layout);
    tsl__grouping_free(&grouping);
    if (status != TSL_OK) {
        tsl_features_free(features);
        return status;
    }
    features->info.seconds = tsl__clock() - start;
    *out = features;
    return TSL_OK;
}

void tsl_features_free(tsl_features *features)
{
    if (!features) {
        return;
    }
    tsl__free_texts(features->id, features->customers);
    for (size_t i = 0; features->feature && i < features->feature_count; i++) {
        free(features->feature[i].name);
        free(features->feature[i].unit);
        free(features->feature[i].definition);
    }
    for (size_t i = 0; i < features->category_count; i++) {
        free(features->category[i].name);
        free(features->category[i].code);
        tsl__free_texts(features->category[i].level, features->category[i].level_count);
    }
    tsl__normalise_free(features);
    free(features->feature);
    free(features->x);
    free(features->category);
    free(features->history);
    free(features->options);
    tsl__notes_free(&features->info.notes);
    free(features);
}

size_t tsl_features_get_index(const tsl_features *features, const char *name)
{
    size_t i = 0;
    while (i < features->feature_count && strcmp(features->feature[i].name, name) != 0) {
        i++;
    }
    return i;
}

/* 1 where the feature is one value of the category called so. */
static int is_value_of(const tsl_feature *feature, const char *category)
{
    size_t length = strlen(category);
    return feature->form == TSL_FORM_VALUE && strncmp(feature->name, category, length) == 0 &&
           feature->name[length] == '=';
}

tsl_status tsl_features_get_value(const tsl_features *features, const char *name, size_t *index, tsl_error *err)
{
    size_t count = features->feature_count;
    *index = tsl_features_get_index(features, name);
    int category = *index < count && features->feature[*index].form == TSL_FORM_VALUE;
    for (size_t f = 0; f < count && !category; f++) {
        category = is_value_of(&features->feature[f], name);
    }
    if (category) {
        return tsl__error_set(err, TSL_E_OPTION, "value: \"%s\" is a category, not an amount", name);
    }
    if (*index < count) {
        return TSL_OK;
    }
    const char **names = tsl__alloc(count, sizeof *names);
    if (!names) {
        return tsl__error_nomem(err);
    }
    size_t numbers = 0;
    for (size_t f = 0; f < count; f++) {
        if (features->feature[f].form != TSL_FORM_VALUE) {
            names[numbers++] = features->feature[f].name;
        }
    }
    tsl__text hint = {0};
    if (!tsl__nearest_put(&hint, name, names, numbers)) {
        tsl__text_puts(&hint, "; there are ");
        tsl__names_put(&hint, names, numbers);
    }
    free(names);
    tsl_status status =
        hint.failed ? tsl__error_nomem(err)
                    : tsl__error_set(err, TSL_E_OPTION, "value: no feature is called \"%s\"%s", name, hint.data);
    tsl__text_free(&hint);
    return status;
}
