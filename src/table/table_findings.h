/* table_findings.h: what is amiss in a table, as a list; and whether it is used nevertheless. */
#ifndef TSL_TABLE_TABLE_FINDINGS_H
#define TSL_TABLE_TABLE_FINDINGS_H

#include <tesela/table.h>

#include "base/notes.h"

/* Starts as zeros; its texts are its own. */
typedef struct tsl__finding_list {
    tsl_table_finding *of;
    size_t count, capacity;
} tsl__finding_list;

TSL_FALLIBLE tsl_status tsl__finding_list_add(tsl__finding_list *list, const tsl__found *found, tsl_gate_action gate,
                                              const char *message, tsl_error *err);
/* Those that the notes are about; the notes of those that are to be ignored are taken out. */
TSL_FALLIBLE tsl_status tsl__finding_list_take(tsl__finding_list *list, tsl_notes *notes, const tsl_table_options *opt,
                                               tsl_error *err);
void tsl__finding_list_free(tsl__finding_list *list);

/* What the options say of a kind, or its default. */
tsl_gate_action tsl__gate_get(const tsl_table_options *opt, tsl_finding_kind kind);
/* TSL_E_OPTION: no kind, no action, or an error that is to be passed over. */
TSL_FALLIBLE tsl_status tsl__gates_check(const tsl_gate *gates, size_t count, tsl_error *err);
/* TSL_E_INPUT where a finding is to refuse the table, which the message calls so: the first of them. */
TSL_FALLIBLE tsl_status tsl__gates_apply(const tsl__finding_list *list, const char *table, tsl_error *err);

#endif
