/* measures.c: what is looked at of each customer, before and after: whether he is lost or silent, what he bought and
 * spent, how content he is, and outcomes. docs/methods/compare.md. */
#include "label/compare/measures.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/answers.h"
#include "feature/recipe.h"
#include "feature/shelves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MONTH 30.0
#define FREQUENCY_DAYS 90.0
#define SPEND_DAYS 365.0

/* Of one customer; a, b: the features that it is made of, by row of each run, or the groups. */
typedef struct measure measure;
typedef void (*getter)(const measure *m, size_t then, size_t now, double *before, double *after);

struct measure {
    getter get;
    const tsl_migration *all;
    double days;
    size_t then[2], now[2]; /* features, or groups of stages */
};

struct tsl__measures {
    size_t count, room;
    measure *of;
};

static double get_then(const measure *m, size_t row, int which)
{
    return tsl__x_get_row(m->all->then->features, row)[m->then[which]];
}

static double get_now(const measure *m, size_t row, int which)
{
    return tsl__x_get_row(m->all->now->features, row)[m->now[which]];
}

/* ---- Of one customer ------------------------------------------------------------------------------ */

static double is_in(const tsl_roster *roster, size_t row, size_t group)
{
    const tsl_roster_groups *stages = &roster->by[TSL_BY_STAGE];
    const size_t own = (size_t)stages->of[row];
    return *stages->group[own].code ? (double)(own == group) : (double)NAN;
}

static void get_churn(const measure *m, size_t then, size_t now, double *before, double *after)
{
    *before = is_in(m->all->then, then, m->then[0]);
    *after = is_in(m->all->now, now, m->now[0]);
}

/* No purchase in as many days as lie between the runs; one who never bought has none. */
static double is_silent(double recency, double frequency, double days)
{
    return !isnan(recency) ? (double)(recency > days) : frequency == 0 ? 1 : (double)NAN;
}

static void get_silence(const measure *m, size_t then, size_t now, double *before, double *after)
{
    *before = is_silent(get_then(m, then, 0), get_then(m, then, 1), m->days);
    *after = is_silent(get_now(m, now, 0), get_now(m, now, 1), m->days);
}

/* In 30 days, of what a window held before, and of what was added since. */
static void get_frequency(const measure *m, size_t then, size_t now, double *before, double *after)
{
    *before = get_then(m, then, 1) * MONTH / FREQUENCY_DAYS;
    *after = (get_now(m, now, 0) - get_then(m, then, 0)) * MONTH / m->days;
}

static void get_spend(const measure *m, size_t then, size_t now, double *before, double *after)
{
    *before = get_then(m, then, 1) * MONTH / SPEND_DAYS;
    *after = (get_now(m, now, 0) - get_then(m, then, 0)) * MONTH / m->days;
}

static void get_feature(const measure *m, size_t then, size_t now, double *before, double *after)
{
    *before = m->then[0] == SIZE_MAX ? (double)NAN : get_then(m, then, 0);
    *after = get_now(m, now, 0);
}

/* ---- Which there are ---------------------------------------------------------------------------------- */

typedef struct found {
    tsl_effects *effects;
    tsl__measures *out;
    size_t told; /* room of effects->measure */
} found;

static tsl_status add(found *f, const char *code, const char *const names[TSL_LANGS], int is_rate, measure m,
                      tsl_error *err)
{
    tsl_effects *effects = f->effects;
    void *told = effects->measure, *of = f->out->of;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&told, &f->told, effects->measure_count + 1, sizeof *effects->measure) == 0);
    effects->measure = told;
    TSL__NEED(tsl__reserve(&of, &f->out->room, f->out->count + 1, sizeof *f->out->of) == 0);
    f->out->of = of;
    tsl_effect_measure *own = &effects->measure[effects->measure_count++];
    *own = (tsl_effect_measure){.is_rate = is_rate, .has_before = m.then[0] != SIZE_MAX};
    m.all = effects->migration;
    m.days = effects->days;
    f->out->of[f->out->count++] = m;
    TSL__NEED(own->code = tsl__strdup(code));
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(own->names[lang] = tsl__strdup(names[lang]));
    }
done:
    return status;
}

static size_t find_group(const tsl_roster_groups *groups, const char *code)
{
    size_t g = 0;
    while (g < groups->count && strcmp(groups->group[g].code, code) != 0) {
        g++;
    }
    return g;
}

static tsl_status add_churn(found *f, tsl_error *err)
{
    static const char *const names[TSL_LANGS] = {"churn (lost)", "流失率（已流失）"};
    const tsl_migration *all = f->effects->migration;
    const tsl_roster_groups *then = &all->then->by[TSL_BY_STAGE], *now = &all->now->by[TSL_BY_STAGE];
    const size_t lost_then = find_group(then, "lost"), lost_now = find_group(now, "lost");
    return lost_then < then->count && lost_now < now->count
               ? add(f, "churn", names, 1, (measure){.get = get_churn, .then = {lost_then}, .now = {lost_now}}, err)
               : TSL_OK;
}

