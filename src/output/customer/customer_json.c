/* customer_json.c: one customer of a run: what he is, why, what is next to it, and what has changed, as JSON
 * (docs/customer.schema.json). Columns of segments.csv and entries of the summary are looked up by name, so that what a
 * run does not have is left out, and what is not known here is told as it stands. */
#include <tesela/output.h>

#include "base/error.h"
#include "base/options.h"
#include "base/text.h"
#include "label/internal.h"
#include "output/customer/customer_names.h"
#include "output/customer/customer_score.h"
#include "output/customer/customer_tier.h"
#include "output/json/explanation_json.h"
#include "output/json/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT_VERSION 1
#define HORIZON_DAYS 365 /* of features that end so */

void tsl_customer_defaults(tsl_customer *customer, size_t size)
{
    const tsl_customer full = {.size = sizeof full, .before_as_of = TSL_NO_DAY};
    tsl__options_give(customer, size, &full, sizeof full);
}

/* What is told of, with the summaries that say what codes mean. */
typedef struct teller {
    tsl__json doc;
    const tsl_customer *of;
    json_t *summary, *before; /* or NULL */
    double value;             /* of the summary's feature; NaN */
} teller;

/* ---- Looking up --------------------------------------------------------------------- */

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* The entry of an array whose key is that text; NULL. */
static const json_t *find_entry(const json_t *array, const char *key, const char *text)
{
    for (size_t i = 0; text && i < json_array_size(array); i++) {
        const json_t *entry = json_array_get(array, i);
        const json_t *value = json_object_get(entry, key);
        char number[32];
        tsl__print(number, sizeof number, "%lld", (long long)json_integer_value(value));
        if (strcmp(json_is_integer(value) ? number : text_of(entry, key), text) == 0) {
            return entry;
        }
    }
    return NULL;
}

static json_t *read_number(const char *cell)
{
    double number;
    return cell && *cell && !tsl__double_read(cell, strlen(cell), &number) ? tsl__json_number(number) : json_null();
}

static double number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

/* A copy of what the summary has under this key; null where it has nothing. */
static json_t *copy_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return value ? json_deep_copy(value) : json_null();
}

/* ---- Segment and runner-up ------------------------------------------------------------- */

/* By number; code and name stand in the line where the summary does not know it. */
static json_t *put_segment(teller *t, json_t *into, const char *key, const json_t *summary, const char *number)
{
    const json_t *segment = find_entry(json_object_get(summary, "segments"), "segment", number);
    if (!number || !*number) {
        tsl__json_set(&t->doc, into, key, json_null());
        return NULL;
    }
    json_t *object = tsl__json_set_object(&t->doc, into, key);
    tsl__json_set(&t->doc, object, "segment", read_number(number));
    tsl__json_set(&t->doc, object, "code", copy_of(segment, "code"));
    tsl__json_set(&t->doc, object, "names", copy_of(segment, "names"));
    return object;
}

/* 1 of one who keeps a segment of an earlier run: the model alone puts him into another. */
static int is_held(const tsl_explanation *of, double number)
{
    return of && !of->model->by_tree && number != tsl_policy_get_number(of->labels->policy, (size_t)of->segment - 1);
}

static void put_segments(teller *t)
{
    const tsl_record *line = t->of->record;
    const char *number = tsl_record_get_cell(line, "segment"), *next = tsl_record_get_cell(line, "runner_up");
    json_t *segment = put_segment(t, t->doc.root, "segment", t->summary, number);
    const json_t *entry = find_entry(json_object_get(t->summary, "segments"), "segment", number);
    if (!segment) {
        return;
    }
    tsl__json_set(&t->doc, segment, "held", json_boolean(is_held(t->of->explanation, number_of(segment, "segment"))));
    tsl__json_set(&t->doc, segment, "rules", copy_of(entry, "rules"));
    tsl__json_set(&t->doc, segment, "precision", copy_of(entry, "precision"));
    tsl__json_set(&t->doc, segment, "distance", read_number(tsl_record_get_cell(line, "distance")));
    tsl__json_set(&t->doc, segment, "confidence", read_number(tsl_record_get_cell(line, "confidence")));
    json_t *runner_up = put_segment(t, t->doc.root, "runner_up", t->summary, next);
    const double sure = number_of(segment, "confidence");
    if (runner_up) { /* 1 - own distance / the other's; 0 of one who keeps a segment that is not the nearest */
        tsl__json_set(&t->doc, runner_up, "times_as_far",
                      sure > 0 && sure < 1 ? tsl__json_number(1 / (1 - sure)) : json_null());
    }
}

