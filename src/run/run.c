/* run.c: the whole job as one object: its options, its clock, what it holds. */
#include "run/finding.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/parallel.h"
#include "output/json/json_check.h"
#include "run/history/history_counts.h"
#include "run/places/former_tiers.h"
#include "run/places/given_anchors.h"
#include "run/places/identify.h"
#include "run/places/previous.h"
#include "run/places/run_places.h"
#include "run/target/target_period.h"

#include <stdlib.h>

#define HOLD 1.5 /* docs/methods/anchors.md */

/* ---- Options ------------------------------------------------------------------ */

void tsl_run_defaults(tsl_run_options *opt, size_t size)
{
    const tsl_run_options full = {.size = sizeof full,
                                  .kept = "{}",
                                  .evidence = 1,
                                  .holdout_days = TSL_HOLDOUT_USUAL,
                                  .hold = HOLD,
                                  .previous_as_of = TSL_NO_DAY,
                                  .descriptors = 1,
                                  .history_months = 12};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {TSL__RANGE(tsl_run_options, holdout_days, .low = 0, .high = 36500),
                                          TSL__RANGE(tsl_run_options, hold, .low = 1, .high = 1e6, .unset = 1),
                                          TSL__RANGE(tsl_run_options, dunn, .high = 1),
                                          TSL__RANGE(tsl_run_options, history_months, .high = TSL_HISTORY_MONTHS),

                                          TSL__RANGE(tsl_run_options, min_cell, .low = 0, .high = 1e6)};

const tsl_option_range *tsl_run_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

/* The usual number of days stands for itself. */
static tsl_status check_ranges(const tsl_run_options *opt, tsl_error *err)
{
    tsl_run_options asked = *opt;
    asked.holdout_days = opt->holdout_days == TSL_HOLDOUT_USUAL ? 0 : opt->holdout_days;
    return tsl__options_check_ranges(&asked, ranges, sizeof ranges / sizeof *ranges, err);
}

#define REFITS (TSL_REFIT_FEATURES | TSL_REFIT_TIERS | TSL_REFIT_LIFECYCLE | TSL_REFIT_NAMES)

/* A bound that is not the default's is asked for. */
static void settle_bounds(tsl_run *run)
{
    tsl_kmeans_options plain;
    TSL_DEFAULTS(kmeans, &plain);
    run->opt.k_min_asked |= run->kmeans_opt.k_min != plain.k_min;
    run->opt.k_max_asked |= run->kmeans_opt.k_max != plain.k_max;
    run->k_asked = run->kmeans_opt.k || run->opt.k_min_asked || run->opt.k_max_asked;
}

/* A tree of a target finds segments in one way. */
static tsl_status check_target(const tsl_run *run, tsl_error *err)
{
    const char *with = run->opt.weight ? "weight" : run->opt.anchors == TSL_ANCHORS_TYPICAL ? "anchors" : NULL;
    if (tsl__target_is_next(run) && run->opt.holdout_days == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "target: next is of a period that is held out, and holdout is 0");
    }
    return run->opt.target && with
               ? tsl__error_set(err, TSL_E_OPTION, "target: segments by a tree of it know no %s, which are of clusters",
                                with)
               : TSL_OK;
}

/* What goes with one another where it is not said. */
static void settle_defaults(tsl_run *run)
{
    tsl_selection *selection = &run->features_opt.selection;
    const int asked = run->k_asked;
    if (run->opt.anchors == TSL_ANCHORS_DEFAULT && asked) {
        run->opt.anchors = TSL_ANCHORS_NONE;
    }
    if (run->opt.target) {
        run->opt.anchors = TSL_ANCHORS_NONE;
        selection->apart = TSL_APART_NONE;
        run->opt.evidence = 0;
        run->opt.holdout_days = tsl__target_is_next(run) ? run->opt.holdout_days : 0;
    }
    if (selection->apart == TSL_APART_DEFAULT && asked) {
        selection->apart = TSL_APART_POTENTIAL;
    }
}

