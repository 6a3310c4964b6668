/* summary_features.c: the summary of the customers and their features. */
#include "output/summary.h"

#include "output/chinese/note_wording.h"

#include <string.h>

const char *tsl__summary_currency(const tsl_results *results)
{
    const tsl_table *table = results->table[TSL_TRANSACTIONS];
    const char *told = table ? tsl_table_get_info(table)->currency : NULL;
    return told ? told : results->currency;
}

/* What amounts are: money, or lines that count as 1 each. */
static const char *get_amount_unit(const tsl_features *features)
{
    const size_t total = tsl_features_get_index(features, "monetary_total");
    return total < features->feature_count ? features->feature[total].unit : "currency";
}

static void add_totals(tsl__json *doc, const tsl_results *results)
{
    const tsl_feature_info *info = &results->features->info;
    json_t *totals = tsl__json_set_object(doc, doc->root, "totals");
    tsl__json_set(doc, totals, "lines", tsl__json_count(info->lines));
    tsl__json_set(doc, totals, "orders", tsl__json_count(info->orders));
    tsl__json_set(doc, totals, "purchases", tsl__json_count(info->purchases));
    tsl__json_set(doc, totals, "customers_with_purchase", tsl__json_count(info->customers_with_purchase));
    tsl__json_set(doc, totals, "monetary_total", tsl__json_decimal(info->monetary_total));
    tsl__json_set(doc, totals, "margin_total", tsl__json_decimal(info->margin_total));
    tsl__json_set(doc, totals, "purchase_total", tsl__json_decimal(info->purchase_total));
    const char *unit = get_amount_unit(results->features);
    const int money = strcmp(unit, "currency") == 0;
    tsl__json_set(doc, totals, "unit", tsl__json_text(unit));
    tsl__json_set(doc, totals, "currency", tsl__json_text(money ? tsl__summary_currency(results) : NULL));
    tsl__json_set(doc, totals, "decimals", json_integer(results->features->decimals));
}

void tsl__summary_name(tsl__json *doc, json_t *object, const char *name)
{
    char *en = NULL, *zh = NULL;
    if (tsl_feature_get_label(name, "en", &en, NULL) != TSL_OK ||
        tsl_feature_get_label(name, "zh", &zh, NULL) != TSL_OK) {
        doc->failed = 1;
    }
    tsl__json_set(doc, object, "name", tsl__json_text(name));
    tsl__json_set_langs(doc, object, "label", en, zh);
    tsl_text_free(en);
    tsl_text_free(zh);
}

/* How it is made. */
static void add_definition(tsl__json *doc, json_t *column, const char *definition)
{
    tsl__text zh = {0};
    (void)tsl__definition_put_chinese(definition ? definition : "", &zh);
    doc->failed |= zh.failed;
    tsl__json_set(doc, column, "definition", tsl__json_text(definition));
    tsl__json_set_langs(doc, column, "definition_in", definition, zh.data ? zh.data : "");
    tsl__text_free(&zh);
}

static void add_columns(tsl__json *doc, json_t *object, const tsl_features *features)
{
    json_t *columns = tsl__json_set_array(doc, object, "columns");
    for (size_t i = 0; i < features->feature_count; i++) {
        const tsl_feature *from = &features->feature[i];
        json_t *column = tsl__json_push_object(doc, columns);
        tsl__summary_name(doc, column, from->name);
        tsl__json_set(doc, column, "group", json_string(tsl_group_get_name(from->group)));
        tsl__json_set(doc, column, "unit", tsl__json_text(from->unit));
        tsl__json_set(doc, column, "form", json_string(tsl_feature_form_get_name(from->form)));
        add_definition(doc, column, from->definition);
        tsl__json_set(doc, column, "profile", json_boolean(from->profile));
        tsl__json_set(doc, column, "sensitive", json_boolean(from->sensitive));
        tsl__json_set(doc, column, "outcome", json_boolean(from->outcome));
    }
}

/* Pairs of columns that say nearly the same. */
static void add_correlated(tsl__json *doc, json_t *object, const tsl_recipe *recipe)
{
    json_t *pairs = tsl__json_set_array(doc, object, "correlated");
    for (size_t p = 0; p < recipe->correlated_count; p++) {
        const tsl_correlated *from = &recipe->correlated[p];
        json_t *pair = tsl__json_push_object(doc, pairs);
        tsl__summary_name(doc, tsl__json_set_object(doc, pair, "a"), recipe->column[from->a].name);
        tsl__summary_name(doc, tsl__json_set_object(doc, pair, "b"), recipe->column[from->b].name);
        tsl__json_set(doc, pair, "correlation", tsl__json_number(from->r));
    }
}

void tsl__summary_features(tsl__json *doc, const tsl_results *results)
{
    const tsl_features *features = results->features;
    if (!features) {
        return;
    }
    tsl__json_set(doc, doc->root, "as_of", tsl__json_day(features->as_of));
    if (features->as_of_from && *features->as_of_from) {
        tsl__json_set(doc, doc->root, "as_of_from", json_string(features->as_of_from));
    }
    tsl__json_set(doc, doc->root, "customers", tsl__json_count(features->customers));
    if (features->history) { /* there are transactions */
        add_totals(doc, results);
    }
    json_t *object = tsl__json_set_object(doc, doc->root, "features");
    for (int group = 0; group < TSL_GROUPS; group++) {
        tsl__json_set(doc, object, tsl_group_get_name((tsl_group)group), tsl__json_count(features->vector[group].cols));
    }
    tsl__json_set_parsed(doc, object, "options", features->options);
    add_columns(doc, object, features);
    add_correlated(doc, object, features->recipe);
}
