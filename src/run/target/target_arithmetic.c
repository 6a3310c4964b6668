/* target_arithmetic.c: a target that others add up to (what was spent, of what was spent on wine, on fish, ...): a tree
 * of it finds the sum again, and tells nothing of customers. docs/methods/tree-segments.md. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/rng.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROWS 2000    /* that it is measured on */
#define ROWS_A_COLUMN 10  /* at least: fewer could be told by chance */
#define MOST_MISSING 0.05 /* of the rows: a column that lacks more takes no part */
#define LEAST_TOLD 0.999  /* R^2 from which on a target is a sum of others */
#define LEAST_PART 0.01   /* of its deviation: what a column moves the target by, to be named */
#define LEAST_PIVOT 1e-8  /* of a column's variance: what others leave of it */

/* Columns and, behind them, the target; of rows that lack none of them. */
typedef struct sums {
    size_t *column; /* of the aim's */
    size_t cols;
    double *cell; /* rows x (cols + 1) */
    size_t rows;
    double *r;    /* (cols + 1)^2: correlations, swept where a column is in */
    double *beta; /* cols: by standard deviations; 0: out */
} sums;

static void sums_close(sums *of)
{
    free(of->column);
    free(of->cell);
    free(of->r);
    free(of->beta);
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
        double *cell = of->cell + of->rows * (of->cols + 1);
        int known = !isnan(cell[of->cols] = a->value[row[i]]);
        for (size_t c = 0; c < of->cols; c++) {
            cell[c] = get_cell(a, row[i], of->column[c]);
            known = known && !isnan(cell[c]);
        }
        of->rows += known ? 1 : 0;
    }
}

/* Each column's mean becomes 0 and its sum of squares 1; one that does not vary becomes 0. */
static void standardise(sums *of)
{
    const size_t stride = of->cols + 1;
    for (size_t c = 0; c < stride; c++) {
        double mean = 0, square = 0;
        for (size_t i = 0; i < of->rows; i++) {
            mean += of->cell[i * stride + c] / (double)of->rows;
        }
        for (size_t i = 0; i < of->rows; i++) {
            of->cell[i * stride + c] -= mean;
            square += of->cell[i * stride + c] * of->cell[i * stride + c];
        }
        for (size_t i = 0; i < of->rows; i++) {
            of->cell[i * stride + c] *= square > 0 && isfinite(square) ? 1 / sqrt(square) : 0;
        }
    }
}

static void correlate_all(sums *of)
{
    const size_t n = of->cols + 1;
    memset(of->r, 0, n * n * sizeof *of->r);
    for (size_t i = 0; i < of->rows; i++) {
        const double *cell = of->cell + i * n;
        for (size_t p = 0; p < n; p++) {
            for (size_t q = 0; q <= p; q++) {
                of->r[p * n + q] += cell[p] * cell[q];
            }
        }
    }
    for (size_t p = 0; p < n; p++) {
        for (size_t q = 0; q < p; q++) {
            of->r[q * n + p] = of->r[p * n + q];
        }
    }
}

/* Least squares of the target by the columns, or those that are in (NULL: all): each is swept in, unless the others
 * leave nothing of it (Beaton 1964; Goodnight 1979). The R^2; betas are the columns'. */
static double sweep_columns(sums *of, const unsigned char *in)
{
    const size_t n = of->cols + 1, y = of->cols;
    correlate_all(of);
    memset(of->beta, 0, of->cols * sizeof *of->beta);
    for (size_t c = 0; c < of->cols; c++) {
        const double pivot = of->r[c * n + c];
        if (!(pivot > LEAST_PIVOT) || (in && !in[c])) {
            continue;
        }
        of->beta[c] = 1;
        for (size_t p = 0; p < n; p++) {
            const double by = of->r[p * n + c] / pivot;
            for (size_t q = 0; q < n && p != c; q++) {
                of->r[p * n + q] = q == c ? -by : of->r[p * n + q] - by * of->r[c * n + q];
            }
        }
        for (size_t q = 0; q < n; q++) {
            of->r[c * n + q] = q == c ? 1 / pivot : of->r[c * n + q] / pivot;
        }
    }
    for (size_t c = 0; c < of->cols; c++) {
        of->beta[c] = of->beta[c] > 0 ? of->r[c * n + y] : 0;
    }
    return 1 - of->r[y * n + y];
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
    if (of->cols * ROWS_A_COLUMN > rows) {
        goto done;
    }
    const size_t n = of->cols + 1;
    TSL__NEED(of->cell = tsl__alloc(rows + 1, n * sizeof *of->cell)); /* a row behind the last is tried */
    TSL__NEED(of->r = tsl__alloc(n * n, sizeof *of->r));
    TSL__NEED(of->beta = tsl__alloc_zero(n, sizeof *of->beta));
    take_rows(a, row, rows, of);
    standardise(of);
done:
    free(row);
    return status;
}

/* Marks the columns that the target is a sum of, by weights; their number, 0 where it is none. */
static size_t find_parts(sums *of, unsigned char *in, double *told)
{
    size_t count = 0;
    if (of->rows < ROWS_A_COLUMN * (of->cols + 1) || !(sweep_columns(of, NULL) >= LEAST_TOLD)) {
        return 0;
    }
    for (size_t c = 0; c < of->cols; c++) {
        in[c] = fabs(of->beta[c]) >= LEAST_PART;
        count += in[c];
    }
    *told = count ? sweep_columns(of, in) : 0;
    return *told >= LEAST_TOLD ? count : 0;
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
    unsigned char *in = NULL;
    const char **name = NULL;
    tsl__text text = {0};
    double told = 0;
    size_t count = 0;
    int cuts = 0;
    TSL__TRY(measure(a, &of, err));
    TSL__NEED(in = tsl__alloc_zero(of.cols + 1, 1));
    TSL__NEED(name = tsl__alloc(of.cols + 1, sizeof *name));
    const size_t parts = of.rows ? find_parts(&of, in, &told) : 0;
    for (size_t c = 0; c < of.cols && parts; c++) {
        if (in[c]) {
            name[count++] = a->past.features->feature[a->past.feature[of.column[c]]].name;
            cuts = cuts || is_cut(a, of.column[c]);
        }
    }
    if (cuts) {
        tsl__names_put(&text, name, count);
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
    free(in);
    sums_close(&of);
    return status;
}
