/* status_counts.c: rows and money by the values of a status. */
#include "table/row/status_counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static int is_value(const tsl__status_value *a, const tsl__status_value *b)
{
    return a->bytes == b->bytes && memcmp(a->text, b->text, a->bytes) == 0;
}

tsl_status tsl__status_counts_add(tsl__status_counts *c, const tsl__status_value *row, tsl_error *err)
{
    size_t i = c->last;
    tsl_status status = TSL_OK;
    if (c->over) {
        return TSL_OK;
    }
    c->absolute += row->absolute;
    if (row->bytes == 0) {
        return TSL_OK;
    }
    if (i >= c->count || !is_value(&c->value[i], row)) {
        for (i = 0; i < c->count && !is_value(&c->value[i], row); i++) {
        }
    }
    if (i == TSL__STATUS_VALUES) {
        tsl__status_counts_free(c);
        c->over = 1;
        return TSL_OK;
    }
    if (i == c->count) {
        void *value = c->value;
        TSL__NEED(tsl__reserve(&value, &c->capacity, c->count + 1, sizeof *c->value) == 0);
        c->value = value;
        c->value[i] = (tsl__status_value){
            .text = tsl__strndup(row->text, row->bytes), .bytes = row->bytes, .file = row->file, .line = row->line};
        TSL__NEED(c->value[i].text);
        c->count++;
    }
    c->value[i].rows += row->rows;
    c->value[i].negative += row->negative;
    c->value[i].absolute += row->absolute;
    c->last = i;
done:
    return status;
}

tsl_status tsl__status_counts_join(tsl__status_counts *c, tsl__status_counts *behind, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (behind->over) {
        tsl__status_counts_free(c);
        c->over = 1;
    }
    __int128 all = c->absolute + behind->absolute;
    for (size_t i = 0; i < behind->count; i++) {
        TSL__TRY(tsl__status_counts_add(c, &behind->value[i], err));
    }
    c->absolute = c->over ? 0 : all;
    tsl__status_counts_free(behind);
done:
    return status;
}

void tsl__status_counts_free(tsl__status_counts *c)
{
    for (size_t i = 0; i < c->count; i++) {
        free(c->value[i].text);
    }
    free(c->value);
    *c = (tsl__status_counts){.count = 0};
}
