/* tree_tally.c: what the rows of a leaf cost at each centre, added up by the bins
 * of every column.
 *
 * Distances are whole numbers, so that the sums of a leaf less those of one half
 * are exactly those of the other: of two halves only the one with fewer rows is
 * ever gathered. Weights are no whole numbers, and always added up anew. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "kernel/kernel.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define AHEAD 8 /* rows whose distances are fetched ahead */

size_t tsl__tally_bytes(const tsl__tree_work *w)
{
    return w->bins.all * (tsl__tally_line(w) * sizeof(int64_t) + (w->weight ? sizeof(double) : 0));
}

int tsl__tally_open(const tsl__tree_work *w, tsl__tally *tally)
{
    tally->sum = tsl__alloc(w->bins.all, tsl__tally_line(w) * sizeof *tally->sum);
    tally->mass = w->weight ? tsl__alloc(w->bins.all, sizeof *tally->mass) : NULL;
    return tally->sum && (tally->mass || !w->weight);
}

void tsl__tally_free(tsl__tally *tally)
{
    free(tally->sum);
    free(tally->mass);
}

/* The distances of some rows and a 1 for each, side by side. */
static void tile_load(const tsl__tree_work *w, tsl__tree_rows rows, size_t begin, size_t end, int64_t *tile)
{
    const size_t line = (size_t)w->k + 1, last = rows.count - 1;
    for (size_t i = begin; i < end; i++) {
        const int64_t *soon = w->distance + rows.row[i + AHEAD < last ? i + AHEAD : last] * line;
        __builtin_prefetch(soon);
        __builtin_prefetch(soon + line - 1);
        int64_t *to = tile + (i - begin) * (line + 1);
        memcpy(to, w->distance + rows.row[i] * line, line * sizeof *tile);
        to[line] = 1;
    }
}

/* Gathers a column of the rows of a tile. */
static void tile_gather(const tsl__tree_work *w, size_t column, const size_t *row, size_t count, const tsl__scratch *s,
                        tsl__tally *to)
{
    const size_t line = tsl__tally_line(w);
    const uint16_t *code = tsl__bins_codes(&w->bins, column);
    const size_t group = w->bins.group;
    for (size_t i = 0; i < count; i++) { /* by itself, so that many are on their way from memory at once */
        s->tile_code[i] = code[row[i] * group];
    }
    w->kernel->gather(s->tile, s->tile_code, count, line, to->sum + w->bins.column[column].at * line);
}

void tsl__tally_gather(const tsl__tree_work *w, tsl__tree_rows rows, tsl__tally *to)
{
    const size_t cols = w->raw->cols;
    const int team = tsl__team_size(w->threads, (double)rows.count * (double)cols * w->k);
    memset(to->sum, 0, w->bins.all * tsl__tally_line(w) * sizeof *to->sum);
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
    for (size_t from = 0; from < cols; from += w->together) {
        const tsl__scratch *s = &w->scratch[omp_get_thread_num()];
        const size_t end = cols - from < w->together ? cols : from + w->together;
        for (size_t i = 0, next; i < rows.count; i = next) {
            next = rows.count - i < w->tile_rows ? rows.count : i + w->tile_rows;
            tile_load(w, rows, i, next, s->tile);
            for (size_t c = from; c < end; c++) {
                tile_gather(w, c, rows.row + i, next - i, s, to);
            }
        }
    }
    tsl__tally_weigh(w, rows, to);
}

void tsl__tally_weigh(const tsl__tree_work *w, tsl__tree_rows rows, tsl__tally *to)
{
    if (!w->weight) {
        return;
    }
    memset(to->mass, 0, w->bins.all * sizeof *to->mass);
    const int team = tsl__team_size(w->threads, (double)rows.count * (double)w->raw->cols);
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
    for (size_t c = 0; c < w->raw->cols; c++) {
        const uint16_t *code = tsl__bins_codes(&w->bins, c);
        double *mass = to->mass + w->bins.column[c].at;
        for (size_t i = 0; i < rows.count; i++) {
            mass[code[rows.row[i] * w->bins.group]] += w->weight[rows.row[i]];
        }
    }
}

void tsl__tally_part(const tsl__tree_work *w, tsl__tally *from, const tsl__tally *part)
{
    const size_t count = w->bins.all * tsl__tally_line(w);
    for (size_t i = 0; i < count; i++) {
        from->sum[i] -= part->sum[i];
    }
}
