/* natural_rows.c: the rows that the test of natural groups is made on: drawn, cut
 * off, standardised, and beside that with ties spread. */
#include "model/quality/natural_rows.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/rng.h"
#include "stat/moments.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

/* A column is cut off at these quantiles, given so many rows. */
#define CUT 0.001
#define CUT_FROM 1000

/* Streams of draws (model.h: k = 0 is no run's). */
enum { DRAW_SAMPLE = 2, DRAW_ORDER = 3, DRAW_TIES = 16 };

/* ---- Which rows -------------------------------------------------------------- */

/* The number of rows of equal weight that tell as much as these (Kish 1965). */
static double get_effective(const tsl__weights *weights, size_t rows)
{
    double squares = 0;
    for (size_t r = 0; weights->of && r < rows; r++) {
        const double share = weights->of[r] / weights->total;
        squares += share * share;
    }
    /* Equal weights are all of them, however they round. */
    return weights->of ? floor((1 + 1e-9) / squares) : (double)rows;
}

/* The m rows for which an exponential waiting time, divided by the weight, is least. */
static tsl_status draw_weighted(const tsl__weights *weights, size_t rows, size_t m, tsl__rng *rng, size_t *row,
                                tsl_error *err)
{
    double *wait = NULL, *of = NULL, *scratch = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(wait = tsl__alloc(weights->positive, sizeof *wait));
    TSL__NEED(of = tsl__alloc(weights->positive, sizeof *of));
    TSL__NEED(scratch = tsl__alloc(2 * weights->positive, sizeof *scratch));
    for (size_t r = 0, i = 0; r < rows; r++) {
        const double time = -log(1 - tsl__rng_uniform(rng)); /* one a row, so that no weight moves another's */
        if (weights->of[r] > 0) {
            wait[i] = time / weights->of[r];
            of[i++] = (double)r;
        }
    }
    tsl__sort_with(wait, of, scratch, weights->positive);
    for (size_t i = 0; i < m; i++) {
        row[i] = (size_t)of[i];
    }
done:
    free(wait);
    free(of);
    free(scratch);
    return status;
}

/* Draws the rows' numbers, in an order that is drawn, too. */
static tsl_status draw_rows(const tsl__row_view *x, const tsl__weights *weights, size_t most, uint64_t seed,
                            size_t **out, size_t *count, tsl_error *err)
{
    const double effective = get_effective(weights, x->rows);
    size_t m = weights->positive < most ? weights->positive : most, *row;
    tsl__rng rng = tsl__rng_open(seed, 0, DRAW_SAMPLE), order = tsl__rng_open(seed, 0, DRAW_ORDER);
    tsl_status status = TSL_OK;
    m = effective < (double)m ? (size_t)effective : m;
    TSL__NEED(row = *out = tsl__alloc(m, sizeof *row));
    if (weights->of) {
        TSL__TRY(draw_weighted(weights, x->rows, m, &rng, row, err));
    } else {
        TSL__NEED(tsl__rng_sample(&rng, x->rows, m, row) == 0);
    }
    for (size_t i = m; i > 1; i--) {
        const size_t other = (size_t)tsl__rng_below(&order, i), kept = row[i - 1];
        row[i - 1] = row[other];
        row[other] = kept;
    }
    *count = m;
done:
    return status;
}

/* ---- Columns ------------------------------------------------------------------- */

/* One column of the sample, and what is made of it. */
typedef struct sample_column {
    size_t rows;
    double *value, *spread; /* rows, in the order of the sample */
    double *sorted, *place; /* rows: rising values, and which row each is of */
    double *scratch;        /* 2 rows */
} sample_column;

/* Spreads what occurs more than once; returns how many values there are. */
static size_t spread_ties(sample_column *c, tsl__rng rng)
{
    const double *sorted = c->sorted;
    size_t values = 0;
    for (size_t first = 0, end; first < c->rows; first = end, values++) {
        for (end = first + 1; end < c->rows && sorted[end] == sorted[first]; end++) {
        }
        double below = first > 0 ? sorted[first] / 2 - sorted[first - 1] / 2 : 0;
        double above = end < c->rows ? sorted[end] / 2 - sorted[first] / 2 : below;
        below = first > 0 ? below : above;
        for (size_t i = first; i < end; i++) {
            const size_t row = (size_t)c->place[i];
            rng.draw = row;
            c->spread[row] = sorted[i];
            if (end - first > 1) {
                c->spread[row] += tsl__rng_uniform(&rng) * (below + above) - below;
            }
        }
    }
    return values;
}

