/* value_counts.c: counts the rows of each of a few values. */
#include "table/cell/value_counts.h"

void tsl__value_counts_add(tsl__value_counts *c, int64_t value, uint64_t rows)
{
    size_t i = 0;
    while (i < c->count && c->value[i] != value) {
        i++;
    }
    if (i == TSL__COUNTED_VALUES || c->over) {
        c->over = 1;
        c->count = 0;
        return;
    }
    if (i == c->count) {
        c->value[i] = value;
        c->rows[i] = 0;
        c->count++;
    }
    c->rows[i] += rows;
}

void tsl__value_counts_join(tsl__value_counts *c, const tsl__value_counts *other)
{
    for (size_t i = 0; i < other->count; i++) {
        tsl__value_counts_add(c, other->value[i], other->rows[i]);
    }
    if (other->over) {
        c->over = 1;
        c->count = 0;
    }
}
