/* finish_date_files.c: several files of one table, and what each shows by itself of the order of its dates. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "table/reading.h"

/* 1: the output's cells stand in the files themselves, and not in one that is looked up. */
static int is_own(const tsl__reading *r, size_t output)
{
    const size_t input = r->terms.plan.output[output].input;
    return input != TSL__NONE && r->terms.plan.input[input].lookup == TSL__NONE;
}

tsl_status tsl__date_files_merge(tsl__reading *r, const tsl__observed *of_batch, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (r->files < 2) {
        return TSL_OK;
    }
    if (!r->file_dates) {
        TSL__NEED(r->file_dates = tsl__alloc_zero(of_batch->outputs, sizeof *r->file_dates));
    }
    for (size_t i = 0; i < of_batch->outputs; i++) {
        if (r->terms.plan.output[i].type == TSL_TYPE_TIME && is_own(r, i)) {
            r->file_dates[i].declared = r->terms.opt->dates;
            tsl__date_evidence_join(&r->file_dates[i], &of_batch->output[i].dates);
        }
    }
done:
    return status;
}

/* The mark that a column of the file proves; NONE: none does. */
static tsl__mark find_mark(const tsl__reading *r)
{
    tsl__mark mark = TSL__MARK_NONE;
    for (size_t n = 0; n < r->terms.plan.numbers && mark == TSL__MARK_NONE; n++) {
        mark = tsl__mark_get_proven(&r->observed.mark[n]);
    }
    return mark;
}

tsl_status tsl__date_files_close(tsl__reading *r, size_t file, char delimiter, tsl_error *err)
{
    const tsl__dialect dialect = {delimiter, find_mark(r)};
    tsl_status status = TSL_OK;
    for (size_t i = 0; r->file_dates && i < r->terms.plan.outputs; i++) {
        TSL__TRY(
            tsl__date_files_add(&r->date_files, file, dialect, &r->file_dates[i], r->terms.plan.output[i].name, err));
        r->file_dates[i] = (tsl__date_evidence){.form = {0}};
    }
done:
    return status;
}

/* The cells of a column that was read as texts, in the rows of one file. */
static tsl_status add_texts(tsl__reading *r, size_t output, size_t from, size_t to, tsl_error *err)
{
    const tsl__column_build *b = &r->build[output];
    const size_t file = r->origin[from].file;
    const tsl__dialect dialect = {r->table->file[file].delimiter, TSL__MARK_NONE};
    tsl__date_evidence e = {.declared = r->terms.opt->dates};
    int64_t time;
    for (size_t row = from; row < to; row++) {
        if (b->code[row] >= 0) {
            tsl__span text;
            text.s = tsl__dict_get_text(b->dict, b->code[row], &text.n);
            (void)tsl__date_evidence_add(&e, text, -1, r->place[file], r->origin[row].line, &time);
        }
    }
    return tsl__date_files_add(&r->date_files, file, dialect, &e, r->terms.plan.output[output].name, err);
}

tsl_status tsl__date_files_check_texts(tsl__reading *r, const uint8_t *is_dated, size_t rows, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t from = 0, to; r->files > 1 && from < rows; from = to) {
        to = from + 1;
        while (to < rows && r->origin[to].file == r->origin[from].file) {
            to++;
        }
        for (size_t i = 1; i < r->terms.plan.outputs; i++) {
            TSL__TRY(is_dated[i] && is_own(r, i) ? add_texts(r, i, from, to, err) : TSL_OK);
        }
    }
    TSL__TRY(tsl__date_files_check(&r->date_files, &r->table->info.notes, err));
done:
    return status;
}
