/* matrix.c: checks, moments, distinct rows and the hash of a matrix. */
#include "model/matrix.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/slots.h"
#include "kernel/kernel.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

#define PARTS_BYTES ((size_t)256 << 20)
#define LEAST_PARTS 8

size_t tsl__part_most(size_t sums)
{
    const size_t fitting = PARTS_BYTES / sizeof(double) / sums;
    return fitting > TSL__PARTS ? TSL__PARTS : fitting < LEAST_PARTS ? LEAST_PARTS : fitting;
}

int tsl__team_size(int threads, double work)
{
    return work < 250000.0 * threads ? 1 : threads;
}

static size_t part_blocks(size_t rows, size_t most)
{
    const size_t blocks = tsl__block_count(rows);
    return (blocks + most - 1) / most;
}

size_t tsl__part_count(size_t rows, size_t most)
{
    const size_t each = part_blocks(rows, most);
    return each ? (tsl__block_count(rows) + each - 1) / each : 0;
}

void tsl__part_get(size_t rows, size_t most, size_t part, size_t *begin, size_t *end)
{
    const size_t each = part_blocks(rows, most) * TSL__BLOCK_ROWS;
    *begin = part * each;
    *end = rows - *begin < each ? rows : *begin + each;
}

/* ---- Checks -------------------------------------------------------------- */

/* What is found in a part of the rows. */
typedef struct part_extent {
    tsl__extent extent;
    size_t bad; /* the first bad cell, row-major, or SIZE_MAX */
} part_extent;

#define LANES 4 /* numbers looked at side by side, as each look waits for the one before */

/* Takes a row in; 0: not all of it is finite. */
static int row_extent(const double *value, size_t cols, double *most, double *least)
{
    double up[LANES], down[LANES], none[LANES] = {0}; /* 0 times what is not finite is no number */
    size_t j = 0;
    memcpy(up, most, sizeof up);
    memcpy(down, least, sizeof down);
    for (; j + LANES <= cols; j += LANES) {
        for (size_t l = 0; l < LANES; l++) {
            const double size = fabs(value[j + l]), other = size > 0 ? size : HUGE_VAL;
            none[l] += 0 * size;
            up[l] = size > up[l] ? size : up[l];
            down[l] = other < down[l] ? other : down[l];
        }
    }
    for (; j < cols; j++) {
        const double size = fabs(value[j]), other = size > 0 ? size : HUGE_VAL;
        none[0] += 0 * size;
        up[0] = size > up[0] ? size : up[0];
        down[0] = other < down[0] ? other : down[0];
    }
    memcpy(most, up, sizeof up);
    memcpy(least, down, sizeof down);
    return none[0] + none[1] + none[2] + none[3] == 0;
}

/* The same of a row that is not read in its place, a few numbers at a time. */
static int cells_extent(const tsl__row_view *x, size_t row, double *most, double *least)
{
    double value[64];
    int finite = 1;
    for (size_t j = 0; j < x->cols; j += 64) {
        const size_t count = x->cols - j < 64 ? x->cols - j : 64;
        for (size_t l = 0; l < count; l++) {
            value[l] = tsl__cell(x, row, j + l);
        }
        finite &= row_extent(value, count, most, least);
    }
    return finite;
}

static part_extent find_extent(const tsl__row_view *x, size_t begin, size_t end)
{
    double most[LANES] = {0}, least[LANES] = {HUGE_VAL, HUGE_VAL, HUGE_VAL, HUGE_VAL};
    for (size_t r = begin; r < end; r++) {
        if (!(x->plain ? row_extent(tsl__row(x, r, NULL), x->cols, most, least) : cells_extent(x, r, most, least))) {
            size_t bad = 0;
            while (fabs(tsl__cell(x, r, bad)) <= DBL_MAX) {
                bad++;
            }
            return (part_extent){{0, HUGE_VAL}, r * x->cols + bad};
        }
    }
    for (int l = 1; l < LANES; l++) {
        most[0] = most[l] > most[0] ? most[l] : most[0];
        least[0] = least[l] < least[0] ? least[l] : least[0];
    }
    return (part_extent){{most[0], least[0]}, SIZE_MAX};
}

void tsl__extent_add(tsl__extent *extent, const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const double size = fabs(value[i]);
        extent->most = size > extent->most ? size : extent->most;
        extent->least = size > 0 && size < extent->least ? size : extent->least;
    }
}

/* Powers of two: the least number whose differences from others, at least 2^-53
 * of it, have a square; of a unit, at most. */
