/* rows.c: the rows of a matrix as this room reads them, and how often each
 * counts. */
#include "model/rows.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

/* Weights whose sums and products stay far from over- and underflow. */
#define LEAST_WEIGHT 1e-100
#define MOST_WEIGHT 1e100

void tsl__row_take(const tsl__row_view *x, size_t row, double *out)
{
    if (x->plain) {
        memcpy(out, tsl__row(x, row, NULL), x->cols * sizeof *out);
    } else if (x->dtype == TSL_F64) {
        const double *from = (const double *)x->data + row * x->stride;
        for (size_t j = 0; j < x->cols; j++) {
            out[j] = from[j] * x->unit;
        }
    } else {
        const float *from = (const float *)x->data + row * x->stride;
        for (size_t j = 0; j < x->cols; j++) {
            out[j] = (double)from[j] * x->unit;
        }
    }
}

tsl_status tsl__weights_check(const double *of, size_t rows, tsl__weights *weights, tsl_error *err)
{
    *weights = (tsl__weights){.of = of, .total = of ? 0 : (double)rows, .positive = of ? 0 : rows};
    for (size_t r = 0; of && r < rows; r++) {
        if (!(of[r] == 0 || (of[r] >= LEAST_WEIGHT && of[r] <= MOST_WEIGHT))) {
            const char *what = isnan(of[r]) ? "not a number"
                               : of[r] < 0  ? "negative"
                               : of[r] < 1  ? "too small"
                                            : "too great";
            return tsl__error_set(err, TSL_E_INPUT, "row %zu: its weight is %s; expected 0, or 1e-100 to 1e100", r + 1,
                                  what);
        }
        weights->total += of[r];
        weights->positive += of[r] > 0;
    }
    return weights->positive > 0 || rows == 0 ? TSL_OK
                                              : tsl__error_set(err, TSL_E_INPUT, "no row has a weight above 0");
}
