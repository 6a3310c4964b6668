/* read.c: tsl_table_read: files -> records -> rows of typed columns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "store/files/stream.h"
#include "table/file_columns.h"
#include "table/file_roles.h"
#include "table/names/column_hints.h"
#include "table/names/roles.h"
#include "table/reading.h"
#include "table/source/kept_blocks.h"

/* A file while it is read. */
typedef struct table_file {
    tsl__csv *csv;
    tsl__field_map map;
    tsl_notes notes;       /* of its columns */
    tsl__block first;      /* where columns were decided on by it: the first block, */
    int has_first;         /* 1: which is not read yet */
    tsl__kept_blocks kept; /* all of them, where the file is read several times and gives its bytes once */
} table_file;

/* A block of a file, or its end, where the block is empty. */
typedef struct piece {
    table_file *in;
    tsl__block block;
    size_t worker;  /* who decoded it */
    int is_first;   /* of the file */
    uint64_t bytes; /* of the file that are read */
} piece;

typedef struct reader {
    tsl__reading r;
    const tsl_source *source;       /* one a file */
    const char **place;             /* their names as given */
    table_file *input;              /* one a file */
    tsl__file_columns columns;      /* of all of them */
    table_file *again;              /* one a file: as a pass over its orders reads it; or NULL */
    size_t current;                 /* the one that blocks are cut of */
    piece *piece;                   /* one a slot */
    tsl__scanner **scanner;         /* one a worker, of the file that it is at */
    uint64_t *bytes;                /* one a file, as stored; 0: not known */
    uint64_t bytes_done, bytes_all; /* of files before the current one; of all, 0 where not known */
    tsl_error ahead;                /* what a first block was refused for, as how its numbers are read is in doubt */
} reader;

/* ---- Columns that a file lacks --------------------------------------------- */

/* The own column that the input comes from: itself, or that by which it is looked up. */
static size_t find_own(const tsl__plan *plan, size_t input)
{
    while (plan->input[input].lookup != TSL__NONE) {
        input = plan->key[plan->input[input].lookup];
    }
    return input;
}

/* The first own column that the file lacks and without which the expression has no value there; TSL__NONE: none. */
static tsl_status find_lacking(const tsl__plan *plan, const table_file *in, const tsl__expr *expr, size_t *lacking,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *missing = NULL;
    size_t count = 0;
    const size_t *operand = expr ? tsl__expr_get_operands(expr, &count) : NULL;
    *lacking = TSL__NONE;
    TSL__NEED(missing = tsl__alloc_zero(plan->inputs, 1));
    for (size_t i = count; i-- > 0;) {
        const size_t own = find_own(plan, operand[i]);
        missing[operand[i]] = in->map.field[own] == TSL__NONE;
        *lacking = missing[operand[i]] ? own : *lacking;
    }
    if (*lacking != TSL__NONE && tsl__expr_allows_missing(expr, missing)) {
        *lacking = TSL__NONE;
    }
done:
    free(missing);
    return status;
}

/* A required role that nothing in the file gives is refused. */
static tsl_status check_required(const reader *f, const table_file *in, const tsl__plan_output *o, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    const size_t own = o->input == TSL__NONE ? TSL__NONE : find_own(plan, o->input);
    size_t lacking = own != TSL__NONE && in->map.field[own] == TSL__NONE ? own : TSL__NONE, count;
    const char *const *names = tsl__csv_get_names(in->csv, &count);
    tsl_status status = TSL_OK;
    TSL__TRY(o->expr ? find_lacking(plan, in, o->expr, &lacking, err) : TSL_OK);
    if (lacking != TSL__NONE) {
        char hint[TSL__HINT_BYTES];
        if (f->columns.has_header && !tsl__csv_has_header(in->csv)) {
            snprintf(hint, sizeof hint, "; it has no header, and %zu columns in place of the %zu of %.200s", count,
                     f->columns.first_count, f->r.path);
        } else {
            tsl__column_hint_put(plan->name[lacking], names, count, hint);
        }
        TSL__TRY(tsl__error_set(err, TSL_E_NOT_FOUND, "%s: there is no column \"%s\", which %s the %s in %s%s",
                                in->map.name, plan->name[lacking], o->input == lacking ? "is" : "is needed for",
                                tsl_role_get_name(o->role), f->place[f->columns.column[lacking].has], hint));
    }
done:
    return status;
}

