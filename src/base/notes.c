/* notes.c: growing a tsl_notes. */
#include "base/notes.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>

tsl_status tsl__notes_put(tsl_notes *notes, tsl_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *line = tsl__vformat(format, args);
    va_end(args);
    char **grown = line ? tsl__realloc(notes->text, notes->count + 1, sizeof *grown) : NULL;
    if (!grown) {
        free(line);
        return tsl__error_nomem(err);
    }
    tsl__text_tidy(line, 0);
    grown[notes->count++] = line;
    notes->text = grown;
    return TSL_OK;
}

void tsl__notes_free(tsl_notes *notes)
{
    tsl__free_texts(notes->text, notes->count);
    *notes = (tsl_notes){0};
}
