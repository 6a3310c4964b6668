/* input.c: standard input, looked at before it is read. */
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "store/files/stream.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)1 << 16)

typedef struct bytes {
    void *all; /* never NULL once read */
    size_t count, capacity;
} bytes;

/* Goes on to `most` bytes in all, or to the end. */
static tsl_status read_up_to(tsl__stream *stream, size_t most, bytes *b, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t got = 1;
    while (got && b->count < most) {
        TSL__NEED(tsl__reserve(&b->all, &b->capacity, b->count + CHUNK_BYTES, 1) == 0);
        size_t room = b->capacity - b->count, left = most - b->count;
        TSL__TRY(tsl__stream_read(stream, (char *)b->all + b->count, room < left ? room : left, &got, err));
        b->count += got;
    }
done:
    return status;
}

tsl_status tsl_input_open(const char *path, int whole, tsl_source *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__stream stream = {.fd = -1};
    bytes b = {0};
    const char *kind = "";
    tsl__error_reset(err);
    *out = (tsl_source){.path = path};
    if (strcmp(path, "-") != 0) {
        return TSL_OK;
    }
    TSL__TRY(tsl__stream_open(out, &stream, err));
    TSL__TRY(read_up_to(&stream, whole ? SIZE_MAX : TSL__HEAD_BYTES, &b, err));
    if (!whole) {
        TSL__TRY(tsl_file_get_kind(&(tsl_source){path, b.all, b.count}, &kind, err));
    }
    if (strcmp(kind, "hdf5") == 0) { /* to be read at any place */
        whole = 1;
        TSL__TRY(read_up_to(&stream, SIZE_MAX, &b, err));
    }
    *out = (tsl_source){whole ? stream.name : path, b.all, b.count};
    b.all = NULL;
done:
    free(b.all);
    tsl__stream_close(&stream);
    return status;
}

void tsl_input_free(tsl_source *input)
{
    free((void *)(uintptr_t)input->bytes);
    *input = (tsl_source){0};
}
