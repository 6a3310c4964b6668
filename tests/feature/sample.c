/* sample.c: features made by hand. */
#include "feature/sample.h"

#include "base/alloc.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    tsl_group group;
    const char *unit;
    tsl_feature_form form;
    int profile, sensitive;
    tsl_transform transform;
    size_t block;
} sample_feature[] = {
    {"recency_days", TSL_BEHAVIORAL, "days", TSL_FORM_NUMBER, 0, 0, TSL_LOG1P, 0},
    {"frequency", TSL_BEHAVIORAL, "orders", TSL_FORM_NUMBER, 0, 0, TSL_LOG1P, 1},
    {"channel:网店/app", TSL_BEHAVIORAL, "share", TSL_FORM_NUMBER, 0, 0, TSL_IDENTITY, 2},
    {"monetary_total", TSL_VALUE, "currency", TSL_FORM_NUMBER, 0, 0, TSL_SIGNED_LOG1P, 3},
    {"rfm_score", TSL_VALUE, "", TSL_FORM_NUMBER, 1, 0, TSL_IDENTITY, 4},
    {"Gender=F", TSL_DEMOGRAPHIC, "", TSL_FORM_VALUE, 0, 1, TSL_IDENTITY, 5},
    {"Gender=M", TSL_DEMOGRAPHIC, "", TSL_FORM_VALUE, 0, 1, TSL_IDENTITY, 5},
    {"Subscribed", TSL_DEMOGRAPHIC, "", TSL_FORM_BOOLEAN, 0, 0, TSL_IDENTITY, 6},
};
#define SAMPLE_FEATURES (sizeof sample_feature / sizeof sample_feature[0])

static const struct {
    const char *name;
    int ordered;
    const char *level[4];
} sample_category[] = {
    {"Gender", 0, {"F", "M"}}, {"Größe/Size", 1, {"S", "M", "L", "XL"}},
    {"Größe_Size", 0, {"a"}},  {"customer_id", 0, {"北京", "上海, 浦东", "\"quoted\""}},
    {".", 0, {"x"}},           {"empty", 0, {NULL}},
};
#define SAMPLE_CATEGORIES (sizeof sample_category / sizeof sample_category[0])

static void sample_vector(tsl_features *f, int group, tsl__rng *rng)
{
    tsl_vector *v = &f->vector[group];
    v->column = tsl__alloc_zero(SAMPLE_FEATURES, sizeof *v->column);
    for (size_t i = 0; i < SAMPLE_FEATURES; i++) {
        if ((int)sample_feature[i].group == group && !sample_feature[i].profile && !sample_feature[i].sensitive) {
            int indicator = strcmp(sample_feature[i].name, "monetary_total") == 0;
            v->column[v->cols++] =
                (tsl_vector_column){.name = tsl__format("%s%s", sample_feature[i].name, indicator ? "_missing" : ""),
                                    .feature = i,
                                    .indicator = indicator,
                                    .transform = sample_feature[i].transform,
                                    .low = -tsl__rng_uniform(rng),
                                    .high = i == 0 ? INFINITY : tsl__rng_uniform(rng) * 1e300,
                                    .center = tsl__rng_uniform(rng),
                                    .scale = 5e-324,
                                    .fill = tsl__rng_uniform(rng),
                                    .weight = 1 / sqrt(3)};
        }
    }
    v->values = tsl__alloc(f->customers * v->cols, sizeof *v->values);
    for (size_t i = 0; i < f->customers * v->cols; i++) {
        v->values[i] = (float)(tsl__rng_uniform(rng) * 6 - 3);
    }
}

