/* optimal_matching.c: the assignment problem (Kuhn 1955) by shortest augmenting
 * paths (Jonker & Volgenant 1987). */
#include "model/comparison/external.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

#define NONE SIZE_MAX

/* Costs are -gain; a reduced cost is cost - row price - column price, >= 0. */
typedef struct solver {
    const double *gain;
    size_t rows, cols;
    double *row_price, *col_price;
    size_t *row_of;   /* cols: which row has the column, or NONE */
    double *distance; /* cols: of the cheapest path to the column */
    size_t *from;     /* cols: the column before it on that path, or NONE */
    char *done;       /* cols */
} solver;

/* The shortest paths from a free row to columns, until one is free: that one. */
static size_t find_path(solver *s, size_t row, double *length)
{
    size_t last = NONE;
    *length = 0;
    for (size_t c = 0; c < s->cols; c++) {
        s->distance[c] = HUGE_VAL;
        s->from[c] = NONE;
        s->done[c] = 0;
    }
    for (;;) {
        size_t nearest = NONE;
        for (size_t c = 0; c < s->cols; c++) {
            if (s->done[c]) {
                continue;
            }
            const double way = *length - s->gain[row * s->cols + c] - s->row_price[row] - s->col_price[c];
            if (way < s->distance[c]) {
                s->distance[c] = way;
                s->from[c] = last;
            }
            if (nearest == NONE || s->distance[c] < s->distance[nearest]) {
                nearest = c;
            }
        }
        *length = s->distance[nearest];
        s->done[nearest] = 1;
        if (s->row_of[nearest] == NONE) {
            return nearest;
        }
        last = nearest;
        row = s->row_of[nearest];
    }
}

/* Prices under which the path costs nothing. */
static void set_prices(solver *s, size_t row, double length)
{
    s->row_price[row] += length;
    for (size_t c = 0; c < s->cols; c++) {
        if (s->done[c] && s->row_of[c] != NONE) {
            s->row_price[s->row_of[c]] += length - s->distance[c];
            s->col_price[c] -= length - s->distance[c];
        }
    }
}

static void add_row(solver *s, size_t row)
{
    double length;
    size_t col = find_path(s, row, &length);
    set_prices(s, row, length);
    for (; s->from[col] != NONE; col = s->from[col]) {
        s->row_of[col] = s->row_of[s->from[col]];
    }
    s->row_of[col] = row;
}

int tsl__optimal_matching(const double *gain, size_t rows, size_t cols, size_t *match)
{
    solver s = {.gain = gain, .rows = rows, .cols = cols};
    s.row_price = tsl__alloc_zero(rows, sizeof *s.row_price);
    s.col_price = tsl__alloc_zero(cols, sizeof *s.col_price);
    s.row_of = tsl__alloc(cols, sizeof *s.row_of);
    s.distance = tsl__alloc(cols, sizeof *s.distance);
    s.from = tsl__alloc(cols, sizeof *s.from);
    s.done = tsl__alloc(cols, sizeof *s.done);
    const int failed = !s.row_price || !s.col_price || !s.row_of || !s.distance || !s.from || !s.done;
    for (size_t c = 0; c < cols && !failed; c++) {
        s.row_of[c] = NONE;
    }
    for (size_t r = 0; r < rows && !failed; r++) {
        add_row(&s, r);
    }
    for (size_t c = 0; c < cols && !failed; c++) {
        if (s.row_of[c] != NONE) {
            match[s.row_of[c]] = c;
        }
    }
    free(s.row_price);
    free(s.col_price);
    free(s.row_of);
    free(s.distance);
    free(s.from);
    free(s.done);
    return failed ? -1 : 0;
}
