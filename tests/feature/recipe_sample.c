/* recipe_sample.c: a recipe made by hand. */
#include "feature/recipe_sample.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "value/rfm_cuts.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    tsl_group group;
    const char *unit;
    tsl_feature_form form;
    int profile, sensitive;
    tsl_transform transform;
    size_t block;
    const char *entry, *column;
    tsl_column_type type;
    const char *level;
    int rest, window_days;
    const char *known[4];
} sample_feature[] = {
    {"recency_days", TSL_BEHAVIORAL, "days", TSL_FORM_NUMBER, 0, 0, TSL_LOG1P, 0, "recency_days", "", 0, "", 0, 0, {0}},
    {"frequency", TSL_BEHAVIORAL, "orders", TSL_FORM_NUMBER, 0, 0, TSL_LOG1P, 1, "frequency", "", 0, "", 0, 0, {0}},
    {"channel:网店/app",
     TSL_BEHAVIORAL,
     "share",
     TSL_FORM_NUMBER,
     0,
     0,
     TSL_IDENTITY,
     2,
     "channel:",
     "",
     0,
     "网店/app",
     0,
     0,
     {"shop", "网店/app"}},
    {"channel:other",
     TSL_BEHAVIORAL,
     "share",
     TSL_FORM_NUMBER,
     0,
     0,
     TSL_IDENTITY,
     2,
     "channel:",
     "",
     0,
     "",
     1,
     0,
     {0}},
    {"monetary_total",
     TSL_VALUE,
     "currency",
     TSL_FORM_NUMBER,
     0,
     0,
     TSL_SIGNED_LOG1P,
     3,
     "monetary_total",
     "",
     0,
     "",
     0,
     365,
     {0}},
    {"r_score", TSL_VALUE, "points", TSL_FORM_NUMBER, 1, 0, TSL_IDENTITY, 4, "r_score", "", 0, "", 0, 0, {0}},
    {"f_score", TSL_VALUE, "points", TSL_FORM_NUMBER, 1, 0, TSL_IDENTITY, 5, "f_score", "", 0, "", 0, 0, {0}},
    {"m_score", TSL_VALUE, "points", TSL_FORM_NUMBER, 1, 0, TSL_IDENTITY, 6, "m_score", "", 0, "", 0, 0, {0}},
    {"rfm_score", TSL_VALUE, "", TSL_FORM_NUMBER, 1, 0, TSL_IDENTITY, 7, "rfm_score", "", 0, "", 0, 0, {0}},
    {"Gender=F",
     TSL_DEMOGRAPHIC,
     "",
     TSL_FORM_VALUE,
     0,
     1,
     TSL_IDENTITY,
     8,
     "",
     "Gender",
     TSL_TYPE_CATEGORY,
     "F",
     0,
     0,
     {"", "F", "M"}},
    {"Gender=M",
     TSL_DEMOGRAPHIC,
     "",
     TSL_FORM_VALUE,
     0,
     1,
     TSL_IDENTITY,
     8,
     "",
     "Gender",
     TSL_TYPE_CATEGORY,
     "M",
     0,
     0,
     {0}},
    {"Subscribed",
     TSL_DEMOGRAPHIC,
     "",
     TSL_FORM_BOOLEAN,
     0,
     0,
     TSL_IDENTITY,
     9,
     "",
     "Subscribed",
     TSL_TYPE_BOOLEAN,
     "",
     0,
     0,
     {0}},
    {"Größe/Size",
     TSL_DEMOGRAPHIC,
     "rank",
     TSL_FORM_NUMBER,
     0,
     0,
     TSL_IDENTITY,
     10,
     "",
     "Größe/Size",
     TSL_TYPE_ORDINAL,
     "",
     0,
     0,
     {"S", "M", "L"}},
    {"purchase_days",
     TSL_BEHAVIORAL,
     "days",
     TSL_FORM_NUMBER,
     1,
     0,
     TSL_LOG1P,
     11,
     "purchase_days",
     "",
     0,
     "",
     0,
     0,
     {0}},
};
#define SAMPLE_FEATURES (sizeof sample_feature / sizeof sample_feature[0])

/* Bins of all counts, 0 to the most. */
static tsl_bins make_bins(size_t feature, tsl__rng *rng)
{
    size_t count = feature * TSL_BINS_MAX / (SAMPLE_FEATURES - 1);
    tsl_bins bins = {.count = count, .low = count ? -1e300 : NAN, .high = count ? 1e300 : NAN, .missing = .125};
    for (size_t b = 0; b < count; b++) {
        bins.cut[b] = b + 1 < count ? (double)b + tsl__rng_uniform(rng) : 0;
        bins.share[b] = 1 / (double)count;
    }
    return bins;
}

