/* sample.c: features made by hand. */
#include "feature/sample.h"

#include "feature/recipe_sample.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "feature/columns/normalise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* Numbers in the vectors, whose columns are the recipe's. */
static void sample_vectors(tsl_features *f, tsl__rng *rng)
{
    tsl__vectors_set(f);
    for (int g = 0; g < TSL_GROUPS; g++) {
        tsl_vector *v = &f->vector[g];
        v->values = tsl__alloc(f->customers * v->cols, sizeof *v->values);
        for (size_t i = 0; i < f->customers * v->cols; i++) {
            v->values[i] = (float)(tsl__rng_uniform(rng) * 6 - 3);
        }
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

/* In one block, as a build makes them. */
static char **sample_ids(size_t customers)
{
    char **made = tsl__alloc(customers, sizeof *made);
    for (size_t i = 0; i < customers; i++) {
        made[i] = tsl__format("%07zu%s", i, i % 5 ? "" : "é客");
    }
    char **id = tsl__texts_pack((const char *const *)made, customers);
    for (size_t i = 0; i < customers; i++) {
        free(made[i]);
    }
    free(made);
    return id;
}

tsl_features *sample_features(size_t customers, int transactions, uint64_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 1, 2);
    tsl_features *f = tsl__alloc_zero(1, sizeof *f);
    f->customers = customers;
    f->id_width = 16;
    f->id = sample_ids(customers);
    f->recipe = sample_recipe(transactions, seed);
    f->feature = f->recipe->feature;
    f->feature_count = f->recipe->feature_count;
    f->x = tsl__alloc(customers * f->feature_count, sizeof *f->x);
    for (size_t i = 0; i < customers * f->feature_count; i++) {
        double u = tsl__rng_uniform(&rng);
        f->x[i] = u < 0.1 ? NAN : u < 0.12 ? INFINITY : u < 0.14 ? -0.0 : (u - 0.5) * 1e6;
    }
    sample_vectors(f, &rng);
    sample_categories(f, &rng);
    f->history = transactions ? tsl__alloc(customers * TSL_HISTORY_COLUMNS, sizeof *f->history) : NULL;
    for (size_t i = 0; f->history && i < customers * TSL_HISTORY_COLUMNS; i++) {
        f->history[i] = i % 7 ? (double)tsl__rng_below(&rng, 900) : NAN;
    }
    f->as_of = transactions ? 15318 : TSL_NO_DAY;
    f->decimals = 2;
    f->options = tsl__strdup("{\"scale\":\"z\",\"winsorise\":[0.001,0.999],\"weights\":[1,1,1]}");
    f->info = (tsl_feature_info){.customers = customers,
                                 .lines = 406829,
                                 .orders = 22190,
                                 .purchases = 18532,
                                 .customers_with_purchase = customers,
                                 .monetary_total = INT64_C(83000658140),
                                 .margin_total = TSL_MISSING_INT,
                                 .purchase_total = INT64_C(89114079040),
                                 .unseen = 29};
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
    return NULL;
}

static const char *category_difference(const tsl_features *a, const tsl_features *b)
{
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
    difference = recipe_difference(a->recipe, b->recipe);
    for (int g = 0; g < TSL_GROUPS && !difference; g++) {
        difference = vector_difference(a, b, g);
    }
    if (difference || (difference = category_difference(a, b))) {
        return difference;
    }
    const tsl_feature_info *p = &a->info, *q = &b->info;
    int same = a->as_of == b->as_of && a->decimals == b->decimals && strcmp(a->options, b->options) == 0 &&
               p->customers == q->customers && p->lines == q->lines && p->orders == q->orders &&
               p->purchases == q->purchases && p->customers_with_purchase == q->customers_with_purchase &&
               p->monetary_total == q->monetary_total && p->margin_total == q->margin_total &&
               p->purchase_total == q->purchase_total && p->unseen == q->unseen;
    return same ? NULL : "provenance";
}
