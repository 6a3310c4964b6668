/* matrix.c: checks, moments, distinct rows and the hash of a matrix. */
#include "model/matrix.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/slots.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

/* Beyond this the squares of a long row might overflow. */
#define LARGEST 1e150

#define PARTS_BYTES ((size_t)256 << 20)
#define LEAST_PARTS 8

size_t tsl__part_most(size_t sums)
{
    const size_t fitting = PARTS_BYTES / sizeof(double) / sums;
    return fitting > TSL__PARTS ? TSL__PARTS : fitting < LEAST_PARTS ? LEAST_PARTS : fitting;
}

int tsl__team_size(int threads, double work)
{
    return work < 25000.0 * threads ? 1 : threads;
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

/* The first bad cell of a part, row-major, or SIZE_MAX. */
static size_t find_bad(const tsl_matrix *x, size_t begin, size_t end)
{
    for (size_t r = begin; r < end; r++) {
        const double *row = tsl__row(x, r);
        for (size_t j = 0; j < x->cols; j++) {
            if (!(fabs(row[j]) <= LARGEST)) {
                return r * x->cols + j;
            }
        }
    }
    return SIZE_MAX;
}

tsl_status tsl__matrix_check(const tsl_matrix *x, int threads, tsl_error *err)
{
    if (x->rows == 0 || x->cols == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "nothing to cluster: the matrix has %zu rows and %zu columns", x->rows,
                              x->cols);
    }
    if (x->stride < x->cols) {
        return tsl__error_set(err, TSL_E_OPTION, "a stride of %zu is less than the %zu columns", x->stride, x->cols);
    }
    size_t bad[TSL__PARTS];
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols);
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, TSL__PARTS, p, &begin, &end);
        bad[p] = find_bad(x, begin, end);
    }
    for (size_t p = 0; p < parts; p++) {
        if (bad[p] != SIZE_MAX) {
            const size_t row = bad[p] / x->cols, col = bad[p] % x->cols;
            const double value = tsl__row(x, row)[col];
            const char *what = isnan(value) ? "not a number" : isinf(value) ? "infinite" : "beyond 1e150";
            return tsl__error_set(err, TSL_E_INPUT,
                                  "row %zu, column %zu: the value is %s; clustering needs finite numbers", row + 1,
                                  col + 1, what);
        }
    }
    return TSL_OK;
}

/* out[j] = sum over a part of (x - shift), or of its squares. */
static void sum_part(const tsl_matrix *x, size_t begin, size_t end, const double *shift, int square, double *out)
{
    memset(out, 0, x->cols * sizeof *out);
    for (size_t r = begin; r < end; r++) {
        const double *row = tsl__row(x, r);
        for (size_t j = 0; j < x->cols; j++) {
            const double away = row[j] - shift[j];
            out[j] += square ? away * away : away;
        }
    }
}

/* out[j] = the mean over all rows of (x - shift), or of its squares. */
static void mean_rows(const tsl_matrix *x, int threads, const double *shift, int square, double *part, double *out)
{
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols);
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, TSL__PARTS, p, &begin, &end);
        sum_part(x, begin, end, shift, square, part + p * x->cols);
    }
    for (size_t j = 0; j < x->cols; j++) {
        double sum = 0;
        for (size_t p = 0; p < parts; p++) {
            sum += part[p * x->cols + j];
        }
        out[j] = sum / (double)x->rows;
    }
}

tsl_status tsl__matrix_moments(const tsl_matrix *x, int threads, double *mean, double *variance, tsl_error *err)
{
    double *part = tsl__alloc(tsl__part_count(x->rows, TSL__PARTS) * x->cols, sizeof *part);
    double *term = tsl__alloc(x->cols, sizeof *term);
    if (!part || !term) {
        free(part);
        free(term);
        return tsl__error_nomem(err);
    }
    /* From the first row on, so that a large common offset costs no digits. */
    const double *first = tsl__row(x, 0);
    mean_rows(x, threads, first, 0, part, term);
    for (size_t j = 0; j < x->cols; j++) {
        mean[j] = first[j] + term[j];
    }
    mean_rows(x, threads, mean, 1, part, term);
    *variance = 0;
    for (size_t j = 0; j < x->cols; j++) {
        *variance += term[j] / (double)x->cols;
    }
    free(part);
    free(term);
    return TSL_OK;
}

/* A row that is looked for among those that were seen; a slot's number is a row's + 1. */
typedef struct wanted {
    const tsl_matrix *x;
    const double *values;
} wanted;

static int same_rows(const void *key, uint64_t number)
{
    const wanted *w = key;
    const double *other = tsl__row(w->x, (size_t)number - 1);
    for (size_t j = 0; j < w->x->cols; j++) {
        if (w->values[j] != other[j]) {
            return 0;
        }
    }
    return 1;
}

tsl_status tsl__matrix_distinct(const tsl_matrix *x, size_t most, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__slots seen = {0};
    double *copy = tsl__alloc(x->cols, sizeof *copy);
    TSL__NEED(copy && tsl__slots_open(&seen, 2 * most) == 0);
    *count = 0;
    for (size_t r = 0; r < x->rows && *count < most; r++) {
        const wanted w = {x, tsl__row(x, r)};
        for (size_t j = 0; j < x->cols; j++) {
            copy[j] = w.values[j] + 0.0; /* -0 is 0 */
        }
        uint64_t *slot = tsl__slots_find(&seen, tsl__hash64(copy, x->cols * sizeof *copy, 0), same_rows, &w);
        *count += *slot == 0;
        *slot = *slot ? *slot : (uint64_t)r + 1;
    }
done:
    free(seen.slot);
    free(copy);
    return status;
}

void tsl__tile_fill(const tsl_matrix *x, size_t begin, const double *shift, double *tile)
{
    const size_t left = x->rows - begin, rows = left < TSL__TILE ? left : TSL__TILE;
    for (size_t i = 0; i < rows; i++) {
        const double *row = tsl__row(x, begin + i);
        for (size_t j = 0; j < x->cols; j++) {
            tile[j * TSL__TILE + i] = shift ? row[j] - shift[j] : row[j];
        }
    }
    for (size_t i = rows; i < TSL__TILE; i++) {
        for (size_t j = 0; j < x->cols; j++) {
            tile[j * TSL__TILE + i] = 0;
        }
    }
}

uint64_t tsl_matrix_get_hash(const tsl_matrix *x)
{
    const uint64_t shape[2] = {x->rows, x->cols};
    uint64_t hash = tsl__hash64(shape, sizeof shape, 0);
    for (size_t r = 0; r < x->rows; r++) {
        hash = tsl__hash64(tsl__row(x, r), x->cols * sizeof *x->data, hash);
    }
    return hash;
}