static void make_feature(size_t i, tsl_feature *f, tsl__rng *rng)
{
    *f = (tsl_feature){.name = tsl__strdup(sample_feature[i].name),
                       .group = sample_feature[i].group,
                       .unit = tsl__strdup(sample_feature[i].unit),
                       .definition = tsl__format("What %s is, in a sentence.", sample_feature[i].name),
                       .form = sample_feature[i].form,
                       .profile = sample_feature[i].profile,
                       .sensitive = sample_feature[i].sensitive,
                       .transform = sample_feature[i].transform,
                       .block = sample_feature[i].block,
                       .entry = tsl__strdup(sample_feature[i].entry),
                       .column = tsl__strdup(sample_feature[i].column),
                       .role = TSL_ROLE_NONE,
                       .type = sample_feature[i].type,
                       .level = tsl__strdup(sample_feature[i].level),
                       .rest = sample_feature[i].rest,
                       .window_days = sample_feature[i].window_days,
                       .bins = make_bins(i, rng)};
    while (f->known_count < 4 && sample_feature[i].known[f->known_count]) {
        f->known_count++;
    }
    f->known = f->known_count ? tsl__alloc(f->known_count, sizeof *f->known) : NULL;
    for (size_t k = 0; k < f->known_count; k++) {
        f->known[k] = tsl__strdup(sample_feature[i].known[k]);
    }
}

/* Extreme numbers, which can yet be applied. */
static void add_column(tsl_recipe *recipe, size_t feature, int extra, tsl__rng *rng)
{
    int indicator = strcmp(sample_feature[feature].name, "monetary_total") == 0;
    recipe->column[recipe->column_count++] =
        (tsl_vector_column){.name = tsl__format("%s%s", sample_feature[feature].name, indicator ? "_missing" : ""),
                            .feature = feature,
                            .indicator = indicator,
                            .transform = sample_feature[feature].transform,
                            .low = -tsl__rng_uniform(rng),
                            .high = feature == 0 ? INFINITY : tsl__rng_uniform(rng) * 1e300,
                            .center = tsl__rng_uniform(rng),
                            .scale = 5e-324,
                            .fill = tsl__rng_uniform(rng),
                            .group = sample_feature[feature].group,
                            .extra = extra,
                            .added = extra,
                            .weight = extra ? 0 : 1 / sqrt(3),
                            .unit = 1 + tsl__rng_uniform(rng)};
}

/* Knots of one column, of extreme numbers. */
static void make_knots(tsl_vector_column *column)
{
    static const double knots[] = {-1e300, -5e-324, 0.1 + 0.2, -2, -2, 0.1 + 0.2};
    column->knot_count = 3;
    column->knot = tsl__alloc(6, sizeof *knots);
    memcpy(column->knot, knots, sizeof knots);
}

static void make_columns(tsl_recipe *recipe, int transactions, tsl__rng *rng)
{
    recipe->column = tsl__alloc_zero(SAMPLE_FEATURES, sizeof *recipe->column);
    for (int g = 0; g < TSL_GROUPS; g++) {
        for (size_t i = 0; i < SAMPLE_FEATURES && (transactions || g != TSL_VALUE); i++) {
            if ((int)sample_feature[i].group == g && !sample_feature[i].profile && !sample_feature[i].sensitive) {
                add_column(recipe, i, 0, rng);
            }
        }
    }
    for (size_t i = 0; i < SAMPLE_FEATURES; i++) {
        if (sample_feature[i].sensitive) {
            add_column(recipe, i, 1, rng);
        }
    }
    if (transactions) {
        make_knots(&recipe->column[1]);
        make_knots(&recipe->column[4]);
    }
}

/* Those who bought once, by recency and partly by total, and those who never bought. */
static void make_classes(tsl_recipe *recipe)
{
    static const tsl_class classes[] = {
        {"ONCE_RECENT", 1, -INFINITY, 0.1 + 0.2, -INFINITY, INFINITY},
        {"ONCE_LAPSED_LARGER", 1, 0.1 + 0.2, INFINITY, -5e-324, INFINITY},
        {"ONCE_LAPSED_SMALLER", 1, 0.1 + 0.2, INFINITY, -INFINITY, -5e-324},
        {"POTENTIAL", 0, -INFINITY, INFINITY, -INFINITY, INFINITY},
    };
    for (size_t c = 0; c < sizeof classes / sizeof *classes; c++) {
        recipe->classes[c] = classes[c];
        recipe->classes[c].code = tsl__strdup(classes[c].code);
        recipe->class_count++;
    }
}

