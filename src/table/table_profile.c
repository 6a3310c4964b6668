/* table_profile.c: tsl_table_profile_read: the files column by column, and what a reading of the table makes of them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "base/text.h"
#include "store/files/stream.h"
#include "table/hidden_cells.h"
#include "table/names/name_index.h"
#include "table/names/roles.h"
#include "table/reading.h"
#include "table/schema/column_survey.h"
#include "table/table_state.h"

#define TICK_ROWS 4096

typedef struct surveyor {
    tsl_table_options opt;
    tsl__column_survey **column; /* those of the files, each once */
    size_t columns, capacity;
    char **first; /* names of the first file */
    size_t first_count;
    size_t *at; /* the column of each field of the file at hand */
    char delimiter;
    uint64_t rows; /* records of all files */
    tsl_table_profile *out;
    const tsl__look *look; /* what the table is read as */
    tsl__ticker ticker;
} surveyor;

/* ---- The files, column by column ------------------------------------------------------ */

/* The role of a column of the files. */
static const tsl__look_role *find_role(const tsl__look *look, const char *name)
{
    for (size_t i = 0; i < look->roles; i++) {
        if (!look->role[i].derived && strcmp(look->role[i].name, name) == 0) {
            return &look->role[i];
        }
    }
    return NULL;
}

static tsl_status add_column(surveyor *s, const char *name, size_t *index, tsl_error *err)
{
    void *grown = s->column;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&grown, &s->capacity, s->columns + 1, sizeof(tsl__column_survey *)) == 0);
    s->column = grown;
    TSL__NEED(s->column[s->columns] = tsl__column_survey_open(name, &s->opt, TSL_PROFILE_DISTINCT));
    const tsl__look_role *role = find_role(s->look, name);
    if (role && role->role == TSL_ROLE_TIME) {
        tsl__column_survey_set_time(s->column[s->columns]);
    }
    *index = s->columns++;
done:
    return status;
}

/* The names so far, borrowed. */
static const char **list_names(const surveyor *s)
{
    const char **names = tsl__alloc(s->columns + 1, sizeof *names);
    for (size_t i = 0; names && i < s->columns; i++) {
        names[i] = tsl__column_survey_get_name(s->column[i]);
    }
    return names;
}

/* What the column is called in other files, where it has another name there; else its name. */
static const char *find_name(const tsl__look *look, const char *name)
{
    for (size_t i = 0; i < look->aliases; i++) {
        if (tsl__is_same_folded(look->alias[i].name, name)) {
            return look->alias[i].column;
        }
    }
    return name;
}

/* By name, or by place where a later file has no header; as a table is read. */
static tsl_status map_fields(surveyor *s, const tsl__csv *csv, int is_first, tsl_error *err)
{
    size_t count;
    const char *const *name = tsl__csv_get_names(csv, &count);
    const char **known = NULL;
    tsl__name_index *index = NULL;
    tsl_status status = TSL_OK;
    const int by_place = !is_first && !tsl__csv_has_header(csv) && count == s->first_count;
    free(s->at);
    TSL__NEED(s->at = tsl__alloc(count + 1, sizeof *s->at));
    TSL__NEED(known = list_names(s));
    TSL__NEED(index = tsl__name_index_open(known, s->columns));
    for (size_t i = 0, before = s->columns; i < count; i++) {
        const char *called = is_first || by_place ? name[i] : find_name(s->look, name[i]);
        const size_t there = is_first ? before : by_place ? i : tsl__name_index_get(index, called);
        s->at[i] = there;
        TSL__TRY(there >= before ? add_column(s, name[i], &s->at[i], err) : TSL_OK);
    }
    if (is_first) {
        TSL__NEED(s->first = tsl__alloc_zero(count + 1, sizeof *s->first));
        for (; s->first_count < count; s->first_count++) {
            TSL__NEED(s->first[s->first_count] = tsl__strdup(name[s->first_count]));
        }
    }
done:
    tsl__name_index_free(index);
    free(known);
    return status;
}

static tsl_status survey_rows(surveyor *s, tsl__csv *csv, size_t columns, tsl_file_info *info, tsl_error *err)
{
    tsl__record record;
    tsl_status status = TSL_OK;
    for (;;) {
        TSL__TRY(tsl__csv_read(csv, &record, err));
        if (record.count == 0) {
            break;
        }
        info->rows++;
        if (s->rows++ % TICK_ROWS == 0) {
            const uint64_t size = tsl__csv_get_size(csv), bytes = tsl__csv_get_position(csv);
            const tsl_progress_event event = {.stage = "columns",
                                              .rows = s->rows,
                                              .bytes = bytes,
                                              .fraction = size ? (double)bytes / (double)size : -1};
            TSL__TRY(tsl__tick(&s->ticker, &event, err));
        }
        const int whole = record.valid && !record.stray && !record.is_open && record.count == columns;
        for (size_t i = 0; whole && i < columns; i++) {
            TSL__TRY(tsl__column_survey_add(s->column[s->at[i]], record.field[i], info->name, record.line, err));
        }
    }
done:
    return status;
}

