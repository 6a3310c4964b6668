/* normalise.c: raw columns -> normalised vector columns: transform, winsorise,
 * centre and scale, fill. docs/methods/normalisation.md has the equations. */
#include "feature/normalise.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/text.h"
#include "stat/quantile.h"

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

double tsl__normalise_get(const tsl_vector_column *c, double x)
{
    double v;
    if (c->indicator) {
        v = isnan(x) ? 1 : 0;
    } else {
        v = isnan(x) ? c->fill : clamp(tsl__transform_get(c->transform, x), c->low, c->high);
    }
    return (v - c->center) / c->scale;
}

size_t tsl__block_end(const tsl_features *features, size_t first)
{
    size_t end = first + 1;
    while (end < features->feature_count && features->feature[end].block == features->feature[first].block) {
        end++;
    }
    return end;
}

/* Mean and population variance of v[0..n), in two passes. */
static void moments(const double *v, size_t n, double *mean, double *variance)
{
    double sum = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        sum += v[i];
    }
    *mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        square += (v[i] - *mean) * (v[i] - *mean);
    }
    *variance = square / (double)n;
}

/* Centre and scale by the chosen method; quartile is q25, q50, q75. */
static void set_scale(tsl_scale scale, double mean, double variance, const double quartile[3], tsl_vector_column *c)
{
    double spread = quartile[2] - quartile[0];
    switch (scale) {
    case TSL_SCALE_MINMAX:
        c->center = c->low;
        c->scale = c->high - c->low;
        break;
    case TSL_SCALE_ROBUST:
        c->center = quartile[1];
        c->scale = spread > 0 ? spread : sqrt(variance);
        break;
    case TSL_SCALE_NONE:
        c->center = 0;
        c->scale = 1;
        break;
    default:
        c->center = mean;
        c->scale = sqrt(variance);
    }
}

/* One feature's column without its name; the variance of the clamped values, 0
 * where it is constant or nothing is known. */
static double fit_column(const tsl_features *features, size_t f, double *known, double *sorted, size_t *missing,
                         tsl_vector_column *c)
{
    const tsl_feature *feature = &features->feature[f];
    const tsl_feature_options *s = &features->settings;
    size_t n = 0, cols = features->feature_count;
    int is_value = feature->form == TSL_FORM_VALUE;
    *missing = 0;
    for (size_t i = 0; i < features->customers; i++) {
        double x = features->x[i * cols + f];
        if (isnan(x)) {
            ++*missing;
            if (!is_value) {
                continue;
            }
            x = 0; /* a missing category is all zeros */
        }
        known[n++] = tsl__transform_get(feature->transform, x);
    }
    *c = (tsl_vector_column){.feature = f, .transform = feature->transform, .low = 0, .high = 1, .scale = 1};
    if (n == 0) {
        return 0;
    }
    double q[5] = {0, 0, 0, 0, 1}, p[5] = {s->winsor_low, .25, .5, .75, s->winsor_high};
    if (feature->form == TSL_FORM_NUMBER) {
        memcpy(sorted, known, n * sizeof *known);
        tsl__quantiles(sorted, n, p, 5, q);
        c->low = q[0];
        c->high = q[4];
        for (size_t i = 0; i < n; i++) {
            known[i] = clamp(known[i], c->low, c->high);
        }
    }
    double mean, variance;
    moments(known, n, &mean, &variance);
    set_scale(feature->form == TSL_FORM_NUMBER ? s->scale : TSL_SCALE_Z, mean, variance, q + 1, c);
    c->fill = feature->form == TSL_FORM_NUMBER ? q[2] : is_value ? 0 : mean >= .5;
    return c->high > c->low ? variance : 0;
}

static uint64_t hash_missing(const tsl_features *features, size_t f, double *scratch)
{
    unsigned char *mask = (unsigned char *)scratch;
    for (size_t i = 0; i < features->customers; i++) {
        mask[i] = (unsigned char)isnan(features->x[i * features->feature_count + f]);
    }
    return tsl__hash64(mask, features->customers, 0);
}

/* "Gender" of "Gender=F", "channel" of "channel:web", else the name itself. */
static size_t base_length(const tsl_features *features, size_t first, size_t end)
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

