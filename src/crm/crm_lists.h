/* crm_lists.h: the lists of values that picklists have: codes and what they are called. */
#ifndef TSL_CRM_CRM_LISTS_H
#define TSL_CRM_CRM_LISTS_H

#include <jansson.h>

#include "base/dict.h"
#include "crm/crm_fields.h"
#include "table/cell/span.h"

typedef struct tsl__crm_value {
    char *code, *name[TSL_LANGS];
    char *choice[TSL_LANGS]; /* what it is called in a list: no two of a list alike */
    int colour;              /* of a segment, from 0; -1: none */
    uint64_t customers;      /* who have it, in the files */
} tsl__crm_value;

typedef struct tsl__crm_list {
    tsl__crm_value *value;
    size_t count, room;
    tsl__dict *of; /* by code */
} tsl__crm_list;

typedef enum tsl__crm_list_id {
    TSL__LIST_SEGMENTS,
    TSL__LIST_TIERS,
    TSL__LIST_STAGES,
    TSL__LIST_RFM,
    TSL__LIST_REASONS,
    TSL__LIST_ACTIONS,
    TSL__CRM_LISTS
} tsl__crm_list_id;

/* Starts as zeros. */
typedef struct tsl__crm_lists {
    tsl__crm_list of[TSL__CRM_LISTS];
} tsl__crm_lists;

/* Adds what the summary of a run lists, and reasons that any run can have; what is there stays. path: of messages.
 * TSL_E_FORMAT: it lists no segments. */
TSL_FALLIBLE tsl_status tsl__crm_lists_add(tsl__crm_lists *lists, const json_t *summary, const char *path,
                                           tsl_error *err);
/* Adds those of an earlier run that are gone. */
TSL_FALLIBLE tsl_status tsl__crm_lists_join(tsl__crm_lists *lists, const tsl__crm_lists *earlier, tsl_error *err);
/* Finds what values are called in lists, once all of them are there; of those that have been settled, it stays. */
TSL_FALLIBLE tsl_status tsl__crm_lists_settle(tsl__crm_lists *lists, tsl_error *err);
void tsl__crm_lists_close(tsl__crm_lists *lists);

/* The list that the field's codes, or its texts, are of; NULL: none. */
tsl__crm_list *tsl__crm_lists_get(tsl__crm_lists *lists, size_t field);
/* "segments"; "": none. */
const char *tsl__crm_lists_get_name(size_t field);
/* NULL: there is no such code. */
tsl__crm_value *tsl__crm_list_find(const tsl__crm_list *list, const char *code, size_t length);
/* A code that no summary has, called so itself. */
TSL_FALLIBLE tsl_status tsl__crm_list_add(tsl__crm_list *list, const char *code, const char *const name[TSL_LANGS],
                                          int colour, tsl_error *err);

#endif
