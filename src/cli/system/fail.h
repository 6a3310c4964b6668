/* fail.h: filling a tsl_error from the program. */
#ifndef TSL_CLI_SYSTEM_FAIL_H
#define TSL_CLI_SYSTEM_FAIL_H

#include <tesela/base.h>

/* The idiom of a function that can fail: `tsl_status status = TSL_OK;`, each step in
 * CLI_TRY, one label `done` at which all is given back, `return status`. */
#define CLI_TRY(step)                                                                                                  \
    do {                                                                                                               \
        if ((status = (step)) != TSL_OK) {                                                                             \
            goto done;                                                                                                 \
        }                                                                                                              \
    } while (0)

/* Sets status and message and returns status. */
tsl_status cli_fail(tsl_error *err, tsl_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* TSL_E_NOMEM, visibly so for analysers. */
static inline tsl_status cli_fail_nomem(tsl_error *err)
{
    cli_fail(err, TSL_E_NOMEM, "out of memory");
    return TSL_E_NOMEM;
}
/* "path: what: reason" of a failed system call (errno). */
tsl_status cli_fail_errno(tsl_error *err, const char *path, const char *what);
/* Puts "prefix: " before err's message. */
tsl_status cli_fail_at(tsl_error *err, tsl_status status, const char *prefix);

#endif
