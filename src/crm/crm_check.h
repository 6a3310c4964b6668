/* crm_check.h: what a target would refuse, looked for before anything is written. */
#ifndef TSL_CRM_CRM_CHECK_H
#define TSL_CRM_CRM_CHECK_H

#include "crm/crm_pair.h"
#include "crm/crm_targets.h"

/* What a look at all rows has shown. */
typedef struct tsl__crm_survey {
    int known[TSL__CRM_FIELDS]; /* 1: of somebody the field is known */
    uint64_t customers;         /* of the run */
    uint64_t mauled;            /* ids that a spreadsheet which opens a CSV file makes others of */
    char *mauled_example;       /* or NULL */
    uint64_t alike;             /* ids that differ from another by the case of letters alone */
    char *alike_example;
    uint64_t formulas; /* ids that begin as a formula does */
} tsl__crm_survey;

/* Goes over the rows, those of customers who have vanished as well, and rewinds them; counts who has which value of the
 * lists. opt: fields that are left out are not looked at. TSL_E_INPUT: the target would refuse a row: how many, and the
 * first of them with file, line and column; a value of a list likewise. Closed also after a failure. */
TSL_FALLIBLE tsl_status tsl__crm_survey_open(tsl__crm_pair *pair, const tsl_export_options *opt, tsl__crm_survey *out,
                                             tsl_error *err);
void tsl__crm_survey_close(tsl__crm_survey *survey);
/* The same of the values of the lists that are set up. */
TSL_FALLIBLE tsl_status tsl__crm_lists_check(const tsl__crm_lists *lists, const tsl__crm_target *target,
                                             const char *summary, tsl_error *err);

#endif
