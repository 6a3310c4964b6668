/* cmd_explain.c: tesela explain: model.h5 -> its clusters as plain rules. */
#include "cli/commands.h"

#include "cli/fail.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"

/* Puts a tree of the size that was asked for in the place of the model's. */
static tsl_status build_tree(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_model *model = job->given->model;
    const tsl_source features = {.path = set->features_file};
    tsl_tree *tree = NULL;
    if (set->tree.leaves && set->tree.leaves < model->k) {
        return cli_fail(err, TSL_E_OPTION,
                        "--leaves %d is below the model's k, %d: a tree has at least one leaf a cluster",
                        set->tree.leaves, model->k);
    }
    tsl_status status = TSL_OK;
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(tsl_run_read_features(job->run, &features, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_MODEL, TSL_NO_DAY, err));
    CLI_TRY(tsl_run_build_tree(job->run, &tree, err));
done:
    tsl_run_free(job->run);
    job->run = NULL;
    if (status == TSL_OK) {
        tsl_tree_free(model->tree);
        model->tree = tree;
    }
    return status;
}

tsl_status cli_explain(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    static const char *const of_tree[] = {"leaves", "tree", "round"};
    for (size_t i = 0; i < sizeof of_tree / sizeof *of_tree; i++) {
        if (cli_settings_get_source(set, of_tree[i]) == CLI_LINE && !set->features_file) {
            return cli_fail(err, TSL_E_OPTION, "--%s needs --features FILE, to build another tree from", of_tree[i]);
        }
    }
    tsl_status status = TSL_OK;
    CLI_TRY(cli_job_read_model(job, &(tsl_source){.path = set->input.item[0]}, err));
    if (set->features_file) {
        CLI_TRY(build_tree(job, err));
    }
    if (!job->given->model || !job->given->model->tree) {
        return cli_fail(err, TSL_E_INPUT, "%s: holds no tree", set->input.item[0]);
    }
    CLI_TRY(set->json ? cli_job_print_json(job, err) : cli_show_rules(job->given->model, set->label.lang, err));
done:
    return status;
}
