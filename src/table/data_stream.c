/* data_stream.c: plain numbers in chunks of rows: of a .npy file by row as they are
 * read, of others from all of them. */
#include "table/data_stream.h"

#include "base/alloc.h"
#include "base/error.h"
#include "table/data.h"

#include <stdlib.h>
#include <string.h>

struct tsl__data_stream {
    tsl_data *data; /* of an array that is read piece by piece all but its numbers */
    tsl_file_info *file;
    tsl__npy *npy; /* or NULL */
    size_t done;
};

/* By row it is left open; by column all of it is read, as its rows are complete
 * with the last one only. */
static tsl_status open_npy(tsl__data_stream *s, const tsl_source *source, const tsl_data_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int by_column = 0;
    TSL__TRY(tsl__data_open(source, &s->data, &s->file, err));
    TSL__TRY(tsl__data_check_array(opt, s->data, err));
    TSL__TRY(tsl__npy_open(source, 0, &s->npy, err));
    tsl__npy_get_shape(s->npy, &s->data->rows, &s->data->cols, &by_column);
    TSL__TRY(tsl__data_name_array(s->data, err));
    if (by_column) {
        TSL__TRY(tsl__npy_read(s->npy, s->data, s->file, err));
        TSL__TRY(tsl__data_check_finite(s->data, s->data->values, 0, s->data->rows, err));
        s->file->rows = s->data->rows;
        tsl__npy_free(s->npy);
        s->npy = NULL;
    }
done:
    return status;
}

tsl_status tsl__data_stream_open(const tsl_source *source, const tsl_data_options *opt, const tsl_exec *exec,
                                 tsl__data_stream **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__data_stream *stream = NULL;
    tsl_data_options full;
    *out = NULL;
    TSL__NEED(stream = tsl__alloc_zero(1, sizeof *stream));
    TSL__TRY(tsl__data_options_open(opt, &full, err));
    if (tsl__data_is_npy(source) && !full.weight && !full.ignore_count) {
        TSL__TRY(open_npy(stream, source, &full, err));
    }
    if (!stream->data) {
        TSL__TRY(tsl_data_read(source, opt, exec, &stream->data, err));
    }
    *out = stream;
    stream = NULL;
done:
    tsl__data_stream_free(stream);
    return status;
}

void tsl__data_stream_free(tsl__data_stream *stream)
{
    if (stream) {
        tsl__npy_free(stream->npy);
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

static tsl_status next_of_npy(tsl__data_stream *s, size_t most, double *values, size_t *rows, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *rows = 0;
    if (s->done == s->data->rows) {
        return TSL_OK;
    }
    TSL__TRY(tsl__npy_next(s->npy, most, values, rows, err));
    TSL__TRY(tsl__data_check_finite(s->data, values, s->done, *rows, err));
    s->done += *rows;
    if (s->done == s->data->rows) {
        TSL__TRY(tsl__npy_get_info(s->npy, s->file, err));
        s->file->rows = s->done;
    }
done:
    return status;
}

tsl_status tsl__data_stream_next(tsl__data_stream *stream, size_t most, double *values, const char *const **id,
                                 size_t *rows, tsl_error *err)
{
    const tsl_data *data = stream->data;
    size_t left = data->rows - stream->done;
    *id = NULL;
    if (stream->npy) {
        return next_of_npy(stream, most, values, rows, err);
    }
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
