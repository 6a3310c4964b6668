/* cmd_evaluate.c: tesela evaluate: rows and the labels of any tool -> what they are worth. */
#include "cli/commands.h"

#include "cli/files.h"
#include "cli/show/print.h"
#include "cli/show/progress.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <string.h>

static tsl_status build_evaluation(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_source labels = {.path = set->judged}, truth = {.path = set->truth};
    tsl_data_options data;
    tsl_quality_options quality = set->quality;
    tsl_evaluation_options opt;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(data, &data);
    TSL_DEFAULTS(evaluation, &opt);
    data.id = set->id;
    data.ignore = set->ignore.item;
    data.ignore_count = set->ignore.count;
    data.weight = set->weight;
    if (cli_settings_get_source(set, "delimiter")) {
        data.delimiter = (char)set->any.delimiter;
    }
    if (cli_settings_get_source(set, "encoding")) {
        data.encoding = (tsl_encoding)set->any.encoding;
    }
    data.sheet = cli_settings_get_source(set, "sheet") ? set->any.sheet : NULL;
    if (cli_settings_get_source(set, "header")) {
        data.header = set->any.header;
    }
    quality.seed = set->kmeans.seed;
    opt.data = &data;
    opt.quality = &quality;
    opt.label_column = set->label_column;
    opt.truth_column = set->truth_column;
    opt.noise = set->noise;
    opt.scale = (tsl_scale)set->judged_scale;
    opt.stability = set->evaluation.stability;
    CLI_TRY(tsl_input_open(set->data, 0, &job->input, err));
    CLI_TRY(tsl_evaluation_build(&job->input, &labels, set->truth ? &truth : NULL, &opt, &job->exec, &job->evaluation,
                                 err));
done:
    cli_progress_clear();
    return status;
}

static tsl_status build_next(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_source labels = {.path = set->judged};
    tsl_next_options opt = set->next;
    tsl_status status = TSL_OK;
    opt.label_column = set->label_column;
    opt.id = set->id;
    opt.noise = set->noise;
    opt.encoding = cli_settings_get_source(set, "encoding") ? (tsl_encoding)set->any.encoding : opt.encoding;
    opt.labels_as_of = cli_job_find_day(set->judged, "segments.csv");
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(cli_job_read_tables(job, NULL, err));
    const tsl_tables tables = {.transactions = tsl_run_get_table(job->run, TSL_TRANSACTIONS), .as_of = TSL_NO_DAY};
    CLI_TRY(tsl_next_build(&tables, &labels, &opt, &job->exec, &job->next, err));
done:
    cli_progress_clear();
    return status;
}

static const char *by(int ids)
{
    return ids ? "by id" : "by row";
}

static void say(const tsl_evaluation *e, const char *lang)
{
    const char *columns = cli_count_name(e->cols, "column");
    if (e->plain) {
        cli_say("data: %s, %s, scale: %s%s", cli_count_name(e->rows, "row"), columns, tsl_scale_get_name(e->scale),
                e->scale == TSL_SCALE_NONE ? " (columns as they are)" : "");
    } else {
        cli_say("features: %s, %s, in the space that clusters are found in", cli_count_name(e->rows, "customer"),
                columns);
    }
    cli_say("labels: %s, matched %s", e->column, by(e->matched_by_id));
    if (e->truth_column) {
        cli_say("truth: %s, matched %s", e->truth_column, by(e->truth_by_id));
    }
    cli_say_notes(&e->notes, lang);
}

tsl_status cli_evaluate(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    CLI_TRY(set->data ? build_evaluation(job, err) : TSL_OK);
    CLI_TRY(set->table[TSL_TRANSACTIONS].files.count ? build_next(job, err) : TSL_OK);
    if (job->evaluation) {
        say(job->evaluation, set->lang);
    }
    if (job->next) {
        cli_say("labels: %s, matched by id", job->next->column);
        cli_say_notes(&job->next->notes, set->lang);
    }
    if (set->json) {
        return cli_job_print_json(job, err);
    }
    if (set->quiet) {
        return TSL_OK;
    }
    if (job->evaluation) {
        cli_show_evaluation(job->evaluation, set->label.lang);
        cli_print(job->next ? "\n" : "");
    }
    CLI_TRY(job->next ? cli_job_show(job, CLI_SHOW_NEXT, err) : TSL_OK);
done:
    return status;
}
