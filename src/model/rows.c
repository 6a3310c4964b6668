/* rows.c: the rows of a matrix as this room reads them. */
#include "model/rows.h"

#include <string.h>

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
