/* coarse.c: rows by bins. */
#include "value/rows/coarse.h"

#include "base/alloc.h"

#include <math.h>

#define FINE 8.0 /* bins are even in the value up to its mean over this, and in its logarithm beyond */

enum { OTHERS = 2 }; /* columns beside the first, at most */

typedef struct cell {
    double weight, sum[OTHERS];
} cell;

typedef struct scale {
    double unit[OTHERS], most[OTHERS]; /* of the logarithm */
    int bins;
} scale;

static double squeeze(double value, double unit)
{
    return log1p(FINE * value / unit);
}

static scale open_scale(const tsl__distinct *d, int others, int bins)
{
    scale s = {.bins = bins};
    for (int c = 0; c < others; c++) {
        double most = 0;
        for (size_t i = 0; i < d->count; i++) {
            most = fmax(most, d->column[c + 1][i]);
        }
        s.unit[c] = fmax(tsl__distinct_sum(d, c + 1) / d->weights, 1e-300);
        s.most[c] = fmax(squeeze(most, s.unit[c]), 1e-300);
    }
    return s;
}

static int bin_of(const scale *s, int c, double value)
{
    return (int)fmin(squeeze(value, s->unit[c]) / s->most[c] * s->bins, s->bins - 1);
}

/* Moves what the cells hold to the rows. */
static void empty(cell *cells, double first, int others, int whole, int bins, tsl__distinct *out)
{
    for (int k = 0; k < bins; k++) {
        if (cells[k].weight > 0) {
            out->column[0][out->count] = first;
            for (int c = 0; c < others; c++) {
                const double mean = cells[k].sum[c] / cells[k].weight;
                out->column[c + 1][out->count] = whole ? round(mean) : mean;
            }
            out->weight[out->count++] = cells[k].weight;
        }
        cells[k] = (cell){.weight = 0};
    }
}

/* The rows are sorted: what falls into the same bins of all columns but the last stands together. */
static void fill(const tsl__distinct *d, int others, const scale *s, int whole, tsl__distinct *out)
{
    cell cells[TSL__COARSE_BINS] = {{.weight = 0}};
    int bin = 0;
    for (size_t i = 0; i < d->count; i++) {
        const int here = others > 1 ? bin_of(s, 0, d->column[1][i]) : 0;
        if (i > 0 && (d->column[0][i] != d->column[0][i - 1] || here != bin)) {
            empty(cells, d->column[0][i - 1], others, whole, s->bins, out);
        }
        bin = here;
        cell *own = &cells[bin_of(s, others - 1, d->column[others][i])];
        own->weight += d->weight[i];
        for (int c = 0; c < others; c++) {
            own->sum[c] += d->weight[i] * d->column[c + 1][i];
        }
    }
    empty(cells, d->count > 0 ? d->column[0][d->count - 1] : 0, others, whole, s->bins, out);
}

tsl_status tsl__coarse_build(const tsl__distinct *rows, int columns, int bins, int whole, tsl__distinct *out,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__distinct){.weights = rows->weights};
    TSL__ASSERT(bins <= TSL__COARSE_BINS && columns > 1 && columns <= OTHERS + 1);
    for (int c = 0; c < columns; c++) {
        TSL__NEED(out->column[c] = tsl__alloc(rows->count, sizeof *out->column[c]));
    }
    TSL__NEED(out->weight = tsl__alloc(rows->count, sizeof *out->weight));
    const scale s = open_scale(rows, columns - 1, bins);
    fill(rows, columns - 1, &s, whole, out);
done:
    if (status != TSL_OK) {
        tsl__distinct_free(out);
    }
    return status;
}
