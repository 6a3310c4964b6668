/* fileset.c: tsl_fileset, several files that are published together.
 *
 * Each takes the place of the one that is there, which gets the temporary name
 * in exchange; so that the way back is the same step, until all of them are in
 * their places. */
#include "store/files/fileset.h"

#include "base/alloc.h"
#include "base/error.h"
#include "store/files/locks.h"
#include "store/files/staging.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct member {
    tsl__staged_path place;
    int moved;     /* 1: the file is in its place */
    int exchanged; /* 1: the one before it is at place.temp */
    dev_t device;  /* of the new file */
    ino_t inode;
} member;

struct tsl_fileset {
    member *member;
    size_t count, capacity;
};

tsl_status tsl_fileset_open(tsl_fileset **out, tsl_error *err)
{
    tsl__error_reset(err);
    *out = tsl__alloc_zero(1, sizeof **out);
    return *out ? TSL_OK : tsl__error_nomem(err);
}

tsl_status tsl__fileset_add(tsl_fileset *set, tsl__staged_path *place, tsl_error *err)
{
    struct stat there;
    void *grown = set->member;
    if (tsl__reserve(&grown, &set->capacity, set->count + 1, sizeof *set->member)) {
        return tsl__error_nomem(err);
    }
    set->member = grown;
    if (lstat(place->temp, &there)) {
        return tsl__staged_path_error(err, errno, place->path);
    }
    set->member[set->count++] = (member){.place = *place, .device = there.st_dev, .inode = there.st_ino};
    *place = (tsl__staged_path){.fd = -1};
    return TSL_OK;
}

/* What stands in the place of the i-th: 0 nothing, 1 a file that may give way; or -1: errno is set. */
static int look(const tsl_fileset *set, size_t i)
{
    const member *m = &set->member[i];
    struct stat there;
    if (lstat(m->place.path, &there)) {
        return errno == ENOENT ? 0 : -1;
    }
    for (size_t j = 0; j < i; j++) {
        if (there.st_dev == set->member[j].device && there.st_ino == set->member[j].inode) {
            errno = EEXIST; /* one of the same set */
            return -1;
        }
    }
    errno = S_ISDIR(there.st_mode) ? EISDIR : EEXIST;
    return S_ISDIR(there.st_mode) || !m->place.replace ? -1 : 1;
}

/* 0, or errno. */
static int move(tsl_fileset *set, size_t i)
{
    member *m = &set->member[i];
    int there = look(set, i);
    int code = there < 0 ? errno
               : there   ? tsl__place_exchange(m->place.temp, m->place.path)
                         : tsl__place_rename_new(m->place.temp, m->place.path);
    m->moved = !code;
    m->exchanged = !code && there;
    return code;
}

static void move_back(member *m)
{
    if (m->exchanged) {
        tsl__place_exchange(m->place.temp, m->place.path);
    } else if (m->moved) {
        tsl__place_rename_new(m->place.path, m->place.temp);
    }
    m->moved = m->exchanged = 0;
}

/* All of them, or none; *failed: which one could not be. */
static int move_all(tsl_fileset *set, size_t *failed)
{
    int code = 0;
    size_t i = 0;
    for (; i < set->count && !code; i++) {
        *failed = i;
        code = move(set, i);
    }
    for (size_t j = 0; j < set->count && !code; j++) {
        *failed = j;
        code = tsl__place_sync_parent(set->member[j].place.path);
    }
    for (; code && i > 0; i--) {
        move_back(&set->member[i - 1]);
    }
    return code;
}

/* What was exchanged is an old file, at a temporary name that is no longer ours. */
static void forget(tsl_fileset *set)
{
    for (size_t i = 0; i < set->count; i++) {
        member *m = &set->member[i];
        tsl__staging_drop(m->place.temp);
        if (m->exchanged) {
            unlink(m->place.temp);
        }
        free(m->place.temp);
        m->place.temp = NULL;
    }
}

tsl_status tsl_fileset_close(tsl_fileset *set, tsl_error *err)
{
    size_t failed = 0;
    tsl__error_reset(err);
    tsl__staging_lock();
    int code = move_all(set, &failed);
    if (!code) {
        forget(set);
    }
    tsl__staging_unlock();
    tsl_status status = code ? tsl__staged_path_error(err, code, set->member[failed].place.path) : TSL_OK;
    tsl_fileset_free(set);
    return status;
}

void tsl_fileset_free(tsl_fileset *set)
{
    if (set) {
        for (size_t i = 0; i < set->count; i++) {
            tsl__staged_path_free(&set->member[i].place);
        }
        free(set->member);
        free(set);
    }
}
