/* reject.c: counts and tells rejected rows. */
#include "table/row/reject.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/cell/quotes.h"

#define MESSAGE_BYTES 512

/* name: in rejects.csv; counts: towards the limit; finding: NONE of rows that are left out since it was asked for,
 * and of those that are told elsewhere */
static const struct {
    const char *name;
    int counts;
    tsl_finding_kind finding;
} kinds[TSL_REJECT_KINDS] = {
    [TSL_REJECT_NO_CUSTOMER] = {"no_customer", 0, TSL_FINDING_REJECTED_NO_CUSTOMER},
    [TSL_REJECT_BAD_CELL] = {"bad_cell", 1, TSL_FINDING_REJECTED_BAD_CELL},
    [TSL_REJECT_RAGGED] = {"ragged", 1, TSL_FINDING_REJECTED_RAGGED},
    [TSL_REJECT_ENCODING] = {"encoding", 1, TSL_FINDING_REJECTED_ENCODING},
    [TSL_REJECT_AFTER_AS_OF] = {"after_as_of", 0, TSL_FINDING_REJECTED_AFTER_AS_OF},
    [TSL_REJECT_DUPLICATE] = {"duplicate", 0, TSL_FINDING_REJECTED_DUPLICATE},
    [TSL_REJECT_ORPHAN] = {"orphan", 0, TSL_FINDING_REJECTED_ORPHAN},
    [TSL_REJECT_CONFLICT] = {"conflict", 0, TSL_FINDING_REJECTED_CONFLICT},
    [TSL_REJECT_FILTERED] = {"filtered", 0, TSL_FINDING_NONE},
    [TSL_REJECT_TOTAL] = {"total", 0, TSL_FINDING_NONE},
    [TSL_REJECT_DESCRIPTION] = {"description", 0, TSL_FINDING_NONE},
    [TSL_REJECT_SUPPRESSED] = {"suppressed", 0, TSL_FINDING_NONE},
};

tsl_finding_kind tsl__reject_get_finding(tsl_reject_kind kind)
{
    return kinds[kind].finding;
}

const char *tsl_reject_kind_get_name(tsl_reject_kind kind)
{
    return (size_t)kind < TSL_REJECT_KINDS ? kinds[kind].name : "?";
}

/* Keeps one of the first of its kind. */
static tsl_status keep_first(tsl__rejects *rejects, tsl_reject_kind kind, const tsl__cell_place *place,
                             const char *shown, tsl_error *err)
{
    tsl__found *found = rejects->first[kind];
    tsl__found grown = found ? *found : (tsl__found){.kind = (int)kinds[kind].finding};
    size_t i = 0;
    while (i < TSL__FOUND_EXAMPLES && grown.example[i].line) {
        i++;
    }
    if (i == TSL__FOUND_EXAMPLES) {
        return TSL_OK;
    }
    grown.example[i] = (tsl__found_at){place->file, place->line, *place->column ? place->column : NULL, shown};
    if (!(rejects->first[kind] = tsl__found_copy(&grown))) {
        rejects->first[kind] = found;
        return tsl__error_nomem(err);
    }
    tsl__found_free(found);
    return TSL_OK;
}

tsl_status tsl__reject_add(tsl__rejects *rejects, tsl_reject_kind kind, const tsl__cell_place *place, tsl__span text,
                           tsl_error *err, const char *format, ...)
{
    char shown[TSL__REJECT_TEXT_BYTES], message[MESSAGE_BYTES];
    int wants_example = kinds[kind].counts && rejects->examples < TSL__REJECT_EXAMPLES;
    tsl__span_show(rejects->hides ? (tsl__span){"", 0} : text, shown, sizeof shown);
    if (rejects->by[kind]++ < TSL__FOUND_EXAMPLES && keep_first(rejects, kind, place, shown, err) != TSL_OK) {
        return TSL_E_NOMEM;
    }
    rejects->total++;
    if (!rejects->sink && !wants_example) {
        return TSL_OK;
    }
    va_list args;
    va_start(args, format);
    int length = tsl__vprint(message, sizeof message, format, args);
    va_end(args);
    tsl__text_tidy(message, length >= (int)sizeof message);
    if (rejects->hides) {
        tsl__quotes_hide(message, sizeof message);
    }
    if (wants_example) {
        char *example = tsl__format("%s:%llu: %s%s%s", place->file, (unsigned long long)place->line, place->column,
                                    *place->column ? ": " : "", message);
        if (!example) {
            return tsl__error_nomem(err);
        }
        rejects->example[rejects->examples++] = example;
    }
    if (!rejects->sink) {
        return TSL_OK;
    }
    tsl_reject reject = {place->file, place->line, place->column, kind, shown, message};
    tsl_status status = rejects->sink->write(rejects->sink->user, &reject, err);
    if (status != TSL_OK && err && err->status == TSL_OK) { /* the caller's function, which may forget it */
        return tsl__error_set(err, status, "%s:%llu: the rejected row could not be written", place->file,
                              (unsigned long long)place->line);
    }
    return status;
}

void tsl__reject_untold(tsl__rejects *rejects, tsl_reject_kind kind, uint64_t rows)
{
    rejects->by[kind] += rows;
    rejects->total += rows;
}

void tsl__rejects_free(tsl__rejects *rejects)
{
    for (size_t i = 0; i < rejects->examples; i++) {
        free(rejects->example[i]);
    }
    for (int k = 0; k < TSL_REJECT_KINDS; k++) {
        tsl__found_free(rejects->first[k]);
        rejects->first[k] = NULL;
    }
    rejects->examples = 0;
}

char *tsl__rejects_describe(const tsl__rejects *rejects, char *out, size_t size)
{
    size_t at = 0;
    snprintf(out, size, "none");
    for (int k = 0; k < TSL_REJECT_KINDS; k++) {
        if (!rejects->by[k] || at >= size) {
            continue;
        }
        at += (size_t)snprintf(out + at, size - at, "%s%llu %s", at ? ", " : "", (unsigned long long)rejects->by[k],
                               kinds[k].name);
    }
    return out;
}

tsl_status tsl__rejects_check(const tsl__rejects *rejects, const char *table, uint64_t read, double most,
                              tsl_error *err)
{
    char counts[256];
    uint64_t bad = 0;
    for (int k = 0; k < TSL_REJECT_KINDS; k++) {
        bad += kinds[k].counts ? rejects->by[k] : 0;
    }
    read -= rejects->by[TSL_REJECT_FILTERED] + rejects->by[TSL_REJECT_SUPPRESSED];
    if ((double)bad <= most * (double)read) {
        return TSL_OK;
    }
    char limit[32], shown[TSL__REJECT_EXAMPLES][240] = {"", "", ""};
    tsl__shown_write(most * 100, 6, limit);
    for (size_t i = 0; i < rejects->examples; i++) {
        tsl__span_show(tsl__span_make(rejects->example[i]), shown[i], sizeof shown[i]);
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: %llu of %llu rows cannot be used (%s), over the %s %% that --max-rejects allows; "
                          "the first: %s%s%s%s%s",
                          table, (unsigned long long)bad, (unsigned long long)read,
                          tsl__rejects_describe(rejects, counts, sizeof counts), limit, shown[0], *shown[1] ? "; " : "",
                          shown[1], *shown[2] ? "; " : "", shown[2]);
}