static tsl_status take_options(tsl_run *run, const tsl_run_options *given, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_run_defaults(&run->opt, sizeof run->opt);
    TSL_DEFAULTS(feature, &run->features_opt);
    TSL_DEFAULTS(kmeans, &run->kmeans_opt);
    TSL_DEFAULTS(tree, &run->tree_opt);
    TSL_DEFAULTS(label, &run->label_opt);
    TSL__TRY(tsl__options_take("run", &run->opt, sizeof run->opt, given, err));
    TSL__TRY(tsl__options_take("feature", &run->features_opt, sizeof run->features_opt, run->opt.features, err));
    TSL__TRY(tsl__options_take("kmeans", &run->kmeans_opt, sizeof run->kmeans_opt, run->opt.kmeans, err));
    TSL__TRY(tsl__options_take("tree", &run->tree_opt, sizeof run->tree_opt, run->opt.tree, err));
    TSL__TRY(tsl__options_take("label", &run->label_opt, sizeof run->label_opt, run->opt.labels, err));
    if (run->opt.refit & ~(unsigned)REFITS) {
        status = tsl__error_set(err, TSL_E_OPTION, "refit: %#x is nothing that can be fitted anew", run->opt.refit);
        goto done;
    }
    TSL__TRY(check_ranges(&run->opt, err));
    TSL__TRY(tsl_report_check(run->opt.report, err));
    run->opt.hold = run->opt.hold > 0 ? run->opt.hold : HOLD;
    run->opt.kept = run->opt.kept ? run->opt.kept : "{}";
    TSL__TRY(tsl__json_check_object(run->opt.kept, "kept", err));
    TSL__TRY(tsl__json_check_object(run->opt.options, "options", err));
    TSL__TRY(tsl__options_check_texts(run->opt.argument, run->opt.argument_count, "argument", err));
    run->features_opt.refit = run->opt.refit & TSL_REFIT_FEATURES;
    run->label_opt.refit = run->opt.refit & ~(unsigned)TSL_REFIT_FEATURES;
    TSL__TRY(tsl_feature_check(&run->features_opt, err));
    TSL__TRY(tsl_kmeans_check(&run->kmeans_opt, err));
    settle_bounds(run);
    TSL__TRY(tsl_tree_check(&run->tree_opt, err));
    TSL__TRY(tsl_label_check(&run->label_opt, err));
    if ((unsigned)run->opt.anchors > TSL_ANCHORS_TYPICAL) {
        return tsl__error_set(err, TSL_E_OPTION, "anchors: unknown kind %d", (int)run->opt.anchors);
    }
    if ((unsigned)run->opt.evidence > 2) {
        return tsl__error_set(err, TSL_E_OPTION, "evidence: %d is not 0, 1 or 2", run->opt.evidence);
    }
    if ((unsigned)run->opt.descriptors > TSL_DESCRIPTOR_METHODS) {
        return tsl__error_set(err, TSL_E_OPTION, "descriptors: %d is not 0, 1 or 2", run->opt.descriptors);
    }
    if (run->opt.anchors == TSL_ANCHORS_TYPICAL && run->k_asked) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "anchors: typical places are as many as there are, and no k is asked for");
    }
    TSL__TRY(check_target(run, err));
    settle_defaults(run);
    if (run->tree_opt.leaves && run->tree_opt.leaves < run->kmeans_opt.k) {
        status = tsl__error_set(err, TSL_E_OPTION, "leaves: %d is below k, %d: a tree has at least one leaf a cluster",
                                run->tree_opt.leaves, run->kmeans_opt.k);
    }
done:
    return status;
}

tsl_status tsl_run_check(const tsl_run_options *opt, tsl_error *err)
{
    tsl_run run = {0};
    tsl__error_reset(err);
    return take_options(&run, opt, err);
}

/* ---- The object ------------------------------------------------------------------ */

tsl_status tsl_run_open(const tsl_run_options *opt, const tsl_segmentation *given, const tsl_exec *exec, tsl_run **out,
                        tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_run *run = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__NEED(run = tsl__alloc_zero(1, sizeof *run));
    run->begun = tsl__clock();
    run->given = given;
    TSL__TRY(take_options(run, opt, err));
    TSL__TRY(tsl__exec_open(exec, &run->exec, err));
    if (given && !given->recipe) {
        status = tsl__error_set(err, TSL_E_INPUT,
                                "the model holds its clusters alone: without a recipe it cannot be "
                                "applied to features");
        goto done;
    }
    if (given && run->opt.weight) {
        status = tsl__error_set(err, TSL_E_OPTION, "weight: the clusters are given, and nothing is fitted by weights");
        goto done;
    }
    *out = run;
    run = NULL;
done:
    tsl_run_free(run);
    return status;
}

static void free_estimates(tsl_estimates *estimates)
{
    if (estimates) {
        free(estimates->target);
        free(estimates->segment);
        tsl__free_texts(estimates->left_out, estimates->left_out_count);
        free(estimates);
    }
}

void tsl_run_free(tsl_run *run)
{
    if (!run) {
        return;
    }
    tsl_rejects_free(run->rejects);
    tsl_folder_free(run->folder);
    free(run->summary);
    tsl_drift_free(run->drift);
    tsl_next_free(run->next);
    tsl__history_free(run->history);
    free(run->methods);
    tsl_descriptor_free(run->descriptor);
    tsl_audit_free(run->audit);
    free_estimates(run->estimates);
    free(run->target_mean);
    free(run->estimating);
    free(run->segment_drift);
    tsl_portrait_free(run->portrait);
    tsl_labels_free(run->labels);
    tsl__findings_free(run->findings);
    tsl_evidence_free(run->evidence);
    tsl_sweep_free(run->plain);
    tsl_model_free(run->model);
    tsl__assignment_free(run->assignment);
    tsl_features_free(run->features);
    tsl_data_free(run->data);
    tsl_data_free(run->init_data);
    tsl_segmentation_free(run->init_model);
    free(run->init_name);
    tsl__given_anchors_free(run->places);
    tsl__previous_free(run->previous);
    tsl__former_free(run->former);
    tsl__identities_free(run->identities);
    tsl_succession_free(run->succession);
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        tsl_table_free(run->own[kind]);
    }
    free(run);
}