static tsl_status survey_file(surveyor *s, const tsl_source *source, size_t file, tsl_error *err)
{
    tsl_file_info *info = &s->out->file[file];
    tsl__csv_options opt = {.from = source,
                            .delimiter = s->opt.delimiter,
                            .header = s->opt.header,
                            .is_header = tsl__role_is_header,
                            .names = (const char *const *)s->first,
                            .name_count = s->first_count,
                            .text = tsl__asked_get_text(&s->opt)};
    tsl__csv *csv = NULL;
    size_t columns;
    tsl_error open;
    tsl_status status = TSL_OK;
    TSL__NEED(info->name = tsl__strdup(tsl__reading_name(source)));
    s->out->file_count++;
    TSL__TRY(tsl__csv_open(&opt, &csv, err));
    TSL__TRY(map_fields(s, csv, file == 0, err));
    tsl__csv_get_names(csv, &columns);
    status = survey_rows(s, csv, columns, info, &open);
    if (status != TSL_OK && status != TSL_E_INPUT) { /* a quote that stays open is said by the reading of the table */
        TSL__TRY(tsl__error_set(err, status, "%s", open.message));
    }
    status = TSL_OK;
    TSL__TRY(tsl__csv_get_info(csv, info, err));
    s->delimiter = info->delimiter == ';' ? ';' : s->delimiter;
done:
    tsl__csv_free(csv);
    return status;
}

/* ---- Both together ----------------------------------------------------------------------- */

/* The values of a column of the table whose rows are kept by customer; owned. */
static tsl_status gather_shards(const tsl_table *table, size_t column, int64_t **out, tsl_error *err)
{
    tsl__shard shard = {.rows = 0};
    uint8_t *wanted = NULL;
    size_t rows = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(table->rows, sizeof **out));
    TSL__NEED(wanted = tsl__alloc_zero(table->column_count, 1));
    wanted[column] = 1;
    for (size_t s = 0; s < TSL__SHARDS; s++) {
        TSL__TRY(tsl__shard_read(table->shards, s, wanted, 0, &shard, err));
        if (shard.rows) {
            memcpy(*out + rows, shard.number[column], shard.rows * sizeof **out);
        }
        rows += shard.rows;
    }
done:
    tsl__shard_free(table->shards, &shard);
    free(wanted);
    return status;
}

/* An expression, in the table's own values. */
static tsl_status add_derived(surveyor *s, const tsl__look_role *role, const tsl_table *table, tsl_error *err)
{
    tsl_column_profile *p = &s->out->column[s->out->column_count];
    const tsl_column *c = tsl_table_get_role(table, role->role);
    int64_t *gathered = NULL;
    tsl_status status = TSL_OK;
    if (!c || c->type != TSL_TYPE_DECIMAL) {
        return TSL_OK;
    }
    *p = (tsl_column_profile){.role = role->role, .type = c->type, .derived = 1};
    s->out->column_count++;
    TSL__NEED(p->name = tsl__strdup(c->name));
    TSL__TRY(table->shards ? gather_shards(table, (size_t)(c - table->column), &gathered, err) : TSL_OK);
    TSL__TRY(tsl__column_profile_measure(gathered ? gathered : c->integer, table->rows, p, err));
done:
    free(gathered);
    return status;
}

/* The column that a finding is of; of none, that of the customers, whose ids are its examples then. */
static const tsl__column_survey *find_survey(const surveyor *s, const tsl__look *look, const tsl_table_finding *f)
{
    for (size_t i = 0; i < s->columns; i++) {
        const char *name = tsl__column_survey_get_name(s->column[i]);
        const tsl__look_role *role = find_role(look, name);
        const int is_it =
            f->column ? strcmp(f->column, name) == 0 || (role && strcmp(f->column, tsl_role_get_name(role->role)) == 0)
                      : role && role->role == TSL_ROLE_CUSTOMER;
        if (is_it) {
            return s->column[i];
        }
    }
    return NULL;
}

