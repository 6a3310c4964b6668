/* run_build.c: what goes in, and the stages that make the rest of it. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/options.h"
#include "feature/basis/numeric.h"
#include "feature/features.h"
#include "feature/own_line.h"
#include "feature/recipe.h"
#include "feature/rename.h"
#include "feature/wanted.h"
#include "label/held_responses.h"
#include "label/kept_names.h"
#include "label/labels_check.h"
#include "run/history/changes.h"
#include "run/history/history.h"
#include "run/next/contradiction.h"
#include "run/next/future.h"
#include "run/next/methods.h"
#include "run/places/former_segments.h"
#include "run/places/former_stages.h"
#include "run/places/former_tiers.h"
#include "run/places/identify.h"
#include "run/places/previous.h"
#include "run/places/previous_notes.h"
#include "run/places/run_places.h"
#include "run/target/target_names.h"
#include "run/target/target_period.h"
#include "table/cell/pseudonyms.h"
#include "table/data.h"
#include "table/table_state.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What goes in ---------------------------------------------------------------- */

static tsl_status check_kind(const tsl_run *run, tsl_table_kind kind, tsl_error *err)
{
    if ((unsigned)kind >= TSL_TABLE_KINDS) {
        return tsl__error_set(err, TSL_E_OPTION, "table: unknown kind %d", (int)kind);
    }
    if (run->table[kind] || run->features || run->data || run->drift) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: the run has been given them, or something else, already",
                              tsl_table_kind_get_name(kind));
    }
    if (kind == TSL_CUSTOMERS && (run->table[TSL_TRANSACTIONS] || run->table[TSL_INTERACTIONS])) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "customers: they come before all other tables, which are told by them whom they lack");
    }
    return TSL_OK;
}

/* What lines of the user's own are made of is read, too, where the caller asks for no columns himself. */
static tsl_status add_line_columns(const tsl_run *run, tsl_table_kind kind, tsl_table_options *opt,
                                   tsl__line_columns *columns, tsl_error *err)
{
    const tsl_recipe *recipe = run->given ? run->given->recipe : NULL;
    const tsl_feature_options *asked = &run->features_opt;
    const size_t lines = recipe ? recipe->line_count : asked->line_count;
    const tsl_feature_line *line = recipe ? recipe->line : asked->line;
    tsl_status status = TSL_OK;
    tsl_feature_line *wanted = NULL;
    size_t count = 0;
    if (lines == 0 || kind == TSL_CUSTOMERS || opt->column_count) {
        return TSL_OK;
    }
    TSL__NEED(wanted = tsl__alloc(lines, sizeof *wanted));
    for (size_t i = 0; i < lines; i++) {
        if (recipe || tsl__wanted_has(asked, line[i].name, NULL)) {
            wanted[count++] = line[i];
        }
    }
    TSL__TRY(tsl__line_columns_open(wanted, count, kind, columns, err));
    opt->columns = columns->column;
    opt->column_count = columns->count;
done:
    free(wanted);
    return status;
}

/* A model that was made under a key is for customers who go by the same; one that was made without keeps nobody's id,
 * and is for all. */
static tsl_status check_key(const tsl_run *run, const char *fingerprint, tsl_error *err)
{
    const tsl_recipe *recipe = run->given ? run->given->recipe : NULL;
    return recipe && *recipe->pseudonyms ? tsl__pseudonyms_check_key("the model", recipe->pseudonyms, fingerprint, err)
                                         : TSL_OK;
}

/* An earlier run is joined by the ids of its customers. */
static tsl_status check_earlier(const tsl_run *run, tsl_error *err)
{
    const tsl_segmentation *earlier = tsl__run_get_former(run);
    return earlier && earlier->recipe ? tsl__pseudonyms_check_key("the previous run", earlier->recipe->pseudonyms,
                                                                  run->features->recipe->pseudonyms, err)
                                      : TSL_OK;
}

