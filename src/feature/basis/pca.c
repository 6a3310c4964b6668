/* pca.c: principal components that stand for a group's columns in clustering (docs/methods/normalisation.md). */
#include "feature/basis/pca.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "stat/eigen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AS_LARGE (1 - 1e-9) /* of the largest loading: rounding shall not choose between equal ones */

/* ---- Moments ------------------------------------------------------------------------ */

/* What is fitted of one group. */
typedef struct fit {
    const tsl_features *features;
    tsl_group group;
    size_t count;   /* of columns, later of those that vary */
    size_t *column; /* of the recipe's */
    double *mean, *sd;
    double *r; /* count x count */
} fit;

static void fit_close(fit *f)
{
    free(f->column);
    free(f->mean);
    free(f->r);
}

static tsl_status fit_open(const tsl_features *features, tsl_group group, fit *f, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    *f = (fit){.features = features, .group = group};
    TSL__NEED(f->column = tsl__alloc(recipe->column_count, sizeof *f->column));
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        if (column->group == group && !column->extra && column->weight > 0) {
            f->column[f->count++] = c;
        }
    }
    TSL__NEED(f->mean = tsl__alloc_zero(3 * f->count, sizeof *f->mean));
    f->sd = f->mean + f->count;
    TSL__NEED(f->r = tsl__alloc_zero(f->count, f->count * sizeof *f->r));
done:
    return status;
}

/* A customer's values less their means so far known; NULL: he is set apart. */
static const double *get_row(const fit *f, size_t customer)
{
    const tsl_features *features = f->features;
    double *z = f->sd + f->count;
    if (features->apart && features->apart[customer] >= 0) {
        return NULL;
    }
    for (size_t j = 0; j < f->count; j++) {
        const tsl_vector_column *column = &features->recipe->column[f->column[j]];
        z[j] = tsl__normalise_get(column, tsl__x_get(features, customer, column->feature)) - f->mean[j];
    }
    return z;
}

/* Means, then covariances, customer by customer. */
static void sum_rows(fit *f)
{
    const size_t p = f->count;
    size_t rows = 0;
    double *sum = f->sd; /* not needed yet */
    for (size_t i = 0; i < f->features->customers; i++) {
        const double *z = get_row(f, i);
        for (size_t j = 0; j < p && z; j++) {
            sum[j] += z[j];
        }
        rows += z != NULL;
    }
    for (size_t j = 0; j < p; j++) {
        f->mean[j] = sum[j] / (double)(rows ? rows : 1);
    }
    for (size_t i = 0; i < f->features->customers; i++) {
        const double *z = get_row(f, i);
        for (size_t j = 0; j < p && z; j++) {
            for (size_t k = 0; k <= j; k++) {
                f->r[j * p + k] += z[j] * z[k];
            }
        }
    }
    for (size_t j = 0; j < p; j++) {
        f->sd[j] = sqrt(f->r[j * p + j] / (double)(rows ? rows : 1));
        for (size_t k = 0; k <= j; k++) {
            f->r[j * p + k] = f->r[k * p + j] = f->r[j * p + k] / (double)(rows ? rows : 1);
        }
    }
}

/* Those that vary stay; covariances become correlations. */
static void standardise(fit *f)
{
    const size_t p = f->count;
    size_t kept = 0;
    for (size_t j = 0; j < p; j++) {
        if (f->sd[j] > 0) {
            for (size_t k = 0, at = 0; k < p; k++) { /* left of and above where it is read */
                if (f->sd[k] > 0) {
                    f->r[kept * p + at++] = j == k ? 1 : f->r[j * p + k] / (f->sd[j] * f->sd[k]);
                }
            }
            kept++;
        }
    }
    for (size_t j = 0, at = 0; j < p; j++) {
        const double sd = f->sd[j];
        if (sd > 0) {
            f->column[at] = f->column[j];
            f->mean[at] = f->mean[j];
            f->sd[at++] = sd;
        }
    }
    for (size_t j = 1; j < kept; j++) { /* rows of p close up */
        memmove(f->r + j * kept, f->r + j * p, kept * sizeof *f->r);
    }
    f->count = kept;
}

