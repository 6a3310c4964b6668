/* codec_gzip.c: gzip through Intel's ISA-L, several members in a row included. */
#include "table/bytes/codec.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "base/alloc.h"

typedef struct gzip_state {
    struct inflate_state inflate;
    int open; /* within a member */
} gzip_state;

static void *gzip_open(void)
{
    gzip_state *g = tsl__alloc(1, sizeof *g);
    if (g) {
        isal_inflate_init(&g->inflate);
        g->open = 0;
    }
    return g;
}

/* Zeros behind the last member are padding, as tapes leave it. */
static void skip_padding(tsl__codec_io *io)
{
    while (io->in_count && *io->in == 0) {
        io->in++;
        io->in_count--;
    }
}

/* As far as the input shows, which may be its first byte only. */
static int begins_member(const tsl__codec_io *io)
{
    return io->in[0] == 0x1F && (io->in_count < 2 || io->in[1] == 0x8B);
}

static tsl_status gzip_step(void *state, tsl__codec_io *io)
{
    gzip_state *g = state;
    struct inflate_state *s = &g->inflate;
    if (!g->open) {
        skip_padding(io);
        io->between = 1;
        if (!io->in_count) {
            return TSL_OK;
        }
        if (!begins_member(io)) {
            io->what = "bytes that are no gzip stand behind its end";
            return TSL_E_FORMAT;
        }
        isal_inflate_reset(s);
        s->crc_flag = ISAL_GZIP; /* header read, checksum and length verified */
        g->open = 1;
    }
    s->next_in = (uint8_t *)(uintptr_t)io->in;
    s->avail_in = (uint32_t)io->in_count;
    s->next_out = io->out;
    s->avail_out = (uint32_t)io->out_count;
    int result = isal_inflate(s);
    io->in = s->next_in;
    io->in_count = s->avail_in;
    io->out = s->next_out;
    io->out_count = s->avail_out;
    if (result < 0) {
        io->what = result == ISAL_INCORRECT_CHECKSUM ? "its checksum does not fit" : "it is damaged";
        return TSL_E_FORMAT;
    }
    if (s->block_state == ISAL_BLOCK_FINISH) {
        g->open = 0;
    }
    io->between = !g->open;
    return TSL_OK;
}

const tsl__codec tsl__codec_gzip = {"gzip", {{"\x1F\x8B", 2, 0}}, gzip_open, gzip_step, free};
