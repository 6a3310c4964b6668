/* codec_xz.c: xz, several streams in a row and their padding included. */
#include "table/bytes/codec.h"

#include <lzma.h>
#include <stdlib.h>

#include "base/alloc.h"

#define MEMORY_LIMIT (UINT64_C(512) << 20) /* as describe() says; xz -9 needs 65 MiB */

static void *xz_open(void)
{
    lzma_stream *s = tsl__alloc(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    *s = (lzma_stream)LZMA_STREAM_INIT;
    if (lzma_stream_decoder(s, MEMORY_LIMIT, LZMA_CONCATENATED) == LZMA_OK) {
        return s;
    }
    free(s);
    return NULL;
}

static void xz_free(void *state)
{
    if (!state) {
        return;
    }
    lzma_end(state);
    free(state);
}

static const char *describe(lzma_ret result)
{
    switch (result) {
    case LZMA_MEMLIMIT_ERROR:
        return "its dictionary needs more memory than is allowed, 512 MiB";
    case LZMA_MEM_ERROR:
        return "out of memory";
    case LZMA_BUF_ERROR:
        return "it is cut short";
    default:
        return "it is damaged";
    }
}

static tsl_status xz_step(void *state, tsl__codec_io *io)
{
    lzma_stream *s = state;
    s->next_in = io->in;
    s->avail_in = io->in_count;
    s->next_out = io->out;
    s->avail_out = io->out_count;
    lzma_ret result = lzma_code(s, io->at_end ? LZMA_FINISH : LZMA_RUN);
    io->in = s->next_in;
    io->in_count = s->avail_in;
    io->out = s->next_out;
    io->out_count = s->avail_out;
    io->between = result == LZMA_STREAM_END;
    if (result == LZMA_OK || result == LZMA_STREAM_END || (result == LZMA_BUF_ERROR && !io->at_end)) {
        return TSL_OK;
    }
    io->what = describe(result);
    return result == LZMA_MEM_ERROR || result == LZMA_MEMLIMIT_ERROR ? TSL_E_NOMEM : TSL_E_FORMAT;
}

const tsl__codec tsl__codec_xz = {"xz", {{"\xFD\x37zXZ\0", 6, 0}}, xz_open, xz_step, xz_free};
