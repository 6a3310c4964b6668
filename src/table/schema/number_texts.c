/* number_texts.c: what the texts of a column show as numbers: their decimal mark, their suffix, the one text that
 * stands among them where nobody knows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/cell/currency.h"
#include "table/cell/id_spelling.h"
#include "table/cell/unknown_text.h"
#include "table/names/role_units.h"
#include "table/schema/typing.h"

#define MOSTLY 0.9     /* over this share of one form, the column is of that form */
#define LEAST_WORD 3   /* letters of a unit that is not known: two end ordinals, or are of a code */
#define LEAST_MARKED 2 /* distinct ones with a suffix that others lack: one is the last of its classes (5 and more) */

/* ---- Texts ---------------------------------------------------------------- */

tsl__span tsl__profile_get_text(const tsl__profile *p, size_t code)
{
    tsl__span text;
    text.s = tsl__dict_get_text(p->dict, (int32_t)code, &text.n);
    return text;
}

tsl__found_at tsl__profile_get_place(const tsl__profile *p, size_t code)
{
    tsl__found_at at = {.line = 0};
    p->where(p->user, p->use[code].first, &at.file, &at.line);
    return at;
}

int tsl__profile_is_most(uint64_t part, uint64_t whole)
{
    return whole > 0 && (double)part > MOSTLY * (double)whole;
}

/* ---- Units ------------------------------------------------------------------ */

/* A suffix that numbers things (3号店, 2组, 12A), and measures none. */
static int is_numbering(tsl__span suffix)
{
    static const char *const names[] = {"号", "组", "类", "区", "班", "店", "型",
                                        "栋", "座", "室", "楼", "级", "线", "#"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (tsl__span_begins(suffix, names[i], strlen(names[i]))) {
            return 1;
        }
    }
    return suffix.n == 1 && suffix.s[0] >= 'A' && suffix.s[0] <= 'Z';
}

int tsl__profile_is_unit(tsl__span suffix)
{
    size_t letters = 0;
    if (!suffix.n || is_numbering(suffix)) {
        return 0;
    }
    while (letters < suffix.n && tsl__is_lower(suffix.s[letters])) {
        letters++;
    }
    const int is_word = letters == suffix.n && letters >= LEAST_WORD && !tsl__span_equal(suffix, tsl__span_make("bis"));
    return is_word || (unsigned char)suffix.s[0] >= 0x80 || tsl__role_unit_is_measure(suffix);
}

/* ---- The first look ------------------------------------------------------- */

/* The one text that is no number, where it stands for a missing one. */
static void find_unknown(tsl__profile *p, const tsl__mark_evidence *e)
{
    const tsl__span text = tsl__mark_get_missing(e);
    const int32_t code = text.n ? tsl__dict_get(p->dict, text.s, text.n) : -1;
    if (code >= 0) {
        p->unknown = p->use[code].rows;
        p->unknown_code = (size_t)code;
    }
}

/* 1: numbers as plain as they can be, of which nothing is to be said. */
static int is_plain(const tsl__mark_evidence *e)
{
    return e->unmarked.count == e->count && !e->other.cells.count && !e->bare.open.count && !e->bare.comma.count;
}

/* The suffix that all numbers have, or but for some that have none; those of a role are in one unit throughout. marked:
 * texts that have it. */
static tsl_status set_suffix(tsl__profile *p, tsl__mark_evidence *e, size_t marked, tsl_error *err)
{
    const tsl_column_rule *rule = p->output->rule;
    const int declared = rule && rule->type == TSL_TYPE_NUMBER;
    const tsl__span all = tsl__mark_get_suffix(e), some = tsl__mark_get_some_suffix(e);
    if (all.n && (declared || !is_numbering(all))) {
        tsl__form_set_suffix(&p->form, e);
    } else if (p->output->role == TSL_ROLE_NONE && marked >= LEAST_MARKED && tsl__profile_is_unit(some)) {
        tsl__form_set_some_suffix(&p->form, e);
    }
    return tsl__role_unit_set(p->output->role, p->output->unit, p->output->name, &p->form, err);
}

