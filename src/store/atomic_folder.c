/* atomic_folder.c: tsl_folder, a folder of outputs that is published in one step. */
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "store/paths.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_FOLDERS 16 /* descriptors that a walk may hold */

struct tsl_folder {
    char *path, *temp;
    int force;
    const char *const *name; /* what a folder may hold that gives way */
    size_t name_count;
};

/* The first entry of path that is none of the names, owned; NULL where there is
 * none. What Tesela did not write is never taken away: `--output ~ --force` must
 * not cost a home, nor an input that was put beside the results. */
static char *find_stranger(const char *path, const char *const *name, size_t count)
{
    char *stranger = NULL;
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder && !stranger && (entry = readdir(folder))) {
        int known = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        for (size_t i = 0; i < count && !known; i++) {
            known = strcmp(entry->d_name, name[i]) == 0;
        }
        stranger = known ? NULL : tsl__strdup(entry->d_name);
    }
    if (folder) {
        closedir(folder);
    } else {
        stranger = tsl__strdup("what cannot be read");
    }
    return stranger;
}

/* Whether what stands at the final place may give way. */
static tsl_status check_replace(const tsl_folder *folder, unsigned mode, tsl_error *err)
{
    const char *path = folder->path;
    if (!S_ISDIR(mode)) {
        return tsl__error_set(err, TSL_E_EXISTS, "%s: is there already and is no folder; choose another name", path);
    }
    if (!folder->force) {
        return tsl__error_set(err, TSL_E_EXISTS, "%s: is there already; --force replaces it", path);
    }
    char *stranger = find_stranger(path, folder->name, folder->name_count);
    if (stranger) {
        tsl__error_set(err, TSL_E_EXISTS,
                       "%s: is not replaced, even with --force: it holds %s, which is no file of a run", path,
                       stranger);
        free(stranger);
        return TSL_E_EXISTS;
    }
    return TSL_OK;
}

tsl_status tsl_folder_open(const char *path, int force, const char *const *name, size_t name_count, tsl_folder **out,
                           tsl_error *err)
{
    unsigned mode = 0;
    *out = NULL;
    tsl_folder *folder = tsl__alloc_zero(1, sizeof *folder);
    if (!folder) {
        return tsl__error_nomem(err);
    }
    folder->force = force;
    folder->name = name;
    folder->name_count = name_count;
    tsl_status status = tsl__staged_path_resolve(path, &folder->path, &mode, err);
    if (status == TSL_OK && mode) {
        status = check_replace(folder, mode, err);
    }
    if (status == TSL_OK && !(folder->temp = tsl__format("%s.partial-XXXXXX", folder->path))) {
        status = tsl__error_nomem(err);
    }
    if (status == TSL_OK && !mkdtemp(folder->temp)) {
        status = tsl__staged_path_error(err, errno, path);
        free(folder->temp); /* no folder has this name yet */
        folder->temp = NULL;
    }
    if (status != TSL_OK) {
        tsl_folder_free(folder);
        return status;
    }
    *out = folder;
    return TSL_OK;
}

const char *tsl_folder_get_path(const tsl_folder *folder)
{
    return folder->temp;
}

static int sync_one(const char *path, const struct stat *there, int kind, struct FTW *where)
{
    (void)there;
    (void)where;
    if (kind != FTW_F && kind != FTW_DP) {
        return 0;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    int code = fd < 0 || (fsync(fd) && errno != EINVAL) ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    return code;
}

static int remove_one(const char *path, const struct stat *there, int kind, struct FTW *where)
{
    (void)there;
    (void)kind;
    (void)where;
    return remove(path) ? errno : 0;
}

/* 0, or errno; never follows a link. */
static int walk(const char *path, int (*visit)(const char *, const struct stat *, int, struct FTW *))
{
    int code = nftw(path, visit, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    return code < 0 ? errno : code;
}

/* Puts temp in the place of path; afterwards temp names the old folder. */
static int exchange(const char *temp, const char *path)
{
    if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_EXCHANGE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
    /* A file system that cannot do it in one step: two renames, the first of
     * which is taken back where the second fails. */
    int code = ENOMEM;
    char *old = tsl__format("%s.old", temp);
    if (old) {
        code = rename(path, old) ? errno : 0;
        if (!code && rename(temp, path)) {
            code = errno;
            rename(old, path);
        } else if (!code && rename(old, temp)) {
            code = errno;
        }
    }
    free(old);
    return code;
}

static tsl_status publish(tsl_folder *folder, tsl_error *err)
{
    struct stat there;
    int code = tsl__place_rename_new(folder->temp, folder->path), replaced = 0;
    if (code == EEXIST && lstat(folder->path, &there) == 0) {
        tsl_status status = check_replace(folder, there.st_mode, err);
        if (status != TSL_OK) {
            return status;
        }
        code = exchange(folder->temp, folder->path);
        replaced = !code;
    }
    if (code) {
        return tsl__staged_path_error(err, code, folder->path);
    }
    code = tsl__place_sync_parent(folder->path);
    int left = replaced ? walk(folder->temp, remove_one) : 0;
    if (code) {
        return tsl__staged_path_error(err, code, folder->path);
    }
    if (left) {
        return tsl__error_set(err, TSL_E_IO, "%s: is complete, but the folder that it replaced is still there as %s",
                              folder->path, folder->temp);
    }
    free(folder->temp);
    folder->temp = NULL;
    return TSL_OK;
}

tsl_status tsl_folder_close(tsl_folder *folder, tsl_error *err)
{
    int code = walk(folder->temp, sync_one);
    tsl_status status = code ? tsl__staged_path_error(err, code, folder->path) : publish(folder, err);
    tsl_folder_free(folder);
    return status;
}

void tsl_folder_free(tsl_folder *folder)
{
    if (folder) {
        if (folder->temp) {
            walk(folder->temp, remove_one);
        }
        free(folder->temp);
        free(folder->path);
        free(folder);
    }
}
