/* reading.c: a table under construction, from its options to its result, whatever its rows come from. */
#include "table/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"

const char *tsl__reading_name(const tsl_source *source)
{
    return source->path ? source->path : "bytes";
}

tsl_status tsl__reading_tick(tsl__reading *r, uint64_t bytes, double fraction, tsl_error *err)
{
    tsl_progress_event event = {
        .stage = tsl_table_kind_get_name(r->kind), .rows = r->table->info.read, .bytes = bytes, .fraction = fraction};
    return tsl__tick(&r->ticker, &event, err);
}

/* ---- Setting up -------------------------------------------------------- */

static tsl_status check_known(const tsl__reading *r, tsl_error *err)
{
    const tsl_table *known = r->known;
    const char *table = tsl_table_kind_get_name(r->kind);
    if (known && known->kind != TSL_CUSTOMERS) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: the known ones are no customers, but %s", table,
                              tsl_table_kind_get_name(known->kind));
    }
    if (known && known->info.row_ids) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "%s: the customers' ids are row numbers, which these rows cannot name; name the column "
                              "that holds the id of the customers by --customer-id (customers.id)",
                              table);
    }
    return TSL_OK;
}

static tsl_status open_lookups(tsl__reading *r, tsl_error *err)
{
    size_t count = r->opt->lookup_count;
    tsl_status status = TSL_OK;
    TSL__NEED(r->lookup = tsl__alloc_zero(count, sizeof(tsl__lookup *)));
    TSL__NEED(r->match = tsl__alloc_zero(count, sizeof *r->match));
    TSL__NEED(r->miss = tsl__alloc_zero(count, sizeof *r->miss));
    for (; r->lookups < count; r->lookups++) {
        TSL__TRY(tsl__lookup_open(&r->opt->lookups[r->lookups], &r->lookup[r->lookups], err));
    }
done:
    return status;
}

tsl_status tsl__reading_open(tsl__reading *r, tsl_table_kind kind, const tsl_table *known,
                             const tsl_reject_sink *rejects, const tsl_table_options *opt, const tsl_exec *exec,
                             tsl_error *err)
{
    tsl_exec how;
    tsl_status status = TSL_OK;
    *r = (tsl__reading){.kind = kind, .known = known, .started = tsl__clock(), .rejects = {.sink = rejects}};
    if ((int)kind < 0 || kind >= TSL_TABLE_KINDS) {
        return tsl__error_set(err, TSL_E_OPTION, "%d is no kind of table", (int)kind);
    }
    TSL__TRY(tsl__exec_open(exec, &how, err));
    r->ticker = tsl__ticker_open(&how);
    TSL__TRY(tsl__asked_open(opt, kind, &r->asked, err));
    r->opt = &r->asked.opt;
    TSL__TRY(check_known(r, err));
    TSL__NEED(r->table = tsl__alloc_zero(1, sizeof *r->table));
    r->table->kind = kind;
    r->table->info.first_time = r->table->info.last_time = TSL_MISSING_INT;
    TSL__TRY(open_lookups(r, err));
done:
    return status;
}

/* Loads of each lookup the columns that the plan uses. */
static tsl_status load_lookups(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *used = NULL;
    for (size_t l = 0; l < r->lookups; l++) {
        size_t columns;
        tsl__lookup_get_names(r->lookup[l], &columns);
        free(used);
        TSL__NEED(used = tsl__alloc_zero(columns, 1));
        for (size_t i = 0; i < r->plan.inputs; i++) {
            if (r->plan.input[i].lookup == l) {
                used[r->plan.input[i].column] = (char)r->plan.input[i].used;
            }
        }
        TSL__TRY(tsl__lookup_load(r->lookup[l], used, &r->table->info.notes, err));
    }
done:
    free(used);
    return status;
}

/* The order of day and month that an output has shown before. */
static tsl_date_order get_shown(const tsl__reading *r, const tsl__plan_output *o)
{
    return tsl__asked_get_order(&r->asked, o->role == TSL_ROLE_TIME ? tsl_role_get_name(o->role) : o->name);
}