/* ---- Components --------------------------------------------------------------------- */

/* How many there are to be: those asked for, or those that hold the share. */
static size_t count_components(double asked, const double *variance, size_t p)
{
    size_t k = 1;
    double sum = variance[0];
    if (asked >= 1) {
        return (size_t)asked;
    }
    while (k < p && sum < asked * (double)p) {
        sum += variance[k++];
    }
    return k;
}

/* Component i of the eigenvectors, its largest loading positive; which that is. */
static size_t take_component(const double *vector, size_t p, size_t i, double *loading)
{
    double most = 0;
    size_t largest = 0;
    for (size_t j = 0; j < p; j++) {
        most = fmax(most, fabs(vector[j * p + i]));
    }
    while (largest + 1 < p && fabs(vector[largest * p + i]) < AS_LARGE * most) {
        largest++;
    }
    const double sign = vector[largest * p + i] < 0 ? -1 : 1;
    for (size_t j = 0; j < p; j++) {
        loading[j] = sign * vector[j * p + i];
    }
    return largest;
}

static tsl_status take_pool(const fit *f, size_t components, const double *variance, tsl_pool *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t p = f->count;
    TSL__NEED(out->column = tsl__alloc(p, sizeof *out->column));
    TSL__NEED(out->mean = tsl__alloc(p, sizeof *out->mean));
    TSL__NEED(out->sd = tsl__alloc(p, sizeof *out->sd));
    TSL__NEED(out->variance = tsl__alloc(components, sizeof *out->variance));
    TSL__NEED(out->loading = tsl__alloc(components, p * sizeof *out->loading));
    memcpy(out->column, f->column, p * sizeof *out->column);
    memcpy(out->mean, f->mean, p * sizeof *out->mean);
    memcpy(out->sd, f->sd, p * sizeof *out->sd);
    memcpy(out->variance, variance, components * sizeof *out->variance);
    out->count = p;
    out->components = components;
done:
    return status;
}

/* The columns of a pool's components, behind all others; those that are pooled step back. */
static tsl_status append(tsl_recipe *recipe, tsl_group group, const double *vector, tsl_error *err)
{
    tsl_pool *pool = &recipe->pool[group];
    tsl_status status = TSL_OK;
    double total = 0;
    tsl_vector_column *grown =
        tsl__realloc(recipe->column, recipe->column_count + pool->components, sizeof *recipe->column);
    TSL__NEED(grown);
    recipe->column = grown;
    pool->first = recipe->column_count;
    for (size_t i = 0; i < pool->components; i++) {
        total += pool->variance[i];
    }
    for (size_t i = 0; i < pool->components; i++) {
        const size_t largest = take_component(vector, pool->count, i, pool->loading + i * pool->count);
        tsl_vector_column *to = &grown[recipe->column_count];
        *to = (tsl_vector_column){.feature = grown[pool->column[largest]].feature,
                                  .low = -(double)INFINITY,
                                  .high = (double)INFINITY,
                                  .scale = 1,
                                  .group = group,
                                  .extra = 1,
                                  .weight = sqrt(recipe->settings.weight[group] / total),
                                  .unit = 1,
                                  .component = (int)i + 1};
        TSL__NEED(to->name = tsl__format("%s_pc%zu", tsl_group_get_name(group), i + 1));
        recipe->column_count++;
    }
    for (size_t j = 0; j < pool->count; j++) {
        grown[pool->column[j]].pooled = 1;
        grown[pool->column[j]].weight = 0;
    }
done:
    return status;
}

static tsl_status check(const fit *f, double asked, tsl_error *err)
{
    const char *group = tsl_group_get_name(f->group);
    if (f->count == 0) {
        return tsl__error_set(
            err, TSL_E_OPTION,
            "pca: components of the %s vector are asked for, but clusters are found by no column of it "
            "that varies",
            group);
    }
    return asked > (double)f->count
               ? tsl__error_set(
                     err, TSL_E_OPTION,
                     "pca: %.0f components of the %s vector are asked for, but clusters are found by %zu column%s "
                     "of it",
                     asked, group, f->count, f->count == 1 ? "" : "s")
               : TSL_OK;
}

