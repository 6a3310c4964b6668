/* summary_tiers.c: the summary of value tiers and how they were cut, of the score, and of RFM segments. */
#include "label/policy.h"
#include "output/summary.h"

#include "base/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void tsl__summary_size(tsl__json *doc, json_t *object, const tsl_labels *labels, uint64_t size, double total,
                       double share)
{
    tsl__json_set(doc, object, "size", tsl__json_count(size));
    tsl__json_set(doc, object, "share", tsl__json_number((double)size / (double)labels->customers));
    tsl__json_set(doc, object, "value_total", tsl__json_number(total));
    tsl__json_set(doc, object, "value_share", tsl__json_number(share));
}

/* ---- Tiers --------------------------------------------------------------------------- */

static void add_tiers(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    json_t *tiers = tsl__json_set_array(doc, doc->root, "tiers");
    for (size_t i = 0; i < labels->tier_count; i++) {
        const tsl_tier *from = &labels->tier[i];
        json_t *tier = tsl__json_push_object(doc, tiers);
        tsl__json_set(doc, tier, "tier", tsl__json_text(from->code));
        tsl__json_set_langs(doc, tier, "names", from->names[0], from->names[1]);
        tsl__summary_size(doc, tier, labels, from->size, from->value_total, from->value_share);
        tsl__json_set(doc, tier, "lowest", tsl__json_number(from->lowest));
        tsl__json_set(doc, tier, "above", json_boolean(from->above));
        tsl__summary_tier_segments(doc, tier, results, i);
    }
}

/* What tiers are cut by: index of the feature; the number of features: the score. */
static size_t get_feature(const tsl_labels *labels)
{
    return labels->policy->tiers_of_score ? labels->features->feature_count
                                          : tsl_features_get_index(labels->features, labels->value_name);
}

/* 0 stable, 1 shifted, 2 drifted. */
static int get_level(const tsl_tier_drift *drift)
{
    return !(drift->psi >= TSL_PSI_SHIFTED && drift->psi > drift->psi_limit) ? 0
           : drift->psi >= TSL_PSI_DRIFTED                                   ? 2
                                                                             : 1;
}

/* "Tiers by spend in the last 365 days (GBP), at natural breaks" */
static void put_words(tsl__text *t, const tsl_labels *labels, const char *name, const char *currency, int zh)
{
    static const char *const how[][2] = {{"by shares of the customers", "按客户占比划分"},
                                         {"by shares of the value", "按价值占比划分"},
                                         {"at fixed cuts", "按固定分界值划分"},
                                         {"at natural breaks", "按自然断点划分"}};
    const char *method = how[labels->policy->tier_method][zh];
    tsl__text_printf(t, zh ? "等级依据“%s”" : "Tiers by %s", name);
    if (currency) {
        tsl__text_printf(t, zh ? "（%s）" : " (%s)", currency);
    }
    tsl__text_printf(t, zh ? "，%s" : ", %s", method);
}

/* Who keeps a higher one, and whether their shares have moved. */
static void put_since(tsl__text *t, const tsl_labels *labels, int zh)
{
    static const char *const moved[3][2] = {
        {"", ""},
        {"; their shares have shifted from those of the fit", "；各等级占比较拟合时有偏移"},
        {"; their shares have drifted far from those of the fit: they are to be cut anew",
         "；各等级占比较拟合时显著偏移，应重新划分"}};
    if (labels->tier_by_value) {
        tsl__text_printf(t,
                         zh ? "；%" PRIu64 " 位客户保留高于其价值的等级" : "; %" PRIu64 " customers keep a higher one",
                         labels->held);
    }
    tsl__text_puts(t, moved[get_level(&labels->tier_drift)][zh]);
}

static void add_words(tsl__json *doc, json_t *object, const tsl_labels *labels, const char *currency)
{
    tsl__text words[TSL_LANGS] = {{0}, {0}};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        char *label = NULL;
        const char *score[TSL_LANGS] = {"the score", "综合得分"};
        if (!labels->policy->tiers_of_score &&
            tsl_feature_get_label(labels->value_name, tsl_lang_get_code(lang), &label, NULL) != TSL_OK) {
            doc->failed = 1;
        }
        put_words(&words[lang], labels, label ? label : score[lang], currency, lang == 1);
        put_since(&words[lang], labels, lang == 1);
        tsl_text_free(label);
        doc->failed |= words[lang].failed;
    }
    if (!doc->failed) {
        tsl__json_set_langs(doc, object, "words", words[0].data, words[1].data);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text_free(&words[lang]);
    }
}

