/* crm_targets.h: what each target takes, as its makers publish it. */
#ifndef TSL_CRM_CRM_TARGETS_H
#define TSL_CRM_CRM_TARGETS_H

#include "crm/crm_fields.h"

/* The day on which the table was last held against its sources (docs/methods/crm.md). */
#define TSL__CRM_LIMITS_DATE "2026-11-28"

typedef enum tsl__crm_form { TSL__CRM_FORM_CSV, TSL__CRM_FORM_XLSX } tsl__crm_form;
/* What headers are: codes of fields, names for people, names for programs. */
typedef enum tsl__crm_header { TSL__HEADER_CODE, TSL__HEADER_NAME, TSL__HEADER_API } tsl__crm_header;

typedef struct tsl__crm_target {
    const char *code, *name;
    tsl__crm_form form;
    tsl__crm_header header;
    int maps_names; /* its job says which field of it each header is: a name that is asked for is that of the field */
    const char *prefix, *suffix; /* of names: "Tesela_", "__c" */
    const char *object[TSL_LANGS];
    uint64_t rows;                         /* a file, without its header */
    uint64_t bytes;                        /* a file */
    size_t characters;                     /* a cell; in units of UTF-16, as those below */
    size_t id_characters, text_characters; /* of a field of ids, of texts, as they are set up */
    size_t columns;
    int has_bom, has_crlf; /* of CSV */
    int shows_names;       /* a pick stands there by its name, not its code */
    int marks;             /* what a spreadsheet would run gets a ' before it */
    int refuses;           /* a program that takes names as they are: those that begin as a formula does are refused */
    int creates_apart;     /* new customers are a file of their own that is imported another way */
    int zipped;            /* each file is sent in an archive of its own */
    const char *blank;     /* what stands where nothing is known: "", or what clears a field */
    const char *forbidden; /* characters that values of a list may not have */
    const char *type[TSL_LANGS][TSL__CRM_KINDS]; /* what it calls the kinds of fields */
} tsl__crm_target;

extern const tsl__crm_target tsl__crm_targets[TSL_CRMS];

#endif
