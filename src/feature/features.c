/* features.c: tables -> features: the stage as a whole. */
#include "feature/features.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/as_of.h"
#include "feature/basis/apart.h"
#include "feature/binding.h"
#include "feature/columns/correlation.h"
#include "feature/columns/normalise.h"
#include "feature/derived/derived.h"
#include "feature/fill.h"
#include "feature/layout.h"
#include "feature/recipe.h"
#include "feature/records/census.h"
#include "feature/records/grouping.h"
#include "feature/shelves.h"
#include "table/cell/pseudonyms.h"
#include "table/names/header_words.h"
#include "table/names/roles.h"
#include "table/table_state.h"
#include "value/rfm_cuts.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const transform_names[] = {"identity", "log1p", "signed_log1p", "log1p_units"};
static const char *const scale_names[] = {"none", "z", "minmax", "robust", "rank-normal"};
static const char *const returns_names[] = {"net", "matched"};
static const char *const events_names[] = {"purchases", "all"};
static const char *const form_names[] = {"number", "boolean", "value"};
static const char *const basis_names[TSL_BASES] = {"default",    "core",  "all",    "demographic",
                                                   "behavioral", "value", "numeric"};
static const char *const part_names[TSL_PARTS] = {"none", "first", "second", "rest", "told", "filled", "flag"};
static const char *const apart_names[TSL_APARTS] = {"default", "none", "potential", "once"};

#define NAME(names, i) ((size_t)(i) < sizeof(names) / sizeof *(names) ? (names)[i] : "?")

const char *tsl_returns_get_name(tsl_returns returns)
{
    return NAME(returns_names, returns);
}

const char *tsl_events_get_name(tsl_events events)
{
    return NAME(events_names, events);
}

const char *tsl_transform_get_name(tsl_transform t)
{
    return NAME(transform_names, t);
}

const char *tsl_scale_get_name(tsl_scale s)
{
    return NAME(scale_names, s);
}

const char *tsl_feature_form_get_name(tsl_feature_form f)
{
    return NAME(form_names, f);
}

const char *tsl_basis_get_name(tsl_basis basis)
{
    return NAME(basis_names, basis);
}

const char *tsl_part_get_name(tsl_part part)
{
    return NAME(part_names, part);
}

const char *tsl_apart_get_name(tsl_apart apart)
{
    return NAME(apart_names, apart);
}

/* The settings that can change the result, as one JSON object. */
static char *write_options(const tsl_recipe *recipe, int32_t as_of)
{
    const tsl_feature_options *o = &recipe->settings;
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
    if (o->returns != TSL_RETURNS_NET) {
        tsl__text_printf(&t, ",\"returns\":\"%s\"", tsl_returns_get_name(o->returns));
    }
    if (o->events != TSL_EVENTS_PURCHASES) {
        tsl__text_printf(&t, ",\"events\":\"%s\"", tsl_events_get_name(o->events));
    }
    if (recipe->has_rfm && !tsl__rfm_is_usual(&recipe->rfm)) {
        tsl__text_printf(&t, ",\"rfm\":{\"method\":\"%s\",\"bins\":%d,\"nested\":%s}",
                         tsl_rfm_method_get_name(recipe->rfm.method), recipe->rfm.bins,
                         recipe->rfm.nested ? "true" : "false");
    }
    if (tsl__derived_is_in(recipe, TSL__EXPECTATIONS)) {
        tsl__text_puts(&t, ",\"discount\":");
        tsl__text_double(&t, o->discount);
    }
    for (int g = 0, any = 0; g < TSL_GROUPS; g++) {
        if (o->pca[g] > 0) {
            tsl__text_printf(&t, "%s\"%s\":", any++ ? "," : ",\"pca\":{", tsl_group_get_name((tsl_group)g));
            tsl__text_double(&t, o->pca[g]);
        }
    }
    tsl__text_puts(&t, o->pca[0] > 0 || o->pca[1] > 0 || o->pca[2] > 0 ? "}}" : "}");
    return tsl__text_take(&t);
}