/* A condition that no row of the file can meet, as it asks for a column that is not there, is refused. */
static tsl_status check_condition(const reader *f, const table_file *in, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl_status status = TSL_OK;
    size_t lacking;
    TSL__TRY(find_lacking(plan, in, plan->where, &lacking, err));
    if (lacking != TSL__NONE) {
        return tsl__error_set(err, TSL_E_NOT_FOUND,
                              "%s: there is no column \"%s\", which the condition asks for (where: %s); "
                              "coalesce(..., '') or \"is missing\" allows for that",
                              in->map.name, plan->name[lacking], f->r.terms.opt->where);
    }
done:
    return status;
}

/* The field of each column in the file. */
static tsl_status map_columns(const reader *f, table_file *in, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl_status status = TSL_OK;
    tsl__csv_get_names(in->csv, &in->map.columns);
    TSL__TRY(tsl__file_columns_map(&f->columns, in->csv, &in->map.field, err));
    for (size_t i = 0; i < plan->outputs; i++) {
        TSL__TRY(plan->output[i].required ? check_required(f, in, &plan->output[i], err) : TSL_OK);
    }
    TSL__TRY(check_condition(f, in, err));
    if (in->map.file > 0 && f->columns.has_header && tsl__file_columns_go_by_place(&f->columns, in->csv)) {
        TSL__TRY(tsl__found_add(&in->notes,
                                &(tsl__found){.kind = TSL_FINDING_NO_HEADER, .example = {{.file = in->map.name}}},
                                "%s has no header; its columns are taken in the order of %s", in->map.name, f->r.path));
    }
done:
    return status;
}

/* What the files lack of the columns that are read. */
static tsl_status note_lacking(reader *f, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl_notes *notes = &f->r.table->info.notes;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < plan->own_inputs; i++) {
        const tsl__file_column *c = &f->columns.column[i];
        if (c->lacking && (plan->input[i].used || tsl__plan_is_status(plan, i))) {
            const char *name = plan->name[i], *file = f->place[c->lacks];
            const tsl__found found = {
                .kind = TSL_FINDING_MISSING_COLUMN, .count = c->lacking, .column = name, .example = {{.file = file}}};
            TSL__TRY(c->lacking == 1
                         ? tsl__found_add(notes, &found, "%s has no column \"%s\"; it is missing there", file, name)
                         : tsl__found_add(notes, &found,
                                          "%zu of the %zu files have no column \"%s\", the first of them %s; "
                                          "it is missing there",
                                          c->lacking, f->columns.files, name, file));
        }
    }
done:
    return status;
}

/* ---- Files ------------------------------------------------------------- */

/* Is another file as long? The same bytes, perhaps, which its hash tells. */
static int has_twin(const reader *f, size_t file)
{
    for (size_t i = 0; i < f->r.files; i++) {
        if (i != file && f->bytes[i] == f->bytes[file]) {
            return 1;
        }
    }
    return 0;
}

/* 1: what is read of it is gone: a pipe. */
static int is_read_once(const tsl_source *source)
{
    struct stat info;
    return tsl__source_is_ahead(source) ||
           (!source->bytes && source->path &&
            (strcmp(source->path, "-") == 0 || (stat(source->path, &info) == 0 && !S_ISREG(info.st_mode))));
}

