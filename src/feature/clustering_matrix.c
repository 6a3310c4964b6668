/* clustering_matrix.c: the matrix that clustering runs on: chosen vector columns, side by
 * side, each multiplied by its weight. */
#include "feature/clustering_matrix.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/normalise.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static int matches(const char *const *pattern, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (fnmatch(pattern[i], name, 0) == 0) {
            return 1;
        }
    }
    return 0;
}

static tsl_status check_patterns(const tsl_features *features, const char *const *pattern, size_t count, tsl_error *err)
{
    const char **names = tsl__alloc(features->feature_count, sizeof *names);
    if (!names) {
        return tsl__error_nomem(err);
    }
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < features->feature_count; i++) {
        names[i] = features->feature[i].name;
    }
    for (size_t p = 0; p < count && status == TSL_OK; p++) {
        int hit = 0;
        for (size_t i = 0; i < features->feature_count && !hit; i++) {
            hit = fnmatch(pattern[p], names[i], 0) == 0;
        }
        for (int g = 0; g < TSL_GROUPS && !hit; g++) {
            for (size_t c = 0; c < features->vector[g].cols && !hit; c++) {
                hit = fnmatch(pattern[p], features->vector[g].column[c].name, 0) == 0;
            }
        }
        if (!hit) {
            tsl__text hint = {0};
            tsl__nearest_put(&hint, pattern[p], names, features->feature_count);
            status = tsl__error_set(err, TSL_E_OPTION, "no feature is called \"%s\"%s", pattern[p],
                                    hint.data ? hint.data : "");
            tsl__text_free(&hint);
        }
    }
    free(names);
    return status;
}

/* Where a column's values are: in a vector, or to be normalised from X. */
typedef struct choice {
    tsl_vector_column column;
    tsl_group group;
    const tsl_vector *vector; /* NULL: from X */
    size_t at;
} choice;

typedef struct choices {
    choice *item;
    size_t count, capacity;
} choices;

static tsl_status add(choices *all, const tsl_vector_column *column, tsl_group group, const tsl_vector *vector,
                      size_t at)
{
    void *item = all->item;
    int bad = tsl__reserve(&item, &all->capacity, all->count + 1, sizeof *all->item);
    all->item = item;
    char *name = bad ? NULL : tsl__strdup(column->name);
    if (!name) {
        return TSL_E_NOMEM;
    }
    all->item[all->count] = (choice){*column, group, vector, at};
    all->item[all->count++].column.name = name;
    return TSL_OK;
}

/* What is wanted: a selection by patterns, or columns by their exact names. */
typedef struct wish {
    const tsl_selection *selection; /* NULL: by name */
    char *const *column;
    size_t column_count;
} wish;

