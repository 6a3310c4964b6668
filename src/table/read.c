/* read.c: tsl_table_read: files -> records -> rows of typed columns. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "store/stream.h"
#include "table/file_columns.h"
#include "table/reading.h"
#include "table/schema/column_hints.h"
#include "table/schema/roles.h"

/* A file while it is read. */
typedef struct table_file {
    tsl__csv *csv;
    tsl__field_map map;
    tsl__scanner *scanner; /* of the blocks that are cut, where statuses are followed */
    tsl_notes notes;       /* of its columns */
    tsl__block first;      /* where columns were decided on by it: the first block, */
    int has_first;         /* 1: which is not read yet */
} table_file;

/* A block of a file, or its end, where the block is empty. */
typedef struct piece {
    table_file *in;
    tsl__block block;
    size_t worker;          /* who decoded it */
    int is_first;           /* of the file */
    uint64_t bytes;         /* of the file that are read */
    tsl__order_status last; /* in front of the block */
} piece;

typedef struct reader {
    tsl__reading r;
    const tsl_source *source;       /* one a file */
    const char **place;             /* their names as given */
    table_file *input;              /* one a file */
    tsl__file_columns columns;      /* of all of them */
    size_t current;                 /* the one that blocks are cut of */
    tsl__order_status last;         /* of the blocks that are cut, where statuses are carried */
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

static int is_operand(const tsl__plan *plan, const tsl__expr *expr, size_t input)
{
    size_t count = 0;
    const size_t *operand = expr ? tsl__expr_get_operands(expr, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (find_own(plan, operand[i]) == input) {
            return 1;
        }
    }
    return 0;
}

static int needs(const tsl__plan *plan, const tsl__plan_output *o, size_t input)
{
    return is_operand(plan, o->expr, input) || (o->input != TSL__NONE && find_own(plan, o->input) == input);
}

/* Marks the operands of an expression, or none, that the file does not have; the first of the own columns that they
 * come from, or TSL__NONE. missing: one an input. */
static size_t mark_missing(const tsl__plan *plan, const table_file *in, const tsl__expr *expr, char *missing)
{
    size_t count = 0, lacking = TSL__NONE;
    const size_t *operand = expr ? tsl__expr_get_operands(expr, &count) : NULL;
    memset(missing, 0, plan->inputs);
    for (size_t i = count; i-- > 0;) {
        const size_t own = find_own(plan, operand[i]);
        missing[operand[i]] = in->map.field[own] == TSL__NONE;
        lacking = missing[operand[i]] ? own : lacking;
    }
    return lacking;
}

/* How a column of numbers that another file calls otherwise is read of both: each in its unit. "" for others. */
static const char *put_way(const tsl__plan_output *o, tsl__text *out)
{
    if (o->type != TSL_TYPE_DECIMAL || o->input == TSL__NONE) {
        return "";
    }
    tsl__text_printf(out, "; where another column of it holds the %s, --%s 'coalesce(", tsl_role_get_name(o->role),
                     tsl_role_get_option(o->role, TSL_TRANSACTIONS));
    tsl__expr_put_name(out, o->name);
    tsl__unit_put_factor(out, o->unit);
    tsl__text_puts(out, ", \"that column\")' takes either");
    return out->failed ? "" : out->data;
}

/* A column that the file lacks: refused where a required role needs it. */
static tsl_status lack_column(const reader *f, const table_file *in, size_t column, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    const char *name = plan->name[column], *file = in->map.name;
    size_t count;
    const char *const *names = tsl__csv_get_names(in->csv, &count);
    tsl__text way = {0};
    tsl_status status = TSL_OK;
    char hint[TSL__HINT_BYTES], *missing = NULL;
    TSL__NEED(missing = tsl__alloc(plan->inputs, 1));
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        if (!o->required || !needs(plan, o, column)) {
            continue;
        }
        mark_missing(plan, in, o->expr, missing);
        if (!o->expr || !tsl__expr_allows_missing(o->expr, missing)) {
            TSL__TRY(tsl__error_set(err, TSL_E_NOT_FOUND, "%s: there is no column \"%s\", which %s the %s in %s%s%s",
                                    file, name, o->input == column ? "is" : "is needed for", tsl_role_get_name(o->role),
                                    f->place[f->columns.column[column].has],
                                    tsl__column_hint_put(name, names, count, hint), put_way(o, &way)));
        }
    }
done:
    tsl__text_free(&way);
    free(missing);
    return status;
}

