/* decimal_comma.c: tells the commas that divide thousands for certain from those that may be decimal commas. */
#include "table/cell/decimal_comma.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"

/* Could the mark at `at` divide thousands: one to three digits without a zero in front before it, three behind? */
static int may_group(tsl__span cell, size_t at)
{
    size_t before = 0, behind = 0;
    while (before < at && tsl__is_digit(cell.s[at - 1 - before])) {
        before++;
    }
    while (at + 1 + behind < cell.n && tsl__is_digit(cell.s[at + 1 + behind])) {
        behind++;
    }
    return before >= 1 && before <= 3 && cell.s[at - before] != '0' && behind == 3;
}

void tsl__comma_add(tsl__comma *c, tsl__span cell, uint64_t row, const char *file, uint64_t line)
{
    double number;
    const char *comma = cell.n ? memchr(cell.s, ',', cell.n) : NULL,
               *point = cell.n ? memchr(cell.s, '.', cell.n) : NULL;
    if (c->proven || c->row == row || (!comma && !point) || tsl__cell_number(cell, &number)) {
        return;
    }
    c->row = row;
    if (!comma) {
        c->proven = !may_group(cell, (size_t)(point - cell.s));
        return;
    }
    size_t rest = cell.n - (size_t)(comma + 1 - cell.s);
    if (point || memchr(comma + 1, ',', rest)) {
        c->proven = 1;
        return;
    }
    if (c->now.count++ == 0) {
        c->now.file = file;
        c->now.line = line;
        tsl__span_show(cell, c->now.text, sizeof c->now.text);
    }
}

void tsl__comma_join(tsl__comma *c, const tsl__comma *behind)
{
    uint64_t before = c->now.count;
    if (!before) {
        c->now = behind->now;
    }
    c->now.count = before + behind->now.count;
    c->proven |= behind->proven;
}

void tsl__comma_end(tsl__comma *c, char delimiter)
{
    tsl__comma_cells *to = delimiter == ';' ? &c->refused : &c->doubtful;
    if (!c->proven && c->now.count) {
        uint64_t before = to->count;
        if (!before) {
            *to = c->now;
        }
        to->count = before + c->now.count;
    }
    c->now.count = 0;
    c->proven = 0;
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

tsl_status tsl__comma_check(const tsl__comma *c, const char *column, tsl_notes *notes, tsl_error *err)
{
    char whole[sizeof c->now.text], decimal[sizeof c->now.text];
    const tsl__comma_cells *bad = &c->refused, *odd = &c->doubtful;
    if (bad->count) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s:%llu: %s: \"%s\" may be %s or %s, and no number of the column tells which (%llu such "
                              "in files divided by \";\"); write a decimal point or no comma at all, or divide the "
                              "columns by commas, beside which a comma in a number divides thousands",
                              bad->file, (unsigned long long)bad->line, column, bad->text, rewrite(bad->text, 0, whole),
                              rewrite(bad->text, '.', decimal), (unsigned long long)bad->count);
    }
    if (!odd->count) {
        return TSL_OK;
    }
    return odd->count == 1
               ? tsl__notes_add(notes, "%s: \"%s\" (%s:%llu) is read with the comma as a thousands separator", column,
                                odd->text, odd->file, (unsigned long long)odd->line)
               : tsl__notes_add(notes,
                                "%s: %llu numbers such as \"%s\" (%s:%llu) are read with the comma as a thousands "
                                "separator",
                                column, (unsigned long long)odd->count, odd->text, odd->file,
                                (unsigned long long)odd->line);
}

char *tsl__comma_hint(tsl__span cell, char out[TSL__COMMA_HINT_BYTES])
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