/* Opens a file and reads its header; hash: its bytes may be hashed. */
static tsl_status open_csv(const reader *f, size_t file, int hash, tsl__csv **csv, tsl_error *err)
{
    const tsl_table_options *asked = f->r.terms.opt;
    tsl__csv_options opt = {.from = &f->source[file],
                            .delimiter = asked->delimiter,
                            .header = asked->header,
                            .is_header = tsl__role_is_header,
                            .text = tsl__asked_get_text(asked)};
    opt.text.unhashed = !hash || (!asked->hash && !has_twin(f, file));
    if (file > 0) {
        opt.names = tsl__csv_get_names(f->input[0].csv, &opt.name_count);
    }
    return tsl__csv_open(&opt, csv, err);
}

/* Takes in the columns of a file. */
static tsl_status gather_file(reader *f, table_file *in, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__file_columns_add(&f->columns, in->csv, err));
    if (f->r.terms.kind == TSL_TRANSACTIONS) {
        TSL__TRY(tsl__csv_cut(in->csv, &in->first, err));
        in->has_first = 1;
        TSL__TRY(tsl__file_columns_look(&f->columns, in->csv, &in->first, err));
    }
done:
    return status;
}

/* The columns of all files, before any row is read. Files are closed again, as there may be many: but for the first,
 * whose names show what a header is, and for pipes. */
static tsl_status gather_columns(reader *f, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < f->r.files; i++) {
        table_file *in = &f->input[i];
        const int stays = i == 0 || is_read_once(&f->source[i]);
        TSL__TRY(open_csv(f, i, stays, &in->csv, err));
        TSL__TRY(gather_file(f, in, err));
        if (!stays) {
            tsl__csv_free(in->csv);
            tsl__block_free(&in->first);
            in->csv = NULL;
            in->has_first = 0;
        }
    }
done:
    return status;
}

/* Decides on the columns. */
static tsl_status plan_columns(reader *f, tsl_error *err)
{
    const tsl__csv *first = f->input[0].csv;
    tsl__own_columns own = {.path = tsl__csv_get_path(first),
                            .name = (const char *const *)f->columns.name,
                            .count = f->columns.count,
                            .files = f->columns.column,
                            .has_header = f->columns.has_header,
                            .unnamed = tsl__csv_is_unnamed(first)};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__file_roles_join(&f->r, &f->columns, &own, err));
    f->r.columns = &f->columns;
    TSL__TRY(tsl__reading_plan(&f->r, &own, err));
    TSL__TRY(note_lacking(f, err));
done:
    return status;
}

static tsl_status open_file(reader *f, size_t file, tsl_error *err)
{
    table_file *in = &f->input[file];
    tsl_status status = TSL_OK;
    TSL__TRY(in->csv ? TSL_OK : open_csv(f, file, 1, &in->csv, err));
    in->map.file = file;
    in->map.name = tsl__csv_get_path(in->csv);
    TSL__TRY(map_columns(f, in, err));
done:
    return status;
}

/* Keeps what is known of a file whose rows are all there, and closes it. */
static tsl_status close_file(reader *f, table_file *in, tsl_error *err)
{
    tsl__reading *r = &f->r;
    tsl_file_info *info = &r->table->file[in->map.file];
    tsl_notes *notes = &r->table->info.notes;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__csv_get_info(in->csv, info, err));
    r->refusal = TSL_FINDING_DOUBTFUL_NUMBERS;
    TSL__TRY(tsl__date_files_close(r, in->map.file, info->delimiter, err));
    TSL__TRY(in->map.form ? tsl__forms_settle(r, &in->map, info->delimiter, err) : TSL_OK);
    r->refusal = TSL_FINDING_REFUSED;
    f->bytes_done += info->bytes;
    TSL__TRY(tsl__notes_copy(&in->notes, notes, err));
    TSL__TRY(tsl__csv_put_notes(in->csv, notes, err));
    TSL__TRY(info->rows == 0
                 ? tsl__found_add(notes,
                                  &(tsl__found){.kind = TSL_FINDING_EMPTY_FILE, .example = {{.file = in->map.name}}},
                                  "%s holds a header only, no row", in->map.name)
                 : TSL_OK);
    if (in != f->input) { /* a header is recognised by the names of the first */
        tsl__csv_free(in->csv);
        in->csv = NULL;
    }
