/* name_index.h: finds columns by name, as tsl__name_find does, in one step. */
#ifndef TSL_TABLE_NAMES_NAME_INDEX_H
#define TSL_TABLE_NAMES_NAME_INDEX_H

#include <stddef.h>

typedef struct tsl__name_index tsl__name_index;

/* The names are not looked at any more. NULL: out of memory. */
tsl__name_index *tsl__name_index_open(const char *const *names, size_t count);
void tsl__name_index_free(tsl__name_index *index);

/* The first column of this name: exactly, then as they are compared (expr.h); count where there is none. */
size_t tsl__name_index_get(tsl__name_index *index, const char *name);

#endif
