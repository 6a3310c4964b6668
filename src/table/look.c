/* look.c: what a reading has come to know, be it that it ended in a table or was refused. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/reading.h"

void tsl__look_free(tsl__look *look)
{
    for (size_t i = 0; i < look->roles; i++) {
        free(look->role[i].name);
    }
    free(look->role);
    for (size_t i = 0; i < look->aliases; i++) {
        free(look->alias[i].name);
        free(look->alias[i].column);
    }
    free(look->alias);
    tsl__finding_list_free(&look->findings);
    tsl__notes_free(&look->understood);
    tsl__notes_free(&look->notes);
    *look = (tsl__look){.roles = 0};
}

/* What plays a role, as far as that was found out. */
static tsl_status take_roles(const tsl__plan *plan, tsl__look *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(out->role = tsl__alloc_zero(plan->outputs, sizeof *out->role));
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        if (o->role == TSL_ROLE_NONE || !o->name || (o->input == TSL__NONE && !o->expr)) {
            continue;
        }
        tsl__look_role *role = &out->role[out->roles];
        *role = (tsl__look_role){.role = o->role, .type = o->type, .derived = o->expr != NULL};
        TSL__NEED(role->name = tsl__strdup(o->name));
        out->roles++;
    }
done:
    return status;
}

static int is_refusal(tsl_status status)
{
    return status == TSL_E_INPUT || status == TSL_E_NOT_FOUND || status == TSL_E_OPTION;
}

/* Those that the table has, or those of one that never came to be. */
static tsl_status take_findings(tsl__reading *r, const tsl_table *table, tsl__look *out, tsl_error *err)
{
    tsl_table *state = (tsl_table *)(uintptr_t)table;
    if (state && state->findings.count) {
        out->findings = state->findings;
        state->findings = (tsl__finding_list){.count = 0};
        return TSL_OK;
    }
    return r->table ? tsl__reading_find(r, &out->findings, err) : TSL_OK;
}

tsl_status tsl__reading_look(tsl__reading *r, tsl_status ended, const tsl_error *why, const tsl_table *made,
                             tsl__look *out, tsl_error *err)
{
    const tsl_table *table = made ? made : r->table;
    tsl_status status = TSL_OK;
    if (ended != TSL_OK && !is_refusal(ended)) {
        return tsl__error_set(err, ended, "%s", why->message);
    }
    TSL__TRY(take_roles(&r->terms.plan, out, err));
    TSL__TRY(take_findings(r, table, out, err));
    if (table) {
        out->read = table->info.read;
        out->rejected = r->rejects.total;
        TSL__TRY(tsl__notes_copy(&table->info.understood, &out->understood, err));
        TSL__TRY(tsl__notes_copy(&table->info.notes, &out->notes, err));
    }
    out->refused = ended != TSL_OK;
    if (out->refused && r->refusal != TSL_FINDING_NONE) {
        TSL__TRY(tsl__finding_list_add(&out->findings, &(tsl__found){.kind = (int)r->refusal}, TSL_GATE_REFUSE,
                                       why->message, err));
    }
done:
    return status;
}