/* The customers' categories as they were, one code for each of n customers, of whose rows `attribute` tells. */
static tsl_status copy_category(const tsl_column *column, const uint32_t *attribute, size_t n, tsl_category *out)
{
    out->ordered = column->type == TSL_TYPE_ORDINAL;
    out->name = tsl__strdup(column->name);
    out->code = tsl__alloc(n, sizeof *out->code);
    out->level = tsl__alloc_zero(column->dict_count, sizeof *out->level);
    if (!out->name || !out->code || !out->level) {
        return TSL_E_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        out->code[i] = attribute[i] != UINT32_MAX ? column->code[attribute[i]] : -1;
    }
    for (out->level_count = 0; out->level_count < column->dict_count; out->level_count++) {
        out->level[out->level_count] = tsl__strdup(column->dict[out->level_count]);
        if (!out->level[out->level_count]) {
            return TSL_E_NOMEM;
        }
    }
    return TSL_OK;
}

static tsl_status copy_categories(const tsl_table *customers, const uint32_t *attribute, tsl_features *features,
                                  tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (!customers) {
        return TSL_OK;
    }
    features->category = tsl__alloc_zero(tsl_table_get_column_count(customers), sizeof *features->category);
    if (!features->category) {
        return tsl__error_nomem(err);
    }
    for (size_t c = 0; c < tsl_table_get_column_count(customers) && status == TSL_OK; c++) {
        tsl_column_type type = tsl_table_get_column(customers, c)->type;
        if (tsl_table_get_column(customers, c)->role == TSL_ROLE_NONE &&
            (type == TSL_TYPE_CATEGORY || type == TSL_TYPE_ORDINAL)) {
            status = copy_category(tsl_table_get_column(customers, c), attribute, features->customers,
                                   &features->category[features->category_count++]);
        }
    }
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status check_fit(const tsl_features *features, const tsl_feature_options *opt, tsl_error *err)
{
    if (features->customers < 2 && !opt->select_count) {
        return tsl__error_set(err, TSL_E_INPUT, "one customer cannot be segmented: at least 2 are needed");
    }
    if (features->recipe->column_count == 0 && !opt->select_count) {
        const tsl_feature *outcome = NULL;
        for (size_t f = 0; f < features->feature_count && !outcome; f++) {
            outcome = features->feature[f].outcome ? &features->feature[f] : NULL;
        }
        return outcome ? tsl__error_set(err, TSL_E_INPUT,
                                        "all %zu customers are alike but for %s, an outcome, by which no segments are "
                                        "found (--outcome none takes it as any other column)",
                                        features->customers, outcome->name)
                       : tsl__error_set(err, TSL_E_INPUT, "all %zu customers are alike: no feature tells them apart",
                                        features->customers);
    }
    return TSL_OK;
}

/* ---- The recipe ------------------------------------------------------------------ */

static const tsl_table **find_table(tsl_tables *tables, int kind)
{
    return kind == TSL_CUSTOMERS      ? &tables->customers
           : kind == TSL_TRANSACTIONS ? &tables->transactions
                                      : &tables->interactions;
}

/* Which tables there are, and how each was read. */
static tsl_status set_tables(tsl_tables *tables, tsl_recipe *recipe, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        const tsl_table *table = *find_table(tables, kind);
        if (table) {
            recipe->tables |= 1u << kind;
            TSL__TRY(tsl__recipe_set_reading(recipe, (tsl_table_kind)kind, tsl_table_get_reading(table), err));
        }
    }
done:
    return status;
}

static void take_recipe(tsl_features *features)
{
    features->feature = features->recipe->feature;
    features->feature_count = features->recipe->feature_count;
}

static tsl_status fit_recipe(tsl_tables *tables, const tsl__census *census, const tsl_feature_options *opt,
                             tsl_features *features, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_recipe *recipe = features->recipe = tsl__alloc_zero(1, sizeof *recipe);
    TSL__NEED(recipe);
    const tsl__told_columns told = tsl__told_open(tables);
    int decimals = tables->transactions ? tsl_table_get_info(tables->transactions)->decimals
                   : told.spend         ? tsl__told_get_decimals(&told, tsl_table_get_rows(tables->customers))
                                        : 0;
    TSL__TRY(set_tables(tables, recipe, err));
    recipe->decimals = decimals == 1 ? 2 : decimals; /* no currency is written with one */
    tsl__recipe_set_settings(recipe, opt);
    TSL__TRY(tsl__layout_fit(tables, census, opt, recipe, &features->info.notes, err));
done:
    return status;
}

