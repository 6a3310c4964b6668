/*
 * finish_ways.c: the way out of findings that a condition over the rows leaves out.
 *
 * A condition may stand once: whoever follows one finding's is not to lose another's, nor his own. So the first of
 * them proposes one of all, and the others name it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/reading.h"

/* The condition of a note that is said; or NULL. */
static const char *get_condition(const tsl__reading *r, size_t note)
{
    const tsl__found *found = tsl__notes_get_found(&r->table->info.notes, note);
    return found && tsl__gate_get(r->terms.opt, (tsl_finding_kind)found->kind) != TSL_GATE_IGNORE ? found->condition
                                                                                                  : NULL;
}

/* All of them, behind the one that was asked for; so many are new. */
static size_t join_conditions(const tsl__reading *r, tsl__text *all)
{
    const char *asked = r->terms.opt->where;
    size_t count = 0;
    if (asked) {
        tsl__text_printf(all, "(%s)", asked);
    }
    for (size_t i = 0; i < r->table->info.notes.count; i++) {
        const char *condition = get_condition(r, i);
        if (condition) {
            tsl__text_printf(all, "%s%s", all->length ? " and " : "", condition);
            count++;
        }
    }
    return count;
}

/* The option of a condition over the table's rows. */
static const char *get_option(tsl_table_kind kind)
{
    static const char *const option[TSL_TABLE_KINDS] = {
        [TSL_TRANSACTIONS] = "where", [TSL_CUSTOMERS] = "customer-where", [TSL_INTERACTIONS] = "interaction-where"};
    return option[kind];
}

/* Puts the way behind what the note says. */
static tsl_status add_way(tsl_notes *notes, size_t note, const tsl__text *way, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *text = way->failed ? NULL : tsl__format("%s%s", notes->text[note], way->data);
    TSL__NEED(text);
    tsl__text_tidy(text, 0);
    free(notes->text[note]);
    notes->text[note] = text;
done:
    return status;
}

tsl_status tsl__finish_ways(tsl__reading *r, tsl_error *err)
{
    tsl_notes *notes = &r->table->info.notes;
    const char *option = get_option(r->terms.kind), *first = NULL;
    tsl__text all = {0};
    tsl_status status = TSL_OK;
    const size_t count = join_conditions(r, &all);
    for (size_t i = 0; i < notes->count; i++) {
        tsl__text way = {0};
        if (!get_condition(r, i)) {
            continue;
        }
        if (first) {
            tsl__text_printf(&way, "; the --%s of %s above leaves them out as well", option, first);
        } else {
            tsl__text_printf(&way, "; --%s ", option);
            tsl__expr_put_argument(&way, all.data);
            tsl__text_puts(&way, count == 1 ? " leaves them out" : " leaves them out, and those of other findings");
            first = tsl_finding_kind_get_name((tsl_finding_kind)tsl__notes_get_found(notes, i)->kind);
        }
        status = add_way(notes, i, &way, err);
        tsl__text_free(&way);
        TSL__TRY(status);
    }
    TSL__NEED(!all.failed);
done:
    tsl__text_free(&all);
    return status;
}
