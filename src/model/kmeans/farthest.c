/* farthest.c: the row that an empty cluster takes. */
#include "model/kmeans/farthest.h"

size_t tsl__farthest_row(const tsl__labelled *of)
{
    const size_t cols = of->x->cols;
    size_t row = SIZE_MAX;
    double most = 0;
    for (size_t r = 0; r < of->x->rows; r++) {
        const size_t label = of->label[r];
        if (of->count[label] < 2) {
            continue;
        }
        const double *center = of->center + label * cols;
        double squared = 0;
        for (size_t j = 0; j < cols; j++) {
            const double value = tsl__cell(of->x, r, j);
            const double away = (of->shift ? value - of->shift[j] : value) - center[j];
            squared += away * away;
        }
        if (squared > most) {
            most = squared;
            row = r;
        }
    }
    return row;
}