/* 1 where a table that the recipe was not fitted with tells the purchases that another one told then: the customers'
 * own columns in place of transactions, or these in place of them. */
static int stands_in(const tsl_recipe *recipe, const tsl_tables *tables, int kind)
{
    const unsigned fitted = recipe->tables;
    return (kind == TSL_CUSTOMERS && fitted & 1u << TSL_TRANSACTIONS && !tables->transactions &&
            tsl__told_is_there(tables->customers)) ||
           (kind == TSL_TRANSACTIONS && fitted & 1u << TSL_CUSTOMERS && !tables->customers &&
            tsl__recipe_is_entry(recipe, tsl__recipe_find(recipe, "frequency")));
}

tsl_status tsl__tables_drop(const tsl_recipe *recipe, tsl_tables *tables, tsl_notes *notes, tsl_error *err)
{
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        const tsl_table **table = find_table(tables, kind);
        if (*table && !(recipe->tables & 1u << kind) && !stands_in(recipe, tables, kind)) {
            *table = NULL;
            if (tsl__notes_add(notes, "the %s are not used: the recipe was fitted without such a table",
                               tsl_table_kind_get_name((tsl_table_kind)kind)) != TSL_OK) {
                return tsl__error_nomem(err);
            }
        }
    }
    return TSL_OK;
}

/* "+08:00" */
static const char *show_offset(int32_t offset, char out[8])
{
    const int minutes = (offset < 0 ? -offset : offset) / 60;
    tsl__print(out, 8, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
    return out;
}

/* Two tables of events by two clocks would tell one instant as two. */
static tsl_status check_clocks(const tsl_tables *tables, tsl_notes *notes, tsl_error *err)
{
    const tsl_table *t = tables->transactions, *i = tables->interactions;
    char of_t[8], of_i[8];
    if (!t || !i || (!t->clock.is_known && !i->clock.is_known)) {
        return TSL_OK;
    }
    if (!t->clock.is_known || !i->clock.is_known) {
        const tsl_table *with = t->clock.is_known ? t : i, *without = with == t ? i : t;
        return !without->info.clock
                   ? TSL_OK
                   : tsl__notes_add(notes,
                                    "the %s have times of a zone (%s), the %s times of none: all are taken as they are "
                                    "written",
                                    tsl_table_kind_get_name(with->kind), with->clock.place,
                                    tsl_table_kind_get_name(without->kind));
    }
    if (t->clock.offset == i->clock.offset) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "the transactions are by the clock of %s (%s), the interactions by that of %s (%s): say by "
                          "--timezone (timezone: in the configuration) by which one days are counted",
                          show_offset(t->clock.offset, of_t), t->clock.place, show_offset(i->clock.offset, of_i),
                          i->clock.place);
}

/* That of the first table which has one that is not as it was written. */
static tsl_status set_time_zone(const tsl_tables *tables, tsl_features *f, tsl_error *err)
{
    static const char written[] = "as written";
    const tsl_table *const table[] = {tables->transactions, tables->interactions, tables->customers};
    const char *zone = written;
    for (size_t t = 0; t < sizeof table / sizeof *table && strcmp(zone, written) == 0; t++) {
        const char *own = table[t] ? tsl_table_get_info(table[t])->time_zone : NULL;
        zone = own ? own : zone;
    }
    f->time_zone = tsl__strdup(zone);
    return f->time_zone ? TSL_OK : tsl__error_nomem(err);
}

