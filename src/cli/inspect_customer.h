/* inspect_customer.h: one customer of a run. */
#ifndef TSL_CLI_INSPECT_CUSTOMER_H
#define TSL_CLI_INSPECT_CUSTOMER_H

#include "cli/job.h"

/* Of a run's folder, which has features.h5, model.h5, segments.csv and summary.json. TSL_E_NOT_FOUND: no such customer,
 * with the nearest id. */
TSL_FALLIBLE tsl_status cli_inspect_customer(cli_job *job, const char *folder, tsl_error *err);

#endif
