/* read.c: tsl_table_read: files -> records -> rows of typed columns. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/reading.h"
#include "table/schema/column_hints.h"
#include "table/schema/name_index.h"
#include "table/schema/roles.h"

#define TICK_ROWS 1024

tsl_table_options tsl_table_defaults(tsl_table_kind kind)
{
    return (tsl_table_options){.kind = kind, .header = -1, .as_of = TSL_NO_DAY, .max_rejects = 0.10};
}

static tsl_status check_options(const tsl_table_options *opt, tsl_error *err)
{
    int threads;
    if (opt->kind < 0 || opt->kind >= TSL_TABLE_KINDS) {
        return tsl__error_set(err, TSL_E_OPTION, "%d is no kind of table", (int)opt->kind);
    }
    if (opt->file_count == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: no file is given", tsl_table_get_name(opt->kind));
    }
    if (!(opt->max_rejects >= 0 && opt->max_rejects <= 1)) {
        return tsl__error_set(err, TSL_E_OPTION, "max_rejects: a share from 0 to 1 is expected");
    }
    if (opt->delimiter && !strchr(",;\t|", opt->delimiter)) {
        return tsl__error_set(err, TSL_E_OPTION, "delimiter: one of , ; TAB | is expected");
    }
    if (opt->header < -1 || opt->header > 1) {
        return tsl__error_set(err, TSL_E_OPTION, "header: 1, 0 or -1 is expected");
    }
    if (opt->dates < TSL_DATES_AUTO || opt->dates > TSL_DATES_DMY) {
        return tsl__error_set(err, TSL_E_OPTION, "dates: %d is no order of year, month and day", (int)opt->dates);
    }
    if (opt->known && opt->known->info.row_ids) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "%s: the customers' ids are row numbers, which these rows cannot name; name the column "
                              "that holds the id of the customers by --customer-id (customers.id)",
                              tsl_table_get_name(opt->kind));
    }
    return tsl__threads_resolve(opt->threads, &threads, err);
}

/* ---- Setting up -------------------------------------------------------- */

static tsl_status open_lookups(tsl__reading *r, tsl_error *err)
{
    size_t count = r->opt->lookup_count;
    r->lookup = tsl__alloc_zero(count, sizeof(tsl__lookup *));
    r->match = tsl__alloc_zero(count, sizeof *r->match);
    r->miss = tsl__alloc_zero(count, sizeof *r->miss);
    if (!r->lookup || !r->match || !r->miss) {
        return tsl__error_nomem(err);
    }
    tsl_status st = TSL_OK;
    for (size_t i = 0; i < count && st == TSL_OK; i++) {
        st = tsl__lookup_open(&r->opt->lookups[i], &r->lookup[i], err);
    }
    return st;
}

/* Loads of each lookup the columns that the plan uses. */
static tsl_status load_lookups(tsl__reading *r, tsl_error *err)
{
    tsl_status st = TSL_OK;
    for (size_t l = 0; l < r->opt->lookup_count && st == TSL_OK; l++) {
        size_t columns;
        tsl__lookup_get_names(r->lookup[l], &columns);
        char *used = tsl__alloc_zero(columns, 1);
        if (!used) {
            return tsl__error_nomem(err);
        }
        for (size_t i = 0; i < r->plan.inputs; i++) {
            if (r->plan.input[i].lookup == l) {
                used[r->plan.input[i].column] = (char)r->plan.input[i].used;
            }
        }
        st = tsl__lookup_load(r->lookup[l], used, &r->table->info.notes, err);
        free(used);
    }
    return st;
}

/* Room for what depends on the plan. */
static tsl_status make_room(tsl__reading *r, tsl_error *err)
{
    tsl__plan *plan = &r->plan;
    r->build = tsl__alloc_zero(plan->outputs, sizeof *r->build);
    r->value = tsl__alloc_zero(plan->outputs, sizeof *r->value);
    r->field = tsl__alloc_zero(plan->own_inputs, sizeof *r->field);
    r->operand = tsl__alloc_zero(plan->inputs, sizeof *r->operand);
    r->comma = tsl__alloc_zero(plan->inputs, sizeof *r->comma);
    if (!r->comma || !r->build || !r->value || !r->field || !r->operand) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < plan->outputs; i++) {
        r->build[i].order.declared = r->opt->dates;
        tsl__ends_open(&r->build[i].ends);
        if (plan->output[i].type == TSL_TYPE_TEXT && !(r->build[i].dict = tsl__dict_open())) {
            return tsl__error_nomem(err);
        }
    }
    return TSL_OK;
}

