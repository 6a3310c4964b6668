/*
 * shown_ids.h: customers by the form that the spellings of their ids share, and the spelling that is shown of each: the
 * shortest, of those the first in byte order, whichever came first.
 */
#ifndef TSL_TABLE_ROW_SHOWN_IDS_H
#define TSL_TABLE_ROW_SHOWN_IDS_H

#include "base/dict.h"
#include "base/error.h"
#include "table/cell/span.h"

/* Starts as zeros. */
typedef struct tsl__shown_ids {
    tsl__dict *form;
    char **text; /* one a form; NULL: the form itself */
    size_t capacity;
} tsl__shown_ids;

/* A row's id in its form, and as it is spelled. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__shown_ids_add(tsl__shown_ids *ids, tsl__span form, tsl__span spelling, tsl_error *err);
/* Those of another worker. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__shown_ids_join(tsl__shown_ids *ids, const tsl__shown_ids *other, tsl_error *err);
/* NULL: no row has it. */
const char *tsl__shown_ids_get(const tsl__shown_ids *ids, const char *form);
void tsl__shown_ids_free(tsl__shown_ids *ids);

#endif