tsl_status tsl__run_stage(tsl_run *run, const char *name, tsl_error *err)
{
    double now = tsl__clock();
    if (run->stage_begun > 0) {
        run->stage_seconds[run->stage_count++] = now - run->stage_begun;
        run->stage_begun = 0;
    }
    if (name && run->stage_count < TSL__RUN_STAGES) {
        run->stage[run->stage_count] = name;
        run->stage_begun = now;
    }
    if (run->exec.stop && *run->exec.stop && name) { /* what is done is done */
        return tsl__error_set(err, TSL_E_CANCELLED, "interrupted");
    }
    return run->opt.stage ? run->opt.stage(run->opt.user, run, name, err) : TSL_OK;
}

/* ---- What came out ---------------------------------------------------------------- */

const tsl_table *tsl_run_get_table(const tsl_run *run, tsl_table_kind kind)
{
    return (unsigned)kind < TSL_TABLE_KINDS ? run->table[kind] : NULL;
}

const tsl_data *tsl_run_get_data(const tsl_run *run)
{
    return run->data;
}

const tsl_features *tsl_run_get_features(const tsl_run *run)
{
    return run->features;
}

const tsl_model *tsl_run_get_model(const tsl_run *run)
{
    return run->given ? run->given->model : run->model;
}

const tsl_assignment *tsl_run_get_assignment(const tsl_run *run)
{
    return run->assignment ? run->assignment : run->model ? run->model->assignment : NULL;
}

const tsl_labels *tsl_run_get_labels(const tsl_run *run)
{
    return run->labels;
}

const tsl_portrait *tsl_run_get_portrait(const tsl_run *run)
{
    return run->portrait;
}

const tsl_drift *tsl_run_get_drift(const tsl_run *run)
{
    return run->drift;
}

const tsl_next *tsl_run_get_next(const tsl_run *run)
{
    return run->next;
}

const tsl_history *tsl_run_get_history(const tsl_run *run)
{
    return run->history;
}

const tsl_methods *tsl_run_get_methods(const tsl_run *run)
{
    return run->methods;
}

const tsl_succession *tsl_run_get_succession(const tsl_run *run)
{
    return run->succession;
}

const tsl_estimates *tsl_run_get_estimates(const tsl_run *run)
{
    return run->estimates;
}

const tsl_descriptor *tsl_run_get_descriptor(const tsl_run *run)
{
    return run->descriptor;
}

void tsl_run_get_segmentation(const tsl_run *run, tsl_segmentation *view)
{
    *view = (tsl_segmentation){.recipe = run->features ? run->features->recipe : NULL,
                               .model = run->given ? run->given->model : run->model,
                               .policy = run->labels ? run->labels->policy : NULL};
}

static const tsl_file_info *get_init_file(const tsl_run *run)
{
    return run->init_data    ? run->init_data->file
           : run->init_model ? run->init_model->file
           : run->places     ? run->places->file
                             : NULL;
}

/* Who was where in the run before: the file was read once a column, and is told once. */
static const tsl_file_info *get_former_file(const tsl_run *run)
{
    const tsl_partition *of = run->previous && run->previous->segments ? run->previous->segments
                              : run->former                            ? run->former->tier
                                                                       : NULL;
    return of ? of->file : NULL;
}

void tsl_run_get_results(const tsl_run *run, tsl_results *view, size_t size)
{
    tsl_results all = {
        .size = sizeof all,
        .features =
            run->features && !run->features->recipe->plain ? run->features : NULL, /* plain numbers have no catalogue */
        .model = tsl_run_get_model(run),
        .labels = run->labels,
        .drift = run->drift,
        .next = run->next,
        .history = run->history,
        .recipe = run->given ? run->given->recipe : NULL,
        .policy = run->labels  ? run->labels->policy
                  : run->given ? run->given->policy
                               : NULL,
        .segment_drift = run->labels ? run->labels->drift : run->segment_drift,
        .segmentation_drift = run->labels ? &run->labels->segmentation_drift : &run->segmentation_drift,
        .refit = run->opt.refit,
        .seed = run->kmeans_opt.seed,
        .threads = run->exec.threads,
        .seconds_total = tsl__clock() - run->begun,
        .stage = run->stage,
        .stage_seconds = run->stage_seconds,
        .stage_count = run->stage_count,
        .lang = run->label_opt.lang,
        .argument = run->opt.argument,
        .argument_count = run->opt.argument_count,
        .options = run->opt.options,
        .given = run->given,
        .init = get_init_file(run),
        .previous = tsl__run_get_former(run),
        .succession = run->succession,
        .estimates = run->estimates,
        .descriptor = run->descriptor,
        .findings = run->findings,
        .memory = run->exec.memory,
        .memory_peak = tsl__memory_get_peak(),
        .former = get_former_file(run),
        .portrait = run->portrait,
        .methods = run->methods,
        .suppression = run->opt.suppression,
        .audit = run->audit,
        .min_cell = run->opt.min_cell,
        .currency = run->opt.report ? run->opt.report->currency : NULL,
    };
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        all.table[kind] = run->table[kind];
    }
    tsl__options_give(view, size, &all, sizeof all);
}