/* An example that is told by its text alone gets the place where it first stands. */
static tsl_status place_example(const tsl__column_survey *column, tsl_finding_example *example, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char *file;
    if (!example->text || example->file || example->line ||
        tsl__column_survey_find(column, example->text, &file, &example->line) != 0) {
        return TSL_OK;
    }
    TSL__NEED(example->file = tsl__strdup(file));
    const char *name = example->column ? example->column : tsl__column_survey_get_name(column);
    TSL__NEED(example->column || (example->column = tsl__strdup(name)));
done:
    return status;
}

static tsl_status place_examples(const surveyor *s, const tsl__look *look, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < look->findings.count; i++) {
        tsl_table_finding *f = &look->findings.of[i];
        const tsl__column_survey *column = find_survey(s, look, f);
        for (size_t e = 0; column && e < f->example_count; e++) {
            TSL__TRY(place_example(column, &f->example[e], err));
        }
    }
done:
    return status;
}

/* What the customers' table, once it is read, has left of a role by a column's name: none, where its cells are not of
 * it. */
static const tsl__look_role *keep_role(const tsl__look_role *role, const tsl_table *table)
{
    size_t i = 0;
    if (!role || role->role == TSL_ROLE_CUSTOMER || !table || table->kind != TSL_CUSTOMERS) {
        return role;
    }
    while (i < table->column_count && strcmp(table->column[i].name, role->name) != 0) {
        i++;
    }
    return i < table->column_count && table->column[i].role == TSL_ROLE_NONE ? NULL : role;
}

static tsl_status finish_columns(surveyor *s, const tsl__look *look, const tsl_table *table, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(s->out->column = tsl__alloc_zero(s->columns + look->roles + 1, sizeof *s->out->column));
    for (size_t i = 0; i < s->columns; i++) {
        const tsl__look_role *role = keep_role(find_role(look, tsl__column_survey_get_name(s->column[i])), table);
        const tsl_table_kind kind = s->out->kind;
        const int typed = role && (role->type != TSL_TYPE_TEXT || kind != TSL_CUSTOMERS);
        tsl_column_type type = typed ? role->type : TSL_TYPE_TEXT;
        if (role && !typed && role->role != TSL_ROLE_CUSTOMER) { /* of customers they are texts on the way */
            type = tsl__role_get_info(role->role)->type;
        }
        s->out->column_count++;
        TSL__TRY(tsl__column_survey_finish(s->column[i], role ? role->role : TSL_ROLE_NONE, type, s->delimiter,
                                           &s->out->column[i], err));
    }
    for (size_t i = 0; table && i < look->roles; i++) {
        TSL__TRY(look->role[i].derived ? add_derived(s, &look->role[i], table, err) : TSL_OK);
    }
done:
    return status;
}

/* ---- What names nobody ------------------------------------------------------------------ */

static int is_called(const tsl_column_profile *c, const char *name)
{
    return strcmp(c->name, name) == 0 || (c->role != TSL_ROLE_NONE && strcmp(tsl_role_get_name(c->role), name) == 0);
}

/* A column that is there, and none so called names people. */
static int has_column(const void *user, const char *name)
{
    const tsl_table_profile *p = ((const surveyor *)user)->out;
    int there = 0;
    for (size_t i = 0; i < p->column_count; i++) {
        if (is_called(&p->column[i], name)) {
            if (p->column[i].personal) {
                return 0;
            }
            there = 1;
        }
    }
    return there;
}

/* A name of a column, or a cell of one that names nobody and of none that does. */
static int has_text(const void *user, tsl__span text)
{
    const surveyor *s = user;
    char *copy = tsl__strndup(text.s, text.n);
    int there = copy && find_name(s->look, copy) != copy, is_named = 0;
    for (size_t i = 0; copy && !there && i < s->columns && !is_named;
         i++) { /* the profile has the files' columns first */
        const char *file;
        uint64_t line;
        if (strcmp(s->out->column[i].name, copy) == 0) {
            there = 1;
            break;
        }
        if (tsl__column_survey_find(s->column[i], copy, &file, &line) == 0) {
            is_named = s->out->column[i].personal;
            there = !is_named;
        }
    }
    free(copy);
    return there;
}

static tsl_status hide_cells(const surveyor *s, tsl__look *look, tsl_error *err)
{
    const tsl__open_texts open = {has_text, has_column, s};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < look->findings.count; i++) {
        TSL__TRY(tsl__hidden_cells_put(&look->findings.of[i], &open, err));
    }
done:
    return status;
}