/* All tables call their customers by the same key, or by their ids. */
static tsl_status set_pseudonyms(const tsl_tables *tables, tsl_recipe *recipe, tsl_error *err)
{
    const tsl_table *const table[] = {tables->customers, tables->transactions, tables->interactions};
    const char *first = NULL;
    for (size_t t = 0; t < sizeof table / sizeof *table; t++) {
        const char *own = table[t] ? tsl__pseudonyms_find_fingerprint(table[t]->pseudonyms) : first;
        if (first && strcmp(own, first) != 0) {
            return tsl__error_set(err, TSL_E_OPTION, "pseudonyms: tables of one run have the same key, or none");
        }
        first = own ? own : first;
    }
    snprintf(recipe->pseudonyms, sizeof recipe->pseudonyms, "%s", first ? first : "");
    return TSL_OK;
}

/* What was given is no table of the recipe's. */
static tsl_status fail_other_table(const tsl_recipe *recipe, tsl_error *err)
{
    const int has_customers = (recipe->tables & 1u << TSL_CUSTOMERS) != 0;
    const char *name = tsl_table_kind_get_name(has_customers ? TSL_CUSTOMERS : TSL_TRANSACTIONS);
    return tsl__error_set(err, TSL_E_OPTION, "the recipe was fitted to %s, and none are given: --%s FILE says which",
                          name, name);
}

static tsl_status open_recipe(tsl_tables *tables, size_t shards, const tsl_recipe *recipe,
                              const tsl_feature_options *opt, tsl__census *census, tsl_features *features,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (recipe && recipe->plain) {
        return tsl__error_set(err, TSL_E_INPUT, "the recipe was fitted to plain numbers, not to tables of customers");
    }
    if (recipe) {
        features->applied = 1;
        TSL__TRY(tsl__recipe_copy(recipe, &features->recipe, err));
        TSL__TRY(tsl__tables_drop(recipe, tables, &features->info.notes, err));
    }
    if (!tables->customers && !tables->transactions) {
        return recipe ? fail_other_table(recipe, err)
                      : tsl__error_set(err, TSL_E_OPTION, "customers or transactions are needed");
    }
    TSL__TRY(check_clocks(tables, &features->info.notes, err));
    TSL__TRY(tsl__as_of_find(tables, features, err));
    TSL__TRY(set_time_zone(tables, features, err));
    tables->as_of = features->as_of;
    TSL__TRY(tsl__census_open(tables, shards, census, err));
    if (!recipe) {
        TSL__TRY(fit_recipe(tables, census, opt, features, err));
    }
    TSL__TRY(set_pseudonyms(tables, features->recipe, err));
    take_recipe(features);
done:
    return status;
}

/* ---- The stage --------------------------------------------------------------------- */

/* Of features that are asked for by name all may be such as describe alone: then there is nothing to cluster by. */
static tsl_status fit_selection(tsl_features *features, const tsl_feature_options *opt, tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    if (opt->select_count && recipe->column_count == 0 && opt->selection.include_count == 0) {
        recipe->basis = TSL_BASIS_ALL;
        recipe->apart = TSL_APART_NONE;
        return TSL_OK;
    }
    return tsl_features_fit_selection(features, &opt->selection, err);
}

static tsl_status fit_columns(tsl_features *features, const tsl_feature_options *opt, const tsl_exec *exec,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    features->info.own_notes = features->info.notes.count;
    if (!features->applied) {
        TSL__TRY(tsl__normalise_fit(features, exec, err));
        TSL__TRY(check_fit(features, opt, err));
        TSL__TRY(tsl__recipe_check_scales(features->recipe, err));
        TSL__TRY(fit_selection(features, opt, err));
        features->recipe->customers = features->customers;
    } else {
        TSL__TRY(tsl__apart_apply(features, err));
    }
    tsl__vectors_set(features);
done:
    return status;
}

/* What is to be said where the customers' own columns tell of their purchases. */
static tsl_status note_told(const tsl_tables *tables, tsl_notes *notes, tsl_error *err)
{
    const tsl__told_columns told = tsl__told_open(tables);
    return tsl__told_note(&told, tsl_table_get_rows(tables->customers), notes, err);
}

