/* join.c: says that two tables hardly belong together, which their counts alone do not. */
#include <stdio.h>
#include <string.h>

#include "base/notes.h"
#include "table/reading.h"

void tsl__join_show_orphan(tsl__join *join, const char *shown)
{
    size_t at = join->shown;
    while (at > 0 && strcmp(shown, join->orphan[at - 1]) < 0) {
        at--;
    }
    if (at == TSL__FOUND_EXAMPLES) {
        return;
    }
    const size_t last = join->shown < TSL__FOUND_EXAMPLES ? join->shown++ : TSL__FOUND_EXAMPLES - 1;
    memmove(join->orphan[at + 1], join->orphan[at], (last - at) * sizeof *join->orphan);
    memcpy(join->orphan[at], shown, strlen(shown) + 1);
}

void tsl__join_count(tsl__reading *r)
{
    tsl__join *join = &r->join;
    const size_t count =
        r->known_code ? tsl__dict_get_count(r->build[0].dict) : 0; /* the customer is the first output */
    tsl__span first;
    if (!count) {
        return;
    }
    first.s = tsl__dict_get_text(r->build[0].dict, 0, &first.n);
    tsl__span_show(first, join->example, sizeof join->example);
    join->ids = count;
    join->orphans = 0;
    for (size_t code = 0; code < count; code++) {
        if (r->known_code[code] == TSL__ORPHAN) {
            char shown[TSL__JOIN_SHOWN];
            tsl__span id;
            id.s = tsl__dict_get_text(r->build[0].dict, (int32_t)code, &id.n);
            join->orphans++;
            tsl__join_show_orphan(join, tsl__span_show(id, shown, sizeof shown));
        }
    }
}

const char *tsl__join_describe(const tsl__reading *r, char *out, size_t size)
{
    const tsl_column *ids = r->terms.known ? tsl_table_get_role(r->terms.known, TSL_ROLE_CUSTOMER) : NULL;
    const tsl__join *join = &r->join;
    if (!ids || !ids->dict_count || !join->ids || join->orphans < join->ids) {
        return NULL;
    }
    char there[80], none[40] = "the one id";
    if (join->ids > 1) {
        snprintf(none, sizeof none, "none of the %zu ids", join->ids);
    }
    snprintf(
        out, size,
        "%s of the %s is %samong the %zu of the customers table: \"%s\" there, \"%s\" here; are they the same ids?",
        none, tsl_table_kind_get_name(r->terms.kind), join->ids > 1 ? "" : "not ", ids->dict_count,
        tsl__span_show(tsl__span_make(ids->dict[0]), there, sizeof there), join->example);
    return out;
}

tsl_status tsl__join_note(tsl__reading *r, tsl_error *err)
{
    unsigned long long rows = (unsigned long long)r->table->info.orphans;
    const char *are = rows == 1 ? " is" : "s are";
    char what[TSL__JOIN_BYTES];
    if (!rows || r->terms.opt->reject_orphans) {
        return TSL_OK;
    }
    if (tsl__join_describe(r, what, sizeof what)) {
        char there[80];
        tsl__span_show(tsl__span_make(tsl_table_get_role(r->terms.known, TSL_ROLE_CUSTOMER)->dict[0]), there,
                       sizeof there);
        return tsl__found_add(&r->table->info.notes,
                              &(tsl__found){.kind = TSL_FINDING_NO_COMMON_ID,
                                            .count = rows,
                                            .example = {{.text = r->join.example}, {.text = there}}},
                              "%s (%llu row%s kept)", what, rows, are);
    }
    tsl__found found = {.kind = TSL_FINDING_ORPHANS, .count = rows};
    for (size_t i = 0; i < r->join.shown; i++) {
        found.example[i].text = r->join.orphan[i];
    }
    return tsl__found_add(&r->table->info.notes, &found,
                          "%llu row%s of customers that the customers table lacks; they are kept", rows, are);
}

const char *tsl__join_find_events(const tsl__reading *r)
{
    return r->terms.kind == TSL_CUSTOMERS && r->rejects.by[TSL_REJECT_CONFLICT] > r->table->info.read / 2
               ? "the same ids stand in rows that differ, so that this looks like a table of events, not of one row a "
                 "customer"
               : NULL;
}
