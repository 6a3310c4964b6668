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
/* All notes of one behind those of another, with what they are about. */
TSL_FALLIBLE tsl_status tsl__notes_copy(const tsl_notes *from, tsl_notes *to, tsl_error *err);
/* Takes note i out. */
void tsl__notes_drop(tsl_notes *notes, size_t i);

/* ---- Notes of what is amiss -------------------------------------------------------- */

#define TSL__FOUND_EXAMPLES 3

/* Where it was seen; file NULL and line 0: no such example. */
typedef struct tsl__found_at {
    const char *file;
    uint64_t line;
    const char *column; /* NULL: as of all of them */
    const char *text;   /* of the cell; NULL: none is to be shown */
} tsl__found_at;

/* What a note is about, beside its sentence. Texts are views, of notes its own. */
typedef struct tsl__found {
    int kind;              /* of the room that found it; 0: nothing is amiss */
    uint64_t count;        /* of cells, rows, ... as the kind says; 0: not told */
    const char *column;    /* NULL: of none */
    const char *condition; /* that what it is about does not hold for: it could be left out by that; or NULL */
    tsl__found_at example[TSL__FOUND_EXAMPLES];
} tsl__found;

/* Like tsl__notes_add, with what it is about, which is copied:
 *     tsl__found_add(notes, &(tsl__found){.kind = ..., .count = n}, "%s: %d cells ...", ...) */
#define tsl__found_add(notes, ...) tsl__found_put((notes), err, __VA_ARGS__)
TSL_FALLIBLE tsl_status tsl__found_put(tsl_notes *notes, tsl_error *err, const tsl__found *found, const char *format,
                                       ...) __attribute__((format(printf, 4, 5)));
/* What note i is about; NULL: it is a note alone. */
const tsl__found *tsl__notes_get_found(const tsl_notes *notes, size_t i);
/* A copy that owns its texts, freed by tsl__found_free; NULL: out of memory. */
tsl__found *tsl__found_copy(const tsl__found *found);
void tsl__found_free(tsl__found *found); /* NULL is fine */

#endif
