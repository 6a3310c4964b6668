/* notes.h: growing a tsl_notes. */
#ifndef TSL_BASE_NOTES_H
#define TSL_BASE_NOTES_H

#include <tesela/base.h>

/* A note that cannot be kept for want of memory makes this return TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__notes_add(tsl_notes *notes, const char *format, ...) __attribute__((format(printf, 2, 3)));
void tsl__notes_free(tsl_notes *notes); /* frees what it holds, not the struct */

#endif