/* How slowly they fall, and how many stand above what their values give; null where they go by the values alone. */
static void add_hold(tsl__json *doc, json_t *object, const tsl_labels *labels)
{
    const tsl_policy *policy = labels->policy;
    if (policy->tier_margin > 0 || policy->tier_grace > 1 || policy->tier_step > 0) {
        json_t *hold = tsl__json_set_object(doc, object, "policy");
        tsl__json_set(doc, hold, "margin", tsl__json_number(policy->tier_margin));
        tsl__json_set(doc, hold, "grace", json_integer(policy->tier_grace));
        tsl__json_set(doc, hold, "step", json_integer(policy->tier_step));
        tsl__json_set(doc, hold, "held", labels->tier_by_value ? tsl__json_count(labels->held) : json_null());
    } else {
        tsl__json_set(doc, object, "policy", json_null());
    }
}

static void add_drift(tsl__json *doc, json_t *object, const tsl_tier_drift *from)
{
    static const char *const levels[] = {"stable", "shifted", "drifted"};
    if (isnan(from->psi)) {
        tsl__json_set(doc, object, "drift", json_null());
        return;
    }
    json_t *drift = tsl__json_set_object(doc, object, "drift");
    tsl__json_set(doc, drift, "psi", tsl__json_number(from->psi));
    tsl__json_set(doc, drift, "psi_limit", tsl__json_number(from->psi_limit));
    tsl__json_set(doc, drift, "level", json_string(levels[get_level(from)]));
}

/* How tiers were cut. */
static void add_tiering(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    const tsl_features *features = labels->features;
    const size_t f = get_feature(labels);
    const tsl_feature *of = f < features->feature_count ? &features->feature[f] : NULL;
    const int money = of && strcmp(of->unit, "currency") == 0, days = of ? of->window_days : 0;
    const char *currency = money ? tsl__summary_currency(results) : NULL;
    json_t *object = tsl__json_set_object(doc, doc->root, "tiering");
    tsl__json_set(doc, object, "of", json_string(of ? "value" : "score"));
    tsl__json_set(doc, object, "method", json_string(tsl__tier_method_get_name((int)labels->policy->tier_method)));
    tsl__json_set(doc, object, "feature", tsl__json_text(of ? of->name : NULL));
    tsl__json_set(doc, object, "unit", tsl__json_text(of ? of->unit : "points"));
    tsl__json_set(doc, object, "currency", tsl__json_text(currency));
    tsl__json_set(doc, object, "window_days", days ? json_integer(days) : json_null());
    add_hold(doc, object, labels);
    add_drift(doc, object, &labels->tier_drift);
    add_words(doc, object, labels, currency);
}

/* ---- The score --------------------------------------------------------------------------- */

/* Of how many it is known, and their mean. */
static void add_points(tsl__json *doc, json_t *object, const double *points, size_t count)
{
    double sum = 0;
    uint64_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(points[i])) {
            sum += points[i];
            known++;
        }
    }
    tsl__json_set(doc, object, "known", tsl__json_count(known));
    tsl__json_set(doc, object, "mean", tsl__json_number(known ? sum / (double)known : NAN));
}

static void add_score_column(tsl__json *doc, json_t *array, const tsl_labels *labels, size_t column, double weight)
{
    const tsl_features *features = labels->features;
    const size_t f = tsl_features_get_index(features, labels->policy->score_feature[column]);
    uint64_t known = 0;
    json_t *feature = tsl__json_push_object(doc, array);
    for (size_t i = 0; i < features->customers; i++) {
        known += isnan(features->x[i * features->feature_count + f]) ? 0 : 1;
    }
    tsl__summary_name(doc, feature, features->feature[f].name);
    tsl__json_set(doc, feature, "weight", tsl__json_number(weight));
    tsl__json_set(doc, feature, "less", json_boolean(labels->policy->score.column[column].less));
    tsl__json_set(doc, feature, "known", tsl__json_count(known));
}

/* What a part is called: codes that are usual have a Chinese name. */
static const char *get_part_name(const char *code, int zh)
{
    static const char *const usual[][2] = {{"financial", "财务"}, {"behavioral", "行为"}, {"relationship", "关系"}};
    for (size_t i = 0; zh && i < sizeof usual / sizeof *usual; i++) {
        if (strcmp(usual[i][0], code) == 0) {
            return usual[i][1];
        }
    }
    return code;
}

/* The weights of the columns of a part together; SIZE_MAX: those of the parts. */
static double get_weight(const tsl_score *score, size_t part)
{
    double sum = 0;
    for (size_t p = 0; p < score->part_count && part == SIZE_MAX; p++) {
        sum += score->part_weight[p];
    }
    for (size_t c = 0; c < score->column_count; c++) {
        sum += score->column[c].part == part ? score->column[c].weight : 0;
    }
    return sum;
}

