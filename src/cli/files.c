/* files.c: small files as texts. */
#include "cli/files.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MARK ".partial-"
#define MARK_BYTES 15               /* with the six letters that make the name unique */
#define BYTES_MAX ((size_t)1 << 26) /* a summary holds aggregates only */

int cli_is_folder(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

const char *cli_find_within(const char *folder, const char *name)
{
    return cli_format("%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", name);
}

const char *cli_file_get_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *cli_find_figures(const char *report)
{
    const char *name = cli_file_get_name(report), *dot = strrchr(name, '.');
    const size_t length = dot && dot > name ? (size_t)(dot - report) : strlen(report);
    return strcmp(report, "-") == 0 ? NULL : cli_format("%.*s.json", (int)length, report);
}

const char *cli_summary_get_path(const char *path)
{
    return cli_is_folder(path) ? cli_format("%s/summary.json", path) : path;
}

static tsl_status refuse_size(const char *path, tsl_error *err)
{
    return cli_fail(err, TSL_E_FORMAT, "%s: is no file that tesela wrote", path);
}

tsl_status cli_file_read(const tsl_source *source, const char **text, tsl_error *err)
{
    size_t count;
    if (source->bytes) {
        *text = source->count <= BYTES_MAX ? cli_copy(source->bytes, source->count) : NULL;
        return *text ? TSL_OK : refuse_size(source->path, err);
    }
    return cli_file_read_bytes(source->path, text, &count, err);
}

tsl_status cli_file_read_bytes(const char *path, const char **out, size_t *out_count, tsl_error *err)
{
    struct stat there;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &there) != 0) {
        tsl_status status = cli_fail_errno(err, path, "cannot be opened");
        if (file) {
            fclose(file);
        }
        return status;
    }
    size_t size = there.st_size > 0 ? (size_t)there.st_size : 0;
    if (!S_ISREG(there.st_mode) || size > BYTES_MAX) {
        fclose(file);
        return refuse_size(path, err);
    }
    char *bytes = cli_take(size + 1, 1);
    size_t count = fread(bytes, 1, size, file);
    tsl_status status = ferror(file) ? cli_fail_errno(err, path, "cannot be read") : TSL_OK;
    fclose(file);
    bytes[count] = '\0';
    *out = bytes;
    *out_count = count;
    return status;
}

void cli_say_leftovers(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    const char *whole = cli_copy(path, length), *slash = strrchr(whole, '/'), *name = slash ? slash + 1 : whole;
    size_t name_bytes = strlen(name);
    const char *parent = slash ? cli_copy(whole, (size_t)(slash - whole) + 1) : "";
    DIR *folder = opendir(*parent ? parent : ".");
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        if (strlen(entry->d_name) == name_bytes + MARK_BYTES && strncmp(entry->d_name, name, name_bytes) == 0 &&
            strncmp(entry->d_name + name_bytes, MARK, strlen(MARK)) == 0) {
            cli_say(
                "note: %s%s is unfinished, by a run that was killed or is still going on; if it was killed, delete it",
                parent, entry->d_name);
        }
    }
    if (folder) {
        closedir(folder);
    }
}