done:
    return status;
}

/* ---- Pieces ------------------------------------------------------------ */

/* 1: it is split into the fields of its columns, as it is where it is decoded. */
static int is_sound(const tsl__field_map *map, const tsl__record *record)
{
    return record->valid && !record->stray && !record->is_open && record->count == map->columns;
}

/* What the numbers of a record show. */
static void look_at(const tsl__plan *plan, const tsl__field_map *map, const tsl__record *record,
                    tsl__mark_evidence *evidence)
{
    for (size_t n = 0; n < plan->numbers; n++) {
        const tsl__plan_input *in = &plan->input[plan->number[n]];
        const size_t field = in->lookup == TSL__NONE ? map->field[in->column] : TSL__NONE;
        if (field != TSL__NONE) {
            tsl__form_look(&evidence[n], record->field[field], map->name, record->line);
        }
    }
}

/* The first block of a file tells how its numbers are read. What is wrong with it is said where it is decoded. */
static tsl_status look_ahead(reader *f, table_file *in, const tsl__block *block, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl__mark_evidence *evidence = NULL;
    tsl__scanner *scanner = NULL;
    tsl__record record = {.count = 1};
    tsl_error ignored;
    tsl_status status = TSL_OK;
    TSL__NEED(evidence = tsl__alloc_zero(plan->numbers, sizeof *evidence));
    TSL__NEED(scanner = tsl__scanner_open(in->csv));
    tsl__scanner_take(scanner, block);
    while (plan->numbers && record.count && tsl__scanner_read(scanner, &record, &ignored) == TSL_OK) {
        if (is_sound(&in->map, &record)) {
            look_at(plan, &in->map, &record, evidence);
        }
    }
    status = tsl__forms_assume(&f->r, evidence, tsl__csv_get_delimiter(in->csv), &in->map, err);
    if (status == TSL_E_INPUT) {
        f->ahead = *err;
    }
done:
    tsl__scanner_free(scanner);
    free(evidence);
    return status;
}

/* The next block of a file. */
static tsl_status cut_block(table_file *in, tsl__block *block, tsl_error *err)
{
    if (in->kept.spill) {
        return tsl__kept_blocks_read(&in->kept, block, err);
    }
    if (!in->has_first) {
        return tsl__csv_cut(in->csv, block, err);
    }
    tsl__block_free(block);
    *block = in->first;
    in->first = (tsl__block){.count = 0};
    in->has_first = 0;
    return TSL_OK;
}

static tsl_status read_piece(void *user, size_t slot, int *more, tsl_error *err)
{
    reader *f = user;
    piece *p = &f->piece[slot];
    tsl_status status = TSL_OK;
    *more = f->current < f->r.files;
    if (!*more) {
        return TSL_OK;
    }
    table_file *in = p->in = &f->input[f->current];
    TSL__TRY(in->map.field ? TSL_OK : open_file(f, f->current, err));
    TSL__TRY(cut_block(in, &p->block, err));
    p->bytes = tsl__csv_get_position(in->csv);
    p->is_first = !in->map.form;
    if (p->block.count && p->is_first) {
        TSL__TRY(look_ahead(f, in, &p->block, err));
    }
    f->current += p->block.count == 0;
done:
    return status;
}