/* " (purchases 60 %, days since last purchase 40 %, the less the better)" */
static void put_columns(tsl__json *doc, tsl__text *t, const tsl_policy *policy, size_t part, double all, int zh)
{
    const char *joint = zh ? "（" : " (";
    for (size_t c = 0; c < policy->score.column_count; c++) {
        const tsl_score_column *column = &policy->score.column[c];
        char *label = NULL;
        if (column->part != part) {
            continue;
        }
        if (tsl_feature_get_label(policy->score_feature[c], tsl_lang_get_code(zh), &label, NULL) != TSL_OK) {
            doc->failed = 1;
            return;
        }
        tsl__text_printf(t, "%s%s %.0f %%", joint, label, round(100 * column->weight / all));
        tsl__text_puts(t, !column->less ? "" : zh ? "，越少越好" : ", the less the better");
        joint = zh ? "；" : "; ";
        tsl_text_free(label);
    }
    tsl__text_puts(t, zh ? "）" : ")");
}

/* "score, 0 to 100: financial 50 % (...), behavioral 30 % (...)" */
static void put_score_words(tsl__json *doc, tsl__text *t, const tsl_policy *policy, int zh)
{
    const tsl_score *score = &policy->score;
    const double all = get_weight(score, SIZE_MAX);
    tsl__text_puts(t, zh ? "综合得分（0 至 100）：" : "Score, 0 to 100: ");
    for (size_t p = 0; p < score->part_count; p++) {
        tsl__text_printf(t, "%s%s %.0f %%",
                         p == 0 ? ""
                         : zh   ? "，"
                                : ", ",
                         get_part_name(policy->score_part[p], zh), round(100 * score->part_weight[p] / all));
        put_columns(doc, t, policy, p, get_weight(score, p), zh);
    }
}

static void add_score_words(tsl__json *doc, json_t *object, const tsl_policy *policy)
{
    tsl__text words[TSL_LANGS] = {{0}, {0}};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        put_score_words(doc, &words[lang], policy, lang);
        doc->failed |= words[lang].failed;
    }
    if (!doc->failed) {
        tsl__json_set_langs(doc, object, "words", words[0].data, words[1].data);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text_free(&words[lang]);
    }
}

/* What the score is made of; weights as shares, of the features within their part. */
static void add_score(tsl__json *doc, const tsl_labels *labels)
{
    const tsl_score *score = &labels->policy->score;
    json_t *object = tsl__json_set_object(doc, doc->root, "score"), *parts = tsl__json_set_array(doc, object, "parts");
    const double all = get_weight(score, SIZE_MAX);
    add_points(doc, object, labels->score, labels->customers);
    tsl__json_set(doc, object, "tiers", json_boolean(labels->policy->tiers_of_score));
    add_score_words(doc, object, labels->policy);
    for (size_t p = 0; p < score->part_count; p++) {
        json_t *part = tsl__json_push_object(doc, parts), *features;
        const double sum = get_weight(score, p);
        tsl__json_set(doc, part, "part", tsl__json_text(labels->policy->score_part[p]));
        tsl__json_set(doc, part, "weight", tsl__json_number(score->part_weight[p] / all));
        add_points(doc, part, labels->score_part[p], labels->customers);
        features = tsl__json_set_array(doc, part, "features");
        for (size_t c = 0; c < score->column_count; c++) {
            if (score->column[c].part == p) {
                add_score_column(doc, features, labels, c, score->column[c].weight / sum);
            }
        }
    }
}

/* ---- RFM segments ---------------------------------------------------------------------- */

static void add_rfm(tsl__json *doc, const tsl_labels *labels)
{
    json_t *segments = tsl__json_set_array(doc, doc->root, "rfm_segments");
    for (size_t s = 0; s < labels->rfm_segment_count; s++) {
        const tsl_rfm_count *from = &labels->rfm_segment[s];
        json_t *segment = tsl__json_push_object(doc, segments);
        tsl__json_set(doc, segment, "rfm_segment", tsl__json_text(from->segment->code));
        tsl__json_set_langs(doc, segment, "names", from->segment->name[0], from->segment->name[1]);
        tsl__summary_size(doc, segment, labels, from->size, from->value_total, from->value_share);
    }
}

void tsl__summary_tiers(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    if (labels->score) {
        add_score(doc, labels);
    }
    if (labels->has_tiers) {
        add_tiers(doc, results);
        add_tiering(doc, results);
    }
    if (labels->rfm_segment_count) {
        add_rfm(doc, labels);
    }
}
