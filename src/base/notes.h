/* notes.h: growing a tsl_notes. */
#ifndef TSL_BASE_NOTES_H
#define TSL_BASE_NOTES_H

#include <tesela/base.h>

/* A note that cannot be kept for want of memory is TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__notes_put(tsl_notes *notes, tsl_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Like TSL__NEED (error.h) this finds the error by its name, so that it is never forgotten. */
#define tsl__notes_add(notes, ...) tsl__notes_put((notes), err, __VA_ARGS__)
void tsl__notes_free(tsl_notes *notes); /* frees what it holds, not the struct */

#endif
