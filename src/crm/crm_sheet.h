/* crm_sheet.h: one file of customers: written row by row, and read back. */
#ifndef TSL_CRM_CRM_SHEET_H
#define TSL_CRM_CRM_SHEET_H

#include <stdint.h>

#include "crm/crm_plan.h"

typedef struct tsl__crm_sheet {
    const tsl__crm_plan *plan;
    char *path;
    uint64_t rows;   /* without the header */
    uint64_t bytes;  /* so far */
    uint64_t digest; /* of all cells that were meant, header first: what reading back is held against */
    void *state;     /* of its form */
} tsl__crm_sheet;

typedef struct tsl__crm_sheet_form {
    const char *ending; /* ".csv" */
    TSL_FALLIBLE tsl_status (*open)(tsl__crm_sheet *sheet, tsl_error *err);
    /* 0: the row does not fit any more, and is not written. Cells are canonical: numbers with a point, days as
     * 2024-06-30, nothing where it is not known. */
    TSL_FALLIBLE tsl_status (*put)(tsl__crm_sheet *sheet, const tsl__span *cell, int *fits, tsl_error *err);
    TSL_FALLIBLE tsl_status (*close)(tsl__crm_sheet *sheet, tsl_error *err);
    void (*free)(tsl__crm_sheet *sheet); /* gives it up; a closed one is fine */
    /* Reads the file by a reader of its own. TSL_E_INTERNAL: it reads back other than it was meant. */
    TSL_FALLIBLE tsl_status (*check)(const tsl__crm_sheet *sheet, tsl_error *err);
} tsl__crm_sheet_form;

extern const tsl__crm_sheet_form tsl__crm_csv, tsl__crm_xlsx;

/* One more cell of the digest. */
uint64_t tsl__crm_digest_add(uint64_t digest, const char *text, size_t length);
/* TSL_E_INTERNAL: so it is not what was meant. */
TSL_FALLIBLE tsl_status tsl__crm_sheet_compare(const tsl__crm_sheet *sheet, uint64_t rows, uint64_t digest,
                                               tsl_error *err);

#endif