/* What the reading has found moves to the result. */
static tsl_status take_look(surveyor *s, tsl__look *look, const tsl_table *table, tsl_error *err)
{
    tsl_table_profile *out = s->out;
    tsl_status status = TSL_OK;
    out->refused = look->refused;
    out->read = look->read > s->rows ? look->read : s->rows;
    out->rejected = table ? look->rejected : out->read;
    out->used = out->read - out->rejected;
    out->first_time = table ? table->info.first_time : TSL_MISSING_INT;
    out->last_time = table ? table->info.last_time : TSL_MISSING_INT;
    out->understood = look->understood;
    out->notes = look->notes;
    look->understood = look->notes = (tsl_notes){0};
    out->finding = look->findings.of;
    out->finding_count = look->findings.count;
    look->findings = (tsl__finding_list){.count = 0};
    TSL__NEED(!table || (out->reading = tsl__strdup(table->reading)));
done:
    return status;
}

static tsl_status check_sources(const surveyor *s, const tsl_source *sources, size_t count, tsl_error *err)
{
    if (!sources || count == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: no file is given", tsl_table_kind_get_name(s->out->kind));
    }
    for (size_t i = 0; i < count; i++) {
        if (tsl__source_is_ahead(&sources[i]) || (!sources[i].bytes && strcmp(sources[i].path, "-") == 0)) {
            return tsl__error_set(err, TSL_E_OPTION, "%s: standard input cannot be read twice", sources[i].path);
        }
    }
    return TSL_OK;
}

static tsl_status survey(surveyor *s, const tsl_source *sources, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(s->out->file = tsl__alloc_zero(count, sizeof *s->out->file));
    for (size_t i = 0; i < count; i++) {
        TSL__TRY(survey_file(s, &sources[i], i, err));
    }
done:
    return status;
}

static void free_surveyor(surveyor *s)
{
    for (size_t i = 0; i < s->columns; i++) {
        tsl__column_survey_free(s->column[i]);
    }
    tsl__free_texts(s->first, s->first_count);
    free(s->column);
    free(s->at);
}

tsl_status tsl_table_profile_read(tsl_table_kind kind, const tsl_source *sources, size_t count, const tsl_table *known,
                                  const tsl_table_options *opt, const tsl_exec *exec, tsl_table_profile **out,
                                  tsl_table **table, tsl_error *err)
{
    surveyor s = {.delimiter = ','};
    tsl__look look = {.roles = 0};
    tsl_table *made = NULL;
    tsl_exec how;
    const double begun = tsl__clock();
    tsl_status status = TSL_OK;
    *out = NULL;
    if (table) {
        *table = NULL;
    }
    tsl__error_reset(err);
    TSL_DEFAULTS(table, &s.opt);
    TSL__TRY(tsl__options_take("table", &s.opt, sizeof s.opt, opt, err));
    TSL__TRY(tsl_table_check(&s.opt, err));
    TSL__TRY(tsl__exec_open(exec, &how, err));
    s.ticker = tsl__ticker_open(&how);
    TSL__NEED(s.out = tsl__alloc_zero(1, sizeof *s.out));
    s.out->kind = kind;
    s.look = &look;
    TSL__TRY(check_sources(&s, sources, count, err));
    TSL__TRY(tsl__table_read_look(kind, sources, count, known, &s.opt, exec, &look, &made, err));
    TSL__TRY(survey(&s, sources, count, err));
    TSL__TRY(place_examples(&s, &look, err));
    TSL__TRY(finish_columns(&s, &look, made, err));
    TSL__TRY(hide_cells(&s, &look, err));
    TSL__TRY(take_look(&s, &look, made, err));
    s.out->seconds = tsl__clock() - begun;
    if (table) {
        *table = made;
        made = NULL;
    }
    *out = s.out;
    s.out = NULL;
done:
    free_surveyor(&s);
    tsl__look_free(&look);
    tsl_table_free(made);
    tsl_table_profile_free(s.out);
    return status;
}

void tsl_table_profile_free(tsl_table_profile *p)
{
    if (!p) {
        return;
    }
    tsl__finding_list findings = {.of = (tsl_table_finding *)(uintptr_t)p->finding, .count = p->finding_count};
    for (size_t i = 0; i < p->column_count; i++) {
        tsl__column_profile_free(&p->column[i]);
    }
    for (size_t i = 0; i < p->file_count; i++) {
        free((void *)(uintptr_t)p->file[i].name);
    }
    tsl__finding_list_free(&findings);
    tsl__notes_free(&p->understood);
    tsl__notes_free(&p->notes);
    free((void *)(uintptr_t)p->reading);
    free(p->column);
    free(p->file);
    free(p);
}