/* Cuts the column off and standardises it. */
static void standardise(sample_column *c)
{
    const double least = c->sorted[0], greatest = c->sorted[c->rows - 1];
    double low = least, high = greatest;
    if (c->rows >= CUT_FROM) {
        low = tsl__sorted_quantile(c->sorted, c->rows, CUT);
        high = tsl__sorted_quantile(c->sorted, c->rows, 1 - CUT);
        low = low < high ? low : least;
        high = low < high ? high : greatest;
    }
    for (size_t i = 0; i < c->rows; i++) {
        if (c->value[i] < low || c->value[i] > high) {
            c->value[i] = c->spread[i] = c->value[i] < low ? low : high;
        }
    }
    const tsl__moments moments = tsl__moments_get(c->value, NULL, c->rows, 1);
    const double unit = moments.sd > 0 ? moments.sd : 1;
    for (size_t i = 0; i < c->rows; i++) {
        c->value[i] = (c->value[i] - moments.mean) / unit;
        c->spread[i] = (c->spread[i] - moments.mean) / unit;
    }
}

/* Reads a column of the rows; returns whether they differ in it. */
static int read_column(const tsl__row_view *x, const size_t *row, size_t col, sample_column *c)
{
    int differ = 0;
    for (size_t i = 0; i < c->rows; i++) {
        c->value[i] = tsl__cell(x, row[i], col) + 0.0; /* -0 is 0 */
        c->sorted[i] = c->value[i];
        c->place[i] = (double)i;
        differ |= c->value[i] != c->value[0];
    }
    return differ;
}

static tsl_status open_column(sample_column *c, size_t rows, tsl_error *err)
{
    tsl_status status = TSL_OK;
    c->rows = rows;
    TSL__NEED(c->value = tsl__alloc(rows, sizeof *c->value));
    TSL__NEED(c->spread = tsl__alloc(rows, sizeof *c->spread));
    TSL__NEED(c->sorted = tsl__alloc(rows, sizeof *c->sorted));
    TSL__NEED(c->place = tsl__alloc(rows, sizeof *c->place));
    TSL__NEED(c->scratch = tsl__alloc(2 * rows, sizeof *c->scratch));
done:
    return status;
}

static void free_column(sample_column *c)
{
    free(c->value);
    free(c->spread);
    free(c->sorted);
    free(c->place);
    free(c->scratch);
}

/* How many columns differ in the rows. */
static size_t count_differing(const tsl__row_view *x, const size_t *row, size_t rows)
{
    size_t count = 0;
    for (size_t j = 0; j < x->cols; j++) {
        size_t i = 1;
        while (i < rows && tsl__cell(x, row[i], j) == tsl__cell(x, row[0], j)) {
            i++;
        }
        count += i < rows;
    }
    return count;
}

/* ---- All of it ----------------------------------------------------------------- */

static void fill_mask(tsl__natural_rows *rows)
{
    int some = 0;
    for (size_t j = 0; j < rows->cols; j++) {
        some |= rows->mask[j] > 0;
    }
    for (size_t j = 0; j < rows->cols && !some; j++) {
        rows->mask[j] = 1;
    }
}

tsl_status tsl__natural_rows_open(const tsl__row_view *x, const tsl__weights *weights, size_t most, uint64_t seed,
                                  tsl__natural_rows *out, tsl_error *err)
{
    sample_column column = {0};
    size_t *row = NULL, col = 0;
    tsl_status status = TSL_OK;
    *out = (tsl__natural_rows){0};
    TSL__TRY(draw_rows(x, weights, most, seed, &row, &out->rows, err));
    out->cols = count_differing(x, row, out->rows);
    TSL__NEED(out->plain = tsl__alloc_aligned(out->rows, out->cols * sizeof *out->plain));
    TSL__NEED(out->spread = tsl__alloc_aligned(out->rows, out->cols * sizeof *out->spread));
    TSL__NEED(out->mask = tsl__alloc(out->cols, sizeof *out->mask));
    TSL__TRY(open_column(&column, out->rows, err));
    for (size_t j = 0; j < x->cols; j++) {
        if (!read_column(x, row, j, &column)) {
            continue;
        }
        tsl__sort_with(column.sorted, column.place, column.scratch, out->rows);
        out->mask[col] = spread_ties(&column, tsl__rng_open(seed, 0, DRAW_TIES + (uint32_t)j)) > 2;
        standardise(&column);
        for (size_t i = 0; i < out->rows; i++) {
            out->plain[i * out->cols + col] = column.value[i];
            out->spread[i * out->cols + col] = column.spread[i];
        }
        col++;
    }
    fill_mask(out);
done:
    free(row);
    free_column(&column);
    if (status != TSL_OK) {
        tsl__natural_rows_free(out);
    }
    return status;
}

void tsl__natural_rows_free(tsl__natural_rows *rows)
{
    free(rows->plain);
    free(rows->spread);
    free(rows->mask);
    *rows = (tsl__natural_rows){0};
}
