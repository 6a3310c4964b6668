/* hidden_cells.h: a message without the cells that name people. */
#ifndef TSL_TABLE_HIDDEN_CELLS_H
#define TSL_TABLE_HIDDEN_CELLS_H

#include "table/cell/span.h"
#include "table/table_findings.h"

/* What may be said: user is the caller's. */
typedef struct tsl__open_texts {
    int (*has_text)(const void *user, tsl__span text);     /* a name, or a cell of a column that names nobody */
    int (*has_column)(const void *user, const char *name); /* a column that names nobody */
    const void *user;
} tsl__open_texts;

/* Fills in what the finding says where such cells are not to be shown; it stays NULL where that is the message. */
TSL_FALLIBLE tsl_status tsl__hidden_cells_put(tsl_table_finding *finding, const tsl__open_texts *open, tsl_error *err);

#endif