static tsl_status fit_group(tsl_features *features, tsl_group group, tsl_error *err)
{
    const double asked = features->recipe->settings.pca[group];
    tsl_status status = TSL_OK;
    double *variance = NULL, *vector = NULL;
    fit f;
    TSL__TRY(fit_open(features, group, &f, err));
    sum_rows(&f);
    standardise(&f);
    TSL__TRY(check(&f, asked, err));
    TSL__NEED(variance = tsl__alloc(f.count, sizeof *variance));
    TSL__NEED(vector = tsl__alloc(f.count, f.count * sizeof *vector));
    tsl__eigen_symmetric(f.r, f.count, variance, vector);
    TSL__TRY(take_pool(&f, count_components(asked, variance, f.count), variance, &features->recipe->pool[group], err));
    TSL__TRY(append(features->recipe, group, vector, err));
done:
    free(variance);
    free(vector);
    fit_close(&f);
    return status;
}

tsl_status tsl__pca_fit(tsl_features *features, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__pools_drop(features->recipe);
    for (int g = 0; g < TSL_GROUPS; g++) {
        if (features->recipe->settings.pca[g] > 0) {
            TSL__TRY(fit_group(features, (tsl_group)g, err));
        }
    }
    tsl__vectors_set(features); /* the columns may have moved */
done:
    return status;
}

/* ---- Applying ------------------------------------------------------------------------- */

void tsl__pool_get(const tsl_pool *pool, const double *z, double *score)
{
    for (size_t i = 0; i < pool->components; i++) {
        score[i] = 0;
        for (size_t j = 0; j < pool->count; j++) {
            score[i] += pool->loading[i * pool->count + j] * ((z[j] - pool->mean[j]) / pool->sd[j]);
        }
    }
}

void tsl__pool_invert(const tsl_pool *pool, const double *score, double *z)
{
    for (size_t j = 0; j < pool->count; j++) {
        double sum = 0;
        for (size_t i = 0; i < pool->components; i++) {
            sum += pool->loading[i * pool->count + j] * score[i];
        }
        z[j] = pool->mean[j] + pool->sd[j] * sum;
    }
}

/* out: of the first component; the same sums as tsl__pool_get, without room for z. */
static void add_pool(const tsl_recipe *recipe, const tsl_pool *pool, const double *x, double *out)
{
    for (size_t i = 0; i < pool->components; i++) {
        out[i] = 0;
    }
    for (size_t j = 0; j < pool->count; j++) {
        const tsl_vector_column *column = &recipe->column[pool->column[j]];
        const double z = (tsl__normalise_get(column, x[column->feature]) - pool->mean[j]) / pool->sd[j];
        for (size_t i = 0; i < pool->components; i++) {
            out[i] += pool->loading[i * pool->count + j] * z;
        }
    }
}

void tsl__clustering_row_get(const tsl_recipe *recipe, const tsl_vector_column *column, size_t cols, const double *x,
                             double *out)
{
    for (size_t c = 0; c < cols; c++) { /* the components of a group stand side by side, the first one first */
        if (column[c].component == 1) {
            add_pool(recipe, &recipe->pool[column[c].group], x, out + c);
        }
        out[c] =
            (column[c].component ? out[c] : tsl__normalise_get(&column[c], x[column[c].feature])) * column[c].weight;
    }
}

int tsl__pools_are_same(const tsl_pool *a, const tsl_pool *b)
{
    const size_t bytes = a->count * sizeof(double);
    return a->count == b->count && a->components == b->components &&
           (a->count == 0 ||
            (memcmp(a->column, b->column, a->count * sizeof *a->column) == 0 && memcmp(a->mean, b->mean, bytes) == 0 &&
             memcmp(a->sd, b->sd, bytes) == 0 && memcmp(a->loading, b->loading, a->components * bytes) == 0));
}
