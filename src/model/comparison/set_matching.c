/* set_matching.c: indices of labels that are matched one to one. */
#include "model/comparison/external.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

/* What two labels that are matched are worth. */
typedef enum worth {
    BY_ROWS,  /* the rows that have both */
    BY_SIZE,  /* those, by the greater of the two: the pair-sets index */
    BY_TRUTH, /* those, by the rows of the true label: the accuracy */
} worth;

static double get_worth(const tsl__contingency *table, const tsl__contingency_cell *cell, worth by)
{
    const double own = table->sum[0][cell->a], truth = table->sum[1][cell->b];
    return by == BY_ROWS ? cell->weight : cell->weight / (by == BY_TRUTH || truth > own ? truth : own);
}

/* The greatest sum of worths; match: k[0], the label of the second that each is
 * matched with, or -1: none, or no row in common. gain: room for k[0] x k[1]; place:
 * for the lesser of both. */
static int match_labels(const tsl__contingency *table, worth by, double *gain, size_t *place, int32_t *match,
                        double *sum)
{
    const int turned = table->k[0] > table->k[1]; /* rows are the fewer */
    const size_t rows = table->k[turned], cols = table->k[!turned];
    for (size_t i = 0; i < rows * cols; i++) {
        gain[i] = 0;
    }
    for (size_t i = 0; i < table->count; i++) {
        const tsl__contingency_cell *cell = &table->cell[i];
        const size_t a = (size_t)cell->a, b = (size_t)cell->b;
        gain[turned ? b * cols + a : a * cols + b] = get_worth(table, cell, by);
    }
    if (tsl__optimal_matching(gain, rows, cols, place)) {
        return -1;
    }
    *sum = 0;
    for (size_t a = 0; a < table->k[0]; a++) {
        match[a] = -1;
    }
    for (size_t r = 0; r < rows; r++) {
        const double worth_of = gain[r * cols + place[r]];
        *sum += worth_of;
        if (worth_of > 0) {
            match[turned ? place[r] : r] = (int32_t)(turned ? r : place[r]);
        }
    }
    return 0;
}

static int compare_falling(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* What matched sets are worth by chance: the largest with the largest, and so on
 * (Rezaei & Franti 2016, eq. 14). sorted: room for k[0] + k[1]. */
static double get_chance(const tsl__contingency *table, double *sorted)
{
    double *side[2] = {sorted, sorted + table->k[0]}, sum = 0;
    for (int s = 0; s < 2; s++) {
        for (size_t i = 0; i < table->k[s]; i++) {
            side[s][i] = table->sum[s][i];
        }
        qsort(side[s], table->k[s], sizeof *side[s], compare_falling);
    }
    for (size_t i = 0; i < table->present[0] && i < table->present[1]; i++) {
        const double a = side[0][i], b = side[1][i];
        sum += a * b / table->total / (a > b ? a : b);
    }
    return sum;
}

static double get_pair_sets(const tsl__contingency *table, double worth_of, double chance)
{
    const size_t most = table->present[0] > table->present[1] ? table->present[0] : table->present[1];
    if (most < 2) {
        return 1;
    }
    return worth_of > chance ? (worth_of - chance) / ((double)most - chance) : 0;
}

/* Rows of both in the pairs that are matched. */
static void count_matched(const tsl__contingency *table, tsl_comparison *out)
{
    for (size_t a = 0; a < table->k[0]; a++) {
        out->matched[a] = 0;
    }
    for (size_t i = 0; i < table->count; i++) {
        const tsl__contingency_cell *cell = &table->cell[i];
        if (out->match[cell->a] == cell->b) {
            out->matched[cell->a] = cell->weight;
        }
    }
}

int tsl__compare_sets(const tsl__contingency *table, tsl_comparison *out)
{
    const size_t least = table->k[0] < table->k[1] ? table->k[0] : table->k[1];
    const size_t most = table->k[0] < table->k[1] ? table->k[1] : table->k[0];
    double rows = 0, sizes = 0, truths = 0;
    out->pair_sets_index = out->normalised_accuracy = out->matched_share = (double)NAN;
    for (size_t a = 0; a < table->k[0]; a++) {
        out->match[a] = -1;
        out->matched[a] = 0;
    }
    if (!(table->total > 0) || most > TSL_MATCH_MAX) {
        return 0;
    }
    double *gain = tsl__alloc(least * most, sizeof *gain), *sorted = tsl__alloc(least + most, sizeof *sorted);
    size_t *place = tsl__alloc(least, sizeof *place);
    int failed = !gain || !sorted || !place;
    failed = failed || match_labels(table, BY_SIZE, gain, place, out->match, &sizes);
    failed = failed || match_labels(table, BY_TRUTH, gain, place, out->match, &truths);
    failed = failed || match_labels(table, BY_ROWS, gain, place, out->match, &rows);
    if (!failed) {
        const double k = (double)table->present[1];
        count_matched(table, out);
        out->matched_share = rows / table->total;
        out->pair_sets_index = get_pair_sets(table, sizes, get_chance(table, sorted));
        out->normalised_accuracy = k > 1 ? (truths - 1) / (k - 1) : table->present[0] == 1 ? 1 : (double)NAN;
    }
    free(gain);
    free(sorted);
    free(place);
    return failed ? -1 : 0;
}