static tsl_status make(tsl_tables *tables, size_t shards, const tsl_recipe *recipe, const tsl_feature_options *opt,
                       const tsl_exec *exec, tsl_features *features, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__census census[TSL_TABLE_KINDS] = {{.columns = 0}};
    tsl__sharding sharding = {.shards = 0};
    tsl__binding binding = {0};
    uint32_t *attribute = NULL;
    TSL__TRY(open_recipe(tables, shards, recipe, opt, census, features, err));
    features->decimals = features->recipe->decimals;
    TSL__NEED(features->options = write_options(features->recipe, features->as_of));
    TSL__TRY(tsl__binding_open(features->recipe, tables, census, opt->allow_missing, &binding, &features->info.unseen,
                               &features->info.notes, err));
    if (features->applied) {
        TSL__TRY(tsl__binding_note_unused(&binding, tables->customers, &features->info.notes, err));
    }
    TSL__TRY(binding.told ? note_told(tables, &features->info.notes, err) : TSL_OK);
    TSL__TRY(tsl__sharding_open(tables, TSL_NO_DAY, shards, &sharding, err));
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        sharding.timed[kind] = features->applied || census[kind].time_of_day;
    }
    TSL__TRY(tsl__features_fill(&sharding, &binding, opt, exec, features, &attribute, err));
    TSL__TRY(copy_categories(tables->customers, attribute, features, err));
    free(attribute);
    attribute = NULL;
    TSL__TRY(fit_columns(features, opt, exec, err));
done:
    free(attribute);
    tsl__binding_free(&binding);
    tsl__census_free(census);
    tsl__sharding_free(&sharding);
    return status;
}

/* How far features are made. */
typedef enum depth {
    BARE,  /* vectors have columns, but no values */
    LEAN,  /* and it is known which of these go together */
    FILLED /* and, where memory is not limited, the values: else they are made as they are written */
} depth;

