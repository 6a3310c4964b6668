/* value_counts.c: counts the rows of each of a few values. */
#include "table/cell/value_counts.h"

void tsl__value_counts_add(tsl__value_counts *t, int64_t value, uint64_t rows)
{
    size_t i = 0;
    while (i < t->count && t->value[i] != value) {
        i++;
    }
    if (i == TSL__COUNTED_VALUES || t->over) {
        t->over = 1;
        t->count = 0;
        return;
    }
    if (i == t->count) {
        t->value[i] = value;
        t->rows[i] = 0;
        t->count++;
    }
    t->rows[i] += rows;
}

void tsl__value_counts_join(tsl__value_counts *t, const tsl__value_counts *other)
{
    for (size_t i = 0; i < other->count; i++) {
        tsl__value_counts_add(t, other->value[i], other->rows[i]);
    }
    if (other->over) {
        t->over = 1;
        t->count = 0;
    }
}
