/* crm_check.h: what a target would refuse, looked for before anything is written. */
#ifndef TSL_CRM_CRM_CHECK_H
#define TSL_CRM_CRM_CHECK_H

#include "crm/crm_pair.h"
#include "crm/crm_targets.h"

/* Ids of a kind: how many, and where the first stands; which they are no message says. */
typedef struct tsl__crm_ids {
    uint64_t count, line;
    int is_earlier; /* 1: it has vanished: the line is one of the earlier run */
} tsl__crm_ids;

/* What a look at all rows has shown. */
typedef struct tsl__crm_survey {
    int known[TSL__CRM_FIELDS]; /* 1: of somebody the field is known */
    uint64_t customers;         /* of the run */
    tsl__crm_ids mauled;        /* a spreadsheet that opens a CSV file makes others of them */
    tsl__crm_ids alike;         /* they differ from another by the case of letters alone */
    tsl__crm_ids formulas;      /* they begin as a formula does */
} tsl__crm_survey;

/* Goes over the rows, those of customers who have vanished as well, to their end; counts who has which value of the
 * lists. opt: fields that are left out are not looked at. TSL_E_INPUT: the target would refuse a row: how many, and the
 * first of them with file, line and column; a value of a list likewise. */
TSL_FALLIBLE tsl_status tsl__crm_survey_take(tsl__crm_pair *pair, const tsl_export_options *opt, tsl__crm_survey *out,
                                             tsl_error *err);
/* The same of the values of the lists that are set up. */
TSL_FALLIBLE tsl_status tsl__crm_lists_check(const tsl__crm_lists *lists, const tsl__crm_target *target,
                                             const char *summary, tsl_error *err);

#endif