#define LEAST_POWER (-450)
#define MOST_POWER 1000

double tsl__unit_get(const tsl__extent *extent, double terms)
{
    int most, least, sum;
    frexp(extent->most, &most);
    frexp(extent->least, &least);
    frexp(terms, &sum);
    /* Differences are up to twice the greatest; some room for what is added up of sums. */
    const int top = (1023 - 8 - sum) / 2 - 1;
    if (!(extent->most > 0) || (most <= top && least >= LEAST_POWER)) {
        return 1;
    }
    const int power = top - most;
    return ldexp(1, power < MOST_POWER ? power : MOST_POWER);
}

tsl_status tsl__matrix_check_layout(const tsl_matrix *x, tsl_error *err)
{
    if (x->dtype != TSL_F64 && x->dtype != TSL_F32) {
        return tsl__error_set(err, TSL_E_OPTION, "dtype: %d is none of a matrix", (int)x->dtype);
    }
    if (x->stride < x->cols) {
        return tsl__error_set(err, TSL_E_OPTION, "a stride of %zu is less than the %zu columns", x->stride, x->cols);
    }
    return TSL_OK;
}

static tsl_status refuse_cell(const tsl__row_view *view, size_t cell, tsl_error *err)
{
    const size_t row = cell / view->cols, col = cell % view->cols;
    return tsl__error_set(err, TSL_E_INPUT, "row %zu, column %zu: the value is %s; clustering needs finite numbers",
                          row + 1, col + 1, isnan(tsl__cell(view, row, col)) ? "not a number" : "infinite");
}

tsl_status tsl__matrix_check(const tsl_matrix *x, int threads, tsl__extent *extent, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (x->rows == 0 || x->cols == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "nothing to cluster: the matrix has %zu rows and %zu columns", x->rows,
                              x->cols);
    }
    TSL__TRY(tsl__matrix_check_layout(x, err));
    const tsl__row_view view = tsl__row_view_of(x, 1);
    part_extent found[TSL__PARTS];
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols);
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, TSL__PARTS, p, &begin, &end);
        found[p] = find_extent(&view, begin, end);
    }
    *extent = (tsl__extent){0, HUGE_VAL};
    for (size_t p = 0; p < parts; p++) {
        if (found[p].bad != SIZE_MAX) {
            return refuse_cell(&view, found[p].bad, err);
        }
        const tsl__extent *part = &found[p].extent;
        extent->most = part->most > extent->most ? part->most : extent->most;
        extent->least = part->least < extent->least ? part->least : extent->least;
    }
done:
    return status;
}

/* ---- Moments ------------------------------------------------------------- */

/* Sums over rows, each part of them with a line of its own. */
typedef struct part_lines {
    double *sum;    /* parts x cols */
    double *buffer; /* parts x cols: a row that is not read in its place */
} part_lines;

/* sum[j] = weighted sum over a part of (x - shift), or of its squares. */
static void sum_part(const tsl__row_view *x, const tsl__weights *weights, size_t begin, size_t end, const double *shift,
                     int square, double *buffer, double *sum)
{
    memset(sum, 0, x->cols * sizeof *sum);
    for (size_t r = begin; r < end; r++) {
        const double *row = tsl__row(x, r, buffer), weight = tsl__weight_get(weights->of, r);
        for (size_t j = 0; j < x->cols; j++) {
            const double away = row[j] - shift[j];
            sum[j] += weight * (square ? away * away : away);
        }
    }
}

/* out[j] = the mean over all rows of (x - shift), or of its squares. */
static void mean_rows(const tsl__row_view *x, const tsl__weights *weights, int threads, const double *shift, int square,
                      const part_lines *lines, double *out)
{
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols);
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, TSL__PARTS, p, &begin, &end);
        sum_part(x, weights, begin, end, shift, square, lines->buffer + p * x->cols, lines->sum + p * x->cols);
    }
    for (size_t j = 0; j < x->cols; j++) {
        double sum = 0;
        for (size_t p = 0; p < parts; p++) {
            sum += lines->sum[p * x->cols + j];
        }
        out[j] = sum / weights->total;
    }
}

