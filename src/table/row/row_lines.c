/* row_lines.c: where each row that was kept stood, in a byte a row. */
#include "table/row/row_lines.h"

#include <stdlib.h>

#include "base/alloc.h"

#define ROUNDED_BITS 2
#define STEP_MOST (UINT8_MAX >> ROUNDED_BITS)

static tsl_status add_mark(tsl__row_lines *lines, size_t file, uint64_t line, tsl_error *err)
{
    void *mark = lines->mark;
    if (tsl__reserve(&mark, &lines->mark_capacity, lines->marks + 1, sizeof *lines->mark)) {
        return tsl__error_nomem(err);
    }
    lines->mark = mark;
    lines->mark[lines->marks++] = (tsl__line_mark){lines->rows, file, line};
    return TSL_OK;
}

tsl_status tsl__row_lines_add(tsl__row_lines *lines, size_t file, uint64_t line, unsigned rounded, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *step = lines->step;
    const int follows =
        lines->rows > 0 && file == lines->file && line >= lines->line && line - lines->line <= STEP_MOST;
    if (tsl__reserve(&step, &lines->capacity, lines->rows + 1, 1)) {
        return tsl__error_nomem(err);
    }
    lines->step = step;
    TSL__TRY(follows ? TSL_OK : add_mark(lines, file, line, err));
    lines->step[lines->rows++] = (uint8_t)((follows ? line - lines->line : 0) << ROUNDED_BITS | rounded);
    lines->file = file;
    lines->line = line;
done:
    return status;
}

void tsl__row_lines_walk(const tsl__row_lines *lines, tsl__line_walk *walk)
{
    const tsl__line_mark *mark = walk->mark < lines->marks ? &lines->mark[walk->mark] : NULL;
    const unsigned step = lines->step[walk->row];
    walk->line += step >> ROUNDED_BITS;
    walk->rounded = step & ((1U << ROUNDED_BITS) - 1);
    if (mark && mark->row == walk->row) {
        walk->file = mark->file;
        walk->line = mark->line;
        walk->mark++;
    }
    walk->row++;
}

void tsl__row_lines_free(tsl__row_lines *lines)
{
    free(lines->step);
    free(lines->mark);
    *lines = (tsl__row_lines){0};
}
