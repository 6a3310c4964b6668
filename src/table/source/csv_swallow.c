/*
 * csv_swallow.c: a quote by mistake, which takes in the lines up to the next one.
 *
 * A text may well run over lines. But where each line of a record, read by itself, has as many fields as the table, and
 * numbers and dates stand in the same places, or text follows the closing quote, they are rows, and the quote is none.
 */
#include <string.h>

#include "table/source/csv_state.h"

#define MOST_PLACES 64 /* fields that are looked at */

/* Where the field at p ends: at a delimiter or `end`. A quote that opens it counts if it is closed before the end. */
static const char *find_field_end(const tsl__csv_form *form, const char *p, const char *end)
{
    if (*p == '"') {
        for (const char *q = p + 1; (q = memchr(q, '"', (size_t)(end - q))); q += 2) {
            if (q + 1 >= end || q[1] != '"') {
                p = q + 1;
                break;
            }
        }
    }
    while (p < end && *p != form->delimiter) {
        p++;
    }
    return p;
}

static tsl__span unquote(tsl__span s)
{
    return s.n > 1 && s.s[0] == '"' && s.s[s.n - 1] == '"' ? (tsl__span){s.s + 1, s.n - 2} : s;
}

/* Fields of a line, and what the first MOST_PLACES hold, a bit each: a number or date; anything else but nothing. */
static size_t look_at(const tsl__csv_form *form, const char *p, const char *end, uint64_t *values, uint64_t *others)
{
    size_t count = 0;
    *values = *others = 0;
    for (const char *stop;; p = stop + 1) {
        stop = p < end ? find_field_end(form, p, end) : end;
        const tsl__span cell = tsl__cell_trim(unquote(tsl__cell_trim((tsl__span){p, (size_t)(stop - p)})));
        if (count < MOST_PLACES && !tsl__cell_is_missing(cell)) {
            const uint64_t bit = UINT64_C(1) << count, is = tsl__csv_is_value(cell) ? bit : 0;
            *values |= is;
            *others |= bit ^ is;
        }
        count++;
        if (stop == end) {
            return count - (form->trails && count == form->column_count + 1 && cell.n == 0);
        }
    }
}

uint64_t tsl__csv_swallowed(const tsl__csv_form *form, const char *s, size_t n, int stray)
{
    const char *const end = s + n;
    uint64_t lines = 0, values, others, first = 0;
    if (form->column_count < 2) {
        return 0;
    }
    for (const char *p = s, *stop; p < end; p = stop + 1, lines++) {
        stop = tsl__csv_find_line_end(p);
        if (look_at(form, p, stop, &values, &others) != form->column_count) {
            return 0;
        }
        first = lines ? first : values;
        const int is_like = first ? (values & first) && !(others & first) : stray && form->column_count > 2;
        if (lines && !is_like) {
            return 0;
        }
        stop += *stop == '\r' && stop[1] == '\n';
    }
    return lines - 1;
}