static tsl_status build(const tsl_tables *tables, size_t shards, const tsl_recipe *recipe,
                        const tsl_feature_options *opt, const tsl_exec *exec, depth last, tsl_features **out,
                        tsl_error *err)
{
    tsl_status status = TSL_OK;
    const double start = tsl__clock();
    tsl_tables used = *tables;
    tsl_feature_options options;
    tsl_exec run;
    tsl_features *features = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__feature_options_open(opt, &options, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__NEED(features = tsl__alloc_zero(1, sizeof *features));
    TSL__TRY(make(&used, shards, recipe, &options, &run, features, err));
    TSL__TRY(last >= LEAN && !recipe ? tsl__correlated_fit(features, &run, err) : TSL_OK);
    TSL__TRY(last == FILLED && !run.memory ? tsl__normalise_apply(features, &run, err) : TSL_OK);
    features->info.seconds = tsl__clock() - start;
    *out = features;
    features = NULL;
done:
    tsl_features_free(features);
    return status;
}

tsl_status tsl__features_build_bare(const tsl_tables *tables, size_t shards, const tsl_recipe *recipe,
                                    const tsl_feature_options *opt, const tsl_exec *exec, tsl_features **out,
                                    tsl_error *err)
{
    return build(tables, shards, recipe, opt, exec, BARE, out, err);
}

tsl_status tsl__features_build_lean(const tsl_tables *tables, const tsl_recipe *recipe, const tsl_feature_options *opt,
                                    const tsl_exec *exec, tsl_features **out, tsl_error *err)
{
    return build(tables, 0, recipe, opt, exec, LEAN, out, err);
}

tsl_status tsl_features_build(const tsl_tables *tables, const tsl_recipe *recipe, const tsl_feature_options *opt,
                              const tsl_exec *exec, tsl_features **out, tsl_error *err)
{
    return build(tables, 0, recipe, opt, exec, FILLED, out, err);
}

void tsl_features_free(tsl_features *features)
{
    if (!features) {
        return;
    }
    for (size_t i = 0; i < features->category_count; i++) {
        free(features->category[i].name);
        free(features->category[i].code);
        tsl__free_texts(features->category[i].level, features->category[i].level_count);
    }
    for (int g = 0; g < TSL_GROUPS; g++) {
        free(features->vector[g].values);
    }
    if (features->shelves) {
        tsl__shelf_free(&features->shelves->x);
        tsl__shelf_free(&features->shelves->history);
        tsl__shelf_free(&features->shelves->id);
        tsl__shelf_free(&features->shelves->text);
        free(features->shelves);
    } else {
        /* plain numbers are the caller's */
        free(features->recipe && features->recipe->plain ? NULL : features->x);
        free(features->history);
        free(features->id);
    }
    free(features->owned);
    tsl_recipe_free(features->recipe);
    free(features->category);
    free(features->apart);
    free(features->options);
    free(features->time_zone);
    tsl__notes_free(&features->info.notes);
    free(features);
}

size_t tsl_features_get_index(const tsl_features *features, const char *name)
{
    return tsl__recipe_find(features->recipe, name);
}

size_t tsl_features_get_customer(const tsl_features *features, const char *id)
{
    size_t low = 0, high = features->id ? features->customers : 0;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(features->id[middle], id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return features->id && low < features->customers && strcmp(features->id[low], id) == 0 ? low : features->customers;
}

/* 1 where the feature is one value of the category called so. */
static int is_value_of(const tsl_feature *feature, const char *category)
{
    return feature->form == TSL_FORM_VALUE && strcmp(feature->column, category) == 0;
}

/* Of what a feature of the catalogue is made that these are made without; 0: there is none of that name. */
static int put_lack(tsl__text *out, const char *name)
{
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const tsl__catalogue_entry *entry = &tsl__catalogue[i];
        const tsl_table_kind kind = entry->level == TSL__INTERACTIONS ? TSL_INTERACTIONS : TSL_TRANSACTIONS;
        const tsl_role role = tsl__record_part_get_role(entry->source);
        if (strcmp(entry->name, name) != 0) {
            continue;
        }
        if (entry->derived == TSL__EXPECTATIONS) {
            tsl__text_puts(out, " here: it is of a model of purchases, and there is none");
        } else if (role == TSL_ROLE_NONE) {
            tsl__text_printf(out, " here: it needs %s (--%s FILE...)", tsl_table_kind_get_name(kind),
                             tsl_table_kind_get_name(kind));
        } else {
            tsl__text_printf(out, " here: it needs a column of the %s in the %s (--%s COLUMN)", tsl_role_get_name(role),
                             tsl_table_kind_get_name(kind), tsl__role_get_info(role)->option[kind]);
        }
        return 1;
    }
    return 0;
}

tsl_status tsl__features_find_amount(const tsl_features *features, const char *what, const char *name, size_t *index,
                                     tsl_error *err)
{
    size_t count = features->feature_count;
    *index = tsl_features_get_index(features, name);
    *index = *index < count ? *index : tsl__recipe_find_told(features->recipe, name);
    int category = *index < count && features->feature[*index].form == TSL_FORM_VALUE;
    for (size_t f = 0; f < count && !category; f++) {
        category = is_value_of(&features->feature[f], name);
    }
    if (category) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: \"%s\" is a category, not an amount", what, name);
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
    const char *noun = features->recipe->plain ? "column" : "feature"; /* as the user knows it */
    tsl__text hint = {0};
    if (!put_lack(&hint, name) && !tsl__nearest_put(&hint, name, names, numbers)) {
        tsl__text_puts(&hint, "; there are ");
        tsl__names_put(&hint, names, numbers);
    }
    free(names);
    tsl_status status =
        hint.failed ? tsl__error_nomem(err)
                    : tsl__error_set(err, TSL_E_OPTION, "%s: no %s is called \"%s\"%s", what, noun, name, hint.data);
    tsl__text_free(&hint);
    return status;
}

int tsl__features_is_rate(const tsl_features *features, size_t f)
{
    size_t held[2] = {0, 0};
    for (size_t i = 0; i < features->customers; i++) {
        const double x = tsl__x_get(features, i, f);
        if (!isnan(x) && x != 0 && x != 1) {
            return 0;
        }
        held[x == 1] += isnan(x) ? 0 : 1;
    }
    return features->feature[f].form != TSL_FORM_NUMBER || (held[0] && held[1]);
}

tsl_status tsl_features_get_value(const tsl_features *features, const char *name, size_t *index, tsl_error *err)
{
    tsl__error_reset(err);
    return tsl__features_find_amount(features, "value", name, index, err);
}
