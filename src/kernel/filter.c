/* filter.c: centres laid out as the kernels want them, with the bounds that
 * make a label from floats certain. */
#include "base/alloc.h"
#include "kernel/kernel.h"

#include <float.h>
#include <stdlib.h>

/* Whole vectors of the widest register, so that every kernel may load them. */
enum { PAD = 8 };

int tsl__filter_open(tsl__filter *filter, int k, size_t cols, double scale)
{
    *filter = (tsl__filter){.k = k, .cols = cols, .scale = scale};
    filter->padded = ((size_t)k + PAD - 1) / PAD * PAD;
    /* cols products and sums, three roundings of the inputs; the rest of the
     * margin outweighs the roundings of the bound itself and of the distances
     * in double; FLT_MIN stands for what underflows. */
    filter->gamma = (float)(cols + 16) * 0x1p-24f;
    filter->packed = tsl__alloc_aligned((size_t)k * cols, sizeof *filter->packed);
    filter->half = tsl__alloc_aligned(filter->padded, sizeof *filter->half);
    filter->own = tsl__alloc_aligned(filter->padded, sizeof *filter->own);
    filter->column = tsl__alloc_aligned(cols * filter->padded, sizeof *filter->column);
    if (!filter->packed || !filter->half || !filter->own || !filter->column) {
        tsl__filter_free(filter);
        return -1;
    }
    for (size_t i = 0; i < cols * filter->padded; i++) {
        filter->column[i] = 0;
    }
    return 0;
}

void tsl__filter_set(tsl__filter *filter, const double *center)
{
    const size_t cols = filter->cols;
    const double gamma = (double)filter->gamma;
    float *packed = filter->packed;
    for (int b = 0, c0 = 0; b < tsl__filter_blocks(filter->k); b++) {
        const int n = tsl__filter_block_size(filter->k, b);
        for (int c = 0; c < n; c++) {
            const double *at = center + (size_t)(c0 + c) * cols;
            double norm = 0;
            for (size_t j = 0; j < cols; j++) {
                const double value = at[j] * filter->scale;
                norm += value * value;
                packed[j * (size_t)n + (size_t)c] = (float)-value;
                filter->column[j * filter->padded + (size_t)(c0 + c)] = at[j];
            }
            filter->half[c0 + c] = (float)(norm * (0.5 - gamma));
            filter->own[c0 + c] = (float)(2 * gamma * norm) + (float)(4 * cols) * FLT_MIN;
        }
        packed += (size_t)n * cols;
        c0 += n;
    }
}

void tsl__filter_free(tsl__filter *filter)
{
    free(filter->packed);
    free(filter->half);
    free(filter->own);
    free(filter->column);
    *filter = (tsl__filter){0};
}
