/* cmd_explain.c: tesela explain: model.h5 -> its clusters as plain rules. */
#include "cli/commands.h"

#include "cli/show/print.h"
#include "cli/show/show_summary.h"
#include "cli/system/fail.h"

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

/* To a file, or standard output. */
static tsl_status write_rules(const cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    if (!set->output || cli_settings_is_piped(set)) {
        return cli_show_rules(job->given, &set->rules, err);
    }
    CLI_TRY(tsl_rules_write(job->given, &set->rules, &(tsl_target){.path = set->output, .replace = set->force}, err));
    if (!set->quiet) {
        cli_print("%s\n", set->output);
    }
done:
    return status;
}

/* Labels the features by the model, and tells of one customer. */
static tsl_status explain_customer(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_rules_format format = set->json ? TSL_RULES_JSON : TSL_RULES_TEXT;
    const tsl_target target = {.path = set->output, .replace = set->force};
    tsl_explanation *explanation = NULL;
    size_t customer;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(tsl_run_read_features(job->run, &(tsl_source){.path = set->features_file}, err));
    CLI_TRY(cli_job_find_customer(job, tsl_run_get_features(job->run), &customer, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_LABELS, TSL_NO_DAY, err));
    CLI_TRY(tsl_explanation_build(tsl_run_get_labels(job->run), job->given->model, customer, &explanation, err));
    CLI_TRY(!set->output || cli_settings_is_piped(set)
                ? cli_show_explanation(explanation, format, set->label.lang, err)
                : tsl_explanation_write(explanation, format, set->label.lang, &target, err));
done:
    tsl_explanation_free(explanation);
    return status;
}

tsl_status cli_explain(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    static const char *const of_tree[] = {"leaves", "tree", "round"};
    int another = 0;
    for (size_t i = 0; i < sizeof of_tree / sizeof *of_tree; i++) {
        const int asked = cli_settings_get_source(set, of_tree[i]) == CLI_LINE;
        if (asked && !set->features_file) {
            return cli_fail(err, TSL_E_OPTION, "--%s needs --features FILE, to build another tree from", of_tree[i]);
        }
        another |= asked;
    }
    if (set->json && set->output && !set->customer) {
        return cli_fail(err, TSL_E_OPTION, "--json prints on standard output; --output goes with --format");
    }
    if (cli_settings_get_source(set, "pseudonymise") == CLI_LINE && !set->customer) {
        return cli_fail(err, TSL_E_OPTION, "--pseudonymise goes with --customer ID");
    }
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(cli_job_read_model(job, &(tsl_source){.path = set->input.item[0]}, err));
    if (set->features_file && !(set->customer && !another)) {
        CLI_TRY(build_tree(job, err));
    }
    if (set->customer) {
        return explain_customer(job, err);
    }
    if (!job->given->model || !job->given->model->tree) {
        return cli_fail(err, TSL_E_INPUT, "%s: holds no tree", set->input.item[0]);
    }
    CLI_TRY(set->json ? cli_job_print_json(job, err) : write_rules(job, err));
done:
    return status;
}
