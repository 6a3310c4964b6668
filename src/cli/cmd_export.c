/* cmd_export.c: tesela export: a run -> files for a CRM. */
#include "cli/commands.h"

#include "cli/show/format.h"
#include "cli/show/print.h"
#include "cli/show/progress.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <string.h>

/* Named ones first, then those that are left out or are no change. */
static tsl_export_field *find_field(tsl_export_field *fields, size_t *count, const char *code)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(fields[i].field, code) == 0) {
            return &fields[i];
        }
    }
    fields[*count] = (tsl_export_field){.field = code, .compare = -1};
    return &fields[(*count)++];
}

/* Where the configuration has it in the list, "map.yaml:3:5"; NULL: on the command line. */
static const char *find_place(const cli_settings *set, const char *list, const char *code)
{
    const char *said = cli_format("%s.%s", list, code);
    for (size_t i = 0; i < set->key_place_count; i++) {
        if (strcmp(set->key_place[i].said, said) == 0) {
            return set->key_place[i].where;
        }
    }
    return NULL;
}

static void take_fields(const cli_settings *set, tsl_export_options *opt)
{
    const size_t most = set->header_count + set->left_out.count + set->no_change.count;
    const char *id_column = cli_settings_get_source(set, "id-column") == CLI_LINE ? set->id_column : NULL;
    tsl_export_field *fields = cli_take(most, sizeof *fields);
    size_t count = set->header_count;
    for (size_t i = 0; i < count; i++) { /* one that stands twice is refused */
        const char *code = set->header[i].field;
        fields[i] = (tsl_export_field){.field = code,
                                       .name = id_column && strcmp(code, "id") == 0 ? id_column : set->header[i].name,
                                       .compare = -1,
                                       .where = find_place(set, "export.fields", code)};
    }
    for (size_t i = 0; i < set->left_out.count; i++) {
        const char *code = set->left_out.item[i];
        tsl_export_field *field = find_field(fields, &count, code);
        field->left_out = 1; /* whatever else is said of it */
        field->where = find_place(set, "export.leave_out", code);
    }
    for (size_t i = 0; i < set->no_change.count; i++) {
        const char *code = set->no_change.item[i];
        tsl_export_field *field = find_field(fields, &count, code);
        field->compare = 0;
        field->where = field->where ? field->where : find_place(set, "export.no_change", code);
    }
    opt->field = fields;
    opt->field_count = count;
}

static void show_files(const tsl_export *export, int zh)
{
    cli_text_table grid = {.columns = 3, .align = "lrr"};
    static const char *const head[3][2] = {{"File", "文件"}, {"Customers", "客户数"}, {"Bytes", "字节"}};
    for (size_t h = 0; h < 3; h++) {
        cli_text_table_add(&grid, head[h][zh]);
    }
    for (size_t i = 0; i < export->file_count; i++) {
        cli_text_table_add(&grid, export->file[i].name);
        cli_text_table_count(&grid, export->file[i].rows);
        cli_text_table_count(&grid, export->file[i].bytes);
    }
    cli_text_table_print(&grid);
}

static void show(const cli_settings *set, const tsl_export *export)
{
    const int zh = set->lang && strcmp(set->lang, "zh") == 0;
    static const char *const said[5][2] = {
        {"Customers", "客户"}, {"new", "新增"}, {"changed", "变化"}, {"unchanged", "未变"}, {"vanished", "消失"}};
    const uint64_t count[5] = {export->read, export->created, export->changed, export->unchanged, export->vanished};
    for (int i = 0; i < (set->since ? 5 : 1); i++) {
        char number[CLI_NUMBER_BYTES];
        cli_count_write(count[i], number);
        cli_print("%s%s %s", i ? (zh ? "，" : ", ") : "", said[i][zh], number);
    }
    cli_print("\n\n");
    show_files(export, zh);
    cli_print("\n%s/README.md\n", set->output);
}

tsl_status cli_export(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_export_options opt;
    tsl_export *export = NULL;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(export, &opt);
    opt.target = (tsl_crm)set->crm;
    opt.lang = set->lang;
    opt.since = set->since;
    opt.object = set->object;
    opt.id_column = set->id_column;
    take_fields(set, &opt);
    if (set->crm < 0) {
        CLI_TRY(cli_fail(err, TSL_E_OPTION,
                         "--for is missing: csv, excel, salesforce, zoho, hubspot or fxiaoke is expected"));
    }
    CLI_TRY(tsl_export_write(set->input.item[0], &opt, set->output, set->force, &job->exec, &export, err));
    cli_progress_clear();
    cli_say_notes(&export->notes, set->lang);
    if (set->json) {
        cli_put(export->manifest, strlen(export->manifest));
    } else if (!set->quiet) {
        show(set, export);
    }
done:
    cli_progress_clear();
    tsl_export_free(export);
    return status;
}
