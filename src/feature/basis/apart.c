/* apart.c: the customers who are set apart by rule before clusters are looked for:
 * those who never bought, and those who bought once, a point mass that no distance
 * describes. docs/methods/basis.md has the rule. */
#include "feature/basis/apart.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "stat/quantile.h"
#include "stat/sort.h"
#include "stat/threshold.h"
#include "stat/two_means.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_SHARE 0.05 /* of the buyers: a class holds this share */
#define LEAST_OTHERS 50  /* buyers that are left where one-time buyers are set apart */
#define MOST_SHARE 0.40  /* of the buyers: a larger class is parted */
/* Of the variance of log spend: two parts that tell so much are two levels, as halves of an even spread tell no more.
 */
#define LEVELS_TOLD 0.75
#define CONVENTIONAL_GAP 90 /* days, where nobody came back */
#define GAP_UNITS 1000      /* of a day: a limit of classes is read by people, and quantiles end in digits of no use */

enum { DAYS, RECENCY, TOTAL, NEEDED };
static const char *const needed[NEEDED] = {
    [DAYS] = "purchase_days", [RECENCY] = "recency_days", [TOTAL] = "monetary_total"};

/* What the rule looks at, one a customer: time and again, so that it is taken out of the rows first. */
typedef struct figures {
    const tsl_features *features;
    double *of[NEEDED];
} figures;

static tsl_status open_figures(const tsl_features *features, figures *f, tsl_error *err)
{
    const size_t n = features->customers;
    size_t column[NEEDED];
    tsl_status status = TSL_OK;
    *f = (figures){.features = features};
    TSL__NEED(f->of[0] = tsl__alloc(NEEDED * n, sizeof **f->of));
    for (size_t k = 0; k < NEEDED; k++) {
        f->of[k] = f->of[0] + k * n;
        column[k] = tsl__recipe_find(features->recipe, needed[k]);
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < NEEDED; k++) {
            f->of[k][i] = tsl__x_get(features, i, column[k]);
        }
    }
done:
    return status;
}

static void close_figures(figures *f)
{
    free(f->of[0]);
}

int tsl__apart_is_told(const tsl_recipe *recipe)
{
    int told = 1;
    for (size_t i = 0; i < NEEDED; i++) {
        told = told && tsl__recipe_is_entry(recipe, tsl__recipe_find(recipe, needed[i]));
    }
    return told;
}

int tsl__apart_needs(const tsl_recipe *recipe, const char *feature)
{
    int needs = 0;
    for (size_t i = 0; i < NEEDED && recipe->class_count; i++) {
        needs = needs || strcmp(feature, needed[i]) == 0;
    }
    return needs;
}

static int is_between(double low, double high, double first, double last)
{
    return low == first && high == last;
}

/* Classes of one recency, one or two in number: the larger buyers, the smaller ones. */
static int are_parted_by_total(const tsl_class *class, size_t count)
{
    const double cut = class[0].total_low;
    return count == 1 ? is_between(cut, class[0].total_high, -INFINITY, INFINITY)
                      : count == 2 && isfinite(cut) && is_between(cut, class[0].total_high, cut, INFINITY) &&
                            is_between(class[1].total_low, class[1].total_high, -INFINITY, cut);
}

/* Classes of one purchase day: all together, or the recent ones before the lapsed. */
static int are_parted(const tsl_class *class, size_t count)
{
    const double gap = class[0].recency_high;
    size_t recent = 0;
    while (recent < count && is_between(class[recent].recency_low, class[recent].recency_high, -INFINITY, gap)) {
        recent++;
    }
    for (size_t c = recent; c < count; c++) {
        if (!is_between(class[c].recency_low, class[c].recency_high, gap, INFINITY)) {
            return 0;
        }
    }
    return are_parted_by_total(class, recent) &&
           (gap == INFINITY ? recent == count
                            : isfinite(gap) && recent < count && are_parted_by_total(class + recent, count - recent));
}

