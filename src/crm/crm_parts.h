/* crm_parts.h: the customers of one kind as files under the target's limits: changed-0001.csv, changed-0002.csv, ... */
#ifndef TSL_CRM_CRM_PARTS_H
#define TSL_CRM_CRM_PARTS_H

#include "crm/crm_sheet.h"

/* A file that is full: closed, read back and hashed beside what goes on, by a task of its own. */
typedef struct tsl__crm_finish {
    tsl__crm_sheet sheet;
    uint64_t bytes;
    char sha256[65];
    tsl_status status;
    tsl_error why;
} tsl__crm_finish;

typedef struct tsl__crm_parts {
    const tsl__crm_plan *plan;
    const char *folder, *stem; /* "changed" */
    int threads;               /* so many tasks at a time */
    int *running, *failed;     /* tasks of all kinds: how many run, and whether one has failed */
    uint64_t rows;             /* of all files */
    tsl__crm_finish *open;     /* the one under construction, or NULL */
    tsl__crm_finish **full;    /* count, in order */
    size_t count, room;
} tsl__crm_parts;

/* A row. TSL_E_INPUT: one that no file has room for. To be called by one thread, which may be that of a parallel
 * region. */
TSL_FALLIBLE tsl_status tsl__crm_parts_put(tsl__crm_parts *parts, const tsl__span *cell, tsl_error *err);
/* The last file; without a row there is a file all the same where `always` says so. */
TSL_FALLIBLE tsl_status tsl__crm_parts_close(tsl__crm_parts *parts, int always, tsl_error *err);
/* Once all tasks have ended: adds the files; what went wrong in the first that failed. */
TSL_FALLIBLE tsl_status tsl__crm_parts_get(const tsl__crm_parts *parts, tsl_export *to, size_t *room, tsl_error *err);
void tsl__crm_parts_free(tsl__crm_parts *parts); /* likewise; gives up what is not finished */

#endif