/* Turns the worker to the file. */
static tsl_status turn_to(reader *f, size_t worker, const table_file *in, tsl_error *err)
{
    tsl__decoder *d = &f->r.worker[worker].decoder;
    if (d->map == &in->map) {
        return TSL_OK;
    }
    tsl__scanner_free(f->scanner[worker]);
    f->scanner[worker] = tsl__scanner_open(in->csv);
    d->map = &in->map;
    return f->scanner[worker] ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status decode_piece(void *user, size_t slot, size_t worker, tsl_error *err)
{
    reader *f = user;
    piece *p = &f->piece[slot];
    tsl__decoder *d = &f->r.worker[worker].decoder;
    tsl_status status = TSL_OK;
    if (p->block.count == 0) {
        return TSL_OK;
    }
    TSL__TRY(turn_to(f, worker, p->in, err));
    tsl__scanner_take(f->scanner[worker], &p->block);
    p->worker = worker;
    d->batch = &f->r.batch[slot];
    d->starts_file = p->is_first;
    for (;;) {
        TSL__TRY(tsl__scanner_read(f->scanner[worker], &d->record, err));
        if (d->record.count == 0) {
            break;
        }
        TSL__TRY(tsl__accept_record(d, err));
        d->starts_file = 0;
    }
done:
    return status;
}

static tsl_status take_piece(void *user, size_t slot, tsl_error *err)
{
    reader *f = user;
    const piece *p = &f->piece[slot];
    tsl__reading *r = &f->r;
    const uint64_t bytes = f->bytes_done + p->bytes;
    tsl_status status = TSL_OK;
    if (p->block.count == 0) {
        return close_file(f, p->in, err);
    }
    r->table->file[p->in->map.file].rows += r->batch[slot].read;
    TSL__TRY(tsl__merge_batch(r, p->worker, p->in->map.file, &r->batch[slot], err));
    TSL__TRY(tsl__reading_tick(r, bytes, f->bytes_all ? (double)bytes / (double)f->bytes_all : -1, err));
done:
    return status;
}

/* ---- Passes over the orders ----------------------------------------------- */

/* Puts all blocks of a pipe aside. */
static tsl_status keep_blocks(reader *f, table_file *in, tsl_error *err)
{
    tsl__kept_blocks kept = {.spill = NULL};
    tsl__block block = {.count = 0};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__kept_blocks_open(f->r.spill, &kept, err));
    for (;;) {
        TSL__TRY(cut_block(in, &block, err));
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
static tsl_status open_again(reader *f, size_t file, tsl_error *err)
{
    table_file *in = &f->again[file];
    const table_file *own = &f->input[file];
    tsl_status status = TSL_OK;
    in->csv = own->kept.spill ? own->csv : NULL;
    TSL__TRY(in->csv ? TSL_OK : open_csv(f, file, 0, &in->csv, err));
    in->map.file = file;
    in->map.name = tsl__csv_get_path(in->csv);
    tsl__csv_get_names(in->csv, &in->map.columns);
    TSL__TRY(tsl__file_columns_map(&f->columns, in->csv, &in->map.field, err));
done:
    return status;
}

static void close_again(reader *f, size_t file)
{
    table_file *in = &f->again[file];
    if (!f->input[file].kept.spill) {
        tsl__csv_free(in->csv);
    }
    free(in->map.field);
    *in = (table_file){.csv = NULL};
}

/* 1: what is wrong with the file is said where it is decoded, behind what is found in front of it. */
static int is_said_later(tsl_status status)
{
    return status == TSL_E_INPUT || status == TSL_E_FORMAT;
}

static tsl_status read_again(void *user, size_t slot, int *more, tsl_error *err)
{
    reader *f = user;
    piece *p = &f->piece[slot];
    tsl_status status = TSL_OK;
    *more = f->current < f->r.files;
    if (!*more) {
        return TSL_OK;
    }
    table_file *in = p->in = &f->again[f->current], *own = &f->input[f->current];
    TSL__TRY(in->map.field ? TSL_OK : open_again(f, f->current, err));
    status = cut_block(own->kept.spill ? own : in, &p->block, err);
    status = is_said_later(status) ? TSL_OK : status; /* the block is empty: the end */
    f->current += p->block.count == 0;
done:
    return status;
}

static tsl_status look_at_orders(void *user, size_t slot, size_t worker, tsl_error *err)
{
    reader *f = user;
    const piece *p = &f->piece[slot];
    tsl__decoder *d = &f->r.worker[worker].decoder;
    tsl_status status = TSL_OK;
    if (p->block.count == 0) {
        return TSL_OK;
    }
    TSL__TRY(turn_to(f, worker, p->in, err));
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
        TSL__TRY(is_sound(&p->in->map, &d->record) ? tsl__order_cells_look(d, err) : TSL_OK);
    }
done:
    return status;
}

static tsl_status take_orders(void *user, size_t slot, tsl_error *err)
{
    reader *f = user;
    const piece *p = &f->piece[slot];
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__order_statuses_take(&f->r.orders, &f->r.batch[slot].orders, err));
    TSL__TRY(tsl__reading_tick(&f->r, 0, f->bytes_all ? 0 : -1, err));
    if (p->block.count == 0) {
        close_again(f, p->in->map.file);
    }
done:
    return status;
}

