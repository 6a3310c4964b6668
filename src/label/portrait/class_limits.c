/* class_limits.c: classes of a value whose limits read well, and in which there are enough customers to be seen. */
#include "label/portrait/portrait_parts.h"

#include <math.h>
#include <string.h>

#define STEPS_MOST 32

/* Class `at` takes the one behind it. */
static void join(uint64_t *size, double *last, size_t *classes, size_t at)
{
    size[at] += size[at + 1];
    for (size_t c = at + 1; c + 1 < *classes; c++) {
        last[c - 1] = last[c];
        size[c] = size[c + 1];
    }
    (*classes)--;
}

/* The smallest class, the first of equal ones. */
static size_t find_smallest(const uint64_t *size, size_t classes)
{
    size_t least = 0;
    for (size_t c = 1; c < classes; c++) {
        least = size[c] < size[least] ? c : least;
    }
    return least;
}

size_t tsl__class_limits_get(const double *value, const double *with, size_t n, const double *ladder, size_t steps,
                             size_t most, double *limit)
{
    uint64_t size[STEPS_MOST + 1] = {0};
    double last[STEPS_MOST];
    size_t classes = steps + 1;
    memcpy(last, ladder, steps * sizeof *last);
    for (size_t i = 0; i < n; i++) {
        if (!isnan(value[i]) && !(with && isnan(with[i]))) {
            size[tsl__class_limits_find(ladder, classes, value[i])]++;
        }
    }
    for (;;) {
        const size_t least = find_smallest(size, classes);
        if (classes == 1 || (classes <= most && size[least] > 0)) {
            break;
        }
        const int down = least + 1 == classes || (least > 0 && size[least - 1] <= size[least + 1]);
        join(size, last, &classes, down ? least - 1 : least);
    }
    memcpy(limit, last, (classes - 1) * sizeof *limit);
    return classes;
}