/* ---- Files ------------------------------------------------------------- */

/* Does the input come from this one: itself, or looked up by it? */
static int comes_from(const tsl__plan *plan, size_t input, size_t from)
{
    while (input != from && plan->input[input].lookup != TSL__NONE) {
        input = plan->key[plan->input[input].lookup];
    }
    return input == from;
}

static int needs(const tsl__plan *plan, const tsl__output *o, size_t input)
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
static tsl_status lack_column(tsl__reading *r, size_t input, const char *const *names, size_t count, tsl_error *err)
{
    const tsl__plan *plan = &r->plan;
    const char *name = plan->name[input];
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__output *o = &plan->output[i];
        if (o->required && needs(plan, o, input)) {
            char hint[TSL__HINT_BYTES];
            return tsl__error_set(err, TSL_E_NOT_FOUND, "%s: there is no column \"%s\", which %s the %s in %s%s",
                                  r->file_name, name, o->input == input ? "is" : "is needed for",
                                  tsl_role_get_name(o->role), tsl__csv_get_path(r->first),
                                  tsl__column_hint_put(name, names, count, hint));
        }
    }
    return tsl__notes_add(&r->table->info.notes, "%s has no column \"%s\"; it is missing there", r->file_name, name)
               ? tsl__error_nomem(err)
               : TSL_OK;
}

/* The field of each used column in a file behind the first one. */
static tsl_status map_columns(tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->plan;
    tsl_status status = TSL_OK;
    tsl__name_index *index = NULL;
    size_t count;
    const char *const *names = tsl__csv_get_names(r->csv, &count);
    int same = r->csv == r->first, by_place = !tsl__csv_has_header(r->csv) && (same || count == plan->own_inputs);
    r->columns = count;
    TSL__NEED(same || by_place || (index = tsl__name_index_open(names, count)));
    for (size_t i = 0; i < plan->own_inputs; i++) {
        size_t at = index ? tsl__name_index_get(index, plan->name[i]) : i;
        r->field[i] = at < count ? at : TSL__NONE;
        TSL__TRY(at >= count && plan->input[i].used ? lack_column(r, i, names, count, err) : TSL_OK);
    }
    if (by_place && !same && tsl__csv_has_header(r->first)) {
        TSL__NEED(tsl__notes_add(&r->table->info.notes, "%s has no header; its columns are taken in the order of %s",
                                 r->file_name, tsl__csv_get_path(r->first)) == TSL_OK);
    }
done:
    tsl__name_index_free(index);
    return status;
}

static tsl_status open_file(tsl__reading *r, size_t file, tsl_error *err)
{
    tsl__csv_options opt = {.path = r->opt->files[file],
                            .delimiter = r->opt->delimiter,
                            .header = r->opt->header,
                            .is_header = tsl__role_is_header};
    if (r->first) {
        opt.names = tsl__csv_get_names(r->first, &opt.name_count);
    }
    tsl_status st = tsl__csv_open(&opt, &r->csv, err);
    if (st != TSL_OK) {
        return st;
    }
    r->file = file;
    r->file_name = tsl__csv_get_path(r->csv);
    if (!r->first) {
        r->first = r->csv;
        if ((st = tsl__plan_build(r->opt, r->csv, r->lookup, &r->plan, err)) != TSL_OK ||
            (st = make_room(r, err)) != TSL_OK || (st = load_lookups(r, err)) != TSL_OK) {
            return st;
        }
    }
    return map_columns(r, err);
}

/* Keeps what is known of the file read last, and closes it. */
static tsl_status close_file(tsl__reading *r, tsl_error *err)
{
    tsl_file_info *info = &r->table->info.file[r->file];
    tsl_status st = tsl__csv_get_info(r->csv, info, err);
    for (size_t i = 0; i < r->plan.inputs; i++) {
        size_t l = r->plan.input[i].lookup;
        tsl__comma_end(&r->comma[i], l == TSL__NONE ? info->delimiter : tsl__lookup_get_file(r->lookup[l])->delimiter);
    }
    if (r->csv != r->first) {
        tsl__csv_free(r->csv);
    }
    r->csv = NULL;
    r->bytes_done += info->bytes;
    if (st == TSL_OK && info->rows == 0 &&
        tsl__notes_add(&r->table->info.notes, "%s holds a header only, no row", r->file_name)) {
        return tsl__error_nomem(err);
    }
    return st;
}

/* ---- Rows -------------------------------------------------------------- */

