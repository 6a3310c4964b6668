/* fail.c: filling a tsl_error from the program. */
#include "cli/system/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

tsl_status cli_fail(tsl_error *err, tsl_status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err->status = status;
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

tsl_status cli_fail_errno(tsl_error *err, const char *path, const char *what)
{
    int code = errno;
    return cli_fail(err, code == ENOENT || code == ENOTDIR ? TSL_E_NOT_FOUND : TSL_E_IO, "%s: %s: %s", path, what,
                    strerror(code));
}

tsl_status cli_fail_at(tsl_error *err, tsl_status status, const char *prefix)
{
    char old[sizeof err->message];
    memcpy(old, err->message, sizeof old);
    err->status = status;
    int length = snprintf(err->message, sizeof err->message, "%s: ", prefix);
    size_t used = length < 0 ? 0 : (size_t)length < sizeof err->message ? (size_t)length : sizeof err->message - 1;
    snprintf(err->message + used, sizeof err->message - used, "%.*s", (int)(sizeof old - 1), old);
    return status;
}
