/* export.c: a run, perhaps beside an earlier one, as files for a CRM: looked over, written, read back, published. */
#include "crm/crm_check.h"
#include "crm/crm_pack.h"
#include "crm/crm_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "base/text.h"
#include "store/files/stream.h"
#include "table/cell/pseudonyms.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <tesela/store.h>

/* Kinds of files. Of those who have changed: who came to his segment since then, and the others. */
typedef enum kind { ALL, CREATED, MOVED, CHANGED, VANISHED, KINDS } kind;

typedef struct export_job {
    const tsl_export_options *opt;
    tsl__scored_run run, since;
    int has_since;
    tsl__crm_pair pair; /* of the two */
    tsl__crm_survey survey;
    tsl__crm_plan plan, stays; /* of all files; of who stays in his segment */
    tsl_folder *folder;
    json_t *replaced;   /* the manifest of the folder that is replaced, or NULL */
    const char **names; /* of the files that it may hold */
    tsl__crm_parts parts[KINDS];
    int threads, running, failed; /* of the tasks that finish files */
    uint64_t restless;            /* changed customers in whom nothing has but figures that move from day to day */
    uint64_t hidden;              /* vanished customers whom no file has */
    size_t room;                  /* for out->file */
    tsl_export *out;
    tsl__crm_pack pack;
} export_job;

/* ---- The folder ------------------------------------------------------------------------------------ */

/* What an earlier export of this place says that it wrote; NULL: it is none. */
static tsl_status read_manifest(const char *folder, json_t **out, tsl_error *err)
{
    tsl__stream stream = {.fd = -1};
    char *path = NULL, *bytes = NULL;
    size_t count = 0;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__NEED(path = tsl__scored_run_find(folder, "manifest.json"));
    if (tsl__stream_open(&(tsl_source){.path = path}, &stream, NULL) == TSL_OK) {
        TSL__TRY(tsl__stream_read_all(&stream, &bytes, &count, err));
        *out = json_loadb(bytes, count, 0, NULL);
    }
done:
    tsl__stream_close(&stream);
    free(bytes);
    free(path);
    return status;
}

/* The names that a folder may hold that is replaced: those of this program's files. */
static tsl_status open_folder(export_job *job, const char *path, int replace, tsl_error *err)
{
    static const char *const own[] = {
        "fields.csv",          "picklists.csv",        "manifest.json",          "README.md",
        "salesforce-job.json", "zoho-bulk-write.json", "zoho-bulk-changed.json", "hubspot-import.json"};
    const size_t fixed = sizeof own / sizeof *own;
    const char **names = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(replace ? read_manifest(path, &job->replaced, err) : TSL_OK);
    const json_t *manifest = job->replaced;
    const char *format = json_string_value(json_object_get(manifest, "format"));
    const int is_export = format && strcmp(format, "tesela export") == 0;
    const json_t *files = is_export ? json_object_get(manifest, "files") : NULL;
    const size_t count = json_array_size(files);
    TSL__NEED(names = job->names = tsl__alloc(fixed + count, sizeof *names));
    memcpy(names, own, sizeof own);
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_object_get(json_array_get(files, i), "name"));
        names[fixed + i] = name ? name : "";
    }
    TSL__TRY(tsl_folder_open(path, replace, names, is_export || !replace ? fixed + count : 0, &job->folder, err));
    TSL__NEED(job->out->manifest = tsl__strdup("")); /* until there is one */
done:
    return status;
}

/* ---- What is to be known before ------------------------------------------------------------------------ */

/* Both plans. */
static tsl_status plan(export_job *job, tsl_error *err)
{
    int *known = job->survey.known;
    tsl_status status = TSL_OK;
    if (job->has_since) {
        known[TSL__FIELD_PREVIOUS] = 1;
        known[TSL__FIELD_CHANGED_ON] |= job->run.as_of != TSL_NO_DAY;
    }
    TSL__TRY(tsl__crm_plan_open(job->opt, known, job->run.lang, &job->plan, err));
    if (job->plan.count > job->plan.target->columns) {
        TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "%zu fields are more than the %zu that %s takes", job->plan.count,
                                job->plan.target->columns, job->plan.target->name));
    }
    known[TSL__FIELD_PREVIOUS] = known[TSL__FIELD_CHANGED_ON] = 0;
    TSL__TRY(tsl__crm_plan_open(job->opt, known, job->run.lang, &job->stays, err));
