/* crm_parts.h: the customers of one kind as files under the target's limits: changed-0001.csv, changed-0002.csv, ... */
#ifndef TSL_CRM_CRM_PARTS_H
#define TSL_CRM_CRM_PARTS_H

#include "crm/crm_sheet.h"

typedef struct tsl__crm_parts {
    const tsl__crm_plan *plan;
    const char *folder, *stem; /* "changed" */
    int number;                /* of the last file */
    uint64_t rows;             /* of all files */
    tsl__crm_sheet sheet;      /* the one under construction; path NULL: there is none */
    tsl_export *to;            /* gets each file as it is finished */
    size_t *room;              /* for its files */
} tsl__crm_parts;

/* A row; TSL_E_INPUT: one that no file has room for. */
TSL_FALLIBLE tsl_status tsl__crm_parts_put(tsl__crm_parts *parts, const tsl__span *cell, tsl_error *err);
/* The last file; without a row there is a file all the same where `always` says so. */
TSL_FALLIBLE tsl_status tsl__crm_parts_close(tsl__crm_parts *parts, int always, tsl_error *err);
void tsl__crm_parts_free(tsl__crm_parts *parts); /* gives up what is not finished */

#endif
