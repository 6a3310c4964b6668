/* crm_pack.h: what lies beside the files of customers: what is to be set up, the import's job, the manifest, the
 * README. */
#ifndef TSL_CRM_CRM_PACK_H
#define TSL_CRM_CRM_PACK_H

#include "crm/crm_plan.h"
#include "crm/scored_run.h"

/* All that they tell of. */
typedef struct tsl__crm_pack {
    const tsl__crm_plan *plan, *stays;  /* of all files; of changed customers who stay in their segment */
    const tsl__scored_run *run, *since; /* since NULL: all customers */
    const tsl__crm_lists *lists;        /* of both */
    tsl_export *export;
    const char *folder;
    uint64_t changed_by[TSL__CRM_FIELDS]; /* changed customers in whom the field has */
} tsl__crm_pack;

/* fields.csv, picklists.csv: the fields to set up, and the values of those that are lists. */
TSL_FALLIBLE tsl_status tsl__crm_setup_write(const tsl__crm_pack *pack, tsl_error *err);
/* The job that imports them, or one for each of the plans. */
TSL_FALLIBLE tsl_status tsl__crm_jobs_write(const tsl__crm_pack *pack, tsl_error *err);
/* Each file in an archive of its own, which the export lists as well. room: for its files. */
TSL_FALLIBLE tsl_status tsl__crm_archives_write(const tsl__crm_pack *pack, int threads, size_t *room, tsl_error *err);
/* manifest.json, which the export keeps. */
TSL_FALLIBLE tsl_status tsl__crm_manifest_write(const tsl__crm_pack *pack, tsl_error *err);
/* README.md, in the language of the plan. */
TSL_FALLIBLE tsl_status tsl__crm_readme_write(const tsl__crm_pack *pack, tsl_error *err);

/* A small file of the folder. */
TSL_FALLIBLE tsl_status tsl__crm_pack_put(const tsl__crm_pack *pack, const char *name, const char *text,
                                          tsl_error *err);
/* The plan of a file of customers. */
const tsl__crm_plan *tsl__crm_pack_get_plan(const tsl__crm_pack *pack, const tsl_export_file *file);
/* 1: a file of customers, of the kind: "changed" of "changed-0001.csv". */
int tsl__crm_file_is(const tsl_export_file *file, const char *stem, const char *ending);

#endif
