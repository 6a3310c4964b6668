/* inspect_warnings.c: tesela inspect RUN --warnings N: the customers with most at risk, ranked, from the run's
 * segments.csv; what its summary says of the forecast stands above them. */
#include "cli/inspect_warnings.h"

#include "cli/files.h"
#include "cli/show/print.h"
#include "cli/show/progress.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

typedef struct listed {
    const tsl_warnings *all;
    const json_t *summary; /* NULL: there is none */
    const char *lang;
    int zh;
} listed;

static const json_t *get_check(const listed *l)
{
    return json_object_get(json_object_get(l->summary, "next"), "churn");
}

static int is_doubtful(const listed *l)
{
    const json_t *check = get_check(l);
    return json_is_false(json_object_get(check, "telling")) || json_is_false(json_object_get(check, "calibrated"));
}

/* ---- Text ----------------------------------------------------------------------------------- */

/* What the summary calls a code in the language: in `rows`, each with its code under `key`; else what the file has. */
static const char *find_name(const listed *l, const char *rows, const char *key, const char *code, const char *names,
                             const char *otherwise)
{
    const json_t *all = json_object_get(l->summary, rows);
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *row = json_array_get(all, i);
        const char *own = json_string_value(json_object_get(row, key));
        const char *name = json_string_value(json_object_get(json_object_get(row, names), l->lang));
        if (own && name && strcmp(own, code) == 0) {
            return name;
        }
    }
    return *otherwise ? otherwise : code;
}

/* The action in the language, of the strategies that the run used. */
static const char *find_action(const listed *l, char *const *cell)
{
    const json_t *rows = json_object_get(json_object_get(l->summary, "strategies"), "rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i), *texts = json_object_get(row, "texts");
        const char *action = json_string_value(json_object_get(row, "action"));
        const char *text = json_string_value(json_object_get(texts, l->lang));
        text = action && strcmp(action, cell[TSL_WARNING_ACTION]) == 0 ? text : NULL;
        for (int lang = 0; text && lang < TSL_LANGS; lang++) {
            const char *own = json_string_value(json_object_get(texts, lang ? "zh" : "en"));
            if (own && strcmp(own, cell[TSL_WARNING_ACTION_TEXT]) == 0) {
                return text;
            }
        }
    }
    return *cell[TSL_WARNING_ACTION_TEXT] ? cell[TSL_WARNING_ACTION_TEXT] : cell[TSL_WARNING_ACTION];
}

static void add_amount(cli_text_table *grid, double value, int zh)
{
    char out[CLI_NUMBER_BYTES];
    cli_expected_write(value, value == floor(value) && fabs(value) < 1e9 ? 0 : 2, zh, out);
    cli_text_table_add(grid, *out ? out : "–");
}

static void add_row(cli_text_table *grid, const listed *l, size_t rank)
{
    const tsl_warning *of = &l->all->of[rank];
    char *const *cell = of->cell;
    char risk[CLI_NUMBER_BYTES];
    cli_chance_write(of->churn_risk, l->zh, risk);
    cli_text_table_count(grid, rank + 1);
    cli_text_table_add(grid, cell[TSL_WARNING_CUSTOMER]);
    cli_text_table_add(grid, find_name(l, "segments", "code", cell[TSL_WARNING_SEGMENT_CODE], "names",
                                       cell[TSL_WARNING_SEGMENT_NAME]));
    cli_text_table_add(grid, find_name(l, "tiers", "tier", cell[TSL_WARNING_TIER], "names", ""));
    cli_text_table_add(grid, find_name(l, "lifecycle", "stage", cell[TSL_WARNING_LIFECYCLE], "names",
                                       cell[TSL_WARNING_LIFECYCLE_NAME]));
    add_amount(grid, of->value, l->zh);
    cli_text_table_add(grid, *risk ? risk : "–");
    add_amount(grid, of->value_at_risk, l->zh);
    cli_text_table_add(grid, cell[TSL_WARNING_REASON]);
    cli_text_table_add(grid, find_action(l, cell));
}

/* Of which value a part is at risk: it need not be the one that tiers go by. */
static void show_value(const listed *l)
{
    const char *name = json_string_value(json_object_get(json_object_get(l->summary, "churn"), "value"));
    char *label = NULL;
    tsl_error unread;
    if (name && tsl_feature_get_label(name, l->lang, &label, &unread) == TSL_OK) {
        cli_print(l->zh ? "风险价值 = %s × 流失风险。\n" : "Value at risk is %s times the churn risk.\n", label);
    }
    tsl_text_free(label);
}

