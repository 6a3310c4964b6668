/* reading.c: a table under construction, from its options to its result, whatever its rows come from. */
#include "table/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/cell/quotes.h"
#include "table/hidden_cells.h"

const char *tsl__reading_name(const tsl_source *source)
{
    return source->path ? source->path : "bytes";
}

tsl_status tsl__reading_tick(tsl__reading *r, uint64_t bytes, double fraction, tsl_error *err)
{
    tsl_progress_event event = {.stage = tsl_table_kind_get_name(r->terms.kind),
                                .rows = r->table->info.read,
                                .bytes = bytes,
                                .fraction = fraction};
    return tsl__tick(&r->ticker, &event, err);
}

/* ---- Setting up -------------------------------------------------------- */

static tsl_status check_known(const tsl__reading *r, tsl_error *err)
{
    const tsl_table *known = r->terms.known;
    const char *table = tsl_table_kind_get_name(r->terms.kind);
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
    size_t count = r->terms.opt->lookup_count;
    tsl_status status = TSL_OK;
    TSL__NEED(r->terms.lookup = tsl__alloc_zero(count, sizeof(tsl__lookup *)));
    for (; r->terms.lookups < count; r->terms.lookups++) {
        TSL__TRY(tsl__lookup_open(&r->terms.opt->lookups[r->terms.lookups], &r->terms.lookup[r->terms.lookups], err));
    }
done:
    return status;
}

/* Among how many rows repeated ones are looked for. */
static size_t count_hashed(const tsl__reading *r)
{
    const size_t most = r->memory ? r->memory / TSL__HASHED_SHARE : TSL__HASHED_ROWS;
    return r->terms.opt->drop_duplicates ? SIZE_MAX : most < TSL__HASHED_ROWS ? most : TSL__HASHED_ROWS;
}

tsl_status tsl__reading_open(tsl__reading *r, tsl_table_kind kind, const tsl_table *known,
                             const tsl_reject_sink *rejects, const tsl_table_options *opt, const tsl_exec *exec,
                             tsl_error *err)
{
    tsl_exec how;
    tsl_status status = TSL_OK;
    *r = (tsl__reading){.terms = {.kind = kind, .known = known},
                        .started = tsl__clock(),
                        .rejects = {.sink = rejects},
                        .repeats = -1,
                        .refusal = TSL_FINDING_REFUSED};
    if ((int)kind < 0 || kind >= TSL_TABLE_KINDS) {
        return tsl__error_set(err, TSL_E_OPTION, "%d is no kind of table", (int)kind);
    }
    TSL__TRY(tsl__exec_open(exec, &how, err));
    r->threads = how.threads;
    r->memory = how.memory;
    r->spill = how.spill;
    r->ticker = tsl__ticker_open(&how);
    TSL__TRY(tsl__asked_open(opt, kind, &r->terms.asked, err));
    r->terms.opt = &r->terms.asked.opt;
    r->terms.hashed_rows = count_hashed(r);
    r->terms.orders = &r->orders;
    r->rejects.hides = r->terms.opt->pseudonyms != NULL;
    TSL__TRY(check_known(r, err));
    TSL__NEED(r->table = tsl__alloc_zero(1, sizeof *r->table));
    r->table->kind = kind;
    r->table->info.first_time = r->table->info.last_time = TSL_MISSING_INT;
    r->table->info.time_zone = "as written";
    TSL__TRY(open_lookups(r, err));
done:
    return status;
}

/* Loads of each lookup the columns that the plan uses. */
static tsl_status load_lookups(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *used = NULL;
    for (size_t l = 0; l < r->terms.lookups; l++) {
        size_t columns;
        tsl__lookup_get_names(r->terms.lookup[l], &columns);
        free(used);
        TSL__NEED(used = tsl__alloc_zero(columns, 1));
        for (size_t i = 0; i < r->terms.plan.inputs; i++) {
            if (r->terms.plan.input[i].lookup == l) {
                used[r->terms.plan.input[i].column] = (char)r->terms.plan.input[i].used;
            }
        }
        TSL__TRY(tsl__lookup_load(r->terms.lookup[l], used, &r->table->info.notes, err));
    }
done:
    free(used);
    return status;
}

