/* correlation.c: columns that say nearly the same: Pearson's correlation of all pairs, of a sample, and then of many
 * rows for those that came near. */
#include "feature/columns/correlation.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/columns/normalise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 131072   /* that a correlation is of */
#define PRODUCTS_MAX 2e9  /* of the sample: it has the fewer rows, the more pairs there are ... */
#define SAMPLE_ROWS 20000 /* ... at most so many ... */
#define SAMPLE_LEAST 1000 /* ... and at least */
#define NEAR 0.9          /* in the sample: over 50 of its standard errors below TSL_CORRELATED */
#define COLUMNS_MAX 4096  /* of more, those behind are not looked at */
#define PAIRS_MAX 1000    /* that are looked at again */
#define NAMED 5           /* in a note */

/* The columns that are compared. */
typedef struct table {
    size_t rows, cols;
    size_t *block; /* cols: those of one are not compared */
    size_t *column;
    const tsl_features *features;     /* the recipe's columns; or NULL */
    const tsl_feature_matrix *matrix; /* its columns */
} table;

static double get_cell(const table *t, size_t row, size_t col)
{
    const size_t c = t->column[col];
    if (t->matrix) {
        return t->matrix->values[row * t->matrix->cols + c];
    }
    for (int g = 0; g < TSL_GROUPS; g++) {
        const tsl_vector *v = &t->features->vector[g];
        const size_t first = (size_t)(v->column - t->features->recipe->column);
        if (c >= first && c < first + v->cols) {
            return (double)tsl__vectors_get(t->features, v, row, c - first);
        }
    }
    return 0;
}

/* Takes a column in, but for one that says where values are missing. */
static void add_column(table *t, const tsl_recipe *recipe, const tsl_vector_column *column, size_t place)
{
    if (!column->indicator) {
        /* a component shares its block with none */
        t->block[t->cols] = column->component ? recipe->feature_count + place : recipe->feature[column->feature].block;
        t->column[t->cols++] = place;
    }
}

static tsl_status open_table(size_t most, size_t rows, table *t, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *t = (table){.rows = rows};
    TSL__NEED(t->block = tsl__alloc(most, sizeof *t->block));
    TSL__NEED(t->column = tsl__alloc(most, sizeof *t->column));
done:
    return status;
}

static void close_table(table *t)
{
    free(t->block);
    free(t->column);
}

/* One of `count` rows at even places. */
static size_t get_place(const table *t, size_t i, size_t count)
{
    return (size_t)((double)i * ((double)t->rows / (double)count));
}

/* A column's values are standardised; zeros where they do not vary. */
static void standardise(size_t count, double *z)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < count; i++) {
        mean += z[i];
    }
    mean /= (double)count;
    for (size_t i = 0; i < count; i++) {
        z[i] -= mean;
        square += z[i] * z[i];
    }
    const double scale = square > 0 ? 1 / sqrt(square) : 0;
    for (size_t i = 0; i < count; i++) {
        z[i] *= scale;
    }
}

/* A column's values of `count` rows. */
static void fill(const table *t, size_t col, size_t count, double *z)
{
    for (size_t i = 0; i < count; i++) {
        z[i] = get_cell(t, get_place(t, i, count), col);
    }
    standardise(count, z);
}

/* The same of all columns, behind each other: a row after the other, as it lies in memory. */
static void fill_all(const table *t, int threads, size_t count, double *z)
{
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < count; i++) {
        for (size_t col = 0; col < t->cols; col++) {
            z[col * count + i] = get_cell(t, get_place(t, i, count), col);
        }
    }
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t col = 0; col < t->cols; col++) {
        standardise(count, z + col * count);
    }
}

static double multiply(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* By falling correlation, then by place. */
static int compare(const void *pa, const void *pb)
{
    const tsl_correlated *a = pa, *b = pb;
    const double x = fabs(a->r), y = fabs(b->r);
    return x != y ? (x < y ? 1 : -1) : a->a != b->a ? (a->a < b->a ? -1 : 1) : a->b < b->b ? -1 : a->b > b->b;
}

/* The pairs that come near in the sample. r: cols x cols. */
static tsl_status screen(const table *t, const tsl_exec *exec, double *r, tsl_correlated **out, size_t *count,
                         tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t d = t->cols;
    const double most = PRODUCTS_MAX / ((double)d * (double)d);
    const size_t want = most > SAMPLE_ROWS ? SAMPLE_ROWS : most < SAMPLE_LEAST ? SAMPLE_LEAST : (size_t)most;
    const size_t n = t->rows < want ? t->rows : want;
    double *z = NULL;
    TSL__NEED(z = tsl__alloc(d * n, sizeof *z));
    fill_all(t, exec->threads, n, z);
#pragma omp parallel for num_threads(exec->threads) schedule(dynamic, 1)
    for (size_t i = 0; i < d; i++) {
        for (size_t j = i + 1; j < d; j++) {
            r[i * d + j] = t->block[i] == t->block[j] ? 0 : multiply(z + i * n, z + j * n, n);
        }
    }
    for (size_t i = 0; i < d * d; i++) {
        *count += i / d < i % d && fabs(r[i]) >= NEAR;
    }
    TSL__NEED(*out = tsl__alloc(*count, sizeof **out));
    *count = 0;
    for (size_t i = 0; i < d * d; i++) {
        if (i / d < i % d && fabs(r[i]) >= NEAR) {
            (*out)[(*count)++] = (tsl_correlated){i / d, i % d, r[i]};
        }
    }
done:
    free(z);
    return status;
}

/* Their correlation in many rows. */
static tsl_status look_again(const table *t, const tsl_exec *exec, tsl_correlated *pair, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t n = t->rows < ROWS_MAX ? t->rows : ROWS_MAX;
    int failed = 0;
#pragma omp parallel num_threads(exec->threads)
    {
        double *z = tsl__alloc(2 * n, sizeof *z);
        if (!z) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t p = 0; p < count; p++) {
            if (z) {
                fill(t, pair[p].a, n, z);
                fill(t, pair[p].b, n, z + n);
                pair[p].r = fmax(-1, fmin(1, multiply(z, z + n, n)));
            }
        }
        free(z);
    }
    TSL__TRY(failed ? tsl__error_nomem(err) : TSL_OK);
done:
    return status;
}