/* As `tesela explain` has it: the way through the rules, and the least change that ends elsewhere. */
static tsl_status put_explanation(teller *t, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    if (t->of->explanation) {
        TSL__TRY(tsl__explanation_put_json(t->of->explanation, &text, err));
        tsl__json_set_parsed(&t->doc, t->doc.root, "explanation", text.data);
        t->doc.failed |= text.failed;
    }
done:
    tsl__text_free(&text);
    return status;
}

/* ---- Tier, stage, value --------------------------------------------------------------------- */

static void put_tier(teller *t)
{
    const char *code = tsl_record_get_cell(t->of->record, "tier");
    tsl__customer_tier_put(&t->doc, t->of, find_entry(json_object_get(t->summary, "tiers"), "tier", code));
}

/* The reason in each language, by the labels that the explanation is of: where they tell him as the run did, which may
 * have gone on from a run before. */
static void put_reasons(teller *t, const char *reason)
{
    const tsl_explanation *of = t->of->explanation;
    tsl__text text[TSL_LANGS] = {{0}};
    int same = 0;
    for (int lang = 0; of && lang < TSL_LANGS; lang++) {
        tsl__reason_put(of->labels, t->of->index, lang, &text[lang]);
        t->doc.failed |= text[lang].failed;
        same = same || (text[lang].data && strcmp(text[lang].data, reason) == 0);
    }
    if (same) {
        tsl__json_set_langs(&t->doc, t->doc.root, "reasons", text[0].data, text[1].data);
    } else {
        tsl__json_set(&t->doc, t->doc.root, "reasons", json_null());
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text_free(&text[lang]);
    }
}

static void put_stage(teller *t)
{
    const char *code = tsl_record_get_cell(t->of->record, "lifecycle");
    const char *reason = tsl_record_get_cell(t->of->record, "reason");
    if (code && *code) {
        json_t *stage = tsl__json_set_object(&t->doc, t->doc.root, "lifecycle");
        tsl__json_set(&t->doc, stage, "stage", tsl__json_text(code));
        tsl__json_set(&t->doc, stage, "names",
                      copy_of(find_entry(json_object_get(t->summary, "lifecycle"), "stage", code), "names"));
    }
    if (reason && *reason) {
        tsl__json_set(&t->doc, t->doc.root, "reason", tsl__json_text(reason));
        put_reasons(t, reason);
    }
}

static double get_feature(const teller *t, const char *name)
{
    const tsl_features *features = t->of->features;
    const size_t f = tsl_features_get_index(features, name);
    return f < features->feature_count ? features->x[t->of->index * features->feature_count + f] : (double)NAN;
}

/* A column of the line, or a feature. */
static double get_expected(const teller *t, const char *name)
{
    const char *cell = tsl_record_get_cell(t->of->record, name);
    double number = NAN;
    if (!cell) {
        return get_feature(t, name);
    }
    return *cell && !tsl__double_read(cell, strlen(cell), &number) ? number : (double)NAN;
}

/* Between what and what it will lie, of purchases and of spend in the days that the features tell of. */
typedef struct outlook {
    double purchases[2], spend[2];
} outlook;
static const double shares[2] = {.1, .9};

/* By the models that the features are by; NaN where there are none. */
static tsl_status get_outlook(const tsl_features *features, size_t index, outlook *out, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    const double *h = features->history ? features->history + index * TSL_HISTORY_COLUMNS : NULL;
    *out = (outlook){{NAN, NAN}, {NAN, NAN}};
    if (!h || !recipe || !recipe->has_value) {
        tsl__error_reset(err);
        return TSL_OK;
    }
    const tsl_histories history = {1, &h[TSL_HISTORY_X], &h[TSL_HISTORY_TX], &h[TSL_HISTORY_T], NULL};
    const tsl_value_outlook wanted = {{HORIZON_DAYS, 2, shares, out->purchases}, out->spend};
    return tsl_value_model_predict_outlook(&recipe->value, &history, &h[TSL_HISTORY_SPEND_MEAN], NULL, &wanted, err);
}

