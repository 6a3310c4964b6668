/* raw_input.h: the bytes of a source, some of which can be put back. */
#ifndef TSL_TABLE_BYTES_RAW_INPUT_H
#define TSL_TABLE_BYTES_RAW_INPUT_H

#include "table/bytes/source.h"

/* The bytes of a source, those first that were read of it before. */
typedef struct tsl__input {
    tsl__source *source;
    char *ahead; /* owned; NULL: none */
    size_t ahead_at, ahead_count;
} tsl__input;

/* Like tsl__source_read. */
TSL_FALLIBLE tsl_status tsl__input_read(tsl__input *input, void *buffer, size_t size, size_t *got, tsl_error *err);
/* The same bytes come once more; TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__input_put_back(tsl__input *input, const void *bytes, size_t count, tsl_error *err);
/* All that is left, owned; it stops behind `most` bytes, and *count is larger than that then. */
TSL_FALLIBLE tsl_status tsl__input_read_all(tsl__input *input, size_t most, char **bytes, size_t *count,
                                            tsl_error *err);

#endif