tsl_status tsl__normalise_fit(const tsl_features *features, size_t first, size_t end, double *scratch,
                              tsl_vector_column *out, size_t *count, uint64_t *missing_hash)
{
    double *known = scratch, *sorted = scratch + features->customers, total = 0;
    size_t missing = 0, n = 0;
    for (size_t f = first; f < end; f++) {
        double variance = fit_column(features, f, known, sorted, &missing, &out[n]);
        if (variance > 0) {
            total += variance;
            out[n++].name = tsl__strdup(features->feature[f].name);
        }
    }
    double share = (double)missing / (double)features->customers;
    *missing_hash = 0;
    if (share > features->settings.missing_share && missing < features->customers) {
        size_t length = base_length(features, first, end);
        out[n] = (tsl_vector_column){
            .feature = first, .indicator = 1, .high = 1, .center = share, .scale = sqrt(share * (1 - share))};
        out[n++].name = tsl__format("%.*s_missing", (int)length, features->feature[first].name);
        *missing_hash = hash_missing(features, first, scratch);
        total += share * (1 - share);
    }
    *count = n;
    for (size_t i = 0; i < n; i++) {
        if (!out[i].name) {
            return TSL_E_NOMEM;
        }
        if (end > first + 1) {
            out[i].scale = sqrt(total); /* the block's total variance becomes 1 */
        }
    }
    return TSL_OK;
}

void tsl__normalise_weigh(const tsl_features *features, tsl_vector_column *column, const tsl_group *group, size_t count)
{
    size_t units[TSL_GROUPS] = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            size_t f = column[i].feature;
            size_t block = features->feature[f].block;
            int shares_block = (f > 0 && features->feature[f - 1].block == block) ||
                               (f + 1 < features->feature_count && features->feature[f + 1].block == block);
            int is_next = shares_block && i > 0 && group[i - 1] == group[i] &&
                          features->feature[column[i - 1].feature].block == block;
            if (pass == 0) {
                units[group[i]] += !is_next;
            } else {
                column[i].weight = sqrt(features->settings.weight[group[i]] / (double)units[group[i]]);
            }
        }
    }
}

/* What the fits of all blocks gave. */
typedef struct fits {
    size_t blocks;
    size_t *first;
    size_t *count;
    uint64_t *hash;
    tsl_vector_column **column;
} fits;

static void free_columns(tsl_vector_column *column, size_t count)
{
    for (size_t i = 0; column && i < count; i++) {
        free(column[i].name);
    }
    free(column);
}

static void free_fits(fits *all)
{
    for (size_t b = 0; all->column && b < all->blocks; b++) {
        free_columns(all->column[b], all->count[b]);
    }
    free(all->first);
    free(all->count);
    free(all->hash);
    free(all->column);
}

static tsl_status open_fits(const tsl_features *features, fits *all, tsl_error *err)
{
    size_t n = features->feature_count;
    all->first = tsl__alloc(n + 1, sizeof *all->first);
    all->count = tsl__alloc_zero(n, sizeof *all->count);
    all->hash = tsl__alloc_zero(n, sizeof *all->hash);
    all->column = tsl__alloc_zero(n, sizeof *all->column);
    if (!all->first || !all->count || !all->hash || !all->column) {
        return tsl__error_nomem(err);
    }
    for (size_t f = 0; f < n; f = tsl__block_end(features, f)) {
        all->first[all->blocks++] = f;
    }
    all->first[all->blocks] = n;
    return TSL_OK;
}

