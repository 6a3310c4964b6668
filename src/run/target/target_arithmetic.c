/* target_arithmetic.c: a target that others add up to (what was spent, of what was spent on wine, on fish, ...): a tree
 * of it finds the sum again, and tells nothing of customers. docs/methods/tree-segments.md. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/rng.h"
#include "base/text.h"
#include "stat/least_squares.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROWS 2000      /* that it is measured on */
#define ROWS_A_COLUMN 10    /* at least: fewer could be told by chance */
#define MOST_MISSING 0.05   /* of the rows: a column that lacks more takes no part */
#define LEAST_TOLD 0.999    /* R^2 from which on a target is a sum of others */
#define LEAST_PART 0.01     /* of its deviation: what a column moves the target by, to be named */
#define LEAST_SINGULAR 1e-8 /* of the greatest singular value: less is of columns that say the same */

/* Columns and the target, of rows that lack none of them. */
typedef struct sums {
    size_t *column; /* of the aim's */
    size_t cols;
    double *cell;   /* rows x cols */
    double *target; /* rows */
    size_t rows;
    double *weight; /* cols */
} sums;

static void sums_close(sums *of)
{
    free(of->column);
    free(of->cell);
    free(of->target);
    free(of->weight);
}

static double get_cell(const tsl__aim *a, size_t row, size_t column)
{
    return tsl__crowd_get_cell(&a->past, row, a->past.feature[column]);
}

/* Amounts, counts and marks; a value of a category adds up to nothing. */
static void choose_columns(const tsl__aim *a, const size_t *row, size_t rows, sums *of)
{
    for (size_t c = 0; c < a->cols; c++) {
        size_t missing = 0;
        for (size_t i = 0; i < rows; i++) {
            missing += isnan(get_cell(a, row[i], c)) ? 1 : 0;
        }
        if (a->past.features->feature[a->past.feature[c]].form != TSL_FORM_VALUE &&
            (double)missing <= MOST_MISSING * (double)rows) {
            of->column[of->cols++] = c;
        }
    }
}

static void take_rows(const tsl__aim *a, const size_t *row, size_t rows, sums *of)
{
    for (size_t i = 0; i < rows; i++) {
        double *cell = of->cell + of->rows * of->cols;
        int known = !isnan(of->target[of->rows] = a->value[row[i]]);
        for (size_t c = 0; c < of->cols; c++) {
            cell[c] = get_cell(a, row[i], of->column[c]);
            known = known && !isnan(cell[c]);
        }
        of->rows += known ? 1 : 0;
    }
}

/* The mean of a column becomes 0 and its sum of squares 1; one that does not vary becomes 0. */
static void standardise(double *x, size_t rows, size_t stride)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < rows; i++) {
        mean += x[i * stride] / (double)rows;
    }
    for (size_t i = 0; i < rows; i++) {
        x[i * stride] -= mean;
        square += x[i * stride] * x[i * stride];
    }
    for (size_t i = 0; i < rows; i++) {
        x[i * stride] *= square > 0 && isfinite(square) ? 1 / sqrt(square) : 0;
    }
}

static tsl_status measure(const tsl__aim *a, sums *of, tsl_error *err)
{
    const size_t rows = a->past.rows < MOST_ROWS ? a->past.rows : MOST_ROWS;
    tsl__rng rng = tsl__rng_open(a->run->kmeans_opt.seed, TSL__AIM_DRAW_SUM, 0);
    tsl_status status = TSL_OK;
    size_t *row = NULL;
    TSL__NEED(row = tsl__alloc(rows, sizeof *row));
    TSL__NEED(of->column = tsl__alloc(a->cols, sizeof *of->column));
    TSL__TRY(tsl__rng_sample(&rng, a->past.rows, rows, row) == 0 ? TSL_OK : tsl__error_nomem(err));
    choose_columns(a, row, rows, of);
    if (of->cols == 0 || of->cols * ROWS_A_COLUMN > rows) {
        goto done;
    }
    TSL__NEED(of->cell = tsl__alloc(rows + 1, of->cols * sizeof *of->cell)); /* a row behind the last is tried */
    TSL__NEED(of->target = tsl__alloc(rows + 1, sizeof *of->target));
    TSL__NEED(of->weight = tsl__alloc(of->cols, sizeof *of->weight));
    take_rows(a, row, rows, of);
    standardise(of->target, of->rows, 1);
    for (size_t c = 0; c < of->cols; c++) {
        standardise(of->cell + c, of->rows, of->cols);
    }
done:
    free(row);
    return status;
}

