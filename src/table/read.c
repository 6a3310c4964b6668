/* read.c: tsl_table_read: files -> records -> rows of typed columns. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "store/files/stream.h"
#include "table/file_roles.h"
#include "table/reader.h"

/* ---- Files ------------------------------------------------------------- */

/* Takes in the columns of a file. */
static tsl_status gather_file(tsl__reader *f, tsl__table_file *in, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__file_columns_add(&f->columns, in->csv, err));
    TSL__TRY(tsl__csv_cut(in->csv, &in->first, err));
    in->has_first = 1;
    TSL__TRY(tsl__file_columns_look(&f->columns, in->csv, &in->first, err));
done:
    return status;
}

/* The columns of all files, before any row is read. Files are closed again, as there may be many: but for the first,
 * whose names show what a header is, and for pipes. */
static tsl_status gather_columns(tsl__reader *f, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < f->r.files; i++) {
        tsl__table_file *in = &f->input[i];
        const int stays = i == 0 || tsl__reader_is_read_once(&f->source[i]);
        TSL__TRY(tsl__reader_open_csv(f, i, stays, &in->csv, err));
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
static tsl_status plan_columns(tsl__reader *f, tsl_error *err)
{
    const tsl__csv *first = f->input[0].csv;
    tsl__own_columns own = {.path = tsl__csv_get_path(first),
                            .name = (const char *const *)f->columns.name,
                            .count = f->columns.count,
                            .files = f->columns.column,
                            .has_header = f->columns.has_header,
                            .unnamed = tsl__csv_is_unnamed(first),
                            .sheets = tsl__csv_get_sheets(first)};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__file_roles_join(&f->r, &f->columns, &own, err));
    f->r.columns = &f->columns;
    TSL__TRY(tsl__reading_plan(&f->r, &own, err));
    TSL__TRY(tsl__reader_note_lacking(f, err));
done:
    return status;
}

static tsl_status open_file(tsl__reader *f, size_t file, tsl_error *err)
{
    tsl__table_file *in = &f->input[file];
    tsl_status status = TSL_OK;
    TSL__TRY(in->csv ? TSL_OK : tsl__reader_open_csv(f, file, 1, &in->csv, err));
    in->map.file = file;
    in->map.name = tsl__csv_get_path(in->csv);
    TSL__TRY(tsl__reader_map_columns(f, in, err));
done:
    return status;
}

/* Keeps what is known of a file whose rows are all there, and closes it. */
static tsl_status close_file(tsl__reader *f, tsl__table_file *in, tsl_error *err)
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
static tsl_status look_ahead(tsl__reader *f, tsl__table_file *in, const tsl__block *block, tsl_error *err)
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
        if (tsl__reader_is_sound(&in->map, &record)) {
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

static tsl_status read_piece(void *user, size_t slot, int *more, tsl_error *err)
{
    tsl__reader *f = user;
    tsl__piece *p = &f->piece[slot];
    tsl_status status = TSL_OK;
    *more = f->current < f->r.files;
    if (!*more) {
        return TSL_OK;
    }
    tsl__table_file *in = p->in = &f->input[f->current];
    TSL__TRY(in->map.field ? TSL_OK : open_file(f, f->current, err));
    TSL__TRY(tsl__reader_cut(in, &p->block, err));
    p->bytes = tsl__csv_get_position(in->csv);
    p->is_first = !in->map.form;
    if (p->block.count && p->is_first) {
        TSL__TRY(look_ahead(f, in, &p->block, err));
    }
    f->current += p->block.count == 0;
done:
    return status;
}

static tsl_status decode_piece(void *user, size_t slot, size_t worker, tsl_error *err)
{
    tsl__reader *f = user;
    tsl__piece *p = &f->piece[slot];
    tsl__decoder *d = &f->r.worker[worker].decoder;
    tsl_status status = TSL_OK;
    if (p->block.count == 0) {
        return TSL_OK;
    }
    TSL__TRY(tsl__reader_turn(f, worker, p->in, err));
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
    tsl__reader *f = user;
    const tsl__piece *p = &f->piece[slot];
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
static void measure_files(tsl__reader *f, const tsl_source *sources, size_t count)
{
    int known = 1;
    for (size_t i = 0; i < count; i++) {
        f->bytes[i] = get_size(&sources[i]);
        known &= f->bytes[i] > 0;
        f->bytes_all += f->bytes[i];
    }
    f->bytes_all = known ? f->bytes_all : 0;
}

static tsl_status name_files(tsl__reader *f, const tsl_source *sources, size_t count, tsl_error *err)
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

static tsl_status read_pieces(tsl__reader *f, tsl_error *err)
{
    const int threads = f->r.threads;
    const tsl__pipeline pipeline = {threads, f, read_piece, decode_piece, take_piece};
    tsl_status status = TSL_OK;
    TSL__NEED(f->piece = tsl__alloc_zero(tsl__pipeline_get_slots(threads), sizeof *f->piece));
    TSL__NEED(f->scanner = tsl__alloc_zero((size_t)threads, sizeof *f->scanner));
    TSL__TRY(tsl__reading_tick(&f->r, 0, f->bytes_all ? 0 : -1, err));
    TSL__TRY(tsl__reader_pass_over_orders(f, err));
    TSL__TRY(tsl__pipeline_run(&pipeline, err));
done:
    if (status == TSL_E_INPUT && strcmp(err->message, f->ahead.message) == 0) { /* rows in front may be refused first */
        f->r.refusal = TSL_FINDING_DOUBTFUL_NUMBERS;
    }
    return status;
}

static void free_reader(tsl__reader *f)
{
    for (size_t i = 0; f->piece && i < tsl__pipeline_get_slots(f->r.threads); i++) {
        tsl__block_free(&f->piece[i].block);
    }
    for (int t = 0; f->scanner && t < f->r.threads; t++) {
        tsl__scanner_free(f->scanner[t]);
    }
    tsl__reader_close_passes(f);
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
    free(f->input);
    free(f->place);
    free(f->bytes);
}

/* Reads all of it; the reader is to be freed. */
static tsl_status read_table(tsl__reader *f, tsl_table_kind kind, const tsl_source *sources, size_t source_count,
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
    tsl__reader f = {.current = 0};
    *out = NULL;
    tsl__error_reset(err);
    tsl_status status = read_table(&f, kind, sources, source_count, known, rejects, opt, exec, out, err);
    tsl__reading_hide(&f.r, status, err);
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
    tsl__reader f = {.current = 0};
    tsl_error why = {.status = TSL_OK};
    *out = NULL;
    tsl_status status = read_table(&f, kind, sources, source_count, known, NULL, opt, exec, out, &why);
    tsl__reading_hide(&f.r, status, &why);
    tsl_status looked = tsl__reading_look(&f.r, status, &why, *out, look, err);
    looked = looked == TSL_OK ? list_aliases(&f.columns, look, err) : looked;
    free_reader(&f);
    if (looked != TSL_OK) {
        tsl_table_free(*out);
        *out = NULL;
    }
    return looked;
}
