/* off_scale.c: cuts off the tail at either end of rising values, where the gap before it is wide enough. */
#include "stat/off_scale.h"

#include <math.h>

#define LEAST_ROWS 20
#define MOST_SHARE 0.05
#define FEW_VALUES 12
#define FEW_TIMES 10
#define MANY_TIMES 3
#define MOST_SKEW 4

/* The values [begin, end). */
typedef struct part {
    const double *value;
    const uint64_t *rows;
    size_t begin, end;
} part;

static uint64_t count_rows(const part *p, size_t begin, size_t end)
{
    uint64_t sum = 0;
    for (size_t i = begin; i < end; i++) {
        sum += p->rows[i];
    }
    return sum;
}

static double get_median(const part *p)
{
    const uint64_t half = (count_rows(p, p->begin, p->end) + 1) / 2;
    uint64_t sum = 0;
    size_t i = p->begin;
    while (i + 1 < p->end && (sum += p->rows[i]) < half) {
        i++;
    }
    return p->value[i];
}

static int are_few(const part *p)
{
    int whole = p->end - p->begin <= FEW_VALUES;
    for (size_t i = p->begin; i < p->end && whole; i++) {
        whole = p->value[i] == floor(p->value[i]);
    }
    return whole;
}

/* Is a value at this distance from the end (upper: the high one) of the others off their scale? */
static int is_off(const part *others, double gap, int upper, int is_scale)
{
    const double low = others->value[others->begin], high = others->value[others->end - 1];
    const double range = high - low;
    if (!(range > 0) || !(gap > range)) {
        return 0;
    }
    if (is_scale) {
        return 1;
    }
    if (are_few(others)) {
        return gap > FEW_TIMES * range;
    }
    const double median = get_median(others);
    const double here = upper ? high - median : median - low, there = upper ? median - low : high - median;
    return gap > MANY_TIMES * range && here <= MOST_SKEW * there;
}

/* Cuts the widest tail off that is off, of at most `most` rows; these. */
static uint64_t cut_upper(part *all, uint64_t most, int is_scale)
{
    uint64_t tail = 0, off = 0;
    part rest = *all;
    while (rest.end - rest.begin > 2 && tail + all->rows[rest.end - 1] <= most) {
        const double from = all->value[--rest.end];
        tail += all->rows[rest.end];
        if (is_off(&rest, from - all->value[rest.end - 1], 1, is_scale)) {
            off = tail;
            all->end = rest.end;
        }
    }
    return off;
}

static uint64_t cut_lower(part *all, uint64_t most, int is_scale)
{
    uint64_t tail = 0, off = 0;
    part rest = *all;
    while (rest.end - rest.begin > 2 && tail + all->rows[rest.begin] <= most) {
        const double to = all->value[rest.begin];
        tail += all->rows[rest.begin++];
        if (is_off(&rest, all->value[rest.begin] - to, 0, is_scale)) {
            off = tail;
            all->begin = rest.begin;
        }
    }
    return off;
}

void tsl__off_scale_find(const double *value, const uint64_t *rows, size_t count, int is_scale, tsl__off_scale *out)
{
    part others = {value, rows, 0, count};
    const uint64_t all = count_rows(&others, 0, count), most = (uint64_t)(MOST_SHARE * (double)all);
    *out = (tsl__off_scale){.count = 0};
    if (all < LEAST_ROWS) {
        return;
    }
    out->count = cut_upper(&others, most, is_scale);
    out->count += cut_lower(&others, most - out->count, is_scale);
    out->count +=
        cut_upper(&others, most - out->count, is_scale); /* beside what is off below, it may not have seemed so */
    out->low = value[others.begin];
    out->high = value[others.end - 1];
    const double far_above = value[count - 1] - out->high, far_below = out->low - value[0];
    out->example = far_above >= far_below ? value[count - 1] : value[0];
}
