/* scored_run.h: the folder of a run as rows of fields: its segments.csv, and what its summary.json and model.h5 say of
 * all of them. */
#ifndef TSL_CRM_SCORED_RUN_H
#define TSL_CRM_SCORED_RUN_H

#include "base/parallel.h"
#include "base/text.h"
#include "crm/crm_lists.h"
#include "crm/scored_rows.h"

typedef struct tsl__scored_run {
    char *path, *file;  /* the folder; its segments.csv */
    int lang;           /* of its texts */
    int32_t as_of;      /* TSL_NO_DAY: its tables have no date */
    char scored_on[11]; /* the same as a text; "": none */
    char *model;        /* its version: "m" and the first digits of the SHA-256 of model.h5; "" without one */
    char *currency;     /* or NULL */
    char *key;          /* of the pseudonyms that its customers go by; "": their own ids */
    int suppresses;     /* 1: customers of a list are left out of it */
    tsl__ticker ticker;
    const char *stage; /* that progress is told of */
    tsl__crm_lists lists;
    tsl__scored_rows rows;
    /* The row at hand. */
    uint64_t row, line; /* row from 1; 0 before the first; line of the file */
    int ended;
    tsl__span cell[TSL__CRM_FIELDS]; /* as they were before CSV files marked them; texts of codes are those codes */
    char *last;                      /* the id of the row before */
    size_t last_room, last_count;
} tsl__scored_run;

/* Reads the summary and opens the rows. TSL_E_NOT_FOUND: no folder of a run. */
TSL_FALLIBLE tsl_status tsl__scored_run_open(const char *path, const tsl_exec *exec, tsl__scored_run *out,
                                             tsl_error *err);
/* Closed also after a failure. */
void tsl__scored_run_close(tsl__scored_run *run);
/* Goes back before the first row. */
TSL_FALLIBLE tsl_status tsl__scored_run_rewind(tsl__scored_run *run, tsl_error *err);
/* The next row; ended: there are no more. TSL_E_INPUT: a row that is none, ids in no order, one that stands twice. */
TSL_FALLIBLE tsl_status tsl__scored_run_read(tsl__scored_run *run, tsl_error *err);

/* File, line and column of the row at hand, and what stands there, but for an id, which no message shows:
 * "out/segments.csv:3: tier: \"none\" ". */
void tsl__scored_run_put_place(const tsl__scored_run *run, size_t field, tsl__text *to);
/* A file of the folder, owned. */
char *tsl__scored_run_find(const char *folder, const char *name);
/* The bytes of the text before or after those of the other: < 0, 0, > 0. */
int tsl__span_compare(tsl__span a, tsl__span b);

#endif
