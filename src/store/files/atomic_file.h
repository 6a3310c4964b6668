/* atomic_file.h: what a tsl_file is, for the files of this room. */
#ifndef TSL_STORE_FILES_ATOMIC_FILE_H
#define TSL_STORE_FILES_ATOMIC_FILE_H

#include <tesela/store.h>

/* The descriptor of a plain file under construction, open for reading and
 * writing, of which nothing was written yet by tsl_file_write; -1 where the bytes can
 * but follow each other (a pipe, a callback). */
int tsl__file_get_plain(const tsl_file *file);
/* What messages call it. Borrowed. */
const char *tsl__file_get_name(const tsl_file *file);

#endif