/* What is asked of a table, by the caller and by the run. */
static tsl_status take_table_options(const tsl_run *run, tsl_table_kind kind, const tsl_table_options *opt,
                                     tsl_table_options *own, tsl__line_columns *columns, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(table, own);
    TSL__TRY(check_kind(run, kind, err));
    TSL__TRY(tsl__options_take("table", own, sizeof *own, opt, err));
    own->weight = own->weight ? own->weight : run->opt.weight;
    own->pseudonyms = own->pseudonyms ? own->pseudonyms : run->opt.pseudonyms;
    own->suppression = own->suppression ? own->suppression : run->opt.suppression;
    own->by_customer = 1;
    own->leave_out |= run->given || run->data ? 0 : tsl__wanted_leave(&run->features_opt, kind);
    if (run->given) {
        TSL__TRY(check_key(run, tsl__pseudonyms_find_fingerprint(own->pseudonyms), err));
        own->like = own->like ? own->like : run->given->recipe->reading[kind];
        own->allow_missing |= run->features_opt.allow_missing;
    }
    TSL__TRY(add_line_columns(run, kind, own, columns, err));
done:
    return status;
}

static const tsl_table *get_known(const tsl_run *run, tsl_table_kind kind)
{
    return kind == TSL_CUSTOMERS ? NULL : run->table[TSL_CUSTOMERS];
}

tsl_status tsl_run_read(tsl_run *run, tsl_table_kind kind, const tsl_source *sources, size_t count,
                        const tsl_reject_sink *rejects, const tsl_table_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_table_options own;
    tsl__line_columns columns = {.count = 0};
    tsl__error_reset(err);
    TSL__TRY(take_table_options(run, kind, opt, &own, &columns, err));
    TSL__TRY(tsl__run_stage(run, tsl_table_kind_get_name(kind), err));
    TSL__TRY(tsl_table_read(kind, sources, count, get_known(run, kind),
                            run->rejects ? tsl_rejects_get_sink(run->rejects) : rejects, &own, &run->exec,
                            &run->own[kind], err));
    run->table[kind] = run->own[kind];
done:
    tsl__line_columns_free(&columns);
    return status;
}

tsl_status tsl_run_read_profile(tsl_run *run, tsl_table_kind kind, const tsl_source *sources, size_t count,
                                const tsl_table_options *opt, tsl_table_profile **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_table_options own;
    tsl__line_columns columns = {.count = 0};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_table_options(run, kind, opt, &own, &columns, err));
    TSL__TRY(tsl__run_stage(run, tsl_table_kind_get_name(kind), err));
    TSL__TRY(tsl_table_profile_read(kind, sources, count, get_known(run, kind), &own, &run->exec, out, &run->own[kind],
                                    err));
    run->table[kind] = run->own[kind];
done:
    tsl__line_columns_free(&columns);
    return status;
}

tsl_status tsl_run_read_table(tsl_run *run, const tsl_table *table, tsl_error *err)
{
    const tsl_table_kind kind = tsl_table_get_kind(table);
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(check_kind(run, kind, err));
    run->table[kind] = table;
done:
    return status;
}

/* What goes in is tables, or one of the others, once. */
tsl_status tsl__run_check_empty(const tsl_run *run, tsl_error *err)
{
    int full = run->features || run->data || run->drift;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        full = full || run->table[kind];
    }
    return full ? tsl__error_set(err, TSL_E_OPTION, "the run has been given tables, features or numbers already")
                : TSL_OK;
}

tsl_status tsl_run_read_features(tsl_run *run, const tsl_source *source, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_features *features = NULL;
    tsl__error_reset(err);
    if (run->features_opt.refit & TSL_REFIT_FEATURES) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "refit: RFM scores and value models are made with the features; these have theirs "
                              "already");
    }
    TSL__TRY(tsl__run_check_empty(run, err));
    TSL__TRY(tsl__run_stage(run, "read", err));
    TSL__TRY(tsl_features_read(source, &run->exec, &features, err));
    TSL__TRY(tsl__features_rename(features, source->path ? source->path : "the features", run->opt.pseudonyms,
                                  run->opt.suppression, run->exec.threads, err));
    TSL__TRY(check_key(run, features->recipe->pseudonyms, err));
    if (run->given && !tsl__recipe_same(features->recipe, run->given->recipe)) {
        status = tsl__error_set(err, TSL_E_INPUT,
                                "%s: was made by another recipe than the model's: tesela features --like MODEL makes "
                                "features that fit it",
                                source->path ? source->path : "the features");
        goto done;
    }
    if (run->given) { /* the clusters were found on the columns that the model's recipe chooses */
        TSL__TRY(tsl__features_set_recipe(features, run->given->recipe, err));
    }
    run->features = features;
    features = NULL;