static tsl_status tick(tsl__reading *r, tsl_error *err)
{
    uint64_t bytes = r->bytes_done + tsl__csv_get_position(r->csv);
    tsl_progress_event event = {.stage = tsl_table_get_name(r->opt->kind),
                                .rows = r->table->info.read,
                                .bytes = bytes,
                                .fraction = r->bytes_all ? (double)bytes / (double)r->bytes_all : -1};
    return tsl__tick(&r->ticker, &event, err);
}

static tsl_status read_rows(tsl__reading *r, tsl_error *err)
{
    tsl_status st;
    do {
        if (r->table->info.read % TICK_ROWS == 0 && (st = tick(r, err)) != TSL_OK) {
            return st;
        }
        if ((st = tsl__csv_read(r->csv, &r->record, err)) != TSL_OK) {
            return st;
        }
        if (r->record.count == 0) {
            return TSL_OK;
        }
        if (r->rows == INT32_MAX) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: more than 2,147,483,647 rows", r->file_name);
        }
    } while ((st = tsl__accept_record(r, err)) == TSL_OK);
    return st;
}

/* ---- The whole --------------------------------------------------------- */

/* Stored bytes of all files, 0 where one does not say. */
static uint64_t sum_sizes(const tsl_table_options *opt)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < opt->file_count; i++) {
        struct stat info;
        if (stat(opt->files[i], &info) || !S_ISREG(info.st_mode)) {
            return 0;
        }
        sum += (uint64_t)info.st_size;
    }
    return sum;
}

/* What the result holds of the lookups: their files, behind those of the table. */
static tsl_status add_lookup_files(tsl__reading *r, tsl_error *err)
{
    tsl_table_info *info = &r->table->info;
    for (size_t l = 0; l < r->opt->lookup_count; l++) {
        tsl_file_info *file = &info->file[info->file_count];
        *file = *tsl__lookup_get_file(r->lookup[l]);
        if (!(file->name = tsl__strdup(r->opt->lookups[l].file))) {
            return tsl__error_nomem(err);
        }
        info->file_count++;
    }
    return TSL_OK;
}

static tsl_status start(tsl__reading *r, tsl_error *err)
{
    const tsl_table_options *opt = r->opt;
    tsl_table_info *info = &r->table->info;
    r->table->kind = opt->kind;
    r->started = tsl__clock();
    r->ticker = tsl__ticker_of(opt->progress);
    r->rejects.sink = opt->rejects;
    r->bytes_all = sum_sizes(opt);
    info->first_time = info->last_time = TSL_MISSING_INT;
    if (!(info->file = tsl__alloc_zero(opt->file_count + opt->lookup_count, sizeof *info->file))) {
        return tsl__error_nomem(err);
    }
    for (; info->file_count < opt->file_count; info->file_count++) {
        if (!(info->file[info->file_count].name = tsl__strdup(opt->files[info->file_count]))) {
            return tsl__error_nomem(err);
        }
    }
    return open_lookups(r, err);
}

static tsl_status read_files(tsl__reading *r, tsl_error *err)
{
    tsl_status st = TSL_OK;
    for (size_t i = 0; i < r->opt->file_count && st == TSL_OK; i++) {
        if ((st = open_file(r, i, err)) == TSL_OK && (st = read_rows(r, err)) == TSL_OK) {
            st = close_file(r, err);
        }
    }
    return st;
}

/* The keys that lookup l lacks, as a text; NULL where there are none. */
static const char *describe_misses(const tsl__reading *r, size_t l, char *out, size_t size)
{
    if (!r->miss[l].rows) {
        return NULL;
    }
    return tsl__miss_describe(&r->miss[l], r->plan.name[r->plan.key[l]], tsl__lookup_get_path(r->lookup[l]), out, size);
}

static tsl_status note_misses(tsl__reading *r, tsl_error *err)
{
    char what[640];
    for (size_t l = 0; l < r->opt->lookup_count; l++) {
        if (describe_misses(r, l, what, sizeof what) &&
            tsl__notes_add(&r->table->info.notes, "%s; what is looked up is missing there", what)) {
            return tsl__error_nomem(err);
        }
    }
    return TSL_OK;
}

/* Too many rejects, perhaps since lookups lack their keys. */
static tsl_status check_rejects(const tsl__reading *r, tsl_error *err)
{
    tsl_error why;
    tsl_status st = tsl__rejects_check(&r->rejects, tsl_table_get_name(r->opt->kind), r->table->info.read,
                                       r->opt->max_rejects, &why);
    char what[640];
    if (st == TSL_OK) {
        return TSL_OK;
    }
    for (size_t l = 0; l < r->opt->lookup_count; l++) {
        if (describe_misses(r, l, what, sizeof what)) {
            return tsl__error_set(err, st, "%s; %s", why.message, what);
        }
    }
    return tsl__error_set(err, st, "%s", why.message);
}

