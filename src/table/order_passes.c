/* order_passes.c: the files are read for what their orders tell, before their rows are. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "table/reader.h"

/* Puts all blocks of a pipe aside. */
static tsl_status keep_blocks(tsl__reader *f, tsl__table_file *in, tsl_error *err)
{
    tsl__kept_blocks kept = {.spill = NULL};
    tsl__block block = {.count = 0};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__kept_blocks_open(f->r.spill, &kept, err));
    for (;;) {
        TSL__TRY(tsl__reader_cut(in, &block, err));
        if (block.count == 0) {
            break;
        }
        TSL__TRY(tsl__kept_blocks_write(&kept, &block, err));
        TSL__TRY(tsl__reading_tick(&f->r, 0, f->bytes_all ? 0 : -1, err));
    }
    in->kept = kept;
    kept = (tsl__kept_blocks){.spill = NULL};
done:
    tsl__kept_blocks_free(&kept);
    tsl__block_free(&block);
    return status;
}

/* A file once more: one that is kept as it is, others from their beginning. */
static tsl_status open_again(tsl__reader *f, size_t file, tsl_error *err)
{
    tsl__table_file *in = &f->again[file];
    const tsl__table_file *own = &f->input[file];
    tsl_status status = TSL_OK;
    in->csv = own->kept.spill ? own->csv : NULL;
    TSL__TRY(in->csv ? TSL_OK : tsl__reader_open_csv(f, file, 0, &in->csv, err));
    in->map.file = file;
    in->map.name = tsl__csv_get_path(in->csv);
    in->map.header = tsl__csv_get_header(in->csv, &in->map.columns);
    TSL__TRY(tsl__file_columns_map(&f->columns, in->csv, &in->map.field, err));
done:
    return status;
}

static void close_again(tsl__reader *f, size_t file)
{
    tsl__table_file *in = &f->again[file];
    if (!f->input[file].kept.spill) {
        tsl__csv_free(in->csv);
    }
    free(in->map.field);
    *in = (tsl__table_file){.csv = NULL};
}

/* 1: what is wrong with the file is said where it is decoded, behind what is found in front of it. */
static int is_said_later(tsl_status status)
{
    return status == TSL_E_INPUT || status == TSL_E_FORMAT;
}

static tsl_status read_again(void *user, size_t slot, int *more, tsl_error *err)
{
    tsl__reader *f = user;
    tsl__piece *p = &f->piece[slot];
    tsl_status status = TSL_OK;
    *more = f->current < f->r.files;
    if (!*more) {
        return TSL_OK;
    }
    tsl__table_file *in = p->in = &f->again[f->current], *own = &f->input[f->current];
    TSL__TRY(in->map.field ? TSL_OK : open_again(f, f->current, err));
    status = tsl__reader_cut(own->kept.spill ? own : in, &p->block, err);
    status = is_said_later(status) ? TSL_OK : status; /* the block is empty: the end */
    f->current += p->block.count == 0;
done:
    return status;
}

static tsl_status look_at_orders(void *user, size_t slot, size_t worker, tsl_error *err)
{
    tsl__reader *f = user;
    const tsl__piece *p = &f->piece[slot];
    tsl__decoder *d = &f->r.worker[worker].decoder;
    tsl_status status = TSL_OK;
    if (p->block.count == 0) {
        return TSL_OK;
    }
    TSL__TRY(tsl__reader_turn(f, worker, p->in, err));
    tsl__scanner_take(f->scanner[worker], &p->block);
    d->batch = &f->r.batch[slot];
    for (;;) {
        status = tsl__scanner_read(f->scanner[worker], &d->record, err);
        if (is_said_later(status)) {
            return TSL_OK;
        }
        if (status != TSL_OK || d->record.count == 0) {
            break;
        }
        TSL__TRY(tsl__reader_is_sound(&p->in->map, &d->record) ? tsl__order_cells_look(d, err) : TSL_OK);
    }
done:
    return status;
}

static tsl_status take_orders(void *user, size_t slot, tsl_error *err)
{
    tsl__reader *f = user;
    const tsl__piece *p = &f->piece[slot];
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__order_statuses_take(&f->r.orders, &f->r.batch[slot].orders, err));
    TSL__TRY(tsl__reading_tick(&f->r, 0, f->bytes_all ? 0 : -1, err));
    if (p->block.count == 0) {
        close_again(f, p->in->map.file);
    }
done:
    return status;
}

tsl_status tsl__reader_pass_over_orders(tsl__reader *f, tsl_error *err)
{
    const tsl__pipeline pipeline = {f->r.threads, f, read_again, look_at_orders, take_orders};
    tsl_status status = TSL_OK;
    if (!f->r.orders.statuses) {
        return TSL_OK;
    }
    TSL__NEED(f->again = tsl__alloc_zero(f->r.files, sizeof *f->again));
    for (size_t i = 0; i < f->r.files; i++) {
        TSL__TRY(tsl__reader_is_read_once(&f->source[i]) ? keep_blocks(f, &f->input[i], err) : TSL_OK);
    }
    do {
        f->current = 0;
        for (int t = 0; t < f->r.threads; t++) {
            f->r.worker[t].decoder.map = NULL;
        }
        TSL__TRY(tsl__pipeline_run(&pipeline, err));
    } while (tsl__order_statuses_turn(&f->r.orders));
    f->current = 0;
done:
    return status;
}

void tsl__reader_close_passes(tsl__reader *f)
{
    for (size_t i = 0; f->again && i < f->r.files; i++) {
        close_again(f, i);
    }
    free(f->again);
    f->again = NULL;
}
