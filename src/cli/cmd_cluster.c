/* cmd_cluster.c: tesela cluster: features.h5, or plain numbers -> model.h5. */
#include "cli/commands.h"

#include "cli/show/print.h"
#include "cli/show/show_summary.h"
#include "cli/system/fail.h"

#include <string.h>

/* The model, and each row's cluster: both, or neither. */
static tsl_status write_files(cli_job *job, tsl_fileset *files, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_target labels = {.path = set->labels, .replace = set->force, .set = files},
                     model = {.path = set->output, .replace = set->force, .set = files};
    tsl_segmentation fitted;
    tsl_status status = TSL_OK;
    tsl_run_get_segmentation(job->run, &fitted);
    if (set->labels) {
        status = tsl_clusters_write(tsl_run_get_features(job->run), tsl_run_get_assignment(job->run), &labels,
                                    &job->exec, err);
    }
    return status == TSL_OK && set->output ? tsl_segmentation_write(&fitted, &model, err) : status;
}

static tsl_status write_outputs(cli_job *job, tsl_error *err)
{
    tsl_fileset *files = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_fileset_open(&files, err));
    CLI_TRY(write_files(job, files, err));
done:
    return cli_fileset_publish(files, status, err);
}

static void show_files(const cli_settings *set)
{
    if (set->output || set->labels) {
        cli_print("\n%s%s%s\n", set->output ? set->output : "", set->output && set->labels ? "\n" : "",
                  set->labels ? set->labels : "");
    } else {
        cli_print(
            strcmp(set->label.lang, "zh") == 0
                ? "\n没有写出文件：--output MODEL.h5 保存模型，--labels FILE.csv 保存每行的聚类。\n"
                : "\nNothing was written: --output MODEL.h5 keeps the model, --labels FILE.csv each row's cluster.\n");
    }
}

tsl_status cli_cluster(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(cli_output_check(set->labels, set->force, err));
    job->unlabelled = 1; /* the labels' policy is kept for those who apply the model; nobody asked for labels */
    CLI_TRY(cli_job_open_input(job, err));
    CLI_TRY(cli_job_open_run(job, job->has_features ? CLI_KEPT : CLI_KEPT_DATA, err));
    CLI_TRY(cli_job_read_data(job, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_LABELS, TSL_NO_DAY, err));
    CLI_TRY(write_outputs(job, err));
done:
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet && !cli_settings_is_piped(set)) {
        status = cli_job_show(job, CLI_SHOW_SWEEP | CLI_SHOW_CLUSTERS, err);
        show_files(set);
    }
    return status;
}