static tsl_status check_usable(const tsl__reading *r, tsl_error *err)
{
    const tsl_table_info *info = &r->table->info;
    const char *table = tsl_table_get_name(r->opt->kind), *path = tsl__csv_get_path(r->first);
    char counts[256];
    if (info->read == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: holds a header only, no row of %s", path, table);
    }
    tsl_status st = check_rejects(r, err);
    if (st != TSL_OK || r->rows > 0) {
        return st;
    }
    char what[TSL__JOIN_BYTES];
    const char *why =
        r->opt->kind == TSL_CUSTOMERS ? tsl__join_find_events(r) : tsl__join_describe(r, what, sizeof what);
    return tsl__error_set(err, TSL_E_INPUT, "%s: none of the %llu rows can be used (%s)%s%s", table,
                          (unsigned long long)info->read, tsl__rejects_describe(&r->rejects, counts, sizeof counts),
                          why ? "; " : "", why ? why : "");
}

/* Two files of the same bytes count every row twice: that is hardly meant. */
static tsl_status note_twins(tsl__reading *r, tsl_error *err)
{
    const tsl_table_info *info = &r->table->info;
    for (size_t i = 1; i < r->opt->file_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(info->file[i].sha256, info->file[k].sha256) == 0 &&
                tsl__notes_add(&r->table->info.notes, "%s holds the same bytes as %s; its rows count twice",
                               info->file[i].name, info->file[k].name)) {
                return tsl__error_nomem(err);
            }
        }
    }
    return TSL_OK;
}

/* Everything behind the last row. */
static tsl_status finish(tsl__reading *r, tsl_error *err)
{
    tsl_table_info *info = &r->table->info;
    tsl_status st = tsl__finish_dates(r, err);
    if (st == TSL_OK) {
        st = check_usable(r, err);
    }
    if (st == TSL_OK) {
        st = r->opt->kind == TSL_CUSTOMERS ? tsl__customers_finish(r, err) : tsl__finish_columns(r, err);
    }
    if (st == TSL_OK && r->rows == 0) {
        st = check_usable(r, err);
    }
    if (st == TSL_OK) {
        st = note_misses(r, err);
    }
    if (st == TSL_OK) {
        st = note_twins(r, err);
    }
    if (st == TSL_OK) {
        st = add_lookup_files(r, err);
    }
    info->used = r->rows;
    info->rejected = r->rejects.total;
    memcpy(info->rejected_by, r->rejects.by, sizeof info->rejected_by);
    info->seconds = tsl__clock() - r->started;
    return st;
}

static void release(tsl__reading *r)
{
    for (size_t i = 0; r->build && i < r->plan.outputs; i++) {
        tsl__dict_free(r->build[i].dict);
        free(r->build[i].code);
        free(r->build[i].integer);
        free(r->build[i].bad_example);
    }
    for (size_t l = 0; r->lookup && l < r->opt->lookup_count; l++) {
        tsl__lookup_free(r->lookup[l]);
    }
    for (size_t l = 0; r->miss && l < r->opt->lookup_count; l++) {
        tsl__miss_free(&r->miss[l]);
    }
    for (size_t i = 0; i < r->pendings; i++) {
        free(r->pending[i].text);
    }
    if (r->csv != r->first) {
        tsl__csv_free(r->csv);
    }
    tsl__plan_free(&r->plan);
    tsl__csv_free(r->first);
    tsl__rejects_free(&r->rejects);
    free(r->lookup);
    free(r->match);
    free(r->miss);
    free(r->build);
    free(r->value);
    free(r->field);
    free(r->operand);
    free(r->comma);
    free(r->origin);
    free(r->known);
    free(r->pending);
    tsl_table_free(r->table);
}

tsl_status tsl_table_read(const tsl_table_options *opt, tsl_table **out, tsl_error *err)
{
    *out = NULL;
    tsl__reading r = {.opt = opt};
    tsl_status st = check_options(opt, err);
    if (st == TSL_OK && !(r.table = tsl__alloc_zero(1, sizeof *r.table))) {
        st = tsl__error_nomem(err);
    }
    if (st == TSL_OK) {
        st = start(&r, err);
    }
    if (st == TSL_OK) {
        st = read_files(&r, err);
    }
    if (st == TSL_OK) {
        st = finish(&r, err);
    }
    if (st == TSL_OK) {
        *out = r.table;
        r.table = NULL;
    }
    release(&r);
    return st;
}