/* A condition that no row of the file can meet, as it asks for a column that is not there, is refused. */
static tsl_status check_condition(const reader *f, const table_file *in, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl_status status = TSL_OK;
    char *missing = NULL;
    TSL__NEED(missing = tsl__alloc(plan->inputs, 1));
    const size_t lacking = mark_missing(plan, in, plan->where, missing);
    if (lacking != TSL__NONE && !tsl__expr_allows_missing(plan->where, missing)) {
        const char *name = plan->name[lacking];
        TSL__TRY(tsl__error_set(err, TSL_E_NOT_FOUND,
                                "%s: there is no column \"%s\", which the condition asks for (where: %s); "
                                "coalesce(..., '') or \"is missing\" allows for that",
                                in->map.name, name, f->r.terms.opt->where));
    }
done:
    free(missing);
    return status;
}

/* The field of each column in the file. */
static tsl_status map_columns(const reader *f, table_file *in, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl_status status = TSL_OK;
    tsl__csv_get_names(in->csv, &in->map.columns);
    TSL__TRY(tsl__file_columns_map(&f->columns, in->csv, &in->map.field, err));
    for (size_t i = 0; i < plan->own_inputs; i++) {
        TSL__TRY(in->map.field[i] == TSL__NONE && plan->input[i].used ? lack_column(f, in, i, err) : TSL_OK);
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
                            .text = {.encoding = asked->encoding,
                                     .sheet = asked->sheet,
                                     .unhashed = !hash || (!asked->hash && !has_twin(f, file)),
                                     .fill_merged = asked->fill_merged}};
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
    const tsl__own_columns own = {.path = tsl__csv_get_path(first),
                                  .name = (const char *const *)f->columns.name,
                                  .count = f->columns.count,
                                  .files = f->columns.column,
                                  .has_header = f->columns.has_header,
                                  .unnamed = tsl__csv_is_unnamed(first)};
    tsl_status status = TSL_OK;
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

/* Follows the statuses of orders over a block. What is wrong with it is said where it is decoded. */
static tsl_status follow_statuses(const reader *f, table_file *in, const tsl__block *block, tsl__order_status *last,
                                  tsl_error *err)
{
    tsl__record record = {.count = 1};
    tsl_error ignored;
    tsl_status status = TSL_OK;
    TSL__NEED(in->scanner || (in->scanner = tsl__scanner_open(in->csv)));
    tsl__scanner_take(in->scanner, block);
    while (record.count && tsl__scanner_read(in->scanner, &record, &ignored) == TSL_OK) {
        if (record.count && is_sound(&in->map, &record)) {
            tsl__order_status_take(last, &f->r.terms.plan, in->map.field, &record);
        }
    }
done:
    return status;
}

/* Do statuses stand on the first lines of orders alone? The first block of the file tells, behind the last order of the
 * file before, which may go on here. */
static tsl_status find_carried(reader *f, table_file *in, const tsl__block *block, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl__order_status sample = f->last;
    tsl_status status = TSL_OK;
    sample.has = sample.lacks = 0;
    TSL__TRY(tsl__plan_has_order_statuses(plan) ? follow_statuses(f, in, block, &sample, err) : TSL_OK);
    in->map.carried = tsl__order_status_get_carried(&sample);
    f->last = in->map.carried ? f->last : (tsl__order_status){.is_known = 0};
done:
    return status;
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
        TSL__TRY(find_carried(f, in, &p->block, err));
    }
    p->last = f->last;
    TSL__TRY(in->map.carried ? follow_statuses(f, in, &p->block, &f->last, err) : TSL_OK);
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
    d->order_status = p->last;
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
    for (size_t i = 0; f->input && i < f->r.files; i++) {
        tsl__scanner_free(f->input[i].scanner);
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

tsl_status tsl__table_read_look(tsl_table_kind kind, const tsl_source *sources, size_t source_count,
                                const tsl_table *known, const tsl_table_options *opt, const tsl_exec *exec,
                                tsl__look *look, tsl_table **out, tsl_error *err)
{
    reader f = {.current = 0};
    tsl_error why = {.status = TSL_OK};
    *out = NULL;
    tsl_status status = read_table(&f, kind, sources, source_count, known, NULL, opt, exec, out, &why);
    const tsl_status looked = tsl__reading_look(&f.r, status, &why, *out, look, err);
    free_reader(&f);
    if (looked != TSL_OK) {
        tsl_table_free(*out);
        *out = NULL;
    }
    return looked;
}