/* Rows are kept by customer. */
static tsl_status open_shards(tsl__reading *r, tsl_error *err)
{
    const size_t count = r->terms.plan.outputs;
    tsl_status status = TSL_OK;
    tsl__shard_form *form = NULL;
    TSL__NEED(form = tsl__alloc(count, sizeof *form));
    for (size_t i = 0; i < count; i++) {
        form[i] = tsl__terms_get_form(&r->terms, i);
    }
    TSL__NEED(r->shards = tsl__shards_open(form, count, (size_t)r->threads));
    for (size_t i = 0; i < count; i++) {
        if (r->terms.plan.output[i].role == TSL_ROLE_AMOUNT) {
            tsl__shards_set_weighed(r->shards, i);
        }
    }
    TSL__TRY(r->memory ? tsl__shards_set_memory(r->shards, r->memory / TSL__ROWS_SHARE, r->spill, err) : TSL_OK);
done:
    free(form);
    return status;
}

static tsl_status open_workers(tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    const size_t slots = tsl__pipeline_get_slots(r->threads);
    tsl_status status = TSL_OK;
    TSL__NEED(r->worker = tsl__alloc_zero((size_t)r->threads, sizeof *r->worker));
    TSL__NEED(r->batch = tsl__alloc_zero(slots, sizeof *r->batch));
    const int by_customer =
        r->terms.opt->by_customer && r->terms.kind != TSL_CUSTOMERS && !r->terms.opt->drop_duplicates;
    TSL__TRY(by_customer ? open_shards(r, err) : TSL_OK);
    for (int t = 0; t < r->threads; t++) {
        TSL__TRY(tsl__decoder_open(&r->worker[t].decoder, &r->terms, err));
        r->worker[t].decoder.hashes = &r->hashes;
        TSL__NEED(r->worker[t].map = tsl__alloc_zero(plan->outputs, sizeof *r->worker[t].map));
        TSL__NEED(!r->shards || (r->worker[t].decoder.writer = tsl__shard_writer_open(r->shards, (size_t)t)));
    }
    for (size_t i = 0; i < slots; i++) {
        TSL__TRY(tsl__batch_open(&r->batch[i], plan, &r->terms.asked, r->terms.lookups, err));
    }
done:
    return status;
}

/* Room for what depends on the plan. */
static tsl_status make_room(tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    tsl_status status = TSL_OK;
    TSL__NEED(r->build = tsl__alloc_zero(plan->outputs, sizeof *r->build));
    for (size_t i = 0; i < plan->outputs; i++) {
        TSL__NEED(plan->output[i].type != TSL_TYPE_TEXT || (r->build[i].dict = tsl__dict_open()));
    }
    TSL__TRY(tsl__observed_open(&r->observed, plan, &r->terms.asked, r->terms.lookups, err));
    TSL__TRY(open_workers(r, err));
done:
    return status;
}

/* Rows of nobody who can be named cannot be left out by name. */
static tsl_status check_suppression(const tsl__reading *r, tsl_error *err)
{
    return r->terms.opt->suppression && tsl__plan_has_row_ids(&r->terms.plan)
               ? tsl__error_set(err, TSL_E_OPTION,
                                "%s: customers are left out by their ids, and these have none but the numbers of their "
                                "rows",
                                r->path)
               : TSL_OK;
}

/* A condition is kept, and told: it must not name anybody who is to be nowhere. */
static tsl_status check_condition(const tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    size_t count = 0;
    if (!r->terms.opt->pseudonyms || !plan->where || !strpbrk(r->terms.opt->where, "'0123456789")) {
        return TSL_OK;
    }
    const size_t *input = tsl__expr_get_operands(plan->where, &count);
    for (size_t i = 0; i < count; i++) {
        if (tsl__hidden_cells_has(plan, input[i])) {
            return tsl__error_set(err, TSL_E_OPTION,
                                  "where: a condition on %s may name somebody, and is kept with what comes out, where "
                                  "customers go by pseudonyms; a list of ids (--suppress) leaves them out and is not",
                                  plan->name[input[i]]);
        }
    }
    return TSL_OK;
}

