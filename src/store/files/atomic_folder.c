/* atomic_folder.c: tsl_folder, a folder of outputs that is published in one step. */
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "store/files/locks.h"
#include "store/files/paths.h"
#include "store/files/staging.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_FOLDERS 16 /* descriptors that a walk may hold */

struct tsl_folder {
    char *path, *temp;
    int replace;
    const char *const *name; /* what a folder may hold that gives way */
    size_t name_count;
};

/* Bytes of the folder of a name, "clean" of "clean/orders.csv", without the slash; 0: it stands in none. */
static size_t get_inner(const char *name)
{
    const char *slash = strchr(name, '/');
    return slash ? (size_t)(slash - name) : 0;
}

typedef enum entry_kind { ENTRY_UNKNOWN, ENTRY_KNOWN, ENTRY_INNER } entry_kind;

/* Whether an entry of the folder, or of the inner one called `inner`, is a file, no folder or link, with one of the
 * names; or an inner folder of one. */
static entry_kind find_kind(const tsl_folder *folder, int at, const char *inner, const char *name)
{
    struct stat there;
    const int stands = fstatat(at, name, &there, AT_SYMLINK_NOFOLLOW) == 0, is_file = stands && S_ISREG(there.st_mode),
              is_folder = stands && S_ISDIR(there.st_mode);
    const size_t inner_bytes = strlen(inner), bytes = strlen(name);
    for (size_t i = 0; i < folder->name_count; i++) {
        const char *known = folder->name[i];
        const size_t part = get_inner(known);
        const char *last = part ? known + part + 1 : known;
        if (part == inner_bytes && strncmp(known, inner, part) == 0 && strcmp(last, name) == 0 && is_file) {
            return ENTRY_KNOWN;
        }
        if (!inner_bytes && part == bytes && bytes && strncmp(known, name, part) == 0 && is_folder) {
            return ENTRY_INNER;
        }
    }
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ? ENTRY_KNOWN : ENTRY_UNKNOWN;
}

/* TSL_E_EXISTS where the folder at the final place holds an entry that is not
 * known. What Tesela did not write is never taken away: `--output ~ --force` must
 * not cost a home, nor an input that was put beside the results. */
static tsl_status check_entries(const tsl_folder *folder, const char *inner, tsl_error *err)
{
    tsl_status status = TSL_OK;
    DIR *there = NULL;
    const struct dirent *entry = NULL;
    entry_kind kind = ENTRY_KNOWN;
    char *path = tsl__format("%s%s%s", folder->path, *inner ? "/" : "", inner);
    TSL__NEED(path);
    if (!(there = opendir(path))) {
        status = tsl__staged_path_error(err, errno, folder->path);
        goto done;
    }
    do {
        errno = 0;
        entry = readdir(there);
        kind = entry ? find_kind(folder, dirfd(there), inner, entry->d_name) : ENTRY_KNOWN;
        if (!entry && errno) {
            status = tsl__staged_path_error(err, errno, folder->path);
        } else if (kind == ENTRY_UNKNOWN) {
            status = tsl__error_set(err, TSL_E_EXISTS,
                                    "%s: is not replaced, even with --force: it holds %s, which is no file of a run",
                                    path, entry->d_name);
        } else if (kind == ENTRY_INNER) {
            status = check_entries(folder, entry->d_name, err);
        }
    } while (entry && status == TSL_OK);
done:
    if (there) {
        closedir(there);
    }
    free(path);
    return status;
}

/* Whether what stands at the final place may give way. */
static tsl_status check_replace(const tsl_folder *folder, unsigned mode, tsl_error *err)
{
    const char *path = folder->path;
    if (!S_ISDIR(mode)) {
        return tsl__error_set(err, TSL_E_EXISTS, "%s: is there already and is no folder; choose another name", path);
    }
    if (!folder->replace) {
        return tsl__error_set(err, TSL_E_EXISTS, "%s: is there already; --force replaces it", path);
    }
    return check_entries(folder, "", err);
}

/* Makes, or takes away where they are empty, the inner folders of the names. 0, or errno. */
static int each_inner(const tsl_folder *folder, int at, int makes)
{
    for (size_t i = 0; i < folder->name_count; i++) {
        char inner[NAME_MAX + 1] = "";
        const size_t bytes = get_inner(folder->name[i]);
        if (bytes > NAME_MAX) {
            return ENAMETOOLONG;
        }
        memcpy(inner, folder->name[i], bytes);
        if (bytes && !makes) {
            unlinkat(at, inner, AT_REMOVEDIR);
        } else if (bytes && mkdirat(at, inner, 0777) && errno != EEXIST) {
            return errno;
        }
    }
    return 0;
}