/* All that a file keeps of the models. */
static void make_value(tsl_value_model *value, tsl__rng *rng)
{
    for (int k = 0; k < TSL_CHOICE_KINDS; k++) {
        tsl_purchase_model *m = &value->purchases.model[k];
        m->kind = (tsl_purchase_kind)k;
        m->verdict = (tsl_fit_verdict)(k % TSL_FIT_EMPTY);
        m->log_likelihood = -1e6 * tsl__rng_uniform(rng);
        m->customers = 0.1 + 0.2;
        for (int i = 0; i < TSL_PURCHASE_PARAMETERS; i++) {
            m->parameter[i] = 1e-9 + tsl__rng_uniform(rng);
            m->standard_error[i] = i ? tsl__rng_uniform(rng) : (double)NAN;
        }
    }
    value->purchases.chosen = TSL_PARETO_NBD;
    value->spend = (tsl_spend_model){.parameter = {0.1 + 0.2, 2, 3},
                                     .standard_error = {1, NAN, 3},
                                     .log_likelihood = -1.5,
                                     .customers = 7,
                                     .rejected = UINT64_C(1) << 40,
                                     .correlation = -.1 - .2,
                                     .verdict = TSL_FIT_NO_MEAN};
}

/* Nested scores of four bins. */
static void make_cuts(tsl_recipe *recipe, tsl__rng *rng)
{
    recipe->rfm = (tsl_rfm){.method = TSL_RFM_RANK, .bins = 4, .nested = 1};
    for (size_t list = 0; list < tsl__rfm_get_lists(&recipe->rfm); list++) {
        for (int c = 0; c < recipe->rfm.bins - 1; c++) {
            tsl__rfm_get_list(&recipe->rfm, list)[c] = (double)list + c + tsl__rng_uniform(rng);
        }
    }
}

tsl_recipe *sample_recipe(int transactions, uint64_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 3, 4);
    tsl_recipe *recipe = tsl__alloc_zero(1, sizeof *recipe);
    recipe->feature = tsl__alloc_zero(SAMPLE_FEATURES, sizeof *recipe->feature);
    for (recipe->feature_count = 0; recipe->feature_count < SAMPLE_FEATURES; recipe->feature_count++) {
        make_feature(recipe->feature_count, &recipe->feature[recipe->feature_count], &rng);
    }
    make_columns(recipe, transactions, &rng);
    recipe->basis = transactions ? TSL_BASIS_VALUE : TSL_BASIS_ALL;
    recipe->apart = transactions ? TSL_APART_ONCE : TSL_APART_NONE;
    recipe->gap_days = transactions ? 0.1 + 0.2 : NAN;
    if (transactions) {
        make_classes(recipe);
    }
    recipe->customers = UINT64_C(1) << 40;
    recipe->tables = 1u << TSL_CUSTOMERS | (transactions ? 1u << TSL_TRANSACTIONS : 0);
    recipe->decimals = 2;
    recipe->median_purchase = transactions ? 0.1 + 0.2 : 0;
    recipe->has_rfm = transactions;
    if (transactions) {
        make_cuts(recipe, &rng);
    }
    recipe->has_value = transactions;
    if (transactions) {
        make_value(&recipe->value, &rng);
    }
    recipe->reading[TSL_CUSTOMERS] = tsl__strdup("{\"table\":\"customers\",\"roles\":{\"customer\":\"客户\"}}");
    recipe->reading[TSL_TRANSACTIONS] = transactions ? tsl__strdup("{\"table\":\"transactions\"}") : NULL;
    TSL_DEFAULTS(feature, &recipe->settings);
    recipe->settings.scale = TSL_SCALE_ROBUST;
    recipe->settings.winsor_low = 0.1 + 0.2;
    recipe->settings.weight[TSL_BEHAVIORAL] = 0;
    recipe->settings.weight[TSL_VALUE] = 2.5;
    recipe->settings.max_shares = 3;
    if (transactions) {
        static const tsl_correlated pairs[] = {{0, 3, -1}, {1, 2, 0.98}};
        recipe->correlated_count = 2;
        recipe->correlated = tsl__alloc(2, sizeof *pairs);
        memcpy(recipe->correlated, pairs, sizeof pairs);
    }
    recipe->settings.returns = transactions ? TSL_RETURNS_MATCHED : TSL_RETURNS_NET;
    recipe->settings.events = transactions ? TSL_EVENTS_ALL : TSL_EVENTS_PURCHASES;
    recipe->weight = transactions ? tsl__strdup(recipe->feature[0].name) : NULL;
    return recipe;
}

