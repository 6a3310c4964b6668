/* hidden_cells.h: a message without the cells that name people. */
#ifndef TSL_TABLE_HIDDEN_CELLS_H
#define TSL_TABLE_HIDDEN_CELLS_H

#include "table/cell/span.h"
#include "table/schema/plan.h"
#include "table/table_findings.h"

/* What may be said: user is the caller's. */
typedef struct tsl__open_texts {
    int (*has_text)(const void *user, tsl__span text);     /* a name, or a cell of a column that names nobody */
    int (*has_column)(const void *user, const char *name); /* a column that names nobody */
    const void *user;
} tsl__open_texts;

/* Fills in what the finding says where such cells are not to be shown, anew; NULL where that is the message. */
TSL_FALLIBLE tsl_status tsl__hidden_cells_put(tsl_table_finding *finding, const tsl__open_texts *open, tsl_error *err);
/* The same of all findings of a table, of whose columns the plan alone is known and no cell: what may name people by
 * its name does. */
TSL_FALLIBLE tsl_status tsl__hidden_cells_fill(tsl__finding_list *list, const tsl__plan *plan, tsl_error *err);
/* 1: cells of the plan's input may name people, by its name. */
int tsl__hidden_cells_has(const tsl__plan *plan, size_t input);
/* What is hidden stays so: a finding has no cell any more, nor a message that shows one, and neither have the notes
 * that say the same. */
TSL_FALLIBLE tsl_status tsl__hidden_cells_settle(tsl__finding_list *list, tsl_notes *notes, tsl_error *err);

#endif
