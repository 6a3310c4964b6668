/* output_paths.c: no output of a command is one of its inputs, or another output, and standard output has one. */
#include "cli/ask/settings.h"

#include "cli/files.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The folder that a file stands in. */
static const char *get_folder(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? cli_copy(file, (size_t)(slash - file) + 1) : ".";
}

/* The same file, by any of its names; a path that is not there yet is the same
 * as another only by its folder and last part. */
static int is_same(const char *a, const char *b)
{
    struct stat of_a, of_b;
    int there_a = stat(a, &of_a) == 0, there_b = stat(b, &of_b) == 0;
    if (there_a || there_b) {
        return there_a && there_b && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
    }
    if (strcmp(cli_file_get_name(a), cli_file_get_name(b)) != 0) {
        return 0;
    }
    char *folder_a = realpath(get_folder(a), NULL);
    char *folder_b = realpath(get_folder(b), NULL);
    int same = folder_a && folder_b && strcmp(folder_a, folder_b) == 0;
    free(folder_a);
    free(folder_b);
    return same;
}

static int is_stream(const char *file)
{
    return file && strcmp(file, "-") == 0;
}

typedef struct path {
    const char *name; /* how it was given */
    const char *file; /* or NULL */
} path;

#define OUTPUTS 8

static void get_outputs(const cli_settings *set, path output[OUTPUTS])
{
    output[0] = (path){"--output", set->output};
    output[1] = (path){"--rejects", set->rejects};
    output[2] = (path){"--labels", set->labels};
    output[3] = (path){"--json", set->json_file};
    output[4] = (path){"--html", set->html};
    output[5] = (path){"--write-config", set->write_config};
    output[6] = (path){"--write-strategies", set->write_strategies};
    output[7] = (path){"the figures beside --output,",
                       set->command == CLI_REPORT && set->output ? cli_find_figures(set->output) : NULL};
}

int cli_settings_is_piped(const cli_settings *set)
{
    path output[OUTPUTS];
    int piped = 0;
    get_outputs(set, output);
    for (size_t i = 0; i < OUTPUTS; i++) {
        piped |= is_stream(output[i].file);
    }
    return piped;
}

/* The file of FILE.h5:/group, other names as they are. */
static const char *get_whole(const char *file)
{
    struct stat there;
    const char *inside = stat(file, &there) != 0 ? strstr(file, ":/") : NULL;
    return inside ? cli_copy(file, (size_t)(inside - file)) : file;
}

/* A folder that is replaced takes with it what stands in it. */
static tsl_status check_against(const path *output, const char *what, const char *file, tsl_error *err)
{
    if (!output->file || !file || is_stream(output->file) || is_stream(file) ||
        (!is_same(output->file, get_whole(file)) && !is_same(output->file, get_folder(get_whole(file))))) {
        return TSL_OK;
    }
    return cli_fail(err, TSL_E_OPTION, "%s %s would be written over %s %s", output->name, output->file, what, file);
}

static tsl_status check_list(const path *output, const char *what, const cli_list *files, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < files->count && status == TSL_OK; i++) {
        status = check_against(output, what, files->item[i], err);
    }
    return status;
}

/* Of a run that is read any of its files. */
static tsl_status check_run(const path *output, const char *what, const char *folder, tsl_error *err)
{
    size_t count;
    const char *const *name = tsl_run_get_outputs(&count);
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < count && status == TSL_OK; i++) {
        status = check_against(output, what, cli_find_within(folder, name[i]), err);
    }
    return status;
}

/* The run before: its folder, or the file of it that is read. */
static tsl_status check_previous(const path *output, const cli_settings *set, tsl_error *err)
{
    tsl_status status = check_against(output, "--previous", set->previous, err);
    return status == TSL_OK && set->previous && cli_is_folder(set->previous)
               ? check_run(output, "--previous", set->previous, err)
               : status;
}

/* Arguments; of a folder, the file that is read in it. What synth is asked for is a word, and no file. */
static tsl_status check_input(const path *output, const cli_settings *set, tsl_error *err)
{
    if (set->command == CLI_SYNTH) {
        return TSL_OK;
    }
    tsl_status status = check_list(output, "the input", &set->input, err);
    for (size_t i = 0; i < set->input.count && status == TSL_OK; i++) {
        status = set->command == CLI_COMPARE || set->warnings
                     ? check_run(output, "the input", set->input.item[i], err)
                     : check_against(output, "the input", cli_summary_get_path(set->input.item[i]), err);
    }
    return status;
}

static tsl_status check_tables(const path *output, const cli_settings *set, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int kind = 0; kind < TSL_TABLE_KINDS && status == TSL_OK; kind++) {
        const cli_table *table = &set->table[kind];
        status =
            check_list(output, cli_format("--%s", tsl_table_kind_get_name((tsl_table_kind)kind)), &table->files, err);
        for (size_t i = 0; i < table->lookup_count && status == TSL_OK; i++) {
            status = check_against(output, "the lookup", table->lookup[i].source.path, err);
        }
    }
    return status;
}

tsl_status cli_paths_check(const cli_settings *set, tsl_error *err)
{
    const int summary = set->json && !set->customer; /* what is told of one customer is the output itself */
    path outputs[OUTPUTS];
    tsl_status status = TSL_OK;
    get_outputs(set, outputs);
    for (size_t i = 0; i < OUTPUTS; i++) {
        if (summary && is_stream(outputs[i].file)) {
            return cli_fail(err, TSL_E_OPTION, "--json and %s - cannot both have standard output", outputs[i].name);
        }
        CLI_TRY(check_tables(&outputs[i], set, err));
        CLI_TRY(check_input(&outputs[i], set, err));
        CLI_TRY(check_against(&outputs[i], "--config", set->config, err));
        CLI_TRY(check_against(&outputs[i], "--features", set->features_file, err));
        CLI_TRY(check_against(&outputs[i], "--histories", set->histories, err));
        CLI_TRY(check_against(&outputs[i], "--like", set->like, err));
        CLI_TRY(check_against(&outputs[i], "--pseudonymise", set->pseudonymise, err));
        CLI_TRY(check_against(&outputs[i], "--suppress", set->suppress, err));
        CLI_TRY(check_against(&outputs[i], "--model", set->model, err));
        CLI_TRY(check_against(&outputs[i], "--init", set->init, err));
        CLI_TRY(check_against(&outputs[i], "--anchors", set->anchors, err));
        CLI_TRY(check_previous(&outputs[i], set, err));
        CLI_TRY(check_against(&outputs[i], "--strategies", set->strategies, err));
        CLI_TRY(check_against(&outputs[i], "--brand", set->brand, err));
        CLI_TRY(check_against(&outputs[i], "--rfm-map", set->rfm.map, err));
        CLI_TRY(check_against(&outputs[i], "--treated", set->treated, err));
        CLI_TRY(check_against(&outputs[i], "--control", set->control, err));
        for (size_t j = 0; j < i; j++) {
            CLI_TRY(check_against(&outputs[i], outputs[j].name, outputs[j].file, err));
            if (is_stream(outputs[i].file) && is_stream(outputs[j].file)) {
                return cli_fail(err, TSL_E_OPTION, "%s and %s cannot both be standard output", outputs[j].name,
                                outputs[i].name);
            }
        }
    }
done:
    return status;
}