int tsl__apart_is_sound(const tsl_recipe *recipe)
{
    const size_t once = recipe->class_count ? recipe->class_count - 1 : 0; /* those who never bought come last */
    for (size_t c = 0; c < recipe->class_count; c++) {
        if (recipe->classes[c].purchase_days != (c < once)) {
            return 0;
        }
    }
    return recipe->class_count == 0 ||
           (tsl__apart_is_told(recipe) && (once == 0 || are_parted(recipe->classes, once)) &&
            is_between(recipe->classes[once].recency_low, recipe->classes[once].recency_high, -INFINITY, INFINITY) &&
            are_parted_by_total(&recipe->classes[once], 1));
}

/* A customer without a purchase has no recency. */
static int is_in(const figures *of, const tsl_class *class, size_t customer)
{
    const double recency = of->of[RECENCY][customer], total = of->of[TOTAL][customer];
    return of->of[DAYS][customer] == class->purchase_days &&
           (class->purchase_days == 0 || (recency > class->recency_low && recency <= class->recency_high &&
                                          total > class->total_low && total <= class->total_high));
}

static size_t count_in(const figures *of, const tsl_class *class)
{
    size_t count = 0;
    for (size_t i = 0; i < of->features->customers; i++) {
        count += (size_t)is_in(of, class, i);
    }
    return count;
}

/* ---- Whose class is which ------------------------------------------------------- */

static tsl_status apply(tsl_features *features, const figures *of, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    free(features->apart);
    TSL__NEED(features->apart = tsl__alloc(features->customers, sizeof *features->apart));
    for (size_t i = 0; i < features->customers; i++) {
        features->apart[i] = -1;
        for (size_t c = 0; c < recipe->class_count; c++) {
            if (is_in(of, &recipe->classes[c], i)) {
                features->apart[i] = (int8_t)c;
            }
        }
    }
done:
    return status;
}

tsl_status tsl__apart_apply(tsl_features *features, tsl_error *err)
{
    tsl_status status = TSL_OK;
    figures of = {.of = {NULL}};
    if (features->recipe->class_count == 0 || !tsl__apart_is_told(features->recipe)) {
        free(features->apart);
        features->apart = NULL;
        return TSL_OK;
    }
    TSL__TRY(open_figures(features, &of, err));
    TSL__TRY(apply(features, &of, err));
done:
    close_figures(&of);
    return status;
}

/* ---- The usual gap ------------------------------------------------------------- */

static tsl_status fit_gap(tsl_features *features, tsl_error *err)
{
    const double half = .5;
    size_t count = 0;
    tsl_status status = TSL_OK;
    double *gap = NULL;
    features->recipe->gap_days = NAN;
    if (!features->history) {
        return TSL_OK;
    }
    TSL__NEED(gap = tsl__alloc(features->customers, sizeof *gap));
    for (size_t i = 0; i < features->customers; i++) {
        const double own = tsl__history_get_row(features, i)[TSL_HISTORY_GAP_P90];
        if (!isnan(own)) {
            gap[count++] = own;
        }
    }
    features->recipe->gap_days = CONVENTIONAL_GAP;
    if (count) {
        double usual;
        tsl__quantiles(gap, count, &half, 1, &usual);
        features->recipe->gap_days = nearbyint(usual * GAP_UNITS) / GAP_UNITS;
    }
done:
    free(gap);
    return status;
}

/* ---- Parting ----------------------------------------------------------------------- */

/* What parts of those who bought once are called: by recency, and by spend. */
static const char *const once_codes[3][3] = {{"ONCE", "ONCE_LARGER", "ONCE_SMALLER"},
                                             {"ONCE_RECENT", "ONCE_RECENT_LARGER", "ONCE_RECENT_SMALLER"},
                                             {"ONCE_LAPSED", "ONCE_LAPSED_LARGER", "ONCE_LAPSED_SMALLER"}};

