/* data_commas.c: tells the commas that divide thousands for certain from those that may be decimal commas. */
#include "table/data_commas.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "table/cell/parse_number.h"

void tsl__data_commas_add(tsl__data_commas *c, const tsl__figure *figure, tsl__span cell, uint64_t line)
{
    c->proven |= figure->proven == TSL__MARK_POINT;
    if (figure->open == TSL__MARK_COMMA && c->count++ == 0) {
        c->line = line;
        tsl__span_show(cell, c->text, sizeof c->text);
    }
}

/* The text with its comma as `mark`, or without it where that is 0; points are dropped. Returns out. */
static char *rewrite(const char *text, char mark, char *out)
{
    char *to = out;
    for (; *text; text++) {
        if (*text == ',' ? mark : *text != '.') {
            *to++ = *text == ',' ? mark : *text;
        }
    }
    *to = 0;
    return out;
}

tsl_status tsl__data_commas_check(const tsl__data_commas *c, const char *file, const char *column, char delimiter,
                                  tsl_notes *notes, tsl_error *err)
{
    char whole[sizeof c->text], decimal[sizeof c->text];
    const unsigned long long line = (unsigned long long)c->line, count = (unsigned long long)c->count;
    if (c->proven || !c->count) {
        return TSL_OK;
    }
    if (delimiter == ';') {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s:%llu: %s: \"%s\" may be %s or %s, and no number of the column tells which (%llu such "
                              "in files divided by \";\"); write a decimal point or no comma at all, or divide the "
                              "columns by commas, beside which a comma in a number divides thousands",
                              file, line, column, c->text, rewrite(c->text, 0, whole), rewrite(c->text, '.', decimal),
                              count);
    }
    return c->count == 1
               ? tsl__notes_add(notes, "%s: \"%s\" (%s:%llu) is read with the comma as a thousands separator", column,
                                c->text, file, line)
               : tsl__notes_add(notes,
                                "%s: %llu numbers such as \"%s\" (%s:%llu) are read with the comma as a thousands "
                                "separator",
                                column, count, c->text, file, line);
}

char *tsl__data_commas_hint(tsl__span cell, char out[TSL__COMMA_HINT_BYTES])
{
    char text[48], written[48];
    double number;
    const char *comma = cell.n ? memchr(cell.s, ',', cell.n) : NULL;
    *out = 0;
    if (!comma) {
        return out;
    }
    size_t rest = cell.n - (size_t)(comma + 1 - cell.s);
    tsl__span_show(cell, text, sizeof text);
    int decimal = !memchr(comma + 1, ',', rest) && !memchr(comma + 1, '.', rest) &&
                  tsl__cell_number(tsl__span_make(rewrite(text, '.', written)), &number) == 0;
    snprintf(out, TSL__COMMA_HINT_BYTES, " (a comma divides thousands only%s%s)", decimal ? "; write " : "",
             decimal ? written : "");
    return out;
}