done:
    tsl_features_free(features);
    return status;
}

tsl_status tsl_run_read_data(tsl_run *run, const tsl_source *source, const tsl_data_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_data_options own;
    tsl__error_reset(err);
    TSL_DEFAULTS(data, &own);
    TSL__TRY(tsl__options_take("data", &own, sizeof own, opt, err));
    own.weight = own.weight ? own.weight : run->opt.weight;
    own.pseudonyms = own.pseudonyms ? own.pseudonyms : run->opt.pseudonyms;
    own.suppression = own.suppression ? own.suppression : run->opt.suppression;
    TSL__TRY(tsl__run_check_empty(run, err));
    TSL__TRY(tsl__run_stage(run, "read", err));
    TSL__TRY(tsl__data_read(source, &own, TSL__DATA_HINTS | (run->given || run->previous ? 0 : TSL__DATA_NUMBERED),
                            &run->exec, &run->data, err));
done:
    return status;
}

/* ---- Features ---------------------------------------------------------------------- */

/* 1 where clusters are found by k-means alone, and a numeric basis takes all its columns; those that an earlier model
 * begins with are found by as many as it was. */
static int is_wide(const tsl_run *run)
{
    const tsl_segmentation *from = run->evolves ? run->previous->segmentation : run->init_model;
    const tsl_recipe *before = from ? from->recipe : NULL;
    return before ? before->basis != TSL_BASIS_NUMERIC || tsl__numeric_is_wide(before)
                  : run->init_data || run->places || run->opt.anchors == TSL_ANCHORS_NONE;
}

static tsl_status make_features(tsl_run *run, int32_t as_of, tsl_error *err)
{
    const tsl_recipe *recipe = run->given ? run->given->recipe : NULL;
    run->features_opt.selection.wide = is_wide(run);
    if (run->features) { /* read from a file */
        const tsl_selection *s = &run->features_opt.selection;
        return run->given ? TSL_OK
               : s->include_count || s->exclude_count || s->basis
                   ? tsl_features_fit_selection(run->features, s, err)
                   : tsl__features_fit_again(run->features, s->apart, s->wide, err);
    }
    if (run->data) {
        const tsl_data *data = run->data;
        tsl_matrix x = {data->values, data->rows, data->cols, data->cols, TSL_F64};
        return tsl_features_build_plain(&x, data->weight, (const char *const *)data->name,
                                        (const char *const *)data->id, recipe, &run->features_opt, &run->exec,
                                        &run->features, err);
    }
    const tsl_tables tables = {run->table[TSL_CUSTOMERS], run->table[TSL_TRANSACTIONS], run->table[TSL_INTERACTIONS],
                               as_of, 0};
    return tsl__features_build_lean(&tables, recipe, &run->features_opt, &run->exec, &run->features, err);
}

/* The rows of the tables are not needed after the features. */
static void spend_tables(tsl_run *run)
{
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        if (run->own[kind]) {
            run->own[kind]->is_spent = 1;
        }
    }
}

/* The cells of the tables are not needed any more. */
static void finish_tables(tsl_run *run)
{
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        tsl__table_free_cells(run->own[kind]);
    }
}

static tsl_status build_features(tsl_run *run, int32_t as_of, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(make_features(run, as_of, err));
    TSL__TRY(check_earlier(run, err));
    if (run->opt.weight && !run->data) {
        TSL__TRY(tsl_features_fit_weight(run->features, run->opt.weight, err));
    }
    TSL__TRY(tsl__previous_choose(run->previous, &run->kmeans_opt, run->features, err));
done:
    return status;
}

/* ---- Labels ---------------------------------------------------------------------------- */

