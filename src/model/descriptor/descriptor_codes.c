/* descriptor_codes.c: columns as codes: the places of a number's values, or of their
 * bins, and the levels of a category. */
#include "base/alloc.h"
#include "base/error.h"
#include "model/descriptor/descriptor_work.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

/* Where the values of a bin end: sorted[0..n) are cut into quantile bins of whole values. */
static size_t find_end(const double *sorted, size_t n, size_t bin, size_t bins)
{
    size_t end = (size_t)ceil((double)n * (double)(bin + 1) / (double)bins);
    end = end > n ? n : end < 1 ? 1 : end;
    return tsl__sorted_up_to(sorted, n, sorted[end - 1]);
}

static size_t count_distinct(const double *sorted, size_t n)
{
    size_t count = n > 0;
    for (size_t i = 1; i < n; i++) {
        count += sorted[i] > sorted[i - 1];
    }
    return count;
}

/* The least and the greatest value of each code; returns how many there are. */
static uint32_t find_places(const double *sorted, size_t n, size_t distinct, int bins, double *low, double *high)
{
    uint32_t count = 0;
    const int binned = bins > 0 && distinct > (size_t)bins;
    for (size_t at = 0, bin = 0; at < n; bin++) {
        const size_t end = binned ? find_end(sorted, n, bin, (size_t)bins) : tsl__sorted_up_to(sorted, n, sorted[at]);
        if (end > at) {
            low[count] = sorted[at];
            high[count++] = sorted[end - 1];
            at = end;
        }
    }
    return count;
}

static int open_number(const tsl__row_view *x, size_t column, const double *weight, int bins,
                       tsl__descriptor_codes *out)
{
    size_t known = 0;
    double *values = tsl__alloc(2 * x->rows, sizeof *values);
    if (!values) {
        return 0;
    }
    for (size_t r = 0; r < x->rows; r++) {
        const double v = tsl__cell(x, r, column);
        if (!isnan(v) && tsl__weight_get(weight, r) > 0) {
            values[known++] = v;
        }
    }
    tsl__sort(values, values + x->rows, known);
    const size_t distinct = count_distinct(values, known);
    out->ordered = 1;
    out->low = tsl__alloc(distinct, sizeof *out->low);
    out->high = tsl__alloc(distinct, sizeof *out->high);
    if (out->low && out->high) {
        out->count = find_places(values, known, distinct, bins, out->low, out->high);
    }
    free(values);
    for (size_t r = 0; out->low && out->high && r < x->rows; r++) {
        const double v = tsl__cell(x, r, column);
        const size_t place = isnan(v) ? out->count : tsl__sorted_below(out->high, out->count, v);
        out->code[r] = (uint32_t)place;
    }
    return out->low && out->high;
}

static void open_levels(const tsl__row_view *x, size_t column, size_t levels, tsl__descriptor_codes *out)
{
    out->count = (uint32_t)levels;
    for (size_t r = 0; r < x->rows; r++) {
        const double v = tsl__cell(x, r, column);
        out->code[r] = isnan(v) ? out->count : (uint32_t)v;
    }
}

tsl_status tsl__descriptor_codes_open(const tsl_descriptor_columns *columns, const double *weight, int bins,
                                      int threads, tsl__descriptor_codes **out, tsl_error *err)
{
    const tsl__row_view x = tsl__row_view_of(columns->values, 1);
    tsl_status status = TSL_OK;
    tsl__descriptor_codes *codes = NULL;
    int *good = NULL;
    TSL__NEED(codes = tsl__alloc_zero(x.cols, sizeof *codes));
    TSL__NEED(good = tsl__alloc_zero(x.cols, sizeof *good));
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (size_t c = 0; c < x.cols; c++) {
        const size_t levels = columns->column ? columns->column[c].level_count : 0;
        codes[c].code = tsl__alloc(x.rows, sizeof *codes[c].code);
        good[c] = codes[c].code != NULL;
        if (good[c] && levels) {
            open_levels(&x, c, levels, &codes[c]);
        } else if (good[c]) {
            good[c] = open_number(&x, c, weight, bins, &codes[c]);
        }
    }
    for (size_t c = 0; c < x.cols; c++) {
        TSL__TRY(good[c] ? TSL_OK : tsl__error_nomem(err));
    }
    *out = codes;
    codes = NULL;
done:
    tsl__descriptor_codes_free(codes, x.cols);
    free(good);
    return status;
}

void tsl__descriptor_codes_free(tsl__descriptor_codes *codes, size_t cols)
{
    for (size_t c = 0; codes && c < cols; c++) {
        free(codes[c].code);
        free(codes[c].low);
        free(codes[c].high);
    }
    free(codes);
}
