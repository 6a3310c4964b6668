/* reading_note.c: notes of a table under construction. */
#include <stdarg.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/reading.h"

tsl_status tsl__reading_note(tsl__reading *r, tsl_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *line = tsl__vformat(format, args);
    va_end(args);
    tsl_status status = line ? tsl__notes_add(&r->table->info.notes, "%s", line) : TSL_E_NOMEM;
    free(line);
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}
