/* inspect_warnings.h: tesela inspect RUN --warnings N: whom to call first. */
#ifndef TSL_CLI_INSPECT_WARNINGS_H
#define TSL_CLI_INSPECT_WARNINGS_H

#include "cli/job.h"

/* Of a run's folder, the N that is asked for: a table, JSON, or a file. */
TSL_FALLIBLE tsl_status cli_inspect_warnings(cli_job *job, const char *folder, tsl_error *err);

#endif