static void sample_categories(tsl_features *f, tsl__rng *rng)
{
    f->category_count = SAMPLE_CATEGORIES;
    f->category = tsl__alloc_zero(f->category_count, sizeof *f->category);
    for (size_t c = 0; c < f->category_count; c++) {
        tsl_category *category = &f->category[c];
        category->name = tsl__strdup(sample_category[c].name);
        category->ordered = sample_category[c].ordered;
        category->level = tsl__alloc_zero(4, sizeof *category->level);
        while (category->level_count < 4 && sample_category[c].level[category->level_count]) {
            category->level[category->level_count] = tsl__strdup(sample_category[c].level[category->level_count]);
            category->level_count++;
        }
        category->code = tsl__alloc(f->customers, sizeof *category->code);
        for (size_t i = 0; i < f->customers; i++) {
            category->code[i] = (int32_t)tsl__rng_below(rng, category->level_count + 1) - 1;
        }
    }
}

tsl_features *sample_features(size_t customers, int transactions, uint64_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 1, 2);
    tsl_features *f = tsl__alloc_zero(1, sizeof *f);
    f->customers = customers;
    f->id_width = 16;
    f->id = tsl__alloc(customers, sizeof *f->id);
    f->feature_count = SAMPLE_FEATURES;
    f->feature = tsl__alloc(SAMPLE_FEATURES, sizeof *f->feature);
    f->x = tsl__alloc(customers * SAMPLE_FEATURES, sizeof *f->x);
    for (size_t i = 0; i < customers; i++) {
        f->id[i] = tsl__format("%07zu%s", i, i % 5 ? "" : "é客");
    }
    for (size_t i = 0; i < SAMPLE_FEATURES; i++) {
        f->feature[i] = (tsl_feature){.name = tsl__strdup(sample_feature[i].name),
                                      .group = sample_feature[i].group,
                                      .unit = tsl__strdup(sample_feature[i].unit),
                                      .definition = tsl__format("What %s is, in a sentence.", sample_feature[i].name),
                                      .form = sample_feature[i].form,
                                      .profile = sample_feature[i].profile,
                                      .sensitive = sample_feature[i].sensitive,
                                      .transform = sample_feature[i].transform,
                                      .block = sample_feature[i].block};
    }
    for (size_t i = 0; i < customers * SAMPLE_FEATURES; i++) {
        double u = tsl__rng_uniform(&rng);
        f->x[i] = u < 0.1 ? NAN : u < 0.12 ? INFINITY : u < 0.14 ? -0.0 : (u - 0.5) * 1e6;
    }
    for (int g = 0; g < TSL_GROUPS; g++) {
        if (transactions || g != TSL_VALUE) {
            sample_vector(f, g, &rng);
        }
    }
    sample_categories(f, &rng);
    f->history = transactions ? tsl__alloc(customers * TSL_HISTORY_COLUMNS, sizeof *f->history) : NULL;
    for (size_t i = 0; f->history && i < customers * TSL_HISTORY_COLUMNS; i++) {
        f->history[i] = i % 7 ? (double)tsl__rng_below(&rng, 900) : NAN;
    }
    f->as_of = transactions ? 15318 : TSL_NO_DAY;
    f->decimals = 2;
    f->settings = tsl_feature_defaults();
    f->settings.as_of = f->as_of;
    f->settings.scale = TSL_SCALE_ROBUST;
    f->settings.winsor_low = 0.1 + 0.2;
    f->settings.weight[TSL_BEHAVIORAL] = 0;
    f->settings.weight[TSL_VALUE] = 2.5;
    f->settings.max_shares = 3;
    f->options = tsl__strdup("{\"scale\":\"z\",\"winsorise\":[0.001,0.999],\"weights\":[1,1,1]}");
    f->info = (tsl_feature_info){.customers = customers,
                                 .lines = 406829,
                                 .orders = 22190,
                                 .purchases = 18532,
                                 .customers_with_purchase = customers,
                                 .monetary_total = INT64_C(83000658140),
                                 .margin_total = TSL_MISSING_INT,
                                 .purchase_total = INT64_C(89114079040)};
    return f;
}

/* ---- Equality ---- */

static int same_bytes(const void *a, const void *b, size_t count)
{
    return count == 0 || (a && b && memcmp(a, b, count) == 0);
}

