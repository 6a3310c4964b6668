/* rule_names.c: what a condition may name, and the values of a customer. */
#include "label/rules/rules.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/catalogue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- The list ------------------------------------------------------------------------ */

static void add(tsl__rule_names *names, const char *text, tsl__name_kind kind, size_t index, tsl__expr_type known)
{
    names->text[names->count] = text;
    names->of[names->count] = (tsl__name){kind, index, TSL__NO_NUMBER};
    names->known[names->count++] = known;
}

/* The labels' own; where there is no tier it is unknown of everybody, as whoever writes rules need not know. */
static void add_labels(tsl__rule_names *names)
{
    const tsl_labels *labels = names->labels;
    add(names, "segment", TSL__NAME_SEGMENT, 0, TSL__EXPR_TEXT);
    add(names, "tier", labels->has_tiers ? TSL__NAME_TIER : TSL__NAME_LACKING, 0, TSL__EXPR_TEXT);
    add(names, "lifecycle", labels->has_lifecycle ? TSL__NAME_STAGE : TSL__NAME_LACKING, 0, TSL__EXPR_TEXT);
    add(names, "rfm_segment", labels->customer_rfm ? TSL__NAME_RFM : TSL__NAME_LACKING, 0, TSL__EXPR_TEXT);
    add(names, "value", labels->value ? TSL__NAME_VALUE : TSL__NAME_LACKING, 0, TSL__EXPR_NUMBER);
    add(names, "score", labels->score ? TSL__NAME_SCORE : TSL__NAME_LACKING, 0, TSL__EXPR_NUMBER);
    add(names, "as_of", labels->features->as_of != TSL_NO_DAY ? TSL__NAME_AS_OF : TSL__NAME_LACKING, 0, TSL__EXPR_DATE);
}

/* Days to the as-of day are a date, too: by the name of the customers' column, or of what they tell. */
static void add_date(tsl__rule_names *names, size_t f)
{
    const tsl_feature *feature = &names->labels->features->feature[f];
    const char *text = strcmp(feature->name, "recency_days") == 0  ? "last_purchase"
                       : strcmp(feature->name, "tenure_days") == 0 ? "first_purchase"
                       : feature->type == TSL_TYPE_DATE            ? feature->column
                                                                   : NULL;
    if (text && names->labels->features->as_of != TSL_NO_DAY) {
        add(names, text, TSL__NAME_DAYS, f, TSL__EXPR_DATE);
    }
}

/* What the catalogue has, but these tables do not give: a right name, of which nothing is known. */
static void add_lacking(tsl__rule_names *names)
{
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const char *name = tsl__catalogue[i].name;
        if (tsl_features_get_index(names->labels->features, name) == names->labels->features->feature_count &&
            name[strlen(name) - 1] != ':') {
            add(names, name, TSL__NAME_LACKING, 0, TSL__EXPR_NUMBER);
        }
    }
}

#define OWN_NAMES 7 /* that add_labels adds */

tsl_status tsl__rule_names_open(const tsl_labels *labels, tsl__rule_names *out, tsl_error *err)
{
    const tsl_features *features = labels->features;
    tsl_status status = TSL_OK;
    *out = (tsl__rule_names){.labels = labels};
    out->capacity = OWN_NAMES + features->category_count + 2 * features->feature_count + tsl__catalogue_count;
    TSL__NEED(out->text = tsl__alloc(out->capacity, sizeof *out->text));
    TSL__NEED(out->known = tsl__alloc(out->capacity, sizeof *out->known));
    TSL__NEED(out->of = tsl__alloc(out->capacity, sizeof *out->of));
    add_labels(out);
    for (size_t i = 0; i < features->category_count; i++) {
        const size_t rank = tsl_features_get_index(features, features->category[i].name);
        add(out, features->category[i].name, TSL__NAME_CATEGORY, i, TSL__EXPR_TEXT);
        out->of[out->count - 1].rank = rank < features->feature_count ? rank : TSL__NO_NUMBER;
    }
    for (size_t f = 0; f < features->feature_count; f++) {
        const int number = features->feature[f].form == TSL_FORM_NUMBER;
        add(out, features->feature[f].name, number ? TSL__NAME_NUMBER : TSL__NAME_FLAG, f,
            number ? TSL__EXPR_NUMBER : TSL__EXPR_OPEN);
    }
    for (size_t f = 0; f < features->feature_count; f++) {
        add_date(out, f);
    }
    add_lacking(out);
done:
    if (status != TSL_OK) {
        tsl__rule_names_free(out);
    }
    return status;
}