/* The pairs, of places in the table's list, turned into those of the columns. */
static tsl_status find(const table *t, const tsl_exec *exec, tsl_correlated **out, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *r = NULL;
    tsl_correlated *pair = NULL;
    size_t kept = 0, near = 0;
    *out = NULL;
    *count = 0;
    if (t->cols < 2 || t->rows < 3) {
        return TSL_OK;
    }
    TSL__NEED(r = tsl__alloc_zero(t->cols * t->cols, sizeof *r));
    TSL__TRY(screen(t, exec, r, &pair, &near, err));
    qsort(pair, near, sizeof *pair, compare);
    near = near < PAIRS_MAX ? near : PAIRS_MAX;
    TSL__TRY(look_again(t, exec, pair, near, err));
    for (size_t p = 0; p < near; p++) {
        if (fabs(pair[p].r) >= TSL_CORRELATED) {
            pair[kept++] = (tsl_correlated){t->column[pair[p].a], t->column[pair[p].b], pair[p].r};
        }
    }
    qsort(pair, kept, sizeof *pair, compare);
    *count = kept;
    *out = kept ? pair : NULL;
    pair = kept ? NULL : pair;
done:
    free(pair);
    free(r);
    return status;
}

tsl_status tsl__correlated_fit(tsl_features *features, const tsl_exec *exec, tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    table t;
    TSL__TRY(open_table(recipe->column_count, features->customers, &t, err));
    t.features = features;
    for (size_t c = 0; c < recipe->column_count && !recipe->column[c].extra; c++) {
        add_column(&t, recipe, &recipe->column[c], c);
    }
    free(recipe->correlated);
    recipe->correlated = NULL;
    if (t.cols > COLUMNS_MAX) {
        TSL__TRY(tsl__notes_add(&features->info.notes,
                                "of %zu columns the first %d alone were looked at for pairs that say nearly the same",
                                t.cols, COLUMNS_MAX));
        t.cols = COLUMNS_MAX;
    }
    TSL__TRY(find(&t, exec, &recipe->correlated, &recipe->correlated_count, err));
done:
    close_table(&t);
    return status;
}

/* "frequency and purchase_days (0.99), ..." */
static void put_pairs(const tsl_feature_matrix *matrix, const tsl_correlated *pair, size_t count, tsl__text *text)
{
    for (size_t p = 0; p < count && p < NAMED; p++) {
        char shown[32];
        /* never more than it is: .9999 is no 1.00 */
        tsl__double_write(copysign(floor(fabs(pair[p].r) * 1000) / 1000, pair[p].r), shown);
        tsl__text_printf(text, "%s%s and %s (%s)", p ? ", " : "", matrix->column[pair[p].a].name,
                         matrix->column[pair[p].b].name, shown);
    }
    if (count > NAMED) {
        tsl__text_printf(text, " and %zu more pairs", count - NAMED);
    }
}

tsl_status tsl__correlated_note(const tsl_recipe *recipe, const tsl_feature_matrix *matrix, const tsl_exec *exec,
                                tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    table t;
    tsl__text text = {0};
    tsl_correlated *pair = NULL;
    size_t count = 0;
    TSL__TRY(open_table(matrix->cols, matrix->rows, &t, err));
    t.matrix = matrix;
    for (size_t c = 0; c < matrix->cols; c++) {
        add_column(&t, recipe, &matrix->column[c], c);
    }
    t.cols = t.cols < COLUMNS_MAX ? t.cols : COLUMNS_MAX;
    TSL__TRY(find(&t, exec, &pair, &count, err));
    if (count) {
        put_pairs(matrix, pair, count, &text);
        TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
        TSL__TRY(tsl__notes_add(
            notes, "columns that say nearly the same count twice in the distance: %s (correlation); %s", text.data,
            recipe->plain ? "--ignore leaves one of them out" : "--exclude leaves one of them out"));
    }
done:
    tsl__text_free(&text);
    free(pair);
    close_table(&t);
    return status;
}