tsl_status tsl__reading_plan(tsl__reading *r, const tsl__own_columns *own, tsl_error *err)
{
    tsl_status status = TSL_OK;
    r->path = own->path;
    status = tsl__plan_build(r->terms.kind, &r->terms.asked, own, r->terms.lookup, &r->terms.plan,
                             &r->table->info.notes, err);
    r->refusal = status == TSL_E_INPUT ? TSL_FINDING_DOUBTFUL_NUMBERS : TSL_FINDING_MISSING_ROLE; /* a unit; a column */
    TSL__TRY(status);
    r->refusal = TSL_FINDING_REFUSED;
    TSL__TRY(check_suppression(r, err));
    TSL__TRY(check_condition(r, err));
    r->orders.statuses = tsl__plan_has_order_statuses(&r->terms.plan) ? r->terms.plan.statuses : 0;
    r->orders.most = r->orders.statuses ? r->terms.hashed_rows / r->orders.statuses : 0;
    TSL__TRY(make_room(r, err));
    TSL__TRY(load_lookups(r, err));
    TSL__TRY(tsl__forms_open(r, err));
done:
    return status;
}

/* ---- Behind the last row ------------------------------------------------- */

/* The keys that lookup l lacks, as a text; NULL where there are none. */
static const char *describe_misses(const tsl__reading *r, size_t l, char *out, size_t size)
{
    if (!r->observed.miss || !r->observed.miss[l].rows) {
        return NULL;
    }
    return tsl__miss_describe(&r->observed.miss[l], r->terms.plan.name[r->terms.plan.key[l]],
                              tsl__lookup_get_path(r->terms.lookup[l]), out, size);
}

static tsl_status note_misses(tsl__reading *r, tsl_error *err)
{
    char what[640];
    tsl_status status = TSL_OK;
    for (size_t l = 0; l < r->terms.lookups; l++) {
        if (describe_misses(r, l, what, sizeof what)) {
            const tsl__found found = {.kind = TSL_FINDING_MISSING_KEY,
                                      .count = r->observed.miss[l].rows,
                                      .column = r->terms.plan.name[r->terms.plan.key[l]]};
            TSL__TRY(tsl__found_add(&r->table->info.notes, &found, "%s; what is looked up is missing there", what));
        }
    }
done:
    return status;
}

/* Too many rejects, perhaps since lookups lack their keys. */
static tsl_status check_rejects(const tsl__reading *r, tsl_error *err)
{
    tsl_error why;
    tsl_status status = tsl__rejects_check(&r->rejects, tsl_table_kind_get_name(r->terms.kind), r->table->info.read,
                                           r->terms.opt->max_rejects, &why);
    char what[640];
    if (status == TSL_OK) {
        return TSL_OK;
    }
    for (size_t l = 0; l < r->terms.lookups; l++) {
        if (describe_misses(r, l, what, sizeof what)) {
            return tsl__error_set(err, status, "%s; %s", why.message, what);
        }
    }
    const char *level = tsl__level_describe(r, what, sizeof what);
    return tsl__error_set(err, status, "%s%s%s", why.message, level ? "; " : "", level ? level : "");
}

static tsl_status check_usable(tsl__reading *r, tsl_error *err)
{
    const tsl_table_info *info = &r->table->info;
    const char *table = tsl_table_kind_get_name(r->terms.kind);
    char counts[256];
    tsl_status status = TSL_OK;
    r->refusal = TSL_FINDING_NO_USABLE_ROW;
    if (info->read == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: %sno row of %s", r->path, r->files ? "holds a header only, " : "",
                              table);
    }
    r->refusal = TSL_FINDING_TOO_MANY_REJECTS;
    TSL__TRY(check_rejects(r, err));
    r->refusal = TSL_FINDING_NO_USABLE_ROW;
    if (r->rows > 0) {
        return TSL_OK;
    }
    char what[TSL__JOIN_BYTES];
    tsl__join_count(r);
    const char *why =
        r->terms.kind == TSL_CUSTOMERS ? tsl__join_find_events(r) : tsl__join_describe(r, what, sizeof what);
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
            if (!*file[i].sha256 || strcmp(file[i].sha256, file[k].sha256) != 0) {
                continue;
            }
            const tsl__found found = {
                .kind = TSL_FINDING_REPEATED_FILE, .count = 1, .example = {{.file = file[i].name}}};
            TSL__TRY(strcmp(file[i].name, file[k].name) == 0
                         ? tsl__found_add(&r->table->info.notes, &found, "%s is given twice; its rows count twice",
                                          file[i].name)
                         : tsl__found_add(&r->table->info.notes, &found,
                                          "%s holds the same bytes as %s; its rows count twice", file[i].name,
                                          file[k].name));
            break; /* the first one is enough */
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
    void *grown = tsl__realloc(table->file, table->info.file_count + r->terms.lookups, sizeof *table->file);
    TSL__NEED(grown);
    table->file = grown;
    for (size_t l = 0; l < r->terms.lookups; l++) {
        tsl_file_info *file = &table->file[table->info.file_count];
        *file = *tsl__lookup_get_file(r->terms.lookup[l]);
        TSL__NEED(file->name = tsl__strdup(tsl__reading_name(&r->terms.opt->lookups[l].source)));
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
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        const tsl__plan_output *o = &r->terms.plan.output[i];
        if (o->role != TSL_ROLE_NONE && (o->mapped || tsl_table_get_role(r->table, o->role))) {
            tsl__asked_keep_role(&r->terms.asked, o->role, o->name, !o->mapped);
        }
        has_value |= o->is_value;
        has_weight |= o->is_weight;
    }
    r->terms.asked.opt.value = has_value ? r->terms.asked.opt.value : NULL;
    r->terms.asked.opt.weight = has_weight ? r->terms.asked.opt.weight : NULL;
    TSL__TRY(tsl__asked_write(&r->terms.asked, r->terms.kind, &r->table->reading, err));
