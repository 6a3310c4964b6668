/* suppression_read.h: files of ids. */
#ifndef TSL_TABLE_SUPPRESSION_READ_H
#define TSL_TABLE_SUPPRESSION_READ_H

#include <tesela/table.h>

/* The column that is named, or called as ids are, or the first, whose first row may be a name or an id: as labels. */
TSL_FALLIBLE tsl_status tsl__ids_read(const tsl_source *source, const char *id, const tsl_exec *exec,
                                      tsl_partition **out, tsl_error *err);

#endif
