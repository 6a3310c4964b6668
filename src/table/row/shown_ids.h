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
    struct tsl__shown_id {
        char *text;  /* that is shown; NULL: the form itself */
        char *other; /* of other spellings that were met the one that would be shown last; NULL: none was */
    } * id;          /* one a form */
    size_t capacity;
} tsl__shown_ids;

/* A row's id in its form, and as it is spelled. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__shown_ids_add(tsl__shown_ids *ids, tsl__span form, tsl__span spelling, tsl_error *err);
/* Those of another worker. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__shown_ids_join(tsl__shown_ids *ids, const tsl__shown_ids *other, tsl_error *err);
/* NULL: no row has it. */
const char *tsl__shown_ids_get(const tsl__shown_ids *ids, const char *form);
/* How many of the forms have several spellings, or another one than among the customers that are known; of the first in
 * byte order two of them. */
typedef struct tsl__joined_ids {
    size_t count;
    const char *one, *other;
} tsl__joined_ids;
tsl__joined_ids tsl__shown_ids_find_joined(const tsl__shown_ids *ids, const tsl__shown_ids *known);
void tsl__shown_ids_free(tsl__shown_ids *ids);

#endif