static double *copy_numbers(const double *from, size_t count)
{
    double *to = tsl__alloc(count, sizeof *to);
    memcpy(to, from, count * sizeof *to);
    return to;
}

void sample_add_pool(tsl_recipe *recipe)
{
    static const double numbers[] = {0.1 + 0.2, -5e-324, 1e300, 0.6, -0.8, 1};
    tsl_pool *pool = &recipe->pool[TSL_BEHAVIORAL];
    size_t first = 0;
    while (recipe->column[first].group != TSL_BEHAVIORAL) {
        first++;
    }
    *pool = (tsl_pool){.count = 2, .components = 1, .first = recipe->column_count};
    pool->column = tsl__alloc(2, sizeof *pool->column);
    pool->mean = copy_numbers(numbers, 2);
    pool->sd = copy_numbers(numbers + 2, 2);
    pool->sd[1] = 5e-324;
    pool->loading = copy_numbers(numbers + 3, 2);
    pool->variance = copy_numbers(numbers + 5, 1);
    for (size_t j = 0; j < 2; j++) {
        pool->column[j] = first + 2 * j;
        recipe->column[first + 2 * j].pooled = 1;
        recipe->column[first + 2 * j].weight = 0;
    }
    recipe->column = tsl__realloc(recipe->column, recipe->column_count + 1, sizeof *recipe->column);
    recipe->column[recipe->column_count++] = (tsl_vector_column){.name = tsl__strdup("behavioral_pc1"),
                                                                 .low = -INFINITY,
                                                                 .high = INFINITY,
                                                                 .scale = 1,
                                                                 .group = TSL_BEHAVIORAL,
                                                                 .extra = 1,
                                                                 .weight = 0.1,
                                                                 .unit = 1,
                                                                 .component = 1};
    recipe->settings.pca[TSL_BEHAVIORAL] = 1;
}

/* ---- Equality ---- */

static int same_bytes(const void *a, const void *b, size_t count)
{
    return count == 0 || (a && b && memcmp(a, b, count) == 0);
}

static int same_bins(const tsl_bins *p, const tsl_bins *q)
{
    return p->count == q->count && same_bytes(p->cut, q->cut, sizeof p->cut) &&
           same_bytes(p->share, q->share, sizeof p->share) && same_bytes(&p->low, &q->low, sizeof p->low) &&
           same_bytes(&p->high, &q->high, sizeof p->high) && same_bytes(&p->missing, &q->missing, sizeof p->missing);
}

static int same_feature(const tsl_feature *p, const tsl_feature *q)
{
    int same = p->known_count == q->known_count && !p->known == !q->known;
    for (size_t k = 0; same && k < p->known_count; k++) {
        same = strcmp(p->known[k], q->known[k]) == 0;
    }
    return same && strcmp(p->name, q->name) == 0 && p->group == q->group && strcmp(p->unit, q->unit) == 0 &&
           strcmp(p->definition, q->definition) == 0 && p->form == q->form && p->profile == q->profile &&
           p->sensitive == q->sensitive && p->transform == q->transform && p->block == q->block &&
           strcmp(p->entry, q->entry) == 0 && strcmp(p->column, q->column) == 0 && p->role == q->role &&
           p->type == q->type && strcmp(p->level, q->level) == 0 && p->rest == q->rest &&
           p->window_days == q->window_days && same_bins(&p->bins, &q->bins);
}

static int same_column(const tsl_vector_column *p, const tsl_vector_column *q)
{
    return strcmp(p->name, q->name) == 0 && p->feature == q->feature && p->indicator == q->indicator &&
           p->transform == q->transform && same_bytes(&p->low, &q->low, 5 * sizeof p->low) && p->group == q->group &&
           p->extra == q->extra && p->part == q->part && p->added == q->added &&
           same_bytes(&p->weight, &q->weight, 2 * sizeof p->weight) && /* and unit */
           p->pooled == q->pooled && p->component == q->component && p->knot_count == q->knot_count &&
           same_bytes(p->knot, q->knot, 2 * p->knot_count * sizeof *p->knot);
}