static int is_named(const wish *w, const char *name)
{
    for (size_t i = 0; i < w->column_count; i++) {
        if (strcmp(w->column[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* A column belongs to a selection by its own name or its feature's. */
static int is_chosen(const tsl_features *features, const wish *w, const tsl_vector_column *column)
{
    const tsl_selection *s = w->selection;
    const char *feature = features->feature[column->feature].name;
    if (!s) {
        return is_named(w, column->name);
    }
    if (matches(s->include, s->include_count, column->name) || matches(s->include, s->include_count, feature)) {
        return 1;
    }
    return !matches(s->exclude, s->exclude_count, column->name) && !matches(s->exclude, s->exclude_count, feature);
}

/* Whether a feature outside the vectors was asked for. */
static int is_extra(const wish *w, const char *name)
{
    const tsl_selection *s = w->selection;
    return s ? matches(s->include, s->include_count, name) : is_named(w, name);
}

static int is_in_vector(const tsl_features *features, size_t first, size_t end)
{
    const tsl_vector *v = &features->vector[features->feature[first].group];
    for (size_t c = 0; c < v->cols; c++) {
        if (v->column[c].feature >= first && v->column[c].feature < end) {
            return 1;
        }
    }
    return 0;
}

/* Features outside the vectors that were asked for by name. */
static tsl_status add_extra(const tsl_features *features, const wish *w, choices *all)
{
    double *scratch = tsl__alloc(2 * features->customers, sizeof *scratch);
    tsl_vector_column *column = tsl__alloc(features->feature_count + 1, sizeof *column);
    tsl_status status = scratch && column ? TSL_OK : TSL_E_NOMEM;
    for (size_t f = 0, end; f < features->feature_count && status == TSL_OK; f = end) {
        end = tsl__block_end(features, f);
        int wanted = 0;
        for (size_t i = f; i < end; i++) {
            wanted = wanted || is_extra(w, features->feature[i].name);
        }
        if (!wanted || is_in_vector(features, f, end)) {
            continue;
        }
        size_t count = 0;
        uint64_t hash;
        status = tsl__normalise_fit(features, f, end, scratch, column, &count, &hash);
        for (size_t i = 0; i < count; i++) {
            if (status == TSL_OK && is_chosen(features, w, &column[i])) {
                status = add(all, &column[i], features->feature[f].group, NULL, 0);
            }
            free(column[i].name);
        }
    }
    free(scratch);
    free(column);
    return status;
}

static tsl_status choose(const tsl_features *features, const wish *w, choices *all, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int g = 0; g < TSL_GROUPS && status == TSL_OK; g++) {
        const tsl_vector *v = &features->vector[g];
        for (size_t c = 0; c < v->cols && status == TSL_OK && features->settings.weight[g] > 0; c++) {
            if (is_chosen(features, w, &v->column[c])) {
                status = add(all, &v->column[c], (tsl_group)g, v, c);
            }
        }
    }
    if (status == TSL_OK) {
        status = add_extra(features, w, all);
    }
    if (status != TSL_OK) {
        return tsl__error_nomem(err);
    }
    return all->count ? TSL_OK : tsl__error_set(err, TSL_E_OPTION, "no feature is left to cluster by");
}

static int compare_groups(const void *pa, const void *pb)
{
    const choice *a = pa, *b = pb;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->column.feature != b->column.feature) {
        return a->column.feature < b->column.feature ? -1 : 1;
    }
    return a->column.indicator - b->column.indicator;
}

static tsl_status take(const tsl_features *features, choices *all, tsl_feature_matrix *m, tsl_error *err)
{
    size_t n = features->customers, cols = all->count, blocks = tsl__block_count(n);
    m->rows = n;
    m->column = tsl__alloc_zero(cols, sizeof *m->column);
    m->group = tsl__alloc(cols, sizeof *m->group);
    m->values = tsl__alloc(n * cols, sizeof *m->values);
    if (!m->column || !m->group || !m->values) {
        return tsl__error_nomem(err);
    }
    qsort(all->item, cols, sizeof *all->item, compare_groups);
    for (size_t c = 0; c < cols; c++) {
        m->column[c] = all->item[c].column;
        m->group[c] = all->item[c].group;
        all->item[c].column.name = NULL; /* moved */
    }
    m->cols = cols;
    tsl__normalise_weigh(features, m->column, m->group, cols);
    const int threads = tsl_threads_open(0);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(n, b, &begin, &end);
        for (size_t i = begin; i < end; i++) {
            for (size_t c = 0; c < cols; c++) {
                const choice *from = &all->item[c];
                double v = from->vector
                               ? (double)from->vector->values[i * from->vector->cols + from->at]
                               : (double)(float)tsl__normalise_get(
                                     &m->column[c], features->x[i * features->feature_count + m->column[c].feature]);
                m->values[i * cols + c] = v * m->column[c].weight;
            }
        }
    }
    return TSL_OK;
}

static tsl_status build(const tsl_features *features, const wish *w, tsl_feature_matrix **out, tsl_error *err)
{
    choices all = {0};
    tsl_feature_matrix *m = tsl__alloc_zero(1, sizeof *m);
    *out = NULL;
    tsl_status status = m ? choose(features, w, &all, err) : tsl__error_nomem(err);
    if (status == TSL_OK) {
        status = take(features, &all, m, err);
    }
    for (size_t i = 0; i < all.count; i++) {
        free(all.item[i].column.name);
    }
    free(all.item);
    if (status != TSL_OK) {
        tsl_feature_matrix_free(m);
        return status;
    }
    *out = m;
    return TSL_OK;
}

tsl_status tsl_features_get_matrix(const tsl_features *features, const tsl_selection *selection,
                                   tsl_feature_matrix **out, tsl_error *err)
{
    static const tsl_selection everything;
    const tsl_selection *s = selection ? selection : &everything;
    *out = NULL;
    tsl_status status = check_patterns(features, s->include, s->include_count, err);
    if (status == TSL_OK) {
        status = check_patterns(features, s->exclude, s->exclude_count, err);
    }
    return status == TSL_OK ? build(features, &(wish){.selection = s}, out, err) : status;
}

tsl_status tsl__features_take(const tsl_features *features, char *const *column, size_t count, tsl_feature_matrix **out,
                              tsl_error *err)
{
    tsl_status status = build(features, &(wish){.column = column, .column_count = count}, out, err);
    if (status == TSL_E_OPTION || (status == TSL_OK && (*out)->cols != count)) {
        tsl_feature_matrix_free(*out);
        *out = NULL;
        return tsl__error_set(err, TSL_E_INPUT, "the model was made from other features");
    }
    return status;
}

void tsl_feature_matrix_free(tsl_feature_matrix *m)
{
    if (m) {
        for (size_t c = 0; c < m->cols; c++) {
            free(m->column[c].name);
        }
        free(m->column);
        free(m->group);
        free(m->values);
        free(m);
    }
}