done:
    return status;
}

/* The calling thread looks at rows; another reads on. */
static tsl_status survey(export_job *job, tsl_error *err)
{
    tsl_status status = TSL_OK;
#pragma omp parallel num_threads(job->threads)
#pragma omp master
    status = tsl__crm_survey_take(&job->pair, job->opt, &job->survey, err);
    return status == TSL_OK ? tsl__crm_pair_rewind(&job->pair, err) : status;
}

/* The same customers by other names: all would be new, and all would have vanished. */
static tsl_status check_keys(const export_job *job, tsl_error *err)
{
    const char *now = job->run.key, *then = job->since.key;
    if (strcmp(now, then) == 0) {
        return TSL_OK;
    }
    return !*now || !*then
               ? tsl__error_set(err, TSL_E_INPUT,
                                "%s: its customers stand by %s, and those of %s by %s: nobody would be found in both; "
                                "runs by the same key can be held against each other (tesela run --pseudonymise)",
                                job->since.path, *then ? "pseudonyms" : "their own ids", job->run.path,
                                *now ? "pseudonyms" : "their own ids")
               : tsl__error_set(err, TSL_E_INPUT,
                                "%s: its customers are pseudonyms by the key %s, and those of %s by the key %s: the "
                                "same customer has another pseudonym by each",
                                job->since.path, then, job->run.path, now);
}

static tsl_status look(export_job *job, const char *run, const tsl_exec *exec, tsl_error *err)
{
    const tsl_export_options *opt = job->opt;
    char *summary = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__scored_run_open(run, exec, &job->run, err));
    if (opt->since) {
        TSL__TRY(tsl__scored_run_open(opt->since, exec, &job->since, err));
        job->has_since = 1;
        job->pair.since = &job->since;
        TSL__TRY(check_keys(job, err));
        TSL__TRY(tsl__crm_lists_join(&job->run.lists, &job->since.lists, err));
        TSL__TRY(tsl__crm_lists_settle(&job->since.lists, err));
    }
    job->pair.run = &job->run;
    TSL__TRY(survey(job, err));
    TSL__TRY(tsl__crm_lists_settle(&job->run.lists, err));
    TSL__NEED(summary = tsl__scored_run_find(run, "summary.json"));
    TSL__TRY(tsl__crm_lists_check(&job->run.lists, &tsl__crm_targets[opt->target], summary, err));
    TSL__TRY(plan(job, err));
done:
    free(summary);
    return status;
}

/* ---- Notes --------------------------------------------------------------------------------------------------- */

static const char *agree(uint64_t count)
{
    return count == 1 ? "" : "s";
}

/* "8 ids, the first in line 12 of segments.csv, ": never which. */
static const char *count_ids(const tsl__crm_ids *of, char text[96])
{
    tsl__print(text, 96, "%llu id%s, the first in line %llu of segments.csv%s,", (unsigned long long)of->count,
               agree(of->count), (unsigned long long)of->line, of->is_earlier ? " (--since)" : "");
    return text;
}

static tsl_status note_ids(export_job *job, tsl_error *err)
{
    const tsl__crm_survey *of = &job->survey;
    const tsl__crm_target *target = job->plan.target;
    tsl_notes *notes = &job->out->notes;
    char ids[96];
    tsl_status status = TSL_OK;
    if (of->mauled.count && target->form == TSL__CRM_FORM_CSV) {
        TSL__TRY(tsl__notes_add(notes,
                                "%s would be turned into numbers or dates by a spreadsheet that opens a CSV file; "
                                "programs read them as they are, and --for excel keeps them as text",
                                count_ids(&of->mauled, ids)));
    }
    if (of->formulas.count && target->refuses && target->form == TSL__CRM_FORM_CSV) {
        TSL__TRY(tsl__notes_add(notes,
                                "%s begin%s as a formula does; the files are for a program and keep ids as they are: "
                                "do not open them in a spreadsheet",
                                count_ids(&of->formulas, ids), of->formulas.count == 1 ? "s" : ""));
    }
    if (of->alike.count && target->refuses) { /* a program, which finds records by ids */
        TSL__TRY(tsl__notes_add(notes,
                                "%s differ%s from another by the case of letters alone: where the field of ids in %s "
                                "does not tell case, they are duplicates",
                                count_ids(&of->alike, ids), of->alike.count == 1 ? "s" : "", target->name));
    }
done:
    return status;
}