/* The inner folders of one that was just made. */
static int make_inner(const tsl_folder *folder)
{
    const int at = open(folder->temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    const int code = at < 0 ? errno : each_inner(folder, at, 1);
    if (at >= 0) {
        close(at);
    }
    return code;
}

tsl_status tsl_folder_open(const char *path, int replace, const char *const *name, size_t name_count, tsl_folder **out,
                           tsl_error *err)
{
    tsl_status status = TSL_OK;
    unsigned mode = 0;
    tsl__error_reset(err);
    *out = NULL;
    tsl_folder *folder = tsl__alloc_zero(1, sizeof *folder);
    TSL__NEED(folder);
    folder->replace = replace;
    folder->name = name;
    folder->name_count = name_count;
    TSL__TRY(tsl__staged_path_resolve(path, &folder->path, &mode, err));
    if (mode) {
        TSL__TRY(check_replace(folder, mode, err));
    }
    TSL__NEED(folder->temp = tsl__format("%s.partial-XXXXXX", folder->path));
    int code = tsl__staging_make(folder->temp, NULL);
    if (code) {
        status = tsl__staged_path_error(err, code, path);
        free(folder->temp); /* no folder has this name yet */
        folder->temp = NULL;
        goto done;
    }
    if ((code = make_inner(folder))) {
        status = tsl__staged_path_error(err, code, path);
        goto done;
    }
    *out = folder;
    folder = NULL;
done:
    tsl_folder_free(folder);
    return status;
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

/* The folder that gave way, at `temp`: the known files and then the folder; 0,
 * or errno: what came to it meanwhile stays, and so does the folder. */
static int remove_old(const tsl_folder *folder)
{
    int at = open(folder->temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (at < 0) {
        return errno;
    }
    for (size_t i = 0; i < folder->name_count; i++) {
        unlinkat(at, folder->name[i], 0);
    }
    each_inner(folder, at, 0);
    close(at);
    return rmdir(folder->temp) ? errno : 0;
}

/* The new folder takes its place; *replaced: `temp` names the old one. */
static tsl_status take_place(const tsl_folder *folder, int *replaced, tsl_error *err)
{
    tsl_status status = TSL_OK;
    struct stat there;
    int code = tsl__place_rename_new(folder->temp, folder->path);
    if (code == EEXIST && lstat(folder->path, &there) == 0) {
        TSL__TRY(check_replace(folder, there.st_mode, err));
        code = tsl__place_exchange(folder->temp, folder->path);
        *replaced = !code;
    }
    if (code) {
        status = tsl__staged_path_error(err, code, folder->path);
    }
done:
    return status;
}

static tsl_status publish(tsl_folder *folder, tsl_error *err)
{
    int replaced = 0;
    tsl__staging_lock();
    tsl_status status = take_place(folder, &replaced, err);
    if (status == TSL_OK) {
        tsl__staging_drop(folder->temp);
    }
    tsl__staging_unlock();
    if (status != TSL_OK) {
        return status;
    }
    int code = tsl__place_sync_parent(folder->path), left = replaced ? remove_old(folder) : 0;
    if (code) {
        status = tsl__staged_path_error(err, code, folder->path);
    } else if (left) {
        status = tsl__error_set(err, TSL_E_IO, "%s: is complete, but the folder that it replaced is still there as %s",
                                folder->path, folder->temp);
    }
    free(folder->temp); /* what has this name is no longer ours */
    folder->temp = NULL;
    return status;
}

tsl_status tsl_folder_close(tsl_folder *folder, tsl_error *err)
{
    tsl__error_reset(err);
    int code = nftw(folder->temp, sync_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    code = code < 0 ? errno : code;
    tsl_status status = code ? tsl__staged_path_error(err, code, folder->path) : publish(folder, err);
    tsl_folder_free(folder);
    return status;
}

void tsl_folder_free(tsl_folder *folder)
{
    if (folder) {
        if (folder->temp) {
            tsl__staging_remove(folder->temp);
        }
        free(folder->temp);
        free(folder->path);
        free(folder);
    }
}
