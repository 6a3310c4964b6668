/* number_form.c: which figures are numbers of their column, and what is said of them. */
#include "table/cell/number_form.h"

#include <tesela/table.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/cell/parse_number.h"

void tsl__form_look(tsl__mark_evidence *evidence, tsl__span cell, const char *file, uint64_t line)
{
    tsl__figure figure;
    const int found = tsl__cell_read(cell, TSL__MARK_NONE, &figure) == 0;
    if (found || !tsl__cell_is_missing(cell)) {
        tsl__mark_add(evidence, cell, found ? &figure : NULL, file, line);
    }
}

void tsl__form_set_suffix(tsl__number_form *form, const tsl__mark_evidence *evidence)
{
    const tsl__span suffix = tsl__mark_get_suffix(evidence);
    form->suffix_length = suffix.n;
    memcpy(form->suffix, suffix.s, suffix.n);
}

void tsl__form_set_some_suffix(tsl__number_form *form, tsl__mark_evidence *evidence)
{
    const tsl__span suffix = tsl__mark_get_some_suffix(evidence);
    form->partly = suffix.n > 0;
    form->suffix_length = suffix.n;
    memcpy(form->suffix, suffix.s, suffix.n);
    tsl__mark_take_suffixed(evidence);
}

static int has_suffix(const tsl__number_form *form, const tsl__figure *figure)
{
    if (!figure->suffix.n) {
        return !form->suffix_length || form->partly;
    }
    return figure->suffix.n == form->suffix_length && memcmp(figure->suffix.s, form->suffix, form->suffix_length) == 0;
}

int tsl__form_take(const tsl__number_form *form, tsl__figure *figure)
{
    if (!has_suffix(form, figure) || !tsl__mark_admits(&form->mark, figure)) {
        return 0;
    }
    figure->exponent -= figure->percent ? 2 : 0;
    figure->exponent -= figure->scale == form->named ? form->named : 0;
    return 1;
}

const char *tsl__form_describe(const tsl__number_form *form, const tsl__figure *figure, char out[TSL__FORM_FAULT_BYTES])
{
    if (figure && form->suffix_length && !has_suffix(form, figure)) {
        snprintf(out, TSL__FORM_FAULT_BYTES, "has no \"%.*s\" behind it, as the numbers before it have",
                 (int)form->suffix_length, form->suffix);
    } else if (figure && !tsl__mark_admits(&form->mark, figure)) {
        const int point = figure->proven == TSL__MARK_POINT;
        snprintf(out, TSL__FORM_FAULT_BYTES, "has a decimal %s, where --decimal %s is said", point ? "point" : "comma",
                 point ? "comma" : "point");
    } else {
        snprintf(out, TSL__FORM_FAULT_BYTES, "is not a decimal number");
    }
    return out;
}

int tsl__form_get_number(const tsl__figure *figure, tsl__span cell, double *out)
{
    char hundredths[TSL__PLAIN_BYTES + 32];
    if (!figure->percent || (!figure->sticky && figure->units < (__int128)1 << 53)) {
        return tsl__figure_get_number(figure, cell, out);
    }
    /* Digits that no double holds are read from the text, which knows no hundredths. */
    const tsl__span plain = tsl__figure_get_plain(figure, cell);
    const int n = snprintf(hundredths, sizeof hundredths, "%.*s%s", (int)plain.n, plain.s,
                           memchr(plain.s, 'e', plain.n) ? "" : "e-2");
    if (n >= (int)sizeof hundredths || tsl__double_read(hundredths, (size_t)n, out) || !isfinite(*out)) {
        return -1;
    }
    *out /= memchr(plain.s, 'e', plain.n) ? 100 : 1;
    return 0;
}

/* What became of the suffix. Returns out. */
static const char *describe_suffix(const tsl__number_form *form, char out[160])
{
    const tsl__factor f = form->factor;
    if (f.numerator > 1 || f.denominator > 1) {
        const int n = f.numerator > 1 ? snprintf(out, 160, ", and are multiplied by %lld", (long long)f.numerator) : 0;
        if (f.denominator > 1) {
            snprintf(out + n, 160 - (size_t)n, ", and are divided by %lld", (long long)f.denominator);
        }
    } else {
        snprintf(out, 160, ", which is left out%s",
                 form->unknown ? ", as it is no unit that is known; say by an expression what is meant, if it is one"
                               : "");
    }
    return out;
}

tsl_status tsl__form_note(const tsl__number_form *form, const tsl__mark_evidence *e, const char *column,
                          tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__mark_note(e, column, notes, err));
    if (tsl__mark_get_percent(e) == 1) {
        TSL__TRY(tsl__found_add(notes,
                                &(tsl__found){.kind = TSL_FINDING_READ_AS,
                                              .count = e->percent.count,
                                              .column = column,
                                              .example = {{e->percent.file, e->percent.line, NULL, e->percent.text}}},
                                "%s: all numbers have a percent sign and are read as hundredths: \"%s\" (%s:%llu)",
                                column, e->percent.text, e->percent.file, (unsigned long long)e->percent.line));
    }
    if (form->named && e->scaled.count) {
        TSL__TRY(tsl__found_add(notes,
                                &(tsl__found){.kind = TSL_FINDING_READ_AS,
                                              .count = e->scaled.count,
                                              .column = column,
                                              .example = {{e->scaled.file, e->scaled.line, NULL, e->scaled.text}}},
                                "%s: %llu number%s the word that the name of the column multiplies by as well, and %s "
                                "multiplied once: \"%s\" (%s:%llu)",
                                column, (unsigned long long)e->scaled.count, e->scaled.count == 1 ? " has" : "s have",
                                e->scaled.count == 1 ? "is" : "are", e->scaled.text, e->scaled.file,
                                (unsigned long long)e->scaled.line));
    }
    if (form->suffix_length) {
        char what[160], part[64] = "all";
        if (form->partly) {
            snprintf(part, sizeof part, "%llu of %llu", (unsigned long long)e->suffix.cells.count,
                     (unsigned long long)e->count);
        }
        TSL__TRY(tsl__found_add(
            notes,
            &(tsl__found){.kind = form->unknown  ? TSL_FINDING_UNKNOWN_UNIT
                                  : form->partly ? TSL_FINDING_MIXED_NUMBERS
                                                 : TSL_FINDING_NUMBER_SUFFIX,
                          .count = e->suffix.cells.count,
                          .column = column,
                          .example = {{e->suffix.cells.file, e->suffix.cells.line, NULL, e->suffix.cells.text}}},
            "%s: %s numbers have \"%.*s\" behind them%s: \"%s\" (%s:%llu)", column, part, (int)form->suffix_length,
            form->suffix, describe_suffix(form, what), e->suffix.cells.text, e->suffix.cells.file,
            (unsigned long long)e->suffix.cells.line));
    }
done:
    return status;
}
