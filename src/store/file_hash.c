/* file_hash.c: the SHA-256 of a file, by which one knows whether it is still what was read. */
#include <tesela/store.h>

#include "base/error.h"
#include "base/hash.h"
#include "store/files/stream.h"

#define PIECE 65536

tsl_status tsl_file_get_hash(const tsl_source *source, char sha256[65], tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__stream stream = {.fd = -1};
    tsl__sha256 *hash = NULL;
    char piece[PIECE];
    size_t got = 1;
    tsl__error_reset(err);
    sha256[0] = '\0';
    TSL__TRY(tsl__stream_open(source, &stream, err));
    TSL__NEED(hash = tsl__sha256_open());
    while (got) {
        TSL__TRY(tsl__stream_read(&stream, piece, sizeof piece, &got, err));
        TSL__NEED(tsl__sha256_add(hash, piece, got) == 0);
    }
    const int failed = tsl__sha256_close(hash, sha256);
    hash = NULL;
    TSL__NEED(!failed);
done:
    tsl__sha256_free(hash);
    tsl__stream_close(&stream);
    return status;
}
