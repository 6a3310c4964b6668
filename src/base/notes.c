/* notes.c: growing a tsl_notes. */
#include "base/notes.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

tsl_status tsl__notes_add(tsl_notes *notes, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    char **grown = tsl__realloc(notes->text, notes->count + 1, sizeof *grown);
    if (!grown) {
        return TSL_E_NOMEM;
    }
    notes->text = grown;
    grown[notes->count] = tsl__strdup(line);
    if (!grown[notes->count]) {
        return TSL_E_NOMEM;
    }
    notes->count++;
    return TSL_OK;
}

void tsl__notes_free(tsl_notes *notes)
{
    tsl__free_texts(notes->text, notes->count);
    *notes = (tsl_notes){0};
}