done:
    return status;
}

/* Rows that are not used, a finding a kind. */
static tsl_status find_rejects(const tsl__reading *r, tsl__finding_list *out, tsl_error *err)
{
    char message[200];
    tsl_status status = TSL_OK;
    for (int k = 0; k < TSL_REJECT_KINDS; k++) {
        const unsigned long long rows = (unsigned long long)r->rejects.by[k];
        if (!rows || !r->rejects.first[k] || !r->rejects.first[k]->kind) {
            continue;
        }
        tsl__found found = *r->rejects.first[k];
        found.count = rows;
        tsl__print(message, sizeof message, "%llu row%s rejected: %s", rows, rows == 1 ? " is" : "s are",
                   tsl_finding_kind_get_meaning((tsl_finding_kind)found.kind));
        TSL__TRY(tsl__finding_list_add(out, &found, tsl__gate_get(r->terms.opt, (tsl_finding_kind)found.kind), message,
                                       err));
    }
done:
    return status;
}

static tsl_status find_quotes(const tsl__reading *r, tsl__finding_list *out, tsl_error *err)
{
    const unsigned long long rows = (unsigned long long)r->quote.count;
    tsl__found found = r->quote;
    char message[200];
    if (!rows) {
        return TSL_OK;
    }
    found.kind = TSL_FINDING_STRAY_QUOTE;
    tsl__print(message, sizeof message,
               "a quote opens in %llu line%s by mistake, and would take in those behind; %s rejected alone", rows,
               rows == 1 ? "" : "s", rows == 1 ? "it is" : "they are");
    return tsl__finding_list_add(out, &found, tsl__gate_get(r->terms.opt, TSL_FINDING_STRAY_QUOTE), message, err);
}

tsl_status tsl__reading_find(tsl__reading *r, tsl__finding_list *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(find_rejects(r, out, err));
    TSL__TRY(find_quotes(r, out, err));
    TSL__TRY(tsl__finding_list_take(out, &r->table->info.notes, r->terms.opt, err));
    TSL__TRY(tsl__hidden_cells_fill(out, &r->terms.plan, err));
done:
    return status;
}

/* Says of rows that are no data. */
static tsl_status note_rejects(tsl__reading *r, tsl_error *err)
{
    static const struct {
        tsl_reject_kind kind;
        tsl_finding_kind finding;
        const char *one, *many;
    } told[] = {{TSL_REJECT_DESCRIPTION, TSL_FINDING_DESCRIPTION_ROW, "a line that says what the columns are",
                 "lines that say what the columns are"},
                {TSL_REJECT_TOTAL, TSL_FINDING_TOTALS_ROW, "a row of totals", "rows of totals"}};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const unsigned long long rows = (unsigned long long)r->rejects.by[told[i].kind];
        if (!rows) {
            continue;
        }
        tsl__found found = *r->rejects.first[told[i].kind];
        found.kind = (int)told[i].finding;
        found.count = rows;
        TSL__TRY(tsl__found_add(&r->table->info.notes, &found,
                                "%s: %llu row%s left out, being %s: the first is %.*s:%llu", r->path, rows,
                                rows == 1 ? " is" : "s are", rows == 1 ? told[i].one : told[i].many,
                                tsl__text_head(found.example[0].file, 180), found.example[0].file,
                                (unsigned long long)found.example[0].line));
    }
done:
    return status;
}

