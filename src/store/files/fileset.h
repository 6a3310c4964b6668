/* fileset.h: handing finished files to a set. */
#ifndef TSL_STORE_FILES_FILESET_H
#define TSL_STORE_FILES_FILESET_H

#include "store/files/paths.h"
#include <tesela/store.h>

/* Takes over a sealed file. */
TSL_FALLIBLE tsl_status tsl__fileset_add(tsl_fileset *set, tsl__staged_path *place, tsl_error *err);

#endif