tsl_status tsl__matrix_moments(const tsl__row_view *x, const tsl__weights *weights, int threads, double *mean,
                               double *variance, double *share, tsl_error *err)
{
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
    part_lines lines = {0};
    double *first = NULL, *term = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(lines.sum = tsl__alloc(parts * x->cols, sizeof *lines.sum));
    TSL__NEED(lines.buffer = tsl__alloc(parts * x->cols, sizeof *lines.buffer));
    TSL__NEED(first = tsl__alloc(x->cols, sizeof *first));
    TSL__NEED(term = tsl__alloc(x->cols, sizeof *term));
    /* From the first row on, so that a large common offset costs no digits. */
    size_t row = 0;
    while (row + 1 < x->rows && !(tsl__weight_get(weights->of, row) > 0)) {
        row++;
    }
    tsl__row_take(x, row, first);
    mean_rows(x, weights, threads, first, 0, &lines, term);
    for (size_t j = 0; j < x->cols; j++) {
        mean[j] = first[j] + term[j];
    }
    mean_rows(x, weights, threads, mean, 1, &lines, term);
    *variance = 0;
    for (size_t j = 0; j < x->cols; j++) {
        *variance += term[j] / (double)x->cols;
    }
    for (size_t j = 0; share && j < x->cols; j++) {
        share[j] = *variance > 0 ? term[j] / *variance / (double)x->cols : 0;
    }
done:
    free(lines.sum);
    free(lines.buffer);
    free(first);
    free(term);
    return status;
}

/* ---- Distinct rows ------------------------------------------------------- */

/* A row that is looked for among those that were seen; a slot's number is a row's + 1. */
typedef struct wanted {
    const tsl__row_view *x;
    const double *values;
    double *other; /* cols: work space */
} wanted;

static int same_rows(const void *key, uint64_t number)
{
    const wanted *w = key;
    const double *other = tsl__row(w->x, (size_t)number - 1, w->other);
    for (size_t j = 0; j < w->x->cols; j++) {
        if (w->values[j] != other[j]) {
            return 0;
        }
    }
    return 1;
}

tsl_status tsl__matrix_distinct(const tsl__row_view *x, const tsl__weights *weights, size_t most, size_t *count,
                                tsl_error *err)
{
    tsl__slots seen = {0};
    double *row = NULL, *other = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(row = tsl__alloc(x->cols, sizeof *row));
    TSL__NEED(other = tsl__alloc(x->cols, sizeof *other));
    TSL__NEED(tsl__slots_open(&seen, 2 * most) == 0);
    const wanted w = {x, row, other};
    *count = 0;
    for (size_t r = 0; r < x->rows && *count < most; r++) {
        if (!(tsl__weight_get(weights->of, r) > 0)) {
            continue;
        }
        tsl__row_take(x, r, row);
        for (size_t j = 0; j < x->cols; j++) {
            row[j] += 0.0; /* -0 is 0 */
        }
        uint64_t *slot = tsl__slots_find(&seen, tsl__hash64(row, x->cols * sizeof *row, 0), same_rows, &w);
        *count += *slot == 0;
        *slot = *slot ? *slot : (uint64_t)r + 1;
    }
done:
    free(seen.slot);
    free(row);
    free(other);
    return status;
}

/* ---- Tiles and the hash -------------------------------------------------- */

void tsl__tile_fill(const tsl__row_view *x, size_t begin, const double *shift, double *tile)
{
    const size_t left = x->rows - begin, rows = left < TSL__TILE ? left : TSL__TILE;
    for (size_t i = 0; i < rows && x->plain; i++) {
        const double *row = tsl__row(x, begin + i, NULL);
        for (size_t j = 0; j < x->cols; j++) {
            tile[j * TSL__TILE + i] = shift ? row[j] - shift[j] : row[j];
        }
    }
    for (size_t i = 0; i < rows && !x->plain; i++) {
        for (size_t j = 0; j < x->cols; j++) {
            const double value = tsl__cell(x, begin + i, j);
            tile[j * TSL__TILE + i] = shift ? value - shift[j] : value;
        }
    }
    for (size_t i = rows; i < TSL__TILE; i++) {
        for (size_t j = 0; j < x->cols; j++) {
            tile[j * TSL__TILE + i] = 0;
        }
    }
}

tsl_status tsl_matrix_get_hash(const tsl_matrix *x, uint64_t *hash, tsl_error *err)
{
    const uint64_t shape[2] = {x->rows, x->cols};
    const tsl__row_view rows = tsl__row_view_of(x, 1);
    double *buffer = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__NEED(buffer = tsl__alloc(x->cols, sizeof *buffer));
    *hash = tsl__hash64(shape, sizeof shape, 0);
    for (size_t r = 0; r < x->rows; r++) {
        *hash = tsl__hash64(tsl__row(&rows, r, buffer), x->cols * sizeof *buffer, *hash);
    }
done:
    free(buffer);
    return status;
}
