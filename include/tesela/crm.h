/*
 * crm.h: the segments of a run as files that a CRM loads unedited.
 *
 *     tsl_export_options opt;
 *     tsl_export *export;
 *     tsl_error err;
 *     TSL_DEFAULTS(export, &opt);
 *     opt.target = TSL_CRM_SALESFORCE;
 *     if (tsl_export_write("out", &opt, "out/salesforce", 0, NULL, &export, &err) != TSL_OK) {
 *         fputs(err.message, stderr);
 *     }
 *     tsl_export_free(export);
 *
 * What each target takes stands in one dated table (docs/methods/crm.md, with its sources). Files are split under its
 * limits, read back by a reader of their own before they are published, and stand beside the list of fields and of
 * picklist values to set up, the import's job, a manifest with SHA-256, and a README in the language asked for.
 */
#ifndef TESELA_CRM_H
#define TESELA_CRM_H

#include <tesela/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tsl_crm {
    TSL_CRM_CSV,        /* one CSV file for any program, UTF-8, what a spreadsheet would run marked */
    TSL_CRM_EXCEL,      /* workbooks for people: ids as text, days as days, names in place of codes */
    TSL_CRM_SALESFORCE, /* Bulk API 2.0 */
    TSL_CRM_ZOHO,       /* Bulk Write */
    TSL_CRM_HUBSPOT,    /* imports */
    TSL_CRM_FXIAOKE,    /* 纷享销客: workbooks, of who is to be updated and who to be created apart */
    TSL_CRMS
} tsl_crm;
TSL_API const char *tsl_crm_get_code(tsl_crm target); /* "csv", "excel", ...; NULL beyond */

/* How a field of the files is called, or that it is left out (docs/methods/crm.md has their codes). */
typedef struct tsl_export_field {
    const char *field; /* "segment" */
    const char *name;  /* "Segment__c", of HubSpot the internal name of a property; NULL: the target's own */
    int left_out;      /* 1: the files do not have it, whatever its name is */
    int compare;       /* 1: a customer has changed where it has; 0: that alone is no change; -1: as is usual */
    const char *where; /* what a message about it begins with, "map.yaml:3:5"; or NULL */
} tsl_export_field;

/* Views. */
typedef struct tsl_export_options {
    size_t size;           /* of this struct */
    tsl_crm target;        /* default TSL_CRM_CSV */
    const char *lang;      /* of names and README: "en" or "zh"; default NULL: that of the run */
    const char *since;     /* folder of an earlier run: what has changed since then, in files of new, moved, changed and
                              vanished customers; default NULL: all of them */
    const char *object;    /* what the target calls customers: "Contact", "Leads"; default NULL: Account, Accounts,
                              contacts, 客户 */
    const char *id_column; /* what it calls the field that holds their ids; default NULL: Tesela_ID__c and the like */
    const tsl_export_field *field; /* those with a name come first, in this order, then the others; default NULL */
    size_t field_count;            /* default 0 */
} tsl_export_options;

TSL_API void tsl_export_defaults(tsl_export_options *opt, size_t size);
/* TSL_E_OPTION: a target that there is not, a field that there is not or that stands twice, a name that the target does
 * not take or that two fields have, an id that is left out or has one name here and another one in id_column. */
TSL_API TSL_FALLIBLE tsl_status tsl_export_check(const tsl_export_options *opt, tsl_error *err);

/* A file of customers. */
typedef struct tsl_export_file {
    char *name;
    uint64_t rows, bytes; /* rows without the header */
    char sha256[65];
} tsl_export_file;

typedef struct tsl_export {
    tsl_crm target;
    uint64_t read;                       /* customers of the run = written + unchanged */
    uint64_t written, unchanged;         /* unchanged: 0 of all customers */
    uint64_t created, changed, vanished; /* since the earlier run: created + changed = written; vanished are in neither,
                                            and no file has them where the run has a suppression list */
    uint64_t moved; /* of the changed: whose segment before this one, or day of coming to it, is new */
    size_t file_count;
    tsl_export_file *file; /* of customers, in order */
    char *manifest;        /* manifest.json */
    tsl_notes notes;
} tsl_export;

/* Reads the run's segments.csv and summary.json (and those of the earlier one, whose rows stand in the order of their
 * ids as well), and writes the folder, which appears whole or not at all; replace 1: an earlier export is replaced.
 * What the target would refuse is refused before anything is published, with row and column. Owned (tsl_export_free).
 * TSL_E_NOT_FOUND: no folder of a run; TSL_E_INPUT: a row that the target would refuse, ids that stand twice or in no
 * order, a code that no list has, two runs whose customers go by different keys; TSL_E_EXISTS; TSL_E_FORMAT: a damaged
 * summary; TSL_E_INTERNAL: a file that reads back other than it was meant. Memory: that of a few rows, and of ids
 * compared in letters of one case 16 bytes a customer; cost: O(bytes). The same bytes for the same input. */
TSL_API TSL_FALLIBLE tsl_status tsl_export_write(const char *run, const tsl_export_options *opt, const char *path,
                                                 int replace, const tsl_exec *exec, tsl_export **out, tsl_error *err);
TSL_API void tsl_export_free(tsl_export *result); /* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
