/* tree_grid.h: where the search for a value's bin begins. */
#ifndef TSL_MODEL_TREE_TREE_GRID_H
#define TSL_MODEL_TREE_TREE_GRID_H

#include <stdint.h>
#include <string.h>

#define TSL__GRID_CELLS 1024

/* Cells of one width over the edges of a column's bins: a width of numbers or,
 * where that puts fewer edges in the fullest cell, of the numbers' bits, which is
 * much like one of logarithms. A greater number never lies in a lower cell. */
typedef struct tsl__grid {
    int by_bits;
    int most;                        /* edges in the fullest cell */
    double low, scale;               /* of numbers */
    uint64_t first;                  /* of bits: key of the first edge */
    int shift;                       /* likewise */
    uint16_t start[TSL__GRID_CELLS]; /* edges in the cells before */
} tsl__grid;

/* edge: count finite numbers, rising. */
void tsl__grid_build(const double *edge, int count, tsl__grid *out);

/* The bits of a number as one that rises with it; both zeros have the same. */
static inline uint64_t tsl__grid_key(double value)
{
    uint64_t bits;
    value += 0.0;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

/* The cell of a number that is not NaN. */
static inline int tsl__grid_cell(const tsl__grid *grid, double value)
{
    if (grid->by_bits) {
        const uint64_t key = tsl__grid_key(value), last = TSL__GRID_CELLS - 1;
        const uint64_t cell = key < grid->first ? 0 : (key - grid->first) >> grid->shift;
        return (int)(cell < last ? cell : last);
    }
    const double cell = (value - grid->low) * grid->scale, last = TSL__GRID_CELLS - 1;
    return (int)(cell > 0 ? cell < last ? cell : last : 0);
}

/* The first edge >= value. edge goes on for grid->most infinite ones. */
static inline int tsl__grid_find(const tsl__grid *grid, const double *edge, double value)
{
    int begin = grid->start[tsl__grid_cell(grid, value)];
    for (int count = grid->most + 1; count > 1;) { /* without a branch to guess */
        const int half = count / 2;
        begin += edge[begin + half - 1] < value ? half : 0;
        count -= half;
    }
    return begin;
}

#endif