static void show(const listed *l)
{
    static const char *const heads[] = {"#",     "Customer",   "Segment",       "Tier",   "Lifecycle",
                                        "Value", "Churn risk", "Value at risk", "Reason", "What to do"};
    cli_text_table grid = {.columns = sizeof heads / sizeof *heads, .align = "rlwllrrrnn"};
    const char *forecast = cli_tell_forecast(get_check(l), l->lang);
    char shown[CLI_NUMBER_BYTES], known[CLI_NUMBER_BYTES];
    cli_count_write(l->all->count, shown);
    cli_count_write(l->all->known, known);
    cli_print(l->zh ? "风险价值最高的客户：%s / %s 位\n" : "The customers with most value at risk: %s of %s\n", shown,
              known);
    show_value(l);
    cli_print(*forecast ? l->zh ? "%s。\n" : "%s.\n" : "%s", forecast);
    cli_print("\n");
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], l->lang));
    }
    for (size_t i = 0; i < l->all->count; i++) {
        add_row(&grid, l, i);
    }
    cli_text_table_print(&grid);
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static json_t *build_cell(const tsl_warning *of, int c)
{
    const double number = c == TSL_WARNING_VALUE        ? of->value
                          : c == TSL_WARNING_CHURN_RISK ? of->churn_risk
                                                        : of->value_at_risk;
    const int is_number = c == TSL_WARNING_VALUE || c == TSL_WARNING_CHURN_RISK || c == TSL_WARNING_VALUE_AT_RISK;
    return !is_number      ? (*of->cell[c] || c == TSL_WARNING_CUSTOMER ? json_string(of->cell[c]) : json_null())
           : isnan(number) ? json_null()
                           : json_real(number);
}

static json_t *build_flag(const listed *l, const char *key)
{
    json_t *flag = json_object_get(get_check(l), key);
    return flag ? json_incref(flag) : json_null();
}

static tsl_status print_json(cli_job *job, const listed *l, tsl_error *err)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < l->all->count; i++) {
        json_t *row = json_pack("{sI}", "rank", (json_int_t)(i + 1));
        for (int c = 0; c < TSL_WARNING_CELLS; c++) {
            json_object_set_new(row, tsl_warning_cell_get_name((tsl_warning_cell)c), build_cell(&l->all->of[i], c));
        }
        json_array_append_new(rows, row);
    }
    return cli_job_print_file(job,
                              json_pack("{ss sI sI so so so}", "kind", "warnings", "rows",
                                        (json_int_t)l->all->customers, "known", (json_int_t)l->all->known, "telling",
                                        build_flag(l, "telling"), "calibrated", build_flag(l, "calibrated"), "warnings",
                                        rows),
                              err);
}

/* ---- The list ------------------------------------------------------------------------------- */

static tsl_status write_list(const cli_job *job, const listed *l, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_fileset *files = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_fileset_open(&files, err));
    const tsl_target target = {.path = set->output, .replace = set->force, .set = files};
    CLI_TRY(tsl_warnings_write(l->all, &target, &job->exec, err));
done:
    return cli_fileset_publish(files, status, err);
}

static tsl_status tell(cli_job *job, const listed *l, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    CLI_TRY(set->output ? write_list(job, l, err) : TSL_OK);
    if (set->json) {
        CLI_TRY(print_json(job, l, err));
    } else if (!set->output) {
        show(l);
    }
    if ((set->json || set->output) && is_doubtful(l)) {
        cli_say_note(cli_tell_forecast(get_check(l), l->lang), l->lang);
    }
done:
    return status;
}

tsl_status cli_inspect_warnings(cli_job *job, const char *folder, tsl_error *err)
{
    const cli_settings *set = job->set;
    const size_t most = set->warnings == CLI_WARN_ALL ? SIZE_MAX : (size_t)set->warnings;
    const char *text = NULL;
    tsl_error unread;
    tsl_warnings *all = NULL;
    json_t *summary = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(
        tsl_warnings_read(&(tsl_source){.path = cli_find_within(folder, "segments.csv")}, most, &job->exec, &all, err));
    cli_progress_clear();
    if (cli_file_read(&(tsl_source){.path = cli_find_within(folder, "summary.json")}, &text, &unread) == TSL_OK) {
        summary = json_loads(text, 0, NULL);
    }
    const char *own = json_string_value(json_object_get(summary, "language"));
    const char *lang = set->lang || !own ? set->label.lang : own;
    const listed l = {all, summary, lang, strcmp(lang, "zh") == 0};
    CLI_TRY(tell(job, &l, err));
done:
    cli_progress_clear();
    json_decref(summary);
    tsl_warnings_free(all);
    return status;
}
