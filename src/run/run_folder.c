/* run_folder.c: all outputs of a run in one folder, which appears whole or not
 * at all. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/error.h"
#include "output/write.h"

#include <stdlib.h>
#include <string.h>

static const char *const outputs[] = {"features.h5",  "model.h5",      "segments.csv", "rejects.csv",
                                      "summary.json", "manifest.json", "report.json",  "report.html"};
#define OUTPUTS (sizeof outputs / sizeof outputs[0])

const char *const *tsl_run_get_outputs(size_t *count)
{
    *count = OUTPUTS;
    return outputs;
}

const char *tsl_run_get_folder(const tsl_run *run)
{
    return run->folder ? tsl_folder_get_path(run->folder) : NULL;
}

/* The path of an output within the folder, owned. */
static char *inside(const tsl_run *run, const char *name)
{
    return tsl__format("%s/%s", tsl_folder_get_path(run->folder), name);
}

tsl_status tsl_run_open_folder(tsl_run *run, const char *path, int replace, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *rejects = NULL;
    const tsl_segmentation *given = run->given;
    tsl__error_reset(err);
    if (given && (!given->model || !given->policy || given->recipe->plain)) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "what is applied to tables is the model of a run (model.h5), with recipe, clusters and "
                              "policy; this is %s",
                              given->recipe->plain ? "one of plain numbers" : "a recipe alone");
    }
    if (run->folder) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: a folder is open already", path);
    }
    TSL__TRY(tsl__run_check_empty(run, err));
    TSL__TRY(tsl_folder_open(path, replace, outputs, OUTPUTS, &run->folder, err));
    TSL__NEED(rejects = inside(run, "rejects.csv"));
    TSL__TRY(tsl_rejects_open(&(tsl_target){.path = rejects}, &run->rejects, err));
done:
    if (status != TSL_OK) {
        tsl_folder_free(run->folder);
        run->folder = NULL;
    }
    free(rejects);
    return status;
}

static tsl_status write_features(tsl_run *run, const tsl_target *target, tsl_error *err)
{
    return tsl_features_write(run->features, target, &run->exec, err);
}

static tsl_status write_model(tsl_run *run, const tsl_target *target, tsl_error *err)
{
    tsl_segmentation fitted;
    tsl_run_get_segmentation(run, &fitted);
    return tsl_segmentation_write(&fitted, target, err);
}

static tsl_status write_segments(tsl_run *run, const tsl_target *target, tsl_error *err)
{
    return tsl_segments_write(run->labels, target, &run->exec, err);
}

/* Closed before the records are written, which count its rows. */
static tsl_status write_rejects(tsl_run *run, const tsl_target *target, tsl_error *err)
{
    (void)target; /* it stands there, open */
    tsl_rejects *rejects = run->rejects;
    run->rejects = NULL;
    tsl_status status = tsl_rejects_close(rejects, err);
    return status == TSL_OK ? tsl__run_stage(run, NULL, err) : status; /* the last of what is timed */
}

/* The text is kept: the report is drawn from it, and a program may ask for it. */
static tsl_status write_summary(tsl_run *run, const tsl_target *target, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_results results;
    tsl_run_get_results(run, &results, sizeof results);
    TSL__TRY(tsl_summary_build(&results, &run->summary, err));
    TSL__TRY(tsl__write_whole(run->summary, strlen(run->summary), target, err));
done:
    return status;
}

static tsl_status write_manifest(tsl_run *run, const tsl_target *target, tsl_error *err)
{
    tsl_results results;
    tsl_run_get_results(run, &results, sizeof results);
    return tsl_manifest_write(&results, target, err);
}

static tsl_status write_figures(tsl_run *run, const tsl_target *target, tsl_error *err)
{
    return tsl_report_write_figures(run->summary, run->opt.report, target, err);
}

static tsl_status write_report(tsl_run *run, const tsl_target *target, tsl_error *err)
{
    return tsl_report_write(run->summary, run->opt.report, target, err);
}

tsl_status tsl_run_write_folder(tsl_run *run, tsl_error *err)
{
    /* In the order of `outputs`; the records tell of the run, seconds and all, so they come last. */
    static tsl_status (*const writers[OUTPUTS])(tsl_run *, const tsl_target *, tsl_error *) = {
        write_features, write_model,    write_segments, write_rejects,
        write_summary,  write_manifest, write_figures,  write_report};
    tsl_status status = TSL_OK;
    char *path = NULL;
    tsl__error_reset(err);
    if (!run->folder || !run->rejects || !run->labels || run->features->recipe->plain) {
        return tsl__error_set(
            err, TSL_E_OPTION,
            "there is no folder open, or no customers are labelled to be written into it, or they were already");
    }
    TSL__TRY(tsl__run_stage(run, "write", err));
    for (size_t i = 0; i < OUTPUTS; i++) {
        free(path);
        TSL__NEED(path = inside(run, outputs[i]));
        TSL__TRY(writers[i](run, &(tsl_target){.path = path}, err));
    }
done:
    free(path);
    return status;
}

tsl_status tsl_run_close_folder(tsl_run *run, tsl_error *err)
{
    tsl__error_reset(err);
    tsl_folder *folder = run->folder;
    run->folder = NULL;
    return folder ? tsl_folder_close(folder, err) : tsl__error_set(err, TSL_E_OPTION, "there is no folder open");
}

tsl_status tsl_run_build_summary(const tsl_run *run, char **json, tsl_error *err)
{
    tsl_results results;
    *json = NULL;
    tsl__error_reset(err);
    if (run->summary) {
        *json = tsl__strdup(run->summary);
        return *json ? TSL_OK : tsl__error_nomem(err);
    }
    tsl_run_get_results(run, &results, sizeof results);
    return tsl_summary_build(&results, json, err);
}
