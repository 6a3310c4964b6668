/* read.c: tsl_table_read: files -> records -> rows of typed columns. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "store/stream.h"
#include "table/reading.h"
#include "table/schema/column_hints.h"
#include "table/schema/name_index.h"
#include "table/schema/roles.h"

typedef struct reader {
    tsl__reading r;
    const tsl_source *source;       /* one a file */
    const char **place;             /* their names as given */
    tsl__csv *first, *csv;          /* first: holds the names of the plan */
    uint64_t bytes_done, bytes_all; /* of files before the current one; of all, 0 where not known */
} reader;

/* ---- Columns of later files ---------------------------------------------- */

/* Does the input come from this one: itself, or looked up by it? */
static int comes_from(const tsl__plan *plan, size_t input, size_t from)
{
    while (input != from && plan->input[input].lookup != TSL__NONE) {
        input = plan->key[plan->input[input].lookup];
    }
    return input == from;
}

static int needs(const tsl__plan *plan, const tsl__plan_output *o, size_t input)
{
    size_t count = 0;
    const size_t *operand = o->expr ? tsl__expr_get_operands(o->expr, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (comes_from(plan, operand[i], input)) {
            return 1;
        }
    }
    return o->input != TSL__NONE && comes_from(plan, o->input, input);
}

/* A column that the current file lacks: refused where a required role needs it, else noted. */
static tsl_status lack_column(reader *f, size_t input, tsl_error *err)
{
    tsl__reading *r = &f->r;
    const tsl__plan *plan = &r->plan;
    const char *name = plan->name[input];
    size_t count;
    const char *const *names = tsl__csv_get_names(f->csv, &count);
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        if (o->required && needs(plan, o, input)) {
            char hint[TSL__HINT_BYTES];
            return tsl__error_set(err, TSL_E_NOT_FOUND, "%s: there is no column \"%s\", which %s the %s in %s%s",
                                  r->file_name, name, o->input == input ? "is" : "is needed for",
                                  tsl_role_get_name(o->role), tsl__csv_get_path(f->first),
                                  tsl__column_hint_put(name, names, count, hint));
        }
    }
    return tsl__notes_add(&r->table->info.notes, "%s has no column \"%s\"; it is missing there", r->file_name, name);
}

/* The field of each used column in the current file: by name, or by place where it has no names. */
static tsl_status map_columns(reader *f, tsl_error *err)
{
    tsl__reading *r = &f->r;
    const tsl__plan *plan = &r->plan;
    tsl_status status = TSL_OK;
    tsl__name_index *index = NULL;
    size_t count;
    const char *const *names = tsl__csv_get_names(f->csv, &count);
    int same = f->csv == f->first, by_place = !tsl__csv_has_header(f->csv) && (same || count == plan->own_inputs);
    r->columns = count;
    TSL__NEED(same || by_place || (index = tsl__name_index_open(names, count)));
    for (size_t i = 0; i < plan->own_inputs; i++) {
        size_t at = index ? tsl__name_index_get(index, plan->name[i]) : i;
        r->field[i] = at < count ? at : TSL__NONE;
        TSL__TRY(at >= count && plan->input[i].used ? lack_column(f, i, err) : TSL_OK);
    }
    if (by_place && !same && tsl__csv_has_header(f->first)) {
        TSL__TRY(tsl__notes_add(&r->table->info.notes, "%s has no header; its columns are taken in the order of %s",
                                r->file_name, tsl__csv_get_path(f->first)));
    }
done:
    tsl__name_index_free(index);
    return status;
}

/* ---- Files ------------------------------------------------------------- */