void tsl__rule_names_free(tsl__rule_names *names)
{
    free(names->text);
    free(names->known);
    free(names->of);
    *names = (tsl__rule_names){.count = 0};
}

#define DAY_SECONDS 86400

/* ---- Values ----------------------------------------------------------------------------- */

int tsl__name_is_read_as(const tsl__name *name, tsl__expr_type type)
{
    switch (name->kind) {
    case TSL__NAME_LACKING:
        return 1;
    case TSL__NAME_NUMBER:
    case TSL__NAME_VALUE:
    case TSL__NAME_SCORE:
        return type == TSL__EXPR_NUMBER || type == TSL__EXPR_TEXT;
    case TSL__NAME_FLAG:
        return type != TSL__EXPR_DATE;
    case TSL__NAME_DAYS:
    case TSL__NAME_AS_OF:
        return type == TSL__EXPR_DATE || type == TSL__EXPR_TEXT;
    default:
        return type == TSL__EXPR_TEXT || (type == TSL__EXPR_NUMBER && name->rank != TSL__NO_NUMBER);
    }
}

static tsl__expr_value missing(void)
{
    return (tsl__expr_value){.number = {.state = TSL__DECIMAL_MISSING}};
}

static tsl__expr_value text_of(const char *text)
{
    return text ? (tsl__expr_value){.text = text, .length = strlen(text)} : missing();
}

static tsl__expr_value number_of(double x, tsl__expr_type type, char buffer[TSL__VALUE_BYTES])
{
    if (isnan(x)) {
        return missing();
    }
    if (type == TSL__EXPR_TEXT) {
        tsl__double_write(x, buffer);
        return text_of(buffer);
    }
    return (tsl__expr_value){.number = tsl__decimal_take(x)};
}

static tsl__expr_value flag_of(double x, tsl__expr_type type, char buffer[TSL__VALUE_BYTES])
{
    return isnan(x) || type == TSL__EXPR_NUMBER ? number_of(x, type, buffer)
           : type == TSL__EXPR_TRUTH            ? (tsl__expr_value){.time = x > 0}
                                                : text_of(x > 0 ? "yes" : "no");
}

static tsl__expr_value date_of(double day, tsl__expr_type type, char buffer[TSL__VALUE_BYTES])
{
    if (!(day >= INT32_MIN && day <= INT32_MAX) || !tsl__day_is_valid((int32_t)day)) {
        return missing();
    }
    if (type == TSL__EXPR_TEXT) {
        tsl_day_write((int32_t)day, buffer);
        return text_of(buffer);
    }
    return (tsl__expr_value){.time = (int64_t)day * DAY_SECONDS, .day_alone = 1};
}

tsl__expr_value tsl__name_get_value(const tsl_labels *labels, const tsl__name *name, tsl__expr_type type,
                                    size_t customer, char buffer[TSL__VALUE_BYTES])
{
    const tsl_features *features = labels->features;
    const double *x = features->x + customer * features->feature_count;
    switch (name->kind) {
    case TSL__NAME_NUMBER:
        return number_of(x[name->index], type, buffer);
    case TSL__NAME_FLAG:
        return flag_of(x[name->index], type, buffer);
    case TSL__NAME_DAYS:
        return date_of((double)features->as_of - x[name->index], type, buffer);
    case TSL__NAME_CATEGORY: {
        if (type == TSL__EXPR_NUMBER) {
            return number_of(x[name->rank], type, buffer);
        }
        const tsl_category *category = &features->category[name->index];
        const int32_t code = category->code[customer];
        return text_of(code < 0 ? NULL : category->level[code]);
    }
    case TSL__NAME_SEGMENT:
        return text_of(labels->policy->segment[labels->customer_segment[customer] - 1].code);
    case TSL__NAME_TIER:
        return text_of(labels->policy->tier_name[labels->customer_tier[customer]].code);
    case TSL__NAME_STAGE:
        return labels->customer_stage[customer] < 0
                   ? missing()
                   : text_of(tsl_stage_get_code((tsl_stage)labels->customer_stage[customer]));
    case TSL__NAME_RFM:
        return labels->customer_rfm[customer] < 0
                   ? missing()
                   : text_of(labels->policy->rfm_map.segment[labels->customer_rfm[customer]].code);
    case TSL__NAME_VALUE:
        return number_of(labels->value[customer], type, buffer);
    case TSL__NAME_SCORE:
        return number_of(labels->score[customer], type, buffer);
    case TSL__NAME_AS_OF:
        return date_of(features->as_of, type, buffer);
    default:
        return missing();
    }
}