tsl_status tsl__profile_look(tsl__profile *p, tsl_error *err)
{
    tsl__mark_evidence e = {.count = 0};
    tsl_status status = TSL_OK;
    const size_t count = tsl__dict_get_count(p->dict);
    size_t marked = 0;
    for (size_t c = 0; c < count; c++) {
        tsl__figure figure;
        if (p->use[c].rows) {
            const tsl__span text = tsl__profile_get_text(p, c);
            const int found = tsl__cell_read(text, TSL__MARK_NONE, &figure) == 0;
            const tsl__found_at at = tsl__profile_get_place(p, c);
            marked += found && figure.suffix.n;
            tsl__mark_add_rows(&e, text, found ? &figure : NULL, p->use[c].rows, at.file, at.line);
        }
    }
    TSL__TRY(set_suffix(p, &e, marked, err));
    p->proven = tsl__mark_get_proven(&e);
    p->form.mark.mark = p->declared != TSL__MARK_NONE ? p->declared
                        : p->proven != TSL__MARK_NONE ? p->proven
                                                      : p->assumed;
    p->form.mark.strict = p->declared != TSL__MARK_NONE;
    find_unknown(p, &e);
    if (e.count && !is_plain(&e)) {
        TSL__NEED(p->seen = tsl__alloc(1, sizeof *p->seen));
        *p->seen = e;
    }
done:
    return status;
}

int tsl__profile_read_number(const tsl__profile *p, tsl__span text, tsl__figure *figure, double *value)
{
    return tsl__cell_read(text, p->form.mark.mark, figure) || !tsl__form_take(&p->form, figure) ||
                   tsl__form_get_number(figure, text, value)
               ? -1
               : 0;
}

#define LONG_IDS 1e21 /* no id has as many digits */

int tsl__profile_is_inexact(const tsl__figure *figure, tsl__span text, double number)
{
    return tsl__cell_is_inexact(tsl__figure_get_plain(figure, text), number) ||
           (fabs(number) > (double)TSL__GREATEST_WHOLE && fabs(number) < LONG_IDS &&
            tsl__id_find_science(text) == TSL__ID_ROUNDED);
}

/* ---- A column of numbers ------------------------------------------------- */

tsl_status tsl__profile_settle(tsl__profile *p, tsl__mark common, tsl_notes *notes, tsl_error *err)
{
    const char *name = p->output->name;
    tsl_status status = TSL_OK;
    const tsl__mark_cells *priced;
    tsl_error several;
    int currency;
    if (!p->seen) {
        return TSL_OK;
    }
    TSL__TRY(tsl__mark_decide(p->seen, name, p->delimiter, p->assumed != TSL__MARK_NONE ? p->assumed : common,
                              p->declared, notes, &p->form.mark, err));
    TSL__TRY(tsl__role_unit_check(p->output->role, p->output->unit, name, p->seen, err));
    TSL__TRY(tsl__form_note(&p->form, p->seen, name, notes, err));
    TSL__TRY(tsl__mark_note_currency(p->seen, name, notes, err));
    if (tsl__mark_get_currency(p->seen, name, &currency, &priced, &several) != TSL_OK) {
        TSL__TRY(tsl__error_set(err, TSL_E_INPUT,
                                "%s (in the configuration, customers.columns.%s.ignore: true leaves the column out)",
                                several.message, name));
    }
done:
    return status;
}

int tsl__profile_is_marked(const tsl__profile *p, int *certain)
{
    if (!p->unknown || p->codes || p->by_code || p->number_texts < TSL__LEAST_NUMBERS ||
        !tsl__profile_is_most(p->numbers, p->present - p->unknown)) {
        return 0;
    }
    *certain = tsl__unknown_is_text(tsl__profile_get_text(p, p->unknown_code).s);
    return 1;
}

tsl_status tsl__profile_take_unknown(tsl__profile *p, tsl_notes *notes, tsl_error *err)
{
    const unsigned long long rows = (unsigned long long)p->unknown, present = (unsigned long long)p->present;
    const tsl__span text = tsl__profile_get_text(p, p->unknown_code);
    char shown[48];
    for (size_t row = 0; row < p->rows; row++) {
        p->code[row] = p->code[row] == (int32_t)p->unknown_code ? -1 : p->code[row];
    }
    p->present -= p->unknown;
    p->texts--;
    p->use[p->unknown_code].rows = 0;
    p->unknown = 0;
    tsl__span_show(text, shown, sizeof shown);
    return tsl__found_add(notes,
                          &(tsl__found){.kind = TSL_FINDING_PLACEHOLDER_TEXTS,
                                        .count = rows,
                                        .column = p->output->name,
                                        .example = {{.text = shown}}},
                          "%s: %llu of %llu cells hold \"%s\" in place of a number and are missing", p->output->name,
                          rows, present, shown);
}
