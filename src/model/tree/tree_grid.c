/* tree_grid.c: where the search for a value's bin begins. As a greater number never
 * lies in a lower cell, all edges of the cells before a value's own are less than
 * it and all of those after are greater, whatever the cells' width was rounded to. */
#include "model/tree/tree_grid.h"

#include <math.h>

/* Counts the edges of each cell; what lies in the fullest. */
static int fill(const double *edge, int count, tsl__grid *grid)
{
    uint16_t in[TSL__GRID_CELLS] = {0};
    int before = 0;
    for (int i = 0; i < count; i++) {
        in[tsl__grid_cell(grid, edge[i])]++;
    }
    grid->most = 0;
    for (int c = 0; c < TSL__GRID_CELLS; c++) {
        grid->start[c] = (uint16_t)before;
        before += in[c];
        grid->most = in[c] > grid->most ? in[c] : grid->most;
    }
    return grid->most;
}

/* Between two edges that are to lie in the first cell and in the last. */
static tsl__grid span_numbers(double low, double high)
{
    const double scale = (TSL__GRID_CELLS - 1) / (high - low);
    /* Not from the number just below 0 on: sums with it are slow. */
    return (tsl__grid){.low = isnormal(low) ? low : 0, .scale = isnormal(scale) ? scale : 0};
}

static tsl__grid span_bits(double low, double high)
{
    tsl__grid grid = {.by_bits = 1, .first = tsl__grid_key(low)};
    while ((tsl__grid_key(high) - grid.first) >> grid.shift >= TSL__GRID_CELLS) {
        grid.shift++;
    }
    return grid;
}

void tsl__grid_build(const double *edge, int count, tsl__grid *out)
{
    const double low = edge[0], high = edge[count > 2 ? count - 2 : 0]; /* the last may be as great as any number is */
    tsl__grid bits = span_bits(low, high);
    *out = span_numbers(low, high);
    if (!(out->scale > 0) || fill(edge, count, out) > fill(edge, count, &bits)) {
        fill(edge, count, &bits);
        *out = bits;
    }
}
