/* codec_zstd.c: zstd, several frames in a row included, and what may be skipped: pzstd begins with such a frame. */
#include "table/bytes/codec.h"

#include <zstd.h>
#include <zstd_errors.h>

static void *zstd_open(void)
{
    return ZSTD_createDStream();
}

static void zstd_free(void *state)
{
    ZSTD_freeDStream(state);
}

static tsl_status fail(size_t result, tsl__codec_io *io)
{
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation:
        io->what = "out of memory";
        return TSL_E_NOMEM;
    case ZSTD_error_frameParameter_windowTooLarge:
        io->what = "its window needs more memory than is allowed, 128 MiB (compress it without --long)";
        return TSL_E_NOMEM;
    case ZSTD_error_checksum_wrong:
        io->what = "its checksum does not fit";
        return TSL_E_FORMAT;
    default:
        io->what = "it is damaged";
        return TSL_E_FORMAT;
    }
}

static tsl_status zstd_step(void *state, tsl__codec_io *io)
{
    ZSTD_inBuffer in = {io->in, io->in_count, 0};
    ZSTD_outBuffer out = {io->out, io->out_count, 0};
    size_t hint = ZSTD_decompressStream(state, &out, &in);
    if (ZSTD_isError(hint)) {
        return fail(hint, io);
    }
    io->in += in.pos;
    io->in_count -= in.pos;
    io->out += out.pos;
    io->out_count -= out.pos;
    io->between = hint == 0 || (io->between && in.pos == 0);
    return TSL_OK;
}

const tsl__codec tsl__codec_zstd = {
    "zstd", {{"\x28\xB5\x2F\xFD", 4, 0}, {"\x50\x2A\x4D\x18", 4, 0x0F}}, zstd_open, zstd_step, zstd_free};
