/* file_patterns.c: names of input files with *, ? or [...]: all files that match them. */
#include "cli/inputs/file_patterns.h"

#include "cli/commands.h"
#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <errno.h>
#include <glob.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define NAMED 4 /* so many files are named, of more the first and the last */

/* Bytes of the file in FILE.h5:/group; all of other names. */
static size_t measure_file(const char *path)
{
    const char *inside = strstr(path, ":/");
    return inside ? (size_t)(inside - path) : strlen(path);
}

static int is_pattern(const char *path)
{
    struct stat there;
    return strcspn(path, "*?[") < measure_file(path) && lstat(path, &there) != 0;
}

static int compare_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void say_matches(const char *pattern, const cli_list *files)
{
    if (files->count == 0) {
        return;
    }
    const char *text = files->item[0];
    const size_t last = files->count - 1;
    for (size_t i = 1; files->count <= NAMED && i <= last; i++) {
        text = cli_format("%s, %s", text, files->item[i]);
    }
    if (files->count > NAMED) {
        text = cli_format("%s, ..., %s", text, files->item[last]);
    }
    cli_say("%s stands for %zu file%s: %s", pattern, files->count, last ? "s" : "", text);
}

/* The order must not be that of the folder, nor of the user's language: glob sorts by LC_COLLATE, or not at all. */
static tsl_status match(const char *pattern, cli_list *files, tsl_error *err)
{
    glob_t found = {0};
    const size_t length = measure_file(pattern);
    const int failed = glob(cli_copy(pattern, length), GLOB_ERR | GLOB_NOSORT, NULL, &found);
    tsl_status status = TSL_OK;
    if (failed == GLOB_NOMATCH) {
        status = cli_fail(err, TSL_E_NOT_FOUND, "%s: there is no file of this name, and none that matches it", pattern);
    } else if (failed == GLOB_NOSPACE) {
        status = cli_fail_nomem(err);
    } else if (failed) {
        status = cli_fail_errno(err, pattern, "a folder on the way to its files cannot be read");
    }
    CLI_TRY(status);
    qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, compare_bytes);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i];
        cli_list_add(files, cli_format("%s%s%s", strcmp(path, "-") == 0 ? "./" : "", path, pattern + length));
    }
    say_matches(pattern, files);
done:
    globfree(&found);
    return status;
}

static tsl_status expand_list(cli_list *files, tsl_error *err)
{
    cli_list all = {0};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < files->count; i++) {
        cli_list some = {0};
        if (!is_pattern(files->item[i])) {
            cli_list_add(&some, files->item[i]);
        } else {
            CLI_TRY(match(files->item[i], &some, err));
        }
        for (size_t f = 0; f < some.count; f++) {
            cli_list_add(&all, some.item[f]);
        }
    }
    *files = all;
done:
    return status;
}

static tsl_status expand_lookup(tsl_lookup *lookup, tsl_error *err)
{
    const char *path = lookup->source.path;
    cli_list files = {0};
    tsl_status status = TSL_OK;
    if (!path || !is_pattern(path)) {
        return TSL_OK;
    }
    CLI_TRY(match(path, &files, err));
    if (files.count > 1) {
        return cli_fail(err, TSL_E_OPTION, "%s: a lookup is one file, and %zu match: %s, %s%s", path, files.count,
                        files.item[0], files.item[1], files.count > 2 ? ", ..." : "");
    }
    lookup->source.path = files.count ? files.item[0] : path;
done:
    return status;
}

tsl_status cli_file_patterns_expand(cli_settings *set, tsl_error *err)
{
    const int of_tables = cli_verb_get(set->command)->most == SIZE_MAX;
    tsl_status status = TSL_OK;
    CLI_TRY(of_tables ? expand_list(&set->input, err) : TSL_OK);
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        CLI_TRY(expand_list(&set->table[kind].files, err));
        for (size_t i = 0; i < set->table[kind].lookup_count; i++) {
            CLI_TRY(expand_lookup(&set->table[kind].lookup[i], err));
        }
    }
done:
    return status;
}
