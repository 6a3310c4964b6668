/* data_stream.h: plain numbers in chunks of rows, for who needs no more at once. */
#ifndef TSL_TABLE_DATA_STREAM_H
#define TSL_TABLE_DATA_STREAM_H

#include <tesela/table.h>

typedef struct tsl__data_stream tsl__data_stream;

TSL_FALLIBLE tsl_status tsl__data_stream_open(const tsl_source *source, const tsl_data_options *opt,
                                              const tsl_exec *exec, tsl__data_stream **out, tsl_error *err);
void tsl__data_stream_free(tsl__data_stream *stream);

size_t tsl__data_stream_get_cols(const tsl__data_stream *stream);
/* Names of the columns, NULL: they have none but their places. Borrowed. */
const char *const *tsl__data_stream_get_names(const tsl__data_stream *stream);
/* 1: each row has an id. */
int tsl__data_stream_has_ids(const tsl__data_stream *stream);

/* The next rows, at most `most`: values (row-major, all finite) and, where rows
 * have one, ids, borrowed until the stream is freed. *rows 0: there are no more. */
TSL_FALLIBLE tsl_status tsl__data_stream_next(tsl__data_stream *stream, size_t most, double *values,
                                              const char *const **id, size_t *rows, tsl_error *err);
/* What was read, and the notes on it, after the last row. Borrowed. */
const tsl_data *tsl__data_stream_get_data(const tsl__data_stream *stream);

#endif
