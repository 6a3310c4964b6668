/* error.h: filling a caller's tsl_error. */
#ifndef TSL_BASE_ERROR_H
#define TSL_BASE_ERROR_H

#include <tesela/base.h>

/* Sets status and message (err may be NULL) and returns status, so that
 * `return tsl__error_set(err, TSL_E_IO, ...)` reads as one step. */
tsl_status tsl__error_set(tsl_error *err, tsl_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "out of memory" with the status that belongs to it; here, so that who reads the caller (the compiler, the
 * analyser) sees that this is no success. */
static inline tsl_status tsl__error_nomem(tsl_error *err)
{
    tsl__error_set(err, TSL_E_NOMEM, "out of memory");
    return TSL_E_NOMEM;
}
/* TSL_E_IO, or TSL_E_NOT_FOUND for ENOENT and ENOTDIR: "path: what: strerror". */
tsl_status tsl__error_errno(tsl_error *err, int code, const char *path, const char *what);
/* Puts "prefix: " before the message that is there. Returns err's status. */
tsl_status tsl__error_prefix(tsl_error *err, tsl_status status, const char *prefix);

#endif