/* Most rows are of nobody, or a report writes the customer on the first row of each block alone: then all but those are
 * lost. */
static tsl_status note_blanks(tsl__reading *r, tsl_error *err)
{
    const unsigned long long blank = (unsigned long long)r->rejects.by[TSL_REJECT_NO_CUSTOMER],
                             read = (unsigned long long)(r->table->info.read - r->rejects.by[TSL_REJECT_FILTERED] -
                                                         r->rejects.by[TSL_REJECT_SUPPRESSED]);
    const char *name = r->terms.plan.output[0].name;
    tsl__text where = {0};
    tsl_status status = TSL_OK;
    if (2 * blank <= read) {
        return TSL_OK;
    }
    tsl__found found = *r->rejects.first[TSL_REJECT_NO_CUSTOMER];
    found.kind = TSL_FINDING_BLANK_CUSTOMERS;
    found.count = blank;
    tsl__expr_put_name(&where, name);
    TSL__NEED(!where.failed);
    TSL__TRY(
        tsl__found_add(&r->table->info.notes, &found,
                       "%s: %llu of %llu rows have no customer, the first of them %.*s:%llu, and are not used; where "
                       "he stands on the first row of each block alone, fill the cells below him before the table "
                       "is read; where they are of nobody, %s \"%s is not missing\" says so",
                       name, blank, read, tsl__text_head(found.example[0].file, 180), found.example[0].file,
                       (unsigned long long)found.example[0].line,
                       r->terms.kind == TSL_CUSTOMERS ? "--customer-where" : "--where", where.data));
done:
    tsl__text_free(&where);
    return status;
}

/* Lines that somebody counts as rows, and no record is. */
static tsl_status note_taken(tsl__reading *r, tsl_error *err)
{
    const tsl__taken *t = &r->observed.taken;
    if (!t->records) {
        return TSL_OK;
    }
    const char *file = r->place[t->file];
    const tsl__found found = {
        .kind = TSL_FINDING_LONG_RECORDS, .count = t->lines, .example = {{.file = file, .line = t->line}}};
    return tsl__found_add(&r->table->info.notes, &found,
                          "%s: quotes take in %llu line%s that would be rows by themselves, in %llu record%s, each of "
                          "which counts as one "
                          "row: the first is %.*s:%llu to %llu; mend the quote, where it is one by mistake",
                          r->path, (unsigned long long)t->lines, t->lines == 1 ? "" : "s",
                          (unsigned long long)t->records, t->records == 1 ? "" : "s", tsl__text_head(file, 180), file,
                          (unsigned long long)t->line, (unsigned long long)t->end);
}

/* How ids are shown, of all workers. */
static tsl_status join_shown_ids(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int t = 0; t < r->threads; t++) {
        TSL__TRY(tsl__shown_ids_join(&r->table->shown_ids, &r->worker[t].decoder.shown_ids, err));
    }
done:
    return status;
}

static tsl_status note_guards(tsl__reading *r, tsl_error *err)
{
    tsl__found found = r->guard;
    const char *file = found.example[0].file;
    found.kind = TSL_FINDING_READ_AS;
    return found.count == 0
               ? TSL_OK
               : tsl__found_add(&r->table->info.notes, &found,
                                "%llu cell%s written as =\"...\", by which a spreadsheet keeps a text one, "
                                "and %s the text alone, the first in %.*s:%llu",
                                (unsigned long long)found.count, found.count == 1 ? " is" : "s are",
                                found.count == 1 ? "is" : "are", tsl__text_head(file, 180), file,
                                (unsigned long long)found.example[0].line);
}