static void put_expected(teller *t, json_t *all, const char *name, double value, const double interval[2])
{
    if (!isnan(value)) {
        json_t *one = tsl__json_push_object(&t->doc, all);
        tsl__json_set(&t->doc, one, "name", json_string(name));
        tsl__json_set(&t->doc, one, "value", tsl__json_number(value));
        tsl__json_set(&t->doc, one, "low", tsl__json_number(interval ? interval[0] : (double)NAN));
        tsl__json_set(&t->doc, one, "high", tsl__json_number(interval ? interval[1] : (double)NAN));
    }
}

static int is_risk_by_model(const teller *t)
{
    return strcmp(text_of(json_object_get(t->summary, "churn"), "by"), "silences") != 0;
}

/* What a feature is called; null: none is named. */
static tsl_status put_label(teller *t, json_t *object, const char *name, tsl_error *err)
{
    char *label[TSL_LANGS] = {NULL};
    tsl_status status = TSL_OK;
    if (!*name) {
        tsl__json_set(&t->doc, object, "label", json_null());
        return TSL_OK;
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__TRY(tsl_feature_get_label(name, tsl_lang_get_code(lang), &label[lang], err));
    }
    tsl__json_set_langs(&t->doc, object, "label", label[0], label[1]);
done:
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl_text_free(label[lang]);
    }
    return status;
}

static tsl_status put_value(teller *t, tsl_error *err)
{
    const json_t *of = json_object_get(t->summary, "value");
    const double purchases = get_expected(t, "expected_purchases_365d");
    json_t *value = tsl__json_set_object(&t->doc, t->doc.root, "value");
    tsl_standing standing = {NAN, NAN, NAN};
    tsl_status status = TSL_OK;
    outlook ahead;
    TSL__TRY(get_outlook(t->of->features, t->of->index, &ahead, err));
    const size_t f = tsl_features_get_index(t->of->features, text_of(of, "name"));
    if (f < t->of->features->feature_count) {
        t->doc.failed |= tsl_features_get_standing(t->of->features, t->of->index, f, &standing, NULL) != TSL_OK;
    }
    tsl__json_set(&t->doc, value, "name", copy_of(of, "name"));
    TSL__TRY(put_label(t, value, text_of(of, "name"), err));
    tsl__json_set(&t->doc, value, "unit", copy_of(of, "unit"));
    tsl__json_set(&t->doc, value, "value", tsl__json_number(t->value));
    tsl__json_set(&t->doc, value, "percentile", tsl__json_number(standing.percentile));
    json_t *all = tsl__json_set_array(&t->doc, value, "expected");
    put_expected(t, all, "clv_365d", get_expected(t, "clv_365d"), NULL);
    put_expected(t, all, "expected_purchases_365d", purchases, ahead.purchases);
    put_expected(t, all, "spend_365d", purchases * get_expected(t, "expected_spend"), ahead.spend);
    put_expected(t, all, "p_alive", get_expected(t, "p_alive"), NULL);
    if (is_risk_by_model(t)) { /* else it is not believed, and his risk, which is told, is another */
        put_expected(t, all, "p_no_purchase_90d", get_expected(t, "p_no_purchase_90d"), NULL);
    }
done:
    return status;
}

/* ---- What to do, and what else there is --------------------------------------------------------- */

static void put_strategy(teller *t)
{
    const char *action = tsl_record_get_cell(t->of->record, "action");
    if (action && *action) {
        json_t *strategy = tsl__json_set_object(&t->doc, t->doc.root, "strategy");
        tsl__json_set(&t->doc, strategy, "action", tsl__json_text(action));
        tsl__json_set(&t->doc, strategy, "text", tsl__json_text(tsl_record_get_cell(t->of->record, "action_text")));
        tsl__json_set(&t->doc, strategy, "texts", tsl__customer_names_find(t->summary, "action", action));
    }
}

/* Columns that are told of above. */
static int is_told(const teller *t, const char *column)
{
    static const char *const told[] = {"segment",
                                       "segment_name",
                                       "segment_code",
                                       "tier",
                                       "lifecycle",
                                       "lifecycle_name",
                                       "confidence",
                                       "value",
                                       "r_score",
                                       "f_score",
                                       "m_score",
                                       "distance",
                                       "runner_up",
                                       "reason_code",
                                       "clv",
                                       "reason",
                                       "action",
                                       "action_text",
                                       "clv_365d",
                                       "p_alive",
                                       "expected_purchases_365d",
                                       "p_no_purchase_90d",
                                       "rfm_segment_name"};
    int is = json_object_get(t->doc.root, "score") && tsl__customer_score_has(column);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        is = is || strcmp(column, told[i]) == 0;
    }
    return is;
}