/* Room for what depends on the plan. */
static tsl_status make_room(tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->plan;
    tsl_status status = TSL_OK;
    TSL__NEED(r->build = tsl__alloc_zero(plan->outputs, sizeof *r->build));
    TSL__NEED(r->value = tsl__alloc_zero(plan->outputs, sizeof *r->value));
    TSL__NEED(r->field = tsl__alloc_zero(plan->own_inputs, sizeof *r->field));
    TSL__NEED(r->shown = tsl__alloc_zero(plan->own_inputs, sizeof *r->shown));
    TSL__NEED(r->operand = tsl__alloc_zero(plan->inputs, sizeof *r->operand));
    TSL__NEED(r->comma = tsl__alloc_zero(plan->inputs, sizeof *r->comma));
    for (size_t i = 0; i < plan->outputs; i++) {
        r->build[i].order.declared = r->opt->dates;
        r->build[i].order.before = get_shown(r, &plan->output[i]);
        tsl__ends_open(&r->build[i].ends);
        if (plan->output[i].type == TSL_TYPE_TEXT) {
            TSL__NEED(r->build[i].dict = tsl__dict_open());
        }
    }
done:
    return status;
}

tsl_status tsl__reading_plan(tsl__reading *r, const tsl__own_columns *own, tsl_error *err)
{
    tsl_status status = TSL_OK;
    r->path = own->path;
    TSL__TRY(tsl__plan_build(r->kind, &r->asked, own, r->lookup, &r->plan, &r->table->info.notes, err));
    TSL__TRY(make_room(r, err));
    TSL__TRY(load_lookups(r, err));
done:
    return status;
}

/* ---- Behind the last row ------------------------------------------------- */

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
    tsl_status status = TSL_OK;
    for (size_t l = 0; l < r->lookups; l++) {
        if (describe_misses(r, l, what, sizeof what)) {
            TSL__TRY(tsl__notes_add(&r->table->info.notes, "%s; what is looked up is missing there", what));
        }
    }
done:
    return status;
}

/* Too many rejects, perhaps since lookups lack their keys. */
static tsl_status check_rejects(const tsl__reading *r, tsl_error *err)
{
    tsl_error why;
    tsl_status status = tsl__rejects_check(&r->rejects, tsl_table_kind_get_name(r->kind), r->table->info.read,
                                           r->opt->max_rejects, &why);
    char what[640];
    if (status == TSL_OK) {
        return TSL_OK;
    }
    for (size_t l = 0; l < r->lookups; l++) {
        if (describe_misses(r, l, what, sizeof what)) {
            return tsl__error_set(err, status, "%s; %s", why.message, what);
        }
    }
    return tsl__error_set(err, status, "%s", why.message);
}

static tsl_status check_usable(const tsl__reading *r, tsl_error *err)
{
    const tsl_table_info *info = &r->table->info;
    const char *table = tsl_table_kind_get_name(r->kind);
    char counts[256];
    tsl_status status = TSL_OK;
    if (info->read == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: %sno row of %s", r->path, r->files ? "holds a header only, " : "",
                              table);
    }
    TSL__TRY(check_rejects(r, err));
    if (r->rows > 0) {
        return TSL_OK;
    }
    char what[TSL__JOIN_BYTES];
    const char *why = r->kind == TSL_CUSTOMERS ? tsl__join_find_events(r) : tsl__join_describe(r, what, sizeof what);
    TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "%s: none of the %llu rows can be used (%s)%s%s", table,
                            (unsigned long long)info->read, tsl__rejects_describe(&r->rejects, counts, sizeof counts),
                            why ? "; " : "", why ? why : ""));
done:
    return status;
}

/* Two files of the same bytes count every row twice: that is hardly meant. */
static tsl_status note_twins(tsl__reading *r, tsl_error *err)
{
    const tsl_file_info *file = r->table->file;
    tsl_status status = TSL_OK;
    for (size_t i = 1; i < r->files; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(file[i].sha256, file[k].sha256) != 0) {
                continue;
            }
            TSL__TRY(
                strcmp(file[i].name, file[k].name) == 0
                    ? tsl__notes_add(&r->table->info.notes, "%s is given twice; its rows count twice", file[i].name)
                    : tsl__notes_add(&r->table->info.notes, "%s holds the same bytes as %s; its rows count twice",
                                     file[i].name, file[k].name));
        }
    }