/* Both features in both runs; 0: they are not there. */
static int find_features(const tsl_migration *all, const char *first, const char *second, measure *m)
{
    const char *const name[2] = {first, second};
    int there = 1;
    for (int i = 0; i < 2; i++) {
        m->then[i] = tsl_features_get_index(all->then->features, name[i]);
        m->now[i] = tsl_features_get_index(all->now->features, name[i]);
        there &= m->then[i] < all->then->features->feature_count && m->now[i] < all->now->features->feature_count;
    }
    return there;
}

static tsl_status add_purchases(found *f, tsl_error *err)
{
    static const char *const bought[TSL_LANGS] = {"purchases in 30 days", "每 30 天购买次数"},
                             *const spent[TSL_LANGS] = {"spend in 30 days", "每 30 天消费"};
    const tsl_migration *all = f->effects->migration;
    char *silent[TSL_LANGS] = {NULL};
    measure m = {.get = NULL};
    tsl_status status = TSL_OK;
    TSL__NEED(silent[0] = tsl__format("no purchase in %d days", f->effects->days));
    TSL__NEED(silent[1] = tsl__format("%d 天内未购买", f->effects->days));
    if (find_features(all, "recency_days", "frequency", &m)) {
        m.get = get_silence;
        TSL__TRY(add(f, "silence", (const char *const *)silent, 1, m, err));
    }
    if (find_features(all, "frequency", "frequency_90d", &m)) {
        m.get = get_frequency;
        TSL__TRY(add(f, "frequency", bought, 0, m, err));
    }
    if (all->has_value && find_features(all, "monetary_total", "monetary_365d", &m)) {
        m.get = get_spend;
        TSL__TRY(add(f, "spend", spent, 0, m, err));
    }
done:
    free(silent[0]);
    free(silent[1]);
    return status;
}

/* A feature of now, and of then where it was there. */
static tsl_status add_feature(found *f, size_t now, tsl_error *err)
{
    const tsl_migration *all = f->effects->migration;
    const tsl_features *is = all->now->features, *was = all->then->features;
    const char *name = is->feature[now].name;
    const size_t then = tsl_features_get_index(was, name);
    const int there = then < was->feature_count && strcmp(was->feature[then].unit, is->feature[now].unit) == 0;
    char *names[TSL_LANGS] = {NULL};
    tsl_status status = TSL_OK;
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__TRY(tsl_feature_get_label(name, tsl_lang_get_code(lang), &names[lang], err));
    }
    TSL__TRY(add(f, name, (const char *const *)names, tsl__features_is_rate(is, now),
                 (measure){.get = get_feature, .then = {there ? then : SIZE_MAX}, .now = {now}}, err));
done:
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        free(names[lang]);
    }
    return status;
}

static int is_of_content(const tsl_feature *feature)
{
    return strcmp(feature->name, "satisfaction_mean") == 0 || strcmp(feature->name, "nps_last") == 0 ||
           feature->role == TSL_ROLE_SATISFACTION || feature->role == TSL_ROLE_NPS;
}

static tsl_status add_told(found *f, tsl_error *err)
{
    const tsl_recipe *recipe = f->effects->migration->now->features->recipe;
    tsl_status status = TSL_OK;
    for (size_t i = 0, end; i < recipe->feature_count; i = end) {
        end = tsl__block_end(recipe, i);
        const size_t told = recipe->feature[i].outcome           ? tsl__answers_find_told(recipe, i, end)
                            : is_of_content(&recipe->feature[i]) ? i
                                                                 : end;
        TSL__TRY(told < end ? add_feature(f, told, err) : TSL_OK);
    }
done:
    return status;
}

tsl_status tsl__measures_open(tsl_effects *effects, tsl__measures **out, tsl_error *err)
{
    const tsl_migration *all = effects->migration;
    tsl_status status = TSL_OK;
    found f = {.effects = effects};
    *out = NULL;
    TSL__NEED(f.out = tsl__alloc_zero(1, sizeof *f.out));
    TSL__TRY(add_churn(&f, err));
    if (all->then->features && all->now->features) {
        TSL__TRY(add_purchases(&f, err));
        TSL__TRY(add_told(&f, err));
    }
    *out = f.out;
    f.out = NULL;
done:
    tsl__measures_free(f.out);
    return status;
}

void tsl__measures_free(tsl__measures *measures)
{
    if (measures) {
        free(measures->of);
        free(measures);
    }
}

void tsl__measures_get(const tsl__measures *measures, size_t which, const tsl__subjects *subjects, double *before,
                       double *after)
{
    for (size_t i = 0; i < subjects->count; i++) {
        measures->of[which].get(&measures->of[which], subjects->then[i], subjects->now[i], &before[i], &after[i]);
    }
}