tsl_status tsl__reading_finish(tsl__reading *r, tsl_table **out, tsl_error *err)
{
    tsl_table *table = r->table;
    tsl_status status = TSL_OK;
    r->accepted = r->rows;
    TSL__TRY(tsl__finish_where(r, err));
    r->refusal = TSL_FINDING_DOUBTFUL_DATES;
    TSL__TRY(r->shards ? tsl__finish_shards(r, err) : tsl__finish_dates(r, err));
    TSL__TRY(tsl__finish_lacking(r, err));
    TSL__TRY(check_usable(r, err));
    r->refusal = TSL_FINDING_REFUSED;
    TSL__TRY(note_rejects(r, err));
    TSL__TRY(note_blanks(r, err));
    TSL__TRY(note_taken(r, err));
    TSL__TRY(note_guards(r, err));
    TSL__TRY(tsl__finish_repeats(r, err));
    TSL__TRY(join_shown_ids(r, err));
    TSL__TRY(tsl__finish_ids(r, err));
    TSL__TRY(tsl__finish_status(r, err));
    TSL__TRY(tsl__finish_opposite(r, err));
    TSL__TRY(tsl__finish_subtotals(r, err));
    TSL__TRY(tsl__finish_level(r, err));
    TSL__TRY(tsl__finish_besides(r, err));
    TSL__TRY(tsl__finish_quality(r, err));
    TSL__TRY(r->terms.kind == TSL_CUSTOMERS ? tsl__customers_finish(r, err) : tsl__finish_columns(r, err));
    TSL__TRY(tsl__finish_ways(r, err));
    TSL__TRY(r->rows == 0 ? check_usable(r, err) : TSL_OK);
    r->refusal = TSL_FINDING_REFUSED;
    TSL__TRY(note_misses(r, err));
    TSL__TRY(note_twins(r, err));
    TSL__TRY(tsl__reading_find(r, &table->findings, err));
    TSL__TRY(r->terms.opt->pseudonyms ? tsl__hidden_cells_settle(&table->findings, &table->info.notes, err) : TSL_OK);
    r->refusal = TSL_FINDING_NONE; /* it is one of the findings */
    TSL__TRY(tsl__gates_apply(&table->findings, tsl_table_kind_get_name(table->kind), err));
    TSL__TRY(add_lookup_files(r, err));
    TSL__TRY(remember(r, err));
    table->rows = r->rows;
    table->info.used = r->rows;
    table->info.rejected = r->rejects.total;
    memcpy(table->rejected_by, r->rejects.by, sizeof table->rejected_by);
    TSL__ASSERT(table->info.read == table->info.used + table->info.rejected);
    table->info.seconds = tsl__clock() - r->started;
    table->pseudonyms = r->terms.opt->pseudonyms;
    table->shards = r->shards;
    table->sums = r->sums;
    r->shards = NULL;
    table->zone = r->terms.asked.zone;
    table->info.time_zone = table->zone ? tsl__zone_get_name(table->zone) : table->info.time_zone;
    r->sums = (tsl__sums){.columns = 0};
    r->terms.asked.zone = NULL;
    *out = table;
    r->table = NULL;
done:
    return status;
}

void tsl__reading_hide(const tsl__reading *r, tsl_status ended, tsl_error *err)
{
    if (ended != TSL_OK && err && r->rejects.hides) {
        tsl__quotes_hide(err->message, sizeof err->message);
    }
}

static void free_workers(tsl__reading *r)
{
    for (int t = 0; r->worker && t < r->threads; t++) {
        tsl__worker *w = &r->worker[t];
        for (size_t i = 0; w->map && i < r->terms.plan.outputs; i++) {
            free(w->map[i].code);
        }
        free(w->map);
        tsl__decoder_free(&w->decoder);
    }
    for (size_t i = 0; r->batch && i < tsl__pipeline_get_slots(r->threads); i++) {
        tsl__batch_free(&r->batch[i]);
    }
    free(r->worker);
    free(r->batch);
}

void tsl__reading_free(tsl__reading *r)
{
    free_workers(r);
    tsl__shards_free(r->shards);
    tsl__sums_free(&r->sums);
    tsl__row_lines_free(&r->lines);
    tsl__row_hashes_free(&r->hashes);
    tsl__order_statuses_free(&r->orders);
    for (size_t i = 0; r->build && i < r->terms.plan.outputs; i++) {
        tsl__dict_free(r->build[i].dict);
        free(r->build[i].code);
        free(r->build[i].integer);
        free(r->build[i].clock);
    }
    tsl__observed_free(&r->observed);
    tsl__date_files_free(&r->date_files);
    free(r->file_dates);
    tsl__forms_free(r);
    for (size_t l = 0; l < r->terms.lookups; l++) {
        tsl__lookup_free(r->terms.lookup[l]);
    }
    for (size_t i = 0; i < r->pendings; i++) {
        free(r->pending[i].text);
    }
    tsl__plan_free(&r->terms.plan);
    tsl__rejects_free(&r->rejects);
    tsl__asked_free(&r->terms.asked);
    free(r->terms.lookup);
    free(r->build);
    free(r->origin);
    free(r->known_code);
    free(r->month);
    free(r->pending);
    tsl_table_free(r->table);
}