done:
    return status;
}

/* What the result holds of the lookups: their files, behind those of the table. */
static tsl_status add_lookup_files(tsl__reading *r, tsl_error *err)
{
    tsl_table *table = r->table;
    tsl_status status = TSL_OK;
    void *grown = tsl__realloc(table->file, table->info.file_count + r->lookups, sizeof *table->file);
    TSL__NEED(grown);
    table->file = grown;
    for (size_t l = 0; l < r->lookups; l++) {
        tsl_file_info *file = &table->file[table->info.file_count];
        *file = *tsl__lookup_get_file(r->lookup[l]);
        TSL__NEED(file->name = tsl__strdup(tsl__reading_name(&r->opt->lookups[l].source)));
        table->info.file_count++;
    }
done:
    return status;
}

/* What was said, found and shown, for the next table. */
static tsl_status remember(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int has_value = 0, has_weight = 0; /* they may be features, which are no matter of a table's */
    for (size_t i = 0; i < r->plan.outputs; i++) {
        const tsl__plan_output *o = &r->plan.output[i];
        if (o->role != TSL_ROLE_NONE && (o->mapped || tsl_table_get_role(r->table, o->role))) {
            tsl__asked_keep_role(&r->asked, o->role, o->name, !o->mapped);
        }
        has_value |= o->is_value;
        has_weight |= o->is_weight;
    }
    r->asked.opt.value = has_value ? r->asked.opt.value : NULL;
    r->asked.opt.weight = has_weight ? r->asked.opt.weight : NULL;
    TSL__TRY(tsl__asked_write(&r->asked, r->kind, &r->table->reading, err));
done:
    return status;
}

tsl_status tsl__reading_finish(tsl__reading *r, tsl_table **out, tsl_error *err)
{
    tsl_table *table = r->table;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__finish_dates(r, err));
    TSL__TRY(check_usable(r, err));
    TSL__TRY(r->kind == TSL_CUSTOMERS ? tsl__customers_finish(r, err) : tsl__finish_columns(r, err));
    TSL__TRY(r->rows == 0 ? check_usable(r, err) : TSL_OK);
    TSL__TRY(note_misses(r, err));
    TSL__TRY(note_twins(r, err));
    TSL__TRY(add_lookup_files(r, err));
    TSL__TRY(remember(r, err));
    table->rows = r->rows;
    table->info.used = r->rows;
    table->info.rejected = r->rejects.total;
    memcpy(table->rejected_by, r->rejects.by, sizeof table->rejected_by);
    TSL__ASSERT(table->info.read == table->info.used + table->info.rejected);
    table->info.seconds = tsl__clock() - r->started;
    *out = table;
    r->table = NULL;
done:
    return status;
}

void tsl__reading_free(tsl__reading *r)
{
    tsl__row_lines_free(&r->lines);
    for (size_t i = 0; r->build && i < r->plan.outputs; i++) {
        tsl__dict_free(r->build[i].dict);
        free(r->build[i].code);
        free(r->build[i].integer);
        free(r->build[i].bad_example);
    }
    for (size_t l = 0; r->miss && l < r->opt->lookup_count; l++) {
        tsl__miss_free(&r->miss[l]);
    }
    for (size_t l = 0; l < r->lookups; l++) {
        tsl__lookup_free(r->lookup[l]);
    }
    for (size_t i = 0; i < r->pendings; i++) {
        free(r->pending[i].text);
    }
    tsl__plan_free(&r->plan);
    tsl__rejects_free(&r->rejects);
    tsl__asked_free(&r->asked);
    free(r->lookup);
    free(r->match);
    free(r->miss);
    free(r->build);
    free(r->value);
    free(r->field);
    free(r->shown);
    free(r->operand);
    free(r->comma);
    free(r->origin);
    free(r->known_code);
    free(r->pending);
    tsl_table_free(r->table);
}
