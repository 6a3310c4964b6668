/* status.c: statuses, their names and exit codes, and filling errors. */
#include "base/error.h"

#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct status_row {
    const char *name;
    int exit;
} status_row;

static const status_row rows[] = {
    [TSL_OK] = {"ok", 0},           [TSL_E_NOMEM] = {"out of memory", 1}, [TSL_E_IO] = {"io", 1},
    [TSL_E_EXISTS] = {"exists", 1}, [TSL_E_INTERNAL] = {"internal", 1},   [TSL_E_CANCELLED] = {"cancelled", 130},
    [TSL_E_OPTION] = {"option", 2}, [TSL_E_CONFIG] = {"config", 2},       [TSL_E_NOT_FOUND] = {"not found", 3},
    [TSL_E_INPUT] = {"input", 3},   [TSL_E_FORMAT] = {"format", 3},
};

static const status_row *row_of(tsl_status status)
{
    static const status_row unknown = {"?", 1};
    size_t i = (size_t)status;
    return i < sizeof rows / sizeof rows[0] ? &rows[i] : &unknown;
}

const char *tsl_status_get_name(tsl_status status)
{
    return row_of(status)->name;
}

int tsl_status_get_exit(tsl_status status)
{
    return row_of(status)->exit;
}

const char *tsl_version_get(void)
{
    return TESELA_VERSION;
}

tsl_status tsl__error_set(tsl_error *err, tsl_status status, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        err->status = status;
        int length = tsl__vprint(err->message, sizeof err->message, format, args);
        va_end(args);
        tsl__text_tidy(err->message, length >= (int)sizeof err->message);
    }
    return status;
}

tsl_status tsl__error_errno(tsl_error *err, int code, const char *path, const char *what)
{
    char reason[128];
    tsl_status status = code == ENOENT || code == ENOTDIR ? TSL_E_NOT_FOUND : TSL_E_IO;
    return tsl__error_set(err, status, "%s: %s: %s", path, what, strerror_r(code, reason, sizeof reason));
}

tsl_status tsl__error_prefix(tsl_error *err, tsl_status status, const char *prefix)
{
    if (err) {
        char message[sizeof err->message];
        memcpy(message, err->message, sizeof message);
        tsl__error_set(err, status, "%s: %s", prefix, message);
    }
    return status;
}
