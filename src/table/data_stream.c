/* data_stream.c: plain numbers in chunks of rows. */
#include "table/data_stream.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

struct tsl__data_stream {
    tsl_data *data;
    size_t done;
};

tsl_status tsl__data_stream_open(const tsl_data_options *opt, tsl__data_stream **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__data_stream *stream = NULL;
    *out = NULL;
    TSL__NEED(stream = tsl__alloc_zero(1, sizeof *stream));
    TSL__TRY(tsl_data_read(opt, &stream->data, err));
    *out = stream;
    stream = NULL;
done:
    tsl__data_stream_free(stream);
    return status;
}

void tsl__data_stream_free(tsl__data_stream *stream)
{
    if (stream) {
        tsl_data_free(stream->data);
        free(stream);
    }
}

size_t tsl__data_stream_get_cols(const tsl__data_stream *stream)
{
    return stream->data->cols;
}

const char *const *tsl__data_stream_get_names(const tsl__data_stream *stream)
{
    return (const char *const *)stream->data->name;
}

int tsl__data_stream_has_ids(const tsl__data_stream *stream)
{
    return stream->data->id != NULL;
}

tsl_status tsl__data_stream_next(tsl__data_stream *stream, size_t most, double *values, const char *const **id,
                                 size_t *rows, tsl_error *err)
{
    const tsl_data *data = stream->data;
    size_t left = data->rows - stream->done;
    (void)err;
    *rows = left < most ? left : most;
    *id = data->id ? (const char *const *)data->id + stream->done : NULL;
    memcpy(values, data->values + stream->done * data->cols, *rows * data->cols * sizeof *values);
    stream->done += *rows;
    return TSL_OK;
}

const tsl_data *tsl__data_stream_get_data(const tsl__data_stream *stream)
{
    return stream->data;
}
