/* distinct.c: rows sorted by all that tells them apart, and those that are alike counted together. */
#include "value/rows/distinct.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "stat/sort.h"

#include <stdlib.h>

/* What is to be sorted, and what with. */
typedef struct table {
    const double *const *column;
    int columns, threads;
    const double *weight;
    size_t n;
    double *place, *value, *scratch; /* n, n, 2 n */
    size_t *begin;                   /* of the runs of one first value, and behind the last; n + 1 */
    size_t runs;
    unsigned char *differs; /* n: 1 where the k'th in order is another than the one before it */
} table;

static tsl_status open_table(table *t, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(t->place = tsl__alloc(t->n, sizeof *t->place));
    TSL__NEED(t->value = tsl__alloc(t->n, sizeof *t->value));
    TSL__NEED(t->scratch = tsl__alloc(2 * t->n, sizeof *t->scratch));
    TSL__NEED(t->begin = tsl__alloc(t->n + 1, sizeof *t->begin));
    TSL__NEED(t->differs = tsl__alloc(t->n, sizeof *t->differs));
done:
    return status;
}

static void free_table(table *t)
{
    free(t->place);
    free(t->value);
    free(t->scratch);
    free(t->begin);
    free(t->differs);
}

/* Those of one first value: by the last column first, each pass keeping the order of those before. At the end the
 * values of the second column lie in order. */
static void sort_run(const table *t, size_t begin, size_t end)
{
    for (int c = t->columns; c-- > 1;) {
        for (size_t k = begin; k < end; k++) {
            t->value[k] = t->column[c][(size_t)t->place[k]];
        }
        tsl__sort_with(t->value + begin, t->place + begin, t->scratch + 2 * begin, end - begin);
    }
    for (size_t k = begin; k < end; k++) {
        int alike = k > begin && (t->columns < 2 || t->value[k] == t->value[k - 1]);
        for (int c = 2; alike && c < t->columns; c++) {
            alike = t->column[c][(size_t)t->place[k]] == t->column[c][(size_t)t->place[k - 1]];
        }
        t->differs[k] = (unsigned char)!alike;
    }
}

static void sort(table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        t->place[i] = (double)i;
        t->value[i] = t->column[0][i];
    }
    tsl__sort_with(t->value, t->place, t->scratch, t->n);
    for (size_t k = 0; k < t->n; k++) {
        if (k == 0 || t->value[k] != t->value[k - 1]) {
            t->begin[t->runs++] = k;
        }
    }
    t->begin[t->runs] = t->n;
#pragma omp parallel for num_threads(t->threads) schedule(dynamic, 1)
    for (size_t r = 0; r < t->runs; r++) {
        sort_run(t, t->begin[r], t->begin[r + 1]);
    }
}

/* The groups that begin within the block, from the number `at` on: those of the blocks before it come first. */
static void gather(const table *t, size_t block, size_t at, tsl__distinct *d)
{
    size_t k, end;
    tsl__block_get(t->n, block, &k, &end);
    while (k < end && !t->differs[k]) {
        k++;
    }
    while (k < end) {
        const size_t first = (size_t)t->place[k];
        double weight = 0;
        for (int c = 0; c < t->columns; c++) {
            d->column[c][at] = t->column[c][first];
        }
        do {
            const size_t i = (size_t)t->place[k];
            weight += t->weight ? t->weight[i] : 1;
            d->of[i] = (uint32_t)at;
            k++;
        } while (k < t->n && !t->differs[k]);
        d->weight[at++] = weight;
    }
}

/* number: room for that of the first group of each block. */
static void gather_all(const table *t, size_t *number, tsl__distinct *d)
{
    const size_t blocks = tsl__block_count(t->n);
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        number[b] = d->count;
        tsl__block_get(t->n, b, &begin, &end);
        for (size_t k = begin; k < end; k++) {
            d->count += t->differs[k];
        }
    }
#pragma omp parallel for num_threads(t->threads) schedule(dynamic, 1)
    for (size_t b = 0; b < blocks; b++) {
        gather(t, b, number[b], d);
    }
    for (size_t i = 0; i < d->count; i++) {
        d->weights += d->weight[i];
    }
}

tsl_status tsl__distinct_build(const double *const *column, int columns, const double *weight, size_t n, int threads,
                               tsl__distinct *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    table t = {.column = column, .columns = columns, .threads = threads, .weight = weight, .n = n};
    size_t *number = NULL;
    *out = (tsl__distinct){.count = 0};
    for (int c = 0; c < columns; c++) {
        TSL__NEED(out->column[c] = tsl__alloc(n, sizeof *out->column[c]));
    }
    TSL__NEED(out->weight = tsl__alloc(n, sizeof *out->weight));
    TSL__NEED(out->of = tsl__alloc(n, sizeof *out->of));
    TSL__NEED(number = tsl__alloc(tsl__block_count(n), sizeof *number));
    TSL__TRY(open_table(&t, err));
    sort(&t);
    gather_all(&t, number, out);
done:
    free_table(&t);
    free(number);
    if (status != TSL_OK) {
        tsl__distinct_free(out);
    }
    return status;
}

int tsl__distinct_get_threads(const tsl_exec *run, size_t rows)
{
    return tsl__block_count(rows) > 1 ? run->threads : 1;
}

double tsl__distinct_sum(const tsl__distinct *distinct, int column)
{
    double sum = 0;
    for (size_t i = 0; i < distinct->count; i++) {
        sum += distinct->weight[i] * distinct->column[column][i];
    }
    return sum;
}

void tsl__distinct_free(tsl__distinct *distinct)
{
    for (int c = 0; c < TSL__DISTINCT_COLUMNS; c++) {
        free(distinct->column[c]);
    }
    free(distinct->weight);
    free(distinct->of);
    *distinct = (tsl__distinct){.count = 0};
}