/* What is asked of them that cannot be: nobody waits for clusters to learn of it. */
static tsl_status check_labels(const tsl_run *run, tsl_error *err)
{
    return tsl__labels_check(run->features, run->given ? run->given->policy : NULL, &run->label_opt, err);
}

static tsl_status name_labels(tsl_run *run, const tsl__kept_names *kept, tsl_error *err)
{
    return tsl__labels_build_kept(run->features, tsl_run_get_model(run), tsl_run_get_assignment(run),
                                  run->given ? run->given->policy : NULL, kept, &run->label_opt, &run->exec,
                                  &run->labels, err);
}

/* Names that the period held out speaks against are made again, by what is known of it. */
static tsl_status name_again(tsl_run *run, tsl__kept_names *kept, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_labels *before = NULL;
    unsigned char *back = NULL;
    TSL__TRY(tsl__contradictions_find(run->next, run->labels, &back, err));
    if (back) {
        kept->back = back;
        before = run->labels;
        run->labels = NULL;
        TSL__TRY(name_labels(run, kept, err));
    }
    TSL__TRY(tsl__contradictions_note(run->next, before ? before : run->labels, run->labels, err));
    TSL__TRY(tsl__contradictions_mark_former(run->next, run->labels, err));
done:
    kept->back = NULL;
    tsl_labels_free(before);
    free(back);
    return status;
}

static tsl_status build_labels(tsl_run *run, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_segment_name *name = NULL;
    tsl__former_tier *tier = NULL;
    tsl__stage_state *before = NULL;
    tsl__former_segments segments = {.of = NULL};
    tsl__kept_names kept = {.name = NULL};
    tsl__target_names places = {.count = 0};
    const tsl_segmentation *former = tsl__run_get_former(run);
    TSL__TRY(tsl__run_stage(run, "labels", err));
    TSL__TRY(tsl__run_get_kept_names(run, &name, &kept.count, err));
    kept.name = name;
    if (run->estimates) {
        TSL__TRY(tsl__target_names_build(run->estimates, run->target_mean, run->model, &places, err));
        kept = (tsl__kept_names){.name = places.name, .count = places.count, .placed = 1};
    }
    TSL__TRY(tsl__former_find(run->former, run->features, err));
    TSL__TRY(tsl__former_tiers_build(run->former, run->features, &tier, err));
    if (tier) {
        kept.tier = tier;
        kept.tier_code = run->former->tier->name;
        kept.tier_codes = run->former->tier->k;
        kept.tier_policy = former ? former->policy : NULL;
    }
    TSL__TRY(tsl__former_stages_build(run->former, run->features, &before, err));
    kept.before = before;
    TSL__TRY(tsl__former_segments_build(run->former, run->features, &segments, err));
    kept.segment = segments.of;
    kept.segment_code = segments.code;
    kept.segment_codes = segments.codes;
    if (run->identities) {
        kept.number = run->identities->number;
        kept.colour = run->identities->colour;
        kept.last_number = run->identities->last_number;
    }
    TSL__TRY(name_labels(run, &kept, err));
    TSL__TRY(run->next ? name_again(run, &kept, err) : TSL_OK);
    TSL__TRY(tsl__target_names_note(&places, run->estimates, &run->labels->notes, err));
    if (run->estimating) {
        tsl__responses_hold(run->labels, tsl_features_get_index(run->features, run->estimates->target),
                            run->estimating);
    }
    TSL__TRY(tsl__run_build_succession(run, err));
    TSL__TRY(tsl__previous_note(run, &run->labels->notes, err));
    if (run->given) {
        TSL__TRY(tsl_drift_build(run->features, &run->exec, &run->drift, err));
    }
done:
    tsl__target_names_free(&places);
    free(tier);
    free(before);
    tsl__former_segments_close(&segments);
    free(name);
    return status;
}

