/* normalise.c: raw columns -> normalised vector columns: transform, winsorise,
 * centre and scale, fill. docs/methods/normalisation.md has the equations. */
#include "feature/columns/normalise.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/columns/bins.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "stat/moments.h"
#include "stat/normal_scores.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double tsl__transform_get(tsl_transform how, double x)
{
    /* log1p of a negative (a net count of returns) is mirrored: sign(x) ln(1 + |x|). */
    return how == TSL_IDENTITY ? x : copysign(log1p(fabs(x)), x);
}

static double clamp(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

double tsl__transform_invert(const tsl_vector_column *column, double t)
{
    return column->transform == TSL_IDENTITY      ? t
           : column->transform == TSL_LOG1P_UNITS ? expm1(t) * column->unit
                                                  : copysign(expm1(fabs(t)), t);
}

/* A value on the column's scale. */
static double transform(const tsl_vector_column *c, double x)
{
    return c->transform == TSL_LOG1P_UNITS ? log1p((x > 0 ? x : 0) / c->unit) : tsl__transform_get(c->transform, x);
}

double tsl__normalise_get(const tsl_vector_column *c, double x)
{
    double v;
    if (c->indicator) {
        v = isnan(x) ? 1 : 0;
    } else {
        v = isnan(x) ? c->fill : clamp(transform(c, x), c->low, c->high);
    }
    v = c->knot_count ? tsl__normal_scores_get(c->knot, c->knot_count, v) : v;
    double off = v - c->center;
    return isfinite(off) ? off / c->scale : (v / 2 - c->center / 2) / (c->scale / 2);
}

double tsl__normalise_unscale(const tsl_vector_column *c, double v)
{
    const double t = v * c->scale + c->center;
    return c->knot_count ? tsl__normal_scores_invert(c->knot, c->knot_count, t) : t;
}

int tsl__normalise_is_same(const tsl_vector_column *a, const tsl_vector_column *b)
{
    return a->transform == b->transform && a->low == b->low && a->high == b->high && a->center == b->center &&
           a->scale == b->scale && a->unit == b->unit && a->knot_count == b->knot_count &&
           (!a->knot_count || memcmp(a->knot, b->knot, 2 * a->knot_count * sizeof *a->knot) == 0);
}

/* ---- One column ------------------------------------------------------------- */

/* Centre and scale by the chosen method; quartile is q25, q50, q75. */
static void set_scale(tsl_scale scale, const tsl__moments *m, const double quartile[3], tsl_vector_column *c)
{
    double spread = quartile[2] - quartile[0];
    switch (scale) {
    case TSL_SCALE_MINMAX:
        c->center = c->low;
        c->scale = c->high - c->low;
        break;
    case TSL_SCALE_ROBUST:
        c->center = quartile[1];
        c->scale = spread > 0 ? spread : m->sd;
        break;
    case TSL_SCALE_NONE:
    case TSL_SCALE_RANK_NORMAL: /* its knots say all */
        c->center = 0;
        c->scale = 1;
        break;
    default:
        c->center = m->mean;
        c->scale = m->sd;
    }
}

/* Whose values make the columns, and room for those of one, three times over. */
typedef struct scratch {
    const int8_t *apart; /* customers of a class, 0 or above, are passed over; NULL: nobody */
    size_t customers;    /* that are not */
    double *known, *sorted, *spare;
    size_t first;           /* feature of the block: whose missing values are marked */
    unsigned char *missing; /* one a customer, of those apart too */
    tsl__values_look look;  /* of the last one, where it was asked for */
} scratch;

static int scratch_open(scratch *s, size_t customers, const int8_t *apart)
{
    s->apart = apart;
    s->customers = customers;
    for (size_t i = 0; apart && i < customers; i++) {
        s->customers -= apart[i] >= 0;
    }
    s->known = tsl__alloc(3 * customers, sizeof *s->known);
    s->sorted = s->known ? s->known + customers : NULL;
    s->spare = s->known ? s->sorted + customers : NULL;
    s->missing = tsl__alloc(customers, 1);
    return s->known && s->missing;
}

static void scratch_free(scratch *s)
{
    free(s->known);
    free(s->missing);
}

/* The known values of a feature, in the order of the customers; a missing
 * category is all zeros. */
static size_t gather(const tsl_features *features, size_t f, const scratch *s, size_t *missing)
{
    size_t n = 0;
    const int is_value = features->feature[f].form == TSL_FORM_VALUE, mark = f == s->first;
    *missing = 0;
    for (size_t i = 0; i < features->customers; i++) {
        double x = tsl__x_get(features, i, f);
        if (mark) {
            s->missing[i] = (unsigned char)isnan(x);
        }
        if (s->apart && s->apart[i] >= 0) {
            continue;
        }
        if (!isnan(x)) {
            s->known[n++] = x;
            continue;
        }
        ++*missing;
        if (is_value) {
            s->known[n++] = 0;
        }
    }
    return n;
}

/* The bins of a feature, of n sorted values; those that are missing come first of a category. */
static void fit_bins(const tsl_features *features, size_t f, const scratch *s, size_t n, size_t missing)
{
    tsl_bins *bins = &features->recipe->feature[f].bins;
    const tsl_feature_form form = features->feature[f].form;
    const size_t zeros = form == TSL_FORM_VALUE ? missing : 0;
    tsl__bins_fit(s->sorted + zeros, n - zeros, form, bins);
    bins->missing = (double)missing / (double)features->customers;
}

/* A quantile of the values on the column's scale: no transform changes their order, so that two of them are enough. */
static double get_quantile(const tsl_vector_column *c, const double *sorted, size_t n, double p)
{
    const size_t k = tsl__quantile_place(n, p), count = k + 1 < n ? 2 : 1;
    double on_scale[2];
    for (size_t i = 0; i < count; i++) {
        on_scale[i] = transform(c, sorted[k + i]);
    }
    return tsl__quantile_between(on_scale, count, n, p);
}

/* The knots of a column, of n sorted raw values, and the scores of the clamped ones. 0: out of memory. */
static int fit_knots(const scratch *s, size_t n, tsl_vector_column *c)
{
    double knot[2 * TSL_KNOTS_MAX];
    for (size_t i = 0; i < n; i++) { /* no transform changes their order */
        s->spare[i] = clamp(transform(c, s->sorted[i]), c->low, c->high);
    }
    const tsl__weighed all = tsl__weighed_open(s->spare, NULL, n);
    const size_t count = tsl__normal_scores_fit(&all, TSL_KNOTS_MAX, knot);
    c->knot = tsl__alloc(2 * count, sizeof *knot);
    if (!c->knot) {
        return 0;
    }
    memcpy(c->knot, knot, 2 * count * sizeof *knot);
    c->knot_count = count;
    for (size_t i = 0; i < n; i++) {
        s->known[i] = tsl__normal_scores_get(knot, count, s->known[i]);
    }
    return 1;
}

#define SKEWED 1 /* skewness above which a number is taken by its logarithm */

static tsl_transform choose_transform(const tsl_feature *feature, const tsl__own_column *how, const scratch *s,
                                      size_t n)
{
    if (!how || feature->form != TSL_FORM_NUMBER) {
        return feature->transform;
    }
    return !how->by_skewness                            ? how->transform
           : tsl__skewness_get(s->known, n, 1) > SKEWED ? TSL_SIGNED_LOG1P
                                                        : TSL_IDENTITY;
}

/* Of n sorted values. */
static tsl__values_look look_at(const scratch *s, size_t n, size_t missing)
{
    tsl__values_look look = {0, 0};
    size_t most = missing;
    const double median = n ? tsl__sorted_quantile(s->sorted, n, .5) : NAN;
    for (size_t begin = 0, end; begin < n; begin = end) {
        for (end = begin + 1; end < n && s->sorted[end] == s->sorted[begin]; end++) {
        }
        const size_t rows = end - begin + (s->sorted[begin] == median ? missing : 0);
        most = rows > most ? rows : most;
        look.distinct++;
    }
    look.filled = (double)most / (double)s->customers;
    return look;
}

/* One feature's column without its name, and, of a vector's, the feature's bins;
 * 0 where the values do not vary once they are clamped, or none is known; -1: out of memory. */
static int fit_column(const tsl_features *features, size_t f, const tsl__own_column *how, scratch *s,
                      tsl_vector_column *c, double *variance, size_t *missing)
{
    const tsl_feature *feature = &features->feature[f];
    const tsl_feature_options *set = &features->recipe->settings;
    int is_number = feature->form == TSL_FORM_NUMBER;
    size_t n = gather(features, f, s, missing);
    *c = (tsl_vector_column){.feature = f,
                             .transform = choose_transform(feature, how, s, n),
                             .low = 0,
                             .high = 1,
                             .scale = 1,
                             .group = feature->group,
                             .unit = how ? how->unit : 1};
    memcpy(s->sorted, s->known, n * sizeof *s->known);
    tsl__sort(s->sorted, s->spare, n);
    if (!how) {
        fit_bins(features, f, s, n, *missing);
    }
    s->look = look_at(s, how && how->least_distinct ? n : 0, *missing);
    if (n == 0 || (how && is_number && s->look.distinct < how->least_distinct)) {
        return 0;
    }
    double q[5] = {0, 0, 0, 0, 1}, p[5] = {set->winsor_low, .25, .5, .75, set->winsor_high};
    for (size_t i = 0; i < n; i++) {
        s->known[i] = transform(c, s->known[i]);
    }
    if (is_number) {
        for (int i = 0; i < 5; i++) {
            q[i] = get_quantile(c, s->sorted, n, p[i]);
        }
        c->low = q[0];
        c->high = q[4];
        for (size_t i = 0; i < n; i++) {
            s->known[i] = clamp(s->known[i], c->low, c->high);
        }
    }
    tsl__moments m = tsl__moments_get(s->known, NULL, n, 1);
    set_scale(is_number ? set->scale : TSL_SCALE_Z, &m, q + 1, c);
    c->fill = how && how->fill_high ? c->high : is_number ? q[2] : feature->form == TSL_FORM_VALUE ? 0 : m.mean >= .5;
    *variance = m.variance;
    const int varies = c->high > c->low && m.sd > 0;
    if (varies && is_number && set->scale == TSL_SCALE_RANK_NORMAL) {
        if (!fit_knots(s, n, c)) {
            return -1;
        }
        *variance = tsl__moments_get(s->known, NULL, n, 1).variance;
    } else if (!varies && how && how->keep) {
        c->center = c->low;
        c->scale = 1;
        return 1;
    }
    return varies;
}

/* "Gender" of "Gender=F", "channel" of "channel:web", else the name itself. */
static size_t base_length(const tsl_recipe *features, size_t first, size_t end)
{
    const char *name = features->feature[first].name;
    size_t length = strlen(name);
    for (size_t i = first + 1; i < end; i++) {
        size_t same = 0;
        while (same < length && name[same] == features->feature[i].name[same]) {
            same++;
        }
        length = same;
    }
    int is_block = end > first + 1 || features->feature[first].form == TSL_FORM_VALUE;
    while (is_block && length > 0 && name[length - 1] != '=' && name[length - 1] != ':') {
        length--;
    }
    return is_block && length > 0 ? length - 1 : length ? length : strlen(name);
}

/* ---- One block --------------------------------------------------------------- */

/* What the fit of a block of features gave: their columns that vary, then an
 * indicator where over settings.missing_share are missing. */
typedef struct block_fit {
    const tsl__own_column *how; /* NULL: columns of a vector */
    size_t first, end;          /* its features */
    size_t count;
    tsl_vector_column *column;
    uint64_t missing_hash; /* 0 without an indicator */
    double values;         /* total variance of the columns but the indicator */
} block_fit;

static void scale_block(block_fit *b, double total)
{
    for (size_t i = 0; i < b->count && b->end > b->first + 1; i++) {
        b->column[i].scale = sqrt(total); /* the block's total variance becomes 1 */
    }
}

static int fit_indicator(const tsl_features *features, block_fit *b, size_t missing, const scratch *s, double *total)
{
    const tsl_feature *first = &features->feature[b->first];
    double share = (double)missing / (double)s->customers;
    if ((b->how && !b->how->indicators) || !(share > features->recipe->settings.missing_share) ||
        missing == s->customers) {
        return 1;
    }
    tsl_vector_column *c = &b->column[b->count++];
    *c = (tsl_vector_column){.feature = b->first,
                             .indicator = 1,
                             .high = 1,
                             .center = share,
                             .scale = sqrt(share * (1 - share)),
                             .group = first->group,
                             .unit = 1};
    c->name = tsl__format("%.*s_missing", (int)base_length(features->recipe, b->first, b->end), first->name);
    b->missing_hash = tsl__hash64(s->missing, features->customers, 0); /* equal where the same are missing */
    *total += share * (1 - share);
    return c->name != NULL;
}

static tsl_status fit_block(const tsl_features *features, block_fit *b, scratch *s)
{
    double total = 0, variance = 0;
    size_t missing = 0;
    int good = (b->column = tsl__alloc_zero(b->end - b->first + 1, sizeof *b->column)) != NULL;
    s->first = b->first;
    for (size_t f = b->first; f < b->end && good; f++) {
        tsl_vector_column *c = &b->column[b->count];
        const int varies = fit_column(features, f, b->how, s, c, &variance, &missing);
        good = varies >= 0;
        if (varies > 0) {
            total += variance;
            c->name = tsl__strdup(features->feature[f].name);
            b->count++;
            good = c->name != NULL;
        }
    }
    b->values = total;
    good = good && fit_indicator(features, b, missing, s, &total);
    scale_block(b, total);
    return good ? TSL_OK : TSL_E_NOMEM;
}

/* Columns at the end of the recipe's; their names move on. */
static tsl_status append_columns(tsl_recipe *recipe, block_fit *b, int extra)
{
    tsl_vector_column *grown = tsl__realloc(recipe->column, recipe->column_count + b->count, sizeof *grown);
    if (!grown) {
        return TSL_E_NOMEM;
    }
    recipe->column = grown;
    for (size_t i = 0; i < b->count; i++) {
        grown[recipe->column_count] = b->column[i];
        grown[recipe->column_count++].extra = extra;
    }
    b->count = 0;
    return TSL_OK;
}

tsl__own_column tsl__own_column_of(const tsl_recipe *recipe, size_t first)
{
    return (tsl__own_column){.first = first, .transform = recipe->feature[first].transform, .unit = 1, .indicators = 1};
}

tsl_status tsl__normalise_fit_extra(tsl_features *features, const tsl__own_column *how, tsl__values_look *look,
                                    tsl_error *err)
{
    tsl_status status = TSL_OK;
    scratch s = {0};
    block_fit b = {.how = how, .first = how->first, .end = tsl__block_end(features->recipe, how->first)};
    TSL__TRY(scratch_open(&s, features->customers, features->apart) ? fit_block(features, &b, &s) : TSL_E_NOMEM);
    for (size_t i = 0; i < b.count; i++) {
        b.column[i].part = how->part;
        b.column[i].added = how->added;
        b.column[i].scale = how->unscaled ? (b.end > b.first + 1 ? sqrt(2) : 1) : b.column[i].scale;
    }
    TSL__TRY(append_columns(features->recipe, &b, 1));
    tsl__vectors_set(features); /* the columns may have moved */
    if (look) {
        *look = s.look;
    }
done:
    scratch_free(&s);
    tsl__columns_free(b.column, b.count);
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

void tsl__normalise_drop_extras(tsl_features *features)
{
    tsl_recipe *recipe = features->recipe;
    tsl__pools_drop(recipe);
    while (recipe->column_count > 0 && recipe->column[recipe->column_count - 1].extra) {
        tsl__column_close(&recipe->column[--recipe->column_count]);
    }
}

/* ---- All blocks ---------------------------------------------------------------- */

typedef struct block_fits {
    size_t count;
    block_fit *item;
} block_fits;

static void free_blocks(block_fits *all)
{
    for (size_t b = 0; b < all->count; b++) {
        tsl__columns_free(all->item[b].column, all->item[b].count);
    }
    free(all->item);
}

static tsl_status fit_blocks(const tsl_features *features, const tsl_exec *exec, block_fits *all, tsl_error *err)
{
    tsl_status status = TSL_OK;
    all->item = tsl__alloc_zero(features->feature_count, sizeof *all->item);
    if (!all->item) {
        return tsl__error_nomem(err);
    }
    for (size_t f = 0; f < features->feature_count; f = all->item[all->count++].end) {
        all->item[all->count] = (block_fit){.first = f, .end = tsl__block_end(features->recipe, f)};
    }
    const int threads = tsl__memory_get_threads(exec, (3 * sizeof(double) + 1) * features->customers);
#pragma omp parallel num_threads(threads)
    {
        scratch s;
        tsl_status own = scratch_open(&s, features->customers, NULL) ? TSL_OK : TSL_E_NOMEM;
#pragma omp for schedule(dynamic, 1)
        for (size_t b = 0; b < all->count; b++) {
            own = own == TSL_OK ? fit_block(features, &all->item[b], &s) : own;
        }
        scratch_free(&s);
#pragma omp critical
        status = own != TSL_OK ? own : status;
    }
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

/* Profile and sensitive features, and outcomes, are in no vector. */
static int is_apart(const tsl_features *features, const block_fit *b)
{
    const tsl_feature *first = &features->feature[b->first];
    return first->profile || first->sensitive || first->outcome;
}

/* Why a feature has no column of its own. */
typedef enum dropped { UNKNOWN, CONSTANT, RARE, REASONS } dropped;

static const char *const dropped_because[REASONS] = {
    [UNKNOWN] = "not known of any customer",
    [CONSTANT] = "the same for all customers",
    [RARE] = "the same for all but the rarest values, which are drawn in",
};

static dropped why_dropped(const tsl_feature *feature)
{
    const tsl_bins *bins = &feature->bins;
    return isnan(bins->low) ? UNKNOWN : bins->low == bins->high ? CONSTANT : RARE;
}

/* One note a reason on the features that have no column. */
static tsl_status note_dropped(tsl_features *features, const block_fits *all)
{
    tsl__text list[REASONS] = {{0}};
    tsl_status status = TSL_OK;
    for (const block_fit *b = all->item; b < all->item + all->count; b++) {
        size_t at = 0;
        for (size_t f = b->first; f < b->end && !is_apart(features, b); f++) {
            if (at < b->count && !b->column[at].indicator && b->column[at].feature == f) {
                at++;
                continue;
            }
            tsl__text *text = &list[why_dropped(&features->feature[f])];
            tsl__text_puts(text, text->length ? ", " : "");
            tsl__text_puts(text, features->feature[f].name);
        }
    }
    for (int reason = 0; reason < REASONS; reason++) {
        if (list[reason].length && status == TSL_OK) {
            status = tsl__notes_put(&features->info.notes, NULL, "left out of the vectors, being %s: %s",
                                    dropped_because[reason], list[reason].data);
        }
        status = list[reason].failed ? TSL_E_NOMEM : status;
        tsl__text_free(&list[reason]);
    }
    return status;
}

/* An indicator that says the same as an earlier one in the vectors is dropped, and has no part in its block then. */
static void drop_repeats(const tsl_features *features, block_fits *all)
{
    for (block_fit *b = all->item; b < all->item + all->count; b++) {
        for (const block_fit *a = all->item; a < b && b->missing_hash; a++) {
            if (!is_apart(features, a) && !is_apart(features, b) && a->missing_hash == b->missing_hash) {
                tsl__column_close(&b->column[--b->count]);
                b->missing_hash = 0;
                scale_block(b, b->values);
            }
        }
    }
}

/* Group by group, those that stand in the vectors. */
static tsl_status append_vectors(tsl_features *features, const block_fits *all, tsl_error *err)
{
    for (int g = 0; g < TSL_GROUPS; g++) {
        for (block_fit *b = all->item; b < all->item + all->count; b++) {
            if ((int)features->feature[b->first].group == g && !is_apart(features, b) &&
                append_columns(features->recipe, b, 0) != TSL_OK) {
                return tsl__error_nomem(err);
            }
        }
    }
    return TSL_OK;
}

tsl_status tsl__normalise_fit(tsl_features *features, const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    block_fits all = {0};
    TSL__TRY(fit_blocks(features, exec, &all, err));
    drop_repeats(features, &all);
    TSL__TRY(note_dropped(features, &all) == TSL_OK ? TSL_OK : tsl__error_nomem(err));
    TSL__TRY(append_vectors(features, &all, err));
done:
    free_blocks(&all);
    return status;
}

/* ---- Weights ---------------------------------------------------------------------- */

/* 1 where the column's feature shares a block with others, and so does `last`'s. */
static int is_same_unit(const tsl_recipe *recipe, const tsl_vector_column *last, const tsl_vector_column *c)
{
    size_t f = c->feature, block = recipe->feature[f].block;
    int shares = (f > 0 && recipe->feature[f - 1].block == block) ||
                 (f + 1 < recipe->feature_count && recipe->feature[f + 1].block == block);
    return shares && last && last->group == c->group && recipe->feature[last->feature].block == block;
}

void tsl__normalise_weigh(tsl_recipe *recipe, const char *chosen)
{
    size_t units[TSL_GROUPS] = {0};
    /* Columns of one block stand together, in a vector or behind. */
    const tsl_vector_column *last = NULL;
    for (size_t i = 0; i < recipe->column_count; i++) {
        const tsl_vector_column *c = &recipe->column[i];
        if (chosen[i]) {
            units[c->group] += !is_same_unit(recipe, last, c);
            last = c;
        }
    }
    const int own = tsl__basis_is_own(recipe->basis);
    for (size_t i = 0; i < recipe->column_count; i++) {
        tsl_vector_column *c = &recipe->column[i];
        c->weight = chosen[i] ? sqrt(recipe->settings.weight[c->group] / (own ? 1 : (double)units[c->group])) : 0;
    }
}

/* ---- Applying ----------------------------------------------------------------------- */

void tsl__vectors_set(tsl_features *features)
{
    const tsl_recipe *recipe = features->recipe;
    size_t at = 0;
    for (int g = 0; g < TSL_GROUPS; g++) {
        tsl_vector *v = &features->vector[g];
        v->column = recipe->column + at;
        v->cols = 0;
        while (at < recipe->column_count && !recipe->column[at].extra && (int)recipe->column[at].group == g) {
            v->cols++;
            at++;
        }
    }
}

float tsl__vectors_get(const tsl_features *features, const tsl_vector *v, size_t row, size_t column)
{
    if (v->values) {
        return v->values[row * v->cols + column];
    }
    const tsl_vector_column *c = &v->column[column];
    return (float)tsl__normalise_get(c, tsl__x_get(features, row, c->feature));
}

#define NEAR_ROWS 64 /* which the nearest cache holds, while they are gone through column by column */

void tsl__vectors_fill(const tsl_features *features, const tsl_vector *v, size_t begin, size_t end, float *out)
{
    const size_t cols = v->cols;
    for (size_t first = begin; first < end; first += NEAR_ROWS) {
        const size_t last = end - first < NEAR_ROWS ? end : first + NEAR_ROWS;
        for (size_t c = 0; c < cols; c++) {
            const tsl_vector_column column = v->column[c];
            for (size_t i = first; i < last; i++) {
                const double x = tsl__x_get_row(features, i)[column.feature];
                out[(i - begin) * cols + c] = (float)tsl__normalise_get(&column, x);
            }
        }
    }
}

tsl_status tsl__normalise_apply(tsl_features *features, const tsl_exec *exec, tsl_error *err)
{
    size_t n = features->customers, blocks = tsl__block_count(n);
    tsl_status status = TSL_OK;
    tsl__ticker ticker = tsl__ticker_open(exec);
    tsl__vectors_set(features);
    for (int g = 0; g < TSL_GROUPS; g++) {
        tsl_vector *v = &features->vector[g];
        TSL__NEED(v->values = tsl__alloc(n * v->cols, sizeof *v->values));
#pragma omp parallel for num_threads(exec->threads) schedule(static)
        for (size_t b = 0; b < blocks; b++) {
            size_t begin, end;
            tsl__block_get(n, b, &begin, &end);
            tsl__vectors_fill(features, v, begin, end, v->values + begin * v->cols);
        }
        tsl_progress_event event = {.stage = "features", .rows = n, .fraction = .8 + .06 * g, .best_inertia = NAN};
        TSL__TRY(tsl__tick(&ticker, &event, err));
    }
done:
    return status;
}
