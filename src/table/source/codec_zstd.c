/* codec_zstd.c: zstd, several frames in a row included. */
#include "table/source/codec.h"

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

static int zstd_step(void *state, tsl__codec_io *io)
{
    ZSTD_inBuffer in = {io->in, io->in_count, 0};
    ZSTD_outBuffer out = {io->out, io->out_count, 0};
    size_t hint = ZSTD_decompressStream(state, &out, &in);
    if (ZSTD_isError(hint)) {
        switch (ZSTD_getErrorCode(hint)) {
        case ZSTD_error_checksum_wrong:
            io->what = "its checksum does not fit";
            break;
        case ZSTD_error_frameParameter_windowTooLarge:
            io->what = "its window is over 128 MiB (compress it without --long)";
            break;
        default:
            io->what = "it is damaged";
        }
        return -1;
    }
    io->in += in.pos;
    io->in_count -= in.pos;
    io->out += out.pos;
    io->out_count -= out.pos;
    io->between = hint == 0 || (io->between && in.pos == 0);
    return 0;
}

const tsl__codec tsl__codec_zstd = {"zstd", "\x28\xB5\x2F\xFD", 4, zstd_open, zstd_step, zstd_free};