/* Rule classes, churn warnings and whatever else a run writes. */
static void put_others(teller *t)
{
    const tsl_record *line = t->of->record;
    json_t *others = tsl__json_set_array(&t->doc, t->doc.root, "others");
    for (size_t c = 1; line && c < line->count; c++) {
        if (!is_told(t, line->column[c]) && *line->cell[c]) {
            json_t *other = tsl__json_push_object(&t->doc, others);
            tsl__json_set(&t->doc, other, "column", tsl__json_text(line->column[c]));
            tsl__json_set(&t->doc, other, "value", tsl__json_text(line->cell[c]));
            tsl__json_set(&t->doc, other, "names",
                          tsl__customer_names_find(t->summary, line->column[c], line->cell[c]));
        }
    }
}

/* ---- Since the previous run ------------------------------------------------------------------------ */

/* Columns that say of a customer what he is; what follows from them, or is them in words, is left out. */
static int is_followed(const char *column)
{
    static const char *const not_followed[] = {"segment",        "segment_name",   "confidence",  "distance",
                                               "runner_up",      "reason",         "action_text", "rfm_segment_name",
                                               "lifecycle_name", "lifecycle_from", "reason_code", "segment_from",
                                               "segment_since"};
    const char *unmet = strstr(column, "_unmet");
    int is = (!unmet || unmet[strlen("_unmet")]) && !tsl__customer_score_has_points(column);
    for (size_t i = 0; i < sizeof not_followed / sizeof *not_followed; i++) {
        is = is && strcmp(column, not_followed[i]) != 0;
    }
    return is;
}

static void put_change(teller *t, json_t *changes, const char *column, const char *then, const char *now)
{
    json_t *change = tsl__json_push_object(&t->doc, changes);
    tsl__json_set(&t->doc, change, "column", tsl__json_text(column));
    tsl__json_set(&t->doc, change, "then", tsl__json_text(then));
    tsl__json_set(&t->doc, change, "now", tsl__json_text(now));
    tsl__json_set(&t->doc, change, "names_then", tsl__customer_names_find(t->before, column, then));
    tsl__json_set(&t->doc, change, "names_now", tsl__customer_names_find(t->summary, column, now));
}

static void put_previous(teller *t)
{
    const tsl_customer *of = t->of;
    if (!of->before_name) {
        return;
    }
    json_t *previous = tsl__json_set_object(&t->doc, t->doc.root, "previous");
    tsl__json_set(&t->doc, previous, "run", tsl__json_text(of->before_name));
    tsl__json_set(&t->doc, previous, "as_of", tsl__json_day(of->before_as_of));
    tsl__json_set(&t->doc, previous, "is_new", json_boolean(!of->before));
    json_t *changes = tsl__json_set_array(&t->doc, previous, "changes");
    for (size_t c = 1; of->before && of->record && c < of->record->count; c++) {
        const char *column = of->record->column[c], *now = of->record->cell[c];
        const char *then = tsl_record_get_cell(of->before, column);
        if (then && strcmp(then, now) != 0 && is_followed(column)) {
            put_change(t, changes, column, then, now);
        }
    }
}

/* ---- Figures ---------------------------------------------------------------------------------------- */

/* 1 where clusters are found by the feature. */
static int is_of_basis(const tsl_recipe *recipe, size_t feature)
{
    int is = 0;
    for (size_t c = 0; recipe && c < recipe->column_count; c++) {
        is = is || (recipe->column[c].weight > 0 && recipe->column[c].feature == feature);
    }
    return is;
}

static int matters(const teller *t, size_t f)
{
    static const char *const always[] = {"recency_days",    "frequency",     "tenure_days",   "gap_mean_days",
                                         "frequency_90d",   "monetary_365d", "monetary_mean", "monetary_total",
                                         "frequency_trend", "return_share",  "rfm_score",     "distinct_products"};
    int is = is_of_basis(t->of->features->recipe, f);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        is = is || strcmp(t->of->features->feature[f].name, always[i]) == 0;
    }
    return is;
}