static tsl_status fit_blocks(const tsl_features *features, int threads, fits *all, tsl_error *err)
{
    tsl_status status = TSL_OK;
#pragma omp parallel num_threads(threads)
    {
        double *scratch = tsl__alloc(2 * features->customers, sizeof *scratch);
        tsl_status own = scratch ? TSL_OK : TSL_E_NOMEM;
#pragma omp for schedule(dynamic, 1)
        for (size_t b = 0; b < all->blocks; b++) {
            size_t first = all->first[b], end = all->first[b + 1];
            const tsl_feature *f = &features->feature[first];
            if (own != TSL_OK || f->profile || f->sensitive) {
                continue;
            }
            all->column[b] = tsl__alloc_zero(end - first + 1, sizeof **all->column);
            own = all->column[b]
                      ? tsl__normalise_fit(features, first, end, scratch, all->column[b], &all->count[b], &all->hash[b])
                      : TSL_E_NOMEM;
        }
        free(scratch);
#pragma omp critical
        status = own != TSL_OK ? own : status;
    }
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

/* Why a feature has no column of its own. */
typedef enum dropped { UNKNOWN, CONSTANT, RARE, REASONS } dropped;

static const char *const dropped_because[REASONS] = {
    [UNKNOWN] = "not known of any customer",
    [CONSTANT] = "the same for all customers",
    [RARE] = "the same for all but the rarest values, which are drawn in",
};

static dropped why_dropped(const tsl_features *features, size_t f)
{
    double first = NAN;
    for (size_t i = 0; i < features->customers; i++) {
        double x = features->x[i * features->feature_count + f];
        if (!isnan(x) && !isnan(first) && x != first) {
            return RARE;
        }
        first = isnan(first) ? x : first;
    }
    return isnan(first) ? UNKNOWN : CONSTANT;
}

/* One note a reason on the features that have no column. */
static tsl_status note_dropped(tsl_features *features, const fits *all)
{
    tsl__text list[REASONS] = {{0}};
    tsl_status status = TSL_OK;
    for (size_t b = 0; b < all->blocks; b++) {
        size_t at = 0;
        for (size_t f = all->first[b]; f < all->first[b + 1]; f++) {
            const tsl_feature *feature = &features->feature[f];
            if (at < all->count[b] && !all->column[b][at].indicator && all->column[b][at].feature == f) {
                at++;
            } else if (!feature->profile && !feature->sensitive) {
                tsl__text *text = &list[why_dropped(features, f)];
                tsl__text_puts(text, text->length ? ", " : "");
                tsl__text_puts(text, feature->name);
            }
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

/* An indicator that says the same as an earlier one is dropped. */
static void drop_repeats(fits *all)
{
    for (size_t b = 1; b < all->blocks; b++) {
        for (size_t i = 0; i < b && all->hash[b]; i++) {
            if (all->hash[i] == all->hash[b]) {
                free(all->column[b][--all->count[b]].name);
                all->hash[b] = 0;
            }
        }
    }
}

static tsl_status assemble(tsl_features *features, fits *all, tsl_error *err)
{
    if (note_dropped(features, all) != TSL_OK) {
        return tsl__error_nomem(err);
    }
    for (size_t b = 0; b < all->blocks; b++) {
        const tsl_feature *f = &features->feature[all->first[b]];
        if (f->profile || f->sensitive) {
            continue;
        }
        size_t n = all->count[b];
        tsl_vector *v = &features->vector[f->group];
        tsl_vector_column *grown = tsl__realloc(v->column, v->cols + n, sizeof *grown);
        if (!grown) {
            return tsl__error_nomem(err);
        }
        v->column = grown;
        if (n) {
            memcpy(grown + v->cols, all->column[b], n * sizeof *grown);
        }
        v->cols += n;
        free(all->column[b]); /* the names have moved on */
        all->column[b] = NULL;
        all->count[b] = 0;
    }
    return TSL_OK;
}

static tsl_status fill_vectors(tsl_features *features, int threads, const tsl_progress *progress, tsl_error *err)
{
    size_t n = features->customers, cols = features->feature_count, blocks = tsl__block_count(n);
    tsl__ticker ticker = tsl__ticker_of(progress);
    for (int g = 0; g < TSL_GROUPS; g++) {
        tsl_vector *v = &features->vector[g];
        tsl_group group = (tsl_group)g;
        tsl_group *groups = tsl__alloc(v->cols, sizeof *groups);
        v->values = tsl__alloc(n * v->cols, sizeof *v->values);
        if (!groups || !v->values) {
            free(groups);
            return tsl__error_nomem(err);
        }
        for (size_t c = 0; c < v->cols; c++) {
            groups[c] = group;
        }
        tsl__normalise_weigh(features, v->column, groups, v->cols);
        free(groups);
#pragma omp parallel for num_threads(threads) schedule(static)
        for (size_t b = 0; b < blocks; b++) {
            size_t begin, end;
            tsl__block_get(n, b, &begin, &end);
            for (size_t i = begin; i < end; i++) {
                for (size_t c = 0; c < v->cols; c++) {
                    v->values[i * v->cols + c] =
                        (float)tsl__normalise_get(&v->column[c], features->x[i * cols + v->column[c].feature]);
                }
            }
        }
        tsl_progress_event event = {.stage = "features", .rows = n, .fraction = .8 + .06 * g, .best_inertia = NAN};
        tsl_status status = tsl__tick(&ticker, &event, err);
        if (status != TSL_OK) {
            return status;
        }
    }
    return TSL_OK;
}

tsl_status tsl__normalise_build(tsl_features *features, int threads, const tsl_progress *progress, tsl_error *err)
{
    fits all = {0};
    tsl_status status = open_fits(features, &all, err);
    if (status == TSL_OK) {
        status = fit_blocks(features, threads, &all, err);
    }
    if (status == TSL_OK) {
        drop_repeats(&all);
        status = assemble(features, &all, err);
    }
    free_fits(&all);
    if (status == TSL_OK) {
        status = fill_vectors(features, threads, progress, err);
    }
    return status;
}

void tsl__normalise_free(tsl_features *features)
{
    for (int g = 0; g < TSL_GROUPS; g++) {
        free_columns(features->vector[g].column, features->vector[g].cols);
        free(features->vector[g].values);
        features->vector[g] = (tsl_vector){0};
    }
}
