/* sums.c: counts of rows, added up in any order. */
#include "table/row/sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

tsl_status tsl__sums_open(tsl__sums *s, size_t columns, tsl_error *err)
{
    *s = (tsl__sums){.columns = columns};
    s->column = tsl__alloc_zero(columns, sizeof *s->column);
    return s->column ? TSL_OK : tsl__error_nomem(err);
}

void tsl__sums_free(tsl__sums *s)
{
    for (size_t i = 0; s->column && i < s->columns; i++) {
        free(s->column[i].code);
    }
    free(s->column);
    tsl__day_counts_free(&s->days);
    *s = (tsl__sums){.columns = 0};
}

static int reserve_codes(tsl__column_sums *c, size_t codes)
{
    void *code = c->code;
    const size_t before = c->code_capacity;
    if (codes <= c->codes) {
        return 0;
    }
    const int failed = tsl__reserve(&code, &c->code_capacity, codes, sizeof *c->code);
    c->code = code;
    if (failed) {
        return -1;
    }
    memset(c->code + before, 0, (c->code_capacity - before) * sizeof *c->code);
    c->codes = codes;
    return 0;
}

tsl_status tsl__sums_add_code(tsl__sums *s, size_t column, int32_t code, tsl_error *err)
{
    tsl__column_sums *c = &s->column[column];
    if (code < 0) {
        c->missing++;
        return TSL_OK;
    }
    if (reserve_codes(c, (size_t)code + 1)) {
        return tsl__error_nomem(err);
    }
    c->code[code]++;
    return TSL_OK;
}

void tsl__sums_add_number(tsl__sums *s, size_t column, int64_t value)
{
    tsl__column_sums *c = &s->column[column];
    if (value == TSL_MISSING_INT) {
        c->missing++;
        return;
    }
    c->sum += value;
    c->absolute += value < 0 ? -(__int128)value : value;
    c->negative += value < 0;
    c->zero += value == 0;
    if (value % 100 != 0 || c->decimals < 2) { /* most have two */
        while (c->decimals < TSL_DECIMAL_PLACES && value % (int64_t)tsl__tens[TSL_DECIMAL_PLACES - c->decimals] != 0) {
            c->decimals++;
        }
    }
}

tsl_status tsl__sums_join(tsl__sums *s, const tsl__sums *other, int32_t *const *map, tsl_error *err)
{
    for (size_t i = 0; i < s->columns; i++) {
        tsl__column_sums *c = &s->column[i];
        const tsl__column_sums *o = &other->column[i];
        c->missing += o->missing;
        c->sum += o->sum;
        c->absolute += o->absolute;
        c->negative += o->negative;
        c->zero += o->zero;
        c->decimals = o->decimals > c->decimals ? o->decimals : c->decimals;
        for (size_t k = 0; k < o->codes; k++) {
            const int32_t code = map[i][k];
            if (o->code[k] && reserve_codes(c, (size_t)code + 1)) {
                return tsl__error_nomem(err);
            }
            if (o->code[k]) {
                c->code[code] += o->code[k];
            }
        }
    }
    s->rounded += other->rounded;
    return tsl__day_counts_join(&s->days, &other->days) ? tsl__error_nomem(err) : TSL_OK;
}