/* The day of features that are there is theirs, and plain numbers have none. */
static tsl_status check_as_of(const tsl_run *run, int32_t as_of, tsl_error *err)
{
    char asked[11], there[11] = "none";
    if (as_of == TSL_NO_DAY || (!run->features && !run->data) || (run->features && run->features->as_of == as_of)) {
        return TSL_OK;
    }
    if (!tsl__day_is_valid(as_of)) {
        return tsl__error_set(err, TSL_E_OPTION, "as_of: day %" PRId32 " is outside the years 1 to 9999", as_of);
    }
    tsl_day_write(as_of, asked);
    if (run->features && run->features->as_of != TSL_NO_DAY) {
        tsl_day_write(run->features->as_of, there);
    }
    return tsl__error_set(err, TSL_E_OPTION, "as_of: %s is asked for, but that of what the run has been given is %s",
                          asked, there);
}

/* What came after a cut is told of tables whose cells are still there. */
static tsl_status check_next(const tsl_run *run, tsl_run_stage last, tsl_error *err)
{
    return last >= TSL_RUN_MODEL && tsl__target_is_next(run) && !run->given && !run->model &&
                   (run->features || !run->table[TSL_TRANSACTIONS])
               ? tsl__error_set(err, TSL_E_OPTION,
                                "target: next is what customers spent in a period that is held out, which takes "
                                "transactions, from tables to clusters in one call")
               : TSL_OK;
}

/* 1 where the last period of the transactions is to judge the segments. */
static int is_held_out(const tsl_run *run, tsl_run_stage last)
{
    return !run->given && !run->opt.target && last >= TSL_RUN_LABELS && run->opt.holdout_days != 0 &&
           run->table[TSL_TRANSACTIONS] != NULL;
}

/* 1 where the months before are told of the transactions. */
static int has_history(const tsl_run *run, tsl_run_stage last)
{
    return last >= TSL_RUN_LABELS && run->opt.history_months != 0 && run->table[TSL_TRANSACTIONS] != NULL;
}

tsl_status tsl_run_build(tsl_run *run, tsl_run_stage last, int32_t as_of, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    if ((unsigned)last > TSL_RUN_LABELS) {
        return tsl__error_set(err, TSL_E_OPTION, "stage: %d is none of a run", (int)last);
    }
    TSL__TRY(check_as_of(run, as_of, err));
    const tsl_segmentation *given = run->given;
    if (given && ((last >= TSL_RUN_MODEL && !given->model) || (last >= TSL_RUN_LABELS && !given->policy))) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "a recipe alone gives features alone: labels need a model and a policy");
    }
    if (!run->features) {
        TSL__TRY(tsl__run_stage(run, "features", err));
    }
    TSL__TRY(check_next(run, last, err));
    const int held_out = !run->features && is_held_out(run, last);
    const int told = !run->features && has_history(run, last);
    const int ahead = last >= TSL_RUN_MODEL && !run->given && tsl__target_is_next(run);
    const int later = held_out || told || ahead; /* the tables are looked at again */
    if (!later && !run->opt.keep_tables) {
        spend_tables(run);
    }
    TSL__TRY(build_features(run, as_of, err));
    if (!later && !run->opt.keep_tables) {
        finish_tables(run);
    }
    TSL__TRY(last >= TSL_RUN_LABELS && !run->labels ? check_labels(run, err) : TSL_OK);
    if (last >= TSL_RUN_MODEL && !tsl_run_get_assignment(run)) {
        TSL__TRY(tsl__run_build_clusters(run, err));
    }
    TSL__TRY(held_out ? tsl__run_build_future(run, err) : TSL_OK);
    TSL__TRY(held_out ? tsl__run_build_methods(run, err) : TSL_OK);
    TSL__TRY(told ? tsl__run_build_history(run, err) : TSL_OK);
    if (later && !run->opt.keep_tables) {
        finish_tables(run);
    }
    if (last >= TSL_RUN_LABELS && !run->labels) {
        TSL__TRY(build_labels(run, err));
        tsl__changes_find(run->history, run->labels);
        TSL__TRY(run->given ? TSL_OK : tsl__run_build_descriptors(run, err));
        TSL__TRY(run->features->recipe->plain ? TSL_OK : tsl_audit_build(run->labels, &run->audit, err));
    }
    if (run->labels && !run->portrait) {
        TSL__TRY(tsl_portrait_build(run->labels, &run->exec, &run->portrait, err));
    }
    TSL__TRY(tsl__run_stage(run, NULL, err));
done:
    return status;
}