/* Classes under construction: codes are set when they are final. */
typedef struct parts {
    tsl_class item[TSL_CLASSES_MAX];
    const char *code[TSL_CLASSES_MAX];
    size_t count;
} parts;

static void add_part(parts *into, const tsl_class *part, const char *code)
{
    into->code[into->count] = code;
    into->item[into->count++] = *part;
}

/* Between the larger and the smaller buyers, of totals in rising order: where spend has two levels, between these; else
 * the median. */
static double find_cut(const double *total, double *x, size_t count)
{
    const double median = tsl__sorted_quantile(total, count, .5);
    double told;
    for (size_t i = 0; i < count; i++) {
        x[i] = log1p(fmax(0, total[i]) / median);
    }
    const size_t low = median > 0 ? tsl__two_means_find(x, count, &told) : 0;
    return low == 0 || told < LEVELS_TOLD ? median : tsl__threshold_get(total[low - 1], total[low]);
}

static tsl_status get_cut(const figures *of, const tsl_class *part, double *cut, tsl_error *err)
{
    size_t count = 0;
    tsl_status status = TSL_OK;
    double *total = NULL, *spare = NULL;
    TSL__NEED(total = tsl__alloc(of->features->customers, sizeof *total));
    TSL__NEED(spare = tsl__alloc(of->features->customers, sizeof *spare));
    for (size_t i = 0; i < of->features->customers; i++) {
        if (is_in(of, part, i)) {
            total[count++] = of->of[TOTAL][i];
        }
    }
    tsl__sort(total, spare, count);
    *cut = find_cut(total, spare, count);
done:
    free(total);
    free(spare);
    return status;
}

/* A part as it is, or its larger and its smaller buyers; code: of the part, and of the two. */
static tsl_status add_by_total(const figures *of, const tsl_class *part, size_t buyers, const char *const code[3],
                               parts *into, tsl_error *err)
{
    const size_t count = count_in(of, part);
    tsl_class larger = *part, smaller = *part;
    tsl_status status = TSL_OK;
    if ((double)count > MOST_SHARE * (double)buyers) {
        TSL__TRY(get_cut(of, part, &larger.total_low, err));
        smaller.total_high = larger.total_low;
        const size_t above = count_in(of, &larger), least = above < count - above ? above : count - above;
        if ((double)least >= LEAST_SHARE * (double)buyers) {
            add_part(into, &larger, code[1]);
            add_part(into, &smaller, code[2]);
            return TSL_OK;
        }
    }
    add_part(into, part, code[0]);
done:
    return status;
}

static tsl_status part_once(const figures *of, size_t buyers, const tsl_class *once, parts *into, tsl_error *err)
{
    tsl_class recent = *once, lapsed = *once;
    tsl_status status = TSL_OK;
    recent.recency_high = lapsed.recency_low = of->features->recipe->gap_days;
    const double least = LEAST_SHARE * (double)buyers;
    if ((double)count_in(of, &recent) >= least && (double)count_in(of, &lapsed) >= least) {
        TSL__TRY(add_by_total(of, &recent, buyers, once_codes[1], into, err));
        TSL__TRY(add_by_total(of, &lapsed, buyers, once_codes[2], into, err));
    } else {
        TSL__TRY(add_by_total(of, once, buyers, once_codes[0], into, err));
    }
done:
    return status;
}

static tsl_status take_parts(tsl_recipe *recipe, const parts *from, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < from->count; c++) {
        recipe->classes[c] = from->item[c];
        TSL__NEED(recipe->classes[c].code = tsl__strdup(from->code[c]));
        recipe->class_count++;
    }
done:
    return status;
}