static const char *vector_difference(const tsl_features *a, const tsl_features *b, int g)
{
    const tsl_vector *u = &a->vector[g], *v = &b->vector[g];
    if (u->cols != v->cols || !same_bytes(u->values, v->values, a->customers * u->cols * sizeof *u->values)) {
        return "vector";
    }
    for (size_t i = 0; i < u->cols; i++) {
        tsl_vector_column p = u->column[i], q = v->column[i];
        if (strcmp(p.name, q.name) != 0 || p.feature != q.feature || p.indicator != q.indicator ||
            p.transform != q.transform || !same_bytes(&p.low, &q.low, 6 * sizeof p.low)) {
            return "vector column";
        }
    }
    return NULL;
}

static const char *table_difference(const tsl_features *a, const tsl_features *b)
{
    for (size_t i = 0; i < a->feature_count; i++) {
        tsl_feature p = a->feature[i], q = b->feature[i];
        if (strcmp(p.name, q.name) != 0 || p.group != q.group || strcmp(p.unit, q.unit) != 0 ||
            strcmp(p.definition, q.definition) != 0 || p.form != q.form || p.profile != q.profile ||
            p.sensitive != q.sensitive || p.transform != q.transform || p.block != q.block) {
            return "feature";
        }
    }
    for (size_t c = 0; c < a->category_count; c++) {
        const tsl_category *p = &a->category[c], *q = &b->category[c];
        int same = strcmp(p->name, q->name) == 0 && p->ordered == q->ordered && p->level_count == q->level_count &&
                   same_bytes(p->code, q->code, a->customers * sizeof *p->code);
        for (size_t i = 0; same && i < p->level_count; i++) {
            same = strcmp(p->level[i], q->level[i]) == 0;
        }
        if (!same) {
            return "category";
        }
    }
    return NULL;
}

static int same_settings(const tsl_feature_options *p, const tsl_feature_options *q)
{
    return p->as_of == q->as_of && p->scale == q->scale && p->winsor_low == q->winsor_low &&
           p->winsor_high == q->winsor_high && same_bytes(p->weight, q->weight, sizeof p->weight) &&
           p->max_categories == q->max_categories && p->max_shares == q->max_shares &&
           p->missing_share == q->missing_share && p->threads == q->threads && p->progress == q->progress;
}

const char *sample_difference(const tsl_features *a, const tsl_features *b)
{
    const char *difference = NULL;
    if (a->customers != b->customers || a->feature_count != b->feature_count ||
        a->category_count != b->category_count || a->id_width != b->id_width) {
        return "shape";
    }
    for (size_t i = 0; i < a->customers; i++) {
        if (strcmp(a->id[i], b->id[i]) != 0) {
            return "id";
        }
    }
    if (!same_bytes(a->x, b->x, a->customers * a->feature_count * sizeof *a->x)) {
        return "x";
    }
    if (!a->history != !b->history ||
        (a->history && !same_bytes(a->history, b->history, a->customers * TSL_HISTORY_COLUMNS * sizeof *a->history))) {
        return "history";
    }
    for (int g = 0; g < TSL_GROUPS && !difference; g++) {
        difference = vector_difference(a, b, g);
    }
    if (difference || (difference = table_difference(a, b))) {
        return difference;
    }
    const tsl_feature_info *p = &a->info, *q = &b->info;
    int same = a->as_of == b->as_of && a->decimals == b->decimals && strcmp(a->options, b->options) == 0 &&
               same_settings(&a->settings, &b->settings) && p->customers == q->customers && p->lines == q->lines &&
               p->orders == q->orders && p->purchases == q->purchases &&
               p->customers_with_purchase == q->customers_with_purchase && p->monetary_total == q->monetary_total &&
               p->margin_total == q->margin_total && p->purchase_total == q->purchase_total;
    return same ? NULL : "provenance";
}
