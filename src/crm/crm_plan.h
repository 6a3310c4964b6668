/* crm_plan.h: which fields the files have, in which order, and what they are called there. */
#ifndef TSL_CRM_CRM_PLAN_H
#define TSL_CRM_CRM_PLAN_H

#include "crm/crm_targets.h"
#include "table/cell/span.h"

typedef struct tsl__crm_plan {
    const tsl__crm_target *target;
    int lang;
    const char *object;
    size_t count;
    size_t field[TSL__CRM_FIELDS]; /* count */
    char *header[TSL__CRM_FIELDS]; /* likewise */
    int is_asked[TSL__CRM_FIELDS]; /* likewise: 1: the header is a name that was asked for */
    int compares[TSL__CRM_FIELDS]; /* by field: 1: a customer has changed where it has */
    char *left_out;                /* fields of which nothing is known: "tier, clv"; NULL: none */
} tsl__crm_plan;

/* known: by field. lang: of the run. Closed also after a failure. */
TSL_FALLIBLE tsl_status tsl__crm_plan_open(const tsl_export_options *opt, const int known[TSL__CRM_FIELDS], int lang,
                                           tsl__crm_plan *out, tsl_error *err);
void tsl__crm_plan_close(tsl__crm_plan *plan);
/* What programs call a field: of HubSpot tesela_segment, or the name that was asked for. Owned; NULL: out of memory. */
char *tsl__crm_plan_make_property(const tsl__crm_plan *plan, size_t at);

#endif
