/* spill.h: bytes that leave memory for a while: a temporary file without a name, which is gone with the process. */
#ifndef TSL_STORE_FILES_SPILL_H
#define TSL_STORE_FILES_SPILL_H

#include <tesela/base.h>

typedef struct tsl__spill tsl__spill;

/* A file in the folder; NULL: /tmp. TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__spill_open(const char *folder, tsl__spill **out, tsl_error *err);
void tsl__spill_free(tsl__spill *spill); /* NULL is fine */

/* Threads may call these at a time. A place for so many bytes behind all others; then they are written into it, by
 * parts where that suits. TSL_E_IO, telling the folder and how much stood in the file. */
uint64_t tsl__spill_take(tsl__spill *spill, uint64_t count);
TSL_FALLIBLE tsl_status tsl__spill_write(const tsl__spill *spill, uint64_t offset, const void *bytes, size_t count,
                                         tsl_error *err);
TSL_FALLIBLE tsl_status tsl__spill_read(const tsl__spill *spill, uint64_t offset, void *bytes, size_t count,
                                        tsl_error *err);
/* All bytes that places were taken for as memory that can be read, where they are written before; to be given back by
 * tsl__file_unmap. TSL_E_IO. */
TSL_FALLIBLE tsl_status tsl__spill_map(const tsl__spill *spill, void **base, tsl_error *err);
/* Bytes that places were taken for. */
uint64_t tsl__spill_get_bytes(const tsl__spill *spill);

#endif
