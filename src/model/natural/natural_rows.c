/* natural_rows.c: the rows that the test of natural groups is made on: drawn, cut
 * off, standardised, and beside that with ties spread. */
#include "model/natural/natural_rows.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/rng.h"
#include "model/natural/dip.h"
#include "stat/moments.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

/* A column is cut off at these quantiles, given so many rows. */
#define CUT 0.001
#define CUT_FROM 1000

/* Below so many rows nothing is a gap. */
#define LEAST_GAP_ROWS 8
/* A value is heavy, and may be one that makes a gap alone, where such a share of the rows has it. */
#define HEAVY_SHARE 0.1
/* A column of no more values than these, each of some rows, is a scale of answers. */
#define FEW_VALUES 10
/* Values that recur and hold such a share of the rows are codes, unless of REGULAR_SHARE of those rows the
 * next values below and above are as far away as one another, within REGULAR_FACTOR: nearly all are on a lattice, also
 * on one of logarithms, one in three at places at random. */
#define CODE_ROWS_SHARE 0.5
#define REGULAR_SHARE 0.8
#define REGULAR_FACTOR (2 + 1e-6) /* 2, however it rounds */

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

/* ---- Columns whose gaps are single values ---------------------------------------- */

/* Has the column a gap of its own? s: rising. */
static int has_gap(const double *s, size_t n, size_t *work)
{
    return n >= LEAST_GAP_ROWS && sqrt((double)n) * tsl__dip_get(s, n, work) >= tsl__dip_limit(n);
}

/* Takes the value out that most rows have, where it is held by as many as a share of all; returns how many are left of
 * n: rising places s, of rising values. */
static size_t take_heaviest(double *value, double *s, size_t n, size_t all)
{
    size_t from = 0, most = 0;
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && value[end] == value[first]; end++) {
        }
        if (end - first > most) {
            most = end - first;
            from = first;
        }
    }
    if (most < TSL_NATURAL_EACH_KIND || (double)most < HEAVY_SHARE * (double)all) {
        return n;
    }
    memmove(value + from, value + from + most, (n - from - most) * sizeof *value);
    memmove(s + from, s + from + most, (n - from - most) * sizeof *s);
    return n - most;
}

/* Are the rows on values that recur at no regular distances, as codes and price points do? */
static int are_codes(const sample_column *c)
{
    const double *s = c->sorted;
    size_t recurring = 0, values = 0, inner = 0, regular = 0; /* rows, but for values */
    double below = 0;
    for (size_t first = 0, end; first < c->rows; first = end) {
        for (end = first + 1; end < c->rows && s[end] == s[first]; end++) {
        }
        const size_t rows = end - first >= TSL_NATURAL_EACH_KIND ? end - first : 0;
        const double above = end < c->rows ? s[end] / 2 - s[first] / 2 : 0;
        recurring += rows;
        if (rows > 0 && first > 0 && end < c->rows) {
            values++;
            inner += rows;
            regular += above <= REGULAR_FACTOR * below && below <= REGULAR_FACTOR * above ? rows : 0;
        }
        below = above;
    }
    return values > 2 && (double)recurring >= CODE_ROWS_SHARE * (double)c->rows &&
           (double)regular < REGULAR_SHARE * (double)inner;
}

/* Has the column a gap that single values make, as many zeros beside amounts do, the few answers of a scale, or codes?
 * Such a value is a yes/no column in disguise. */
static int is_pinned(sample_column *c, size_t values, size_t *work)
{
    double *value = c->scratch, *s = c->scratch + c->rows;
    const int are_marks = (values <= FEW_VALUES && values * TSL_NATURAL_EACH_KIND <= c->rows) || are_codes(c);
    size_t n = c->rows;
    for (size_t i = 0; i < n; i++) {
        value[i] = c->sorted[i];
        s[i] = c->spread[(size_t)c->place[i]];
    }
    tsl__sort(s, c->place, n); /* rows that are tied; none passes another value's */
    if (!has_gap(s, n, work)) {
        return 0;
    }
    for (size_t left = n; !are_marks; n = left) {
        left = take_heaviest(value, s, n, c->rows);
        if (left == n) {
            return 0;
        }
        if (!has_gap(s, left, work)) {
            return 1;
        }
    }
    return 1;
}

void tsl__natural_bounds_get(const double *sorted, size_t rows, double *low, double *high)
{
    const double least = sorted[0], greatest = sorted[rows - 1];
    *low = least;
    *high = greatest;
    if (rows >= CUT_FROM) {
        *low = tsl__sorted_quantile(sorted, rows, CUT);
        *high = tsl__sorted_quantile(sorted, rows, 1 - CUT);
        *low = *low < *high ? *low : least;
        *high = *low < *high ? *high : greatest;
    }
}

/* Cuts the column off and standardises it; cut: marks the rows where it is. */
static void standardise(sample_column *c, char *cut)
{
    double low, high;
    tsl__natural_bounds_get(c->sorted, c->rows, &low, &high);
    for (size_t i = 0; i < c->rows; i++) {
        if (c->value[i] < low || c->value[i] > high) {
            c->value[i] = c->spread[i] = c->value[i] < low ? low : high;
            cut[i] = 1;
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

tsl_status tsl__natural_rows_open(const tsl__row_view *x, const tsl__weights *weights, size_t most, uint64_t seed,
                                  tsl__natural_rows *out, tsl_error *err)
{
    sample_column column = {0};
    size_t *row = NULL, *work = NULL, col = 0;
    tsl_status status = TSL_OK;
    *out = (tsl__natural_rows){0};
    TSL__TRY(draw_rows(x, weights, most, seed, &row, &out->rows, err));
    out->cols = count_differing(x, row, out->rows);
    TSL__NEED(out->plain = tsl__alloc_aligned(out->rows, out->cols * sizeof *out->plain));
    TSL__NEED(out->spread = tsl__alloc_aligned(out->rows, out->cols * sizeof *out->spread));
    TSL__NEED(out->cut = tsl__alloc_zero(out->rows, 1));
    TSL__NEED(out->mask = tsl__alloc(out->cols, sizeof *out->mask));
    TSL__NEED(work = tsl__alloc(4 * out->rows, sizeof *work));
    TSL__TRY(open_column(&column, out->rows, err));
    for (size_t j = 0; j < x->cols; j++) {
        if (!read_column(x, row, j, &column)) {
            continue;
        }
        tsl__sort_with(column.sorted, column.place, column.scratch, out->rows);
        const size_t values = spread_ties(&column, tsl__rng_open(seed, 0, DRAW_TIES + (uint32_t)j));
        const int pinned = values > 2 && is_pinned(&column, values, work);
        out->mask[col] = values > 2 && !pinned;
        out->counted += out->mask[col] > 0;
        out->pinned += (size_t)pinned;
        standardise(&column, out->cut);
        for (size_t i = 0; i < out->rows; i++) {
            out->plain[i * out->cols + col] = column.value[i];
            out->spread[i * out->cols + col] = column.spread[i];
        }
        col++;
    }
done:
    free(row);
    free(work);
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
    free(rows->cut);
    *rows = (tsl__natural_rows){0};
}
