/* subtotals.c: rows that sum up those before them. */
#include "table/row/subtotals.h"

#include <tesela/table.h>

/* But for what rounding does. */
static int is_sum(__int128 sum, __int128 amount)
{
    const __int128 off = sum < amount ? amount - sum : sum - amount;
    return sum != 0 && off <= TSL_DECIMAL_ONE / 100;
}

tsl_status tsl__subtotals_add(tsl__subtotals *s, const tsl__status_value *row, int64_t amount, tsl_error *err)
{
    if (row->bytes == 0) {
        *(s->rows ? &s->sum : &s->before) += amount;
    } else if (s->rows++ == 0) {
        s->first = amount;
    } else {
        s->proven += (uint64_t)is_sum(s->sum, amount);
        s->sum = 0;
    }
    return tsl__status_counts_add(&s->words, row, err);
}

tsl_status tsl__subtotals_join(tsl__subtotals *s, tsl__subtotals *behind, tsl_error *err)
{
    *(s->rows ? &s->sum : &s->before) += behind->before;
    if (behind->rows && s->rows) {
        s->proven += (uint64_t)is_sum(s->sum, behind->first);
    } else if (behind->rows) {
        s->first = behind->first;
    }
    s->sum = behind->rows ? behind->sum : s->sum;
    s->rows += behind->rows;
    s->proven += behind->proven;
    const tsl_status status = tsl__status_counts_join(&s->words, &behind->words, err);
    behind->rows = behind->proven = 0;
    behind->before = behind->first = behind->sum = 0;
    return status;
}

uint64_t tsl__subtotals_get_proven(const tsl__subtotals *s)
{
    return s->proven + (s->rows > 0 && is_sum(s->before, s->first));
}

void tsl__subtotals_free(tsl__subtotals *s)
{
    tsl__status_counts_free(&s->words);
    *s = (tsl__subtotals){.rows = 0};
}
