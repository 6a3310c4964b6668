/* customer_score.c: the weighted score of one customer: what each part of it weighs and adds, as his line has it, and
 * what each feature does, by the percentiles that the policy keeps (docs/methods/score.md). */
#include "output/customer/customer_score.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/policy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SCORE "score"

int tsl__customer_score_has_points(const char *column)
{
    const size_t length = strlen(column), end = strlen(TSL__SCORE_POINTS);
    return strncmp(column, SCORE "_", strlen(SCORE "_")) == 0 && length > end &&
           strcmp(column + length - end, TSL__SCORE_POINTS) == 0;
}

int tsl__customer_score_has(const char *column)
{
    return strcmp(column, SCORE) == 0 || strncmp(column, SCORE "_", strlen(SCORE "_")) == 0;
}

/* His points by each feature alone, 0 to 100; and what all weights come to, and those of what is known of him. */
typedef struct scoring {
    const tsl_labels *labels;
    size_t index;
    double *value, *points;                                                /* of each feature; NaN unknown */
    double all, known;                                                     /* weights of the parts */
    double part_all[TSL_SCORE_PARTS_MAX], part_known[TSL_SCORE_PARTS_MAX]; /* of each part's features */
} scoring;

static tsl_status look(scoring *s, tsl_error *err)
{
    const tsl_features *features = s->labels->features;
    const tsl_score *score = &s->labels->policy->score;
    tsl_status status = TSL_OK;
    TSL__NEED(s->value = tsl__alloc(score->column_count, sizeof *s->value));
    TSL__NEED(s->points = tsl__alloc(score->column_count, sizeof *s->points));
    for (size_t c = 0; c < score->column_count; c++) {
        const size_t f = tsl_features_get_index(features, s->labels->policy->score_feature[c]);
        tsl_score_column own = score->column[c];
        const size_t p = own.part;
        const tsl_score alone = {1, &(double){1}, 1, &own};
        own.part = 0;
        s->value[c] = features->x[s->index * features->feature_count + f];
        TSL__TRY(tsl_score_predict(&alone, &(tsl_score_values){&s->value[c], 1}, 1, NULL, &s->points[c], NULL, err));
        s->part_all[p] += own.weight;
        s->part_known[p] += isnan(s->points[c]) ? 0 : own.weight;
    }
    for (size_t p = 0; p < score->part_count; p++) {
        s->all += score->part_weight[p];
        s->known += s->part_known[p] > 0 ? score->part_weight[p] : 0;
    }
done:
    return status;
}

/* A cell of his line: "score", "score_financial", "score_financial_points". */
static tsl_status put_cell(tsl__json *doc, json_t *object, const char *key, const tsl_record *line, const char *part,
                           const char *end, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *column = NULL;
    double number = NAN;
    TSL__NEED(column = tsl__format(SCORE "%s%s%s", part ? "_" : "", part ? part : "", end));
    const char *cell = line ? tsl_record_get_cell(line, column) : NULL;
    const int is_read = cell && *cell && !tsl__double_read(cell, strlen(cell), &number);
    tsl__json_set(doc, object, key, is_read ? tsl__json_number(number) : json_null());
done:
    free(column);
    return status;
}

/* counted: share of the score that his part has. */
static tsl_status put_feature(tsl__json *doc, json_t *array, const scoring *s, size_t column, double counted,
                              tsl_error *err)
{
    const tsl_score_column *of = &s->labels->policy->score.column[column];
    const char *name = s->labels->policy->score_feature[column];
    const double own = isnan(s->points[column]) ? 0 : counted * of->weight / s->part_known[of->part];
    json_t *feature = tsl__json_push_object(doc, array);
    tsl_status status = TSL_OK;
    char *label[TSL_LANGS] = {NULL};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__TRY(tsl_feature_get_label(name, tsl_lang_get_code(lang), &label[lang], err));
    }
    tsl__json_set(doc, feature, "name", tsl__json_text(name));
    tsl__json_set_langs(doc, feature, "label", label[0], label[1]);
    tsl__json_set(doc, feature, "value", tsl__json_number(s->value[column]));
    tsl__json_set(doc, feature, "less", json_boolean(of->less));
    tsl__json_set(doc, feature, "weight", tsl__json_number(of->weight / s->part_all[of->part]));
    tsl__json_set(doc, feature, "counted", tsl__json_number(own));
    tsl__json_set(doc, feature, "score", tsl__json_number(s->points[column]));
    tsl__json_set(doc, feature, "points", tsl__json_number(own > 0 ? own * s->points[column] : 0));
done:
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl_text_free(label[lang]);
    }
    return status;
}

static tsl_status put_part(tsl__json *doc, json_t *array, const scoring *s, size_t p, const tsl_record *line,
                           tsl_error *err)
{
    const tsl_policy *policy = s->labels->policy;
    const double counted = s->part_known[p] > 0 ? policy->score.part_weight[p] / s->known : 0;
    json_t *part = tsl__json_push_object(doc, array);
    tsl_status status = TSL_OK;
    tsl__json_set(doc, part, "part", tsl__json_text(policy->score_part[p]));
    tsl__json_set(doc, part, "weight", tsl__json_number(policy->score.part_weight[p] / s->all));
    tsl__json_set(doc, part, "counted", tsl__json_number(counted));
    TSL__TRY(put_cell(doc, part, "score", line, policy->score_part[p], "", err));
    TSL__TRY(put_cell(doc, part, "points", line, policy->score_part[p], TSL__SCORE_POINTS, err));
    json_t *features = tsl__json_set_array(doc, part, "features");
    for (size_t c = 0; c < policy->score.column_count; c++) {
        TSL__TRY(policy->score.column[c].part == p ? put_feature(doc, features, s, c, counted, err) : TSL_OK);
    }
done:
    return status;
}

tsl_status tsl__customer_score_put(tsl__json *doc, const tsl_customer *of, tsl_error *err)
{
    scoring s = {.labels = of->explanation ? of->explanation->labels : NULL, .index = of->index};
    tsl_status status = TSL_OK;
    if (!s.labels || !s.labels->policy->score.part_count) {
        return TSL_OK;
    }
    TSL__TRY(look(&s, err));
    json_t *score = tsl__json_set_object(doc, doc->root, SCORE);
    TSL__TRY(put_cell(doc, score, "score", of->record, NULL, "", err));
    tsl__json_set(doc, score, "tiers", json_boolean(s.labels->policy->tiers_of_score));
    json_t *parts = tsl__json_set_array(doc, score, "parts");
    for (size_t p = 0; p < s.labels->policy->score.part_count; p++) {
        TSL__TRY(put_part(doc, parts, &s, p, of->record, err));
    }
done:
    free(s.value);
    free(s.points);
    return status;
}
