/* print.c: messages on standard error, results on standard output. */
#include "cli/show/print.h"

#include "cli/fail.h"
#include "cli/show/progress.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int quiet;

/* ---- Standard error ---------------------------------------------------------- */

void cli_say_quietly(int keep_back)
{
    quiet = keep_back;
}

void cli_say(const char *format, ...)
{
    va_list args;
    if (quiet) {
        return;
    }
    cli_progress_clear();
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

void cli_say_notes(const tsl_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        cli_say("note: %s", notes->text[i]);
    }
}

/* ---- Standard output --------------------------------------------------------- */

static int lost; /* errno of the first write that failed */

void cli_print(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (vprintf(format, args) < 0 && !lost) {
        lost = errno;
    }
    va_end(args);
}

tsl_status cli_print_end(int *broken, tsl_error *err)
{
    if (fflush(stdout) != 0 && !lost) {
        lost = errno;
    }
    *broken = lost == EPIPE;
    return lost ? cli_fail(err, TSL_E_IO, "standard output: cannot be written: %s", strerror(lost)) : TSL_OK;
}
