/* translate_hdf5.c: tables of HDF5 files as text: a header, then the cells as a CSV file would hold them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "store/foreign/foreign_table.h"
#include "table/cell/cell_array.h"
#include "table/text/packed_number.h"
#include "table/text/translator.h"

#define STEP_BYTES ((size_t)1 << 18) /* of text, about */

typedef struct hdf5_table {
    tsl__foreign_table *table;
    tsl__cell_array *cell; /* one a column */
    size_t row;
    int named; /* 1: the header is there */
} hdf5_table;

/* ---- Columns ------------------------------------------------------------------ */

static const struct {
    tsl__cell_layout layout;
    tsl__cell_content content;
} kinds[] = {
    [TSL__FOREIGN_SIGNED] = {TSL__LAYOUT_SIGNED, TSL__CONTENT_NUMBER},
    [TSL__FOREIGN_UNSIGNED] = {TSL__LAYOUT_UNSIGNED, TSL__CONTENT_NUMBER},
    [TSL__FOREIGN_FLOAT] = {TSL__LAYOUT_FLOAT, TSL__CONTENT_NUMBER},
    [TSL__FOREIGN_BOOL] = {TSL__LAYOUT_UNSIGNED, TSL__CONTENT_BOOLEAN},
    [TSL__FOREIGN_TIME] = {TSL__LAYOUT_SIGNED, TSL__CONTENT_TIME},
    [TSL__FOREIGN_CELLS] = {TSL__LAYOUT_FIXED, TSL__CONTENT_NUMBER},
    [TSL__FOREIGN_TEXT] = {TSL__LAYOUT_POINTER, TSL__CONTENT_NUMBER},
};

static void describe(const tsl__foreign_column *c, tsl__cell_array *out)
{
    const int is_time = c->kind == TSL__FOREIGN_TIME;
    *out = (tsl__cell_array){.layout = kinds[c->kind].layout,
                             .content = kinds[c->kind].content,
                             .data = c->values,
                             .stride = c->width,
                             .width = c->width,
                             .valid = c->valid,
                             .missing_least = is_time,
                             .per_second = is_time ? c->per_second : 1,
                             .zone = is_time ? c->origin : 0};
}

/* ---- Text --------------------------------------------------------------------- */

static void put_cell(tsl__text *out, tsl__span cell)
{
    const size_t from = out->length;
    tsl__text_append(out, cell.s, cell.n);
    for (size_t i = from; i < out->length; i++) {
        char *c = &out->data[i];
        *c = *c == TSL__PACKED_FIELD || *c == TSL__PACKED_RECORD || !*c ? TSL__BAD_BYTE : *c;
    }
}

static void put_mark(tsl__text *out, char mark)
{
    tsl__text_append(out, &mark, 1);
}

static void put_header(const tsl__foreign_table *t, tsl__text *out)
{
    for (size_t i = 0; i < t->columns; i++) {
        if (i) {
            put_mark(out, TSL__PACKED_FIELD);
        }
        put_cell(out, tsl__span_make(t->column[i].name));
    }
    put_mark(out, TSL__PACKED_RECORD);
}

static void put_row(const hdf5_table *h, tsl__text *out)
{
    char text[TSL__TYPED_BYTES];
    tsl__typed cell;
    for (size_t i = 0; i < h->table->columns; i++) {
        if (i) {
            put_mark(out, TSL__PACKED_FIELD);
        }
        tsl__cell_array_get(&h->cell[i], h->row, &cell);
        const tsl__span shown = tsl__typed_show(&cell, text);
        if (cell.form == TSL__TYPED_NUMBER) {
            tsl__packed_number_put(out, text, isfinite(cell.number) && fabs(cell.number) > cell.greatest_whole);
        } else {
            put_cell(out, shown);
        }
    }
    put_mark(out, TSL__PACKED_RECORD);
}

/* ---- The contract ------------------------------------------------------------- */

static void free_table(void *state)
{
    hdf5_table *h = state;
    if (h) {
        tsl__foreign_table_free(h->table);
        free(h->cell);
        free(h);
    }
}

static tsl_status open_table(const tsl__translation *how, void **state, tsl_error *err)
{
    char *bytes = NULL;
    size_t count;
    hdf5_table *h = NULL;
    tsl_status status = TSL_OK;
    *state = NULL;
    TSL__NEED(h = tsl__alloc_zero(1, sizeof *h));
    TSL__TRY(tsl__input_read_all(how->input, SIZE_MAX - 1, &bytes, &count, err));
    TSL__TRY(tsl__foreign_table_open(&(tsl_source){.path = how->name, .bytes = bytes, .count = count}, how->sheet,
                                     how->notes, &h->table, err));
    TSL__NEED(h->cell = tsl__alloc(h->table->columns, sizeof *h->cell));
    for (size_t i = 0; i < h->table->columns; i++) {
        describe(&h->table->column[i], &h->cell[i]);
    }
    *state = h;
    h = NULL;
done:
    free(bytes);
    free_table(h);
    return status;
}

static tsl_status step_table(void *state, tsl__text *out, int *ended, tsl_error *err)
{
    hdf5_table *h = state;
    const size_t most = out->length + STEP_BYTES;
    tsl_status status = TSL_OK;
    if (!h->named) {
        put_header(h->table, out);
        h->named = 1;
    }
    for (; h->row < h->table->rows && out->length < most && !out->failed; h->row++) {
        put_row(h, out);
    }
    TSL__NEED(!out->failed);
    *ended = h->row == h->table->rows;
done:
    return status;
}

const tsl__translator tsl__translate_hdf5 = {
    .is_packed = 1, .is_binary = 1, .first_line = 0, .open = open_table, .step = step_table, .free = free_table};