tsl_status tsl__apart_fit(tsl_features *features, tsl_error *err)
{
    static const tsl_class everybody = {
        .recency_low = -INFINITY, .recency_high = INFINITY, .total_low = -INFINITY, .total_high = INFINITY};
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    tsl_class never = everybody, once = everybody;
    parts found = {.count = 0};
    figures of = {.of = {NULL}};
    tsl__recipe_drop_classes(recipe);
    TSL__TRY(fit_gap(features, err));
    if (!tsl__apart_is_told(recipe) || recipe->apart == TSL_APART_NONE) {
        return tsl__apart_apply(features, err);
    }
    TSL__TRY(open_figures(features, &of, err));
    once.purchase_days = 1;
    const size_t buyers = features->customers - count_in(&of, &never), singles = count_in(&of, &once);
    if (recipe->apart != TSL_APART_POTENTIAL && (double)singles >= LEAST_SHARE * (double)buyers &&
        buyers - singles >= LEAST_OTHERS) {
        TSL__TRY(part_once(&of, buyers, &once, &found, err));
    }
    add_part(&found, &never, "POTENTIAL"); /* whom a later table may have */
    TSL__TRY(take_parts(recipe, &found, err));
    TSL__TRY(apply(features, &of, err));
done:
    close_figures(&of);
    return status;
}

/* ---- Another recipe's parts -------------------------------------------------------- */

static const char *get_once_code(const tsl_class *part)
{
    const int when = part->recency_high < INFINITY ? 1 : part->recency_low > -INFINITY ? 2 : 0;
    const int much = part->total_low > -INFINITY ? 1 : part->total_high < INFINITY ? 2 : 0;
    return once_codes[when][much];
}

/* Joins one part with the other of its recency; where there is none, with those of the other recency, which keep their
 * cut; the last of all goes to the clusters. */
static void join_part(parts *of, size_t small)
{
    const tsl_class gone = of->item[small];
    size_t same = of->count;
    of->count--;
    memmove(of->item + small, of->item + small + 1, (of->count - small) * sizeof *of->item);
    for (size_t i = 0; i < of->count; i++) {
        same = of->item[i].recency_low == gone.recency_low && of->item[i].recency_high == gone.recency_high ? i : same;
    }
    for (size_t i = 0; i < of->count; i++) {
        tsl_class *part = &of->item[i];
        if (i == same) {
            part->total_low = -INFINITY;
            part->total_high = INFINITY;
        } else if (same > of->count) {
            part->recency_low = -INFINITY;
            part->recency_high = INFINITY;
        }
        of->code[i] = get_once_code(part);
    }
}

/* The smallest part first; ties: the first. One of nobody is no segment, and may have some again. */
static void join_small(const figures *of, size_t buyers, const tsl__apart_least *least, parts *once)
{
    for (;;) {
        size_t smallest = once->count, count = SIZE_MAX;
        for (size_t i = 0; i < once->count; i++) {
            const size_t own = count_in(of, &once->item[i]);
            smallest = own && own < count ? i : smallest;
            count = own && own < count ? own : count;
        }
        if (smallest == once->count || tsl__apart_is_held(least, count, buyers)) {
            return;
        }
        join_part(once, smallest);
    }
}

tsl_status tsl__apart_take(tsl_features *features, const tsl_recipe *from, const tsl__apart_least *least,
                           tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    parts found = {.count = 0};
    figures of = {.of = {NULL}};
    const size_t once = from->class_count ? from->class_count - 1 : 0; /* those who never bought come last */
    tsl__recipe_drop_classes(recipe);
    recipe->apart = from->apart;
    recipe->gap_days = from->gap_days;
    for (size_t c = 0; c < once; c++) {
        add_part(&found, &from->classes[c], from->classes[c].code);
    }
    if (least && once) {
        TSL__TRY(open_figures(features, &of, err));
        join_small(&of, features->customers - count_in(&of, &from->classes[once]), least, &found);
    }
    for (size_t c = once; c < from->class_count; c++) {
        add_part(&found, &from->classes[c], from->classes[c].code);
    }
    TSL__TRY(take_parts(recipe, &found, err));
    TSL__TRY(tsl__apart_apply(features, err));
done:
    close_figures(&of);
    return status;
}