/* Keeps the columns that the target is moved by. */
static void keep_parts(sums *of)
{
    size_t kept = 0;
    for (size_t c = 0; c < of->cols; c++) {
        if (fabs(of->weight[c]) < LEAST_PART) {
            continue;
        }
        for (size_t i = 0; i < of->rows; i++) {
            of->cell[i * of->cols + kept] = of->cell[i * of->cols + c];
        }
        of->column[kept++] = of->column[c];
    }
    for (size_t i = 0; i < of->rows; i++) {
        memmove(of->cell + i * kept, of->cell + i * of->cols, kept * sizeof *of->cell);
    }
    of->cols = kept;
}

/* The R^2 of the target by the columns; 0 where there are none, or it does not vary. */
static tsl_status fit_columns(sums *of, double *told, tsl_error *err)
{
    double rest = 1, all = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < of->rows; i++) {
        all += of->target[i] * of->target[i];
    }
    TSL__TRY(of->cols ? tsl__least_squares_fit(of->cell, of->rows, of->cols, of->target, LEAST_SINGULAR, of->weight,
                                               &rest, err)
                      : TSL_OK);
    *told = all > 0 ? 1 - rest : 0;
done:
    return status;
}

/* Leaves the columns that the target is a sum of, by weights: none where it is no such sum. */
static tsl_status find_parts(sums *of, double *told, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (of->rows >= ROWS_A_COLUMN * (of->cols + 1)) {
        TSL__TRY(fit_columns(of, told, err));
    }
    if (*told >= LEAST_TOLD) {
        keep_parts(of);
        TSL__TRY(fit_columns(of, told, err));
    }
    of->cols = *told >= LEAST_TOLD ? of->cols : 0;
done:
    return status;
}

static int is_cut(const tsl__aim *a, size_t column)
{
    for (size_t i = 0; i < a->descriptor->node_count; i++) {
        if (a->descriptor->node[i].child >= 0 && a->descriptor->node[i].column == (int32_t)column) {
            return 1;
        }
    }
    return 0;
}

tsl_status tsl__aim_note_arithmetic(const tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    sums of = {.cols = 0};
    const char **name = NULL;
    tsl__text text = {0};
    double told = 0;
    int cuts = 0;
    TSL__TRY(measure(a, &of, err));
    TSL__TRY(find_parts(&of, &told, err));
    TSL__NEED(name = tsl__alloc(of.cols, sizeof *name));
    for (size_t c = 0; c < of.cols; c++) {
        name[c] = a->past.features->feature[a->past.feature[of.column[c]]].name;
        cuts = cuts || is_cut(a, of.column[c]);
    }
    if (cuts) {
        tsl__names_put(&text, name, of.cols);
        TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
        TSL__TRY(tsl__notes_add(&a->run->model->sweep->info.notes,
                                "%s is the sum of %s, each by its weight (R\302\262 %.4f): a tree of it that these cut "
                                "finds this arithmetic again, and tells little of the customers; --exclude NAME,... "
                                "leaves them out",
                                a->name, text.data, floor(1e4 * told + 1e-4) / 1e4));
    }
done:
    tsl__text_free(&text);
    free(name);
    sums_close(&of);
    return status;
}