#define RENAMED_SHOWN 3

/* Options of lists that are called otherwise than in the earlier run, where files have names: the CRM's lists lack
 * them. */
static tsl_status note_renamed(export_job *job, tsl_error *err)
{
    const int lang = job->plan.lang;
    size_t renamed = 0;
    tsl__text shown = {0};
    tsl_status status = TSL_OK;
    for (int l = 0; l < TSL__CRM_LISTS && job->has_since && job->plan.target->shows_names; l++) {
        const tsl__crm_list *then = &job->since.lists.of[l];
        for (size_t i = 0; i < then->count; i++) {
            const tsl__crm_value *was = &then->value[i],
                                 *is = tsl__crm_list_find(&job->run.lists.of[l], was->code, strlen(was->code));
            if (is && strcmp(is->choice[lang], was->choice[lang]) != 0 && renamed++ < RENAMED_SHOWN) {
                tsl__text_printf(&shown, "%s%s: \"%s\", before \"%s\"", shown.length ? "; " : "", is->code,
                                 is->choice[lang], was->choice[lang]);
            }
        }
    }
    tsl__text_puts(&shown, renamed > RENAMED_SHOWN ? "; ..." : "");
    TSL__TRY(shown.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(!renamed ? TSL_OK
                      : tsl__notes_add(&job->out->notes,
                                       "%zu option%s of lists %s another name than in the earlier run, and must be in "
                                       "the CRM first: %s",
                                       renamed, agree(renamed), renamed == 1 ? "has" : "have", shown.data));
done:
    tsl__text_free(&shown);
    return status;
}

static tsl_status note_fields(export_job *job, tsl_error *err)
{
    tsl_notes *notes = &job->out->notes;
    const unsigned long long restless = job->restless, changed = job->out->changed;
    tsl_status status = TSL_OK;
    if (job->plan.left_out) {
        TSL__TRY(tsl__notes_add(notes, "left out, as nothing is known of anybody: %s", job->plan.left_out));
    }
    if (job->plan.lang != job->run.lang && job->survey.known[TSL__FIELD_REASON]) {
        TSL__TRY(tsl__notes_add(notes,
                                "the sentences of reason are in the language of the run (%s); codes of reasons "
                                "have names in both",
                                tsl_lang_get_code(job->run.lang)));
    }
    if (restless) {
        TSL__TRY(tsl__notes_add(notes,
                                "of %llu changed customer%s, %llu differ%s in clv, churn_risk, reason or confidence "
                                "alone, which move from day to day: no_change in --map leaves them out",
                                changed, agree(changed), restless, restless == 1 ? "s" : ""));
    }
    if (*job->run.key) {
        TSL__TRY(tsl__notes_add(notes,
                                "customers go by pseudonyms, by the key %s, and not by their ids: the CRM finds those "
                                "alone of whom it holds the pseudonym, and takes all others for new",
                                job->run.key));
    }
    if (job->has_since && job->out->created == job->run.row && job->out->vanished) {
        TSL__TRY(tsl__notes_add(notes, "no customer is in both runs: are their ids written alike?"));
    }
    if (job->hidden) {
        TSL__TRY(tsl__notes_add(notes,
                                "%llu customer%s vanished: counted and in no file, as the run leaves out the customers "
                                "of a suppression list, and does not tell who is on it",
                                (unsigned long long)job->hidden, job->hidden == 1 ? " has" : "s have"));
    }
    if (job->has_since && strcmp(job->run.model, job->since.model) != 0) {
        TSL__TRY(tsl__notes_add(notes,
                                "the two runs are of different models (%s and %s): some of what changed is the "
                                "model's doing",
                                job->since.model, job->run.model));
    }
    if (job->has_since && job->since.as_of != TSL_NO_DAY && job->run.as_of != TSL_NO_DAY &&
        job->since.as_of >= job->run.as_of) {
        TSL__TRY(tsl__notes_add(notes, "the run that this is held against, of %s, is not before this one, of %s",
                                job->since.scored_on, job->run.scored_on));
    }
done:
    return status;
}

/* ---- Rows ------------------------------------------------------------------------------------------------- */

/* What stands in a file: of a code its name where the target shows names; of the texts of codes those. */
static tsl__span get_shown(const export_job *job, const tsl__scored_run *run, size_t field)
{
    const tsl__span cell = run->cell[field];
    const int is_text = field == TSL__FIELD_SEGMENT_LABEL || field == TSL__FIELD_ACTION_TEXT;
    const int is_pick = tsl__crm_fields[field].kind == TSL__CRM_PICK;
    if (!cell.n || (!is_text && !(is_pick && job->plan.target->shows_names))) {
        return cell;
    }
    const tsl__crm_list *list = tsl__crm_lists_get((tsl__crm_lists *)(uintptr_t)&run->lists, field);
    const tsl__crm_value *value = tsl__crm_list_find(list, cell.s, cell.n);
    return !value ? cell : tsl__span_make(is_text ? value->name[job->plan.lang] : value->choice[job->plan.lang]);
}

static tsl_status put_row(export_job *job, kind to, const tsl__scored_run *run, tsl_error *err)
{
    const tsl__crm_plan *plan = job->parts[to].plan;
    tsl__span cell[TSL__CRM_FIELDS];
    int failed;
#pragma omp atomic read
    failed = job->failed;
    if (failed) { /* by a task, which says why */
        return tsl__error_set(err, TSL_E_INTERNAL, "a file could not be finished");
    }
    for (size_t i = 0; i < plan->count; i++) {
        cell[i] = get_shown(job, run, plan->field[i]);
    }
    return tsl__crm_parts_put(&job->parts[to], cell, err);
}

static int has_changed(export_job *job)
{
    int changed = 0, moves = 1;
    for (size_t i = 0; i < job->plan.count; i++) {
        const size_t f = job->plan.field[i];
        if (!tsl__span_equal(get_shown(job, &job->run, f), get_shown(job, &job->since, f))) {
            job->pack.changed_by[f]++;
            changed |= job->plan.compares[f];
            moves &= tsl__crm_fields[f].moves || !job->plan.compares[f];
        }
    }
    job->restless += changed && moves;
    return changed;
}

/* Where he was before, and since when he is here, stands in the files of those of whom it is new: of one who stays what
 * the CRM holds goes on to be true, and no row of one run knows it. */
static tsl_status put_both(export_job *job, tsl_error *err)
{
    const int moves = job->stays.count < job->plan.count && tsl__crm_pair_moves(&job->pair);
    if (!has_changed(job)) {
        job->out->unchanged++;
        return TSL_OK;
    }
    return put_row(job, moves ? MOVED : CHANGED, &job->run, err);
}

static tsl_status put_each(export_job *job, tsl_error *err)
{
    const tsl__crm_pair *pair = &job->pair;
    tsl_status status = TSL_OK;
    for (;;) {
        TSL__TRY(tsl__crm_pair_read(&job->pair, err));
        if (!pair->in_run && !pair->in_since) {
            break;
        }
        const kind alone = pair->in_since ? VANISHED : pair->since ? CREATED : ALL;
        if (tsl__crm_pair_hides(pair)) {
            job->hidden++;
            continue;
        }
        TSL__TRY(pair->in_run && pair->in_since ? put_both(job, err)
                                                : put_row(job, alone, tsl__crm_pair_get(pair), err));
    }
done:
    return status;
}

/* ---- All of it ------------------------------------------------------------------------------------------------ */

static void open_parts(export_job *job)
{
    static const char *const stems[2][KINDS] = {{"customers", "new", "moved", "changed", "vanished"},
                                                {"update", "create", "update-moved", "update", "vanished"}};
    for (int k = 0; k < KINDS; k++) {
        job->parts[k] = (tsl__crm_parts){.plan = k == CHANGED ? &job->stays : &job->plan,
                                         .folder = tsl_folder_get_path(job->folder),
                                         .stem = stems[job->plan.target->creates_apart][k],
                                         .threads = job->threads,
                                         .running = &job->running,
                                         .failed = &job->failed};
    }
    job->pack = (tsl__crm_pack){.plan = &job->plan,
                                .stays = &job->stays,
                                .run = &job->run,
                                .since = job->has_since ? &job->since : NULL,
                                .lists = &job->run.lists,
                                .export = job->out,
                                .folder = tsl_folder_get_path(job->folder)};
}

static tsl_status put_rows(export_job *job, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(put_each(job, err));
    for (int k = 0; k < KINDS; k++) {
        const int is_asked = k == MOVED      ? job->has_since && job->stays.count < job->plan.count
                             : k == VANISHED ? job->has_since && !job->run.suppresses
                                             : job->has_since == (k != ALL);
        TSL__TRY(tsl__crm_parts_close(&job->parts[k], is_asked, err));
    }
done:
    return status;
}

/* The calling thread fills files and tells of progress; the others read on, and finish those that are full. */
static tsl_status write_rows(export_job *job, tsl_error *err)
{
    tsl_error why;
    tsl_status put = TSL_OK, status = TSL_OK;
#pragma omp parallel num_threads(job->threads)
#pragma omp master
    put = put_rows(job, &why);
    for (int k = 0; k < KINDS; k++) { /* what a task has come upon is why the rows ended */
        TSL__TRY(tsl__crm_parts_get(&job->parts[k], job->out, &job->room, err));
    }
    TSL__TRY(put == TSL_OK ? TSL_OK : tsl__error_take(err, &why));
done:
    return status;
}

static tsl_status count(export_job *job, tsl_error *err)
{
    tsl_export *out = job->out;
    out->read = job->run.row;
    out->created = job->parts[CREATED].rows;
    out->moved = job->parts[MOVED].rows;
    out->changed = job->parts[CHANGED].rows + out->moved;
    out->vanished = job->parts[VANISHED].rows + job->hidden;
    out->written = job->parts[ALL].rows + out->created + out->changed;
    return out->read == out->written + out->unchanged && out->read == job->survey.customers
               ? TSL_OK
               : tsl__error_set(err, TSL_E_INTERNAL, "%s: has changed while it was read", job->run.file);
}

static tsl_status write_pack(export_job *job, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(note_fields(job, err));
    TSL__TRY(note_renamed(job, err));
    TSL__TRY(note_ids(job, err));
    TSL__TRY(tsl__crm_archives_write(&job->pack, job->threads, &job->room, err));
    TSL__TRY(tsl__crm_setup_write(&job->pack, err));
    TSL__TRY(tsl__crm_jobs_write(&job->pack, err));
    free(job->out->manifest);
    job->out->manifest = NULL;
    TSL__TRY(tsl__crm_manifest_write(&job->pack, err));
    TSL__TRY(tsl__crm_readme_write(&job->pack, err));
done:
    return status;
}

static void close_job(export_job *job)
{
    for (int k = 0; k < KINDS; k++) {
        if (job->parts[k].plan) {
            tsl__crm_parts_free(&job->parts[k]);
        }
    }
    tsl_folder_free(job->folder);
    free(job->names);
    json_decref(job->replaced);
    tsl__crm_plan_close(&job->plan);
    tsl__crm_plan_close(&job->stays);
    tsl__scored_run_close(&job->run);
    tsl__scored_run_close(&job->since);
    tsl_export_free(job->out);
}

tsl_status tsl_export_write(const char *run, const tsl_export_options *opt, const char *path, int replace,
                            const tsl_exec *exec, tsl_export **out, tsl_error *err)
{
    tsl_export_options all;
    tsl_exec how;
    export_job job = {.opt = &all};
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    tsl_export_defaults(&all, sizeof all);
    TSL__TRY(tsl__options_take("export", &all, sizeof all, opt, err));
    TSL__TRY(tsl_export_check(&all, err));
    TSL__TRY(tsl__exec_open(exec, &how, err));
    TSL__NEED(job.out = tsl__alloc_zero(1, sizeof *job.out));
    job.out->target = all.target;
    job.threads = how.threads;
    TSL__TRY(look(&job, run, &how, err));
    TSL__TRY(open_folder(&job, path, replace, err));
    open_parts(&job);
    TSL__TRY(write_rows(&job, err));
    TSL__TRY(count(&job, err));
    TSL__TRY(write_pack(&job, err));
    tsl_folder *folder = job.folder;
    job.folder = NULL;
    TSL__TRY(tsl_folder_close(folder, err));
    *out = job.out;
    job.out = NULL;
done:
    close_job(&job);
    return status;
}

void tsl_export_free(tsl_export *result)
{
    if (result) {
        for (size_t i = 0; i < result->file_count; i++) {
            free(result->file[i].name);
        }
        free(result->file);
        free(result->manifest);
        tsl__notes_free(&result->notes);
        free(result);
    }
}