static tsl_status open_file(reader *f, size_t file, tsl_error *err)
{
    tsl__reading *r = &f->r;
    tsl__csv_options opt = {.from = &f->source[file],
                            .delimiter = r->opt->delimiter,
                            .header = r->opt->header,
                            .is_header = tsl__role_is_header};
    tsl_status status = TSL_OK;
    if (f->first) {
        opt.names = tsl__csv_get_names(f->first, &opt.name_count);
    }
    TSL__TRY(tsl__csv_open(&opt, &f->csv, err));
    r->file = file;
    r->file_name = tsl__csv_get_path(f->csv);
    if (!f->first) {
        f->first = f->csv;
        tsl__own_columns own = {
            .path = r->file_name, .has_header = tsl__csv_has_header(f->csv), .unnamed = tsl__csv_is_unnamed(f->csv)};
        own.name = tsl__csv_get_names(f->csv, &own.count);
        TSL__TRY(tsl__reading_plan(r, &own, err));
    }
    TSL__TRY(map_columns(f, err));
done:
    return status;
}

/* Keeps what is known of the file read last, and closes it. */
static tsl_status close_file(reader *f, tsl_error *err)
{
    tsl__reading *r = &f->r;
    tsl_file_info *info = &r->table->file[r->file];
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__csv_get_info(f->csv, info, err));
    for (size_t i = 0; i < r->plan.inputs; i++) {
        size_t l = r->plan.input[i].lookup;
        tsl__comma_end(&r->comma[i], l == TSL__NONE ? info->delimiter : tsl__lookup_get_file(r->lookup[l])->delimiter);
    }
    f->bytes_done += info->bytes;
    TSL__TRY(info->rows == 0 ? tsl__notes_add(&r->table->info.notes, "%s holds a header only, no row", r->file_name)
                             : TSL_OK);
done:
    if (f->csv != f->first) {
        tsl__csv_free(f->csv);
    }
    f->csv = NULL;
    return status;
}

static tsl_status read_rows(reader *f, tsl_error *err)
{
    tsl__reading *r = &f->r;
    tsl_status status = TSL_OK;
    for (;;) {
        if (r->table->info.read % TSL__TICK_ROWS == 0) {
            uint64_t bytes = f->bytes_done + tsl__csv_get_position(f->csv);
            TSL__TRY(tsl__reading_tick(r, bytes, f->bytes_all ? (double)bytes / (double)f->bytes_all : -1, err));
        }
        TSL__TRY(tsl__csv_read(f->csv, &r->record, err));
        if (r->record.count == 0) {
            break;
        }
        r->table->file[r->file].rows++;
        TSL__TRY(tsl__accept_record(r, err));
    }
done:
    return status;
}

/* ---- The whole --------------------------------------------------------- */

/* Stored bytes of all files, 0 where one does not say. */
static uint64_t sum_sizes(const tsl_source *sources, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        struct stat info;
        int there = sources[i].bytes && !tsl__source_is_ahead(&sources[i]);
        if (!there && (!sources[i].path || stat(sources[i].path, &info) || !S_ISREG(info.st_mode))) {
            return 0;
        }
        sum += there ? sources[i].count : (uint64_t)info.st_size;
    }
    return sum;
}

static tsl_status name_files(reader *f, const tsl_source *sources, size_t count, tsl_error *err)
{
    tsl__reading *r = &f->r;
    tsl_table *table = r->table;
    tsl_status status = TSL_OK;
    if (!sources || count == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: no file is given", tsl_table_kind_get_name(r->kind));
    }
    f->source = sources;
    f->bytes_all = sum_sizes(sources, count);
    r->files = count;
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

tsl_status tsl_table_read(tsl_table_kind kind, const tsl_source *sources, size_t source_count, const tsl_table *known,
                          const tsl_reject_sink *rejects, const tsl_table_options *opt, const tsl_exec *exec,
                          tsl_table **out, tsl_error *err)
{
    reader f = {.first = NULL};
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__reading_open(&f.r, kind, known, rejects, opt, exec, err));
    TSL__TRY(name_files(&f, sources, source_count, err));
    for (size_t i = 0; i < source_count; i++) {
        TSL__TRY(open_file(&f, i, err));
        TSL__TRY(read_rows(&f, err));
        TSL__TRY(close_file(&f, err));
    }
    TSL__TRY(tsl__reading_finish(&f.r, out, err));
done:
    tsl__reading_free(&f.r);
    if (f.csv != f.first) {
        tsl__csv_free(f.csv);
    }
    tsl__csv_free(f.first);
    free(f.place);
    return status;
}