/* What lines lack and their orders have is known before the first row is read. */
static tsl_status pass_over_orders(reader *f, tsl_error *err)
{
    const tsl__pipeline pipeline = {f->r.threads, f, read_again, look_at_orders, take_orders};
    tsl_status status = TSL_OK;
    if (!f->r.orders.statuses) {
        return TSL_OK;
    }
    TSL__NEED(f->again = tsl__alloc_zero(f->r.files, sizeof *f->again));
    for (size_t i = 0; i < f->r.files; i++) {
        TSL__TRY(is_read_once(&f->source[i]) ? keep_blocks(f, &f->input[i], err) : TSL_OK);
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

/* ---- The whole --------------------------------------------------------- */

/* Stored bytes; 0 where the file does not say. */
static uint64_t get_size(const tsl_source *source)
{
    struct stat info;
    if (source->bytes && !tsl__source_is_ahead(source)) {
        return source->count;
    }
    return source->path && stat(source->path, &info) == 0 && S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
}

/* Of each file, and of all, 0 where one does not say. */
static void measure_files(reader *f, const tsl_source *sources, size_t count)
{
    int known = 1;
    for (size_t i = 0; i < count; i++) {
        f->bytes[i] = get_size(&sources[i]);
        known &= f->bytes[i] > 0;
        f->bytes_all += f->bytes[i];
    }
    f->bytes_all = known ? f->bytes_all : 0;
}

static tsl_status name_files(reader *f, const tsl_source *sources, size_t count, tsl_error *err)
{
    tsl__reading *r = &f->r;
    tsl_table *table = r->table;
    tsl_status status = TSL_OK;
    if (!sources || count == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: no file is given", tsl_table_kind_get_name(r->terms.kind));
    }
    f->source = sources;
    TSL__NEED(f->bytes = tsl__alloc_zero(count, sizeof *f->bytes));
    measure_files(f, sources, count);
    r->files = count;
    TSL__NEED(f->input = tsl__alloc_zero(count, sizeof *f->input));
    TSL__NEED(r->place = f->place = tsl__alloc(count, sizeof *f->place));
    TSL__NEED(table->file = tsl__alloc_zero(count, sizeof *table->file));
    for (size_t i = 0; i < count; i++) {
        f->place[i] = tsl__reading_name(&sources[i]);
        TSL__NEED(table->file[i].name = tsl__strdup(f->place[i]));
        table->info.file_count++;
    }
done:
    return status;
}

static tsl_status read_pieces(reader *f, tsl_error *err)
{
    const int threads = f->r.threads;
    const tsl__pipeline pipeline = {threads, f, read_piece, decode_piece, take_piece};
    tsl_status status = TSL_OK;
    TSL__NEED(f->piece = tsl__alloc_zero(tsl__pipeline_get_slots(threads), sizeof *f->piece));
    TSL__NEED(f->scanner = tsl__alloc_zero((size_t)threads, sizeof *f->scanner));
    TSL__TRY(tsl__reading_tick(&f->r, 0, f->bytes_all ? 0 : -1, err));
    TSL__TRY(pass_over_orders(f, err));
    TSL__TRY(tsl__pipeline_run(&pipeline, err));
done:
    if (status == TSL_E_INPUT && strcmp(err->message, f->ahead.message) == 0) { /* rows in front may be refused first */
        f->r.refusal = TSL_FINDING_DOUBTFUL_NUMBERS;
    }
    return status;
}

static void free_reader(reader *f)
{
    for (size_t i = 0; f->piece && i < tsl__pipeline_get_slots(f->r.threads); i++) {
        tsl__block_free(&f->piece[i].block);
    }
    for (int t = 0; f->scanner && t < f->r.threads; t++) {
        tsl__scanner_free(f->scanner[t]);
    }
    for (size_t i = 0; f->again && i < f->r.files; i++) {
        close_again(f, i);
    }
    for (size_t i = 0; f->input && i < f->r.files; i++) {
        tsl__kept_blocks_free(&f->input[i].kept);
        tsl__csv_free(f->input[i].csv);
        tsl__block_free(&f->input[i].first);
        tsl__notes_free(&f->input[i].notes);
        free(f->input[i].map.form);
        free(f->input[i].map.field);
    }
    tsl__reading_free(&f->r);
    tsl__file_columns_free(&f->columns);
    free(f->piece);
    free(f->scanner);
    free(f->again);
    free(f->input);
    free(f->place);
    free(f->bytes);
}

/* Reads all of it; the reader is to be freed. */
static tsl_status read_table(reader *f, tsl_table_kind kind, const tsl_source *sources, size_t source_count,
                             const tsl_table *known, const tsl_reject_sink *rejects, const tsl_table_options *opt,
                             const tsl_exec *exec, tsl_table **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__reading_open(&f->r, kind, known, rejects, opt, exec, err));
    TSL__TRY(name_files(f, sources, source_count, err));
    TSL__TRY(gather_columns(f, err));
    TSL__TRY(plan_columns(f, err));
    TSL__TRY(read_pieces(f, err));
    TSL__TRY(tsl__reading_finish(&f->r, out, err));
done:
    return status;
}

tsl_status tsl_table_read(tsl_table_kind kind, const tsl_source *sources, size_t source_count, const tsl_table *known,
                          const tsl_reject_sink *rejects, const tsl_table_options *opt, const tsl_exec *exec,
                          tsl_table **out, tsl_error *err)
{
    reader f = {.current = 0};
    *out = NULL;
    tsl__error_reset(err);
    tsl_status status = read_table(&f, kind, sources, source_count, known, rejects, opt, exec, out, err);
    free_reader(&f);
    return status;
}

/* What columns are called besides. */
static tsl_status list_aliases(const tsl__file_columns *columns, tsl__look *look, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(look->alias = tsl__alloc_zero(columns->aliases, sizeof *look->alias));
    for (; look->aliases < columns->aliases; look->aliases++) {
        const tsl__file_alias *alias = &columns->alias[look->aliases];
        tsl__look_alias *to = &look->alias[look->aliases];
        to->name = tsl__strdup(alias->name);
        to->column = tsl__strdup(columns->name[alias->column]);
        if (!to->name || !to->column) {
            look->aliases++; /* to be freed */
            return tsl__error_nomem(err);
        }
    }
done:
    return status;
}

tsl_status tsl__table_read_look(tsl_table_kind kind, const tsl_source *sources, size_t source_count,
                                const tsl_table *known, const tsl_table_options *opt, const tsl_exec *exec,
                                tsl__look *look, tsl_table **out, tsl_error *err)
{
    reader f = {.current = 0};
    tsl_error why = {.status = TSL_OK};
    *out = NULL;
    tsl_status status = read_table(&f, kind, sources, source_count, known, NULL, opt, exec, out, &why);
    tsl_status looked = tsl__reading_look(&f.r, status, &why, *out, look, err);
    looked = looked == TSL_OK ? list_aliases(&f.columns, look, err) : looked;
    free_reader(&f);
    if (looked != TSL_OK) {
        tsl_table_free(*out);
        *out = NULL;
    }
    return looked;
}