static tsl_status put_figures(teller *t, tsl_error *err)
{
    const tsl_features *features = t->of->features;
    json_t *figures = tsl__json_set_array(&t->doc, t->doc.root, "figures");
    tsl_status status = TSL_OK;
    for (size_t f = 0; f < features->feature_count; f++) {
        tsl_standing standing;
        if (!matters(t, f)) {
            continue;
        }
        TSL__TRY(tsl_features_get_standing(features, t->of->index, f, &standing, err));
        json_t *figure = tsl__json_push_object(&t->doc, figures);
        tsl__json_set(&t->doc, figure, "name", tsl__json_text(features->feature[f].name));
        TSL__TRY(put_label(t, figure, features->feature[f].name, err));
        tsl__json_set(&t->doc, figure, "unit", tsl__json_text(features->feature[f].unit));
        tsl__json_set(&t->doc, figure, "value", tsl__json_number(standing.value));
        tsl__json_set(&t->doc, figure, "percentile", tsl__json_number(standing.percentile));
        tsl__json_set(&t->doc, figure, "clusters", json_boolean(is_of_basis(features->recipe, f)));
    }
done:
    return status;
}

/* First and last purchase: the history counts days from the first to the last, and to the end of the data. */
static void put_history(teller *t)
{
    const tsl_features *features = t->of->features;
    const double *history = features->history ? features->history + t->of->index * TSL_HISTORY_COLUMNS : NULL;
    if (!history || isnan(history[TSL_HISTORY_T]) || isnan(history[TSL_HISTORY_TX]) || features->as_of == TSL_NO_DAY) {
        return;
    }
    const int32_t first = features->as_of - 1 - (int32_t)history[TSL_HISTORY_T];
    json_t *object = tsl__json_set_object(&t->doc, t->doc.root, "history");
    tsl__json_set(&t->doc, object, "first_purchase", tsl__json_day(first));
    tsl__json_set(&t->doc, object, "last_purchase", tsl__json_day(first + (int32_t)history[TSL_HISTORY_TX]));
    tsl__json_set(&t->doc, object, "gap_median_days", tsl__json_number(history[TSL_HISTORY_GAP_MEDIAN]));
}

/* ---- All of it ---------------------------------------------------------------------------------------- */

static tsl_status put_all(teller *t, tsl_error *err)
{
    const tsl_customer *of = t->of;
    tsl_status status = TSL_OK;
    json_t *root = t->doc.root;
    tsl__json_set(&t->doc, root, "format", json_string("tesela customer"));
    tsl__json_set(&t->doc, root, "format_version", json_integer(FORMAT_VERSION));
    tsl__json_set(&t->doc, root, "customer", tsl__json_text(of->features->id ? of->features->id[of->index] : NULL));
    tsl__json_set(&t->doc, root, "as_of", tsl__json_day(of->features->as_of));
    put_segments(t);
    put_tier(t);
    TSL__TRY(tsl__customer_score_put(&t->doc, of, err));
    put_stage(t);
    TSL__TRY(put_value(t, err));
    put_strategy(t);
    put_others(t);
    put_previous(t);
    put_history(t);
    TSL__TRY(put_figures(t, err));
    TSL__TRY(put_explanation(t, err));
done:
    return status;
}

tsl_status tsl_customer_build(const tsl_customer *customer, char **json, tsl_error *err)
{
    tsl_customer full;
    teller t = {.of = &full};
    tsl_status status = TSL_OK;
    *json = NULL;
    tsl__error_reset(err);
    tsl_customer_defaults(&full, sizeof full);
    TSL__TRY(tsl__options_take("customer", &full, sizeof full, customer, err));
    if (!full.features || full.index >= full.features->customers) {
        return tsl__error_set(err, TSL_E_OPTION, "customer: there is no customer %zu of the features", full.index);
    }
    t.summary = full.summary ? json_loads(full.summary, 0, NULL) : NULL;
    t.before = full.before_summary ? json_loads(full.before_summary, 0, NULL) : NULL;
    t.value = get_feature(&t, text_of(json_object_get(t.summary, "value"), "name"));
    t.doc.root = json_object();
    t.doc.failed = !t.doc.root;
    TSL__TRY(put_all(&t, err));
    TSL__TRY(tsl__json_take(&t.doc, json, err));
    t.doc.root = NULL;
done:
    json_decref(t.doc.root);
    json_decref(t.summary);
    json_decref(t.before);
    return status;
}