static int same_classes(const tsl_recipe *a, const tsl_recipe *b)
{
    int same = a->basis == b->basis && a->apart == b->apart && a->class_count == b->class_count &&
               same_bytes(&a->gap_days, &b->gap_days, sizeof a->gap_days);
    for (size_t c = 0; c < a->class_count && same; c++) {
        const tsl_class *p = &a->classes[c], *q = &b->classes[c];
        same = strcmp(p->code, q->code) == 0 && same_bytes(&p->purchase_days, &q->purchase_days, 5 * sizeof(double));
    }
    return same;
}

static int same_settings(const tsl_feature_options *p, const tsl_feature_options *q)
{
    return p->size == q->size && p->scale == q->scale && p->winsor_low == q->winsor_low &&
           p->winsor_high == q->winsor_high && same_bytes(p->weight, q->weight, sizeof p->weight) &&
           p->max_categories == q->max_categories && p->max_shares == q->max_shares &&
           p->missing_share == q->missing_share && same_bytes(p->pca, q->pca, sizeof p->pca) &&
           p->selection.include_count == q->selection.include_count &&
           p->selection.exclude_count == q->selection.exclude_count && p->allow_missing == q->allow_missing &&
           p->refit == q->refit && p->returns == q->returns && p->events == q->events;
}

static int same_pools(const tsl_pool *p, const tsl_pool *q)
{
    return p->count == q->count && p->components == q->components && p->first == q->first &&
           same_bytes(p->column, q->column, p->count * sizeof *p->column) &&
           same_bytes(p->mean, q->mean, p->count * sizeof *p->mean) &&
           same_bytes(p->sd, q->sd, p->count * sizeof *p->sd) &&
           same_bytes(p->loading, q->loading, p->count * p->components * sizeof *p->loading) &&
           same_bytes(p->variance, q->variance, p->components * sizeof *p->variance);
}

/* All but how long the fits took, and in how many steps, which the file does not tell. */
static tsl_value_model without_effort(const tsl_value_model *model)
{
    tsl_value_model out = *model;
    for (int k = 0; k < TSL_CHOICE_KINDS; k++) {
        out.purchases.model[k].seconds = 0;
        out.purchases.model[k].steps = 0;
    }
    out.spend.seconds = 0;
    out.spend.steps = 0;
    return out;
}

static int same_values(const tsl_value_model *a, const tsl_value_model *b)
{
    const tsl_value_model p = without_effort(a), q = without_effort(b);
    return same_bytes(&p, &q, sizeof p);
}

const char *recipe_difference(const tsl_recipe *a, const tsl_recipe *b)
{
    if (a->feature_count != b->feature_count || a->column_count != b->column_count) {
        return "shape";
    }
    for (size_t i = 0; i < a->feature_count; i++) {
        if (!same_feature(&a->feature[i], &b->feature[i])) {
            return "feature";
        }
    }
    for (size_t i = 0; i < a->column_count; i++) {
        if (!same_column(&a->column[i], &b->column[i])) {
            return "vector column";
        }
    }
    int same = a->customers == b->customers && a->tables == b->tables && a->decimals == b->decimals &&
               same_bytes(&a->median_purchase, &b->median_purchase, sizeof a->median_purchase) &&
               a->has_rfm == b->has_rfm && same_bytes(&a->rfm, &b->rfm, sizeof a->rfm) && a->plain == b->plain &&
               a->has_value == b->has_value && (!a->has_value || a->settings.discount == b->settings.discount) &&
               same_values(&a->value, &b->value) && !a->weight == !b->weight &&
               (!a->weight || strcmp(a->weight, b->weight) == 0);
    for (int kind = 0; kind < TSL_TABLE_KINDS && same; kind++) {
        const char *p = a->reading[kind], *q = b->reading[kind];
        same = !p == !q && (!p || strcmp(p, q) == 0);
    }
    same = same && a->correlated_count == b->correlated_count;
    for (size_t p = 0; p < a->correlated_count && same; p++) {
        same = a->correlated[p].a == b->correlated[p].a && a->correlated[p].b == b->correlated[p].b &&
               a->correlated[p].r == b->correlated[p].r;
    }
    for (int g = 0; g < TSL_GROUPS && same; g++) {
        same = same_pools(&a->pool[g], &b->pool[g]);
    }
    return !same                                       ? "constants"
           : !same_classes(a, b)                       ? "classes"
           : same_settings(&a->settings, &b->settings) ? NULL
                                                       : "settings";
}
